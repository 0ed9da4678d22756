use std::ffi::OsString;
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use super::error::StoreError;

/// The right to write to a project file, held by one process at a time.
///
/// It is a lock on a file beside the project, because opening the project otherwise than through SQLite would drop
/// SQLite's own locks. The system gives it back when the process ends, however it ends.
#[derive(Debug)]
pub(super) struct WriterLock {
    file: File,
    path: PathBuf,
}

impl WriterLock {
    /// Takes the right for the project at `path`, or says who has it.
    pub fn take(path: &Path) -> Result<Self, StoreError> {
        let path = beside(path, ".lock");
        // A lock on a file that its owner has removed meanwhile is no lock: look again.
        for _ in 0..16 {
            let file = OpenOptions::new().create(true).truncate(false).write(true).open(&path).map_err(refused)?;
            match file.try_lock() {
                Ok(()) if is_still_there(&file, &path) => return Ok(Self { file, path }),
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => return Err(StoreError::InUse),
                Err(TryLockError::Error(error)) => return Err(error.into()),
            }
        }
        Err(StoreError::InUse)
    }
}

impl Drop for WriterLock {
    fn drop(&mut self) {
        // Removed first, so that the project is one file again; whoever opened it meanwhile notices.
        if let Err(error) = std::fs::remove_file(&self.path).and_then(|()| self.file.unlock()) {
            tracing::debug!(%error, "the lock file stays");
        }
    }
}

/// What it means that no lock can be made beside the project.
fn refused(error: io::Error) -> StoreError {
    match error.kind() {
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => StoreError::NotWritable,
        _ => error.into(),
    }
}

/// `path` with `ending` after its whole name.
pub(super) fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(ending);
    PathBuf::from(name)
}

fn is_still_there(file: &File, path: &Path) -> bool {
    file.metadata().is_ok_and(|held| FileId::of(path) == Some(FileId::from(&held)))
}

/// Which file it is, whatever its name. Where the system does not tell (any but Unix), every file there is is the same;
/// there a file that is open cannot be removed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct FileId {
    #[cfg(unix)]
    device: u64,
    #[cfg(unix)]
    number: u64,
}

impl FileId {
    /// The file at `path`, if there is one. It is not opened.
    pub fn of(path: &Path) -> Option<Self> {
        std::fs::metadata(path).ok().map(|there| Self::from(&there))
    }
}

impl From<&std::fs::Metadata> for FileId {
    #[cfg(unix)]
    fn from(file: &std::fs::Metadata) -> Self {
        use std::os::unix::fs::MetadataExt as _;
        Self { device: file.dev(), number: file.ino() }
    }

    #[cfg(not(unix))]
    fn from(_: &std::fs::Metadata) -> Self {
        Self {}
    }
}

/// Whether both paths lead to one file, by whatever names. Neither is opened; where the system tells of no other names (any but
/// Unix), only links are followed.
#[must_use]
pub fn same_file(one: &Path, other: &Path) -> bool {
    #[cfg(unix)]
    let linked = FileId::of(one).is_some_and(|one| FileId::of(other) == Some(one));
    #[cfg(not(unix))]
    let linked = false;
    linked || one.canonicalize().is_ok_and(|one| other.canonicalize().is_ok_and(|other| one == other))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_that_cannot_be_written_is_said_so() {
        for kind in [ErrorKind::PermissionDenied, ErrorKind::ReadOnlyFilesystem] {
            assert!(matches!(refused(kind.into()), StoreError::NotWritable), "{kind:?}");
        }
        assert!(matches!(refused(ErrorKind::StorageFull.into()), StoreError::Full));
        assert!(matches!(refused(ErrorKind::TimedOut.into()), StoreError::Io(_)));
    }
}
