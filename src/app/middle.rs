//! What lies between the bars.

use std::path::{Path, PathBuf};

use eframe::egui::Ui;

use super::command::Command;
use super::context::Cx;
use super::icons;
use super::state::{State, View};
use super::views;
use super::widgets::empty;

/// A project that is being opened or made.
pub struct Opening {
    title: String,
    path: PathBuf,
}

impl Opening {
    /// What is done, and with which file.
    pub fn of(path: &Path, does: &str) -> Self {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        Self { title: format!("{does} “{name}”"), path: path.to_path_buf() }
    }
}

/// Shows the import sheet, the view, or what stands in their place while there is no project.
pub fn show(ui: &mut Ui, state: &mut State, opening: Option<&Opening>, cx: &mut Cx<'_>) {
    if state.view != View::Cases {
        views::cases::leave(&mut state.cases, cx);
    }
    if let Some(sheet) = &mut state.import {
        if !views::import_sheet::show(ui, sheet, cx) {
            state.import = None;
        }
        return;
    }
    if cx.project.is_none() {
        return match opening {
            Some(opening) => show_opening(ui, cx, opening),
            None => show_nothing_open(ui, cx),
        };
    }
    match state.view {
        View::Read => views::read::show(ui, &mut state.read, cx),
        View::Matrix => views::matrix::show(ui, &mut state.matrix, cx),
        View::Search => views::search::show(ui, &mut state.search, cx),
        View::Quotes => views::quotes::show(ui, &mut state.quotes, cx),
        View::Notes => views::notes::show(ui, &mut state.notes, cx),
        View::Themes => views::themes::show(ui, &mut state.themes, cx),
        View::Cases => views::cases::show(ui, &mut state.cases, cx),
        View::Analyse => views::analyse::show(ui, &mut state.analyse, cx),
        View::History => views::history::show(ui, &mut state.history, cx),
    }
}

fn show_opening(ui: &mut Ui, cx: &Cx<'_>, opening: &Opening) {
    let what = format!("{}\nA large project takes some seconds.", opening.path.display());
    empty(ui, cx.tokens, icons::FOLDER_OPEN, &opening.title, &what, None);
}

fn show_nothing_open(ui: &mut Ui, cx: &mut Cx<'_>) {
    let what = "A project is one file that holds a study: its transcripts, themes, codings and memos.";
    if empty(ui, cx.tokens, icons::FOLDER_OPEN, "No project is open", what, Some("Open a project…")) {
        cx.run(Command::Open);
    }
}
