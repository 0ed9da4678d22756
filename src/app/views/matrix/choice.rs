use std::collections::BTreeSet;

use crate::analysis::matrix::{Axis, Filter, MatrixSpec, Measure, Point};
use crate::study::{AttributeOf, BuiltIn, Role, Study, ThemeId};

/// The views one starts from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Starter {
    /// Themes × groups, areas as pages.
    Overview,
    /// One theme a page, groups × areas.
    Compare,
    /// Themes × group › area.
    #[default]
    Counts,
}

impl Starter {
    /// Every one with its name.
    pub const ALL: [(Option<Self>, &'static str); 3] =
        [(Some(Self::Overview), "Overview"), (Some(Self::Compare), "Compare"), (Some(Self::Counts), "Counts")];

    /// What it crosses in this study. What the study has no attribute for is left out; without any, cases stand for them.
    #[must_use]
    pub fn spec(self, study: &Study) -> MatrixSpec {
        let attributes = study.attributes();
        let role = |role| attributes.with_role(role).map(|attribute| Axis::Attribute(attribute.id));
        let (group, area) = (role(Role::Group), role(Role::Area));
        let kind = attributes.built_in(BuiltIn::Kind).map(|attribute| Axis::Attribute(attribute.id));
        let or_cases = |columns: Vec<Axis>| if columns.is_empty() { vec![Axis::Cases] } else { columns };
        let (rows, columns, pages) = match self {
            Self::Overview => (Axis::Themes, or_cases(group.into_iter().collect()), area),
            Self::Compare => (group.unwrap_or(Axis::Cases), area.into_iter().collect(), Some(Axis::Themes)),
            Self::Counts => (Axis::Themes, or_cases(group.into_iter().chain(area).collect()), kind),
        };
        MatrixSpec { rows, columns, pages, filter: Filter::default() }
    }
}

/// Where an axis stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Rows.
    Rows,
    /// Columns, the outermost being 0.
    Columns(usize),
    /// Pages.
    Pages,
}

/// What the analyst has chosen to see.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// What is crossed and left out.
    pub spec: MatrixSpec,
    /// What the cells show.
    pub measure: Measure,
    /// The page; `None` is the page of all.
    pub page: Option<Point>,
    /// Themes whose sub-themes are folded away.
    pub folded: BTreeSet<ThemeId>,
    /// Groups of columns folded into their total.
    pub folded_groups: BTreeSet<Vec<Point>>,
}

impl Choice {
    /// A starter view of this study.
    #[must_use]
    pub fn new(study: &Study, starter: Starter) -> Self {
        Self {
            spec: starter.spec(study),
            measure: Measure::Participants,
            page: None,
            folded: BTreeSet::new(),
            folded_groups: BTreeSet::new(),
        }
    }

    /// The starter view this is, if it is one with other filters at most.
    #[must_use]
    pub fn starter(&self, study: &Study) -> Option<Starter> {
        let same = |starter: &Starter| MatrixSpec { filter: self.spec.filter.clone(), ..starter.spec(study) } == self.spec;
        Starter::ALL.into_iter().filter_map(|(starter, _)| starter).find(same)
    }

    /// Takes a starter view, with the filters as they are.
    pub fn start(&mut self, study: &Study, starter: Starter) {
        let filter = std::mem::take(&mut self.spec.filter);
        self.spec = MatrixSpec { filter, ..starter.spec(study) };
        self.page = None;
    }

    /// Leaves out what the study does not have any more.
    pub fn mend(&mut self, study: &Study) {
        let gone = |axis: Axis| matches!(axis, Axis::Attribute(id) if study.attributes().get(id).is_none());
        if self.spec.axes().any(gone) {
            self.start(study, Starter::default());
        }
    }

    /// The axis at a side.
    #[must_use]
    pub fn at(&self, side: Side) -> Option<Axis> {
        match side {
            Side::Rows => Some(self.spec.rows),
            Side::Columns(level) => self.spec.columns.get(level).copied(),
            Side::Pages => self.spec.pages,
        }
    }

