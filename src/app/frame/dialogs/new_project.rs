use std::path::{Path, PathBuf};

use eframe::egui::{Id, Key, Ui};

use super::dialog::{Stays, head, label};
use super::frame_page::{self, FramePage, From};
use super::path_field::{PathField, PathKind, take_focus};
use crate::app::context::{Action, Cx};
use crate::app::icons;
use crate::app::tokens::Type;
use crate::app::user_error::UserError;
use crate::app::widgets::{Button, Field, fit_width, icon_button, tabs, words};
use crate::app::worker::Begin;
use crate::exchange::import::folder::{load_into, read_folder};
use crate::project::{Access, Me, Project, RoleWords};
use crate::study::Role;

/// What a new project is to be called, where it is to lie, who codes, and what it begins with.
pub struct NewDialog {
    page: Page,
    name: String,
    coder: String,
    /// Where new projects lie.
    folder: PathBuf,
    pub(super) path: PathField,
    /// The path that follows the name until another is typed.
    following: String,
    pub(super) frame: FramePage,
    pub(super) more: PathField,
    /// The documents to look at once the project is there.
    documents: Vec<PathBuf>,
    /// Whether what it begins with is being read.
    reading: bool,
    fresh: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Page {
    Study,
    Frame,
    Documents,
}

const PAGES: [(Page, &str); 3] = [(Page::Study, "1  The study"), (Page::Frame, "2  Its frame"), (Page::Documents, "3  Documents")];

/// How the names of project files end.
pub(super) const ENDING: &str = "themata";

impl NewDialog {
    /// A dialog for a project in `folder`, by a coder of this name.
    #[must_use]
    pub fn new(folder: PathBuf, coder: String) -> Self {
        let path = PathField::new("Project file", PathKind::New, &file(&folder, "Study"), false);
        let following = path.typed.clone();
        let more = PathField::new("File or folder", PathKind::Several, Path::new(""), false);
        Self {
            page: Page::Study,
            name: String::new(),
            coder,
            folder,
            path,
            following,
            frame: FramePage::default(),
            more,
            documents: Vec::new(),
            reading: false,
            fresh: true,
        }
    }

    /// Takes documents that were dropped on the window.
    pub fn add_documents(&mut self, files: Vec<PathBuf>) {
        self.page = Page::Documents;
        for file in files {
            if !self.documents.contains(&file) {
                self.documents.push(file);
            }
        }
    }

    /// The file that will be written.
    fn target(&self) -> Option<PathBuf> {
        target(&self.path, |folder| file(folder, &self.name))
    }

    /// Whether there is a file already where the project is to lie.
    fn is_taken(&self) -> bool {
        self.path.exists() == Some(true) && !self.path.is_folder()
    }

