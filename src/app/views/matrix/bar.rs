use std::collections::BTreeMap;

use eframe::egui::{Align, Layout, Popup, Ui};

use super::chart;
use super::choice::{Choice, MEASURES, SUMMARIES, Side, Starter, axes, axes_name};
use super::saved::{self, SavedViews};
use crate::app::command::Command;
use crate::app::context::Cx;
use crate::app::icons;
use crate::app::widgets::{Button, icon_button, menu_below, menu_choice, menu_heading, pick_within, segmented};

/// What stands in the bar, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    View,
    Saved,
    Rows,
    Swap,
    Columns,
    Measure,
    Shown,
    Export,
}

const FIGURES: [Part; 7] = [Part::View, Part::Saved, Part::Rows, Part::Swap, Part::Columns, Part::Measure, Part::Export];

/// The same over a chart.
const CHART: [Part; 5] = [Part::View, Part::Saved, Part::Rows, Part::Shown, Part::Export];

/// What goes into a menu where there is no room for all, the first first. The columns stay; their name is cut.
const FIRST_TO_GO: [Part; 7] = [Part::Export, Part::Swap, Part::View, Part::Measure, Part::Saved, Part::Shown, Part::Rows];

/// What the bar remembers: how wide each part was when it was shown last, with the gap behind it.
#[derive(Default)]
pub struct BarState {
    widths: BTreeMap<Part, f32>,
}

impl BarState {
    fn width(&self, part: Part) -> f32 {
        self.widths.get(&part).copied().unwrap_or(0.0)
    }

    /// What of `all` there is room for beside columns `columns` wide and, where something is left out, a menu `menu` wide.
    fn kept(&self, all: &[Part], room: f32, columns: f32, menu: f32) -> Vec<Part> {
        let mut kept = all.to_vec();
        for part in FIRST_TO_GO {
            let besides = if kept.len() < all.len() { menu } else { 0.0 };
            if self.others(&kept) + columns + besides <= room {
                break;
            }
            kept.retain(|other| *other != part);
        }
        kept
    }

    /// Width of these parts without the columns.
    fn others(&self, parts: &[Part]) -> f32 {
        parts.iter().filter(|part| **part != Part::Columns).map(|part| self.width(*part)).sum()
    }
}

/// Shows the starter views, the axes, the measure and *Export…* in one line; what finds no room stands in a menu at its end.
pub fn show(ui: &mut Ui, cx: &mut Cx<'_>, state: &mut BarState, saved: &mut SavedViews, choice: &mut Choice) {
    let tokens = cx.tokens;
    ui.spacing_mut().item_spacing.x = tokens.space.one;
    let room = ui.available_width();
    let menu = tokens.size.control + tokens.space.one;
    let all: &[Part] = if choice.charted { &CHART } else { &FIGURES };
    let least = if choice.charted { 0.0 } else { tokens.size.facets_pane / 2.0 };
    let kept = state.kept(all, room, least, menu);
    let besides = if kept.len() < all.len() { menu } else { 0.0 };
    let spare = room - state.others(&kept) - besides - tokens.space.one;
    // Over a chart, which has no columns to choose, the rows have what is left.
    let wide = if choice.charted { state.width(Part::Rows) + spare } else { spare };
    let mut widths: Vec<(Part, f32)> = kept.iter().map(|part| (*part, show_part(ui, cx, saved, choice, *part, wide))).collect();
    // They are cut again before anything else goes.
    widths.iter_mut().filter(|(part, _)| *part == Part::Rows).for_each(|(_, width)| *width = width.min(tokens.size.facets_pane));
    let changed = widths.iter().any(|(part, width)| (state.width(*part) - width).abs() > 0.5);
    state.widths.extend(widths);
    if changed {
        // What there is room for is known now.
        ui.ctx().request_repaint();
    }
    if kept.len() < all.len() {
        let hidden = all.iter().copied().filter(|part| !kept.contains(part));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let more = icon_button(ui, tokens, icons::ELLIPSIS, "More of the matrix", true);
            menu_below(tokens, &more, |ui| hidden.for_each(|part| offer_part(ui, cx, saved, choice, part)));
        });
    }
}

