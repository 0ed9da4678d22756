//! The bars round the views: top bar, left rail, status bar, messages, dialogs.

mod check;
mod coder_menu;
pub mod dialogs;
mod drop;
mod first_steps;
mod messages;
mod palette;
mod rail;
mod state;
mod status_bar;
mod top_bar;

pub use first_steps::FirstStep;
pub use messages::{Messages, Offer};
pub use state::{FrameState, StatusLine};

pub(super) use check::check_project;
pub(super) use coder_menu::tell_whose;
pub(super) use drop::show as show_drop;
pub(super) use first_steps::{height as first_steps_height, show as show_first_steps};
pub(super) use messages::show_errors;
pub(super) use rail::show as show_rail;
pub(super) use status_bar::show as show_status_bar;
pub(super) use top_bar::{TopBar, show as show_top_bar};
