//! Cases × attributes.

use crate::app::context::Cx;
use crate::app::icons;
use crate::app::widgets::empty;
use eframe::egui;

/// What the view remembers.
#[derive(Default)]
pub struct CasesView {}

/// Shows the view.
pub fn show(ui: &mut egui::Ui, _view: &mut CasesView, cx: &mut Cx<'_>) {
    empty(ui, cx.tokens, icons::USERS, "Nothing here yet", "People, pairs and groups with their attributes stand here.", None);
}
