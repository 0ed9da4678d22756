use std::collections::{BTreeSet, HashMap};
use std::path::Path;

use thiserror::Error;

use super::draft::ImportError;
use super::table::{Line, lines, names_ids, text_of};
use crate::analysis::agreement::{Category, Level, Scale, Table};

/// What coders said of units, read from a table: a line a unit, a column a coder, a blank cell where a value is missing.
#[derive(Clone, Debug, PartialEq)]
pub struct Ratings {
    /// What the coders are called: the first line of the table, or else their numbers.
    pub coders: Vec<String>,
    /// What they said.
    pub table: Table,
}

/// Why a table tells nothing of agreement. Lines are counted from 1.
#[derive(Debug, Error)]
pub enum RatingsError {
    /// It cannot be read as a text.
    #[error(transparent)]
    File(#[from] ImportError),
    /// There is nobody to agree with.
    #[error("“{name}” has one column of values, so one coder; agreement is between two or more. Give each coder a column.")]
    OneCoder {
        /// Name of the file.
        name: String,
    },
    /// There are names of coders and no values.
    #[error("“{name}” has a line of names and no units below it.")]
    NoUnits {
        /// Name of the file.
        name: String,
    },
    /// A line has not as many cells as the first.
    #[error("line {line} has {cells}, the first line {first}. Give every unit a cell for each coder, blank where a value is missing.")]
    Ragged {
        /// Which line.
        line: u64,
        /// How many cells it has, in words.
        cells: String,
        /// How many the first line has.
        first: usize,
    },
    /// A value is none of the categories that were declared.
    #[error("“{value}” in line {line} is not among the categories that were given.")]
    NotDeclared {
        /// Which line.
        line: u64,
        /// The value.
        value: String,
    },
    /// Distances between numbers were asked for.
    #[error("“{value}” is no number, and {level} distances are between numbers. Leave cells blank where a value is missing.")]
    NotANumber {
        /// The value.
        value: String,
        /// What was asked for.
        level: &'static str,
    },
    /// A sign that programs write where a value is missing stands among numbers.
    #[error("“{value}” stands among numbers. Leave cells blank where a value is missing; if it was chosen, give the categories with it.")]
    Missing {
        /// The sign.
        value: String,
    },
    /// Ratios of numbers below zero were asked for.
    #[error("{value} is below zero, and ratios are of numbers from zero upwards; “interval” takes any number.")]
    BelowZero {
        /// The number.
        value: String,
    },
    /// Ranks of names were asked for.
    #[error("the values are names, whose order is not known. Give the categories from the lowest to the highest.")]
    NoOrder,
}

/// Reads what coders said of units. `categories` are those that could be chosen, from the lowest to the highest; without any
/// they are those that were. With a `level` the values have to suit it.
///
/// # Errors
/// [`RatingsError`] when the file is no such table.
pub fn read_ratings(path: &Path, categories: &[String], level: Option<Level>) -> Result<Ratings, RatingsError> {
    let (name, text) = text_of(path)?;
    parse(&name, &text, categories, level)
}

fn parse(name: &str, text: &str, categories: &[String], level: Option<Level>) -> Result<Ratings, RatingsError> {
    let mut lines = lines(text);
    let width = lines.first().map_or(0, |line| line.cells.len());
    if let Some(ragged) = lines.iter().find(|line| line.cells.len() != width) {
        let cells = match ragged.cells.len() {
            1 => "1 cell".to_owned(),
            many => format!("{many} cells"),
        };
        return Err(RatingsError::Ragged { line: ragged.number, cells, first: width });
    }
    let mut coders: Vec<String> = (1..=width).map(|number| number.to_string()).collect();
    if has_head(&lines, categories) {
        coders = lines.remove(0).cells;
        // A column that names the units is no coder.
        if coders.first().is_some_and(|first| first.is_empty() || names_units(first)) {
            coders.remove(0);
            for line in &mut lines {
                line.cells.remove(0);
            }
        }
    }
    if coders.len() < 2 {
        return Err(RatingsError::OneCoder { name: name.to_owned() });
    }
    if lines.is_empty() {
        return Err(RatingsError::NoUnits { name: name.to_owned() });
    }
    let scale = scale(&lines, categories, level)?;
    let mut table = Table::new(scale, coders.len());
    let mut places: HashMap<&String, Category> = HashMap::new();
    for line in &lines {
        let mut values = Vec::with_capacity(coders.len());
        for cell in &line.cells {
            if cell.is_empty() {
                values.push(None);
                continue;
            }
            let known = places.get(cell).copied().or_else(|| place(table.scale(), cell));
            let category = known.ok_or_else(|| RatingsError::NotDeclared { line: line.number, value: cell.clone() })?;
            places.insert(cell, category);
            values.push(Some(category));
        }
        table.push(&values, 1);
    }
    Ok(Ratings { coders, table })
}

/// Whether the first line names the coders: none of its cells is a value, as far as is known what values look like.
fn has_head(lines: &[Line], categories: &[String]) -> bool {
    let Some((head, below)) = lines.split_first() else { return false };
    let named: Vec<&String> = head.cells.iter().filter(|cell| !cell.is_empty()).collect();
    let values: BTreeSet<&String> = below.iter().flat_map(|line| &line.cells).filter(|cell| !cell.is_empty()).collect();
    if named.is_empty() {
        return false;
    }
    if !categories.is_empty() {
        return named.iter().all(|cell| !categories.iter().any(|category| same(category, cell)));
    }
    if values.iter().all(|value| number(value).is_some()) {
        return named.iter().all(|cell| number(cell).is_none());
    }
    let distinct: BTreeSet<&&String> = named.iter().collect();
    !below.is_empty() && distinct.len() == named.len() && named.iter().all(|cell| !values.contains(cell))
}

/// Whether the head of a column says that it names the units.
fn names_units(head: &str) -> bool {
    names_ids(head) || ["unit", "units", "item", "segment"].contains(&head.to_lowercase().as_str())
}

/// What programs write where there is no value.
const MISSING: [&str; 9] = ["na", "n/a", "#n/a", "nan", "null", "none", "missing", ".", "-"];

/// The sign for a missing value that stands among numbers and nothing else: to take it for a category would make another table.
fn missing<'a>(names: &[&'a String]) -> Option<&'a String> {
    let (numbers, words): (Vec<&String>, Vec<&String>) = names.iter().copied().partition(|name| number(name).is_some());
    let is_sign = |word: &&String| MISSING.contains(&word.to_lowercase().as_str());
    words.first().copied().filter(|_| !numbers.is_empty() && words.iter().all(is_sign))
}

