//! Measures over a study. Everything here is pure: it takes a [`Study`](crate::study::Study), never a file,
//! and what it gives back depends on nothing else.

pub mod agreement;
pub mod basis;
pub mod by_source;
pub mod chance;
pub mod changed;
pub mod chart;
pub mod cooccurrence;
pub mod coverage;
mod layer;
pub mod leads;
pub mod lines;
pub mod matrix;
pub mod propositions;
pub mod quotes;
pub mod reconcile;
pub mod relations;
pub mod saturation;
pub mod shares;
pub mod timeline;
pub mod tints;
pub mod typology;
pub mod words;

#[cfg(test)]
pub(crate) mod testing;
