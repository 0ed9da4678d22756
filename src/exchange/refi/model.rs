use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::text::Span;

/// A project as it travels between programs: what the REFI-QDA standard names, whichever file it was read from or is
/// written to. Nothing in it is checked against anything else: a reference may lead nowhere.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Project {
    /// Identity, where the file states one.
    pub guid: Option<Uuid>,
    /// Its name.
    pub name: String,
    /// The program that wrote it, with its version, as it says itself.
    pub origin: String,
    /// What it is about.
    pub description: String,
    /// Who made it and when.
    pub made: Made,
    /// Who worked on it.
    pub users: Vec<User>,
    /// The codebook, each code behind the one it stands below.
    pub codes: Vec<Code>,
    /// What is known of cases and sources.
    pub variables: Vec<Variable>,
    /// Units of the study: people, places, groups.
    pub cases: Vec<Case>,
    /// Texts and media.
    pub sources: Vec<Source>,
    /// Memos.
    pub notes: Vec<Note>,
    /// Connections between any two elements.
    pub links: Vec<Link>,
    /// Elements that belong together.
    pub sets: Vec<Set>,
    /// Memos on the whole project.
    pub note_refs: Vec<Uuid>,
    /// Elements that only other programs understand, in the order of the file.
    pub kept: Vec<Kept>,
}

/// Who made or changed an element and when; each may be unknown.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Made {
    /// Who made it: a [`User`].
    pub by: Option<Uuid>,
    /// When, in milliseconds since 1970 (UTC).
    pub at: Option<i64>,
    /// Who changed it last.
    pub changed_by: Option<Uuid>,
    /// When that was, in milliseconds since 1970 (UTC).
    pub changed_at: Option<i64>,
}

/// Somebody who worked on the project.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct User {
    /// Identity.
    pub guid: Uuid,
    /// Full name.
    pub name: String,
    /// Initials, or whatever the program calls an id.
    pub id: String,
}

/// A node of the codebook.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Code {
    /// Identity.
    pub guid: Uuid,
    /// Name.
    pub name: String,
    /// Whether passages can carry it; a mere folder of codes is not.
    pub is_codable: bool,
    /// `#rrggbb`, lower case.
    pub colour: Option<String>,
    /// What it means.
    pub description: String,
    /// Memos on it.
    pub note_refs: Vec<Uuid>,
    /// Place in [`Project::codes`] of the code it stands below; always a smaller one.
    pub parent: Option<usize>,
}

/// What kind of values a variable has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum VariableType {
    /// Words.
    #[default]
    Text,
    /// True or false.
    Boolean,
    /// Whole numbers.
    Integer,
    /// Numbers.
    Float,
    /// Days.
    Date,
    /// Moments.
    DateTime,
}

/// Something that is known of cases or sources.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Variable {
    /// Identity.
    pub guid: Uuid,
    /// Name.
    pub name: String,
    /// What kind of values it has.
    pub kind: VariableType,
    /// What it means.
    pub description: String,
}

/// A value of a variable, as written.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct VariableValue {
    /// The variable.
    pub variable: Uuid,
    /// Its value in words.
    pub value: String,
}

/// A unit of the study.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Case {
    /// Identity.
    pub guid: Uuid,
    /// Name.
    pub name: String,
    /// What is said of it.
    pub description: String,
    /// Codes that apply to all of it.
    pub codes: Vec<Uuid>,
    /// What is known of it.
    pub values: Vec<VariableValue>,
    /// Sources that are wholly its own.
    pub sources: Vec<Uuid>,
    /// Selections that are its own.
    pub selections: Vec<Uuid>,
}

/// A text, or a medium that is only kept.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Source {
    /// Identity.
    pub guid: Uuid,
    /// Name.
    pub name: String,
    /// What is said of it.
    pub description: String,
    /// Who brought it in and when.
    pub made: Made,
    /// The text, decoded, with `\n` line ends and without byte order mark; none for a medium.
    pub text: Option<String>,
    /// The text's formatted twin or the medium itself, in the archive.
    pub file: Option<MediaFile>,
    /// What is known of it.
    pub values: Vec<VariableValue>,
    /// Codings of the source as a whole.
    pub codings: Vec<Coding>,
    /// Passages.
    pub selections: Vec<Selection>,
    /// Memos on it.
    pub note_refs: Vec<Uuid>,
    /// A medium's own element, as XML, given back as it was; empty for a text. Of a PDF with a text of its own, `text` and
    /// `selections` say what its `Representation` holds, and the element stands here without them. What else the element
    /// says is repeated in the other fields and written from here alone.
    pub kept: Option<Kept>,
    /// Further files in the archive that the kept element names: transcripts, descriptions.
    pub more_files: Vec<MediaFile>,
}

/// A file inside the archive.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MediaFile {
    /// Its name in the archive's folder of sources, without folders.
    pub name: String,
    /// Its length in bytes.
    pub len: u64,
}

/// A passage of a text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Selection {
    /// Identity.
    pub guid: Uuid,
    /// Its name; many programs put the first words here.
    pub name: String,
    /// What is said of it.
    pub description: String,
    /// Who selected it and when.
    pub made: Made,
    /// Start and end as the file states them.
    pub stated: (i64, i64),
    /// The words that are meant, in bytes of the source's text; none where that could not be found out.
    pub span: Option<Span>,
    /// The codes on it.
    pub codings: Vec<Coding>,
    /// Memos on it.
    pub note_refs: Vec<Uuid>,
}

/// A code on a selection or on a whole source.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Coding {
    /// Identity.
    pub guid: Uuid,
    /// The code.
    pub code: Uuid,
    /// Who coded and when.
    pub made: Made,
    /// Memos on it.
    pub note_refs: Vec<Uuid>,
    /// Whether its coder marked it as important. The standard has no place for that; other programs have.
    pub important: bool,
}

/// A memo.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// Identity.
    pub guid: Uuid,
    /// Its title.
    pub name: String,
    /// What is said of it.
    pub description: String,
    /// Its words.
    pub text: String,
    /// Who wrote it and when.
    pub made: Made,
    /// The memo's formatted twin in the archive.
    pub file: Option<MediaFile>,
    /// Passages of the memo itself.
    pub selections: Vec<Selection>,
    /// Codings of the memo as a whole.
    pub codings: Vec<Coding>,
    /// Memos on the memo.
    pub note_refs: Vec<Uuid>,
    /// What is known of it.
    pub values: Vec<VariableValue>,
}

/// Which way a link is read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Direction {
    /// Neither.
    #[default]
    Associative,
    /// From origin to target.
    OneWay,
    /// Both.
    Bidirectional,
}

/// A connection between two elements.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// Identity.
    pub guid: Uuid,
    /// What it says.
    pub name: String,
    /// Which way it is read.
    pub direction: Direction,
    /// `#rrggbb`, lower case.
    pub colour: Option<String>,
    /// The one end.
    pub origin: Uuid,
    /// The other.
    pub target: Uuid,
    /// Memos on it.
    pub note_refs: Vec<Uuid>,
}

/// Elements that belong together.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Set {
    /// Identity.
    pub guid: Uuid,
    /// Name.
    pub name: String,
    /// What is said of it.
    pub description: String,
    /// Codes in it.
    pub codes: Vec<Uuid>,
    /// Sources in it.
    pub sources: Vec<Uuid>,
    /// Notes in it.
    pub notes: Vec<Uuid>,
}

/// An element that is given back as it came.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    /// The local name of the element: `Graph`, `PictureSource` …
    pub element: String,
    /// The element whole, as XML of the project's namespace.
    pub xml: String,
}
