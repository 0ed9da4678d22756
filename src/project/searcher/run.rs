use std::cell::RefCell;
use std::io;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use regex::Regex;
use roaring::RoaringBitmap;

use super::conditions::Wanted;
use super::found::{Found, Hit, Lacking};
use super::places::{Place, Places};
use super::{facets, notes};
use crate::query::Query;
use crate::search::{Folded, Index, IndexError, KeptUp, Leaf, Plan, Progress, Snapshot, Step, searchable};
use crate::study::{ProjectId, Revision, Study};
use crate::text::{BlobId, NoSuchBlob, Texts};

/// Why a search has no answer.
#[derive(Debug, thiserror::Error)]
pub enum SearchError {
    /// The index cannot be read; it can be made again.
    #[error("the search index cannot be read: {0}")]
    Index(#[from] io::Error),
    /// A text cannot be had.
    #[error(transparent)]
    Text(#[from] NoSuchBlob),
    /// It was stopped.
    #[error("the search was stopped")]
    Cancelled,
}

/// How a search is run.
#[derive(Clone, Debug)]
pub struct Options {
    /// How many hits to give; counts are always of all.
    pub limit: usize,
    /// Set by whoever no longer wants the answer.
    pub cancelled: Arc<AtomicBool>,
}

impl Options {
    /// Options for the first `limit` hits.
    #[must_use]
    pub fn first(limit: usize) -> Self {
        Self { limit, cancelled: Arc::default() }
    }

    /// Whether the answer is still wanted.
    fn go_on(&self) -> Result<(), SearchError> {
        if self.cancelled.load(Ordering::Relaxed) { Err(SearchError::Cancelled) } else { Ok(()) }
    }
}

/// Searches the texts of a project. Cheap to clone; any thread may use it.
#[derive(Clone)]
pub struct Searcher {
    index: Arc<Index>,
    texts: Arc<dyn Texts>,
}

/// The folder, below the user's cache folder, of the index of a project in `file`. A copy of the file has another one.
#[must_use]
pub fn index_folder(cache: &Path, project: ProjectId, file: &Path) -> PathBuf {
    let place = BlobId::of(file.as_os_str().as_encoded_bytes());
    cache.join("index").join(format!("{project}-{place:?}"))
}

impl Searcher {
    /// A searcher in `index` for a project with these texts.
    #[must_use]
    pub fn new(index: Arc<Index>, texts: Arc<dyn Texts>) -> Self {
        Self { index, texts }
    }

    /// Makes the index hold the texts of `study` that are read now, and no others. `progress` is asked before each text
    /// whether to go on.
    ///
    /// # Errors
    /// [`IndexError`] when the index cannot be written; what was in it before can still be searched.
    pub fn keep_up(&self, study: &Study, progress: &mut dyn FnMut(Progress) -> ControlFlow<()>) -> Result<KeptUp, IndexError> {
        let revisions: Vec<Revision> = study.materials().iter().filter_map(|material| material.revision()).cloned().collect();
        self.index.keep_up(&revisions, &*self.texts, progress)
    }

    /// Answers `query` for the paragraphs of `study`. Sources that are not in the index are named in [`Found::lacking`].
    ///
    /// # Errors
    /// [`SearchError`] when the index or a text cannot be read, or the search was stopped.
    pub fn run(&self, study: &Study, query: &Query, options: &Options) -> Result<Found, SearchError> {
        self.run_telling(study, query, options, &mut |_, _| ())
    }

    /// As [`Searcher::run`]. While texts have to be read, `progress` is told how many paragraphs were, and of how many.
    ///
    /// # Errors
    /// As [`Searcher::run`].
    pub fn run_telling(
        &self,
        study: &Study,
        query: &Query,
        options: &Options,
        progress: &mut dyn FnMut(usize, usize),
    ) -> Result<Found, SearchError> {
        let mut snapshot = self.index.snapshot();
        let mut places = Places::of(study, snapshot.contents());
        if !places.lacking.is_empty() {
            // Another window may have indexed them meanwhile.
            match self.index.refresh() {
                Ok(newer) => {
                    places = Places::of(study, newer.contents());
                    snapshot = newer;
                }
                Err(error) => tracing::warn!(%error, "the search index cannot be read again; what was read before is searched"),
            }
        }
        let plan = Plan::new(query);
        let wanted: Vec<Wanted> = plan.conditions().iter().map(|(field, value)| Wanted::of(study, field, value)).collect();
        let keys = |wanted: &Wanted| options.go_on().map(|()| wanted.keys(&places));
        let conditions = wanted.iter().map(keys).collect::<Result<_, SearchError>>()?;
        let progress = RefCell::new(progress);
        let run = Run { snapshot: &snapshot, places: &places, conditions, texts: &*self.texts, options, progress };
        let keys = run.evaluate(plan.step(), &places.all())?;
        options.go_on()?;
        let facets = facets::count(study, &places, &keys);
        let searched = notes::searched(&plan);
        Ok(Found {
            total: usize::try_from(keys.len()).unwrap_or(usize::MAX),
            hits: run.hits(&plan, &keys)?,
            sources: facets.sources.len(),
            facets,
            notes: notes::search(study, &plan, &wanted, &searched),
            searched,
            lacking: Some(Lacking { sources: places.lacking.clone() }).filter(|lacking| !lacking.sources.is_empty()),
        })
    }
}

/// One run of a query.
struct Run<'r> {
    snapshot: &'r Snapshot,
    places: &'r Places<'r>,
    /// For each condition of the plan the paragraphs for which it holds.
    conditions: Vec<RoaringBitmap>,
    texts: &'r dyn Texts,
    options: &'r Options,
    /// Told how far a scan is.
    progress: RefCell<&'r mut dyn FnMut(usize, usize)>,
}

impl Run<'_> {
    /// The paragraphs of `within` that match `step`.
    fn evaluate(&self, step: &Step, within: &RoaringBitmap) -> Result<RoaringBitmap, SearchError> {
        self.options.go_on()?;
        Ok(match step {
            Step::All => within.clone(),
            Step::Nothing => RoaringBitmap::new(),
            Step::Condition(index) => self.conditions.get(*index).map(|keys| keys & within).unwrap_or_default(),
            Step::Leaf(Leaf::Word(test)) => self.snapshot.with_word(test)? & within,
            Step::Leaf(Leaf::Together(together)) => self.snapshot.with_together(together)? & within,
            Step::Leaf(Leaf::Text(regex)) => self.scan(regex, within)?,
            Step::And(parts) => {
                // What reads texts comes last, when the rest has left few of them.
                let (last, first): (Vec<_>, Vec<_>) = parts.iter().partition(|part| part.reads_texts());
                let narrow = |left: RoaringBitmap, part: &Step| if left.is_empty() { Ok(left) } else { self.evaluate(part, &left) };
                first.into_iter().chain(last).try_fold(within.clone(), narrow)?
            }
            Step::Or(parts) => {
                let widen = |found: RoaringBitmap, part: &Step| Ok::<_, SearchError>(found | self.evaluate(part, within)?);
                parts.iter().try_fold(RoaringBitmap::new(), widen)?
            }
            Step::Not(inner) => within - self.evaluate(inner, within)?,
        })
    }

