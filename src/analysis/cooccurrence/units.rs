//! Themes that are spoken of in the same paragraph, source or case.

use super::table::{Basis, Cooccurrence, Shared};
use crate::analysis::layer::{Counted, CountedSource, Layer};
use crate::analysis::lines::Lines;
use crate::analysis::shares::in_shares;

/// A unit and a line that is in it.
pub(super) type InUnit = (u64, u32);

/// The units of a source with the lines that are in them, each once and in order; somebody who is heard in several sources is the same
/// unit in all.
pub(super) fn gather(found: &mut Vec<InUnit>, layer: &Layer<'_>, lines: &Lines, basis: Basis, source: &CountedSource<'_>) {
    let mut own: Vec<InUnit> = Vec::new();
    let first = (source.place as u64) << 32;
    for counted in layer.codings(source).0 {
        let of = lines.of_line(counted.theme);
        let mut add = |unit: u64| own.extend(of.iter().map(|line| (unit, *line)));
        match basis {
            Basis::Paragraph => paragraphs(layer, source, &counted, |paragraph| add(first + u64::from(paragraph))),
            Basis::Case => counted.cases.iter().filter(|case| **case != layer.not_stated()).for_each(|case| add(*case as u64)),
            Basis::Source | Basis::Overlap => add(first),
        }
    }
    own.sort_unstable();
    own.dedup();
    found.append(&mut own);
}

/// Visits the paragraphs in which a coding has participants' words; where it has none, those it lies in.
pub fn paragraphs(layer: &Layer<'_>, source: &CountedSource<'_>, counted: &Counted<'_>, mut visit: impl FnMut(u32)) {
    if counted.coded.parts.is_empty() {
        let paragraphs = source.material.geometry.paragraphs_in(counted.coded.coding.span);
        paragraphs.filter_map(|index| u32::try_from(index).ok()).for_each(visit);
    } else {
        layer.parts(source, counted).for_each(|part| visit(part.paragraph));
    }
}

/// Counts the units of every line, and of every two lines those that both are in; nothing once `go_on` says no, which is asked before
/// each line.
pub(super) fn together(
    mut found: Cooccurrence,
    mut in_units: Vec<InUnit>,
    go_on: &mut dyn FnMut(usize, usize) -> bool,
) -> Option<Cooccurrence> {
    // Those of each source are in order; only whoever is heard in several is out of it.
    in_units.sort_by_key(|in_unit| *in_unit);
    in_units.dedup();
    let lines: Vec<u32> = in_units.iter().map(|(_, line)| *line).collect();
    // Of each line, what stands behind it in each of its units: one row of the answer after the other, so that a row is at hand while it
    // is counted.
    let mut behind: Vec<Vec<(u32, u32)>> = vec![Vec::new(); found.counts.len()];
    let mut at = 0;
    for unit in in_units.chunk_by(|one, other| one.0 == other.0) {
        let end = at + unit.len() as u32;
        for (_, line) in unit {
            at += 1;
            if let Some(behind) = behind.get_mut(*line as usize) {
                behind.push((at, end));
            }
        }
    }
    for (count, units) in found.counts.iter_mut().zip(&behind) {
        *count = units.len() as u32;
    }
    let weights: Vec<usize> = behind.iter().map(|units| units.iter().map(|(from, end)| (end - from) as usize).sum()).collect();
    let rows = in_shares(&weights, go_on, |share, step| {
        let mut counts = vec![0; behind.len()];
        let of_share = behind.get(share.clone()).unwrap_or_default().iter().zip(share).take_while(|_| step());
        of_share.map(|(units, line)| row(&mut counts, units, line, &lines)).collect::<Vec<_>>()
    });
    found.rows = rows?.into_iter().flatten().collect();
    Some(found)
}

/// What a line shares with those after it. `counts` are for every line none, before and after.
fn row(counts: &mut [u32], units: &[(u32, u32)], line: usize, lines: &[u32]) -> Vec<Shared> {
    for (from, end) in units {
        for other in lines.get(*from as usize..*end as usize).unwrap_or_default() {
            if let Some(count) = counts.get_mut(*other as usize) {
                *count += 1;
            }
        }
    }
    let after = counts.get_mut(line + 1..).unwrap_or_default();
    let used = after.iter().rposition(|count| *count > 0).map_or(0, |last| last + 1);
    let after = after.get_mut(..used).unwrap_or_default();
    let row = after.iter().map(|both| Shared { both: *both, ..Shared::default() }).collect();
    after.fill(0);
    row
}
