//! Takes back any edit, or all of one's own back to one; what goes with it is listed first.

use super::entries::{coder_name, not_read};
use crate::app::context::Action;
use crate::app::frame::dialogs::{Answer, Choice, Dialog};
use crate::app::state::State;
use crate::app::times::day_and_clock;
use crate::app::user_error::UserError;
use crate::project::{EditError, EditKind, EditSummary, Project};
use crate::study::CoderId;

/// Whether this coder can take an edit back: an own act that has not been.
pub(super) fn can(edit: &EditSummary, me: Option<CoderId>) -> bool {
    edit.is_live_act() && Some(edit.coder) == me
}

/// Whether everything back to an edit can be taken back: not to what the project begins with.
pub(super) fn can_go_to(edit: &EditSummary) -> bool {
    edit.kind != EditKind::Setup
}

/// Takes `edit` back, if nothing rests on it; else lists what does and asks. `now` is in milliseconds since 1970.
pub(in crate::app) fn begin(edit: EditSummary, now: i64) -> Action {
    Action::ask(
        move |project| {
            let dependants = project.dependants(edit.seq).map_err(|error| not_read(&error))?;
            if dependants.is_empty() {
                let undone = project.undo_edit(edit.seq, false).map_err(|error| not_undone(&edit, &error))?;
                return Ok(Outcome::Undone(undone.len(), edit));
            }
            let others: Vec<&EditSummary> = dependants.iter().rev().filter(|later| later.coder != edit.coder).collect();
            if !others.is_empty() {
                return Ok(Outcome::Asks(stays(project, &edit, &others, now)));
            }
            let title = format!("Undo “{}”?", edit.label);
            let what = match dependants.len() {
                1 => "1 later edit rests on this one. It would go too:".to_owned(),
                count => format!("{count} later edits rest on this one. They would go too:"),
            };
            let lines = dependants.iter().rev().map(|edit| line(project, edit, now)).collect();
            let answer = Answer::new(format!("Undo all {}", dependants.len() + 1), all(edit));
            Ok(Outcome::Asks(Choice::new(title, vec![answer]).what(what).lines(lines).leave("Leave all as it is")))
        },
        show,
    )
}

/// Asks whether to take back `edit` and every later edit of this coder, and lists them.
pub(super) fn begin_to(edit: EditSummary, now: i64) -> Action {
    Action::ask(
        move |project| {
            let found = project.look_back_to(edit.seq).map_err(|error| not_read(&error))?;
            let count = found.goes.len();
            if count == 0 {
                return Ok(Outcome::Nothing);
            }
            let mut what = vec![match count {
                1 => "1 edit of yours would go.".to_owned(),
                count => format!("{count} edits of yours would go, the newest first."),
            }];
            if !found.stays.is_empty() {
                what.push(format!("{} of yours stay, because colleagues’ edits rest on them.", found.stays.len()));
            }
            if project.works_blind() && !found.others.is_empty() {
                what.push("What colleagues did is left alone; it is not shown while you work blind.".to_owned());
            }
            for (coder, count) in by_coder(project, &found.others) {
                what.push(format!("{} of {coder} {} left alone.", edits(count), if count == 1 { "is" } else { "are" }));
            }
            let lines = found.goes.iter().map(|edit| line(project, edit, now)).collect();
            let title = format!("Undo up to “{}”?", edit.label);
            let answer = Answer::new(format!("Undo {}", edits(count)), back_to(edit));
            Ok(Outcome::Asks(Choice::new(title, vec![answer]).what(what.join(" ")).lines(lines).leave("Leave all as it is")))
        },
        show,
    )
}

