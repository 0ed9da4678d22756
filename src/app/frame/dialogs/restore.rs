use std::path::{Path, PathBuf};

use super::choice::{Answer, Choice};
use super::dialog::Dialog;
use crate::app::context::Action;
use crate::app::user_error::UserError;
use crate::project::{Access, Backup};

/// How many backups are offered.
const OFFERED: usize = 8;

/// Asks the project for its backups and shows them to be chosen from.
pub(in crate::app) fn ask() -> Action {
    Action::ask(
        |project| {
            let path = project.path().to_path_buf();
            let backups = project.backups().map_err(|error| {
                UserError::new("The backups cannot be listed.", "They lie beside the project, in a folder that ends in “-backups”.")
                    .because(&error)
            })?;
            Ok((path, backups))
        },
        |state, (path, backups)| {
            if backups.is_empty() {
                state.say("There is no backup yet. One is made every day the project is opened.");
            } else {
                state.frame.dialog = Some(Dialog::Choice(offer(&path, backups)));
            }
        },
    )
}

fn offer(project: &Path, backups: Vec<Backup>) -> Choice {
    let answer = |backup: Backup| Answer { words: backup.name.clone(), then: vec![restore(backup.path, project.to_path_buf())] };
    Choice::new("Restore from backup", backups.into_iter().take(OFFERED).map(answer).collect())
        .what("The backup is copied beside the project and opened. The project itself stays as it is.")
}

/// Copies a backup beside the project and opens the copy.
fn restore(backup: PathBuf, project: PathBuf) -> Action {
    Action::job(
        "restore",
        "Restoring",
        move |_| {
            let copy = free_name(&project, "restored");
            std::fs::copy(&backup, &copy).map_err(|error| {
                UserError::new("The backup could not be copied.", "Look whether the disk is full or the folder read-only.").because(&error)
            })?;
            Ok(copy)
        },
        |state, copy| {
            state.say(format!("Restored as {}", copy.file_name().unwrap_or_default().to_string_lossy()));
            state.wanted.push(Action::Open(copy, Access::Write));
        },
    )
}

/// `NAME-what.themata` beside the project, with a number where that is taken.
pub fn free_name(project: &Path, what: &str) -> PathBuf {
    let stem = project.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let named = |tail: String| project.with_file_name(format!("{stem}-{what}{tail}.themata"));
    let mut number = 1;
    loop {
        let path = named(if number == 1 { String::new() } else { format!("-{number}") });
        if !path.exists() {
            return path;
        }
        number += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_restored_copy_overwrites_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let project = folder.path().join("Study.themata");
        for expected in ["Study-restored.themata", "Study-restored-2.themata", "Study-restored-3.themata"] {
            let free = free_name(&project, "restored");
            assert_eq!(free.file_name().unwrap(), expected);
            std::fs::write(free, b"").unwrap();
        }
    }
}
