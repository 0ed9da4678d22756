//! The entities of a study: small records with an identity. Their names are those of the field.

mod coded;
mod crossing;
mod frame;
mod proposition;
mod saved;
mod sources;
mod summary;
mod typology;
mod verdict;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

pub use coded::{Coding, Consent, ContraryMark, Example, Memo, MemoKind, MemoOn, Origin, QuoteFacts, QuoteMark, Strength};
pub use crossing::{Crossed, Crossing};
pub use frame::{Attribute, AttributeOf, BuiltIn, Case, CaseKind, Coder, ProjectInfo, Role, Theme, ThemeOrigin, Value, Values};
pub use proposition::{Evidence, EvidenceOf, Proposition, PropositionStatus, Searched, Weight};
pub use saved::{Saved, SavedKind};
pub use sources::{CaseSpan, Revision, Source, SourceForm, Speaker, Status, StatusKind};
pub use summary::{Basis, Citation, Cites, Confirmed, Silence, Spread, Summary, SummaryState, is_from_passages, line_of_passage};
pub use typology::{Dimension, DimensionValue, Placement, Typology};
pub use verdict::Verdict;

use super::ids::SourceId;

/// A record that is an entity of its kind.
pub(super) trait Record: Clone {
    /// The kind.
    const KIND: Kind;
    /// Its identity among those of the kind.
    fn uuid(&self) -> Uuid;
    /// The record in an entity, if that is of the kind.
    fn of(entity: &Entity) -> Option<&Self>;
}

macro_rules! entities {
    ($($name:ident / $record:ident: $docs:literal,)+) => {
        /// What kind of entity a record is.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum Kind {
            $(#[doc = $docs] $name,)+
        }

        impl Kind {
            /// Every kind, in an order in which each comes after those it refers to.
            pub const ALL: &'static [Self] = &[$(Self::$name,)+];
        }

        /// Any entity.
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub enum Entity {
            $(#[doc = $docs] $name($record),)+
        }

        impl Entity {
            /// What kind it is.
            #[must_use]
            pub const fn kind(&self) -> Kind {
                match self { $(Self::$name(_) => Kind::$name,)+ }
            }

            /// Its identity.
            #[must_use]
            pub fn id(&self) -> EntityId {
                match self { $(Self::$name(record) => EntityId { kind: Kind::$name, id: record.id.0 },)+ }
            }

            /// Its fields by name, as they stand in the log.
            ///
            /// # Errors
            /// Never for the entities of this version; serialisation is fallible by its nature.
            pub fn to_fields(&self) -> serde_json::Result<serde_json::Value> {
                match self { $(Self::$name(record) => serde_json::to_value(record),)+ }
            }

            /// The entity of `kind` with these fields.
            ///
            /// # Errors
            /// When a field is missing or of another type.
            pub fn from_fields(kind: Kind, fields: serde_json::Value) -> serde_json::Result<Self> {
                Ok(match kind { $(Kind::$name => Self::$name(serde_json::from_value(fields)?),)+ })
            }
        }

        /// Any entity, where it stands.
        #[derive(Clone, Copy, Debug)]
        pub(super) enum EntityRef<'a> {
            $($name(&'a $record),)+
        }

        impl Entity {
            /// The same where it stands.
            pub(super) const fn as_ref(&self) -> EntityRef<'_> {
                match self { $(Self::$name(record) => EntityRef::$name(record),)+ }
            }
        }

        impl EntityRef<'_> {
            /// What kind it is.
            pub(super) const fn kind(self) -> Kind {
                match self { $(Self::$name(_) => Kind::$name,)+ }
            }

            /// A copy of it.
            pub(super) fn to_owned(self) -> Entity {
                match self { $(Self::$name(record) => record.clone().into(),)+ }
            }
        }

        $(impl From<$record> for Entity {
            fn from(record: $record) -> Self {
                Self::$name(record)
            }
        }

        impl<'a> From<&'a $record> for EntityRef<'a> {
            fn from(record: &'a $record) -> Self {
                Self::$name(record)
            }
        }

        impl Record for $record {
            const KIND: Kind = Kind::$name;

            fn uuid(&self) -> Uuid {
                self.id.0
            }

            fn of(entity: &Entity) -> Option<&Self> {
                if let Entity::$name(record) = entity { Some(record) } else { None }
            }
        })+
    };
}

