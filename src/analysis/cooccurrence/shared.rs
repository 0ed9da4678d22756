use std::ops::Range;

use super::passages::{Stretches, each_overlap};
use super::table::{Basis, Cooccurrence};
use super::units;
use crate::analysis::layer::{Counted, CountedSource, Layer};
use crate::analysis::lines::Lines;
use crate::analysis::matrix::Filter;
use crate::analysis::shares::in_shares;
use crate::study::Study;

/// Counts how often each two of `lines` are spoken of together. Takes time in proportion to the codings and to what they share.
#[must_use]
pub fn cooccurrence(study: &Study, lines: &Lines, filter: &Filter, basis: Basis) -> Cooccurrence {
    cooccurrence_while(study, lines, filter, basis, |_, _| true).unwrap_or_default()
}

/// The same as long as `go_on` says so, which is asked before each source with how many are done and how many there are, and again before
/// each line; nothing once it does not.
pub fn cooccurrence_while(
    study: &Study,
    lines: &Lines,
    filter: &Filter,
    basis: Basis,
    mut go_on: impl FnMut(usize, usize) -> bool,
) -> Option<Cooccurrence> {
    let layer = Layer::new(study, filter);
    let sources: Vec<CountedSource<'_>> = layer.sources().collect();
    let weights: Vec<usize> = sources.iter().map(|source| source.material.codings.len() + 1).collect();
    let of_share = |share: Range<usize>| sources.get(share).unwrap_or_default().iter();
    let mut found = if basis == Basis::Overlap {
        let parts = in_shares(&weights, &mut go_on, |share, step| {
            let (mut found, mut stretches) = (Cooccurrence::of_nothing(basis, lines), Stretches::new(lines));
            for source in of_share(share).take_while(|_| step()) {
                add_overlaps(&mut found, &mut stretches, (&layer, lines), source, &layer.codings(source).0);
            }
            found
        });
        parts?.into_iter().reduce(Cooccurrence::and)?
    } else {
        let parts = in_shares(&weights, &mut go_on, |share, step| {
            let mut pairs = Vec::new();
            for source in of_share(share).take_while(|_| step()) {
                units::gather(&mut pairs, &layer, lines, basis, source);
            }
            pairs
        });
        let all = sources.len();
        units::together(Cooccurrence::of_nothing(basis, lines), parts?.concat(), &mut |_, _| go_on(all, all))?
    };
    found.leave_out(lines);
    Some(found)
}

