//! A table as a workbook for spreadsheets.

use std::collections::HashSet;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError};

use super::about::About;
use super::course::{GoOn, ROWS, to_the_end};
use super::table::{Sheet, Table};
use super::write::ExportError;
use crate::analysis::shares::in_shares;
use crate::text::fold;

/// The most rows and columns that a sheet can have.
const MOST_ROWS: usize = 1_048_576;
const MOST_COLUMNS: usize = 16_384;
/// The most a cell can hold, in UTF-16 units.
const MOST_IN_CELL: usize = 32_767;
/// What stands at the end of a text that was cut.
const CUT: &str = " … [cut here: a cell of a workbook holds no more; the CSV has all of it]";
/// The longest name of a sheet, in UTF-16 units, and the signs it cannot have.
const LONGEST_NAME: usize = 31;
const NOT_IN_NAMES: [char; 7] = ['[', ']', ':', '*', '?', '/', '\\'];

/// How hard the parts of the file are packed, from 1 to 9.
const FAST: u8 = 1;

/// Widths of columns, in characters: the narrowest, that of ids, those of words and those of texts.
const NARROW: usize = 7;
const IDS: usize = 10;
const WORDS: usize = 28;
const TEXTS: usize = 64;
/// From how many characters on words are a text.
const IS_TEXT: usize = 140;
/// The height of a line, and the greatest height that a row can have, in points.
const LINE: f64 = 15.0;
const HIGHEST: f64 = 409.0;
/// Up to which width a sheet fits on one page across: a small one, and a large one.
const FITS_SMALL: usize = 150;
const FITS_LARGE: usize = 380;
/// A4 and A3, as the format numbers them.
const SMALL_PAPER: u8 = 9;
const LARGE_PAPER: u8 = 8;

/// A workbook as the bytes of its file, and how many cells were cut.
pub(super) struct Made {
    pub bytes: Vec<u8>,
    pub cut: usize,
}

/// Puts a table into a workbook: a sheet for each of its parts, the last sheet the note on how to read it.
///
/// Text is written as text, so that nothing in it can run as a formula. The bytes depend on table and note alone.
pub(super) fn workbook(table: &Table, about: &About, name: &str, go_on: GoOn<'_>) -> Result<Made, ExportError> {
    if table.rows.len() >= MOST_ROWS || table.header.len() > MOST_COLUMNS {
        return Err(ExportError::TooLarge { rows: table.rows.len(), columns: table.header.len() });
    }
    let mut workbook = Workbook::new();
    // Packing harder takes longer than everything else.
    workbook.set_zip_compression_level(FAST);
    let looks = Looks::new();
    let mut taken = HashSet::from([fold("About")]);
    let mut cut = 0;
    for Sheet { name, columns } in table.sheets(name) {
        let sheet = workbook.add_worksheet();
        sheet.set_name(sheet_name(&name, &mut taken))?;
        cut += write_table(sheet, table, &columns, &looks, go_on)?.ok_or(ExportError::Cancelled)?;
    }
    let said = match cut {
        0 => "No cell was changed.".to_owned(),
        1 => "1 cell held more than a cell of a workbook can; its end is cut off.".to_owned(),
        n => format!("{n} cells held more than a cell of a workbook can; their ends are cut off."),
    };
    let sheet = workbook.add_worksheet();
    sheet.set_name("About")?;
    write_about(sheet, about, &format!("{said} Text stands as text: nothing in it runs as a formula."), &looks)?;
    let made = ExcelDateTime::from_timestamp(about.time().div_euclid(1000))?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&made));
    Ok(Made { bytes: workbook.save_to_buffer()?, cut })
}

/// How cells look.
struct Looks {
    head: Format,
    head_of_numbers: Format,
    text: Format,
    id: Format,
    name: Format,
    number: Format,
    heading: Format,
}

