//! Words in all texts.

use crate::app::context::Cx;
use crate::app::icons;
use crate::app::widgets::empty;
use eframe::egui;

/// What the view remembers.
#[derive(Default)]
pub struct SearchView {
    /// The query in the box.
    pub query: String,
}

impl SearchView {
    /// Puts a query into the box and runs it.
    pub fn ask(&mut self, query: String) {
        self.query = query;
    }
}

/// Shows the view.
pub fn show(ui: &mut egui::Ui, _view: &mut SearchView, cx: &mut Cx<'_>) {
    empty(ui, cx.tokens, icons::SEARCH, "Nothing here yet", "Hits appear here as you type.", None);
}
