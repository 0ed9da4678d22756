//! A copy of the project for another coder to work in.

use std::path::{Path, PathBuf};

use eframe::egui::{Id, Key, Response, Ui};

use super::Dialog;
use super::dialog::{Stays, decide, head, label};
use super::new_project::{ENDING, in_file_name, target};
use super::path_field::{PathField, PathKind, take_focus};
use crate::app::context::{Action, Cx};
use crate::app::icons;
use crate::app::state::State;
use crate::app::tokens::Type;
use crate::app::user_error::sentence;
use crate::app::widgets::{Button, Field, checkbox, fit_width, words};
use crate::app::worker::OpenProject;
use crate::project::{EditError, GivenTo, ProjectError};
use crate::store::StoreError;
use crate::study::{CoderId, Study};

/// For whom a copy is, where it is to lie, and whether its coder sees the others' work.
pub struct GiveDialog {
    name: String,
    pub(super) path: PathField,
    /// The path that follows the name until another is typed.
    following: String,
    /// The project's file.
    project: PathBuf,
    blind: bool,
    /// The other coders of the project.
    coders: Vec<String>,
    making: bool,
    /// Why it could not be made.
    problem: Option<String>,
    fresh: bool,
}

impl GiveDialog {
    /// A dialog for a copy of the open project, proposed beside it.
    #[must_use]
    pub fn new(project: &OpenProject, study: &Study) -> Self {
        let path = PathField::new("File of the copy", PathKind::New, &beside(&project.path, ""), false);
        let others = study.coders().values().filter(|coder| ![project.me.coder, CoderId::agreed()].contains(&coder.id));
        let mut coders: Vec<String> = others.map(|coder| coder.name.clone()).collect();
        coders.sort_unstable();
        Self {
            name: String::new(),
            following: path.typed.clone(),
            path,
            project: project.path.clone(),
            blind: false,
            coders,
            making: false,
            problem: None,
            fresh: true,
        }
    }

    fn follow_name(&mut self) {
        if self.path.typed == self.following {
            self.path.typed = beside(&self.project, &self.name).display().to_string();
            self.following.clone_from(&self.path.typed);
        }
    }

    /// The file that will be written.
    fn target(&self) -> Option<PathBuf> {
        target(&self.path, |folder| beside(&folder.join(self.project.file_name().unwrap_or_default()), &self.name))
    }

    /// Whether what is typed can be somebody's name: it makes the initials of a chip.
    fn is_name(&self) -> bool {
        self.name.chars().any(char::is_alphabetic)
    }
}

/// The file of somebody's copy: “STUDY – Name.themata” beside the project.
fn beside(project: &Path, name: &str) -> PathBuf {
    let study = project.file_stem().unwrap_or_default().to_string_lossy();
    let name = in_file_name(name);
    let name = if name.is_empty() { "Copy" } else { name.as_str() };
    project.with_file_name(format!("{study} – {name}.{ENDING}"))
}

