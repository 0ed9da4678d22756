//! Cases × attributes: persons, pairs and groups told apart, edited in place.

mod acts;
mod rows;
mod tally;
mod view;

pub use view::{CasesView, leave, show};
