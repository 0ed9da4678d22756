use eframe::egui::Ui;

use super::draft::{self, Draft};
use super::drawn::Drawn;
use super::page::Page;
use super::picker::{Picker, Purpose};
use super::reader::Reveal;
use super::selection::{Selection, Unit, nearest, whole_character};
use super::view::ReadView;
use super::{acts, correcting, ends, find, going, picker, reconcile, source_acts};
use crate::app::command::{Command, Scope};
use crate::app::context::Cx;
use crate::study::{CodingId, MemoOn, ThemeId};

/// Does what a command of the text says.
pub fn run(ui: &Ui, view: &mut ReadView, cx: &mut Cx<'_>, page: Page<'_>, drawn: &Drawn, command: Command) {
    if let Some(slot) = command.slot() {
        return use_slot(view, cx, page, drawn, slot);
    }
    if let Some(slot) = command.assigned_slot() {
        return assign_slot(view, cx, drawn, slot);
    }
    match command {
        Command::LineUp => line(view, cx, page, false, false),
        Command::LineDown => line(view, cx, page, true, false),
        Command::SelectLineUp => line(view, cx, page, false, true),
        Command::SelectLineDown => line(view, cx, page, true, true),
        Command::PageBack => by_page(view, page, false, false),
        Command::PageOn => by_page(view, page, true, false),
        Command::SelectPageBack => by_page(view, page, false, true),
        Command::SelectPageOn => by_page(view, page, true, true),
        Command::WordBack => step(view, page, Unit::Word, false, false),
        Command::WordOn => step(view, page, Unit::Word, true, false),
        Command::SelectWordBack => step(view, page, Unit::Word, false, true),
        Command::SelectWordOn => step(view, page, Unit::Word, true, true),
        Command::SelectCharacterBack => step(view, page, Unit::Character, false, true),
        Command::SelectCharacterOn => step(view, page, Unit::Character, true, true),
        Command::TurnBack => step(view, page, Unit::Turn, false, false),
        Command::TurnOn => step(view, page, Unit::Turn, true, false),
        Command::SelectTurnBack => step(view, page, Unit::Turn, false, true),
        Command::SelectTurnOn => step(view, page, Unit::Turn, true, true),
        Command::TextStart => step(view, page, Unit::Text, false, false),
        Command::TextEnd => step(view, page, Unit::Text, true, false),
        Command::SelectTextStart => step(view, page, Unit::Text, false, true),
        Command::SelectTextEnd => step(view, page, Unit::Text, true, true),
        Command::Sentence => select(view, view.selection.sentence_more(page.text, page.geometry())),
        Command::SentenceLess => select(view, view.selection.sentence_less(page.text, page.geometry())),
        Command::Theme => pick(view, cx, page, drawn),
        Command::Recode => {
            if let Some(coding) = acts::own(view, cx) {
                view.picker = Some(Picker::new(Purpose::Recode(coding.id), coding.span));
            }
        }
        Command::InVivo => acts::in_vivo(view, cx, page, drawn),
        Command::Quote => acts::quote(view, cx, drawn),
        Command::Contrary => draft_contrary(view, cx, drawn),
        Command::Memo => draft_memo(view, cx, page, drawn),
        Command::CodingBack => cycle(view, drawn, false),
        Command::CodingOn => cycle(view, drawn, true),
        Command::EndBack => ends::move_end(view, cx, page, drawn, true, false),
        Command::EndOn => ends::move_end(view, cx, page, drawn, true, true),
        Command::StartBack => ends::move_end(view, cx, page, drawn, false, false),
        Command::StartOn => ends::move_end(view, cx, page, drawn, false, true),
        Command::Remove => acts::remove(view, cx),
        Command::Agree => acts::agree(view, cx, drawn),
        Command::TypicalExample => acts::typical(view, cx, drawn),
        Command::Confirm => confirm(view, cx, page, drawn),
        Command::ConfirmAll => acts::confirm(cx, page.material.source.id, acts::unread(cx, page.material.source.id)),
        Command::NextPassage => going::passage_of_theme(view, cx, page, drawn, true),
        Command::PreviousPassage => going::passage_of_theme(view, cx, page, drawn, false),
        Command::NextUncoded => going::next_uncoded(view, cx, page),
        command if correcting::COMMANDS.contains(&command) => correcting::run(view, cx, page, command),
        command if reconcile::COMMANDS.contains(&command) => reconcile::run(view, cx, page.material.source.id, command),
        Command::Copy if view.selection.is_empty() => cx.say("Select words first."),
        Command::Copy => ui.ctx().copy_text(view.selection.span().slice(page.text).to_owned()),
        Command::LetGo if view.find.is_some() => find::shut(view),
        Command::LetGo => {
            view.focus = None;
            view.selection = Selection::caret(view.selection.head);
        }
        Command::FindInText => find::open(view, page),
        Command::FindNext => find::again(view, cx, true),
        Command::FindPrevious => find::again(view, cx, false),
        command if command.scope() == Scope::Picker => picker::order(view, cx, page, drawn, command),
        // Everything else is done by the frame.
        command => _ = source_acts::run(ui, view, cx, command),
    }
}

