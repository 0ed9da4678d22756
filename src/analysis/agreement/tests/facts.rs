//! Reads `facts.json`.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;

use crate::analysis::agreement::{Coefficient, Continuum, Scale, Table, Touching, Unit};
use crate::text::Span;

/// Everything that is known to be so.
#[derive(Deserialize)]
pub struct Facts {
    pub tables: Vec<TableFacts>,
    pub counts: Vec<CountFacts>,
    pub continua: Vec<ContinuumFacts>,
}

impl Facts {
    pub fn read() -> Self {
        serde_json::from_str(include_str!("facts.json")).unwrap()
    }

    pub fn table(&self, id: &str) -> &TableFacts {
        self.tables.iter().find(|facts| facts.id == id).unwrap()
    }
}

/// Values that several programs or formulas agree on; `null` is *not defined*.
pub type Expected = BTreeMap<String, Value>;

#[derive(Deserialize)]
pub struct TableFacts {
    pub id: String,
    pub coders: usize,
    /// A digit a category.
    pub categories: String,
    /// A word a unit, a digit a coder; a dot is a missing value.
    pub units: String,
    pub expected: Expected,
    pub published: Expected,
}

impl TableFacts {
    pub fn table(&self) -> Table {
        table(&self.units, self.coders, &self.categories)
    }
}

#[derive(Deserialize)]
pub struct CountFacts {
    pub both: u64,
    #[serde(rename = "A_only")]
    pub first: u64,
    #[serde(rename = "B_only")]
    pub second: u64,
    pub neither: u64,
    pub expected: Expected,
    pub published: Expected,
}

#[derive(Deserialize)]
pub struct ContinuumFacts {
    pub id: String,
    pub length: u32,
    /// A word a unit: `code:start-end`.
    pub coders: Vec<String>,
    pub expected: Expected,
    pub published: Expected,
}

impl ContinuumFacts {
    /// The continuum and what its codes are called.
    pub fn continuum(&self) -> (Continuum, Vec<String>) {
        continuum(self.length, &self.coders, Touching::Apart)
    }
}

/// A table of units written as words.
pub fn table(units: &str, coders: usize, categories: &str) -> Table {
    let digits = |text: &str| text.chars().map(|digit| digit.to_digit(10)).collect::<Vec<_>>();
    let categories: Vec<u32> = digits(categories).into_iter().flatten().collect();
    let mut table = Table::new(Scale::of_numbers(categories.iter().copied().map(f64::from)), coders);
    let mut known = categories;
    known.sort_unstable();
    for unit in units.split_whitespace() {
        let place = |digit: u32| known.iter().position(|category| *category == digit).map(|at| at as u32);
        let values: Vec<_> = digits(unit).into_iter().map(|digit| digit.and_then(place)).collect();
        assert_eq!(values.len(), coders, "{unit}");
        table.push(&values, 1);
    }
    table
}

/// A continuum of units written as words.
pub fn continuum(length: u32, coders: &[impl AsRef<str>], touching: Touching) -> (Continuum, Vec<String>) {
    let mut names: Vec<String> = Vec::new();
    let mut read = |word: &str| {
        let (code, place) = word.split_once(':').unwrap();
        let (start, end) = place.split_once('-').unwrap();
        let code = names.iter().position(|known| known == code).unwrap_or_else(|| {
            names.push(code.to_owned());
            names.len() - 1
        });
        Unit { span: Span::new(start.parse().unwrap(), end.parse().unwrap()), code: code as u32 }
    };
    let coders: Vec<Vec<Unit>> = coders.iter().map(|units| units.as_ref().split_whitespace().map(&mut read).collect()).collect();
    (Continuum::new(length, &coders, touching).unwrap(), names)
}

/// Fails unless `found` is what is expected.
pub fn assert_is(found: Coefficient, expected: &Value, tolerance: f64, what: &str) {
    match (found, expected.as_f64()) {
        (Ok(found), Some(expected)) => assert!((found - expected).abs() <= tolerance, "{what}: {found} instead of {expected}"),
        (Err(_), None) => assert!(expected.is_null(), "{what}: {expected} is no value"),
        (found, _) => panic!("{what}: {found:?} instead of {expected}"),
    }
}
