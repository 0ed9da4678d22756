use std::collections::{BTreeMap, BTreeSet};

use super::coefficient::Undefined;

/// A category by its place among those of its table, from 0.
pub type Category = u32;

/// The categories that coders can choose from, in order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Scale {
    names: Vec<String>,
    numbers: Option<Vec<f64>>,
    ordered: bool,
}

impl Scale {
    /// Categories that are only names; their order means nothing.
    #[must_use]
    pub fn unordered(names: Vec<String>) -> Self {
        Self { names, numbers: None, ordered: false }
    }

    /// Categories from the lowest to the highest.
    #[must_use]
    pub fn ordered(names: Vec<String>) -> Self {
        Self { names, numbers: None, ordered: true }
    }

    /// Categories that are numbers; they are brought into ascending order, and each is kept once.
    #[must_use]
    pub fn of_numbers(numbers: impl IntoIterator<Item = f64>) -> Self {
        let mut numbers: Vec<f64> = numbers.into_iter().map(|number| number + 0.0).collect();
        numbers.sort_by(f64::total_cmp);
        numbers.dedup();
        Self { names: numbers.iter().map(f64::to_string).collect(), numbers: Some(numbers), ordered: true }
    }

    /// The two categories of text that can be coded or not.
    #[must_use]
    pub fn coded_or_not() -> Self {
        Self { names: vec!["not coded".to_owned(), "coded".to_owned()], numbers: Some(vec![0.0, 1.0]), ordered: true }
    }

    /// How many categories there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.names.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// What the categories are called, in order.
    #[must_use]
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// The numbers that the categories are.
    pub(super) fn numbers(&self) -> Result<&[f64], Undefined> {
        self.numbers.as_deref().ok_or(Undefined::NotNumbers)
    }

    /// Whether the categories stand from the lowest to the highest.
    #[must_use]
    pub const fn is_ordered(&self) -> bool {
        self.ordered
    }
}

/// Which categories could be chosen: what agreement by chance depends on in AC1 and in Brennan and Prediger's κ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Choices {
    /// All that the scale declares, used or not.
    Declared,
    /// Those that somebody used.
    Observed,
}

/// What each coder said of each unit. The order of the units means nothing: those that are the same are kept once, with
/// how many they are.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    scale: Scale,
    coders: usize,
    /// What the coders said of a unit, in their order, `None` where a value is missing; and how often that is there.
    units: BTreeMap<Vec<Option<Category>>, u64>,
}

impl Table {
    /// A table without units.
    #[must_use]
    pub const fn new(scale: Scale, coders: usize) -> Self {
        Self { scale, coders, units: BTreeMap::new() }
    }

    /// Adds `times` units that all have these values, by coder.
    ///
    /// Values that are not there for the last coders are missing; categories that the scale does not have, too.
    pub fn push(&mut self, values: &[Option<Category>], times: u64) {
        let known = |value: Option<Category>| value.filter(|category| (*category as usize) < self.scale.len());
        let values = (0..self.coders).map(|coder| known(values.get(coder).copied().flatten())).collect();
        if times > 0 {
            *self.units.entry(values).or_default() += times;
        }
    }

    /// The table of two coders whose counts are `counts[first][second]`, over as many categories as there are rows.
    #[must_use]
    pub fn of_counts(scale: Scale, counts: &[Vec<u64>]) -> Self {
        let mut table = Self::new(scale, 2);
        for (first, row) in (0..).zip(counts) {
            for (second, times) in (0..).zip(row) {
                table.push(&[Some(first), Some(second)], *times);
            }
        }
        table
    }

    /// What can be chosen.
    #[must_use]
    pub const fn scale(&self) -> &Scale {
        &self.scale
    }

    /// How many coders there are.
    #[must_use]
    pub const fn coders(&self) -> usize {
        self.coders
    }

    /// How many units there are, with those that nobody coded.
    #[must_use]
    pub fn len(&self) -> u64 {
        self.units.values().sum()
    }