entities! {
    Project / ProjectInfo: "The project itself.",
    Coder / Coder: "Somebody who edits.",
    Attribute / Attribute: "A variable of cases or of sources.",
    Value / Value: "A value that an attribute can have.",
    Theme / Theme: "A node of the codebook.",
    Case / Case: "Who is speaking.",
    Source / Source: "An imported text.",
    Revision / Revision: "A version of a source's text.",
    Speaker / Speaker: "A label in one source.",
    CaseSpan / CaseSpan: "A span given to a case by hand.",
    Coding / Coding: "A theme on a passage.",
    QuoteMark / QuoteMark: "A passage chosen for the report.",
    ContraryMark / ContraryMark: "A coding that speaks against its theme.",
    Memo / Memo: "A note on anything.",
    Status / Status: "What a coder says of a source.",
    Saved / Saved: "Something kept under a name.",
    Example / Example: "The typical example of a theme.",
    Summary / Summary: "What an analyst wrote in a cell.",
    Proposition / Proposition: "A statement that evidence speaks for or against.",
    Evidence / Evidence: "What speaks for or against a proposition.",
    Typology / Typology: "A sorting of cases into types.",
    Dimension / Dimension: "One of the ways in which the types of a typology differ.",
    Placement / Placement: "Where a case is in a dimension.",
    Verdict / Verdict: "Says that a difference between coders was settled.",
}

impl Kind {
    /// The fields that together are the passage of such an entity, if it has one of its own: a span says nothing without the
    /// version of the text that it belongs to.
    pub(super) const fn passage_fields(self) -> &'static [&'static str] {
        match self {
            Self::Coding | Self::QuoteMark | Self::CaseSpan => &["revision", "span"],
            Self::Example => &["source", "revision", "span"],
            _ => &[],
        }
    }
}

/// The identity of any entity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct EntityId {
    /// What kind it is.
    pub kind: Kind,
    /// Its identity among those of its kind.
    pub id: Uuid,
}

impl Entity {
    /// The source in whose text the entity stands or to which it belongs, if it belongs to one.
    #[must_use]
    pub const fn owner(&self) -> Option<SourceId> {
        match self {
            Self::Source(source) => Some(source.id),
            Self::Revision(revision) => Some(revision.source),
            Self::Speaker(speaker) => Some(speaker.source),
            Self::CaseSpan(span) => Some(span.source),
            Self::Coding(coding) => Some(coding.source),
            Self::QuoteMark(mark) => Some(mark.source),
            Self::ContraryMark(mark) => Some(mark.source),
            Self::Status(status) => Some(status.source),
            Self::Verdict(verdict) => Some(verdict.source),
            Self::Memo(memo) => memo.on.source(),
            Self::Project(_)
            | Self::Coder(_)
            | Self::Attribute(_)
            | Self::Value(_)
            | Self::Theme(_)
            | Self::Case(_)
            | Self::Saved(_)
            | Self::Example(_)
            | Self::Summary(_)
            | Self::Proposition(_)
            | Self::Evidence(_)
            | Self::Typology(_)
            | Self::Dimension(_)
            | Self::Placement(_) => None,
        }
    }

    /// The entities it cannot be without.
    #[must_use]
    pub fn refers_to(&self) -> Vec<EntityId> {
        let mut ids = Vec::new();
        self.as_ref().each_needed(|id| ids.push(id));
        ids
    }
}

