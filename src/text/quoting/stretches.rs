use std::ops::Range;

use super::alignment::Move;
use super::index::QuoteIndex;
use super::wording::{Joint, Wording};
use crate::text::span::Span;

/// More words of the source than these cannot be meant by something in square brackets.
const MOST_REPLACED: usize = 12;

/// Words that point at somebody or something that was named before.
const POINTING: &[&str] = &[
    "i", "me", "my", "mine", "we", "us", "our", "ours", "you", "your", "yours", "he", "him", "his", "she", "her", "hers", "it", "its",
    "they", "them", "their", "theirs", "this", "that", "these", "those", "here", "there", "then", "one", "ones", "who", "which", "the",
    "a", "an",
];

/// What became of some words on the way from the source into the quotation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// They are the same.
    Kept,
    /// Left out where the quotation has an ellipsis.
    LeftOut,
    /// Put in, or put in the place of words that only name somebody or something or point at it, in square brackets.
    Inserted,
    /// Put in the place of others, in square brackets.
    Replaced,
    /// A transcriber's note that was left out.
    Aside,
    /// Left out without a sign.
    Missing,
    /// Put in without a sign.
    Added,
    /// Others stand in their place.
    Changed,
}

impl Step {
    /// Whether a quotation must not do that.
    #[must_use]
    pub const fn is_difference(self) -> bool {
        matches!(self, Self::Missing | Self::Added | Self::Changed)
    }

    /// Whether others stand where the source has some, shown or not.
    #[must_use]
    pub const fn alters(self) -> bool {
        self.is_difference() || matches!(self, Self::Replaced)
    }
}

/// Neighbouring words of which the same became.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// What became of them.
    pub step: Step,
    /// Where they stand in the quotation; empty where they do not.
    pub quoted: Span,
    /// Where they stand in the source's text; empty where they do not.
    pub source: Span,
    /// How many words of the quotation they are.
    pub quoted_words: usize,
    /// How many words of the source they are.
    pub source_words: usize,
}

/// Gathers moves into stretches. `from` is the place in the index at which the window begins.
pub(super) fn stretches(index: &QuoteIndex, wording: &Wording, moves: &[Move], from: usize) -> Vec<Stretch> {
    let gathering = Gathering { index, wording, from };
    let mut all = Vec::new();
    let mut rest = moves;
    while let Some(first) = rest.first() {
        let kind = gathering.kind(first);
        let run = rest.iter().take_while(|next| gathering.kind(next) == kind).count();
        let (group, after) = rest.split_at(run);
        all.push(gathering.stretch(kind, group));
        rest = after;
    }
    gathering.with_unused_insertions(all, moves)
}

struct Gathering<'a> {
    index: &'a QuoteIndex,
    wording: &'a Wording,
    from: usize,
}

/// What moves have in common that make one stretch: differences of all kinds do, passed words only at the same place.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Kept,
    Aside,
    Shown(usize),
    Different,
}

