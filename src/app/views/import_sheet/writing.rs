//! Writes the drafts of the sheet as one edit.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use super::sheet::ImportSheet;
use crate::app::context::Cx;
use crate::app::frame::dialogs::{Choice, Dialog};
use crate::app::state::{Place, State, View};
use crate::app::user_error::UserError;
use crate::exchange::import::{Draft, Imported, add};
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

    /// Asks that nothing be written.
    pub(super) fn stop(&self) {
        self.0.stop.store(true, Ordering::Relaxed);
    }

    fn is_stopped(&self) -> bool {
        self.0.stop.load(Ordering::Relaxed)
    }
}

/// How an import ended.
enum End {
    Written(Vec<Imported>),
    Stopped,
    Failed(UserError),
}

/// Begins to write what is wanted.
pub(super) fn start(sheet: &mut ImportSheet, cx: &mut Cx<'_>) {
    let drafts: Vec<Draft> = sheet.wanted().cloned().collect();
    let keep = sheet.keep_originals;
    let writing = Writing::default();
    writing.0.of.store(drafts.len(), Ordering::Relaxed);
    sheet.writing = Some(writing.clone());
    let problems = |draft: &Draft| draft.problems.iter().map(|problem| format!("{}: {problem}", draft.file_name)).collect::<Vec<_>>();
    let lost: Vec<String> = drafts.iter().flat_map(problems).collect();
    cx.ask(move |project| Ok(write(project, &drafts, keep, &writing)), move |state, end| ended(state, end, lost));
}

fn write(project: &mut Project, drafts: &[Draft], keep: bool, writing: &Writing) -> End {
    let label = if drafts.len() == 1 { "Import a file".to_owned() } else { format!("Import {} files", drafts.len()) };
    let done = project.edit(&label, |tx| {
        let mut imported = Vec::new();
        for draft in drafts {
            if writing.is_stopped() {
                return Err(EditError::Refused("stopped".into()));
            }
            imported.push(add(tx, draft, keep)?);
            writing.0.done.fetch_add(1, Ordering::Relaxed);
        }
        Ok(imported)
    });
    match done {
        Ok(imported) => End::Written(imported),
        Err(_) if writing.is_stopped() => End::Stopped,
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

fn ended(state: &mut State, end: End, lost: Vec<String>) {
    match end {
        End::Written(imported) => {
            state.import = None;
            state.view = View::Read;
            if let Some(first) = imported.first() {
                state.read.go(&Place::Source(first.source));
            }
            let files = if imported.len() == 1 { "1 file".to_owned() } else { format!("{} files", imported.len()) };
            if lost.is_empty() {
                return state.say(format!("Imported {files}. Ctrl+Z takes it back."));
            }
            let choice = Choice::new(format!("Imported {files}"), Vec::new()).what("This could not be kept or was understood so:");
            state.frame.dialog = Some(Dialog::Choice(choice.lines(lost).leave("Close")));
        }
        End::Stopped => {
            if let Some(sheet) = &mut state.import {
                sheet.writing = None;
            }
            state.say("Stopped. Nothing was written.");
        }
        End::Failed(error) => {
            if let Some(sheet) = &mut state.import {
                sheet.writing = None;
            }
            state.tell(error);
        }
    }
}
