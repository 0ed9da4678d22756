//! What an edit can do, one file for each kind of thing it is done to. All are methods of [`Tx`](super::Tx).

mod attributes;
mod beginning;
mod cases;
mod codings;
mod corrections;
mod merging;
mod sources;
mod themes;

pub use beginning::RoleWords;
pub use corrections::{Corrected, Fate, NewText};
