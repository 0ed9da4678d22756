use std::collections::BTreeMap;
use std::io::{Cursor, Read, copy, sink};

use calamine::{DataRef, ExcelDateTime, Reader as _, Xlsx, XlsxError};
use zip::ZipArchive;

use super::super::draft::{ImportError, Problem};
use super::grid::{Grid, MOST_UNPACKED, Taken, left_out};

/// Reads the first sheet of a workbook that has two rows.
pub(super) fn read(name: &str, bytes: &[u8]) -> Result<Grid, ImportError> {
    let broken = |reason: String| ImportError::BrokenTable { name: name.to_owned(), reason };
    unpacks(bytes).map_err(broken)?;
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|error| broken(error.to_string()))?;
    let (mut read, mut others) = (None, Vec::new());
    for sheet in book.sheet_names() {
        let grid = match sheet_of(&mut book, name, &sheet) {
            Ok(grid) => grid,
            // A sheet of charts has no cells.
            Err(Trouble::Book(XlsxError::NotAWorksheet(_))) => continue,
            Err(Trouble::Book(error)) => return Err(broken(error.to_string())),
            Err(Trouble::Import(error)) => return Err(error),
        };
        if read.is_none() && grid.rows.len() > 1 {
            read = Some((sheet, grid));
        } else if !grid.rows.is_empty() {
            others.push(sheet);
        }
    }
    let (sheet, mut grid) = read.ok_or_else(|| ImportError::NoAnswers { name: name.to_owned() })?;
    grid.problems.extend(left_out(&sheet, &others));
    let merged = book.merge_cells_by_sheet_name(&sheet).unwrap_or_default();
    if let Some(first) = merged.iter().find(|merged| merged.end.0 > merged.start.0 && merged.end.0 > 0) {
        let line = first.start.0 as usize + 1;
        grid.problems.push(Problem::at(line, "Cells are merged here and perhaps elsewhere; their words belong to the first row of them."));
    }
    Ok(grid)
}

/// Whether what a zip archive unpacks to is of a size that a table has. The sizes that it states are not to be trusted: what comes
/// out is counted.
fn unpacks(bytes: &[u8]) -> Result<(), String> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| error.to_string())?;
    let mut left = MOST_UNPACKED;
    for index in 0..archive.len() {
        let file = archive.by_index(index).map_err(|error| error.to_string())?;
        let size = copy(&mut file.take(left + 1), &mut sink()).map_err(|error| error.to_string())?;
        left = left.checked_sub(size).ok_or("it unpacks to far more than a table can be")?;
    }
    Ok(())
}

enum Trouble {
    Book(XlsxError),
    Import(ImportError),
}

impl From<XlsxError> for Trouble {
    fn from(error: XlsxError) -> Self {
        Self::Book(error)
    }
}

impl From<ImportError> for Trouble {
    fn from(error: ImportError) -> Self {
        Self::Import(error)
    }
}

fn sheet_of(book: &mut Xlsx<Cursor<&[u8]>>, name: &str, sheet: &str) -> Result<Grid, Trouble> {
    let mut reader = book.worksheet_cells_reader(sheet)?;
    let mut taken = Taken::new(name);
    let mut row: BTreeMap<usize, String> = BTreeMap::new();
    let mut at = 0;
    let mut unknown: Vec<(usize, usize)> = Vec::new();
    while let Some(cell) = reader.next_cell_with_formula_metadata()? {
        let (line, column) = (cell.pos.0 as usize + 1, cell.pos.1 as usize);
        if line != at {
            taken.row(at, cells(std::mem::take(&mut row)))?;
            at = line;
        }
        let shown = shown(&cell.value);
        if cell.formula.is_some() && cell.value == DataRef::Empty {
            unknown.push((line, column));
        } else if !shown.is_empty() {
            taken.column(column)?;
            row.insert(column, shown);
        }
    }
    taken.row(at, cells(row))?;
    let mut grid = taken.grid();
    // Rows may stand in the file in any order.
    grid.rows.sort_by_key(|(line, _)| *line);
    grid.problems.extend(unknown.first().map(|(line, _)| {
        let many = unknown.len();
        let cells = if many == 1 { "1 cell holds a formula".to_owned() } else { format!("{many} cells hold formulas") };
        Problem::at(*line, format!("{cells} whose result is not in the file. Open it in Excel, save it there, and import it again."))
    }));
    Ok(grid)
}

fn cells(row: BTreeMap<usize, String>) -> Vec<String> {
    let mut cells = Vec::new();
    for (column, words) in row {
        cells.resize(column, String::new());
        cells.push(words);
    }
    cells
}

/// A value as it is shown; dates as `2031-05-20`.
fn shown(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Empty => String::new(),
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number.to_string(),
        DataRef::String(words) => words.trim().to_owned(),
        DataRef::SharedString(words) => (*words).trim().to_owned(),
        DataRef::Bool(is) => if *is { "TRUE" } else { "FALSE" }.to_owned(),
        DataRef::DateTime(time) => date(*time),
        DataRef::DateTimeIso(words) | DataRef::DurationIso(words) => words.trim_end_matches("T00:00:00").replace('T', " "),
        DataRef::Error(error) => error.to_string(),
    }
}

fn date(time: ExcelDateTime) -> String {
    let (year, month, day, hour, minute, second, _) = time.to_ymd_hms_milli();
    if time.is_duration() {
        let seconds = (time.as_f64() * 86_400.0).round() as u64;
        return format!("{}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
    }
    let clock = if second == 0 { format!("{hour:02}:{minute:02}") } else { format!("{hour:02}:{minute:02}:{second:02}") };
    match (time.as_f64() < 1.0, time.as_f64().fract() == 0.0) {
        (true, _) => clock,
        (false, true) => format!("{year:04}-{month:02}-{day:02}"),
        (false, false) => format!("{year:04}-{month:02}-{day:02} {clock}"),
    }
}