impl EntityRef<'_> {
    /// Gives the entities it cannot be without to `each`.
    pub(super) fn each_needed(self, mut each: impl FnMut(EntityId)) {
        let mut refer = |kind, id| each(EntityId { kind, id });
        match self {
            Self::Project(_) | Self::Coder(_) | Self::Attribute(_) | Self::Saved(_) => {}
            Self::Value(value) => refer(Kind::Attribute, value.attribute.0),
            Self::Theme(theme) => theme.parent.iter().for_each(|parent| refer(Kind::Theme, parent.0)),
            Self::Case(case) => values_refer(&case.values, &mut refer),
            Self::Source(source) => {
                refer(Kind::Revision, source.revision.0);
                source.case.iter().for_each(|case| refer(Kind::Case, case.0));
                values_refer(&source.values, &mut refer);
            }
            Self::Revision(revision) => {
                refer(Kind::Source, revision.source.0);
                revision.parent.iter().for_each(|parent| refer(Kind::Revision, parent.0));
            }
            Self::Speaker(speaker) => {
                refer(Kind::Source, speaker.source.0);
                speaker.case.iter().for_each(|case| refer(Kind::Case, case.0));
            }
            Self::CaseSpan(span) => {
                refer(Kind::Revision, span.revision.0);
                refer(Kind::Case, span.case.0);
            }
            Self::Coding(coding) => {
                refer(Kind::Revision, coding.revision.0);
                refer(Kind::Theme, coding.theme.0);
                refer(Kind::Coder, coding.coder.0);
            }
            Self::QuoteMark(mark) => {
                refer(Kind::Revision, mark.revision.0);
                refer(Kind::Coder, mark.coder.0);
                mark.coding.iter().for_each(|coding| refer(Kind::Coding, coding.0));
            }
            Self::ContraryMark(mark) => {
                refer(Kind::Coding, mark.coding.0);
                refer(Kind::Coder, mark.coder.0);
            }
            Self::Memo(memo) => {
                memo.on.each_needed(&mut refer);
                refer(Kind::Coder, memo.coder.0);
            }
            // What it cites and rests on may be gone; it is kept.
            Self::Summary(summary) => {
                summary.cell.each_needed(&mut refer);
                refer(Kind::Coder, summary.coder.0);
            }
            Self::Proposition(proposition) => refer(Kind::Coder, proposition.coder.0),
            // The words or the cell may be gone; that it was evidence is kept.
            Self::Evidence(evidence) => {
                refer(Kind::Proposition, evidence.proposition.0);
                refer(Kind::Coder, evidence.coder.0);
            }
            Self::Typology(typology) => refer(Kind::Coder, typology.coder.0),
            Self::Dimension(dimension) => refer(Kind::Typology, dimension.typology.0),
            // The value and the cells may be gone; the case is then unplaced, and why it was placed is kept.
            Self::Placement(placement) => {
                refer(Kind::Dimension, placement.dimension.0);
                refer(Kind::Case, placement.case.0);
                refer(Kind::Coder, placement.coder.0);
            }
            Self::Example(example) => {
                refer(Kind::Theme, example.theme.0);
                refer(Kind::Source, example.source.0);
                refer(Kind::Revision, example.revision.0);
                refer(Kind::Coder, example.coder.0);
            }
            // The codings may be gone or moved; that they were settled is kept until it is settled anew.
            Self::Verdict(verdict) => {
                refer(Kind::Source, verdict.source.0);
                refer(Kind::Coder, verdict.coder.0);
            }
            Self::Status(status) => {
                refer(Kind::Source, status.source.0);
                refer(Kind::Coder, status.coder.0);
            }
        }
    }
}

fn values_refer(values: &Values, refer: &mut impl FnMut(Kind, Uuid)) {
    for (attribute, values) in values {
        refer(Kind::Attribute, attribute.0);
        for value in values {
            refer(Kind::Value, value.0);
        }
    }
}
