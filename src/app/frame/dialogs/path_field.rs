use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use eframe::egui::{Align, EventFilter, Id, Key, Layout, Memory, Modifiers, Response, Sense, Ui, vec2};

use crate::app::ReadingOrder;
use crate::app::context::Cx;
use crate::app::icons;
use crate::app::tokens::Type;
use crate::app::widgets::{Button, Field, within, words};

/// What a path is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PathKind {
    /// A project that is there.
    Project,
    /// A file that is there.
    File,
    /// Files that are there, several of them.
    Several,
    /// A folder that is there, or will be made.
    Folder,
    /// A file to be written.
    New,
}

impl PathKind {
    /// Whether a path leads to what is wanted, or to a folder it may lie in.
    fn takes(self, path: &Path) -> bool {
        match self {
            Self::Project => path.is_dir() || path.extension().is_some_and(|ending| ending == super::new_project::ENDING),
            Self::Folder => path.is_dir(),
            Self::File | Self::Several | Self::New => true,
        }
    }
}

/// A typed path: completed, or chosen in the system's own dialog.
pub struct PathField {
    /// What is typed.
    pub typed: String,
    kind: PathKind,
    name: &'static str,
    /// What was last looked up.
    asked: Option<String>,
    /// What is known, which may be of what was typed before.
    facts: Facts,
    /// Files chosen in the system's dialog.
    chosen: Option<Vec<PathBuf>>,
    /// Whether completions are offered, and the buttons that offer them.
    offering: bool,
    offers: Vec<Id>,
    fresh: bool,
}

/// What the file system says of a typed path.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Facts {
    /// What was typed.
    of: String,
    completions: Vec<String>,
    exists: bool,
    is_folder: bool,
}

/// How many completions are offered.
const OFFERED: usize = 6;

/// A system without a file dialog answers sooner than anybody can.
const AT_ONCE: Duration = Duration::from_millis(400);

impl PathField {
    /// A field called `name` with `start` in it, which takes the focus if `fresh`.
    #[must_use]
    pub fn new(name: &'static str, kind: PathKind, start: &Path, fresh: bool) -> Self {
        let typed = start.display().to_string();
        Self { typed, kind, name, asked: None, facts: Facts::default(), chosen: None, offering: false, offers: Vec::new(), fresh }
    }

    /// The typed path, written out; `None` while nothing is typed.
    #[must_use]
    pub fn path(&self) -> Option<PathBuf> {
        let typed = self.typed.trim();
        (!typed.is_empty()).then(|| PathBuf::from(expand(typed)))
    }

    /// Takes the focus when it is shown next.
    pub(in crate::app::frame::dialogs) const fn focus_again(&mut self) {
        self.fresh = true;
    }

    /// Files chosen in the system's dialog since this was last asked.
    pub fn take_chosen(&mut self) -> Option<Vec<PathBuf>> {
        self.chosen.take()
    }

    /// Whether there is a file or folder of the typed name, as far as that is known yet.
    #[must_use]
    pub fn exists(&self) -> Option<bool> {
        self.known().map(|facts| facts.exists)
    }

    /// What the file system says of what is typed, as soon as it has answered.
    fn known(&self) -> Option<&Facts> {
        (self.asked.is_some() && self.facts.of == self.typed).then_some(&self.facts)
    }

    /// Whether the path is that of a file to be written, which need not be there.
    #[must_use]
    pub fn is_new(&self) -> bool {
        self.kind == PathKind::New
    }

    /// Whether the typed path is known to be a folder.
    #[must_use]
    pub fn is_folder(&self) -> bool {
        self.known().is_some_and(|facts| facts.is_folder)
    }

    /// Whether a `path` chosen elsewhere is what this field asked for.
    fn is(&self, name: &str) -> bool {
        self.name == name
    }

