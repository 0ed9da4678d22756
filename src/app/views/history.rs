//! Every edit.

use crate::app::context::Cx;
use crate::app::icons;
use crate::app::widgets::empty;
use eframe::egui;

/// What the view remembers.
#[derive(Default)]
pub struct HistoryView {}

/// Shows the view.
pub fn show(ui: &mut egui::Ui, _view: &mut HistoryView, cx: &mut Cx<'_>) {
    empty(ui, cx.tokens, icons::HISTORY, "Nothing here yet", "Every edit stands here: who, when, what.", None);
}
