//! The propositions one below the other.

use eframe::egui::{Align2, Id, Key, Rect, Response, Role, ScrollArea, Sense, Ui, UiBuilder, WidgetInfo, pos2};

use super::drag::{self, Dragged};
use super::entries::Entry;
use super::moves;
use super::tab::{PropositionsTab, run};
use super::{WEIGHTS, status_name};
use crate::app::command::{Scope, pressed};
use crate::app::context::Cx;
use crate::app::icons;
use crate::app::tokens::{Tokens, Type, family};
use crate::app::widgets::{
    chosen_ground, empty, hairline_below, list_has_keys, list_keys, list_room, paint_elided, paint_words, plain_key, reading, reveal,
    row_at_hand, scroll_for_drag, segmented,
};
use crate::study::PropositionStatus;

/// How many lines of its statement a proposition shows.
const LINES: usize = 2;

/// What the focus is on when it is on the list.
pub(super) fn id() -> Id {
    Id::unique("list of propositions")
}

fn height(tokens: &Tokens) -> f32 {
    LINES as f32 * tokens.line_height(Type::Body) + tokens.line_height(Type::Small) + 2.0 * tokens.space.two + tokens.space.one
}

/// Shows the list, with what narrows it above.
pub(super) fn show(ui: &mut Ui, tab: &mut PropositionsTab, cx: &mut Cx<'_>) {
    let tokens = cx.tokens;
    let whole = ui.max_rect();
    ui.painter().rect_filled(whole, 0.0, tokens.colour.surface_paper);
    if list_has_keys(ui, id(), tab.wants_focus) {
        take_keys(ui, tab, cx);
    }
    let head = Rect::from_min_max(whole.min, pos2(whole.right(), whole.top() + tokens.size.control + tokens.space.two));
    ui.scope_builder(UiBuilder::new().max_rect(head.shrink(tokens.space.one)), |ui| {
        let choices = [(false, "All"), (true, "Not tried to contradict")];
        segmented(ui, tokens, "Listed", &choices, &mut tab.wanted.untried, false);
    });
    hairline_below(ui, tokens, head);
    let below = Rect::from_min_max(head.left_bottom(), whole.max);
    let list = list_room(ui, below, id(), &mut tab.wants_focus);
    list.widget_info(|| WidgetInfo::labeled(Role::ListBox, true, format!("Propositions, {}", tab.listed.len())));
    ui.scope_builder(UiBuilder::new().max_rect(below).id_salt("rows"), |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        if !tab.listed.is_empty() {
            show_rows(ui, tab, cx, list.has_focus());
        } else if tab.wanted.narrows() && empty(ui, tokens, icons::LIST_FILTER, "No proposition fits", none_fits(tab), Some("Show all")) {
            tab.wanted = Default::default();
        }
    });
}

fn none_fits(tab: &PropositionsTab) -> &'static str {
    if tab.wanted.untried && tab.wanted.filter.trim().is_empty() {
        "To each of the others something speaks against it, or somebody has looked for that."
    } else {
        "Every word must stand in the statement or its note, and the other filters hold too."
    }
}

fn show_rows(ui: &mut Ui, tab: &mut PropositionsTab, cx: &mut Cx<'_>, focused: bool) {
    let row = height(cx.tokens);
    let mut area = ScrollArea::vertical().id_salt("propositions").auto_shrink(false);
    if std::mem::take(&mut tab.scroll)
        && let Some(place) = tab.place()
    {
        area = reveal(area, tab.seen, place, row);
    }
    let mut clicked = None;
    let mut dropped = None;
    let out = area.show_rows(ui, row, tab.listed.len(), |ui, range| {
        for (place, at) in tab.listed.iter().enumerate().take(range.end).skip(range.start) {
            let Some(entry) = tab.entries.all.get(*at) else { continue };
            let (rect, _) = ui.allocate_exact_size(eframe::egui::vec2(ui.available_width(), row), Sense::hover());
            let looks = (tab.selected == Some(entry.id), focused);
            let response = show_row(ui, cx, rect, entry, (place + 1, tab.listed.len()), looks);
            if response.clicked() {
                clicked = Some((entry.id, response.double_clicked()));
            }
            if let Some((dragged, way)) = drag::over(ui, cx.tokens, &response, rect, entry.id) {
                dropped = Some((dragged, entry.id, way));
            }
        }
        scroll_for_drag::<Dragged>(ui, cx.tokens, ui.clip_rect());
    });
    tab.seen = (out.state.clamped_offset().y, out.inner_rect.height());
    if let Some((proposition, opens)) = clicked {
        tab.select(Some(proposition));
        tab.scroll = false;
        tab.write = opens;
        ui.memory_mut(|memory| memory.request_focus(id()));
    }
    if let Some((dragged, other, way)) = dropped {
        moves::beside(cx, tab, dragged, other, way);
    }
}

