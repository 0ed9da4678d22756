//! Writes the drafts of the sheet as one edit.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use super::habits;
use super::sheet::ImportSheet;
use crate::app::context::{Action, Cx};
use crate::app::frame::dialogs::{Answer, Choice, Dialog};
use crate::app::state::{Place, State, View};
use crate::app::user_error::UserError;
use crate::exchange::import::{Draft, Imported, add, has_changed};
use crate::project::{EditError, Project};

/// An import under way, as the window and the project's thread both see it.
#[derive(Clone, Default)]
pub(super) struct Writing(Arc<Progress>);

#[derive(Default)]
struct Progress {
    done: AtomicUsize,
    of: AtomicUsize,
    stop: AtomicBool,
}

impl Writing {
    /// Files written, and of how many.
    pub(super) fn progress(&self) -> (usize, usize) {
        (self.0.done.load(Ordering::Relaxed), self.0.of.load(Ordering::Relaxed))
    }

    /// Stops after the file that is being written.
    pub(super) fn stop(&self) {
        self.0.stop.store(true, Ordering::Relaxed);
    }

    fn is_stopped(&self) -> bool {
        self.0.stop.load(Ordering::Relaxed)
    }
}

/// What is to be written.
#[derive(Clone)]
struct Load {
    drafts: Vec<Arc<Draft>>,
    keep_originals: bool,
}

/// How an import ended.
enum End {
    Written(Vec<Imported>),
    /// It was stopped after so many files, and nothing was written yet.
    Stopped(usize),
    /// These files are no longer what was read, and nothing was written.
    Changed(Vec<PathBuf>),
    /// These files are no longer there, and nothing was written.
    Gone(Vec<PathBuf>),
    Failed(UserError),
}

/// Begins to write what is wanted.
pub(super) fn start(sheet: &mut ImportSheet, cx: &mut Cx<'_>) {
    let (paths, drafts): (Vec<PathBuf>, Vec<Arc<Draft>>) = sheet.wanted().map(|(path, draft)| (path.to_owned(), Arc::clone(draft))).unzip();
    // Those that are known to be gone are imported from what was read of them.
    let known_gone: BTreeSet<PathBuf> = sheet.rows.iter().filter(|row| row.gone).map(|row| row.path.clone()).collect();
    let load = Load { drafts, keep_originals: sheet.keep_originals };
    cx.actions.push(begin(sheet, load, paths, known_gone));
}

/// Marks the sheet as being written and returns what writes it. `paths` are the files to be compared with what was read.
fn begin(sheet: &mut ImportSheet, load: Load, paths: Vec<PathBuf>, known_gone: BTreeSet<PathBuf>) -> Action {
    let writing = Writing::default();
    writing.0.of.store(load.drafts.len(), Ordering::Relaxed);
    sheet.writing = Some(writing.clone());
    let known = load.clone();
    Action::ask(
        move |project| {
            let is_gone = |path: &PathBuf| std::fs::metadata(path).is_err_and(|error| error.kind() == std::io::ErrorKind::NotFound);
            let gone: Vec<PathBuf> = paths.iter().filter(|path| is_gone(path) && !known_gone.contains(*path)).cloned().collect();
            let changed = changed(paths, &load.drafts);
            Ok(match (changed.is_empty(), gone.is_empty()) {
                (false, _) => End::Changed(changed),
                (true, false) => End::Gone(gone),
                (true, true) => write(project, &load, &writing),
            })
        },
        move |state, end| ended(state, end, &known),
    )
}

fn changed(paths: Vec<PathBuf>, drafts: &[Arc<Draft>]) -> Vec<PathBuf> {
    let mut changed: Vec<PathBuf> =
        paths.into_iter().zip(drafts).filter(|(path, draft)| has_changed(path, draft)).map(|(path, _)| path).collect();
    // The respondents of one table stand together.
    changed.dedup();
    changed
}

/// Writes the drafts as one edit. What a stopped import has stored by then is found again when its files are kept.
fn write(project: &mut Project, load: &Load, writing: &Writing) -> End {
    let drafts = &load.drafts;
    let label = if drafts.len() == 1 { "Import a file".to_owned() } else { format!("Import {} files", drafts.len()) };
    let done = project.edit(&label, |tx| {
        let mut imported = Vec::new();
        for draft in drafts {
            if writing.is_stopped() {
                return Err(EditError::Refused("stopped".into()));
            }
            imported.push(add(tx, draft, load.keep_originals)?);
            writing.0.done.fetch_add(1, Ordering::Relaxed);
        }
        Ok(imported)
    });
    match done {
        Ok(imported) => End::Written(imported),
        Err(_) if writing.is_stopped() => End::Stopped(writing.progress().0),
        Err(error) => {
            let file = drafts.get(writing.progress().0).map(|draft| draft.file_name.clone()).unwrap_or_default();
            let what = UserError::new(format!("The import stopped at “{file}”. Nothing was written."), sentence(&error));
            End::Failed(what.because(&error))
        }
    }
}

