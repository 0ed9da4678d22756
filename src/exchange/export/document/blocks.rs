use crate::exchange::export::about::time_text;
use crate::exchange::export::form::Form;
use crate::exchange::export::names::Names;
use crate::exchange::export::table::Table;
use crate::exchange::export::write::ExportError;
use crate::study::{Meant, Study};

use super::{docx, html, markdown};

/// A stretch of words, and how it is meant.
pub type Run = (Meant, String);

/// How a paragraph looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// Words to be read.
    Plain,
    /// What stands beside them: counts, where something is from.
    Small,
    /// The name of what follows, smaller than a heading.
    Term,
}

/// A piece of a document.
#[derive(Clone, Debug, PartialEq)]
pub enum Block {
    /// A heading; a document's own title is above level 1.
    Heading {
        /// How deep it stands, from 1.
        level: usize,
        /// Its words.
        text: String,
        /// What stands beside it in the contents; may be empty.
        aside: String,
    },
    /// A paragraph. Line breaks in it stay.
    Text(Look, Vec<Run>),
    /// An item of a list.
    Item(Vec<Run>),
    /// What somebody said, and who.
    Quote {
        /// The words.
        words: String,
        /// Who says them, and where.
        label: String,
    },
    /// A table, with the width of each column as a share of all.
    Table(Table, Vec<usize>),
    /// What follows stands on a new page.
    NewPage,
}

impl Block {
    /// A paragraph of plain words.
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(Look::Plain, vec![(Meant::Plain, text.into())])
    }

    /// A paragraph beside the words.
    pub fn small(text: impl Into<String>) -> Self {
        Self::Text(Look::Small, vec![(Meant::Plain, text.into())])
    }

    /// The name of what follows.
    pub fn term(text: impl Into<String>) -> Self {
        Self::Text(Look::Term, vec![(Meant::Plain, text.into())])
    }

    /// A heading.
    pub fn heading(level: usize, text: impl Into<String>) -> Self {
        Self::Heading { level, text: text.into(), aside: String::new() }
    }

    /// An item of plain words.
    pub fn item(text: impl Into<String>) -> Self {
        Self::Item(vec![(Meant::Plain, text.into())])
    }
}

/// A document in memory.
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    /// What it is called.
    pub title: String,
    /// What it consists of.
    pub blocks: Vec<Block>,
    /// How much is in it: "12 themes, 40 summaries, 31 quotes".
    pub says: String,
    /// When it was made, in milliseconds since 1970.
    pub time: i64,
}

impl Document {
    /// A document of a study that begins with what it is, of when, by whom, and what is masked. `now` is in milliseconds
    /// since 1970.
    #[must_use]
    pub fn new(names: &Names<'_>, what: &str, says: &str, now: i64) -> Self {
        let blocks = about_lines(names, says, now).into_iter().map(Block::small).collect();
        Self { title: format!("{}: {what}", names.study().project().name), blocks, says: String::new(), time: now }
    }

    /// The document as the bytes of a file of this form.
    ///
    /// # Errors
    /// [`ExportError`] when the parts cannot be packed, or the form is none of documents.
    pub fn bytes(&self, form: Form) -> Result<Vec<u8>, ExportError> {
        match form {
            Form::Html => Ok(html::page(self).into_bytes()),
            Form::Docx => docx::file(self),
            Form::Md => Ok(markdown::page(self).into_bytes()),
            _ => Err(ExportError::Ending { what: "a document", endings: ".docx, .html or .md".to_owned() }),
        }
    }
}

/// The lines with which a document begins: what it is, of when, by whom, and what is masked.
pub(in crate::exchange::export) fn about_lines(names: &Names<'_>, says: &str, now: i64) -> Vec<String> {
    let study = names.study();
    let invented = study.project().synthetic.then(|| "The study is synthetic: people and words are invented.".to_owned());
    let lines = [Some(format!("{says} {}", made(study, now))), invented, names.masked_values_say()];
    lines.into_iter().flatten().collect()
}

/// When, by whom and with what a document was made.
fn made(study: &Study, now: i64) -> String {
    let coders: Vec<&str> = study.analysts().map(|coder| coder.name.as_str()).collect();
    let coders = if coders.is_empty() { "none yet".to_owned() } else { coders.join(", ") };
    format!("Made {} with Themata {}. Coders: {coders}.", time_text(now - now.rem_euclid(1000)), env!("CARGO_PKG_VERSION"))
}

/// "1 theme", "3 themes".
pub(in crate::exchange::export) fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}
