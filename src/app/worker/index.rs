use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use super::jobs::JobHandle;
use crate::app::user_error::UserError;
use crate::project::Searcher;
use crate::search::{Index, IndexError, KeptUp, Progress, remove_index, remove_unused};
use crate::study::Study;
use crate::text::Texts;

/// The way to the search index of the open project. Whoever comes first opens it, which can take a while: only jobs may.
#[derive(Clone)]
pub struct IndexDoor {
    folder: PathBuf,
    texts: Arc<dyn Texts>,
    /// Whether nothing of the index may be written to its folder.
    memory_only: Arc<AtomicBool>,
    opened: Arc<Mutex<Option<Opened>>>,
}

struct Opened {
    searcher: Searcher,
    /// Whether nothing of it was to be written.
    memory_only: bool,
    /// Why it is in memory only, until that has been told.
    problem: Option<UserError>,
}

/// What became of keeping the index up, for the window.
#[derive(Clone, Debug, Default)]
pub struct IndexKept {
    /// What was done.
    pub kept: KeptUp,
    /// Why the index lies in memory only where it should not, or elsewhere where it should; said once.
    pub in_memory: Option<UserError>,
}

impl IndexDoor {
    /// A door to the index in `folder` for a project with these texts.
    #[must_use]
    pub fn new(folder: PathBuf, texts: Arc<dyn Texts>) -> Self {
        Self { folder, texts, memory_only: Arc::default(), opened: Arc::default() }
    }

    /// Whether the index is from now on kept in memory only; what lies in its folder is removed then. Done by the next job that
    /// needs the index.
    pub fn keep_in_memory(&self, only: bool) {
        self.memory_only.store(only, Ordering::Relaxed);
    }

    /// The searcher.
    ///
    /// # Errors
    /// When neither the folder nor memory can hold an index.
    pub fn searcher(&self) -> Result<Searcher, UserError> {
        self.with_open(|opened| opened.searcher.clone())
    }

    /// Makes the index hold the texts of `study`.
    ///
    /// # Errors
    /// When it cannot be opened or written.
    pub fn keep_up(&self, study: &Study, job: &mut JobHandle) -> Result<IndexKept, UserError> {
        let mut go_on = |progress: Progress| {
            if job.progress(progress.done, progress.total) { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        };
        let kept = self.searcher()?.keep_up(study, &mut go_on).or_else(|error| {
            // A full disk, or a folder that was taken away.
            self.move_to_memory(&error)?;
            self.searcher()?.keep_up(study, &mut go_on).map_err(|error| unusable(&error))
        })?;
        Ok(IndexKept { kept, in_memory: self.with_open(|opened| opened.problem.take())? })
    }

    /// From here on an index in memory is used.
    fn move_to_memory(&self, error: &IndexError) -> Result<(), UserError> {
        let index = Index::in_memory().map_err(|error| unusable(&error))?;
        self.with_open(|opened| {
            opened.searcher = Searcher::new(Arc::new(index), Arc::clone(&self.texts));
            opened.problem = Some(unusable(error));
        })
    }

    fn with_open<T>(&self, then: impl FnOnce(&mut Opened) -> T) -> Result<T, UserError> {
        let mut slot = self.opened.lock().unwrap_or_else(PoisonError::into_inner);
        let memory_only = self.memory_only.load(Ordering::Relaxed);
        if let Some(opened) = slot.as_mut().filter(|opened| opened.memory_only == memory_only) {
            return Ok(then(opened));
        }
        // What lies in the folder is closed before that goes.
        *slot = None;
        let in_memory = || Index::in_memory().map_err(|error| unusable(&error));
        let (index, problem) = if memory_only {
            (in_memory()?, remove_index(&self.folder).err().map(|error| not_removed(&self.folder, &error)))
        } else {
            match Index::open(&self.folder) {
                Ok(index) => (index, None),
                Err(error) => (in_memory()?, Some(unusable(&error))),
            }
        };
        if let Some(Err(error)) = self.folder.parent().map(|indexes| remove_unused(indexes, jiff::Timestamp::now().as_millisecond())) {
            tracing::warn!(%error, "search indexes that nobody uses any more stay where they are");
        }
        let searcher = Searcher::new(Arc::new(index), Arc::clone(&self.texts));
        Ok(then(slot.insert(Opened { searcher, memory_only, problem })))
    }
}

fn not_removed(folder: &Path, error: &std::io::Error) -> UserError {
    let next = format!("It can be deleted by hand when no window has the project open: {}", folder.display());
    UserError::new("What was written of the search index could not be removed.", next).because(error)
}

fn unusable(error: &IndexError) -> UserError {
    let what = match error {
        IndexError::InUse => "The search index is damaged, and another window is making it again.",
        _ => "The folder of the search index cannot be used, or the disk is full.",
    };
    UserError::new(what, "This window searches with an index in memory until the project is opened again; nothing is lost.").because(error)
}
