//! Themata: a desktop workbench for the Framework Method.
//!
//! The modules are the floors of a house, ground floor first. A module may use those above it in this list,
//! never those below; `tests/architecture.rs` holds this true, `ARCHITECTURE.md` says why.

pub mod text;

pub mod study;

pub mod home;

pub mod query;

pub mod analysis;

pub mod store;

pub mod search;

pub mod project;

pub mod exchange;

pub mod app;

pub mod cli;

#[cfg(test)]
mod testing;
