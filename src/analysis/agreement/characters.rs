use super::alpha::{Level, alpha};
use super::coefficient::{Coefficient, Disagreement, Undefined, share};
use super::sources::Pool;
use super::table::{Category, Scale, Table};
use crate::text::{Span, layers, union};

/// The text that counts: all of a source, or without interviewers' turns, labels and white space, which would only add to
/// what nobody coded.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ground {
    /// Where it is, in order and without overlaps.
    spans: Vec<Span>,
    /// How much of it lies before each of the spans.
    before: Vec<u64>,
    length: u64,
}

impl Ground {
    /// The text under `spans`, which may overlap and be in any order.
    #[must_use]
    pub fn of(spans: &[Span]) -> Self {
        let spans = union(spans.iter().copied());
        let before = spans.iter().scan(0, |sum, span| Some(std::mem::replace(sum, *sum + u64::from(span.len())))).collect();
        Self { length: length(spans.iter().copied()), spans, before }
    }

    /// How much text counts.
    #[must_use]
    pub const fn length(&self) -> u64 {
        self.length
    }

    /// How much of `span` counts.
    #[must_use]
    pub fn measure(&self, span: Span) -> u64 {
        self.up_to(span.end) - self.up_to(span.start)
    }

    /// `span` in the text that counts, as if there were no other; empty where none of it counts.
    #[must_use]
    pub fn place(&self, span: Span) -> Span {
        let at = |offset| u32::try_from(self.up_to(offset)).unwrap_or(u32::MAX);
        Span::new(at(span.start), at(span.end))
    }

    /// How much text counts before `offset`.
    fn up_to(&self, offset: u32) -> u64 {
        let at = self.spans.partition_point(|span| span.start < offset).checked_sub(1);
        let here = at.and_then(|at| Some((self.spans.get(at)?, self.before.get(at)?)));
        here.map_or(0, |(span, before)| before + u64::from(offset.min(span.end) - span.start))
    }

    /// How much of all `spans` counts, which do not overlap.
    fn sum(&self, spans: impl IntoIterator<Item = Span>) -> u64 {
        spans.into_iter().map(|span| self.measure(span)).sum()
    }
}

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
    /// Lays the spans of the two coders over one another; they may overlap and be in any order.
    #[must_use]
    pub fn of(first: impl IntoIterator<Item = Span>, second: impl IntoIterator<Item = Span>, ground: &Ground) -> Self {
        let (one, other) = (union(first), union(second));
        let both = ground.sum(shared(&one, &other));
        let (first, second) = (ground.sum(one) - both, ground.sum(other) - both);
        Self { both, first, second, neither: ground.length() - both - first - second }
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

/// What any number of coders coded of a text with one theme, every character being a unit: see [`Fourfold`].
#[must_use]
pub fn characters(coders: &[Vec<Span>], ground: &Ground) -> Table {
    let (owners, spans): (Vec<usize>, Vec<Span>) =
        coders.iter().enumerate().flat_map(|(coder, spans)| spans.iter().map(move |span| (coder, *span))).unzip();
    let mut table = Table::new(Scale::coded_or_not(), coders.len());
    let nobody: Vec<Option<Category>> = vec![Some(0); coders.len()];
    let mut coded = 0;
    for layer in layers(&spans) {
        let times = ground.measure(layer.span);
        let mut pattern = nobody.clone();
        for coder in layer.over.iter().filter_map(|index| owners.get(*index)) {
            if let Some(value) = pattern.get_mut(*coder) {
                *value = Some(1);
            }
        }
        coded += times;
        table.push(&pattern, times);
    }
    table.push(&nobody, ground.length() - coded);
    table
}

/// Krippendorff's α of a theme over characters, for any number of coders. Krippendorff 2004.
pub fn alpha_of_characters(coders: &[Vec<Span>], ground: &Ground) -> Coefficient {
    alpha(&characters(coders, ground), Level::Nominal)
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
