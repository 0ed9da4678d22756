use std::path::{Path, PathBuf};
use std::sync::Arc;

use eframe::egui::{Key, Ui};

use super::dialog::{Stays, head, label};
use super::first_lines::{self, First, changed};
use super::path_field::{PathField, PathKind};
use crate::analysis::matrix::{Filter, MatrixSpec, Measure};
use crate::app::context::Cx;
use crate::app::tokens::Type;
use crate::app::user_error::UserError;
use crate::app::widgets::{Button, fit_width, segmented, words};
use crate::exchange::export::{About, Content, Form, Labels, Leaving, Table, TableError, Wish, leaving, write_texts};
use crate::study::Study;
use crate::text::Texts;

/// What leaves the project: a table, or the texts (`None`).
type What = Option<Content>;

const WHATS: [(What, &str, &str); 7] = [
    (Some(Content::Matrix), "Matrix", "As it is seen: rows, columns, pages."),
    (Some(Content::Cells), "Cells", "The matrix in long form, one row a cell, with every measure."),
    (Some(Content::Codings), "Codings", "One row a coding, with its words, cases and attributes."),
    (Some(Content::Cases), "Cases", "Cases by themes: 0 or 1, and counts."),
    (Some(Content::Codebook), "Codebook", "The themes with their definitions."),
    (Some(Content::Memos), "Memos", "Every memo, with what it is on."),
    (None, "Texts", "One UTF-8 file a source, in a folder."),
];

/// How the table of a list is made, with the note beside it.
pub type Make = dyn Fn(&Study, &dyn Texts, Labels, i64) -> Result<(Table, About), TableError> + Send + Sync;

/// A list in the window that is to leave the project as it is seen: hits, passages.
#[derive(Clone)]
pub struct Listed {
    /// What the file is called, without ending.
    pub name: &'static str,
    /// What it is, in a sentence.
    pub what: String,
    /// Makes its table.
    pub make: Arc<Make>,
}

/// What is to leave the project, and where to.
pub struct ExportDialog {
    what: What,
    /// The list that leaves, in the place of one of the tables of every project.
    listed: Option<Listed>,
    matrix: (MatrixSpec, Measure),
    /// The page of the matrix that is seen, where one is.
    seen: Option<Listed>,
    how: How,
    /// Whether the file begins with the mark by which Excel knows UTF-8.
    bom: bool,
    folder: PathBuf,
    pub(super) path: PathField,
    /// The path that follows what is exported until another is typed.
    following: String,
    /// What the first lines were last asked for, and what they are.
    asked: Option<(Arc<Study>, What, How)>,
    first: Option<First>,
    /// Whether the file is there already and may be written over.
    replace: Option<bool>,
    writing: bool,
}

/// How a table is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct How {
    labels: Labels,
    /// Whether the matrix leaves as it is seen: its page, what is unfolded, figures in words.
    as_seen: bool,
    /// Whether the filters of the matrix hold for the table.
    filtered: bool,
}

/// How writing ended.
enum End {
    Written(String),
    /// There is a file of this name.
    Taken,
}

impl ExportDialog {
    /// A dialog for files in `folder`. `matrix` is the matrix as it is seen.
    #[must_use]
    pub fn new(folder: PathBuf, matrix: (MatrixSpec, Measure)) -> Self {
        let what = Some(Content::Matrix);
        let path = PathField::new("File to write", PathKind::New, &target(&folder, what), true);
        let following = path.typed.clone();
        Self {
            what,
            listed: None,
            matrix,
            seen: None,
            how: How { labels: Labels::IDS, as_seen: false, filtered: true },
            bom: true,
            folder,
            path,
            following,
            asked: None,
            first: None,
            replace: None,
            writing: false,
        }
    }

