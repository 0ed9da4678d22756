use eframe::egui;
use std::path::{Path, PathBuf};

use eframe::egui::{Id, Key, Margin, Ui};

use crate::app::context::Action;
use crate::app::icons;
use crate::app::state::State;
use crate::app::tokens::{Tokens, Type};
use crate::app::widgets::{Button, Field, words};
use crate::app::worker::Deliver;

/// What a path is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PathKind {
    /// A file or folder that is there.
    Existing,
    /// Files that are there, several of them.
    Several,
    /// A file to be written.
    New,
}

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
    /// Whether it must be there.
    pub kind: PathKind,
    /// What to do with the paths.
    pub then: Box<dyn FnOnce(Vec<PathBuf>) -> Vec<Action> + Send>,
}

/// A question that is being answered.
pub struct PathDialog {
    question: PathQuestion,
    typed: String,
    /// What completions were asked for, and what they are.
    completed: Option<String>,
    completions: Vec<String>,
    chosen: Option<Vec<PathBuf>>,
    fresh: bool,
}

impl PathDialog {
    /// The dialog of a question.
    #[must_use]
    pub fn new(question: PathQuestion) -> Self {
        let typed = question.start.display().to_string();
        Self { question, typed, completed: None, completions: Vec::new(), chosen: None, fresh: true }
    }
}

/// How many completions are offered.
const OFFERED: usize = 8;

/// Shows the dialog that is open, if one is.
pub fn show(ui: &Ui, tokens: &Tokens, slot: &mut Option<PathDialog>, actions: &mut Vec<Action>) {
    let Some(dialog) = slot else { return };
    let mut done = dialog.chosen.take();
    let frame = egui::Frame::popup(ui.style()).inner_margin(Margin::same(tokens.space.four as i8));
    let modal = egui::Modal::new(Id::unique("path dialog")).frame(frame).show(ui.ctx(), |ui| {
        ui.set_width(tokens.size.picker_width + tokens.size.left_rail);
        words(ui, tokens, Type::PaneTitle, tokens.colour.ink, dialog.question.title.as_str());
        words(ui, tokens, Type::Body, tokens.colour.ink_secondary, dialog.question.what.as_str());
        ui.add_space(tokens.space.one);
        let id = Id::unique("path");
        let field = Field::new(id, "Path", icons::FOLDER).show(ui, tokens, &mut dialog.typed);
        // After the field is shown: in the first frame, which measures, the focus would be taken away again.
        if std::mem::take(&mut dialog.fresh) {
            field.request_focus();
        }
        complete(dialog, actions);
        offer(ui, tokens, dialog);
        ui.add_space(tokens.space.two);
        let entered = field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
        let mut closed = false;
        ui.horizontal(|ui| {
            let ready = !dialog.typed.trim().is_empty();
            let pressed = Button::primary(&dialog.question.button).enabled(ready).show(ui, tokens).clicked();
            if ready && (entered || pressed) {
                done = Some(vec![PathBuf::from(expand(dialog.typed.trim()))]);
            }
            closed = Button::new("Cancel").show(ui, tokens).clicked();
            if Button::quiet("Choose in the system’s dialog…").icon(icons::FOLDER_OPEN).show(ui, tokens).clicked() {
                actions.push(system_dialog(dialog.question.kind, &dialog.typed));
            }
        });
        closed
    });
    if modal.inner || (modal.should_close() && done.is_none()) {
        *slot = None;
    } else if let Some(paths) = done
        && let Some(dialog) = slot.take()
    {
        actions.extend((dialog.question.then)(paths));
    }
}

fn offer(ui: &mut Ui, tokens: &Tokens, dialog: &mut PathDialog) {
    let mut taken = None;
    for completion in dialog.completions.iter().take(OFFERED) {
        if Button::quiet(completion).small().show(ui, tokens).clicked() {
            taken = Some(completion.clone());
        }
    }
    if let Some(completion) = taken {
        dialog.typed = completion;
        ui.memory_mut(|memory| memory.request_focus(Id::unique("path")));
    }
}

