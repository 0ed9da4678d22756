use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::error::StoreError;
use super::lock::beside;

/// What lies between a project's name and the number of the process that makes it.
const UNFINISHED: &str = ".unfinished-";
/// After this long an unfinished project was left by a process that was stopped.
const LEFT: Duration = Duration::from_hours(1);

/// A place where a new project is made before it gets its name: it is there whole or not at all, also when the process is
/// stopped in the middle or the disk runs full.
#[derive(Debug)]
pub struct Making {
    path: PathBuf,
    target: PathBuf,
}

impl Making {
    /// Finds a place beside `target`, and removes what stopped processes left there of the same project.
    ///
    /// # Errors
    /// [`StoreError::Exists`] when there is something of that name, [`StoreError::NoFolder`] when its folder is missing.
    pub fn begin(target: &Path) -> Result<Self, StoreError> {
        let target = std::path::absolute(target)?;
        if fs::symlink_metadata(&target).is_ok() {
            return Err(StoreError::Exists(target));
        }
        let folder = target.parent().unwrap_or(&target);
        if !folder.is_dir() {
            return Err(StoreError::NoFolder(folder.to_path_buf()));
        }
        remove_left(folder, &target)?;
        let path = beside(&target, &format!("{UNFINISHED}{}", std::process::id()));
        Ok(Self { path, target })
    }

    /// Where it is to be made.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Gives the finished project, which must be closed, its name.
    ///
    /// # Errors
    /// [`StoreError::Exists`] when another process was faster; what it made is not touched.
    pub fn finish(self) -> Result<(), StoreError> {
        let log = beside(&self.path, "-wal");
        if log.exists() {
            return Err(StoreError::LogBeside(log));
        }
        match fs::hard_link(&self.path, &self.target) {
            Ok(()) => {}
            Err(error) if error.kind() == ErrorKind::AlreadyExists => return Err(StoreError::Exists(self.target.clone())),
            // Some file systems know no second names; there the moment between looking and renaming has to be risked.
            Err(_) if self.target.exists() => return Err(StoreError::Exists(self.target.clone())),
            Err(_) => fs::rename(&self.path, &self.target)?,
        }
        #[cfg(unix)]
        if let Some(folder) = self.target.parent() {
            fs::File::open(folder)?.sync_all()?;
        }
        Ok(())
    }
}

impl Drop for Making {
    fn drop(&mut self) {
        for ending in ["", "-wal", "-shm"] {
            let path = beside(&self.path, ending);
            if let Err(error) = fs::remove_file(&path)
                && error.kind() != ErrorKind::NotFound
            {
                tracing::warn!(%error, "an unfinished project stays; it is removed when it is made again");
            }
        }
    }
}

fn remove_left(folder: &Path, target: &Path) -> Result<(), StoreError> {
    let beginning = beside(target, UNFINISHED);
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let is_of_target = path.as_os_str().as_encoded_bytes().starts_with(beginning.as_os_str().as_encoded_bytes());
        let is_old = || fs::metadata(&path).and_then(|about| about.modified()).is_ok_and(|time| time.elapsed().is_ok_and(|age| age > LEFT));
        if is_of_target && is_old() {
            fs::remove_file(&path)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn it_gets_its_name_when_it_is_whole_and_never_anothers() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("study.themata");
        let making = Making::begin(&target).unwrap();
        fs::write(making.path(), "whole").unwrap();
        let slower = Making { path: folder.path().join("slower"), target: target.clone() };
        fs::write(slower.path(), "too late").unwrap();
        making.finish().unwrap();
        assert!(matches!(slower.finish(), Err(StoreError::Exists(path)) if path == target));
        assert_eq!(fs::read(&target).unwrap(), b"whole");
        assert!(matches!(Making::begin(&target), Err(StoreError::Exists(_))));
        assert_eq!(names(folder.path()), ["study.themata"]);
    }

    #[test]
    fn what_is_not_finished_goes() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("study.themata");
        let making = Making::begin(&target).unwrap();
        fs::write(making.path(), "half").unwrap();
        fs::write(beside(making.path(), "-wal"), "the other half").unwrap();
        assert!(matches!(making.finish(), Err(StoreError::LogBeside(_))));
        assert_eq!(names(folder.path()), [""; 0]);
        assert!(matches!(Making::begin(&folder.path().join("none/study.themata")), Err(StoreError::NoFolder(_))));
    }

    #[test]
    fn what_a_stopped_process_left_goes_when_it_is_old() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("study.themata");
        let old = fs::FileTimes::new().set_modified(std::time::UNIX_EPOCH);
        for name in ["study.themata.unfinished-1", "study.themata.unfinished-1-wal", "other.themata.unfinished-1"] {
            fs::File::create(folder.path().join(name)).unwrap().set_times(old).unwrap();
        }
        fs::write(folder.path().join("study.themata.unfinished-2"), "being made").unwrap();
        Making::begin(&target).unwrap();
        assert_eq!(names(folder.path()), ["other.themata.unfinished-1", "study.themata.unfinished-2"]);
    }
}
