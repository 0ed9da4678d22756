//! The entities as rows: one table a kind, one column a field.

mod field;
mod tables;

pub(super) use tables::{delete, for_each, put};
