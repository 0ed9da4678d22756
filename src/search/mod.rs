//! The full-text index: a cache of which words stand in which paragraphs, and nothing else of the project.
//!
//! This is the only module that knows tantivy. It holds one document a paragraph with one positional text field and a
//! dense key, and answers what a query asks of words ([`Leaf`]) as sets of keys. What the study says of paragraphs
//! (themes, cases, coders) is joined to that by `project`. [`Plan`] runs the same query over one text, which gives the
//! highlights; both sides share the tests of words, so that they agree.

mod contents;
#[cfg(test)]
pub(crate) mod fixture;
mod index;
mod keep_up;
mod leaf;
mod plan;
mod schema;
mod snapshot;
mod together;
mod unused;
mod vocabulary;

pub use contents::{Contents, KeyRange};
pub use index::{Index, IndexError};
pub use keep_up::{KeptUp, Progress};
pub use leaf::{Leaf, WordTest};
pub use plan::{Folded, Plan, Step, highlight};
pub use schema::searchable;
pub use snapshot::Snapshot;
pub use together::Together;
pub use unused::{remove as remove_index, remove_unused};
