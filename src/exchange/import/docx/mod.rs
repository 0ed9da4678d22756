//! Word documents, whole: the text with what is bold or italic in it, lists with their numbers, tables, text boxes, notes and comments.
//!
//! A document is read in one pass over each part ([`walk`]) into blocks, which are put under each other ([`compose`]). What is in
//! notes and text boxes stands in the same text and knows that it does ([`Hint::Aside`](super::units::Hint::Aside)).

mod block;
mod compose;
mod left_out;
mod notes;
mod numbering;
mod package;
mod paragraph;
mod styles;
mod symbols;
mod walk;
mod words;

#[cfg(test)]
pub(super) mod samples;

use self::numbering::Numbering;
use self::package::Package;
use self::styles::Styles;
use self::walk::{Body, Manner};
use super::draft::ImportError;
use super::read::Content;

/// Reads a Word document.
///
/// # Errors
/// [`ImportError::BrokenDocument`] when it is none, or unpacks to more than a text of the largest size would need.
pub(super) fn read(name: &str, bytes: &[u8]) -> Result<Content, ImportError> {
    content(bytes).map_err(|reason| ImportError::BrokenDocument { name: name.to_owned(), reason })
}

fn content(bytes: &[u8]) -> Result<Content, String> {
    let mut package = Package::open(bytes)?;
    let manner = Manner {
        styles: package.of_kind("styles")?.map(|xml| Styles::read(&xml)).unwrap_or_default(),
        numbering: package.of_kind("numbering")?.map(|xml| Numbering::read(&xml)).unwrap_or_default(),
    };
    let walked = |xml: Option<String>| {
        let read = xml.map(|xml| walk::read(&xml, &manner));
        read.transpose().map(Option::unwrap_or_default).map_err(|error| error.to_string())
    };
    let document = package.document()?.ok_or_else(|| "there is no text in it".to_owned())?;
    let Body { mut blocks, references, left_out, .. } = walked(Some(document))?;
    let (mut footnotes, mut endnotes) = (walked(package.of_kind("footnotes")?)?, walked(package.of_kind("endnotes")?)?);
    blocks.extend(references.notes(&mut footnotes, &mut endnotes));
    let comments = compose::comments(walked(package.of_kind("comments")?)?);
    let has_margins = has_margins(&mut package, &left_out.margins, |xml| walked(Some(xml)))?;
    let left_out = left_out.and(&footnotes.left_out).and(&endnotes.left_out);
    Ok(Content { problems: left_out.problems(has_margins), ..compose::compose(blocks, comments) })
}

/// Whether anything is written in the heads and feet of pages; their numbers alone are nothing.
fn has_margins(package: &mut Package<'_>, ids: &[String], walked: impl Fn(String) -> Result<Body, String>) -> Result<bool, String> {
    for id in ids {
        let Some(xml) = package.of_id(id)? else { continue };
        if walked(xml)?.blocks.iter().any(|block| block.words.text.chars().any(char::is_alphabetic)) {
            return Ok(true);
        }
    }
    Ok(false)
}
