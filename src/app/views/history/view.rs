use eframe::egui::{Align, Id, Key, Layout, Modifiers, Ui, UiBuilder};

use super::entries::{Entries, coder_name};
use super::rows::EditRows;
use super::undo;
use crate::app::Seen;
use crate::app::command::Command;
use crate::app::context::Cx;
use crate::app::icons;
use crate::app::widgets::{Button, Field, GridEvent, GridState, empty, grid, menu_below, menu_choice, pick, view_head};
use crate::project::EditKind;
use crate::study::CoderId;

/// What the view remembers.
#[derive(Default)]
pub struct HistoryView {
    pub(super) entries: Entries,
    grid: GridState<u64>,
    filter: String,
    coder: Option<CoderId>,
    keys: Vec<u64>,
    /// A command for the view that waits for its next frame.
    command: Option<Command>,
    /// What the rows were made from.
    pub(super) made_from: Option<(Seen, String, Option<CoderId>)>,
}

/// The field that filters the edits.
const FILTER: &str = "filter edits";

/// With fewer rows than this, more are looked for further back.
const ENOUGH: usize = 60;

impl HistoryView {
    /// Takes a command of the window.
    pub fn command(&mut self, command: Command) {
        self.command = Some(command);
    }

    /// Moves the focus as was asked: from the filter to the edits and back.
    fn move_focus(&mut self, ui: &Ui) {
        match self.command.take() {
            Some(Command::NextPane) if !self.grid.has_focus() => self.grid.take_focus(),
            Some(Command::NextPane | Command::FindInText) => ui.memory_mut(|memory| memory.request_focus(Id::unique(FILTER))),
            _ => {}
        }
    }

    fn make_rows(&mut self, cx: &mut Cx<'_>) {
        let same =
            |(seen, filter, coder): &(Seen, String, Option<CoderId>)| seen.is(cx.study) && *filter == self.filter && *coder == self.coder;
        if !self.made_from.as_ref().is_some_and(same) {
            self.keys = self.entries.fitting(&self.filter, self.coder);
            self.made_from = Some((Seen::of(cx.study), self.filter.clone(), self.coder));
        }
        let last = self.grid.last_row_seen();
        if self.keys.len() < ENOUGH || last + ENOUGH / 2 > self.keys.len() {
            self.entries.look_back(cx);
        }
    }
}

/// Shows the view.
pub fn show(ui: &mut Ui, view: &mut HistoryView, cx: &mut Cx<'_>) {
    view.entries.keep_up(cx);
    view.make_rows(cx);
    view.move_focus(ui);
    let whole = ui.max_rect();
    let below = view_head(ui, cx.tokens, whole, "History", |ui| show_head(ui, view, cx));
    ui.scope_builder(UiBuilder::new().max_rect(below), |ui| {
        if view.keys.is_empty() {
            show_nothing(ui, view, cx);
            return;
        }
        let back = view.grid.has_focus() && ui.input_mut(|input| input.consume_key(Modifiers::SHIFT, Key::Enter));
        let rows = EditRows::new(&view.entries, &view.keys, cx.now);
        let events = grid(ui, cx.tokens, "Edits", &mut view.grid, &rows);
        for event in events {
            if let GridEvent::Press { key, .. } = event {
                undo_edit(view, key, cx);
            }
        }
        if let Some((seq, _)) = view.grid.at.filter(|_| back) {
            undo_to(view, seq, cx);
        }
    });
    let count = view.entries.all.len();
    let all = if view.entries.complete { undo::edits(count) } else { format!("The newest {count} edits") };
    let fitting = view.keys.len();
    cx.status.say(if fitting == count { all } else { format!("{fitting} of {}", all.to_lowercase()) });
    let Some(at) = view.grid.at.and_then(|(seq, _)| view.entries.entry(seq)) else { return };
    cx.status.hint(&["↑", "↓"], "Move");
    if undo::can(&at.edit) {
        cx.status.hint(&["↵"], "Undo this edit");
    }
    if undo::can_go_to(&at.edit) {
        cx.status.hint(&["Shift", "↵"], "Undo up to here");
    }
}

