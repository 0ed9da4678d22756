use std::collections::HashMap;
use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation as _;

use super::align::{Run, align};
use super::span::Span;
use super::words::fold;

/// A run of kept words between two changes is chance when the changes are so many times as long: "the" stands in any
/// two sentences.
const CHANCE: usize = 4;

/// Which words of a text are kept in another version of it, and where they stand there.
///
/// Words and signs are compared one by one as [`fold`] sees them; white space never counts, so that a text broken into
/// other lines is the same text. Lines that are kept whole are found first. Inside of changed lines, a few words that
/// agree between changes at least four times as long are taken for chance.
#[derive(Clone, Debug)]
pub struct EditScript {
    /// The words and signs of the old text, in order.
    old: Vec<Old>,
    /// Those of the new text.
    new: Vec<New>,
}

/// A word or sign of the old text.
#[derive(Clone, Copy, Debug)]
struct Old {
    span: Span,
    /// Whether it is a word: has a letter or digit.
    is_word: bool,
    /// Index in the new text, when it is kept.
    kept: Option<usize>,
    /// Whether it is the same there to the letter.
    same: bool,
}

/// A word or sign of the new text.
#[derive(Clone, Copy, Debug)]
struct New {
    span: Span,
    line: usize,
}

impl EditScript {
    /// What becomes of the words of `old` in `new`.
    #[must_use]
    pub fn between(old: &str, new: &str) -> Self {
        let mut names = HashMap::new();
        let (before, after) = (Pieces::of(old, &mut names), Pieces::of(new, &mut names));
        let mut kept = vec![None; before.names.len()];
        for run in runs(&before, &after) {
            for step in 0..run.len {
                if let Some(place) = kept.get_mut(run.old + step) {
                    *place = Some(run.new + step);
                }
            }
        }
        let spans = after.spans;
        let same = |span: Span, place: usize| spans.get(place).is_some_and(|there| there.slice(new) == span.slice(old));
        let pieces = before.spans.iter().zip(before.words).zip(kept);
        let old = pieces
            .map(|((span, is_word), kept)| Old { span: *span, is_word, kept, same: kept.is_some_and(|place| same(*span, place)) })
            .collect();
        let line_of = |index: usize| after.lines.partition_point(|line| line.end <= index);
        let new = spans.iter().enumerate().map(|(index, span)| New { span: *span, line: line_of(index) }).collect();
        Self { old, new }
    }

    /// Where the words of `span` stand in the new text; `None` when none of them is kept.
    ///
    /// The new span goes from the first kept word or sign of the old one to the last, whatever was changed in between.
    /// Words at an end that were replaced are still its end: where every word of the replaced ones lay in `span` and the
    /// new ones stand on the same line as the next kept one, the new ones belong to it. Words that were only left out, or
    /// whose replacement reaches beyond `span`, shorten it; words that were only put in before or after it do not belong
    /// to it. A span that ends inside of a word ends at the same letter; inside of a word whose letters changed, it takes
    /// all of the word.
    #[must_use]
    pub fn map(&self, span: Span) -> Option<Span> {
        let first = self.old.partition_point(|piece| piece.span.end <= span.start);
        let end = self.old.partition_point(|piece| piece.span.start < span.end);
        let within = self.old.get(first..end)?;
        let has_words = within.iter().any(|piece| piece.is_word);
        within.iter().find(|piece| piece.kept.is_some() && piece.is_word == has_words)?;
        let lead = first + within.iter().position(|piece| piece.kept.is_some())?;
        let tail = first + within.iter().rposition(|piece| piece.kept.is_some())?;
        let start = if lead > first { self.replaced_before(lead, span) } else { None };
        let start = start.or_else(|| self.offset(lead, span.start, false))?;
        let finish = if tail + 1 < end { self.replaced_after(tail, span) } else { None };
        let finish = finish.or_else(|| self.offset(tail, span.end, true))?;
        (start < finish).then_some(Span { start, end: finish })
    }

    /// Where the new words begin that replace the ones before the kept piece `lead`, when they belong to `span`.
    fn replaced_before(&self, lead: usize, span: Span) -> Option<u32> {
        let before = self.old.get(..lead)?.iter().rposition(|piece| piece.kept.is_some());
        let gone = self.old.get(before.map_or(0, |before| before + 1))?;
        let from = before.and_then(|before| self.old.get(before)?.kept).map_or(0, |place| place + 1);
        let next = self.old.get(lead)?.kept?;
        let replacement = self.new.get(from..next)?.first()?;
        (span.start <= gone.span.start && replacement.line == self.new.get(next)?.line).then_some(replacement.span.start)
    }

