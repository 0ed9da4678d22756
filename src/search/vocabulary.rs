use std::collections::HashMap;
use std::io;
use std::sync::OnceLock;

use tantivy::termdict::TermDictionary;

use super::leaf::{WordTest, stem};

/// The different words of a segment, sorted, each known by its place. Scanning this flat list is many times faster
/// than running an automaton over the term dictionary.
#[derive(Debug, Default)]
pub(super) struct Vocabulary {
    letters: String,
    /// Where each word ends in `letters`.
    ends: Vec<usize>,
    /// The words of each stem.
    stems: OnceLock<HashMap<Box<str>, Vec<u32>>>,
}

impl Vocabulary {
    /// The words of a term dictionary.
    pub fn read(terms: &TermDictionary) -> io::Result<Self> {
        let mut stream = terms.stream()?;
        let mut vocabulary = Self::default();
        while stream.advance() {
            let word = std::str::from_utf8(stream.key()).map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))?;
            vocabulary.letters.push_str(word);
            vocabulary.ends.push(vocabulary.letters.len());
        }
        Ok(vocabulary)
    }

    fn word(&self, place: usize) -> &str {
        let start = place.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or_default();
        let end = self.ends.get(place).copied().unwrap_or_default();
        self.letters.get(start..end).unwrap_or_default()
    }

    /// The words that pass `test`, in order.
    pub fn passing(&self, test: &WordTest) -> Vec<&str> {
        match test {
            WordTest::Stem(wanted) => {
                let places = self.stems().get(wanted.as_str()).map(Vec::as_slice).unwrap_or_default();
                places.iter().map(|place| self.word(*place as usize)).collect()
            }
            WordTest::Exact(wanted) => self.beginning_with(wanted, test),
            WordTest::Wildcard(pieces) => self.beginning_with(pieces.first().map_or("", String::as_str), test),
            WordTest::Fuzzy { .. } | WordTest::Regex(_) => self.beginning_with("", test),
        }
    }

    /// Like [`Vocabulary::passing`] for a test that only words with these first letters can pass.
    fn beginning_with(&self, prefix: &str, test: &WordTest) -> Vec<&str> {
        let words = (self.first_not_below(prefix)..self.ends.len()).map(|place| self.word(place));
        words.take_while(|word| word.starts_with(prefix)).filter(|word| test.passes(word)).collect()
    }

    fn first_not_below(&self, wanted: &str) -> usize {
        let (mut low, mut high) = (0, self.ends.len());
        while low < high {
            let middle = low.midpoint(high);
            if self.word(middle) < wanted {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        low
    }

    fn stems(&self) -> &HashMap<Box<str>, Vec<u32>> {
        self.stems.get_or_init(|| {
            let mut stems: HashMap<Box<str>, Vec<u32>> = HashMap::new();
            for place in 0..self.ends.len() {
                let Ok(number) = u32::try_from(place) else { break };
                stems.entry(stem(self.word(place)).into()).or_default().push(number);
            }
            stems
        })
    }
}