/// An error as a sentence with what to do.
fn sentence(error: &EditError) -> String {
    match error {
        EditError::Refused(sentence) => sentence.clone(),
        EditError::Store(_) => "Look whether the disk is full or the project's folder is read-only, then press Import again.".into(),
        _ => "Leave this file out, or correct it, and press Import again.".into(),
    }
}

fn ended(state: &mut State, end: End, load: &Load) {
    if let Some(sheet) = &mut state.import {
        sheet.writing = None;
    }
    match end {
        End::Written(imported) => written(state, &imported, load),
        End::Stopped(0) => state.say("Stopped. Nothing was written."),
        End::Stopped(done) => state.frame.dialog = Some(Dialog::Choice(ask_what_to_keep(done, load))),
        End::Changed(paths) => {
            state.tell(say_changed(&paths));
            state.import_files(paths);
        }
        End::Gone(paths) => {
            state.tell(say_gone(&paths));
            if let Some(sheet) = &mut state.import {
                sheet.are_gone(&paths);
            }
        }
        End::Failed(error) => state.tell(error),
    }
}

/// What is done is kept as one edit, or nothing is. The files that are not written stay on the sheet.
fn ask_what_to_keep(done: usize, load: &Load) -> Choice {
    let of = load.drafts.len();
    let kept = Load { drafts: load.drafts.iter().take(done).cloned().collect(), ..load.clone() };
    let what = if done == 1 { "Keep the first one".to_owned() } else { format!("Keep the {done} as one edit") };
    let keep = Action::ask(
        |_| Ok(()),
        move |state: &mut State, ()| {
            if let Some(sheet) = &mut state.import {
                state.wanted.push(begin(sheet, kept, Vec::new(), BTreeSet::new()));
            }
        },
    );
    Choice::new(format!("Stopped after {done} of {of} files"), vec![Answer::new(what, keep)])
        .what("Nothing is in the project yet. Files that are not kept stay on the sheet.")
        .leave("Keep none")
}

/// The name of the first of some files, without folders.
fn first_name(paths: &[PathBuf]) -> String {
    paths.first().map(|path| path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()).unwrap_or_default()
}

fn say_gone(paths: &[PathBuf]) -> UserError {
    let first = first_name(paths);
    let what = match paths.len() {
        1 => format!("“{first}” is no longer where it was. Nothing was written."),
        many => format!("{many} files are no longer where they were, the first is “{first}”. Nothing was written."),
    };
    UserError::new(what, "What was read is still here. Press Import again to import that, or leave the file out.")
}

fn say_changed(paths: &[PathBuf]) -> UserError {
    let first = first_name(paths);
    let what = match paths.len() {
        1 => format!("“{first}” has changed since it was read here. Nothing was written."),
        many => format!("{many} files have changed since they were read here, the first is “{first}”. Nothing was written."),
    };
    UserError::new(what, "What is there now is being read. Look at it, then press Import.")
}

fn written(state: &mut State, imported: &[Imported], load: &Load) {
    let files = if imported.len() == 1 { "1 file".to_owned() } else { format!("{} files", imported.len()) };
    let drafts = load.drafts.clone();
    state.wanted.push(Action::Set(Box::new(move |settings| habits::keep(settings, &drafts))));
    let mut left = 0;
    if let Some(sheet) = &mut state.import {
        sheet.written(&load.drafts);
        left = sheet.wanted().count() + sheet.to_read();
    }
    if left == 0 {
        state.import = None;
        state.view = View::Read;
        if let Some(first) = imported.first() {
            state.read.go(&Place::Source(first.source));
        }
    }
    let problems = |draft: &Arc<Draft>| draft.problems.iter().map(|problem| format!("{}: {problem}", draft.file_name)).collect::<Vec<_>>();
    let lost: Vec<String> = load.drafts.iter().flat_map(problems).collect();
    if !lost.is_empty() {
        let choice = Choice::new(format!("Imported {files}"), Vec::new()).what("This could not be kept or was understood so:");
        state.frame.dialog = Some(Dialog::Choice(choice.lines(lost).leave("Close")));
    } else if left == 0 {
        state.say(format!("Imported {files}. Ctrl+Z takes it back."));
    } else {
        state.say(format!("Imported {files} as one edit. {left} are still on the sheet."));
    }
}
