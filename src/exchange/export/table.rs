use std::borrow::Cow;
use std::collections::BTreeSet;

use super::course::{GoOn, ROWS, to_the_end};
use crate::analysis::shares::in_shares;
use crate::study::{NOT_STATED, Study};

/// What stands between several values in one cell.
pub(super) const BETWEEN: &str = "; ";

/// Longer numbers are not kept whole by spreadsheets.
const MOST_DIGITS: usize = 15;

/// The column of the time stamp before a passage.
pub(super) const TIME_ANCHOR: &str = "time_anchor";

/// Whether any text of the study has time stamps: tables of passages then have a column for them.
pub(super) fn has_time_anchors(study: &Study) -> bool {
    study.materials().iter().any(|material| !material.geometry.anchors().is_empty())
}

/// A table that will be a file: every cell is text, and the table knows which of them are numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// Names of the columns.
    pub header: Vec<String>,
    /// The rows, each as long as the header.
    pub rows: Vec<Vec<String>>,
    /// Columns in which what looks like a number is one. Everywhere else it is text: an id can look like a number.
    counting: BTreeSet<usize>,
    /// How many columns at the left say what a row is about; they stay in sight in a workbook.
    heads: usize,
    /// The sheets of a workbook; none is one sheet with all columns.
    sheets: Vec<Sheet>,
}

/// A sheet of a workbook: some of the columns of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet {
    /// What it is called.
    pub name: String,
    /// Its columns, by their places in the table.
    pub columns: Vec<usize>,
}

impl Table {
    /// A table of text.
    #[must_use]
    pub fn new(header: Vec<String>, rows: Vec<Vec<String>>) -> Self {
        Self { header, rows, ..Self::default() }
    }

    /// The same with numbers in the columns of which `is_number` says so; it is given the place of each and its name.
    #[must_use]
    pub fn counting(mut self, is_number: impl Fn(usize, &str) -> bool) -> Self {
        self.counting = (0..).zip(&self.header).filter(|(at, name)| is_number(*at, name)).map(|(at, _)| at).collect();
        self
    }

    /// The same with that many columns at the left that say what a row is about.
    #[must_use]
    pub const fn headed(mut self, heads: usize) -> Self {
        self.heads = heads;
        self
    }

    /// The same as several sheets of a workbook.
    #[must_use]
    pub fn in_sheets(mut self, sheets: Vec<Sheet>) -> Self {
        self.sheets = sheets;
        self
    }

    /// How many columns at the left say what a row is about.
    #[must_use]
    pub const fn heads(&self) -> usize {
        self.heads
    }

    /// Whether a column holds numbers, and signs in their place.
    #[must_use]
    pub fn is_counting(&self, column: usize) -> bool {
        self.counting.contains(&column)
    }

    /// The sheets of a workbook; the only one has this name.
    pub(super) fn sheets(&self, name: &str) -> Vec<Sheet> {
        match self.sheets.as_slice() {
            [] => vec![Sheet { name: name.to_owned(), columns: (0..self.header.len()).collect() }],
            sheets => sheets.to_vec(),
        }
    }

    /// The number in a cell of a column, where it is one.
    #[must_use]
    pub fn number(&self, column: usize, cell: &str) -> Option<f64> {
        // Most cells are long texts, which nobody has to look through.
        if cell.len() > MOST_DIGITS || !self.counting.contains(&column) {
            return None;
        }
        let unsigned = cell.strip_prefix('-').unwrap_or(cell);
        let (whole, decimals) = unsigned.split_once('.').unwrap_or((unsigned, "0"));
        let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        (digits(whole) && digits(decimals)).then(|| cell.parse().ok()).flatten()
    }

    /// The table as CSV (RFC 4180, UTF-8, lines end with CR LF), with the number of cells that were defused.
    ///
    /// A cell that a spreadsheet would run as a formula gets an apostrophe before it.
    ///
    /// # Errors
    /// Never in practice: nothing but memory is written to.
    pub fn to_csv(&self) -> Result<(Vec<u8>, usize), csv::Error> {
        self.to_csv_while(&mut to_the_end).map(Option::unwrap_or_default)
    }

