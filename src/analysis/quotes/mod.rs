//! What a report quotes, held against the study: whether the words are in the sources, whose they are, and who is heard
//! how much; and the passages that were marked to be quoted.

mod attribution;
mod check;
mod marked;
mod pieces;
mod place;
mod spread;
mod tally;

#[cfg(test)]
mod tests;

pub use attribution::{Attributed, Contradiction, Names};
pub use check::{
    Altered, Aside, Checked, Elsewhere, FEWEST_WORDS, Fault, Finding, MOST_WORDS, Quotation, Skipped, SkippedFor, Verdict, check,
    check_while,
};
pub use marked::{MarkedQuote, marked};
pub use pieces::Piece;
pub use place::Place;
pub use spread::{CaseShare, Share, Spread, SpreadCell};
pub use tally::Tally;
