//! Whole behaviours, as one binary.

#![expect(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice, reason = "a test fails by panicking")]

mod architecture;
mod cases;
mod cli;
mod durability;
mod files;
mod laws;
mod lists;
mod matrix_view;
mod search_view;
mod support;
mod themes_view;
mod window;
