//! What is spoken of under two themes: together, or one after the other.

use std::collections::BTreeMap;

use super::behind::GoOn;
use super::list::{List, Over, Place, stretches};
use crate::analysis::cooccurrence::passages::{Stretches, each_overlap};
use crate::analysis::cooccurrence::sequence::{Places, following};
use crate::analysis::cooccurrence::units::paragraphs;
use crate::analysis::cooccurrence::{Basis, Within};
use crate::analysis::layer::{Counted, CountedSource, Layer};
use crate::analysis::lines::{Lines, Scope};
use crate::analysis::matrix::{Filter, Levels, Passages, heading};
use crate::study::{Codebook, Coding, Material, Study, ThemeId};
use crate::text::Span;

/// Two themes, each with those below it; or one, where it is both.
pub struct Two {
    lines: Lines,
}

/// Which of two themes are there, a bit for each.
type There = u8;

impl Two {
    pub fn new(book: &Codebook, one: ThemeId, other: ThemeId) -> Self {
        let themes = if one == other { vec![one] } else { vec![one, other] };
        Self { lines: Lines::new(book, themes, Scope::WithBelow) }
    }

    /// The line of the second theme.
    fn second(&self) -> u32 {
        u32::from(self.lines.themes().len() > 1)
    }

    fn of(&self, coding: &Coding) -> There {
        self.lines.of(coding.theme).iter().fold(0, |there, line| there | 1 << line)
    }

    fn are_both(&self, there: There) -> bool {
        there == (1 << self.lines.themes().len()) - 1
    }

    /// Which of the two somebody coded in a source, whether it counts or not.
    fn coded(&self, material: &Material) -> There {
        let mut there = 0;
        for coded in &material.codings {
            there |= self.of(&coded.coding);
            if self.are_both(there) {
                break;
            }
        }
        there
    }

    /// The codings of either that count in a source.
    fn counted<'a>(&self, layer: &Layer<'a>, source: &CountedSource<'a>) -> Vec<Counted<'a>> {
        let mut codings = layer.codings(source).0;
        codings.retain(|counted| self.of(&counted.coded.coding) != 0);
        codings
    }
}

/// What is spoken of under two themes together. Only sources that have what it takes are looked at closely.
pub fn together(study: &Study, filter: &Filter, two: &Two, basis: Basis, go_on: GoOn<'_>) -> Option<Passages> {
    let layer = Layer::new(study, filter);
    let (mut list, mut cases) = (List::default(), ByCase::new());
    let mut overlaps = Stretches::new(&two.lines);
    for (done, source) in layer.sources().enumerate() {
        if !go_on(done, study.materials().len()) {
            return None;
        }
        let there = two.coded(source.material);
        let is_needed = if basis == Basis::Case { there != 0 } else { two.are_both(there) };
        if !is_needed {
            continue;
        }
        let codings = two.counted(&layer, &source);
        match basis {
            Basis::Overlap => list.source(source.material, overlapping(&mut overlaps, two, source.material, &codings)),
            Basis::Paragraph => list.source(source.material, in_paragraphs(two, &layer, &source, &codings)),
            Basis::Source => {
                let there = codings.iter().fold(0, |there, counted| there | two.of(&counted.coded.coding));
                if two.are_both(there) {
                    list.source(source.material, stretches(codings.iter().map(|counted| &counted.coded.coding)));
                }
            }
            Basis::Case => add_cases(&mut cases, two, &layer, &source, &codings),
        }
    }
    list_cases(&mut list, two, &layer, cases);
    Some(list.passages())
}

/// What a passage of the one and a passage of the other share.
fn overlapping(overlaps: &mut Stretches, two: &Two, material: &Material, codings: &[Counted<'_>]) -> Vec<Place> {
    let mut spans: Vec<Span> = Vec::new();
    each_overlap(&overlaps.passages(&two.lines, codings), |_, _, shared| spans.push(shared));
    spans.sort_unstable();
    let over = Over::new(material, codings, |_| true);
    spans.into_iter().map(|span| (span, over.on(span).collect())).collect()
}

/// The paragraphs that have both, each whole, with the codings of either that count in it.
fn in_paragraphs(two: &Two, layer: &Layer<'_>, source: &CountedSource<'_>, codings: &[Counted<'_>]) -> Vec<Place> {
    let mut found: BTreeMap<u32, (There, Vec<_>)> = BTreeMap::new();
    for counted in codings {
        let coding = &counted.coded.coding;
        let mut within = Vec::new();
        paragraphs(layer, source, counted, |paragraph| within.push(paragraph));
        within.dedup();
        for paragraph in within {
            let (there, on) = found.entry(paragraph).or_default();
            *there |= two.of(coding);
            on.push(coding.id);
        }
    }
    let all = source.material.geometry.paragraphs();
    let whole = |(paragraph, (_, codings))| Some((all.get(usize::try_from(paragraph).ok()?)?.span, codings));
    found.into_iter().filter(|(_, (there, _))| two.are_both(*there)).filter_map(whole).collect()
}

/// What each case says under either, source by source.
type ByCase<'a> = BTreeMap<usize, (There, Vec<(&'a Material, Vec<&'a Coding>)>)>;

fn add_cases<'a>(cases: &mut ByCase<'a>, two: &Two, layer: &Layer<'a>, source: &CountedSource<'a>, codings: &[Counted<'a>]) {
    let mut here: BTreeMap<usize, Vec<&'a Coding>> = BTreeMap::new();
    for counted in codings {
        let coding = &counted.coded.coding;
        for case in counted.cases.iter().filter(|case| **case != layer.not_stated()) {
            cases.entry(*case).or_default().0 |= two.of(coding);
            here.entry(*case).or_default().push(coding);
        }
    }
    for (case, codings) in here {
        cases.entry(case).or_default().1.push((source.material, codings));
    }
}

/// Lists the cases that were heard on both, in the analyst's order.
fn list_cases(list: &mut List, two: &Two, layer: &Layer<'_>, cases: ByCase<'_>) {
    for (at, (_, said)) in cases.into_iter().filter(|(_, (there, _))| two.are_both(*there)) {
        let Some(case) = layer.cases.get(at) else { continue };
        list.case(case.id, heading(layer.study, Some(case.id), Levels::default()));
        for (material, codings) in said {
            list.add(material, stretches(codings));
        }
    }
}

/// The passages of the first theme after which one of the other follows near enough, each to the end of the first that does.
pub fn followed(study: &Study, filter: &Filter, two: &Two, within: Within, go_on: GoOn<'_>) -> Option<Passages> {
    let layer = Layer::new(study, filter);
    let (mut list, mut passages_of) = (List::default(), Stretches::new(&two.lines));
    for (done, source) in layer.sources().enumerate() {
        if !go_on(done, study.materials().len()) {
            return None;
        }
        if !two.are_both(two.coded(source.material)) {
            continue;
        }
        let codings = two.counted(&layer, &source);
        let passages = passages_of.passages(&two.lines, &codings);
        let places = Places::of(source.material, within.bridge);
        let of_line = |line: u32| Over::new(source.material, &codings, |coding| two.lines.of(coding.theme).contains(&line));
        let (of_first, of_then) = (of_line(0), of_line(two.second()));
        let firsts = passages.iter().filter(|passage| passage.line == 0);
        let found = firsts.filter_map(|first| {
            let next = following(&passages, first, &places, within.paragraphs).find(|next| next.line == two.second())?;
            Some((first.span.hull(next.span), of_first.on(first.span).chain(of_then.on(next.span)).collect()))
        });
        list.source(source.material, found);
    }
    Some(list.passages())
}
