//! What an edit can do, one file for each kind of thing it is done to. All are methods of [`Tx`](super::Tx).

mod attributes;
mod cases;
mod codings;
mod corrections;
mod merging;
mod sources;
mod speakers;
mod themes;
mod turns;

pub use corrections::{Corrected, Fate, NewText};
