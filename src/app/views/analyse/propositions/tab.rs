use std::sync::Arc;

use eframe::egui::{Align, Id, Layout, Rect, Ui, UiBuilder, pos2};

use super::super::fields::{FieldOf, Fields};
use super::entries::{Entries, Entry, Line, Wanted};
use super::moves::{self, Way};
use super::{editor, list, status_name};
use crate::app::Seen;
use crate::app::command::{Command, KeyMap, Keys, Scope};
use crate::app::context::{Action, Cx};
use crate::app::frame::dialogs::{Answer, Choice, Dialog};
use crate::app::icons;
use crate::app::views::nothing_here;
use crate::app::widgets::{Button, Field, Stack, empty, icon_button_for, next_pane};
use crate::study::{EvidenceId, PropositionId};

/// What the tab remembers.
#[derive(Default)]
pub(in super::super) struct PropositionsTab {
    pub(super) entries: Entries,
    gathered: Seen,
    pub(super) wanted: Wanted,
    /// The places among the entries of those that are listed, and what they were found with.
    pub(super) listed: Vec<usize>,
    found_with: Option<(Arc<[Entry]>, Wanted)>,
    pub(super) selected: Option<PropositionId>,
    /// Whether the list wants the keys.
    pub(super) wants_focus: bool,
    /// Whether the statement wants the keys.
    pub(super) write: bool,
    /// The one that was begun, and is in no study until something is written.
    begun: Option<PropositionId>,
    /// Whether the selected one is to be scrolled to, and what is seen of the list: from where, and how much.
    pub(super) scroll: bool,
    pub(super) seen: (f32, f32),
    /// Whether one was moved, and is to be scrolled to where it stands then.
    pub(super) moved: bool,
    /// What is seen of the evidence.
    pub(super) evidence: Stack<Line>,
    /// The evidence whose note is written.
    pub(super) noted: Option<EvidenceId>,
}

/// The field that filters the propositions.
const FILTER: &str = "filter of propositions";

impl PropositionsTab {
    /// Goes to a proposition, whatever is filtered.
    pub(in super::super) fn go(&mut self, proposition: PropositionId) {
        self.wanted = Wanted::default();
        self.select(Some(proposition));
        self.wants_focus = true;
    }

    /// Puts the keys on the list.
    pub(in super::super) fn focus_list(&mut self) {
        self.wants_focus = !self.write;
    }

    /// The proposition one is at.
    pub(in super::super) const fn selected(&self) -> Option<PropositionId> {
        self.selected
    }

    pub(super) fn select(&mut self, proposition: Option<PropositionId>) {
        (self.selected, self.scroll, self.noted) = (proposition, true, None);
    }

    /// The selected proposition, as it is listed.
    pub(super) fn entry(&self) -> Option<&Entry> {
        self.entries.all.iter().find(|entry| Some(entry.id) == self.selected)
    }

    /// Where the selected one stands in the list.
    pub(super) fn place(&self) -> Option<usize> {
        self.listed.iter().position(|at| self.entries.all.get(*at).is_some_and(|entry| Some(entry.id) == self.selected))
    }

    /// Moves by so many; where there is none after the last, to the one before.
    pub(super) fn step(&mut self, by: isize) {
        let Some(last) = self.listed.len().checked_sub(1) else { return };
        let next = self.place().map_or(0, |now| now.saturating_add_signed(by).min(last));
        self.select(self.listed.get(next).and_then(|at| self.entries.all.get(*at)).map(|entry| entry.id));
    }

