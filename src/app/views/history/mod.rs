//! Every edit: who, when, what. Any of them can be undone.

mod entries;
mod rows;
mod undo;
mod view;

pub use view::{HistoryView, show};
