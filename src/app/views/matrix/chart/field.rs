//! The cell in which one writes.

use eframe::egui::{Event, Id, Margin, Rangef, Rect, Stroke, StrokeKind, Ui, UiBuilder, pos2, vec2};

use super::super::summary::{Drafts, FieldLook, show_field};
use super::body::paint_hint;
use super::grid::{Scene, corner, inset};
use super::state::ChartState;
use crate::app::command::Command;
use crate::app::context::Cx;
use crate::app::tokens::{Tokens, Type};
use crate::app::widgets::words;

/// The field of the chart.
fn field_id() -> Id {
    Id::unique("chart field")
}

/// Shows the field over the cell in which one writes, with the keys that end it below the words.
pub fn show(ui: &mut Ui, cx: &mut Cx<'_>, scene: &Scene<'_>, state: &mut ChartState, drafts: &mut Drafts) {
    let Some(cell) = state.writing.clone() else { return };
    let Some(spot) = scene.board.find(&cell) else { return };
    let Some(column) = spot.column.checked_sub(1).and_then(|column| scene.columns.get(column)) else { return };
    let tokens = scene.tokens;
    let (top, bottom) = scene.edges(spot.row - 1);
    let rect = Rect::from_min_size(corner(scene, spot.row - 1, column), vec2(column.width, bottom - top));
    let body = scene.body();
    let mut inside = ui.new_child(UiBuilder::new().max_rect(rect).id_salt("chart field"));
    inside.set_clip_rect(body.intersect(ui.clip_rect()));
    inside.painter().rect_filled(rect, 0.0, tokens.colour.surface_raised);
    let draft = drafts.show(cx.study, &cell);
    let room = inset(tokens);
    let margin = Margin::symmetric(room.x as i8, room.y as i8);
    let look = FieldLook { id: field_id(), margin, rows: 2, framed: false };
    let response = show_field(&mut inside, cx, draft, look);
    let mut y = response.rect.bottom() + hints_height(tokens) / 2.0;
    if let Some(problem) = draft.problem.clone() {
        inside.set_max_width(column.width - 2.0 * room.x);
        words(&mut inside, tokens, Type::Small, tokens.colour.error_ink, problem);
        y = inside.min_rect().bottom() + hints_height(tokens) / 2.0;
    }
    let left = rect.left() + room.x;
    let line = Stroke::new(tokens.stroke.hairline, tokens.colour.line_hair);
    inside.painter().hline(left..=rect.right() - room.x, y - hints_height(tokens) / 2.0, line);
    for (command, does) in [(Command::NextCase, "saves, next case"), (Command::NextTheme, "next theme")] {
        let keys = cx.key_names(command);
        if !keys.is_empty() {
            paint_hint(&inside, tokens, Rangef::new(left, rect.right() - room.x / 2.0), y, &keys, does);
            y += hints_height(tokens);
        }
    }
    let height = y - hints_height(tokens) / 2.0 + tokens.space.two - rect.top();
    let opening = state.opening;
    if (state.field_height - height).abs() > 0.5 {
        state.field_height = height;
        ui.ctx().request_repaint();
    } else {
        state.opening = false;
    }
    let edge = Stroke::new(tokens.stroke.cell_edit_outline, tokens.colour.accent);
    inside.painter().rect_stroke(rect, Tokens::corner(tokens.radius.heat_tile), edge, StrokeKind::Inside);
    // The window may be without focus for a while; the field then still has its own.
    if !ui.memory(|memory| memory.has_focus(field_id())) && !draft.write {
        state.writing = None;
        ui.ctx().request_repaint();
    }
    reveal_caret(ui, state, (scene, opening), &response.rect.with_max_y(pos2(0.0, rect.top() + height).y));
}

/// Height of a line of hints.
fn hints_height(tokens: &Tokens) -> f32 {
    tokens.line_height(Type::KeyHint) + tokens.space.one
}

/// Scrolls while one writes, and when one begins to, so far that the cell is seen whole, or its end where it is taller than the window.
fn reveal_caret(ui: &Ui, state: &mut ChartState, (scene, opening): (&Scene<'_>, bool), rect: &Rect) {
    let body = scene.body();
    let Some(seen) = state.seen else { return };
    let typed = ui.input(|input| input.events.iter().any(|event| matches!(event, Event::Text(_) | Event::Paste(_) | Event::Ime(_))));
    if (typed || opening) && rect.bottom() > body.bottom() {
        state.scroll_to = Some(vec2(seen.left(), seen.top() + rect.bottom() - body.bottom()));
        ui.ctx().request_repaint();
    }
}