/// Shows a proposition.
fn show_row(ui: &Ui, cx: &Cx<'_>, rect: Rect, entry: &Entry, (at, of): (usize, usize), (chosen, focused): (bool, bool)) -> Response {
    let (tokens, colour) = (cx.tokens, &cx.tokens.colour);
    let response = ui.interact(rect, Id::unique(("proposition", entry.id)), Sense::CLICK | Sense::DRAG);
    let [supports, qualifies, contradicts] = entry.counts;
    response.widget_info(|| {
        let untried = if entry.untried { ", not tried to contradict" } else { "" };
        let counts = format!("{supports} supporting, {qualifies} qualifying, {contradicts} contradicting");
        let status = status_name(entry.status).to_lowercase();
        let name = format!("{}, {status}, {counts}{untried}, row {at} of {of}", entry.statement);
        WidgetInfo::selected(Role::ListBoxOption, true, chosen, name)
    });
    if chosen {
        row_at_hand(ui, id(), response.id);
    }
    chosen_ground(ui, tokens, rect, &response, chosen, focused);
    let (left, right) = (rect.left() + tokens.space.four, rect.right() - tokens.space.four);
    let top = rect.top() + tokens.space.two;
    let ink = if entry.status == PropositionStatus::Dropped { colour.ink_tertiary } else { colour.ink };
    let galley = reading(ui.painter(), tokens, Type::Body, ink, &entry.statement, right - left, LINES);
    let y = top + galley.size().y + tokens.space.one + tokens.line_height(Type::Small) / 2.0;
    ui.painter().galley(pos2(left, top), galley, ink);
    let counts = WEIGHTS.iter().zip(entry.counts).map(|((.., sign), count)| format!("   {sign} {count}"));
    let facts = format!("{}{}", status_name(entry.status), counts.collect::<String>());
    let end = paint_elided(ui.painter(), left, right, y, &facts, tokens.tabular(Type::Small), colour.ink_secondary);
    if entry.untried {
        let icon = tokens.small_icon_font(Type::Micro);
        let from = end + tokens.space.three;
        paint_words(ui.painter(), pos2(from, y), Align2::LEFT_CENTER, icons::CIRCLE_DASHED, icon.clone(), colour.ink_secondary);
        let font = tokens.font_in(Type::Small, family::INTERFACE_MEDIUM);
        paint_elided(ui.painter(), from + icon.size + tokens.space.one, right, y, "not tried", font, colour.ink_secondary);
    }
    hairline_below(ui, tokens, rect);
    response
}

fn take_keys(ui: &Ui, tab: &mut PropositionsTab, cx: &mut Cx<'_>) {
    let plain = |key| plain_key(ui, key);
    let page = isize::try_from((tab.seen.1 / height(cx.tokens)) as usize).unwrap_or(1).max(2);
    // First: an arrow with Alt is one of them, not one that leads on.
    for command in pressed(ui, Scope::Propositions, cx.settings.single_letters) {
        run(ui, tab, cx, command);
    }
    for (key, by) in list_keys(page) {
        if plain(key) {
            tab.step(by);
        }
    }
    if plain(Key::Escape) {
        tab.wanted = Default::default();
    }
}
