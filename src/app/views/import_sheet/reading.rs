//! Reads files for the sheet, on a thread of its own.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::habits::Habits;
use super::sheet::ImportSheet;
use crate::app::context::Cx;
use crate::exchange::import::{Draft, Frame, ImportError, READABLE, is_readable, read_files};

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
            let (paths, left_out) = files_in(paths);
            let read = read_files(&paths, &Frame::of(&study), |done| job.progress(done, paths.len()));
            let named: Vec<(PathBuf, Result<Draft, String>)> =
                paths.into_iter().zip(read).map(|(path, outcome)| (path, outcome.map_err(sentence))).collect();
            Ok((named, left_out, study))
        },
        move |state, (named, left_out, study)| {
            if let Some(sheet) = &mut state.import {
                sheet.arrived(named, &study, &habits);
            }
            match left_out {
                0 => {}
                1 => state.say("1 file in the folder is of a kind that is not read and was left out."),
                many => state.say(format!("{many} files in the folder are of kinds that are not read and were left out.")),
            }
        },
    );
}

/// Why a file cannot be imported, as a sentence.
fn sentence(error: ImportError) -> String {
    match error {
        ImportError::Folder { name } => {
            format!("“{name}” holds no file that is read ({READABLE}). Folders inside of it are not looked into: drop them themselves.")
        }
        error => error.to_string(),
    }
}

/// The paths, with the texts inside in the place of each folder that holds some, and how many other files lie there.
fn files_in(paths: Vec<PathBuf>) -> (Vec<PathBuf>, usize) {
    let mut files = Vec::new();
    let mut left_out = 0;
    for path in paths {
        // A folder that cannot be listed is told by the reader, as any other path that is no text.
        let entries = std::fs::read_dir(&path).into_iter().flatten().filter_map(Result::ok).map(|entry| entry.path());
        let (mut texts, others): (Vec<PathBuf>, Vec<PathBuf>) = entries.partition(|path| is_text(path));
        if texts.is_empty() {
            files.push(path);
            continue;
        }
        texts.sort();
        files.append(&mut texts);
        left_out += others.iter().filter(|path| path.is_file()).count();
    }
    (files, left_out)
}

fn is_text(path: &Path) -> bool {
    path.is_file() && path.file_name().is_some_and(|name| is_readable(&name.to_string_lossy()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_stands_for_the_texts_in_it() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["b.txt", "a.DOCX", "notes.doc", "c.md"] {
            std::fs::write(folder.path().join(name), b"words").unwrap();
        }
        let empty = folder.path().join("empty");
        std::fs::create_dir(&empty).unwrap();
        let (files, left_out) = files_in(vec![folder.path().to_owned(), empty, "one.txt".into()]);
        let names: Vec<_> = files.iter().map(|path| path.file_name().unwrap().to_str().unwrap()).collect();
        assert_eq!(names, ["a.DOCX", "b.txt", "c.md", "empty", "one.txt"]);
        assert_eq!(left_out, 1);
    }
}
