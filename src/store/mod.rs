//! The project file: one SQLite database. This is the only module that knows SQL.
//!
//! It writes edits, loads what a [`Study`](crate::study::Study) is made of, keeps blobs, the log and backups.
//! It does not know what an edit means, nor that anything is searched or shown.

mod backup;
mod blobs;
mod check;
mod codec;
mod connection;
mod copies;
mod error;
mod foreign;
mod load;
mod lock;
mod log;
mod making;
mod migrations;
mod rows;
mod staging;
mod texts;
mod write;

pub use backup::{Backup, backup_folder};
pub use check::Finding;
pub use connection::{Access, Store};
pub use copies::GivenTo;
pub use error::StoreError;
pub use foreign::{Foreign, ForeignError, ForeignValue, MAX_FOREIGN_BYTES};
pub use lock::same_file;
pub use log::{EditKind, EditSummary, LogEntry};
pub use making::Making;
pub use texts::StoredTexts;
pub use write::{Brought, GoOn, NewEdit};
