use eframe::egui::{Align, Id, Key, Layout, Modifiers, Rect, Ui, UiBuilder, vec2};

use super::entries::{Entries, coder_name};
use super::filter::{Days, Filter, Subject};
use super::rows::EditRows;
use super::{opening, undo, version};
use crate::app::Seen;
use crate::app::command::Command;
use crate::app::context::Cx;
use crate::app::icons;
use crate::app::widgets::{
    Button, Field, GridEvent, GridState, empty, grid, hairline_below, icon_button, menu_below, menu_choice, pick_within, view_head, within,
};
use crate::project::EditKind;

/// What the view remembers.
#[derive(Default)]
pub struct HistoryView {
    pub(super) entries: Entries,
    grid: GridState<u64>,
    filter: Filter,
    keys: Vec<u64>,
    /// A command for the view that waits for its next frame.
    command: Option<Command>,
    /// What the rows were made from.
    pub(super) made_from: Option<(Seen, Filter)>,
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
        if !self.made_from.as_ref().is_some_and(|(seen, filter)| seen.is(cx.study) && *filter == self.filter) {
            self.keys = self.entries.fitting(&self.filter, cx.now);
            self.made_from = Some((Seen::of(cx.study), self.filter.clone()));
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
    let bar = Rect::from_min_size(below.min, vec2(below.width(), cx.tokens.size.top_bar));
    let inset = vec2(cx.tokens.space.two, 0.0);
    within(ui, bar.shrink2(inset), Layout::left_to_right(Align::Center), |ui| show_filters(ui, view, cx));
    hairline_below(ui, cx.tokens, bar);
    let below = Rect::from_min_max(bar.left_bottom(), below.max);
    ui.scope_builder(UiBuilder::new().max_rect(below), |ui| {
        if view.keys.is_empty() {
            show_nothing(ui, view, cx);
            return;
        }
        let asked = view.grid.has_focus().then(|| pressed(ui)).flatten();
        let rows = EditRows::new(&view.entries, &view.keys, cx.now);
        let events = grid(ui, cx.tokens, "Edits", &mut view.grid, &rows);
        for event in events {
            match event {
                GridEvent::Press { key, pointed: true, .. } => act(view, Asked::Open, key, cx),
                GridEvent::Press { key, .. } => act(view, Asked::Undo, key, cx),
                _ => {}
            }
        }
        if let (Some((seq, _)), Some(asked)) = (view.grid.at, asked) {
            act(view, asked, seq, cx);
        }
    });
    let count = view.entries.all.len();
    let all = if view.entries.complete { undo::edits(count) } else { format!("The newest {count} edits") };
    let fitting = view.keys.len();
    cx.status.say(if fitting == count { all } else { format!("{fitting} of {}", all.to_lowercase()) });
    let Some(at) = view.grid.at.and_then(|(seq, _)| view.entries.entry(seq)) else { return };
    cx.status.hint(&["Space"], "Open what it touched");
    if undo::can(&at.edit) {
        cx.status.hint(&["↵"], "Undo this edit");
    }
    if undo::can_go_to(&at.edit) {
        cx.status.hint(&["Shift", "↵"], "Undo up to here");
    }
    cx.status.hint(&["Ctrl", "R"], "Copy of this version");
}

/// What can be asked of an edit.
#[derive(Clone, Copy)]
enum Asked {
    Open,
    Undo,
    UndoTo,
    Copy,
}

/// What is asked by a key; Enter comes from the grid.
fn pressed(ui: &Ui) -> Option<Asked> {
    let keys = [
        (Modifiers::SHIFT, Key::Enter, Asked::UndoTo),
        (Modifiers::NONE, Key::Space, Asked::Open),
        (Modifiers::COMMAND, Key::R, Asked::Copy),
    ];
    keys.into_iter().find_map(|(modifiers, key, asked)| ui.input_mut(|input| input.consume_key(modifiers, key)).then_some(asked))
}

fn act(view: &HistoryView, asked: Asked, seq: u64, cx: &mut Cx<'_>) {
    match asked {
        Asked::Open => cx.actions.push(opening::open(seq)),
        Asked::Undo => undo_edit(view, seq, cx),
        Asked::UndoTo => undo_to(view, seq, cx),
        Asked::Copy => {
            let edit = view.entries.entry(seq).map(|entry| &entry.edit);
            if let (Some(edit), Some(project)) = (edit, cx.project) {
                cx.actions.push(version::ask(edit, project.path.clone(), cx.now));
            }
        }
    }
}

fn show_nothing(ui: &mut Ui, view: &mut HistoryView, cx: &Cx<'_>) {
    let filtered = view.filter.leaves_out();
    let (title, what) = match (view.entries.complete, filtered) {
        (false, _) => ("History", "Looking further back."),
        (true, true) => ("No edit fits the filter", "Names of edits, of coders and of sources are looked at."),
        (true, false) => ("No edits yet", "Whatever is changed in the project stands here, and any of it can be undone."),
    };
    let button = (view.entries.complete && filtered).then_some("Show all");
    if empty(ui, cx.tokens, icons::HISTORY, title, what, button) {
        view.filter = Filter::default();
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
    let width = tokens.size.sources_pane.min(ui.available_width() / 3.0);
    Field::new(Id::unique(FILTER), "Filter edits", icons::LIST_FILTER).width(width).show(ui, tokens, &mut view.filter.words);
    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
        let at = view.grid.at.and_then(|(seq, _)| view.entries.entry(seq));
        let seq = at.map(|entry| entry.edit.seq);
        let ready = at.is_some_and(|entry| undo::can(&entry.edit));
        let goes_back = at.is_some_and(|entry| undo::can_go_to(&entry.edit));
        // Where there is little room, all of it has keys.
        if ui.available_width() < tokens.size.picker_width {
            let this = icon_button(ui, tokens, icons::UNDO_2, "Undo this edit…", ready);
            if let (Some(seq), true) = (seq, this.clicked()) {
                act(view, Asked::Undo, seq, cx);
            }
            return;
        }
        let this = Button::new("Undo this edit…").icon(icons::UNDO_2).enabled(ready).show(ui, tokens);
        let back = Button::quiet("Undo up to here…").icon(icons::HISTORY).enabled(goes_back).show(ui, tokens);
        let back = back.on_hover_text("Takes back this edit and all your later ones  (Shift+↵)");
        let copy = icon_button(ui, tokens, icons::COPY, "Copy of this version…  (Ctrl+R)", seq.is_some());
        let open = icon_button(ui, tokens, icons::EXTERNAL_LINK, "Open what it touched  (Space)", seq.is_some());
        let buttons = [(this, Asked::Undo), (back, Asked::UndoTo), (copy, Asked::Copy), (open, Asked::Open)];
        let asked = buttons.into_iter().find_map(|(button, asked)| button.clicked().then_some(asked));
        if let (Some(seq), Some(asked)) = (seq, asked) {
            act(view, asked, seq, cx);
        }
    });
}

