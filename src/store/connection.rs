use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, OpenFlags};

use super::codec::Codec;
use super::error::StoreError;
use super::lock::{FileId, WriterLock, beside};
use super::making::Making;
use super::{backup, blobs, migrations, staging};

/// How long another connection is waited for.
const BUSY: Duration = Duration::from_secs(5);

/// What a project is opened for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Reading and editing; one at a time.
    Write,
    /// Reading only.
    Read,
}

/// How SQLite comes at the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sharing {
    /// Beside others: with a write-ahead log and locks, which lie in files of their own beside the project.
    Shared,
    /// As a file that nobody changes: where no file can be made beside it.
    Alone,
}

/// An open project file.
#[derive(Debug)]
pub struct Store {
    pub(super) connection: Connection,
    pub(super) codec: Codec,
    pub(super) sharing: Sharing,
    path: PathBuf,
    access: Access,
    /// Which file it is, wherever it lies.
    file: FileId,
    /// How long the longest transaction has lasted that wrote something.
    pub(super) longest: Duration,
    /// After this long nothing more is taken into a transaction of a long act.
    pub(super) lasts: Duration,
    /// Held as long as the file is open for writing; given back after the connection is closed.
    _lock: Option<WriterLock>,
}

impl Store {
    /// Makes a new project file.
    ///
    /// # Errors
    /// [`StoreError::Exists`] when there is a file of that name; it is not touched.
    pub fn create(path: &Path) -> Result<Self, StoreError> {
        let path = std::path::absolute(path)?;
        if path.exists() {
            return Err(StoreError::Exists(path));
        }
        let lock = WriterLock::take(&path)?;
        let mut connection = connect(&path, Sharing::Shared, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE)?;
        prepare_to_write(&connection)?;
        migrations::migrate(&mut connection)?;
        Self::with(connection, path.canonicalize()?, Some(lock), Sharing::Shared)
    }

    /// Opens a project file. An older one is backed up and brought to this version.
    ///
    /// # Errors
    /// [`StoreError::InUse`] when another process writes to it, [`StoreError::Foreign`], [`StoreError::Newer`] or
    /// [`StoreError::Damaged`] when it cannot be read, [`StoreError::NotWritable`] when it can only be read; the file is not
    /// changed then.
    pub fn open(path: &Path, access: Access) -> Result<Self, StoreError> {
        match std::fs::metadata(path) {
            Ok(about) if about.is_file() => {}
            Ok(_) => return Err(StoreError::Foreign(path.to_path_buf())),
            Err(error) if error.kind() == ErrorKind::NotFound => return Err(StoreError::Missing(path.to_path_buf())),
            Err(error) => return Err(error.into()),
        }
        // Under its one true name, so that a link to it meets the same lock.
        let path = path.canonicalize()?;
        match access {
            Access::Write => Self::open_to_write(path),
            Access::Read => Self::open_to_read(&path),
        }
    }

