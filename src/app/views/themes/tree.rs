//! The themes line by line.

use std::sync::Arc;

use eframe::egui::{Align2, EventFilter, Id, Key, Modifiers, Rect, Role, ScrollArea, Sense, Ui, WidgetInfo, pos2, vec2};

use super::counts::several;
use super::rename::{Done, Naming};
use super::rows::Row;
use super::selection::Selection;
use super::twins::Twin;
use super::view::ThemesView;
use super::{acts, commands, drag};
use crate::app::command::{Scope, pressed};
use crate::app::context::Cx;
use crate::app::icons;
use crate::app::state::Place;
use crate::app::tokens::{Tokens, Type, family};
use crate::app::widgets::{
    empty, fold_sign, hairline_below, list_keys, paint_elided, paint_mark, paint_words, plain_key, reveal, row_at_hand, scroll_for_drag,
    theme_mark,
};
use crate::study::ThemeId;

/// What the focus is on when it is on the tree.
pub(super) const TREE: &str = "theme tree";

/// Shows the tree.
pub(super) fn show(ui: &mut Ui, view: &mut ThemesView, cx: &mut Cx<'_>) {
    let tokens = cx.tokens;
    let id = Id::unique(TREE);
    if view.wants_focus && view.dialog.is_none() && view.choosing.is_none() && view.versions.is_none() && view.rename.is_none() {
        ui.memory_mut(|memory| memory.request_focus(id));
        // Only in the frame after that can the arrows be kept from moving the focus on.
        ui.ctx().request_repaint();
    }
    view.make_lines(cx.study);
    let lines = Arc::clone(&view.lines);
    if ui.memory(|memory| memory.has_focus(id))
        && view.dialog.is_none()
        && view.choosing.is_none()
        && view.versions.is_none()
        && view.rename.is_none()
    {
        take_keys(ui, view, cx, &lines);
    }
    // The keys may have begun a line that is named, or opened others.
    view.make_lines(cx.study);
    let lines = Arc::clone(&view.lines);
    let naming = view.rename.as_ref().map(|rename| rename.of);
    let list = ui.interact(ui.max_rect(), id, Sense::click());
    list.widget_info(|| {
        let chosen = view.selection.themes().len();
        let several = if chosen > 1 { format!(", {chosen} chosen") } else { String::new() };
        WidgetInfo::labeled(Role::Tree, true, format!("Themes, {}{several}", lines.len()))
    });
    ui.ctx().accesskit_node_builder(id, eframe::egui::accesskit::Node::set_multiselectable);
    let filter = EventFilter { tab: false, horizontal_arrows: true, vertical_arrows: true, escape: true };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
    // A question that has just been closed keeps the focus away for one more frame.
    view.wants_focus &= !list.has_focus();
    ui.spacing_mut().item_spacing.y = 0.0;
    show_head(ui, tokens);
    let height = tokens.size.row;
    let mut area = ScrollArea::vertical().id_salt("themes").auto_shrink(false);
    let at = lines.iter().position(|line| match naming {
        Some(Naming::New(_)) => line.theme().is_none(),
        Some(Naming::Old(theme)) => line.theme() == Some(theme),
        None => line.theme() == view.selection.at(),
    });
    if std::mem::take(&mut view.scroll)
        && let Some(at) = at
    {
        area = reveal(area, view.seen, at, height);
    }
    if lines.is_empty() {
        let what = "Names, numbers and definitions are looked at.";
        if empty(ui, tokens, icons::LIST_FILTER, "No theme fits the filter", what, Some("Show all")) {
            view.filter.clear();
        }
        return;
    }
    let mut clicked = None;
    let output = area.show_rows(ui, height, lines.len(), |ui, range| {
        scroll_for_drag::<drag::Dragged>(ui, tokens, ui.clip_rect());
        view.seen_lines = range.clone();
        for index in range {
            let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::hover());
            match lines.get(index) {
                Some(Row::New { depth }) => show_naming(ui, view, cx, rect, name_x(tokens, rect, *depth)),
                Some(row) => {
                    let place = (index + 1, lines.len());
                    if let Some(click) = show_row(ui, view, cx, rect, *row, place, list.has_focus()) {
                        clicked = Some(click);
                    }
                }
                None => {}
            }
        }
    });
    view.seen = (output.state.clamped_offset().y, output.inner_rect.height());
    if naming.is_some() && at.is_some_and(|at| !view.seen_lines.contains(&at)) {
        // Out of sight it would have no field, and nothing would have the keys.
        view.scroll = true;
        ui.ctx().request_repaint();
    }
    if let Some((theme, click)) = clicked {
        match click {
            Click::Select => choose(ui, view, theme),
            Click::Read => {
                view.selection = Selection::of(Some(theme));
                cx.go(Place::Theme(theme));
            }
            Click::Fold => {
                view.selection = Selection::of(Some(theme));
                turn(view, theme);
            }
        }
        ui.memory_mut(|memory| memory.request_focus(id));
    }
}