    /// A dialog for a list, to a file in `folder`.
    #[must_use]
    pub fn of(folder: &Path, study: &Study, listed: Listed) -> Self {
        let matrix = (MatrixSpec::usual(study), Measure::Participants);
        let file = folder.join(format!("{}.csv", listed.name));
        // What it leaves out is what a table of codings leaves out.
        let mut dialog = Self { what: Some(Content::Codings), ..Self::new(folder.to_owned(), matrix) };
        dialog.path = PathField::new("File to write", PathKind::New, &file, true);
        dialog.following = dialog.path.typed.clone();
        dialog.listed = Some(listed);
        dialog
    }

    /// The same for a matrix of which a page is seen.
    #[must_use]
    pub fn seeing(mut self, seen: Option<Listed>) -> Self {
        self.how.as_seen = seen.is_some();
        self.seen = seen;
        self
    }

    /// The same with this table chosen.
    #[must_use]
    pub fn with(mut self, content: Content) -> Self {
        self.choose(Some(content));
        self
    }

    /// Whether the matrix has filters, and they could hold for the table that is chosen.
    fn can_filter(&self) -> bool {
        let of_all = matches!(self.what, None | Some(Content::Memos)) || self.listed.is_some();
        !of_all && self.matrix.0.filter != Filter::default()
    }

    /// What the table is made of: the matrix with the filters that hold, or a list in its place.
    fn made_of(&self) -> ((MatrixSpec, Measure), Option<Listed>) {
        let seen = self.seen.as_ref().filter(|_| self.how.as_seen && self.what == Some(Content::Matrix));
        let mut matrix = self.matrix.clone();
        if !self.how.filtered {
            matrix.0.filter = Filter::default();
        }
        (matrix, self.listed.as_ref().or(seen).cloned())
    }

    fn choose(&mut self, what: What) {
        self.what = what;
        // What is left out of the matrix is left out of other tables only when that was seen and chosen.
        self.how.filtered = is_matrix(what);
        if self.path.typed == self.following {
            self.path.typed = target(&self.folder, what).display().to_string();
            self.following.clone_from(&self.path.typed);
        }
    }
}

const fn is_matrix(what: What) -> bool {
    matches!(what, Some(Content::Matrix | Content::Cells))
}

/// The file or folder a content is usually written to.
fn target(folder: &Path, what: What) -> PathBuf {
    let name = WHATS.iter().find(|(other, ..)| *other == what).map_or("export", |(_, name, _)| name).to_lowercase();
    folder.join(if what.is_some() { format!("{name}.csv") } else { name })
}

pub(super) fn show(ui: &mut Ui, dialog: &mut ExportDialog, cx: &mut Cx<'_>) -> Stays {
    let tokens = cx.tokens;
    fit_width(ui, tokens, tokens.size.picker_width + tokens.size.inspector_pane);
    head(ui, tokens, "Export", "Beside each table goes a note that says what it is and what its signs mean.");
    if let Some(listed) = &dialog.listed {
        words(ui, tokens, Type::Body, tokens.colour.ink_secondary, listed.what.as_str());
    } else {
        let mut what = dialog.what;
        let choices: Vec<_> = WHATS.iter().map(|(what, name, _)| (*what, *name)).collect();
        if segmented(ui, tokens, "What", &choices, &mut what, true) {
            dialog.choose(what);
        }
        let about = WHATS.iter().find(|(other, ..)| *other == dialog.what).map_or("", |(.., about)| about);
        words(ui, tokens, Type::Body, tokens.colour.ink_secondary, about);
    }
    if dialog.what.is_some() {
        ui.horizontal_wrapped(|ui| {
            let names = [(Labels::IDS, "Ids only"), (Labels::FULL, "Names in full")];
            segmented(ui, tokens, "Names", &names, &mut dialog.how.labels, false);
            ui.add_space(tokens.space.two);
            let forms = [(true, "CSV for Excel"), (false, "Plain CSV")];
            segmented(ui, tokens, "Form", &forms, &mut dialog.bom, false);
        });
        show_how(ui, dialog, cx);
        look_ahead(dialog, cx);
        first_lines::show(ui, tokens, dialog.first.as_mut());
    }
    label(ui, tokens, if dialog.what.is_some() { "File to write" } else { "Folder to write into" });
    let before = dialog.path.typed.clone();
    let field = dialog.path.show(ui, cx);
    // What was chosen in the system's dialog stands in the field already; that dialog has asked about replacing.
    if dialog.path.take_chosen().is_some() {
        dialog.replace = Some(true);
    } else if dialog.path.typed != before {
        dialog.replace = None;
    }
    let entered = field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
    show_buttons(ui, dialog, entered, cx)
}