    /// Whether there are no units.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.units.is_empty()
    }

    /// The units that are not the same, with how often each is there.
    pub fn units(&self) -> impl Iterator<Item = (&[Option<Category>], u64)> {
        self.units.iter().map(|(values, times)| (values.as_slice(), *times))
    }

    /// The units that somebody coded, as counts.
    pub(super) fn tallies(&self) -> impl Iterator<Item = Tally> {
        self.units().map(|(values, times)| Tally::of(values, times)).filter(|tally| tally.coders > 0.0)
    }

    /// How many categories could be chosen.
    #[must_use]
    pub fn choices(&self, which: Choices) -> usize {
        match which {
            Choices::Declared => self.scale.len(),
            Choices::Observed => {
                let used: BTreeSet<Category> = self.units().flat_map(|(values, _)| values.iter().flatten().copied()).collect();
                used.len()
            }
        }
    }

    /// The table of two of the coders.
    #[must_use]
    pub fn pair(&self, first: usize, second: usize) -> Self {
        let mut pair = Self::new(self.scale.clone(), 2);
        for (values, times) in self.units() {
            pair.push(&[first, second].map(|coder| values.get(coder).copied().flatten()), times);
        }
        pair
    }

    /// The units that every coder coded.
    #[must_use]
    pub fn complete(&self) -> Self {
        let units = self.units.iter().filter(|(values, _)| values.iter().all(Option::is_some));
        Self { units: units.map(|(values, times)| (values.clone(), *times)).collect(), ..self.without_units() }
    }

    /// Every two of the coders.
    pub fn pairs(&self) -> impl Iterator<Item = (usize, usize)> + use<> {
        let coders = self.coders;
        (0..coders).flat_map(move |first| (first + 1..coders).map(move |second| (first, second)))
    }

    /// The table that only asks whether it was `category` or another.
    #[must_use]
    pub fn dichotomous(&self, category: Category) -> Self {
        let mut table = Self::new(Scale::coded_or_not(), self.coders);
        for (values, times) in self.units() {
            let values: Vec<Option<Category>> = values.iter().map(|value| value.map(|value| Category::from(value == category))).collect();
            table.push(&values, times);
        }
        table
    }

    /// A table of the same coders and categories without units.
    #[must_use]
    pub fn without_units(&self) -> Self {
        Self::new(self.scale.clone(), self.coders)
    }

    /// Refuses what can have no agreement: no units, or a single coder.
    pub(super) fn comparable(&self) -> Result<(), Undefined> {
        match self.coders {
            0 | 1 => Err(Undefined::OneCoder),
            _ if self.is_empty() => Err(Undefined::NoUnits),
            _ => Ok(()),
        }
    }
}

/// One unit as counts: how many coders chose each category.
pub(super) struct Tally {
    /// Categories that were chosen, with the number of coders who did, ascending.
    pub counts: Vec<(Category, f64)>,
    /// How many coders coded the unit.
    pub coders: f64,
    /// How often the unit is there.
    pub times: f64,
}

impl Tally {
    fn of(values: &[Option<Category>], times: u64) -> Self {
        let mut chosen: Vec<Category> = values.iter().flatten().copied().collect();
        chosen.sort_unstable();
        let counts = chosen.chunk_by(|one, other| one == other);
        let counts = counts.filter_map(|same| same.first().map(|category| (*category, same.len() as f64))).collect();
        Self { counts, coders: chosen.len() as f64, times: times as f64 }
    }

    /// Whether there are two values to compare.
    pub fn is_paired(&self) -> bool {
        self.coders >= 2.0
    }

    /// Share of the pairs of coders who chose differently; 0 where there is no pair.
    pub fn disagreement(&self) -> f64 {
        let differing: f64 = self.counts.iter().map(|(_, count)| count * (self.coders - count)).sum();
        if self.is_paired() { differing / (self.coders * (self.coders - 1.0)) } else { 0.0 }
    }
}

/// Probability that two draws differ, one from each of two distributions over the same categories.
///
/// It is summed over the categories that differ, not taken from 1, so that it is exactly 0 where only one category is
/// drawn and as exact as its terms where one is almost always drawn.
pub(super) fn differing(one: &[f64], other: &[f64]) -> f64 {
    // What `other` has behind each category.
    let mut behind: Vec<f64> = other.iter().rev().scan(0.0, |sum, share| Some(std::mem::replace(sum, *sum + share))).collect();
    behind.reverse();
    let mut before = 0.0;
    let mut sum = 0.0;
    for ((share, here), behind) in one.iter().zip(other).zip(behind) {
        sum += share * (before + behind);
        before += here;
    }
    sum
}