impl Looks {
    fn new() -> Self {
        let cell = || Format::new().set_align(FormatAlign::Top);
        let head = cell()
            .set_bold()
            .set_text_wrap()
            .set_background_color("EFEBE2")
            .set_border_bottom(FormatBorder::Thin)
            .set_border_bottom_color("8A8478");
        Self {
            head_of_numbers: head.clone().set_align(FormatAlign::Right),
            head,
            text: cell().set_text_wrap(),
            id: cell(),
            name: cell().set_text_wrap().set_bold(),
            number: cell().set_align(FormatAlign::Right),
            heading: cell().set_bold().set_text_wrap(),
        }
    }
}

/// Writes some columns of a table, and says how many cells were cut; nothing once `go_on` says that it is not to.
fn write_table(
    sheet: &mut Worksheet,
    table: &Table,
    columns: &[usize],
    looks: &Looks,
    go_on: GoOn<'_>,
) -> Result<Option<usize>, XlsxError> {
    let heads = columns.iter().filter(|column| **column < table.heads()).count();
    let widths = in_shares(&vec![table.rows.len(); columns.len()], &mut to_the_end, |share, _| {
        columns.get(share).unwrap_or_default().iter().map(|column| width(table, *column)).collect::<Vec<_>>()
    });
    let widths = widths.unwrap_or_default().concat();
    let mut cut = 0;
    let head_of = |column: usize| table.header.get(column).map_or("", String::as_str);
    let mut looks_of = Vec::with_capacity(columns.len());
    for ((at, column), width) in (0u16..).zip(columns).zip(&widths) {
        let (head, counts) = (head_of(*column), table.is_counting(*column));
        cut += write_text(sheet, 0, at, head, if counts { &looks.head_of_numbers } else { &looks.head })?;
        sheet.set_column_width(at, *width as f64)?;
        looks_of.push(match (usize::from(at) < heads, counts) {
            (true, _) => &looks.name,
            (false, true) => &looks.number,
            (false, false) if is_id(head) => &looks.id,
            (false, false) => &looks.text,
        });
    }
    for (line, row) in (0u32..).zip(std::iter::once(&table.header).chain(&table.rows)) {
        if line as usize % ROWS == 1 && !go_on(line as usize, table.rows.len()) {
            return Ok(None);
        }
        for ((at, column), look) in (0u16..).zip(columns).zip(&looks_of).filter(|_| line > 0) {
            match row.get(*column).map(String::as_str) {
                None | Some("") => {}
                Some(cell) => match table.number(*column, cell) {
                    Some(number) => _ = sheet.write_number_with_format(line, at, number, &looks.number)?,
                    None => cut += write_text(sheet, line, at, cell, look)?,
                },
            }
        }
        // A spreadsheet is not sure to find out by itself how high a row of wrapped text is.
        let cells = columns.iter().zip(&widths).filter(|(column, _)| line == 0 || !is_id(head_of(**column)));
        let lines =
            cells.filter_map(|(column, width)| Some(lines(row.get(*column)?, if line == 0 { width.saturating_sub(3) } else { *width })));
        let most = lines.max().unwrap_or(1);
        if most > 1 {
            sheet.set_row_height(line, (most as f64 * LINE).min(HIGHEST))?;
        }
    }
    let (last_row, last_column) = (line_of(table.rows.len()), column_of(columns.len().saturating_sub(1)));
    sheet.set_freeze_panes(1, column_of(heads))?;
    if !columns.is_empty() {
        sheet.autofilter(0, 0, last_row, last_column)?;
    }
    set_page(sheet, widths.iter().sum(), heads)?;
    Ok(Some(cut))
}

/// How a sheet is printed: the whole width on one page where that can be read.
fn set_page(sheet: &mut Worksheet, width: usize, heads: usize) -> Result<(), XlsxError> {
    sheet.set_landscape().set_repeat_rows(0, 0)?.set_paper_size(if width <= FITS_SMALL { SMALL_PAPER } else { LARGE_PAPER });
    if width <= FITS_LARGE {
        sheet.set_print_fit_to_pages(1, 0);
    } else if let Some(last) = heads.checked_sub(1) {
        sheet.set_repeat_columns(0, column_of(last))?;
    }
    sheet.set_footer("&L&A&RPage &P of &N");
    Ok(())
}

