use std::collections::BTreeMap;

use super::axis::Point;
use super::spec::{Axis, Filter, MatrixSpec};
use super::table::{CellAt, CellKey, Head, Matrix};
use crate::study::{Crossed, Crossing};

/// The cell of these points as something one writes about.
fn crossing_of<'p>(points: impl Iterator<Item = (&'p Axis, &'p Point)>) -> Option<Crossing> {
    let (mut theme, mut case, mut values) = (None, None, BTreeMap::new());
    for (axis, point) in points {
        match (axis, point) {
            (Axis::Themes, Point::Theme(id)) => theme = Some(*id),
            (Axis::Cases, Point::Case(Some(id))) => case = Some(*id),
            (Axis::Attribute(attribute), Point::Value(value)) => _ = values.insert(*attribute, *value),
            _ => return None,
        }
    }
    Some(Crossing { theme: theme?, of: case.map_or(Crossed::Values(values), Crossed::Case) })
}

impl Matrix {
    /// The cell or total at a place as something one writes about, as [`CellAt::crossing`].
    #[must_use]
    pub fn crossing(&self, page: usize, row: Option<usize>, column: Option<usize>) -> Option<Crossing> {
        let points = |heads: &'_ [Head], at: Option<usize>| at.and_then(|at| heads.get(at)).map(|head| head.points.clone());
        let sides = [
            (&self.spec.rows, points(&self.rows, row)),
            (&self.spec.columns, points(&self.columns, column)),
            (&self.spec.pages, points(&self.pages, Some(page))),
        ];
        crossing_of(sides.iter().flat_map(|(axes, points)| axes.iter().zip(points.iter().flatten())))
    }
}

impl CellAt {
    /// The cell as something one writes about; `None` where it is of no theme, of a theme without those below it, or of people
    /// who are not stated. A case says all that is to be said of who speaks: values beside it are left out.
    #[must_use]
    pub fn crossing(&self) -> Option<Crossing> {
        crossing_of(self.points())
    }

    /// What the cell stands for on each axis; a total has no point on the axes that it is a total of.
    pub fn points(&self) -> impl Iterator<Item = (&Axis, &Point)> {
        let CellAt { spec, key } = self;
        let sides = [(&spec.rows, &key.row), (&spec.columns, &key.column), (&spec.pages, &key.page)];
        sides.into_iter().flat_map(|(axes, points)| axes.iter().zip(points.iter().flatten()))
    }

    /// The cell that a crossing is in a matrix of themes by what they are crossed with.
    #[must_use]
    pub fn of(crossing: &Crossing, filter: Filter) -> Self {
        let (columns, column): (Vec<Axis>, Vec<Point>) = match &crossing.of {
            Crossed::Case(case) => (vec![Axis::Cases], vec![Point::Case(Some(*case))]),
            Crossed::Values(values) => values.iter().map(|(attribute, value)| (Axis::Attribute(*attribute), Point::Value(*value))).unzip(),
        };
        let key =
            CellKey { page: None, row: Some(vec![Point::Theme(crossing.theme)]), column: Some(column).filter(|points| !points.is_empty()) };
        Self { spec: MatrixSpec { rows: vec![Axis::Themes], columns, pages: Vec::new(), filter }, key }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::study::{AttributeId, CaseId, ThemeId, ValueId};

    #[test]
    fn a_cell_is_the_same_crossing_in_every_arrangement() {
        let (theme, group, area) = (ThemeId::new(), AttributeId::new(), AttributeId::new());
        let (managers, fife) = (Point::Value(Some(ValueId::new())), Point::Value(None));
        let at = |rows: &[Axis], columns: &[Axis], pages: &[Axis], row: &[Point], column: &[Point], page: &[Point]| CellAt {
            spec: MatrixSpec { rows: rows.to_vec(), columns: columns.to_vec(), pages: pages.to_vec(), filter: Filter::default() },
            key: CellKey {
                row: Some(row.to_vec()),
                column: Some(column.to_vec()).filter(|points| !points.is_empty()),
                page: Some(page.to_vec()).filter(|points| !points.is_empty()),
            },
        };
        let (group, area) = (Axis::Attribute(group), Axis::Attribute(area));
        let theme = Point::Theme(theme);
        let paged = at(&[Axis::Themes], &[group], &[area], &[theme], &[managers], &[fife]).crossing().unwrap();
        let nested = at(&[group, area], &[Axis::Themes], &[], &[managers, fife], &[theme], &[]).crossing().unwrap();
        assert_eq!(paged, nested);
        let back = CellAt::of(&paged, Filter::default());
        assert_eq!(back.crossing(), Some(paged.clone()));
        let total = at(&[Axis::Themes], &[group], &[area], &[theme], &[managers], &[]).crossing().unwrap();
        assert_ne!(total, paged, "the page of all is another cell");

        let case = Point::Case(Some(CaseId::new()));
        let of_case = at(&[Axis::Cases], &[Axis::Themes], &[group], &[case], &[theme], &[managers]).crossing().unwrap();
        assert_eq!(of_case, at(&[Axis::Themes], &[Axis::Cases], &[], &[theme], &[case], &[]).crossing().unwrap());
        assert_eq!(CellAt::of(&of_case, Filter::default()).crossing(), Some(of_case));

        for row in [Point::ThemeOnly(ThemeId::new()), managers] {
            assert_eq!(at(&[Axis::Themes], &[group], &[], &[row], &[managers], &[]).crossing(), None);
        }
        assert_eq!(at(&[Axis::Themes], &[Axis::Cases], &[], &[theme], &[Point::Case(None)], &[]).crossing(), None);
    }
}
