//! Files of other formats that end like a text, known by the bytes they begin with.

/// How a file of an older Office begins, and so does one of a newer that is encrypted: as a small file system of its own.
const COMPOUND: &[u8] = b"\xd0\xcf\x11\xe0";

/// Whether a file of an Office is encrypted, so that only who has its password can read it.
pub(super) fn is_encrypted(bytes: &[u8]) -> bool {
    let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    bytes.starts_with(COMPOUND) && bytes.windows(name.len()).any(|window| window == name)
}

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
    } else if bytes.starts_with(COMPOUND) {
        Some("a document of an older Office (.doc)")
    } else if !word && bytes.starts_with(b"PK\x03\x04") {
        Some("a zip archive or an Office document")
    } else {
        None
    }
}
