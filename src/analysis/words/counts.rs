use std::collections::{BTreeSet, HashMap};

use crate::analysis::layer::{CountedSource, Layer, Stated};
use crate::analysis::lines::{Lines, Scope};
use crate::analysis::matrix::Filter;
use crate::study::{AttributeId, CaseKind, SourceId, Study, ThemeId, ValueId};
use crate::text::{NoSuchBlob, Span, Texts, tokens, union};

/// Whose words are counted; all other words of participants are those said elsewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Said {
    /// Every participant's.
    ByAll,
    /// What is coded with a theme or those below it.
    On(ThemeId),
    /// What was said by those with a value, or in sources with it; `None` is *Not stated*.
    By(AttributeId, Option<ValueId>),
}

/// A word and how often it is said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// The word as the tokenizer folds it.
    pub word: String,
    /// How often it is said here.
    pub here: u32,
    /// How often elsewhere.
    pub elsewhere: u32,
    /// By how many persons here. A group says a word and is no person.
    pub people: u32,
}

/// Words with how often they are said.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Every word that is said here, in alphabetical order.
    pub words: Vec<Word>,
    /// How many words there are here.
    pub size_here: u64,
    /// How many elsewhere.
    pub size_elsewhere: u64,
    /// How many of those here are said by persons: the others by pairs, groups, and by whoever is not stated.
    pub size_by_people: u64,
    /// How many persons speak here.
    pub people: u32,
}

/// Counts the words of participants in the sources that the filter leaves in; labels, furniture and time stamps are no words. `go_on` is
/// asked before each source, with how many are done and how many there are; once it says no, there is no answer.
///
/// # Errors
/// [`NoSuchBlob`] when a text cannot be had.
pub fn counts(
    study: &Study,
    texts: &dyn Texts,
    filter: &Filter,
    said: Said,
    go_on: impl FnMut(usize, usize) -> bool,
) -> Result<Option<Counts>, NoSuchBlob> {
    Ok(counts_of_each(study, texts, filter, &[said], go_on)?.and_then(|mut found| found.pop()))
}

/// The same for several bodies, each against the rest: every text is read once, however many there are.
///
/// # Errors
/// [`NoSuchBlob`] when a text cannot be had.
pub fn counts_of_each(
    study: &Study,
    texts: &dyn Texts,
    filter: &Filter,
    bodies: &[Said],
    go_on: impl FnMut(usize, usize) -> bool,
) -> Result<Option<Vec<Counts>>, NoSuchBlob> {
    let layer = Layer::new(study, filter);
    // Words by number, and how often each is said at all.
    let mut numbers: HashMap<String, usize> = HashMap::new();
    let mut said: Vec<u32> = Vec::new();
    let mut here: Vec<Here> = bodies.iter().map(|_| Here::default()).collect();
    let to_the_end = each_word(&layer, texts, bodies, go_on, |spoken, of| {
        let next = said.len();
        let word = *numbers.entry(spoken.folded).or_insert(next);
        match said.get_mut(word) {
            Some(count) => *count += 1,
            None => said.push(1),
        }
        for body in of {
            if let Some(here) = here.get_mut(body) {
                here.add(word, spoken.person);
            }
        }
    })?;
    if !to_the_end {
        return Ok(None);
    }
    let mut words: Vec<(String, usize)> = numbers.into_iter().collect();
    words.sort_unstable();
    let size: u64 = said.iter().map(|count| u64::from(*count)).sum();
    Ok(Some(here.into_iter().map(|here| here.counts(&words, &said, size)).collect()))
}

/// Where a word is said, in the order of sources and of place: as often as [`counts`] counts it here.
///
/// # Errors
/// [`NoSuchBlob`] when a text cannot be had.
pub fn places(
    study: &Study,
    texts: &dyn Texts,
    filter: &Filter,
    (word, said): (&str, Said),
    go_on: impl FnMut(usize, usize) -> bool,
) -> Result<Option<Vec<(SourceId, Span)>>, NoSuchBlob> {
    let mut places = Vec::new();
    let to_the_end = each_word(&Layer::new(study, filter), texts, &[said], go_on, |spoken, of| {
        if spoken.folded == word && of.next().is_some() {
            places.push((spoken.source, spoken.span));
        }
    })?;
    Ok(to_the_end.then_some(places))
}

/// A word of a participant, where it is said.
struct Spoken {
    source: SourceId,
    span: Span,
    folded: String,
    /// Who says it, if it is a person.
    person: Option<u32>,
}