fn show_nothing(ui: &mut Ui, view: &mut HistoryView, cx: &Cx<'_>) {
    let filtered = !view.filter.trim().is_empty() || view.coder.is_some();
    let (title, what) = match (view.entries.complete, filtered) {
        (false, _) => ("History", "Looking further back."),
        (true, true) => ("No edit fits the filter", "Names of edits, of coders and of sources are looked at."),
        (true, false) => ("No edits yet", "Whatever is changed in the project stands here, and any of it can be undone."),
    };
    let button = (view.entries.complete && filtered).then_some("Show all");
    if empty(ui, cx.tokens, icons::HISTORY, title, what, button) {
        view.filter.clear();
        view.coder = None;
    }
}

/// Said of an edit that stays.
const BEGINS: &str = "The project begins with this; it cannot be undone.";

fn undo_edit(view: &HistoryView, seq: u64, cx: &mut Cx<'_>) {
    let Some(edit) = view.entries.entry(seq).map(|entry| &entry.edit) else { return };
    match edit.kind {
        EditKind::Act if edit.undone => cx.say("This edit is undone already."),
        EditKind::Act if cx.can_edit() => cx.actions.push(undo::begin(edit.clone(), cx.now)),
        EditKind::Act => {}
        EditKind::Setup => cx.say(BEGINS),
        EditKind::Undo | EditKind::Redo => cx.say("An undo is taken back with redo, Ctrl+Shift+Z."),
    }
}

fn undo_to(view: &HistoryView, seq: u64, cx: &mut Cx<'_>) {
    let Some(edit) = view.entries.entry(seq).map(|entry| &entry.edit) else { return };
    if !undo::can_go_to(edit) {
        cx.say(BEGINS);
    } else if cx.can_edit() {
        cx.actions.push(undo::begin_to(edit.clone(), cx.now));
    }
}

fn show_head(ui: &mut Ui, view: &mut HistoryView, cx: &mut Cx<'_>) {
    let tokens = cx.tokens;
    let width = tokens.size.sources_pane;
    Field::new(Id::unique(FILTER), "Filter edits", icons::LIST_FILTER).width(width).show(ui, tokens, &mut view.filter);
    show_coders(ui, view, cx);
    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
        let at = view.grid.at.and_then(|(seq, _)| view.entries.entry(seq));
        let seq = at.map(|entry| entry.edit.seq);
        let ready = at.is_some_and(|entry| undo::can(&entry.edit));
        let goes_back = at.is_some_and(|entry| undo::can_go_to(&entry.edit));
        let this = Button::new("Undo this edit…").icon(icons::UNDO_2).enabled(ready).show(ui, tokens);
        let back = Button::quiet("Undo up to here…").icon(icons::HISTORY).enabled(goes_back).show(ui, tokens);
        let back = back.on_hover_text("Takes back this edit and all your later ones  (Shift+↵)");
        match seq {
            Some(seq) if this.clicked() => undo_edit(view, seq, cx),
            Some(seq) if back.clicked() => undo_to(view, seq, cx),
            _ => {}
        }
    });
}

/// Whose edits are shown, where there are several coders.
fn show_coders(ui: &mut Ui, view: &mut HistoryView, cx: &Cx<'_>) {
    if cx.study.coders().len() < 2 {
        return;
    }
    let name = view.coder.map_or("all coders", |coder| coder_name(cx.study, coder));
    let button = pick(ui, cx.tokens, "By", name);
    menu_below(cx.tokens, &button, |ui| {
        let mut choices = vec![(None, "all coders")];
        choices.extend(cx.study.coders().values().map(|coder| (Some(coder.id), coder.name.as_str())));
        for (coder, name) in choices {
            if menu_choice(ui, cx.tokens, name, view.coder == coder, true).clicked() {
                view.coder = coder;
                ui.close();
            }
        }
    });
}
