use jiff::civil::{Date, DateTime};

use crate::exchange::refi::VariableType;

/// The element for a value of this kind, if the schema takes the value so; else that for words. `None` for a value that is
/// not there.
pub(super) fn element(kind: VariableType, value: &str) -> Option<&'static str> {
    let bare = value.trim();
    if bare.is_empty() && kind != VariableType::Text {
        return None;
    }
    let fitting = match kind {
        VariableType::Text => None,
        VariableType::Boolean => matches!(bare, "true" | "false" | "1" | "0").then_some("BooleanValue"),
        VariableType::Integer => is_digits(unsigned(bare)).then_some("IntegerValue"),
        VariableType::Float => is_decimal(unsigned(bare)).then_some("FloatValue"),
        VariableType::Date => (bare.len() == 10 && bare.parse::<Date>().is_ok()).then_some("DateValue"),
        VariableType::DateTime => is_moment(bare).then_some("DateTimeValue"),
    };
    Some(fitting.unwrap_or("TextValue"))
}

fn unsigned(number: &str) -> &str {
    number.strip_prefix(['+', '-']).unwrap_or(number)
}

fn is_digits(digits: &str) -> bool {
    !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_decimal(number: &str) -> bool {
    match number.split_once('.') {
        None => is_digits(number),
        Some((whole, "")) => is_digits(whole),
        Some(("", part)) => is_digits(part),
        Some((whole, part)) => is_digits(whole) && is_digits(part),
    }
}

/// Year to second with a `T`, with or without zone.
fn is_moment(written: &str) -> bool {
    let (Some(moment), Some(zone)) = (written.get(..19), written.get(19..)) else { return false };
    let zone = zone.strip_prefix('.').map_or(zone, |part| part.trim_start_matches(|c: char| c.is_ascii_digit()));
    let has_zone = match zone.as_bytes() {
        [] | b"Z" => true,
        [b'+' | b'-', h1, h2, b':', m1, m2] => [h1, h2, m1, m2].iter().all(|byte| byte.is_ascii_digit()),
        _ => false,
    };
    has_zone && moment.as_bytes().get(10) == Some(&b'T') && moment.parse::<DateTime>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_written_as_what_they_are() {
        use VariableType::{Boolean, Date, DateTime, Float, Integer, Text};
        for (kind, value, expected) in [
            (Text, "", Some("TextValue")),
            (Text, "34", Some("TextValue")),
            (Integer, "34", Some("IntegerValue")),
            (Integer, "-34", Some("IntegerValue")),
            (Integer, "34.5", Some("TextValue")),
            (Integer, "", None),
            (Float, "2.5", Some("FloatValue")),
            (Float, ".5", Some("FloatValue")),
            (Float, "1e3", Some("TextValue")),
            (Boolean, "true", Some("BooleanValue")),
            (Boolean, "yes", Some("TextValue")),
            (Date, "2024-02-29", Some("DateValue")),
            (Date, "2023-02-29", Some("TextValue")),
            (DateTime, "2024-02-29T10:00:00Z", Some("DateTimeValue")),
            (DateTime, "2024-02-29T10:00:00.5+01:00", Some("DateTimeValue")),
            (DateTime, "2024-02-29 10:00:00", Some("TextValue")),
        ] {
            assert_eq!(element(kind, value), expected, "{kind:?} {value}");
        }
    }
}
