use std::fs;
use std::io;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use tantivy::directory::error::LockError;
use tantivy::directory::{Directory as _, INDEX_WRITER_LOCK, META_LOCK, MmapDirectory};
use tantivy::tokenizer::TextAnalyzer;
use tantivy::{IndexReader, ReloadPolicy, TantivyError};

use super::contents::Contents;
use super::schema::{Fields, TOKENIZER, Words, schema};
use super::snapshot::Snapshot;
use super::unused;

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
    /// Whether its folder held something that could not be used.
    rebuilt: bool,
}

impl Index {
    /// Opens the index in `folder`, which belongs to it alone. A folder that is new is set up; one that is damaged, of
    /// another version or of something else is emptied first.
    ///
    /// # Errors
    /// [`IndexError`] when the folder cannot be used. A project can then be searched with [`Index::in_memory`].
    pub fn open(folder: &Path) -> Result<Self, IndexError> {
        fs::create_dir_all(folder)?;
        unused::mark_used(folder)?;
        let directory = MmapDirectory::open(folder).map_err(TantivyError::from)?;
        if let Some(index) = sound(&directory) {
            return Ok(index);
        }
        let lock = directory.acquire_lock(&INDEX_WRITER_LOCK).map_err(|error| match error {
            LockError::LockBusy => IndexError::InUse,
            LockError::IoError(error) => IndexError::Folder(io::Error::other(error)),
        })?;
        // Another window may have set it up until the lock was free.
        if let Some(index) = sound(&directory) {
            return Ok(index);
        }
        let rebuilt = empty(folder)?;
        let index = Self::of(tantivy::Index::create(directory, schema().0, tantivy::IndexSettings::default())?)?;
        drop(lock);
        Ok(Self { rebuilt, ..index })
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
        let index = Self { engine, fields, reader, current: RwLock::new(Arc::new(snapshot)), writing: Mutex::new(()), rebuilt: false };
        index.refresh()?;
        Ok(index)
    }

    /// Whether its folder was emptied when it was opened, because what was in it was damaged or of another version.
    #[must_use]
    pub const fn was_rebuilt(&self) -> bool {
        self.rebuilt
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
    // Held so that another window does not clear away what is being looked at.
    let lock = directory.acquire_lock(&META_LOCK).ok()?;
    let engine = tantivy::Index::open(directory.clone()).ok()?;
    let meta = engine.load_metas().ok()?;
    let described = match &meta.payload {
        Some(payload) => Contents::read(payload).is_some(),
        None => meta.segments.is_empty(),
    };
    let whole = engine.schema() == schema().0 && described && engine.validate_checksum().ok()?.is_empty();
    drop(lock);
    if whole { Index::of(engine).ok() } else { None }
}

/// Removes everything from `folder` but what every opening leaves there: the lock that is held on it among it. Returns
/// whether there was anything.
fn empty(folder: &Path) -> io::Result<bool> {
    let stays = [INDEX_WRITER_LOCK.filepath.as_os_str(), META_LOCK.filepath.as_os_str(), unused::MARK.as_ref()];
    let mut any = false;
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if stays.contains(&entry.file_name().as_os_str()) {
            continue;
        }
        any = true;
        if entry.file_type()?.is_dir() {
            fs::remove_dir_all(entry.path())?;
        } else {
            fs::remove_file(entry.path())?;
        }
    }
    Ok(any)
}

#[cfg(test)]
mod tests {
    use std::ops::ControlFlow;
    use std::path::PathBuf;

    use proptest::prelude::*;

    use super::*;
    use crate::query::parse;
    use crate::search::fixture::Memory;
    use crate::search::{Leaf, Progress};
    use crate::study::{Revision, SourceId};

    fn go(_: Progress) -> ControlFlow<()> {
        ControlFlow::Continue(())
    }

    fn count(index: &Index, query: &str) -> u64 {
        found(&index.refresh().unwrap(), query)
    }

    fn found(snapshot: &Snapshot, query: &str) -> u64 {
        match Leaf::of(&parse(query).query) {
            Some(Leaf::Word(test)) => snapshot.with_word(&test).unwrap().len(),
            Some(Leaf::Together(together)) => snapshot.with_together(&together).unwrap().len(),
            other => panic!("{query} is {other:?}"),
        }
    }

    fn some_texts() -> (Memory, Vec<Revision>) {
        let mut texts = Memory::default();
        let one = texts.add(SourceId::new(), "I: Who leads?\nR: The team leader does.\n\n# The leader page\n");
        let other = texts.add(SourceId::new(), "R: We share information.\nR: They shared the information.\n");
        (texts, vec![one, other])
    }

