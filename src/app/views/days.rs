//! Of which days edits or memos are listed.

use crate::app::times::days_ago;

/// Days up to today, from which something is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Days {
    /// Of any day.
    #[default]
    Any,
    /// Of today.
    Today,
    /// Of the day before.
    Yesterday,
    /// Of today and the six days before.
    Week,
    /// Of today and the 29 days before.
    Month,
}

impl Days {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Any, Self::Today, Self::Yesterday, Self::Week, Self::Month];

    /// Its name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Any => "any day",
            Self::Today => "today",
            Self::Yesterday => "yesterday",
            Self::Week => "last 7 days",
            Self::Month => "last 30 days",
        }
    }

    /// Whether a time is of these days; both in milliseconds since 1970.
    #[must_use]
    pub fn hold(self, time: i64, now: i64) -> bool {
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
}
