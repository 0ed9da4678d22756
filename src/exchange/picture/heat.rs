//! A matrix as a table whose cells are the darker the more is in them.

use std::collections::BTreeSet;

use super::geometry::{Area, area, at};
use super::heads::{Head, are_level, column_names, row_name, row_room};
use super::model::{Anchor, Colour, Look, NoPicture, Picture, Reach, Stroke};
use super::seen::{Datum, SHARE_OF_NOTHING, Seen, measure_words};
use super::shades::Shades;
use super::sheet::{Pen, Sheet, line, size};
use crate::analysis::matrix::{CellKind, Matrix, Measure};
use crate::exchange::export::Names;

/// Height of a row, in points.
const ROW: f32 = 15.0;
/// Between cells.
const GAP: f32 = 1.0;
/// Between columns that have nothing in common, and before totals.
const APART: f32 = 6.0;
/// Narrowest and widest that a column may be for what stands in it.
const COLUMN: (f32, f32) = (21.0, 62.0);
/// Width of all columns together up to which they are made wider for their names.
const COLUMNS: f32 = 440.0;
/// Narrowest that the column of totals may be.
const TOTAL: f32 = 36.0;
/// Room round what stands in a cell.
const PADDING: f32 = 4.0;

/// A matrix, page below page, each cell with its figure. The steps of the scale are those of all pages.
pub fn heat_table(names: &Names<'_>, matrix: &Matrix, measure: Measure) -> Result<Picture, NoPicture> {
    drawn(&Seen::new(names, matrix, measure, None)?)
}

/// The same of one page alone, of which nothing more is told than where all are drawn.
pub fn heat_table_of_page(names: &Names<'_>, matrix: &Matrix, measure: Measure, page: usize) -> Result<Picture, NoPicture> {
    drawn(&Seen::new(names, matrix, measure, Some(page))?)
}

fn drawn(seen: &Seen<'_>) -> Result<Picture, NoPicture> {
    let cells = || seen.rows.iter().flat_map(|(row, _)| columns_of(seen).map(move |column| (*row, column)));
    let data: Vec<Datum> =
        seen.pages().iter().flat_map(|(page, _)| cells().filter_map(|(row, column)| seen.datum(*page, Some(row), column))).collect();
    let most = data.iter().filter_map(|datum| datum.value).fold(0.0, f64::max);
    if most <= 0.0 {
        return Err(seen.nothing(&data));
    }
    let shades = match seen.measure {
        Measure::ShareOfRow | Measure::ShareOfColumn => Shades::shares(most, true),
        _ => Shades::counts(most as u32),
    };
    let pen = Pen::new(size::FIGURE);
    let widest = data.iter().map(|datum| pen.width(&datum.text)).fold(0.0, f32::max);
    let column = (widest + 2.0 * PADDING).clamp(COLUMN.0, COLUMN.1);
    let heads: Vec<Head> = seen.columns.iter().map(|(_, head)| head.clone()).collect();
    // Names that need a little more get it, rather than being slanted, as long as the whole stays as wide as a page.
    let fits = |wide: &f32| *wide >= column && wide * heads.len() as f32 <= COLUMNS && are_level(&heads, *wide);
    let roomy = [column, 34.0, 40.0, 46.0, 52.0, 58.0, 64.0, 70.0].into_iter().find(fits);
    let table = Table {
        seen,
        shades: &shades,
        column: roomy.unwrap_or(column),
        meanings: data.iter().map(|datum| Meaning::of(seen, datum)).collect(),
    };
    let mut sheet = Sheet::default();
    for (page, name) in seen.pages() {
        table.page(&mut sheet, page, name);
    }
    table.legend(&mut sheet);
    Ok(sheet.picture(seen.title(), Vec::new(), seen.computed(true)))
}

/// The columns that are drawn; where there are none, the total.
fn columns_of(seen: &Seen<'_>) -> impl Iterator<Item = Option<usize>> {
    let only_total = seen.columns.is_empty().then_some(None);
    seen.columns.iter().map(|(column, _)| Some(*column)).chain(only_total).collect::<Vec<_>>().into_iter()
}

struct Table<'a> {
    seen: &'a Seen<'a>,
    shades: &'a Shades,
    column: f32,
    /// What the cells mean, of which the legend tells.
    meanings: BTreeSet<Meaning>,
}

/// What a cell means that has no step of the scale.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Meaning {
    Of(CellKind),
    /// Somebody is heard, and no participant.
    Others,
    ShareOfNothing,
}

impl Meaning {
    fn of(seen: &Seen<'_>, datum: &Datum) -> Self {
        match datum.kind {
            _ if seen.is_of_others(datum) => Self::Others,
            CellKind::DoneNothing | CellKind::Coded if datum.text == SHARE_OF_NOTHING => Self::ShareOfNothing,
            kind => Self::Of(kind),
        }
    }
}