/// Whether a column of this name holds ids that only programs read.
fn is_id(head: &str) -> bool {
    head == "id"
}

/// How many lines a text takes in a column of this width, words whole where that is possible.
fn lines(text: &str, width: usize) -> usize {
    let width = width.max(1);
    if text.len() <= width && !text.contains('\n') {
        return 1;
    }
    let of_line = |line: &str| {
        let (mut lines, mut used) = (1, 0);
        for word in line.split(' ') {
            let length = word.chars().count();
            if used > 0 && used + 1 + length > width {
                lines += 1;
                used = 0;
            }
            used += length + usize::from(used > 0);
            while used > width {
                lines += 1;
                used -= width;
            }
        }
        lines
    };
    text.split('\n').map(of_line).sum()
}

/// Writes the lines of a note one below the other; what stands after an empty line and is no sentence is a heading.
fn write_about(sheet: &mut Worksheet, about: &About, changed: &str, looks: &Looks) -> Result<(), XlsxError> {
    let width = TEXTS * 3 / 2;
    sheet.set_column_width(0, width as f64)?;
    let mut after_gap = true;
    for (line, text) in (0u32..).zip(about.lines().iter().map(String::as_str).chain(["", changed])) {
        let look = if after_gap && (line == 0 || !text.ends_with('.')) { &looks.heading } else { &looks.text };
        if !text.is_empty() {
            write_text(sheet, line, 0, text, look)?;
            sheet.set_row_height(line, lines(text, width) as f64 * LINE)?;
        }
        after_gap = text.is_empty();
    }
    sheet.set_paper_size(SMALL_PAPER).set_print_fit_to_pages(1, 0);
    Ok(())
}

/// Writes text as text, and says whether it had to be cut.
fn write_text(sheet: &mut Worksheet, line: u32, column: u16, text: &str, look: &Format) -> Result<usize, XlsxError> {
    match shortened(text) {
        None => sheet.write_string_with_format(line, column, text, look).map(|_| 0),
        Some(cut) => sheet.write_string_with_format(line, column, cut, look).map(|_| 1),
    }
}

/// As much of a text as a cell holds, with a sentence that says so; nothing where it holds all of it.
fn shortened(text: &str) -> Option<String> {
    // A byte is at least as much as a UTF-16 unit.
    if text.len() <= MOST_IN_CELL || text.encode_utf16().count() <= MOST_IN_CELL {
        return None;
    }
    Some(first_units(text, MOST_IN_CELL - CUT.encode_utf16().count()) + CUT)
}

/// The first characters of a text that fit into so many UTF-16 units.
fn first_units(text: &str, most: usize) -> String {
    let mut units = 0;
    let fits = |c: &char| {
        units += c.len_utf16();
        units <= most
    };
    text.chars().take_while(fits).collect()
}

/// The width of a column in characters: of its longest line, within what can be read at a glance.
fn width(table: &Table, column: usize) -> usize {
    let head = table.header.get(column).map_or("", String::as_str);
    if is_id(head) {
        return IDS;
    }
    // The longest line of a cell, and all of it.
    let measured = |cell: &String| {
        let all = cell.chars().count();
        (if cell.contains('\n') { cell.lines().map(|line| line.chars().count()).max().unwrap_or(0) } else { all }, all)
    };
    let cells = table.rows.iter().filter_map(|row| row.get(column)).map(measured);
    let (line, all) = cells.fold((0, 0), |(line, all), (own, whole)| (own.max(line), whole.max(all)));
    // A head may stand on several lines, with the sign of the filter at its end.
    let word = head.split_whitespace().map(|word| word.chars().count()).max().unwrap_or(0) + 3;
    let most = if all >= IS_TEXT { TEXTS } else { WORDS };
    (line + 2).max(word).clamp(NARROW, most)
}

