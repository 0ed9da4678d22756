//! A report that was checked, in the place of the list: what became of each of its quotations, and whom it quotes how much.
//!
//! `checking` asks for the file, reads it and looks for its quotations in a job; `entries` says of each what was found; `row` lays
//! one out, `list` shows them, `pane` is what stands round them.

mod checking;
mod entries;
mod list;
mod pane;
mod row;

pub(super) use checking::ask;
pub(super) use pane::{ReportPane, run, show, show_spread};
