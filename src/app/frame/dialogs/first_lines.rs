//! The first lines of a table before it leaves the project, and what is changed in it.

use eframe::egui::{Align2, Color32, FontId, Painter, Sense, Stroke, StrokeKind, Ui, vec2};

use crate::analysis::matrix::{Axis, MatrixSpec};
use crate::app::tokens::{Tokens, Type, family};
use crate::app::widgets::{paint_elided, paint_words, words};
use crate::exchange::export::{Content, Labels, Table, as_written};
use crate::study::{Attribute, AttributeOf, PATH_SEPARATOR, Study};

/// How many rows are shown.
const ROWS: usize = 10;

/// How many columns are shown.
const COLUMNS: usize = 6;

/// The first lines of what will be written.
pub(super) struct First {
    header: Vec<String>,
    rows: Vec<Vec<String>>,
    /// What stands below them: how many rows and columns there are.
    says: String,
    /// What was changed in the table.
    changed: Vec<String>,
}

impl First {
    /// The first lines of a table as they will stand in the file. `changed` says what the table does not hold as it is.
    pub(super) fn of(table: Table, changed: Vec<String>) -> Self {
        let hidden = table.header.len().saturating_sub(COLUMNS);
        let mut says = format!("The first of {} rows", table.rows.len());
        if hidden > 0 {
            says = format!("{says}, {COLUMNS} of {} columns", table.header.len());
        }
        let defused = match table.defused() {
            0 => None,
            1 => Some("1 cell that a spreadsheet would run gets an apostrophe".to_owned()),
            cells => Some(format!("{cells} cells that a spreadsheet would run get an apostrophe")),
        };
        let written = |cells: Vec<String>| cells.iter().take(COLUMNS).map(|cell| as_written(cell).into_owned()).collect();
        let Table { header, rows } = table;
        Self {
            header: written(header),
            rows: rows.into_iter().take(ROWS).map(written).collect(),
            says,
            changed: changed.into_iter().chain(defused).collect(),
        }
    }
}

/// What is left out of a table or masked in it, because it could tell who somebody is.
pub(super) fn changed(study: &Study, spec: &MatrixSpec, content: Content, labels: Labels) -> Vec<String> {
    if labels == Labels::Full {
        return Vec::new();
    }
    let by_ids = content != Content::Codebook;
    let mut changed: Vec<String> = by_ids.then(|| "sources and cases stand by their ids only".to_owned()).into_iter().collect();
    let identifying = study.attributes().all().into_iter().filter(|attribute| !labels.lets_out(attribute));
    let (axes, others): (Vec<&Attribute>, Vec<_>) = identifying.partition(|attribute| {
        let crosses = matches!(content, Content::Matrix | Content::Cells);
        crosses && spec.axes().any(|axis| axis == Axis::Attribute(attribute.id))
    });
    let stands = |attribute: &&Attribute| match content {
        Content::Codings => true,
        Content::Cases => attribute.of == AttributeOf::Cases,
        Content::Matrix | Content::Cells | Content::Codebook | Content::Memos => false,
    };
    let names = |attributes: Vec<&Attribute>| attributes.iter().map(|it| it.name.as_str()).collect::<Vec<_>>().join(", ");
    let left_out: Vec<&Attribute> = others.into_iter().filter(stands).collect();
    if !axes.is_empty() {
        changed.push(format!("numbers in place of what identifies: {}", names(axes)));
    }
    if !left_out.is_empty() {
        changed.push(format!("left out as identifying: {}", names(left_out)));
    }
    changed
}

/// How wide each column is in all: as wide as it wants, if there is room for all; else the widest give way.
fn fitted(wanted: &[f32], room: f32) -> Vec<f32> {
    let mut left = room;
    let mut by_width: Vec<(usize, f32)> = wanted.iter().copied().enumerate().collect();
    by_width.sort_by(|one, other| one.1.total_cmp(&other.1));
    let mut widths = vec![0.0; wanted.len()];
    for (place, (column, width)) in by_width.iter().enumerate() {
        let given = width.min(left / (wanted.len() - place) as f32);
        left -= given;
        if let Some(there) = widths.get_mut(*column) {
            *there = given;
        }
    }
    widths
}

