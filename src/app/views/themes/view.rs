use crate::app::command::Command;
use crate::app::context::Cx;
use eframe::egui;

/// What the view remembers.
#[derive(Default)]
pub struct ThemesView {}
impl ThemesView {
    /// Takes a command of the window.
    pub fn command(&mut self, _command: Command) {}
}
/// Shows the view.
pub fn show(_ui: &mut egui::Ui, _view: &mut ThemesView, _cx: &mut Cx<'_>) {}
