//! The hits as a list: in context, or as lines with the word in the middle.

use eframe::egui;
use std::sync::Arc;

use eframe::egui::{
    Align, EventFilter, Id, Key, Modifiers, Rect, Response, Role, ScrollArea, Sense, Ui, UiBuilder, WidgetInfo, pos2, vec2,
};

use super::acts;
use super::answer::{HitId, Row};
use super::code_hits::{CodeHits, Of};
use super::heights::Heights;
use super::kwic::{self, Lines, Sort};
use super::row::{paint_context, spoken};
use super::view::SearchView;
use super::{commands, empty, head, notes, nothing};
use crate::app::command::{self, Command, Scope};
use crate::app::context::Cx;
use crate::app::tokens::{Tokens, Type};
use crate::app::widgets::{check_box, hairline_below, inside, row_at_hand};
use crate::app::worker::IndexKept;
use crate::text::Span;

/// How much of the list memos and definitions take where there are hits too.
const NOTES_SHARE: f32 = 0.35;

/// How hits are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Layout {
    /// A few lines of the paragraph.
    #[default]
    Context,
    /// One line for each word found.
    Kwic,
}

/// What the list remembers.
#[derive(Default)]
pub(super) struct ListView {
    pub layout: Layout,
    pub sort: Sort,
    pub lines: Lines,
    pub lines_asked: Option<(Arc<[Row]>, Sort)>,
    /// The line one is at, in the layout of lines.
    pub line: usize,
    pub wants_focus: bool,
    /// The row one is at is to be scrolled to.
    pub scroll: bool,
    /// An answer has come that nothing was asked after yet.
    pub fresh: bool,
    /// What became of the index, until it is told.
    pub index: Option<IndexKept>,
    /// The hit the preview was scrolled to.
    pub previewed: Option<HitId>,
    heights: Heights,
    /// What is seen of the list: from where, and how much.
    seen: (f32, f32),
}

impl ListView {
    /// Other rows have come.
    pub fn new_rows(&mut self) {
        self.fresh = true;
        self.scroll = true;
    }
}

/// Shows the list with its head.
pub(super) fn show(ui: &mut Ui, view: &mut SearchView, cx: &mut Cx<'_>) {
    let tokens = cx.tokens;
    let whole = ui.max_rect();
    let head = Rect::from_min_size(whole.min, vec2(whole.width(), tokens.size.control + tokens.space.five));
    let answer = view.answer.as_ref();
    let (total, number) = answer.map_or((0, 0), |answer| (answer.total, answer.notes.len()));
    // Where nothing can be chosen there is nothing to say of it.
    let bar_height = if total > 0 { tokens.size.control + tokens.space.one + tokens.space.half } else { 0.0 };
    let bar = Rect::from_min_size(head.left_bottom(), vec2(whole.width(), bar_height));
    let list = Rect::from_min_max(bar.left_bottom(), whole.max);
    let layout = egui::Layout::left_to_right(Align::Center);
    ui.scope_builder(UiBuilder::new().max_rect(head.shrink2(vec2(tokens.space.four, 0.0))).layout(layout), |ui| head::show(ui, view, cx));
    hairline_below(ui, tokens, head);
    if total > 0 {
        ui.scope_builder(UiBuilder::new().max_rect(bar).layout(layout).id_salt("bar"), |ui| head::show_chosen(ui, view, cx));
        hairline_below(ui, tokens, bar);
    }
    if view.list.layout == Layout::Kwic {
        kwic::keep_up(view, cx);
    }
    // Notes stand before the hits, and leave them the larger part.
    let share = match (number, total) {
        (0, _) => 0.0,
        (_, 0) => 1.0,
        _ => NOTES_SHARE,
    };
    let (above, list) = list.split_top_bottom_at_fraction(share);
    if number > 0 {
        inside(ui, above, "notes", |ui| notes::show(ui, view, cx));
    }
    if total > 0 {
        if number > 0 {
            hairline_below(ui, tokens, above);
        }
        inside(ui, list, "list", |ui| show_list(ui, view, cx, list));
    } else if number == 0 {
        inside(ui, list, "nothing", |ui| nothing::show(ui, view, cx));
    }
}

/// Shows that the texts are being read and how far that is, or that it was stopped.
pub(super) fn show_reading(ui: &mut Ui, view: &mut SearchView, cx: &mut Cx<'_>) {
    let tokens = cx.tokens;
    empty::in_the_middle(ui, tokens, |ui| head::show_reading(ui, view, cx));
}

/// Chooses all hits, or none when some are chosen.
pub(super) fn choose_all(view: &mut SearchView) {
    let Some(answer) = &view.answer else { return };
    if view.chosen.is_empty() {
        view.chosen = answer.rows.iter().map(Row::id).collect();
    } else {
        view.chosen.clear();
    }
}

/// Middle of the check boxes, from the left edge.
pub(super) fn check_x(tokens: &Tokens) -> f32 {
    tokens.space.six - tokens.stroke.hairline
}

