use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};

use super::write::{ExportError, write_file};
use crate::study::Study;
use crate::text::{BlobId, Texts, fold};

/// Characters that some system does not allow in a file's name.
const NOT_IN_NAMES: &[char] = &['/', '\\', ':', '*', '?', '"', '<', '>', '|'];
/// Names that Windows gives to devices.
const DEVICES: &[&str] = &[
    "con", "prn", "aux", "nul", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9", "lpt1", "lpt2", "lpt3", "lpt4",
    "lpt5", "lpt6", "lpt7", "lpt8", "lpt9", "com¹", "com²", "com³", "lpt¹", "lpt²", "lpt³", "conin$", "conout$",
];
/// Longest name, in characters: 255 bytes are allowed everywhere.
const LONGEST: usize = 60;

/// Writes the text of every source as UTF-8 into `folder`, which is made if it is not there: `LABEL.txt` each.
///
/// These are the texts in which offsets are counted; characters are Unicode scalar values.
///
/// # Errors
/// [`ExportError`]; the files before the one that failed are then there.
pub fn write_texts(folder: &Path, study: &Study, texts: &dyn Texts) -> Result<Vec<PathBuf>, ExportError> {
    fs::create_dir_all(folder).map_err(|reason| ExportError::File { path: folder.to_owned(), reason })?;
    let mut written = Vec::new();
    for (path, text) in text_files(folder, study) {
        write_file(&path, texts.text(text)?.as_bytes())?;
        written.push(path);
    }
    Ok(written)
}

/// The first text that is there already in `folder` and would be replaced.
#[must_use]
pub fn text_in_the_way(folder: &Path, study: &Study) -> Option<PathBuf> {
    text_files(folder, study).map(|(path, _)| path).find(|path| path.symlink_metadata().is_ok())
}

/// The files of the texts, each with what it holds.
fn text_files<'a>(folder: &'a Path, study: &'a Study) -> impl Iterator<Item = (PathBuf, BlobId)> + 'a {
    text_names(study).zip(study.materials()).filter_map(|(name, material)| Some((folder.join(name), material.revision()?.text)))
}

/// The name of the file of every source, in their order.
pub(super) fn text_names(study: &Study) -> impl Iterator<Item = String> + '_ {
    let mut taken = HashSet::new();
    study.materials().iter().map(move |material| file_name(&material.source.label, &mut taken))
}

/// A name that every system allows and that no source before has.
fn file_name(label: &str, taken: &mut HashSet<String>) -> String {
    let allowed = label.chars().map(|c| if c.is_control() || NOT_IN_NAMES.contains(&c) { '_' } else { c });
    let plain: String = allowed.take(LONGEST).collect();
    let plain = plain.trim_matches([' ', '.']);
    let device = plain.split('.').next().is_some_and(|stem| DEVICES.contains(&stem.to_ascii_lowercase().as_str()));
    let plain = match plain {
        "" => "source".to_owned(),
        plain if device => format!("source {plain}"),
        plain => plain.to_owned(),
    };
    let mut name = plain.clone();
    let mut count = 1;
    while !taken.insert(fold(&name)) {
        count += 1;
        name = format!("{plain}-{count}");
    }
    name + ".txt"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn file_names_are_allowed_everywhere_and_never_the_same() {
        let mut taken = HashSet::new();
        let names: Vec<_> = ["FIF-TL2", "a/b", "a:b", "..", "A_B", "\u{7}", "Con"].map(|label| file_name(label, &mut taken)).into();
        assert_eq!(names, ["FIF-TL2.txt", "a_b.txt", "a_b-2.txt", "source.txt", "A_B-3.txt", "_.txt", "source Con.txt"]);
    }
}
