use std::path::PathBuf;

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
    Sqlite(#[from] rusqlite::Error),
    /// The file system.
    #[error("the folder of the project cannot be read or written: {0}")]
    Io(#[from] std::io::Error),
}

impl From<serde_json::Error> for StoreError {
    fn from(error: serde_json::Error) -> Self {
        Self::Value(error.to_string())
    }
}
