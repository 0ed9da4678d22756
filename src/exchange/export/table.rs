use std::borrow::Cow;

use crate::study::{NOT_STATED, Study};

/// What stands between several values in one cell.
pub(super) const BETWEEN: &str = "; ";

/// The column of the time stamp before a passage.
pub(super) const TIME_ANCHOR: &str = "time_anchor";

/// Whether any text of the study has time stamps: tables of passages then have a column for them.
pub(super) fn has_time_anchors(study: &Study) -> bool {
    study.materials().iter().any(|material| !material.geometry.anchors().is_empty())
}

/// A table that will be a file: every cell is text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// Names of the columns.
    pub header: Vec<String>,
    /// The rows, each as long as the header.
    pub rows: Vec<Vec<String>>,
}

impl Table {
    /// The table as CSV (RFC 4180, UTF-8, lines end with CR LF), with the number of cells that were defused.
    ///
    /// A cell that a spreadsheet would run as a formula gets an apostrophe before it.
    ///
    /// # Errors
    /// Never in practice: nothing but memory is written to.
    pub fn to_csv(&self) -> Result<(Vec<u8>, usize), csv::Error> {
        let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
        for row in self.lines() {
            for cell in row {
                writer.write_field(as_written(cell).as_bytes())?;
            }
            writer.write_record(None::<&[u8]>)?;
        }
        let bytes = writer.into_inner().map_err(|error| csv::Error::from(std::io::Error::other(error.to_string())))?;
        Ok((bytes, self.defused()))
    }

    /// How many cells a spreadsheet would run as formulas if they were not defused.
    #[must_use]
    pub fn defused(&self) -> usize {
        self.lines().flatten().filter(|cell| is_formula(cell)).count()
    }

    fn lines(&self) -> impl Iterator<Item = &Vec<String>> {
        std::iter::once(&self.header).chain(&self.rows)
    }
}

/// A cell as it stands in the file: what a spreadsheet would run begins with an apostrophe.
#[must_use]
pub fn as_written(cell: &str) -> Cow<'_, str> {
    if is_formula(cell) { Cow::Owned(format!("'{cell}")) } else { Cow::Borrowed(cell) }
}

/// Whether a spreadsheet would run the cell.
fn is_formula(cell: &str) -> bool {
    cell.starts_with(['=', '+', '-', '@', '\t', '\r'])
}

/// Names joined for one cell; `None` is *Not stated*.
pub(super) fn joined(names: &[Option<String>]) -> String {
    let names: Vec<_> = names.iter().map(|name| name.as_deref().unwrap_or(NOT_STATED)).collect();
    names.join(BETWEEN)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_survive_a_reader_and_formulas_are_defused() {
        let cells = ["plain", "two\nlines", "said \"no\"", "a, b", "", "=SUM(A1)", "+1", "-x", "@y", "\tz", "\rq", "–", "a=b"];
        let table = Table { header: vec!["text".into()], rows: cells.iter().map(|cell| vec![(*cell).to_owned()]).collect() };
        let (bytes, defused) = table.to_csv().unwrap();
        assert_eq!(defused, 6);
        assert!(bytes.starts_with(b"text\r\n"));
        let mut reader = csv::Reader::from_reader(&bytes[..]);
        let read: Vec<String> = reader.records().map(|record| record.unwrap()[0].to_owned()).collect();
        let expected: Vec<String> =
            cells.iter().map(|cell| if is_formula(cell) { format!("'{cell}") } else { (*cell).to_owned() }).collect();
        assert_eq!(read, expected);
    }
}
