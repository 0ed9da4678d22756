//! The summary of a cell: written in its pane, beside the passages it is of.
//!
//! `draft` is what is being written, `drift` what has changed under the cell since, `changes` shows it, `field` where it is written, `marks` how the words are set, `editor`
//! shows all of it.

mod cases;
mod changes;
mod cited;
mod draft;
mod drift;
mod editor;
mod field;
mod marks;
mod whole;

pub use changes::marked;
pub use draft::{Cited, Draft, Drafts};
pub use drift::Under;
pub use editor::{SummaryPane, show};
pub use field::{FieldLook, cite, fill, keep, show as show_field, uncite};
pub use marks::{plain as plain_layout, to_read as read_layout};
pub use whole::{NOT_OF_THESE, Written, written_in};
