//! Cases placed in the dimensions of a typology, and the types that come of it.

mod across;
mod dimensions;
mod placed;
mod placement;
mod sorted;
mod tab;
mod types;
mod writing;

pub(super) use tab::{TypologiesTab, show, show_head};

/// What is written in a cell of a case that has none of the values.
const UNPLACED: &str = "unplaced";
