use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use super::alignment::Quoted;
use super::key;
use super::wording::{Wanted, Wording};
use crate::text::geometry::Geometry;
use crate::text::paragraphs::ParagraphKind;
use crate::text::span::Span;
use crate::text::words::word_spans;

/// Square or round brackets with at most so many words are a note of the transcriber ("\[laughs\]"), which a report may leave out.
const LONGEST_ASIDE: usize = 4;

/// Votes of the rarest words that are read for one quotation.
const VOTES: usize = 60_000;

/// So many of the rarest pairs of words are asked for their places, whatever it costs.
const FEWEST_SEEDS: usize = 4;

/// A word that stands in no more places is looked for alone.
const RARE: usize = 48;

/// How many words a window reaches farther for each ellipsis.
const PER_ELLIPSIS: usize = 240;

/// More places of a pair of words are not asked: they would tell nothing apart.
const MOST_PLACES: usize = 100_000;

/// How many windows are compared word by word.
const WINDOWS: usize = 12;

/// And only those that have this part of what the best one has.
const PROMISING: (usize, usize) = (3, 5);

/// The words of many texts with the places where they stand; made once, asked for every quotation.
#[derive(Debug, Default)]
pub struct QuoteIndex {
    numbers: HashMap<Arc<str>, u32>,
    /// The words by their numbers, as they are compared.
    keys: Vec<Arc<str>>,
    /// Every word of every text, one after another, as a number.
    words: Vec<u32>,
    spans: Vec<Span>,
    /// Which of them stand in a note of the transcriber.
    asides: Vec<bool>,
    /// Which of them are written as names are.
    names: Vec<bool>,
    /// The words of each text.
    texts: Vec<Range<usize>>,
    /// For each number, where its places begin in `places`.
    starts: Vec<usize>,
    places: Vec<u32>,
}

