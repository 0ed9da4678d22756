//! Reads files for the sheet, on a thread of its own.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::sheet::ImportSheet;
use crate::app::context::Cx;
use crate::exchange::import::{Draft, Frame, read_files};

/// The slot of the job that reads files.
pub const SLOT: &str = "import";

/// Begins to read the files nobody has begun to read.
pub(super) fn start(sheet: &mut ImportSheet, cx: &mut Cx<'_>) {
    if sheet.unread.is_empty() || sheet.reading > 0 {
        return;
    }
    let paths = std::mem::take(&mut sheet.unread);
    sheet.reading = paths.len();
    let study = Arc::clone(cx.study);
    cx.job(
        SLOT,
        "Reading files",
        move |job| {
            let paths = files_in(paths);
            let read = read_files(&paths, &Frame::of(&study), |done| job.progress(done, paths.len()));
            let outcomes = read.into_iter().map(|outcome| outcome.map_err(|error| error.to_string()));
            let named: Vec<(String, Result<Draft, String>)> = paths.iter().map(|path| name(path)).zip(outcomes).collect();
            Ok((named, study))
        },
        |state, (named, study)| {
            if let Some(sheet) = &mut state.import {
                sheet.arrived(named, &study);
            }
        },
    );
}

fn name(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

/// The paths, with the texts inside in the place of each folder that holds some.
fn files_in(paths: Vec<PathBuf>) -> Vec<PathBuf> {
    let inside = |path: PathBuf| {
        let mut texts: Vec<PathBuf> = std::fs::read_dir(&path)
            .map(|entries| entries.filter_map(Result::ok).map(|entry| entry.path()).filter(|path| is_text(path)).collect())
            .unwrap_or_default();
        texts.sort();
        if texts.is_empty() { vec![path] } else { texts }
    };
    paths.into_iter().flat_map(inside).collect()
}

fn is_text(path: &Path) -> bool {
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
    path.is_file() && ending.is_some_and(|ending| ["txt", "text", "md", "markdown", "docx"].contains(&ending.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_stands_for_the_texts_in_it() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["b.txt", "a.DOCX", "notes.pdf", "c.md"] {
            std::fs::write(folder.path().join(name), b"words").unwrap();
        }
        let empty = folder.path().join("empty");
        std::fs::create_dir(&empty).unwrap();
        let names: Vec<_> = files_in(vec![folder.path().to_owned(), empty, "one.txt".into()]).iter().map(|path| name(path)).collect();
        assert_eq!(names, ["a.DOCX", "b.txt", "c.md", "empty", "one.txt"]);
    }
}
