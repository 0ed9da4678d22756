//! A merge among the edits: what could not all be kept when it came.

use super::opening;
use crate::app::context::Action;
use crate::app::frame::dialogs::{Answer, Choice, Dialog};
use crate::app::user_error::UserError;
use crate::project::{EditSummary, Own, conflicts_of};

/// Lists what could not all be kept when a copy came back; goes to what came where all was.
pub(in crate::app) fn open(merge: EditSummary, own: Own) -> Action {
    let EditSummary { seq, label, .. } = merge;
    Action::job(
        "look into a merge",
        "Looking into the merge",
        move |_| {
            let conflicts = conflicts_of(&own, seq).map_err(|error| {
                UserError::new("The log of this merge cannot be read.", "Check the project: the menu at its name has it.").because(&error)
            })?;
            Ok(conflicts.into_iter().map(|conflict| conflict.sentence).collect::<Vec<_>>())
        },
        move |state, lines| {
            if lines.is_empty() {
                return state.wanted.push(opening::open(seq));
            }
            let answers = vec![Answer::new("Go to what came", opening::open(seq))];
            let choice = Choice::new(label, answers).what("What could not all be kept when it came:").lines(lines).leave("Close");
            state.frame.dialog = Some(Dialog::Choice(choice));
        },
    )
}
