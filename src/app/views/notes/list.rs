//! The memos one below the other.

use eframe::egui::{Align2, Id, Key, Rect, Role, Sense, Ui, UiBuilder, WidgetInfo, pos2};

use super::entries::{Entry, kind_name};
use super::place;
use super::view::{NotesView, run, show_narrowing};
use crate::app::command::{Command, KeyMap, Keys, Scope, pressed};
use crate::app::context::Cx;
use crate::app::icons;
use crate::app::times::{clock, day_and_clock};
use crate::app::tokens::{Tokens, Type, family};
use crate::app::views::headed::show_lines;
use crate::app::widgets::{
    chosen_ground, empty, hairline_below, list_has_keys, list_keys, list_room, paint_elided, paint_words, plain_key, reading, row_at_hand,
    theme_mark,
};
use crate::study::{MemoOn, Study, ThemeId};

/// How many lines of its words a memo shows.
const LINES: usize = 2;

/// What the focus is on when it is on the list.
pub(super) fn id() -> Id {
    Id::unique("list of memos")
}

/// Heights of a heading and of a memo, in points.
pub(super) fn heights(tokens: &Tokens) -> (f32, f32) {
    let words = LINES as f32 * tokens.line_height(Type::Body);
    (tokens.size.row, tokens.line_height(Type::Small) + words + 2.0 * tokens.space.two + tokens.space.half)
}

/// Shows the list.
pub(super) fn show(ui: &mut Ui, view: &mut NotesView, cx: &mut Cx<'_>) {
    let tokens = cx.tokens;
    if list_has_keys(ui, id(), view.wants_focus) {
        take_keys(ui, view, cx);
    }
    ui.spacing_mut().item_spacing.y = 0.0;
    // As it is before what narrows it: where there is no room for that, the list is no wider.
    let whole = ui.max_rect();
    let narrowing = ui.scope(|ui| show_narrowing(ui, view, cx)).response.rect;
    hairline_below(ui, tokens, Rect::from_x_y_ranges(whole.x_range(), narrowing.y_range()));
    let below = Rect::from_min_max(pos2(whole.left(), narrowing.bottom()), whole.max);
    let list = list_room(ui, below, id(), &mut view.wants_focus);
    list.widget_info(|| WidgetInfo::labeled(Role::ListBox, true, format!("Memos, {}", view.listing.count())));
    if view.listing.count() == 0 {
        let (title, what, button) = match (view.wanted.narrows(), view.entries.are_of(cx.study)) {
            (true, _) => ("No memo fits", "Words, places, kinds, coders and days are looked at.", Some("Show all memos")),
            (false, true) => ("No memos kept yet", "What you write is kept when you leave it, and when you pause.", None),
            (false, false) => ("Gathering the memos", "", None),
        };
        if empty(ui, tokens, icons::STICKY_NOTE, title, what, button) {
            view.wanted.clear();
        }
        return;
    }
    let clicked = ui.scope_builder(UiBuilder::new().max_rect(below), |ui| show_memos(ui, view, cx, list.has_focus())).inner;
    if let Some((memo, opens)) = clicked {
        view.selected = Some(memo.id);
        ui.memory_mut(|memory| memory.request_focus(id()));
        if opens {
            view.write = true;
        }
    }
}

fn show_memos(ui: &mut Ui, view: &mut NotesView, cx: &Cx<'_>, focused: bool) -> Option<(Entry, bool)> {
    let chosen = view.place();
    let NotesView { entries, listing, selected, draft, scrolled, .. } = view;
    let mut clicked = None;
    show_lines(ui, cx.tokens, "memos", (listing, chosen), scrolled, |ui, rect, at, place| {
        let Some(entry) = entries.all.get(at) else { return };
        let words = draft.as_ref().filter(|draft| draft.id == entry.id && draft.is_touched()).map(|draft| draft.text.as_str());
        let look = (*selected == Some(entry.id), focused);
        if let Some(opens) = show_memo(ui, cx, rect, entry, words, (place + 1, listing.count()), look) {
            clicked = Some((entry.clone(), opens));
        }
    });
    clicked
}