/// Chooses the theme that was clicked: alone, besides the others, or with all up to it.
fn choose(ui: &Ui, view: &mut ThemesView, theme: ThemeId) {
    let modifiers = ui.input(|input| input.modifiers);
    if modifiers.shift {
        view.selection.extend(theme, &view.lines);
    } else if modifiers.command {
        view.selection.toggle(theme);
    } else {
        view.selection = Selection::of(Some(theme));
    }
}

fn turn(view: &mut ThemesView, theme: ThemeId) {
    if !view.folded.remove(&theme) {
        view.folded.insert(theme);
    }
}

fn take_keys(ui: &Ui, view: &mut ThemesView, cx: &mut Cx<'_>, lines: &[Row]) {
    // Before the arrows, which mean something else with Alt.
    let commands = pressed(ui, Scope::Themes, cx.settings.single_letters);
    let consumed = |modifiers, key| ui.input_mut(|input| input.consume_key(modifiers, key));
    let plain = |key| plain_key(ui, key);
    let page = isize::try_from((view.seen.1 / cx.tokens.size.row) as usize).unwrap_or(1).max(1);
    for (key, by) in list_keys(page) {
        let next = |view: &ThemesView| {
            let at = lines.iter().position(|line| line.theme() == view.selection.at()).unwrap_or(0);
            lines.get(at.saturating_add_signed(by).min(lines.len().saturating_sub(1))).and_then(Row::theme)
        };
        if consumed(Modifiers::SHIFT, key)
            && let Some(theme) = next(view)
        {
            view.selection.extend(theme, lines);
            view.scroll = true;
        }
        if consumed(Modifiers::COMMAND, key) {
            view.selection.move_to(next(view));
            view.scroll = true;
        }
        if plain(key) {
            view.select(next(view));
        }
    }
    // Keys that come in one frame follow one another: what is done is done to where the arrows have led.
    let Some(theme) = view.selection.at() else { return };
    let open = lines.iter().find_map(|line| match line {
        Row::Theme { id, open, .. } if *id == theme => *open,
        _ => None,
    });
    let book = cx.study.codebook();
    if plain(Key::ArrowLeft) {
        match open {
            Some(true) => _ = view.folded.insert(theme),
            _ => view.select(book.get(theme).and_then(|theme| theme.parent).or(Some(theme))),
        }
    }
    if plain(Key::ArrowRight) {
        match open {
            Some(true) => view.select(book.children(Some(theme)).next().map(|child| child.id)),
            _ => _ = view.folded.remove(&theme),
        }
    }
    for command in commands {
        commands::run(view, cx, command);
    }
    if plain(Key::Escape) {
        if view.compare.take().is_some() {
            // One step at a time: what is chosen stays.
        } else if view.selection.is_several() {
            view.selection.only();
        } else {
            view.filter.clear();
        }
    }
}

/// Widths of the columns of counts.
fn count_width(tokens: &Tokens) -> f32 {
    tokens.size.left_rail + tokens.space.two
}

