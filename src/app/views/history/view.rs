use eframe::egui::{Align, Id, Layout, Rect, Ui, UiBuilder, vec2};

use super::entries::{Entries, coder_name};
use super::filter::{Filter, Subject};
use super::rows::EditRows;
use super::{merged, opening, undo, version};
use crate::app::Seen;
use crate::app::command::{Command, Scope, pressed};
use crate::app::context::Cx;
use crate::app::icons;
use crate::app::views::days::Days;
use crate::app::views::nothing_here;
use crate::app::widgets::{
    Button, Field, GridEvent, GridState, empty, grid, hairline_below, icon_button_for, menu_below, menu_choice, pick_within, view_head,
    within,
};
use crate::project::EditKind;
use crate::study::CoderId;

/// What the view remembers.
#[derive(Default)]
pub struct HistoryView {
    pub(super) entries: Entries,
    grid: GridState<u64>,
    filter: Filter,
    keys: Vec<u64>,
    /// Commands for the view that wait for its next frame.
    commands: Vec<Command>,
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
        self.commands.push(command);
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
    for command in std::mem::take(&mut view.commands) {
        run(ui, view, cx, command);
    }
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
        // Taken before the grid, which has a use for some of these keys, and carried out where its arrows have led. What nothing
        // has, the grid takes.
        let free = ui.memory(|memory| memory.focused().is_none() && memory.top_modal_layer().is_none());
        let here = view.grid.has_focus() || free;
        let commands = if here { pressed(ui, Scope::History, cx.settings.single_letters) } else { Vec::new() };
        let rows = EditRows::new(&view.entries, &view.keys, cx.now);
        let events = grid(ui, cx.tokens, "Edits", &mut view.grid, &rows);
        for command in commands {
            run(ui, view, cx, command);
        }
        for event in events {
            if let GridEvent::Press { key, pointed: true, .. } = event {
                open(view, cx, key);
            }
        }
    });
    let count = view.entries.all.len();
    let of = if cx.study.alone().is_some() { " of yours" } else { "" };
    let all = if view.entries.complete { format!("{}{of}", undo::edits(count)) } else { format!("The newest {count} edits{of}") };
    let fitting = view.keys.len();
    cx.status.say(if fitting == count { all } else { format!("{fitting} of {}", all.to_lowercase()) });
    let Some(at) = view.grid.at.and_then(|(seq, _)| view.entries.entry(seq)) else { return };
    cx.status.hint_command(Command::OpenEdit);
    if undo::can(&at.edit, me(cx)) {
        cx.status.hint_command(Command::UndoEdit);
    }
    if undo::can_go_to(&at.edit) {
        cx.status.hint_command(Command::UndoUpToHere);
    }
    cx.status.hint_command(Command::CopyOfVersion);
}

fn me(cx: &Cx<'_>) -> Option<CoderId> {
    cx.project.map(|project| project.me.coder)
}

/// Carries out a command: about the edit one is at, or where the keys go.
fn run(ui: &Ui, view: &mut HistoryView, cx: &mut Cx<'_>, command: Command) {
    match command {
        // From the filter to the edits and back.
        Command::NextPane if !view.grid.has_focus() => view.grid.take_focus(),
        Command::NextPane | Command::FindInText => ui.memory_mut(|memory| memory.request_focus(Id::unique(FILTER))),
        command => match view.grid.at.filter(|(seq, _)| view.entries.entry(*seq).is_some()) {
            Some((seq, _)) => act(view, cx, command, seq),
            None => nothing_here(cx, command),
        },
    }
}

/// Carries out a command about an edit.
fn act(view: &HistoryView, cx: &mut Cx<'_>, command: Command, seq: u64) {
    match command {
        Command::OpenEdit => open(view, cx, seq),
        Command::UndoEdit => undo_edit(view, seq, cx),
        Command::UndoUpToHere => undo_to(view, seq, cx),
        Command::CopyOfVersion => {
            let edit = view.entries.entry(seq).map(|entry| &entry.edit);
            if let (Some(edit), Some(project)) = (edit, cx.project) {
                cx.actions.push(version::ask(edit, project.path.clone(), cx.now));
            }
        }
        command => nothing_here(cx, command),
    }
}