    /// Puts an axis at a side; where it stood before comes what stood here. Rows are never without one.
    pub fn put(&mut self, side: Side, axis: Option<Axis>) {
        let before = self.at(side);
        if before == axis || (axis.is_none() && side == Side::Rows) {
            return;
        }
        let sides = [Side::Rows, Side::Pages].into_iter().chain((0..self.spec.columns.len()).map(Side::Columns));
        let other = sides.filter(|_| axis.is_some()).find(|other| self.at(*other) == axis);
        match other {
            // Rows take what stands here; if nothing does, the two cannot change places.
            Some(Side::Rows) if before.is_none() => return,
            Some(other) => self.set(other, before),
            None => {}
        }
        self.set(side, axis);
        self.spec.columns.dedup();
        self.page = None;
    }

    fn set(&mut self, side: Side, axis: Option<Axis>) {
        match (side, axis) {
            (Side::Rows, Some(axis)) => self.spec.rows = axis,
            (Side::Rows, None) => {}
            (Side::Pages, axis) => self.spec.pages = axis,
            (Side::Columns(level), Some(axis)) => match self.spec.columns.get_mut(level) {
                Some(there) => *there = axis,
                None => self.spec.columns.push(axis),
            },
            (Side::Columns(level), None) => self.spec.columns.truncate(level),
        }
    }

    /// Rows become columns, the outermost columns rows.
    pub fn swap(&mut self) {
        if let Some(columns) = self.spec.columns.first_mut() {
            std::mem::swap(&mut self.spec.rows, columns);
        }
    }
}

/// Every axis of a study with its name: themes, cases, the attributes of cases and those of sources.
#[must_use]
pub fn axes(study: &Study) -> Vec<(Axis, String)> {
    let attributes = [AttributeOf::Cases, AttributeOf::Sources].into_iter().flat_map(|of| study.attributes().of(of));
    let mut all = vec![(Axis::Themes, "Themes".to_owned()), (Axis::Cases, "Cases".to_owned())];
    all.extend(attributes.map(|attribute| (Axis::Attribute(attribute.id), attribute.name.clone())));
    all
}

/// The name of an axis in a sentence about many.
#[must_use]
pub fn axis_name(study: &Study, axis: Axis) -> &str {
    match axis {
        Axis::Themes => "Themes",
        Axis::Cases => "Cases",
        Axis::Attribute(_) => axis.name(study),
    }
}

/// The measures with their names, in the order they are offered.
pub const MEASURES: [(Measure, &str); 6] = [
    (Measure::Participants, "Participants"),
    (Measure::Passages, "Passages"),
    (Measure::Codings, "Codings"),
    (Measure::Words, "Words"),
    (Measure::ShareOfRow, "Share of row"),
    (Measure::ShareOfColumn, "Share of column"),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::testing::Builder;

    #[test]
    fn an_axis_is_never_in_two_places() {
        let mut builder = Builder::new();
        let group = Axis::Attribute(builder.attribute("Group", AttributeOf::Cases, Some(Role::Group), None));
        let area = Axis::Attribute(builder.attribute("Area", AttributeOf::Cases, Some(Role::Area), None));
        let study = builder.study();
        let check = |side: Side, axis: Option<Axis>, rows: Axis, columns: &[Axis], pages: Option<Axis>| {
            let mut choice = Choice::new(&study, Starter::Counts);
            choice.put(side, axis);
            let MatrixSpec { rows: r, columns: c, pages: p, .. } = choice.spec;
            assert_eq!((r, c.as_slice(), p), (rows, columns, pages), "{side:?} {axis:?}");
        };
        check(Side::Rows, Some(Axis::Cases), Axis::Cases, &[group, area], None);
        check(Side::Rows, Some(group), group, &[Axis::Themes, area], None);
        check(Side::Columns(0), Some(area), Axis::Themes, &[area, group], None);
        check(Side::Columns(1), None, Axis::Themes, &[group], None);
        check(Side::Pages, Some(area), Axis::Themes, &[group], Some(area));
        check(Side::Pages, Some(Axis::Themes), Axis::Themes, &[group, area], None);
        check(Side::Rows, None, Axis::Themes, &[group, area], None);
    }

    #[test]
    fn starters_are_known_again_under_filters() {
        let mut builder = Builder::new();
        builder.attribute("Group", AttributeOf::Cases, Some(Role::Group), None);
        builder.attribute("Area", AttributeOf::Cases, Some(Role::Area), None);
        let study = builder.study();
        for (starter, _) in Starter::ALL {
            let mut choice = Choice::new(&study, starter.unwrap());
            choice.spec.filter.quote_marked = true;
            assert_eq!(choice.starter(&study), starter);
        }
    }
}