    /// The paragraphs of `within` in whose text `regex` matches something.
    fn scan(&self, regex: &Regex, within: &RoaringBitmap) -> Result<RoaringBitmap, SearchError> {
        let mut found = RoaringBitmap::new();
        let (mut done, of) = (0, usize::try_from(within.len()).unwrap_or(usize::MAX));
        for place in &self.places.places {
            self.read(place, place.among(within), |key, _, words| {
                done += 1;
                (self.progress.borrow_mut())(done, of);
                if Folded::new(words).matches(regex).next().is_some() {
                    found.insert(key);
                }
            })?;
        }
        Ok(found)
    }

    /// The first paragraphs of `keys`, with what made them match.
    fn hits(&self, plan: &Plan, keys: &RoaringBitmap) -> Result<Vec<Hit>, SearchError> {
        let mut hits = Vec::new();
        for place in &self.places.places {
            let left = self.options.limit.saturating_sub(hits.len());
            self.read(place, place.among(keys).take(left), |key, paragraph, words| {
                let holds = |index: usize| self.conditions.get(index).is_some_and(|keys| keys.contains(key));
                let matches = plan.matches(words, &holds).unwrap_or_default();
                hits.extend(hit(place, paragraph, &matches));
            })?;
        }
        Ok(hits)
    }

    /// Hands the words of some paragraphs of a source, each with its key and index, to `look`.
    fn read(
        &self,
        place: &Place<'_>,
        paragraphs: impl Iterator<Item = (u32, usize)>,
        mut look: impl FnMut(u32, usize, &str),
    ) -> Result<(), SearchError> {
        let mut paragraphs = paragraphs.peekable();
        let Some(revision) = place.material.revision().filter(|_| paragraphs.peek().is_some()) else { return Ok(()) };
        let text = self.texts.text(revision.text)?;
        let geometry = &place.material.geometry;
        for (key, index) in paragraphs {
            self.options.go_on()?;
            if let Some(paragraph) = geometry.paragraphs().get(index) {
                look(key, index, &searchable(&text, geometry, paragraph));
            }
        }
        Ok(())
    }
}

fn hit(place: &Place<'_>, paragraph: usize, matches: &[crate::text::Span]) -> Option<Hit> {
    let span = place.material.geometry.paragraphs().get(paragraph)?.span;
    let within_text = |found: &crate::text::Span| crate::text::Span::new(span.start + found.start, span.start + found.end);
    Some(Hit { source: place.material.source.id, paragraph, span, matches: matches.iter().map(within_text).collect() })
}
