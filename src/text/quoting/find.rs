use std::ops::Range;

use super::alignment::{self, Move, Way};
use super::chance;
use super::index::QuoteIndex;
use super::stretches::{Step, Stretch, stretches};
use super::wording::Wording;
use crate::text::span::Span;

/// How many places that say the same are given.
const MOST_PLACES: usize = 12;

/// Words that were put in and may be somebody else's: as many as this in a row.
const FEWEST_ELSEWHERE: usize = 5;

/// So much of a quotation is there when it is near to a place.
const MOST: (usize, usize) = (3, 5);

/// Or so many of its words in a row, where they are at least one in [`ROW_OF`].
const IN_A_ROW: usize = 6;
const ROW_OF: usize = 4;

/// Where a quotation was found, and how near it is to what stands there.
#[derive(Clone, Debug, PartialEq)]
pub struct Match {
    /// Number of the text in the index.
    pub text: usize,
    /// What became of the words, in order.
    pub stretches: Vec<Stretch>,
    /// Share of words that the quotation and the source's stretch have in common, of all in both; 1 is word for word, also with
    /// ellipses and insertions.
    pub similarity: f64,
    /// The words of the quotation that are compared with nothing here: a long run of words that the source has not. Indices of words.
    added: Vec<Range<usize>>,
}

impl Match {
    /// Whether every word is the source's, but for what ellipses and brackets show.
    #[must_use]
    pub fn is_exact(&self) -> bool {
        !self.stretches.iter().any(|stretch| stretch.step.is_difference())
    }

    /// Whether so much of the quotation is there that it is no chance: most of its words, or many of them in a row.
    #[must_use]
    pub fn is_near(&self) -> bool {
        let count = |is: &dyn Fn(Step) -> bool| self.stretches.iter().filter(|it| is(it.step)).map(|it| it.quoted_words).sum::<usize>();
        let (kept, all) = (count(&|step| step == Step::Kept), count(&|_| true));
        let runs = self.stretches.iter().filter(|it| it.step == Step::Kept).map(|it| it.quoted_words);
        let longest = runs.max().unwrap_or(0);
        kept * MOST.1 >= all * MOST.0 || longest >= IN_A_ROW && longest * ROW_OF >= all
    }

    /// Whether words are left out or put in, and the quotation shows it.
    #[must_use]
    pub fn is_marked(&self) -> bool {
        self.stretches.iter().any(|stretch| matches!(stretch.step, Step::LeftOut | Step::Swallowed | Step::Inserted | Step::Replaced))
    }

    /// What the quotation has otherwise than the source: what it does unseen and must not, and what brackets put in the place of words.
    pub fn differences(&self) -> impl Iterator<Item = &Stretch> {
        self.stretches.iter().filter(|stretch| stretch.step.alters())
    }

    /// Where the words stand that are quoted, in order: not those between them that were left out.
    #[must_use]
    pub fn spans(&self) -> Vec<Span> {
        let mut spans: Vec<Span> = Vec::new();
        let mut joins = false;
        for stretch in &self.stretches {
            match stretch.step {
                Step::Kept | Step::Changed if !stretch.source.is_empty() => {
                    match spans.last_mut().filter(|_| joins) {
                        Some(last) => *last = last.hull(stretch.source),
                        None => spans.push(stretch.source),
                    }
                    joins = true;
                }
                Step::LeftOut | Step::Swallowed | Step::Missing => joins = false,
                _ => {}
            }
        }
        spans
    }
}

