//! Single values as the files state them.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use uuid::Uuid;

/// From what identities are made where a file states none that is one.
const IDENTITIES: Uuid = Uuid::from_u128(0x7be1_6a0c_53d8_5f0e_9a41_c2d7_08b6_33f5);

/// An identity: a GUID with or without braces and dashes, in any case. The flag says that it is none and was made from
/// what is written; the same words always give the same one.
pub(super) fn guid(written: &str) -> (Uuid, bool) {
    let bare = written.trim().trim_start_matches('{').trim_end_matches('}');
    match Uuid::try_parse(bare) {
        Ok(guid) => (guid, false),
        Err(_) => (derived(&IDENTITIES, written.trim()), true),
    }
}

/// An identity made from another and a word.
pub(super) fn derived(of: &Uuid, word: &str) -> Uuid {
    Uuid::new_v5(of, word.as_bytes())
}

/// A moment in milliseconds since 1970; one without a zone is taken as UTC, a day as its beginning.
pub(super) fn moment(written: &str) -> Option<i64> {
    let written = written.trim();
    if let Ok(moment) = written.parse::<Timestamp>() {
        return Some(moment.as_millisecond());
    }
    let civil = written.parse::<DateTime>().or_else(|_| written.parse::<Date>().map(DateTime::from)).ok()?;
    civil.to_zoned(TimeZone::UTC).ok().map(|zoned| zoned.timestamp().as_millisecond())
}

/// `#rrggbb` in lower case from `#RGB` or `#RRGGBB`.
pub(super) fn colour(written: &str) -> Option<String> {
    let digits = written.trim().strip_prefix('#')?.to_lowercase();
    if !digits.chars().all(|c| c.is_ascii_hexdigit()) {
        return None;
    }
    match digits.len() {
        6 => Some(format!("#{digits}")),
        3 => Some(digits.chars().fold("#".to_owned(), |colour, c| format!("{colour}{c}{c}"))),
        _ => None,
    }
}

/// A place in a text, in whatever units.
pub(super) fn place(written: &str) -> Option<i64> {
    let written = written.trim().trim_start_matches('+');
    written.parse().ok().or_else(|| {
        // Some programs count in floating point.
        let number = written.strip_suffix(".0").unwrap_or_default();
        number.parse().ok()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identities_are_read_in_every_form() {
        let plain = Uuid::from_u128(0x69a4_332d_5b31_4915_b520_5275_cfc2_1b40);
        for written in [
            "69A4332D-5B31-4915-B520-5275CFC21B40",
            "{69a4332d-5b31-4915-b520-5275cfc21b40}",
            " 69a4332d5b314915b5205275cfc21b40 ",
            "{69A4332D5B314915B5205275CFC21B40}",
        ] {
            assert_eq!(guid(written), (plain, false), "{written}");
        }
        let (made, is_made) = guid("c001");
        assert!(is_made && made == guid("c001").0 && made != guid("c002").0);
        assert_eq!(made.get_version_num(), 5);
    }

    #[test]
    fn moments_are_read_with_and_without_zone() {
        for (written, expected) in [
            ("1970-01-01T00:00:01Z", Some(1000)),
            ("1970-01-01T01:00:01.5+01:00", Some(1500)),
            ("1970-01-01T00:00:01", Some(1000)),
            ("1970-01-01 00:00:01", Some(1000)),
            ("1970-01-02", Some(86_400_000)),
            ("yesterday", None),
            ("", None),
            ("2024-02-31T10:00:00Z", None),
        ] {
            assert_eq!(moment(written), expected, "{written}");
        }
    }

    #[test]
    fn colours_become_six_digits() {
        for (written, expected) in
            [("#F0a", Some("#ff00aa")), ("#F00082", Some("#f00082")), ("red", None), ("#12345", None), ("#äöü", None)]
        {
            assert_eq!(colour(written).as_deref(), expected, "{written}");
        }
    }

    #[test]
    fn places_are_whole_numbers() {
        for (written, expected) in
            [("12", Some(12)), ("-3", Some(-3)), ("12.0", Some(12)), ("", None), ("1e3", None), ("99999999999999999999", None)]
        {
            assert_eq!(place(written), expected, "{written}");
        }
    }
}
