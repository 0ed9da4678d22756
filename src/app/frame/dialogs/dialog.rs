use eframe::egui;
use eframe::egui::{Event, Id, Margin, Ui};

use super::choice::{self, Choice};
use super::export::{self, ExportDialog};
use super::new_project::{self, NewDialog};
use super::path_field::PathField;
use super::question::{self, PathDialog};
use crate::app::context::Cx;
use crate::app::tokens::{Tokens, Type};
use crate::app::widgets::words;

/// The dialog that is open. There is one at a time.
pub enum Dialog {
    /// A question for a path.
    Path(PathDialog),
    /// A new project.
    New(NewDialog),
    /// Tables and texts that leave the project.
    Export(Box<ExportDialog>),
    /// A question with a few answers.
    Choice(Choice),
}

impl Dialog {
    /// The fields for paths in it.
    pub(super) fn paths(&mut self) -> Vec<&mut PathField> {
        match self {
            Self::Path(dialog) => vec![&mut dialog.path],
            Self::New(dialog) => vec![&mut dialog.path, &mut dialog.from],
            Self::Export(dialog) => vec![&mut dialog.path],
            Self::Choice(_) => Vec::new(),
        }
    }
}

/// Whether a dialog goes on in the next frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stays {
    Open,
    Closed,
}

/// Shows the dialog that is open, if one is. To be called before the view is shown: while a dialog is open, keys are its
/// own and the view must not see them.
pub(in crate::app) fn show(ui: &Ui, slot: &mut Option<Dialog>, cx: &mut Cx<'_>) {
    let Some(dialog) = slot else { return };
    let frame = egui::Frame::popup(ui.style()).inner_margin(Margin::same(cx.tokens.space.five as i8));
    let modal = egui::Modal::new(Id::unique("dialog")).frame(frame).show(ui.ctx(), |ui| {
        ui.spacing_mut().item_spacing.y = cx.tokens.space.two;
        match dialog {
            Dialog::Path(dialog) => question::show(ui, dialog, cx),
            Dialog::New(dialog) => new_project::show(ui, dialog, cx),
            Dialog::Export(dialog) => export::show(ui, dialog, cx),
            Dialog::Choice(dialog) => choice::show(ui, dialog, cx),
        }
    });
    if modal.inner == Stays::Closed || modal.should_close() {
        *slot = None;
    }
    ui.input_mut(|input| input.events.retain(|event| !is_key(event)));
}

const fn is_key(event: &Event) -> bool {
    matches!(event, Event::Key { .. } | Event::Text(_) | Event::Copy | Event::Cut | Event::Paste(_))
}

/// The head of a dialog: its title and what it is for.
pub(super) fn head(ui: &mut Ui, tokens: &Tokens, title: &str, what: &str) {
    words(ui, tokens, Type::PaneTitle, tokens.colour.ink, title);
    if !what.is_empty() {
        words(ui, tokens, Type::Body, tokens.colour.ink_secondary, what);
    }
    ui.add_space(tokens.space.half);
}

/// The name of a field, above it.
pub(super) fn label(ui: &mut Ui, tokens: &Tokens, name: &str) {
    words(ui, tokens, Type::Micro, tokens.colour.ink_tertiary, name);
}
