//! Study folders: a frame (`study.json`), texts (`sources/`) and codings (`codings.json`), read and checked as a
//! whole before anything is written.

mod check;
mod error;
mod load;
mod places;
mod read;
mod shapes;
mod study_folder;

pub use error::FolderError;
pub use load::{load, load_into};
pub use read::{read_folder, read_packed};
pub use study_folder::{FolderAttribute, FolderCase, FolderCoding, FolderMemo, FolderMemoOn, FolderStatus, FolderTheme, StudyFolder};