impl Table<'_> {
    fn page(&self, sheet: &mut Sheet, page: usize, name: Option<String>) {
        let seen = self.seen;
        let row_heads: Vec<Head> = seen.rows.iter().map(|(_, head)| head.clone()).collect();
        let room = row_room(&row_heads).max(60.0);
        // Where columns have others above them, those stand apart.
        let mut lefts = Vec::new();
        let mut x = room + 8.0;
        for (place, (_, head)) in seen.columns.iter().enumerate() {
            let before = place.checked_sub(1).and_then(|place| seen.columns.get(place));
            if before.is_some_and(|(_, before)| before.outer != head.outer) {
                x += APART;
            }
            lefts.push(x);
            x += self.column + GAP;
        }
        let total_left = if lefts.is_empty() { x } else { x + APART };
        let total_width = self.column.max(TOTAL);
        let middles: Vec<f32> = lefts.iter().map(|left| left + self.column / 2.0).collect();
        let column_heads: Vec<Head> = seen.columns.iter().map(|(_, head)| head.clone()).collect();
        // Names of columns reach upwards; what they need is known once they are drawn.
        let mut heads = Sheet::default();
        column_names(&mut heads, &column_heads, &middles, self.column, 0.0, Anchor::Middle);
        heads.words(at(total_left + total_width / 2.0, -2.0), "Total", Pen::new(size::NAME).medium().middle(), Colour::Ink);
        let mut top = if sheet.rows() == 0 { 0.0 } else { sheet.bottom() + 18.0 };
        if let Some(name) = name {
            sheet.words(at(0.0, top + size::HEADING), name, Pen::new(size::HEADING).strong(), Colour::Ink);
            top += size::HEADING + 6.0;
        }
        top += heads.height();
        heads.put_on(sheet, at(0.0, top));
        let first_row = sheet.rows();
        let column_at = |place: usize| lefts.get(place).map_or((total_left, total_width), |left| (*left, self.column));
        let columns: Vec<(Option<usize>, Option<&Head>)> =
            seen.columns.iter().map(|(at, head)| (Some(*at), Some(head))).chain([(None, None)]).collect();
        let n_row = top + ROW / 2.0;
        let quiet = Pen::new(size::SMALL);
        sheet.words(at(0.0, n_row + quiet.drop()), "n participants", quiet, Colour::Quiet);
        for (place, (column, _)) in columns.iter().enumerate() {
            let (left, wide) = column_at(place);
            sheet.words(at(left + wide / 2.0, n_row + quiet.drop()), seen.n_text(page, *column), quiet.middle(), Colour::Quiet);
        }
        top += ROW;
        let rows: Vec<(Option<usize>, Option<&Head>)> =
            seen.rows.iter().map(|(at, head)| (Some(*at), Some(head))).chain([(None, None)]).collect();
        for (number, (row, head)) in rows.iter().enumerate() {
            let y = top + number as f32 * (ROW + GAP) + if row.is_none() { APART } else { 0.0 };
            if let Some(head) = head {
                row_name(sheet, head, &row_heads, (0.0, y + ROW / 2.0), room);
            } else {
                let pen = Pen::new(size::NAME).medium();
                sheet.words(at(0.0, y + ROW / 2.0 + pen.drop()), "Total", pen, Colour::Ink);
            }
            for (place, (column, column_head)) in columns.iter().enumerate() {
                let Some(datum) = seen.datum(page, *row, *column) else { continue };
                let (left, wide) = column_at(place);
                let cell = area(left, y, wide, ROW);
                self.cell(sheet, cell, &datum, row.is_some() && (column.is_some() || seen.columns.is_empty()));
                let name = format!("{}: {}", seen.cell_name(page, *head, *column_head), datum.words);
                sheet.mark(Reach::Box(cell), name, (first_row + number, place), seen.leads(page, *row, *column));
            }
        }
    }

    fn cell(&self, sheet: &mut Sheet, cell: Area, datum: &Datum, is_tinted: bool) {
        let step = datum.value.filter(|_| is_tinted).and_then(|value| self.shades.step(value));
        let colour = match (datum.kind, step) {
            (CellKind::NoSuchParticipants, _) if is_tinted => {
                sheet.tile(cell, 0.0, Look::hatched(Colour::Faint));
                Colour::Quiet
            }
            (_, Some(step)) => {
                sheet.fill(cell, Colour::Tint(step));
                Colour::OnTint(step)
            }
            // It is no empty cell: others are heard in it.
            _ if is_tinted && self.seen.is_of_others(datum) => {
                sheet.fill(cell, Colour::Sunken);
                Colour::Ink
            }
            _ if is_tinted => {
                sheet.tile(cell.grown(-line::HAIR / 2.0), 0.0, Look::default().edged(Stroke::new(Colour::Sunken, line::HAIR)));
                Colour::Quiet
            }
            _ => Colour::Ink,
        };
        let pen = Pen { anchor: Anchor::Middle, ..Pen::new(size::FIGURE) };
        let pen = if is_tinted { pen } else { pen.medium() };
        let middle = cell.centre();
        sheet.words(at(middle.x, middle.y + pen.drop()), pen.shortened(&datum.text, cell.width - 2.0), pen, colour);
    }

    fn legend(&self, sheet: &mut Sheet) {
        let middle = sheet.bottom() + 16.0;
        self.shades.legend(sheet, 0.0, middle, &super::capital(measure_words(self.seen.measure)));
        let pen = Pen::new(size::SMALL);
        let mut x = 0.0;
        let middle = middle + 14.0;
        let swatch = |x: f32| area(x, middle - 4.5, 16.0, 9.0);
        let signs = [
            (Meaning::Others, Some(Look::filled(Colour::Sunken)), "no participant, but others"),
            (Meaning::Of(CellKind::NoSuchParticipants), Some(Look::hatched(Colour::Faint)), "no such participants"),
            (Meaning::Of(CellKind::DoneNothing), None, "0  sources done, nothing found"),
            (Meaning::ShareOfNothing, None, "–  a share of nothing"),
            (
                Meaning::Of(CellKind::Open),
                Some(Look::default().edged(Stroke::new(Colour::Faint, line::HAIR))),
                "nothing so far, not all sources done",
            ),
        ];
        for (_, look, words) in signs.into_iter().filter(|(meaning, ..)| self.meanings.contains(meaning)) {
            if let Some(look) = look {
                sheet.tile(swatch(x), 0.0, look);
                x += 19.0;
            }
            sheet.words(at(x, middle + pen.drop()), words, pen, Colour::Quiet);
            x += pen.width(words) + 12.0;
        }
    }
}