fn step(view: &mut ReadView, page: Page<'_>, unit: Unit, forward: bool, extend: bool) {
    let moved = view.selection.moved(page.text, page.geometry(), unit, forward, extend);
    select(view, moved.led_to(view.reader.outside_fold(moved.head, forward), extend));
}

fn select(view: &mut ReadView, selection: Selection) {
    view.reader.forget_column();
    lead(view, selection);
}

/// Selects by a key. The coding that had the focus is not what is selected now.
fn lead(view: &mut ReadView, selection: Selection) {
    view.selection = selection;
    view.focus = None;
    view.reader.reveal_caret(selection.head, Reveal::Near);
}

fn line(view: &mut ReadView, cx: &Cx<'_>, page: Page<'_>, forward: bool, extend: bool) {
    let found = view.reader.line_from(page.text, cx.tokens, view.selection.head, forward);
    vertical(view, page, found, extend);
}

fn by_page(view: &mut ReadView, page: Page<'_>, forward: bool, extend: bool) {
    let found = view.reader.page_from(page.text, view.selection.head, forward);
    vertical(view, page, found, extend);
}

fn vertical(view: &mut ReadView, page: Page<'_>, found: Option<u32>, extend: bool) {
    match found {
        Some(offset) => lead(view, view.selection.led_to(nearest(page.geometry(), whole_character(page.text, offset)), extend)),
        // The caret is off screen: first it comes back.
        None => view.reader.reveal_caret(view.selection.head, Reveal::Third),
    }
}

/// Opens the picker: on a coding in focus for another theme on the same passage, else on the selected words. At furniture
/// that is folded it unfolds that.
fn pick(view: &mut ReadView, cx: &mut Cx<'_>, page: Page<'_>, drawn: &Drawn) {
    if view.selection.is_empty() && view.reader.is_folded(view.selection.head) {
        view.reader.open_furniture = true;
    } else if let Some(span) = acts::passage(view, cx, page, drawn) {
        view.selection = Selection::of(span);
        view.picker = Some(Picker::new(Purpose::Apply, span));
    }
}

fn use_slot(view: &mut ReadView, cx: &mut Cx<'_>, page: Page<'_>, drawn: &Drawn, slot: usize) {
    let Some(span) = acts::passage(view, cx, page, drawn) else { return };
    if let Some(theme) = cx.settings.slots_of(cx.study).get(slot).copied().flatten() {
        acts::apply(view, cx, page.material.source.id, span, theme);
    } else {
        cx.say(format!("Slot {} is empty. The theme you choose now fills it.", slot + 1));
        view.picker = Some(Picker::new(Purpose::FillSlot(slot), span));
    }
}

