use crate::analysis::lines::Lines;
use crate::study::ThemeId;

/// What it is to be spoken of together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Basis {
    /// Passages of the two share at least one character. Passages are stretches, as the matrix counts them.
    #[default]
    Overlap,
    /// Participants' words in one paragraph are of both.
    Paragraph,
    /// One source has codings of both.
    Source,
    /// One case was heard on both. Words of nobody who is stated are left out.
    Case,
}

/// How often themes are spoken of, and how often together.
#[derive(Clone, Debug, Default)]
pub struct Cooccurrence {
    pub(super) basis: Basis,
    pub(super) themes: Vec<ThemeId>,
    /// Of each theme, how many passages, paragraphs, sources or cases it has.
    pub(super) counts: Vec<u32>,
    /// Words of participants under each theme; on the basis of overlap only.
    pub(super) words: Vec<u32>,
    /// Of each theme, what it shares with those after it. What lies behind the end of a row is nothing.
    pub(super) rows: Vec<Vec<Shared>>,
}

/// What two themes share.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Shared {
    pub both: u32,
    pub words: u32,
    /// Whether one holds the other.
    pub held: bool,
}

/// Two themes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pair {
    /// The first, in the order of the lines.
    pub one: ThemeId,
    /// The other.
    pub other: ThemeId,
    /// How many passages, paragraphs, sources or cases the first has: n₁.
    pub of_one: u32,
    /// The same of the other: n₂.
    pub of_other: u32,
    /// How many they have together: n₁₂. On the basis of overlap these are pairs of passages, of which one passage may be in several.
    pub both: u32,
    /// The Jaccard index |A ∩ B| / |A ∪ B|, 0–1 (Jaccard 1912): of paragraphs, sources or cases; on the basis of overlap, of
    /// participants' words under the two. Not defined where there are none.
    pub jaccard: Option<f64>,
}

impl Pair {
    /// The coefficient n₁₂ / (n₁ + n₂ − n₁₂), as ATLAS.ti calls it c. Not defined where neither was spoken of. On the basis of overlap it
    /// may be over 1, as one passage may overlap several; then it says little: see [`Pair::is_out_of_range`].
    #[must_use]
    pub fn coefficient(&self) -> Option<f64> {
        let either = f64::from(self.of_one) + f64::from(self.of_other) - f64::from(self.both);
        (either > 0.0).then(|| f64::from(self.both) / either)
    }

    /// Whether one is spoken of more than five times as often as the other: the coefficient is low then even where the rarer one
    /// never stands alone.
    #[must_use]
    pub const fn is_lopsided(&self) -> bool {
        let (less, more) = if self.of_one < self.of_other { (self.of_one, self.of_other) } else { (self.of_other, self.of_one) };
        less > 0 && more as u64 > 5 * less as u64
    }

    /// Whether the coefficient is over 1.
    #[must_use]
    pub fn is_out_of_range(&self) -> bool {
        self.coefficient().is_some_and(|coefficient| coefficient > 1.0)
    }
}

impl Cooccurrence {
    /// Lines of which none is spoken of.
    pub(super) fn of_nothing(basis: Basis, lines: &Lines) -> Self {
        let size = lines.themes().len();
        Self { basis, themes: lines.themes().to_vec(), counts: vec![0; size], words: vec![0; size], rows: vec![Vec::new(); size] }
    }

    /// The same with what was counted of the same lines elsewhere.
    pub(super) fn and(mut self, other: Self) -> Self {
        let add = |own: &mut [u32], more: &[u32]| own.iter_mut().zip(more).for_each(|(own, more)| *own += more);
        add(&mut self.counts, &other.counts);
        add(&mut self.words, &other.words);
        for (own, mut more) in self.rows.iter_mut().zip(other.rows) {
            if own.len() < more.len() {
                std::mem::swap(own, &mut more);
            }
            for (own, more) in own.iter_mut().zip(more) {
                own.both += more.both;
                own.words += more.words;
            }
        }
        self
    }

    /// What it is to be spoken of together.
    #[must_use]
    pub const fn basis(&self) -> Basis {
        self.basis
    }

    /// The themes, by place.
    #[must_use]
    pub fn themes(&self) -> &[ThemeId] {
        &self.themes
    }

