//! PDF: letters at places on pages, of which lines, columns and paragraphs are made.

mod draw;
mod furniture;
mod letters;
mod lines;
mod order;
mod paragraphs;
mod weigh;

use hayro_syntax::{DecryptionError, LoadPdfError, Pdf};

use super::blocks::{Flow, compose};
use super::draft::{ImportError, Problem};
use super::read::Content;
use lines::Line;

/// Reads the text of a PDF.
///
/// # Errors
/// [`ImportError::Protected`] when it has a password, [`ImportError::Scanned`] when its pages are pictures, and
/// [`ImportError::BrokenFile`] when it is none, or draws or unpacks to more than a text of the largest size would need.
pub(super) fn read(name: &str, bytes: &[u8]) -> Result<Content, ImportError> {
    let broken = |reason: &str| ImportError::BrokenFile { name: name.to_owned(), kind: "a PDF", reason: reason.to_owned() };
    weigh::check(bytes).map_err(broken)?;
    let pdf = Pdf::new(bytes.to_vec()).map_err(|error| match error {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected) => ImportError::Protected { name: name.to_owned() },
        LoadPdfError::Decryption(_) => broken("it is encrypted in a way that is not known"),
        LoadPdfError::Invalid => broken("its parts cannot be found"),
    })?;
    let drawn = draw::pages(&pdf).map_err(broken)?;
    let mut pages: Vec<Vec<Line>> = drawn.pages.iter().map(lines::of).collect();
    let mut problems = Vec::new();
    if drawn.unknown > 0 {
        let count = drawn.unknown;
        problems.push(Problem::whole(format!(
            "{count} signs of the PDF do not say which letters they are and were left out. Look whether words are missing."
        )));
    }
    if let Some((count, example)) = furniture::take_out(&mut pages) {
        problems.push(Problem::whole(if count == 1 {
            format!("1 line at the edge of a page, “{example}”, was left out as a page header, footer or number.")
        } else {
            format!("{count} lines at the edges of pages, such as “{example}”, were left out as page headers, footers and numbers.")
        }));
    }
    let pages: Vec<Vec<Line>> = pages.into_iter().map(order::in_order).collect();
    let empty = drawn.pages.iter().filter(|page| page.letters.is_empty()).count();
    let mut flow = Flow::default();
    paragraphs::put(&pages, &mut flow);
    let mut content = compose(flow, problems);
    if content.units.is_empty() && drawn.has_pictures {
        return Err(ImportError::Scanned { name: name.to_owned() });
    }
    if empty > 0 && drawn.has_pictures {
        content.problems.push(Problem::whole(format!(
            "{empty} of {} pages hold no text; if they are pictures of text, let a program for text recognition (OCR) read them.",
            drawn.pages.len()
        )));
    }
    Ok(content)
}
