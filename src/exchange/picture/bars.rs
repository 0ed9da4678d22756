//! A matrix as bars: a panel for each column, so that no colour has to tell groups apart.

use super::geometry::{Area, area, at};
use super::heads::{Head, are_level, column_names, row_name, row_room};
use super::model::{Anchor, Colour, Look, NoPicture, Picture, Reach, Stroke};
use super::scale::Scale;
use super::seen::{Datum, Seen};
use super::sheet::{Pen, Sheet, line, size};
use crate::analysis::matrix::{CellKind, Matrix, Measure};
use crate::exchange::export::Names;

/// Height of a row, in points, and of its bar.
const ROW: (f32, f32) = (14.0, 8.0);
/// Between panels.
const APART: f32 = 14.0;
/// Width of all panels together, where there is room for as much in each.
const PANELS: f32 = 330.0;
/// Narrowest and widest that a panel may be, without the figures behind its bars.
const PANEL: (f32, f32) = (40.0, 170.0);

/// A matrix, page below page: a row for each of its rows, a panel for each of its columns. All panels have one scale; of participants
/// the bar lies on a track as long as how many could have been heard.
pub fn bars(names: &Names<'_>, matrix: &Matrix, measure: Measure) -> Result<Picture, NoPicture> {
    drawn(&Seen::new(names, matrix, measure, None)?)
}

/// The same of one page alone, of which nothing more is told than where all are drawn.
pub fn bars_of_page(names: &Names<'_>, matrix: &Matrix, measure: Measure, page: usize) -> Result<Picture, NoPicture> {
    drawn(&Seen::new(names, matrix, measure, Some(page))?)
}

fn drawn(seen: &Seen<'_>) -> Result<Picture, NoPicture> {
    let panels: Vec<(Option<usize>, Head)> = if seen.columns.is_empty() {
        vec![(None, Head { name: "All".to_owned(), whole: "All".to_owned(), ..Head::default() })]
    } else {
        seen.columns.iter().map(|(column, head)| (Some(*column), head.clone())).collect()
    };
    let datum = |page: usize, row: usize, column: Option<usize>| seen.datum(page, Some(row), column);
    let cells = seen.pages().into_iter().flat_map(|(page, _)| {
        let panels = &panels;
        seen.rows.iter().flat_map(move |(row, _)| panels.iter().map(move |(column, _)| (page, *row, *column)))
    });
    let data: Vec<Datum> = cells.filter_map(|(page, row, column)| datum(page, row, column)).collect();
    let most = data.iter().filter_map(|datum| datum.value).fold(0.0, f64::max);
    if most <= 0.0 {
        return Err(seen.nothing(&data));
    }
    let longest = data.iter().filter_map(|datum| datum.of).fold(most, f64::max);
    let share = matches!(seen.measure, Measure::ShareOfRow | Measure::ShareOfColumn);
    let scale = Scale::to(longest, 3, !share);
    let pen = Pen::new(size::SMALL);
    let figures = data.iter().map(|datum| pen.width(&datum.text)).fold(0.0, f32::max) + 6.0;
    let panel = (PANELS / panels.len() as f32 - figures - APART).clamp(PANEL.0, PANEL.1);
    // Names that need a little more get it, rather than being slanted.
    let heads: Vec<Head> = panels.iter().map(|(_, head)| head.clone()).collect();
    let panel = [0.0, 6.0, 12.0, 18.0, 24.0, 30.0]
        .into_iter()
        .map(|more| panel + more)
        .find(|panel| are_level(&heads, panel + figures))
        .unwrap_or(panel);
    let drawn = Drawn { seen, panels: &panels, scale, panel, figures, share };
    let mut sheet = Sheet::default();
    for (page, name) in seen.pages() {
        drawn.page(&mut sheet, page, name);
    }
    let mut computed = seen.computed(false);
    if seen.measure == Measure::Participants {
        computed.insert(1, "The pale track is as long as how many participants could have been heard.".to_owned());
    }
    Ok(sheet.picture(seen.title(), Vec::new(), computed))
}

struct Drawn<'a> {
    seen: &'a Seen<'a>,
    panels: &'a [(Option<usize>, Head)],
    scale: Scale,
    panel: f32,
    figures: f32,
    share: bool,
}

