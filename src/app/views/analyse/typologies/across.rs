//! Types by the values of an attribute: how many cases, and which.

use eframe::egui::{Align2, Rect, Role, ScrollArea, Sense, Ui, WidgetInfo, pos2, vec2};

use super::types::Named;
use crate::analysis::typology::Across;
use crate::app::context::Cx;
use crate::app::state::Place;
use crate::app::tokens::{Tokens, Type, family};
use crate::app::widgets::{focus_ring, hairline_below, menu_below, menu_choice, menu_heading, paint_elided, paint_words};
use crate::study::{AttributeId, CaseId, NOT_STATED, Study};

/// The share of the room that the names of the types have at least.
const NAMES: f32 = 0.34;

/// Where the columns are.
struct Places {
    names: f32,
    column: f32,
    row: f32,
}

impl Places {
    fn of(tokens: &Tokens, room: f32, columns: usize) -> Self {
        let count = (columns + 1) as f32;
        let column = (room * (1.0 - NAMES) / count).clamp(tokens.size.matrix_column, tokens.size.matrix_column * 2.0);
        let names = (room - column * count).max(room * NAMES);
        Self { names, column, row: tokens.size.row }
    }

    fn cell(&self, from: eframe::egui::Pos2, row: usize, column: usize) -> Rect {
        let left = from.x + self.names + self.column * column as f32;
        Rect::from_min_size(pos2(left, from.y + self.row * row as f32), vec2(self.column, self.row))
    }
}

/// Shows the table; its first column counts every case once.
pub(super) fn show(ui: &mut Ui, cx: &mut Cx<'_>, attribute: AttributeId, across: &Across, all: &[Named<'_>]) {
    let tokens = cx.tokens;
    let places = Places::of(tokens, ui.available_width(), across.columns.len());
    let heads: Vec<&str> =
        across.columns.iter().map(|value| value.map_or(NOT_STATED, |value| cx.study.attributes().value_name(value))).collect();
    let all_head = "Cases";
    let of = cx.study.attributes().get(attribute).map_or("", |attribute| attribute.name.as_str());
    let name = format!("Types across {of}");
    ScrollArea::both().id_salt("types across").auto_shrink(false).show(ui, |ui| {
        let width = places.names + places.column * (heads.len() + 1) as f32;
        let (table, response) = ui.allocate_exact_size(vec2(width, places.row * (all.len() + 1) as f32), Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(Role::Table, true, &name));
        for (column, head) in [&all_head].into_iter().chain(&heads).enumerate() {
            show_head(ui, tokens, places.cell(table.min, 0, column), head);
        }
        let head = Rect::from_min_size(table.min, vec2(width, places.row));
        hairline_below(ui, tokens, head);
        for (row, (named, cells)) in (1..).zip(all.iter().zip(&across.rows)) {
            let line = Rect::from_min_size(pos2(table.left(), table.top() + places.row * row as f32), vec2(width, places.row));
            if !ui.is_rect_visible(line) {
                continue;
            }
            let face = if named.is_type { family::INTERFACE_MEDIUM } else { family::INTERFACE };
            let end = table.left() + places.names - tokens.space.two;
            let ink = if named.cases.is_empty() { tokens.colour.ink_secondary } else { tokens.colour.ink };
            paint_elided(ui.painter(), table.left(), end, line.center().y, named.name, tokens.font_in(Type::Small, face), ink);
            let lists = [named.cases].into_iter().chain(cells.iter().map(Vec::as_slice));
            for (column, (cases, head)) in lists.zip([&all_head].into_iter().chain(&heads)).enumerate() {
                let rect = places.cell(table.min, row, column);
                let said = format!("{} × {head}", named.name);
                ui.push_id((row, column), |ui| show_cell(ui, cx, rect, &said, cases));
            }
            hairline_below(ui, tokens, line);
        }
    });
}

fn show_head(ui: &Ui, tokens: &Tokens, rect: Rect, head: &str) {
    let response = ui.interact(rect, ui.scope_id().with(("head of types", rect.left().to_bits())), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::ColumnHeader, true, head));
    let font = tokens.font_in(Type::Small, family::INTERFACE_MEDIUM);
    let left = rect.left() + tokens.space.one;
    paint_elided(ui.painter(), left, rect.right(), rect.center().y, head, font, tokens.colour.ink_secondary);
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
