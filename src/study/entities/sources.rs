use serde::{Deserialize, Serialize};

use super::Values;
use crate::study::ids::{CaseId, CaseSpanId, CoderId, RevisionId, SourceId, SpeakerId, StatusId};
use crate::text::{BlobId, Span, Voice};

/// How a source was read at import.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SourceForm {
    /// An interview or focus group, with or without labels.
    Transcript,
    /// A report with an author's voice.
    Report,
}

/// An imported text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// Identity.
    pub id: SourceId,
    /// Short id as the analyst writes it, unique in the project ("FIF-TL2").
    pub label: String,
    /// Title in words.
    pub title: String,
    /// How it was read.
    pub form: SourceForm,
    /// The version that is read now.
    pub revision: RevisionId,
    /// The case whose words these are where nobody is named.
    pub case: Option<CaseId>,
    /// Its attributes, among them kind, date, wave and interviewer.
    pub values: Values,
    /// Name of the file it came from, without folders.
    pub file_name: String,
    /// SHA-256 of the file as it arrived, by which it is known again.
    pub fingerprint: BlobId,
    /// The file byte for byte, where it differs from the text and was not declined.
    pub original: Option<BlobId>,
    /// Place among the sources.
    pub position: i64,
}

/// A version of a source's text. Immutable.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Revision {
    /// Identity.
    pub id: RevisionId,
    /// The source it is a version of.
    pub source: SourceId,
    /// The version it corrects.
    pub parent: Option<RevisionId>,
    /// The text.
    pub text: BlobId,
    /// Its paragraphs and words.
    pub geometry: BlobId,
}

/// A label in one source.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Speaker {
    /// Identity.
    pub id: SpeakerId,
    /// The source; a label is local to it.
    pub source: SourceId,
    /// The label as written, without colon.
    pub label: String,
    /// Whose words stand behind it.
    pub voice: Voice,
    /// Who it is; none is *Not stated*.
    pub case: Option<CaseId>,
}

/// A span given to a case by hand; it overrides the speaker.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaseSpan {
    /// Identity.
    pub id: CaseSpanId,
    /// The source.
    pub source: SourceId,
    /// The version of its text that the span belongs to.
    pub revision: RevisionId,
    /// The words.
    pub span: Span,
    /// Whose they are.
    pub case: CaseId,
}

impl CaseSpan {
    /// What is left of it in `text` where other words are taken away: up to two pieces. The first is still itself, another
    /// gets the identity `second`.
    #[must_use]
    pub fn without(&self, taken: Span, text: &str, second: impl FnOnce() -> CaseSpanId) -> Vec<Self> {
        let Span { start, end } = self.span;
        let pieces = [Span::new(start, taken.start.clamp(start, end)), Span::new(taken.end.clamp(start, end), end)];
        let pieces = pieces.map(|piece| piece.trimmed(text)).into_iter().filter(|piece| !piece.is_empty());
        let mut second = Some(second);
        let mut left: Vec<Self> = Vec::new();
        for span in pieces {
            let id = if left.is_empty() { self.id } else { second.take().map_or(self.id, |second| second()) };
            left.push(Self { id, span, ..self.clone() });
        }
        left
    }
}

/// How far a coder is with a source, by the coder's own word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StatusKind {
    /// Not opened yet.
    #[default]
    NotStarted,
    /// Being read.
    Reading,
    /// Being coded.
    Coding,
    /// Coded to the end.
    Done,
}

/// What a coder says of a source.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Status {
    /// Identity, derived from source and coder.
    pub id: StatusId,
    /// The source.
    pub source: SourceId,
    /// Who says so.
    pub coder: CoderId,
    /// What.
    pub status: StatusKind,
}

impl Status {
    /// The identity of what `coder` says of `source`: the same on every device.
    #[must_use]
    pub fn id_of(source: SourceId, coder: CoderId) -> StatusId {
        StatusId::derived(&[source.0.as_bytes(), coder.0.as_bytes()])
    }
}
