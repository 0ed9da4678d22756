use std::path::{Path, PathBuf};

use rusqlite::{Connection, OpenFlags};

use super::connection::Store;
use super::error::StoreError;
use super::lock::beside;

/// How many backups are kept; the oldest go first.
const KEPT: usize = 10;

/// A backup of a project.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Backup {
    /// Where it lies.
    pub path: PathBuf,
    /// Its name: when it was made and, if it was not the daily one, what for.
    pub name: String,
}

/// The folder of a project's backups, beside the project.
#[must_use]
pub fn backup_folder(project: &Path) -> PathBuf {
    beside(project, "-backups")
}

impl Store {
    /// Makes a verified backup named `name` (a day as `YYYY-MM-DD`), unless there is one of that name, and removes the
    /// oldest of more than ten.
    ///
    /// # Errors
    /// [`StoreError::Backup`] when it does not read back whole; it is removed then, and the older ones are kept.
    pub fn back_up(&self, name: &str) -> Result<Option<Backup>, StoreError> {
        back_up(self, name)
    }

    /// The backups there are, newest name first.
    ///
    /// # Errors
    /// [`StoreError::Io`] when the folder cannot be read.
    pub fn backups(&self) -> Result<Vec<Backup>, StoreError> {
        list(self.path())
    }
}

pub(super) fn back_up(store: &Store, name: &str) -> Result<Option<Backup>, StoreError> {
    let folder = backup_folder(store.path());
    let path = folder.join(format!("{name}.themata"));
    if path.exists() {
        return Ok(None);
    }
    std::fs::create_dir_all(&folder)?;
    let unfinished = folder.join(format!("{name}.unfinished"));
    if unfinished.exists() {
        std::fs::remove_file(&unfinished)?;
    }
    store.connection.execute("VACUUM INTO ?1", [unfinished.to_string_lossy()])?;
    if let Err(error) = verify(store, &unfinished) {
        std::fs::remove_file(&unfinished)?;
        return Err(error);
    }
    std::fs::rename(&unfinished, &path)?;
    for old in list(store.path())?.into_iter().skip(KEPT) {
        std::fs::remove_file(old.path)?;
    }
    Ok(Some(Backup { path, name: name.to_owned() }))
}

/// Reads the copy back: it must be sound and hold as many edits and blobs as the project.
fn verify(store: &Store, copy: &Path) -> Result<(), StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let copy = Connection::open_with_flags(copy, flags)?;
    let sound: String = copy.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
    if sound != "ok" {
        return Err(StoreError::Backup(sound));
    }
    if super::migrations::version(&copy)? == 0 {
        return Err(StoreError::Backup("the copy is empty".to_owned()));
    }
    for table in ["edit", "blob"] {
        let sql = format!("SELECT count(*) FROM {table}");
        let count = |connection: &Connection| connection.query_row(&sql, [], |row| row.get::<_, i64>(0));
        if count(&copy)? != count(&store.connection)? {
            return Err(StoreError::Backup(format!("the copy lacks a {table}")));
        }
    }
    Ok(())
}

fn list(project: &Path) -> Result<Vec<Backup>, StoreError> {
    let folder = backup_folder(project);
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let mut backups = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|ending| ending == "themata") {
            let name = path.file_stem().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            backups.push(Backup { path, name });
        }
    }
    backups.sort_by(|one, other| other.name.cmp(&one.name));
    Ok(backups)
}
