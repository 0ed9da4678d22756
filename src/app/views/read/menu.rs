use eframe::egui::{Button, ScrollArea, Ui};

use super::offer::QUERY;
use super::source_acts;
use super::view::ReadView;
use crate::app::command::{Command, Scope};
use crate::app::context::Cx;

/// The menu of the text and of a stripe: every act with its key.
pub fn show(ui: &mut Ui, view: &mut ReadView, cx: &mut Cx<'_>) {
    ui.set_min_width(cx.tokens.size.sources_pane);
    // As dense as the tree of themes, so that it has room in a small window.
    ui.spacing_mut().item_spacing.y = 0.0;
    ui.spacing_mut().button_padding.y = 0.0;
    ui.spacing_mut().interact_size.y = cx.tokens.size.tree_row;
    let most = ui.ctx().content_rect().height() - cx.tokens.size.top_bar;
    ui.set_max_height(most);
    ScrollArea::vertical().max_height(most).min_scrolled_height(most).show(ui, |ui| parts(ui, view, cx));
}

fn parts(ui: &mut Ui, view: &mut ReadView, cx: &mut Cx<'_>) {
    entries(ui, view, cx, &[Command::Sentence, Command::SentenceLess]);
    ui.separator();
    entries(ui, view, cx, &[Command::Theme, Command::InVivo]);
    ui.menu_button("Theme of a slot", |ui| slots(ui, view, cx, Command::slot));
    ui.menu_button("Put the theme into a slot", |ui| slots(ui, view, cx, Command::assigned_slot));
    ui.separator();
    on_coding(ui, view, cx);
    ui.separator();
    ui.menu_button("Codings shown", |ui| {
        entries(ui, view, cx, &[Command::ShowOnlyTheme, Command::ShowOnlyUnread, Command::ShowAllCodings, Command::ConfirmAll]);
    });
    ui.menu_button("Correct the import", |ui| {
        entries(ui, view, cx, &super::correcting::COMMANDS);
        entries(ui, view, cx, &[Command::ReplaceText]);
    });
    ui.menu_button("Reconcile the coders", |ui| {
        entries(ui, view, cx, &[Command::Reconcile]);
        entries(ui, view, cx, &super::reconcile::COMMANDS);
    });
    ui.menu_button("Go to", |ui| {
        let ways = [Command::CodingBack, Command::CodingOn, Command::PreviousPassage, Command::NextPassage, Command::NextUncoded];
        entries(ui, view, cx, &ways);
        entries(ui, view, cx, &[Command::FindNext, Command::FindPrevious, Command::PreviousSource, Command::NextSource]);
    });
    ui.menu_button("This source", |ui| {
        entries(ui, view, cx, &source_acts::STATUSES);
        ui.separator();
        entries(ui, view, cx, &[Command::EditSource, Command::SourceMemo, Command::RemoveSource]);
    });
    ui.menu_button("Beside the text", |ui| {
        let lists = [Command::SourcesByArea, Command::SourcesByGroup, Command::SourcesByKind, Command::SourcesByStatus];
        entries(ui, view, cx, &lists);
        ui.separator();
        entries(ui, view, cx, &[Command::TabThemes, Command::TabPassage, Command::TabSource]);
    });
    entries(ui, view, cx, &[Command::FindInText, Command::FindEverywhere, Command::Copy, Command::LetGo]);
}

/// What can be done with the coding in focus. Another coder's can be agreed with or queried; it is not changed.
fn on_coding(ui: &mut Ui, view: &mut ReadView, cx: &mut Cx<'_>) {
    let me = cx.project.map(|project| project.me.coder);
    let focused = view.source.zip(view.focus).and_then(|(source, coding)| cx.study.coding(source, coding));
    if focused.is_some_and(|coded| Some(coded.coding.coder) != me) {
        entries(ui, view, cx, &[Command::Agree]);
        entry(ui, view, cx, Command::Memo, QUERY);
    } else {
        entries(ui, view, cx, &[Command::Recode, Command::Quote, Command::Contrary, Command::Memo, Command::Confirm]);
        ui.menu_button("Move a boundary", |ui| {
            entries(ui, view, cx, &[Command::StartBack, Command::StartOn, Command::EndBack, Command::EndOn]);
        });
        entries(ui, view, cx, &[Command::Remove]);
    }
    entries(ui, view, cx, &[Command::TypicalExample, Command::ThemePassages]);
}

fn entries(ui: &mut Ui, view: &mut ReadView, cx: &mut Cx<'_>, commands: &[Command]) {
    for command in commands {
        entry(ui, view, cx, *command, command.title());
    }
}

/// The nine slots with their themes; `number` tells which commands are meant.
fn slots(ui: &mut Ui, view: &mut ReadView, cx: &mut Cx<'_>, number: fn(Command) -> Option<usize>) {
    let themes = cx.settings.slots_of(cx.study);
    for command in Command::ALL {
        let Some(slot) = number(*command) else { continue };
        let theme = themes.get(slot).copied().flatten().and_then(|theme| cx.study.codebook().get(theme));
        let name = theme.map_or_else(|| format!("{}  empty", slot + 1), |theme| format!("{}  {}", slot + 1, theme.name));
        entry(ui, view, cx, *command, &name);
    }
}

fn entry(ui: &mut Ui, view: &mut ReadView, cx: &mut Cx<'_>, command: Command, title: &str) {
    let keys = cx.keys.words(command);
    let button = ui.add(Button::new(title).shortcut_text(keys).frame_when_inactive(false));
    if button.on_hover_text(command.help()).clicked() {
        if command.scope() == Scope::Anywhere && command != Command::FindInText {
            cx.run(command);
        } else {
            view.command(command);
            view.take_focus = true;
        }
        ui.close();
    }
}
