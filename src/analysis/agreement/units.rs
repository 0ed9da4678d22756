use super::characters::{length, shared};
use super::table::{Category, Scale, Table};
use crate::text::{Span, union};

/// When a paragraph, turn, sentence or answer counts as coded.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum CodedWhen {
    /// Any of it is coded.
    #[default]
    Any,
    /// At least this share of its length is coded, from 0 to 1; and some of it in any case.
    Share(f64),
}

impl CodedWhen {
    fn holds(self, coded: u64, of: u64) -> bool {
        match self {
            Self::Any => coded > 0,
            Self::Share(least) => coded > 0 && coded as f64 >= least * of as f64,
        }
    }
}

/// What any number of coders coded with one theme, by units that are given: those that are empty cannot be coded and are
/// left out. Spans may overlap and be in any order.
#[must_use]
pub fn predefined_units(units: &[Span], coders: &[Vec<Span>], when: CodedWhen) -> Table {
    let coders: Vec<Vec<Span>> = coders.iter().map(|spans| union(spans.iter().copied())).collect();
    let mut table = Table::new(Scale::coded_or_not(), coders.len());
    for unit in units.iter().filter(|unit| !unit.is_empty()) {
        let value = |spans: &Vec<Span>| {
            let from = spans.partition_point(|span| span.end <= unit.start);
            let coded = length(shared(spans.get(from..).unwrap_or_default(), &[*unit]));
            Some(Category::from(when.holds(coded, u64::from(unit.len()))))
        };
        table.push(&coders.iter().map(value).collect::<Vec<_>>(), 1);
    }
    table
}
