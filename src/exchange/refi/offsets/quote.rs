//! Words that a passage carries with it.

use super::ruler::Rulers;
use super::{Convention, words};
use crate::exchange::refi::Selection;
use crate::text::Span;

/// How far from its stated place a passage is looked for, in bytes.
const REACH: usize = 64 * 1024;

/// What may be the words of a passage: many programs put them into its name, some into its description. It may as well be
/// a title; whoever asks looks whether the text has it.
pub(super) fn of(selection: &Selection) -> impl Iterator<Item = &str> {
    [selection.name.as_str(), selection.description.as_str()].into_iter().filter(|words| !words.trim().is_empty())
}

/// How well the words of a text agree with those that a passage carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Agreement {
    /// They differ.
    No,
    /// They are the same but for white space, at the ends too.
    Near,
    /// They are the same but for white space between words.
    Close,
    /// They are the same letter by letter, white space of any kind for white space.
    Whole,
}

/// Compares the words of a text with those that a passage carries; of shortened ones only what is there counts.
pub(super) fn compare(found: &str, carried: &str) -> Agreement {
    let (carried, is_shortened) = shortened(carried);
    let found = if is_shortened { beginning(found, carried) } else { Some(found) };
    let Some(found) = found else { return Agreement::No };
    let is_same = |a: char, b: char| a == b || (a.is_whitespace() && b.is_whitespace());
    let (mut left, mut right) = (found.chars(), carried.chars());
    loop {
        match (left.next(), right.next()) {
            (None, None) => return Agreement::Whole,
            (Some(a), Some(b)) if is_same(a, b) => {}
            _ => break,
        }
    }
    let (left, right) = (found.chars().filter(|c| !c.is_whitespace()), carried.chars().filter(|c| !c.is_whitespace()));
    if !left.eq(right) {
        return Agreement::No;
    }
    let edge = |words: &str| (words.starts_with(char::is_whitespace), words.ends_with(char::is_whitespace));
    if edge(found) == edge(carried) { Agreement::Close } else { Agreement::Near }
}

/// The words without the sign that they were shortened, and whether there was one.
fn shortened(carried: &str) -> (&str, bool) {
    let without = carried.strip_suffix('…').or_else(|| carried.strip_suffix("..."));
    without.map_or((carried, false), |words| (words.trim_end(), true))
}

/// As much of `found` as is as long as `carried`, white space aside.
fn beginning<'a>(found: &'a str, carried: &str) -> Option<&'a str> {
    let wanted = carried.chars().filter(|c| !c.is_whitespace()).count();
    let mut counted = 0;
    for (at, c) in found.char_indices() {
        counted += usize::from(!c.is_whitespace());
        if counted == wanted {
            return found.get(..at + c.len_utf8());
        }
    }
    None
}

/// Where the words that a passage carries are, if they are not at the stated place: the stored quote decides.
///
/// First the place is read in every other way, then the nearest place with these words is taken. `None` when they are
/// at the stated place, when the text does not have them near it, or when they are too unlike in length to be meant.
pub(super) fn elsewhere(text: &str, rulers: &Rulers, convention: Convention, stated: (i64, i64), carried: &str) -> Option<Span> {
    let read = |convention| rulers.read(text, convention, stated).map(|(span, _)| span);
    let agreement = |span: Option<Span>| span.map_or(Agreement::No, |span| compare(words(text, span), carried));
    let here = agreement(read(convention));
    if here == Agreement::Whole {
        return None;
    }
    let (wanted, is_shortened) = shortened(carried);
    let (start, end, _) = convention.ordered(stated);
    let length = end.saturating_sub(start);
    let own = rulers.length(convention, wanted);
    let room = (length / 5).max(8);
    let may_be_meant = if is_shortened { own <= length.saturating_add(room) } else { own.saturating_sub(length).abs() <= room };
    if !may_be_meant || wanted.trim().is_empty() {
        return None;
    }
    // One letter more or less in white space may be another way to count.
    let other = |least| Convention::all().map(read).find(|span| agreement(*span) >= least).flatten();
    if let Some(span) = other(Agreement::Whole) {
        return Some(span);
    }
    if here == Agreement::Close {
        return None;
    }
    if let Some(span) = other(Agreement::Close) {
        return Some(span);
    }
    let near = rulers.start(text, convention, stated);
    let span = nearest(text, wanted, near)?;
    let rest = if is_shortened { length.saturating_sub(own).max(0) } else { 0 };
    Some(Span::of(span.start as usize..along(text, span.end as usize, rest)))
}

/// The byte that lies `count` characters further.
fn along(text: &str, from: usize, count: i64) -> usize {
    let rest = text.get(from..).unwrap_or_default();
    let count = usize::try_from(count).unwrap_or(0);
    rest.char_indices().nth(count).map_or(text.len(), |(at, _)| from + at)
}

/// The place of these words that is nearest to a byte, white space of any kind and number for white space.
fn nearest(text: &str, wanted: &str, near: usize) -> Option<Span> {
    let from = text.floor_char_boundary(near.saturating_sub(REACH));
    let to = text.ceil_char_boundary(near.saturating_add(REACH + wanted.len()));
    let window = text.get(from..to)?;
    let first = wanted.split_whitespace().next()?;
    let places = window.match_indices(first).filter_map(|(at, _)| Some((at, end_of(window.get(at..)?, wanted.trim_start())?)));
    let (at, length) = places.min_by_key(|(at, _)| (from + at).abs_diff(near))?;
    let mut end = at + length;
    // White space at its end belongs to it where the text has it too.
    let spaces = wanted.chars().rev().take_while(|c| c.is_whitespace()).count();
    let rest = window.get(end..).unwrap_or_default();
    end += rest.chars().take(spaces).take_while(|c| c.is_whitespace()).map(char::len_utf8).sum::<usize>();
    Some(Span::of(from + at..from + end))
}

/// How many bytes of `text` the wanted words take, if it begins with them.
fn end_of(text: &str, wanted: &str) -> Option<usize> {
    let mut there = text.char_indices().filter(|(_, c)| !c.is_whitespace());
    let mut end = 0;
    for wanted in wanted.chars().filter(|c| !c.is_whitespace()) {
        let (at, found) = there.next()?;
        if found != wanted {
            return None;
        }
        end = at + found.len_utf8();
    }
    Some(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn carried_words_are_compared_through_white_space_and_shortening() {
        for (found, carried, expected) in [
            ("a\nb", "a b", Agreement::Whole),
            ("a\n\nb", "a b", Agreement::Close),
            ("\na b", "a b", Agreement::Near),
            ("a b", "a c", Agreement::No),
            ("a long passage", "a long…", Agreement::Whole),
            ("a long passage", "a short...", Agreement::No),
            ("a", "a long…", Agreement::No),
        ] {
            assert_eq!(compare(found, carried), expected, "{found} / {carried}");
        }
    }

    #[test]
    fn the_nearest_place_is_taken() {
        let text = "P2: aye\nP2: no\n\nP3: yes";
        let found = |wanted, near| nearest(text, wanted, near).map(|span| (span.start, words(text, span)));
        assert_eq!(found("P2:", 9), Some((8, "P2:")));
        assert_eq!(found("P2: yes", 0), None);
        assert_eq!(found("no ", 0), Some((12, "no\n")));
        assert_eq!(found("aye P2: no", 0), Some((4, "aye\nP2: no")));
        assert_eq!(found("nothing", 0), None);
    }
}
