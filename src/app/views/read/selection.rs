use crate::text::{Geometry, Span, sentence_at, sentences, word_at, word_spans};

/// What is selected in a text: from where the selection began to where it is led. Both are bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    /// Where it began.
    pub anchor: u32,
    /// Where it is led; the caret stands here.
    pub head: u32,
}

/// How far one step goes, where the layout does not matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// A character.
    Character,
    /// A word.
    Word,
    /// A paragraph, in a transcript a turn.
    Turn,
    /// The whole text.
    Text,
}

impl Selection {
    /// A caret at `offset`, nothing selected.
    #[must_use]
    pub const fn caret(offset: u32) -> Self {
        Self { anchor: offset, head: offset }
    }

    /// `span`, selected forwards.
    #[must_use]
    pub const fn of(span: Span) -> Self {
        Self { anchor: span.start, head: span.end }
    }

    /// What is selected.
    #[must_use]
    pub const fn span(self) -> Span {
        Span::new(self.anchor, self.head)
    }

    /// Whether nothing is selected.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.anchor == self.head
    }

    /// The selection led to `head`, or a caret there.
    #[must_use]
    pub const fn led_to(self, head: u32, extend: bool) -> Self {
        if extend { Self { anchor: self.anchor, head } } else { Self::caret(head) }
    }

    /// The selection after a step. Steps go over paragraphs only; labels and time stamps are never stopped at.
    #[must_use]
    pub fn moved(self, text: &str, geometry: &Geometry, unit: Unit, forward: bool, extend: bool) -> Self {
        let at = self.head;
        let head = match unit {
            Unit::Character => character(text, geometry, at, forward),
            Unit::Word => word(text, geometry, at, forward, extend),
            Unit::Turn => turn(geometry, at, forward, extend),
            Unit::Text => {
                let paragraphs = geometry.paragraphs();
                let edge =
                    if forward { paragraphs.last().map(|last| last.span.end) } else { paragraphs.first().map(|first| first.span.start) };
                edge.unwrap_or(at)
            }
        };
        self.led_to(head, extend)
    }

    /// The word at `offset`.
    #[must_use]
    pub fn word(text: &str, geometry: &Geometry, offset: u32) -> Option<Self> {
        let paragraph = paragraph_span(geometry, offset)?;
        let found = word_at(paragraph.slice(text), offset.saturating_sub(paragraph.start))?;
        Some(Self::of(shifted(found, paragraph.start)))
    }

    /// The sentence at `offset`.
    #[must_use]
    pub fn sentence(text: &str, geometry: &Geometry, offset: u32) -> Option<Self> {
        let paragraph = paragraph_span(geometry, offset)?;
        let found = sentence_at(paragraph.slice(text), offset.saturating_sub(paragraph.start))?;
        Some(Self::of(shifted(found, paragraph.start)))
    }

    /// Without a selection the sentence at the caret; a selection that ends inside a sentence up to its end; else the
    /// next sentence too.
    #[must_use]
    pub fn sentence_more(self, text: &str, geometry: &Geometry) -> Self {
        let span = self.span();
        if self.is_empty() {
            return Self::sentence(text, geometry, self.head).unwrap_or(self);
        }
        let last = Self::sentence(text, geometry, span.end - 1).map_or(span.end, |last| last.span().end);
        if last > span.end {
            return Self { anchor: span.start, head: last };
        }
        let next = next_word(text, geometry, span.end, true).and_then(|word| Self::sentence(text, geometry, word.start));
        next.map_or(self, |next| Self { anchor: span.start, head: next.span().end.max(span.end) })
    }

    /// Without its last sentence; one sentence becomes a caret at its start.
    #[must_use]
    pub fn sentence_less(self, text: &str, geometry: &Geometry) -> Self {
        let span = self.span();
        let mut end = span.start;
        for index in geometry.paragraphs_in(span) {
            let Some(paragraph) = geometry.paragraphs().get(index) else { continue };
            for sentence in sentences(paragraph.span.slice(text)) {
                let sentence = shifted(sentence, paragraph.span.start);
                if sentence.end < span.end && sentence.end > span.start {
                    end = end.max(sentence.end);
                }
            }
        }
        Self { anchor: span.start, head: end }
    }
}

fn shifted(span: Span, by: u32) -> Span {
    Span::new(span.start + by, span.end + by)
}

