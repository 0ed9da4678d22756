use std::collections::{BTreeMap, BTreeSet};

use super::coefficient::{Coefficient, Disagreement, Undefined, share};
use super::continuum::{Code, Unit};
use super::sources::Pool;
use crate::text::Span;

/// Decisions of two coders that were held against one another, and on how many of them they agree.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Matched {
    /// Decisions that the other coder made too.
    pub agreements: u64,
    /// All decisions.
    pub decisions: u64,
}

impl Matched {
    /// Agreements / decisions.
    pub fn percent_agreement(&self) -> Coefficient {
        share(self.agreements as f64, self.decisions as f64, Undefined::NoUnits)
    }

    /// κ after Brennan and Prediger, where chance is one of the `codes` that are compared: `(P_o − 1/codes) / (1 − 1/codes)`.
    /// Brennan and Prediger 1981, with chance as segment comparisons set it.
    pub fn kappa(&self, codes: usize) -> Coefficient {
        let observed = 1.0 - self.percent_agreement()?;
        if codes < 2 {
            return Err(Undefined::OneCategory);
        }
        Disagreement { observed, expected: 1.0 - 1.0 / codes as f64 }.corrected()
    }
}

impl Pool for Matched {
    fn emptied(&self) -> Self {
        Self::default()
    }

    fn add(&mut self, source: &Self, times: u64) {
        self.agreements += times * source.agreements;
        self.decisions += times * source.decisions;
    }

    fn size(&self) -> f64 {
        self.decisions as f64
    }
}

/// Holds every segment of each of the two coders against those of the other.
///
/// It is met where the other has a segment of the same code that shares at least `least` of the text of both together,
/// from 0 to 1, and a character in any case. Text that neither coded does not come in.
#[must_use]
pub fn match_segments(first: &[Unit], second: &[Unit], least: f64) -> Matched {
    let (one, other) = (by_code(first), by_code(second));
    let met = |all: &BTreeMap<Code, Vec<Unit>>, among: &BTreeMap<Code, Vec<Unit>>| {
        let segments = all.values().flatten();
        segments.filter(|segment| among.get(&segment.code).is_some_and(|others| is_met(segment, others, least))).count() as u64
    };
    let decisions = one.values().chain(other.values()).map(|segments| segments.len() as u64).sum();
    Matched { agreements: met(&one, &other) + met(&other, &one), decisions }
}

/// The segments that one coder made of a theme. Two on the same text are one: they were given different themes below it.
pub(super) fn segments_of(spans: impl IntoIterator<Item = Span>) -> Vec<Unit> {
    let mut spans: Vec<Span> = spans.into_iter().collect();
    spans.sort_unstable();
    spans.dedup();
    spans.into_iter().map(|span| Unit { span, code: 0 }).collect()
}

/// Whether one of `others`, which are in order of their starts, meets the segment.
fn is_met(segment: &Unit, others: &[Unit], least: f64) -> bool {
    let behind = others.partition_point(|other| other.span.start < segment.span.end);
    others.get(..behind).unwrap_or_default().iter().rev().any(|other| {
        let both = segment.span.intersection(other.span);
        both.is_some_and(|both| f64::from(both.len()) >= least * f64::from(segment.span.hull(other.span).len()))
    })
}

/// The segments that are not empty, by code and in order.
fn by_code(units: &[Unit]) -> BTreeMap<Code, Vec<Unit>> {
    let mut by_code: BTreeMap<Code, Vec<Unit>> = BTreeMap::new();
    for unit in units.iter().filter(|unit| !unit.span.is_empty()) {
        by_code.entry(unit.code).or_default().push(*unit);
    }
    for units in by_code.values_mut() {
        units.sort_by_key(|unit| unit.span);
    }
    by_code
}

/// Compares which of `codes` the two coders used in a source at all.
#[must_use]
pub fn match_presence(first: &[Unit], second: &[Unit], codes: &[Code]) -> Matched {
    compare_counts(first, second, codes, |one, other| (one > 0) == (other > 0))
}

/// Compares how often the two coders used each of `codes` in a source.
#[must_use]
pub fn match_frequency(first: &[Unit], second: &[Unit], codes: &[Code]) -> Matched {
    compare_counts(first, second, codes, |one, other| one == other)
}

fn compare_counts(first: &[Unit], second: &[Unit], codes: &[Code], agree: fn(usize, usize) -> bool) -> Matched {
    let (one, other) = (by_code(first), by_code(second));
    let count = |units: &BTreeMap<Code, Vec<Unit>>, code: &Code| units.get(code).map_or(0, Vec::len);
    let codes: BTreeSet<&Code> = codes.iter().collect();
    let agreements = codes.iter().filter(|code| agree(count(&one, code), count(&other, code))).count();
    Matched { agreements: agreements as u64, decisions: codes.len() as u64 }
}
