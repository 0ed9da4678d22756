//! The line over the chart: its theme, the way to the next, and how much of it is charted.

use std::collections::BTreeSet;

use eframe::egui::{Align, Layout, Popup, Rect, Role, ScrollArea, Sense, Ui, WidgetInfo, vec2};

use super::super::choice::Choice;
use super::super::sentences;
use super::choice::ChartChoice;
use crate::analysis::chart::{Chart, MOST_GROUPED, charted_themes};
use crate::analysis::matrix::Point;
use crate::app::command::Command;
use crate::app::context::Cx;
use crate::app::icons;
use crate::app::numbers::grouped;
use crate::app::tokens::{Type, family};
use crate::app::widgets::{
    Button, icon_button, menu_below, menu_choice, menu_heading, paint_elided, paint_mark, pick_within, theme_mark, words,
};
use crate::study::{AttributeOf, NOT_STATED, ThemeId, ValueId};

/// A menu takes no more of the window's height.
const MENU_MOST: f32 = 0.6;

/// Shows the theme with arrows to its neighbours, and how many cells are charted.
pub fn show(ui: &mut Ui, cx: &mut Cx<'_>, choice: &mut Choice, chart: Option<&Chart>) {
    let tokens = cx.tokens;
    let themes = charted_themes(cx.study.codebook());
    let Some(theme) = choice.chart.spec(cx.study).map(|spec| spec.theme) else { return };
    let at = themes.iter().position(|other| *other == theme).unwrap_or(0);
    ui.spacing_mut().item_spacing.x = tokens.space.one;
    for (command, icon, on) in [(Command::PreviousPage, icons::CHEVRON_LEFT, false), (Command::NextPage, icons::CHEVRON_RIGHT, true)] {
        if on {
            pick_theme(ui, cx, choice, &themes, theme);
        }
        let beside = ChartChoice::beside(cx.study, theme, on);
        let name = if on { "Next theme" } else { "Previous theme" };
        let button = icon_button(ui, tokens, icon, name, beside.is_some()).on_hover_text(command.key_words(ui.ctx()));
        if let Some(beside) = beside.filter(|_| button.clicked()) {
            choice.chart.theme = Some(beside);
        }
    }
    words(ui, tokens, Type::Small, tokens.colour.ink_tertiary, format!("Theme {} of {}", at + 1, themes.len()));
    let Some(chart) = chart else { return };
    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
        ui.spacing_mut().item_spacing.x = tokens.space.two;
        let next = Button::quiet("Next not charted").small().show(ui, tokens);
        if next.on_hover_text(Command::NextNotCharted.key_words(ui.ctx())).clicked() {
            cx.run(Command::NextNotCharted);
        }
        let (charted, all) = Chart::charted(&chart.rows);
        if ui.available_width() > tokens.size.chart_column {
            show_share(ui, cx, charted, all);
        }
    });
}

/// How many cells are charted, in figures and as a bar.
fn show_share(ui: &mut Ui, cx: &Cx<'_>, charted: usize, all: usize) {
    let tokens = cx.tokens;
    let (rect, bar) = ui.allocate_exact_size(vec2(tokens.size.chart_column / 2.0, tokens.space.one + tokens.space.hair), Sense::hover());
    bar.widget_info(|| WidgetInfo::labeled(Role::ProgressIndicator, true, format!("{charted} of {all} cells charted")));
    let round = tokens.radius.heat_tile;
    ui.painter().rect_filled(rect, round, tokens.colour.surface_sunken);
    let share = charted as f32 / all.max(1) as f32;
    let filled = Rect::from_min_size(rect.min, vec2(rect.width() * share, rect.height()));
    ui.painter().rect_filled(filled, round, tokens.colour.ink_tertiary);
    words(ui, tokens, Type::Small, tokens.colour.ink_secondary, "cells charted");
    let strong = tokens.font_in(Type::Small, family::TABULAR_SEMIBOLD);
    let says = format!("{} of {}", grouped(charted), grouped(all));
    ui.label(eframe::egui::RichText::new(says).font(strong).color(tokens.colour.ink));
}

/// The theme that is charted, and a menu of all that have a chart.
fn pick_theme(ui: &mut Ui, cx: &Cx<'_>, choice: &mut Choice, themes: &[ThemeId], theme: ThemeId) {
    let tokens = cx.tokens;
    let name = sentences::point_name(cx.study, Point::Theme(theme));
    let most = (ui.available_width() / 2.0).min(tokens.size.inspector_pane);
    let button = pick_within(ui, tokens, "Theme", &name, most);
    menu_below(tokens, &button, |ui| {
        ui.set_min_width(tokens.size.facets_pane);
        ScrollArea::vertical().max_height(ui.ctx().content_rect().height() * MENU_MOST).show(ui, |ui| {
            for other in themes {
                let row = offer_theme(ui, cx, *other, *other == theme);
                if row {
                    choice.chart.theme = Some(*other);
                    Popup::close_all(ui.ctx());
                }
            }
        });
    });
}

