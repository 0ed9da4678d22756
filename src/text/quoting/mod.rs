//! Finding what a report quotes: word for word, with what was left out and put in shown, or else as near as it gets.
//!
//! A quotation is read into a [`Wording`]: its words with the ellipses and square brackets between them. A
//! [`QuoteIndex`] over the words of all texts gives the stretches that may be meant, and each is aligned with the
//! wording word by word. Exact is what needs no change; there is no second way of looking.

mod alignment;
mod chance;
mod find;
mod index;
mod stretches;
mod turning;
mod wording;

#[cfg(test)]
mod tests;

pub use find::Match;
pub use index::QuoteIndex;
pub use stretches::{Step, Stretch};
pub use turning::turning_words;
pub use wording::Wording;

use super::words::fold;

/// A word as it is compared: folded, without soft hyphens and other signs that have no width, without marks of emphasis.
fn key(word: &str) -> String {
    let mut folded = fold(word);
    folded.retain(|c| !matches!(c, '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' | '_'));
    folded
}
