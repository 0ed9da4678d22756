//! Files of other formats than their ending says, known by the bytes they begin with.

use super::draft::ImportError;
use super::format::Format;

/// Refuses a file that is of another format than its ending says.
///
/// # Errors
/// [`ImportError::Misnamed`] when it could be read under another ending, [`ImportError::Disguised`] when it could not.
pub(super) fn check(name: &str, bytes: &[u8], format: Format) -> Result<(), ImportError> {
    let head = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    let begins = |magic: &str| head.get(..magic.len()).is_some_and(|start| start.eq_ignore_ascii_case(magic.as_bytes()));
    let (found, kind) = if begins("%PDF-") {
        (Some(Format::Pdf), "a PDF")
    } else if begins("{\\rtf") {
        (Some(Format::RichText), "a rich text file (RTF)")
    } else if begins("<!doctype html") || begins("<html") {
        (Some(Format::Page), "a web page (HTML)")
    } else if bytes.starts_with(b"\xd0\xcf\x11\xe0") {
        (None, "a document of an older Office (.doc)")
    } else if bytes.starts_with(b"PK\x03\x04") {
        match archived(bytes) {
            Some(found) => found,
            // What kind of archive it is, a reader of archives finds out.
            None if matches!(format, Format::Word | Format::OpenDocument | Format::Book) => return Ok(()),
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
        } else {
            None
        };
    }
    let is_word = || bytes.windows(9).any(|part| part == b"word/docu");
    (first.starts_with(b"[Content_Types].xml") && is_word()).then_some((Some(Format::Word), "a Word document"))
}
