use std::cmp::Reverse;
use std::collections::BTreeSet;

use super::rows::Field;
use super::writing::{Written, names};
use crate::query::within;
use crate::study::{AttributeId, Study, Value};
use crate::text::fold;

/// A name that no value of its attribute has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Unknown {
    pub(super) attribute: AttributeId,
    pub(super) name: String,
}

impl Unknown {
    /// The same for all spellings that differ only in case and accents.
    pub(super) fn key(&self) -> (AttributeId, String) {
        (self.attribute, fold(&self.name))
    }
}

/// The unknown names in cells, each once, in the order in which they come.
pub(super) fn unknown(study: &Study, cells: &[Written]) -> Vec<Unknown> {
    let mut seen = BTreeSet::new();
    let mut found = Vec::new();
    for cell in cells {
        // Of an attribute that is only being made every value is new.
        let Field::Attribute(attribute) = cell.field else { continue };
        if study.attributes().get(attribute).is_none() {
            continue;
        }
        for name in names(&cell.words) {
            let unknown = Unknown { attribute, name };
            if seen.insert(unknown.key()) && study.attributes().find_value(attribute, &unknown.name).is_none() {
                found.push(unknown);
            }
        }
    }
    found
}

/// How many values are offered in the place of an unknown one.
const OFFERED: usize = 4;

/// The values that could be meant, the nearest first.
pub(super) fn near(study: &Study, attribute: AttributeId, name: &str) -> Vec<String> {
    nearest(&study.attributes().values_of(attribute), name)
}

/// Those that differ in few letters, then those that share a word's beginning.
fn nearest(values: &[&Value], name: &str) -> Vec<String> {
    let wanted: Vec<char> = fold(name).chars().collect();
    let starts = starts(name);
    let mut found: Vec<(usize, Reverse<usize>, &str)> = values
        .iter()
        .filter_map(|value| {
            let spellings = value.aliases.iter().chain([&value.name]);
            let letters = spellings.filter_map(|spelling| differing(&wanted, spelling)).min();
            let shared = self::starts(&value.name).intersection(&starts).count();
            (letters.is_some() || shared > 0).then_some((letters.unwrap_or(usize::MAX), Reverse(shared), value.name.as_str()))
        })
        .collect();
    found.sort();
    found.into_iter().take(OFFERED).map(|(.., name)| name.to_owned()).collect()
}

/// The ids of cases that differ from one in few letters, the nearest first.
pub(super) fn near_cases(study: &Study, label: &str) -> Vec<String> {
    let wanted: Vec<char> = fold(label).chars().collect();
    let labels = study.cases().values().map(|case| case.label.as_str());
    let mut found: Vec<(usize, &str)> = labels.filter_map(|label| Some((differing(&wanted, label)?, label))).collect();
    found.sort_unstable();
    found.into_iter().take(OFFERED).map(|(_, label)| label.to_owned()).collect()
}

/// In how many letters two spellings differ, if that is at most one in three.
fn differing(wanted: &[char], spelling: &str) -> Option<usize> {
    let other: Vec<char> = fold(spelling).chars().collect();
    within(wanted, &other, wanted.len().min(other.len()) / 3)
}

/// The beginnings of the words.
fn starts(words: &str) -> BTreeSet<String> {
    words.split_whitespace().map(|word| fold(word).chars().take(3).collect()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::study::ValueId;

    #[test]
    fn near_values_come_first() {
        let attribute = AttributeId::new();
        let value = |(name, alias): (&str, &str)| Value {
            id: ValueId::new(),
            attribute,
            name: name.into(),
            aliases: vec![alias.into()],
            position: 1,
        };
        let areas = [("Fife", "Kingdom"), ("South Lanarkshire", ""), ("West Lothian", ""), ("Highland", ""), ("A", ""), ("B", "")];
        let areas = areas.map(value);
        for (name, expected) in [
            ("Fyfe", &["Fife"][..]),
            ("kingdon", &["Fife"]),
            ("S. Lanarkshire", &["South Lanarkshire"]),
            ("West Lothain", &["West Lothian"]),
            ("South", &["South Lanarkshire"]),
            ("C", &[]),
            ("Skye", &[]),
        ] {
            assert_eq!(nearest(&areas.each_ref(), name), expected, "{name}");
        }
    }
}
