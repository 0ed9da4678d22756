//! Themes × groups × areas.

use crate::app::context::Cx;
use crate::app::icons;
use crate::app::widgets::empty;
use crate::study::ThemeId;
use eframe::egui;

/// What the view remembers.
#[derive(Default)]
pub struct MatrixView {
    /// The theme whose passages are read.
    pub theme: Option<ThemeId>,
}

impl MatrixView {
    /// Shows all passages of a theme.
    pub fn read_theme(&mut self, theme: ThemeId) {
        self.theme = Some(theme);
    }
}

/// Shows the view.
pub fn show(ui: &mut egui::Ui, _view: &mut MatrixView, cx: &mut Cx<'_>) {
    empty(
        ui,
        cx.tokens,
        icons::GRID_3X3,
        "Nothing here yet",
        "The matrix shows how many participants of each group and area said something under each theme.",
        None,
    );
}
