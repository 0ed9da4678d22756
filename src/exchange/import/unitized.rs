use std::path::Path;

use serde::Deserialize;
use serde_json::Value;
use thiserror::Error;

use super::draft::ImportError;
use super::table::text_of;
use crate::analysis::agreement::{Code, Continuum, ContinuumError, Touching, Unit};
use crate::text::Span;

/// A text with the units that several coders cut it into, read from a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unitized {
    /// The units of the coders.
    pub continuum: Continuum,
    /// What the codes are called.
    pub codes: Vec<String>,
}

/// Why a file tells nothing of how coders cut a text. Coders are counted from 1.
#[derive(Debug, Error)]
pub enum UnitizedError {
    /// It cannot be read as a text.
    #[error(transparent)]
    File(#[from] ImportError),
    /// It is no JSON, or JSON of another shape.
    #[error(
        "“{name}” cannot be read: {reason}. It has to be {{\"continuum_length\": N, \"coders\": [[{{\"code\", \"start\", \"end\"}}, …], …]}}."
    )]
    Shape {
        /// Name of the file.
        name: String,
        /// What is wrong with it, and where.
        reason: String,
    },
    /// There is nobody to agree with.
    #[error("“{name}” has the units of one coder; agreement is between two or more. A coder without units is an empty list.")]
    OneCoder {
        /// Name of the file.
        name: String,
    },
    /// A unit has its ends in the wrong order.
    #[error("a unit of coder {coder} begins at {start} and ends before, at {end}")]
    Backwards {
        /// Whose unit.
        coder: usize,
        /// Where it begins.
        start: u32,
        /// Where it ends.
        end: u32,
    },
    /// A unit lies outside of the text.
    #[error("“{code}” of coder {coder} ends at {end}, behind the end of the text at {length}")]
    Outside {
        /// Whose unit.
        coder: usize,
        /// Its code.
        code: String,
        /// Where it ends.
        end: u32,
        /// Where the text ends.
        length: u32,
    },
    /// A text has two codes of one coder.
    #[error(
        "“{first}” and “{second}” of coder {coder} lie over one another from {start}. Units of one coder are to lie side by side; compare codes that may overlap one at a time, each in a file of its own."
    )]
    Overlapping {
        /// Whose units.
        coder: usize,
        /// The code of the one that begins first.
        first: String,
        /// The code of the other.
        second: String,
        /// Where the other begins.
        start: u32,
    },
}

#[derive(Deserialize)]
struct File {
    continuum_length: u32,
    coders: Vec<Vec<FileUnit>>,
}

#[derive(Deserialize)]
struct FileUnit {
    code: Value,
    start: u32,
    end: u32,
}

/// Reads the units that several coders cut a text into: a JSON object with `continuum_length` and for each coder a list of
/// units with `code`, `start` and `end`, half-open. What else the object holds is passed over.
///
/// # Errors
/// [`UnitizedError`] when the file holds no such thing.
pub fn read_unitized(path: &Path, touching: Touching) -> Result<Unitized, UnitizedError> {
    let (name, text) = text_of(path)?;
    parse(&name, &text, touching)
}

fn parse(name: &str, text: &str, touching: Touching) -> Result<Unitized, UnitizedError> {
    let shape = |reason: String| UnitizedError::Shape { name: name.to_owned(), reason };
    let file: File = serde_json::from_str(text).map_err(|error| shape(error.to_string()))?;
    if file.coders.len() < 2 {
        return Err(UnitizedError::OneCoder { name: name.to_owned() });
    }
    let mut names: Vec<String> = Vec::new();
    let mut coders = Vec::new();
    for (coder, units) in (1..).zip(&file.coders) {
        let mut read = Vec::with_capacity(units.len());
        for unit in units {
            let (start, end) = (unit.start, unit.end);
            if end < start {
                return Err(UnitizedError::Backwards { coder, start, end });
            }
            let name = match &unit.code {
                Value::String(name) => name.clone(),
                Value::Number(number) => number.to_string(),
                other => return Err(shape(format!("{other} is no code"))),
            };
            let code = names.iter().position(|known| *known == name).unwrap_or_else(|| {
                names.push(name);
                names.len() - 1
            });
            read.push(Unit { span: Span::new(start, end), code: code as Code });
        }
        coders.push(read);
    }
    let name_of = |unit: Unit| names.get(unit.code as usize).cloned().unwrap_or_default();
    let length = file.continuum_length;
    let continuum = Continuum::new(length, &coders, touching).map_err(|error| match error {
        ContinuumError::Outside { coder, unit } => {
            UnitizedError::Outside { coder: coder + 1, code: name_of(unit), end: unit.span.end, length }
        }
        ContinuumError::Overlapping { coder, first, second } => {
            UnitizedError::Overlapping { coder: coder + 1, first: name_of(first), second: name_of(second), start: second.span.start }
        }
    })?;
    Ok(Unitized { continuum, codes: names })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn says(text: &str) -> String {
        parse("units.json", text, Touching::Apart).unwrap_err().to_string()
    }

    fn two(units: &str) -> String {
        format!("{{\"continuum_length\": 20, \"coders\": [[], [{units}]]}}")
    }

    #[test]
    fn units_are_read_by_coder() {
        let text = r#"{"id": "x", "continuum_length": 20, "coders": [[{"code": "a", "start": 2, "end": 5}, {"code": 7, "start": 5, "end": 9}], []]}"#;
        let found = parse("units.json", text, Touching::Apart).unwrap();
        assert_eq!((found.codes.as_slice(), found.continuum.length()), (&["a", "7"].map(str::to_owned)[..], 20));
        assert_eq!(found.continuum.coders().iter().map(Vec::len).collect::<Vec<_>>(), [2, 0]);
    }

    #[test]
    fn what_is_no_such_file_is_told() {
        assert!(says("1,2\n").contains("It has to be {\"continuum_length\": N"), "{}", says("1,2\n"));
        assert!(says(r#"{"coders": []}"#).contains("continuum_length"));
        assert!(says(r#"{"continuum_length": 9, "coders": [[]]}"#).contains("one coder"));
        assert!(says(&two(r#"{"code": null, "start": 1, "end": 2}"#)).contains("null is no code"));
        assert!(says(&two(r#"{"code": "a", "start": -1, "end": 2}"#)).contains("-1"));
        assert!(says(&two(r#"{"code": "a", "start": 5, "end": 2}"#)).contains("a unit of coder 2 begins at 5 and ends before, at 2"));
        assert!(
            says(&two(r#"{"code": "a", "start": 5, "end": 21}"#)).contains("“a” of coder 2 ends at 21, behind the end of the text at 20")
        );
        let over = says(&two(r#"{"code": "b", "start": 6, "end": 9}, {"code": "a", "start": 5, "end": 7}"#));
        assert!(over.contains("“a” and “b” of coder 2 lie over one another from 6"), "{over}");
    }
}
