//! Word documents: the body with its soft breaks, tables, headings, list items and bold beginnings.

mod body;
mod package;
mod styles;

#[cfg(test)]
pub(super) mod samples;

pub(super) use body::tells_of_asides;
pub(super) use package::{asides, read};