    /// The same as long as `go_on` says so; nothing once it does not.
    ///
    /// # Errors
    /// As [`Table::to_csv`].
    pub fn to_csv_while(&self, go_on: GoOn<'_>) -> Result<Option<(Vec<u8>, usize)>, csv::Error> {
        let parts: Vec<&[Vec<String>]> = self.rows.chunks(ROWS).collect();
        let weights: Vec<usize> = parts.iter().map(|rows| rows.len()).collect();
        let parts = in_shares(&weights, go_on, |share, step| -> Result<_, csv::Error> {
            let mut written = CsvPart::new();
            for rows in parts.get(share).unwrap_or_default().iter().take_while(|_| step()) {
                rows.iter().try_for_each(|row| written.add(self, row))?;
            }
            written.finished()
        });
        let Some(parts) = parts else { return Ok(None) };
        let mut head = CsvPart::new();
        head.add(self, &self.header)?;
        let (mut bytes, mut defused) = head.finished()?;
        for part in parts {
            let (mut more, of_part) = part?;
            bytes.append(&mut more);
            defused += of_part;
        }
        Ok(Some((bytes, defused)))
    }

    /// How many cells a spreadsheet would run as formulas if they were not defused.
    #[must_use]
    pub fn defused(&self) -> usize {
        let runs = |(column, cell): &(usize, &String)| is_formula(cell) && self.number(*column, cell).is_none();
        self.lines().flat_map(|row| row.iter().enumerate()).filter(runs).count()
    }

    fn lines(&self) -> impl Iterator<Item = &Vec<String>> {
        std::iter::once(&self.header).chain(&self.rows)
    }
}

/// Some rows of a table as CSV.
struct CsvPart {
    writer: csv::Writer<Vec<u8>>,
    /// How many cells were defused.
    defused: usize,
}

impl CsvPart {
    fn new() -> Self {
        Self { writer: csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new()), defused: 0 }
    }

    fn add(&mut self, table: &Table, row: &[String]) -> Result<(), csv::Error> {
        for (column, cell) in row.iter().enumerate() {
            if is_formula(cell) && table.number(column, cell).is_none() {
                self.defused += 1;
                self.writer.write_field(as_written(cell).as_bytes())?;
            } else {
                self.writer.write_field(cell)?;
            }
        }
        self.writer.write_record(None::<&[u8]>)
    }

    fn finished(self) -> Result<(Vec<u8>, usize), csv::Error> {
        let bytes = self.writer.into_inner().map_err(|error| csv::Error::from(std::io::Error::other(error.to_string())))?;
        Ok((bytes, self.defused))
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
        let table = Table::new(vec!["text".into()], cells.iter().map(|cell| vec![(*cell).to_owned()]).collect());
        let (bytes, defused) = table.to_csv().unwrap();
        assert_eq!(defused, 6);
        assert!(bytes.starts_with(b"text\r\n"));
        let mut reader = csv::Reader::from_reader(&bytes[..]);
        let read: Vec<String> = reader.records().map(|record| record.unwrap()[0].to_owned()).collect();
        let expected: Vec<String> =
            cells.iter().map(|cell| if is_formula(cell) { format!("'{cell}") } else { (*cell).to_owned() }).collect();
        assert_eq!(read, expected);
    }

    #[test]
    fn numbers_are_known_by_their_column_and_their_look() {
        let table = Table::new(["id", "count"].map(str::to_owned).to_vec(), Vec::new()).counting(|_, name| name == "count");
        for (column, cell, expected) in [
            (1, "12", Some(12.0)),
            (1, "0.2500", Some(0.25)),
            (0, "12", None),
            (1, "", None),
            (1, "–", None),
            (1, "4 + 1 group", None),
            (1, "1.", None),
            (1, "1e5", None),
            (1, "-3", Some(-3.0)),
            (1, "-0.25", Some(-0.25)),
            (1, "-", None),
            (1, "--3", None),
            (0, "-3", None),
            (1, "1234567890123456", None),
        ] {
            assert_eq!(table.number(column, cell), expected, "{cell}");
        }
        // What is less than nothing is no formula.
        let table = Table { rows: vec![["-3", "-3"].map(str::to_owned).to_vec()], ..table };
        assert_eq!(table.to_csv().unwrap(), (b"id,count\r\n'-3,-3\r\n".to_vec(), 1));
    }
}