    fn keep_up(&mut self, cx: &mut Cx<'_>) {
        if !self.gathered.is(cx.study) {
            self.gathered = Seen::of(cx.study);
            let study = Arc::clone(cx.study);
            cx.job("propositions", "", move |_| Ok(Entries::of(&study)), |state, entries| state.analyse.propositions.entries = entries);
        }
        let same = |(all, wanted): &(Arc<[Entry]>, Wanted)| Arc::ptr_eq(all, &self.entries.all) && *wanted == self.wanted;
        if self.found_with.as_ref().is_some_and(same) {
            return;
        }
        self.listed = self.wanted.fitting(&self.entries.all);
        self.found_with = Some((Arc::clone(&self.entries.all), self.wanted.clone()));
        self.scroll |= std::mem::take(&mut self.moved);
        // One that is only begun is in no list yet, and one that no longer fits stays until another is chosen.
        self.begun.take_if(|id| cx.study.propositions().get(*id).is_some());
        let is_there = self.selected.is_some_and(|id| cx.study.propositions().get(id).is_some());
        let begun = self.begun.is_some() && self.begun == self.selected;
        if !begun && !is_there {
            let first = self.listed.first().and_then(|at| self.entries.all.get(*at)).map(|entry| entry.id);
            self.select(first);
        }
    }
}

/// What stands beside the name of the view.
pub(in super::super) fn show_head(ui: &mut Ui, tab: &mut PropositionsTab, cx: &mut Cx<'_>) {
    let tokens = cx.tokens;
    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
        ui.spacing_mut().item_spacing.x = tokens.space.two;
        let new = Button::new(Command::NewProposition.title()).icon(icons::PLUS).show(ui, tokens);
        if new.on_hover_text(Command::NewProposition.explained(ui.ctx())).clicked() {
            run(ui, tab, cx, Command::NewProposition);
        }
        if icon_button_for(ui, tokens, Command::Export, !tab.entries.all.is_empty()).clicked() {
            cx.run(Command::Export);
        }
        let field = Field::new(Id::unique(FILTER), "Filter propositions", icons::LIST_FILTER);
        field.width(ui.available_width().min(tokens.size.sources_pane)).show(ui, tokens, &mut tab.wanted.filter);
    });
}

/// The share of the width that the list has, and how many pickers it is wide at most.
const LIST: f32 = 0.42;

/// Shows the tab.
pub(in super::super) fn show(ui: &mut Ui, tab: &mut PropositionsTab, fields: &mut Fields, cx: &mut Cx<'_>, commands: Vec<Command>) {
    tab.keep_up(cx);
    for command in commands {
        run(ui, tab, cx, command);
    }
    let tokens = cx.tokens;
    let whole = ui.max_rect();
    if tab.entries.all.is_empty() && tab.selected.is_none() && tab.entries.are_of(cx.study) {
        let what = "A proposition states what you think you have found, with the passages and cells that support it, qualify it and \
                    contradict it. Passages and cells are added from where they are listed (Shift+P).";
        if empty(ui, tokens, icons::FLAG, "No propositions yet", what, Some(Command::NewProposition.title())) {
            run(ui, tab, cx, Command::NewProposition);
        }
        cx.status.hint_command(Command::NewProposition);
        take_new(ui, tab, cx);
        return;
    }
    let width = (whole.width() * LIST).clamp(tokens.size.sources_pane.min(whole.width() / 2.0), tokens.size.picker_width);
    let left = Rect::from_min_max(whole.min, pos2(whole.left() + width, whole.bottom()));
    let right = Rect::from_min_max(left.right_top(), whole.max);
    ui.scope_builder(UiBuilder::new().max_rect(left).id_salt("propositions"), |ui| {
        ui.set_clip_rect(left.intersect(ui.clip_rect()));
        list::show(ui, tab, cx);
    });
    ui.painter().vline(left.right(), left.y_range(), tokens.hairline(tokens.colour.line_hair));
    ui.scope_builder(UiBuilder::new().max_rect(right).id_salt("proposition"), |ui| {
        ui.set_clip_rect(right.intersect(ui.clip_rect()));
        editor::show(ui, tab, fields, cx);
    });
    status(tab, cx);
}