    /// Where the new words end that replace the ones after the kept piece `tail`, when they belong to `span`.
    fn replaced_after(&self, tail: usize, span: Span) -> Option<u32> {
        let after = self.old.get(tail + 1..)?.iter().position(|piece| piece.kept.is_some()).map(|after| tail + 1 + after);
        let gone = self.old.get(after.unwrap_or(self.old.len()).checked_sub(1)?)?;
        let to = after.and_then(|after| self.old.get(after)?.kept).unwrap_or(self.new.len());
        let last = self.old.get(tail)?.kept?;
        let replacement = self.new.get(last + 1..to)?.last()?;
        (gone.span.end <= span.end && replacement.line == self.new.get(last)?.line).then_some(replacement.span.end)
    }

    /// Where `offset` of the old text, which lies in the kept piece `index` or beyond the edge of it, is in the new one.
    fn offset(&self, index: usize, offset: u32, is_end: bool) -> Option<u32> {
        let old = self.old.get(index)?;
        let new = self.new.get(old.kept?)?.span;
        let inside = old.same && old.span.start < offset && offset < old.span.end;
        Some(match (inside, is_end) {
            (true, _) => new.start + (offset - old.span.start),
            (false, true) => new.end,
            (false, false) => new.start,
        })
    }
}

/// A text cut into what is compared.
#[derive(Default)]
struct Pieces {
    /// The words and signs, without white space.
    spans: Vec<Span>,
    /// Which of them are words.
    words: Vec<bool>,
    /// Each as a number: the same for the same word.
    names: Vec<u32>,
    /// The lines as ranges of pieces; empty ones are left out.
    lines: Vec<Range<usize>>,
    /// Each line as a number.
    line_names: Vec<u32>,
}

impl Pieces {
    fn of(text: &str, names: &mut HashMap<String, u32>) -> Self {
        let mut pieces = Self::default();
        let mut number = |word: String| {
            let next = u32::try_from(names.len()).unwrap_or(u32::MAX);
            *names.entry(word).or_insert(next)
        };
        let mut start = 0;
        for line in text.split_inclusive('\n') {
            let from = pieces.spans.len();
            let mut folded = String::from("\n");
            for (at, piece) in line.split_word_bound_indices() {
                let span = Span::of(start + at..start + at + piece.len()).trimmed(text);
                if span.is_empty() {
                    continue;
                }
                let word = fold(span.slice(text));
                folded.push_str(&word);
                folded.push(' ');
                pieces.spans.push(span);
                pieces.words.push(piece.contains(char::is_alphanumeric));
                pieces.names.push(number(word));
            }
            if pieces.spans.len() > from {
                pieces.lines.push(from..pieces.spans.len());
                pieces.line_names.push(number(folded));
            }
            start += line.len();
        }
        pieces
    }

    /// Number of words among some pieces.
    fn words_in(&self, pieces: Range<usize>) -> usize {
        self.words.get(pieces).map_or(0, |words| words.iter().filter(|is_word| **is_word).count())
    }
}

/// What is kept: whole lines first, then words and signs between them.
fn runs(old: &Pieces, new: &Pieces) -> Vec<Run> {
    let mut all = Vec::new();
    let (mut old_from, mut new_from) = (0, 0);
    let end = Run { old: old.lines.len(), new: new.lines.len(), len: 0 };
    for lines in align(&old.line_names, &new.line_names).into_iter().chain([end]) {
        let line = |pieces: &Pieces, line: usize| pieces.lines.get(line).map_or(pieces.spans.len(), |line| line.start);
        let (old_to, new_to) = (line(old, lines.old), line(new, lines.new));
        let gap = (old.names.get(old_from..old_to), new.names.get(new_from..new_to));
        if let (Some(old_words), Some(new_words)) = gap {
            let found = align(old_words, new_words).into_iter();
            let found: Vec<_> = found.map(|run| Run { old: run.old + old_from, new: run.new + new_from, ..run }).collect();
            all.extend(without_chance(found, old, new, (old_from..old_to, new_from..new_to)));
        }
        old_from = line(old, lines.old + lines.len);
        new_from = line(new, lines.new + lines.len);
        if lines.len > 0 {
            all.push(Run { old: old_to, new: new_to, len: old_from - old_to });
        }
    }
    all
}

