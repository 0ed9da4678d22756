//! The themes that are chosen: one has the cursor, others may be chosen with it.

use std::collections::BTreeSet;

use super::rows::Row;
use crate::study::{Codebook, ThemeId};

/// Which themes are chosen. Where one has the cursor it is one of them, unless it was let go of by itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    /// The theme with the cursor.
    at: Option<ThemeId>,
    /// From where a range is drawn.
    anchor: Option<ThemeId>,
    themes: BTreeSet<ThemeId>,
}

impl Selection {
    /// This theme, or none.
    pub fn of(theme: Option<ThemeId>) -> Self {
        Self { at: theme, anchor: theme, themes: theme.into_iter().collect() }
    }

    /// The theme with the cursor.
    pub const fn at(&self) -> Option<ThemeId> {
        self.at
    }

    /// All that are chosen.
    pub const fn themes(&self) -> &BTreeSet<ThemeId> {
        &self.themes
    }

    /// Whether more than one is chosen.
    pub fn is_several(&self) -> bool {
        self.themes.len() > 1
    }

    /// Whether a theme is chosen.
    pub fn contains(&self, theme: ThemeId) -> bool {
        self.themes.contains(&theme)
    }

    /// Moves the cursor and chooses nothing by it.
    pub fn move_to(&mut self, theme: Option<ThemeId>) {
        self.at = theme;
    }

    /// Chooses a theme besides the others, or lets go of it.
    pub fn toggle(&mut self, theme: ThemeId) {
        (self.at, self.anchor) = (Some(theme), Some(theme));
        if !self.themes.remove(&theme) {
            self.themes.insert(theme);
        }
    }

    /// Chooses every line from where the range began to this theme.
    pub fn extend(&mut self, theme: ThemeId, lines: &[Row]) {
        let line = |theme| lines.iter().position(|line| line.theme() == Some(theme));
        let Some(to) = line(theme) else { return };
        let from = self.anchor.and_then(line).unwrap_or(to);
        let range = lines.get(from.min(to)..=from.max(to)).unwrap_or_default();
        self.themes = range.iter().filter_map(Row::theme).collect();
        self.anchor = self.anchor.or(Some(theme));
        self.at = Some(theme);
    }

    /// Chooses every line.
    pub fn all(&mut self, lines: &[Row]) {
        self.themes = lines.iter().filter_map(Row::theme).collect();
    }

    /// Lets go of all but the one with the cursor.
    pub fn only(&mut self) {
        *self = Self::of(self.at);
    }

    /// Forgets themes that are gone. Without any left there is no cursor.
    pub fn keep_to(&mut self, book: &Codebook) {
        let there = |theme: &ThemeId| book.get(*theme).is_some();
        self.themes.retain(there);
        self.anchor.take_if(|theme| !there(theme));
        if !self.at.is_some_and(|at| there(&at)) {
            self.at = self.themes.first().copied();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_run_from_where_they_began_and_single_ones_are_added() {
        let ids: Vec<ThemeId> = (0..5).map(|_| ThemeId::new()).collect();
        let lines: Vec<Row> = ids.iter().map(|id| Row::Theme { id: *id, depth: 0, open: None, fits: true }).collect();
        let mut selection = Selection::of(Some(ids[2]));
        let chosen = |selection: &Selection| ids.iter().map(|id| selection.contains(*id)).collect::<Vec<_>>();
        selection.extend(ids[4], &lines);
        assert_eq!(chosen(&selection), [false, false, true, true, true]);
        selection.extend(ids[1], &lines);
        assert_eq!(chosen(&selection), [false, true, true, false, false]);
        selection.toggle(ids[4]);
        selection.toggle(ids[1]);
        assert_eq!(chosen(&selection), [false, false, true, false, true]);
        assert_eq!(selection.at(), Some(ids[1]));
        selection.all(&lines);
        assert!(selection.is_several() && chosen(&selection).iter().all(|on| *on));
        selection.only();
        assert_eq!(chosen(&selection), [false, true, false, false, false]);
    }
}
