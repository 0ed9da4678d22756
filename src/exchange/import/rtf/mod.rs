//! Rich text (RTF): a stream of words and commands in groups, read without ever building the groups.

mod destinations;
mod letters;
mod tokens;
mod walk;

use super::blocks::compose;
use super::draft::{ImportError, Problem};
use super::read::Content;

/// Reads a rich text.
///
/// # Errors
/// [`ImportError::BrokenFile`] when it does not begin as one.
pub(super) fn read(name: &str, bytes: &[u8]) -> Result<Content, ImportError> {
    let start = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    if !start.starts_with(b"{\\rtf") {
        let reason = "it does not begin with the signs of one".to_owned();
        return Err(ImportError::BrokenFile { name: name.to_owned(), kind: "a rich text (RTF)", reason });
    }
    let (flow, left_out, is_whole) = walk::read(start);
    let cut = (!is_whole).then(|| Problem::whole("The file ends before its text does. Look whether the end is missing."));
    Ok(compose(flow, cut.into_iter().chain(left_out.problems()).collect()))
}
