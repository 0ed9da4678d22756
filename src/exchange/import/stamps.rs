use std::ops::Range;

use regex::{Captures, Regex};

use super::pattern::{Pattern, whole};

/// A time stamp within a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Stamp {
    /// Its bytes in the line, with brackets.
    pub(super) at: Range<usize>,
    /// Milliseconds from the beginning.
    pub(super) time: u32,
}

/// `[00:03:10]`, `(00:03:10)`, `{…}`, `[12:34]`, `#00:01:02-3#`, `[00:12:34 - 00:12:40]`.
const MARKED: &str = r"(?:[\[({]\s*((?:\d{1,2}:)?\d{1,2}:\d{2}(?:[.,]\d{1,3})?)(?:\s*[-–]\s*(?:\d{1,2}:)?\d{1,2}:\d{2}(?:[.,]\d{1,3})?)?\s*[\])}]|#((?:\d{1,2}:)?\d{1,2}:\d{2}(?:[-.,]\d{1,3})?)#)";

static AT_START: Pattern = Pattern::new(|| Regex::new(&format!(r"^{MARKED}[:\s]*")).ok());
/// `#75#`, `#1:6#`: shortened, which nobody would take for a time without its marks.
static SHORTENED: Pattern = Pattern::new(|| Regex::new(r"^#(\d{1,6}|\d{1,3}(?::\d{1,2}){1,2})(?:[.,]\d{1,3})?#[:\s]*").ok());
static BARE_AT_START: Pattern = Pattern::new(|| {
    Regex::new(r"^(\d{1,2}:\d{2}:\d{2}(?:[.,]\d{1,3})?)(?:\s*[-–]\s*\d{1,2}:\d{2}:\d{2}(?:[.,]\d{1,3})?)?(\s+|$|[^\d:\s])").ok()
});
/// `0:0:3.12 --> 0:0:8.5`: an older shape of Teams, and that of captions.
static ARROW_AT_START: Pattern =
    Pattern::new(|| Regex::new(r"^((?:\d{1,2}:)?\d{1,2}:\d{1,2}(?:[.,]\d{1,3})?)\s*-->\s*[\d:.,]+(\s+|$)").ok());
/// `0:03` and nothing else: no time of day stands so.
static ALONE: Pattern = Pattern::new(|| Regex::new(r"^(\d{1,2}:\d{2})(\s*)$").ok());
static SHORT_AT_START: Pattern = Pattern::new(|| Regex::new(r"^(\d{1,2}:\d{2})(\s+|$)").ok());
static AT_END: Pattern = Pattern::new(|| Regex::new(&format!(r"{MARKED}\s*$")).ok());
static BARE_AT_END: Pattern = Pattern::new(|| Regex::new(r"(?:\s{2,}|\t)((?:\d{1,2}:)?\d{1,2}:\d{2})\s*$").ok());
static WITHIN: Pattern = Pattern::new(|| Regex::new(MARKED).ok());

/// The stamp a line begins with, and where the words after it begin. `short` allows a bare `02:03`.
pub(super) fn leading(line: &str, short: bool) -> Option<(Stamp, usize)> {
    if let Some(found) = AT_START.first(line) {
        let end = whole(&found).end;
        return Some((stamp(&found)?, end));
    }
    if let Some(found) = SHORTENED.first(line) {
        let at = whole(&found);
        let length = line.get(at.clone())?.trim_end_matches(|c: char| c.is_whitespace() || c == ':').len();
        return Some((Stamp { at: at.start..at.start + length, time: shorthand(line.get(..length)?.trim_matches('#'))? }, at.end));
    }
    let bare = || ARROW_AT_START.first(line).or_else(|| BARE_AT_START.first(line)).or_else(|| ALONE.first(line));
    let found = bare().or_else(|| short.then(|| SHORT_AT_START.first(line)).flatten())?;
    let time = found.get(1)?;
    let tail = found.get(2)?;
    // What follows the stamp at once belongs to the words: `00:03:40.5Zack:`.
    let end = if tail.as_str().trim().is_empty() { tail.end() } else { tail.start() };
    Some((Stamp { at: time.range(), time: millis(time.as_str())? }, end))
}

/// The stamp a line ends with.
pub(super) fn trailing(line: &str) -> Option<Stamp> {
    stamp(&AT_END.first(line)?)
}

/// A bare stamp that ends a line after two blanks or a tab: `Jane Doe  0:03`.
pub(super) fn trailing_bare(line: &str) -> Option<Stamp> {
    let found = BARE_AT_END.first(line)?;
    let time = found.get(1)?;
    Some(Stamp { at: time.range(), time: millis(time.as_str())? })
}

/// The stamps within a line. In round brackets only those with hours, since `(10:30)` is as often a time of day.
pub(super) fn within(line: &str) -> Vec<Stamp> {
    let is_stamp = |found: &Captures<'_>| {
        let words = line.get(whole(found)).unwrap_or_default();
        !words.starts_with('(') || words.matches(':').count() >= 2
    };
    WITHIN.all(line).filter(is_stamp).filter_map(|found| stamp(&found)).collect()
}

/// Whether a line is the times of a caption.
pub(super) fn is_caption(line: &str) -> bool {
    ARROW_AT_START.is_in(line)
}

