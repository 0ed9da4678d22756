use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use super::super::decode;

/// So far from its beginning a page says how its letters are written.
const HEAD: usize = 4096;

/// The text of a page, and a sentence when there is doubt about its letters; `None` when it is no text.
pub(in super::super) fn decode(bytes: &[u8]) -> Option<(String, Option<String>)> {
    // Pages are often kept as UTF-8 by programs that leave the old statement in them.
    let says_itself = Encoding::for_bom(bytes).is_some() || std::str::from_utf8(bytes).is_ok() && !bytes.is_ascii();
    if let Some(encoding) = stated(bytes).filter(|_| !says_itself) {
        let (text, broken) = encoding.decode_without_bom_handling(bytes);
        let doubt = || format!("Some letters of the file are not written as it says ({}). “�” stands for each of them.", encoding.name());
        return Some((text.into_owned(), broken.then(doubt)));
    }
    let decoded = decode::decode(bytes)?;
    let doubt = decoded.guessed.map(decode::guessed);
    Some((decoded.text, doubt))
}

/// The encoding that a page states: `<meta charset="…">`, `<meta … content="text/html; charset=…">`, `<?xml encoding="…"?>`.
fn stated(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.get(..bytes.len().min(HEAD))?.to_ascii_lowercase();
    let head = String::from_utf8_lossy(&head);
    let ends = ["charset", "encoding"].into_iter().flat_map(|word| head.match_indices(word).map(|(at, word)| at + word.len()));
    let mut values = ends.filter_map(|end| head.get(end..)?.trim_start().strip_prefix('='));
    let encoding = values.find_map(|value| {
        let value = value.trim_start().trim_start_matches(['"', '\'']);
        let end = value.find(|c: char| !c.is_ascii_alphanumeric() && !"-_:.".contains(c)).unwrap_or(value.len());
        Encoding::for_label(value.get(..end)?.as_bytes())
    })?;
    // A page whose statement could be read is not written in two bytes a letter.
    Some(if encoding == UTF_16LE || encoding == UTF_16BE { UTF_8 } else { encoding })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &[u8], expected: &str, in_doubt: bool) {
        let (text, doubt) = decode(bytes).unwrap();
        assert!(text.contains(expected), "{text}");
        assert_eq!(doubt.is_some(), in_doubt, "{doubt:?}");
    }

    #[test]
    fn the_encoding_is_found_where_it_is_stated() {
        check(b"<meta charset=windows-1252><p>caf\xe9", "café", false);
        check(b"<meta http-equiv=Content-Type content=\"text/html; charset=macintosh\"><p>caf\x8e", "café", false);
        check(b"<?xml version='1.0' encoding='ISO-8859-2'?><p>\xb1", "ą", false);
        check("<meta charset=windows-1252><p>café".as_bytes(), "café", false);
        check("\u{feff}<p>café".as_bytes(), "café", false);
        check(b"<meta charset=utf-8><p>caf\xe9 and more", "caf\u{fffd}", true);
        check(b"<p>caf\xe9 and more", "café", true);
        check(b"<meta charset=utf-16><p>words", "words", false);
    }
}
