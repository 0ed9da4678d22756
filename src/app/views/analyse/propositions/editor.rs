//! The proposition one is at: what it states, what became of it, and what speaks for and against it.

use eframe::egui::{Key, Label, RichText, ScrollArea, Ui, UiBuilder, vec2};

use super::super::fields::{FieldOf, Fields};
use super::tab::{PropositionsTab, searched};
use super::{STATUSES, evidence};
use crate::app::context::Cx;
use crate::app::icons;
use crate::app::state::Place;
use crate::app::times::day_and_clock;
use crate::app::tokens::Type;
use crate::app::widgets::{Button, empty, menu_below, menu_choice, menu_heading, segmented, words};
use crate::study::{Proposition, ThemeId};

/// Shows the proposition that is selected.
pub(super) fn show(ui: &mut Ui, tab: &mut PropositionsTab, fields: &mut Fields, cx: &mut Cx<'_>) {
    let tokens = cx.tokens;
    let whole = ui.max_rect();
    ui.painter().rect_filled(whole, 0.0, tokens.colour.surface_chrome);
    let Some(id) = tab.selected else {
        empty(ui, tokens, icons::FLAG, "No proposition is chosen", "What speaks for and against it stands here.", None);
        return;
    };
    let there = cx.study.propositions().get(id).cloned();
    ScrollArea::vertical().id_salt(("proposition", id)).auto_shrink(false).animated(false).show(ui, |ui| {
        let inside = ui.max_rect().shrink2(vec2(tokens.space.five, tokens.space.three));
        // Words that are read are no wider than anywhere else.
        let widest = tokens.reading.column_width + 2.0 * tokens.space.eight;
        let inside = inside.with_max_x(inside.right().min(inside.left() + widest));
        ui.scope_builder(UiBuilder::new().max_rect(inside), |ui| {
            ui.spacing_mut().item_spacing.y = tokens.space.two;
            words(ui, tokens, Type::Small, tokens.colour.ink_tertiary, begun(cx, there.as_ref()));
            let name = ("What is stated", "What you think you have found, as one sentence that could turn out wrong");
            let statement = fields.lines(ui, cx, FieldOf::Statement(id), name, Type::ReadingQuote, 2);
            if std::mem::take(&mut tab.write) {
                statement.request_focus();
            }
            if statement.lost_focus() && ui.input(|input| input.key_pressed(Key::Escape)) {
                tab.wants_focus = true;
            }
            let Some(proposition) = there else { return };
            show_status(ui, cx, &proposition);
            show_searched(ui, tab, cx, &proposition);
            fields.lines(ui, cx, FieldOf::Note(id), ("Note", "What there is to say beside it"), Type::Body, 1);
            evidence::show(ui, tab, fields, cx);
        });
    });
}

fn begun(cx: &Cx<'_>, there: Option<&Proposition>) -> String {
    let Some(proposition) = there else { return "New proposition".to_owned() };
    let by = cx.study.coders().get(&proposition.coder).map_or("somebody", |coder| coder.name.as_str());
    format!("Stated by {by}, {}", day_and_clock(proposition.time, cx.now))
}

fn show_status(ui: &mut Ui, cx: &mut Cx<'_>, proposition: &Proposition) {
    let (id, mut status) = (proposition.id, proposition.status);
    let changed = ui.horizontal(|ui| segmented(ui, cx.tokens, "It", &STATUSES, &mut status, false)).inner;
    if changed && cx.can_edit() {
        cx.edit("Status of proposition", move |tx| tx.set_proposition_status(id, status));
    }
}

/// Who looked for contradiction, and the ways to look for it.
fn show_searched(ui: &mut Ui, tab: &PropositionsTab, cx: &mut Cx<'_>, proposition: &Proposition) {
    let tokens = cx.tokens;
    let id = proposition.id;
    let themes = tab.entry().map(|entry| std::sync::Arc::clone(&entry.themes)).unwrap_or_default();
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = tokens.space.two;
        let look = Button::new("Look for contradiction").icon(icons::SEARCH).menu().small().show(ui, tokens);
        menu_below(tokens, &look, |ui| offer_themes(ui, cx, &themes));
        let button = if proposition.searched.is_some() { "Take that back" } else { "I have looked" };
        if Button::quiet(button).small().show(ui, tokens).clicked() {
            searched(cx, id);
        }
        let (says, ink) = match proposition.searched {
            None => ("Nobody has said that they looked for it.".to_owned(), tokens.colour.ink_secondary),
            Some(searched) => {
                let by = cx.study.coders().get(&searched.coder).map_or("Somebody", |coder| coder.name.as_str());
                (format!("{by} looked, {}.", day_and_clock(searched.time, cx.now)), tokens.colour.ink_secondary)
            }
        };
        // Where it finds no room beside them it goes below them whole.
        let says = RichText::new(says).font(tokens.font(Type::Small)).color(ink);
        ui.add(Label::new(says).extend());
    });
}

/// The themes on which something else may be said: those of the evidence.
fn offer_themes(ui: &mut Ui, cx: &mut Cx<'_>, themes: &[ThemeId]) {
    let tokens = cx.tokens;
    menu_heading(ui, tokens, "Read all that is said on");
    if themes.is_empty() {
        words(ui, tokens, Type::Small, tokens.colour.ink_tertiary, "No theme lies on its evidence yet. Search reads all texts.");
    }
    for theme in themes.iter().copied().filter(|theme| cx.study.codebook().get(*theme).is_some()).collect::<Vec<_>>() {
        let path = cx.study.codebook().path(theme);
        if ui.push_id(theme, |ui| menu_choice(ui, tokens, &path, false, true)).inner.clicked() {
            cx.go(Place::Theme(theme));
            ui.close();
        }
    }
}
