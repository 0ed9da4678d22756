//! The codebook.

use crate::app::context::Cx;
use crate::app::icons;
use crate::app::widgets::empty;
use eframe::egui;

/// What the view remembers.
#[derive(Default)]
pub struct ThemesView {}

/// Shows the view.
pub fn show(ui: &mut egui::Ui, _view: &mut ThemesView, cx: &mut Cx<'_>) {
    empty(ui, cx.tokens, icons::TAG, "Nothing here yet", "Themes with their definitions stand here.", None);
}
