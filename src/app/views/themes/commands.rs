//! The commands of the codebook: by key, by button, from the box at the top.

use std::collections::BTreeSet;
use std::sync::Arc;

use eframe::egui::{Id, Ui};

use super::acts::{self, Step};
use super::dialogs::Dialog;
use super::view::{FILTER, ThemesView};
use super::{compare, editor, split_view, tree};
use crate::app::command::{Command, Scope};
use crate::app::context::Cx;
use crate::app::state::Place;
use crate::app::views::notes::begin_on;
use crate::app::views::nothing_here;
use crate::app::widgets::next_pane;
use crate::study::{MemoOn, ThemeId};

/// Carries out what was asked since the frame before.
pub(super) fn run_waiting(ui: &Ui, view: &mut ThemesView, cx: &mut Cx<'_>) {
    let commands = std::mem::take(&mut view.commands);
    if !commands.is_empty() {
        view.make_lines(cx.study);
        view.keep_place(cx.study);
    }
    for command in commands {
        match command {
            Command::CompareCodebook => compare::ask(cx),
            Command::NextPane if view.splitting.is_some() => split_view::next_pane(ui, view),
            Command::NextPane => {
                let name = view.selection.at().map(editor::name_field);
                let panes: Vec<Id> = [Id::unique(FILTER), Id::unique(tree::TREE)].into_iter().chain(name).collect();
                next_pane(ui, &panes, 1);
            }
            Command::FindInText | Command::FilterThemes => {
                view.splitting = None;
                view.filter_wants_focus = true;
            }
            command => run(view, cx, command),
        }
    }
}

/// Carries out a command about the themes that are chosen, or about the split that is shown.
pub(super) fn run(view: &mut ThemesView, cx: &mut Cx<'_>, command: Command) {
    if command.scope() == Scope::Split {
        return split_view::run_in(view, cx, command);
    }
    let themes = view.selection.themes().clone();
    match command {
        Command::NewTheme => view.begin_new(cx, false),
        Command::NewSubTheme => view.begin_new(cx, true),
        Command::ChooseAllThemes => {
            let lines = Arc::clone(&view.lines);
            view.selection.all(&lines);
        }
        Command::MoveThemeUp => step(view, cx, themes, Step::Up),
        Command::MoveThemeDown => step(view, cx, themes, Step::Down),
        Command::MoveThemeIn => step(view, cx, themes, Step::In),
        Command::MoveThemeOut => step(view, cx, themes, Step::Out),
        command => match view.selection.at() {
            Some(theme) => about(view, cx, command, theme),
            None => nothing_here(cx, command),
        },
    }
}

/// Carries out a command about the theme one is at, or about all that are chosen with it.
fn about(view: &mut ThemesView, cx: &mut Cx<'_>, command: Command, theme: ThemeId) {
    match command {
        Command::ReadTheme => cx.go(Place::Theme(theme)),
        Command::RenameTheme => view.begin_rename(cx, theme),
        Command::ChooseTheme => view.selection.toggle(theme),
        Command::ThemeMemo => begin_on(cx, MemoOn::Theme { theme }),
        Command::SplitTheme if view.selection.is_several() => cx.say("One theme is split at a time: choose one only."),
        Command::SplitTheme => view.begin_split(cx, theme),
        Command::MergeThemes if cx.can_edit() => view.dialog = Dialog::merge(view.selection.themes()),
        Command::DeleteThemes if cx.can_edit() => view.dialog = Dialog::delete(view.selection.themes()),
        // Why it cannot be done was said.
        Command::MergeThemes | Command::DeleteThemes => {}
        command => nothing_here(cx, command),
    }
}

fn step(view: &mut ThemesView, cx: &mut Cx<'_>, themes: BTreeSet<ThemeId>, step: Step) {
    match acts::target(cx.study.codebook(), &themes, step) {
        Some(target) => {
            if step == Step::In
                && let Some(parent) = target.0
            {
                view.folded.remove(&parent);
            }
            acts::move_to(cx, themes, target);
        }
        None => cx.say("There is no place to move it to that way."),
    }
}