/// Says that an edit stays, because edits of colleagues rest on it; which, is not told to whoever works blind.
fn stays(project: &Project, edit: &EditSummary, others: &[&EditSummary], now: i64) -> Choice {
    let title = format!("“{}” stays", edit.label);
    if project.works_blind() {
        let what = "Later edits of colleagues rest on this one, and colleagues’ edits are not taken back. They are not shown while you work blind.";
        return Choice::new(title, Vec::new()).what(what).leave("Close");
    }
    let what = match others.len() {
        1 => "1 later edit of a colleague rests on this one, and colleagues’ edits are not taken back:".to_owned(),
        count => format!("{count} later edits of colleagues rest on this one, and colleagues’ edits are not taken back:"),
    };
    let lines = others.iter().map(|edit| line(project, edit, now)).collect();
    Choice::new(title, Vec::new()).what(what).lines(lines).leave("Close")
}

/// A number of edits in words.
pub(super) fn edits(count: usize) -> String {
    if count == 1 { "1 edit".to_owned() } else { format!("{count} edits") }
}

/// How many edits are whose, by name; of nobody while one works blind.
fn by_coder(project: &Project, edits: &[EditSummary]) -> Vec<(String, usize)> {
    let study = project.study();
    let mut counts = std::collections::BTreeMap::new();
    for edit in edits.iter().filter(|_| !project.works_blind()) {
        *counts.entry(coder_name(&study, edit.coder).to_owned()).or_insert(0) += 1;
    }
    counts.into_iter().collect()
}

/// An edit in a list: what, whose if it is a colleague's, when.
fn line(project: &Project, edit: &EditSummary, now: i64) -> String {
    let when = day_and_clock(edit.time, now);
    if edit.coder == project.me().coder {
        return format!("{}, {when}", edit.label);
    }
    format!("{}, {}, {when}", edit.label, coder_name(&project.study(), edit.coder))
}

enum Outcome {
    Undone(usize, EditSummary),
    Asks(Choice),
    Nothing,
}

fn show(state: &mut State, outcome: Outcome) {
    match outcome {
        Outcome::Undone(1, edit) => state.say(format!("Undone: {}", edit.label)),
        Outcome::Undone(count, edit) => state.say(format!("Undone: {} and {} after it", edit.label, edits(count.saturating_sub(1)))),
        Outcome::Asks(choice) => state.frame.dialog = Some(Dialog::Choice(choice)),
        Outcome::Nothing => state.say("Nothing of yours can be undone from here on."),
    }
}

/// Takes an edit back with everything that rests on it.
fn all(edit: EditSummary) -> Action {
    Action::long_ask(
        "Undoing edits",
        move |project| {
            let undone = project.undo_edit(edit.seq, true).map_err(|error| not_undone(&edit, &error))?;
            Ok(Outcome::Undone(undone.len(), edit))
        },
        show,
    )
}

/// Takes back an edit and every later one of this coder.
fn back_to(edit: EditSummary) -> Action {
    Action::long_ask(
        "Undoing edits",
        move |project| {
            let undone = project.undo_to(edit.seq).map_err(|error| not_undone(&edit, &error))?;
            Ok(undone.len())
        },
        |state, count| state.say(format!("Undone: {}", edits(count))),
    )
}

fn not_undone(edit: &EditSummary, error: &EditError) -> UserError {
    let changed = match error {
        EditError::Stopped { done, left, .. } => partly(done.len(), done.first().map_or("", |edit| &edit.label), *left),
        _ => "Nothing was changed.".to_owned(),
    };
    UserError::new(format!("“{}” could not be undone.", edit.label), changed).because(error)
}

/// What has changed where not everything could be taken back.
fn partly(done: usize, newest: &str, left: usize) -> String {
    let (were, are) = (if done == 1 { "was" } else { "were" }, if left == 1 { "is" } else { "are" });
    format!("{}, the newest “{newest}”, {were} taken back and can be brought again; {} {are} as before.", edits(done), edits(left))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_taken_back_before_an_error_is_said() {
        let expected = "120 edits, the newest “Code”, were taken back and can be brought again; 1 edit is as before.";
        assert_eq!(partly(120, "Code", 1), expected);
        assert!(partly(1, "Code", 2).ends_with("was taken back and can be brought again; 2 edits are as before."));
    }
}
