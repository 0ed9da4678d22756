use std::collections::HashMap;

use super::about::time_text;
use super::labels::Labels;
use super::names::Names;
use super::table::{BETWEEN, Table};
use crate::analysis::typology::{At, Types, types};
use crate::study::{AttributeOf, Case, CaseId, Crossing, Dimension, Study, Typology};

pub(super) const TYPOLOGIES_SIGNS: &[&str] = &[
    "One row a case and dimension. state: placed; unplaced (somebody said that the case has none of the values); open (nobody has said anything yet); empty type (a combination of values that no case has; its row has no case).",
    "type: the values of the case in every dimension, joined by “ · ”; blank where it is unplaced or open in one of them.",
    "rests_on: the cells of the matrix that the placement rests on, joined by “; ”; gone: how many of them are not there any more. blank: nothing is written there. “–” does not occur.",
];

const COLUMNS: &str = "typology type state case dimension value reason rests_on gone coder time";

/// Every typology in the analyst's order: a row for each case and dimension, and one for each empty type. Behind them stand the
/// attributes of the case, so that types can be laid across them.
#[must_use]
pub fn typologies_table(study: &Study, labels: Labels) -> Table {
    let names = Names::new(study, labels);
    let mut attributes = labels.attributes(study);
    attributes.retain(|attribute| attribute.of == AttributeOf::Cases);
    let mut header: Vec<String> = COLUMNS.split(' ').map(str::to_owned).collect();
    let columns = attributes.iter().map(|attribute| {
        let taken = COLUMNS.split(' ').any(|column| column == attribute.name);
        if taken { format!("{} (attribute)", attribute.name) } else { attribute.name.clone() }
    });
    let columns: Vec<String> = columns.collect();
    header.extend(columns);
    let mut rows = Vec::new();
    for typology in study.typologies().in_order() {
        let found = types(study, typology.id);
        let types = found.types.iter().map(|of| (of, found.name(study, of)));
        let of_types: HashMap<CaseId, String> =
            types.flat_map(|(of, name)| of.cases.iter().map(move |case| (*case, name.clone()))).collect();
        for case in study.cases_in_order() {
            let of_type = of_types.get(&case.id).map_or("", String::as_str);
            for dimension in study.typologies().dimensions_of(typology.id) {
                let mut row = placed(&names, typology, case, dimension, of_type);
                row.extend(attributes.iter().map(|attribute| names.values(Some(case), attribute.id)));
                rows.push(row);
            }
        }
        rows.extend(empty(study, typology, &found).map(|mut row| {
            row.resize(header.len(), String::new());
            row
        }));
    }
    Table::new(header, rows).counting(|_, name| name == "gone")
}

fn placed(names: &Names<'_>, typology: &Typology, case: &Case, dimension: &Dimension, of_type: &str) -> Vec<String> {
    let study = names.study();
    let placement = study.typologies().placement(dimension.id, case.id);
    let (state, value) = match At::of(dimension, placement) {
        At::Value(value) => ("placed", dimension.value_name(value).unwrap_or_default()),
        At::Unplaced => ("unplaced", ""),
        At::Open => ("open", ""),
    };
    let cells = placement.map_or(&[][..], |placement| &placement.rests_on);
    let (there, gone): (Vec<_>, Vec<_>) = cells.iter().partition(|cell| study.has_cell(cell));
    let there: Vec<String> = there.into_iter().map(|cell| cell_words(names, cell)).collect();
    let coder = placement.and_then(|placement| study.coders().get(&placement.coder)).map(|coder| coder.name.clone());
    vec![
        typology.name.clone(),
        of_type.to_owned(),
        state.to_owned(),
        names.case(case),
        dimension.name.clone(),
        value.to_owned(),
        placement.map(|placement| placement.reason.clone()).unwrap_or_default(),
        there.join(BETWEEN),
        placement.map(|_| gone.len().to_string()).unwrap_or_default(),
        coder.unwrap_or_default(),
        placement.map(|placement| time_text(placement.time)).unwrap_or_default(),
    ]
}

/// The types without cases.
fn empty<'a>(study: &'a Study, typology: &'a Typology, found: &'a Types) -> impl Iterator<Item = Vec<String>> + 'a {
    let without = found.types.iter().filter(|of| of.cases.is_empty());
    without.map(|of| vec![typology.name.clone(), found.name(study, of), "empty type".to_owned()])
}

fn cell_words(names: &Names<'_>, cell: &Crossing) -> String {
    format!("{} × {}", names.study().codebook().path(cell.theme), names.crossed(&cell.of))
}
