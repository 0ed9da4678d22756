use unicode_segmentation::GraphemeCursor;

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
    /// What a reader takes for one character: a letter with its accents, an emoji of several parts.
    Character,
    /// A word.
    Word,
    /// A paragraph, in a transcript a turn.
    Turn,
    /// The whole text.
    Text,
}

/// What the mouse takes at a time: a second click takes words, a third sentences.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grain {
    /// Letter by letter.
    Character,
    /// Whole words.
    Word,
    /// Whole sentences.
    Sentence,
}

impl Selection {
    /// What lies at `offset`: a caret, a word, a sentence.
    #[must_use]
    pub fn at(text: &str, geometry: &Geometry, offset: u32, grain: Grain) -> Option<Self> {
        match grain {
            Grain::Character => Some(Self::caret(offset)),
            Grain::Word => Self::word(text, geometry, offset),
            Grain::Sentence => Self::sentence(text, geometry, offset),
        }
    }

    /// From `first`, where a drag began, to all of what it has come to; `first` always stays whole.
    #[must_use]
    pub fn dragged(first: Span, to: Span) -> Self {
        if to.start < first.start {
            Self { anchor: first.end, head: to.start }
        } else {
            Self { anchor: first.start, head: to.end.max(first.end) }
        }
    }

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

    /// Whether a passage lies here: some of its words are selected, or the caret stands in it or at its end.
    #[must_use]
    pub const fn touches(self, passage: Span) -> bool {
        if self.is_empty() { passage.start <= self.head && self.head <= passage.end } else { passage.overlaps(self.span()) }
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
        word_near(text, paragraph_span(geometry, offset)?, offset).map(Self::of)
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

/// `offset`, or the start of the character that it lies inside of.
#[must_use]
pub fn whole_character(text: &str, offset: u32) -> u32 {
    let at = text.floor_char_boundary(offset as usize);
    let mut cursor = GraphemeCursor::new(at, text.len(), true);
    // The cursor asks for more text only when it was not given the whole.
    let start = if cursor.is_boundary(text, 0) == Ok(false) { cursor.prev_boundary(text, 0).ok().flatten() } else { None };
    u32::try_from(start.unwrap_or(at)).unwrap_or(offset)
}

/// The boundary between two characters after (or before) `at`.
fn boundary(text: &str, at: u32, forward: bool) -> Option<u32> {
    let mut cursor = GraphemeCursor::new(text.floor_char_boundary(at as usize), text.len(), true);
    let found = if forward { cursor.next_boundary(text, 0) } else { cursor.prev_boundary(text, 0) };
    u32::try_from(found.ok()??).ok()
}

fn character(text: &str, geometry: &Geometry, at: u32, forward: bool) -> u32 {
    let Some(here) = geometry.paragraph_at(at).or(Some(0)) else { return at };
    let Some(span) = geometry.paragraphs().get(here).map(|paragraph| paragraph.span) else { return at };
    if forward {
        if at < span.end {
            return boundary(text, at, true).unwrap_or(span.end).min(span.end);
        }
        geometry.paragraphs().get(here + 1).map_or(at, |next| next.span.start)
    } else {
        if at > span.start {
            return boundary(text, at, false).unwrap_or(span.start).max(span.start);
        }
        here.checked_sub(1).and_then(|before| geometry.paragraphs().get(before)).map_or(at, |before| before.span.end)
    }
}

/// Words are looked for in a stretch of this many bytes, so that a paragraph of a million letters is as quick as one of ten.
const NEAR: u32 = 2_000;

/// The stretch of `paragraph` around `at` in which its words are what they are in the whole: it begins and ends at white
/// space, or where the paragraph does.
fn near(text: &str, paragraph: Span, at: u32) -> Span {
    let at = at.clamp(paragraph.start, paragraph.end);
    let far = Span::new(at.saturating_sub(NEAR), at.saturating_add(NEAR)).on_boundaries(text);
    let from = far.start.max(paragraph.start);
    let to = far.end.min(paragraph.end);
    let before = Span::new(paragraph.start, from).slice(text).char_indices().rev().find(|(_, letter)| letter.is_whitespace());
    let after = Span::new(to, paragraph.end).slice(text).find(char::is_whitespace);
    let start = before.map_or(paragraph.start, |(byte, _)| paragraph.start + u32::try_from(byte).unwrap_or(0));
    let end = after.map_or(paragraph.end, |byte| to + u32::try_from(byte).unwrap_or(0));
    Span::new(start, end)
}

/// The word of `paragraph` at `offset`, or the one before it.
pub fn word_near(text: &str, paragraph: Span, offset: u32) -> Option<Span> {
    let near = near(text, paragraph, offset);
    word_at(near.slice(text), offset.saturating_sub(near.start)).map(|word| shifted(word, near.start))
}

/// The words of `paragraph` from those around `from` on, stretch by stretch.
fn words_on(text: &str, paragraph: Span, from: u32) -> impl Iterator<Item = Span> + '_ {
    let mut next = near(text, paragraph, from).start;
    std::iter::from_fn(move || {
        (next < paragraph.end).then(|| {
            let here = Span::new(next, near(text, paragraph, next).end);
            next = here.end;
            here
        })
    })
    .flat_map(move |here| word_spans(here.slice(text)).map(move |word| shifted(word, here.start)))
}

/// The first word that ends after `at` (or begins after it, if `begins`), in this paragraph or a later one.
fn next_word(text: &str, geometry: &Geometry, at: u32, begins: bool) -> Option<Span> {
    let first = geometry.paragraph_at(at).unwrap_or(0);
    geometry
        .paragraphs()
        .iter()
        .skip(first)
        .find_map(|paragraph| words_on(text, paragraph.span, at).find(|word| word.end > at && (!begins || word.start >= at)))
}

/// The last word that begins before `at`.
fn word_before(text: &str, geometry: &Geometry, at: u32) -> Option<Span> {
    let last = geometry.paragraph_at(at.saturating_sub(1)).unwrap_or(0);
    geometry.paragraphs().iter().take(last + 1).rev().find_map(|paragraph| {
        let mut to = at.min(paragraph.span.end);
        // Only a stretch without any word sends one further back.
        while to > paragraph.span.start {
            let near = near(text, paragraph.span, to);
            let found = word_spans(near.slice(text)).map(|word| shifted(word, near.start)).take_while(|word| word.start < at).last();
            if found.is_some() {
                return found;
            }
            to = near.start;
        }
        None
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

    #[test]
    fn a_character_is_what_a_reader_takes_for_one() {
        let check = |text: &str, letters: &[&str]| {
            let geometry = geometry(text);
            let mut at = Selection::caret(0);
            let mut found = Vec::new();
            for _ in letters {
                let next = at.moved(text, &geometry, Unit::Character, true, true);
                let letter = Span::new(at.head, next.head);
                assert_eq!(next.moved(text, &geometry, Unit::Character, false, true).head, at.head, "back over {:?}", letter.slice(text));
                for inside in letter.range() {
                    assert_eq!(whole_character(text, u32::try_from(inside).unwrap()), letter.start);
                }
                found.push(letter.slice(text));
                at = next;
            }
            assert_eq!(found, letters);
        };
        check("né👩‍👩‍👧x", &["n", "é", "👩‍👩‍👧", "x"]);
        check("e\u{301}a", &["e\u{301}", "a"]);
        check("سلام", &["س", "ل", "ا", "م"]);
    }

    #[test]
    fn words_of_a_paragraph_without_end_are_those_of_the_whole() {
        let text = format!("{} end. {} last", "word ".repeat(2_000), "x".repeat(9_000));
        let geometry = geometry(&text);
        let words: Vec<Span> = word_spans(&text).collect();
        let step = |at: u32, forward| Selection::caret(at).moved(&text, &geometry, Unit::Word, forward, false).head;
        for (index, word) in words.iter().enumerate().step_by(97).chain(words.iter().enumerate().rev().take(3)) {
            assert_eq!(Selection::word(&text, &geometry, word.start).map(Selection::span), Some(*word));
            assert_eq!(step(word.start, true), words.get(index + 1).map_or(word.start, |next| next.start));
            assert_eq!(step(word.start, false), index.checked_sub(1).map_or(0, |before| words[before].start));
        }
    }

    #[test]
    fn a_drag_takes_whole_words_and_sentences_to_both_sides() {
        let geometry = geometry(TEXT);
        let at = |words: &str| u32::try_from(TEXT.find(words).unwrap()).unwrap();
        let dragged = |from: &str, to: &str, grain| {
            let first = Selection::at(TEXT, &geometry, at(from), grain).unwrap().span();
            Selection::dragged(first, Selection::at(TEXT, &geometry, at(to) + 1, grain).unwrap().span())
        };
        for (from, to, grain, took, forwards) in [
            ("the", "minutes", Grain::Word, "the two minutes", true),
            ("minutes", "the", Grain::Word, "the two minutes", false),
            ("two", "two", Grain::Word, "two", true),
            ("two", "fine", Grain::Sentence, "It’s the two minutes. Aye, fine.", true),
            ("two", "Fine", Grain::Sentence, "Fine. It’s the two minutes.", false),
        ] {
            let found = dragged(from, to, grain);
            assert_eq!((words(found), found.anchor < found.head), (took, forwards), "{from} to {to}");
        }
    }

    #[test]
    fn a_caret_touches_what_holds_it_and_what_ends_at_it() {
        let passage = Span::new(4, 9);
        for (anchor, head, touches) in
            [(4, 4, true), (9, 9, true), (3, 3, false), (10, 10, false), (0, 4, false), (9, 12, false), (12, 8, true)]
        {
            assert_eq!(Selection { anchor, head }.touches(passage), touches, "{anchor}–{head}");
        }
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