/// Shows a memo; returns whether it was clicked, and then whether twice.
fn show_memo(
    ui: &Ui,
    cx: &Cx<'_>,
    rect: Rect,
    entry: &Entry,
    written: Option<&str>,
    (at, of): (usize, usize),
    (chosen, focused): (bool, bool),
) -> Option<bool> {
    let (tokens, colour) = (cx.tokens, &cx.tokens.colour);
    let response = ui.interact(rect, Id::unique(("memo", entry.id)), Sense::CLICK);
    let by = cx.study.coders().get(&entry.coder).map_or("somebody", |coder| coder.name.as_str());
    let words = written.unwrap_or(&entry.begins);
    response.widget_info(|| {
        let (kind, when) = (kind_name(entry.kind), day_and_clock(entry.time, cx.now));
        let name = format!("{kind} memo, {}, by {by}, {when}: {words}, row {at} of {of}", entry.place);
        WidgetInfo::selected(Role::ListBoxOption, true, chosen, name)
    });
    if chosen {
        row_at_hand(ui, id(), response.id);
    }
    chosen_ground(ui, tokens, rect, &response, chosen, focused);
    let (left, right) = (rect.left() + tokens.space.four, rect.right() - tokens.space.four);
    let y = rect.top() + tokens.space.two + tokens.line_height(Type::Small) / 2.0;
    let small = tokens.font(Type::Micro);
    let initials = cx.study.coders().get(&entry.coder).map_or("", |coder| coder.initials.as_str());
    let facts = format!("{} · {initials} · {}", kind_name(entry.kind), clock(entry.time));
    let facts = paint_words(ui.painter(), pos2(right, y), Align2::RIGHT_CENTER, facts, small, colour.ink_tertiary);
    let ink = theme_of(cx.study, &entry.on).map_or(colour.ink_tertiary, |theme| theme_mark(tokens, cx.study, theme).label);
    let icon = tokens.small_icon_font(Type::Small);
    let icon_right = left + icon.size + tokens.space.one + tokens.space.half;
    paint_words(ui.painter(), pos2(left, y), Align2::LEFT_CENTER, entry.sort().icon(), icon, ink);
    let font = tokens.font_in(Type::Small, family::INTERFACE_MEDIUM);
    paint_elided(ui.painter(), icon_right, facts.left() - tokens.space.two, y, &entry.place, font, colour.ink_secondary);
    let galley = reading(ui.painter(), tokens, Type::Body, colour.ink, words, right - left, LINES);
    ui.painter().galley(
        pos2(left, rect.top() + tokens.space.two + tokens.line_height(Type::Small) + tokens.space.half),
        galley,
        colour.ink,
    );
    hairline_below(ui, tokens, rect);
    if response.double_clicked() { Some(true) } else { response.clicked().then_some(false) }
}

/// The theme whose colour a memo wears.
fn theme_of(study: &Study, on: &MemoOn) -> Option<ThemeId> {
    match on {
        MemoOn::Theme { theme } => Some(*theme),
        _ => place::coding(study, on).map(|coding| coding.theme),
    }
}

/// Takes the key that begins a memo, where there is no list yet to have the focus.
pub(super) fn take_new(ui: &Ui, view: &mut NotesView, cx: &mut Cx<'_>) {
    if ui.ctx().text_edit_focused() {
        return;
    }
    let letters = cx.settings.single_letters;
    let keys = KeyMap::of(ui.ctx());
    let begins = |command, keys: Keys| command == Command::NewMemo && (letters || !keys.types());
    let pressed = ui.input_mut(|input| keys.pressed(input, Scope::Notes, begins));
    for command in pressed {
        run(ui, view, cx, command);
    }
}

fn take_keys(ui: &Ui, view: &mut NotesView, cx: &mut Cx<'_>) {
    let plain = |key| plain_key(ui, key);
    for (key, by) in list_keys(view.scrolled.page(heights(cx.tokens).1)) {
        if plain(key) {
            let at_end = by == 1 && view.is_at_end();
            if !at_end {
                view.step(by);
            }
        }
    }
    for command in pressed(ui, Scope::Notes, cx.settings.single_letters) {
        run(ui, view, cx, command);
    }
    if plain(Key::Escape) {
        view.wanted.clear();
    }
}