impl QuoteIndex {
    /// The places that are nearest to a quotation, all equally near, in the order of texts; none when no text has anything like it.
    #[must_use]
    pub fn find(&self, wording: &Wording) -> Vec<Match> {
        if wording.is_empty() {
            return Vec::new();
        }
        let numbers: Vec<Vec<u32>> = wording.words.iter().map(|word| self.numbers_of(word)).collect();
        let quoted = self.quoted(wording, &numbers);
        let mut found: Vec<(u32, usize, usize, Way)> = Vec::new();
        for window in self.windows(wording, &numbers) {
            let (words, asides) = self.words(window.clone());
            let way = alignment::align(&quoted, &wording.joints, words, asides);
            let moves = self.with_other_ends(chance::without(way.moves), &window);
            let way = Way { moves, ..way };
            let first = way.moves.iter().find_map(|step| match step {
                Move::Kept { source, .. } => Some(window.start + source),
                _ => None,
            });
            found.extend(first.map(|first| (way.cost, first, window.start, way)));
        }
        let Some(least) = found.iter().map(|(cost, ..)| *cost).min() else { return Vec::new() };
        found.retain(|(cost, ..)| *cost == least);
        found.sort_by_key(|(_, first, from, _)| (*first, *from));
        // Windows overlap.
        found.dedup_by_key(|(_, first, ..)| *first);
        found.into_iter().take(MOST_PLACES).map(|(_, first, from, way)| self.made(wording, &way, first, from)).collect()
    }

    /// What a match cannot account for, looked for again: runs of words that the source has not and that stand somewhere else.
    /// Each with its words in the quotation and the place.
    #[must_use]
    pub fn find_added(&self, wording: &Wording, found: &Match) -> Vec<(Span, Match)> {
        let long = found.added.iter().filter(|run| run.len() >= FEWEST_ELSEWHERE);
        let elsewhere = long.filter_map(|run| {
            let part = wording.part(run.start, run.end);
            let words = part.words.first()?.span.hull(part.words.last()?.span);
            Some((words, self.find(&part).into_iter().next()?))
        });
        elsewhere.collect()
    }

    /// A word at an end that the source has not stands for the source's word in the same place, if nothing but a space is between
    /// that one and the words that are kept; else a sentence ends there and the word was put in.
    fn with_other_ends(&self, mut moves: Vec<Move>, window: &Range<usize>) -> Vec<Move> {
        let is_beside = |before: usize, after: usize| {
            window.contains(&before) && window.contains(&after) && self.span(before).end + 1 == self.span(after).start
        };
        if let [.., last, end] = moves.as_mut_slice()
            && let (Move::Kept { source, .. }, Move::Added { quoted }) = (*last, *end)
            && is_beside(window.start + source, window.start + source + 1)
        {
            *end = Move::Changed { quoted, source: source + 1 };
        }
        if let [end, first, ..] = moves.as_mut_slice()
            && let (Move::Added { quoted }, Move::Kept { source, .. }) = (*end, *first)
            && let Some(before) = source.checked_sub(1)
            && is_beside(window.start + before, window.start + source)
        {
            *end = Move::Changed { quoted, source: before };
        }
        moves
    }

    fn made(&self, wording: &Wording, way: &Way, first: usize, from: usize) -> Match {
        let stretches = stretches(self, wording, &way.moves, from);
        let count = |of: &dyn Fn(&Stretch) -> usize, is: &dyn Fn(Step) -> bool| -> usize {
            stretches.iter().filter(|stretch| is(stretch.step)).map(of).sum()
        };
        let kept = count(&|it| it.quoted_words.max(it.source_words), &|step| step == Step::Kept);
        let different = count(&|it| it.quoted_words + it.source_words, &Step::is_difference);
        let all = 2 * kept + different;
        let similarity = if all == 0 { 0.0 } else { 2.0 * kept as f64 / all as f64 };
        Match { text: self.text_of(first), similarity, added: added(&way.moves), stretches }
    }
}

/// The runs of words of the quotation that stand for nothing in the source, or for other words. A kept word between two such
/// runs parts them.
fn added(moves: &[Move]) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    for step in moves {
        let (Move::Added { quoted } | Move::Changed { quoted, .. }) = *step else { continue };
        match runs.last_mut() {
            Some(last) if last.end == quoted => last.end = quoted + 1,
            _ => runs.push(quoted..quoted + 1),
        }
    }
    runs
}
