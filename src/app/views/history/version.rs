//! A copy of the project as it was after an edit.

use std::path::PathBuf;

use crate::app::context::Action;
use crate::app::frame::dialogs::{Answer, Choice, Dialog, free_name};
use crate::app::times::day_and_clock;
use crate::app::user_error::UserError;
use crate::project::{Access, EditSummary};

/// Asks whether to write a copy of the project at `path` as it was after an edit. `now` is in milliseconds since 1970.
pub(super) fn ask(edit: &EditSummary, path: PathBuf, now: i64) -> Action {
    let what = format!(
        "A copy is written beside the project, as it was after “{}”, {}. The project itself stays as it is, and the copy keeps the whole history.",
        edit.label,
        day_and_clock(edit.time, now),
    );
    let answers = vec![
        Answer::new("Write the copy and open it", write(edit.seq, path.clone(), true)),
        Answer::new("Write it", write(edit.seq, path, false)),
    ];
    Action::Show(Box::new(Dialog::Choice(Choice::new("A copy of this version", answers).what(what))))
}

fn write(seq: u64, path: PathBuf, opens: bool) -> Action {
    Action::ask(
        move |project| {
            let copy = free_name(&path, "earlier");
            project.copy_as_of(seq, &copy).map_err(|error| {
                UserError::new("The copy could not be written.", "Look whether the disk is full or the folder read-only.").because(&error)
            })?;
            Ok(copy)
        },
        move |state, copy| {
            state.say(format!("Written as {}", copy.file_name().unwrap_or_default().to_string_lossy()));
            if opens {
                state.wanted.push(Action::Open(copy, Access::Write));
            }
        },
    )
}
