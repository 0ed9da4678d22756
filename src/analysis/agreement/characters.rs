use std::collections::BTreeMap;

use super::alpha::{Level, alpha};
use super::coefficient::{Coefficient, Disagreement, Undefined, share};
use super::sources::Pool;
use super::table::{Category, Scale, Table};
use crate::text::{Span, layers, union};

/// What two coders coded of a text with one theme, in characters: or in bytes, where the spans are counted so.
///
/// Of a group of coders the spans of all are given as those of one: text is coded if any member coded it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Fourfold {
    /// Coded by both.
    pub both: u64,
    /// Coded by the first only.
    pub first: u64,
    /// Coded by the second only.
    pub second: u64,
    /// Coded by neither.
    pub neither: u64,
}

impl Fourfold {
    /// Lays the spans of the two coders over one another, within the text that counts: all of it, or without interviewers'
    /// turns, labels and white space, which would only add to what neither coded. Spans may overlap and be in any order.
    #[must_use]
    pub fn of(first: &[Span], second: &[Span], text: &[Span]) -> Self {
        let text = union(text.iter().copied());
        let (one, other) = (within(first, &text), within(second, &text));
        let both = length(shared(&one, &other));
        let (first, second) = (length(one) - both, length(other) - both);
        Self { both, first, second, neither: length(text) - both - first - second }
    }

    /// How much text there is.
    #[must_use]
    pub const fn all(&self) -> u64 {
        self.both + self.first + self.second + self.neither
    }

    /// The same, or that neither coder used the theme: such a source tells nothing of the theme and is left out of means.
    pub const fn used(&self) -> Result<&Self, Undefined> {
        if self.all() == self.neither { Err(Undefined::NotUsed) } else { Ok(self) }
    }

    /// Share of the text on which the two agree that it is coded or that it is not.
    pub fn percent_agreement(&self) -> Coefficient {
        share((self.both + self.neither) as f64, self.all() as f64, Undefined::NoUnits)
    }

    /// Cohen's κ; the same as [`cohen_kappa`](super::cohen_kappa) of the table. Cohen 1960.
    pub fn cohen_kappa(&self) -> Coefficient {
        let (all, observed) = self.disagreement()?;
        let (first, second) = ((self.both + self.first) as f64, (self.both + self.second) as f64);
        let (not_first, not_second) = ((self.second + self.neither) as f64, (self.first + self.neither) as f64);
        Disagreement { observed, expected: (first * not_second + not_first * second) / (all * all) }.corrected()
    }

    /// Krippendorff's α; the same as [`alpha`](super::alpha()) of the table. Krippendorff 2004.
    pub fn alpha(&self) -> Coefficient {
        let (all, observed) = self.disagreement()?;
        let coded = (2 * self.both + self.first + self.second) as f64;
        let not_coded = (2 * self.neither + self.first + self.second) as f64;
        Disagreement { observed, expected: 2.0 * coded * not_coded / (2.0 * all * (2.0 * all - 1.0)) }.corrected()
    }

    /// The table of its characters, for every other coefficient.
    #[must_use]
    pub fn table(&self) -> Table {
        Table::of_counts(Scale::coded_or_not(), &[vec![self.neither, self.second], vec![self.first, self.both]])
    }

    /// How much text there is, and the share on which the two differ.
    fn disagreement(&self) -> Result<(f64, f64), Undefined> {
        let all = self.all() as f64;
        share((self.first + self.second) as f64, all, Undefined::NoUnits).map(|observed| (all, observed))
    }
}

impl Pool for Fourfold {
    fn emptied(&self) -> Self {
        Self::default()
    }

    fn add(&mut self, source: &Self, times: u64) {
        self.both += times * source.both;
        self.first += times * source.first;
        self.second += times * source.second;
        self.neither += times * source.neither;
    }

    fn size(&self) -> f64 {
        self.all() as f64
    }
}

/// What any number of coders coded of a text with one theme, every character being a unit: see [`Fourfold::of`].
#[must_use]
pub fn characters(coders: &[Vec<Span>], text: &[Span]) -> Table {
    let text = union(text.iter().copied());
    let spans: Vec<(usize, Span)> =
        coders.iter().enumerate().flat_map(|(coder, spans)| within(spans, &text).into_iter().map(move |span| (coder, span))).collect();
    let mut patterns: BTreeMap<Vec<Option<Category>>, u64> = BTreeMap::new();
    let nobody = vec![Some(0); coders.len()];
    let mut covered = 0;
    for layer in layers(&spans.iter().map(|(_, span)| *span).collect::<Vec<_>>()) {
        let mut pattern = nobody.clone();
        for coder in layer.over.iter().filter_map(|index| spans.get(*index)).map(|(coder, _)| *coder) {
            if let Some(value) = pattern.get_mut(coder) {
                *value = Some(1);
            }
        }
        covered += u64::from(layer.span.len());
        *patterns.entry(pattern).or_default() += u64::from(layer.span.len());
    }
    let mut table = Table::new(Scale::coded_or_not(), coders.len());
    table.push(&nobody, length(text) - covered);
    for (pattern, times) in patterns {
        table.push(&pattern, times);
    }
    table
}

/// Krippendorff's α of a theme over characters, for any number of coders. Krippendorff 2004.
pub fn alpha_of_characters(coders: &[Vec<Span>], text: &[Span]) -> Coefficient {
    alpha(&characters(coders, text), Level::Nominal)
}

/// What of `spans` lies in `text`, in order and without overlaps. `text` is in order and without overlaps already.
pub(super) fn within(spans: &[Span], text: &[Span]) -> Vec<Span> {
    shared(&union(spans.iter().copied()), text).collect()
}

/// What two lists have in common, in order; both are in order and without overlaps.
pub(super) fn shared<'a>(one: &'a [Span], other: &'a [Span]) -> impl Iterator<Item = Span> + 'a {
    let (mut one, mut other) = (one.iter().copied().peekable(), other.iter().copied().peekable());
    std::iter::from_fn(move || {
        loop {
            let (here, there) = (*one.peek()?, *other.peek()?);
            // The one that ends first has met all that it can.
            if here.end <= there.end {
                one.next()
            } else {
                other.next()
            };
            if let Some(both) = here.intersection(there) {
                return Some(both);
            }
        }
    })
}

/// Length of spans that do not overlap, together.
pub(super) fn length(spans: impl IntoIterator<Item = Span>) -> u64 {
    spans.into_iter().map(|span| u64::from(span.len())).sum()
}
