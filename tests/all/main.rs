//! Whole behaviours, as one binary.

mod laws;
mod support;
