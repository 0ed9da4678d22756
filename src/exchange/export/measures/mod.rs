//! Measures as tables, each with sentences that say how it is computed and from what.

mod agreement;
mod cooccurrence;
mod coverage;
mod places;
mod saturation;
mod words;

use serde_json::{Map, Value, json};

use super::about::counted;
use super::table::Table;
use crate::analysis::matrix::Filter;
use crate::study::Study;

pub use agreement::{Telling, agreement_measured, difference_says, differences_measured, unit_name};
pub use cooccurrence::{basis_name, cooccurrence_measured, sequence_measured};
pub use coverage::{coverage_measured, gaps_measured, status_name};
pub use places::{overview_measured, timeline_measured};
pub(in crate::exchange) use saturation::per_cent;
pub use saturation::{Sensitivity, outcome_says, saturation_measured};
pub use words::{frequent_measured, keywords_measured};

/// A measure, ready to be read or to leave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Measured {
    /// What it is called.
    pub name: String,
    /// The figures.
    pub table: Table,
    /// What was found, in sentences; nothing where the table says it all.
    pub found: Vec<String>,
    /// How it is computed and from what.
    pub computed: Vec<String>,
}

impl Measured {
    /// The same, said of what `filter` leaves: whose codings count and which sources.
    #[must_use]
    pub fn of_codings(mut self, study: &Study, filter: &Filter) -> Self {
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

/// What stands where a figure is not defined.
const NONE: &str = "–";

/// A figure with four decimals; a sign where it is not defined.
fn figure(value: Option<f64>) -> String {
    value.map_or_else(|| NONE.to_owned(), |value| format!("{value:.4}"))
}

/// How many of ten thousand words.
fn per_ten_thousand(count: u32, size: u64) -> String {
    figure((size > 0).then(|| 10_000.0 * f64::from(count) / size as f64))
}

fn names(header: &[&str]) -> Vec<String> {
    header.iter().map(|name| (*name).to_owned()).collect()
}
