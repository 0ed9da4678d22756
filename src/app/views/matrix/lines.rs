use std::collections::BTreeSet;

use crate::analysis::matrix::{Matrix, Point};
use crate::study::{Codebook, ThemeId};

/// A row of the grid as it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Row of the matrix.
    pub row: usize,
    /// What it stands for.
    pub point: Point,
    /// How deep its theme lies.
    pub depth: usize,
    /// For a theme with sub-themes whether they are shown.
    pub open: Option<bool>,
}

impl Line {
    /// Whether its cells hold what the rows below show in parts: they are then not tinted.
    #[must_use]
    pub fn is_sum(&self) -> bool {
        self.open == Some(true)
    }
}

/// The rows of a matrix that are not folded away.
#[must_use]
pub fn lines(matrix: &Matrix, codebook: &Codebook, folded: &BTreeSet<ThemeId>) -> Vec<Line> {
    let mut lines = Vec::with_capacity(matrix.rows.len());
    // Rows deeper than this are folded away.
    let mut hidden_below = usize::MAX;
    for (row, head) in matrix.rows.iter().enumerate() {
        let Some(point) = head.points.first().copied() else { continue };
        if head.depth > hidden_below {
            continue;
        }
        hidden_below = usize::MAX;
        let open = match point {
            Point::Theme(theme) if has_children(codebook, theme) => Some(!folded.contains(&theme)),
            _ => None,
        };
        if open == Some(false) {
            hidden_below = head.depth;
        }
        lines.push(Line { row, point, depth: head.depth, open });
    }
    lines
}

fn has_children(codebook: &Codebook, theme: ThemeId) -> bool {
    let line = codebook.line(theme);
    line.is_some_and(|line| codebook.outline().get(line).is_some_and(|row| row.end > line + 1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::matrix::{Axis, Filter, MatrixSpec, matrix};
    use crate::analysis::testing::{Builder, values};
    use crate::text::Voice;

    #[test]
    fn folding_hides_sub_themes_and_this_level_only() {
        let mut builder = Builder::new();
        let coder = builder.coder("Elspeth");
        let top = builder.theme(None, "Partnership");
        let below = builder.theme(Some(top), "Sharing");
        builder.theme(Some(below), "Records");
        let last = builder.theme(None, "Money");
        let put = builder.source("A", None, values(&[]), &[(None, Voice::Participant, "We share.")]);
        builder.code(&put, put.span("We share"), top, coder);
        let study = builder.study();
        let spec = MatrixSpec { rows: Axis::Themes, columns: vec![Axis::Cases], pages: None, filter: Filter::default() };
        let matrix = matrix(&study, &spec).unwrap();
        let check = |folded: &[ThemeId], expected: &[(Point, Option<bool>)]| {
            let lines = lines(&matrix, study.codebook(), &folded.iter().copied().collect());
            let found: Vec<_> = lines.iter().map(|line| (line.point, line.open)).collect();
            assert_eq!(found, expected);
        };
        let records = study.codebook().child_named(Some(below), "records").unwrap();
        check(
            &[],
            &[
                (Point::Theme(top), Some(true)),
                (Point::ThemeOnly(top), None),
                (Point::Theme(below), Some(true)),
                (Point::Theme(records), None),
                (Point::Theme(last), None),
            ],
        );
        check(
            &[below, last],
            &[
                (Point::Theme(top), Some(true)),
                (Point::ThemeOnly(top), None),
                (Point::Theme(below), Some(false)),
                (Point::Theme(last), None),
            ],
        );
        check(&[top], &[(Point::Theme(top), Some(false)), (Point::Theme(last), None)]);
    }
}
