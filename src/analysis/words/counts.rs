use std::collections::{BTreeSet, HashMap};

use crate::analysis::layer::{CountedSource, Layer, Stated};
use crate::analysis::lines::{Lines, Scope};
use crate::analysis::matrix::Filter;
use crate::study::{AttributeId, CaseKind, Study, ThemeId, ValueId};
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
    /// By how many persons here.
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
    mut go_on: impl FnMut(usize, usize) -> bool,
) -> Result<Option<Counts>, NoSuchBlob> {
    let layer = Layer::new(study, filter);
    let here = Here::new(&layer, said);
    let mut tallies: HashMap<String, Tally> = HashMap::new();
    let mut counts = Counts::default();
    let mut people = BTreeSet::new();
    let all = study.materials().len();
    for (done, source) in layer.sources().enumerate() {
        if !go_on(done, all) {
            return Ok(None);
        }
        let Some(revision) = source.material.revision() else { continue };
        let text = texts.text(revision.text)?;
        let geometry = &source.material.geometry;
        let wanted = here.wanted(&layer, &source);
        for part in source.material.parts_of(Span::new(0, geometry.text_len())) {
            let case = layer.case(&source, part.case);
            if !layer.is_asked(case, source.place) {
                continue;
            }
            let person = layer.cases.get(case).filter(|case| case.kind == CaseKind::Person).and_then(|_| u32::try_from(case).ok());
            for token in tokens(part.span.slice(&text)) {
                let span = Span::new(part.span.start + token.span.start, part.span.start + token.span.end);
                if geometry.words_in(span) == 0 {
                    continue;
                }
                let tally = tallies.entry(token.folded).or_default();
                if wanted.has(case, span) {
                    counts.size_here += 1;
                    tally.here += 1;
                    tally.people.extend(person);
                    people.extend(person);
                } else {
                    counts.size_elsewhere += 1;
                    tally.elsewhere += 1;
                }
            }
        }
    }
    let word = |(word, tally): (String, Tally)| Word {
        word,
        here: tally.here,
        elsewhere: tally.elsewhere,
        people: u32::try_from(tally.people.len()).unwrap_or(u32::MAX),
    };
    counts.words = tallies.into_iter().filter(|(_, tally)| tally.here > 0).map(word).collect();
    counts.words.sort_by(|one, other| one.word.cmp(&other.word));
    counts.people = u32::try_from(people.len()).unwrap_or(u32::MAX);
    Ok(Some(counts))
}

#[derive(Default)]
struct Tally {
    here: u32,
    elsewhere: u32,
    people: BTreeSet<u32>,
}

/// Which words are those said here.
enum Here {
    All,
    On(Lines),
    By(Option<Stated>, Option<ValueId>),
}

impl Here {
    fn new(layer: &Layer<'_>, said: Said) -> Self {
        match said {
            Said::ByAll => Self::All,
            Said::On(theme) => Self::On(Lines::new(layer.study.codebook(), vec![theme], Scope::WithBelow)),
            Said::By(attribute, value) => Self::By(layer.stated(attribute), value),
        }
    }

    /// The same of one source.
    fn wanted(&self, layer: &Layer<'_>, source: &CountedSource<'_>) -> WantedHere<'_> {
        match self {
            Self::All => WantedHere::All,
            Self::On(lines) => {
                let codings = layer.codings(source).0;
                let on = codings.iter().filter(|counted| !lines.of(counted.coded.coding.theme).is_empty());
                WantedHere::Within(union(on.flat_map(|counted| layer.parts(source, counted).map(|part| part.span))))
            }
            Self::By(stated, value) => WantedHere::By(stated.as_ref(), *value, source.place),
        }
    }
}

enum WantedHere<'a> {
    All,
    Within(Vec<Span>),
    By(Option<&'a Stated>, Option<ValueId>, usize),
}

impl WantedHere<'_> {
    fn has(&self, case: usize, word: Span) -> bool {
        match self {
            Self::All => true,
            Self::Within(spans) => {
                let at = spans.partition_point(|span| span.end <= word.start);
                spans.get(at).is_some_and(|span| span.covers(word))
            }
            Self::By(stated, value, source) => stated.is_some_and(|stated| stated.of(case, *source).contains(value)),
        }
    }
}
