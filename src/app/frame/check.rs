use super::dialogs::{Answer, Choice, Dialog};
use crate::app::context::Action;
use crate::app::state::State;
use crate::app::user_error::UserError;
use crate::project::Finding;

/// Looks through the project and shows what was found.
pub fn check_project() -> Action {
    run(false)
}

fn run(repair: bool) -> Action {
    Action::long_ask(
        "Looking through the project",
        move |project| {
            project.check(repair).map_err(|error| {
                UserError::new("The project cannot be checked.", "Restore it from a backup: the menu at its name has it.").because(&error)
            })
        },
        move |state, findings| show(state, findings, repair),
    )
}

fn show(state: &mut State, findings: Vec<Finding>, repaired: bool) {
    if findings.is_empty() {
        return state.say("The project is sound: nothing wrong was found.");
    }
    let line = |finding: Finding| if finding.repaired { format!("{} Repaired.", finding.what) } else { finding.what };
    let lines = findings.into_iter().map(line).collect();
    let (title, answers) = if repaired {
        ("This was found, and what is safe was repaired", Vec::new())
    } else {
        ("This was found", vec![Answer::new("Repair what is safe", run(true))])
    };
    let choice = Choice::new(title, answers).what("A backup of each day lies beside the project.").lines(lines).leave("Close");
    state.frame.dialog = Some(Dialog::Choice(choice));
}
