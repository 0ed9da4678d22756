use std::path::{Path, PathBuf};

use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Connection, OpenFlags};

use super::codec::Codec;
use super::connection::Store;
use super::error::StoreError;
use super::lock::beside;

/// How many daily backups are kept; those made before an upgrade stay.
const KEPT: usize = 10;
/// How the name of a backup ends while it is made.
const UNFINISHED: &str = "unfinished";

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
    /// [`StoreError`] when it cannot be written or does not read back whole; it is removed then, and the older ones are kept.
    pub fn back_up(&self, name: &str) -> Result<Option<Backup>, StoreError> {
        back_up(&self.connection, self.codec, self.path(), name)
    }

    /// The backups there are, newest name first.
    ///
    /// # Errors
    /// [`StoreError::Io`] when the folder cannot be read.
    pub fn backups(&self) -> Result<Vec<Backup>, StoreError> {
        list(self.path())
    }
}

/// Keeps a file of version `found` before it is brought to a newer one.
pub(super) fn before_upgrade(connection: &Connection, codec: Codec, project: &Path, found: i64) -> Result<(), StoreError> {
    back_up(connection, codec, project, &format!("before-upgrade-from-{found}")).map(drop)
}

fn back_up(connection: &Connection, codec: Codec, project: &Path, name: &str) -> Result<Option<Backup>, StoreError> {
    let folder = backup_folder(project);
    let made = Backup { path: folder.join(format!("{name}.themata")), name: name.to_owned() };
    if made.path.exists() {
        return Ok(None);
    }
    std::fs::create_dir_all(&folder)?;
    remove_unfinished(&folder)?;
    let unfinished = folder.join(format!("{name}.{UNFINISHED}"));
    let copied = copy(connection, codec, &unfinished).and_then(|()| Ok(std::fs::rename(&unfinished, &made.path)?));
    if let Err(error) = copied {
        remove_unfinished(&folder)?;
        return Err(error);
    }
    for old in outdated(list(project)?, &made) {
        std::fs::remove_file(old.path)?;
    }
    Ok(Some(made))
}

/// Removes what a process left that was stopped in the middle: only who may write to the project makes backups, one at a time.
fn remove_unfinished(folder: &Path) -> Result<(), StoreError> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|ending| ending == UNFINISHED) {
            std::fs::remove_file(path)?;
        }
    }
    Ok(())
}

/// Copies the project, marks the copy as one and reads it back: it must be sound and hold as many edits and blobs.
pub(super) fn copy(connection: &Connection, codec: Codec, to: &Path) -> Result<(), StoreError> {
    // As the system's own bytes: a name need not be UTF-8.
    let name = ToSqlOutput::Borrowed(ValueRef::Text(to.as_os_str().as_encoded_bytes()));
    // Who only reads may copy too: SQLite takes the new file for a change, which it is not to this one.
    let only_reads: bool = connection.pragma_query_value(None, "query_only", |row| row.get(0))?;
    connection.pragma_update(None, "query_only", false)?;
    let copied = connection.execute("VACUUM INTO ?1", [name]);
    connection.pragma_update(None, "query_only", only_reads)?;
    copied?;
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let copy = Connection::open_with_flags(to, flags)?;
    // What is kept before an upgrade stays as it was.
    if super::migrations::version(&copy)? == super::migrations::newest() {
        super::copies::mark(&copy, codec, None)?;
    }
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
        if count(&copy)? != count(connection)? {
            return Err(StoreError::Backup(format!("the copy lacks a {table}")));
        }
    }
    Ok(())
}

/// The backups to be removed after `made` was: all but ten of those named after days, the earliest first. Days after that of
/// `made` are of a clock that went wrong; they go before all others, so that they never push out what is made today.
fn outdated(all: Vec<Backup>, made: &Backup) -> impl Iterator<Item = Backup> {
    let of_days = all.into_iter().filter(|backup| backup.name.starts_with(|first: char| first.is_ascii_digit()));
    let (mut kept, to_come): (Vec<_>, Vec<_>) = of_days.partition(|backup| backup.name <= made.name);
    kept.extend(to_come);
    kept.into_iter().skip(KEPT)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_made_now_stays_whatever_the_clock_said_before() {
        let check = |made: &str, there: &[&str], gone: &[&str]| {
            let backup = |name: &str| Backup { path: name.into(), name: name.to_owned() };
            let mut all: Vec<_> = there.iter().copied().chain([made]).map(backup).collect();
            all.sort_by(|one, other| other.name.cmp(&one.name));
            let found: Vec<_> = outdated(all, &backup(made)).map(|backup| backup.name).collect();
            assert_eq!(found, gone, "after {made}");
        };
        let days: Vec<_> = (10..20).map(|day| format!("2031-05-{day}")).collect();
        let days: Vec<_> = days.iter().map(String::as_str).collect();
        check("2031-05-20", &days, &["2031-05-10"]);
        check("2031-05-20", &[&days[..], &["before-upgrade-from-1"]].concat(), &["2031-05-10"]);
        check("2026-01-01", &days, &["2031-05-10"]);
        check("2026-01-02", &[&days[1..], &["2026-01-01"]].concat(), &["2031-05-11"]);
        check("2026-01-02", &days[1..], &[]);
    }
}