fn complete(dialog: &mut PathDialog, actions: &mut Vec<Action>) {
    if dialog.completed.as_ref() == Some(&dialog.typed) {
        return;
    }
    let typed = dialog.typed.clone();
    dialog.completed = Some(typed.clone());
    actions.push(Action::Job {
        slot: "completions",
        name: String::new(),
        run: Box::new(move |_| {
            let found = completions(&typed);
            Ok(Box::new(move |state: &mut State| {
                if let Some(dialog) = &mut state.frame.dialog {
                    dialog.completions = found;
                }
            }) as Deliver)
        }),
    });
}

/// The entries of the typed folder that begin as typed, folders with a separator at their end.
fn completions(typed: &str) -> Vec<String> {
    let path = PathBuf::from(expand(typed));
    let ends_in_folder = typed.ends_with(std::path::MAIN_SEPARATOR);
    let (folder, start) = if ends_in_folder {
        (path.as_path(), String::new())
    } else {
        (
            path.parent().unwrap_or_else(|| Path::new(".")),
            path.file_name().map(|name| name.to_string_lossy().to_lowercase()).unwrap_or_default(),
        )
    };
    // A folder that cannot be read has nothing to offer; the error is told when the path is used.
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut found: Vec<String> = entries
        .filter_map(Result::ok)
        .filter(|entry| {
            let name = entry.file_name().to_string_lossy().to_lowercase();
            name.starts_with(&start) && (!name.starts_with('.') || start.starts_with('.'))
        })
        .map(|entry| {
            let mut path = entry.path().display().to_string();
            if entry.path().is_dir() {
                path.push(std::path::MAIN_SEPARATOR);
            }
            path
        })
        .filter(|path| path != typed)
        .collect();
    found.sort();
    found
}

/// A path with `~` at its start, written out.
fn expand(typed: &str) -> String {
    let home = directories::UserDirs::new().map(|user| user.home_dir().display().to_string());
    match (typed.strip_prefix('~'), home) {
        (Some(rest), Some(home)) if rest.is_empty() || rest.starts_with(std::path::MAIN_SEPARATOR) => format!("{home}{rest}"),
        _ => typed.to_owned(),
    }
}

fn system_dialog(kind: PathKind, typed: &str) -> Action {
    let start = PathBuf::from(expand(typed));
    Action::Job {
        slot: "system dialog",
        name: String::new(),
        run: Box::new(move |_| {
            let mut dialog = rfd::FileDialog::new();
            if let Some(folder) = start.parent().filter(|folder| folder.is_dir()) {
                dialog = dialog.set_directory(folder);
            }
            if let Some(name) = start.file_name() {
                dialog = dialog.set_file_name(name.to_string_lossy());
            }
            let chosen = match kind {
                PathKind::Existing => dialog.pick_file().map(|path| vec![path]),
                PathKind::Several => dialog.pick_files(),
                PathKind::New => dialog.save_file().map(|path| vec![path]),
            };
            Ok(Box::new(move |state: &mut State| match (chosen, &mut state.frame.dialog) {
                (Some(paths), Some(dialog)) => dialog.chosen = Some(paths),
                (None, Some(_)) => state.say("Nothing was chosen, or this system has no file dialog. The path can be typed."),
                _ => {}
            }) as Deliver)
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn completions_are_what_begins_as_typed() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["alpha.themata", "Albert", ".hidden", "beta"] {
            std::fs::write(folder.path().join(name), b"").unwrap();
        }
        std::fs::create_dir(folder.path().join("alps")).unwrap();
        let typed = format!("{}{}al", folder.path().display(), std::path::MAIN_SEPARATOR);
        let names: Vec<_> =
            completions(&typed).iter().map(|path| path.rsplit(['/', '\\']).find(|name| !name.is_empty()).unwrap().to_owned()).collect();
        assert_eq!(names, ["Albert", "alpha.themata", "alps"]);
        assert!(completions(&format!("{typed}ps"))[0].ends_with(std::path::MAIN_SEPARATOR));
        assert!(completions("/no/such/folder/x").is_empty());
    }
}
