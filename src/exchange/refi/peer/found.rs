use super::positions::{Counted, Positions, normalised};
use crate::text::{Span, find_quote};

/// How many bytes of text are looked through for quotes that do not stand where they should, before it is only looked near there. A
/// sound project never comes so far; one made to take for ever does.
const MOST_SEARCHED: u64 = 16 * 1024 * 1024 * 1024;

/// How far from where it should be a quote is then looked for, in bytes.
const NEAR: usize = 32 * 1024;

/// How far from there one is looked for whose words are not the same letter for letter, in bytes.
const NEARER: usize = 4 * 1024;

/// How many times longer it takes to look for words that are not the same letter for letter.
const FOLDING: u64 = 64;

/// Finds in texts what positions and quotes mean.
#[derive(Debug)]
pub(in super::super) struct Quotes {
    left: u64,
}

impl Quotes {
    pub(in super::super) const fn new() -> Self {
        Self { left: MOST_SEARCHED }
    }

    /// The words of `text` that were quoted: where the stated positions say, counted in whatever way makes them agree with the
    /// quote, or else the nearest place where the quote stands.
    pub(in super::super) fn find(&mut self, text: &str, positions: &Positions, stated: (i64, i64), quote: &str) -> Option<Span> {
        let quote = &normalised(quote).replace('\u{2029}', "\n");
        let mut readings = Counted::ALL.into_iter().filter_map(|counted| reading(positions, counted, stated));
        if let Some(span) = readings.find(|span| is_same(span.slice(text), quote)) {
            return Some(span);
        }
        let mut near: Vec<u32> = Counted::ALL.iter().filter_map(|counted| positions.byte(*counted, stated.0)).collect();
        if near.is_empty() {
            near.push(if stated.0 > 0 { u32::try_from(text.len()).unwrap_or(u32::MAX) } else { 0 });
        }
        self.nearest(text, quote, &near)
    }

    /// The words two positions mean where nothing is quoted: the way of counting by which the span begins and ends best, at a line's
    /// ends or else at a word's. Of equals it is that of a window, in which people select.
    pub(in super::super) fn guess(text: &str, positions: &Positions, stated: (i64, i64)) -> Option<Span> {
        let readings = Counted::ALL.into_iter().filter_map(|counted| reading(positions, counted, stated));
        // The first of equals, where `max_by_key` takes the last.
        readings.filter(|span| !span.is_empty()).rev().max_by_key(|span| fit(text, *span))
    }

    /// The place of a quote in `text` that is nearest to any of the bytes given.
    pub(in super::super) fn nearest(&mut self, text: &str, quote: &str, near: &[u32]) -> Option<Span> {
        if quote.is_empty() {
            return None;
        }
        let first = near.first().copied().unwrap_or(0);
        let around = |far: usize| {
            let (before, behind) = ((first as usize).saturating_sub(far), (first as usize).saturating_add(far).saturating_add(quote.len()));
            Span::of(before..behind).on_boundaries(text)
        };
        let part = if self.may_search(text.len() as u64) { Span::of(0..text.len()) } else { around(NEAR) };
        let distance = |span: &Span| near.iter().map(|at| at.abs_diff(span.start)).min().unwrap_or(0);
        let exact = part.slice(text).match_indices(quote).map(|(at, found)| within(part, Span::of(at..at + found.len())));
        if let Some(span) = exact.min_by_key(distance) {
            return Some(span);
        }
        let part = around(NEARER);
        if !self.may_search(u64::from(part.len()) * FOLDING) {
            return None;
        }
        find_quote(part.slice(text), quote, first.saturating_sub(part.start)).map(|span| within(part, span))
    }

    const fn may_search(&mut self, bytes: u64) -> bool {
        let may = self.left >= bytes;
        self.left = self.left.saturating_sub(if may { bytes } else { 0 });
        may
    }
}

/// A span of a part as one of the whole.
const fn within(part: Span, span: Span) -> Span {
    Span::new(part.start + span.start, part.start + span.end)
}

