//! The sheet in which files are looked at before they become sources. Nothing is written before *Import*.

mod by_id;
mod files;
mod habits;
mod names;
mod notes;
mod people;
mod preview;
mod reading;
mod sheet;
mod view;
mod writing;

#[cfg(test)]
mod tests;

pub use reading::SLOT;
pub use sheet::ImportSheet;
pub use view::show;
