//! How changes make the next study: [`Study::apply`](super::Study::apply), and what it refuses.

mod changed;
mod check;
mod error;
mod frame;
#[cfg(test)]
pub(super) mod growth;
mod sources;

pub(super) use check::Scope;
pub use error::ApplyError;
