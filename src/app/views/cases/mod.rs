//! Cases × attributes: persons, pairs and groups told apart, edited in place. Beside them the speakers of every source, so
//! that what an import took them for can be put right.

mod attribute;
mod going;
mod heard;
mod listing;
mod pasting;
mod rows;
mod speakers;
mod speaking;
mod table;
mod unknown;
mod view;
mod writing;

pub use view::{CasesView, leave, show};