/// What could be chosen.
fn scale(lines: &[Line], categories: &[String], level: Option<Level>) -> Result<Scale, RatingsError> {
    let cells = || lines.iter().flat_map(|line| &line.cells).filter(|cell| !cell.is_empty());
    let names: Vec<&String> = if categories.is_empty() { cells().collect() } else { categories.iter().collect() };
    let numbers: Result<Vec<f64>, &String> = names.iter().map(|name| number(name).ok_or(*name)).collect();
    match (numbers, level) {
        (Ok(numbers), _) => {
            let below = numbers.iter().find(|number| **number < 0.0).filter(|_| level == Some(Level::Ratio));
            below.map_or_else(
                || Ok(Scale::of_numbers(numbers.iter().copied())),
                |number| Err(RatingsError::BelowZero { value: number.to_string() }),
            )
        }
        (Err(value), Some(level @ (Level::Interval | Level::Ratio))) => {
            Err(RatingsError::NotANumber { value: value.clone(), level: level.name() })
        }
        (Err(_), _) if categories.is_empty() => {
            if let Some(value) = missing(&names) {
                return Err(RatingsError::Missing { value: value.clone() });
            }
            if level == Some(Level::Ordinal) {
                return Err(RatingsError::NoOrder);
            }
            let used: BTreeSet<&String> = names.into_iter().collect();
            Ok(Scale::unordered(used.into_iter().cloned().collect()))
        }
        (Err(_), _) => {
            let mut known: Vec<String> = Vec::new();
            for name in names {
                if !known.contains(name) {
                    known.push(name.clone());
                }
            }
            Ok(Scale::ordered(known))
        }
    }
}

/// Place of a value among the categories.
fn place(scale: &Scale, value: &str) -> Option<Category> {
    (0..).zip(scale.names()).find(|(_, name)| same(name, value)).map(|(category, _)| category)
}

/// Whether two values are the same: as they are written, or as numbers.
fn same(one: &str, other: &str) -> bool {
    one == other || number(one).is_some_and(|one| number(other) == Some(one))
}