pub(super) fn show(ui: &mut Ui, dialog: &mut GiveDialog, cx: &mut Cx<'_>) -> Stays {
    let tokens = cx.tokens;
    fit_width(ui, tokens, tokens.size.picker_width + 2.0 * tokens.size.left_rail);
    let what = "A file of its own for one coder to work in, on any computer. What is done in it comes back with “Bring a copy back…”.";
    head(ui, tokens, "Give a copy to a coder", what);
    label(ui, tokens, "Name of the coder");
    let name = Field::new(Id::unique("coder of the copy"), "Name of the coder", icons::USER).show(ui, tokens, &mut dialog.name);
    take_focus(&name, &mut dialog.fresh);
    if name.changed() {
        dialog.follow_name();
    }
    show_coders(ui, dialog, cx);
    if !dialog.name.trim().is_empty() && !dialog.is_name() {
        words(ui, tokens, Type::Small, tokens.colour.error_ink, "A name has letters: it stands beside what the coder codes.");
    }
    label(ui, tokens, "File of the copy");
    let path = dialog.path.show(ui, cx);
    // What was chosen in the system's dialog stands in the field already.
    let _ = dialog.path.take_chosen();
    let is_taken = dialog.path.exists() == Some(true) && !dialog.path.is_folder();
    if is_taken {
        words(ui, tokens, Type::Small, tokens.colour.error_ink, EXISTS);
    }
    dialog.path.system_button(ui, cx);
    checkbox(ui, tokens, &mut dialog.blind, "Blind: sees only own work until the copy is brought back");
    if let Some(problem) = &dialog.problem {
        words(ui, tokens, Type::Body, tokens.colour.error_ink, problem.as_str());
    }
    let ready = dialog.is_name() && !is_taken && !dialog.making && dialog.target().is_some();
    let entered = [name, path].iter().any(Response::lost_focus) && ui.input(|input| input.key_pressed(Key::Enter));
    match decide(ui, tokens, if dialog.making { "Making the copy" } else { "Make the copy" }, ready, entered) {
        Some(true) => {
            make(dialog, cx);
            Stays::Open
        }
        Some(false) => Stays::Closed,
        None => Stays::Open,
    }
}

/// The coders there are, to be taken by a click.
fn show_coders(ui: &mut Ui, dialog: &mut GiveDialog, cx: &Cx<'_>) {
    let mut taken = None;
    if dialog.coders.is_empty() {
        return;
    }
    ui.horizontal_wrapped(|ui| {
        words(ui, cx.tokens, Type::Small, cx.tokens.colour.ink_tertiary, "In this project:");
        for coder in &dialog.coders {
            if Button::quiet(coder).small().show(ui, cx.tokens).clicked() {
                taken = Some(coder.clone());
            }
        }
    });
    if let Some(taken) = taken {
        dialog.name = taken;
        dialog.follow_name();
    }
}

const EXISTS: &str = "There is a file of this name already. Choose another name.";

fn make(dialog: &mut GiveDialog, cx: &mut Cx<'_>) {
    let Some(path) = dialog.target() else { return };
    dialog.making = true;
    dialog.problem = None;
    let (name, blind, to) = (dialog.name.trim().to_owned(), dialog.blind, path.clone());
    cx.actions.push(Action::long_ask(
        "Making a copy",
        move |project| Ok(project.give_copy(&to, &name, blind).map_err(|error| refusal(&error))),
        move |state, made| match made {
            Ok(given) => made_for(state, &given, &path),
            Err(problem) => {
                if let Some(Dialog::Give(dialog)) = &mut state.frame.dialog {
                    (dialog.making, dialog.problem) = (false, Some(problem));
                }
            }
        },
    ));
}

fn made_for(state: &mut State, given: &GivenTo, path: &Path) {
    if matches!(state.frame.dialog, Some(Dialog::Give(_))) {
        state.frame.dialog = None;
    }
    let name = &given.name;
    let sees = if given.blind { " It shows only own work." } else { "" };
    let advice = format!("{}\nGive this file to {name}: whoever opens it codes as {name}.{sees}", path.display());
    state.frame.messages.note(format!("{name}’s copy is made"), advice, Vec::new());
}

/// Why a copy could not be made, and what to do.
fn refusal(error: &ProjectError) -> String {
    let what = sentence(error);
    match error {
        ProjectError::Store(StoreError::Exists(_)) => EXISTS.to_owned(),
        ProjectError::Store(StoreError::NoFolder(_)) => format!("{what} Make it first, or choose another folder."),
        ProjectError::Store(StoreError::Full) => format!("{what} Make room on it, or choose another place."),
        ProjectError::Store(error) if error.lacks_place() => "Nothing can be written there. Choose another folder.".to_owned(),
        ProjectError::Edit(error) if matches!(**error, EditError::NoName) => what,
        _ => format!("{what} Choose another place."),
    }
}
