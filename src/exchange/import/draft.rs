use std::fmt;

use super::format::READABLE;
use crate::study::{AttributeOf, CaseKind, SourceForm};
use crate::text::{Anchor, BlobId, Paragraph, ParagraphKind, Span, Styled, Voice};

/// A file as it was read: all that the import sheet shows, and what the analyst may change before it is written.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    /// Name of the file, without folders.
    pub file_name: String,
    /// The source's short id.
    pub label: String,
    /// The source's title in words.
    pub title: String,
    /// How the file was read.
    pub form: SourceForm,
    /// Interview, focus group, report …; empty when not stated.
    pub kind: String,
    /// The day, as `YYYY-MM-DD` where the file's words could be read so; empty when not stated.
    pub date: String,
    /// Who asked the questions; empty when not stated.
    pub interviewer: String,
    /// The round of interviews; empty when not stated.
    pub wave: String,
    /// Further attributes from the header block.
    pub attributes: Vec<DraftAttribute>,
    /// The whole text, normalised.
    pub text: String,
    /// Its paragraphs, in order.
    pub paragraphs: Vec<Paragraph>,
    /// Its time stamps, in order.
    pub anchors: Vec<Anchor>,
    /// Where the text is bold or italic, in order.
    pub styles: Vec<Styled>,
    /// What somebody noted beside the text; it becomes memos.
    pub comments: Vec<Comment>,
    /// The labels and attributions as written; paragraphs refer to them by index.
    pub speakers: Vec<DraftSpeaker>,
    /// Whose words these are where nobody is named.
    pub case: Option<DraftCase>,
    /// What could not be kept or understood.
    pub problems: Vec<Problem>,
    /// SHA-256 of the file, by which it is known again; of what a respondent answers, where the file is a table of them.
    pub fingerprint: BlobId,
    /// Of a row of a table: SHA-256 of the file, and the line on which the row begins.
    pub row_of: Option<(BlobId, usize)>,
    /// The file byte for byte, where it differs from the text.
    pub original: Option<Vec<u8>>,
}

impl Draft {
    /// The distinct cases of the draft, in the order in which they come up in it.
    #[must_use]
    pub fn cases(&self) -> Vec<&DraftCase> {
        let mut cases: Vec<&DraftCase> = Vec::new();
        for case in self.speakers.iter().filter_map(|speaker| speaker.case.as_ref()).chain(self.case.as_ref()) {
            if !cases.iter().any(|known| known.label == case.label) {
                cases.push(case);
            }
        }
        cases
    }

    /// The quotes of participants that are set apart, as reports have them.
    pub fn quotes(&self) -> impl Iterator<Item = &Paragraph> {
        self.paragraphs
            .iter()
            .filter(|paragraph| paragraph.kind == ParagraphKind::BlockQuote && self.voice(paragraph) == Voice::Participant)
    }

    /// The voice that is heard in `paragraph`: its speaker's, where one is named.
    #[must_use]
    pub fn voice(&self, paragraph: &Paragraph) -> Voice {
        self.speakers.get(usize::from(paragraph.speaker)).map_or(paragraph.voice, |speaker| speaker.voice)
    }
}

/// A label, or the attribution of a quote, in one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DraftSpeaker {
    /// The label as written, without colon or brackets.
    pub label: String,
    /// How many paragraphs it begins.
    pub turns: usize,
    /// Whose words stand behind it.
    pub voice: Voice,
    /// Who it is; none is *Not stated*.
    pub case: Option<DraftCase>,
}

/// A case that a file proposes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DraftCase {
    /// Label, unique in the project; a case of this label that is there already is the one meant.
    pub label: String,
    /// Who or what it is.
    pub kind: CaseKind,
    /// Its participant group; none is *Not stated*.
    pub group: Option<String>,
    /// Its case-study area; none is *Not stated*.
    pub area: Option<String>,
    /// Its other attributes by their names, where they were given for it and not for the whole file.
    pub attributes: Vec<(String, String)>,
}

/// An attribute from a header block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DraftAttribute {
    /// Name as written.
    pub name: String,
    /// Value as written.
    pub value: String,
    /// Whether it describes the participants or the source.
    pub of: AttributeOf,
}

/// A comment beside words of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comment {
    /// The words it is on.
    pub span: Span,
    /// Who wrote it; empty when the file does not say.
    pub author: String,
    /// What it says.
    pub text: String,
}

/// Something that could not be kept or understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The line of the file, from 1, where there is one.
    pub line: Option<usize>,
    /// What it is, as a sentence.
    pub sentence: String,
}

impl Problem {
    pub(super) fn at(line: usize, sentence: impl Into<String>) -> Self {
        Self { line: Some(line), sentence: sentence.into() }
    }

    pub(super) fn whole(sentence: impl Into<String>) -> Self {
        Self { line: None, sentence: sentence.into() }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "Line {line}: {}", self.sentence),
            None => f.write_str(&self.sentence),
        }
    }
}

