use std::io::{Cursor, Read};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

use super::super::draft::{ImportError, Problem};
use super::grid::{Grid, MOST_UNPACKED, Taken, left_out};

/// Reads the first sheet of a spreadsheet that has two rows. Its cells hold the words that are shown beside their values.
pub(super) fn read(name: &str, bytes: &[u8]) -> Result<Grid, ImportError> {
    let broken = |reason: String| ImportError::BrokenTable { name: name.to_owned(), reason };
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| broken(error.to_string()))?;
    let manifest = part(&mut archive, "META-INF/manifest.xml").unwrap_or_default();
    if manifest.contains("encryption-data") {
        return Err(ImportError::Protected { name: name.to_owned() });
    }
    let content = part(&mut archive, "content.xml").map_err(broken)?;
    let mut sheets = Sheets { name, done: Vec::new(), now: None };
    sheets.read(&content)?;
    let mut sheets = sheets.done.into_iter();
    let (mut read, mut others) = (None, Vec::new());
    for (sheet, grid) in sheets.by_ref() {
        if read.is_none() && grid.rows.len() > 1 {
            read = Some((sheet, grid));
        } else if !grid.rows.is_empty() {
            others.push(sheet);
        }
    }
    let (sheet, mut grid) = read.ok_or_else(|| ImportError::NoAnswers { name: name.to_owned() })?;
    grid.problems.extend(left_out(&sheet, &others));
    Ok(grid)
}

/// A part of the archive as text. The sizes that it states are not to be trusted: what comes out is counted.
fn part(archive: &mut ZipArchive<Cursor<&[u8]>>, name: &str) -> Result<String, String> {
    let file = archive.by_name(name).map_err(|error| error.to_string())?;
    let mut bytes = Vec::new();
    file.take(MOST_UNPACKED + 1).read_to_end(&mut bytes).map_err(|error| error.to_string())?;
    if bytes.len() as u64 > MOST_UNPACKED {
        return Err("it unpacks to far more than a table can be".to_owned());
    }
    String::from_utf8(bytes).map_err(|_| "its text is not UTF-8".to_owned())
}

/// The sheets as they are read.
struct Sheets<'name> {
    name: &'name str,
    done: Vec<(String, Grid)>,
    now: Option<Sheet<'name>>,
}

/// The sheet that is being read.
struct Sheet<'name> {
    title: String,
    taken: Taken<'name>,
    /// The number of the row, from 1, and how often it is repeated.
    row: usize,
    rows: usize,
    cells: Vec<String>,
    /// The words of the cell, in which column it stands, and how often it is repeated.
    words: Option<String>,
    columns: usize,
    merged: Option<usize>,
}

/// More than a repeated row or cell is ever read again.
const REPEATED: usize = 1_000_000;

impl Sheets<'_> {
    fn read(&mut self, xml: &str) -> Result<(), ImportError> {
        let broken = |reason: String| ImportError::BrokenTable { name: self.name.to_owned(), reason };
        let mut reader = Reader::from_str(xml);
        // A note beside a cell is none of its words.
        let mut notes = 0_usize;
        loop {
            let event = reader.read_event().map_err(|error| broken(error.to_string()))?;
            match &event {
                Event::Eof => return Ok(()),
                Event::Start(element) if element.local_name().as_ref() == "annotation" => notes += 1,
                Event::End(element) if element.local_name().as_ref() == "annotation" => notes = notes.saturating_sub(1),
                _ if notes > 0 => {}
                Event::Start(element) => self.begins(element),
                Event::Empty(element) => {
                    self.begins(element);
                    self.ends(element.local_name().as_ref())?;
                }
                Event::End(element) => self.ends(element.local_name().as_ref())?,
                Event::Text(text) => self.says(&text.xml10_content()),
                Event::GeneralRef(entity) => {
                    let letter = entity.resolve_char_ref().ok().flatten().map(String::from);
                    let named = || quick_xml::escape::resolve_predefined_entity(entity).map(str::to_owned);
                    self.says(&letter.or_else(named).unwrap_or_default());
                }
                _ => {}
            }
        }
    }

    fn says(&mut self, words: &str) {
        if let Some(cell) = self.now.as_mut().and_then(|sheet| sheet.words.as_mut()) {
            cell.push_str(words);
        }
    }

    fn begins(&mut self, element: &BytesStart<'_>) {
        let number = |name: &str| attribute(element, name).and_then(|words| words.parse::<usize>().ok()).unwrap_or(1).clamp(1, REPEATED);
        let local = element.local_name();
        if local.as_ref() == "table" {
            let title = attribute(element, "name").unwrap_or_default();
            let taken = Taken::new(self.name);
            self.now = Some(Sheet { title, taken, row: 0, rows: 0, cells: Vec::new(), words: None, columns: 1, merged: None });
        }
        let Some(sheet) = &mut self.now else { return };
        match local.as_ref() {
            "table-row" => {
                sheet.row += sheet.rows.max(1);
                sheet.rows = number("number-rows-repeated");
                sheet.cells.clear();
            }
            "table-cell" | "covered-table-cell" => {
                sheet.columns = number("number-columns-repeated");
                sheet.words = Some(String::new());
                if number("number-rows-spanned") > 1 {
                    sheet.merged.get_or_insert(sheet.row);
                }
            }
            "p" if sheet.words.as_ref().is_some_and(|words| !words.is_empty()) => self.says("\n"),
            "s" => {
                let blanks = number("c").min(100);
                self.says(&" ".repeat(blanks));
            }
            "tab" => self.says("\t"),
            "line-break" => self.says("\n"),
            _ => {}
        }
    }

    fn ends(&mut self, element: &str) -> Result<(), ImportError> {
        let Some(sheet) = &mut self.now else { return Ok(()) };
        match element {
            "table-cell" | "covered-table-cell" => {
                let words = sheet.words.take().unwrap_or_default();
                if words.trim().is_empty() {
                    // What is empty to the edge of the sheet is repeated for thousands of columns.
                    let wanted = sheet.cells.len() + sheet.columns.min(20_000);
                    sheet.cells.resize(wanted.min(20_000), String::new());
                } else {
                    for _ in 0..sheet.columns {
                        sheet.taken.column(sheet.cells.len())?;
                        sheet.cells.push(words.clone());
                    }
                }
            }
            "table-row" => {
                let cells = std::mem::take(&mut sheet.cells);
                if cells.iter().any(|cell| !cell.trim().is_empty()) {
                    for number in 0..sheet.rows {
                        sheet.taken.row(sheet.row + number, cells.clone())?;
                    }
                }
            }
            "table" => {
                if let Some(sheet) = self.now.take() {
                    let mut grid = sheet.taken.grid();
                    let sentence = "Cells are merged here and perhaps elsewhere; their words belong to the first row of them.";
                    grid.problems.extend(sheet.merged.map(|row| Problem::at(row, sentence)));
                    self.done.push((sheet.title, grid));
                }
            }
            _ => {}
        }
        Ok(())
    }
}

/// An attribute of an element by its name without prefix.
fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut attributes = element.attributes().flatten();
    let found = attributes.find(|attribute| attribute.key.local_name().as_ref() == name)?;
    Some(found.value.to_string())
}