/// Where words begin, from the left edge.
pub(super) fn words_x(tokens: &Tokens) -> f32 {
    tokens.space.eight + tokens.space.three
}

fn list_id() -> Id {
    Id::unique("search hits")
}

fn count(view: &SearchView) -> usize {
    match view.list.layout {
        Layout::Context => view.answer.as_ref().map_or(0, |answer| answer.rows.len()),
        Layout::Kwic => view.list.lines.len(),
    }
}

/// The row one is at.
fn at(view: &SearchView) -> Option<usize> {
    match view.list.layout {
        Layout::Context => view.current().map(|(at, _)| at),
        Layout::Kwic => (view.list.line < view.list.lines.len()).then_some(view.list.line),
    }
}

/// Moves to a row.
fn go(view: &mut SearchView, at: usize) {
    let id = match view.list.layout {
        Layout::Context => view.answer.as_ref().and_then(|answer| answer.rows.get(at)).map(Row::id),
        Layout::Kwic => view.list.lines.id(at),
    };
    view.list.line = at;
    view.list.scroll = true;
    if id.is_some() {
        view.focus = id;
        view.find_place();
    }
}

/// Moves by so many rows.
pub(super) fn step(view: &mut SearchView, by: isize) {
    let last = count(view).saturating_sub(1);
    let next = at(view).map_or(0, |at| at.saturating_add_signed(by).min(last));
    go(view, next);
}

fn take_keys(ui: &Ui, view: &mut SearchView, cx: &mut Cx<'_>) {
    let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    let (from, seen) = view.list.seen;
    let page = view.list.heights.at(from + seen).saturating_sub(view.list.heights.at(from) + 1);
    let page = isize::try_from(page.max(1)).unwrap_or(1);
    for (key, by) in
        [(Key::ArrowDown, 1), (Key::PageDown, page), (Key::PageUp, -page), (Key::Home, isize::MIN / 2), (Key::End, isize::MAX / 2)]
    {
        if pressed(key) {
            step(view, by);
        }
    }
    if pressed(Key::ArrowUp) {
        // Above the first hit is the box.
        if at(view).unwrap_or(0) == 0 {
            view.focus_box();
        } else {
            step(view, -1);
        }
    }
    if pressed(Key::Escape) {
        view.focus_box();
    }
    for command in command::pressed(ui, Scope::Hits, cx.settings.single_letters) {
        // Hits in their paragraphs have no order that the arrows could change.
        let sorts = matches!(command, Command::SortLeft | Command::SortRight);
        if !(sorts && view.list.layout == Layout::Context) {
            commands::run(view, cx, command);
        }
    }
}

/// Shows the hits in another way, at the hit one is at.
pub(super) fn show_as(view: &mut SearchView, layout: Layout) {
    view.list.layout = layout;
    view.focus_hits();
    view.list.scroll = true;
    view.list.line = view.focus.and_then(|focus| view.list.lines.of(focus)).unwrap_or(0);
}

/// Opens the sheet for the hit one is at.
pub(super) fn code_focused(view: &mut SearchView, cx: &mut Cx<'_>) {
    if let Some(id) = view.focus
        && cx.can_edit()
    {
        view.code_hits = Some(CodeHits::new(Of::One(id)));
    }
}

/// Marks the hit one is at as a quote, or takes the mark away.
pub(super) fn quote_focused(view: &SearchView, cx: &mut Cx<'_>) {
    if let Some(answer) = &view.answer {
        acts::quote(&answer.rows, view.focus.into_iter().collect(), cx);
    }
}

/// Says of the hit one is at that what a search has coded in it was read.
pub(super) fn confirm_focused(view: &SearchView, cx: &mut Cx<'_>) {
    if let Some(answer) = &view.answer {
        acts::confirm(&answer.rows, view.focus.into_iter().collect(), cx);
    }
}

/// Chooses a hit, or lets go of it.
pub(super) fn toggle(view: &mut SearchView, id: HitId) {
    if !view.chosen.remove(&id) {
        view.chosen.insert(id);
    }
}