    fn is_ready(&self) -> bool {
        let named = !self.name.trim().is_empty() && !self.coder.trim().is_empty() && self.target().is_some();
        named && !self.is_taken() && !self.reading && self.frame.answer().is_some()
    }
}

/// The project file that a typed path means; of a folder it is the one that `in_folder` names.
pub(super) fn target(field: &PathField, in_folder: impl FnOnce(&Path) -> PathBuf) -> Option<PathBuf> {
    let path = field.path()?;
    if field.is_folder() {
        return Some(in_folder(&path));
    }
    Some(if path.extension().is_some_and(|ending| ending == ENDING) { path } else { with_ending(path) })
}

fn with_ending(path: PathBuf) -> PathBuf {
    let mut path = path.into_os_string();
    path.push(".");
    path.push(ENDING);
    path.into()
}

/// The project file of a study called `name`.
fn file(folder: &Path, name: &str) -> PathBuf {
    let safe = in_file_name(name);
    with_ending(folder.join(if safe.is_empty() { "Study" } else { safe.as_str() }))
}

/// A name as it can stand in the name of a file on any system; may be empty.
pub(super) fn in_file_name(name: &str) -> String {
    let safe: String = name.trim().chars().map(|c| if c.is_alphanumeric() || " -_().&,".contains(c) { c } else { '-' }).collect();
    safe.trim_matches(['.', ' ']).to_owned()
}

pub(super) fn show(ui: &mut Ui, dialog: &mut NewDialog, cx: &mut Cx<'_>) -> Stays {
    let tokens = cx.tokens;
    fit_width(ui, tokens, tokens.size.picker_width + 2.0 * tokens.size.left_rail);
    head(ui, tokens, "New project", "One file holds everything of a study. Others can open it with Themata, nothing else is needed.");
    tabs(ui, tokens, &PAGES, &mut dialog.page);
    let size = eframe::egui::vec2(ui.available_width(), tokens.size.sources_pane);
    let entered = ui
        .allocate_ui(size, |ui| {
            ui.set_min_size(size);
            match dialog.page {
                Page::Study => return show_study(ui, dialog, cx),
                Page::Frame => frame_page::show(ui, &mut dialog.frame, cx),
                Page::Documents => show_documents(ui, dialog, cx),
            }
            false
        })
        .inner;
    // What was chosen in the system's dialog stands in the fields already.
    let _ = (dialog.path.take_chosen(), dialog.frame.from.take_chosen());
    let mut stays = Stays::Open;
    ui.add_space(tokens.space.one);
    ui.horizontal_wrapped(|ui| {
        let ready = dialog.is_ready();
        let words = if dialog.reading { "Reading" } else { "Make project" };
        let pressed = Button::primary(words).enabled(ready).show(ui, tokens).clicked();
        if ready && (pressed || entered) {
            stays = make(dialog, cx);
        }
        let next = match dialog.page {
            Page::Study => Some((Page::Frame, "Next: its frame")),
            Page::Frame => Some((Page::Documents, "Next: documents")),
            Page::Documents => None,
        };
        if let Some((page, words)) = next
            && Button::new(words).show(ui, tokens).clicked()
        {
            dialog.page = page;
        }
        if Button::quiet("Cancel").show(ui, tokens).clicked() {
            stays = Stays::Closed;
        }
    });
    stays
}

/// The first page; returns whether Enter was pressed in one of its fields.
fn show_study(ui: &mut Ui, dialog: &mut NewDialog, cx: &mut Cx<'_>) -> bool {
    let tokens = cx.tokens;
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
    if dialog.is_taken() {
        words(ui, tokens, Type::Small, tokens.colour.error_ink, "There is a file of this name already. Choose another name, or open it.");
    }
    dialog.path.system_button(ui, cx);
    label(ui, tokens, "Your name, shown with what you code");
    let coder = Field::new(Id::unique("coder of the study"), "Your name", icons::USER).show(ui, tokens, &mut dialog.coder);
    [name, path, coder].iter().any(eframe::egui::Response::lost_focus) && ui.input(|input| input.key_pressed(Key::Enter))
}

fn show_documents(ui: &mut Ui, dialog: &mut NewDialog, cx: &mut Cx<'_>) {
    let tokens = cx.tokens;
    let what = "Drop transcripts and reports on the window, or name them here. They are looked at once the project is made; nothing is imported before you have seen it.";
    words(ui, tokens, Type::Body, tokens.colour.ink_secondary, what);
    let field = dialog.more.show(ui, cx);
    let entered = field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
    let chosen = dialog.more.take_chosen().or_else(|| entered.then(|| dialog.more.path().into_iter().collect()));
    if let Some(files) = chosen {
        dialog.add_documents(files);
        dialog.more.typed.clear();
    }
    dialog.more.system_button(ui, cx);
    let mut gone = None;
    let list = eframe::egui::ScrollArea::vertical().id_salt("documents").auto_shrink([false, true]);
    list.max_height(tokens.size.sources_pane / 2.0).show(ui, |ui| {
        for (index, file) in dialog.documents.iter().enumerate() {
            ui.horizontal(|ui| {
                let name = file.file_name().unwrap_or_default().to_string_lossy();
                if icon_button(ui, tokens, icons::X, &format!("Leave out {name}"), true).clicked() {
                    gone = Some(index);
                }
                words(ui, tokens, Type::Body, tokens.colour.ink, name).on_hover_text(file.display().to_string());
            });
        }
    });
    if let Some(index) = gone {
        dialog.documents.remove(index);
    }
}

/// Makes the project, or begins to read what it is to begin with.
fn make(dialog: &mut NewDialog, cx: &mut Cx<'_>) -> Stays {
    let (Some(path), Some(from)) = (dialog.target(), dialog.frame.answer()) else { return Stays::Open };
    let coder = dialog.coder.trim().to_owned();
    if coder != cx.identity.name {
        cx.actions.push(Action::Rename(coder));
    }
    let name = dialog.name.trim().to_owned();
    let documents = std::mem::take(&mut dialog.documents);
    if let From::Hand(roles) = from {
        cx.actions.push(Action::Create { path, name, begin: Some(by_hand(roles)), documents });
        return Stays::Closed;
    }
    dialog.reading = true;
    let kept = documents.clone();
    let me = Me::from(cx.identity);
    cx.job(
        "frame of a new project",
        "Reading the frame",
        move |_| Ok(read(from, &me)),
        move |state, read| match read {
            Ok(begin) => {
                state.frame.dialog = None;
                state.wanted.push(Action::Create { path, name, begin: Some(begin), documents });
            }
            Err(error) => {
                if let Some(super::Dialog::New(dialog)) = &mut state.frame.dialog {
                    dialog.reading = false;
                    dialog.documents = kept;
                }
                state.tell(error);
            }
        },
    );
    Stays::Open
}

fn by_hand([groups, areas]: [RoleWords; 2]) -> Begin {
    Box::new(move |tx| {
        tx.name_role(Role::Group, &groups)?;
        tx.name_role(Role::Area, &areas)
    })
}

/// Reads what a project is to begin with.
fn read(from: From, me: &Me) -> Result<Begin, UserError> {
    match from {
        From::Hand(roles) => Ok(by_hand(roles)),
        From::Folder(folder) => {
            let folder = read_folder(&folder).map_err(|error| UserError::new("The study folder cannot be used.", error.to_string()))?;
            Ok(Box::new(move |tx| load_into(tx, &folder).map(drop)))
        }
        From::Project(path) => {
            let project = Project::open(&path, Access::Read, me)
                .map_err(|error| UserError::new("The frame of that project cannot be taken over.", format!("{error}.")))?;
            let study = project.study();
            Ok(Box::new(move |tx| tx.take_frame(&study)))
        }
    }
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
        let mut dialog = NewDialog::new("x".into(), "Me".into());
        for (typed, expected) in [("y/wave 1", "y/wave 1.themata"), ("y/wave 1.themata", "y/wave 1.themata"), ("v1.2", "v1.2.themata")] {
            dialog.path.typed = typed.into();
            assert_eq!(dialog.target(), Some(PathBuf::from(expected)));
        }
    }
}
