//! Web pages: what they say in the order in which it is written, with headings, lists, tables and emphasis.

mod charset;
mod elements;
mod lists;
mod looks;
mod walk;

pub(super) use charset::decode;
pub(super) use walk::Page;

use super::blocks::{Flow, LeftOut, compose};
use super::draft::{ImportError, Problem};
use super::read::Content;

/// Reads a web page.
///
/// # Errors
/// [`ImportError::NotText`] when its bytes are no text in any encoding known here.
pub(super) fn read(name: &str, bytes: &[u8]) -> Result<Content, ImportError> {
    let (text, doubt) = decode(bytes).ok_or_else(|| ImportError::NotText { name: name.to_owned() })?;
    let (mut flow, mut left_out) = (Flow::default(), LeftOut::default());
    let is_xml = text.trim_start().starts_with("<?xml") || name.to_lowercase().ends_with(".xhtml");
    Page::new(&mut flow, &mut left_out).read(&text, is_xml);
    let problems = doubt.into_iter().map(Problem::whole).chain(left_out.problems()).collect();
    Ok(compose(flow, problems))
}
