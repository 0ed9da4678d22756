use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Crossing, Kind};
use crate::study::ids::{CaseId, CoderId, CodingId, ContraryMarkId, ExampleId, MemoId, QuoteMarkId, RevisionId, SourceId, ThemeId};
use crate::text::Span;

/// How a coding came about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// Somebody read the passage and applied the theme.
    #[default]
    Hand,
    /// Made for all hits of a search and not confirmed yet.
    SearchUnread,
    /// Came with a file.
    Import,
}

/// A theme on a passage. (passage, theme, coder) is unique.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Coding {
    /// Identity.
    pub id: CodingId,
    /// The source.
    pub source: SourceId,
    /// The version of its text that the span belongs to.
    pub revision: RevisionId,
    /// The passage.
    pub span: Span,
    /// The theme.
    pub theme: ThemeId,
    /// Who applied it.
    pub coder: CoderId,
    /// When, in milliseconds since 1970 (UTC).
    pub time: i64,
    /// How it came about.
    pub origin: Origin,
}

/// What a quote stands for among what is said of its theme.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Strength {
    /// It says what most say.
    Typical,
    /// It says it in words that stay.
    Vivid,
    /// It says otherwise.
    Contrary,
}

/// Whether who says a quote lets it be quoted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Consent {
    /// Nobody has said.
    #[default]
    NotKnown,
    /// They do.
    Given,
    /// They do not.
    Refused,
}

/// What whoever writes the report needs to know of a quote. What an older file does not say is not known.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct QuoteFacts {
    /// What it stands for, once somebody has said.
    pub strength: Option<Strength>,
    /// Whether it may be quoted.
    pub consent: Consent,
    /// Whether somebody has looked for details in it that tell who speaks.
    pub checked: bool,
    /// Where it is used, in free words.
    pub used_in: String,
}

/// A passage chosen for the report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuoteMark {
    /// Identity.
    pub id: QuoteMarkId,
    /// The source.
    pub source: SourceId,
    /// The version of its text that the span belongs to.
    pub revision: RevisionId,
    /// The words to quote.
    pub span: Span,
    /// The coding it hangs on; moving that coding's end moves the mark.
    pub coding: Option<CodingId>,
    /// Who chose it.
    pub coder: CoderId,
    /// When, in milliseconds since 1970 (UTC).
    pub time: i64,
    /// What the report needs to know of it.
    #[serde(default)]
    pub facts: QuoteFacts,
}

/// Says that a coded passage speaks against what most say under its theme.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContraryMark {
    /// Identity.
    pub id: ContraryMarkId,
    /// The source of the coding.
    pub source: SourceId,
    /// The coding.
    pub coding: CodingId,
    /// What it is contrary to; may be empty.
    pub contrary_to: String,
    /// Who says so.
    pub coder: CoderId,
    /// When, in milliseconds since 1970 (UTC).
    pub time: i64,
}

/// The passage that a theme's definition cites as typical. A theme has one at most.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Example {
    /// Identity, derived from the theme.
    pub id: ExampleId,
    /// The theme.
    pub theme: ThemeId,
    /// The source.
    pub source: SourceId,
    /// The version of its text that the span belongs to.
    pub revision: RevisionId,
    /// The words.
    pub span: Span,
    /// Who chose it.
    pub coder: CoderId,
    /// When, in milliseconds since 1970 (UTC).
    pub time: i64,
}

impl Example {
    /// The identity of the example of `theme`: the same on every device, so that a theme never has two.
    #[must_use]
    pub fn id_of(theme: ThemeId) -> ExampleId {
        ExampleId::derived(&[theme.0.as_bytes()])
    }
}

/// What a memo is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MemoKind {
    /// Thoughts about the material.
    #[default]
    Analytic,
    /// Decisions about how the study is done.
    Method,
    /// Thoughts about the analyst's own part in it.
    Reflexive,
}

/// What a memo is on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "what")]
pub enum MemoOn {
    /// The study as a whole.
    Project,
    /// A source.
    Source {
        /// Which.
        source: SourceId,
    },
    /// Words of a source.
    Passage {
        /// The source.
        source: SourceId,
        /// The version of its text.
        revision: RevisionId,
        /// The words.
        span: Span,
    },
    /// A coding.
    Coding {
        /// The coding's source.
        source: SourceId,
        /// Which.
        coding: CodingId,
    },
    /// A theme.
    Theme {
        /// Which.
        theme: ThemeId,
    },
    /// A case.
    Case {
        /// Which.
        case: CaseId,
    },
    /// A cell of the matrix.
    Cell {
        /// Which.
        cell: Crossing,
    },
}

impl MemoOn {
    /// The source the memo stands in, if it stands in one.
    #[must_use]
    pub const fn source(&self) -> Option<SourceId> {
        match self {
            Self::Source { source } | Self::Passage { source, .. } | Self::Coding { source, .. } => Some(*source),
            Self::Project | Self::Theme { .. } | Self::Case { .. } | Self::Cell { .. } => None,
        }
    }

    /// The theme it is on, or whose cell.
    #[must_use]
    pub const fn theme(&self) -> Option<ThemeId> {
        match self {
            Self::Theme { theme } | Self::Cell { cell: Crossing { theme, .. } } => Some(*theme),
            _ => None,
        }
    }

    /// The same on another theme, where it is on one or on its cell.
    #[must_use]
    pub fn with_theme(self, theme: ThemeId) -> Self {
        match self {
            Self::Theme { .. } => Self::Theme { theme },
            Self::Cell { cell } => Self::Cell { cell: Crossing { theme, ..cell } },
            other => other,
        }
    }

    /// Gives the entities it cannot be without to `refer`.
    pub(super) fn each_needed(&self, refer: &mut impl FnMut(Kind, Uuid)) {
        match self {
            Self::Project => {}
            Self::Source { source } => refer(Kind::Source, source.0),
            Self::Passage { revision, .. } => refer(Kind::Revision, revision.0),
            Self::Coding { coding, .. } => refer(Kind::Coding, coding.0),
            Self::Theme { theme } => refer(Kind::Theme, theme.0),
            Self::Case { case } => refer(Kind::Case, case.0),
            Self::Cell { cell } => cell.each_needed(refer),
        }
    }
}

/// A note on anything.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Memo {
    /// Identity.
    pub id: MemoId,
    /// What it is on.
    pub on: MemoOn,
    /// What it is for.
    pub kind: MemoKind,
    /// The words.
    pub text: String,
    /// Who wrote it.
    pub coder: CoderId,
    /// When it was begun, in milliseconds since 1970 (UTC).
    pub time: i64,
}
