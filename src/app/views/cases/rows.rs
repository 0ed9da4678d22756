use std::cmp::Ordering;
use std::collections::BTreeMap;

use super::tally::Count;
use crate::app::views::case_kind::kind_names;
use crate::app::widgets::{Cell, Column, Look, Rows};
use crate::exchange::export::case_kind_name;
use crate::study::{AttributeId, AttributeOf, Case, CaseId, Study};
use crate::text::fold;

/// What a column shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Field {
    Label,
    Kind,
    Attribute(AttributeId),
    Sources,
    Codings,
}

/// The columns of a study, in order.
pub(super) fn fields(study: &Study) -> Vec<Field> {
    let attributes = study.attributes().of(AttributeOf::Cases).map(|attribute| Field::Attribute(attribute.id));
    [Field::Label, Field::Kind].into_iter().chain(attributes).chain([Field::Sources, Field::Codings]).collect()
}

/// The order of the rows: by a field, rising or not; none is the analyst's own.
pub(super) type Sorting = Option<(Field, bool)>;

/// The cases that fit `filter`, in order.
pub(super) fn keys(study: &Study, counts: &BTreeMap<CaseId, Count>, filter: &str, sorting: Sorting) -> Vec<CaseId> {
    let words: Vec<String> = filter.split_whitespace().map(fold).collect();
    let mut cases = study.cases_in_order();
    if !words.is_empty() {
        let fields = fields(study);
        cases.retain(|case| {
            let shown: Vec<String> = fields.iter().map(|field| fold(&text(study, counts, case, *field))).collect();
            words.iter().all(|word| shown.iter().any(|text| text.contains(word)))
        });
    }
    if let Some((field, rising)) = sorting {
        cases.sort_by(|one, other| {
            let order = compare(study, counts, one, other, field);
            if rising { order } else { order.reverse() }
        });
    }
    cases.into_iter().map(|case| case.id).collect()
}

fn compare(study: &Study, counts: &BTreeMap<CaseId, Count>, one: &Case, other: &Case, field: Field) -> Ordering {
    let count = |case: &Case| counts.get(&case.id).copied().unwrap_or_default();
    match field {
        Field::Sources => count(one).sources.cmp(&count(other).sources),
        Field::Codings => count(one).codings.cmp(&count(other).codings),
        Field::Kind => one.kind.cmp(&other.kind),
        // In the order of the values, which is the analyst's; what is not stated comes last.
        Field::Attribute(attribute) => {
            let place = |case: &Case| {
                let first = case.values.get(&attribute)?.iter().filter_map(|value| study.attributes().value(*value));
                first.map(|value| value.position).min()
            };
            place(one).unwrap_or(i64::MAX).cmp(&place(other).unwrap_or(i64::MAX))
        }
        Field::Label => natural(&one.label).cmp(&natural(&other.label)),
    }
}

/// A key by which W2 comes before W10.
fn natural(label: &str) -> Vec<(String, u64)> {
    let mut parts = vec![(String::new(), 0u64)];
    let mut in_number = false;
    for c in fold(label).chars() {
        let Some((words, number)) = parts.last_mut() else { continue };
        if let Some(digit) = c.to_digit(10) {
            *number = number.saturating_mul(10).saturating_add(u64::from(digit));
            in_number = true;
        } else if in_number {
            parts.push((c.to_string(), 0));
            in_number = false;
        } else {
            words.push(c);
        }
    }
    parts
}

/// What a cell says.
fn text(study: &Study, counts: &BTreeMap<CaseId, Count>, case: &Case, field: Field) -> String {
    let count = counts.get(&case.id).copied().unwrap_or_default();
    match field {
        Field::Label => case.label.clone(),
        Field::Kind => case_kind_name(case.kind).to_owned(),
        Field::Attribute(attribute) => study.value_names(&case.values, attribute),
        Field::Sources => count.sources.to_string(),
        Field::Codings => count.codings.to_string(),
    }
}

/// The cases as rows of a grid.
pub(super) struct CaseRows<'a> {
    pub(super) study: &'a Study,
    pub(super) counts: &'a BTreeMap<CaseId, Count>,
    pub(super) keys: &'a [CaseId],
    pub(super) fields: &'a [Field],
    columns: Vec<Column>,
}

impl<'a> CaseRows<'a> {
    pub(super) fn new(
        study: &'a Study,
        counts: &'a BTreeMap<CaseId, Count>,
        keys: &'a [CaseId],
        fields: &'a [Field],
        sorting: Sorting,
    ) -> Self {
        let columns = fields.iter().map(|field| column(study, *field, sorting)).collect();
        Self { study, counts, keys, fields, columns }
    }
}

fn column(study: &Study, field: Field, sorting: Sorting) -> Column {
    let now = sorting.filter(|(by, _)| *by == field).map(|(_, rising)| rising);
    let column = match field {
        Field::Label => Column::new("Id", 18),
        Field::Kind => Column::new("Kind", 14),
        Field::Sources => Column::figures("Sources", 10),
        Field::Codings => Column::figures("Codings", 10),
        Field::Attribute(id) => {
            let attribute = study.attributes().get(id);
            let column = Column::new(attribute.map_or("", |attribute| &attribute.name), 21).several();
            if attribute.is_some_and(|attribute| attribute.role.is_some()) { column.grows() } else { column }
        }
    };
    column.sorted(now)
}

impl Rows for CaseRows<'_> {
    type Key = CaseId;

    fn columns(&self) -> &[Column] {
        &self.columns
    }

    fn keys(&self) -> &[CaseId] {
        self.keys
    }

    fn cell(&self, key: CaseId, column: usize) -> Cell {
        let (Some(case), Some(field)) = (self.study.case(key), self.fields.get(column)) else { return Cell::default() };
        let text = text(self.study, self.counts, case, *field);
        match field {
            Field::Label => Cell::editable(text).look(Look::Strong),
            Field::Kind | Field::Attribute(_) => Cell::editable(text),
            Field::Sources | Field::Codings => Cell::fixed(text).look(Look::Quiet),
        }
    }

    fn choices(&self, _: CaseId, column: usize) -> Vec<String> {
        match self.fields.get(column) {
            Some(Field::Kind) => kind_names(),
            Some(Field::Attribute(attribute)) => {
                self.study.attributes().values_of(*attribute).into_iter().map(|value| value.name.clone()).collect()
            }
            _ => Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_sort_as_people_count() {
        let mut labels = ["W10", "W2", "A1", "w1", "W2-b", "W"];
        labels.sort_by_key(|label| natural(label));
        assert_eq!(labels, ["A1", "W", "w1", "W2", "W2-b", "W10"]);
    }
}