/// Heads of the columns.
fn show_head(ui: &mut Ui, tokens: &Tokens) {
    let colour = &tokens.colour;
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), tokens.size.row), Sense::hover());
    let right = rect.right() - tokens.space.four;
    let font = tokens.font_in(Type::Small, family::INTERFACE_MEDIUM);
    let y = rect.center().y;
    paint_words(ui.painter(), pos2(name_x(tokens, rect, 0), y), Align2::LEFT_CENTER, "Theme", font.clone(), colour.ink_secondary);
    paint_words(ui.painter(), pos2(right, y), Align2::RIGHT_CENTER, "With below", font.clone(), colour.ink_secondary);
    let own = pos2(right - count_width(tokens), y);
    paint_words(ui.painter(), own, Align2::RIGHT_CENTER, "Codings", font, colour.ink_secondary);
    hairline_below(ui, tokens, rect);
}

/// Deeper themes are no further to the right than those of this depth: their names must keep some room.
const DEEPEST: usize = 8;

/// Where the mark of a theme stands.
fn mark_x(tokens: &Tokens, rect: Rect, depth: usize) -> f32 {
    rect.left() + tokens.space.eight + tokens.space.one + depth.min(DEEPEST) as f32 * tokens.space.five
}

/// Where its number and name begin.
fn name_x(tokens: &Tokens, rect: Rect, depth: usize) -> f32 {
    mark_x(tokens, rect, depth) + tokens.space.three
}

fn show_naming(ui: &mut Ui, view: &mut ThemesView, cx: &mut Cx<'_>, rect: Rect, left: f32) {
    let Some(rename) = &mut view.rename else { return };
    let tokens = cx.tokens;
    let right = rect.right() - tokens.space.four - 2.0 * count_width(tokens);
    let field = Rect::from_min_max(pos2(left, rect.top() + tokens.space.half), pos2(right, rect.bottom() - tokens.space.half));
    let Some(done) = rename.show(ui, cx, field) else { return };
    view.rename = None;
    view.wants_focus = true;
    match done {
        Done::Named(Naming::New(parent), name) => acts::add(cx, parent, name),
        Done::Named(Naming::Old(theme), name) => acts::rename(cx, theme, name),
        Done::Nothing => {}
    }
}

#[derive(Clone, Copy)]
enum Click {
    Select,
    Read,
    Fold,
}

fn show_row(
    ui: &mut Ui,
    view: &mut ThemesView,
    cx: &mut Cx<'_>,
    rect: Rect,
    row: Row,
    place: (usize, usize),
    focused: bool,
) -> Option<(ThemeId, Click)> {
    let Row::Theme { id, depth, open, fits } = row else { return None };
    let (tokens, colour) = (cx.tokens, &cx.tokens.colour);
    let book = cx.study.codebook();
    let theme = book.get(id)?;
    let count = view.counts.get(id);
    let selected = view.selection.contains(id);
    let at = view.selection.at() == Some(id);
    let response = ui.interact(rect, Id::unique(("theme", id)), Sense::CLICK | Sense::DRAG);
    let undefined = theme.definition.trim().is_empty();
    let twin = view.counts.twin(id);
    response.widget_info(|| {
        let warning = if undefined { ", no definition" } else { "" };
        let twin = twin.map_or("", |twin| if twin.same { ", name used twice" } else { ", nearly the name of another" });
        let (own, all, (at, of)) = (several(count.own, "coding"), count.with_below, place);
        let name = format!("{} {}, {own}, {all} with below{warning}{twin}, row {at} of {of}", book.number(id), theme.name);
        WidgetInfo::selected(Role::TreeItem, true, selected, name)
    });
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_selected(selected);
        node.set_level(depth + 1);
    });
    if at {
        row_at_hand(ui, Id::unique(TREE), response.id);
    }
    if selected || response.hovered() {
        ui.painter().rect_filled(rect, 0.0, if selected { colour.surface_selected } else { colour.surface_chrome });
    }
    if at {
        let bar = Rect::from_min_size(rect.min, vec2(tokens.space.half, rect.height()));
        ui.painter().rect_filled(bar, 0.0, if focused { colour.accent } else { colour.control_outline });
    }
    let y = rect.center().y;
    let mark = pos2(mark_x(tokens, rect, depth), y);
    let fold = Rect::from_center_size(pos2(mark.x - tokens.space.four, y), vec2(tokens.space.five, tokens.space.five));
    let mut clicked = None;
    if let Some(open) = open {
        let arrow = ui.interact(fold, response.id.with("fold"), Sense::CLICK);
        let verb = if open { "Fold" } else { "Unfold" };
        arrow.widget_info(|| WidgetInfo::selected(Role::Button, true, open, format!("{verb} {}", theme.name)));
        fold_sign(ui, tokens, fold, open);
        if arrow.clicked() {
            clicked = Some((id, Click::Fold));
        }
    }
    let hue = theme_mark(tokens, cx.study, id);
    paint_mark(ui.painter(), mark, tokens.size.theme_mark, hue.mark, hue.label);
    let left = name_x(tokens, rect, depth);
    let right = paint_counts(ui, tokens, rect, count.own, count.with_below);
    let number_right = left + (right - left) / 4.0;
    let number = paint_elided(ui.painter(), left, number_right, y, book.number(id), tokens.tabular(Type::Small), colour.ink_tertiary);
    let left = number + tokens.space.two;
    if view.rename.as_ref().is_some_and(|rename| rename.of == Naming::Old(id)) {
        show_naming(ui, view, cx, rect, left - tokens.space.one);
        return None;
    }
    let warnings_left = paint_warnings(ui, tokens, (left, right), y, undefined, twin);
    let strong = depth == 0;
    let font = if strong { tokens.font_in(Type::Body, family::INTERFACE_MEDIUM) } else { tokens.font(Type::Body) };
    let ink = if fits { colour.ink } else { colour.ink_tertiary };
    let end = paint_elided(ui.painter(), left, warnings_left - tokens.space.two, y, &theme.name, font, ink);
    if !theme.abbreviation.is_empty() && end < warnings_left - tokens.space.eight {
        let left = end + tokens.space.two;
        paint_elided(
            ui.painter(),
            left,
            warnings_left - tokens.space.two,
            y,
            &theme.abbreviation,
            tokens.font(Type::Micro),
            colour.ink_tertiary,
        );
    }
    if let Some((dragged, target)) = drag::over(ui, tokens, book, &view.selection, &response, rect, id) {
        acts::move_to(cx, dragged, target);
    }
    if response.double_clicked() {
        clicked = Some((id, Click::Read));
    } else if response.clicked() {
        clicked = clicked.or(Some((id, Click::Select)));
    }
    clicked
}