fn show_list(ui: &mut Ui, view: &mut SearchView, cx: &mut Cx<'_>, rect: Rect) {
    let tokens = cx.tokens;
    let id = list_id();
    match (view.list.layout, &view.answer) {
        (Layout::Context, Some(answer)) => view.list.heights.measure(ui, tokens, &answer.rows),
        _ => view.list.heights.be_even(tokens.size.row),
    }
    if view.list.wants_focus && view.code_hits.is_none() {
        ui.memory_mut(|memory| memory.request_focus(id));
        // Only in the frame after that can the arrows be kept from moving the focus on.
        ui.ctx().request_repaint();
    }
    if ui.memory(|memory| memory.has_focus(id)) && view.code_hits.is_none() {
        take_keys(ui, view, cx);
    }
    let response = ui.interact(rect, id, Sense::click());
    let total = count(view);
    response.widget_info(|| WidgetInfo::labeled(Role::ListBox, true, format!("Hits, {total}")));
    let filter = EventFilter { tab: false, horizontal_arrows: true, vertical_arrows: true, escape: true };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
    let focused = response.has_focus();
    // A sheet that has just been closed keeps the focus away for one more frame.
    view.list.wants_focus &= !focused;
    let mut area = ScrollArea::vertical().id_salt(("hits", view.list.layout == Layout::Kwic)).auto_shrink(false);
    if std::mem::take(&mut view.list.scroll)
        && let Some(at) = at(view)
    {
        let (top, bottom) = (view.list.heights.top(at), view.list.heights.top(at + 1));
        let (from, seen) = view.list.seen;
        let offset = from.min(top).max(bottom - seen);
        if seen > 0.0 && (offset - from).abs() > f32::EPSILON {
            area = area.vertical_scroll_offset(offset);
        }
    }
    ui.spacing_mut().item_spacing.y = 0.0;
    let mut clicked = None;
    let output = area.show_viewport(ui, |ui, seen| {
        let (left, top, width) = (ui.max_rect().left(), ui.max_rect().top(), ui.available_width());
        ui.set_height(view.list.heights.top(total));
        for index in view.list.heights.at(seen.top())..total {
            let (from, to) = (view.list.heights.top(index), view.list.heights.top(index + 1));
            if from > seen.bottom() {
                break;
            }
            let rect = Rect::from_min_max(pos2(left, top + from), pos2(left + width, top + to));
            if let Some(click) = show_row(ui, view, cx, rect, index, total, focused) {
                clicked = Some((index, click));
            }
        }
        width
    });
    if view.list.layout == Layout::Context {
        view.list.heights.set_width(ui, output.inner - words_x(tokens) - tokens.space.four);
    }
    view.list.seen = (output.state.clamped_offset().y, output.inner_rect.height());
    if let Some((index, click)) = clicked {
        go(view, index);
        view.list.scroll = false;
        ui.memory_mut(|memory| memory.request_focus(id));
        match (click, view.focus) {
            (Click::Check, Some(id)) => toggle(view, id),
            (Click::Twice, _) => {
                if let Some((_, row)) = view.current() {
                    acts::open(row, cx);
                }
            }
            _ => {}
        }
    }
}

#[derive(Clone, Copy)]
enum Click {
    Row,
    Twice,
    Check,
}

/// Shows a row of the list.
fn show_row(ui: &Ui, view: &SearchView, cx: &Cx<'_>, rect: Rect, index: usize, total: usize, focused: bool) -> Option<Click> {
    let (row, found) = match view.list.layout {
        Layout::Context => (view.answer.as_ref()?.rows.get(index)?, Span::default()),
        Layout::Kwic => view.list.lines.row(index)?,
    };
    let (tokens, colour) = (cx.tokens, &cx.tokens.colour);
    let here = at(view) == Some(index);
    let chosen = view.chosen.contains(&row.id());
    let id = list_id().with((row.source, row.paragraph, found));
    let response = ui.interact(rect, id, Sense::CLICK);
    let name = spoken(cx.study, row);
    let number = index + 1;
    let place = match view.list.layout {
        Layout::Context => format!("Hit {number} of {total}"),
        Layout::Kwic => format!("Line {number} of {total}: {}", found.slice(&row.words)),
    };
    response.widget_info(|| WidgetInfo::selected(Role::ListBoxOption, true, here, format!("{name}. {place}")));
    if here {
        row_at_hand(ui, list_id(), response.id);
    }
    if here || response.hovered() {
        ui.painter().rect_filled(rect, 0.0, if here { colour.surface_selected } else { colour.surface_chrome });
    }
    if here {
        let bar = Rect::from_min_size(rect.min, vec2(tokens.space.half, rect.height()));
        ui.painter().rect_filled(bar, 0.0, if focused { colour.accent } else { colour.control_outline });
    }
    if view.list.layout == Layout::Context {
        hairline_below(ui, tokens, rect);
    }
    let top = rect.top() + tokens.space.two + tokens.stroke.hairline;
    let middle = if view.list.layout == Layout::Kwic { rect.center().y } else { top + tokens.line_height(Type::Small) / 2.0 };
    let centre = pos2(rect.left() + check_x(tokens), middle);
    let check = check_box(ui, tokens, id.with("check"), centre, &format!("Choose {name}"), chosen.into(), true);
    let inner = Rect::from_min_max(pos2(rect.left() + words_x(tokens), top), pos2(rect.right() - tokens.space.four, rect.bottom()));
    match view.list.layout {
        Layout::Context => paint_context(ui, cx, inner, row),
        Layout::Kwic => kwic::paint(ui, cx, Rect::from_min_max(pos2(inner.left(), rect.top()), inner.max), row, found),
    }
    clicked(&response, &check)
}

fn clicked(row: &Response, check: &Response) -> Option<Click> {
    if check.clicked() {
        return Some(Click::Check);
    }
    if row.double_clicked() {
        return Some(Click::Twice);
    }
    row.clicked().then_some(Click::Row)
}