/// The span that two positions are when they are counted so.
fn reading(positions: &Positions, counted: Counted, (start, end): (i64, i64)) -> Option<Span> {
    let span = (positions.byte(counted, start)?, positions.byte(counted, end)?);
    (span.0 <= span.1).then(|| Span::new(span.0, span.1))
}

/// How well a span begins and ends.
fn fit(text: &str, span: Span) -> u8 {
    let (before, from) = text.split_at_checked(span.start as usize).unwrap_or_default();
    let (upto, after) = text.split_at_checked(span.end as usize).unwrap_or_default();
    let (last, first) = (before.chars().next_back(), from.chars().next());
    let start = if last.is_none_or(is_line_end) && !first.is_some_and(is_line_end) { 2 } else { u8::from(!is_within_word(last, first)) };
    let (last, first) = (upto.chars().next_back(), after.chars().next());
    let end = if last.is_none_or(is_line_end) || first.is_none_or(is_line_end) { 2 } else { u8::from(!is_within_word(last, first)) };
    start + end
}

const fn is_line_end(c: char) -> bool {
    c == '\n'
}

fn is_within_word(before: Option<char>, after: Option<char>) -> bool {
    before.is_some_and(char::is_alphanumeric) && after.is_some_and(char::is_alphanumeric)
}

/// Whether two texts are the same but for what their white space is.
fn is_same(one: &str, other: &str) -> bool {
    let plain = |c: char| if c.is_whitespace() { ' ' } else { c };
    one.chars().map(plain).eq(other.chars().map(plain))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(stored: &str, stated: (i64, i64), quote: &str) -> Option<Span> {
        Quotes::new().find(&normalised(stored), &Positions::of(stored, vec![stated.0, stated.1]), stated, quote)
    }

    #[test]
    fn the_quote_decides_how_was_counted() {
        let stored = "😀 one\r\ntwo\r\ntwo end";
        let text = normalised(stored);
        let start = |stated, quote| found(stored, stated, quote).map(|span| (span.start as usize, span.slice(&text).to_owned()));
        let second = text.rfind("two").unwrap();
        assert_eq!(start((11, 14), "two"), Some((second, "two".into())), "units of UTF-16");
        assert_eq!(start((10, 13), "two"), Some((second, "two".into())), "characters");
        assert_eq!(start((12, 15), "two"), Some((second, "two".into())), "characters with two for a line end");
        assert_eq!(start((13, 16), "two"), Some((second, "two".into())), "the nearest");
        assert_eq!(start((900, 903), "two").map(|found| found.0), Some(second), "the last, where it is far behind the end");
        assert_eq!(start((3, 10), "one\u{2029}two").map(|found| found.1), Some("one\ntwo".into()));
        assert_eq!(start((0, 3), "three"), None);
    }

    #[test]
    fn without_a_quote_the_span_that_begins_and_ends_well_is_taken() {
        let stored = "😀😀 I.\nP2: It was so.\nP1: No.\n";
        let guess = |stated: (i64, i64)| {
            Quotes::guess(stored, &Positions::of(stored, vec![stated.0, stated.1]), stated).map(|span| span.slice(stored))
        };
        assert_eq!(guess((8, 22)), Some("P2: It was so."), "in units of UTF-16");
        assert_eq!(guess((6, 21)), Some("P2: It was so.\n"), "in characters");
        assert_eq!(guess((900, 901)), None);
        assert_eq!(guess((8, 8)), None);
        assert_eq!(guess((22, 8)), None);
    }

    #[test]
    fn searching_ends_also_where_nothing_is_found() {
        let text = format!("{}needle{}", "x ".repeat(NEAR), "y ".repeat(NEAR));
        let mut quotes = Quotes { left: 0 };
        let at = u32::try_from(text.find("needle").unwrap()).unwrap();
        assert_eq!(quotes.nearest(&text, "needle", &[at - 9]).map(|span| span.start), Some(at));
        assert_eq!(quotes.nearest(&text, "needle", &[0]), None, "far away and no longer looked for");
    }
}
