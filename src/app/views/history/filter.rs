//! Which edits are shown.

use crate::app::times::days_ago;
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
    Else,
}

impl Subject {
    pub(super) const ALL: [Self; 7] = [Self::Codings, Self::Themes, Self::Cases, Self::Sources, Self::Memos, Self::Summaries, Self::Else];

    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Codings => "codings and marks",
            Self::Themes => "themes",
            Self::Cases => "cases and speakers",
            Self::Sources => "sources",
            Self::Memos => "memos",
            Self::Summaries => "summaries",
            Self::Else => "project and views",
        }
    }

    /// What a change of this kind of entity is about.
    pub(super) const fn of(kind: Kind) -> Self {
        match kind {
            Kind::Coding | Kind::QuoteMark | Kind::ContraryMark => Self::Codings,
            Kind::Theme | Kind::Example => Self::Themes,
            Kind::Summary => Self::Summaries,
            Kind::Case | Kind::Attribute | Kind::Value | Kind::Speaker | Kind::CaseSpan => Self::Cases,
            Kind::Source | Kind::Revision | Kind::Status => Self::Sources,
            Kind::Memo => Self::Memos,
            Kind::Project | Kind::Coder | Kind::Saved => Self::Else,
        }
    }
}

/// Of which days edits are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Days {
    #[default]
    Any,
    Today,
    Yesterday,
    Week,
    Month,
}

impl Days {
    pub(super) const ALL: [Self; 5] = [Self::Any, Self::Today, Self::Yesterday, Self::Week, Self::Month];

    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Any => "any day",
            Self::Today => "today",
            Self::Yesterday => "yesterday",
            Self::Week => "last 7 days",
            Self::Month => "last 30 days",
        }
    }

    /// Whether a time is of these days; both in milliseconds since 1970.
    pub(super) fn hold(self, time: i64, now: i64) -> bool {
        let Some(ago) = days_ago(time, now) else { return self == Self::Any };
        match self {
            Self::Any => true,
            Self::Today => ago == 0,
            Self::Yesterday => ago == 1,
            Self::Week => (0..7).contains(&ago),
            Self::Month => (0..30).contains(&ago),
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
    fn days_are_those_of_the_calendar() {
        const DAY: i64 = 86_400_000;
        let now = 400 * DAY + DAY / 2;
        for (days, ago, holds) in [
            (Days::Today, 0, true),
            (Days::Today, 1, false),
            (Days::Yesterday, 1, true),
            (Days::Week, 6, true),
            (Days::Week, 7, false),
            (Days::Month, 29, true),
            (Days::Month, 30, false),
            (Days::Any, 300, true),
        ] {
            assert_eq!(days.hold(now - ago * DAY, now), holds, "{days:?}, {ago} days ago");
        }
    }

    #[test]
    fn every_kind_is_about_something() {
        for subject in Subject::ALL {
            assert!(Kind::ALL.iter().any(|kind| Subject::of(*kind) == subject), "{subject:?}");
        }
    }
}