/// Paints the two counts; returns where they begin.
fn paint_counts(ui: &Ui, tokens: &Tokens, rect: Rect, own: usize, with_below: usize) -> f32 {
    let colour = &tokens.colour;
    let right = rect.right() - tokens.space.four;
    let font = tokens.tabular(Type::Body);
    let ink = |count: usize| if count == 0 { colour.ink_tertiary } else { colour.ink };
    let at = |right| pos2(right, rect.center().y);
    paint_words(ui.painter(), at(right), Align2::RIGHT_CENTER, with_below, font.clone(), ink(with_below));
    let own_right = right - count_width(tokens);
    paint_words(ui.painter(), at(own_right), Align2::RIGHT_CENTER, own, font, ink(own));
    right - 2.0 * count_width(tokens)
}

/// Says what is missing of a theme, right-aligned, in words where its name keeps enough room; returns where that begins.
fn paint_warnings(ui: &Ui, tokens: &Tokens, (name, right): (f32, f32), y: f32, undefined: bool, twin: Option<Twin>) -> f32 {
    let roomy = right - name > tokens.size.sources_pane;
    let mut left = right;
    for (on, says, sign, ink) in [
        (undefined, "No definition", icons::CIRCLE_ALERT, tokens.colour.ink_tertiary),
        (twin.is_some_and(|twin| twin.same), "Name used twice", icons::COPY, tokens.colour.notice_ink),
        (twin.is_some_and(|twin| !twin.same), "Nearly a name twice", icons::COPY, tokens.colour.notice_ink),
    ] {
        if !on {
            continue;
        }
        let at = pos2(left, y);
        let painted = if roomy {
            paint_words(ui.painter(), at, Align2::RIGHT_CENTER, says, tokens.font(Type::Micro), ink)
        } else {
            paint_words(ui.painter(), at, Align2::RIGHT_CENTER, sign, tokens.small_icon_font(Type::Micro), ink)
        };
        left = painted.left() - tokens.space.two;
    }
    left
}
