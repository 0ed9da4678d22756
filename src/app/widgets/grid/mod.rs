//! A table one works in with the keyboard: a head that stays, a first column that stays, a cell one is at, and an editor
//! in the cell. Only visible rows are asked for and drawn.
//!
//! What stands in it is a [`Rows`]; what the analyst does with it comes back as [`GridEvent`]s, which the view turns
//! into edits. The grid itself changes nothing but its [`GridState`].

mod clipboard;
mod editor;
mod keys;
mod model;
mod show;
mod state;

pub use model::{Cell, Column, GridEvent, Look, Rows};
pub use show::show as grid;
pub use state::GridState;
