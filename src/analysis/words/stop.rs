use std::collections::HashSet;

use crate::text::{fold, tokens};

/// English words that hold sentences together and say little by themselves, folded. Negations, modal verbs and words for
/// people and quantities stay: interviews are about them.
const ENGLISH: &str = "a about after again all also am an and any are as at be because been before being between both but by did do does \
    doing down during each few for from further had has have having he he'd he'll he's her here here's hers herself him himself his how \
    how's i i'd i'll i'm i've if in into is it it's its itself just let's me more most my myself now of off on once only or other our ours \
    ourselves out over own same she she'd she'll she's so some such than that that's the their theirs them themselves then there there's \
    these they they'd they'll they're they've this those through to too under until up very was we we'd we'll we're we've were what what's \
    when when's where where's which while who who's whom why why's with you you'd you'll you're you've your yours yourself yourselves \
    aye er erm hm mhm mm mmm oh okay ok uh um yeah yes";

/// Words that are left out of counts, folded as the tokenizer folds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StopWords(HashSet<String>);

impl StopWords {
    /// Function words of English, and sounds of hesitation and agreement.
    #[must_use]
    pub fn english() -> Self {
        Self::of(ENGLISH)
    }

    /// The words of a text, in whatever order and however parted: a user's own list.
    #[must_use]
    pub fn of(text: &str) -> Self {
        Self(tokens(text).map(|token| token.folded).collect())
    }

    /// With the words of a text too.
    #[must_use]
    pub fn with(mut self, text: &str) -> Self {
        self.0.extend(Self::of(text).0);
        self
    }

    /// Whether a word is left out.
    #[must_use]
    pub fn has(&self, word: &str) -> bool {
        self.0.contains(fold(word).as_str())
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_left_out_however_they_are_written() {
        let english = StopWords::english();
        assert!(["The", "they’re", "It's", "YEAH"].iter().all(|word| english.has(word)));
        assert!(["not", "never", "no", "don't", "we-can", "people", "should", "all-in"].iter().all(|word| !english.has(word)));
        let own = StopWords::of("Café, obviously\nkind");
        assert!(own.has("cafe") && own.has("OBVIOUSLY") && !own.has("the"));
        assert_eq!((own.len(), own.with("more").len()), (3, 4));
        assert!(StopWords::default().is_empty());
    }
}
