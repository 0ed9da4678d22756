use serde::{Deserialize, Serialize};

/// A half-open range of bytes `[start, end)` of one text, on character boundaries.
///
/// Texts are at most 4 GiB long, so that a span takes eight bytes: a project may hold a million of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// First byte after the span.
    pub end: u32,
}

impl Span {
    /// The span `[start, end)`; ends given in the wrong order are exchanged.
    #[must_use]
    pub const fn new(start: u32, end: u32) -> Self {
        if start <= end { Self { start, end } } else { Self { start: end, end: start } }
    }

    /// The span of a `usize` range, clamped to the 4 GiB a text can have.
    #[must_use]
    pub fn of(range: std::ops::Range<usize>) -> Self {
        Self::new(clamp(range.start), clamp(range.end))
    }

    /// The span as indices into a `str`.
    #[must_use]
    pub const fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Length in bytes.
    #[must_use]
    pub const fn len(self) -> u32 {
        self.end - self.start
    }

    /// Whether the span holds no byte.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether `offset` is one of the span's bytes.
    #[must_use]
    pub const fn contains(self, offset: u32) -> bool {
        self.start <= offset && offset < self.end
    }

    /// Whether every byte of `inner` is one of this span's.
    #[must_use]
    pub const fn covers(self, inner: Self) -> bool {
        self.start <= inner.start && inner.end <= self.end
    }

    /// Whether the two share at least one byte. Touching spans do not.
    #[must_use]
    pub const fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end && !self.is_empty() && !other.is_empty()
    }

    /// What the two have in common; `None` when they share no byte.
    #[must_use]
    pub fn intersection(self, other: Self) -> Option<Self> {
        self.overlaps(other).then(|| Self { start: self.start.max(other.start), end: self.end.min(other.end) })
    }

    /// The smallest span that covers both.
    #[must_use]
    pub fn hull(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// The words of the span in `text`, or the empty string where the span does not fit the text.
    #[must_use]
    pub fn slice(self, text: &str) -> &str {
        text.get(self.range()).unwrap_or_default()
    }

    /// The span moved inwards to the nearest character boundaries of `text` and to its length.
    #[must_use]
    pub fn on_boundaries(self, text: &str) -> Self {
        let mut start = (self.start as usize).min(text.len());
        let mut end = (self.end as usize).min(text.len());
        while !text.is_char_boundary(start) {
            start += 1;
        }
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        Self::of(start..end.max(start))
    }

    /// The span without white space at its ends; empty (at its start) when there is nothing else.
    #[must_use]
    pub fn trimmed(self, text: &str) -> Self {
        let span = self.on_boundaries(text);
        let words = span.slice(text);
        let lead = words.len() - words.trim_start().len();
        let kept = words.trim().len();
        if kept == 0 {
            return Self { start: span.start, end: span.start };
        }
        let start = span.start + clamp(lead);
        Self { start, end: start + clamp(kept) }
    }
}

/// A length or offset as `u32`; texts longer than that are refused at import.
pub(super) fn clamp(offset: usize) -> u32 {
    u32::try_from(offset).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn touching_spans_do_not_overlap() {
        assert!(!Span::new(0, 5).overlaps(Span::new(5, 9)));
        assert!(Span::new(0, 6).overlaps(Span::new(5, 9)));
        assert_eq!(Span::new(0, 6).intersection(Span::new(5, 9)), Some(Span::new(5, 6)));
        assert!(!Span::new(3, 3).overlaps(Span::new(0, 9)));
    }

    #[test]
    fn trimming_leaves_words_and_survives_blank_spans() {
        let text = "  So, \u{a0}yes.\n ";
        assert_eq!(Span::new(0, 14).trimmed(text).slice(text), "So, \u{a0}yes.");
        assert!(Span::new(0, 2).trimmed(text).is_empty());
        assert!(Span::new(90, 200).trimmed(text).is_empty());
    }

    #[test]
    fn boundaries_move_inwards() {
        let text = "a😀b";
        assert_eq!(Span::new(2, 4).on_boundaries(text), Span::new(5, 5));
        assert_eq!(Span::new(1, 4).on_boundaries(text), Span::new(1, 1));
        assert_eq!(Span::new(0, 5).on_boundaries(text).slice(text), "a😀");
    }
}
