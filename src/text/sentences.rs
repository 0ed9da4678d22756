use unicode_segmentation::UnicodeSegmentation as _;

use super::span::Span;

/// The sentences of `text` (UAX #29), trimmed, without the empty ones.
pub fn sentences(text: &str) -> impl Iterator<Item = Span> + '_ {
    text.split_sentence_bound_indices()
        .map(|(at, sentence)| Span::of(at..at + sentence.len()).trimmed(text))
        .filter(|span| !span.is_empty())
}

/// The sentence at byte `offset` of `text`; between two sentences the one before, else the first.
#[must_use]
pub fn sentence_at(text: &str, offset: u32) -> Option<Span> {
    let mut found = None;
    for span in sentences(text) {
        if found.is_some() && span.start > offset {
            break;
        }
        found = Some(span);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_are_trimmed() {
        let text = "It’s the two minutes. Is it? Aye… well.";
        let found: Vec<_> = sentences(text).map(|span| span.slice(text)).collect();
        assert_eq!(found, ["It’s the two minutes.", "Is it?", "Aye… well."]);
        assert_eq!(sentence_at(text, 26).map(|span| span.slice(text)), Some("Is it?"));
        assert_eq!(sentence_at("  ", 0), None);
    }
}
