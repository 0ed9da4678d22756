use eframe::egui;
use eframe::egui::{Event, Id, Margin, Ui};

use super::bring_back::{self, BringDialog};
use super::choice::{self, Choice};
use super::export::{self, ExportDialog};
use super::give_copy::{self, GiveDialog};
use super::matches::{self, Matches};
use super::new_project::{self, NewDialog};
use super::path_field::PathField;
use super::question::{self, PathDialog};
use super::settings::{self, SettingsDialog};
use super::shortcuts::{self, ShortcutsDialog};
use crate::app::KeysBack;
use crate::app::context::Cx;
use crate::app::tokens::{Tokens, Type};
use crate::app::views::analyse::{Adding, show_adding};
use crate::app::widgets::{Button, words};

/// The dialog that is open. There is one at a time.
pub enum Dialog {
    /// A question for a path.
    Path(PathDialog),
    /// A new project.
    New(Box<NewDialog>),
    /// Tables and texts that leave the project.
    Export(Box<ExportDialog>),
    /// A copy for another coder.
    Give(Box<GiveDialog>),
    /// A copy that comes back.
    Bring(Box<BringDialog>),
    /// A question with a few answers.
    Choice(Choice),
    /// Every command with its keys.
    Shortcuts(ShortcutsDialog),
    /// What the program remembers of its user.
    Settings(Box<SettingsDialog>),
    /// Unknown things that are matched with known ones.
    Matches(Matches),
    /// A passage or cell that is added to a proposition.
    Evidence(Box<Adding>),
}

impl Dialog {
    /// The fields for paths in it.
    pub(super) fn paths(&mut self) -> Vec<&mut PathField> {
        match self {
            Self::Path(dialog) => vec![&mut dialog.path],
            Self::New(dialog) => vec![&mut dialog.path, &mut dialog.frame.from, &mut dialog.more],
            Self::Export(dialog) => vec![&mut dialog.path],
            Self::Give(dialog) => vec![&mut dialog.path],
            Self::Bring(dialog) => vec![&mut dialog.path],
            Self::Choice(_) | Self::Matches(_) | Self::Evidence(_) | Self::Shortcuts(_) | Self::Settings(_) => Vec::new(),
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
    let takes_keys = matches!(dialog, Dialog::Settings(settings) if settings.takes_keys());
    let (stays, left) = modal(ui, cx.tokens, "dialog", |ui| match dialog {
        Dialog::Path(dialog) => question::show(ui, dialog, cx),
        Dialog::New(dialog) => new_project::show(ui, dialog, cx),
        Dialog::Export(dialog) => export::show(ui, dialog, cx),
        Dialog::Give(dialog) => give_copy::show(ui, dialog, cx),
        Dialog::Bring(dialog) => bring_back::show(ui, dialog, cx),
        Dialog::Choice(dialog) => choice::show(ui, dialog, cx),
        Dialog::Shortcuts(dialog) => shortcuts::show(ui, dialog, cx),
        Dialog::Settings(dialog) => settings::show(ui, dialog, cx),
        Dialog::Matches(dialog) => matches::show(ui, dialog, cx),
        Dialog::Evidence(dialog) => {
            if show_adding(ui, dialog, cx) {
                Stays::Open
            } else {
                Stays::Closed
            }
        }
    });
    if stays == Stays::Closed || left && !takes_keys {
        if let Dialog::Bring(dialog) = dialog {
            dialog.leave(cx);
        }
        *slot = None;
    }
    ui.input_mut(|input| input.events.retain(|event| !is_key(event)));
}

/// Shows what a dialog holds, over everything else; returns whether it was left, with Escape or by a click beside it. It is
/// never larger than the window: what is wider is made narrower by [`fit_width`], and what is higher scrolls.
pub(in crate::app) fn modal<R>(ui: &Ui, tokens: &Tokens, name: &str, show: impl FnOnce(&mut Ui) -> R) -> (R, bool) {
    let margin = tokens.space.five;
    let frame = egui::Frame::popup(ui.style()).inner_margin(Margin::same(margin as i8));
    let room = (ui.ctx().content_rect().height() - 2.0 * (margin + tokens.space.two)).max(tokens.size.control);
    let modal = egui::Modal::new(Id::unique(name)).frame(frame).show(ui.ctx(), |ui| {
        ui.spacing_mut().item_spacing.y = tokens.space.two;
        let area = egui::ScrollArea::vertical().id_salt(name).max_height(room).min_scrolled_height(room).auto_shrink(true);
        area.show(ui, show).inner
    });
    KeysBack::hold(ui.ctx(), modal.response.layer_id);
    let left = modal.should_close();
    (modal.inner, left)
}

const fn is_key(event: &Event) -> bool {
    matches!(event, Event::Key { .. } | Event::Text(_) | Event::Copy | Event::Cut | Event::Paste(_))
}

/// The head of a dialog: its title and what it is for.
pub(in crate::app) fn head(ui: &mut Ui, tokens: &Tokens, title: &str, what: &str) {
    words(ui, tokens, Type::PaneTitle, tokens.colour.ink, title);
    if !what.is_empty() {
        words(ui, tokens, Type::Body, tokens.colour.ink_secondary, what);
    }
    ui.add_space(tokens.space.half);
}

/// The buttons of a question: `button` does it, where that is `ready`, and so does Enter (`entered`). Returns whether to do
/// it, once that is decided.
pub(in crate::app) fn decide(ui: &mut Ui, tokens: &Tokens, button: &str, ready: bool, entered: bool) -> Option<bool> {
    let mut answer = (ready && entered).then_some(true);
    ui.add_space(tokens.space.one);
    ui.horizontal_wrapped(|ui| {
        if Button::primary(button).enabled(ready).show(ui, tokens).clicked() {
            answer = Some(true);
        }
        if Button::new("Cancel").show(ui, tokens).clicked() {
            answer = Some(false);
        }
    });
    answer
}

/// The name of a field, above it: nearer to it than to what stands before.
pub(super) fn label(ui: &mut Ui, tokens: &Tokens, name: &str) {
    ui.add_space(tokens.space.one);
    words(ui, tokens, Type::Micro, tokens.colour.ink_tertiary, name);
    ui.add_space(-tokens.space.one);
}
