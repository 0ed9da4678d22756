//! The views of the left rail, and the sheet that imports files. What a view gets is told in [`super::context`].

use super::command::Command;
use super::context::Cx;

pub mod analyse;
mod blind;
mod case_kind;
pub mod cases;
mod chooser;
mod days;
mod headed;
pub mod history;
pub mod import_sheet;
pub mod matrix;
mod narrowing;
pub mod notes;
pub mod quotes;
pub mod read;
mod saved;
pub mod search;
mod theme_choice;
pub mod themes;
mod unkept;
mod value_names;

/// Says that a command has nothing to work on where it was asked for.
fn nothing_here(cx: &mut Cx<'_>, command: Command) {
    cx.say(format!("“{}” finds nothing to work on here.", command.title()));
}

/// Words with a capital at their beginning.
pub(in crate::app) fn capital(said: &str) -> String {
    let mut letters = said.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
