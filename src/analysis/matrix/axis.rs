use std::collections::HashMap;

use super::spec::{Axis, SpecError};
use crate::study::{AttributeId, AttributeOf, Case, CaseId, Codebook, Study, ThemeId, ValueId, Values};

/// One place on an axis.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Point {
    /// A theme with all below it.
    Theme(ThemeId),
    /// A theme that has sub-themes, without them: *(this level only)*.
    ThemeOnly(ThemeId),
    /// A case; `None` is *Not stated*.
    Case(Option<CaseId>),
    /// A value of the axis' attribute; `None` is *Not stated*.
    Value(Option<ValueId>),
}

impl Point {
    /// Whether the study has what it stands for.
    #[must_use]
    pub fn is_in(self, study: &Study) -> bool {
        match self {
            Self::Theme(theme) | Self::ThemeOnly(theme) => study.codebook().get(theme).is_some(),
            Self::Case(case) => case.is_none_or(|case| study.case(case).is_some()),
            Self::Value(value) => value.is_none_or(|value| study.attributes().value(value).is_some()),
        }
    }

    /// Whether it is *Not stated*.
    #[must_use]
    pub const fn is_not_stated(self) -> bool {
        matches!(self, Self::Case(None) | Self::Value(None))
    }

    /// How it is called, a theme by its name alone; `None` is *Not stated*.
    pub(super) fn name(self, study: &Study) -> Option<String> {
        match self {
            Self::Theme(theme) => Some(study.codebook().get(theme).map(|theme| theme.name.clone()).unwrap_or_default()),
            Self::ThemeOnly(_) => Some("(this level only)".to_owned()),
            Self::Case(case) => case.and_then(|case| study.case(case)).map(|case| case.label.clone()),
            Self::Value(value) => value.map(|value| study.attributes().value_name(value).to_owned()),
        }
    }
}

/// Whose property decides where on an axis something lies.
#[derive(Clone, Copy)]
enum By {
    Theme,
    Case,
    Source,
}

/// Somewhere in the matrix: a theme said by a case in a source, all as dense indices.
#[derive(Clone, Copy, Debug)]
pub(super) struct Seat {
    /// Line of the outline; `None` for somebody who may speak on any theme.
    pub theme: Option<usize>,
    /// Place among the cases, or their number for *Not stated*.
    pub case: usize,
    /// Place among the sources.
    pub source: usize,
}

/// An axis of one study, with the points on which each theme, case or source lies.
struct AxisPoints {
    points: Vec<Point>,
    by: By,
    /// For each theme, case or source the indices of its points.
    lies_on: Vec<Vec<u32>>,
    /// The indices of all points.
    all: Vec<u32>,
}

impl AxisPoints {
    /// `cases` in the order of their dense indices.
    fn new(study: &Study, cases: &[&Case], axis: Axis) -> Result<Self, SpecError> {
        Ok(match axis {
            Axis::Themes => Self::themes(study.codebook()),
            Axis::Cases => {
                let points = cases.iter().map(|case| Point::Case(Some(case.id))).chain([Point::Case(None)]).collect();
                Self::with(points, By::Case, (0..=index(cases.len())).map(|at| vec![at]).collect())
            }
            Axis::Attribute(id) => {
                let attribute = study.attributes().get(id).ok_or(SpecError::NoSuchAttribute(id))?;
                let values: Vec<ValueId> = study.attributes().values_of(id).into_iter().map(|value| value.id).collect();
                let places: HashMap<ValueId, u32> = values.iter().enumerate().map(|(at, value)| (*value, index(at))).collect();
                let not_stated = index(values.len());
                let on = |of: &Values| on_values(of, id, &places, not_stated);
                let (by, lies_on) = match attribute.of {
                    AttributeOf::Cases => {
                        (By::Case, cases.iter().map(|case| on(&case.values)).chain([vec![not_stated]]).collect::<Vec<_>>())
                    }
                    AttributeOf::Sources => (By::Source, study.materials().iter().map(|material| on(&material.source.values)).collect()),
                };
                Self::with(values.into_iter().map(Some).chain([None]).map(Point::Value).collect(), by, lies_on)
            }
        })
    }

