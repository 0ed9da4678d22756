//! The shape of a project as JSON. Every key is explained in `docs/export-json.md`; a test holds the two together.

use serde::Serialize;

use crate::study::{
    AttributeId, AttributeOf, BuiltIn, CaseId, CaseKind, CaseSpanId, CoderId, CodingId, Consent, ContraryMarkId, DimensionId,
    DimensionValueId, EvidenceId, MemoId, MemoKind, Origin, ProjectId, PropositionId, PropositionStatus, QuoteMarkId, Role, Silence,
    SourceForm, SourceId, SpeakerId, StatusKind, Strength, SummaryId, SummaryState, ThemeId, ThemeOrigin, TypologyId, ValueId, Weight,
};
use crate::text::{ParagraphKind, Voice};

/// The whole file.
#[derive(Serialize)]
pub(super) struct Whole<'a> {
    pub format: &'static str,
    pub version: u32,
    pub made: String,
    pub made_with: String,
    pub labels: &'static str,
    pub smallest_n: Option<u32>,
    pub notes: Vec<String>,
    pub project: Project<'a>,
    pub coders: Vec<Coder<'a>>,
    pub attributes: Vec<Attribute<'a>>,
    pub cases: Vec<Case<'a>>,
    pub themes: Vec<Theme<'a>>,
    pub sources: Vec<Source<'a>>,
    pub memos: Vec<Memo<'a>>,
    pub summaries: Vec<Summary<'a>>,
    pub propositions: Vec<Proposition<'a>>,
    pub typologies: Vec<Typology<'a>>,
}

#[derive(Serialize)]
pub(super) struct Project<'a> {
    pub id: ProjectId,
    pub name: &'a str,
    pub about: &'a str,
    pub synthetic: bool,
}

#[derive(Serialize)]
pub(super) struct Coder<'a> {
    pub id: CoderId,
    pub name: &'a str,
    pub initials: &'a str,
}

#[derive(Serialize)]
pub(super) struct Attribute<'a> {
    pub id: AttributeId,
    pub name: &'a str,
    pub of: AttributeOf,
    pub role: Option<Role>,
    pub built_in: Option<BuiltIn>,
    pub identifying: bool,
    pub values: Vec<Value<'a>>,
}

#[derive(Serialize)]
pub(super) struct Value<'a> {
    pub id: ValueId,
    pub name: &'a str,
    pub aliases: &'a [String],
}

/// The values that something has in an attribute.
#[derive(Serialize)]
pub(super) struct Has {
    pub attribute: AttributeId,
    pub values: Vec<ValueId>,
}

#[derive(Serialize)]
pub(super) struct Case<'a> {
    pub id: CaseId,
    pub label: &'a str,
    pub kind: CaseKind,
    pub values: Vec<Has>,
    pub masked: Vec<AttributeId>,
}

#[derive(Serialize)]
pub(super) struct Theme<'a> {
    pub id: ThemeId,
    pub parent: Option<ThemeId>,
    pub number: &'a str,
    pub name: &'a str,
    pub path: String,
    pub abbreviation: &'a str,
    pub colour: Option<&'a str>,
    pub definition: &'a str,
    pub use_when: &'a str,
    pub do_not_use_when: &'a str,
    pub origin: Option<ThemeOrigin>,
    pub example: Option<Example>,
}

#[derive(Serialize)]
pub(super) struct Example {
    pub source: SourceId,
    #[serde(flatten)]
    pub words: Words,
    pub coder: CoderId,
    pub time: String,
}

/// Words of a source: where they stand in its text, in code points, and what they are.
#[derive(Serialize)]
pub(super) struct Words {
    pub start: Option<usize>,
    pub end: Option<usize>,
    pub quote: String,
    pub broken: bool,
}

#[derive(Serialize)]
pub(super) struct Source<'a> {
    pub id: SourceId,
    pub label: &'a str,
    pub title: Option<&'a str>,
    pub form: SourceForm,
    pub file_name: Option<&'a str>,
    pub case: Option<CaseId>,
    pub values: Vec<Has>,
    pub statuses: Vec<Status>,
    pub speakers: Vec<Speaker<'a>>,
    pub text: String,
    pub paragraphs: Vec<Paragraph>,
    pub time_stamps: Vec<TimeStamp>,
    pub case_spans: Vec<CaseSpan>,
    pub codings: Vec<Coding>,
    pub quote_marks: Vec<QuoteMark<'a>>,
    pub contrary_marks: Vec<ContraryMark<'a>>,
}

#[derive(Serialize)]
pub(super) struct Status {
    pub coder: CoderId,
    pub status: StatusKind,
}

#[derive(Serialize)]
pub(super) struct Speaker<'a> {
    pub id: SpeakerId,
    pub label: Option<&'a str>,
    pub voice: Voice,
    pub case: Option<CaseId>,
}