    /// Shows the field, with its completions and the button for the system's dialog below it.
    pub fn show(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) -> Response {
        let id = Id::unique(("path", self.name));
        let focused = ui.memory(|memory| memory.has_focus(id));
        let further = self.known().and_then(|facts| common_start(&facts.completions)).filter(|start| start.len() > self.typed.len());
        if let Some(further) = further.as_ref().filter(|_| focused)
            && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Tab))
        {
            self.typed.clone_from(further);
            caret_to_end(ui, id, &self.typed);
        }
        let response = Field::new(id, self.name, icons::FOLDER).show(ui, cx.tokens, &mut self.typed);
        take_focus(&response, &mut self.fresh);
        if focused {
            let filter = EventFilter { tab: further.is_some(), horizontal_arrows: true, vertical_arrows: true, escape: false };
            ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
            if filter.tab {
                ReadingOrder::hold(ui.ctx(), id);
            }
        }
        self.look_up(cx);
        // A press on a completion takes the focus away before it is a click.
        let held = ui.input(|input| input.pointer.any_down() || input.pointer.any_released());
        // Tab leads on to them: they stay while one of them has the focus.
        let on_offer = ui.memory(Memory::focused).is_some_and(|now| self.offers.contains(&now));
        self.offering = focused || (self.offering && (held || on_offer));
        self.offer(ui, cx, id);
        response
    }

    fn look_up(&mut self, cx: &mut Cx<'_>) {
        if self.asked.as_ref() == Some(&self.typed) {
            return;
        }
        let (typed, name, kind) = (self.typed.clone(), self.name, self.kind);
        self.asked = Some(typed.clone());
        cx.job(
            name,
            "",
            move |_| Ok(look_up(typed, kind)),
            move |state, facts| {
                let dialog = state.frame.dialog.as_mut();
                let fields = dialog.map(super::Dialog::paths).into_iter().flatten();
                fields.filter(|field| field.is(name)).for_each(|field| field.facts = facts.clone());
            },
        );
    }

    /// The completions, on a line that is always there: they come and go while one types, and nothing below may move.
    fn offer(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, id: Id) {
        let tokens = cx.tokens;
        let line = vec2(ui.available_width(), tokens.size.control_small + tokens.space.half);
        let (rect, _) = ui.allocate_exact_size(line, Sense::hover());
        self.offers.clear();
        let mut taken = None;
        // Also when it is empty: what stands below must not be another control then, or would lose the focus that Tab gives it.
        within(ui, rect, Layout::left_to_right(Align::Center), |ui| {
            if !self.offering {
                return;
            }
            ui.spacing_mut().item_spacing.x = tokens.space.half;
            let mut left = self.facts.completions.len();
            for completion in self.facts.completions.iter().take(OFFERED) {
                let name = last_name(completion);
                let width = ui.painter().layout_no_wrap(name.to_owned(), tokens.font(Type::Small), tokens.colour.ink).size().x;
                if width + tokens.size.sources_pane / 2.0 > ui.available_width() {
                    break;
                }
                left -= 1;
                let button = Button::quiet(name).small().show(ui, tokens);
                self.offers.push(button.id);
                if button.clicked() {
                    taken = Some(completion.clone());
                }
            }
            if left > 0 {
                words(ui, tokens, Type::Micro, tokens.colour.ink_tertiary, format!("and {left} more; Tab completes"));
            }
        });
        if let Some(taken) = taken {
            self.typed = taken;
            caret_to_end(ui, id, &self.typed);
            ui.memory_mut(|memory| memory.request_focus(id));
        }
    }

    /// The button that opens the system's own dialog.
    pub fn system_button(&self, ui: &mut Ui, cx: &mut Cx<'_>) {
        if !Button::quiet("Choose in the system’s dialog…").icon(icons::FOLDER_OPEN).show(ui, cx.tokens).clicked() {
            return;
        }
        let (start, kind, name) = (self.path().unwrap_or_default(), self.kind, self.name);
        cx.job(
            "system dialog",
            "",
            move |_| {
                let begun = Instant::now();
                let chosen = ask_system(&start, kind);
                Ok((chosen, begun.elapsed() < AT_ONCE))
            },
            move |state, (chosen, at_once)| match chosen {
                Some(paths) => {
                    let fields = state.frame.dialog.as_mut().map(super::Dialog::paths).into_iter().flatten();
                    fields.filter(|field| field.is(name)).for_each(|field| field.choose(paths.clone()));
                }
                None if at_once => state.say("This system has no file dialog. The path can be typed; Tab completes it."),
                None => {}
            },
        );
    }

    /// Takes what was chosen in the system's dialog.
    pub(in crate::app::frame::dialogs) fn choose(&mut self, paths: Vec<PathBuf>) {
        if let Some(first) = paths.first() {
            self.typed = first.display().to_string();
        }
        self.chosen = Some(paths);
    }
}

/// Gives the focus to the first field of a `fresh` dialog, after it was shown: in its first frame, which measures, a focus
/// that was asked for before is taken away again.
pub(super) fn take_focus(response: &Response, fresh: &mut bool) {
    if std::mem::take(fresh) {
        response.request_focus();
    }
}

fn caret_to_end(ui: &Ui, id: Id, text: &str) {
    use eframe::egui::text::{CCursor, CCursorRange};
    use eframe::egui::text_edit::TextEditState;
    let mut state = TextEditState::load(ui.ctx(), id).unwrap_or_default();
    state.cursor.set_char_range(Some(CCursorRange::one(CCursor::new(text.chars().count()))));
    state.store(ui.ctx(), id);
}

/// The last name of a path, with the separator behind it if it is a folder's.
fn last_name(path: &str) -> &str {
    let inner = path.strip_suffix(std::path::MAIN_SEPARATOR).unwrap_or(path);
    inner.rfind(std::path::MAIN_SEPARATOR).and_then(|at| path.get(at + 1..)).unwrap_or(path)
}

