//! Types by the values of an attribute: how many cases, and which.

use std::sync::Arc;

use eframe::egui::text::LayoutJob;
use eframe::egui::{Align2, Color32, FontId, Galley, Pos2, Rect, Role, ScrollArea, Sense, Ui, WidgetInfo, pos2, vec2};

use super::types::Named;
use crate::analysis::typology::Across;
use crate::app::context::Cx;
use crate::app::state::Place;
use crate::app::tokens::{Tokens, Type, family};
use crate::app::widgets::{focus_ring, hairline_below, menu_below, menu_choice, menu_heading, paint_words};
use crate::study::{AttributeId, CaseId, NOT_STATED, Study};

/// The share of the room that the names of the types have at least.
const NAMES: f32 = 0.3;

/// The most lines of a name.
const LINES: usize = 3;

/// A name as it stands in the table.
type Drawn = Arc<Galley>;

/// Where rows and columns are.
struct Places {
    /// Left edges of the columns from that of the table, and the right edge of the last.
    lefts: Vec<f32>,
    /// Upper edges of the rows, and the lower edge of the last. The heads are the first.
    tops: Vec<f32>,
    heads: Vec<Drawn>,
    names: Vec<Drawn>,
}

impl Places {
    /// Columns are as wide as the longest word of their head where there is room for that; what is left the names have.
    fn of(ui: &Ui, tokens: &Tokens, room: f32, heads: &[&str], all: &[Named<'_>]) -> Self {
        let (colour, gap) = (&tokens.colour, tokens.space.one);
        let font = tokens.font_in(Type::Small, family::INTERFACE_MEDIUM);
        let word = |word: &str| ui.painter().layout_no_wrap(word.to_owned(), font.clone(), colour.ink).size().x.ceil();
        let least = tokens.size.matrix_column;
        let wide = |head: &&str| (head.split_whitespace().map(word).fold(0.0, f32::max) + 2.0 * gap).clamp(least, 2.0 * least);
        let mut widths: Vec<f32> = heads.iter().map(wide).collect();
        let names = (room - widths.iter().sum::<f32>()).max(room * NAMES);
        widths.insert(0, names);
        let heads: Vec<Drawn> = (1..)
            .zip(heads)
            .map(|(at, head)| lines(ui, head, font.clone(), colour.ink_secondary, widths.get(at).map_or(least, |width| width - gap)))
            .collect();
        let name = |named: &Named<'_>| {
            let face = if named.is_type { family::INTERFACE_MEDIUM } else { family::INTERFACE };
            let ink = if named.cases.is_empty() { colour.ink_secondary } else { colour.ink };
            lines(ui, named.name, tokens.font_in(Type::Small, face), ink, names - tokens.space.two)
        };
        let names: Vec<Drawn> = all.iter().map(name).collect();
        let high = |height: f32| (height + tokens.space.two).max(tokens.size.row).ceil();
        let head = heads.iter().map(|head| head.size().y).fold(0.0, f32::max);
        let heights = [head].into_iter().chain(names.iter().map(|name| name.size().y)).map(high);
        Self { lefts: edges(widths.into_iter()), tops: edges(heights), heads, names }
    }

    /// The room of a row, from the upper left of the table; the heads are row 0.
    fn row(&self, from: Pos2, row: usize) -> Rect {
        Rect::from_x_y_ranges(from.x..=from.x + last(&self.lefts), range(from.y, &self.tops, row))
    }

    /// A cell of it; column 0 are the names.
    fn cell(&self, from: Pos2, row: usize, column: usize) -> Rect {
        Rect::from_x_y_ranges(range(from.x, &self.lefts, column), range(from.y, &self.tops, row))
    }
}

/// Edges of what has these sizes one after the other.
fn edges(sizes: impl Iterator<Item = f32>) -> Vec<f32> {
    let after = sizes.scan(0.0, |edge, size| {
        *edge += size;
        Some(*edge)
    });
    [0.0].into_iter().chain(after).collect()
}

fn last(edges: &[f32]) -> f32 {
    edges.last().copied().unwrap_or_default()
}

fn range(from: f32, edges: &[f32], at: usize) -> std::ops::RangeInclusive<f32> {
    let edge = |at| edges.get(at).copied().unwrap_or_else(|| last(edges));
    from + edge(at)..=from + edge(at + 1)
}

/// Words in a few lines; what is longer ends in “…”.
fn lines(ui: &Ui, words: &str, font: FontId, ink: Color32, width: f32) -> Drawn {
    let mut job = LayoutJob::simple(words.to_owned(), font, ink, width);
    job.wrap.max_rows = LINES;
    ui.painter().layout_job(job)
}

