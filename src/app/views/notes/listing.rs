//! The lines of the list: the memos that fit, under headings.

use super::entries::Entry;
use super::place::Sort;
use crate::app::times::day;
use crate::app::views::days::Days;
use crate::study::{CoderId, MemoId, MemoKind};
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

/// A line of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Line {
    /// Over memos that belong together: its words, and how many there are.
    Heading(String, usize),
    /// A memo, by its place among the entries.
    Memo(usize),
}

/// The lines, and where each begins.
#[derive(Default)]
pub struct Listing {
    /// The lines in order.
    pub lines: Vec<Line>,
    /// Where the memos stand among the lines.
    memos: Vec<usize>,
    /// Tops of the lines in points, and the end of the last.
    tops: Vec<f32>,
}

impl Listing {
    /// The memos of `entries` (newest first) that are wanted. `now` is in milliseconds since 1970; heights are in points.
    pub fn new(entries: &[Entry], wanted: &Wanted, now: i64, (heading, row): (f32, f32)) -> Self {
        let words: Vec<String> = wanted.filter.split_whitespace().map(fold).collect();
        let fits = |entry: &Entry| {
            wanted.kind.is_none_or(|kind| kind == entry.kind)
                && wanted.sort.is_none_or(|sort| sort == entry.sort())
                && wanted.coder.is_none_or(|coder| coder == entry.coder)
                && (wanted.days == Days::Any || wanted.days.hold(entry.time, now))
                && entry.holds(&words)
        };
        let mut shown: Vec<usize> = entries.iter().enumerate().filter(|(_, entry)| fits(entry)).map(|(at, _)| at).collect();
        if wanted.grouping == Grouping::Place {
            // Stable: the newest stay first.
            shown.sort_by_key(|at| entries.get(*at).map(Entry::sort));
        }
        let heading_of = |entry: &Entry| match wanted.grouping {
            Grouping::Day => day(entry.time, now),
            Grouping::Place => entry.sort().plural().to_owned(),
        };
        let mut lines: Vec<Line> = Vec::with_capacity(shown.len() + shown.len() / 4);
        let (mut memos, mut group) = (Vec::with_capacity(shown.len()), None);
        for at in shown {
            let Some(said) = entries.get(at).map(heading_of) else { continue };
            let begun = group.and_then(|group: usize| lines.get_mut(group));
            match begun {
                Some(Line::Heading(words, count)) if *words == said => *count += 1,
                _ => {
                    group = Some(lines.len());
                    lines.push(Line::Heading(said, 1));
                }
            }
            memos.push(lines.len());
            lines.push(Line::Memo(at));
        }
        let mut tops = vec![0.0];
        let mut top = 0.0;
        for line in &lines {
            top += if matches!(line, Line::Heading(..)) { heading } else { row };
            tops.push(top);
        }
        Self { lines, memos, tops }
    }

    /// How many memos are shown.
    pub const fn count(&self) -> usize {
        self.memos.len()
    }

    /// The memo at a place of the list, by its place among the entries.
    pub fn memo(&self, place: usize) -> Option<usize> {
        match self.lines.get(*self.memos.get(place)?)? {
            Line::Memo(at) => Some(*at),
            Line::Heading(..) => None,
        }
    }

    /// The place in the list of a memo.
    pub fn place(&self, entries: &[Entry], id: MemoId) -> Option<usize> {
        (0..self.memos.len()).find(|place| self.memo(*place).and_then(|at| entries.get(at)).is_some_and(|entry| entry.id == id))
    }

    /// How many memos stand before a line.
    pub fn before(&self, line: usize) -> usize {
        self.memos.partition_point(|memo| *memo < line)
    }

    /// Where a line begins, in points; that after the last is where all end.
    pub fn top(&self, line: usize) -> f32 {
        self.tops.get(line).or(self.tops.last()).copied().unwrap_or_default()
    }

    /// The line at a height.
    pub fn at(&self, y: f32) -> usize {
        self.tops.partition_point(|top| *top <= y).saturating_sub(1)
    }

    /// From where to where a memo at a place of the list reaches, with the heading right above it.
    pub fn reach(&self, place: usize) -> (f32, f32) {
        let Some(line) = self.memos.get(place).copied() else { return (0.0, 0.0) };
        let headed = line.checked_sub(1).filter(|above| matches!(self.lines.get(*above), Some(Line::Heading(..))));
        (self.top(headed.unwrap_or(line)), self.top(line + 1))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::super::entries::Entries;
    use super::*;
    use crate::study::{Coder, Memo, MemoOn, ProjectId, ProjectInfo, Study, Theme};

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
            let listing = Listing::new(&all, &wanted, 12 * DAY, (20.0, 50.0));
            let found = listing.lines.iter().map(|line| match line {
                Line::Heading(words, count) => format!("{words} {count}"),
                Line::Memo(at) => all[*at].begins.clone(),
            });
            assert_eq!(found.collect::<Vec<_>>(), expected);
            for (line, _) in listing.lines.iter().enumerate() {
                assert_eq!(listing.at(listing.top(line) + 1.0), line);
            }
            for place in 0..listing.count() {
                assert_eq!(listing.place(&all, all[listing.memo(place).unwrap()].id), Some(place));
            }
        };
        let earlier = day(10 * DAY, 12 * DAY);
        let by_day = ["today 1", "Another thought", &format!("{earlier} 2"), "How it is used", "First thought"];
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
