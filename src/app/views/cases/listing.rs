use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};

use super::rows::{Field, Sorting, fields, text};
use crate::study::{Case, CaseId, CaseKind, Study, ValueId};
use crate::text::fold;

/// How often a case comes up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Count {
    /// Sources in which it has a participant's paragraph.
    pub sources: usize,
    /// Codings with a part of it.
    pub codings: usize,
}

/// The cases in their order with what is counted of them. It takes a walk over the whole study, so a job makes it.
#[derive(Default)]
pub(super) struct Listing {
    /// The cases, each with the words of its row, folded.
    lines: Vec<(CaseId, String)>,
    counts: HashMap<CaseId, Count>,
    /// How many cases state a value.
    stated: HashMap<ValueId, usize>,
    /// How many cases there are, kinds told apart, in words.
    pub(super) summary: String,
}

impl Listing {
    /// Lists the cases of a study in the order of `sorting`.
    pub(super) fn of(study: &Study, sorting: Sorting) -> Self {
        let counts = count(study);
        let mut cases = study.cases_in_order();
        if let Some((field, rising)) = sorting {
            let key = |case: &&Case| place(study, &counts, case, field);
            if rising {
                cases.sort_by_cached_key(key);
            } else {
                cases.sort_by_cached_key(|case| Reverse(key(case)));
            }
        }
        let mut stated: HashMap<ValueId, usize> = HashMap::new();
        for value in cases.iter().flat_map(|case| case.values.values().flatten()) {
            *stated.entry(*value).or_default() += 1;
        }
        let fields = fields(study);
        let row = |case: &&Case| {
            let count = counts.get(&case.id).copied().unwrap_or_default();
            // Cells are kept apart, so that no word is found across two of them.
            let cells: Vec<String> = fields.iter().map(|field| fold(&text(study, count, case, *field))).collect();
            (case.id, cells.join("\n"))
        };
        let lines = cases.iter().map(row).collect();
        Self { lines, summary: summary(&cases), counts, stated }
    }

    /// The cases whose rows hold every word of `filter`.
    pub(super) fn fitting(&self, filter: &str) -> Vec<CaseId> {
        let words: Vec<String> = filter.split_whitespace().map(fold).collect();
        let fits = |(_, row): &&(CaseId, String)| words.iter().all(|word| row.contains(word));
        self.lines.iter().filter(fits).map(|(case, _)| *case).collect()
    }

    pub(super) fn count(&self, case: CaseId) -> Count {
        self.counts.get(&case).copied().unwrap_or_default()
    }

    /// How many cases state this value.
    pub(super) fn stated(&self, value: ValueId) -> usize {
        self.stated.get(&value).copied().unwrap_or_default()
    }
}

/// Counts for every case that comes up at all.
fn count(study: &Study) -> HashMap<CaseId, Count> {
    let mut counts: HashMap<CaseId, Count> = HashMap::new();
    for material in study.materials() {
        for case in material.words_by_case().into_keys().flatten() {
            counts.entry(case).or_default().sources += 1;
        }
        for coded in material.codings.iter().filter(|coded| material.counts(coded.coding.coder)) {
            for case in material.cases_of(coded).into_iter().flatten() {
                counts.entry(case).or_default().codings += 1;
            }
        }
    }
    counts
}

/// What cases are put in order by.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Place {
    Count(usize),
    Kind(CaseKind),
    /// Of the first value, in the analyst's order; what is not stated comes last.
    Value(i64),
    Label(Vec<(String, u64)>),
}

fn place(study: &Study, counts: &HashMap<CaseId, Count>, case: &Case, field: Field) -> Place {
    let count = || counts.get(&case.id).copied().unwrap_or_default();
    match field {
        Field::Sources => Place::Count(count().sources),
        Field::Codings => Place::Count(count().codings),
        Field::Kind => Place::Kind(case.kind),
        Field::Attribute(attribute) => {
            let values = case.values.get(&attribute).into_iter().flatten();
            let first = values.filter_map(|value| study.attributes().value(*value)).map(|value| value.position).min();
            Place::Value(first.unwrap_or(i64::MAX))
        }
        Field::Label => Place::Label(natural(&case.label)),
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

fn summary(cases: &[&Case]) -> String {
    let kinds = [
        (CaseKind::Person, "person", "persons"),
        (CaseKind::Pair, "pair", "pairs"),
        (CaseKind::Group, "group", "groups"),
        (CaseKind::InterviewLabel, "interview label", "interview labels"),
        (CaseKind::Unidentified, "unidentified", "unidentified"),
    ];
    let mut counts: BTreeMap<CaseKind, usize> = BTreeMap::new();
    for case in cases {
        *counts.entry(case.kind).or_default() += 1;
    }
    let said = kinds.into_iter().filter_map(|(kind, one, many)| {
        let count = *counts.get(&kind)?;
        Some(format!("{count} {}", if count == 1 { one } else { many }))
    });
    said.collect::<Vec<_>>().join(", ")
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
