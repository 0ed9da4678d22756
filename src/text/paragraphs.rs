use serde::{Deserialize, Serialize};

use super::span::Span;

/// What a paragraph is in its source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ParagraphKind {
    /// A heading; its level is in [`Paragraph::level`], 1 is the highest.
    Heading,
    /// Running text of a report or an unlabelled source.
    Prose,
    /// A bullet or a numbered item of a list.
    ListItem,
    /// One of a report's key points.
    KeyPoint,
    /// A paragraph of a box.
    Boxed,
    /// Something said in an interview.
    Turn,
    /// Words of a participant or an author set apart from the running text.
    BlockQuote,
    /// A row, or a cell that arrived on a line of its own, of a table.
    TableRow,
    /// An entry of a list of references.
    Reference,
    /// Header blocks, contact lines, tables of contents, "Back to top": neither searched nor counted.
    Furniture,
    /// A footnote or an endnote; its number is the label.
    Footnote,
}

impl ParagraphKind {
    /// Every kind, in the order of their numbers on disk.
    pub const ALL: [Self; 11] = [
        Self::Heading,
        Self::Prose,
        Self::ListItem,
        Self::KeyPoint,
        Self::Boxed,
        Self::Turn,
        Self::BlockQuote,
        Self::TableRow,
        Self::Reference,
        Self::Furniture,
        Self::Footnote,
    ];
}

/// Whose words a paragraph holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Voice {
    /// Somebody who takes part in the study. Only these words are counted in the matrix.
    Participant,
    /// Whoever asks the questions.
    Interviewer,
    /// The author of a report.
    Author,
    /// Nobody: page furniture.
    Furniture,
}

impl Voice {
    /// Every voice, in the order of their numbers on disk.
    pub const ALL: [Self; 4] = [Self::Participant, Self::Interviewer, Self::Author, Self::Furniture];
}

/// [`Paragraph::speaker`] where nobody is named.
pub const NO_SPEAKER: u16 = u16::MAX;

/// A unit of layout, numbering and search.
///
/// Paragraphs are in order and do not overlap. Speaker labels, time stamps, attributions and bullets lie outside
/// of every paragraph's span: they are in the text, but they are not words anybody said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Paragraph {
    /// The paragraph's words, trimmed; never empty.
    pub span: Span,
    /// The label, attribution, number or bullet that belongs to it and lies outside of `span`; empty if there is none.
    pub label: Span,
    /// What it is.
    pub kind: ParagraphKind,
    /// Level of a heading or of a list item, from 1; 0 where levels mean nothing.
    pub level: u8,
    /// Whose words these are, unless a speaker is named: then the speaker's voice holds.
    pub voice: Voice,
    /// Index into [`Geometry::labels`](super::Geometry::labels) of the speaker, or [`NO_SPEAKER`].
    pub speaker: u16,
}

/// How words are set off from those round them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Style {
    /// In heavier letters.
    Bold,
    /// In slanted letters.
    Italic,
}

impl Style {
    /// Every style, in the order in which they are stored.
    pub const ALL: [Self; 2] = [Self::Bold, Self::Italic];
}

/// A stretch of the text that is set off. Stretches of one style do not overlap; those of two may.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Styled {
    /// The words.
    pub span: Span,
    /// How they are set off.
    pub style: Style,
}

/// A time stamp in a transcript.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Anchor {
    /// Where the stamp is written; words in it are not counted.
    pub span: Span,
    /// Milliseconds from the beginning of the recording.
    pub time: u32,
}

impl Anchor {
    /// Its time as a player shows it: "1:01", "1:23:45".
    #[must_use]
    pub fn clock(self) -> String {
        let seconds = self.time / 1_000;
        let (hours, minutes, seconds) = (seconds / 3_600, seconds / 60 % 60, seconds % 60);
        if hours > 0 { format!("{hours}:{minutes:02}:{seconds:02}") } else { format!("{minutes}:{seconds:02}") }
    }
}
