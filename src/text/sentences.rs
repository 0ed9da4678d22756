use unicode_segmentation::UnicodeSegmentation as _;

use super::span::Span;

/// The sentences of `text` (UAX #29), trimmed, without the empty ones.
pub fn sentences(text: &str) -> impl Iterator<Item = Span> + '_ {
    text.split_sentence_bound_indices()
        .map(|(at, sentence)| Span::of(at..at + sentence.len()).trimmed(text))
        .filter(|span| !span.is_empty())
}

/// The sentence at byte `offset` of `text`; between two sentences the one before, else the first. Only what lies near is
/// read closely, so that a paragraph of a whole book is as quick as one of a line.
#[must_use]
pub fn sentence_at(text: &str, offset: u32) -> Option<Span> {
    let words = Span::of(0..text.len()).trimmed(text);
    if words.is_empty() {
        return None;
    }
    let mut at = text.floor_char_boundary(offset.clamp(words.start, words.end - 1) as usize);
    loop {
        let found = Span::of(bound_before(text, at)..bound_after(text, at)).trimmed(text);
        if !found.is_empty() && found.start as usize <= at {
            return Some(found);
        }
        // White space between two paragraphs is no sentence.
        at = text.floor_char_boundary(bound_before(text, at).checked_sub(1)?);
    }
}

/// Whether a sentence may end behind this sign or some signs later; behind others none does.
fn may_end(sign: char) -> bool {
    match sign {
        '.' | '?' | '!' | '\n' | '\r' | '\u{b}' | '\u{c}' => true,
        '\u{2010}'..='\u{201f}' => false,
        sign => !sign.is_ascii() && !sign.is_alphanumeric(),
    }
}

/// After so many signs without a bound the whole is read: it may be a text of nothing but signs.
const SIGNS: usize = 100;

/// The last place at or before `at` where a sentence begins.
fn bound_before(text: &str, at: usize) -> usize {
    let (before, _) = text.split_at_checked(at).unwrap_or((text, ""));
    for (count, (sign, _)) in before.char_indices().rev().filter(|(_, sign)| may_end(*sign)).enumerate() {
        if count == SIGNS {
            return text.split_sentence_bound_indices().map(|(bound, _)| bound).take_while(|bound| *bound <= at).last().unwrap_or(0);
        }
        if let Some(bound) = bounds_near(text, sign).take_while(|bound| *bound <= at).last() {
            return bound;
        }
    }
    0
}

/// The first place behind `at` where a sentence ends.
fn bound_after(text: &str, at: usize) -> usize {
    // What stands at `at` may belong to the end of a sentence that began to end before.
    let from = run_start(text, at);
    let (_, behind) = text.split_at_checked(from).unwrap_or((text, ""));
    for (count, (sign, _)) in behind.char_indices().filter(|(_, sign)| may_end(*sign)).enumerate() {
        if count == SIGNS {
            return text.split_sentence_bound_indices().map(|(bound, _)| bound).find(|bound| *bound > at).unwrap_or(text.len());
        }
        if let Some(bound) = bounds_near(text, from + sign).find(|bound| *bound > at) {
            return bound;
        }
    }
    text.len()
}

/// Where the run of signs and spaces begins in which `at` lies; `at` where it lies in a word.
fn run_start(text: &str, at: usize) -> usize {
    let (before, _) = text.split_at_checked(at).unwrap_or((text, ""));
    before.char_indices().rev().take_while(|(_, sign)| !sign.is_alphanumeric()).last().map_or(at, |(byte, _)| byte)
}

/// The bounds of sentences that the sign at byte `sign` may cause: they depend on a few letters before it, and on what
/// stands up to the next letters behind it.
fn bounds_near(text: &str, sign: usize) -> impl Iterator<Item = usize> + '_ {
    /// More than any rule looks at, in bytes.
    const AROUND: usize = 64;
    let from = text.floor_char_boundary(sign.saturating_sub(AROUND));
    let behind = text.get(sign..).unwrap_or_default();
    let letter = behind.char_indices().find(|(_, sign)| sign.is_alphanumeric()).map_or(behind.len(), |(byte, _)| byte);
    let to = text.ceil_char_boundary(sign.saturating_add(letter).saturating_add(AROUND));
    let bounds = text.get(from..to).unwrap_or_default().split_sentence_bound_indices().map(move |(at, _)| from + at);
    // Those further on are other signs', and what follows them may be cut off here.
    let last = sign + letter;
    bounds.filter(move |bound| *bound > sign && *bound <= last)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn sentences_are_trimmed() {
        let text = "It’s the two minutes. Is it? Aye… well.";
        let found: Vec<_> = sentences(text).map(|span| span.slice(text)).collect();
        assert_eq!(found, ["It’s the two minutes.", "Is it?", "Aye… well."]);
        assert_eq!(sentence_at(text, 26).map(|span| span.slice(text)), Some("Is it?"));
        assert_eq!(sentence_at("  ", 0), None);
    }

    /// The same by reading everything.
    fn by_all(text: &str, offset: u32) -> Option<Span> {
        let mut found = None;
        for span in sentences(text) {
            if found.is_some() && span.start > offset {
                break;
            }
            found = Some(span);
        }
        found
    }

    #[test]
    fn a_sentence_ends_by_what_follows_it_however_far_that_is() {
        let text = ".well“e\u{301}… Aye“ée.g. .)” .)” wellنعمA.B. ““😀… well";
        for offset in 0..u32::try_from(text.len()).unwrap() {
            assert_eq!(sentence_at(text, text.floor_char_boundary(offset as usize).try_into().unwrap()), by_all(text, offset), "{offset}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(500))]
        #[test]
        fn what_lies_near_tells_the_same_as_the_whole(pieces in proptest::collection::vec(proptest::sample::select(vec![
            "Aye", "well", "3", ".", ". ", "? ", "!", "… ", "e.g. ", "3.5", "\n", "\n\n", "“", "”", ") ", " (", "Dr. ", "。", "نعم", "؟ ", "é", "e\u{301}",
            "😀", " ", "  ", ", ", "-", "’", "A.B. ", "a", "A", "\u{2029}", "\u{a0}", "\u{200d}", "\r\n", ".)” ", "teatea",
        ]), 0..60)) {
            let text = pieces.concat();
            for (offset, _) in text.char_indices().chain([(text.len(), ' '), (text.len() + 9, ' ')]) {
                let offset = u32::try_from(offset).unwrap();
                prop_assert_eq!(sentence_at(&text, offset), by_all(&text, offset), "{} of {:?}", offset, text);
            }
        }
    }
}