/// A name that a sheet can have and no other has.
fn sheet_name(wanted: &str, taken: &mut HashSet<String>) -> String {
    let plain: String = wanted.chars().map(|c| if NOT_IN_NAMES.contains(&c) || c.is_control() { ' ' } else { c }).collect();
    // “History” is taken by Excel itself.
    let plain = match plain.trim_matches([' ', '\'']) {
        "" => "Sheet".to_owned(),
        plain if fold(plain) == "history" => format!("{plain} 1"),
        plain => plain.to_owned(),
    };
    let ending = |count: usize| if count == 1 { String::new() } else { format!(" ({count})") };
    let named = |count| {
        let ending = ending(count);
        first_units(&plain, LONGEST_NAME - ending.chars().count()).trim_end_matches([' ', '\'']).to_owned() + &ending
    };
    // There is one more name to try than there are names.
    let name = (1..=taken.len() + 1).map(named).find(|name| !taken.contains(&fold(name))).unwrap_or_default();
    taken.insert(fold(&name));
    name
}

/// Places in a sheet; that they are within it was looked at first.
fn line_of(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

fn column_of(at: usize) -> u16 {
    u16::try_from(at).unwrap_or(u16::MAX)
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use calamine::{Data, Reader as _, Xlsx};

    use super::*;
    use crate::analysis::matrix::Filter;
    use crate::exchange::export::to_the_end;

    fn about() -> About {
        let study = crate::analysis::testing::Builder::new().study();
        About::new(&study, "A table.", &Filter::default(), 1_700_000_000_000).section("Signs", ["0: none."])
    }

    fn table() -> Table {
        let header = ["id", "count", "share", "text"].map(str::to_owned).to_vec();
        let rows = [["007", "3", "0.2500", "=1+1"], ["12", "–", "", "two\nlines"]].map(|row| row.map(str::to_owned).to_vec());
        Table::new(header, rows.to_vec()).counting(|at, _| at == 1 || at == 2).headed(1)
    }

    fn read(made: &Made) -> Xlsx<Cursor<Vec<u8>>> {
        Xlsx::new(Cursor::new(made.bytes.clone())).unwrap()
    }

    /// A part of the package as it stands in the file.
    fn part(made: &Made, name: &str) -> String {
        let mut package = zip::ZipArchive::new(Cursor::new(&made.bytes)).unwrap();
        std::io::read_to_string(package.by_name(name).unwrap()).unwrap()
    }

    #[test]
    fn numbers_are_numbers_and_text_is_text() {
        let made = workbook(&table(), &about(), "Codings", &mut to_the_end).unwrap();
        let mut read = read(&made);
        assert_eq!(read.sheet_names(), ["Codings", "About"]);
        let range = read.worksheet_range("Codings").unwrap();
        let row = |at: u32| (0..4).map(|column| range.get_value((at, column)).cloned().unwrap_or_default()).collect::<Vec<_>>();
        let text = |text: &str| Data::String(text.to_owned());
        assert_eq!(row(1), [text("007"), Data::Float(3.0), Data::Float(0.25), text("=1+1")]);
        assert_eq!(row(2), [text("12"), text("–"), Data::Empty, text("two\nlines")]);
        let formulas = read.worksheet_formula("Codings").unwrap();
        assert!(formulas.cells().all(|(_, _, formula)| formula.is_empty()));
        let about = read.worksheet_range("About").unwrap();
        let said: Vec<String> = about.rows().map(|row| row[0].to_string()).collect();
        assert!(said.contains(&"Signs".to_owned()) && said.contains(&"- 0: none.".to_owned()), "{said:?}");
        assert!(said.last().unwrap().starts_with("No cell was changed."), "{said:?}");
    }

    #[test]
    fn heads_stay_in_sight_and_every_column_can_be_filtered() {
        let made = workbook(&table(), &about(), "Codings", &mut to_the_end).unwrap();
        let sheet = part(&made, "xl/worksheets/sheet1.xml");
        assert!(sheet.contains(r#"<pane xSplit="1" ySplit="1" topLeftCell="B2""#) && sheet.contains(r#"state="frozen""#), "{sheet}");
        assert!(sheet.contains(r#"<autoFilter ref="A1:D3"/>"#), "{sheet}");
        assert_eq!(made.bytes, workbook(&table(), &about(), "Codings", &mut to_the_end).unwrap().bytes, "the same bytes every time");
        assert!(part(&made, "docProps/core.xml").contains("2023-11-14T22:13:20Z"));
    }

    #[test]
    fn a_table_may_be_several_sheets() {
        let sheet = |name: &str, columns: &[usize]| Sheet { name: name.to_owned(), columns: columns.to_vec() };
        let table = table().in_sheets(vec![sheet("One: a/b", &[0, 1]), sheet("ONE  a b", &[0, 3])]);
        let mut read = read(&workbook(&table, &about(), "x", &mut to_the_end).unwrap());
        assert_eq!(read.sheet_names(), ["One  a b", "ONE  a b (2)", "About"]);
        let range = read.worksheet_range("ONE  a b (2)").unwrap();
        assert_eq!(range.rows().next().unwrap(), [Data::String("id".into()), Data::String("text".into())]);
    }

    #[test]
    fn what_a_cell_cannot_hold_is_cut_and_said() {
        let long = "é😀".repeat(20_000);
        let table = Table::new(vec!["text".into()], vec![vec![long]]);
        let made = workbook(&table, &about(), "x", &mut to_the_end).unwrap();
        assert_eq!(made.cut, 1);
        let mut read = read(&made);
        let Data::String(cell) = read.worksheet_range("x").unwrap().get_value((1, 0)).unwrap().clone() else { panic!("it is text") };
        assert!(cell.ends_with(CUT) && cell.encode_utf16().count() <= MOST_IN_CELL);
        let about = read.worksheet_range("About").unwrap();
        assert!(about.rows().any(|row| row[0].to_string().starts_with("1 cell held more")));
        let wide = Table::new(vec![String::new(); MOST_COLUMNS + 1], Vec::new());
        assert!(matches!(
            workbook(&wide, &crate::exchange::export::xlsx::tests::about(), "x", &mut to_the_end),
            Err(ExportError::TooLarge { .. })
        ));
    }

    #[test]
    fn rows_are_as_high_as_their_words_need() {
        for (text, width, expected) in [
            ("", 5, 1),
            ("one", 5, 1),
            ("one two", 5, 2),
            ("one two", 7, 1),
            ("a\nb", 5, 2),
            ("abcdefghijkl", 5, 3),
            ("ab abcdefg c", 5, 3),
        ] {
            assert_eq!(lines(text, width), expected, "{text}");
        }
        let table = Table::new(vec!["text".into()], vec![vec!["word ".repeat(40)], vec!["word".into()]]);
        let sheet = part(&workbook(&table, &about(), "x", &mut to_the_end).unwrap(), "xl/worksheets/sheet1.xml");
        assert!(sheet.contains(r#"<row r="2" spans="1:1" ht="60" customHeight="1">"#), "{sheet}");
        assert!(sheet.contains(r#"<row r="3" spans="1:1">"#), "{sheet}");
    }

    #[test]
    fn sheets_have_names_that_spreadsheets_take() {
        let mut taken = HashSet::new();
        let names = ["a", "A", "", "'[b]'", "History", &"x".repeat(40), &"x".repeat(40)].map(|name| sheet_name(name, &mut taken));
        let long = "x".repeat(31);
        assert_eq!(names, ["a", "A (2)", "Sheet", "b", "History 1", &long, &format!("{} (2)", "x".repeat(27))]);
    }
}
