//! Times as people say them. All are milliseconds since 1970 (UTC), said in the time zone of the computer.

fn zoned(millis: i64) -> Option<jiff::Zoned> {
    Some(jiff::Timestamp::from_millisecond(millis).ok()?.to_zoned(jiff::tz::TimeZone::system()))
}

/// The time of day, as on a clock.
#[must_use]
pub fn clock(millis: i64) -> String {
    zoned(millis).map(|time| time.strftime("%H:%M").to_string()).unwrap_or_default()
}

/// How many days ago a time was: 0 is today.
#[must_use]
pub fn days_ago(millis: i64, now: i64) -> Option<i32> {
    Some((zoned(now)?.date() - zoned(millis)?.date()).get_days())
}

/// The day, as `2031-05-20`.
#[must_use]
pub fn date(millis: i64) -> String {
    zoned(millis).map(|time| time.strftime("%Y-%m-%d").to_string()).unwrap_or_default()
}

/// The day, in words where it is near.
#[must_use]
pub fn day(millis: i64, now: i64) -> String {
    let Some(then) = zoned(millis) else { return String::new() };
    match days_ago(millis, now) {
        Some(0) => "today".to_owned(),
        Some(1) => "yesterday".to_owned(),
        _ => then.strftime("%-d %b %Y").to_string(),
    }
}

/// Day and time of day, the day in words where it is near.
#[must_use]
pub fn day_and_clock(millis: i64, now: i64) -> String {
    format!("{} {}", day(millis, now), clock(millis)).trim().to_owned()
}
