use regex::Regex;
use rust_stemmers::{Algorithm, Stemmer};

use super::together::Together;
use crate::query::{Expression, Query, within};
use crate::text::fold;

/// What a part of a query asks of the words of a paragraph, ready to run.
#[derive(Clone, Debug)]
pub enum Leaf {
    /// That one of them passes a test.
    Word(WordTest),
    /// That several stand together.
    Together(Together),
    /// That a regular expression is found in the folded text.
    Text(Regex),
}

impl Leaf {
    /// What `query` asks, if it asks something of words that can be read.
    #[must_use]
    pub fn of(query: &Query) -> Option<Self> {
        Some(match query {
            Query::Word { word, stemmed: true } => Self::Word(WordTest::Stem(stem(&fold(word)))),
            Query::Word { word, stemmed: false } => Self::Word(WordTest::Exact(fold(word))),
            Query::Wildcard(pattern) => Self::Word(WordTest::Wildcard(fold(pattern).split('*').map(str::to_owned).collect())),
            Query::Fuzzy { word, distance } => {
                Self::Word(WordTest::Fuzzy { letters: fold(word).chars().collect(), distance: usize::from(*distance) })
            }
            Query::Regex(source) => match Expression::new(source).ok()? {
                Expression::Word(regex) => Self::Word(WordTest::Regex(regex)),
                Expression::Text(regex) => Self::Text(regex),
            },
            Query::Phrase(words) => Self::Together(Together::new(words, None)),
            Query::Near { words, distance } => Self::Together(Together::new(words, Some(*distance))),
            Query::All | Query::Nothing | Query::And(_) | Query::Or(_) | Query::Not(_) | Query::Field { .. } => return None,
        })
    }
}

/// A test of one folded word.
#[derive(Clone, Debug)]
pub enum WordTest {
    /// Is this word.
    Exact(String),
    /// Has this stem.
    Stem(String),
    /// Holds these pieces in order, the first at its beginning and the last at its end.
    Wildcard(Vec<String>),
    /// Differs from these letters in no more than `distance`.
    Fuzzy {
        /// The letters.
        letters: Vec<char>,
        /// How many may differ.
        distance: usize,
    },
    /// Matches as a whole.
    Regex(Regex),
}

impl WordTest {
    /// Whether a folded word passes.
    #[must_use]
    pub fn passes(&self, word: &str) -> bool {
        match self {
            Self::Exact(wanted) => word == wanted,
            Self::Stem(wanted) => stem(word) == *wanted,
            Self::Wildcard(pieces) => holds(pieces, word).is_some(),
            Self::Fuzzy { letters, distance } => {
                // Most words are too long or too short, which their bytes tell at once.
                word.len() + distance >= letters.len() && within(letters, &word.chars().collect::<Vec<_>>(), *distance).is_some()
            }
            Self::Regex(regex) => regex.is_match(word),
        }
    }
}

/// The stem of a folded English word.
pub(super) fn stem(word: &str) -> String {
    Stemmer::create(Algorithm::English).stem(word).into_owned()
}

fn holds(pieces: &[String], word: &str) -> Option<()> {
    let (first, rest) = pieces.split_first()?;
    let (last, middle) = rest.split_last()?;
    let inner = word.strip_prefix(first.as_str())?.strip_suffix(last.as_str())?;
    let left = |inner: &'_ str, piece: &String| inner.find(piece.as_str()).map(|at| at + piece.len());
    let mut at = 0;
    for piece in middle {
        at += left(inner.get(at..)?, piece)?;
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::parse;

    fn passes(query: &str, word: &str) -> bool {
        match Leaf::of(&parse(query).query) {
            Some(Leaf::Word(test)) => test.passes(&fold(word)),
            other => panic!("{query} is {other:?}"),
        }
    }

    #[test]
    fn words_are_tested() {
        for (query, yes, no) in [
            ("leaders", "leader", "leadership"),
            ("Leading", "leads", "leader"),
            ("\"leader\"", "Leader", "leaders"),
            ("caf*", "café", "decaf"),
            ("*ship", "leadership", "ships"),
            ("w*d", "world", "words"),
            ("*or*", "world", "wald"),
            ("a*b*b", "axbyb", "ab"),
            ("protocl~1", "protocol", "protocols"),
            ("cafe~1", "Cafés", "coffee"),
            ("/lead(er|ing)/", "LEADING", "leadings"),
        ] {
            assert!(passes(query, yes), "{query} {yes}");
            assert!(!passes(query, no), "{query} {no}");
        }
    }
}
