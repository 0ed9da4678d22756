//! From the bytes of an XML file to its text, and from a place in it to line and column.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// The text of an XML file, without byte order mark: by its mark, else by how `<` is written, else by what its
/// declaration says, else as UTF-8. `None` when it is not in that encoding.
pub(super) fn text(bytes: &[u8]) -> Option<String> {
    let (encoding, rest) = match Encoding::for_bom(bytes) {
        Some((encoding, length)) => (encoding, bytes.get(length..).unwrap_or_default()),
        None => (unmarked(bytes), bytes),
    };
    let (text, broken) = encoding.decode_without_bom_handling(rest);
    // More than one mark happens where two programs each wrote theirs.
    (!broken).then(|| text.trim_start_matches('\u{feff}').to_owned())
}

fn unmarked(bytes: &[u8]) -> &'static Encoding {
    match bytes {
        [b'<', 0, ..] => UTF_16LE,
        [0, b'<', ..] => UTF_16BE,
        _ if std::str::from_utf8(bytes).is_ok() => UTF_8,
        _ => declared(bytes).unwrap_or(UTF_8),
    }
}

/// The encoding that the declaration in the first bytes names.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(bytes.get(..bytes.len().min(200))?).into_owned();
    let declaration = head.split_once("?>")?.0;
    let value = declaration.split_once("encoding")?.1.trim_start().strip_prefix('=')?.trim_start();
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    Encoding::for_label(value.split(quote).nth(1)?.as_bytes())
}

/// Line and column of a byte, both from 1; the column counts characters.
pub(super) fn line_of(xml: &str, at: usize) -> (usize, usize) {
    let mut at = at.min(xml.len());
    while !xml.is_char_boundary(at) {
        at -= 1;
    }
    let before = xml.get(..at).unwrap_or_default();
    let line = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    (line, column)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wide(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(bytes).collect()
    }

    #[test]
    fn every_usual_encoding_is_read() {
        let xml = "<?xml version=\"1.0\"?><Project name=\"ä😀\"/>";
        let marked = |text: &str| format!("\u{feff}{text}");
        let latin = b"<?xml version=\"1.0\" encoding='windows-1252'?><Project name=\"\xe4\"/>";
        assert_eq!(text(xml.as_bytes()).as_deref(), Some(xml));
        assert_eq!(text(marked(xml).as_bytes()).as_deref(), Some(xml));
        assert_eq!(text(marked(&marked(xml)).as_bytes()).as_deref(), Some(xml));
        for bytes in [u16::to_le_bytes, u16::to_be_bytes] {
            assert_eq!(text(&wide(xml, bytes)).as_deref(), Some(xml));
            assert_eq!(text(&wide(&marked(xml), bytes)).as_deref(), Some(xml));
        }
        assert!(text(latin).is_some_and(|text| text.contains('ä')));
        assert_eq!(text(b"<Project name=\"\xe4\"/>"), None);
    }

    #[test]
    fn places_are_lines_and_columns() {
        assert_eq!(line_of("aé\nb", 0), (1, 1));
        assert_eq!(line_of("aé\nb", 2), (1, 2));
        assert_eq!(line_of("aé\nbc", 5), (2, 2));
        assert_eq!(line_of("aé\nbc", 99), (2, 3));
    }
}
