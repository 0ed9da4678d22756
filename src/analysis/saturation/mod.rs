//! When further interviews bring nothing new, and how far that depends on their order.

mod band;
mod gather;
mod runs;

pub use band::{Band, band};
pub use gather::{Interview, Stratum, strata};
pub use runs::{Outcome, Reached, Rule, Run, Runs, news, runs};
