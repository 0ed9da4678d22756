//! The box at the top: words to look for, and every command, source, theme, case and saved thing by its name.

mod entries;
mod entry;
mod rank;
mod show;
mod state;

pub use state::Palette;

pub(in crate::app) use show::show;
