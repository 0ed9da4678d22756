//! The window: the only place that knows egui. It draws an immutable [`Study`](crate::study::Study) and sends commands;
//! it never waits for a file, a database or a search.
//!
//! `run` opens the window, `shell` is the application, `deeds` what it does when asked (`undoing` how it undoes), `worker`
//! its other threads, `frame` the bars round the views, `context` what a view gets. Whoever writes a view begins with the
//! documentation of [`context`].

pub mod command;
pub mod context;
mod deeds;
pub mod frame;
pub mod icons;
mod in_turn;
mod keys_back;
mod middle;
pub mod numbers;
mod reading_order;
mod retired;
mod run;
mod seen;
pub mod settings;
mod shell;
pub mod state;
pub mod style;
mod times;
pub mod tokens;
mod undoing;
mod user_error;
pub mod views;
pub mod widgets;
pub mod worker;

pub use command::Command;
pub use keys_back::KeysBack;
pub use reading_order::ReadingOrder;
pub use run::{RunError, run};
pub use seen::Seen;
pub use settings::Settings;
pub use shell::{App, Start};
pub use user_error::UserError;
