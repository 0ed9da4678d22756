//! What the analyst can do by key, menu or palette: one value each, with its name, its help, its keys and its icon.

mod key_map;
mod keys;
mod table;

pub use key_map::{KeyMap, Refused};
pub use keys::Keys;
pub use table::{Command, Scope};
