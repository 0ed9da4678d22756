use std::collections::BTreeSet;

use super::chart::{ChartChoice, chart_axes};
use crate::analysis::matrix::{Axis, Filter, MatrixSpec, Measure, Point};
use crate::study::{AttributeOf, BuiltIn, PATH_SEPARATOR, Role, Study};

/// The views one starts from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Starter {
    /// Cases × the sub-themes of one theme, with their summaries.
    Chart,
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
    pub const ALL: [(Option<Self>, &'static str); 4] = [
        (Some(Self::Chart), "Chart"),
        (Some(Self::Overview), "Overview"),
        (Some(Self::Compare), "Compare"),
        (Some(Self::Counts), "Counts"),
    ];

    /// What it crosses in this study. What the study has no attribute for is left out; without any, cases stand for them.
    #[must_use]
    pub fn spec(self, study: &Study) -> MatrixSpec {
        let attributes = study.attributes();
        let role = |role| attributes.with_role(role).map(|attribute| Axis::Attribute(attribute.id));
        let (group, area) = (role(Role::Group), role(Role::Area));
        let kind = attributes.built_in(BuiltIn::Kind).map(|attribute| Axis::Attribute(attribute.id));
        let or_cases = |columns: Vec<Axis>| if columns.is_empty() { vec![Axis::Cases] } else { columns };
        let (rows, columns, pages) = match self {
            Self::Chart => return chart_axes(),
            Self::Overview => (Axis::Themes, or_cases(group.into_iter().collect()), area),
            Self::Compare => (group.unwrap_or(Axis::Cases), area.into_iter().collect(), Some(Axis::Themes)),
            Self::Counts => (Axis::Themes, or_cases(group.into_iter().chain(area).collect()), kind),
        };
        MatrixSpec { rows: vec![rows], columns, pages: pages.into_iter().collect(), filter: Filter::default() }
    }
}

/// Where an axis stands: how deep it is nested in the rows, the columns or the pages, the outermost being 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Rows.
    Rows(usize),
    /// Columns.
    Columns(usize),
    /// Pages.
    Pages(usize),
}

impl Side {
    const fn level(self) -> usize {
        match self {
            Self::Rows(level) | Self::Columns(level) | Self::Pages(level) => level,
        }
    }
}

/// What the analyst has chosen to see.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// What is crossed and left out.
    pub spec: MatrixSpec,
    /// What the cells count.
    pub measure: Measure,
    /// Whether they show their summaries instead.
    pub summaries: bool,
    /// The page; `None` is the page of all.
    pub page: Option<Vec<Point>>,
    /// Rows that are folded: themes with what is below them, groups with what is in them.
    pub folded: BTreeSet<Vec<Point>>,
    /// Groups of columns folded into their total.
    pub folded_groups: BTreeSet<Vec<Point>>,
    /// Whether each column without participants is shown for itself, not several as one strip.
    pub nobody_shown: bool,
    /// Whether the chart is shown, not figures.
    pub charted: bool,
    /// What is seen of the chart.
    pub chart: ChartChoice,
}

impl Choice {
    /// A starter view of this study.
    #[must_use]
    pub fn new(study: &Study, starter: Starter) -> Self {
        Self {
            spec: starter.spec(study),
            measure: Measure::Participants,
            summaries: false,
            page: None,
            folded: BTreeSet::new(),
            folded_groups: BTreeSet::new(),
            nobody_shown: false,
            charted: starter == Starter::Chart,
            chart: ChartChoice::new(study),
        }
    }

    /// The starter view this is, if it is one with other filters at most.
    #[must_use]
    pub fn starter(&self, study: &Study) -> Option<Starter> {
        if self.charted {
            return Some(Starter::Chart);
        }
        let same = |starter: &Starter| {
            *starter != Starter::Chart && MatrixSpec { filter: self.spec.filter.clone(), ..starter.spec(study) } == self.spec
        };
        Starter::ALL.into_iter().filter_map(|(starter, _)| starter).find(same)
    }

    /// Takes a starter view, with the filters as they are; the chart has none, because a summary is of a whole cell.
    pub fn start(&mut self, study: &Study, starter: Starter) {
        let filter = std::mem::take(&mut self.spec.filter);
        self.charted = starter == Starter::Chart;
        let spec = starter.spec(study);
        self.spec = if self.charted { spec } else { MatrixSpec { filter, ..spec } };
        self.page = None;
    }