/// What all completions begin with.
fn common_start(completions: &[String]) -> Option<String> {
    let (first, rest) = completions.split_first()?;
    let shared = rest.iter().fold(first.chars().count(), |shared, other| {
        first.chars().zip(other.chars()).take(shared).take_while(|(one, other)| one == other).count()
    });
    Some(first.chars().take(shared).collect())
}

fn look_up(typed: String, kind: PathKind) -> Facts {
    let path = PathBuf::from(expand(&typed));
    Facts { completions: completions(&typed, kind), exists: path.exists(), is_folder: path.is_dir(), of: typed }
}

/// The entries of the typed folder that begin as typed, folders with a separator at their end.
fn completions(typed: &str, kind: PathKind) -> Vec<String> {
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
            name.starts_with(&start) && (!name.starts_with('.') || start.starts_with('.')) && kind.takes(&entry.path())
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
#[must_use]
pub fn expand(typed: &str) -> String {
    let home = directories::UserDirs::new().map(|user| user.home_dir().display().to_string());
    match (typed.strip_prefix('~'), home) {
        (Some(rest), Some(home)) if rest.is_empty() || rest.starts_with(std::path::MAIN_SEPARATOR) => format!("{home}{rest}"),
        _ => typed.to_owned(),
    }
}

fn ask_system(start: &Path, kind: PathKind) -> Option<Vec<PathBuf>> {
    let mut dialog = rfd::FileDialog::new();
    if let Some(folder) = start.parent().filter(|folder| folder.is_dir()) {
        dialog = dialog.set_directory(folder);
    }
    if let Some(name) = start.file_name().filter(|_| kind == PathKind::New) {
        dialog = dialog.set_file_name(name.to_string_lossy());
    }
    match kind {
        PathKind::Project | PathKind::File => dialog.pick_file().map(|path| vec![path]),
        PathKind::Several => dialog.pick_files(),
        PathKind::Folder => dialog.pick_folder().map(|path| vec![path]),
        PathKind::New => dialog.save_file().map(|path| vec![path]),
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
        let names: Vec<_> = completions(&typed, PathKind::New)
            .iter()
            .map(|path| path.rsplit(['/', '\\']).find(|name| !name.is_empty()).unwrap().to_owned())
            .collect();
        assert_eq!(names, ["Albert", "alpha.themata", "alps"]);
        assert!(completions(&format!("{typed}ps"), PathKind::New)[0].ends_with(std::path::MAIN_SEPARATOR));
        assert!(completions("/no/such/folder/x", PathKind::New).is_empty());
    }

    #[test]
    fn nothing_is_known_of_a_path_before_the_answer_is_about_it() {
        let folder = tempfile::tempdir().unwrap();
        let mut field = PathField::new("Path", PathKind::Several, Path::new(""), true);
        assert_eq!((field.exists(), field.is_folder()), (None, false), "nothing was asked");
        field.asked = Some(String::new());
        field.facts = look_up(String::new(), PathKind::Several);
        assert_eq!(field.exists(), Some(false));
        field.typed = folder.path().display().to_string();
        field.asked = Some(field.typed.clone());
        assert_eq!((field.exists(), field.is_folder()), (None, false), "the answer on its way is about another path");
        field.facts = look_up(field.typed.clone(), PathKind::Several);
        assert_eq!((field.exists(), field.is_folder()), (Some(true), true));
    }

    #[test]
    fn only_what_is_wanted_is_offered() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["a.themata", "a.themata-wal", "a.txt"] {
            std::fs::write(folder.path().join(name), b"").unwrap();
        }
        std::fs::create_dir(folder.path().join("and more")).unwrap();
        let typed = format!("{}{}a", folder.path().display(), std::path::MAIN_SEPARATOR);
        for (kind, expected) in [
            (PathKind::Project, &["a.themata", "and more/"][..]),
            (PathKind::Folder, &["and more/"]),
            (PathKind::Several, &["a.themata", "a.themata-wal", "a.txt", "and more/"]),
        ] {
            let found = completions(&typed, kind);
            let names: Vec<String> = found.iter().map(|path| last_name(path).replace(std::path::MAIN_SEPARATOR, "/")).collect();
            assert_eq!(names, expected, "{kind:?}");
        }
    }

    #[test]
    fn tab_completes_as_far_as_all_agree() {
        for (completions, expected) in
            [(&["/a/one", "/a/other"][..], Some("/a/o")), (&["/é/x"], Some("/é/x")), (&["/a", "/b"], Some("/")), (&[], None)]
        {
            let completions: Vec<_> = completions.iter().map(|path| (*path).to_owned()).collect();
            assert_eq!(common_start(&completions).as_deref(), expected);
        }
    }
}