/// Whose edits are shown, what they are about, of which days.
fn show_filters(ui: &mut Ui, view: &mut HistoryView, cx: &Cx<'_>) {
    let filter = &mut view.filter;
    if cx.study.coders().len() > 1 {
        let name = filter.coder.map_or("all coders", |coder| coder_name(cx.study, coder));
        let coders = cx.study.coders().values().map(|coder| (Some(coder.id), coder.name.as_str()));
        choose(ui, cx, "By", name, std::iter::once((None, "all coders")).chain(coders), &mut filter.coder);
    }
    let name = filter.subject.map_or("everything", Subject::name);
    let subjects = Subject::ALL.into_iter().map(|subject| (Some(subject), subject.name()));
    choose(ui, cx, "About", name, std::iter::once((None, "everything")).chain(subjects), &mut filter.subject);
    let name = filter.days.name();
    choose(ui, cx, "From", name, Days::ALL.into_iter().map(|days| (days, days.name())), &mut filter.days);
    if filter.leaves_out() && Button::quiet("Show all").small().show(ui, cx.tokens).clicked() {
        *filter = Filter::default();
    }
}

/// A button with the choices of a filter.
fn choose<'a, T: Copy + PartialEq>(
    ui: &mut Ui,
    cx: &Cx<'_>,
    label: &str,
    name: &str,
    choices: impl Iterator<Item = (T, &'a str)>,
    chosen: &mut T,
) {
    // All three stay in sight.
    let most = ui.max_rect().width() / 3.0 - cx.tokens.space.two;
    let button = pick_within(ui, cx.tokens, label, name, most);
    menu_below(cx.tokens, &button, |ui| {
        for (choice, name) in choices {
            if menu_choice(ui, cx.tokens, name, *chosen == choice, true).clicked() {
                *chosen = choice;
                ui.close();
            }
        }
    });
}
