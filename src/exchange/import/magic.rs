//! Files of other formats that end like a text, known by the bytes they begin with.

/// What a file is by its first bytes, with its article, where that is neither text nor, if `word`, a Word document.
pub(super) fn disguised(bytes: &[u8], word: bool) -> Option<&'static str> {
    let head = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    let begins = |magic: &str| head.get(..magic.len()).is_some_and(|start| start.eq_ignore_ascii_case(magic.as_bytes()));
    if begins("%PDF-") {
        Some("a PDF")
    } else if begins("{\\rtf") {
        Some("a rich text file (RTF)")
    } else if begins("<!doctype html") || begins("<html") {
        Some("a web page (HTML)")
    } else if bytes.starts_with(b"\xd0\xcf\x11\xe0") {
        Some("a document of an older Office (.doc)")
    } else if !word && bytes.starts_with(b"PK\x03\x04") {
        Some("a zip archive or an Office document")
    } else {
        None
    }
}
