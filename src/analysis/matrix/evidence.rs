use std::collections::{BTreeMap, BTreeSet};

use super::axis::Seat;
use super::count::each_seat;
use super::frame::Frame;
use super::spec::{MatrixSpec, SpecError};
use super::table::{CellKey, People};
use crate::study::{CaseId, CodingId, SourceId, Study};

/// A coding of a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heard {
    /// The source.
    pub source: SourceId,
    /// The coding.
    pub coding: CodingId,
    /// Who says it: the first of its cases that are in the cell, in the analyst's order; `None` is *Not stated*.
    pub case: Option<CaseId>,
}

/// A case that speaks in the sources of a cell and says nothing coded there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotHeard {
    /// Who.
    pub case: CaseId,
    /// The sources in which it speaks, in order.
    pub sources: Vec<SourceId>,
    /// The first of them that is not marked done; `None` when all are.
    pub open: Option<SourceId>,
}

/// What stands behind a cell: what was said, and by whom nothing was.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Evidence {
    /// The codings, in the order of sources and places.
    pub codings: Vec<Heard>,
    /// Who could have been heard and is not, in the analyst's order of cases.
    pub not_heard: Vec<NotHeard>,
    /// The cases that could have been heard, by kind; *Not stated* not among them.
    pub present: People,
}

/// What stands behind a cell or total; nothing when the axes have no such cell.
///
/// # Errors
/// [`SpecError`] as for [`matrix`](super::matrix).
pub fn cell_evidence(study: &Study, spec: &MatrixSpec, key: &CellKey) -> Result<Evidence, SpecError> {
    let frame = Frame::new(study, spec)?;
    let Some(wanted) = frame.find(key) else { return Ok(Evidence::default()) };
    let mut codings = Vec::new();
    let mut heard = BTreeSet::new();
    let mut present: BTreeMap<usize, (Vec<SourceId>, Option<SourceId>)> = BTreeMap::new();
    for source in frame.layer.sources() {
        let id = source.material.source.id;
        let done = frame.layer.is_done(source.material);
        for case in frame.layer.voices(&source) {
            let mut inside = false;
            frame.each_cell(Seat { theme: None, case, source: source.place }, |cell| inside |= cell == wanted);
            if inside {
                let (sources, open) = present.entry(case).or_default();
                sources.push(id);
                *open = open.or((!done).then_some(id));
            }
        }
        for counted in frame.layer.codings(&source).0 {
            let mut inside = None;
            each_seat(&source, &counted, |seat| {
                frame.each_cell(seat, |cell| {
                    if cell == wanted {
                        inside = inside.or(Some(seat.case));
                        heard.insert(seat.case);
                    }
                });
            });
            if let Some(case) = inside {
                let case = frame.layer.cases.get(case).map(|case| case.id);
                codings.push(Heard { source: id, coding: counted.coded.coding.id, case });
            }
        }
    }
    let mut people = People::default();
    present.keys().filter_map(|case| frame.layer.cases.get(*case)).for_each(|case| people.add(case.kind));
    let silent = present.into_iter().filter(|(case, _)| !heard.contains(case));
    let not_heard = silent.filter_map(|(case, (sources, open))| Some(NotHeard { case: frame.layer.cases.get(case)?.id, sources, open }));
    Ok(Evidence { not_heard: not_heard.collect(), present: people, codings })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::matrix::{Axis, Filter, Point};
    use crate::analysis::testing::{Builder, values};
    use crate::study::{AttributeOf, CaseKind, Role, StatusKind};
    use crate::text::Voice;

    #[test]
    fn who_is_not_heard_and_whether_that_is_final() {
        let mut builder = Builder::new();
        let coder = builder.coder("Elspeth");
        let group = builder.attribute("Group", AttributeOf::Cases, Some(Role::Group), None);
        let leads = builder.value(group, "Leads");
        let theme = builder.theme(None, "Trust");
        let other = builder.theme(None, "Money");
        let person = |builder: &mut Builder, label: &str, done: bool| {
            let case = builder.case(label, CaseKind::Person, values(&[(group, leads)]));
            let put = builder.source(label, Some(case), values(&[]), &[(None, Voice::Participant, "We trust one another here.")]);
            if done {
                builder.status(&put, coder, StatusKind::Done);
            }
            (case, put)
        };
        let (speaks, heard) = person(&mut builder, "A", true);
        let (open, elsewhere) = person(&mut builder, "B", false);
        let (done, _) = person(&mut builder, "C", true);
        let coding = builder.code(&heard, heard.span("trust"), theme, coder);
        builder.code(&elsewhere, elsewhere.span("trust"), other, coder);
        let study = builder.study();
        let spec =
            MatrixSpec { rows: vec![Axis::Themes], columns: vec![Axis::Attribute(group)], pages: Vec::new(), filter: Filter::default() };
        let key = CellKey { page: None, row: Some(vec![Point::Theme(theme)]), column: Some(vec![Point::Value(Some(leads))]) };
        let evidence = cell_evidence(&study, &spec, &key).unwrap();
        assert_eq!(evidence.codings, [Heard { source: heard.id, coding, case: Some(speaks) }]);
        let silent: Vec<_> = evidence.not_heard.iter().map(|it| (it.case, it.open)).collect();
        assert_eq!(evidence.present, People { persons: 3, ..People::default() });
        assert_eq!(silent, [(open, Some(elsewhere.id)), (done, None)]);
    }
}
