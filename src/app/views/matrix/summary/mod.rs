//! The summary of a cell: written in its pane, beside the passages it is of.
//!
//! `draft` is what is being written, `drift` what has changed under the cell since, `marks` how the words are set, `editor`
//! shows all of it.

mod draft;
mod drift;
mod editor;
mod marks;
mod whole;

pub use draft::{Draft, Drafts};
pub use editor::{SummaryPane, show};
