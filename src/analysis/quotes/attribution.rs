use std::collections::{BTreeSet, HashMap};

use super::place::Place;
use crate::study::{AttributeId, AttributeOf, CaseId, Material, NOT_STATED, SourceId, Study, ValueId};
use crate::text::{Token, Voice, tokens};

/// Words of an attribution that name nobody.
const IDLE: &[&str] = &[
    "interview",
    "interviews",
    "interviewee",
    "participant",
    "respondent",
    "informant",
    "discussion",
    "focus",
    "group",
    "joint",
    "paired",
    "individual",
    "telephone",
    "no",
    "number",
    "quote",
    "quoted",
    "in",
    "from",
    "of",
    "at",
    "the",
    "a",
    "an",
    "one",
    "another",
    "and",
    "area",
    "female",
    "male",
];

/// What the attribution of a quotation is worth.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Attributed {
    /// All that it says and that can be compared is so.
    Agrees,
    /// Something in it is not so.
    Contradicts(Vec<Contradiction>),
    /// There is none, or nothing in it can be compared with what the study knows of these words.
    SaysNothing,
    /// It names nothing and nobody that the study has.
    Unreadable,
}

/// What an attribution says, and what the source says instead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contradiction {
    /// As the attribution has it.
    pub says: String,
    /// As the study has it.
    pub source: String,
}

/// The names by which the study knows cases, sources and the values of their attributes.
pub struct Names<'a> {
    study: &'a Study,
    /// The names by their first word.
    by_first: HashMap<String, Vec<Name>>,
}

struct Name {
    words: Vec<String>,
    meaning: Meaning,
}

impl Name {
    /// Whether it is the label of a speaker that elsewhere would name nobody ("A", "2", "Participant"): then it must stand alone.
    fn is_bare(&self) -> bool {
        let is_bare = |word: &String| IDLE.contains(&word.as_str()) || is_number(word) || word.chars().count() == 1;
        matches!(self.meaning, Meaning::Speaker(..)) && self.words.len() == 1 && self.words.iter().all(is_bare)
    }