#[derive(Serialize)]
pub(super) struct Paragraph {
    pub number: usize,
    pub start: usize,
    pub end: usize,
    pub kind: ParagraphKind,
    pub level: u8,
    pub voice: Voice,
    pub speaker: Option<String>,
    pub label: Option<String>,
    pub case: Option<CaseId>,
    pub quote: String,
}

#[derive(Serialize)]
pub(super) struct TimeStamp {
    pub paragraph: usize,
    pub milliseconds: u32,
}

#[derive(Serialize)]
pub(super) struct CaseSpan {
    pub id: CaseSpanId,
    #[serde(flatten)]
    pub words: Words,
    pub case: CaseId,
}

#[derive(Serialize)]
pub(super) struct Coding {
    pub id: CodingId,
    #[serde(flatten)]
    pub words: Words,
    pub theme: ThemeId,
    pub coder: CoderId,
    pub time: String,
    pub origin: Origin,
}

#[derive(Serialize)]
pub(super) struct QuoteMark<'a> {
    pub id: QuoteMarkId,
    #[serde(flatten)]
    pub words: Words,
    pub coding: Option<CodingId>,
    pub coder: CoderId,
    pub time: String,
    pub strength: Option<Strength>,
    pub consent: Consent,
    pub checked: bool,
    pub used_in: &'a str,
}

#[derive(Serialize)]
pub(super) struct ContraryMark<'a> {
    pub id: ContraryMarkId,
    pub coding: CodingId,
    pub contrary_to: &'a str,
    pub coder: CoderId,
    pub time: String,
}

/// A cell of the matrix: a theme with a case, or with values.
#[derive(Serialize)]
pub(super) struct Cell {
    pub theme: ThemeId,
    pub case: Option<CaseId>,
    pub values: Option<Vec<CellValue>>,
}

#[derive(Serialize)]
pub(super) struct CellValue {
    pub attribute: AttributeId,
    pub name: String,
    pub value: Option<ValueId>,
    pub says: String,
}

#[derive(Serialize)]
pub(super) struct Memo<'a> {
    pub id: MemoId,
    pub kind: MemoKind,
    pub on: MemoOn,
    pub text: &'a str,
    pub coder: CoderId,
    pub time: String,
}

#[derive(Serialize)]
pub(super) struct MemoOn {
    pub what: &'static str,
    pub source: Option<SourceId>,
    pub words: Option<Words>,
    pub coding: Option<CodingId>,
    pub theme: Option<ThemeId>,
    pub case: Option<CaseId>,
    pub cell: Option<Cell>,
}

#[derive(Serialize)]
pub(super) struct Summary<'a> {
    pub id: SummaryId,
    pub cell: Cell,
    pub settle_from: Option<&'a str>,
    pub text: &'a str,
    pub consensus: &'a str,
    pub range: &'a str,
    pub dissent: &'a str,
    pub citations: Vec<Citation>,
    pub state: SummaryState,
    pub silence: Option<Silence>,
    pub evidence_changed: bool,
    pub coder: CoderId,
    pub time: String,
    pub confirmed: Option<Said>,
}

/// Who said something, and when.
#[derive(Serialize)]
pub(super) struct Said {
    pub coder: CoderId,
    pub time: String,
}

#[derive(Serialize)]
pub(super) struct Citation {
    pub number: u32,
    pub source: Option<SourceId>,
    pub words: Option<Words>,
    pub summary_of: Option<CaseId>,
}

#[derive(Serialize)]
pub(super) struct Proposition<'a> {
    pub id: PropositionId,
    pub statement: &'a str,
    pub note: &'a str,
    pub status: PropositionStatus,
    pub searched: Option<Said>,
    pub coder: CoderId,
    pub time: String,
    pub evidence: Vec<Evidence<'a>>,
}

#[derive(Serialize)]
pub(super) struct Evidence<'a> {
    pub id: EvidenceId,
    pub weight: Weight,
    pub gone: bool,
    pub source: Option<SourceId>,
    pub words: Option<Words>,
    pub cell: Option<Cell>,
    pub note: &'a str,
    pub coder: CoderId,
    pub time: String,
}

#[derive(Serialize)]
pub(super) struct Typology<'a> {
    pub id: TypologyId,
    pub name: &'a str,
    pub about: &'a str,
    pub coder: CoderId,
    pub time: String,
    pub dimensions: Vec<Dimension<'a>>,
}

#[derive(Serialize)]
pub(super) struct Dimension<'a> {
    pub id: DimensionId,
    pub name: &'a str,
    pub values: Vec<DimensionValue<'a>>,
    pub placements: Vec<Placement<'a>>,
}

#[derive(Serialize)]
pub(super) struct DimensionValue<'a> {
    pub id: DimensionValueId,
    pub name: &'a str,
}

#[derive(Serialize)]
pub(super) struct Placement<'a> {
    pub case: CaseId,
    pub value: Option<DimensionValueId>,
    pub reason: &'a str,
    pub rests_on: Vec<Cell>,
    pub coder: CoderId,
    pub time: String,
}
