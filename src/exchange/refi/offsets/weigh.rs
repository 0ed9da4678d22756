use uuid::Uuid;

use super::quote::{self, Agreement};
use super::ruler::Rulers;
use super::{Convention, Conventions, Unit, words};
use crate::exchange::refi::{OWN, Project, Selection};
use crate::text::Span;

/// How many ways there are.
const WAYS: usize = 16;
/// The most passages that are looked at; of more, every so many-th.
const MOST: usize = 5_000;
/// By how much another way has to fit better, and on how many passages, for a source to be an exception.
const CLEARLY: (f64, f64) = (0.25, 3.0);
/// How many passages are shown, and how many characters of each.
const SHOWN: (usize, usize) = (3, 120);

/// How well the ways fit: sums over passages.
#[derive(Clone, Copy, Default)]
struct Sums {
    points: [f64; WAYS],
    number: f64,
}

impl Sums {
    /// The best way and how well it fits on average, strange ways being believed a little less.
    fn best(&self, doubts: &[f64; WAYS]) -> Option<(usize, f64)> {
        let means = self.points.iter().zip(doubts).map(|(points, doubt)| points / self.number.max(1.0) - doubt);
        means.enumerate().reduce(|best, next| if next.1 > best.1 + 1e-9 { next } else { best })
    }

    fn add(&mut self, other: &Self) {
        self.number += other.number;
        for (sum, more) in self.points.iter_mut().zip(other.points) {
            *sum += more;
        }
    }
}

/// Tries every way to count on the passages of a project. Nothing is changed.
#[must_use]
pub fn weigh(project: &Project) -> Conventions {
    let ways: Vec<Convention> = Convention::all().collect();
    let doubts = doubts(&ways, &project.origin);
    let texts = || project.sources.iter().filter_map(|source| Some((source, source.text.as_deref()?)));
    let passages: usize = texts().map(|(source, _)| source.selections.len()).sum();
    let every = passages.div_ceil(MOST).max(1);
    let mut all = Sums::default();
    let mut by_source: Vec<(Uuid, Sums)> = Vec::new();
    for (source, text) in texts().filter(|(source, _)| !source.selections.is_empty()) {
        let rulers = Rulers::new(text);
        let mut sums = Sums::default();
        for selection in source.selections.iter().step_by(every) {
            sums.number += 1.0;
            for (sum, way) in sums.points.iter_mut().zip(&ways) {
                *sum += points(text, &rulers, *way, selection);
            }
        }
        all.add(&sums);
        by_source.push((source.guid, sums));
    }
    let is_own = project.origin.starts_with(OWN);
    let chosen = if is_own { 0 } else { all.best(&doubts).map_or(0, |(way, _)| way) };
    let way = |at: usize| ways.get(at).copied().unwrap_or(Convention::STANDARD);
    let exceptions = by_source.iter().filter_map(|(guid, sums)| {
        let (best, fit) = sums.best(&doubts)?;
        let usual = sums.points.get(chosen)? / sums.number.max(1.0);
        (sums.number >= CLEARLY.1 && fit - usual >= CLEARLY.0).then(|| (*guid, way(best)))
    });
    let exceptions = if is_own { Vec::new() } else { exceptions.collect() };
    let mut scores: Vec<(Convention, f64)> = ways.iter().copied().zip(all.points.map(|points| points / all.number.max(1.0))).collect();
    scores.sort_by(|a, b| b.1.total_cmp(&a.1));
    // The chosen one may stand behind a stranger one that fits as well.
    if let Some(at) = scores.iter().position(|(convention, _)| *convention == way(chosen)) {
        scores.get_mut(..=at).into_iter().for_each(|front| front.rotate_right(1));
    }
    let samples = scores.iter().map(|(convention, _)| samples(project, *convention)).collect();
    Conventions { chosen: way(chosen), scores, exceptions, samples, is_own }
}

/// How much better than the standard a way has to be to be believed. `NVivo` on Windows was seen to count units of UTF-16
/// and two for a line end; nobody was seen to count marks or to state the last unit.
fn doubts(ways: &[Convention], origin: &str) -> [f64; WAYS] {
    let usual = if origin.to_lowercase().contains("nvivo") {
        Convention { unit: Unit::Utf16, wide_line_ends: true, ..Convention::STANDARD }
    } else {
        Convention::STANDARD
    };
    let mut doubts = [0.0; WAYS];
    for (doubt, way) in doubts.iter_mut().zip(ways) {
        let differs = |is: bool, by: f64| if is { by } else { 0.0 };
        *doubt = differs(way.unit != usual.unit, 0.002)
            + differs(way.wide_line_ends != usual.wide_line_ends, 0.004)
            + differs(way.with_mark, 0.02)
            + differs(way.end_included, 0.04);
    }
    doubts
}

/// How much the words that a way reads look like a passage, from 0 to 1.
fn points(text: &str, rulers: &Rulers, way: Convention, selection: &Selection) -> f64 {
    let Some((span, is_cut)) = rulers.read(text, way, selection.stated) else { return 0.0 };
    if span.is_empty() || is_cut {
        return 0.0;
    }
    let found = words(text, span);
    match quote::of(selection).map(|carried| quote::compare(found, carried)).max() {
        Some(Agreement::Whole) => 1.0,
        Some(Agreement::Close | Agreement::Near) => 0.95,
        Some(Agreement::No) | None => 0.6 * edges(text, span),
    }
}

/// Whether a passage begins and ends between words: 0 to 1.
fn edges(text: &str, span: Span) -> f64 {
    let [before, behind] = [text.get(..span.start as usize), text.get(span.end as usize..)].map(Option::unwrap_or_default);
    let found = words(text, span);
    let (Some(first), Some(last)) = (found.chars().next(), found.chars().next_back()) else { return 0.0 };
    let is_letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let (previous, next) = (before.chars().next_back(), behind.chars().next());
    let cuts = |left: Option<char>, right: Option<char>| is_letter(left) && is_letter(right);
    let begins = !first.is_whitespace() && !cuts(previous, Some(first));
    // Whole paragraphs are taken with their line ends.
    let ends = last == '\n' || (!last.is_whitespace() && !cuts(Some(last), next));
    // What begins a line, or a sentence, begins better than what begins a word.
    let well = before.trim_end_matches([' ', '“', '"']).chars().next_back().is_none_or(|c| matches!(c, '\n' | '.' | '!' | '?' | ':' | '…'));
    let closed = matches!(last, '.' | '!' | '?' | '”' | '"' | '…' | '\n');
    let part = |is: bool, value: f64| if is { value } else { 0.0 };
    part(begins, 0.4) + part(ends, 0.4) + part(begins && well, 0.1) + part(ends && closed, 0.1)
}

/// The first passages as a way reads them.
fn samples(project: &Project, way: Convention) -> Vec<String> {
    let mut samples = Vec::new();
    for source in &project.sources {
        let (Some(text), false) = (&source.text, source.selections.is_empty()) else { continue };
        let rulers = Rulers::new(text);
        for selection in source.selections.iter().take(SHOWN.0 - samples.len()) {
            let span = rulers.read(text, way, selection.stated).map(|(span, _)| span).unwrap_or_default();
            samples.push(words(text, span).chars().take(SHOWN.1).collect());
        }
        if samples.len() >= SHOWN.0 {
            break;
        }
    }
    samples
}
