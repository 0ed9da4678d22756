use serde::{Deserialize, Serialize};

use super::Crossing;
use crate::study::ids::{CoderId, EvidenceId, PropositionId, RevisionId, SourceId};
use crate::text::Span;

/// What became of a proposition.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PropositionStatus {
    /// It stands as it was made.
    #[default]
    Holds,
    /// It says something else than it did, because of what spoke against it.
    Revised,
    /// It was given up, and is kept with what spoke against it.
    Dropped,
}

/// Who looked last for what speaks against a proposition, and when.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Searched {
    /// Who.
    pub coder: CoderId,
    /// When, in milliseconds since 1970 (UTC).
    pub time: i64,
}

/// A statement about the study that evidence speaks for or against. Each piece of evidence is an entity of its own, so that
/// two people can add to one proposition.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proposition {
    /// Identity.
    pub id: PropositionId,
    /// What is stated.
    pub statement: String,
    /// What is said beside it.
    pub note: String,
    /// What became of it.
    pub status: PropositionStatus,
    /// Whether somebody has looked for what contradicts it.
    pub searched: Option<Searched>,
    /// Who made it.
    pub coder: CoderId,
    /// When, in milliseconds since 1970 (UTC).
    pub time: i64,
    /// Place among the propositions.
    pub position: i64,
}

/// How a piece of evidence bears on its proposition.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Weight {
    /// It speaks for it.
    #[default]
    Supports,
    /// It holds only with a restriction.
    Qualifies,
    /// It speaks against it.
    Contradicts,
}

impl Weight {
    /// Every weight, from what speaks for a proposition to what speaks against it.
    pub const ALL: [Self; 3] = [Self::Supports, Self::Qualifies, Self::Contradicts];
}

/// What a piece of evidence is. It may be gone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "what")]
pub enum EvidenceOf {
    /// Words of a source.
    Passage {
        /// The source.
        source: SourceId,
        /// The version of its text that the span belongs to.
        revision: RevisionId,
        /// The words.
        span: Span,
    },
    /// A cell of the matrix.
    Cell {
        /// Which.
        cell: Crossing,
    },
}

impl EvidenceOf {
    /// The words of a source that it is, if it is some.
    #[must_use]
    pub const fn passage(&self) -> Option<(SourceId, RevisionId, Span)> {
        match self {
            Self::Passage { source, revision, span } => Some((*source, *revision, *span)),
            Self::Cell { .. } => None,
        }
    }

    /// The cell that it is, if it is one.
    #[must_use]
    pub const fn cell(&self) -> Option<&Crossing> {
        match self {
            Self::Passage { .. } => None,
            Self::Cell { cell } => Some(cell),
        }
    }
}

/// A passage or a cell that speaks for or against a proposition.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// Identity.
    pub id: EvidenceId,
    /// What it bears on.
    pub proposition: PropositionId,
    /// How.
    pub weight: Weight,
    /// What it is.
    pub of: EvidenceOf,
    /// The words, or the name of the cell, as they were when it was added.
    pub words: String,
    /// Why it bears so.
    pub note: String,
    /// Who added it.
    pub coder: CoderId,
    /// When, in milliseconds since 1970 (UTC).
    pub time: i64,
}
