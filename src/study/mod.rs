//! The domain: what a study consists of, and [`Study`], the whole of it in memory without its texts.
//!
//! A `Study` is immutable and cheap to clone; [`Study::apply`] makes the next one from a list of [`Change`]s.
//! Nothing here knows of files, SQL, clocks or windows: times and identities come in from outside.

mod apply;
mod attributes;
mod change;
mod codebook;
mod codings;
mod day;
mod edit;
mod entities;
mod ids;
mod marks;
mod material;
mod own;
mod palette;
mod parts;
mod propositions;
mod summaries;
mod typologies;
mod union;
mod versions;
mod whole;

pub use apply::ApplyError;
pub use attributes::{Attributes, NOT_STATED};
pub(crate) use change::field;
pub use change::{Change, Deed, FieldChange, LoggedChange, Touched, UnreadableChange};
pub(crate) use codebook::split_path;
pub use codebook::{Codebook, Outline, PATH_SEPARATOR};
pub use codings::{Coded, Codings, differing};
pub use day::day_written;
pub use edit::{Edit, EditId, HybridTime};
pub use entities::{
    Attribute, AttributeOf, Basis, BuiltIn, Case, CaseKind, CaseSpan, Citation, Cites, Coder, Coding, Confirmed, Consent, ContraryMark,
    Crossed, Crossing, Dimension, DimensionValue, Entity, EntityId, Evidence, EvidenceOf, Example, Kind, Memo, MemoKind, MemoOn, Origin,
    Placement, ProjectInfo, Proposition, PropositionStatus, QuoteFacts, QuoteMark, Revision, Role, Saved, SavedKind, Searched, Silence,
    Source, SourceForm, Speaker, Spread, Status, StatusKind, Strength, Summary, SummaryState, Theme, ThemeOrigin, Typology, Value, Values,
    Verdict, Weight, is_from_passages, line_of_passage,
};
pub use ids::{
    AttributeId, CaseId, CaseSpanId, CoderId, CodingId, ContraryMarkId, DeviceId, DimensionId, DimensionValueId, EvidenceId, ExampleId,
    MemoId, PlacementId, ProjectId, PropositionId, QuoteMarkId, RevisionId, SavedId, SourceId, SpeakerId, StatusId, SummaryId, ThemeId,
    TypologyId, ValueId, VerdictId,
};
pub use marks::{Meant, pieces, without_citation};
pub use material::{Broken, BrokenPassage, Material};
pub use own::OwnWork;
pub use palette::PALETTE;
pub use parts::{NO_CASE, Part};
pub use propositions::Propositions;
pub use summaries::Summaries;
pub use typologies::Typologies;
pub use union::{Conflict, UniteError, United, unite};
pub use versions::{Changed, Difference, differences};
pub use whole::Study;
