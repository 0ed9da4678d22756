//! What stands above the hits: how many there are, how they are shown, and what can be done with those chosen.

use std::sync::Arc;

use eframe::egui;
use eframe::egui::{Align, Ui, pos2};

use super::acts;
use super::answer::Row;
use super::code_hits::{CodeHits, Of};
use super::export;
use super::hits::{Layout, check_x, choose_all, show_as, words_x};
use super::kwic::Sort;
use super::view::{SLOT, SearchView, Waiting};
use crate::app::command::Command;
use crate::app::context::{Action, Cx};
use crate::app::icons;
use crate::app::numbers::counted;
use crate::app::tokens::Type;
use crate::app::widgets::{Button, Checked, check_box, segmented, words};

/// Says how far the texts are read, with the way to stop it, or to begin again.
pub(super) fn show_reading(ui: &mut Ui, view: &mut SearchView, cx: &mut Cx<'_>) {
    let (tokens, colour) = (cx.tokens, &cx.tokens.colour);
    let Some((state, percent)) = view.reading() else { return };
    ui.horizontal(|ui| {
        if state == Waiting::Stopped {
            words(ui, tokens, Type::PaneTitle, colour.ink, format!("Stopped at {percent} %"));
            if Button::quiet("Search again").show(ui, tokens).clicked() {
                view.ask_again();
            }
            return;
        }
        words(ui, tokens, Type::PaneTitle, colour.ink, format!("Reading the texts, {percent} %"));
        if Button::quiet("Stop").show(ui, tokens).clicked() {
            cx.actions.push(Action::Cancel(SLOT));
        }
        ui.ctx().request_repaint_after(SOON);
    });
}

/// How often the window looks how far reading is.
const SOON: std::time::Duration = std::time::Duration::from_millis(100);

/// Shows how many hits there are, and how they are shown.
pub(super) fn show(ui: &mut Ui, view: &mut SearchView, cx: &mut Cx<'_>) {
    let (tokens, colour) = (cx.tokens, &cx.tokens.colour);
    if view.reading().is_some() {
        return show_reading(ui, view, cx);
    }
    let Some(answer) = &view.answer else { return };
    let (total, complete) = (answer.total, answer.rows.len() == answer.total);
    let notes = answer.notes.len();
    if total == 0 && notes > 0 {
        words(ui, tokens, Type::PaneTitle, colour.ink, counted(notes, "note", "notes"));
        words(ui, tokens, Type::Small, colour.ink_tertiary, format!("in {}", answer.searched.notes_say()));
        return;
    }
    words(ui, tokens, Type::PaneTitle, colour.ink, counted(total, "hit", "hits"));
    if total == 0 {
        return;
    }
    // Where there is little room the status bar says it alone.
    if ui.available_width() > tokens.size.facets_pane + tokens.size.left_rail {
        words(ui, tokens, Type::Small, colour.ink_tertiary, format!("in {}", counted(answer.sources, "source", "sources")));
    }
    ui.with_layout(egui::Layout::right_to_left(Align::Center), |ui| {
        let code = format!("Code {}…", counted(total, "hit", "hits"));
        let button = Button::quiet(&code).enabled(complete).show(ui, tokens);
        if button.on_hover_text(Command::CodeHits.explained(ui.ctx())).clicked() {
            view.code_hits = Some(CodeHits::new(Of::All));
        }
        let choices = [(Layout::Context, "In context"), (Layout::Kwic, "KWIC")];
        let mut layout = view.list.layout;
        let tip = "Keyword in context. One line for each word found, the word in the middle; sort by what stands before or after it.";
        let chosen = ui.scope(|ui| segmented(ui, tokens, "Hits", &choices, &mut layout, false));
        let keys = Command::HitsAsLines.key_words(ui.ctx());
        chosen.response.on_hover_text(format!("{tip}  {keys}").trim_end());
        if chosen.inner {
            show_as(view, layout);
        }
    });
}

/// Shows what is chosen and what can be done with it.
pub(super) fn show_chosen(ui: &mut Ui, view: &mut SearchView, cx: &mut Cx<'_>) {
    let (tokens, colour) = (cx.tokens, &cx.tokens.colour);
    let Some(answer) = &view.answer else { return };
    let rows = Arc::clone(&answer.rows);
    let chosen = view.chosen.len();
    let checked = match chosen {
        0 => Checked::No,
        some if some < answer.total => Checked::Some,
        _ => Checked::Yes,
    };
    let centre = pos2(ui.max_rect().left() + check_x(tokens), ui.max_rect().center().y);
    let all = check_box(ui, tokens, ui.scope_id().with("all"), centre, "Choose all hits", checked, false);
    if all.clicked() {
        choose_all(view);
    }
    ui.add_space(words_x(tokens));
    ui.spacing_mut().item_spacing.x = tokens.space.one;
    let says = if chosen == 0 { "None chosen".to_owned() } else { format!("{chosen} chosen") };
    let ink = if chosen == 0 { colour.ink_tertiary } else { colour.ink };
    words(ui, tokens, Type::Small, ink, says);
    if chosen > 0 {
        if Button::quiet(&format!("Code {chosen}…")).small().show(ui, tokens).clicked() {
            view.code_hits = Some(CodeHits::new(Of::Chosen));
        }
        if Button::quiet("Mark as quotes").small().show(ui, tokens).clicked() {
            acts::quote(&rows, view.chosen.clone(), cx);
        }
    }
    if view.answer.as_ref().is_some_and(|answer| answer.facets.unread > 0) {
        let name = if chosen > 0 { "Confirm chosen" } else { "Confirm all" };
        let button = Button::quiet(name).small().icon(icons::CHECK).show(ui, tokens);
        let tip = "Says that the codings a search has made in these hits were read.";
        if button.on_hover_text(tip).clicked() {
            // Of what is chosen; of all where nothing is.
            let hits = if chosen > 0 { view.chosen.clone() } else { rows.iter().map(Row::id).collect() };
            acts::confirm(&rows, hits, cx);
        }
    }
    if view.answer.as_ref().is_some_and(|answer| answer.rows.len() == answer.total)
        && Button::quiet("Export…").small().show(ui, tokens).clicked()
    {
        export::hits(view, cx);
    }
    ui.with_layout(egui::Layout::right_to_left(Align::Center), |ui| {
        ui.add_space(tokens.space.three);
        if view.list.layout == Layout::Kwic {
            let button = Button::quiet(view.list.sort.name()).small().menu().show(ui, tokens);
            egui::Popup::menu(&button).show(|ui| {
                for (sort, name) in Sort::ALL {
                    if Button::quiet(name).small().show(ui, tokens).clicked() {
                        view.list.sort = sort;
                    }
                }
            });
        }
    });
}
