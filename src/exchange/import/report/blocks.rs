use regex::Regex;

use super::super::pattern::Pattern;
use super::super::units::Unit;
use super::headings::{self, Section, section};
use crate::text::{Span, fold};

static BULLET: Pattern = Pattern::new(|| Regex::new(r"^([•‣◦▪●·\u{f0b7}–—*-](?:\s+\d{1,2}\.)?|o)\s+(\S)").ok());
static ITEM: Pattern = Pattern::new(|| Regex::new(r"^(\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})\))\s+(\S)").ok());
static NOTE: Pattern = Pattern::new(|| Regex::new(r"^([¹²³⁴⁵⁶⁷⁸⁹⁰]+|\[(?:\d{1,3}|[ivxlc]{1,8})\])\s*(\S)").ok());
static BOX: Pattern = Pattern::new(|| {
    Regex::new(r"(?i)^(?:(?:issues?|points|questions) for reflection|(box \d{1,2}|case study(?: \d{1,2})?|practice example))\s*(?::|$)")
        .ok()
});
static CAPTION: Pattern = Pattern::new(|| Regex::new(r"^(?:Table|Figure|Chart) \d{1,2}\b[.:]?").ok());
static YEAR: Pattern = Pattern::new(|| Regex::new(r"\b(?:19|20)\d{2}\b|n\.d").ok());

/// A mark and the words behind it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Marked {
    /// The bullet or number.
    pub(super) label: Span,
    /// The words.
    pub(super) words: Span,
}

/// The bullet, or the bracketed number or letter, with which `span` begins.
pub(super) fn bullet(text: &str, span: Span) -> Option<Marked> {
    marked(&BULLET, text, span).or_else(|| marked(&ITEM, text, span))
}

/// The mark of a footnote with which `span` begins.
pub(super) fn note(text: &str, span: Span) -> Option<Marked> {
    marked(&NOTE, text, span)
}

fn marked(pattern: &Pattern, text: &str, span: Span) -> Option<Marked> {
    let found = pattern.first(span.slice(text))?;
    let at = |offset: usize| span.start + u32::try_from(offset).unwrap_or(0);
    let label = found.get(1)?;
    Some(Marked { label: Span::new(at(label.start()), at(label.end())), words: Span::new(at(found.get(2)?.start()), span.end) })
}

/// Whether a paragraph begins a box, and whether it is but the title of one.
pub(super) fn begins_box(words: &str) -> Option<bool> {
    let found = BOX.first(words)?;
    let is_named = found.get(1).is_some() && headings::is_title(words) && !words.ends_with('?');
    Some(is_named || found.get(0)?.end() == words.len())
}

/// Whether a line is the caption of a table or figure.
pub(super) fn is_caption(words: &str) -> bool {
    CAPTION.is_in(words) && words.chars().count() <= 120
}

/// Whether a list of literature follows the heading at `index`: a chapter of prose can have the same name.
pub(super) fn are_references(text: &str, units: &[Unit], index: usize) -> bool {
    let of_heading = units.get(index).and_then(|unit| section(unit.slice(text)));
    if of_heading != Some(Section::References) {
        return false;
    }
    let notes = ["footnotes", "endnotes"].contains(&fold(units.get(index).map_or("", |unit| unit.slice(text))).as_str());
    if notes {
        return true;
    }
    let following: Vec<&str> = units.iter().skip(index + 1).take(12).map(|unit| unit.slice(text)).collect();
    let years = following.iter().filter(|words| YEAR.is_in(words)).count();
    let short = following.iter().filter(|words| words.chars().count() < 400).count();
    !following.is_empty() && short * 10 >= following.len() * 8 && years * 4 >= following.len()
}

/// The levels of the items of a list, by their indents.
#[derive(Debug, Default)]
pub(super) struct Indents {
    open: Vec<usize>,
}

impl Indents {
    /// The level of an item at this indent, from 1.
    pub(super) fn level(&mut self, indent: usize) -> u8 {
        while self.open.last().is_some_and(|last| *last > indent) {
            self.open.pop();
        }
        if self.open.last() != Some(&indent) {
            self.open.push(indent);
        }
        u8::try_from(self.open.len()).unwrap_or(u8::MAX)
    }

    /// Another list begins.
    pub(super) fn clear(&mut self) {
        self.open.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bullets_lie_outside_of_the_words() {
        for (line, expected) in [
            ("• One", Some(("•", "One"))),
            ("- 2. Two", Some(("- 2.", "Two"))),
            ("* Three", Some(("*", "Three"))),
            ("(a) Four", Some(("(a)", "Four"))),
            ("ii) Five", Some(("ii)", "Five"))),
            ("-5 degrees", None),
            ("**bold** start", None),
            ("Prose", None),
        ] {
            let found = bullet(line, Span::of(0..line.len())).map(|marked| (marked.label.slice(line), marked.words.slice(line)));
            assert_eq!(found, expected, "{line}");
        }
    }

    #[test]
    fn levels_follow_indents() {
        let mut indents = Indents::default();
        let levels: Vec<_> = [2, 2, 4, 4, 6, 2].map(|indent| indents.level(indent)).to_vec();
        assert_eq!(levels, [1, 1, 2, 2, 3, 1]);
    }

    #[test]
    fn boxes_begin_with_their_name() {
        assert_eq!(begins_box("Issues for reflection: is it so?"), Some(false));
        assert_eq!(begins_box("Issues for reflection:"), Some(true));
        assert_eq!(begins_box("Issues for reflection"), Some(true));
        assert_eq!(begins_box("Issues for reflection were raised"), None);
        assert_eq!(begins_box("Box 2: What a lead does"), Some(true));
        assert_eq!(begins_box("Box 2: A lead leads, and says so."), Some(false));
    }
}
