//! Measures as tables, each with sentences that say how it is computed and from what.

mod agreement;
mod cooccurrence;
mod coverage;
mod frequency;
mod places;
mod saturation;
mod words;

#[cfg(test)]
mod tests;

use serde_json::{Map, Value, json};

use super::about::counted;
use super::table::Table;
use crate::analysis::leads::Leads;
use crate::analysis::matrix::Filter;
use crate::study::{Attribute, AttributeId, AttributeOf, NOT_STATED, Study, Values};

pub use agreement::{Corrected, Telling, agreement_measured, difference_says, differences_measured, unit_name};
pub(in crate::exchange) use agreement::{agreed_between, agreed_says};
pub(in crate::exchange) use cooccurrence::counts_say;
pub use cooccurrence::{basis_name, cooccurrence_measured, sequence_measured};
pub use coverage::{coverage_measured, gaps_measured, status_name};
pub use frequency::frequency_measured;
pub use places::{overview_measured, overview_of_most, timeline_measured};
pub(in crate::exchange) use saturation::{LEVEL, brought_says, order_says, per_cent_beside, threshold_says};
pub use saturation::{Sensitivity, outcome_says, saturation_measured};
pub use words::{Keywords, frequent_measured, keywords_measured};

/// A measure, ready to be read or to leave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Measured {
    /// What it is called.
    pub name: String,
    /// The figures.
    pub table: Table,
    /// What each row of the table leads to: as many as there are rows.
    pub leads: Vec<Option<Leads>>,
    /// What was found, in sentences; nothing where the table says it all.
    pub found: Vec<String>,
    /// How it is computed and from what.
    pub computed: Vec<String>,
}

/// What is found of all, or of those of one value.
#[derive(Clone, Debug)]
pub struct Part<T> {
    /// The value; none for everybody.
    pub whose: Option<String>,
    /// What is left out.
    pub filter: Filter,
    /// What is found.
    pub found: T,
}

/// A row of a table with what it leads to.
type Row = (Vec<String>, Option<Leads>);

/// Rows and what they lead to, as two lists.
fn apart(rows: impl IntoIterator<Item = Row>) -> (Vec<Vec<String>>, Vec<Option<Leads>>) {
    rows.into_iter().unzip()
}

impl Measured {
    /// The same, said of what `filter` leaves: whose codings count and which sources.
    #[must_use]
    pub fn of_codings(mut self, study: &Study, filter: &Filter) -> Self {
        self.found.extend(nothing_counts(study, filter));
        self.computed.extend(counted(study, filter).map(|says| says + "."));
        self
    }

    /// The same of what is counted whatever is coded: only which sources.
    #[must_use]
    pub fn of_sources(mut self, study: &Study, filter: &Filter) -> Self {
        let [_, filters] = counted(study, filter);
        self.computed.push(filters + ".");
        self
    }

    /// The same, told of each value of an attribute; says so where nobody has one.
    #[must_use]
    pub fn by(mut self, study: &Study, attribute: AttributeId) -> Self {
        self.found.extend(study.attributes().get(attribute).and_then(|attribute| no_values(study, attribute)));
        self
    }

    /// The figures as JSON: a row is an object, with numbers where the table has them and null where it has nothing or "–".
    #[must_use]
    pub fn json(&self) -> Value {
        let cell = |column: usize, cell: &str| match self.table.number(column, cell) {
            Some(number) if number.fract() == 0.0 && !cell.contains('.') => cell.parse::<i64>().map_or_else(|_| json!(number), Value::from),
            Some(number) => json!(number),
            None if cell.is_empty() || (self.table.is_counting(column) && cell == NONE) => Value::Null,
            None => Value::from(cell),
        };
        let row = |row: &Vec<String>| {
            let cells = self.table.header.iter().zip(row).enumerate();
            Value::Object(cells.map(|(column, (name, text))| (name.clone(), cell(column, text))).collect::<Map<_, _>>())
        };
        json!({
            "measure": self.name,
            "found": self.found,
            "computed": self.computed,
            "rows": self.table.rows.iter().map(row).collect::<Vec<_>>(),
        })
    }
}

/// Says so where nothing is coded that `filter` counts.
fn nothing_counts(study: &Study, filter: &Filter) -> Option<String> {
    let sources = study.materials().iter().filter(|material| filter.lets_in(study, material));
    let mut codings = sources.flat_map(|material| material.codings.iter().map(move |coded| (material, &coded.coding)));
    if codings.any(|(material, coding)| filter.counts(material, coding)) {
        return None;
    }
    let coder = filter.coder.and_then(|coder| study.coders().get(&coder));
    Some(coder.map_or_else(|| "Nothing is coded here that counts.".to_owned(), |coder| format!("{} has coded nothing here.", coder.name)))
}

/// Says so where nothing has a value of an attribute.
fn no_values(study: &Study, attribute: &Attribute) -> Option<String> {
    let has = |values: &Values| values.get(&attribute.id).is_some_and(|own| !own.is_empty());
    let (any, what) = match attribute.of {
        AttributeOf::Cases => (study.cases().values().any(|case| has(&case.values)), "case"),
        AttributeOf::Sources => (study.materials().iter().any(|material| has(&material.source.values)), "source"),
    };
    (!any).then(|| format!("No {what} has a value of “{}”: everything is under “{NOT_STATED}”.", attribute.name))
}

/// What parts by a value are.
const WHOSE: &str = "whose: what was said by those with a value; whoever has two values counts under each.";
/// What is told of themes where there are none.
const NO_THEMES: &str = "There are no themes.";

/// What is told where a table has no rows.
fn told(table: &Table, nothing: &str) -> Vec<String> {
    if table.rows.is_empty() { vec![nothing.to_owned()] } else { Vec::new() }
}

/// What stands where a figure is not defined.
const NONE: &str = "–";

/// A figure with four decimals; a sign where it is not defined.
fn figure(value: Option<f64>) -> String {
    value.map_or_else(|| NONE.to_owned(), |value| rounded(value, 1.0, 4))
}

/// A figure with so many decimals. What is less than the `whole` is never said to be all of it, and there is no nothing below nothing.
pub(in crate::exchange) fn rounded(value: f64, whole: f64, decimals: usize) -> String {
    /// What computing may do to a figure that is the whole.
    const SLACK: f64 = 1e-9;
    let unit = 0.1f64.powi(i32::try_from(decimals).unwrap_or(i32::MAX));
    let value = if value.abs() < unit / 2.0 {
        0.0
    } else if (whole - unit / 2.0..whole - SLACK).contains(&value) {
        whole - unit
    } else {
        value
    };
    format!("{value:.decimals$}")
}

/// How many of ten thousand words.
fn per_ten_thousand(count: u32, size: u64) -> String {
    figure((size > 0).then(|| 10_000.0 * f64::from(count) / size as f64))
}

fn names(header: &[&str]) -> Vec<String> {
    header.iter().map(|name| (*name).to_owned()).collect()
}
