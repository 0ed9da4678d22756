//! Every edit: who, when, what. Any of them can be undone, leads to what it touched, and is a version to be copied.

mod entries;
mod filter;
mod merged;
mod opening;
mod rows;
mod undo;
mod version;
mod view;

pub(in crate::app) use merged::open as open_merge;
pub(in crate::app) use opening::place_of;
pub(in crate::app) use undo::begin as undo_edit;
pub use view::{HistoryView, show};