/// Visits every word of participants with the bodies that it is of, source by source; whether to the end.
fn each_word(
    layer: &Layer<'_>,
    texts: &dyn Texts,
    bodies: &[Said],
    mut go_on: impl FnMut(usize, usize) -> bool,
    mut visit: impl FnMut(Spoken, &mut dyn Iterator<Item = usize>),
) -> Result<bool, NoSuchBlob> {
    let wanted = Bodies::new(layer, bodies);
    let all = layer.study.materials().len();
    for (done, source) in layer.sources().enumerate() {
        if !go_on(done, all) {
            return Ok(false);
        }
        let Some(revision) = source.material.revision() else { continue };
        let text = texts.text(revision.text)?;
        let geometry = &source.material.geometry;
        let mut coded = wanted.coded(layer, &source);
        for part in source.material.parts_of(Span::new(0, geometry.text_len())) {
            let case = layer.case(&source, part.case);
            if !layer.is_asked(case, source.place) {
                continue;
            }
            let person = layer.cases.get(case).filter(|case| case.kind == CaseKind::Person).and_then(|_| u32::try_from(case).ok());
            let by = wanted.said_by(case, source.place);
            for token in tokens(part.span.slice(&text)) {
                let span = Span::new(part.span.start + token.span.start, part.span.start + token.span.end);
                if geometry.words_in(span) == 0 {
                    continue;
                }
                let spoken = Spoken { source: source.material.source.id, span, folded: token.folded, person };
                visit(spoken, &mut by.iter().copied().chain(coded.over(span)));
            }
        }
    }
    Ok(true)
}

/// What is said in one body.
#[derive(Default)]
struct Here {
    words: HashMap<usize, Tally>,
    people: BTreeSet<u32>,
    size: u64,
    by_people: u64,
}

#[derive(Default)]
struct Tally {
    count: u32,
    people: BTreeSet<u32>,
}

impl Here {
    fn add(&mut self, word: usize, person: Option<u32>) {
        let tally = self.words.entry(word).or_default();
        tally.count += 1;
        tally.people.extend(person);
        self.people.extend(person);
        self.size += 1;
        self.by_people += u64::from(person.is_some());
    }

    /// `words` are all words with their numbers in alphabetical order, `said` how often each is said at all, `size` all together.
    fn counts(self, words: &[(String, usize)], said: &[u32], size: u64) -> Counts {
        let word = |(word, number): &(String, usize)| {
            let tally = self.words.get(number)?;
            let people = u32::try_from(tally.people.len()).unwrap_or(u32::MAX);
            let elsewhere = said.get(*number).map_or(0, |said| said - tally.count);
            Some(Word { word: word.clone(), here: tally.count, elsewhere, people })
        };
        Counts {
            words: words.iter().filter_map(word).collect(),
            size_here: self.size,
            size_elsewhere: size - self.size,
            size_by_people: self.by_people,
            people: u32::try_from(self.people.len()).unwrap_or(u32::MAX),
        }
    }
}

/// Which bodies a word is of: by who says it, and by what is coded over it.
struct Bodies {
    all: Vec<usize>,
    by: Vec<(usize, Stated, Option<ValueId>)>,
    /// The themes of bodies as lines, with the places of the bodies.
    lines: Lines,
    on: Vec<usize>,
}

impl Bodies {
    fn new(layer: &Layer<'_>, bodies: &[Said]) -> Self {
        let (mut all, mut by, mut themes, mut on) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        for (at, said) in bodies.iter().enumerate() {
            match *said {
                Said::ByAll => all.push(at),
                Said::By(attribute, value) => by.extend(layer.stated(attribute).map(|stated| (at, stated, value))),
                Said::On(theme) => {
                    themes.push(theme);
                    on.push(at);
                }
            }
        }
        Self { all, by, lines: Lines::new(layer.study.codebook(), themes, Scope::WithBelow), on }
    }

    /// The bodies of all that a case says in a source.
    fn said_by(&self, case: usize, source: usize) -> Vec<usize> {
        let by = self.by.iter().filter(|(_, stated, value)| stated.of(case, source).contains(value)).map(|(at, ..)| *at);
        self.all.iter().copied().chain(by).collect()
    }

    /// What is coded in a source.
    fn coded(&self, layer: &Layer<'_>, source: &CountedSource<'_>) -> CodedHere {
        let mut spans: Vec<Vec<Span>> = vec![Vec::new(); self.on.len()];
        if !self.on.is_empty() {
            for counted in layer.codings(source).0 {
                for line in self.lines.of(counted.coded.coding.theme) {
                    if let Some(spans) = spans.get_mut(*line as usize) {
                        spans.extend(layer.parts(source, &counted).map(|part| part.span));
                    }
                }
            }
        }
        let of_body = |(body, spans): (&usize, Vec<Span>)| union(spans).into_iter().map(move |span| (span, *body)).collect::<Vec<_>>();
        let mut waiting: Vec<(Span, usize)> = self.on.iter().zip(spans).flat_map(of_body).collect();
        // The next is the last.
        waiting.sort_unstable_by(|one, other| other.cmp(one));
        CodedHere { waiting, open: Vec::new() }
    }
}

/// The coded text of a source, as its words are gone through.
struct CodedHere {
    waiting: Vec<(Span, usize)>,
    open: Vec<(Span, usize)>,
}

impl CodedHere {
    /// The bodies whose text covers the word; words come in order of place.
    fn over(&mut self, word: Span) -> impl Iterator<Item = usize> + '_ {
        while let Some(next) = self.waiting.pop_if(|(span, _)| span.start <= word.start) {
            self.open.push(next);
        }
        self.open.retain(|(span, _)| span.end > word.start);
        self.open.iter().filter(move |(span, _)| span.covers(word)).map(|(_, body)| *body)
    }
}