/// Shows one part; returns its width with the gap behind it. The columns, or the rows of a chart, are at most `wide`.
fn show_part(ui: &mut Ui, cx: &mut Cx<'_>, saved: &mut SavedViews, choice: &mut Choice, part: Part, wide: f32) -> f32 {
    let tokens = cx.tokens;
    let from = ui.cursor().left();
    // Not even a single pick is wider than what is left.
    let most = ui.available_width();
    match part {
        Part::View => {
            let mut starter = choice.starter(cx.study);
            if segmented(ui, tokens, "View", &Starter::ALL, &mut starter, false)
                && let Some(starter) = starter
            {
                choice.start(cx.study, starter);
            }
            ui.add_space(tokens.space.two);
        }
        Part::Saved => saved::show(ui, cx, saved, choice, most.min(tokens.size.facets_pane)),
        Part::Rows if choice.charted => {
            let name = chart::bar::rows_name(cx, choice);
            let rows = pick_within(ui, tokens, "Rows", &name, most.min(wide.max(tokens.size.facets_pane / 2.0)));
            menu_below(tokens, &rows, |ui| chart::bar::offer_rows(ui, cx, choice));
        }
        Part::Rows => {
            let rows = pick_within(ui, tokens, "Rows", &axes_name(cx.study, &choice.spec.rows), most.min(tokens.size.facets_pane));
            menu_below(tokens, &rows, |ui| offer_nested(ui, cx, choice, Side::Rows));
        }
        Part::Shown => {
            let name = chart::bar::filter_name(cx, choice);
            let (icon, words) = if name.is_empty() { (icons::PLUS, "Filter") } else { (icons::LIST_FILTER, name.as_str()) };
            let filter = Button::quiet(words).icon(icon).small().show(ui, tokens);
            menu_below(tokens, &filter, |ui| chart::bar::offer_filter(ui, cx, choice));
        }
        Part::Swap => {
            let swap = Command::SwapAxes;
            let (icon, can) = (swap.icon().unwrap_or(icons::ELLIPSIS), !choice.spec.columns.is_empty());
            if icon_button(ui, tokens, icon, swap.title(), can).on_hover_text(swap.key_words(ui.ctx())).clicked() {
                choice.swap();
            }
        }
        Part::Columns => {
            let button = pick_within(ui, tokens, "Columns", &axes_name(cx.study, &choice.spec.columns), wide.min(most));
            menu_below(tokens, &button, |ui| offer_nested(ui, cx, choice, Side::Columns));
        }
        Part::Measure => {
            let shows = pick_within(ui, tokens, "Show", choice.shows(), most);
            menu_below(tokens, &shows, |ui| offer_shown(ui, cx, choice));
        }
        Part::Export => {
            let shown = ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                let export = Button::new(Command::Export.title()).icon(icons::SHARE).show(ui, tokens);
                let width = export.rect.width();
                if export.on_hover_text(Command::Export.tooltip(ui.ctx())).clicked() {
                    cx.run(Command::Export);
                }
                width
            });
            return shown.inner + tokens.space.one;
        }
    }
    ui.cursor().left() - from
}

/// Offers in a menu what the bar has no room for.
fn offer_part(ui: &mut Ui, cx: &mut Cx<'_>, saved: &mut SavedViews, choice: &mut Choice, part: Part) {
    let tokens = cx.tokens;
    match part {
        Part::View => {
            menu_heading(ui, tokens, "View");
            let now = choice.starter(cx.study);
            for (starter, name) in Starter::ALL {
                if menu_choice(ui, tokens, name, now == starter, true).clicked()
                    && let Some(starter) = starter
                {
                    choice.start(cx.study, starter);
                    Popup::close_all(ui.ctx());
                }
            }
        }
        Part::Saved => saved::offer_all(ui, cx, saved, choice),
        Part::Rows if choice.charted => chart::bar::offer_rows(ui, cx, choice),
        Part::Shown => chart::bar::offer_filter(ui, cx, choice),
        Part::Rows => {
            menu_heading(ui, tokens, "Rows");
            offer_nested(ui, cx, choice, Side::Rows);
        }
        Part::Columns => offer_nested(ui, cx, choice, Side::Columns),
        Part::Measure => {
            menu_heading(ui, tokens, "Show");
            offer_shown(ui, cx, choice);
        }
        Part::Swap => {
            if menu_choice(ui, tokens, Command::SwapAxes.title(), false, !choice.spec.columns.is_empty()).clicked() {
                choice.swap();
                Popup::close_all(ui.ctx());
            }
        }
        Part::Export => {
            if menu_choice(ui, tokens, Command::Export.title(), false, true).clicked() {
                cx.run(Command::Export);
                Popup::close_all(ui.ctx());
            }
        }
    }
}

