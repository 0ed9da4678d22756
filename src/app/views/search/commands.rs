//! The commands of Search: by key, by button, from the box at the top.

use eframe::egui::Ui;

use super::acts;
use super::code_hits::{CodeHits, Of};
use super::hits::{self, Layout};
use super::question::{Mode, Question};
use super::view::SearchView;
use crate::app::command::{Command, Scope, pressed};
use crate::app::context::Cx;
use crate::app::views::nothing_here;

/// Carries out what was asked since the frame before, and what is pressed wherever the focus is in Search.
pub(super) fn run_waiting(ui: &Ui, view: &mut SearchView, cx: &mut Cx<'_>) {
    let mut commands = std::mem::take(&mut view.commands);
    let in_dialog = ui.memory(|memory| memory.top_modal_layer().is_some());
    if !in_dialog {
        commands.extend(pressed(ui, Scope::Search, false));
    }
    for command in commands {
        run(view, cx, command);
    }
}

/// Carries out a command.
pub(super) fn run(view: &mut SearchView, cx: &mut Cx<'_>, command: Command) {
    match command {
        Command::NextPane => view.next_pane(),
        Command::FindInText => view.focus_box(),
        Command::QueryLanguage => view.help = !view.help,
        Command::ParagraphsOrPassages => {
            let question = match view.mode {
                Mode::Paragraphs => Question::Relating(view.relating.asked.clone()),
                Mode::Passages => Question::Query(view.query.clone()),
            };
            view.go_to(question, cx);
        }
        Command::SaveQuery if view.question().is_none() => cx.say("Ask something first: that is kept under a name."),
        Command::SaveQuery if cx.can_edit() => view.saved.menu.begin_saving(),
        Command::SaveQuery => {}
        command if view.mode == Mode::Paragraphs && view.answer.as_ref().is_some_and(|answer| answer.total > 0) => {
            about_hits(view, cx, command);
        }
        command => nothing_here(cx, command),
    }
}

/// Carries out a command about the hits, or the one of them one is at.
fn about_hits(view: &mut SearchView, cx: &mut Cx<'_>, command: Command) {
    match command {
        Command::HitsAsLines => hits::show_as(view, if view.list.layout == Layout::Kwic { Layout::Context } else { Layout::Kwic }),
        Command::CodeHits if !view.has_all() => cx.say("The hits are still coming."),
        Command::CodeHits => view.code_hits = Some(CodeHits::new(if view.chosen.is_empty() { Of::All } else { Of::Chosen })),
        Command::ChooseAllHits => hits::choose_all(view),
        Command::SortLeft | Command::SortRight if view.list.layout == Layout::Context => {
            cx.say(format!("“{}” shows lines that can be sorted.", Command::HitsAsLines.title()));
        }
        Command::SortLeft => sort(view, cx, view.list.sort.further_left()),
        Command::SortRight => sort(view, cx, view.list.sort.further_right()),
        command => about_hit(view, cx, command),
    }
}

fn sort(view: &mut SearchView, cx: &mut Cx<'_>, sort: super::kwic::Sort) {
    view.list.sort = sort;
    cx.say(sort.name());
}

fn about_hit(view: &mut SearchView, cx: &mut Cx<'_>, command: Command) {
    let here = view.focus.filter(|_| view.current().is_some());
    match (command, here) {
        (Command::OpenHit, Some(_)) => {
            if let Some((_, row)) = view.current() {
                acts::open(row, cx);
            }
        }
        (Command::ChooseHit, Some(id)) => hits::toggle(view, id),
        (Command::CodeHit, Some(_)) => hits::code_focused(view, cx),
        (Command::QuoteHit, Some(_)) => hits::quote_focused(view, cx),
        (Command::ConfirmHit, Some(_)) => hits::confirm_focused(view, cx),
        (command, _) => nothing_here(cx, command),
    }
}