impl QuoteIndex {
    /// The index of some texts, which are numbered in the order in which they come. Only words of paragraphs are in it: no
    /// furniture, no labels of speakers, no time stamps.
    pub fn of<'a>(texts: impl IntoIterator<Item = (&'a str, &'a Geometry)>) -> Self {
        let mut index = Self::default();
        for (text, geometry) in texts {
            index.add(text, geometry);
        }
        index.sort();
        index
    }

    fn add(&mut self, text: &str, geometry: &Geometry) {
        let from = self.words.len();
        for paragraph in geometry.paragraphs().iter().filter(|paragraph| paragraph.kind != ParagraphKind::Furniture) {
            let words = paragraph.span.slice(text);
            let asides = asides(words);
            for within in word_spans(words) {
                let span = Span::new(paragraph.span.start + within.start, paragraph.span.start + within.end);
                if geometry.words_in(span) == 0 {
                    continue;
                }
                let number = self.number(key(span.slice(text)));
                self.words.push(number);
                self.spans.push(span);
                self.asides.push(asides.iter().any(|aside| aside.covers(within)));
                self.names.push(is_name(words, within));
            }
        }
        self.texts.push(from..self.words.len());
    }

    fn number(&mut self, key: String) -> u32 {
        if let Some(number) = self.numbers.get(key.as_str()) {
            return *number;
        }
        let (key, number): (Arc<str>, _) = (key.into(), u32::try_from(self.keys.len()).unwrap_or(u32::MAX));
        self.keys.push(Arc::clone(&key));
        self.numbers.insert(key, number);
        number
    }

    /// Sorts the places by their words.
    fn sort(&mut self) {
        let mut starts = vec![0; self.numbers.len() + 1];
        for word in &self.words {
            if let Some(count) = starts.get_mut(*word as usize + 1) {
                *count += 1;
            }
        }
        let mut sum = 0;
        for start in &mut starts {
            sum += *start;
            *start = sum;
        }
        let mut next = starts.clone();
        let mut places = vec![0; self.words.len()];
        for (place, word) in self.words.iter().enumerate() {
            let Some(at) = next.get_mut(*word as usize) else { continue };
            if let Some(slot) = places.get_mut(*at) {
                *slot = u32::try_from(place).unwrap_or(u32::MAX);
            }
            *at += 1;
        }
        (self.starts, self.places) = (starts, places);
    }

    /// The places of a word, in order.
    fn places(&self, word: u32) -> &[u32] {
        let bounds = self.starts.get(word as usize).zip(self.starts.get(word as usize + 1));
        bounds.and_then(|(from, to)| self.places.get(*from..*to)).unwrap_or_default()
    }

    /// The numbers that a word of a quotation may have, in order; none when no text has it.
    pub(super) fn numbers_of(&self, wanted: &Wanted) -> Vec<u32> {
        let mut numbers: Vec<u32> = wanted.keys.iter().filter_map(|key| self.numbers.get(key.as_str())).copied().collect();
        if let Some(beginning) = &wanted.beginning {
            numbers.extend(self.numbers.iter().filter(|(word, _)| word.starts_with(beginning.as_str())).map(|(_, number)| *number));
        }
        numbers.sort_unstable();
        numbers.dedup();
        numbers
    }

    /// The words of a quotation as the table needs them; `numbers` are what [`QuoteIndex::numbers_of`] gives for each.
    pub(super) fn quoted(&self, wording: &Wording, numbers: &[Vec<u32>]) -> Vec<Quoted> {
        let key = |word: &Wanted| word.keys.first().cloned().unwrap_or_default();
        let is_joined = |word: usize| wording.joints.get(word).is_some_and(|joint| !joint.ellipsis && joint.inserted.is_none());
        let words = wording.words.iter().zip(numbers).enumerate().map(|(at, (word, numbers))| {
            let whole = key(word);
            let pair = |first: &str, second: &str| Some((*self.numbers.get(first)?, *self.numbers.get(second)?));
            let splits = whole.char_indices().skip(1).filter_map(|(cut, _)| whole.split_at_checked(cut));
            let pairs = word.pairs.iter().map(|(first, second)| (first.as_str(), second.as_str()));
            let splits = splits.chain(pairs).filter_map(|(first, second)| pair(first, second));
            let before = at.checked_sub(1).filter(|_| is_joined(at)).and_then(|before| wording.words.get(before)).map(key);
            let joined = before.into_iter().flat_map(|before| [format!("{before}{whole}"), format!("{before}'{whole}")]);
            let joined = joined.filter_map(|word| self.numbers.get(word.as_str()).copied()).collect();
            Quoted { numbers: numbers.clone(), split: splits.collect(), joined }
        });
        words.collect()
    }

    /// The words of a window, each with whether it stands in an aside.
    pub(super) fn words(&self, window: Range<usize>) -> (&[u32], &[bool]) {
        let (words, asides) = (self.words.get(window.clone()), self.asides.get(window));
        (words.unwrap_or_default(), asides.unwrap_or_default())
    }

    /// The words of a range of places, as they are compared.
    pub(super) fn keys(&self, range: Range<usize>) -> impl Iterator<Item = &str> {
        let words = self.words.get(range).unwrap_or_default();
        words.iter().filter_map(|word| self.keys.get(*word as usize)).map(AsRef::as_ref)
    }

    /// Whether a word is written as a name is.
    pub(super) fn is_name(&self, place: usize) -> bool {
        self.names.get(place).is_some_and(|is_name| *is_name)
    }

    /// Where a word stands in its text.
    pub(super) fn span(&self, place: usize) -> Span {
        self.spans.get(place).copied().unwrap_or_default()
    }

    /// The text in which a word stands.
    pub(super) fn text_of(&self, place: usize) -> usize {
        self.texts.partition_point(|text| text.end <= place)
    }

    /// The windows that have most in common with a quotation, the most promising first: each a range of words of one text.
    pub(super) fn windows(&self, wording: &Wording, numbers: &[Vec<u32>]) -> Vec<Range<usize>> {
        let ellipses = wording.joints.iter().filter(|joint| joint.ellipsis || joint.inserted.is_some()).count();
        let length = (2 * wording.len()).max(24) + PER_ELLIPSIS * ellipses.min(4);
        let seeds = self.seeds(wording, numbers);
        let mut votes: Vec<Vote> = Vec::new();
        for (seed, Seed { places, .. }) in seeds.iter().enumerate() {
            for place in places {
                let text = self.text_of(*place);
                let start = self.texts.get(text).map_or(0, |text| text.start);
                let bucket = (place - start) / length;
                // Buckets overlap by half, so that what lies across the end of one lies within the next.
                let both = [Some(bucket), bucket.checked_sub(1)];
                votes.extend(both.into_iter().flatten().map(|bucket| Vote { text, bucket, seed, place: *place }));
            }
        }
        votes.sort_unstable();
        let by_bucket = votes.chunk_by(|one, other| (one.text, one.bucket) == (other.text, other.bucket));
        let mut scored: Vec<(usize, Range<usize>)> = by_bucket.filter_map(|votes| self.window(votes, &seeds, wording.len())).collect();
        let best = scored.iter().map(|(score, _)| *score).max().unwrap_or(0);
        scored.retain(|(score, _)| score * PROMISING.1 >= best * PROMISING.0);
        scored.sort_unstable_by_key(|(score, window)| (std::cmp::Reverse(*score), window.start, window.end));
        scored.dedup_by(|one, other| one.1 == other.1);
        scored.into_iter().take(WINDOWS).map(|(_, window)| window).collect()
    }

    /// What the votes of one bucket have to say, and the words from the first to the last of them with room for those that did not
    /// vote.
    fn window(&self, votes: &[Vote], seeds: &[Seed], room: usize) -> Option<(usize, Range<usize>)> {
        let score = votes.chunk_by(|one, other| one.seed == other.seed).filter_map(|votes| seeds.get(votes.first()?.seed));
        let score = score.map(|seed| seed.weight).sum();
        let text = self.texts.get(votes.first()?.text)?;
        let places = || votes.iter().map(|vote| vote.place);
        let (first, last) = (places().min()?, places().max()?);
        Some((score, first.saturating_sub(room).max(text.start)..(last + 1 + room).min(text.end)))
    }

    /// Pairs of neighbouring words, and rare single words, with their places; the rarest first.
    fn seeds(&self, wording: &Wording, numbers: &[Vec<u32>]) -> Vec<Seed> {
        let count = |word: usize| numbers.get(word).map_or(0, |numbers| numbers.iter().map(|number| self.places(*number).len()).sum());
        let mut plans: Vec<(usize, usize, bool)> = Vec::new();
        for word in 0..wording.len() {
            let joined =
                word + 1 < wording.len() && wording.joints.get(word + 1).is_some_and(|joint| !joint.ellipsis && joint.inserted.is_none());
            let own: usize = count(word);
            plans.extend((own > 0 && (own <= RARE || wording.len() == 1)).then_some((own, word, false)));
            let cost = own.min(if joined { count(word + 1) } else { 0 });
            plans.extend((cost > 0).then_some((cost, word, true)));
        }
        if plans.is_empty() {
            plans.extend((0..wording.len()).map(|word| (count(word), word, false)).filter(|(cost, ..)| *cost > 0));
        }
        plans.sort_unstable();
        let mut spent = 0;
        let mut seeds = Vec::new();
        for (cost, word, is_pair) in plans {
            if seeds.len() >= FEWEST_SEEDS && spent + cost > VOTES {
                break;
            }
            spent += cost;
            let mut places = if is_pair { self.pair(numbers, word) } else { self.single(numbers, word) };
            places.truncate(MOST_PLACES);
            let rarity = self.words.len() / places.len().max(1);
            let weight = 1 + rarity.checked_ilog2().unwrap_or(0) as usize;
            seeds.extend((!places.is_empty()).then_some(Seed { places, weight }));
        }
        seeds
    }

    fn single(&self, numbers: &[Vec<u32>], word: usize) -> Vec<usize> {
        let numbers = numbers.get(word).map(Vec::as_slice).unwrap_or_default();
        numbers.iter().flat_map(|number| self.places(*number)).map(|place| *place as usize).collect()
    }

    /// Where a word of the quotation stands right before the next one.
    fn pair(&self, numbers: &[Vec<u32>], word: usize) -> Vec<usize> {
        let (Some(first), Some(second)) = (numbers.get(word), numbers.get(word + 1)) else { return Vec::new() };
        let is = |place: Option<usize>, numbers: &[u32]| {
            place.and_then(|place| self.words.get(place)).is_some_and(|number| numbers.contains(number))
        };
        let of = |numbers: &[u32]| numbers.iter().map(|number| self.places(*number).len()).sum::<usize>();
        if of(first) <= of(second) {
            self.single(numbers, word).into_iter().filter(|place| is(Some(place + 1), second)).collect()
        } else {
            let before = self.single(numbers, word + 1).into_iter().filter_map(|place| place.checked_sub(1));
            before.filter(|place| is(Some(*place), first)).collect()
        }
    }
}

