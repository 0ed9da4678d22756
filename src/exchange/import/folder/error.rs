use std::path::PathBuf;

use crate::exchange::import::{ImportError, READABLE};

/// Why a study folder cannot be loaded. Nothing has been written then.
#[derive(Debug, thiserror::Error)]
pub enum FolderError {
    /// The folder or a file in it cannot be read.
    #[error("“{}” cannot be read ({reason}).", path.display())]
    Unreadable {
        /// The folder or file.
        path: PathBuf,
        /// What the system says.
        reason: std::io::Error,
    },
    /// There is neither a frame nor a text in it.
    #[error("“{}” holds no study: neither study.json nor a file that is read ({endings}) in it or in its folder “sources”.", path.display(), endings = READABLE)]
    Nothing {
        /// The folder.
        path: PathBuf,
    },
    /// A file is no JSON, or not of the shape that is expected.
    #[error("{file}, line {line}: {reason}.")]
    Json {
        /// Name of the file.
        file: &'static str,
        /// Line, from 1.
        line: usize,
        /// What is wrong.
        reason: String,
    },
    /// Something is named that is not there, or named twice.
    #[error("{file}, line {line}: {sentence}")]
    Wrong {
        /// Name of the file.
        file: &'static str,
        /// Line, from 1.
        line: usize,
        /// What is wrong, as a sentence.
        sentence: String,
    },
    /// A source cannot be read.
    #[error(transparent)]
    Source(#[from] ImportError),
    /// Two files give the same id.
    #[error("“{first}” and “{second}” both say that they are the source {id}. Give one of them another id.")]
    SameId {
        /// The id.
        id: String,
        /// Name of the first file.
        first: String,
        /// Name of the second file.
        second: String,
    },
    /// Two files have the same bytes.
    #[error("“{first}” and “{second}” are the same file twice. Remove one of them.")]
    SameFile {
        /// Name of the first file.
        first: String,
        /// Name of the second file.
        second: String,
    },
}