/// Offers every axis for rows, columns or pages, and every other one to be nested in it.
pub fn offer_nested(ui: &mut Ui, cx: &Cx<'_>, choice: &mut Choice, side: fn(usize) -> Side) {
    ui.push_id(0, |ui| offer(ui, cx, choice, side(0)));
    if choice.at(side(0)).is_some() {
        menu_heading(ui, cx.tokens, "Nested in each");
        ui.push_id(1, |ui| offer(ui, cx, choice, side(1)));
    }
    if side(0) == Side::Columns(0) {
        menu_heading(ui, cx.tokens, "Columns without participants");
        for (shown, name) in [(false, "Several as one strip"), (true, "Each for itself")] {
            if menu_choice(ui, cx.tokens, name, choice.nobody_shown == shown, true).clicked() {
                choice.nobody_shown = shown;
                Popup::close_all(ui.ctx());
            }
        }
    }
}

fn offer_shown(ui: &mut Ui, cx: &Cx<'_>, choice: &mut Choice) {
    for (measure, name) in MEASURES {
        if menu_choice(ui, cx.tokens, name, !choice.summaries && measure == choice.measure, true).clicked() {
            (choice.measure, choice.summaries) = (measure, false);
            Popup::close_all(ui.ctx());
        }
    }
    if menu_choice(ui, cx.tokens, SUMMARIES, choice.summaries, true).clicked() {
        choice.summaries = true;
        Popup::close_all(ui.ctx());
    }
}

/// Offers every axis for a side. One that stands elsewhere changes places with the one here.
fn offer(ui: &mut Ui, cx: &Cx<'_>, choice: &mut Choice, side: Side) {
    let now = choice.at(side);
    let mut chosen = None;
    if side != Side::Rows(0) && menu_choice(ui, cx.tokens, "None", now.is_none(), true).clicked() {
        chosen = Some(None);
    }
    for (axis, name) in axes(cx.study) {
        // A second level cannot be what the first is.
        let enabled = !choice.is_round(side, axis);
        if menu_choice(ui, cx.tokens, &name, now == Some(axis), enabled).clicked() {
            chosen = Some(Some(axis));
        }
    }
    if let Some(axis) = chosen {
        choice.put(side, axis);
        Popup::close_all(ui.ctx());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_finds_no_room_goes_into_a_menu_in_turn() {
        let widths = [(Part::View, 200.0), (Part::Rows, 120.0), (Part::Swap, 30.0), (Part::Columns, 300.0), (Part::Measure, 140.0)];
        let state = BarState { widths: widths.into_iter().chain([(Part::Export, 100.0)]).collect() };
        let check = |room: f32, kept: &[Part]| assert_eq!(state.kept(&FIGURES, room, 110.0, 30.0), kept, "{room} points");
        // The columns are cut before anything goes.
        check(700.0, &FIGURES);
        check(699.0, &[Part::View, Part::Saved, Part::Rows, Part::Swap, Part::Columns, Part::Measure]);
        check(620.0, &[Part::View, Part::Saved, Part::Rows, Part::Columns, Part::Measure]);
        check(400.0, &[Part::Saved, Part::Rows, Part::Columns, Part::Measure]);
        check(300.0, &[Part::Saved, Part::Rows, Part::Columns]);
        check(200.0, &[Part::Columns]);
    }
}