fn paragraph_span(geometry: &Geometry, offset: u32) -> Option<Span> {
    let index = geometry.paragraph_at(offset).unwrap_or(0);
    geometry.paragraphs().get(index).map(|paragraph| paragraph.span)
}

/// The nearest place for a caret: inside of a paragraph or at its edges.
#[must_use]
pub fn nearest(geometry: &Geometry, offset: u32) -> u32 {
    paragraph_span(geometry, offset).map_or(0, |span| offset.clamp(span.start, span.end))
}

fn character(text: &str, geometry: &Geometry, at: u32, forward: bool) -> u32 {
    let Some(here) = geometry.paragraph_at(at).or(Some(0)) else { return at };
    let Some(span) = geometry.paragraphs().get(here).map(|paragraph| paragraph.span) else { return at };
    if forward {
        if at < span.end {
            let step = text.get(at as usize..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8);
            return (at + u32::try_from(step).unwrap_or(1)).min(span.end);
        }
        geometry.paragraphs().get(here + 1).map_or(at, |next| next.span.start)
    } else {
        if at > span.start {
            let step = text.get(..at as usize).and_then(|before| before.chars().next_back()).map_or(1, char::len_utf8);
            return at.saturating_sub(u32::try_from(step).unwrap_or(1)).max(span.start);
        }
        here.checked_sub(1).and_then(|before| geometry.paragraphs().get(before)).map_or(at, |before| before.span.end)
    }
}

/// The first word that ends after `at` (or begins after it, if `begins`), in this paragraph or a later one.
fn next_word(text: &str, geometry: &Geometry, at: u32, begins: bool) -> Option<Span> {
    let first = geometry.paragraph_at(at).unwrap_or(0);
    geometry.paragraphs().iter().skip(first).find_map(|paragraph| {
        word_spans(paragraph.span.slice(text))
            .map(|word| shifted(word, paragraph.span.start))
            .find(|word| if begins { word.start >= at && word.end > at } else { word.end > at })
    })
}

/// The last word that begins before `at`.
fn word_before(text: &str, geometry: &Geometry, at: u32) -> Option<Span> {
    let last = geometry.paragraph_at(at.saturating_sub(1)).unwrap_or(0);
    geometry.paragraphs().iter().take(last + 1).rev().find_map(|paragraph| {
        word_spans(paragraph.span.slice(text)).map(|word| shifted(word, paragraph.span.start)).take_while(|word| word.start < at).last()
    })
}

fn word(text: &str, geometry: &Geometry, at: u32, forward: bool, extend: bool) -> u32 {
    match (forward, extend) {
        (true, true) => next_word(text, geometry, at, false).map_or(at, |word| word.end),
        (true, false) => next_word(text, geometry, at + 1, true).map_or(at, |word| word.start),
        (false, _) => word_before(text, geometry, at).map_or(at, |word| word.start),
    }
}

fn turn(geometry: &Geometry, at: u32, forward: bool, extend: bool) -> u32 {
    let paragraphs = geometry.paragraphs();
    let here = geometry.paragraph_at(at).unwrap_or(0);
    match (forward, extend) {
        (true, false) => paragraphs.get(here + 1).map_or(at, |next| next.span.start),
        (true, true) => {
            let end = paragraphs.get(here).map_or(at, |paragraph| paragraph.span.end);
            if at < end { end } else { paragraphs.get(here + 1).map_or(at, |next| next.span.end) }
        }
        (false, _) => {
            let start = paragraphs.get(here).map_or(at, |paragraph| paragraph.span.start);
            if at > start {
                start
            } else {
                here.checked_sub(1).and_then(|before| paragraphs.get(before)).map_or(at, |before| before.span.start)
            }
        }
    }
}

