//! The views of the left rail, and the sheet that imports files. What a view gets is told in [`super::context`].

mod case_kind;
pub mod cases;
mod chooser;
pub mod history;
pub mod import_sheet;
pub mod matrix;
pub mod notes;
mod part;
pub mod read;
pub mod search;
mod theme_choice;
pub mod themes;
