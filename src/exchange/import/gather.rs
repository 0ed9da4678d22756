use std::fs;
use std::path::{Path, PathBuf};

use super::format::is_readable;

/// The files that paths stand for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Gathered {
    /// The files: those that were named, and in the place of a folder those in it that can be read, by their names.
    pub files: Vec<PathBuf>,
    /// Whether each came out of a folder, in the order of the files.
    pub from_folder: Vec<bool>,
    /// How many files of other kinds lie in the folders.
    pub others: usize,
    /// How many folders lie in them, which are not looked into.
    pub folders: usize,
}

/// Finds the files that paths stand for. A folder stands for the files in it that can be read, and not for those in folders inside of
/// it; one that holds none stays as it is, so that the reader says so.
#[must_use]
pub fn gather(paths: impl IntoIterator<Item = PathBuf>) -> Gathered {
    let mut gathered = Gathered::default();
    for path in paths {
        // A folder that cannot be listed is told by the reader, as any other path that is no text.
        let entries = fs::read_dir(&path).into_iter().flatten().filter_map(Result::ok).map(|entry| entry.path());
        let (mut texts, others): (Vec<PathBuf>, Vec<PathBuf>) = entries.partition(|path| is_text(path));
        if texts.is_empty() {
            gathered.files.push(path);
            gathered.from_folder.push(false);
            continue;
        }
        texts.sort();
        gathered.from_folder.extend(texts.iter().map(|_| true));
        gathered.files.append(&mut texts);
        gathered.others += others.iter().filter(|path| path.is_file()).count();
        gathered.folders += others.iter().filter(|path| path.is_dir()).count();
    }
    gathered
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
        for name in ["b.txt", "a.DOCX", "tape.mp3", "c.md", "d.vtt"] {
            fs::write(folder.path().join(name), b"words").unwrap();
        }
        let empty = folder.path().join("empty");
        fs::create_dir(&empty).unwrap();
        let gathered = gather([folder.path().to_owned(), empty, "one.txt".into()]);
        let names: Vec<_> = gathered.files.iter().map(|path| path.file_name().unwrap().to_str().unwrap()).collect();
        assert_eq!(names, ["a.DOCX", "b.txt", "c.md", "d.vtt", "empty", "one.txt"]);
        assert_eq!(gathered.from_folder, [true, true, true, true, false, false]);
        assert_eq!((gathered.others, gathered.folders), (1, 1));
    }
}