/// A theme in the menu, set in as deep as it stands.
fn offer_theme(ui: &mut Ui, cx: &Cx<'_>, theme: ThemeId, chosen: bool) -> bool {
    let tokens = cx.tokens;
    let book = cx.study.codebook();
    let depth = book.line(theme).and_then(|line| book.outline().get(line)).map_or(0, |row| row.depth);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), tokens.size.row), Sense::click());
    let name = sentences::point_name(cx.study, Point::Theme(theme));
    response.widget_info(|| WidgetInfo::selected(Role::MenuItemRadio, true, chosen, &name));
    crate::app::widgets::select_fill(ui, tokens, rect, chosen, &response);
    if response.has_focus() {
        crate::app::widgets::focus_ring(ui, tokens, rect);
    }
    let hue = theme_mark(tokens, cx.study, theme);
    let mark = rect.left_center() + vec2(tokens.space.three + depth as f32 * tokens.space.four, 0.0);
    paint_mark(ui.painter(), mark, tokens.size.theme_mark, hue.mark, hue.label);
    let left = mark.x + tokens.space.three;
    paint_elided(ui.painter(), left, rect.right() - tokens.space.two, rect.center().y, &name, tokens.font(Type::Body), tokens.colour.ink);
    response.clicked()
}

/// By what the rows are grouped, in words: "Cases by area".
pub fn rows_name(cx: &Cx<'_>, choice: &Choice) -> String {
    let name = |attribute| cx.study.attributes().get(attribute).map_or("", |attribute| attribute.name.as_str());
    let names: Vec<&str> = choice.chart.by.iter().map(|attribute| name(*attribute)).collect();
    if names.is_empty() { "Cases".to_owned() } else { format!("Cases by {}", names.join(", ")) }
}

/// Offers the attributes of cases by which the rows can be grouped, one in another in the order in which they are chosen.
pub fn offer_rows(ui: &mut Ui, cx: &Cx<'_>, choice: &mut Choice) {
    menu_heading(ui, cx.tokens, "Group the cases by");
    if menu_choice(ui, cx.tokens, "Nothing", choice.chart.by.is_empty(), true).clicked() {
        choice.chart.by.clear();
        choice.chart.folded.clear();
    }
    for attribute in cx.study.attributes().of(AttributeOf::Cases) {
        let place = choice.chart.by.iter().position(|by| *by == attribute.id);
        let several = choice.chart.by.len() > 1;
        let name = place.filter(|_| several).map_or_else(|| attribute.name.clone(), |place| format!("{} ({})", attribute.name, place + 1));
        let free = place.is_some() || choice.chart.by.len() < MOST_GROUPED;
        if menu_choice(ui, cx.tokens, &name, place.is_some(), free).clicked() {
            choice.chart.toggle_by(attribute.id);
        }
    }
}

/// Which cases are shown, in words: nothing while all are.
pub fn filter_name(cx: &Cx<'_>, choice: &Choice) -> String {
    let all = |attribute| cx.study.attributes().values_of(attribute).len() + 1;
    let mut shown = choice.chart.shown.iter();
    match (shown.next(), choice.chart.shown.len()) {
        (None, _) => String::new(),
        (Some((attribute, values)), 1) => {
            let name = cx.study.attributes().get(*attribute).map_or("", |attribute| attribute.name.as_str());
            format!("{name}: {} of {}", values.len(), all(*attribute))
        }
        (_, several) => format!("{several} filters"),
    }
}

/// Offers the values of the attributes of cases: those chosen are shown.
pub fn offer_filter(ui: &mut Ui, cx: &Cx<'_>, choice: &mut Choice) {
    let tokens = cx.tokens;
    if menu_choice(ui, tokens, "All cases", choice.chart.shown.is_empty(), true).clicked() {
        choice.chart.shown.clear();
    }
    ScrollArea::vertical().max_height(ui.ctx().content_rect().height() * MENU_MOST).show(ui, |ui| {
        for attribute in cx.study.attributes().of(AttributeOf::Cases) {
            menu_heading(ui, tokens, &attribute.name);
            let values = cx.study.attributes().values_of(attribute.id);
            let all: BTreeSet<Option<ValueId>> = values.iter().map(|value| Some(value.id)).chain([None]).collect();
            let named = values.iter().map(|value| (Some(value.id), value.name.as_str())).chain([(None, NOT_STATED)]);
            for (value, name) in named {
                let on = choice.chart.shown.get(&attribute.id).is_none_or(|shown| shown.contains(&value));
                if menu_choice(ui, tokens, name, on, true).clicked() {
                    choice.chart.toggle_shown(attribute.id, value, &all);
                }
            }
        }
    });
}
