use std::fs;
use std::path::{Path, PathBuf};

use serde::de::DeserializeOwned;

use super::check::Check;
use super::error::FolderError;
use super::shapes::{CodingsFile, StudyFile};
use super::study_folder::StudyFolder;
use crate::exchange::import::{Draft, Frame, ImportError, Names, is_readable, read_bytes, read_files};
use crate::study::{AttributeOf, Role};

/// The frame's file.
pub(super) const STUDY: &str = "study.json";
/// The codings' file.
pub(super) const CODINGS: &str = "codings.json";

/// Reads a study folder and checks it as a whole.
///
/// Both JSON files may be missing; without a folder `sources` the texts of the folder itself are its sources.
///
/// # Errors
/// [`FolderError`] names the file, and where there is one the line.
pub fn read_folder(path: &Path) -> Result<StudyFolder, FolderError> {
    let entries = list(path)?;
    let study_text = text_of(path, STUDY)?;
    let codings_text = text_of(path, CODINGS)?;
    let study: StudyFile = parse(STUDY, &study_text)?;
    let codings: CodingsFile = parse(CODINGS, &codings_text)?;
    let sources = path.join("sources");
    let files = if sources.is_dir() { list(&sources)? } else { entries.into_iter().filter(|file| is_text(file)).collect() };
    if files.is_empty() && study_text.is_empty() {
        return Err(FolderError::Nothing { path: path.to_owned() });
    }
    let drafts = distinct(read_files(&files, &frame(&study), |_| true))?;
    Check::new(&study_text, &codings_text, drafts).run(study, codings)
}

/// Reads a study folder that is in memory: the texts of its two JSON files, and its sources by name.
///
/// # Errors
/// As [`read_folder`].
pub fn read_packed(study_text: &str, codings_text: &str, sources: &[(&str, &str)]) -> Result<StudyFolder, FolderError> {
    let study: StudyFile = parse(STUDY, study_text)?;
    let codings: CodingsFile = parse(CODINGS, codings_text)?;
    let frame = frame(&study);
    let drafts = distinct(sources.iter().map(|(name, text)| read_bytes(name, text.as_bytes(), &frame)))?;
    Check::new(study_text, codings_text, drafts).run(study, codings)
}

/// The files of a folder by name, without hidden ones.
fn list(path: &Path) -> Result<Vec<PathBuf>, FolderError> {
    let unreadable = |reason| FolderError::Unreadable { path: path.to_owned(), reason };
    let mut files = Vec::new();
    for entry in fs::read_dir(path).map_err(unreadable)? {
        let file = entry.map_err(unreadable)?.path();
        let hidden = file.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
        if !hidden {
            files.push(file);
        }
    }
    files.sort();
    Ok(files)
}

/// Whether a file beside the JSON files is a source; what explains the folder to people is none.
fn is_text(file: &Path) -> bool {
    let name = file.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
    is_readable(&name) && !name.starts_with("readme") && !name.starts_with("licen") && file.is_file()
}

/// The text of a JSON file; empty when there is none.
fn text_of(folder: &Path, name: &str) -> Result<String, FolderError> {
    let path = folder.join(name);
    match fs::read_to_string(&path) {
        Ok(text) => Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text)),
        Err(reason) if reason.kind() == std::io::ErrorKind::NotFound => Ok(String::new()),
        Err(reason) => Err(FolderError::Unreadable { path, reason }),
    }
}

fn parse<T: DeserializeOwned + Default>(file: &'static str, text: &str) -> Result<T, FolderError> {
    if text.is_empty() {
        return Ok(T::default());
    }
    serde_json::from_str(text).map_err(|error| {
        let reason = error.to_string();
        let reason = reason.rsplit_once(" at line ").map_or(reason.as_str(), |(reason, _)| reason).to_owned();
        FolderError::Json { file, line: error.line().max(1), reason }
    })
}

fn frame(study: &StudyFile) -> Frame {
    let with_role = |role| study.attributes.iter().find(|attribute| attribute.role == Some(role));
    let names = |role| {
        let values = with_role(role).into_iter().flat_map(|attribute| &attribute.values);
        values.map(|value| Names { name: value.name.clone(), aliases: value.aliases.clone() }).collect()
    };
    let role_name = |role| with_role(role).map(|attribute| attribute.name.clone()).unwrap_or_default();
    let of_cases = study.attributes.iter().filter(|attribute| attribute.of == AttributeOf::Cases);
    Frame {
        groups: names(Role::Group),
        areas: names(Role::Area),
        role_names: [role_name(Role::Group), role_name(Role::Area)],
        case_attributes: of_cases.map(|attribute| attribute.name.clone()).collect(),
        grows: false,
    }
}

/// The drafts, unless two are of one file or have one id.
fn distinct(read: impl IntoIterator<Item = Result<Draft, ImportError>>) -> Result<Vec<Draft>, FolderError> {
    let mut drafts: Vec<Draft> = Vec::new();
    for draft in read {
        let draft = draft?;
        let first = |other: &Draft| other.file_name.clone();
        if let Some(other) = drafts.iter().find(|other| other.fingerprint == draft.fingerprint) {
            return Err(FolderError::SameFile { first: first(other), second: draft.file_name });
        }
        if let Some(other) = drafts.iter().find(|other| crate::exchange::import::same_label(&other.label, &draft.label)) {
            return Err(FolderError::SameId { id: draft.label.clone(), first: first(other), second: draft.file_name });
        }
        drafts.push(draft);
    }
    Ok(drafts)
}