/// Shows the table; its first column counts every case once.
pub(super) fn show(ui: &mut Ui, cx: &mut Cx<'_>, attribute: AttributeId, across: &Across, all: &[Named<'_>]) {
    let tokens = cx.tokens;
    let study = Arc::clone(cx.study);
    let values = across.columns.iter().map(|value| value.map_or(NOT_STATED, |value| study.attributes().value_name(value)));
    let heads: Vec<&str> = ["Cases"].into_iter().chain(values).collect();
    let places = Places::of(ui, tokens, ui.available_width(), &heads, all);
    let of = cx.study.attributes().get(attribute).map_or("", |attribute| attribute.name.as_str());
    let name = format!("Types across {of}");
    ScrollArea::both().id_salt("types across").auto_shrink(false).show(ui, |ui| {
        let (table, response) = ui.allocate_exact_size(vec2(last(&places.lefts), last(&places.tops)), Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(Role::Table, true, &name));
        for (column, (head, drawn)) in (1..).zip(heads.iter().zip(&places.heads)) {
            show_head(ui, tokens, places.cell(table.min, 0, column), head, drawn);
        }
        hairline_below(ui, tokens, places.row(table.min, 0));
        for (row, ((named, drawn), cells)) in (1..).zip(all.iter().zip(&places.names).zip(&across.rows)) {
            let line = places.row(table.min, row);
            if !ui.is_rect_visible(line) {
                continue;
            }
            let place = pos2(line.left(), line.center().y - drawn.size().y / 2.0);
            ui.painter().galley(place, Arc::clone(drawn), tokens.colour.ink);
            let lists = [named.cases].into_iter().chain(cells.iter().map(Vec::as_slice));
            for (column, (cases, head)) in (1..).zip(lists.zip(&heads)) {
                let rect = places.cell(table.min, row, column);
                let said = format!("{} × {head}", named.name);
                ui.push_id((row, column), |ui| show_cell(ui, cx, rect, &said, cases));
            }
            hairline_below(ui, tokens, line);
        }
    });
}

fn show_head(ui: &Ui, tokens: &Tokens, rect: Rect, head: &str, drawn: &Drawn) {
    let response = ui.interact(rect, ui.scope_id().with(("head of types", rect.left().to_bits())), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::ColumnHeader, true, head));
    // Heads of fewer lines stand on the line below all of them.
    let at = pos2(rect.left() + tokens.space.one, rect.bottom() - tokens.space.one - drawn.size().y);
    ui.painter().galley(at, Arc::clone(drawn), tokens.colour.ink_secondary);
    response.on_hover_text(head);
}

/// A number that opens the list of its cases.
fn show_cell(ui: &mut Ui, cx: &mut Cx<'_>, rect: Rect, said: &str, cases: &[CaseId]) {
    let (tokens, colour) = (cx.tokens, &cx.tokens.colour);
    let sense = if cases.is_empty() { Sense::hover() } else { Sense::click() };
    let response = ui.interact(rect, ui.scope_id().with("cell of types"), sense);
    let study = std::sync::Arc::clone(cx.study);
    response.widget_info(|| {
        let names = if cases.is_empty() { "no case".to_owned() } else { labels(&study, cases).join(", ") };
        WidgetInfo::labeled(Role::Button, !cases.is_empty(), format!("{said}: {} ({names})", cases.len()))
    });
    if response.hovered() && !cases.is_empty() {
        ui.painter().rect_filled(rect, 0.0, colour.surface_hover);
    }
    let ink = if cases.is_empty() { colour.ink_tertiary } else { colour.ink };
    let at = rect.left_center() + vec2(tokens.space.one, 0.0);
    paint_words(ui.painter(), at, Align2::LEFT_CENTER, cases.len(), tokens.tabular(Type::Body), ink);
    if response.has_focus() {
        focus_ring(ui, tokens, rect);
    }
    if cases.is_empty() {
        return;
    }
    menu_below(tokens, &response, |ui| {
        menu_heading(ui, tokens, said);
        for case in cases.iter().filter_map(|case| study.case(*case)) {
            if ui.push_id(case.id, |ui| menu_choice(ui, tokens, &case.label, false, true)).inner.clicked() {
                cx.go(Place::Case(case.id));
                ui.close();
            }
        }
    });
    response.on_hover_ui(|ui| {
        ui.label(labels(&study, cases).join(", "));
    });
}

fn labels(study: &Study, cases: &[CaseId]) -> Vec<String> {
    cases.iter().filter_map(|case| study.case(*case)).map(|case| case.label.clone()).collect()
}
