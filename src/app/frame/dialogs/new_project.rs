use std::path::{Path, PathBuf};

use eframe::egui::{Id, Key, Ui};

use super::dialog::{Stays, head, label};
use super::path_field::{PathField, PathKind, take_focus};
use crate::app::context::{Action, Cx};
use crate::app::icons;
use crate::app::tokens::Type;
use crate::app::user_error::UserError;
use crate::app::widgets::{Button, Field, words};
use crate::exchange::import::folder::{StudyFolder, load, read_folder};

/// What a new project is to be called, where it is to lie, and what it begins with.
pub struct NewDialog {
    name: String,
    /// Where new projects lie.
    folder: PathBuf,
    pub(super) path: PathField,
    /// The path that follows the name until another is typed.
    following: String,
    pub(super) from: PathField,
    /// Whether the study folder is being read.
    reading: bool,
    fresh: bool,
}

/// How the names of project files end.
pub(super) const ENDING: &str = "themata";

impl NewDialog {
    /// A dialog for a project in `folder`.
    #[must_use]
    pub fn new(folder: PathBuf) -> Self {
        let path = PathField::new("Project file", PathKind::New, &file(&folder, "Study"), false);
        let following = path.typed.clone();
        let from = PathField::new("Study folder (may stay empty)", PathKind::Folder, Path::new(""), false);
        Self { name: String::new(), folder, path, following, from, reading: false, fresh: true }
    }

    /// The file that will be written.
    fn target(&self) -> Option<PathBuf> {
        let path = self.path.path()?;
        if self.path.is_folder() {
            return Some(file(&path, &self.name));
        }
        Some(if path.extension().is_some_and(|ending| ending == ENDING) { path } else { with_ending(path) })
    }
}

fn with_ending(path: PathBuf) -> PathBuf {
    let mut path = path.into_os_string();
    path.push(".");
    path.push(ENDING);
    path.into()
}

/// The project file of a study called `name`.
fn file(folder: &Path, name: &str) -> PathBuf {
    let safe: String = name.trim().chars().map(|c| if c.is_alphanumeric() || " -_().&,".contains(c) { c } else { '-' }).collect();
    let safe = safe.trim_matches(['.', ' ']);
    with_ending(folder.join(if safe.is_empty() { "Study" } else { safe }))
}

pub(super) fn show(ui: &mut Ui, dialog: &mut NewDialog, cx: &mut Cx<'_>) -> Stays {
    let tokens = cx.tokens;
    ui.set_width(tokens.size.picker_width + 2.0 * tokens.size.left_rail);
    head(ui, tokens, "New project", "One file holds everything of a study. Others can open it with Themata, nothing else is needed.");
    label(ui, tokens, "Name of the study");
    let name_id = Id::unique("name of the study");
    let name = Field::new(name_id, "Name of the study", icons::BOOK_OPEN).show(ui, tokens, &mut dialog.name);
    take_focus(&name, &mut dialog.fresh);
    if name.changed() && dialog.path.typed == dialog.following {
        dialog.path.typed = file(&dialog.folder, &dialog.name).display().to_string();
        dialog.following.clone_from(&dialog.path.typed);
    }
    label(ui, tokens, "Project file");
    let path = dialog.path.show(ui, cx);
    label(ui, tokens, "Begin with a study folder: transcripts, and themes if it has them");
    let from = dialog.from.show(ui, cx);
    let taken = dialog.path.exists() == Some(true) && !dialog.path.is_folder();
    if taken {
        words(ui, tokens, Type::Small, tokens.colour.error_ink, "There is a file of this name already. Choose another name, or open it.");
    }
    let entered = [name, path, from].iter().any(eframe::egui::Response::lost_focus) && ui.input(|input| input.key_pressed(Key::Enter));
    // What was chosen in the system's dialog stands in the fields already.
    let _ = (dialog.path.take_chosen(), dialog.from.take_chosen());
    let mut stays = Stays::Open;
    ui.add_space(tokens.space.one);
    ui.horizontal(|ui| {
        let ready = !dialog.name.trim().is_empty() && dialog.target().is_some() && !taken && !dialog.reading;
        let words = if dialog.reading { "Reading the folder" } else { "Make project" };
        if (Button::primary(words).enabled(ready).show(ui, tokens).clicked() || entered) && ready {
            stays = make(dialog, cx);
        }
        if Button::new("Cancel").show(ui, tokens).clicked() {
            stays = Stays::Closed;
        }
        dialog.path.system_button(ui, cx);
    });
    stays
}

/// Makes the project, or begins to read what it is to begin with.
fn make(dialog: &mut NewDialog, cx: &mut Cx<'_>) -> Stays {
    let Some(path) = dialog.target() else { return Stays::Open };
    let name = dialog.name.trim().to_owned();
    let Some(from) = dialog.from.path() else {
        cx.actions.push(Action::Create { path, name });
        return Stays::Closed;
    };
    dialog.reading = true;
    cx.job(
        "study folder",
        "Reading the study folder",
        move |_| Ok(read_folder(&from).map_err(|error| UserError::new("The study folder cannot be used.", error.to_string()))),
        move |state, read| match read {
            Ok(folder) => {
                state.frame.dialog = None;
                state.wanted.push(Action::Create { path: path.clone(), name });
                state.wanted.push(fill(path, folder));
            }
            Err(error) => {
                if let Some(super::Dialog::New(dialog)) = &mut state.frame.dialog {
                    dialog.reading = false;
                }
                state.tell(error);
            }
        },
    );
    Stays::Open
}

/// Loads a study folder into the project at `path`, if that is the one that is open by then.
fn fill(path: PathBuf, folder: StudyFolder) -> Action {
    Action::ask(
        move |project| {
            let is_it = std::path::absolute(&path).is_ok_and(|path| path == project.path());
            if !is_it || !project.study().materials().is_empty() {
                return Ok(None);
            }
            let loaded = load(project, &folder);
            loaded.map(|sources| Some(sources.len())).map_err(|error| {
                UserError::new("The project was made, but the study folder could not be loaded.", "Nothing of it was written.")
                    .because(&error)
            })
        },
        |state, loaded| {
            if let Some(count) = loaded {
                state.say(format!("Loaded {count} sources from the study folder."));
            }
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_project_file_is_named_after_its_study() {
        for (name, expected) in
            [("Justice, 2024", "Justice, 2024.themata"), ("a/b: c", "a-b- c.themata"), ("", "Study.themata"), ("..", "Study.themata")]
        {
            assert_eq!(file(Path::new("x"), name), Path::new("x").join(expected), "{name}");
        }
    }

    #[test]
    fn the_ending_is_added_where_it_lacks() {
        let mut dialog = NewDialog::new("x".into());
        for (typed, expected) in [("y/wave 1", "y/wave 1.themata"), ("y/wave 1.themata", "y/wave 1.themata"), ("v1.2", "v1.2.themata")] {
            dialog.path.typed = typed.into();
            assert_eq!(dialog.target(), Some(PathBuf::from(expected)));
        }
    }
}
