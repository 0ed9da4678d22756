use std::collections::BTreeSet;

use super::choice::Under;
use crate::analysis::chart::{Chart, ChartRow};

/// A line of the chart as it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Line {
    /// The head of a group of cases.
    Group {
        /// Under which values they stand, up to this group's own.
        under: Under,
        /// Whether they are shown.
        open: bool,
        /// The rows in it.
        rows: std::ops::Range<usize>,
        /// How many of its cells are charted, and how many there are.
        charted: (usize, usize),
    },
    /// A case: which row of the chart, and its place in its innermost group with how many stand there.
    Case {
        /// The row.
        row: usize,
        /// Its place in the group, from 0.
        place: usize,
        /// How many there are in the group.
        of: usize,
    },
}

/// The lines of a chart that are not folded away. `levels` is by how many attributes it is grouped.
#[must_use]
pub fn lines(chart: &Chart, levels: usize, folded: &BTreeSet<Under>) -> Vec<Line> {
    let mut found = Vec::with_capacity(chart.rows.len());
    add(&mut found, chart, 0..chart.rows.len(), (0, levels), folded);
    found
}

fn add(found: &mut Vec<Line>, chart: &Chart, rows: std::ops::Range<usize>, (level, levels): (usize, usize), folded: &BTreeSet<Under>) {
    let of = rows.len();
    if level == levels {
        found.extend(rows.enumerate().map(|(place, row)| Line::Case { row, place, of }));
        return;
    }
    let all = chart.rows.get(rows.clone()).unwrap_or_default();
    let mut from = rows.start;
    let value = |row: &ChartRow| row.under.get(level).copied().flatten();
    for group in all.chunk_by(|one, other| value(one) == value(other)) {
        let under: Under = group.first().map(|row| row.under.iter().take(level + 1).copied().collect()).unwrap_or_default();
        let open = !folded.contains(&under);
        let inside = from..from + group.len();
        from = inside.end;
        found.push(Line::Group { under, open, rows: inside.clone(), charted: Chart::charted(group) });
        if open {
            add(found, chart, inside, (level + 1, levels), folded);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::study::{CaseId, ValueId};

    #[test]
    fn groups_stand_over_their_cases_and_fold() {
        let values = [ValueId::new(), ValueId::new()].map(Some);
        let row = |under: &[Option<ValueId>]| ChartRow { case: CaseId::new(), under: under.to_vec(), status: None, cells: vec![] };
        let rows = vec![row(&[values[0], values[1]]), row(&[values[0], None]), row(&[values[0], None]), row(&[None, None])];
        let chart = Chart { rows, ..Chart::default() };
        let shape = |levels, folded: &[Under]| -> Vec<String> {
            let told = |line: &Line| match line {
                Line::Group { under, open, rows, .. } => format!("{}{}{rows:?}", under.len(), if *open { "v" } else { ">" }),
                Line::Case { row, place, of } => format!("{row}: {place}/{of}"),
            };
            lines(&chart, levels, &folded.iter().cloned().collect()).iter().map(told).collect()
        };
        assert_eq!(shape(0, &[]), ["0: 0/4", "1: 1/4", "2: 2/4", "3: 3/4"]);
        assert_eq!(shape(1, &[vec![values[0]]]), ["1>0..3", "1v3..4", "3: 0/1"]);
        assert_eq!(
            shape(2, &[vec![values[0], values[1]]]),
            ["1v0..3", "2>0..1", "2v1..3", "1: 0/2", "2: 1/2", "1v3..4", "2v3..4", "3: 0/1"]
        );
    }
}
