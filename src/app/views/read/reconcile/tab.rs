use std::sync::Arc;

use eframe::egui::{Align, Align2, Id, Layout, Rect, Role, ScrollArea, Sense, Ui, WidgetInfo, pos2, vec2};

use super::choices::{Choice, choices, difference, ends, initials, name, outcome};
use super::row::{self, PointRow};
use super::{BLIND, COMMANDS, follow, is_shared, reconciled, run, settle};
use crate::analysis::reconcile::Point;
use crate::app::command::{Command, KeyMap, Scope};
use crate::app::context::Cx;
use crate::app::icons;
use crate::app::numbers::counted;
use crate::app::tokens::{Tokens, Type, family};
use crate::app::views::read::view::ReadView;
use crate::app::widgets::{Button, RowsLook, empty, focus_ring, hairline_below, paint_elided, paint_words, select_fill, within, words};
use crate::study::{Material, SourceId};

/// What has the focus when the list has it.
const LIST: &str = "differences";

/// So many words are shown of each end of a passage.
const ENDS: usize = 3;
/// In the list, where there is less room.
const ROW_ENDS: usize = 2;

/// Shows where coders differ, what can be chosen for the one at hand, and whether the source is reconciled.
pub fn show(ui: &mut Ui, view: &mut ReadView, cx: &mut Cx<'_>) {
    let tokens = cx.tokens;
    let Some(material) = view.source.and_then(|source| cx.study.material(source)).cloned() else { return };
    if !is_shared(&material) {
        let what = "Once a second coder has coded in this source, or marked it as done, their differences are gone through here.";
        let (title, what) = if cx.study.alone().is_some() { ("You work blind", BLIND) } else { ("One coder so far", what) };
        empty(ui, tokens, icons::USERS, title, what, None);
        return;
    }
    let source = material.source.id;
    view.reconciling.keep_up(cx, &material);
    if let Some(command) = view.reconciling.waited() {
        run(view, cx, source, command);
    }
    if !view.reconciling.is_begun() {
        return;
    }
    let text = material.revision().and_then(|revision| cx.texts.get(revision.text)).map(|loaded| Arc::clone(&loaded.text));
    let text = text.as_deref().unwrap_or_default();
    let area = ui.available_rect_before_wrap();
    let head = show_head(ui, view, cx, &material, area);
    read_keys(ui, view, cx, source);
    let point = view.reconciling.at_hand().cloned();
    let offered = point.as_ref().map(|point| choices(cx, &material, point)).unwrap_or_default();
    let below = if offered.is_empty() { 0.0 } else { choice_height(tokens) * offered.len() as f32 + 2.0 * tokens.space.two };
    let split = (area.bottom() - below).max(head + row::height(tokens));
    let list = Rect::from_min_max(pos2(area.left(), head), pos2(area.right(), split));
    within(ui, list, Layout::top_down(Align::Min), |ui| show_list(ui, view, cx, &material, text));
    if let Some(point) = point {
        let panel = Rect::from_min_max(pos2(area.left(), split), area.max);
        let taken = within(ui, panel, Layout::top_down(Align::Min), |ui| show_choices(ui, cx, &point, &offered, text));
        if let Some(choice) = taken.and_then(|at| offered.into_iter().nth(at)) {
            settle(view, cx, source, &point, choice);
            view.focus_text();
        }
    }
    follow(view);
    ui.advance_cursor_after_rect(area);
}

/// In the list the keys of the text for its differences work too.
fn read_keys(ui: &Ui, view: &mut ReadView, cx: &mut Cx<'_>, source: SourceId) {
    if !ui.memory(|memory| memory.has_focus(Id::unique(LIST))) {
        return;
    }
    let map = KeyMap::of(ui.ctx());
    for command in ui.input_mut(|input| map.pressed(input, Scope::Text, |command, _| COMMANDS.contains(&command))) {
        run(view, cx, source, command);
    }
}

/// How far it is, and the main act; returns where it ends.
fn show_head(ui: &mut Ui, view: &mut ReadView, cx: &mut Cx<'_>, material: &Material, area: Rect) -> f32 {
    let tokens = cx.tokens;
    let found = &view.reconciling.found;
    let (all, open) = (found.points.len(), found.open());
    let settled = material.is_reconciled();
    let mut lines = vec![match (all, open) {
        (0, _) => "The coders agree on every passage.".to_owned(),
        (_, 0) => format!("All {} settled.", counted(all, "difference is", "differences are")),
        _ => format!("{} of {} settled.", all - open, counted(all, "difference", "differences")),
    }];
    let alike = found.alike;
    if alike > 0 {
        lines.push(format!("{} coded alike.", counted(alike, "passage is", "passages are")));
    }
    let more = found.to_take_over;
    lines.push(match (settled, open, more) {
        (true, 0, 0) => "Reconciled: what was agreed on counts.".to_owned(),
        (true, ..) => "Reconciled; something came since.".to_owned(),
        (false, ..) => "The codings of all coders count until it is reconciled.".to_owned(),
    });
    let inside = area.shrink2(vec2(tokens.space.four, tokens.space.three));
    let end = ui.scope_builder(eframe::egui::UiBuilder::new().max_rect(inside), |ui| {
        ui.spacing_mut().item_spacing = vec2(tokens.space.two, tokens.space.one);
        words(ui, tokens, Type::Small, tokens.colour.ink_secondary, lines.join(" "));
        ui.add_space(tokens.space.half);
        let (title, enabled) = match (settled && more == 0, open) {
            (true, 0) => ("Open again", true),
            (_, open) => (Command::Reconciled.title(), open == 0),
        };
        let button = if settled && more == 0 && open == 0 { Button::quiet(title) } else { Button::primary(title) };
        let response = button.small().enabled(enabled).show(ui, tokens);
        if response.on_hover_text(cx.tooltip(Command::Reconciled)).clicked() {
            reconciled(view, cx, material);
        }
    });
    let bottom = end.response.rect.bottom() + tokens.space.three;
    hairline_below(ui, tokens, Rect::from_min_max(area.min, pos2(area.right(), bottom)));
    bottom
}

