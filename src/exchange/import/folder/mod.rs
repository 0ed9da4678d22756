//! Study folders: a frame (`study.json`), texts (`sources/`), codings and summaries (`codings.json`), read and checked as a
//! whole before anything is written.

mod check;
mod check_summaries;
mod error;
mod load;
mod places;
mod read;
mod shapes;
mod study_folder;

pub use error::FolderError;
pub use load::{load, load_into};
pub use read::{read_folder, read_packed};
pub use study_folder::{
    FolderAttribute, FolderCase, FolderCitation, FolderCites, FolderCoding, FolderCrossed, FolderMemo, FolderMemoOn, FolderStatus,
    FolderSummary, FolderTheme, StudyFolder,
};