/// Whether a line begins with a bare `02:03`, as transcription tools write it before every turn.
pub(super) fn begins_with_short(line: &str) -> bool {
    SHORT_AT_START.is_in(line)
}

fn stamp(found: &Captures<'_>) -> Option<Stamp> {
    let time = found.get(1).or_else(|| found.get(2))?;
    let at = whole(found);
    // The pattern may have taken the white space around; the stamp itself ends with its bracket.
    let matched = found.get(0)?.as_str();
    let length = matched.trim_end_matches(|c: char| c.is_whitespace() || c == ':').len();
    Some(Stamp { at: at.start..at.start + length, time: millis(time.as_str())? })
}

/// `1:02:03.4`, `02:03`, `00:01:02-3` as milliseconds; after the hyphen stand tenths.
pub(super) fn millis(time: &str) -> Option<u32> {
    let (clock, fraction) = time.split_once(['.', ',', '-']).unwrap_or((time, ""));
    let mut seconds: u32 = 0;
    for part in clock.split(':') {
        seconds = seconds.checked_mul(60)?.checked_add(part.parse().ok()?)?;
    }
    let digits: String = fraction.chars().chain("000".chars()).take(3).collect();
    seconds.checked_mul(1000)?.checked_add(digits.parse().ok()?)
}

/// A time as it stands before a turn: `[00:03:10]`.
pub(super) fn written(millis: u32) -> String {
    let seconds = millis / 1000;
    format!("[{:02}:{:02}:{:02}]", seconds / 3600, seconds / 60 % 60, seconds % 60)
}

/// A time as some programs shorten it: seconds, minutes and hours from the right, by colons or two digits each: `75`, `1:6`, `9203`.
pub(super) fn shorthand(time: &str) -> Option<u32> {
    let (clock, fraction) = time.trim().split_once(['.', ',']).unwrap_or((time.trim(), ""));
    if clock.is_empty() || clock.len() > 9 || !clock.bytes().all(|byte| byte.is_ascii_digit() || byte == b':') {
        return None;
    }
    if clock.contains(':') {
        return millis(time.trim());
    }
    let digits: u32 = clock.parse().ok()?;
    let (hours, minutes, seconds) = (digits / 10_000, digits / 100 % 100, digits % 100);
    let fraction = if fraction.is_empty() { 0 } else { millis(&format!("0.{fraction}"))? };
    hours.checked_mul(3600)?.checked_add(minutes * 60 + seconds)?.checked_mul(1000)?.checked_add(fraction)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stamps_before_the_words() {
        for (line, short, expected) in [
            ("[00:03:10] INT: Hello", false, Some((190_000, "INT: Hello"))),
            ("(00:12:34.5) words", false, Some((754_500, "words"))),
            ("[12:34] words", false, Some((754_000, "words"))),
            ("{1:00:00}words", false, Some((3_600_000, "words"))),
            ("00:03:40.5Zack: hi", false, Some((220_500, "Zack: hi"))),
            ("00:00:12 Jane", false, Some((12_000, "Jane"))),
            ("[00:12:34 - 00:12:40] words", false, Some((754_000, "words"))),
            ("[00:00:03]: words", false, Some((3_000, "words"))),
            ("#9203# words", false, Some((5_523_000, "words"))),
            ("#85:2#: words", false, Some((5_102_000, "words"))),
            ("0:0:3.12 --> 0:0:8.5", false, Some((3_120, ""))),
            ("00:05,000 --> 00:10,000 words", false, Some((5_000, "words"))),
            ("02:03 words", true, Some((123_000, "words"))),
            ("02:03 words", false, None),
            ("0:03", false, Some((3_000, ""))),
            ("10:30 was the time", false, None),
            ("words [00:01:00]", false, None),
            ("[laughs] words", false, None),
        ] {
            let found = leading(line, short).and_then(|(stamp, rest)| Some((stamp.time, line.get(rest..)?)));
            assert_eq!(found, expected, "{line}");
        }
    }

    #[test]
    fn shortened_times() {
        for (time, expected) in [
            ("75", Some(75)),
            ("1:6", Some(66)),
            ("9203", Some(5_523)),
            ("85:2", Some(5_102)),
            ("14532", Some(6_332)),
            ("2:5:3", Some(7_503)),
            ("0:02:0", Some(120)),
            ("", None),
            ("soon", None),
            ("99999999999", None),
        ] {
            assert_eq!(shorthand(time), expected.map(|seconds: u32| seconds * 1000), "{time}");
        }
        assert_eq!(shorthand("1:06.5"), Some(66_500));
        assert_eq!(shorthand("75.25"), Some(75_250));
        assert_eq!(written(3_723_999), "[01:02:03]");
    }

    #[test]
    fn stamps_after_and_within_the_words() {
        let line = "What do you mean? #00:01:02-3#";
        assert_eq!(trailing(line), Some(Stamp { at: 18..30, time: 62_300 }));
        assert_eq!(trailing("no stamp"), None);
        assert_eq!(trailing_bare("Jane Doe  1:02").map(|stamp| stamp.time), Some(62_000));
        assert_eq!(trailing_bare("at 10:30"), None);
        let times: Vec<_> = within("a [00:00:10] b (10:30) c (0:00:20) #00:00:30# d").iter().map(|stamp| stamp.time).collect();
        assert_eq!(times, [10_000, 20_000, 30_000]);
    }
}
