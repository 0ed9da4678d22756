//! The dialogs: each takes a typed path with completion; the system's own dialog is a button in it.

mod bring_back;
mod choice;
mod coming;
mod dialog;
mod export;
mod fewest;
mod frame_page;
mod give_copy;
mod matches;
mod new_project;
mod path_field;
mod question;
mod restore;
mod settings;
mod settings_keys;
mod shortcuts;

pub use bring_back::BringDialog;
pub use choice::{Answer, Choice};
pub use dialog::Dialog;
pub(in crate::app) use dialog::{decide, head, modal, show};
pub use export::{Draw, ExportDialog, Listed, Printed};
pub(in crate::app) use fewest::ask as ask_fewest;
pub use give_copy::GiveDialog;
pub use matches::{Match, Matches, Meant};
pub use new_project::NewDialog;
pub use path_field::{PathField, PathKind, expand};
pub use question::{PathDialog, PathQuestion};
pub(in crate::app) use restore::{ask as ask_restore, free_name};
pub use settings::SettingsDialog;
pub use shortcuts::ShortcutsDialog;
