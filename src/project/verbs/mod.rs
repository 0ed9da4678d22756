//! What an edit can do, one file for each kind of thing it is done to. All are methods of [`Tx`](super::Tx).

mod agreed;
mod attributes;
mod beginning;
mod cases;
mod codings;
mod corrections;
mod examples;
mod memos;
mod merging;
mod propositions;
mod restructuring;
mod sources;
mod speakers;
mod summaries;
mod themes;
mod turns;
mod typologies;

pub use beginning::RoleWords;
pub use corrections::{Corrected, Fate, NewText};
pub use restructuring::{SubTheme, highest};
pub use summaries::Charted;
