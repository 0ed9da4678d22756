use std::collections::BTreeMap;
use std::ops::{Bound, ControlFlow};
use std::sync::PoisonError;
use std::thread::available_parallelism;

use tantivy::directory::error::LockError;
use tantivy::query::RangeQuery;
use tantivy::{IndexWriter, TantivyDocument, TantivyError, Term};

use super::contents::{Contents, KeyRange};
use super::index::{Index, IndexError};
use super::schema::searchable;
use crate::study::{Revision, RevisionId};
use crate::text::{NoSuchBlob, ParagraphKind, Texts};

/// Memory for each thread that indexes, in bytes.
const MEMORY: usize = 32 << 20;
/// From how many texts on more than one thread is worth its while.
const MANY: usize = 50;

/// How far indexing is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Texts done.
    pub done: usize,
    /// Texts to do.
    pub total: usize,
}

/// What became of keeping an index up.
#[derive(Clone, Debug, Default)]
pub struct KeptUp {
    /// Texts that were taken up.
    pub added: usize,
    /// Texts that were let go.
    pub removed: usize,
    /// Texts that are still missing: indexing was stopped, or another window is at work on the index.
    pub lacking: usize,
    /// Texts that could not be had.
    pub unreadable: Vec<NoSuchBlob>,
}

/// What there is to do.
struct Difference<'r> {
    gone: Vec<RevisionId>,
    missing: Vec<&'r Revision>,
}

impl Index {
    /// Makes the index hold exactly `revisions`. `progress` is asked before each text whether to go on; what is done
    /// until then is kept. When another window is writing nothing is done.
    ///
    /// # Errors
    /// [`IndexError`] when the index cannot be written; what was committed before is still there.
    pub fn keep_up(
        &self,
        revisions: &[Revision],
        texts: &dyn Texts,
        progress: &mut dyn FnMut(Progress) -> ControlFlow<()>,
    ) -> Result<KeptUp, IndexError> {
        let _writing = self.writing.lock().unwrap_or_else(PoisonError::into_inner);
        let wanted = difference(self.refresh()?.contents(), revisions);
        if wanted.gone.is_empty() && wanted.missing.is_empty() {
            return Ok(KeptUp::default());
        }
        let threads = if wanted.missing.len() < MANY { 1 } else { available_parallelism().map_or(1, usize::from).min(4) };
        let mut writer = match self.engine.writer_with_num_threads(threads, MEMORY * threads) {
            Ok(writer) => writer,
            Err(TantivyError::LockFailure(LockError::LockBusy, _)) => {
                return Ok(KeptUp { lacking: wanted.missing.len(), ..KeptUp::default() });
            }
            Err(other) => return Err(other.into()),
        };
        // Another window may have been at work until the lock was free.
        let mut contents = self.refresh()?.contents().clone();
        let wanted = difference(&contents, revisions);
        let mut kept = KeptUp { removed: wanted.gone.len(), ..KeptUp::default() };
        for revision in &wanted.gone {
            if let Some(keys) = contents.remove(*revision) {
                self.delete(&writer, keys)?;
            }
        }
        let total = wanted.missing.len();
        for (done, revision) in wanted.missing.into_iter().enumerate() {
            if progress(Progress { done, total }).is_break() {
                kept.lacking = total - done;
                break;
            }
            match self.add(&writer, &mut contents, revision, texts)? {
                Ok(()) => kept.added += 1,
                Err(missing) => kept.unreadable.push(missing),
            }
        }
        let mut commit = writer.prepare_commit()?;
        commit.set_payload(&contents.write()?);
        commit.commit()?;
        writer.wait_merging_threads()?;
        self.refresh()?;
        Ok(kept)
    }

    fn delete(&self, writer: &IndexWriter, keys: KeyRange) -> Result<(), IndexError> {
        let key = |key: u32| Term::from_field_u64(self.fields.key, u64::from(key));
        let range = RangeQuery::new(Bound::Included(key(keys.start)), Bound::Excluded(key(keys.end)));
        writer.delete_query(Box::new(range))?;
        Ok(())
    }

    /// Takes up one text. The inner error is that of a text that cannot be had, which does not stop the others.
    fn add(
        &self,
        writer: &IndexWriter,
        contents: &mut Contents,
        revision: &Revision,
        texts: &dyn Texts,
    ) -> Result<Result<(), NoSuchBlob>, IndexError> {
        let (text, geometry) = match (texts.text(revision.text), texts.geometry(revision.geometry)) {
            (Ok(text), Ok(geometry)) => (text, geometry),
            (Err(missing), _) | (_, Err(missing)) => return Ok(Err(missing)),
        };
        let keys = contents.add(revision.id, geometry.paragraphs().len()).ok_or(IndexError::Full)?;
        for (key, paragraph) in (keys.start..keys.end).zip(geometry.paragraphs()) {
            if paragraph.kind != ParagraphKind::Furniture {
                let mut document = TantivyDocument::new();
                document.add_text(self.fields.words, searchable(&text, &geometry, paragraph));
                document.add_u64(self.fields.key, u64::from(key));
                writer.add_document(document)?;
            }
        }
        Ok(Ok(()))
    }
}

fn difference<'r>(contents: &Contents, revisions: &'r [Revision]) -> Difference<'r> {
    let wanted: BTreeMap<RevisionId, &Revision> = revisions.iter().map(|revision| (revision.id, revision)).collect();
    Difference {
        gone: contents.revisions().filter(|revision| !wanted.contains_key(revision)).collect(),
        missing: wanted.into_values().filter(|revision| contents.keys(revision.id).is_none()).collect(),
    }
}
