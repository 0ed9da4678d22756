//! What a query means, said a second time and as simply as can be: it reads every paragraph and shares no code with the
//! index, the plan or the tests of words. It knows only the words of [`WORDS`].

use std::collections::BTreeSet;

use crate::query::{Field, Query};

/// Words as they are written, without case and accents, and what they have in common with their other forms.
pub(super) const WORDS: [(&str, &str, &str); 12] = [
    ("share", "share", "SHARE"),
    ("shared", "shared", "SHARE"),
    ("Sharing", "sharing", "SHARE"),
    ("café", "cafe", "CAFE"),
    ("CAFE", "cafe", "CAFE"),
    ("lead", "lead", "LEAD"),
    ("leader", "leader", "LEADER"),
    ("leaders", "leaders", "LEADER"),
    ("Naïve", "naive", "NAIVE"),
    ("x", "x", "X"),
    ("مشاركة", "مشاركة", "مشاركة"),
    ("سرّ", "سر", "سر"),
];

/// Regular expressions for whole words, and the folded words of [`WORDS`] that match.
pub(super) const EXPRESSIONS: [(&str, &[&str]); 4] =
    [("lead(er)?", &["lead", "leader"]), ("SHAR.*", &["share", "shared", "sharing"]), ("[^a]", &["x"]), ("café|naïve", &["cafe", "naive"])];

/// Where a piece of text begins and ends, in bytes.
pub(super) type Place = (usize, usize);

/// A word of a paragraph.
struct Word {
    place: Place,
    folded: &'static str,
    kind: &'static str,
}

/// What of `text` a query finds, if it matches: the words, in order. `holds` answers conditions.
pub(super) fn find(query: &Query, text: &str, holds: &dyn Fn(&Field, &str) -> bool) -> Option<Vec<Place>> {
    let words = words(text);
    let mut found: Vec<Place> = run(query, &words, holds)?.into_iter().map(|at| words[at].place).collect();
    found.sort_unstable();
    Some(found)
}

fn words(text: &str) -> Vec<Word> {
    let mut at = 0;
    let mut words = Vec::new();
    for piece in text.split_inclusive(' ') {
        let written = piece.trim();
        let start = at + piece.find(written).unwrap();
        at += piece.len();
        if let Some((_, folded, kind)) = WORDS.iter().find(|(word, ..)| *word == written) {
            words.push(Word { place: (start, start + written.len()), folded, kind });
        }
    }
    words
}

/// The places of the words that are found among `words`.
fn run(query: &Query, words: &[Word], holds: &dyn Fn(&Field, &str) -> bool) -> Option<BTreeSet<usize>> {
    let passing = |test: &dyn Fn(&Word) -> bool| {
        let found: BTreeSet<usize> = (0..words.len()).filter(|at| test(&words[*at])).collect();
        (!found.is_empty()).then_some(found)
    };
    match query {
        Query::All => Some(BTreeSet::new()),
        Query::Nothing => None,
        Query::Word { word, stemmed: true } => passing(&|other| other.kind == known(word).2),
        Query::Word { word, stemmed: false } => passing(&|other| other.folded == known(word).1),
        Query::Wildcard(pattern) => passing(&|other| covers(pattern, other.folded)),
        Query::Fuzzy { word, distance } => passing(&|other| differ(known(word).1, other.folded) <= usize::from(*distance)),
        Query::Regex(source) => {
            let (_, matching) = EXPRESSIONS.iter().find(|(expression, _)| expression == source).unwrap();
            passing(&|other| matching.contains(&other.folded))
        }
        Query::Phrase(wanted) => together(wanted, words, &|places| places.windows(2).all(|pair| pair[0] + 1 == pair[1])),
        Query::Near { words: wanted, distance } => together(wanted, words, &|places| {
            let (first, last) = (places.iter().min().unwrap(), places.iter().max().unwrap());
            let all: BTreeSet<_> = places.iter().collect();
            all.len() == places.len() && last - first + 1 - places.len() <= *distance as usize
        }),
        Query::And(parts) => parts.iter().map(|part| run(part, words, holds)).reduce(|one, other| Some(&one? | &other?)).unwrap(),
        Query::Or(parts) => parts.iter().filter_map(|part| run(part, words, holds)).reduce(|one, other| &one | &other),
        Query::Not(inner) => run(inner, words, holds).is_none().then(BTreeSet::new),
        Query::Field { field, value } => holds(field, value).then(BTreeSet::new),
    }
}

fn known(word: &str) -> (&'static str, &'static str, &'static str) {
    *WORDS.iter().find(|(written, ..)| *written == word).unwrap()
}

/// Every way to take each wanted word once, of which `stand` says whether they stand together.
fn together(wanted: &[String], words: &[Word], stand: &dyn Fn(&[usize]) -> bool) -> Option<BTreeSet<usize>> {
    let mut ways: Vec<Vec<usize>> = vec![vec![]];
    for word in wanted {
        let at: Vec<usize> = (0..words.len()).filter(|at| words[*at].folded == known(word).1).collect();
        ways = ways.iter().flat_map(|way| at.iter().map(move |at| [way.as_slice(), &[*at]].concat())).collect();
    }
    let found: BTreeSet<usize> = ways.into_iter().filter(|way| stand(way)).flatten().collect();
    (!found.is_empty()).then_some(found)
}

/// Whether a pattern with stars covers the whole of a word.
fn covers(pattern: &str, word: &str) -> bool {
    fn rest(pattern: &[char], word: &[char]) -> bool {
        match (pattern, word) {
            (['*', after @ ..], []) => rest(after, &[]),
            (['*', after @ ..], [_, tail @ ..]) => rest(after, word) || rest(pattern, tail),
            ([one, after @ ..], [other, tail @ ..]) => one == other && rest(after, tail),
            (pattern, word) => pattern.is_empty() && word.is_empty(),
        }
    }
    rest(&pattern.chars().collect::<Vec<_>>(), &word.chars().collect::<Vec<_>>())
}

/// In how many letters two words differ, by trying every way.
fn differ(one: &str, other: &str) -> usize {
    fn rest(one: &[char], other: &[char], left: usize) -> usize {
        match (one, other) {
            ([], other) => other.len(),
            (one, []) => one.len(),
            ([a, one_rest @ ..], [b, other_rest @ ..]) if a == b => rest(one_rest, other_rest, left),
            // Nothing nearer than what is asked for can come of it.
            _ if left == 0 => 1,
            ([a, one_rest @ ..], [b, other_rest @ ..]) => {
                let mut best = rest(one_rest, other_rest, left - 1);
                best = best.min(rest(one, other_rest, left - 1)).min(rest(one_rest, other, left - 1));
                if let ([c, one_tail @ ..], [d, other_tail @ ..]) = (one_rest, other_rest)
                    && a == d
                    && b == c
                {
                    best = best.min(rest(one_tail, other_tail, left - 1));
                }
                1 + best
            }
        }
    }
    rest(&one.chars().collect::<Vec<_>>(), &other.chars().collect::<Vec<_>>(), 3)
}