/// A path without as much of its beginning as it takes to fit: what tells it from others stands at its end.
fn end_of_path(painter: &Painter, text: &str, font: &FontId, room: f32) -> String {
    let fits = |text: &str| painter.layout_no_wrap(text.to_owned(), font.clone(), Color32::PLACEHOLDER).size().x <= room;
    let mut rest = text;
    let mut shown = text.to_owned();
    while !fits(&shown)
        && let Some((_, inner)) = rest.split_once(PATH_SEPARATOR)
    {
        rest = inner;
        shown = format!("…{PATH_SEPARATOR}{rest}");
    }
    shown
}

pub(super) fn show(ui: &mut Ui, tokens: &Tokens, first: Option<&First>) {
    let (row, pad) = (tokens.line_height(Type::Small) + tokens.space.one, tokens.space.two);
    let height = row * (ROWS + 1) as f32 + tokens.space.one;
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::hover());
    let edge = Stroke::new(tokens.stroke.hairline, tokens.colour.line_hair);
    ui.painter().rect(rect, tokens.radius.control, tokens.colour.surface_paper, edge, StrokeKind::Inside);
    let Some(first) = first else {
        let font = tokens.font(Type::Small);
        paint_words(ui.painter(), rect.center(), Align2::CENTER_CENTER, "Making the first lines", font, tokens.colour.ink_tertiary);
        // The room of the two lines that will stand here.
        for _ in 0..2 {
            words(ui, tokens, Type::Micro, tokens.colour.ink_tertiary, " ");
        }
        return;
    };
    let font = |line: usize| tokens.font_in(Type::Small, if line == 0 { family::INTERFACE_SEMIBOLD } else { family::TABULAR });
    let lines: Vec<&Vec<String>> = [&first.header].into_iter().chain(&first.rows).collect();
    let painter = ui.painter().with_clip_rect(rect);
    let most = rect.width() / 2.0;
    let wide = |line: usize, cell: &String| {
        painter.layout_no_wrap(cell.lines().next().unwrap_or_default().to_owned(), font(line), Color32::PLACEHOLDER).size().x
    };
    let wanted: Vec<f32> = (0..first.header.len())
        .map(|column| {
            let cells = lines.iter().enumerate().filter_map(|(line, cells)| Some(wide(line, cells.get(column)?)));
            (cells.fold(0.0, f32::max) + pad + pad).min(most).ceil()
        })
        .collect();
    let widths = fitted(&wanted, rect.width() - pad);
    let under = rect.top() + row;
    painter.hline(rect.x_range(), under, Stroke::new(tokens.stroke.hairline, tokens.colour.line_hair));
    for (line, cells) in lines.iter().enumerate() {
        let ink = if line == 0 { tokens.colour.ink_secondary } else { tokens.colour.ink };
        let mut left = rect.left() + pad;
        for (cell, width) in cells.iter().zip(&widths) {
            let middle = rect.top() + row * (line as f32 + 0.5);
            let end = left + width - pad;
            let cell = cell.lines().next().unwrap_or_default();
            let shown = end_of_path(&painter, cell, &font(line), end - left);
            paint_elided(&painter, left, end, middle, &shown, font(line), ink);
            left += width;
        }
    }
    say_below(ui, tokens, first);
}

/// How much is shown, and what was changed: two lines whatever they say, so that nothing below them moves.
fn say_below(ui: &mut Ui, tokens: &Tokens, first: &First) {
    words(ui, tokens, Type::Micro, tokens.colour.ink_tertiary, first.says.as_str());
    let changed = if first.changed.is_empty() { "nothing".to_owned() } else { first.changed.join(" · ") };
    words(ui, tokens, Type::Micro, tokens.colour.ink_secondary, format!("Changed: {changed}"));
}

#[cfg(test)]
mod tests {
    use super::fitted;

    #[test]
    fn columns_are_as_wide_as_they_want_until_the_widest_give_way() {
        let check = |wanted: &[f32], room: f32, widths: &[f32]| assert_eq!(fitted(wanted, room), widths, "{wanted:?} in {room}");
        check(&[], 100.0, &[]);
        check(&[10.0, 20.0], 100.0, &[10.0, 20.0]);
        check(&[90.0, 20.0], 100.0, &[80.0, 20.0]);
        check(&[90.0, 10.0, 60.0], 100.0, &[45.0, 10.0, 45.0]);
        check(&[90.0, 90.0], 100.0, &[50.0, 50.0]);
    }
}
