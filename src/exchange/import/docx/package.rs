use std::collections::HashMap;
use std::io::{Cursor, Read as _};

use zip::ZipArchive;
use zip::result::ZipError;

use super::super::draft::{ImportError, Problem};
use super::super::read::{Content, MAX_BYTES};
use super::super::units::Unit;
use super::body::{self, Block, Body, Wanted};
use super::styles::Styles;
use crate::analysis::quotes::Aside;
use crate::text::Span;

/// Reads a Word document.
///
/// # Errors
/// [`ImportError::BrokenDocument`] when it is none, or unpacks to more than a text of the largest size would need.
pub(in super::super) fn read(name: &str, bytes: &[u8]) -> Result<Content, ImportError> {
    let broken = |reason: String| ImportError::BrokenDocument { name: name.to_owned(), reason };
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| broken(error.to_string()))?;
    let styles = part(&mut archive, "word/styles.xml").map_err(broken)?.map(|xml| Styles::read(&xml)).unwrap_or_default();
    let document = part(&mut archive, "word/document.xml").map_err(broken)?;
    let document = document.ok_or_else(|| broken("there is no text in it".to_owned()))?;
    let body = body::read(&document, &styles, Wanted::Words).map_err(|error| broken(error.to_string()))?;
    Ok(compose(body))
}

/// Reads the footnotes, endnotes and text boxes of a Word document, each as a text of its own, in this order.
///
/// # Errors
/// As [`read`].
pub(in super::super) fn asides(name: &str, bytes: &[u8]) -> Result<Vec<(Aside, Content)>, ImportError> {
    let broken = |reason: String| ImportError::BrokenDocument { name: name.to_owned(), reason };
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| broken(error.to_string()))?;
    let styles = part(&mut archive, "word/styles.xml").map_err(broken)?.map(|xml| Styles::read(&xml)).unwrap_or_default();
    let document = part(&mut archive, "word/document.xml").map_err(broken)?.unwrap_or_default();
    let walked = |xml: &str, wanted| body::read(xml, &styles, wanted).map_err(|error| broken(error.to_string()));
    let references = walked(&document, Wanted::Words)?.references;
    let mut found = Vec::new();
    for (name, is_endnote) in [("word/footnotes.xml", false), ("word/endnotes.xml", true)] {
        let Some(xml) = part(&mut archive, name).map_err(broken)? else { continue };
        // They are numbered in the order in which the text refers to them.
        let ids = references.iter().filter(|(endnote, _)| *endnote == is_endnote).map(|(_, id)| id);
        let numbers: HashMap<&String, usize> = ids.zip(1..).collect();
        for (at, (id, content)) in parted(walked(&xml, Wanted::Words)?).into_iter().enumerate() {
            let number = numbers.get(&id).copied().unwrap_or(at + 1);
            found.push((if is_endnote { Aside::Endnote(number) } else { Aside::Footnote(number) }, content));
        }
    }
    found.sort_by_key(|(aside, _)| *aside);
    let boxes = parted(walked(&document, Wanted::Boxes)?).into_iter().zip(1..);
    found.extend(boxes.map(|((_, content), number)| (Aside::TextBox(number), content)));
    Ok(found)
}

/// Each note or box with its id.
fn parted(body: Body) -> Vec<(String, Content)> {
    let Body { mut blocks, asides, .. } = body;
    let mut parts: Vec<(String, Content)> = Vec::new();
    for (from, id) in asides.into_iter().rev() {
        let blocks = blocks.split_off(from.min(blocks.len()));
        parts.push((id, compose(Body { blocks, ..Body::default() })));
    }
    parts.reverse();
    parts
}

/// The part of this name, unpacked; `None` when there is none.
fn part(archive: &mut ZipArchive<Cursor<&[u8]>>, name: &str) -> Result<Option<String>, String> {
    let file = match archive.by_name(name) {
        Ok(file) => file,
        Err(ZipError::FileNotFound) => return Ok(None),
        Err(error) => return Err(error.to_string()),
    };
    // The sizes that the archive states are not to be trusted: what comes out is counted.
    let most = 2 * MAX_BYTES;
    let mut bytes = Vec::new();
    file.take(most + 1).read_to_end(&mut bytes).map_err(|error| error.to_string())?;
    if bytes.len() as u64 > most {
        return Err("it unpacks to far more than a text can be".to_owned());
    }
    String::from_utf8(bytes).map(Some).map_err(|_| "its text is not UTF-8".to_owned())
}

/// Puts the blocks under each other, a blank line between two, and makes a unit of each.
fn compose(body: body::Body) -> Content {
    let mut text = String::new();
    let mut units = Vec::new();
    let mut line = 1;
    for Block { words, hint, bold } in body.blocks {
        let words = words.trim();
        if words.is_empty() {
            continue;
        }
        if !text.is_empty() {
            text.push_str("\n\n");
            line += 2;
        }
        let span = Span::of(text.len()..text.len() + words.len());
        text.push_str(words);
        let bold = u32::try_from(bold).unwrap_or(0);
        units.push(Unit {
            span,
            mark: Span::new(span.start, span.start),
            bold: if bold < span.len() { bold } else { 0 },
            line,
            indent: 0,
            gap_before: true,
            gap_after: true,
            hint,
        });
        line += words.matches('\n').count();
    }
    if !text.is_empty() {
        text.push('\n');
    }
    let problems = body.left_out.into_iter().map(|what| Problem::whole(format!("{what} of the Word document were left out.")));
    Content { problems: problems.collect(), ..Content::plain(text, units) }
}