    fn with(points: Vec<Point>, by: By, lies_on: Vec<Vec<u32>>) -> Self {
        let all = (0..index(points.len())).collect();
        Self { points, by, lies_on, all }
    }

    /// Every theme, and after each that has sub-themes the theme without them.
    fn themes(codebook: &Codebook) -> Self {
        let mut points = Vec::new();
        let mut lies_on: Vec<Vec<u32>> = Vec::new();
        // The points of the themes above the line at hand, by depth.
        let mut above: Vec<u32> = Vec::new();
        for (line, row) in codebook.outline().iter().enumerate() {
            above.truncate(row.depth);
            above.push(index(points.len()));
            points.push(Point::Theme(row.theme));
            let mut on = above.clone();
            if row.end > line + 1 {
                on.push(index(points.len()));
                points.push(Point::ThemeOnly(row.theme));
            }
            lies_on.push(on);
        }
        Self::with(points, By::Theme, lies_on)
    }

    /// The indices of the points on which `seat` lies.
    fn of(&self, seat: Seat) -> &[u32] {
        let at = match self.by {
            By::Theme => match seat.theme {
                Some(line) => line,
                None => return &self.all,
            },
            By::Case => seat.case,
            By::Source => seat.source,
        };
        self.lies_on.get(at).map_or(&[], Vec::as_slice)
    }

    fn position(&self, point: Point) -> Option<usize> {
        self.points.iter().position(|other| *other == point)
    }
}

fn on_values(of: &Values, attribute: AttributeId, places: &HashMap<ValueId, u32>, not_stated: u32) -> Vec<u32> {
    let values = of.get(&attribute).into_iter().flatten();
    let mut on: Vec<u32> = values.filter_map(|value| places.get(value).copied()).collect();
    if on.is_empty() {
        on.push(not_stated);
    }
    on
}

/// The axes of the rows, the columns or the pages, nested in one another.
///
/// The combinations of their points have dense indices, the outermost axis being the slowest; the one after the last is the
/// total. Without any axis there are none.
pub(super) struct Nest {
    axes: Vec<AxisPoints>,
    /// Number of combinations, shown or not.
    pub count: usize,
}

impl Nest {
    /// `cases` in the order of their dense indices.
    pub fn new(study: &Study, cases: &[&Case], axes: &[Axis]) -> Result<Self, SpecError> {
        let axes: Vec<AxisPoints> = axes.iter().map(|axis| AxisPoints::new(study, cases, *axis)).collect::<Result<_, _>>()?;
        let nested = axes.iter().try_fold(1usize, |count, axis| count.checked_mul(axis.points.len())).ok_or(SpecError::TooLarge)?;
        let count = if axes.is_empty() { 0 } else { nested };
        Ok(Self { axes, count })
    }

    /// The indices of the combinations in which `seat` lies.
    pub fn of(&self, seat: Seat) -> Vec<usize> {
        let mut on = if self.axes.is_empty() { Vec::new() } else { vec![0] };
        for axis in &self.axes {
            let inner = axis.of(seat);
            on = on.iter().flat_map(|outer| inner.iter().map(move |at| outer * axis.points.len() + *at as usize)).collect();
        }
        on
    }

    /// The index of a combination, of which `points` has one of each axis.
    pub fn position(&self, points: &[Point]) -> Option<usize> {
        if points.len() != self.axes.len() || points.is_empty() {
            return None;
        }
        self.axes.iter().zip(points).try_fold(0, |at, (axis, point)| Some(at * axis.points.len() + axis.position(*point)?))
    }

    /// The points of every combination in order.
    pub fn combinations(&self) -> Vec<Vec<Point>> {
        let mut all: Vec<Vec<Point>> = if self.axes.is_empty() { Vec::new() } else { vec![Vec::new()] };
        for axis in &self.axes {
            all =
                all.iter().flat_map(|outer| axis.points.iter().map(move |point| outer.iter().copied().chain([*point]).collect())).collect();
        }
        all
    }
}

/// A place in a list as a dense index; lists here are far shorter than 2³².
fn index(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}