    /// Whether it counts and shows the same; the page and what is folded are passing.
    #[must_use]
    pub fn is_as(&self, other: &Self) -> bool {
        let chart = |choice: &Self| choice.charted.then(|| (choice.chart.by.clone(), choice.chart.shown.clone()));
        let seen = |choice: &Self| (choice.measure, choice.summaries, choice.nobody_shown, chart(choice));
        self.spec == other.spec && seen(self) == seen(other)
    }

    /// What the cells show, by its name.
    #[must_use]
    pub fn shows(&self) -> &'static str {
        let measure = MEASURES.iter().find(|(measure, _)| *measure == self.measure);
        if self.summaries { SUMMARIES } else { measure.map_or("", |(_, name)| name) }
    }

    /// Leaves out what the study does not have any more, or does not show.
    pub fn mend(&mut self, study: &Study) {
        self.spec.filter.coder.take_if(|coder| !study.shows(*coder));
        let there = |axis: &Axis| !matches!(axis, Axis::Attribute(id) if study.attributes().get(*id).is_none());
        self.chart.mend(study);
        let spec = &mut self.spec;
        if spec.axes().all(|axis| there(&axis)) {
            return;
        }
        for axes in [&mut spec.rows, &mut spec.columns, &mut spec.pages] {
            axes.retain(there);
        }
        self.page = None;
        self.give_rows();
    }

    /// Sees to it that the rows are not without an axis: one that stands nowhere else, or what the columns have.
    pub fn give_rows(&mut self) {
        if self.spec.rows.is_empty() {
            let free = [Axis::Themes, Axis::Cases].into_iter().find(|axis| self.place_of(*axis).is_none());
            self.spec.rows = free.map_or_else(|| std::mem::take(&mut self.spec.columns), |axis| vec![axis]);
        }
    }

    const fn axes_of(&self, side: Side) -> &Vec<Axis> {
        match side {
            Side::Rows(_) => &self.spec.rows,
            Side::Columns(_) => &self.spec.columns,
            Side::Pages(_) => &self.spec.pages,
        }
    }

    const fn axes_of_mut(&mut self, side: Side) -> &mut Vec<Axis> {
        match side {
            Side::Rows(_) => &mut self.spec.rows,
            Side::Columns(_) => &mut self.spec.columns,
            Side::Pages(_) => &mut self.spec.pages,
        }
    }

    /// The axis at a side.
    #[must_use]
    pub fn at(&self, side: Side) -> Option<Axis> {
        self.axes_of(side).get(side.level()).copied()
    }

    /// Whether an axis is one that `side` is nested in.
    #[must_use]
    pub fn is_round(&self, side: Side, axis: Axis) -> bool {
        self.axes_of(side).iter().take(side.level()).any(|other| *other == axis)
    }

    /// Where an axis stands.
    fn place_of(&self, axis: Axis) -> Option<Side> {
        let sides: [fn(usize) -> Side; 3] = [Side::Rows, Side::Columns, Side::Pages];
        sides.into_iter().find_map(|side| self.axes_of(side(0)).iter().position(|other| *other == axis).map(side))
    }

    /// Puts an axis at a side; where it stood before comes what stood here. Rows are never without one.
    pub fn put(&mut self, side: Side, axis: Option<Axis>) {
        let before = self.at(side);
        if before == axis || (axis.is_none() && side == Side::Rows(0)) {
            return;
        }
        let Some(axis) = axis else {
            self.axes_of_mut(side).truncate(side.level());
            self.page = None;
            return;
        };
        match (self.place_of(axis), before) {
            // Nothing stands here to take its place.
            (Some(Side::Rows(_)), None) if self.spec.rows.len() == 1 => return,
            (Some(other), None) => {
                self.axes_of_mut(other).remove(other.level());
            }
            (Some(other), Some(before)) => self.set(other, before),
            (None, _) => {}
        }
        self.set(side, axis);
        self.page = None;
    }

    fn set(&mut self, side: Side, axis: Axis) {
        let nested = self.axes_of_mut(side);
        match nested.get_mut(side.level()) {
            Some(there) => *there = axis,
            None => nested.push(axis),
        }
    }

    /// Rows become columns and columns rows.
    pub const fn swap(&mut self) {
        if !self.spec.columns.is_empty() {
            std::mem::swap(&mut self.spec.rows, &mut self.spec.columns);
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

/// The names of nested axes in a sentence about many.
#[must_use]
pub fn axes_name(study: &Study, axes: &[Axis]) -> String {
    let name = |axis: &Axis| match axis {
        Axis::Themes => "Themes",
        Axis::Cases => "Cases",
        Axis::Attribute(_) => axis.name(study),
    };
    let names: Vec<_> = axes.iter().map(name).collect();
    if names.is_empty() { "None".to_owned() } else { names.join(PATH_SEPARATOR) }
}

/// What cells show that do not count.
pub const SUMMARIES: &str = "Summaries";

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
        let check_nested = |side: Side, axis: Option<Axis>, rows: &[Axis], columns: &[Axis], pages: &[Axis]| {
            let mut choice = Choice::new(&study, Starter::Counts);
            choice.put(side, axis);
            let MatrixSpec { rows: r, columns: c, pages: p, .. } = choice.spec;
            assert_eq!((r.as_slice(), c.as_slice(), p.as_slice()), (rows, columns, pages), "{side:?} {axis:?}");
        };
        let check = |side: Side, axis: Option<Axis>, rows: Axis, columns: &[Axis], pages: Option<Axis>| {
            check_nested(side, axis, &[rows], columns, pages.as_slice());
        };
        check(Side::Rows(0), Some(Axis::Cases), Axis::Cases, &[group, area], None);
        check(Side::Rows(0), Some(group), group, &[Axis::Themes, area], None);
        check(Side::Columns(0), Some(area), Axis::Themes, &[area, group], None);
        check(Side::Columns(1), None, Axis::Themes, &[group], None);
        check(Side::Pages(0), Some(area), Axis::Themes, &[group], Some(area));
        check(Side::Pages(0), Some(Axis::Themes), Axis::Themes, &[group, area], None);
        check(Side::Rows(0), None, Axis::Themes, &[group, area], None);
        check_nested(Side::Rows(1), Some(Axis::Cases), &[Axis::Themes, Axis::Cases], &[group, area], &[]);
        check_nested(Side::Rows(1), Some(group), &[Axis::Themes, group], &[area], &[]);
        check_nested(Side::Pages(1), Some(group), &[Axis::Themes], &[area], &[group]);
        check_nested(Side::Columns(2), Some(group), &[Axis::Themes], &[area, group], &[]);
        check_nested(Side::Columns(2), Some(Axis::Themes), &[Axis::Themes], &[group, area], &[]);
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

    #[test]
    fn swapping_twice_changes_nothing() {
        let mut builder = Builder::new();
        let group = Axis::Attribute(builder.attribute("Group", AttributeOf::Cases, Some(Role::Group), None));
        let area = Axis::Attribute(builder.attribute("Area", AttributeOf::Cases, Some(Role::Area), None));
        let before = Choice::new(&builder.study(), Starter::Counts);
        let mut choice = before.clone();
        choice.swap();
        assert_eq!((choice.spec.rows.as_slice(), choice.spec.columns.as_slice()), (&[group, area][..], &[Axis::Themes][..]));
        choice.swap();
        assert_eq!(choice, before);
    }

    #[test]
    fn an_attribute_that_goes_leaves_the_rest_of_the_view() {
        let mut builder = Builder::new();
        let group = Axis::Attribute(builder.attribute("Group", AttributeOf::Cases, Some(Role::Group), None));
        let with = builder.study();
        let mut choice = Choice::new(&with, Starter::Counts);
        choice.swap();
        choice.measure = Measure::Words;
        let before = choice.clone();
        choice.mend(&with);
        assert_eq!((&choice, before.spec.rows.as_slice()), (&before, &[group][..]));
        choice.mend(&Builder::new().study());
        assert_eq!((choice.spec.rows.as_slice(), choice.spec.columns.as_slice()), (&[Axis::Cases][..], &[Axis::Themes][..]));
        assert_eq!(choice.measure, Measure::Words);
    }
}
