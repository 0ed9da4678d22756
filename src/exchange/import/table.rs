use std::fs;
use std::path::Path;

use super::decode::decode;
use super::draft::ImportError;
use crate::text::fold;

/// A table of what is known of cases or sources: its first line names the columns, one of them holds ids.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct IdTable {
    /// Names of the columns besides that of the ids.
    pub columns: Vec<String>,
    /// Each line: the id, and a cell for every column.
    pub rows: Vec<(String, Vec<String>)>,
}

/// Names under which the column of ids goes; where none of them stands, it is the first column.
const IDS: [&str; 11] =
    ["id", "ids", "case", "case id", "participant id", "participant", "source", "source id", "label", "file", "file name"];

impl IdTable {
    /// Reads a table from a file: CSV with commas or semicolons, or cells divided by tabs.
    ///
    /// # Errors
    /// [`ImportError`] when it cannot be read or is no such table.
    pub fn read(path: &Path) -> Result<Self, ImportError> {
        let (name, text) = text_of(path)?;
        Self::parse(&text).ok_or(ImportError::NoTable { name })
    }

    /// The table that a text holds; `None` where there is no second column or no second line.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::of_lines(lines(text).into_iter().map(|line| line.cells))
    }

    /// The same of lines that are divided into cells already, as they come from a clipboard.
    #[must_use]
    pub fn of_lines(lines: impl IntoIterator<Item = Vec<String>>) -> Option<Self> {
        let mut lines = lines.into_iter();
        let mut columns = lines.find(|line| line.iter().any(|cell| !cell.is_empty()))?;
        let id = columns.iter().position(|name| names_ids(name)).unwrap_or(0);
        let width = columns.len();
        let take = |mut line: Vec<String>| {
            line.resize(width, String::new());
            let own = line.remove(id);
            (!own.is_empty()).then_some((own, line))
        };
        let rows: Vec<_> = lines.filter_map(take).collect();
        columns.remove(id);
        (!columns.is_empty() && !rows.is_empty()).then_some(Self { columns, rows })
    }

    /// Whether the first line of a table names a column of ids, so that it is no mere block of cells.
    #[must_use]
    pub fn names_ids(line: &[String]) -> bool {
        line.len() > 1 && line.iter().any(|name| names_ids(name.trim()))
    }
}

/// Whether the head of a column says that it holds ids.
pub(super) fn names_ids(head: &str) -> bool {
    IDS.contains(&fold(head).as_str())
}

/// Name and text of a file that holds a text.
pub(super) fn text_of(path: &Path) -> Result<(String, String), ImportError> {
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
    let bytes = fs::read(path).map_err(|reason| ImportError::Unreadable { name: name.clone(), reason })?;
    let decoded = decode(&bytes).ok_or_else(|| ImportError::NotText { name: name.clone() })?;
    if decoded.text.trim().is_empty() {
        return Err(ImportError::Empty { name });
    }
    Ok((name, decoded.text))
}

/// A line of a table.
pub(super) struct Line {
    /// Where it begins in the file, 1-based.
    pub(super) number: u64,
    /// Its cells, without white space around them.
    pub(super) cells: Vec<String>,
}

/// The lines of a text divided into cells, by commas, semicolons or tabs: whichever the first line has most of, or by the sign that it
/// tells as `sep=;`, which is then no line of the table. Blank lines are left out.
pub(super) fn lines(text: &str) -> Vec<Line> {
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let told = first.strip_prefix("sep=").and_then(|sign| if let [sign] = sign.as_bytes() { Some(*sign) } else { None });
    let most = || [b'\t', b';', b','].into_iter().max_by_key(|sign| count(first, *sign));
    let delimiter = told.or_else(most).unwrap_or(b',');
    let mut reader =
        csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).has_headers(false).trim(csv::Trim::All).from_reader(text.as_bytes());
    let line = |record: csv::StringRecord| {
        let (number, byte) = record.position().map_or((0, 0), |position| (position.line(), position.byte()));
        // A record is said to begin where the one before ended, with the blank lines between them.
        let blank = text.get(byte as usize..).unwrap_or_default().bytes().take_while(|byte| *byte == b'\n').count();
        Line { number: number + blank as u64, cells: record.iter().map(str::to_owned).collect() }
    };
    let is_blank = |line: &Line| line.cells.len() == 1 && line.cells.iter().all(String::is_empty);
    let lines = reader.records().filter_map(Result::ok).map(line).filter(|line| !is_blank(line));
    lines.skip(usize::from(told.is_some())).collect()
}

/// How often a sign stands in a line, outside of quotes.
fn count(line: &str, sign: u8) -> usize {
    let mut quoted = false;
    let mut found = 0;
    for byte in line.bytes() {
        quoted ^= byte == b'"';
        found += usize::from(byte == sign && !quoted);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_read_however_their_cells_are_divided() {
        let check = |text: &str, expected: &[(&str, &[&str])]| {
            let table = IdTable::parse(text).unwrap();
            assert_eq!(table.columns, ["Age", "Office"], "{text}");
            let rows: Vec<(&str, Vec<&str>)> =
                table.rows.iter().map(|(id, cells)| (id.as_str(), cells.iter().map(String::as_str).collect())).collect();
            let expected: Vec<(&str, Vec<&str>)> = expected.iter().map(|(id, cells)| (*id, cells.to_vec())).collect();
            assert_eq!(rows, expected, "{text}");
        };
        check("id,Age,Office\nA, 40 ,\"North, and South\"\n\nB\n", &[("A", &["40", "North, and South"]), ("B", &["", ""])]);
        check("Age;Case;Office\n40;A;North\n;;\n", &[("A", &["40", "North"])]);
        check("who\tAge\tOffice\nA\t40\tNorth\tmore\n", &[("A", &["40", "North"])]);
        check("\n\"id\",\"Age\",\"Office\"\r\nA,40,\"two\nlines\"\r\n", &[("A", &["40", "two\nlines"])]);
    }

    #[test]
    fn what_is_no_table_is_none() {
        for text in ["", "id\nA\n", "id,Age\n", "only words", ",,,\n,,,\n"] {
            assert_eq!(IdTable::parse(text), None, "{text:?}");
        }
    }

    #[test]
    fn files_that_hold_no_table_are_told_by_name() {
        let folder = tempfile::tempdir().unwrap();
        let check = |name: &str, bytes: &[u8], says: &str| {
            let path = folder.path().join(name);
            fs::write(&path, bytes).unwrap();
            let error = IdTable::read(&path).unwrap_err().to_string();
            assert!(error.contains(name) && error.contains(says), "{error}");
        };
        check("empty.csv", b"", "empty");
        check("picture.csv", b"\x89PNG\0\0\0\x01", "not a text");
        check("words.csv", b"nothing but words", "first line");
        assert!(matches!(IdTable::read(&folder.path().join("none.csv")), Err(ImportError::Unreadable { .. })));
        assert!(matches!(IdTable::read(folder.path()), Err(ImportError::Unreadable { .. })));
    }
}
