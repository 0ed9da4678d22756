//! Of how few people values are masked in what leaves the project: asked once for each project.

use super::choice::{Answer, Choice};
use super::dialog::Dialog;
use super::export::{FEWEST, FEWEST_NAME};
use crate::app::command::Command;
use crate::app::context::{Action, Cx};

/// Asks it before `command` takes something out of the project, and runs the command once it is said.
pub(in crate::app) fn ask(cx: &mut Cx<'_>, command: Command) {
    let (project, last) = (cx.study.project().id, cx.settings.fewest);
    let mut offered: Vec<(u32, &str)> = FEWEST.iter().filter_map(|(fewest, name)| fewest.map(|fewest| (fewest, *name))).collect();
    // What was said last of another project stands first, where Enter takes it.
    offered.sort_by_key(|(fewest, _)| Some(*fewest) != last);
    let answer = |(fewest, name): (u32, &str)| Answer {
        words: name.to_owned(),
        then: vec![Action::Set(Box::new(move |settings| settings.say_fewest(project, fewest))), Action::Run(command)],
    };
    let choice = Choice::new(format!("{FEWEST_NAME}:"), offered.into_iter().map(answer).collect())
        .what("Values that few people share can tell who somebody is. It is kept for whatever leaves this project later.");
    cx.actions.push(Action::Show(Box::new(Dialog::Choice(choice))));
}
