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
        let lines = self.to_lines_while(Between::Commas, &mut to_the_end)?;
        Ok(lines.map(|lines| (lines.bytes, lines.defused)).unwrap_or_default())
    }

    /// The table as lines, as long as `go_on` says so; nothing once it does not.
    ///
    /// # Errors
    /// As [`Table::to_csv`].
    pub(super) fn to_lines_while(&self, between: Between, go_on: GoOn<'_>) -> Result<Option<Lines>, csv::Error> {
        let parts: Vec<&[Vec<String>]> = self.rows.chunks(ROWS).collect();
        let weights: Vec<usize> = parts.iter().map(|rows| rows.len()).collect();
        let parts = in_shares(&weights, go_on, |share, step| -> Result<_, csv::Error> {
            let mut written = PartOfLines::new(between);
            for rows in parts.get(share).unwrap_or_default().iter().take_while(|_| step()) {
                rows.iter().try_for_each(|row| written.add(self, row))?;
            }
            written.finished()
        });
        let Some(parts) = parts else { return Ok(None) };
        let mut head = PartOfLines::new(between);
        head.add(self, &self.header)?;
        let mut lines = head.finished()?;
        for part in parts {
            let mut part = part?;
            lines.bytes.append(&mut part.bytes);
            lines.defused += part.defused;
            lines.straightened += part.straightened;
        }
        Ok(Some(lines))
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

/// What stands between the cells of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Between {
    /// CSV: RFC 4180, lines end with CR LF, a cell may hold line breaks.
    Commas,
    /// TSV: a row is always one line and ends with LF, and a tab always stands between cells.
    Tabs,
}

/// A table as lines of text.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Lines {
    /// In UTF-8, without the mark that Excel wants.
    pub bytes: Vec<u8>,
    /// How many cells were defused.
    pub defused: usize,
    /// In how many cells tabs and line breaks became blanks.
    pub straightened: usize,
}

/// Some rows of a table as lines.
struct PartOfLines {
    between: Between,
    writer: csv::Writer<Vec<u8>>,
    defused: usize,
    straightened: usize,
}

impl PartOfLines {
    fn new(between: Between) -> Self {
        let mut builder = csv::WriterBuilder::new();
        match between {
            Between::Commas => builder.terminator(csv::Terminator::CRLF),
            Between::Tabs => builder.delimiter(b'\t').terminator(csv::Terminator::Any(b'\n')),
        };
        Self { between, writer: builder.from_writer(Vec::new()), defused: 0, straightened: 0 }
    }

    fn add(&mut self, table: &Table, row: &[String]) -> Result<(), csv::Error> {
        for (column, cell) in row.iter().enumerate() {
            let is_run = is_formula(cell) && table.number(column, cell).is_none();
            self.defused += usize::from(is_run);
            let cell = if is_run { as_written(cell) } else { Cow::Borrowed(cell.as_str()) };
            if self.between == Between::Tabs && cell.contains(BREAKS) {
                self.straightened += 1;
                self.writer.write_field(straight(&cell).as_bytes())?;
            } else {
                self.writer.write_field(cell.as_bytes())?;
            }
        }
        self.writer.write_record(None::<&[u8]>)
    }

    fn finished(self) -> Result<Lines, csv::Error> {
        let bytes = self.writer.into_inner().map_err(|error| csv::Error::from(std::io::Error::other(error.to_string())))?;
        Ok(Lines { bytes, defused: self.defused, straightened: self.straightened })
    }
}

/// What would end a cell or line of a TSV.
const BREAKS: [char; 3] = ['\t', '\n', '\r'];

/// A cell on one line: a blank for every tab and line break.
fn straight(cell: &str) -> String {
    cell.replace("\r\n", " ").replace(BREAKS, " ")
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
    fn a_row_of_a_tsv_is_one_line_and_a_tab_always_stands_between_cells() {
        let row = ["a\tb", "two\r\nlines\n", "said \"no\"", "=1", "x, y"].map(str::to_owned).to_vec();
        let table = Table::new(["1", "2", "3", "4", "5"].map(str::to_owned).to_vec(), vec![row]);
        let lines = table.to_lines_while(Between::Tabs, &mut to_the_end).unwrap().unwrap();
        assert_eq!((lines.defused, lines.straightened), (1, 2));
        assert_eq!(String::from_utf8(lines.bytes).unwrap(), "1\t2\t3\t4\t5\na b\ttwo lines \t\"said \"\"no\"\"\"\t'=1\tx, y\n");
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