/// Adds the passages of a source, and the words that participants said in them.
fn add_overlaps(
    found: &mut Cooccurrence,
    stretches: &mut Stretches,
    (layer, lines): (&Layer<'_>, &Lines),
    source: &CountedSource<'_>,
    codings: &[Counted<'_>],
) {
    let geometry = &source.material.geometry;
    let passages = stretches.passages(lines, codings);
    for passage in &passages {
        found.count_one(passage.line, 1, 0);
    }
    each_overlap(&passages, |one, other, _| found.share(one.line, other.line, 1, 0));
    let said = stretches.said(layer, lines, source, codings);
    for passage in &said {
        found.count_one(passage.line, 0, geometry.words_in(passage.span));
    }
    each_overlap(&said, |one, other, shared| found.share(one.line, other.line, 0, geometry.words_in(shared)));
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;
    use crate::analysis::lines::Scope;
    use crate::analysis::testing::Builder;
    use crate::study::{CaseKind, Material, ThemeId, Values};
    use crate::text::{Span, Voice, stretches, union};

    /// A coding: source, first byte, length, theme (0 top, 1 below it, 2 and 3 others), coder.
    type Recipe = (usize, u32, u32, usize, usize);

    fn make(recipes: &[Recipe]) -> (Study, [ThemeId; 4]) {
        let mut builder = Builder::new();
        let coders = [builder.coder("Ada"), builder.coder("Ben")];
        let top = builder.theme(None, "Top");
        let themes = [top, builder.theme(Some(top), "Below"), builder.theme(None, "Other"), builder.theme(None, "Last")];
        let turns = [
            (Some("P"), Voice::Participant, "one two three"),
            (Some("I"), Voice::Interviewer, "four five"),
            (Some("Q"), Voice::Participant, "six seven eight nine"),
            (Some("P"), Voice::Participant, "ten"),
        ];
        let cases = ["P", "Q"].map(|label| builder.case(label, CaseKind::Person, Values::new()));
        let mut sources = Vec::new();
        for label in ["A", "B"] {
            let put = builder.source(label, None, Values::new(), &turns);
            builder.speaker(&put, "P", Voice::Participant, Some(cases[0]));
            // In the second source it is not stated who the other is.
            builder.speaker(&put, "Q", Voice::Participant, (label == "A").then_some(cases[1]));
            builder.speaker(&put, "I", Voice::Interviewer, None);
            sources.push(put);
        }
        let mut seen = BTreeSet::new();
        for &(source, start, length, theme, coder) in recipes {
            let put = &sources[source];
            let span = Span::new(start, start + length).trimmed(&put.text);
            if !span.is_empty() && seen.insert((source, span, theme, coder)) {
                builder.code(put, span, themes[theme], coders[coder]);
            }
        }
        (builder.study(), themes)
    }

    /// What is counted of a set: its size, or for overlaps what is said of how many meet.
    #[derive(Debug, PartialEq)]
    struct Looked {
        of_one: usize,
        of_other: usize,
        both: usize,
        jaccard: Option<f64>,
    }

    /// The codings of a theme and those below it in a source that hold words of participants.
    fn codings<'a>(study: &'a Study, material: &'a Material, theme: ThemeId) -> Vec<&'a crate::study::Coded> {
        let within = |coded: &&crate::study::Coded| study.codebook().is_within(coded.coding.theme, theme) && !coded.parts.is_empty();
        material.codings.iter().filter(within).collect()
    }

    fn by_looking(study: &Study, one: ThemeId, other: ThemeId, basis: Basis) -> Looked {
        if basis == Basis::Overlap {
            let passages = |theme| {
                let of = |(at, material): (usize, &std::sync::Arc<Material>)| {
                    let spans = codings(study, material, theme).into_iter().map(|coded| coded.coding.span).collect::<Vec<_>>();
                    stretches(spans).into_iter().map(move |span| (at, span)).collect::<Vec<_>>()
                };
                study.materials().iter().enumerate().flat_map(of).collect::<Vec<(usize, Span)>>()
            };
            let words = |theme| {
                let of = |(at, material): (usize, &std::sync::Arc<Material>)| {
                    let parts = codings(study, material, theme).into_iter().flat_map(|coded| coded.parts.iter().map(|part| part.span));
                    union(parts).into_iter().flat_map(move |span| span.range().map(move |byte| (at, byte))).collect::<Vec<_>>()
                };
                study.materials().iter().enumerate().flat_map(of).collect::<BTreeSet<(usize, usize)>>()
            };
            // A word counts where all its letters are there.
            let count = |bytes: &BTreeSet<(usize, usize)>| {
                let of = |(at, material): (usize, &std::sync::Arc<Material>)| {
                    let runs = union(bytes.iter().filter(|(source, _)| *source == at).map(|(_, byte)| Span::of(*byte..byte + 1)));
                    let mut joined: Vec<Span> = Vec::new();
                    for run in runs {
                        match joined.last_mut() {
                            Some(last) if last.end == run.start => last.end = run.end,
                            _ => joined.push(run),
                        }
                    }
                    joined.into_iter().map(|span| material.geometry.words_in(span)).sum::<u32>()
                };
                study.materials().iter().enumerate().map(of).sum::<u32>()
            };
            let (mine, theirs) = (passages(one), passages(other));
            let meet = |a: &(usize, Span)| theirs.iter().filter(|b| a.0 == b.0 && a.1.overlaps(b.1)).count();
            let (words_one, words_other) = (words(one), words(other));
            let both = count(&words_one.intersection(&words_other).copied().collect());
            let either = count(&words_one) + count(&words_other) - both;
            let jaccard = (either > 0).then(|| f64::from(both) / f64::from(either));
            return Looked { of_one: mine.len(), of_other: theirs.len(), both: mine.iter().map(meet).sum(), jaccard };
        }
        let units = |theme| {
            let mut units: BTreeSet<(usize, u32)> = BTreeSet::new();
            for (at, material) in study.materials().iter().enumerate() {
                for coded in codings(study, material, theme) {
                    for part in &coded.parts {
                        match basis {
                            Basis::Paragraph => drop(units.insert((at, part.paragraph))),
                            Basis::Source => drop(units.insert((at, 0))),
                            _ => {
                                if let Some(case) = material.case(part.case) {
                                    let place = study.cases().keys().position(|other| *other == case).unwrap();
                                    units.insert((9, u32::try_from(place).unwrap()));
                                }
                            }
                        }
                    }
                }
            }
            units
        };
        let (mine, theirs) = (units(one), units(other));
        let (both, either) = (mine.intersection(&theirs).count(), mine.union(&theirs).count());
        let jaccard = (either > 0).then(|| both as f64 / either as f64);
        Looked { of_one: mine.len(), of_other: theirs.len(), both, jaccard }
    }

    proptest! {
        #[test]
        fn it_agrees_with_looking_at_every_byte_and_every_unit(
            recipes in proptest::collection::vec((0usize..2, 0u32..46, 1u32..24, 0usize..4, 0usize..2), 0..14),
        ) {
            let (study, themes) = make(&recipes);
            let lines = Lines::new(study.codebook(), themes.to_vec(), Scope::WithBelow);
            for basis in [Basis::Overlap, Basis::Paragraph, Basis::Source, Basis::Case] {
                let found = cooccurrence(&study, &lines, &Filter::default(), basis);
                prop_assert_eq!(found.pair(0, 1), None, "the first holds the second");
                let mut together = 0;
                for (one, other) in [(0, 2), (0, 3), (1, 2), (1, 3), (2, 3)] {
                    let pair = found.pair(other, one).unwrap();
                    let looked = by_looking(&study, themes[one], themes[other], basis);
                    let got = Looked {
                        of_one: pair.of_one as usize, of_other: pair.of_other as usize, both: pair.both as usize, jaccard: pair.jaccard,
                    };
                    together += usize::from(looked.both > 0);
                    prop_assert_eq!(got, looked, "{:?} {} {}", basis, one, other);
                }
                prop_assert_eq!(found.pairs().count(), together);
            }
        }
    }
}