impl Gathering<'_> {
    fn kind(&self, step: &Move) -> Kind {
        match *step {
            Move::Kept { .. } => Kind::Kept,
            Move::Aside { .. } => Kind::Aside,
            Move::Passed { joint, .. }
                if self.wording.joints.get(joint).is_some_and(|joint| joint.ellipsis || joint.inserted.is_some()) =>
            {
                Kind::Shown(joint)
            }
            Move::Changed { .. } | Move::Added { .. } | Move::Passed { .. } => Kind::Different,
        }
    }

    fn stretch(&self, kind: Kind, group: &[Move]) -> Stretch {
        let quoted = group.iter().filter_map(|step| match *step {
            Move::Kept { quoted, .. } | Move::Changed { quoted, .. } | Move::Added { quoted } => Some(quoted),
            _ => None,
        });
        let source = group.iter().filter_map(Move::source);
        let (quoted, source) = (range(quoted), range(source));
        let step = match kind {
            Kind::Kept => Step::Kept,
            Kind::Aside => Step::Aside,
            Kind::Shown(joint) => return self.shown(joint, source),
            Kind::Different if quoted.is_empty() => Step::Missing,
            Kind::Different if source.is_empty() => Step::Added,
            Kind::Different => Step::Changed,
        };
        self.make(step, quoted, source)
    }

    /// Words that the quotation passes over and shows that it does.
    fn shown(&self, joint: usize, source: Range<usize>) -> Stretch {
        let words = source.len();
        let found = self.wording.joints.get(joint);
        let mut stretch = self.make(Step::LeftOut, 0..0, source.clone());
        if let Some(joint) = found
            && let Some(inserted) = joint.inserted
        {
            stretch.quoted = inserted;
            stretch.step = match words {
                _ if letters(&joint.keys.concat()) == self.source_letters(&source) => Step::Kept,
                _ if joint.ellipsis => Step::LeftOut,
                0..=MOST_REPLACED if self.only_names(source) => Step::Inserted,
                0..=MOST_REPLACED => Step::Replaced,
                _ => Step::Missing,
            };
        }
        stretch
    }

    fn make(&self, step: Step, quoted: Range<usize>, source: Range<usize>) -> Stretch {
        let words = self.wording.words.get(quoted.clone()).unwrap_or_default();
        let in_quotation = words.first().zip(words.last()).map(|(first, last)| first.span.hull(last.span));
        let in_source =
            (!source.is_empty()).then(|| self.index.span(self.from + source.start).hull(self.index.span(self.from + source.end - 1)));
        Stretch {
            step,
            quoted: in_quotation.unwrap_or_default(),
            source: in_source.unwrap_or_default(),
            quoted_words: quoted.len(),
            source_words: source.len(),
        }
    }

    /// Whether words of the source only name or point at what a bracket says in other words: "[the managers]" for "they", and
    /// "[town]" for a name that is not to be printed.
    fn only_names(&self, source: Range<usize>) -> bool {
        let points = |word: &str| POINTING.contains(&word.split('\'').next().unwrap_or(word));
        let is_name = |place: usize| self.index.is_name(place) || self.index.keys(place..place + 1).all(points);
        (self.from + source.start..self.from + source.end).all(is_name)
    }

    fn source_letters(&self, source: &Range<usize>) -> String {
        letters(&self.index.keys(self.from + source.start..self.from + source.end).collect::<String>())
    }

    /// What was put in where nothing of the source was passed over has no move of its own.
    fn with_unused_insertions(&self, stretches: Vec<Stretch>, moves: &[Move]) -> Vec<Stretch> {
        let mut all = stretches;
        for (at, joint) in self.wording.joints.iter().enumerate() {
            let Some(inserted) = joint.inserted.filter(|inserted| !all.iter().any(|stretch| stretch.quoted == *inserted)) else { continue };
            let place = all.iter().position(|stretch| !stretch.quoted.is_empty() && stretch.quoted.end > inserted.start);
            let place = place.unwrap_or(all.len());
            // In the middle of kept words it is told behind them: they are not cut apart for it.
            let is_within = all.get(place).is_some_and(|there| there.quoted.start < inserted.start);
            let own = self.at_end(at, joint, moves);
            let step = if own.is_some() { Step::Kept } else { Step::Inserted };
            let source_words = if own.is_some() { joint.keys.len() } else { 0 };
            let empty = Stretch { step, quoted: inserted, source: own.unwrap_or_default(), quoted_words: 0, source_words };
            all.insert(place + usize::from(is_within), empty);
        }
        all
    }

    /// The words of the source right before or behind the quotation, where these are what stands in brackets at its end: then the
    /// brackets are the source's own.
    fn at_end(&self, at: usize, joint: &Joint, moves: &[Move]) -> Option<Span> {
        let mut places = moves.iter().filter_map(Move::source).map(|place| self.from + place);
        let count = joint.keys.len();
        let range = if at == 0 {
            let first = places.next()?;
            first.checked_sub(count)?..first
        } else if at + 1 == self.wording.joints.len() {
            let last = places.next_back()?;
            last + 1..last + 1 + count
        } else {
            return None;
        };
        let (first, last) = (range.start, range.end.checked_sub(1)?);
        let is_own = self.index.text_of(first) == self.index.text_of(last)
            && letters(&joint.keys.concat()) == letters(&self.index.keys(range).collect::<String>());
        is_own.then(|| self.index.span(first).hull(self.index.span(last)))
    }
}

fn letters(words: &str) -> String {
    words.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// The range from the first to the last of some numbers in order.
fn range(mut numbers: impl Iterator<Item = usize>) -> Range<usize> {
    let Some(first) = numbers.next() else { return 0..0 };
    first..numbers.last().unwrap_or(first) + 1
}