fn show_list(ui: &mut Ui, view: &mut ReadView, cx: &Cx<'_>, material: &Material, text: &str) {
    let tokens = cx.tokens;
    let total = view.reconciling.found.points.len();
    let id = Id::unique(LIST);
    let look = RowsLook { id, name: "Differences", height: row::height(tokens), total };
    let mut list = std::mem::take(&mut view.reconciling.list);
    list.take_keys(ui, look);
    let focused = ui.memory(|memory| memory.has_focus(id));
    let at = list.at;
    let points = &view.reconciling.found.points;
    list.show(ui, tokens, look, |ui, rect, index, _, response| {
        if let Some(point) = points.get(index) {
            let row = PointRow {
                theme: point.theme,
                difference: difference(cx.study, material, point, name),
                briefly: difference(cx.study, material, point, initials),
                outcome: outcome(cx, material, point),
                words: &ends(point.span.slice(text), ROW_ENDS),
                place: (index + 1, total),
                chosen: index == at,
                focused,
            };
            row.show(ui, tokens, cx.study, rect, response);
        }
        false
    });
    view.reconciling.list = list;
}

/// Shows the ways to settle the point at hand; returns the place of one that was taken.
fn show_choices(ui: &mut Ui, cx: &Cx<'_>, point: &Point, offered: &[Choice], text: &str) -> Option<usize> {
    let tokens = cx.tokens;
    let area = ui.max_rect();
    ui.painter().hline(area.x_range(), area.top(), eframe::egui::Stroke::new(tokens.stroke.hairline, tokens.colour.line_strong));
    let mut taken = None;
    let settled = !point.is_open();
    // In a low window they scroll: none of them is cut off.
    ScrollArea::vertical().id_salt("ways to settle").auto_shrink(false).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        ui.add_space(tokens.space.two);
        for (at, choice) in offered.iter().enumerate() {
            let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), choice_height(tokens)), Sense::hover());
            let chosen = settled && choice.spans.as_ref().is_none_or(|spans| *spans == point.agreed);
            // Other words are what was chosen when it is none of the rest.
            let chosen = chosen && (choice.spans.is_some() || offered.iter().all(|other| other.spans.as_ref() != Some(&point.agreed)));
            if show_choice(ui, cx, rect, choice, chosen, text) {
                taken = Some(at);
            }
        }
        ui.add_space(tokens.space.two);
    });
    taken
}

fn choice_height(tokens: &Tokens) -> f32 {
    tokens.line_height(Type::Body) + tokens.line_height(Type::Small) + tokens.space.two
}

fn show_choice(ui: &Ui, cx: &Cx<'_>, rect: Rect, choice: &Choice, chosen: bool, text: &str) -> bool {
    let (tokens, colour) = (cx.tokens, &cx.tokens.colour);
    let says = match &choice.spans {
        None => "Select them in the text first".to_owned(),
        Some(spans) if spans.is_empty() && choice.command == Some(Command::LeaveOut) => "Nothing here is agreed on".to_owned(),
        Some(spans) if spans.is_empty() => "Not coded: leave it out".to_owned(),
        Some(spans) => spans.iter().map(|span| ends(span.slice(text), ENDS)).collect::<Vec<_>>().join(" "),
    };
    let response = ui.interact(rect, Id::unique("settle by").with(&choice.title), Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, chosen, format!("{}, {says}", choice.title)));
    select_fill(ui, tokens, rect, chosen, &response);
    let inside = rect.shrink2(vec2(tokens.space.four, tokens.space.one));
    let first = inside.top() + tokens.line_height(Type::Body) / 2.0;
    let second = inside.bottom() - tokens.line_height(Type::Small) / 2.0;
    if chosen {
        let font = tokens.small_icon_font(Type::Small);
        paint_words(ui.painter(), pos2(inside.left(), first), Align2::LEFT_CENTER, icons::CHECK, font, colour.ink);
    }
    let left = inside.left() + tokens.space.five;
    let keys = choice.command.map(|command| cx.key_names(command)).unwrap_or_default().join("+");
    let font = tokens.font(Type::Micro);
    let keys = paint_words(ui.painter(), pos2(inside.right(), first), Align2::RIGHT_CENTER, keys, font, colour.ink_tertiary);
    let strong = tokens.font_in(Type::Body, family::INTERFACE_MEDIUM);
    paint_elided(ui.painter(), left, keys.left() - tokens.space.two, first, &choice.title, strong, colour.ink);
    paint_elided(ui.painter(), left, inside.right(), second, &says, tokens.font(Type::Small), colour.ink_secondary);
    if response.has_focus() {
        focus_ring(ui, tokens, rect);
    }
    response.clicked()
}