fn status(tab: &PropositionsTab, cx: &mut Cx<'_>) {
    let untried = tab.entries.all.iter().filter(|entry| entry.untried).count();
    let all = tab.entries.all.len();
    let said = format!("{all} {}, {untried} not tried to contradict", if all == 1 { "proposition" } else { "propositions" });
    cx.status
        .say(tab.entry().map_or_else(|| said.clone(), |entry| format!("{said}; this one: {}", status_name(entry.status).to_lowercase())));
    for command in [Command::NewProposition, Command::WriteProposition, Command::Searched, Command::OnlyUntried, Command::DeleteProposition]
    {
        cx.status.hint_command(command);
    }
}

/// Takes the key that begins a proposition, where there is no list yet to have the focus.
fn take_new(ui: &Ui, tab: &mut PropositionsTab, cx: &mut Cx<'_>) {
    if ui.ctx().text_edit_focused() {
        return;
    }
    let letters = cx.settings.single_letters;
    let keys = KeyMap::of(ui.ctx());
    let begins = |command, keys: Keys| command == Command::NewProposition && (letters || !keys.types());
    let pressed = ui.input_mut(|input| keys.pressed(input, Scope::Propositions, begins));
    for command in pressed {
        run(ui, tab, cx, command);
    }
}

/// Carries out a command: about the proposition one is at, or where the keys go.
pub(super) fn run(ui: &Ui, tab: &mut PropositionsTab, cx: &mut Cx<'_>, command: Command) {
    let filter = Id::unique(FILTER);
    match command {
        Command::FindInText => ui.memory_mut(|memory| memory.request_focus(filter)),
        Command::NextPane => {
            let statement = tab.selected.map(|id| FieldOf::Statement(id).id());
            let panes: Vec<Id> = [filter, list::id()].into_iter().chain(statement).collect();
            next_pane(ui, &panes, 1);
        }
        Command::NewProposition if cx.can_edit() => {
            let id = PropositionId::new();
            tab.select(Some(id));
            (tab.write, tab.begun) = (true, Some(id));
        }
        Command::NewProposition => {}
        Command::OnlyUntried => tab.wanted.untried = !tab.wanted.untried,
        command => match (command, tab.selected.filter(|id| cx.study.propositions().get(*id).is_some())) {
            (Command::WriteProposition, Some(_)) => tab.write = true,
            (Command::Searched, Some(id)) => searched(cx, id),
            (Command::DeleteProposition, Some(id)) => delete(cx, tab, id),
            (Command::MovePropositionUp, Some(id)) => moves::step(cx, tab, id, Way::Up),
            (Command::MovePropositionDown, Some(id)) => moves::step(cx, tab, id, Way::Down),
            (command, _) => nothing_here(cx, command),
        },
    }
}

/// Says that one has looked for what contradicts a proposition, or takes back that somebody has.
pub(super) fn searched(cx: &mut Cx<'_>, id: PropositionId) {
    let Some(searched) = cx.study.propositions().get(id).map(|it| it.searched).filter(|_| cx.can_edit()) else { return };
    let label = if searched.is_none() { "Looked for contradiction" } else { "Nobody looked for contradiction" };
    cx.edit(label, move |tx| tx.set_searched(id, searched.is_none()));
}

/// Asks whether a proposition is to be deleted, and does it then.
fn delete(cx: &mut Cx<'_>, tab: &PropositionsTab, id: PropositionId) {
    if !cx.can_edit() {
        return;
    }
    let count: usize = tab.entry().map_or(0, |entry| entry.counts.iter().sum());
    let what = match count {
        0 => "Nothing was added to it.".to_owned(),
        1 => "It goes with the one passage or cell that was added to it; the words themselves stay.".to_owned(),
        many => format!("It goes with the {many} passages and cells that were added to it; the words themselves stay."),
    };
    let what = format!("{what} A proposition that was given up can also be kept as dropped. Undo brings it back.");
    let delete = Action::edit("Delete proposition", move |tx| tx.remove_proposition(id));
    let question = Choice::new("Delete this proposition?", vec![Answer::new("Delete proposition", delete)]).what(what);
    cx.actions.push(Action::Show(Box::new(Dialog::Choice(question))));
}
