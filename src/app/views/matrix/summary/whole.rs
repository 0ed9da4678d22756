//! Which summary belongs to a cell that is seen.

use crate::analysis::matrix::{CellAt, Filter, Point};
use crate::study::{Crossed, Crossing, Study};

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
    let paged = at.key.page.as_ref().is_some_and(|page| page.iter().any(|point| matches!(point, Point::Value(_))));
    match of {
        Crossed::Case(_) if paged || at.spec.filter != Filter::default() => Written::Whole(Crossing { theme, of }),
        Crossed::Case(_) => Written::Here(Crossing { theme, of }),
        Crossed::Values(values) => {
            let of_roles = values.iter().filter(|(attribute, _)| has_role(**attribute)).map(|(attribute, value)| (*attribute, *value));
            let of_roles: std::collections::BTreeMap<_, _> = of_roles.collect();
            let others = values.len() - of_roles.len();
            // On a page of another attribute the rest of the cell is still one of groups and areas.
            let on_page = at.spec.pages.iter().filter(|axis| values_axis(**axis).is_some_and(|attribute| !has_role(attribute))).count();
            let on_page = if at.key.page.is_some() { on_page } else { 0 };
            let cell = Crossing { theme, of: Crossed::Values(of_roles) };
            match others {
                0 if at.spec.filter == Filter::default() => Written::Here(cell),
                others if others == on_page => Written::Whole(cell),
                _ => Written::None("Only cells of cases, participant groups and case-study areas have summaries."),
            }
        }
    }
}

const fn values_axis(axis: crate::analysis::matrix::Axis) -> Option<crate::study::AttributeId> {
    if let crate::analysis::matrix::Axis::Attribute(attribute) = axis { Some(attribute) } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::matrix::{Axis, CellKey, MatrixSpec};
    use crate::analysis::testing::Builder;
    use crate::study::{AttributeOf, CaseKind, Role, Values};

    #[test]
    fn summaries_belong_to_cases_groups_and_areas() {
        let mut builder = Builder::new();
        let theme = builder.theme(None, "Rooms");
        let group = builder.attribute("Group", AttributeOf::Cases, Some(Role::Group), None);
        let kind = builder.attribute("Kind", AttributeOf::Sources, None, None);
        let (leads, interview) = (builder.value(group, "Leads"), builder.value(kind, "Interview"));
        let case = builder.case("Jean", CaseKind::Person, Values::new());
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
        assert!(whole(written_in(&study, &at(&[group], &[leads], &[kind], Some(interview), all.clone()))));
        assert!(whole(written_in(&study, &at(&[group], &[leads], &[], None, some))));
        assert!(matches!(written_in(&study, &at(&[kind], &[interview], &[], None, all)), Written::None(_)));
    }
}