impl Drawn<'_> {
    fn page(&self, sheet: &mut Sheet, page: usize, name: Option<String>) {
        let seen = self.seen;
        let row_heads: Vec<Head> = seen.rows.iter().map(|(_, head)| head.clone()).collect();
        let room = row_room(&row_heads).max(60.0);
        let step = self.panel + self.figures + APART;
        let left = |place: usize| room + 8.0 + place as f32 * step;
        let heads: Vec<Head> = self.panels.iter().map(|(_, head)| head.clone()).collect();
        let column = self.panel + self.figures;
        let middles: Vec<f32> = (0..heads.len()).map(|place| left(place) + column / 2.0).collect();
        let mut names = Sheet::default();
        column_names(&mut names, &heads, &middles, column, 0.0, Anchor::Start);
        let mut top = if sheet.rows() == 0 { 0.0 } else { sheet.bottom() + 18.0 };
        if let Some(name) = name {
            sheet.words(at(0.0, top + size::HEADING), name, Pen::new(size::HEADING).strong(), Colour::Ink);
            top += size::HEADING + 6.0;
        }
        top += names.height();
        names.put_on(sheet, at(0.0, top));
        let pen = Pen::new(size::SMALL);
        for (place, (column, _)) in self.panels.iter().enumerate() {
            let n = format!("n = {}", seen.n_text(page, *column));
            sheet.words(at(left(place), top + 7.0), n, pen, Colour::Quiet);
        }
        top += 12.0;
        let bottom = top + row_heads.len() as f32 * ROW.0;
        for place in 0..self.panels.len() {
            self.axis(sheet, left(place), top, bottom);
        }
        let first_row = sheet.rows();
        for (number, (row, head)) in seen.rows.iter().enumerate() {
            let y = top + number as f32 * ROW.0;
            row_name(sheet, head, &row_heads, (0.0, y + ROW.0 / 2.0), room);
            for (place, (at_column, column_head)) in self.panels.iter().enumerate() {
                let Some(datum) = seen.datum(page, Some(*row), *at_column) else { continue };
                let whole = area(left(place), y, column, ROW.0);
                self.bar(sheet, whole, &datum);
                let name =
                    format!("{}: {}", seen.cell_name(page, Some(head), Some(column_head).filter(|_| at_column.is_some())), datum.words);
                sheet.mark(Reach::Box(whole), name, (first_row + number, place), seen.leads(page, Some(*row), *at_column));
            }
        }
    }

    /// Lines that guide the eye, the numbers under them, and the line that bars stand on.
    fn axis(&self, sheet: &mut Sheet, left: f32, top: f32, bottom: f32) {
        let pen = Pen::new(size::SMALL).middle();
        for value in self.scale.ticks() {
            let x = left + self.scale.share(value) * self.panel;
            let stroke = if value == 0.0 { Stroke::new(Colour::Quiet, line::AXIS) } else { Stroke::new(Colour::Sunken, line::AXIS) };
            sheet.line(at(x, top), at(x, bottom), stroke);
            let number = if self.share { format!("{:.0} %", 100.0 * value) } else { super::thousands(value as usize) };
            sheet.words(at(x, bottom + 9.0), number, pen, Colour::Quiet);
        }
    }

    fn bar(&self, sheet: &mut Sheet, whole: Area, datum: &Datum) {
        let top = whole.top + (ROW.0 - ROW.1) / 2.0;
        let wide = |value: f64| self.scale.share(value) * self.panel;
        let mut end = 0.0f32;
        if let Some(of) = datum.of.filter(|of| *of > 0.0) {
            sheet.fill(area(whole.left, top, wide(of), ROW.1), Colour::Sunken);
            end = wide(of);
        }
        if datum.kind == CellKind::NoSuchParticipants {
            sheet.tile(area(whole.left, top, 9.0, ROW.1), 0.0, Look::hatched(Colour::Faint));
            return;
        }
        if let Some(value) = datum.value {
            sheet.fill(area(whole.left, top, wide(value), ROW.1), Colour::Accent);
            end = end.max(wide(value));
        }
        let pen = Pen::new(size::SMALL);
        let colour = if datum.value.is_some() { Colour::Ink } else { Colour::Quiet };
        sheet.words(at(whole.left + end + 3.0, whole.top + ROW.0 / 2.0 + pen.drop()), datum.text.as_str(), pen, colour);
    }
}
