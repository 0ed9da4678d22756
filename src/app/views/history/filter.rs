//! Which edits are shown.

use crate::app::views::days::Days;
use crate::study::{CoderId, Kind};

/// What edits are about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Subject {
    Codings,
    Themes,
    Cases,
    Sources,
    Memos,
    Summaries,
    Interpretation,
    Else,
}

impl Subject {
    pub(super) const ALL: [Self; 8] =
        [Self::Codings, Self::Themes, Self::Cases, Self::Sources, Self::Memos, Self::Summaries, Self::Interpretation, Self::Else];

    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Codings => "codings and marks",
            Self::Themes => "themes",
            Self::Cases => "cases and speakers",
            Self::Sources => "sources",
            Self::Memos => "memos",
            Self::Summaries => "summaries",
            Self::Interpretation => "propositions and types",
            Self::Else => "project and views",
        }
    }

    /// What a change of this kind of entity is about.
    pub(super) const fn of(kind: Kind) -> Self {
        match kind {
            Kind::Coding | Kind::QuoteMark | Kind::ContraryMark | Kind::Verdict => Self::Codings,
            Kind::Theme | Kind::Example => Self::Themes,
            Kind::Summary => Self::Summaries,
            Kind::Case | Kind::Attribute | Kind::Value | Kind::Speaker | Kind::CaseSpan => Self::Cases,
            Kind::Source | Kind::Revision | Kind::Status => Self::Sources,
            Kind::Memo => Self::Memos,
            Kind::Proposition | Kind::Evidence | Kind::Typology | Kind::Dimension | Kind::Placement => Self::Interpretation,
            Kind::Project | Kind::Coder | Kind::Saved => Self::Else,
        }
    }
}

/// Which edits are shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Filter {
    pub(super) words: String,
    pub(super) coder: Option<CoderId>,
    pub(super) subject: Option<Subject>,
    pub(super) days: Days,
}

impl Filter {
    /// Whether it leaves any edit out.
    pub(super) fn leaves_out(&self) -> bool {
        !self.words.trim().is_empty() || self.coder.is_some() || self.subject.is_some() || self.days != Days::Any
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_is_about_something() {
        for subject in Subject::ALL {
            assert!(Kind::ALL.iter().any(|kind| Subject::of(*kind) == subject), "{subject:?}");
        }
    }
}
