use super::super::decode::decode;
use super::super::draft::{ImportError, Problem};
use super::super::table;
use super::{ods, xlsx};

/// More rows and columns than are read.
const MOST_ROWS: usize = 50_000;
const MOST_COLUMNS: usize = 1_000;

/// How much the parts of a packed table may unpack to, and the words of its cells come to, in bytes.
pub(super) const MOST_UNPACKED: u64 = 256 * 1024 * 1024;
const MOST_WORDS: usize = 64 * 1024 * 1024;

/// The cells of a table as they are shown, row by row, without rows in which nothing stands.
#[derive(Debug, Default)]
pub(in super::super) struct Grid {
    /// Each row with its line in the file, or its number in the sheet, from 1.
    pub(in super::super) rows: Vec<(usize, Vec<String>)>,
    /// What could not be kept or understood.
    pub(in super::super) problems: Vec<Problem>,
}

impl Grid {
    /// Reads a table whose cells commas, semicolons or tabs divide.
    pub(in super::super) fn of_text(name: &str, bytes: &[u8]) -> Result<Self, ImportError> {
        let decoded = decode(bytes).ok_or_else(|| ImportError::NotText { name: name.to_owned() })?;
        let text = decoded.text;
        // Looked through before it is taken apart, so that a table of nothing but commas takes no memory.
        let mut rows = 0;
        for line in text.split('\n').filter(|line| !line.trim().is_empty()) {
            rows += 1;
            let signs = line.bytes().filter(|byte| matches!(byte, b',' | b';' | b'\t')).count();
            if signs > MOST_COLUMNS * 20 {
                return Err(too_wide(name));
            }
        }
        if rows > MOST_ROWS * 20 {
            return Err(too_long(name));
        }
        let mut taken = Taken::new(name);
        for line in table::lines(&text) {
            taken.row(line.number as usize, line.cells)?;
        }
        let mut grid = taken.grid();
        grid.problems.extend(decoded.guessed.map(|encoding| {
            Problem::whole(format!(
                "The file does not say how its letters are written; they were read as {encoding}. Look at accents and quotation marks."
            ))
        }));
        Ok(grid)
    }

    /// Reads an Excel workbook.
    pub(in super::super) fn of_xlsx(name: &str, bytes: &[u8]) -> Result<Self, ImportError> {
        xlsx::read(name, bytes)
    }

    /// Reads an OpenDocument spreadsheet.
    pub(in super::super) fn of_ods(name: &str, bytes: &[u8]) -> Result<Self, ImportError> {
        ods::read(name, bytes)
    }
}

/// The rows of a table as they come, within bounds.
pub(super) struct Taken<'name> {
    name: &'name str,
    rows: Vec<(usize, Vec<String>)>,
    words: usize,
}

impl<'name> Taken<'name> {
    pub(super) const fn new(name: &'name str) -> Self {
        Self { name, rows: Vec::new(), words: 0 }
    }

    /// Takes a row; one in which nothing stands is passed over.
    pub(super) fn row(&mut self, line: usize, mut cells: Vec<String>) -> Result<(), ImportError> {
        while cells.last().is_some_and(|cell| cell.trim().is_empty()) {
            cells.pop();
        }
        if cells.is_empty() {
            return Ok(());
        }
        if cells.len() > MOST_COLUMNS {
            return Err(too_wide(self.name));
        }
        self.words += cells.iter().map(String::len).sum::<usize>();
        if self.rows.len() >= MOST_ROWS || self.words > MOST_WORDS {
            return Err(too_long(self.name));
        }
        self.rows.push((line, cells.into_iter().map(|cell| cell.trim().to_owned()).collect()));
        Ok(())
    }

    /// Whether a cell in this column can be taken.
    pub(super) fn column(&self, column: usize) -> Result<(), ImportError> {
        if column < MOST_COLUMNS { Ok(()) } else { Err(too_wide(self.name)) }
    }

    pub(super) fn grid(self) -> Grid {
        Grid { rows: self.rows, problems: Vec::new() }
    }
}

fn too_wide(name: &str) -> ImportError {
    ImportError::TableTooLarge { name: name.to_owned(), what: "columns", most: MOST_COLUMNS }
}

fn too_long(name: &str) -> ImportError {
    ImportError::TableTooLarge { name: name.to_owned(), what: "rows", most: MOST_ROWS }
}

/// Says which sheets of a workbook were left out, if others had anything in them.
pub(super) fn left_out(read: &str, others: &[String]) -> Option<Problem> {
    let named = others.iter().map(|name| format!("“{name}”")).collect::<Vec<_>>().join(", ");
    let is = if others.len() == 1 { "another sheet was" } else { "other sheets were" };
    (!others.is_empty()).then(|| Problem::whole(format!("The sheet “{read}” was read; {is} left out: {named}.")))
}
