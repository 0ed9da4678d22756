//! Which memos are listed, under which headings.

use super::entries::Entry;
use super::place::Sort;
use crate::app::times::day;
use crate::app::views::capital;
use crate::app::views::days::Days;
use crate::app::views::headed::Headed;
use crate::study::{CoderId, MemoKind};
use crate::text::fold;

/// Under what memos are put together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Grouping {
    /// The day they were begun.
    #[default]
    Day,
    /// What they are on.
    Place,
}

/// Which memos are shown, and how.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Words they hold.
    pub filter: String,
    /// What they are for.
    pub kind: Option<MemoKind>,
    /// What they are on.
    pub sort: Option<Sort>,
    /// Who wrote them.
    pub coder: Option<CoderId>,
    /// When they were begun.
    pub days: Days,
    /// How they are put together.
    pub grouping: Grouping,
}

impl Wanted {
    /// Whether some memos are left out.
    pub fn narrows(&self) -> bool {
        let chosen = self.kind.is_some() || self.sort.is_some() || self.coder.is_some() || self.days != Days::Any;
        chosen || !self.filter.trim().is_empty()
    }

    /// Lets all in.
    pub fn clear(&mut self) {
        *self = Self { grouping: self.grouping, ..Self::default() };
    }
}

/// The memos of `entries` (newest first) that are wanted. `now` is in milliseconds since 1970; heights are in points.
pub fn listing(entries: &[Entry], wanted: &Wanted, now: i64, (heading, row): (f32, f32)) -> Headed {
    let words: Vec<String> = wanted.filter.split_whitespace().map(fold).collect();
    let fits = |entry: &Entry| {
        wanted.kind.is_none_or(|kind| kind == entry.kind)
            && wanted.sort.is_none_or(|sort| sort == entry.sort())
            && wanted.coder.is_none_or(|coder| coder == entry.coder)
            && (wanted.days == Days::Any || wanted.days.hold(entry.time, now))
            && entry.holds(&words)
    };
    let mut shown: Vec<(usize, &Entry)> = entries.iter().enumerate().filter(|(_, entry)| fits(entry)).collect();
    if wanted.grouping == Grouping::Place {
        // Stable: the newest stay first.
        shown.sort_by_key(|(_, entry)| entry.sort());
    }
    let heading_of = |entry: &Entry| match wanted.grouping {
        Grouping::Day => day(entry.time, now),
        Grouping::Place => entry.sort().plural().to_owned(),
    };
    Headed::new(shown.into_iter().map(|(at, entry)| (at, capital(&heading_of(entry)), row)), heading)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::super::entries::Entries;
    use super::*;
    use crate::app::views::headed::Line;
    use crate::study::{Coder, Memo, MemoId, MemoOn, ProjectId, ProjectInfo, Study, Theme};

    const DAY: i64 = 86_400_000;

    fn entries() -> Entries {
        let coder = Coder { id: CoderId::new(), name: "Elspeth".into(), initials: "E".into() };
        let theme = Theme::named(None, "Léadership", 1);
        let memo = |on, kind, text: &str, time| Memo { id: MemoId::new(), on, kind, text: text.into(), coder: coder.id, time }.into();
        let project = ProjectInfo { id: ProjectId::new(), name: "Test".into(), about: String::new(), synthetic: true };
        let on = MemoOn::Theme { theme: theme.id };
        let entities = vec![
            project.into(),
            coder.clone().into(),
            theme.into(),
            memo(MemoOn::Project, MemoKind::Analytic, "First thought", 10 * DAY),
            memo(on, MemoKind::Method, "How it is\nused", 10 * DAY + 5),
            memo(MemoOn::Project, MemoKind::Reflexive, "Another thought", 12 * DAY),
        ];
        let blobs = crate::analysis::testing::Blobs::default();
        Entries::of(&Arc::new(Study::from_entities(entities, &blobs).unwrap()))
    }

    #[test]
    fn memos_are_narrowed_and_put_together() {
        let all = entries().all;
        let check = |wanted: Wanted, expected: &[&str]| {
            let listing = listing(&all, &wanted, 12 * DAY, (20.0, 50.0));
            let found = listing.lines.iter().map(|line| match line {
                Line::Heading(words, count) => format!("{words} {count}"),
                Line::Row(at) => all[*at].begins.clone(),
            });
            assert_eq!(found.collect::<Vec<_>>(), expected);
        };
        let earlier = day(10 * DAY, 12 * DAY);
        let by_day = ["Today 1", "Another thought", &format!("{earlier} 2"), "How it is used", "First thought"];
        check(Wanted::default(), &by_day);
        let by_place = Wanted { grouping: Grouping::Place, ..Wanted::default() };
        check(by_place.clone(), &["Free 2", "Another thought", "First thought", "On themes 1", "How it is used"]);
        check(Wanted { filter: "THOUGHT first".into(), ..by_place.clone() }, &["Free 1", "First thought"]);
        check(Wanted { filter: "leadership".into(), ..by_place.clone() }, &["On themes 1", "How it is used"]);
        check(Wanted { kind: Some(MemoKind::Reflexive), ..by_place.clone() }, &["Free 1", "Another thought"]);
        check(Wanted { sort: Some(Sort::Theme), ..by_place.clone() }, &["On themes 1", "How it is used"]);
        check(Wanted { days: Days::Today, ..by_place.clone() }, &["Free 1", "Another thought"]);
        check(Wanted { days: Days::Yesterday, ..by_place.clone() }, &[]);
        check(Wanted { days: Days::Week, kind: Some(MemoKind::Method), ..by_place.clone() }, &["On themes 1", "How it is used"]);
        check(Wanted { coder: Some(CoderId::new()), ..by_place }, &[]);
    }
}
