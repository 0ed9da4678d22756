//! The texts with what is coded in them, to be read: what stands where ([`Transcripts`]), and how it is written as a page for
//! browsers, for word processors with comments in the margin, and as Markdown.

mod colours;
mod docx;
mod gather;
mod html;
mod markdown;
mod style;

#[cfg(test)]
mod tests;

use std::ops::Range;

use super::document::blocks::counted;
use super::form::Form;
use super::table::Table;
use super::write::ExportError;
use crate::study::ThemeId;
use crate::text::Span;

pub(super) use gather::transcripts;

/// The sources with their codings, in memory.
pub struct Transcripts {
    title: String,
    /// What it is, of when, by whom, what is masked.
    about: Vec<String>,
    sources: Vec<Transcript>,
    /// The codebook in its order.
    themes: Vec<Listed>,
    /// When it was made, in milliseconds since 1970.
    time: i64,
}

/// A theme in the legend.
struct Listed {
    id: ThemeId,
    number: String,
    name: String,
    path: String,
    depth: usize,
    definition: String,
    /// Name of a palette colour or `#rrggbb`, inherited where it has none of its own.
    colour: Option<String>,
    /// How many codings of it are here.
    codings: usize,
}

/// A source.
struct Transcript {
    name: String,
    /// What is known of it and of those who speak, a line each.
    facts: Vec<String>,
    turns: Vec<Turn>,
    codings: Vec<Coded>,
}

/// What a turn is, as far as it looks otherwise.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Manner {
    Said,
    /// The interviewer's, an author's or nobody's words, which are quieter.
    Quiet,
    Heading,
    Item,
}

/// A paragraph.
struct Turn {
    /// As on screen, from 1.
    number: usize,
    who: String,
    manner: Manner,
    words: String,
    /// The codings over it, by their places, each with the words that it is over, in bytes.
    over: Vec<(usize, Span)>,
    /// The words cut where any coding begins or ends, in order, each with the places of the codings over it.
    pieces: Vec<(Range<usize>, Vec<usize>)>,
}

/// A coding, as a reader wants to know of it.
struct Coded {
    /// Its place in the legend.
    theme: usize,
    coder: String,
    initials: String,
    /// When, in milliseconds since 1970.
    time: i64,
    is_quote: bool,
    /// What it is contrary to, where it is.
    contrary: Option<String>,
    /// Nobody has read it since it was made for hits of a search.
    is_unread: bool,
    memos: Vec<String>,
    /// The first and last turn it lies over.
    turns: (usize, usize),
    /// The lane of its stripe.
    lane: usize,
}

impl Transcripts {
    /// How much is in it.
    #[must_use]
    pub fn says(&self) -> String {
        let codings: usize = self.sources.iter().map(|source| source.codings.len()).sum();
        format!("{}, {}", counted(self.sources.len(), "source", "sources"), counted(codings, "coding", "codings"))
    }

    /// What is in it, a row a source.
    #[must_use]
    pub fn overview(&self) -> Table {
        let row = |source: &Transcript| vec![source.name.clone(), source.turns.len().to_string(), source.codings.len().to_string()];
        let header = ["source", "paragraphs", "codings"].map(str::to_owned).to_vec();
        Table::new(header, self.sources.iter().map(row).collect()).counting(|at, _| at > 0)
    }

    /// The bytes of a file of this form.
    ///
    /// # Errors
    /// [`ExportError`] when the parts cannot be packed, or the form is none of transcripts.
    pub fn bytes(&self, form: Form) -> Result<Vec<u8>, ExportError> {
        match form {
            Form::Html => Ok(html::page(self).into_bytes()),
            Form::Docx => docx::file(self),
            Form::Md => Ok(markdown::page(self).into_bytes()),
            _ => Err(ExportError::Ending { what: "the coded transcripts", endings: ".html, .docx or .md".to_owned() }),
        }
    }

    fn theme(&self, coded: &Coded) -> Option<&Listed> {
        self.themes.get(coded.theme)
    }

    /// The themes of which something is coded, with those above them, each with its place.
    fn used(&self) -> Vec<(usize, &Listed)> {
        let mut used = Vec::new();
        // Backwards the first theme that is one level higher is the one above.
        let mut below = 0;
        for (at, theme) in self.themes.iter().enumerate().rev() {
            if theme.codings > 0 || theme.depth + 1 == below {
                used.push((at, theme));
                below = theme.depth;
            }
        }
        used.reverse();
        used
    }
}

impl Coded {
    /// What is said of it beside its theme and coder.
    fn signs(&self) -> Vec<String> {
        let contrary = self.contrary.as_ref().map(|to| if to.is_empty() { "contrary".to_owned() } else { format!("contrary to: {to}") });
        let quote = self.is_quote.then(|| "quote".to_owned());
        let unread = self.is_unread.then(|| "from a search, unread".to_owned());
        [quote, contrary, unread].into_iter().flatten().collect()
    }
}