/// Asks what of the matrix leaves, and whether its filters hold.
fn show_how(ui: &mut Ui, dialog: &mut ExportDialog, cx: &Cx<'_>) {
    let tokens = cx.tokens;
    let seen = dialog.seen.is_some() && dialog.what == Some(Content::Matrix);
    let filters = dialog.can_filter() && !(seen && dialog.how.as_seen);
    if !seen && !filters {
        return;
    }
    ui.horizontal(|ui| {
        if seen {
            let parts = [(true, "What is seen"), (false, "All pages, plain numbers")];
            segmented(ui, tokens, "Part", &parts, &mut dialog.how.as_seen, false);
            ui.add_space(tokens.space.two);
        }
        if filters {
            let parts = [(true, "Filters of the matrix"), (false, "No filters")];
            segmented(ui, tokens, "Filters", &parts, &mut dialog.how.filtered, false);
        }
    });
}

fn show_buttons(ui: &mut Ui, dialog: &mut ExportDialog, entered: bool, cx: &mut Cx<'_>) -> Stays {
    let tokens = cx.tokens;
    let asks = dialog.replace == Some(false);
    if asks {
        let name = dialog.path.path().and_then(|path| Some(path.file_name()?.to_string_lossy().into_owned())).unwrap_or_default();
        words(ui, tokens, Type::Body, tokens.colour.error_ink, format!("“{name}” is there already. Replace it, or type another name."));
    }
    let mut stays = Stays::Open;
    ui.horizontal_wrapped(|ui| {
        let ready = dialog.path.path().is_some() && !dialog.writing && cx.project.is_some();
        let does = match (asks, dialog.writing) {
            (_, true) => "Writing",
            (true, false) => "Replace",
            (false, false) => "Export",
        };
        let pressed = Button::primary(does).enabled(ready).show(ui, tokens).clicked();
        if ready && (pressed || (entered && !asks)) {
            if asks {
                dialog.replace = Some(true);
            }
            write(dialog, cx);
        }
        if Button::new("Cancel").show(ui, tokens).clicked() {
            stays = Stays::Closed;
        }
        dialog.path.system_button(ui, cx);
    });
    stays
}

/// Asks for the first lines, if they are of something else.
fn look_ahead(dialog: &mut ExportDialog, cx: &mut Cx<'_>) {
    let (Some(project), Some(content)) = (cx.project, dialog.what) else { return };
    let (what, how) = (dialog.what, dialog.how);
    let same = |(study, other, by): &(Arc<Study>, What, How)| Arc::ptr_eq(study, cx.study) && *other == what && *by == how;
    if dialog.asked.as_ref().is_some_and(same) {
        return;
    }
    let study = Arc::clone(cx.study);
    dialog.asked = Some((Arc::clone(&study), what, how));
    let (texts, (matrix, listed), now) = (Arc::clone(&project.texts), dialog.made_of(), cx.now);
    cx.job(
        "first lines",
        "",
        move |_| {
            let made = made(listed.as_ref(), content, &study, texts.as_ref(), &matrix, how.labels, now);
            let (table, about) = made.map_err(|error| not_made(&error))?;
            Ok(First::of(table, about.counted_says(), changed(&study, &matrix.0, content, how.labels)))
        },
        |state, first| {
            if let Some(super::Dialog::Export(dialog)) = &mut state.frame.dialog {
                dialog.first = Some(first);
            }
        },
    );
}