    /// Whether it is to be read where words of `source` are attributed; without one, wherever they may be found. The labels of
    /// speakers are those of one source.
    fn is_of(&self, source: Option<SourceId>) -> bool {
        match (self.meaning, source) {
            (Meaning::Speaker(of, _), Some(source)) => of == source,
            (Meaning::Speaker(..), None) => self.words.len() > 1,
            _ => true,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Meaning {
    Case(CaseId),
    Source(SourceId),
    Value(AttributeId, ValueId),
    /// A label within a source, and who that is.
    Speaker(SourceId, CaseId),
}

/// An attribution as it was understood.
#[derive(Debug, Default)]
pub(super) struct Reading {
    /// What it names, as written, with all that it can mean.
    named: Vec<(String, Vec<Meaning>)>,
    numbers: Vec<String>,
    /// Words that name nothing in the study.
    unread: Vec<String>,
}

impl Reading {
    /// Whether it names a case, a source or a value.
    pub(super) fn is_known(&self) -> bool {
        !self.named.is_empty()
    }

    /// Whether it says nothing else.
    pub(super) const fn is_all_known(&self) -> bool {
        self.unread.is_empty()
    }

    /// Whether it is that of a book or paper: a year, or "et al".
    pub(super) fn is_literature(&self) -> bool {
        let is_year = |number: &String| matches!(number.parse(), Ok(1900..=2100_u32));
        let is_paper = self.unread.windows(2).any(|pair| matches!(pair, [et, al] if et == "et" && al == "al"))
            || self.unread.iter().any(|word| word == "ibid");
        !self.is_known() && (self.numbers.iter().any(is_year) || is_paper)
    }
}

impl<'a> Names<'a> {
    /// The names that a study has.
    #[must_use]
    pub fn of(study: &'a Study) -> Self {
        let mut names = Self { study, by_first: HashMap::new() };
        for case in study.cases().values() {
            names.add(&case.label, Meaning::Case(case.id));
        }
        for material in study.materials() {
            names.add(&material.source.label, Meaning::Source(material.source.id));
            names.add(&material.source.title, Meaning::Source(material.source.id));
            let participants = material.speakers.iter().filter(|speaker| speaker.voice == Voice::Participant);
            for (label, case) in participants.filter_map(|speaker| Some((&speaker.label, speaker.case?))) {
                names.add(label, Meaning::Speaker(material.source.id, case));
            }
        }
        // "Interview 4" says nothing of the kind of a source, and a number nothing of how many children somebody has.
        for attribute in study.attributes().all().into_iter().filter(|attribute| attribute.built_in.is_none()) {
            for value in study.attributes().values_of(attribute.id) {
                let spelled = std::iter::once(&value.name).chain(&value.aliases).filter(|name| name.contains(char::is_alphabetic));
                spelled.for_each(|name| names.add(name, Meaning::Value(attribute.id, value.id)));
            }
        }
        names
    }

    fn add(&mut self, name: &str, meaning: Meaning) {
        let words: Vec<String> = words(name);
        if let Some(first) = words.first() {
            self.by_first.entry(singular(first).to_owned()).or_default().push(Name { words, meaning });
        }
    }

    /// Reads an attribution of words of `source`, or of words of which nobody knows yet where they are, from left to right, the longest
    /// name first. Words that name nobody are left out only then: "Worker A" and "Participant 2" are labels.
    pub(super) fn read(&self, attribution: &str, source: Option<SourceId>) -> Reading {
        let all: Vec<Token> = tokens(attribution).collect();
        let words: Vec<&str> = all.iter().map(|token| token.folded.as_str()).collect();
        let mut reading = Reading::default();
        let mut rest = words.as_slice();
        while let Some((word, after)) = rest.split_first() {
            let from = words.len() - rest.len();
            let stands_alone = is_parted(attribution, &all, from) && is_parted(attribution, &all, from + 1);
            let (length, meanings) = self.longest(rest, source, stands_alone);
            if length > 0 {
                let written = all.get(from).zip(all.get(from + length - 1)).map(|(first, last)| first.span.hull(last.span));
                reading.named.push((written.unwrap_or_default().slice(attribution).to_owned(), meanings));
                rest = rest.get(length..).unwrap_or_default();
                continue;
            }
            rest = after;
            if is_number(word) {
                reading.numbers.push((*word).to_owned());
            } else if !IDLE.contains(word) {
                reading.unread.push((*word).to_owned());
            }
        }
        reading
    }

    /// The longest name with which some words begin: how many words it has, and all that it can mean. `stands_alone` tells whether
    /// the first is between signs or ends.
    fn longest(&self, words: &[&str], source: Option<SourceId>, stands_alone: bool) -> (usize, Vec<Meaning>) {
        let candidates = words.first().and_then(|first| self.by_first.get(singular(first))).map(Vec::as_slice).unwrap_or_default();
        let fits = |name: &&Name| name.words.len() <= words.len() && name.words.iter().zip(words).all(|(a, b)| singular(a) == singular(b));
        let can_be = |name: &&Name| name.is_of(source) && (stands_alone || !name.is_bare());
        let fitting: Vec<&Name> = candidates.iter().filter(can_be).filter(fits).collect();
        let longest = fitting.iter().map(|name| name.words.len()).max().unwrap_or(0);
        let meanings: BTreeSet<Meaning> = fitting.iter().filter(|name| name.words.len() == longest).map(|name| name.meaning).collect();
        (longest, meanings.into_iter().collect())
    }

    /// Holds what an attribution says against the place where the words were found.
    pub(super) fn compare(&self, reading: &Reading, place: &Place) -> Attributed {
        let Some(material) = self.study.material(place.source) else { return Attributed::SaysNothing };
        let mut agrees = false;
        let mut contradictions = Vec::new();
        for (says, meanings) in &reading.named {
            let compared: Vec<Compared> = meanings.iter().map(|meaning| self.compare_one(*meaning, material, place)).collect();
            agrees |= compared.contains(&Compared::Same);
            let other = compared.iter().find_map(|compared| if let Compared::Other(source) = compared { Some(source) } else { None });
            if let Some(source) = other.filter(|_| !compared.contains(&Compared::Same)) {
                contradictions.push(Contradiction { says: says.clone(), source: source.clone() });
            }
        }
        let is_named = |meaning: &Meaning| !matches!(meaning, Meaning::Value(..));
        if !reading.named.iter().any(|(_, meanings)| meanings.iter().any(is_named)) {
            contradictions.extend(self.number(reading, material, place));
        }
        match (contradictions.is_empty(), agrees) {
            (false, _) => Attributed::Contradicts(contradictions),
            (true, true) => Attributed::Agrees,
            (true, false) if reading.is_known() || reading.unread.is_empty() => Attributed::SaysNothing,
            (true, false) => Attributed::Unreadable,
        }
    }

    fn compare_one(&self, meaning: Meaning, material: &Material, place: &Place) -> Compared {
        let stated: Vec<CaseId> = place.cases.iter().copied().flatten().collect();
        match meaning {
            Meaning::Case(case) if stated.contains(&case) => Compared::Same,
            Meaning::Speaker(source, case) if source == place.source && stated.contains(&case) => Compared::Same,
            Meaning::Case(_) | Meaning::Speaker(..) => Compared::Other(self.labels(place, material)),
            Meaning::Source(source) if source == place.source => Compared::Same,
            Meaning::Source(_) => Compared::Other(material.source.label.clone()),
            Meaning::Value(attribute, value) => {
                let is_of_sources = self.study.attributes().get(attribute).is_some_and(|attribute| attribute.of == AttributeOf::Sources);
                let holders: Vec<_> = if is_of_sources {
                    vec![&material.source.values]
                } else {
                    stated.iter().filter_map(|case| self.study.case(*case)).map(|case| &case.values).collect()
                };
                let has: BTreeSet<ValueId> = holders.iter().filter_map(|values| values.get(&attribute)).flatten().copied().collect();
                if has.contains(&value) {
                    return Compared::Same;
                }
                let names: Vec<String> =
                    holders.iter().map(|values| self.study.value_names(values, attribute)).filter(|names| !names.is_empty()).collect();
                if names.is_empty() { Compared::Unknown } else { Compared::Other(names.join("; ")) }
            }
        }
    }

    /// A number beside a group is that of the case or source, where these have one.
    fn number(&self, reading: &Reading, material: &Material, place: &Place) -> Option<Contradiction> {
        let cases = place.cases.iter().flatten().filter_map(|case| self.study.case(*case)).map(|case| case.label.as_str());
        let labels: Vec<&str> = cases.chain([material.source.label.as_str(), material.source.title.as_str()]).collect();
        let theirs: BTreeSet<&str> =
            labels.iter().flat_map(|label| label.split(|c: char| !c.is_ascii_digit())).filter(|digits| !digits.is_empty()).collect();
        let plain = |number: &str| number.trim_start_matches('0').to_owned();
        let other = |number: &&String| !theirs.iter().any(|digits| plain(digits) == plain(number));
        let wrong = reading.numbers.iter().find(other).filter(|_| reading.is_known() && !theirs.is_empty())?;
        Some(Contradiction { says: wrong.clone(), source: self.labels(place, material) })
    }

    /// The labels of who speaks in a place, else what it is of.
    fn labels(&self, place: &Place, material: &Material) -> String {
        let label =
            |case: &Option<CaseId>| case.and_then(|case| self.study.case(case)).map_or(NOT_STATED, |case| case.label.as_str()).to_owned();
        let labels: Vec<String> = place.cases.iter().map(label).collect();
        if labels.is_empty() { material.source.label.clone() } else { labels.join(", ") }
    }
}

/// One thing that an attribution says, held against what the study knows.
#[derive(Debug, PartialEq, Eq)]
enum Compared {
    Same,
    /// What it is instead.
    Other(String),
    /// The study does not state it.
    Unknown,
}

fn is_number(word: &str) -> bool {
    word.chars().all(|c| c.is_ascii_digit())
}

/// Whether the word before the one of this index is parted from it by more than white space; so are the ends.
fn is_parted(attribution: &str, all: &[Token], index: usize) -> bool {
    let between = index.checked_sub(1).and_then(|before| Some((all.get(before)?.span.end, all.get(index)?.span.start)));
    let between = between.and_then(|(from, to)| attribution.get(from as usize..to as usize));
    between.is_none_or(|between| between.contains(|c: char| !c.is_whitespace()))
}

fn words(name: &str) -> Vec<String> {
    tokens(name).map(|token| token.folded).collect()
}

/// A word without the sign of the plural, which attributions take or leave.
fn singular(word: &str) -> &str {
    let word = word.strip_suffix("'s").unwrap_or(word);
    word.strip_suffix('s').filter(|rest| rest.chars().count() >= 3 && !rest.ends_with('s')).unwrap_or(word)
}
