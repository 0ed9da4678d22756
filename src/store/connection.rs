use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, OpenFlags};

use super::codec::Codec;
use super::error::StoreError;
use super::lock::{FileId, WriterLock};
use super::{backup, blobs, migrations};

/// What a project is opened for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Reading and editing; one at a time.
    Write,
    /// Reading only.
    Read,
}

/// An open project file.
#[derive(Debug)]
pub struct Store {
    pub(super) connection: Connection,
    pub(super) codec: Codec,
    path: PathBuf,
    access: Access,
    /// Which file it is, wherever it lies.
    file: FileId,
    /// Held as long as the file is open for writing; given back after the connection is closed.
    _lock: Option<WriterLock>,
}

impl Store {
    /// Makes a new project file.
    ///
    /// # Errors
    /// [`StoreError::Exists`] when there is a file of that name; it is not touched.
    pub fn create(path: &Path) -> Result<Self, StoreError> {
        if path.exists() {
            return Err(StoreError::Exists(path.to_path_buf()));
        }
        let lock = WriterLock::take(path)?;
        let connection = Connection::open(path)?;
        let mut store = Self::with(connection, path, Access::Write, Some(lock))?;
        migrations::migrate(&mut store.connection)?;
        Ok(store)
    }

    /// Opens a project file. An older one is backed up and brought to this version.
    ///
    /// # Errors
    /// [`StoreError::InUse`] when another process writes to it, [`StoreError::Foreign`] or [`StoreError::Newer`] when it
    /// cannot be read; the file is not changed then.
    pub fn open(path: &Path, access: Access) -> Result<Self, StoreError> {
        if !path.is_file() {
            return Err(StoreError::Missing(path.to_path_buf()));
        }
        let lock = if access == Access::Write { Some(WriterLock::take(path)?) } else { None };
        let connection = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
        let found = migrations::recognise(&connection, path)?;
        let mut store = Self::with(connection, path, access, lock)?;
        if access == Access::Read {
            return if found == migrations::newest() { Ok(store) } else { Err(StoreError::ReadOnly) };
        }
        if found < migrations::newest() {
            backup::back_up(&store, "before-upgrade")?;
            migrations::migrate(&mut store.connection)?;
        }
        blobs::sweep(&store.connection)?;
        Ok(store)
    }

    fn with(connection: Connection, path: &Path, access: Access, lock: Option<WriterLock>) -> Result<Self, StoreError> {
        connection.busy_timeout(Duration::from_secs(5))?;
        connection.set_prepared_statement_cache_capacity(64);
        if access == Access::Read {
            // SQLite may still tidy up at the end what a killed process left; a connection that cannot write leaves files behind.
            connection.pragma_update(None, "query_only", true)?;
        } else {
            // The answer to the first is the mode in force: a file system without shared memory keeps its journal.
            connection.pragma_update_and_check(None, "journal_mode", "wal", |_| Ok(()))?;
            connection.pragma_update(None, "synchronous", "full")?;
            connection.pragma_update(None, "foreign_keys", true)?;
            let on: bool = connection.pragma_query_value(None, "foreign_keys", |row| row.get(0))?;
            if !on {
                return Err(StoreError::Value("SQLite was built without foreign keys".to_owned()));
            }
        }
        let path = path.canonicalize()?;
        let file = FileId::of(&path).ok_or_else(|| StoreError::Missing(path.clone()))?;
        Ok(Self { connection, codec: Codec::Plain, path, access, file, _lock: lock })
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
        if path.exists() {
            return Err(StoreError::Exists(path.to_path_buf()));
        }
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder)?;
        }
        self.connection.execute("VACUUM INTO ?1", [path.to_string_lossy()])?;
        Ok(())
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
}

/// A connection that can only read, for texts and searches beside the writer.
pub(super) fn reader(path: &Path) -> Result<Connection, StoreError> {
    let connection = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    connection.busy_timeout(Duration::from_secs(5))?;
    Ok(connection)
}