/// The table of a list, or one of those of every project.
fn made(
    listed: Option<&Listed>,
    content: Content,
    study: &Study,
    texts: &dyn Texts,
    (spec, measure): &(MatrixSpec, Measure),
    labels: Labels,
    now: i64,
) -> Result<(Table, About), TableError> {
    match listed {
        Some(listed) => (listed.make)(study, texts, labels, now),
        None => {
            let wish = Wish { spec: spec.clone(), measure: *measure, labels, ..Wish::whole(study, content, Form::Csv, now) };
            match leaving(study, texts, &wish)? {
                Leaving::Table(table, about) => Ok((table, about)),
                Leaving::Document(_) => Ok((Table::default(), About::new(study, "", &spec.filter, now))),
            }
        }
    }
}

fn not_made(error: &(dyn std::error::Error + 'static)) -> UserError {
    UserError::new("This table cannot be made.", "Choose other rows, columns or pages in the matrix.").because(error)
}

/// Writes on a thread of its own.
fn write(dialog: &mut ExportDialog, cx: &mut Cx<'_>) {
    let (Some(project), Some(path)) = (cx.project, dialog.path.path()) else { return };
    dialog.writing = true;
    let (matrix, listed) = dialog.made_of();
    let job = Job {
        what: dialog.what,
        listed,
        matrix,
        labels: dialog.how.labels,
        bom: dialog.bom,
        replace: dialog.replace == Some(true),
        project: project.path.clone(),
        study: Arc::clone(cx.study),
        texts: Arc::clone(&project.texts),
        now: cx.now,
    };
    cx.job(
        "export",
        "Exporting",
        move |_| Ok(job.write(&path)),
        |state, end| match end {
            Ok(End::Written(says)) => {
                state.frame.dialog = None;
                state.say(says);
            }
            end => {
                if let Some(super::Dialog::Export(dialog)) = &mut state.frame.dialog {
                    dialog.writing = false;
                    dialog.replace = matches!(end, Ok(End::Taken)).then_some(false);
                }
                if let Err(error) = end {
                    state.tell(error);
                }
            }
        },
    );
}

/// An export as its thread needs it.
struct Job {
    what: What,
    listed: Option<Listed>,
    matrix: (MatrixSpec, Measure),
    labels: Labels,
    bom: bool,
    replace: bool,
    project: PathBuf,
    study: Arc<Study>,
    texts: Arc<dyn Texts>,
    now: i64,
}

impl Job {
    fn write(&self, path: &Path) -> Result<End, UserError> {
        let failed = |error: &(dyn std::error::Error + 'static)| {
            UserError::new(
                format!("“{}” could not be written.", path.display()),
                "Choose another folder, or close the program that has the file open.",
            )
            .because(error)
        };
        let same = |one: &Path, other: &Path| one.canonicalize().is_ok_and(|one| other.canonicalize().is_ok_and(|other| one == other));
        if same(path, &self.project) {
            return Err(UserError::new("An export never replaces the project itself.", "Type another name."));
        }
        let Some(content) = self.what else {
            if !self.replace && path.read_dir().is_ok_and(|mut entries| entries.next().is_some()) {
                return Ok(End::Taken);
            }
            let written = write_texts(path, &self.study, self.texts.as_ref()).map_err(|error| failed(&error))?;
            return Ok(End::Written(format!("{} texts in {}", written.len(), path.display())));
        };
        if path.is_dir() {
            return Err(UserError::new(format!("“{}” is a folder.", path.display()), "Add the name of a file to it."));
        }
        if !self.replace && path.exists() {
            return Ok(End::Taken);
        }
        let table = made(self.listed.as_ref(), content, &self.study, self.texts.as_ref(), &self.matrix, self.labels, self.now);
        let (table, about) = table.map_err(|error| not_made(&error))?;
        let written = Leaving::Table(table.clone(), about).write(path, self.bom).map_err(|error| failed(&error))?;
        let changed = written.changed_says().map(|changed| format!(" {changed}")).unwrap_or_default();
        let beside = written.about.as_deref().and_then(Path::file_name).map(|name| format!(", read {}", name.to_string_lossy()));
        Ok(End::Written(format!("{} rows in {}{}.{changed}", table.rows.len(), path.display(), beside.unwrap_or_default())))
    }
}
