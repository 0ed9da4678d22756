//! The open project: the file, the study in memory and the search joined.
//!
//! [`Project::edit`] is the only way anything changes. An edit is durable when it returns; the study it leads to is
//! a new value, and whoever holds the old one keeps it.

mod blind;
mod coming;
mod copy;
mod edit;
mod error;
mod merge;
mod open;
mod searcher;
mod tx;
mod undo_to;
mod verbs;
mod versions;

pub use crate::store::{Access, Backup, EditKind, EditSummary, Finding, GivenTo, backup_folder};
pub use coming::{CodingsComing, Coming};
pub use copy::coder_called;
pub use error::{EditError, MergeError, ProjectError};
pub use merge::{MergePlan, Own, conflicts_of};
pub use open::{Me, Project};
pub use searcher::{Facets, Found, Hit, Lacking, Note, NoteOn, Options, SearchError, Searched, Searcher, index_folder};
pub use tx::Tx;
pub use undo_to::UndoTo;
pub use verbs::{Charted, Corrected, Fate, NewText, RoleWords, SubTheme, highest};
