//! Whole behaviours, as one binary.

#![expect(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice, reason = "a test fails by panicking")]

mod architecture;
mod cases;
mod cli;
mod corrected;
mod corrections;
mod durability;
mod files;
mod frame;
mod import_sheet;
mod laws;
mod limits;
mod lists;
mod matrix_cell;
mod matrix_view;
mod notes_view;
mod read_filter;
mod read_mouse;
mod read_view;
mod search_view;
mod shell;
mod summaries;
mod support;
#[path = "../../src/testing.rs"]
mod testing;
mod themes_view;
mod whole_job;
mod window;
