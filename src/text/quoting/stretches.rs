use std::ops::Range;

use super::alignment::Move;
use super::index::QuoteIndex;
use super::turning::turning_words;
use super::wording::{Joint, Wording};
use crate::text::span::Span;

/// More words of the source than these cannot be meant by something in square brackets.
const MOST_REPLACED: usize = 12;

/// More words of the source than these under an ellipsis are not looked at for a "not": in a long passage there may well be one.
const MOST_SWALLOWED: usize = 4;

/// Notes of a transcriber or an editor, which stand in the place of nothing.
const NOTES: &[&str] = &[
    "laugh",
    "laughs",
    "laughing",
    "laughter",
    "pause",
    "pauses",
    "silence",
    "cries",
    "crying",
    "sighs",
    "nods",
    "inaudible",
    "unclear",
    "overtalking",
    "crosstalk",
    "cut",
    "emphasis",
    "italics",
];

/// Words with which brackets begin that say more of what stands before them: "the letter \[of Ben\]".
const EXPLAINING: &[&str] = &["of", "in", "at", "on", "from", "for", "with", "about", "by", "to"];

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
    /// The same of a few words, of which one turns the sense round.
    Swallowed,
    /// Put in, or put in the place of words that only name somebody or something or point at it, in square brackets.
    Inserted,
    /// Put in the place of others, in square brackets; or put in, and turns the sense round.
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
        self.is_difference() || matches!(self, Self::Replaced | Self::Swallowed)
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
        let left_out = if self.is_swallowed(&source) { Step::Swallowed } else { Step::LeftOut };
        let mut stretch = self.make(left_out, 0..0, source.clone());
        if let Some(joint) = found
            && let Some(inserted) = joint.inserted
        {
            stretch.quoted = inserted;
            stretch.step = match words {
                _ if letters(&joint.keys.concat()) == self.source_letters(&source) => Step::Kept,
                _ if joint.turns() => Step::Replaced,
                _ if joint.ellipsis => left_out,
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

    /// Whether words under an ellipsis are a few within a sentence and turn its sense: "could it … be" for "could it not be".
    fn is_swallowed(&self, source: &Range<usize>) -> bool {
        let (from, to) = (self.from + source.start, self.from + source.end);
        let words: Vec<&str> = self.index.keys(from..to).collect();
        words.len() <= MOST_SWALLOWED
            && turning_words(words.iter().copied()) % 2 == 1
            && from.checked_sub(1).is_some_and(|before| (before..to).all(|place| self.goes_on(place, place + 1)))
    }

    /// Whether nothing but a space is between two words of the source.
    fn goes_on(&self, before: usize, after: usize) -> bool {
        self.index.text_of(before) == self.index.text_of(after) && self.index.span(before).end + 1 == self.index.span(after).start
    }

    /// Whether words of the source only name or point at what a bracket says in other words: "[the managers]" for "they", and
    /// "[town]" for a name that is not to be printed.
    fn only_names(&self, source: Range<usize>) -> bool {
        self.names(self.from + source.start..self.from + source.end)
    }

    /// The same of places in the index.
    fn names(&self, mut places: Range<usize>) -> bool {
        let points = |word: &str| POINTING.contains(&word.split('\'').next().unwrap_or(word));
        let is_name = |place: usize| self.index.is_name(place) || self.index.keys(place..place + 1).all(points);
        places.all(is_name)
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
            let beside = self.at_end(at, joint, moves).filter(|_| !joint.ellipsis);
            let step = match &beside {
                Some(source) if self.is_own(joint, source) => Step::Kept,
                _ if joint.turns() => Step::Replaced,
                Some(source) if self.is_replaced(at == 0, joint, source) => Step::Replaced,
                _ => Step::Inserted,
            };
            let source = beside.filter(|source| step != Step::Inserted && !source.is_empty());
            let there = source.as_ref().map(|source| self.index.span(source.start).hull(self.index.span(source.end - 1)));
            let (source, source_words) = (there.unwrap_or_default(), source.map_or(0, |source| source.len()));
            all.insert(place + usize::from(is_within), Stretch { step, quoted: inserted, source, quoted_words: 0, source_words });
        }
        all
    }

    /// The words of the source right before or behind the quotation, as many as stand in brackets at its end. Counted from the
    /// beginning of the window or before it.
    fn at_end(&self, at: usize, joint: &Joint, moves: &[Move]) -> Option<Range<usize>> {
        let mut places = moves.iter().filter_map(Move::source).map(|place| self.from + place);
        let count = joint.keys.len();
        let text = |place: usize| self.index.text_of(place);
        if at == 0 {
            let first = places.next()?;
            let same = (1..=count).take_while(|back| first.checked_sub(*back).is_some_and(|place| text(place) == text(first))).count();
            Some(first - same..first)
        } else if at + 1 == self.wording.joints.len() {
            let last = places.next_back()?;
            let same = (1..=count).take_while(|on| text(last + on) == text(last)).count();
            Some(last + 1..last + 1 + same)
        } else {
            None
        }
    }

    /// Whether the words of the source beside the quotation are what stands in its brackets: then these are the source's own.
    fn is_own(&self, joint: &Joint, beside: &Range<usize>) -> bool {
        !beside.is_empty() && letters(&joint.keys.concat()) == letters(&self.index.keys(beside.clone()).collect::<String>())
    }

    /// Whether brackets at an end stand for words with which the source goes on in the same breath, and which say more than whom or
    /// what they name. Behind a word that names or points they say who or what that is, and stand for nothing.
    fn is_replaced(&self, begins: bool, joint: &Joint, beside: &Range<usize>) -> bool {
        let is_one_of = |words: &[&str], word: &String| words.contains(&word.as_str());
        let explains = !begins && joint.keys.first().is_some_and(|word| is_one_of(EXPLAINING, word));
        if explains || joint.keys.iter().any(|word| is_one_of(NOTES, word)) {
            return false;
        }
        let replaced = if begins {
            let on = beside.clone().rev().take_while(|place| self.goes_on(*place, place + 1)).count();
            beside.end - on..beside.end
        } else {
            let on = beside.clone().take_while(|place| place.checked_sub(1).is_some_and(|before| self.goes_on(before, *place))).count();
            beside.start..beside.start + on
        };
        let explains = !begins && beside.start.checked_sub(1).is_some_and(|last| self.names(last..last + 1));
        !replaced.is_empty() && !explains && !self.names(replaced)
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
