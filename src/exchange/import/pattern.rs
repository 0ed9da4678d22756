use std::ops::Range;
use std::sync::LazyLock;

use regex::{Captures, Regex};

/// A fixed pattern of the readers, compiled when it is first used.
///
/// A pattern that does not compile would match nothing; a test next to each of them shows that it does match.
pub(super) struct Pattern(LazyLock<Option<Regex>>);

impl Pattern {
    /// Wraps a pattern: `Pattern::new(|| Regex::new("…").ok())`.
    pub(super) const fn new(make: fn() -> Option<Regex>) -> Self {
        Self(LazyLock::new(make))
    }

    /// Whether the pattern is found in `text`.
    pub(super) fn is_in(&self, text: &str) -> bool {
        self.0.as_ref().is_some_and(|regex| regex.is_match(text))
    }

    /// The first place where the pattern is found.
    pub(super) fn first<'text>(&self, text: &'text str) -> Option<Captures<'text>> {
        self.0.as_ref()?.captures(text)
    }

    /// Every place where the pattern is found.
    pub(super) fn all<'this, 'text: 'this>(&'this self, text: &'text str) -> impl Iterator<Item = Captures<'text>> + 'this {
        self.0.as_ref().into_iter().flat_map(move |regex| regex.captures_iter(text))
    }
}

/// The bytes of the whole match.
pub(super) fn whole(captures: &Captures<'_>) -> Range<usize> {
    captures.get(0).map_or(0..0, |found| found.range())
}
