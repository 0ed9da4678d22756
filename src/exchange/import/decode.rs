use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// A text that was read from bytes.
#[derive(Debug)]
pub(super) struct Decoded {
    /// The text with `\n` line ends and without byte-order mark.
    pub(super) text: String,
    /// The encoding, when it had to be guessed.
    pub(super) guessed: Option<&'static str>,
    /// Whether half a letter at the end of a UTF-16 text was left out.
    pub(super) cut: bool,
}

/// Reads bytes as text; `None` when they are no text.
pub(super) fn decode(bytes: &[u8]) -> Option<Decoded> {
    let (encoding, rest, guessed) = match Encoding::for_bom(bytes) {
        Some((encoding, length)) => (encoding, bytes.get(length..).unwrap_or_default(), false),
        None => without_mark(bytes)?,
    };
    let cut = (encoding == UTF_16LE || encoding == UTF_16BE) && !rest.len().is_multiple_of(2);
    let rest = rest.get(..rest.len() - usize::from(cut)).unwrap_or_default();
    let (text, broken) = encoding.decode_without_bom_handling(rest);
    if broken || !is_text(&text) {
        return None;
    }
    Some(Decoded { text: with_line_feeds(text.into_owned()), guessed: guessed.then(|| encoding.name()), cut })
}

/// What an analyst is told of an encoding that had to be guessed.
pub(super) fn guessed(encoding: &str) -> String {
    format!("The file does not say how its letters are written; they were read as {encoding}. Look at accents and quotation marks.")
}

/// The same text with `\n` for every kind of line end.
fn with_line_feeds(text: String) -> String {
    const OTHERS: [char; 4] = ['\r', '\u{85}', '\u{2028}', '\u{2029}'];
    if text.contains(OTHERS) { text.replace("\r\n", "\n").replace(OTHERS, "\n") } else { text }
}

fn without_mark(bytes: &[u8]) -> Option<(&'static Encoding, &[u8], bool)> {
    if let Some(wide) = zero_bytes(bytes) {
        return Some((wide, bytes, false));
    }
    if bytes.contains(&0) {
        return None;
    }
    if std::str::from_utf8(bytes).is_ok() {
        return Some((UTF_8, bytes, false));
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    // Between Western and Central European letters a short text does not decide: "£5" would become "Ł5". The hint of
    // an address in Britain settles such ties and nothing else.
    Some((detector.guess(Some(b"uk"), Utf8Detection::Deny), bytes, true))
}

/// UTF-16 without a mark: nearly every other byte of a European text is zero then, always on the same side.
fn zero_bytes(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = bytes.get(..bytes.len().min(4096))?;
    let zeros = |odd: usize| sample.iter().skip(odd).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    let pairs = sample.len() / 2;
    if pairs == 0 {
        None
    } else if odd * 10 >= pairs * 6 && even * 20 <= pairs {
        Some(UTF_16LE)
    } else if even * 10 >= pairs * 6 && odd * 20 <= pairs {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// Whether a decoded text can have been meant as one: no zero characters and next to no control characters.
fn is_text(text: &str) -> bool {
    let mut controls = 0;
    for c in text.chars() {
        match c {
            '\0' => return false,
            '\t' | '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' => {}
            c if c.is_control() => controls += 1,
            _ => {}
        }
    }
    controls * 200 <= text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &[u8], expected: Option<&str>) {
        assert_eq!(decode(bytes).map(|decoded| decoded.text).as_deref(), expected, "{bytes:?}");
    }

    fn wide(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(bytes).collect()
    }

    #[test]
    fn the_usual_encodings_are_read() {
        let text = "Zoë said: “aye”.\nNaïve – café\n";
        check(text.as_bytes(), Some(text));
        check(format!("\u{feff}{text}").as_bytes(), Some(text));
        check(&wide(text, u16::to_le_bytes), Some(text));
        check(&wide(text, u16::to_be_bytes), Some(text));
        check(&wide(&format!("\u{feff}{text}"), u16::to_le_bytes), Some(text));
        check(&wide(&format!("\u{feff}{text}"), u16::to_be_bytes), Some(text));
        check(b"Zo\xeb said: \x93aye\x94.\r\nNa\xefve \x96 caf\xe9\r", Some(text));
        check(b"It cost \xa35, na\xefve \x96 really", Some("It cost £5, naïve – really"));
        check(b"one\r\n\r\ntwo\rthree", Some("one\n\ntwo\nthree"));
        check("one\u{2028}two\u{2029}three\u{85}four".as_bytes(), Some("one\ntwo\nthree\nfour"));
    }

    #[test]
    fn half_a_letter_at_the_end_is_left_out_and_told() {
        for mark in ["", "\u{feff}"] {
            let mut bytes = wide(&format!("{mark}Well now."), u16::to_le_bytes);
            assert!(!decode(&bytes).unwrap().cut);
            bytes.push(b'x');
            let decoded = decode(&bytes).unwrap();
            assert_eq!((decoded.text.as_str(), decoded.cut), ("Well now.", true));
        }
    }

    #[test]
    fn a_guess_is_told() {
        assert_eq!(decode(b"caf\xe9 society").unwrap().guessed, Some("windows-1252"));
        assert_eq!(decode("café".as_bytes()).unwrap().guessed, None);
    }

    #[test]
    fn other_bytes_are_no_text() {
        check(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x01\0", None);
        check(b"words\0words", None);
        check(b"\x01\x02\x03\x04\x05\x06", None);
        check(b"\xff\xfe\x00\xd8", None);
    }
}
