//! The sheet in which files are looked at before they become sources.

use eframe::egui;
use std::path::PathBuf;

use crate::app::context::Cx;
use crate::app::icons;
use crate::app::widgets::empty;

/// The files that are to be imported and what is known of them.
pub struct ImportSheet {
    /// The files, as they were dropped or named.
    pub files: Vec<PathBuf>,
}

impl ImportSheet {
    /// A sheet for these files.
    #[must_use]
    pub const fn new(files: Vec<PathBuf>) -> Self {
        Self { files }
    }
}

/// Shows the sheet; returns whether it stays open.
pub fn show(ui: &mut egui::Ui, _sheet: &mut ImportSheet, cx: &mut Cx<'_>) -> bool {
    !empty(ui, cx.tokens, icons::IMPORT, "Import", "Files are looked at here before they become sources.", Some("Close"))
}
