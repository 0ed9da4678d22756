use unicode_normalization::{UnicodeNormalization as _, char::is_combining_mark};
use unicode_segmentation::UnicodeSegmentation as _;

use super::span::{Span, clamp};

/// One word of a text as the tokenizer sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// Where the word stands.
    pub span: Span,
    /// The word folded by [`fold`], which is what is indexed and compared.
    pub folded: String,
}

/// The words of `text`, in order, by the word rules of Unicode (UAX #29).
///
/// This is the one tokenizer: word counts, selection by word, search and keywords all use it, so that they agree.
pub fn tokens(text: &str) -> impl Iterator<Item = Token> + '_ {
    word_spans(text).map(|span| Token { span, folded: fold(span.slice(text)) })
}

/// The spans of the words of `text`, in order: [`tokens`] without the folding.
pub fn word_spans(text: &str) -> impl Iterator<Item = Span> + '_ {
    text.unicode_word_indices().map(|(at, word)| Span::of(at..at + word.len()))
}

/// Number of words in `text`.
#[must_use]
pub fn word_count(text: &str) -> usize {
    text.unicode_word_indices().count()
}

/// `text` without the differences that a reader does not mean: case, accents, compatibility forms and
/// curly apostrophes (NFKD without marks, lower case).
#[must_use]
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    text.nfkd()
        .filter(|c| !is_combining_mark(*c))
        .map(|c| if c == '\u{2019}' || c == '\u{2018}' { '\'' } else { c })
        .flat_map(char::to_lowercase)
        .collect::<String>()
        .nfkd()
        .filter(|c| !is_combining_mark(*c))
        .collect()
}

/// The word at byte `offset` of `text`, or the nearest one before it in the same text; `None` when there is none.
#[must_use]
pub fn word_at(text: &str, offset: u32) -> Option<Span> {
    let mut before = None;
    for span in word_spans(text) {
        if span.start > offset {
            break;
        }
        before = Some(span);
        if span.contains(offset) {
            break;
        }
    }
    before.or_else(|| word_spans(text).next())
}

/// Length of `text` in bytes as an offset.
pub(super) fn length(text: &str) -> u32 {
    clamp(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        tokens(text).map(|token| token.folded).collect()
    }

    #[test]
    fn words_are_folded_and_keep_their_place() {
        assert_eq!(words("Couldn’t share the café’s WIFI."), ["couldn't", "share", "the", "cafe's", "wifi"]);
        assert_eq!(words("co-location, 3.5 %"), ["co", "location", "3.5"]);
        let text = "— well, aye";
        let spans: Vec<_> = tokens(text).map(|token| token.span.slice(text).to_owned()).collect();
        assert_eq!(spans, ["well", "aye"]);
    }

    #[test]
    fn folding_twice_changes_nothing() {
        for text in ["Straße ﬁn İstanbul ΣΑΣ", "naïve e\u{301}", "“Quoted”"] {
            assert_eq!(fold(&fold(text)), fold(text));
        }
    }

    #[test]
    fn a_word_is_found_from_inside_and_after_it() {
        let text = "one  two";
        assert_eq!(word_at(text, 1).map(|span| span.slice(text)), Some("one"));
        assert_eq!(word_at(text, 4).map(|span| span.slice(text)), Some("one"));
        assert_eq!(word_at(text, 7).map(|span| span.slice(text)), Some("two"));
        assert_eq!(word_at("…", 0), None);
    }
}
