//! The search language: what the search box, filters and saved queries are written in.
//!
//! [`parse`] never fails: what it cannot read becomes a [`Problem`] with its place and a suggestion, and the rest
//! still runs. [`print`] writes a tree so that parsing it gives the same tree again. Nothing here knows how a query
//! is run.

mod check;
mod complete;
mod distance;
mod expression;
mod lexer;
mod looser;
mod names;
mod parsed;
mod parser;
mod pieces;
mod print;
mod tree;
mod typing;

pub use check::check_values;
pub use complete::{Completion, complete};
pub use looser::{Looser, looser};
pub use names::Names;
pub use parsed::{Condition, Parsed, Problem};
pub use parser::parse;
pub use pieces::{Piece, pieces};
pub use print::print;
pub use tree::{Field, Query};
pub use typing::as_typed;

pub(crate) use distance::within;
pub(crate) use expression::Expression;
pub(crate) use names::{CodedIs, SUMMARIES, UNREAD, ValuePattern, attribute_of, themes_named, yes_or_no};