/// Goes to what an edit touched; of a merge says first what could not all be kept.
fn open(view: &HistoryView, cx: &mut Cx<'_>, seq: u64) {
    let merge = view.entries.entry(seq).map(|entry| &entry.edit).filter(|edit| edit.kind == EditKind::Merge);
    let action = match (merge, cx.project) {
        (Some(merge), Some(project)) if cx.study.alone().is_none() => merged::open(merge.clone(), project.own(cx.study)),
        _ => opening::open(seq),
    };
    cx.actions.push(action);
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
const BEGINS: &str = "What comes after rests on this; it cannot be undone.";

fn undo_edit(view: &HistoryView, seq: u64, cx: &mut Cx<'_>) {
    let Some(entry) = view.entries.entry(seq) else { return };
    let edit = &entry.edit;
    match edit.kind {
        _ if edit.brought_by.is_some() => cx.say("This came with a copy; it is taken back with the edit that brought it."),
        EditKind::Act | EditKind::Merge if edit.undone => cx.say("This edit is undone already."),
        EditKind::Act | EditKind::Merge if Some(edit.coder) != me(cx) => cx.say(format!("This is {}’s edit and stays.", entry.coder)),
        EditKind::Act | EditKind::Merge if cx.can_edit() => cx.actions.push(undo::begin(edit.clone(), cx.now)),
        EditKind::Act | EditKind::Merge => {}
        EditKind::Setup => cx.say(BEGINS),
        EditKind::Undo | EditKind::Redo => cx.say(format!("An undo is taken back with “{}”.", Command::Redo.title())),
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
        let ready = at.is_some_and(|entry| undo::can(&entry.edit, me(cx)));
        let goes_back = at.is_some_and(|entry| undo::can_go_to(&entry.edit));
        // Where there is little room, all of it has keys.
        if ui.available_width() < tokens.size.picker_width {
            let this = icon_button_for(ui, tokens, Command::UndoEdit, ready);
            if let (Some(seq), true) = (seq, this.clicked()) {
                act(view, cx, Command::UndoEdit, seq);
            }
            return;
        }
        let (tip_this, tip_back) = (Command::UndoEdit.explained(ui.ctx()), Command::UndoUpToHere.explained(ui.ctx()));
        let this = Button::new(Command::UndoEdit.title()).icon(icons::UNDO_2).enabled(ready).show(ui, tokens).on_hover_text(tip_this);
        let back = Button::quiet(Command::UndoUpToHere.title()).icon(icons::HISTORY).enabled(goes_back).show(ui, tokens);
        let back = back.on_hover_text(tip_back);
        let copy = icon_button_for(ui, tokens, Command::CopyOfVersion, seq.is_some());
        let open = icon_button_for(ui, tokens, Command::OpenEdit, seq.is_some());
        let buttons = [(this, Command::UndoEdit), (back, Command::UndoUpToHere), (copy, Command::CopyOfVersion), (open, Command::OpenEdit)];
        let asked = buttons.into_iter().find_map(|(button, command)| button.clicked().then_some(command));
        if let (Some(seq), Some(command)) = (seq, asked) {
            act(view, cx, command, seq);
        }
    });
}

/// Whose edits are shown, what they are about, of which days.
fn show_filters(ui: &mut Ui, view: &mut HistoryView, cx: &Cx<'_>) {
    let filter = &mut view.filter;
    let coders: Vec<_> = cx.study.analysts().map(|coder| (Some(coder.id), coder.name.as_str())).collect();
    if coders.len() > 1 {
        let name = filter.coder.map_or("all coders", |coder| coder_name(cx.study, coder));
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
