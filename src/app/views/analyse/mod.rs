//! What was found: measures, propositions with what speaks for and against them, and types of cases.

mod adding;
mod fields;
mod measures;
mod propositions;
mod typologies;
mod view;

pub use adding::{Adding, ask_to_add, show as show_adding};
pub use view::{AnalyseView, show};
