//! How changes make the next study: [`Study::apply`](super::Study::apply), and what it refuses.

mod check;
mod error;
mod frame;
mod sources;

pub use error::ApplyError;