fn number(text: &str) -> Option<f64> {
    text.parse::<f64>().ok().filter(|number| number.is_finite())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::agreement::{Choices, alpha, percent_agreement};

    fn read(text: &str, categories: &[&str], level: Option<Level>) -> Result<Ratings, RatingsError> {
        parse("table.csv", text, &categories.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>(), level)
    }

    #[test]
    fn a_line_is_a_unit_and_a_column_a_coder() {
        let found = read("1,1,,1\n2,2,3,2\n3,3,3,3\n,,3,\n", &[], None).unwrap();
        assert_eq!(found.coders, ["1", "2", "3", "4"]);
        assert_eq!((found.table.len(), found.table.scale().names()), (4, &["1", "2", "3"].map(str::to_owned)[..]));
        let declared = read("1,1,,1\n2,2,3,2\n", &["1", "2", "3", "4"], None).unwrap();
        assert_eq!((declared.table.choices(Choices::Declared), declared.table.choices(Choices::Observed)), (4, 3));
        let semicolons = read("1.0;1\n\n2;2.50\n", &[], None).unwrap();
        assert_eq!(semicolons.table.scale().names(), ["1", "2", "2.5"]);
        assert_eq!(percent_agreement(&semicolons.table), Ok(0.5));
    }

    #[test]
    fn a_first_line_without_values_names_the_coders() {
        let names = |text: &str, categories: &[&str]| read(text, categories, None).unwrap().coders.join("+");
        assert_eq!(names("Ann,Ben\n1,2\n2,2\n", &[]), "Ann+Ben");
        assert_eq!(names("Ann,Ben\nyes,no\nno,no\n", &[]), "Ann+Ben");
        assert_eq!(names("yes,no\nno,no\n", &[]), "1+2");
        assert_eq!(names("Ann,Ben\nyes,no\n", &["yes", "no"]), "Ann+Ben");
        assert_eq!(names("2019,2020\n1,2\n", &["1", "2"]), "2019+2020");
        assert_eq!(names("unit,Ann,Ben\n1,1,2\n2,2,2\n", &[]), "Ann+Ben");
        assert_eq!(names(",Ann,Ben\np1,yes,no\np2,no,no\n", &[]), "Ann+Ben");
    }

    #[test]
    fn names_have_an_order_where_it_is_given() {
        let text = "low,low\nmiddle,high\n";
        assert!(alpha(&read(text, &["low", "middle", "high"], Some(Level::Ordinal)).unwrap().table, Level::Ordinal).is_ok());
        assert!(matches!(read(text, &[], Some(Level::Ordinal)), Err(RatingsError::NoOrder)));
        assert!(read(text, &[], None).is_ok());
    }

    #[test]
    fn what_is_no_such_table_is_told() {
        let says = |text: &str, categories: &[&str], level: Option<Level>| read(text, categories, level).unwrap_err().to_string();
        let ragged = says("1,2\n\n1,1\n  \n1,2,3\n", &[], None);
        assert!(ragged.contains("line 5 has 3 cells, the first line 2"), "{ragged}");
        assert!(says("1\n2\n", &[], None).contains("one coder"));
        assert!(says("unit,Ann\n1,2\n", &[], None).contains("one coder"));
        assert!(says("Ann,Ben\n", &[], None).contains("no units"));
        let not_declared = says("1,2\n1,7\n", &["1", "2"], None);
        assert!(not_declared.contains("“7” in line 2"), "{not_declared}");
        let word = says("1,2\n1,NA\n", &[], Some(Level::Interval));
        assert!(word.contains("“NA” is no number, and interval"), "{word}");
        // What other programs write for a missing value is no category among numbers; among names nobody knows.
        for (sign, level) in [("NA", None), (".", None), ("#N/A", Some(Level::Nominal)), ("NaN", Some(Level::Ordinal))] {
            let word = says(&format!("1,2\n1,{sign}\n"), &[], level);
            assert!(word.contains(&format!("“{sign}” stands among numbers. Leave cells blank")), "{word}");
        }
        assert_eq!(read("1,2\n1,NA\n", &["1", "2", "NA"], None).unwrap().table.choices(Choices::Observed), 3);
        assert!(read("yes,no\nno,NA\n", &[], None).is_ok());
        assert!(says("1,2\n1,-3\n", &[], Some(Level::Ratio)).contains("-3 is below zero"));
        assert!(says("low,2\n1,3\n", &[], Some(Level::Ratio)).contains("“low” is no number"));
        assert!(read("1,2\n1,-3\n", &[], Some(Level::Interval)).is_ok());
    }

    #[test]
    fn files_are_read_in_the_usual_encodings() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("table.csv");
        std::fs::write(&path, "\u{feff}1,1\r\n2,1\r\n").unwrap();
        assert_eq!(read_ratings(&path, &[], None).unwrap().table.len(), 2);
        // As spreadsheets write it where a comma is within numbers: the sign is told before the table.
        std::fs::write(&path, "sep=;\r\nAnn;Ben\r\n\"1,\n\";1\r\n1;\"1,\n\"\r\n\r\n").unwrap();
        let told = read_ratings(&path, &[], None).unwrap();
        assert_eq!((told.coders.join("+"), told.table.len(), told.table.choices(Choices::Observed)), ("Ann+Ben".to_owned(), 2, 2));
        std::fs::write(&path, " \n").unwrap();
        assert!(matches!(read_ratings(&path, &[], None), Err(RatingsError::File(ImportError::Empty { .. }))));
        std::fs::write(&path, b"\x89PNG\0\0\0\x01").unwrap();
        assert!(matches!(read_ratings(&path, &[], None), Err(RatingsError::File(ImportError::NotText { .. }))));
        assert!(matches!(
            read_ratings(&folder.path().join("none.csv"), &[], None),
            Err(RatingsError::File(ImportError::Unreadable { .. }))
        ));
    }
}