/// The runs inside changed lines without those that agree by chance.
fn without_chance(runs: Vec<Run>, old: &Pieces, new: &Pieces, (in_old, in_new): (Range<usize>, Range<usize>)) -> Vec<Run> {
    // The change between two runs, as the number of words left out and put in.
    let change = |before: Option<&Run>, after: Option<&Run>| {
        let from = before.map_or((in_old.start, in_new.start), |run| (run.old + run.len, run.new + run.len));
        let to = after.map_or((in_old.end, in_new.end), |run| (run.old, run.new));
        (from != to).then(|| (old.words_in(from.0..to.0), new.words_in(from.1..to.1)))
    };
    let mut kept: Vec<Run> = Vec::with_capacity(runs.len());
    let mut rest = runs.into_iter().peekable();
    while let Some(run) = rest.next() {
        kept.push(run);
        let next = rest.peek();
        while let Some((last, others)) = kept.split_last()
            && let (Some(before), Some(after)) = (change(others.last(), Some(last)), change(Some(last), next))
            && is_chance(old.words_in(last.old..last.old + last.len), before, after)
        {
            kept.pop();
        }
    }
    kept
}

/// Whether so many words between two changes (words left out, words put in) are chance.
fn is_chance(words: usize, before: (usize, usize), after: (usize, usize)) -> bool {
    let (left_out, put_in) = (before.0 + after.0, before.1 + after.1);
    left_out > 0 && put_in > 0 && words * CHANCE <= left_out.max(put_in)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Maps the words `words` of `old`, which stand there once, and gives what they are in `new`.
    fn mapped<'new>(old: &str, new: &'new str, words: &str) -> Option<&'new str> {
        let at = old.find(words).unwrap();
        let span = EditScript::between(old, new).map(Span::of(at..at + words.len()));
        span.map(|span| {
            assert_eq!(span, span.trimmed(new));
            span.slice(new)
        })
    }

    #[test]
    fn passages_follow_their_words() {
        let old = "I: Who was there?\nR: Well, John told me the forms were late, aye. And Mary knew.\nR: So it goes.\n";
        let new = "Interview one\nI: Who was there?\nR: Well, [colleague 1] told me the forms were very late, aye.\nR: So it goes.\n";
        for (words, expected) in [
            ("Who was there?", Some("Who was there?")),
            ("So it goes.", Some("So it goes.")),
            // Changed inside: both ends stay.
            ("Well, John told me", Some("Well, [colleague 1] told me")),
            ("the forms were late, aye.", Some("the forms were very late, aye.")),
            // Replaced at an end: the new words are the end.
            ("John told me", Some("[colleague 1] told me")),
            ("Well, John", Some("Well, [colleague 1]")),
            // Left out at an end: shorter.
            ("late, aye. And Mary knew.", Some("late, aye.")),
            // Gone.
            ("John", None),
            ("And Mary knew.", None),
            // Inside of words.
            ("ld me the fo", Some("ld me the fo")),
        ] {
            assert_eq!(mapped(old, new, words), expected, "{words}");
        }
    }

    #[test]
    fn what_replaces_more_than_the_passage_is_not_taken() {
        let old = "R: It was John Smith who came late on that day.";
        let new = "R: It was [colleague] who came late on that day.";
        assert_eq!(mapped(old, new, "It was John"), Some("It was"));
        assert_eq!(mapped(old, new, "Smith who came"), Some("who came"));
        assert_eq!(mapped(old, new, "John Smith who"), Some("[colleague] who"));
        assert_eq!(mapped("R: Gone came home.", "R: came home.\n", "Gone came"), Some("came"));
        assert_eq!(mapped("R: Aye came home.", "R: Aye [long pause] came home.\n", "came home."), Some("came home."));
    }

    #[test]
    fn words_that_agree_by_chance_are_not_kept() {
        let old =
            "R: Before.\nR: In the end the manager took all of the rotas home and never once gave them back to the ward.\nR: After.\n";
        let new = "R: Before.\nR: [Taken out at the participant’s wish.]\nR: After.\n";
        for words in ["the manager took all of the rotas home", "gave them back to the ward."] {
            assert_eq!(mapped(old, new, words), None, "{words}");
        }
        assert_eq!(mapped(old, new, "After."), Some("After."));
    }

    #[test]
    fn case_accents_apostrophes_and_line_breaks_are_no_change() {
        let old = "R: we couldn't share the cafe wifi at all.";
        let new = "R: We couldn’t\n share the café WIFI at   all.";
        assert_eq!(mapped(old, new, "we couldn't share the cafe wifi at all."), Some("We couldn’t\n share the café WIFI at   all."));
        assert_eq!(mapped(old, new, "afe wif"), Some("café WIFI"), "of a word whose letters changed, all is taken");
    }

    #[test]
    fn signs_alone_are_followed_too() {
        assert_eq!(mapped("R: Ha 😀 so.", "R: Ha now 😀 so.", "😀"), Some("😀"));
        assert_eq!(mapped("R: Ha e\u{301}t 😀.", "R: 😀 Ha e\u{301}t 👩‍👩‍👧.", "e\u{301}t"), Some("e\u{301}t"));
        assert_eq!(mapped("Ha 😀.", "Ha.", "😀"), None);
    }

    /// Texts with emoji, combining marks and lines.
    fn some_text() -> impl Strategy<Value = String> {
        "([a-d]{1,2}|😀|e\u{301}|ﬁ|[.,’] |\n| ){0,40}"
    }

    proptest! {
        #[test]
        fn an_unchanged_text_leaves_every_span(text in some_text(), start in 0usize..90, len in 0usize..40) {
            let span = Span::of(start..start + len).trimmed(&text);
            let found = EditScript::between(&text, &text).map(span);
            prop_assert_eq!(found, (!span.is_empty()).then_some(span));
        }

        #[test]
        fn spans_lie_on_boundaries_whatever_the_texts(old in some_text(), new in some_text(), start in 0u32..90, len in 0u32..40) {
            let span = Span::new(start, start + len).trimmed(&old);
            if let Some(found) = EditScript::between(&old, &new).map(span) {
                prop_assert_eq!(found, found.trimmed(&new));
                prop_assert!(!found.is_empty());
            }
        }

        /// Words that occur once, of which some lines are left out and others put in: every word that stays is found.
        #[test]
        fn lines_elsewhere_change_no_words(fates in proptest::collection::vec((0usize..4, 0usize..3), 1..20), at in 0usize..20) {
            let line = |number: usize| format!("R: w{number}a w{number}b, 😀 w{number}c.\n");
            let old: String = (0..fates.len()).map(line).collect();
            let mut new = Vec::new();
            for (number, (fate, added)) in fates.iter().enumerate() {
                new.extend((0..*added).map(|extra| format!("R: new{number}x{extra} e\u{301}.\n")));
                new.extend((*fate > 0).then(|| line(number)));
            }
            let new = new.concat();
            let number = at % fates.len();
            let words = format!("w{number}a w{number}b, 😀 w{number}c.");
            let expected = (fates[number].0 > 0).then_some(words.as_str());
            prop_assert_eq!(mapped(&old, &new, &words), expected);
        }

        /// Going there over a text between them is as good as going there at once.
        #[test]
        fn scripts_follow_one_another(fates in proptest::collection::vec(0usize..4, 1..24), from in 0usize..24, len in 1usize..8) {
            let text = |left: usize| -> String {
                let words = fates.iter().enumerate().filter(|(_, fate)| **fate > left);
                words.map(|(number, _)| [format!("w{number}"), if number % 5 == 0 { "\n".into() } else { " ".into() }].concat()).collect()
            };
            let (first, second, third) = (text(0), text(1), text(2));
            let words: Vec<Span> = crate::text::word_spans(&first).collect();
            prop_assume!(!words.is_empty());
            let from = from % words.len();
            let span = words[from].hull(words[(from + len).min(words.len() - 1)]);
            let by_steps = EditScript::between(&first, &second).map(span).and_then(|span| EditScript::between(&second, &third).map(span));
            prop_assert_eq!(by_steps, EditScript::between(&first, &third).map(span));
            let kept: Vec<&str> = span.slice(&first).split_whitespace().filter(|word| third.split_whitespace().any(|other| other == *word)).collect();
            let found: Vec<&str> = by_steps.map_or("", |span| span.slice(&third)).split_whitespace().collect();
            prop_assert_eq!(found, kept);
        }
    }
}
