//! What leaves the project by a dialog: what, as what kind of file, with which names; its first lines; writing it.

mod choices;
mod first_lines;
mod state;
mod view;
mod writing;

pub(super) use choices::{FEWEST, FEWEST_NAME};
pub use state::{Draw, ExportDialog, Listed, Printed};
pub(super) use view::show;
