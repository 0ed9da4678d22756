//! Files of other formats than their ending says, known by the bytes they begin with.

use super::draft::ImportError;
use super::format::Format;

/// How a file of an older Office begins, and so does one of a newer that is encrypted: as a small file system of its own.
const COMPOUND: &[u8] = b"\xd0\xcf\x11\xe0";

/// Whether a file of an Office is encrypted, so that only who has its password can read it.
fn is_encrypted(bytes: &[u8]) -> bool {
    let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    bytes.starts_with(COMPOUND) && bytes.windows(name.len()).any(|window| window == name)
}

/// Refuses a file that is of another format than its ending says.
///
/// # Errors
/// [`ImportError::Misnamed`] when it could be read under another ending, [`ImportError::Disguised`] when it could not,
/// [`ImportError::Protected`] when it has a password.
pub(super) fn check(name: &str, bytes: &[u8], format: Format) -> Result<(), ImportError> {
    let head = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    let begins = |magic: &str| head.get(..magic.len()).is_some_and(|start| start.eq_ignore_ascii_case(magic.as_bytes()));
    let (found, kind) = if begins("%PDF-") {
        (Some(Format::Pdf), "a PDF")
    } else if begins("{\\rtf") {
        (Some(Format::RichText), "a rich text file (RTF)")
    } else if begins("<!doctype html") || begins("<html") {
        (Some(Format::Page), "a web page (HTML)")
    } else if is_encrypted(bytes) {
        return Err(ImportError::Protected { name: name.to_owned() });
    } else if bytes.starts_with(COMPOUND) {
        (None, "a file of an older Office (.doc or .xls)")
    } else if bytes.starts_with(b"PK\x03\x04") {
        match archived(bytes) {
            Some(found) => found,
            // What kind of archive it is, a reader of archives finds out.
            None if format.is_packed() => return Ok(()),
            None => (None, "a zip archive or an Office document"),
        }
    } else {
        return Ok(());
    };
    let name = name.to_owned();
    match found {
        Some(found) if found == format => Ok(()),
        Some(found) => Err(ImportError::Misnamed { name, kind, ending: found.ending() }),
        None => Err(ImportError::Disguised { name, kind }),
    }
}

/// What an archive says it is: its first part is its type, in so many words, or is named as the first of a Word document is.
fn archived(bytes: &[u8]) -> Option<(Option<Format>, &'static str)> {
    /// Length of what stands before the name of the first part.
    const HEAD: usize = 30;
    let first = bytes.get(HEAD..)?;
    if let Some(kind) = first.strip_prefix(b"mimetype") {
        let is = |known: &str| kind.starts_with(known.as_bytes());
        return if is("application/epub+zip") {
            Some((Some(Format::Book), "an electronic book (EPUB)"))
        } else if is("application/vnd.oasis.opendocument.text") {
            Some((Some(Format::OpenDocument), "an OpenDocument text"))
        } else if is("application/vnd.oasis.opendocument.spreadsheet") {
            Some((Some(Format::Spreadsheet), "an OpenDocument spreadsheet"))
        } else {
            None
        };
    }
    let is_word = || bytes.windows(9).any(|part| part == b"word/docu");
    (first.starts_with(b"[Content_Types].xml") && is_word()).then_some((Some(Format::Word), "a Word document"))
}
