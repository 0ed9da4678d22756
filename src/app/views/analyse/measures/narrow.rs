//! The menus by which a measure is chosen of some: one choice of several, an attribute, coders, kinds of sources.

use std::collections::BTreeSet;

use eframe::egui::{Popup, Response, Ui};

use super::choice::Choice;
use crate::app::context::Cx;
use crate::app::tokens::{Tokens, Type};
use crate::app::views::chooser::{Chooser, Offers};
use crate::app::views::theme_choice::{self, ThemeChoice};
use crate::app::widgets::{checkbox, menu_below, menu_choice, paint_elided, pick_within};
use crate::exchange::export::Labels;
use crate::study::{AttributeId, BuiltIn, CoderId, NOT_STATED, SourceId, ThemeId, ValueId};
use crate::text::fold;

/// A menu of choices of which one holds.
pub(super) fn pick_one<T: Clone + PartialEq, N: AsRef<str>>(ui: &mut Ui, tokens: &Tokens, label: &str, choices: &[(T, N)], now: &mut T) {
    let named = choices.iter().find(|(choice, _)| choice == now).map_or("", |(_, name)| name.as_ref());
    let button = button(ui, tokens, label, named);
    menu_below(tokens, &button, |ui| {
        for (choice, name) in choices {
            if menu_choice(ui, tokens, name.as_ref(), choice == now, true).clicked() {
                *now = choice.clone();
                Popup::close_all(ui.ctx());
            }
        }
    });
}

/// A button that opens a menu, on the next line where there is no room for it on this one.
fn button(ui: &mut Ui, tokens: &Tokens, label: &str, chosen: &str) -> Response {
    pick_within(ui, tokens, label, chosen, tokens.size.inspector_pane.min(ui.max_rect().width()))
}

/// A box to be ticked.
pub(super) fn ticks(ui: &mut Ui, tokens: &Tokens, name: &str, on: &mut bool) {
    ui.add_space(tokens.space.one);
    checkbox(ui, tokens, on, name);
}

/// An attribute, or none.
pub(super) fn attribute(ui: &mut Ui, cx: &Cx<'_>, label: &str, now: &mut Option<AttributeId>) {
    let attributes = cx.study.attributes().all();
    let named = attributes.iter().map(|attribute| (Some(attribute.id), attribute.name.clone()));
    let none = if label == "By" { "nothing" } else { "theme" };
    let choices: Vec<(Option<AttributeId>, String)> = [(None, none.to_owned())].into_iter().chain(named).collect();
    pick_one(ui, cx.tokens, label, &choices, now);
}

/// Whose codings count.
pub(super) fn one_coder(ui: &mut Ui, cx: &Cx<'_>, now: &mut Option<CoderId>) {
    let coders = cx.study.analysts().filter(|coder| cx.study.shows(coder.id)).map(|coder| (Some(coder.id), coder.name.clone()));
    let choices: Vec<(Option<CoderId>, String)> = [(None, "that count".to_owned())].into_iter().chain(coders).collect();
    if choices.len() > 2 {
        pick_one(ui, cx.tokens, "Codings", &choices, now);
    }
}

/// Sources of which kinds.
pub(super) fn kinds(ui: &mut Ui, cx: &Cx<'_>, now: &mut BTreeSet<Option<ValueId>>) {
    let attributes = cx.study.attributes();
    let Some(kind) = attributes.built_in(BuiltIn::Kind) else { return };
    let values = attributes.values_of(kind.id);
    if values.is_empty() {
        return;
    }
    let named = |value: Option<ValueId>| value.and_then(|value| attributes.value(value)).map_or(NOT_STATED, |value| value.name.as_str());
    let chosen = if now.is_empty() { "all".to_owned() } else { now.iter().map(|value| named(*value)).collect::<Vec<_>>().join(", ") };
    let button = button(ui, cx.tokens, "Sources", &chosen);
    menu_below(cx.tokens, &button, |ui| {
        if menu_choice(ui, cx.tokens, "All", now.is_empty(), true).clicked() {
            now.clear();
            Popup::close_all(ui.ctx());
        }
        for value in values.iter().map(|value| Some(value.id)).chain([None]) {
            if menu_choice(ui, cx.tokens, named(value), now.contains(&value), true).clicked() && !now.remove(&value) {
                now.insert(value);
            }
        }
    });
}

/// What finds one of many: a source, a theme.
#[derive(Default)]
pub(super) struct Finding {
    sources: Chooser<SourceId>,
    themes: ThemeChoice,
}

