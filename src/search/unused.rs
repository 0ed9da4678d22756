//! Indexes that nobody has opened for a long time: they hold interview text, and are made anew when they are needed.

use std::fs;
use std::io;
use std::path::Path;
use std::time::UNIX_EPOCH;

use tantivy::directory::{Directory as _, INDEX_WRITER_LOCK, MmapDirectory};

/// The file in an index's folder whose time says when it was opened last.
pub(super) const MARK: &str = "opened";
/// How long an index is kept that is not opened, in milliseconds.
const KEPT: i64 = 90 * 24 * 60 * 60 * 1000;

/// Notes that the index in `folder` is used now: writing gives the file its time.
pub(super) fn mark_used(folder: &Path) -> io::Result<()> {
    fs::write(folder.join(MARK), "The time of this file is when this search index was opened last.\n")
}

/// Removes the folders in `indexes` that were not opened in the 90 days before `now`, which is in milliseconds since
/// 1970; returns how many. What no index has marked as its own is left alone, as is an index that is being written.
///
/// # Errors
/// When the folder cannot be read, or one in it cannot be removed.
pub fn remove_unused(indexes: &Path, now: i64) -> io::Result<usize> {
    let mut removed = 0;
    for entry in fs::read_dir(indexes)? {
        let folder = entry?.path();
        if is_unused(&folder, now) {
            fs::remove_dir_all(&folder)?;
            removed += 1;
        }
    }
    Ok(removed)
}

/// Removes the index in a folder, unless somebody is at work on it, who would be disturbed.
///
/// # Errors
/// When it cannot be removed, or somebody is at work on it.
pub fn remove(folder: &Path) -> io::Result<()> {
    if !folder.exists() {
        return Ok(());
    }
    if !is_free(folder) {
        return Err(io::Error::other("somebody is at work on it"));
    }
    fs::remove_dir_all(folder)
}

/// Whether nobody is at work on the index in a folder.
fn is_free(folder: &Path) -> bool {
    MmapDirectory::open(folder).is_ok_and(|directory| directory.acquire_lock(&INDEX_WRITER_LOCK).is_ok())
}

fn is_unused(folder: &Path, now: i64) -> bool {
    let opened = fs::metadata(folder.join(MARK)).and_then(|mark| mark.modified());
    let since_1970 = opened.ok().and_then(|opened| opened.duration_since(UNIX_EPOCH).ok());
    let old = since_1970.and_then(|time| i64::try_from(time.as_millis()).ok()).is_some_and(|opened| now.saturating_sub(opened) > KEPT);
    old && is_free(folder)
}

#[cfg(test)]
mod tests {
    use std::fs::File;
    use std::time::{Duration, SystemTime};

    use super::*;
    use crate::search::Index;

    const DAY: Duration = Duration::from_hours(24);

    fn removed(indexes: &Path, now: SystemTime) -> usize {
        let now = now.duration_since(UNIX_EPOCH).unwrap().as_millis();
        remove_unused(indexes, i64::try_from(now).unwrap()).unwrap()
    }

    fn left(indexes: &Path) -> Vec<String> {
        let mut names: Vec<_> = fs::read_dir(indexes).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn only_indexes_that_nobody_opened_for_long_are_removed() {
        let cache = tempfile::tempdir().unwrap();
        let now = SystemTime::now();
        for (name, age) in [("fresh", 0), ("recent", 89), ("old", 91), ("busy", 200)] {
            let folder = cache.path().join(name);
            Index::open(&folder).unwrap();
            File::options().write(true).open(folder.join(MARK)).unwrap().set_modified(now - age * DAY).unwrap();
        }
        fs::create_dir(cache.path().join("foreign")).unwrap();
        fs::write(cache.path().join("file"), "").unwrap();
        let busy = MmapDirectory::open(cache.path().join("busy")).unwrap();
        let lock = busy.acquire_lock(&INDEX_WRITER_LOCK).unwrap();

        assert_eq!(removed(cache.path(), now), 1);
        assert_eq!(left(cache.path()), ["busy", "file", "foreign", "fresh", "recent"]);
        drop(lock);
        assert_eq!(removed(cache.path(), now), 1);
        Index::open(&cache.path().join("recent")).unwrap();
        assert_eq!(removed(cache.path(), now + 2 * DAY), 0, "opening it again is a use");
        assert_eq!(removed(cache.path(), now + 91 * DAY), 2);
        assert_eq!(left(cache.path()), ["file", "foreign"]);
    }

    #[test]
    fn an_index_that_nobody_works_on_can_be_removed_at_once() {
        let cache = tempfile::tempdir().unwrap();
        let folder = cache.path().join("index");
        remove(&folder).unwrap();
        Index::open(&folder).unwrap();
        let directory = MmapDirectory::open(&folder).unwrap();
        let lock = directory.acquire_lock(&INDEX_WRITER_LOCK).unwrap();
        assert!(remove(&folder).is_err() && folder.exists());
        drop(lock);
        remove(&folder).unwrap();
        assert!(!folder.exists());
    }
}