/// `span` with its end (or its start) moved by a word; never empty, never over another paragraph's label alone.
#[must_use]
pub fn resized(text: &str, geometry: &Geometry, span: Span, end: bool, forward: bool) -> Option<Span> {
    let moved = match (end, forward) {
        (true, true) => Span { end: next_word(text, geometry, span.end, false)?.end, ..span },
        (true, false) => {
            // The last word goes, and the end moves back to the word before it.
            let last = word_before(text, geometry, span.end)?;
            Span { end: word_before(text, geometry, last.start)?.end, ..span }
        }
        (false, true) => Span { start: next_word(text, geometry, span.start + 1, true)?.start, ..span },
        (false, false) => Span { start: word_before(text, geometry, span.start)?.start, ..span },
    };
    (moved.start < moved.end && moved != span).then_some(moved)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::{NO_SPEAKER, Paragraph, ParagraphKind, Voice};

    const TEXT: &str = "I: How’s that?\n\nR: Fine. It’s the two minutes. Aye, fine.\n";

    fn geometry(text: &str) -> Geometry {
        let mut paragraphs = Vec::new();
        let mut at = 0;
        for line in text.split('\n') {
            let label = line.find(": ").map_or(0, |colon| colon + 2);
            let span = Span::of(at + label..at + line.len()).trimmed(text);
            if !span.is_empty() {
                paragraphs.push(Paragraph {
                    span,
                    label: Span::default(),
                    kind: ParagraphKind::Turn,
                    level: 0,
                    voice: Voice::Participant,
                    speaker: NO_SPEAKER,
                });
            }
            at += line.len() + 1;
        }
        Geometry::new(text, paragraphs, vec![], vec![]).unwrap()
    }

    /// What stands behind the caret.
    fn after(selection: Selection) -> &'static str {
        Span::of(selection.head as usize..TEXT.len()).slice(TEXT)
    }

    fn words(selection: Selection) -> &'static str {
        selection.span().slice(TEXT)
    }

    #[test]
    fn words_are_stepped_over_labels() {
        let geometry = geometry(TEXT);
        let start = Selection::caret(3);
        let step = |selection: Selection, forward, extend| selection.moved(TEXT, &geometry, Unit::Word, forward, extend);
        let two = step(step(start, true, true), true, true);
        assert_eq!(words(two), "How’s that");
        let third = step(two, true, true);
        assert_eq!(words(third), "How’s that?\n\nR: Fine");
        assert_eq!(words(step(third, false, true)), "How’s that?\n\nR: ");
        let caret = step(step(start, true, false), true, false);
        assert!(after(caret).starts_with("Fine"));
        assert!(after(step(caret, false, false)).starts_with("that"));
    }

    #[test]
    fn sentences_grow_and_shrink() {
        let geometry = geometry(TEXT);
        let at = u32::try_from(TEXT.find("two").unwrap()).unwrap();
        let one = Selection::caret(at).sentence_more(TEXT, &geometry);
        assert_eq!(words(one), "It’s the two minutes.");
        let two = one.sentence_more(TEXT, &geometry);
        assert_eq!(words(two), "It’s the two minutes. Aye, fine.");
        assert_eq!(words(two.sentence_less(TEXT, &geometry)), "It’s the two minutes.");
        assert!(one.sentence_less(TEXT, &geometry).is_empty());
        let part = Selection { anchor: at, head: at + 3 };
        assert_eq!(words(part.sentence_more(TEXT, &geometry)), "two minutes.");
    }

    #[test]
    fn turns_are_selected_whole() {
        let geometry = geometry(TEXT);
        let select = |selection: Selection| selection.moved(TEXT, &geometry, Unit::Turn, true, true);
        let one = select(Selection::caret(3));
        assert_eq!(words(one), "How’s that?");
        assert!(words(select(one)).ends_with("Aye, fine."));
    }

    #[test]
    fn boundaries_move_by_words_and_never_vanish() {
        let geometry = geometry(TEXT);
        let start = u32::try_from(TEXT.find("the two").unwrap()).unwrap();
        let span = Span::new(start, start + 7);
        let moved = |end, forward| resized(TEXT, &geometry, span, end, forward).map(|span| span.slice(TEXT));
        assert_eq!(moved(true, true), Some("the two minutes"));
        assert_eq!(moved(true, false), Some("the"));
        assert_eq!(moved(false, true), Some("two"));
        assert_eq!(moved(false, false), Some("It’s the two"));
        let one = Span::new(start, start + 3);
        assert_eq!(resized(TEXT, &geometry, one, true, false), None);
    }

    proptest! {
        #[test]
        fn a_step_never_leaves_the_characters_of_a_text(text in "([A-Z]: )?(\\PC|[\n. 😀\u{301}]){0,80}", at in 0u32..90, forward: bool, extend: bool) {
            let geometry = geometry(&text);
            let at = nearest(&geometry, Span::new(at, at).on_boundaries(&text).start);
            for unit in [Unit::Character, Unit::Word, Unit::Turn, Unit::Text] {
                let head = Selection::caret(at).moved(&text, &geometry, unit, forward, extend).head as usize;
                prop_assert!(text.is_char_boundary(head) || geometry.paragraphs().is_empty());
            }
        }
    }
}
