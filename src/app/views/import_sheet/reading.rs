//! Reads files for the sheet, on a thread of its own.

use std::path::PathBuf;
use std::sync::Arc;

use super::habits::Habits;
use super::sheet::ImportSheet;
use crate::app::context::Cx;
use crate::exchange::import::{Draft, FileRead, Frame, ImportError, gather, read_all};

/// The slot of the job that reads files.
pub const SLOT: &str = "import";

/// Begins to read the files nobody has begun to read. Those that come while others are written are read after that: what is
/// in them is read as the study knows it then.
pub(super) fn start(sheet: &mut ImportSheet, cx: &mut Cx<'_>) {
    if sheet.unread.is_empty() || !sheet.reading.is_empty() || sheet.writing.is_some() {
        return;
    }
    let paths = std::mem::take(&mut sheet.unread);
    sheet.reading.clone_from(&paths);
    let study = Arc::clone(cx.study);
    let habits = Habits::of(cx.settings);
    cx.job(
        SLOT,
        "Reading files",
        move |job| {
            let gathered = gather(paths);
            let (paths, left_out) = (gathered.files, gathered.others);
            let read = read_all(&paths, &Frame::of(&study), |_| {}, |done| job.progress(done, paths.len()));
            let named: Vec<(PathBuf, Result<Draft, String>)> =
                paths.into_iter().zip(read).flat_map(|(path, read)| rows(path, read)).collect();
            Ok((named, left_out, study))
        },
        move |state, (named, left_out, study)| {
            if let Some(sheet) = &mut state.import {
                sheet.arrived(named, &study, &habits);
            }
            match left_out {
                0 => {}
                1 => state.say("1 file in the folder is of no kind that can be imported and was left out."),
                many => state.say(format!("{many} files in the folder are of no kind that can be imported and were left out.")),
            }
        },
    );
}

/// The rows of a file: one for each text that it holds.
fn rows(path: PathBuf, read: Result<FileRead, ImportError>) -> Vec<(PathBuf, Result<Draft, String>)> {
    match read {
        Ok(read) => read.drafts.into_iter().map(|draft| (path.clone(), Ok(draft))).collect(),
        Err(error) => vec![(path, Err(sentence(error)))],
    }
}

/// Why a file cannot be imported, as a sentence.
fn sentence(error: ImportError) -> String {
    match error {
        ImportError::Folder { name } => {
            format!("“{name}” holds no file that can be imported. Folders inside of it are not looked into: drop them themselves.")
        }
        error => error.to_string(),
    }
}
