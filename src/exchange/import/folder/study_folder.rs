use crate::exchange::import::Draft;
use crate::study::{AttributeOf, CaseKind, Coder, CoderId, MemoKind, Role, Silence, Spread, StatusKind, SummaryState, ThemeOrigin};
use crate::text::Span;

/// A study folder that was read and found to be whole: every name in it is known, every quote was found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StudyFolder {
    /// Name of the study; empty when the folder does not give one.
    pub name: String,
    /// What it is about.
    pub about: String,
    /// Whether it was invented.
    pub synthetic: bool,
    /// Those who coded it.
    pub coders: Vec<Coder>,
    /// Its attributes with their values.
    pub attributes: Vec<FolderAttribute>,
    /// Its themes; a theme comes after the one above it.
    pub themes: Vec<FolderTheme>,
    /// Its sources.
    pub drafts: Vec<Draft>,
    /// What is said of its cases; it holds against what the sources say.
    pub cases: Vec<FolderCase>,
    /// Its codings.
    pub codings: Vec<FolderCoding>,
    /// Memos on sources, themes, cases and the whole.
    pub memos: Vec<FolderMemo>,
    /// What coders say of sources.
    pub statuses: Vec<FolderStatus>,
    /// What is written in cells of the matrix.
    pub summaries: Vec<FolderSummary>,
}

/// An attribute of a study folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FolderAttribute {
    /// Name.
    pub name: String,
    /// What it describes.
    pub of: AttributeOf,
    /// Its part in the matrix.
    pub role: Option<Role>,
    /// Whether it could tell who somebody is.
    pub identifying: bool,
    /// Names and aliases of its values, in order.
    pub values: Vec<(String, Vec<String>)>,
}

/// A theme of a study folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FolderTheme {
    /// Names from the top down to its own.
    pub path: Vec<String>,
    /// Its own number, where it has one.
    pub number: Option<String>,
    /// A few letters.
    pub abbreviation: String,
    /// Its colour.
    pub colour: Option<String>,
    /// What it means.
    pub definition: String,
    /// When to use it.
    pub use_when: String,
    /// When not to.
    pub not_when: String,
    /// Where it comes from.
    pub origin: Option<ThemeOrigin>,
}

/// A case of a study folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FolderCase {
    /// Label.
    pub label: String,
    /// Kind; none leaves what the sources say.
    pub kind: Option<CaseKind>,
    /// Attributes and their values, by name.
    pub values: Vec<(String, Vec<String>)>,
}

/// A coding of a study folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FolderCoding {
    /// Index of its source among the drafts.
    pub source: usize,
    /// Its words.
    pub span: Span,
    /// Index of its theme.
    pub theme: usize,
    /// Who coded.
    pub coder: CoderId,
    /// When, in milliseconds since 1970.
    pub time: Option<i64>,
    /// Whether the passage was chosen for the report.
    pub quote_mark: bool,
    /// What it is contrary to, where it is marked so.
    pub contrary: Option<String>,
    /// A note on it.
    pub memo: Option<String>,
}

/// A memo of a study folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FolderMemo {
    /// What it is on.
    pub on: FolderMemoOn,
    /// Who wrote it.
    pub coder: CoderId,
    /// What kind.
    pub kind: MemoKind,
    /// What it says.
    pub text: String,
    /// When, in milliseconds since 1970.
    pub time: Option<i64>,
}

/// What a memo is on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FolderMemoOn {
    /// The whole study.
    Project,
    /// A source, by its index.
    Source(usize),
    /// A theme, by its index.
    Theme(usize),
    /// A case, by its label.
    Case(String),
}

/// What a coder says of a source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FolderStatus {
    /// Index of the source.
    pub source: usize,
    /// Who says so.
    pub coder: CoderId,
    /// What.
    pub status: StatusKind,
}

/// A summary of a study folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FolderSummary {
    /// Index of its theme.
    pub theme: usize,
    /// What the theme is crossed with.
    pub of: FolderCrossed,
    /// The words, with light marks.
    pub text: String,
    /// What is said beside them.
    pub spread: Spread,
    /// What is cited.
    pub citations: Vec<FolderCitation>,
    /// How far it is.
    pub state: SummaryState,
    /// Why there is nothing to say.
    pub silence: Option<Silence>,
    /// Who wrote it, or reviewed it.
    pub coder: CoderId,
    /// When, in milliseconds since 1970.
    pub time: Option<i64>,
}

/// What the theme of a summary is crossed with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FolderCrossed {
    /// A case, by its label.
    Case(String),
    /// Values, each with the name of its attribute; none is *Not stated*.
    Values(Vec<(String, Option<String>)>),
}

/// What a summary refers to by a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FolderCitation {
    /// The number.
    pub number: u32,
    /// What it refers to.
    pub of: FolderCites,
    /// The words as they are cited.
    pub words: String,
}

/// What a citation refers to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FolderCites {
    /// Words of the source with this index.
    Passage(usize, Span),
    /// The summary of the case with this label on the same theme.
    Summary(String),
}
