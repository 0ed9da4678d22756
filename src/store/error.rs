use std::io::ErrorKind;
use std::path::PathBuf;

use rusqlite::ErrorCode;

use crate::text::NoSuchBlob;

/// Why the project file cannot be used as asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Another window or program writes to it.
    #[error("the project is being edited in another window")]
    InUse,
    /// There is a file of that name already.
    #[error("there is a file already: {}", .0.display())]
    Exists(PathBuf),
    /// There is no file of that name.
    #[error("there is no file: {}", .0.display())]
    Missing(PathBuf),
    /// The folder in which a project is to be made is not there.
    #[error("there is no folder: {}", .0.display())]
    NoFolder(PathBuf),
    /// A file of another kind.
    #[error("this is not a Themata project: {}", .0.display())]
    Foreign(PathBuf),
    /// A file that a newer version wrote.
    #[error("the project was written by a newer version of Themata (format {found}, this one knows {known})")]
    Newer {
        /// Version of the file.
        found: i64,
        /// Newest version known here.
        known: i64,
    },
    /// A file that an older version wrote, and that can only be read: it has to be brought to this version first.
    #[error(
        "the project was written by an older version of Themata (format {found}, this one reads {known}): open it once to edit, then it can be read"
    )]
    Older {
        /// Version of the file.
        found: i64,
        /// The version that is read here.
        known: i64,
    },
    /// The file was moved or removed after it was opened: what is written now would be lost with it.
    #[error("the project file was moved or removed while it was open: {}", .0.display())]
    Moved(PathBuf),
    /// Whoever asked for it no longer wants it.
    #[error("it was cancelled")]
    Cancelled,
    /// No room for what is to be written.
    #[error("the disk is full")]
    Full,
    /// It was opened for reading only.
    #[error("the project is open for reading only")]
    ReadOnly,
    /// The system lets nobody write to the file, or make one beside it.
    #[error("the project file cannot be written: its disk, its folder or the file itself is read-only")]
    NotWritable,
    /// The newest edits lie in a file beside the project, and cannot be read in from there.
    #[error(
        "the newest edits lie beside the project in {}, and the folder is read-only, so that they cannot be put together",
        .0.display()
    )]
    LogBeside(PathBuf),
    /// A project, but not as it was written.
    #[error("the project file is damaged: {0}")]
    Damaged(rusqlite::Error),
    /// A backup that does not read back as it should.
    #[error("the backup could not be verified: {0}")]
    Backup(String),
    /// A value in the file that this version cannot read.
    #[error("a value in the project file cannot be read: {0}")]
    Value(String),
    /// A text that should be there and is not.
    #[error(transparent)]
    NoSuchBlob(#[from] NoSuchBlob),
    /// SQLite.
    #[error("the project file cannot be read or written: {0}")]
    Sqlite(rusqlite::Error),
    /// The file system.
    #[error("the folder of the project cannot be read or written: {0}")]
    Io(std::io::Error),
}

impl StoreError {
    /// Whether a file could not be made, or written, where it was to be.
    #[must_use]
    pub fn lacks_place(&self) -> bool {
        match self {
            Self::NotWritable => true,
            Self::Sqlite(error) => error.sqlite_error_code() == Some(ErrorCode::CannotOpen),
            Self::Io(error) => matches!(
                error.kind(),
                ErrorKind::PermissionDenied
                    | ErrorKind::ReadOnlyFilesystem
                    | ErrorKind::NotADirectory
                    | ErrorKind::AlreadyExists
                    | ErrorKind::NotFound
            ),
            _ => false,
        }
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => Self::Damaged(error),
            Some(ErrorCode::DiskFull) => Self::Full,
            Some(ErrorCode::ReadOnly) => Self::NotWritable,
            _ => Self::Sqlite(error),
        }
    }
}

impl From<std::io::Error> for StoreError {
    fn from(error: std::io::Error) -> Self {
        match error.kind() {
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => Self::Full,
            _ => Self::Io(error),
        }
    }
}

impl From<serde_json::Error> for StoreError {
    fn from(error: serde_json::Error) -> Self {
        Self::Value(error.to_string())
    }
}
