//! Which summary belongs to a cell that is seen.

use std::collections::BTreeMap;

use crate::analysis::matrix::{Axis, CellAt, Filter, Point};
use crate::study::{AttributeOf, CaseId, Crossed, Crossing, Study};

/// Why a cell that is of other attributes has no summary.
pub const NOT_OF_THESE: &str = "Only cells of cases, participant groups and case-study areas have summaries.";

/// What is written in a cell that is seen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Written {
    /// The summary of this cell.
    Here(Crossing),
    /// The summary of a whole cell, of which filters or a page leave only a part to be seen: to be read.
    Whole(Crossing),
    /// None, and why.
    None(&'static str),
}

/// A summary belongs to a theme and a case, or to a theme, participant groups and case-study areas.
#[must_use]
pub fn written_in(study: &Study, at: &CellAt) -> Written {
    let Some(Crossing { theme, of }) = at.crossing() else {
        return Written::None("This is no cell of a theme and those below it, so that it has no summary.");
    };
    let has_role = |attribute| study.attributes().get(attribute).is_some_and(|attribute| attribute.role.is_some());
    let filtered = at.spec.filter != Filter::default();
    match of {
        Crossed::Case(case) if filtered || !holds_all_of(study, at, case) => Written::Whole(Crossing { theme, of }),
        Crossed::Case(_) => Written::Here(Crossing { theme, of }),
        Crossed::Values(values) => {
            let of_roles: BTreeMap<_, _> =
                values.iter().filter(|(attribute, _)| has_role(**attribute)).map(|(at, of)| (*at, *of)).collect();
            let others = values.len() - of_roles.len();
            // On a page of another attribute the rest of the cell is still one of groups and areas.
            let is_other = |axis: &&Axis| matches!(axis, Axis::Attribute(attribute) if !has_role(*attribute));
            let on_page = at.key.page.iter().flat_map(|_| &at.spec.pages).filter(is_other).count();
            let cell = Crossing { theme, of: Crossed::Values(of_roles) };
            match others {
                0 if !filtered => Written::Here(cell),
                others if others == on_page => Written::Whole(cell),
                _ => Written::None(NOT_OF_THESE),
            }
        }
    }
}

/// Whether a cell of a case holds all that it says: the values that the cell has beside the case are the case's own. Those of
/// sources leave only some of its sources.
fn holds_all_of(study: &Study, at: &CellAt, case: CaseId) -> bool {
    let own = |attribute| study.case(case).and_then(|case| case.values.get(attribute)).filter(|values| !values.is_empty());
    let is_of_cases = |attribute| study.attributes().get(attribute).is_some_and(|it| it.of == AttributeOf::Cases);
    at.points().all(|(axis, point)| match (axis, point) {
        (Axis::Attribute(attribute), Point::Value(value)) => {
            is_of_cases(*attribute)
                && value.map_or(own(attribute).is_none(), |value| own(attribute).is_some_and(|own| own.contains(&value)))
        }
        _ => true,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::matrix::{CellKey, MatrixSpec};
    use crate::analysis::testing::{Builder, values};
    use crate::study::{CaseKind, Role};

    #[test]
    fn summaries_belong_to_cases_groups_and_areas() {
        let mut builder = Builder::new();
        let theme = builder.theme(None, "Rooms");
        let group = builder.attribute("Group", AttributeOf::Cases, Some(Role::Group), None);
        let kind = builder.attribute("Kind", AttributeOf::Sources, None, None);
        let (leads, interview) = (builder.value(group, "Leads"), builder.value(kind, "Interview"));
        let workers = Point::Value(Some(builder.value(group, "Workers")));
        let case = builder.case("Jean", CaseKind::Person, values(&[(group, leads)]));
        let study = builder.study();
        let at = |columns: &[Axis], column: &[Point], pages: &[Axis], page: Option<Point>, filter: Filter| CellAt {
            spec: MatrixSpec { rows: vec![Axis::Themes], columns: columns.to_vec(), pages: pages.to_vec(), filter },
            key: CellKey {
                row: Some(vec![Point::Theme(theme)]),
                column: Some(column.to_vec()).filter(|points| !points.is_empty()),
                page: page.map(|point| vec![point]),
            },
        };
        let (group, kind) = (Axis::Attribute(group), Axis::Attribute(kind));
        let (leads, interview) = (Point::Value(Some(leads)), Point::Value(Some(interview)));
        let all = Filter::default();
        let some = Filter { quote_marked: true, ..Filter::default() };
        let here = |written| matches!(written, Written::Here(_));
        let whole = |written| matches!(written, Written::Whole(_));
        assert!(here(written_in(&study, &at(&[group], &[leads], &[kind], None, all.clone()))));
        assert!(here(written_in(&study, &at(&[Axis::Cases], &[Point::Case(Some(case))], &[], None, all.clone()))));
        assert!(here(written_in(&study, &at(&[group], &[], &[], None, all.clone()))), "a margin has its own");
        let of_jean =
            |axis, value| written_in(&study, &at(&[axis, Axis::Cases], &[value, Point::Case(Some(case))], &[], None, all.clone()));
        assert!(here(of_jean(group, leads)), "under the group of the case all of it is seen");
        assert!(whole(of_jean(kind, interview)), "only the interviews of the case");
        assert!(whole(of_jean(group, workers)), "not of that group");
        assert!(here(written_in(&study, &at(&[Axis::Cases], &[Point::Case(Some(case))], &[group], Some(leads), all.clone()))));
        assert!(whole(written_in(&study, &at(&[group], &[leads], &[kind], Some(interview), all.clone()))));
        assert!(whole(written_in(&study, &at(&[group], &[leads], &[], None, some))));
        assert!(matches!(written_in(&study, &at(&[kind], &[interview], &[], None, all)), Written::None(_)));
    }
}
