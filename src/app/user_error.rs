use std::error::Error;
use std::fmt::Write as _;

use super::views::capital;

/// An error as the analyst meets it: what happened, what to do next, and the rest under *Details*.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UserError {
    /// What happened, as a sentence.
    pub what: String,
    /// What to do next, as a sentence; may be empty.
    pub advice: String,
    /// The chain of causes; may be empty.
    pub details: String,
}

impl UserError {
    /// An error that says only what happened and what to do.
    #[must_use]
    pub fn new(what: impl Into<String>, advice: impl Into<String>) -> Self {
        Self { what: what.into(), advice: advice.into(), details: String::new() }
    }

    /// What stands beside words that could not be kept because of it.
    #[must_use]
    pub fn not_kept(&self) -> String {
        format!("Not kept yet. {}", if self.advice.is_empty() { &self.what } else { &self.advice })
    }

    /// The same with the chain of causes of `error` under *Details*.
    #[must_use]
    pub fn because(mut self, error: &(dyn Error + 'static)) -> Self {
        let mut next = Some(error);
        while let Some(error) = next {
            if !self.details.is_empty() {
                self.details.push('\n');
            }
            // Writing to a string cannot fail.
            let _ = write!(self.details, "{error}");
            next = error.source();
        }
        self
    }
}

/// An error as a sentence: errors say their causes in lower case.
#[must_use]
pub fn sentence(error: &dyn Error) -> String {
    let words = error.to_string();
    let words = capital(words.trim_end_matches('.'));
    if words.ends_with(['?', '!']) { words } else { format!("{words}.") }
}