    fn open_to_write(path: PathBuf) -> Result<Self, StoreError> {
        let lock = WriterLock::take(&path)?;
        let mut connection = connect(&path, Sharing::Shared, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
        let found = migrations::recognise(&connection, &path)?;
        if connection.is_readonly("main")? {
            return Err(StoreError::NotWritable);
        }
        prepare_to_write(&connection)?;
        if found < migrations::newest() {
            backup::before_upgrade(&connection, Codec::Plain, &path, found)?;
            migrations::migrate(&mut connection)?;
        }
        let mut store = Self::with(connection, path, Some(lock), Sharing::Shared)?;
        store.finish()?;
        blobs::sweep(&store.connection)?;
        Ok(store)
    }

    fn open_to_read(path: &Path) -> Result<Self, StoreError> {
        match Self::open_to_read_as(path, Sharing::Shared) {
            // In a folder that cannot be written there is no place for a log and its locks, and none is needed either.
            Err(error) if error.lacks_place() => match log_beside(path) {
                Some(log) => Err(StoreError::LogBeside(log)),
                None => Self::open_to_read_as(path, Sharing::Alone),
            },
            opened => opened,
        }
    }

    fn open_to_read_as(path: &Path, sharing: Sharing) -> Result<Self, StoreError> {
        // SQLite may still tidy up at the end what a killed process left; a connection that cannot write leaves files behind.
        let connection = connect(path, sharing, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
        let found = migrations::recognise(&connection, path)?;
        connection.pragma_update(None, "query_only", true)?;
        if found < migrations::newest() {
            return Err(StoreError::Older { found, known: migrations::newest() });
        }
        Self::with(connection, path.to_path_buf(), None, sharing)
    }

    /// `path` is the file's one true name.
    fn with(connection: Connection, path: PathBuf, lock: Option<WriterLock>, sharing: Sharing) -> Result<Self, StoreError> {
        connection.set_prepared_statement_cache_capacity(64);
        let access = if lock.is_some() { Access::Write } else { Access::Read };
        let file = FileId::of(&path).ok_or_else(|| StoreError::Missing(path.clone()))?;
        let (longest, lasts) = (Duration::ZERO, staging::LASTS);
        Ok(Self { connection, codec: Codec::Plain, sharing, path, access, file, longest, lasts, _lock: lock })
    }

    /// Whether somebody writes to the file at `path` just now, as far as can be told.
    #[must_use]
    pub fn is_in_use(path: &Path) -> bool {
        path.canonicalize().is_ok_and(|path| matches!(WriterLock::take(&path), Err(StoreError::InUse)))
    }

    /// Where the file lies, absolute.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// What it was opened for.
    #[must_use]
    pub const fn access(&self) -> Access {
        self.access
    }

    /// Refuses when the file was opened for reading only, or is no longer where it was: SQLite would go on writing to a
    /// file that goes when it is closed.
    pub(super) fn writable(&self) -> Result<(), StoreError> {
        if self.access == Access::Read {
            return Err(StoreError::ReadOnly);
        }
        if FileId::of(&self.path).is_none_or(|there| there != self.file) {
            return Err(StoreError::Moved(self.path.clone()));
        }
        Ok(())
    }

    /// Writes the whole project to a new file, as it is now. It works also when the project's own file was removed.
    ///
    /// # Errors
    /// [`StoreError::Exists`] when there is a file of that name; it is not touched.
    pub fn copy_to(&self, path: &Path) -> Result<(), StoreError> {
        self.copy_with(path, |_| Ok(()))
    }

    /// As [`Store::copy_to`], with what `then` does to the copy, where it lies, before it gets its name. It must be closed
    /// when `then` is done; where that fails, no copy is left behind.
    ///
    /// # Errors
    /// Those of [`Store::copy_to`], and that of `then`.
    pub fn copy_with<E: From<StoreError>>(&self, path: &Path, then: impl FnOnce(&Path) -> Result<(), E>) -> Result<(), E> {
        let making = Making::begin(path)?;
        backup::copy(&self.connection, self.codec, making.path())?;
        then(making.path())?;
        Ok(making.finish()?)
    }

    /// Folds the write-ahead log into the file, as far as readers allow. To be called when idle and before closing.
    ///
    /// # Errors
    /// [`StoreError::Sqlite`]; nothing is lost then.
    pub fn checkpoint(&self) -> Result<(), StoreError> {
        self.writable()?;
        self.connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
        Ok(())
    }

    /// Lets the file grow by no more than so many pages: what is seen on a full disk, for tests.
    ///
    /// # Errors
    /// [`StoreError::Sqlite`].
    #[doc(hidden)]
    pub fn grow_at_most(&self, pages: i64) -> Result<(), StoreError> {
        let now: i64 = self.connection.pragma_query_value(None, "page_count", |row| row.get(0))?;
        self.connection.pragma_update_and_check(None, "max_page_count", now + pages, |_| Ok(()))?;
        Ok(())
    }
}

/// A connection that can only read, for texts and searches beside the writer.
pub(super) fn reader(path: &Path, sharing: Sharing) -> Result<Connection, StoreError> {
    connect(path, sharing, OpenFlags::SQLITE_OPEN_READ_ONLY)
}

fn connect(path: &Path, sharing: Sharing, access: OpenFlags) -> Result<Connection, StoreError> {
    let connection = match sharing {
        Sharing::Shared => Connection::open_with_flags(path, access | OpenFlags::SQLITE_OPEN_NO_MUTEX)?,
        Sharing::Alone => {
            let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_URI;
            Connection::open_with_flags(unchanging(path), flags)?
        }
    };
    connection.busy_timeout(BUSY)?;
    Ok(connection)
}

/// The address by which SQLite takes a file for one that nobody changes.
fn unchanging(path: &Path) -> String {
    let sign = |byte: &u8| match byte {
        b'/' | b'.' | b'-' | b'_' | b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' => char::from(*byte).to_string(),
        other => format!("%{other:02X}"),
    };
    let signs: String = path.as_os_str().as_encoded_bytes().iter().map(sign).collect();
    format!("file:{signs}?immutable=1")
}

/// The file beside a database that holds edits which are not in it yet, if there is one.
pub(super) fn log_beside(path: &Path) -> Option<PathBuf> {
    let holds_something = |log: &PathBuf| std::fs::metadata(log).is_ok_and(|about| about.len() > 0);
    ["-wal", "-journal"].map(|ending| beside(path, ending)).into_iter().find(holds_something)
}

/// Sets a connection up so that what is written through it lasts and stays whole.
fn prepare_to_write(connection: &Connection) -> Result<(), StoreError> {
    // The answer to the first is the mode in force: a file system without shared memory keeps its journal.
    connection.pragma_update_and_check(None, "journal_mode", "wal", |_| Ok(()))?;
    connection.pragma_update(None, "synchronous", "full")?;
    connection.pragma_update(None, "foreign_keys", true)?;
    let on: bool = connection.pragma_query_value(None, "foreign_keys", |row| row.get(0))?;
    if on { Ok(()) } else { Err(StoreError::Value("SQLite was built without foreign keys".to_owned())) }
}