fn assign_slot(view: &ReadView, cx: &mut Cx<'_>, drawn: &Drawn, slot: usize) {
    let focused = view.focus.and_then(|coding| drawn.stripe(coding)).map(|stripe| stripe.theme);
    match focused.or(view.theme) {
        Some(theme) => fill_slot(cx, slot, theme),
        None => cx.say("Choose a theme first: in the list of themes, or on a stripe."),
    }
}

/// Puts a theme into a slot, and says so.
pub fn fill_slot(cx: &mut Cx<'_>, slot: usize, theme: ThemeId) {
    let project = cx.study.project().id;
    let name = cx.study.codebook().get(theme).map_or("", |theme| theme.name.as_str());
    cx.say(format!("Slot {} applies {name}", slot + 1));
    cx.set(move |settings| settings.fill_slot(project, slot, theme));
}

fn draft_contrary(view: &mut ReadView, cx: &mut Cx<'_>, drawn: &Drawn) {
    let Some(coding) = acts::at_hand(view, cx, drawn) else { return };
    let marked = drawn.noted(coding.id).and_then(|noted| noted.contrary.clone());
    draft::open(view, cx, Draft::contrary(coding.source, coding.id, marked));
}

fn draft_memo(view: &mut ReadView, cx: &mut Cx<'_>, page: Page<'_>, drawn: &Drawn) {
    if !cx.can_edit() {
        return;
    }
    let source = page.material.source.id;
    let on = if let Some(coding) = view.focus {
        MemoOn::Coding { source, coding }
    } else {
        let Some(span) = acts::passage(view, cx, page, drawn) else { return };
        MemoOn::Passage { source, revision: page.material.source.revision, span }
    };
    let there = acts::own_memo(cx, source, &on);
    let draft = Draft::memo(on, there.as_ref());
    draft::open(view, cx, draft);
}

/// Confirms the coding in focus, else the shortest at the caret, if it waits for that.
fn confirm(view: &mut ReadView, cx: &mut Cx<'_>, page: Page<'_>, drawn: &Drawn) {
    let source = page.material.source.id;
    let waiting = acts::unread(cx, source);
    let here = drawn.at(view.selection.span().start).into_iter().map(|stripe| stripe.coding);
    let found = view.focus.into_iter().chain(here).find(|coding| waiting.contains(coding));
    view.focus = found.or(view.focus);
    acts::confirm(cx, source, found.into_iter().collect());
}

/// Focuses a coding and selects its whole passage. Where one was is kept to come back to, if it is out of sight.
pub fn focus_on(view: &mut ReadView, cx: &mut Cx<'_>, page: Page<'_>, drawn: &Drawn, coding: CodingId) {
    let Some(stripe) = drawn.stripe(coding) else { return };
    if !view.reader.shows_caret(page.text, view.selection.head) {
        cx.leave(view.place());
    }
    view.focus = Some(coding);
    view.theme = Some(stripe.theme);
    view.selection = Selection::of(stripe.span);
    if !view.reader.shows(stripe.span) {
        view.reader.reveal(stripe.span, Reveal::Near);
    }
}

fn cycle(view: &mut ReadView, drawn: &Drawn, forward: bool) {
    let at = view.selection.span().start;
    let here = drawn.at(at);
    let now = here.iter().position(|stripe| Some(stripe.coding) == view.focus);
    let next = match (now, forward) {
        (Some(now), true) => (now + 1) % here.len().max(1),
        (Some(now), false) => (now + here.len().saturating_sub(1)) % here.len().max(1),
        (None, true) => 0,
        (None, false) => here.len().saturating_sub(1),
    };
    if let Some(stripe) = here.get(next) {
        view.focus = Some(stripe.coding);
        view.theme = Some(stripe.theme);
        // The caret stays, so that all that lie over it can be reached; the passage is lit.
        view.selection = Selection::caret(at);
    }
}

/// The keys of a row of commands of which this is the first, such as those of the slots: its own, with all digits for the one.
pub fn digits(cx: &Cx<'_>, first: Command) -> Vec<&'static str> {
    cx.key_names(first).into_iter().map(|name| if name == "1" { "1…9" } else { name }).collect()
}
