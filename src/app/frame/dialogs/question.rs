use std::path::PathBuf;

use eframe::egui::{Key, Ui};

use super::dialog::{Stays, head};
use super::path_field::{PathField, PathKind};
use crate::app::context::{Action, Cx};
use crate::app::tokens::Type;
use crate::app::widgets::{Button, fit_width, words};

/// What to do with the paths.
pub type Then = Box<dyn FnOnce(Vec<PathBuf>) -> Vec<Action> + Send>;

/// A question for a path: typed, completed, or chosen in the system's own dialog.
pub struct PathQuestion {
    /// Title of the dialog.
    pub title: String,
    /// What the path will be used for, in a sentence.
    pub what: String,
    /// Words on the button.
    pub button: String,
    /// What stands in the field at first.
    pub start: PathBuf,
    /// What the path is for.
    pub kind: PathKind,
    /// What to do with the paths.
    pub then: Then,
    /// Another button: its words and what it does.
    pub other: Option<(String, Then)>,
}

/// A question that is being answered.
pub struct PathDialog {
    title: String,
    what: String,
    button: String,
    pub(super) path: PathField,
    then: Option<Then>,
    other: Option<(String, Then)>,
}

impl PathDialog {
    /// The dialog of a question.
    #[must_use]
    pub fn new(question: PathQuestion) -> Self {
        let PathQuestion { title, what, button, start, kind, then, other } = question;
        Self { title, what, button, path: PathField::new("Path", kind, &start, true), then: Some(then), other }
    }
}

pub(super) fn show(ui: &mut Ui, dialog: &mut PathDialog, cx: &mut Cx<'_>) -> Stays {
    let tokens = cx.tokens;
    fit_width(ui, tokens, tokens.size.picker_width + 2.0 * tokens.size.left_rail);
    head(ui, tokens, &dialog.title, &dialog.what);
    let field = dialog.path.show(ui, cx);
    let mut paths = dialog.path.take_chosen();
    let entered = field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
    let missing = !dialog.path.is_new() && dialog.path.path().is_some() && dialog.path.exists() == Some(false);
    if missing {
        words(ui, tokens, Type::Small, tokens.colour.ink_secondary, "There is nothing of this name.");
    }
    let ready = dialog.path.path().is_some() && !missing;
    let (mut stays, mut other) = (Stays::Open, false);
    ui.add_space(tokens.space.one);
    ui.horizontal_wrapped(|ui| {
        let pressed = Button::primary(&dialog.button).enabled(ready).show(ui, tokens).clicked();
        if let Some((words, _)) = &dialog.other {
            other = Button::new(words).enabled(ready).show(ui, tokens).clicked();
        }
        if ready && (entered || pressed || other) {
            paths = dialog.path.path().map(|path| vec![path]);
        }
        if Button::new("Cancel").show(ui, tokens).clicked() {
            stays = Stays::Closed;
        }
        dialog.path.system_button(ui, cx);
    });
    if let Some(paths) = paths {
        let then = if other { dialog.other.take().map(|(_, then)| then) } else { dialog.then.take() };
        cx.actions.extend(then.into_iter().flat_map(|then| then(paths.clone())));
        return Stays::Closed;
    }
    stays
}
