use std::fs;
use std::io;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use tantivy::directory::error::LockError;
use tantivy::directory::{Directory as _, INDEX_WRITER_LOCK, MmapDirectory};
use tantivy::tokenizer::TextAnalyzer;
use tantivy::{IndexReader, ReloadPolicy, TantivyError};

use super::contents::Contents;
use super::schema::{Fields, TOKENIZER, Words, schema};
use super::snapshot::Snapshot;

/// Why the index cannot be opened, kept up or read. It is only a cache: nothing is lost with it.
#[derive(Debug, thiserror::Error)]
pub enum IndexError {
    /// tantivy could not do it.
    #[error("the search index cannot be used: {0}")]
    Engine(#[from] TantivyError),
    /// Its folder cannot be made, emptied or read.
    #[error("the folder of the search index cannot be used: {0}")]
    Folder(#[from] io::Error),
    /// It is damaged, and another window is at work on it.
    #[error("another window is at work on the search index")]
    InUse,
    /// No more paragraphs can be numbered.
    #[error("the search index is full")]
    Full,
    /// What it contains cannot be written down.
    #[error("the search index cannot be described: {0}")]
    Contents(#[from] serde_json::Error),
}

/// The index of a project. Searching goes on while it is being kept up.
pub struct Index {
    pub(super) engine: tantivy::Index,
    pub(super) fields: Fields,
    reader: IndexReader,
    current: RwLock<Arc<Snapshot>>,
    /// Held while the index is written.
    pub(super) writing: Mutex<()>,
}

impl Index {
    /// Opens the index in `folder`, which belongs to it alone. A folder that is new is set up; one that is damaged, of
    /// another version or of something else is emptied first.
    ///
    /// # Errors
    /// [`IndexError`] when the folder cannot be used. A project can then be searched with [`Index::in_memory`].
    pub fn open(folder: &Path) -> Result<Self, IndexError> {
        fs::create_dir_all(folder)?;
        let directory = MmapDirectory::open(folder).map_err(TantivyError::from)?;
        if let Some(index) = sound(&directory) {
            return Ok(index);
        }
        let lock = directory.acquire_lock(&INDEX_WRITER_LOCK).map_err(|error| match error {
            LockError::LockBusy => IndexError::InUse,
            LockError::IoError(error) => IndexError::Folder(io::Error::other(error)),
        })?;
        empty(folder)?;
        let index = Self::of(tantivy::Index::create(directory, schema().0, tantivy::IndexSettings::default())?);
        drop(lock);
        index
    }

    /// An index that leaves nothing on the disk.
    ///
    /// # Errors
    /// When there is not enough memory for it.
    pub fn in_memory() -> Result<Self, IndexError> {
        Self::of(tantivy::Index::create_in_ram(schema().0))
    }

    fn of(engine: tantivy::Index) -> Result<Self, IndexError> {
        let (_, fields) = schema();
        engine.tokenizers().register(TOKENIZER, TextAnalyzer::from(Words));
        let reader = engine.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        let snapshot = Snapshot::new(Contents::default(), &[], fields, None)?;
        let index = Self { engine, fields, reader, current: RwLock::new(Arc::new(snapshot)), writing: Mutex::new(()) };
        index.refresh()?;
        Ok(index)
    }

    /// What was committed last, as far as this index knows.
    #[must_use]
    pub fn snapshot(&self) -> Arc<Snapshot> {
        Arc::clone(&self.current.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Looks at what was committed last, here or by another window.
    ///
    /// # Errors
    /// [`IndexError`] when it cannot be read.
    pub fn refresh(&self) -> Result<Arc<Snapshot>, IndexError> {
        let contents = loop {
            // Another window may commit between the two; then the words and the record of them do not belong together.
            let before = self.engine.load_metas()?.payload;
            self.reader.reload()?;
            if self.engine.load_metas()?.payload == before {
                break before.as_deref().and_then(Contents::read).unwrap_or_default();
            }
        };
        let searcher = self.reader.searcher();
        let last = self.snapshot();
        let next = Arc::new(Snapshot::new(contents, searcher.segment_readers(), self.fields, Some(&last))?);
        *self.current.write().unwrap_or_else(PoisonError::into_inner) = Arc::clone(&next);
        Ok(next)
    }
}

/// The index in `directory`, if it is one of ours and whole.
fn sound(directory: &MmapDirectory) -> Option<Index> {
    let engine = tantivy::Index::open(directory.clone()).ok()?;
    let meta = engine.load_metas().ok()?;
    let described = match &meta.payload {
        Some(payload) => Contents::read(payload).is_some(),
        None => meta.segments.is_empty(),
    };
    let whole = engine.schema() == schema().0 && described && engine.validate_checksum().ok()?.is_empty();
    if whole { Index::of(engine).ok() } else { None }
}

/// Removes everything from `folder` but the lock that is held on it.
fn empty(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_name() == INDEX_WRITER_LOCK.filepath.as_os_str() {
            continue;
        }
        if entry.file_type()?.is_dir() {
            fs::remove_dir_all(entry.path())?;
        } else {
            fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}
