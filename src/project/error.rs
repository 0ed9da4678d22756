use std::path::{Path, PathBuf};

use crate::store::StoreError;
use crate::study::{ApplyError, UniteError, UnreadableChange};
use crate::text::NoSuchBlob;

/// Why a project cannot be made or opened.
#[derive(Debug, thiserror::Error)]
pub enum ProjectError {
    /// The file.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// What the file holds does not make a whole study.
    #[error("the project holds something that does not fit: {0}")]
    Study(#[from] ApplyError),
    /// The log.
    #[error(transparent)]
    Log(#[from] UnreadableChange),
    /// The first edit.
    #[error(transparent)]
    Edit(Box<EditError>),
}

impl From<EditError> for ProjectError {
    fn from(error: EditError) -> Self {
        Self::Edit(Box::new(error))
    }
}

/// Why a copy was not brought back. Nothing has changed then.
#[derive(Debug, thiserror::Error)]
pub enum MergeError {
    /// It is the project's own file.
    #[error("this is the project itself, not a copy of it")]
    Itself,
    /// A project of its own.
    #[error("this is no copy of this project: it is the project “{0}”, which was made on its own")]
    OtherProject(String),
    /// Somebody edits the copy.
    #[error("the copy is being edited in another window")]
    InUse,
    /// A newer version has changed it.
    #[error("the copy was changed by a newer version of Themata (format {found}, this one knows {known})")]
    Newer {
        /// Version of the copy.
        found: i64,
        /// Newest version known here.
        known: i64,
    },
    /// An older version wrote the copy, and nobody has opened it to edit in this one.
    #[error("the copy was written by an older version of Themata (format {found}, this one reads {known})")]
    Older {
        /// Version of the copy.
        found: i64,
        /// The version that is read here.
        known: i64,
    },
    /// Both files hold other edits under the same identity: one was copied by hand, and then both were edited.
    #[error("this file and the project were copied by hand and then both edited on one computer, so that their edits cannot be told apart")]
    Twins,
    /// Whoever asked for it no longer wants it.
    #[error("it was cancelled")]
    Cancelled,
    /// The edits do not fit one another.
    #[error("the edits of the copy cannot be united with those of the project: {0}")]
    Unite(#[from] UniteError),
    /// The copy is not as it was written.
    #[error("the copy is damaged: {}", .0.display())]
    DamagedCopy(PathBuf, #[source] ProjectError),
    /// The system does not let the copy be read.
    #[error("the copy cannot be read: {}", .0.display())]
    UnreadableCopy(PathBuf, #[source] StoreError),
    /// One of the files.
    #[error(transparent)]
    Project(ProjectError),
}

impl MergeError {
    /// Why the copy at `path` could not be looked into.
    pub(super) fn of_copy(path: &Path, error: impl Into<ProjectError>) -> Self {
        match error.into() {
            ProjectError::Store(StoreError::Older { found, known }) => Self::Older { found, known },
            ProjectError::Store(error @ (StoreError::Sqlite(_) | StoreError::Io(_))) => Self::UnreadableCopy(path.to_owned(), error),
            error @ (ProjectError::Store(StoreError::Damaged(_) | StoreError::Value(_) | StoreError::NoSuchBlob(_))
            | ProjectError::Study(_)
            | ProjectError::Log(_)) => Self::DamagedCopy(path.to_owned(), error),
            error => error.into(),
        }
    }
}

impl From<ProjectError> for MergeError {
    fn from(error: ProjectError) -> Self {
        match error {
            ProjectError::Store(StoreError::Newer { found, known }) => Self::Newer { found, known },
            ProjectError::Store(StoreError::Cancelled) => Self::Cancelled,
            error => Self::Project(error),
        }
    }
}

impl From<StoreError> for MergeError {
    fn from(error: StoreError) -> Self {
        ProjectError::from(error).into()
    }
}

/// Why an edit was not made. Nothing has changed then, but where [`EditError::Stopped`] says what has.
#[derive(Debug, thiserror::Error)]
pub enum EditError {
    /// The passage holds nothing but white space.
    #[error("there are no words in this passage")]
    NoWords,
    /// The words were corrected away since they were seen.
    #[error("these words are gone: the text was corrected meanwhile")]
    WordsGone,
    /// A theme needs a name.
    #[error("a name is needed")]
    NoName,
    /// The entity is gone.
    #[error("the {0} is not there any more")]
    Gone(&'static str),
    /// Another coder's coding.
    #[error("this coding is {0}'s: add your own, or write a memo")]
    NotYours(String),
    /// Another coder's memo.
    #[error("this memo is {0}'s: write one of your own")]
    NotYourMemo(String),
    /// Another coder's quote.
    #[error("{0} has marked this quote and keeps it")]
    NotYourQuote(String),
    /// Later edits rest on the one to be undone.
    #[error("{} later edits rest on this one", .0.len())]
    Dependants(Vec<crate::store::EditSummary>),
    /// Another coder's edit is not taken back.
    #[error("this is {0}'s edit and stays")]
    NotYourEdit(String),
    /// Later edits of other coders rest on the one to be undone, and are not taken back.
    #[error("{} later edits of other coders rest on this one", .0.len())]
    InTheWay(Vec<crate::store::EditSummary>),
    /// Of many acts some were taken back, and then it could not go on.
    #[error("{} edits were taken back and {left} were not: {source}", .done.len())]
    Stopped {
        /// What was taken back, newest first.
        done: Vec<crate::store::EditSummary>,
        /// How many were not.
        left: usize,
        /// Why.
        source: Box<Self>,
    },
    /// The study would not be whole.
    #[error(transparent)]
    Study(#[from] ApplyError),
    /// A text is missing.
    #[error(transparent)]
    NoSuchBlob(#[from] NoSuchBlob),
    /// The log does not fit.
    #[error(transparent)]
    Log(#[from] UnreadableChange),
    /// The file.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// What the edit was made from; said by whoever made it.
    #[error("{0}")]
    Refused(String),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_copy_that_cannot_be_read_no_raw_error_is_told() {
        let path = Path::new("ravi.themata");
        let nowhere =
            rusqlite::Connection::open_with_flags("file:/no/where?immutable=1", rusqlite::OpenFlags::SQLITE_OPEN_URI).unwrap_err();
        let error = MergeError::of_copy(path, StoreError::from(nowhere));
        assert_eq!(error.to_string(), "the copy cannot be read: ravi.themata");
        let error = MergeError::of_copy(path, StoreError::from(std::io::Error::from(std::io::ErrorKind::PermissionDenied)));
        assert_eq!(error.to_string(), "the copy cannot be read: ravi.themata");
        assert!(matches!(MergeError::of_copy(path, StoreError::Missing(path.into())), MergeError::Project(_)));
    }
}