    fn files(folder: &Path) -> Vec<PathBuf> {
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_file()).collect()
    }

    #[test]
    fn the_index_follows_the_revisions() {
        let (mut texts, mut revisions) = some_texts();
        let index = Index::in_memory().unwrap();
        let kept = index.keep_up(&revisions, &texts, &mut go).unwrap();
        assert_eq!((kept.added, kept.removed, kept.lacking), (2, 0, 0));
        assert_eq!(count(&index, "leader"), 1, "furniture is not searched");
        assert_eq!(count(&index, "share"), 2);
        assert_eq!(count(&index, "\"share information\""), 1);
        assert_eq!(count(&index, "\"share information\"~1"), 1);
        assert_eq!(count(&index, "in*"), 2);

        let corrected = texts.add(revisions[1].source, "R: We hide information.\n");
        revisions[1] = corrected;
        let kept = index.keep_up(&revisions, &texts, &mut go).unwrap();
        assert_eq!((kept.added, kept.removed), (1, 1));
        assert_eq!((count(&index, "share"), count(&index, "hide"), count(&index, "leader")), (0, 1, 1));
        let kept = index.keep_up(&revisions, &texts, &mut go).unwrap();
        assert_eq!((kept.added, kept.removed), (0, 0));
        index.keep_up(&[], &texts, &mut go).unwrap();
        assert_eq!((count(&index, "hide"), count(&index, "leader")), (0, 0));
    }

    #[test]
    fn stopping_keeps_what_is_done_and_lost_texts_stop_nothing() {
        let (mut texts, revisions) = some_texts();
        let index = Index::in_memory().unwrap();
        let stop = |progress: Progress| if progress.done == 1 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) };
        let kept = index.keep_up(&revisions, &texts, &mut { stop }).unwrap();
        assert_eq!((kept.added, kept.lacking), (1, 1));
        assert_eq!(index.snapshot().contents().revisions().count(), 1);

        let index = Index::in_memory().unwrap();
        texts.lose(revisions[0].text);
        let kept = index.keep_up(&revisions, &texts, &mut go).unwrap();
        assert_eq!((kept.added, kept.unreadable.len()), (1, 1));
        assert_eq!((count(&index, "share"), count(&index, "leader")), (2, 0));
    }

    #[test]
    fn a_second_window_searches_the_last_commit() {
        let folder = tempfile::tempdir().unwrap();
        let (texts, revisions) = some_texts();
        let first = Index::open(folder.path()).unwrap();
        let second = Index::open(folder.path()).unwrap();
        first.keep_up(&revisions[..1], &texts, &mut go).unwrap();
        assert_eq!(count(&second, "leader"), 1);
        let writer: tantivy::IndexWriter = first.engine.writer_with_num_threads(1, 15 << 20).unwrap();
        let kept = second.keep_up(&revisions, &texts, &mut go).unwrap();
        assert_eq!((kept.added, kept.lacking), (0, 1));
        assert_eq!(count(&second, "leader"), 1);
        drop(writer);
        assert_eq!(second.keep_up(&revisions, &texts, &mut go).unwrap().added, 1);
        drop((first, second));
        let again = Index::open(folder.path()).unwrap();
        assert_eq!(again.keep_up(&revisions, &texts, &mut go).unwrap().added, 0, "nothing is indexed twice");
        assert_eq!(count(&again, "share"), 2);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(12))]

        #[test]
        fn any_series_of_changes_ends_as_if_indexed_at_once(steps in proptest::collection::vec(proptest::bits::u8::ANY, 1..6)) {
            let mut texts = Memory::default();
            let pool: Vec<Revision> = (0..8).map(|number| texts.add(SourceId::new(), &format!("R: all w{number}\nR: w{number} all\n"))).collect();
            let index = Index::in_memory().unwrap();
            for step in steps {
                let chosen: Vec<_> = (0..8).filter(|bit| step & (1 << bit) != 0).map(|bit| pool[bit].clone()).collect();
                index.keep_up(&chosen, &texts, &mut go).unwrap();
                prop_assert_eq!(count(&index, "all"), 2 * chosen.len() as u64);
                for (number, revision) in pool.iter().enumerate() {
                    let expected = u64::from(chosen.iter().any(|other| other.id == revision.id));
                    prop_assert_eq!(count(&index, &format!("\"all w{number}\"")), expected);
                }
            }
        }
    }

    #[test]
    fn damaged_old_and_foreign_folders_are_built_anew() {
        let (texts, revisions) = some_texts();
        let damage: [fn(&Path); 5] = [
            |folder| files(folder).iter().for_each(|file| fs::write(file, b"").unwrap()),
            |folder| files(folder).iter().filter(|file| !file.ends_with("meta.json")).for_each(|file| fs::remove_file(file).unwrap()),
            |folder| {
                for file in files(folder) {
                    let mut bytes = fs::read(&file).unwrap();
                    let middle = bytes.len() / 2;
                    bytes.truncate(middle);
                    fs::write(&file, bytes).unwrap();
                }
            },
            |folder| {
                let meta = folder.join("meta.json");
                let old = fs::read_to_string(&meta).unwrap().replace("\\\"format\\\":2", "\\\"format\\\":0");
                fs::write(&meta, old).unwrap();
            },
            |folder| {
                fs::remove_file(folder.join("meta.json")).unwrap();
                fs::create_dir(folder.join("other")).unwrap();
                fs::write(folder.join("other/notes.txt"), "foreign").unwrap();
            },
        ];
        for (number, damage) in damage.into_iter().enumerate() {
            let folder = tempfile::tempdir().unwrap();
            Index::open(folder.path()).unwrap().keep_up(&revisions, &texts, &mut go).unwrap();
            damage(folder.path());
            let index = Index::open(folder.path()).unwrap();
            assert!(index.was_rebuilt(), "damage {number}");
            assert_eq!(index.snapshot().contents().revisions().count(), 0, "damage {number}");
            assert_eq!(index.keep_up(&revisions, &texts, &mut go).unwrap().added, 2, "damage {number}");
            assert_eq!(count(&index, "share"), 2, "damage {number}");
            drop(index);
            assert!(!Index::open(folder.path()).unwrap().was_rebuilt(), "damage {number}");
        }
    }

    #[test]
    fn a_new_folder_and_one_that_is_gone_are_set_up() {
        let (texts, revisions) = some_texts();
        let cache = tempfile::tempdir().unwrap();
        let folder = cache.path().join("index").join("one");
        for _ in 0..2 {
            let index = Index::open(&folder).unwrap();
            assert!(!index.was_rebuilt());
            assert_eq!(index.keep_up(&revisions, &texts, &mut go).unwrap().added, 2);
            assert_eq!(count(&index, "share"), 2);
            fs::remove_dir_all(&folder).unwrap();
            assert_eq!(found(&index.snapshot(), "leader"), 1, "what is open stays readable");
            assert!(index.refresh().is_err());
        }
    }

    #[test]
    fn a_folder_that_cannot_be_used_is_an_error() {
        let cache = tempfile::tempdir().unwrap();
        fs::write(cache.path().join("file"), "no folder").unwrap();
        assert!(matches!(Index::open(&cache.path().join("file/index")), Err(IndexError::Folder(_))));
    }

    #[test]
    fn a_copied_folder_is_as_good_as_the_first() {
        let (texts, revisions) = some_texts();
        let (first, copy) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        Index::open(first.path()).unwrap().keep_up(&revisions, &texts, &mut go).unwrap();
        for file in files(first.path()) {
            fs::copy(&file, copy.path().join(file.file_name().unwrap())).unwrap();
        }
        let index = Index::open(copy.path()).unwrap();
        assert!(!index.was_rebuilt());
        assert_eq!(count(&index, "share"), 2);
    }

    #[test]
    fn every_flipped_byte_is_noticed_or_harmless() {
        let folder = tempfile::tempdir().unwrap();
        let (texts, revisions) = some_texts();
        Index::open(folder.path()).unwrap().keep_up(&revisions, &texts, &mut go).unwrap();
        let sound: Vec<_> = files(folder.path()).into_iter().map(|file| (file.clone(), fs::read(&file).unwrap())).collect();
        for (file, bytes) in &sound {
            for at in (0..bytes.len()).step_by(bytes.len() / 2 + 1) {
                let folder = tempfile::tempdir().unwrap();
                for (other, bytes) in &sound {
                    let mut bytes = bytes.clone();
                    if other == file {
                        bytes[at] ^= 1;
                    }
                    fs::write(folder.path().join(other.file_name().unwrap()), bytes).unwrap();
                }
                let index = Index::open(folder.path()).unwrap();
                index.keep_up(&revisions, &texts, &mut go).unwrap();
                assert_eq!((count(&index, "share"), count(&index, "leader")), (2, 1), "byte {at} of {}", file.display());
            }
        }
    }
}
