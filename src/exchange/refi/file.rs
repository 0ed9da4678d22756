use std::io::{self, Cursor};
use std::path::Path;

use super::account::Account;
use super::archive::Archive;
use super::bring::bring_in;
use super::give::{GiveError, Given, give};
use super::model::{MediaFile, Project};
use super::offsets::{Convention, Conventions};
use super::write::{WriteError, write_qdc, write_qde, write_qdpx};
use super::{PeerError, ReadError, qualcoder, read_file, taguette};
use crate::exchange::export::{ExportError, write_file};
use crate::project::{EditError, Tx};
use crate::study::Study;
use crate::text::Texts;

/// A kind of file that holds a project, as its ending says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// An archive of the standard.
    Archive,
    /// Its XML alone.
    Bare,
    /// A codebook.
    Codebook,
    /// A project of QualCoder.
    QualCoder,
    /// A project of Taguette.
    Taguette,
}

const ENDINGS: &[(&str, Kind)] = &[
    ("qdpx", Kind::Archive),
    ("qde", Kind::Bare),
    ("qdc", Kind::Codebook),
    ("qda", Kind::QualCoder),
    ("sqlite3", Kind::Taguette),
    ("taguette", Kind::Taguette),
];

impl Kind {
    fn of(path: &Path) -> Option<Self> {
        let name = path.file_name()?.to_string_lossy().to_lowercase();
        // The folder of QualCoder is often handed on as an archive of itself.
        let ending_of = |name: &str| name.rsplit_once('.').map(|(_, ending)| ending.to_owned());
        let packed = name.strip_suffix(".zip").and_then(ending_of).filter(|ending| ending == "qda");
        let ending = packed.or_else(|| ending_of(&name))?;
        ENDINGS.iter().find(|(known, _)| *known == ending).map(|(_, kind)| *kind)
    }
}

/// Whether a file holds a project of another program, by its ending.
#[must_use]
pub fn is_project_file(path: &Path) -> bool {
    Kind::of(path).is_some()
}

/// Whether a study can be given out as a file of this name.
#[must_use]
pub fn is_given_as(path: &Path) -> bool {
    matches!(Kind::of(path), Some(Kind::Archive | Kind::Bare | Kind::Codebook))
}

/// Why a project cannot be read from a file.
#[derive(Debug, thiserror::Error)]
pub enum ProjectFileError {
    /// A file of the standard.
    #[error(transparent)]
    Standard(#[from] ReadError),
    /// A file of one program.
    #[error(transparent)]
    Peer(#[from] PeerError),
}

/// A project as it was read from a file, before anything of it is written.
pub struct Arrived {
    /// The project.
    pub project: Project,
    /// What reading has changed or left out.
    pub account: Account,
    /// How the file counts places in texts, where that had to be found out.
    pub conventions: Option<Conventions>,
    archive: Option<Archive>,
}

/// Reads the project in a file; the ending says of which program it is. `convention` is how an analyst says that places in texts
/// are counted, where they are not to be found out.
///
/// # Errors
/// [`ProjectFileError`] when it is none, or damaged.
pub fn read_project(path: &Path, convention: Option<Convention>) -> Result<Arrived, ProjectFileError> {
    let of_peer = |(project, account)| Arrived { project, account, conventions: None, archive: None };
    match Kind::of(path) {
        Some(Kind::QualCoder) => Ok(of_peer(qualcoder::read(path)?)),
        Some(Kind::Taguette) => Ok(of_peer(taguette::read(path)?)),
        Some(Kind::Archive | Kind::Bare | Kind::Codebook) | None => {
            let mut incoming = read_file(path)?;
            if let Some(convention) = convention {
                incoming.choose(convention);
            }
            let mut account = incoming.account;
            account.append(incoming.places);
            let has_places = incoming.project.sources.iter().any(|source| !source.selections.is_empty());
            let conventions = Some(incoming.conventions).filter(|_| has_places);
            Ok(Arrived { project: incoming.project, account, conventions, archive: incoming.archive })
        }
    }
}

impl Arrived {
    /// Brings the project in, as part of one edit; says what became of all of it, from the file on.
    ///
    /// # Errors
    /// [`EditError`] when it cannot be written.
    pub fn bring_in(&mut self, tx: &mut Tx<'_>) -> Result<Account, EditError> {
        let Self { project, account, archive, .. } = self;
        let mut file = |name: &str| {
            let mut bytes = Vec::new();
            archive.as_mut()?.copy(name, &mut bytes).ok()?;
            Some(bytes)
        };
        let brought = bring_in(tx, project, &mut file)?;
        let mut all = account.clone();
        all.append(brought);
        Ok(all)
    }
}

/// Why a study cannot be written for other programs.
#[derive(Debug, thiserror::Error)]
pub enum ProjectWriteError {
    /// The study.
    #[error(transparent)]
    Give(#[from] GiveError),
    /// The archive.
    #[error(transparent)]
    Archive(#[from] WriteError),
    /// The file.
    #[error(transparent)]
    File(#[from] ExportError),
}

/// Writes a study as a project of the standard (`.qdpx`), or its codebook (`.qdc`); what is there is written over.
///
/// # Errors
/// [`ProjectWriteError`]; the file is as it was then.
pub fn write_project(path: &Path, study: &Study, texts: &dyn Texts) -> Result<Account, ProjectWriteError> {
    let Given { project, files, mut account } = give(study, texts)?;
    let bytes = match Kind::of(path) {
        Some(Kind::Codebook) => {
            account = Account::default();
            account.kept("themes", project.codes.len());
            write_qdc(&project).into_bytes()
        }
        Some(Kind::Bare) => write_qde(&project).into_bytes(),
        _ => {
            let mut archive = Cursor::new(Vec::new());
            let media = |file: &MediaFile, to: &mut dyn io::Write| {
                let id = files.get(&file.name).ok_or_else(|| io::Error::other("it is not in the project"))?;
                to.write_all(&texts.bytes(*id).map_err(io::Error::other)?)
            };
            account.append(write_qdpx(&project, &mut archive, media)?);
            archive.into_inner()
        }
    };
    write_file(path, &bytes)?;
    Ok(account)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn projects_are_known_by_their_names() {
        for name in ["a.qdpx", "A.QDC", "b.qde", "c.qda", "c.qda.zip", "C.QDA.ZIP", "d.sqlite3"] {
            assert!(is_project_file(Path::new(name)), "{name}");
        }
        for name in ["a.zip", "qda", "a.qda.txt", "a.docx"] {
            assert!(!is_project_file(Path::new(name)), "{name}");
        }
    }
}
