//! Cases × attributes: persons, pairs and groups told apart, edited in place.

mod attribute;
mod going;
mod listing;
mod rows;
mod unknown;
mod view;
mod writing;

pub use view::{CasesView, leave, show};
