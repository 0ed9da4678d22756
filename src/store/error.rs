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
    #[error("there is a file already: {0}")]
    Exists(PathBuf),
    /// There is no file of that name.
    #[error("there is no file: {0}")]
    Missing(PathBuf),
    /// A file of another kind.
    #[error("this is not a Themata project: {0}")]
    Foreign(PathBuf),
    /// A file that a newer version wrote.
    #[error("the project was written by a newer version of Themata (format {found}, this one knows {known})")]
    Newer {
        /// Version of the file.
        found: i64,
        /// Newest version known here.
        known: i64,
    },
    /// The file was moved or removed after it was opened: what is written now would be lost with it.
    #[error("the project file was moved or removed while it was open: {0}")]
    Moved(PathBuf),
    /// No room for what is to be written.
    #[error("the disk is full")]
    Full,
    /// The file or its folder has become read-only.
    #[error("the project file can no longer be written: its disk, its folder or the file itself is read-only")]
    NotWritable,
    /// It was opened for reading only.
    #[error("the project is open for reading only")]
    ReadOnly,
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
    Io(#[from] std::io::Error),
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => Self::Full,
            Some(ErrorCode::ReadOnly) => Self::NotWritable,
            _ => Self::Sqlite(error),
        }
    }
}

impl From<serde_json::Error> for StoreError {
    fn from(error: serde_json::Error) -> Self {
        Self::Value(error.to_string())
    }
}
