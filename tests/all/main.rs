//! Whole behaviours, as one binary.

#![expect(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice, reason = "a test fails by panicking")]

mod analyse_view;
mod architecture;
mod blind;
mod blind_view;
mod cases;
mod cases_view;
mod chart;
mod cli;
mod colours;
mod copies;
mod corrected;
mod corrections;
mod durability;
mod evidence;
mod exported;
mod exports;
mod files;
mod frame;
mod history_view;
mod import_sheet;
mod interpreted;
mod laws;
mod limits;
mod lists;
mod matrix_cell;
mod matrix_view;
mod notes_view;
mod origins;
mod quotes;
mod quotes_view;
mod read_acts;
mod read_filter;
mod read_mouse;
mod read_view;
mod read_ways;
mod reconcile_view;
mod reconciled;
mod restructured;
mod screens;
mod search_view;
mod search_ways;
mod shell;
mod sizes;
mod summaries;
mod summed;
mod support;
#[path = "../../src/testing.rs"]
mod testing;
mod themes_view;
mod trouble;
mod undoing;
mod view_commands;
mod whole_job;
mod window;
