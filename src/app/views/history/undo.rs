//! Takes back any edit; what rests on it is listed first.

use crate::app::context::Action;
use crate::app::frame::dialogs::{Answer, Choice, Dialog};
use crate::app::state::State;
use crate::app::times::day_and_clock;
use crate::app::user_error::UserError;
use crate::project::{EditError, EditKind, EditSummary};

/// Whether an edit can be taken back: an act that has not been.
pub(super) fn can(edit: &EditSummary) -> bool {
    edit.kind == EditKind::Act && !edit.undone
}

/// Takes `edit` back, if nothing rests on it; else lists what does and asks. `now` is in milliseconds since 1970.
pub(super) fn begin(edit: EditSummary, now: i64) -> Action {
    Action::ask(
        move |project| {
            let dependants = project.dependants(edit.seq).map_err(|error| super::entries::not_read(&error))?;
            if dependants.is_empty() {
                let undone = project.undo_edit(edit.seq, false).map_err(|error| not_undone(&edit, &error))?;
                return Ok(Outcome::Undone(undone.len(), edit));
            }
            Ok(Outcome::Asks(edit, dependants))
        },
        move |state, outcome| show(state, outcome, now),
    )
}

enum Outcome {
    Undone(usize, EditSummary),
    Asks(EditSummary, Vec<EditSummary>),
}

fn show(state: &mut State, outcome: Outcome, now: i64) {
    match outcome {
        Outcome::Undone(1, edit) => state.say(format!("Undone: {}", edit.label)),
        Outcome::Undone(count, edit) => state.say(format!("Undone: {} and {} later edits", edit.label, count - 1)),
        Outcome::Asks(edit, dependants) => {
            let what = match dependants.len() {
                1 => "1 later edit rests on this one. It would go too:".to_owned(),
                count => format!("{count} later edits rest on this one. They would go too:"),
            };
            let line = |edit: &EditSummary| format!("{}, {}", edit.label, day_and_clock(edit.time, now));
            let answer = format!("Undo all {}", dependants.len() + 1);
            let lines = dependants.iter().rev().map(line).collect();
            let choice = Choice::new(format!("Undo “{}”?", edit.label), vec![Answer::new(answer, all(edit, now))]);
            state.frame.dialog = Some(Dialog::Choice(choice.what(what).lines(lines).leave("Leave all as it is")));
        }
    }
}

/// Takes an edit back with everything that rests on it.
fn all(edit: EditSummary, now: i64) -> Action {
    Action::ask(
        move |project| {
            let undone = project.undo_edit(edit.seq, true).map_err(|error| not_undone(&edit, &error))?;
            Ok(Outcome::Undone(undone.len(), edit))
        },
        move |state, outcome| show(state, outcome, now),
    )
}

fn not_undone(edit: &EditSummary, error: &EditError) -> UserError {
    UserError::new(format!("“{}” could not be undone.", edit.label), "Nothing was changed.").because(error)
}
