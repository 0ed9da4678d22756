use std::any::Any;

use eframe::egui;
use eframe::egui::{Rect, Ui};

use crate::app::tokens::Tokens;

/// Scrolls a list of which `seen` is in sight while a thing of this kind is dragged to its edge.
pub fn scroll_for_drag<T: Any + Send + Sync>(ui: &Ui, tokens: &Tokens, seen: Rect) {
    let Some(pointer) = ui.input(|input| input.pointer.hover_pos()) else { return };
    if !egui::DragAndDrop::has_payload_of_type::<T>(ui.ctx()) {
        return;
    }
    let row = tokens.size.row;
    let by = (seen.top() + row - pointer.y).max(0.0) - (pointer.y - seen.bottom() + row).max(0.0);
    if by.abs() > f32::EPSILON {
        ui.scroll_with_delta(egui::vec2(0.0, by.clamp(-row, row)));
        ui.ctx().request_repaint();
    }
}