/// Why a file cannot be imported. Every message names the file and says what can be done.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The file is there and cannot be read.
    #[error("“{name}” cannot be read ({reason}). Check that it is there and that you may open it.")]
    Unreadable {
        /// Name of the file.
        name: String,
        /// What the system says.
        reason: std::io::Error,
    },
    /// A folder.
    #[error("“{name}” is a folder. Choose the files inside it, or make a project from a study folder with “themata new --from”.")]
    Folder {
        /// Name of the folder.
        name: String,
    },
    /// A pipe, device or other thing that is no file.
    #[error("“{name}” is not a file.")]
    NoFile {
        /// Its name.
        name: String,
    },
    /// A file name that is no Unicode text.
    #[error("The name of “{name}” has characters that cannot be read. Rename the file and import it again.")]
    Name {
        /// The name, with the unreadable characters replaced.
        name: String,
    },
    /// An ending that no reader knows.
    #[error("“{name}” is of a kind that cannot be imported. Save it as {endings}, and import that.", endings = READABLE)]
    UnknownEnding {
        /// Name of the file.
        name: String,
    },
    /// More than [`MAX_BYTES`](super::MAX_BYTES).
    #[error("“{name}” is too large ({megabytes} MB; at most 64 MB). Split it into several files.")]
    TooLarge {
        /// Name of the file.
        name: String,
        /// Its size.
        megabytes: u64,
    },
    /// Nothing, or white space only.
    #[error("“{name}” is empty.")]
    Empty {
        /// Name of the file.
        name: String,
    },
    /// A header, page lines, the numbers of captions, and nothing that anybody said or wrote.
    #[error("“{name}” has nothing but a header or page lines: there are no words to read.")]
    NoWords {
        /// Name of the file.
        name: String,
    },
    /// Bytes that are no text in any encoding known here.
    #[error("“{name}” is not a text. If it came from another program, save it there as .txt or .docx.")]
    NotText {
        /// Name of the file.
        name: String,
    },
    /// A file of another format that has the ending of a text.
    #[error("“{name}” is {kind}, whatever its ending says. Open it where it came from, save it as .docx or .txt, and import that.")]
    Disguised {
        /// Name of the file.
        name: String,
        /// What it is, with its article.
        kind: &'static str,
    },
    /// A JSON file that nobody's words are in.
    #[error("“{name}” is no transcript: it has no list of segments or utterances with words. Export it as .vtt or .txt and import that.")]
    NoTranscript {
        /// Name of the file.
        name: String,
    },
    /// A JSON file that cannot be read.
    #[error("“{name}” cannot be read as JSON ({reason}). Export it again, or export it as .vtt or .txt and import that.")]
    BrokenJson {
        /// Name of the file.
        name: String,
        /// What is wrong, and where.
        reason: String,
    },
    /// A table in which nobody answers in words.
    #[error(
        "“{name}” is no table of answers: its first row must name the columns, a row for each respondent must follow, and at least one column must hold answers in words."
    )]
    NoAnswers {
        /// Name of the file.
        name: String,
    },
    /// A table of answers where one text was wanted.
    #[error("“{name}” is a table with a row for each respondent, not one text. Import it as a file of its own.")]
    ManyTexts {
        /// Name of the file.
        name: String,
    },
    /// A table larger than any survey.
    #[error("“{name}” has more than {most} {what}. Leave out what is not to be read, or split it into several files.")]
    TableTooLarge {
        /// Name of the file.
        name: String,
        /// Rows or columns.
        what: &'static str,
        /// How many are read.
        most: usize,
    },
    /// A workbook that cannot be read.
    #[error("“{name}” cannot be opened as a table ({reason}). Open it where it came from, save it again or as .csv, and import that.")]
    BrokenTable {
        /// Name of the file.
        name: String,
        /// What is wrong with it.
        reason: String,
    },
    /// A file of a format that is read, under the ending of another.
    #[error("“{name}” is {kind}, whatever its ending says. Rename it so that it ends in .{ending}, and try again.")]
    Misnamed {
        /// Name of the file.
        name: String,
        /// What it is, with its article.
        kind: &'static str,
        /// The ending it should have, without the point.
        ending: &'static str,
    },
    /// A text that is no table with ids.
    #[error("“{name}” is no table of ids and attributes: its first line must name the columns, and a line for each id must follow.")]
    NoTable {
        /// Name of the file.
        name: String,
    },
    /// A Word file with nothing written in it, or without the part in which Word writes.
    #[error("“{name}” holds no Word text. Open it in Word and look whether its words are there, not in pictures of them.")]
    NoWordText {
        /// Name of the file.
        name: String,
    },
    /// A Word file that cannot be opened.
    #[error("“{name}” cannot be opened as a Word document ({reason}). Open it in Word, save it again as .docx, and import that.")]
    BrokenDocument {
        /// Name of the file.
        name: String,
        /// What is wrong with it.
        reason: String,
    },
    /// A file of another format that cannot be opened.
    #[error("“{name}” cannot be opened as {kind} ({reason}). Open it in the program it came from, save it again, and import that.")]
    BrokenFile {
        /// Name of the file.
        name: String,
        /// What it should be, with its article.
        kind: &'static str,
        /// What is wrong with it.
        reason: String,
    },
    /// A document without words.
    #[error("“{name}” holds no words. Open it where it came from and look whether its words are there, not in pictures of them.")]
    NoText {
        /// Name of the file.
        name: String,
    },
    /// A document that a password protects.
    #[error("“{name}” is protected by a password. Open it in the program it came from, save a copy without password, and import that.")]
    Protected {
        /// Name of the file.
        name: String,
    },
    /// A book that its seller locked.
    #[error("“{name}” is locked by whoever sold it (DRM) and cannot be read. Ask the publisher for a copy that is not.")]
    Locked {
        /// Name of the file.
        name: String,
    },
    /// A PDF whose pages are pictures.
    #[error(
        "“{name}” holds pictures of its pages and no text. Let a program for text recognition (OCR) read it, and import what that writes."
    )]
    Scanned {
        /// Name of the file.
        name: String,
    },
}
