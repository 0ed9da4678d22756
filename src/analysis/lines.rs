//! Themes as measures list them: each by itself, or with what is coded with those below it.

use std::collections::HashMap;

use crate::study::{Codebook, ThemeId};

/// What a theme stands for where codings are counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Scope {
    /// With the codings of the themes below it, as in the matrix.
    #[default]
    WithBelow,
    /// Only what is coded with the theme itself.
    Alone,
}

/// Themes that are counted, each with its place, and to which of them a coding counts.
#[derive(Clone, Debug, Default)]
pub struct Lines {
    themes: Vec<ThemeId>,
    scope: Scope,
    /// The line of the outline on which each theme of the codebook stands.
    outline: HashMap<ThemeId, usize>,
    /// By line of the outline.
    of: Vec<Vec<u32>>,
}

impl Lines {
    /// `themes` as lines, in their order. Each is to be given once.
    #[must_use]
    pub fn new(book: &Codebook, themes: Vec<ThemeId>, scope: Scope) -> Self {
        let places: HashMap<ThemeId, u32> = (0..).zip(&themes).map(|(place, theme)| (*theme, place)).collect();
        let lines = |theme: ThemeId| match scope {
            Scope::Alone => places.get(&theme).copied().into_iter().collect(),
            Scope::WithBelow => {
                let mut lines: Vec<u32> = book.lineage(theme).iter().filter_map(|theme| places.get(&theme.id).copied()).collect();
                lines.sort_unstable();
                lines
            }
        };
        let of = book.outline().iter().map(|row| lines(row.theme)).collect();
        let outline = book.outline().iter().enumerate().map(|(line, row)| (row.theme, line)).collect();
        Self { themes, scope, outline, of }
    }

    /// Every theme of the codebook, in its order.
    #[must_use]
    pub fn all(book: &Codebook, scope: Scope) -> Self {
        Self::new(book, book.outline().iter().map(|row| row.theme).collect(), scope)
    }

    /// The themes, by place.
    #[must_use]
    pub fn themes(&self) -> &[ThemeId] {
        &self.themes
    }

    /// What each stands for.
    #[must_use]
    pub const fn scope(&self) -> Scope {
        self.scope
    }

    /// The places of the lines to which a coding of `theme` counts, in order.
    #[must_use]
    pub fn of(&self, theme: ThemeId) -> &[u32] {
        self.outline.get(&theme).map_or(&[], |line| self.of_line(*line))
    }

    /// The same of the theme on a line of the outline.
    #[must_use]
    pub fn of_line(&self, line: usize) -> &[u32] {
        self.of.get(line).map_or(&[], Vec::as_slice)
    }

    /// Whether of two lines, by their places, one holds what the other holds: its theme is above that of the other.
    #[must_use]
    pub fn are_nested(&self, one: u32, other: u32) -> bool {
        let holds = |outer: u32, inner: u32| {
            self.themes.get(inner as usize).is_some_and(|theme| outer != inner && self.of(*theme).contains(&outer))
        };
        holds(one, other) || holds(other, one)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::testing::Builder;

    #[test]
    fn a_coding_counts_to_its_theme_and_with_those_below_to_each_above_it() {
        let mut builder = Builder::new();
        let top = builder.theme(None, "Top");
        let below = builder.theme(Some(top), "Below");
        let other = builder.theme(None, "Other");
        let study = builder.study();
        let book = study.codebook();
        let whole = Lines::all(book, Scope::WithBelow);
        let at = |theme| u32::try_from(whole.themes().iter().position(|line| *line == theme).unwrap()).unwrap();
        let mut both = [at(top), at(below)];
        both.sort_unstable();
        assert_eq!(whole.of(below), both);
        assert_eq!(whole.of(top), [at(top)]);
        assert!(whole.are_nested(at(top), at(below)) && whole.are_nested(at(below), at(top)));
        assert!(!whole.are_nested(at(top), at(other)) && !whole.are_nested(at(top), at(top)));
        let alone = Lines::new(book, vec![top, other], Scope::Alone);
        assert!(alone.of(below).is_empty());
        assert_eq!(alone.of(other), [1]);
        assert_eq!(Lines::new(book, vec![top], Scope::WithBelow).of(below), [0]);
    }
}
