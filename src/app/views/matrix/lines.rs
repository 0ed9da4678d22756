use std::collections::BTreeSet;

use super::counted::{At, Counted};
use crate::analysis::matrix::{Head, Point};
use crate::study::Codebook;

/// A row of the grid as it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Which row it is.
    pub at: At,
    /// What it stands for.
    pub points: Vec<Point>,
    /// How deep it stands: below groups, and a theme below those above it.
    pub depth: usize,
    /// For a group, or a theme with sub-themes, whether what is below it is shown.
    pub open: Option<bool>,
}

impl Line {
    /// Whether its cells hold what the rows below show in parts: they are then not tinted.
    #[must_use]
    pub fn is_sum(&self) -> bool {
        self.open == Some(true)
    }

    /// Whether it stands over other rows, shown or folded away, or is a theme of the first level.
    #[must_use]
    pub fn is_parent(&self) -> bool {
        self.open.is_some() || (self.depth == 0 && matches!(self.point(), Some(Point::Theme(_))))
    }

    /// What it stands for within its groups.
    #[must_use]
    pub fn point(&self) -> Option<Point> {
        self.points.last().copied()
    }
}

/// The rows of a matrix that are not folded away.
#[must_use]
pub fn lines(counted: &Counted, codebook: &Codebook, folded: &BTreeSet<Vec<Point>>) -> Vec<Line> {
    let mut lines = Lines { codebook, folded, shown: Vec::with_capacity(counted.matrix.rows.len()) };
    let rows = || counted.matrix.rows.iter().enumerate().map(|(at, head)| (At::Leaf(at), head));
    match &counted.row_groups {
        None => lines.add(rows(), 0, |_, _, _| ()),
        Some(groups) => {
            let heads = groups.rows.iter().enumerate().map(|(at, head)| (At::Group(at), head));
            lines.add(heads, 0, |lines, group, depth| {
                lines.add(rows().filter(|(_, head)| head.points.starts_with(&group.points)), depth, |_, _, _| ());
            });
        }
    }
    lines.shown
}

struct Lines<'a> {
    codebook: &'a Codebook,
    folded: &'a BTreeSet<Vec<Point>>,
    shown: Vec<Line>,
}

impl Lines<'_> {
    /// Adds heads from `depth` on, and with `inside` what is in those that are open groups.
    fn add<'h>(&mut self, heads: impl Iterator<Item = (At, &'h Head)>, depth: usize, inside: impl Fn(&mut Self, &Head, usize)) {
        // Themes deeper than this are folded away.
        let mut hidden_below = usize::MAX;
        for (at, head) in heads {
            let own = self.depth(head);
            if own > hidden_below {
                continue;
            }
            let is_group = matches!(at, At::Group(_));
            let open = (is_group || self.has_children(head)).then(|| !self.folded.contains(&head.points));
            hidden_below = if open == Some(false) { own } else { usize::MAX };
            self.shown.push(Line { at, points: head.points.clone(), depth: depth + own, open });
            if is_group && open == Some(true) {
                inside(self, head, depth + own + 1);
            }
        }
    }

    /// How many themes there are above its theme, one more for a theme's own level; 0 for anything else.
    fn depth(&self, head: &Head) -> usize {
        let depth = |theme| self.codebook.line(theme).and_then(|line| self.codebook.outline().get(line)).map_or(0, |row| row.depth);
        match head.points.last() {
            Some(Point::Theme(theme)) => depth(*theme),
            Some(Point::ThemeOnly(theme)) => depth(*theme) + 1,
            _ => 0,
        }
    }

    fn has_children(&self, head: &Head) -> bool {
        let Some(Point::Theme(theme)) = head.points.last() else { return false };
        let line = self.codebook.line(*theme);
        line.is_some_and(|line| self.codebook.outline().get(line).is_some_and(|row| row.end > line + 1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::matrix::{Axis, Filter, MatrixSpec};
    use crate::analysis::testing::{Builder, values};
    use crate::study::{AttributeOf, CaseKind, Role, ThemeId};
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
        let spec = MatrixSpec { rows: vec![Axis::Themes], columns: vec![Axis::Cases], pages: Vec::new(), filter: Filter::default() };
        let counted = Counted::new(&study, &spec).unwrap();
        let check = |folded: &[ThemeId], expected: &[(Point, Option<bool>)]| {
            let lines = lines(&counted, study.codebook(), &folded.iter().map(|theme| vec![Point::Theme(*theme)]).collect());
            let found: Vec<_> = lines.iter().map(|line| (line.points[0], line.open)).collect();
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

    #[test]
    fn groups_of_rows_stand_over_their_rows_and_fold_with_what_is_in_them() {
        let mut builder = Builder::new();
        let coder = builder.coder("Elspeth");
        let group = builder.attribute("Group", AttributeOf::Cases, Some(Role::Group), None);
        let leads = builder.value(group, "Leads");
        let top = builder.theme(None, "Partnership");
        let below = builder.theme(Some(top), "Sharing");
        let case = builder.case("A", CaseKind::Person, values(&[(group, leads)]));
        let put = builder.source("A", Some(case), values(&[]), &[(None, Voice::Participant, "We share.")]);
        builder.code(&put, put.span("We share"), below, coder);
        let study = builder.study();
        let (lead, above, sharing) = (Point::Value(Some(leads)), Point::Theme(top), Point::Theme(below));
        let check = |rows: [Axis; 2], folded: &[&[Point]], expected: &[(&[Point], usize, Option<bool>, u32)]| {
            let spec = MatrixSpec { rows: rows.to_vec(), columns: Vec::new(), pages: Vec::new(), filter: Filter::default() };
            let counted = Counted::new(&study, &spec).unwrap();
            let folded = folded.iter().map(|points| points.to_vec()).collect();
            let lines = lines(&counted, study.codebook(), &folded);
            let cell = |line: &Line| counted.cell(0, line.at, At::Total).unwrap().passages;
            let found: Vec<_> = lines.iter().map(|line| (line.points.as_slice(), line.depth, line.open, cell(line))).collect();
            assert_eq!(found, expected, "{rows:?}");
        };
        let (groups, themes) = (Axis::Attribute(group), Axis::Themes);
        let open = Some(true);
        check([groups, themes], &[], &[(&[lead], 0, open, 1), (&[lead, above], 1, open, 1), (&[lead, sharing], 2, None, 1)]);
        check([groups, themes], &[&[lead, above]], &[(&[lead], 0, open, 1), (&[lead, above], 1, Some(false), 1)]);
        check([groups, themes], &[&[lead]], &[(&[lead], 0, Some(false), 1)]);
        let inside: &[Point] = &[above, lead];
        let below: &[Point] = &[sharing, lead];
        check([themes, groups], &[], &[(&[above], 0, open, 1), (inside, 1, None, 1), (&[sharing], 1, open, 1), (below, 2, None, 1)]);
        check([themes, groups], &[&[above]], &[(&[above], 0, Some(false), 1)]);
    }
}
