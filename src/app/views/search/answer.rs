//! What a search found, with all the window needs to show it.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use crate::app::UserError;
use crate::app::worker::IndexDoor;
use crate::project::{Facets, Note, Options, SearchError};
use crate::query::Query;
use crate::study::{CaseId, RevisionId, SourceId, Study};
use crate::text::{Span, Texts, Voice};

/// A paragraph, as what hits are known by from one answer to the next.
pub type HitId = (SourceId, usize);

/// A paragraph that was found.
#[derive(Clone, Debug)]
pub struct Row {
    /// Its source.
    pub source: SourceId,
    /// The version of the source's text.
    pub revision: RevisionId,
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
    /// Memos and definitions that match.
    pub notes: Vec<Note>,
    /// Sources that are not in the index yet.
    pub lacking: usize,
    /// Words that were searched.
    pub words: u64,
    /// How long the first hits took.
    pub took: Duration,
}

/// What is needed to answer.
pub struct Asking {
    /// The way to the index.
    pub index: IndexDoor,
    /// The texts.
    pub texts: Arc<dyn Texts>,
    /// The study.
    pub study: Arc<Study>,
    /// The query, checked against the study.
    pub query: Query,
    /// How many paragraphs to give.
    pub limit: usize,
    /// How long the first hits took, when those are there and all are asked for.
    pub took: Option<Duration>,
}

impl Asking {
    /// Searches; to be run in a job.
    pub fn answer(&self, cancelled: Arc<AtomicBool>) -> Result<Answer, UserError> {
        let searcher = self.index.searcher()?;
        let begun = Instant::now();
        let unreadable = |error: &(dyn std::error::Error + 'static)| {
            UserError::new("This search could not be finished.", "Open the project again; the index is then made anew.").because(error)
        };
        let options = Options { limit: self.limit, cancelled };
        let found = searcher.run(&self.study, &self.query, &options).map_err(|error| unreadable(&error))?;
        let took = self.took.unwrap_or_else(|| begun.elapsed());
        let mut texts: BTreeMap<SourceId, Arc<str>> = BTreeMap::new();
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
                texts.insert(hit.source, self.texts.text(revision.text).map_err(|error| unreadable(&error))?);
            }
            let words = texts.get(&hit.source).map_or("", |text| hit.span.slice(text));
            let within = |span: &Span| Span::new(span.start - hit.span.start, span.end - hit.span.start);
            let (voice, case) = material.speaker_of(paragraph);
            rows.push(Row {
                source: hit.source,
                revision: revision.id,
                paragraph: hit.paragraph,
                span: hit.span,
                words: words.into(),
                matches: hit.matches.iter().map(within).collect(),
                voice,
                case,
            });
        }
        let words = self.study.materials().iter().map(|material| {
            let geometry = &material.geometry;
            u64::from(geometry.words_in(Span::new(0, geometry.text_len())))
        });
        Ok(Answer {
            query: self.query.clone(),
            rows: rows.into(),
            total: found.total,
            sources: found.sources,
            facets: found.facets,
            notes: found.notes,
            lacking: found.lacking.map_or(0, |lacking| lacking.sources.len()),
            words: words.sum(),
            took,
        })
    }
}
