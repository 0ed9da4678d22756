//! What a search found, with all the window needs to show it.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use super::notes::NoteRow;
use crate::app::UserError;
use crate::app::worker::{IndexDoor, JobHandle};
use crate::project::{Facets, Found, Options, SearchError, Searched, Searcher};
use crate::query::{Query, looser, print};
use crate::search::Plan;
use crate::study::{CaseId, Revision, SourceId, Study};
use crate::text::{Span, Texts, Voice};

/// A paragraph, as what hits are known by from one answer to the next.
pub type HitId = (SourceId, usize);

/// A paragraph that was found.
#[derive(Clone, Debug)]
pub struct Row {
    /// Its source.
    pub source: SourceId,
    /// The version of the source's text that was searched.
    pub revision: Arc<Revision>,
    /// Its index among the source's paragraphs, from 0.
    pub paragraph: usize,
    /// Where it stands, in bytes of the text.
    pub span: Span,
    /// Its words.
    pub words: Box<str>,
    /// The words that made it match, in bytes of `words`.
    pub matches: Box<[Span]>,
    /// Whose words they are.
    pub voice: Voice,
    /// Who said them, if that is stated.
    pub case: Option<CaseId>,
}

impl Row {
    /// What it is known by.
    pub const fn id(&self) -> HitId {
        (self.source, self.paragraph)
    }

    /// A span of the paragraph as one of the text.
    pub const fn in_text(&self, span: Span) -> Span {
        Span { start: self.span.start + span.start, end: self.span.start + span.end }
    }

    /// The found words as one stretch of the text; all words where the query asked for none.
    pub fn found(&self) -> Span {
        let hull = self.matches.iter().copied().reduce(Span::hull);
        hull.map_or(self.span, |hull| self.in_text(hull))
    }
}

/// The answer to a query.
#[derive(Clone, Debug)]
pub struct Answer {
    /// What was asked.
    pub query: Query,
    /// The first of the paragraphs found, in the order of sources and places.
    pub rows: Arc<[Row]>,
    /// How many were found.
    pub total: usize,
    /// In how many sources.
    pub sources: usize,
    /// How they are spread.
    pub facets: Facets,
    /// Summaries, memos and definitions that match.
    pub notes: Arc<[NoteRow]>,
    /// What was searched.
    pub searched: Searched,
    /// Queries that ask for less and find something; only where this one finds nothing.
    pub ways: Vec<Way>,
    /// Sources that are not in the index yet.
    pub lacking: usize,
    /// Words that were searched.
    pub words: u64,
    /// How long the first hits took.
    pub took: Duration,
}

/// A query that asks for less.
#[derive(Clone, Debug)]
pub struct Way {
    /// What it does differently.
    pub what: String,
    /// The query, as it is written.
    pub query: String,
    /// How many paragraphs it finds.
    pub total: usize,
}

/// How many ways on are offered where nothing is found.
const WAYS: usize = 6;

/// How far the texts were read for an answer.
#[derive(Debug, Default)]
pub struct Reading {
    done: AtomicUsize,
    of: AtomicUsize,
}

impl Reading {
    fn tell(&self, done: usize, of: usize) {
        self.of.store(of, Ordering::Relaxed);
        self.done.store(done, Ordering::Relaxed);
    }

    /// How much of them, in hundredths.
    pub fn percent(&self) -> usize {
        self.done.load(Ordering::Relaxed) * 100 / self.of.load(Ordering::Relaxed).max(1)
    }
}

/// What is needed to answer.
pub struct Asking {
    /// The way to the index.
    pub index: IndexDoor,
    /// The texts.
    pub texts: Arc<dyn Texts>,
    /// The study.
    pub study: Arc<Study>,
    /// The query, checked against the study; its last word perhaps not finished.
    pub query: Query,
    /// The query as it is written.
    pub written: Query,
    /// Where to say how far the texts were read.
    pub reading: Arc<Reading>,
    /// How many paragraphs to give.
    pub limit: usize,
    /// How long the first hits took, when those are there and all are asked for.
    pub took: Option<Duration>,
}

impl Asking {
    /// Searches; to be run in a job.
    pub fn answer(&self, job: &mut JobHandle) -> Result<Answer, UserError> {
        let searcher = self.index.searcher()?;
        let begun = Instant::now();
        let unreadable = |error: &(dyn std::error::Error + 'static)| {
            UserError::new("This search could not be finished.", "Open the project again; the index is then made anew.").because(error)
        };
        let options = Options { limit: self.limit, cancelled: job.cancelled() };
        let mut tell = |done, of| {
            self.reading.tell(done, of);
            job.progress(done, of);
        };
        let found = searcher.run_telling(&self.study, &self.query, &options, &mut tell).map_err(|error| unreadable(&error))?;
        let took = self.took.unwrap_or_else(|| begun.elapsed());
        let mut texts: BTreeMap<SourceId, (Arc<str>, Arc<Revision>)> = BTreeMap::new();
        let mut rows = Vec::with_capacity(found.hits.len());
        for hit in &found.hits {
            if options.cancelled.load(Ordering::Relaxed) {
                return Err(unreadable(&SearchError::Cancelled));
            }
            let Some(material) = self.study.material(hit.source) else { continue };
            let (Some(revision), Some(paragraph)) = (material.revision(), material.geometry.paragraphs().get(hit.paragraph)) else {
                continue;
            };
            if !texts.contains_key(&hit.source) {
                // Hits come in the order of sources: the text before is not needed again.
                texts.clear();
                let text = self.texts.text(revision.text).map_err(|error| unreadable(&error))?;
                texts.insert(hit.source, (text, Arc::new(revision.clone())));
            }
            let Some((text, revision)) = texts.get(&hit.source) else { continue };
            let words = hit.span.slice(text);
            let within = |span: &Span| Span::new(span.start - hit.span.start, span.end - hit.span.start);
            let (voice, case) = material.speaker_of(paragraph);
            rows.push(Row {
                source: hit.source,
                revision: Arc::clone(revision),
                paragraph: hit.paragraph,
                span: hit.span,
                words: words.into(),
                matches: hit.matches.iter().map(within).collect(),
                voice,
                case,
            });
        }
        let ways = if found.total == 0 && found.notes.is_empty() { self.ways(&searcher, &options) } else { Vec::new() };
        let words = self.study.materials().iter().map(|material| {
            let geometry = &material.geometry;
            u64::from(geometry.words_in(Span::new(0, geometry.text_len())))
        });
        Ok(Answer {
            query: self.query.clone(),
            rows: rows.into(),
            total: found.total,
            sources: found.sources,
            ways,
            notes: notes(&self.study, &found),
            searched: found.searched,
            facets: found.facets,
            lacking: found.lacking.map_or(0, |lacking| lacking.sources.len()),
            words: words.sum(),
            took,
        })
    }

    /// Queries that ask for less and find something. What reads texts is not tried.
    fn ways(&self, searcher: &Searcher, options: &Options) -> Vec<Way> {
        let found = looser(&self.written).into_iter().filter(|way| !Plan::new(&way.query).step().reads_texts());
        let counted = found.filter_map(|way| {
            let options = Options { limit: 0, ..options.clone() };
            let found = searcher.run(&self.study, &way.query, &options).ok().filter(|found| found.total > 0)?;
            Some(Way { what: way.what, query: print(&way.query), total: found.total })
        });
        counted.take(WAYS).collect()
    }
}

fn notes(study: &Study, found: &Found) -> Arc<[NoteRow]> {
    found.notes.iter().map(|note| NoteRow::of(study, note)).collect()
}