    /// How many passages, paragraphs, sources or cases the theme at a place has.
    #[must_use]
    pub fn count(&self, place: usize) -> u32 {
        self.counts.get(place).copied().unwrap_or(0)
    }

    /// Two themes by their places; `None` where there are no such two, or one is below the other and so holds what it holds.
    #[must_use]
    pub fn pair(&self, one: usize, other: usize) -> Option<Pair> {
        let (first, second) = (one.min(other), one.max(other));
        let (row, last) = (self.rows.get(first)?, self.themes.get(second)?);
        let shared = row.get((second - first).checked_sub(1)?).copied().unwrap_or_default();
        if shared.held {
            return None;
        }
        let of = |counts: &[u32], place: usize| counts.get(place).copied().unwrap_or(0);
        let (sets, both) = match self.basis {
            Basis::Overlap => (&self.words, shared.words),
            _ => (&self.counts, shared.both),
        };
        let either = of(sets, first) + of(sets, second) - both;
        Some(Pair {
            one: *self.themes.get(first)?,
            other: *last,
            of_one: of(&self.counts, first),
            of_other: of(&self.counts, second),
            both: shared.both,
            jaccard: (either > 0).then(|| f64::from(both) / f64::from(either)),
        })
    }

    /// The pairs that are spoken of together, in the order of the lines.
    pub fn pairs(&self) -> impl Iterator<Item = Pair> + '_ {
        let together = |(first, row): (usize, &'_ Vec<Shared>)| {
            let places = row.iter().enumerate().filter(|(_, shared)| shared.both > 0).map(move |(at, _)| (first, first + 1 + at));
            places.collect::<Vec<_>>()
        };
        self.rows.iter().enumerate().flat_map(together).filter_map(|(one, other)| self.pair(one, other))
    }

    /// Adds to what a line has.
    pub(super) fn count_one(&mut self, line: u32, count: u32, words: u32) {
        let line = line as usize;
        if let (Some(counts), Some(of_words)) = (self.counts.get_mut(line), self.words.get_mut(line)) {
            *counts += count;
            *of_words += words;
        }
    }

    /// Adds to what two lines share.
    pub(super) fn share(&mut self, one: u32, other: u32, both: u32, words: u32) {
        if let Some(shared) = self.shared(one, other) {
            shared.both += both;
            shared.words += words;
        }
    }

    /// Leaves out what a theme shares with those below it, which it holds.
    pub(super) fn leave_out(&mut self, lines: &Lines) {
        for (place, theme) in (0..).zip(self.themes.clone()) {
            for above in lines.of(theme).iter().filter(|above| **above != place) {
                if let Some(shared) = self.shared(*above, place) {
                    *shared = Shared { held: true, ..Shared::default() };
                }
            }
        }
    }

    fn shared(&mut self, one: u32, other: u32) -> Option<&mut Shared> {
        let (first, second) = (one.min(other) as usize, one.max(other) as usize);
        let (row, at) = (self.rows.get_mut(first)?, (second - first).checked_sub(1)?);
        if row.len() <= at {
            row.resize(at + 1, Shared::default());
        }
        row.get_mut(at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::study::ThemeId;

    fn pair(of_one: u32, of_other: u32, both: u32) -> Pair {
        let theme = ThemeId(uuid::Uuid::nil());
        Pair { one: theme, other: theme, of_one, of_other, both, jaccard: None }
    }

    #[test]
    fn the_coefficient_is_that_of_the_manual_with_its_flags() {
        let published = pair(100, 10, 5);
        assert!((published.coefficient().unwrap() - 5.0 / 105.0).abs() < 1e-12);
        assert!(published.is_lopsided() && !published.is_out_of_range());
        assert!(!pair(50, 10, 1).is_lopsided(), "five times as often is not more than five times");
        assert!(!pair(10, 0, 0).is_lopsided(), "what is never spoken of has nothing to hide");
        assert_eq!(pair(0, 0, 0).coefficient(), None);
        let one_over_many = pair(1, 4, 4);
        assert_eq!(one_over_many.coefficient(), Some(4.0));
        assert!(one_over_many.is_out_of_range());
    }
}