/// One place that speaks for a bucket of words of a text.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Vote {
    text: usize,
    bucket: usize,
    seed: usize,
    place: usize,
}

/// Words of a quotation by which windows are found.
struct Seed {
    places: Vec<usize>,
    /// How much it says that they stand in a window.
    weight: usize,
}

/// Whether a word has a capital letter that does not come of the beginning of a sentence, and is not one that is cried out.
fn is_name(paragraph: &str, word: Span) -> bool {
    let before = paragraph.get(..word.start as usize).unwrap_or_default().trim_end_matches(|c: char| !c.is_alphanumeric() && !ends(c));
    let letters = word.slice(paragraph);
    let is_cried = letters.chars().nth(1).is_some() && !letters.contains(char::is_lowercase);
    letters.starts_with(char::is_uppercase) && !is_cried && before.chars().next_back().is_some_and(|c| !ends(c))
}

/// Whether a sentence may end with a sign.
const fn ends(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '…' | ':')
}

/// The notes of the transcriber in a paragraph.
fn asides(text: &str) -> Vec<Span> {
    let mut found = Vec::new();
    let mut open = None;
    for (at, c) in text.char_indices() {
        match c {
            '[' | '(' => open = Some(at),
            ']' | ')' => {
                let aside = open.take().map(|from| Span::of(from..at));
                found.extend(aside.filter(|aside| word_spans(aside.slice(text)).nth(LONGEST_ASIDE).is_none()));
            }
            _ => {}
        }
    }
    found
}