/// The source whose course is shown.
pub(super) fn source(ui: &mut Ui, cx: &Cx<'_>, finding: &mut Finding, choice: &mut Choice) {
    let (tokens, study) = (cx.tokens, cx.study);
    let named = |source: SourceId| study.material(source).map_or_else(String::new, |material| Labels::FULL.source(&material.source));
    let button = button(ui, tokens, "Source", &choice.source(study).map_or_else(String::new, named));
    let find = |filter: &str| {
        let wanted = fold(filter.trim());
        let all = study.materials().iter().map(|material| material.source.id);
        all.filter(|source| wanted.is_empty() || fold(&named(*source)).contains(&wanted)).collect()
    };
    let offers = Offers {
        hint: "Find a source",
        nothing: "No source has these letters.",
        find: &find,
        name: &|source| named(*source),
        paint: &|ui, rect, source| {
            let (left, right) = (rect.left() + tokens.space.two, rect.right() - tokens.space.two);
            paint_elided(ui.painter(), left, right, rect.center().y, &named(*source), tokens.font(Type::Body), tokens.colour.ink);
        },
    };
    let found = menu_below(tokens, &button, |ui| take(ui, &mut finding.sources, |ui, chooser| chooser.choose(ui, tokens, study, &offers)));
    match found {
        None => finding.sources = Chooser::default(),
        Some(Some(source)) => {
            choice.source = Some(source);
            Popup::close_all(ui.ctx());
        }
        Some(None) => {}
    }
}

/// One theme, or every one.
pub(super) fn theme(ui: &mut Ui, cx: &Cx<'_>, finding: &mut Finding, now: &mut Option<ThemeId>) {
    let (tokens, study) = (cx.tokens, cx.study);
    let named = now.and_then(|theme| study.codebook().get(theme)).map_or("each", |theme| theme.name.as_str());
    let button = button(ui, tokens, "Theme", named);
    let found = menu_below(tokens, &button, |ui| {
        if menu_choice(ui, tokens, "Each against the rest", now.is_none(), true).clicked() {
            *now = None;
            Popup::close_all(ui.ctx());
        }
        take(ui, &mut finding.themes, |ui, chooser| chooser.show(ui, tokens, study, false, |_| true))
    });
    match found {
        None => finding.themes = ThemeChoice::default(),
        Some(Some(theme_choice::Choice::Theme(theme))) => {
            *now = Some(theme);
            Popup::close_all(ui.ctx());
        }
        Some(_) => {}
    }
}

/// Shows a chooser in a menu; returns what Enter or a click took.
fn take<T: Clone + PartialEq>(ui: &mut Ui, chooser: &mut Chooser<T>, show: impl FnOnce(&mut Ui, &mut Chooser<T>) -> bool) -> Option<T> {
    let before = chooser.chosen.clone();
    let entered = show(ui, chooser);
    let clicked = chooser.chosen != before && ui.input(|input| input.pointer.any_click());
    chooser.chosen.clone().filter(|_| entered || clicked)
}

/// Who is compared; without a choice those who `worked`.
pub(super) fn coders(ui: &mut Ui, cx: &Cx<'_>, choice: &mut Choice, worked: &dyn Fn() -> Vec<CoderId>) {
    let name = |id: &CoderId| cx.study.coders().get(id).map_or("", |coder| coder.name.as_str());
    let names = choice.coders.iter().map(name).collect::<Vec<_>>().join(", ");
    let chosen = if choice.coders.is_empty() { "all who worked".to_owned() } else { names };
    let button = button(ui, cx.tokens, "Coders", &chosen);
    menu_below(cx.tokens, &button, |ui| {
        if menu_choice(ui, cx.tokens, "All who worked", choice.coders.is_empty(), true).clicked() {
            choice.coders.clear();
            Popup::close_all(ui.ctx());
        }
        let compared = if choice.coders.is_empty() { worked() } else { choice.coders.clone() };
        for coder in cx.study.analysts().filter(|coder| cx.study.shows(coder.id)) {
            let on = compared.contains(&coder.id);
            if ui.push_id(coder.id, |ui| menu_choice(ui, cx.tokens, &coder.name, on, true)).inner.clicked() {
                choice.coders = compared.iter().copied().filter(|other| *other != coder.id).collect();
                if !on {
                    choice.coders.push(coder.id);
                }
            }
        }
    });
}
