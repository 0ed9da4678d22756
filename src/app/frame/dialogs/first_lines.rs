//! The first lines of a table before it leaves the project, and what is changed in it.

use eframe::egui::{Align2, Rect, Sense, Stroke, StrokeKind, Ui, pos2, vec2};

use crate::app::tokens::{Tokens, Type, family};
use crate::app::widgets::{paint_elided, paint_words, words};
use crate::exchange::export::{Content, Labels, Table, as_written};
use crate::study::{Attribute, AttributeOf, Study};

/// How many rows are shown.
const ROWS: usize = 10;

/// How many columns are shown.
const COLUMNS: usize = 6;

/// The first lines of what will be written.
pub(super) struct First {
    header: Vec<String>,
    rows: Vec<Vec<String>>,
    /// What stands below them: how many rows and columns there are, and what was changed.
    says: String,
}

impl First {
    /// The first lines of a table as they will stand in the file.
    pub(super) fn of(table: Table, study: &Study, content: Content, labels: Labels) -> Self {
        let mut says = vec![format!("The first of {} rows", table.rows.len())];
        let hidden = table.header.len().saturating_sub(COLUMNS);
        says.extend((hidden > 0).then(|| format!("{hidden} further columns")));
        says.extend(match table.defused() {
            0 => None,
            1 => Some("1 cell that a spreadsheet would run gets an apostrophe".to_owned()),
            cells => Some(format!("{cells} cells that a spreadsheet would run get an apostrophe")),
        });
        let left_out = left_out(study, content, labels);
        says.extend((!left_out.is_empty()).then(|| format!("left out as identifying: {}", left_out.join(", "))));
        let written = |cells: Vec<String>| cells.iter().take(COLUMNS).map(|cell| as_written(cell).into_owned()).collect();
        let Table { header, rows } = table;
        Self { header: written(header), rows: rows.into_iter().take(ROWS).map(written).collect(), says: says.join(" · ") }
    }
}

/// The attributes that do not leave because they could tell who somebody is.
fn left_out(study: &Study, content: Content, labels: Labels) -> Vec<&str> {
    let stands = |attribute: &&Attribute| match content {
        Content::Codings => true,
        Content::Cases => attribute.of == AttributeOf::Cases,
        Content::Matrix | Content::Cells | Content::Codebook | Content::Memos => false,
    };
    let leaves = labels.attributes(study);
    let gone = study.attributes().all().into_iter().filter(|attribute| stands(attribute) && !leaves.contains(attribute));
    gone.map(|attribute| attribute.name.as_str()).collect()
}

pub(super) fn show(ui: &mut Ui, tokens: &Tokens, first: Option<&First>) {
    let (row, pad) = (tokens.line_height(Type::Small) + tokens.space.one, tokens.space.two);
    let height = row * (ROWS + 1) as f32;
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::hover());
    let edge = Stroke::new(tokens.stroke.hairline, tokens.colour.line_hair);
    ui.painter().rect(rect, tokens.radius.control, tokens.colour.surface_paper, edge, StrokeKind::Inside);
    let Some(first) = first else {
        let font = tokens.font(Type::Small);
        paint_words(ui.painter(), rect.center(), Align2::CENTER_CENTER, "Making the first lines", font, tokens.colour.ink_tertiary);
        return;
    };
    // The first column names the rows and gets the room of two.
    let width = rect.width() / (first.header.len() + 1) as f32;
    let edge = |column: usize| rect.left() + width * if column == 0 { 0.0 } else { (column + 1) as f32 };
    for (line, cells) in [&first.header].into_iter().chain(&first.rows).enumerate() {
        let (family, ink) =
            if line == 0 { (family::INTERFACE_SEMIBOLD, tokens.colour.ink_secondary) } else { (family::TABULAR, tokens.colour.ink) };
        for (column, cell) in cells.iter().enumerate() {
            let top = rect.top() + row * line as f32;
            let at = Rect::from_min_max(pos2(edge(column), top), pos2(edge(column + 1), top + row));
            let font = tokens.font_in(Type::Small, family);
            paint_elided(ui.painter(), at.left() + pad, at.right() - pad / 2.0, at.center().y, cell, font, ink);
        }
    }
    words(ui, tokens, Type::Micro, tokens.colour.ink_tertiary, first.says.as_str());
}
