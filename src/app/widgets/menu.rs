use eframe::egui;
use eframe::egui::{Align2, Popup, PopupCloseBehavior, Response, Role, ScrollArea, Sense, Ui, WidgetInfo, vec2};

use super::rows::{focus_ring, select_fill};
use super::words::{elided, paint_elided, paint_words};
use crate::app::icons;
use crate::app::tokens::{Tokens, Type, family};

/// A quiet button that opens a menu: what it is for, what is chosen, an arrow. `chosen` may be empty.
pub fn pick(ui: &mut Ui, tokens: &Tokens, label: &str, chosen: &str) -> Response {
    pick_within(ui, tokens, label, chosen, f32::INFINITY)
}

/// The same, at most `most` points wide: what is chosen is cut where there is no room for it.
pub fn pick_within(ui: &mut Ui, tokens: &Tokens, label: &str, chosen: &str, most: f32) -> Response {
    let colour = &tokens.colour;
    let gap = tokens.space.one + tokens.space.half;
    let font = |family| tokens.font_in(Type::Body, family);
    let before = ui.painter().layout_no_wrap(label.to_owned(), font(family::INTERFACE), colour.ink_tertiary);
    let arrow = tokens.small_icon_font(Type::Small);
    let between = if chosen.is_empty() { 0.0 } else { gap };
    let around = tokens.space.two + before.size().x + between + tokens.space.one + arrow.size + tokens.space.one;
    let words = elided(ui.painter(), chosen, font(family::INTERFACE_MEDIUM), colour.ink, most - around);
    let width = around + words.size().x;
    let (rect, response) = ui.allocate_exact_size(vec2(width, tokens.size.control), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("{label} {chosen}").trim_end()));
    if response.hovered() || Popup::is_id_open(ui.ctx(), Popup::default_response_id(&response)) {
        ui.painter().rect_filled(rect, tokens.radius.control, colour.surface_hover);
    }
    let top = |height: f32| rect.center().y - height / 2.0;
    let mut left = rect.left() + tokens.space.two;
    let (before_size, words_size) = (before.size(), words.size());
    ui.painter().galley(egui::pos2(left, top(before_size.y)), before, colour.ink_tertiary);
    left += before_size.x + between;
    ui.painter().galley(egui::pos2(left, top(words_size.y)), words, colour.ink);
    left += words_size.x + tokens.space.one;
    let arrow_at = egui::pos2(left, rect.center().y);
    paint_words(ui.painter(), arrow_at, Align2::LEFT_CENTER, icons::CHEVRON_DOWN, arrow, colour.ink_tertiary);
    if response.has_focus() {
        focus_ring(ui, tokens, rect);
    }
    response
}

/// The largest share of the window's height that a menu has.
const MOST: f32 = 0.75;

/// Shows the lines that a button opens, as many as there is room for; the rest scrolls. It stays open until one clicks elsewhere or it closes itself.
pub fn menu_below<R>(tokens: &Tokens, button: &Response, show: impl FnOnce(&mut Ui) -> R) -> Option<R> {
    let popup = Popup::menu(button).close_behavior(PopupCloseBehavior::CloseOnClickOutside).gap(tokens.space.half);
    let most = button.ctx.content_rect().height() * MOST;
    let shown = popup.show(|ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        ui.set_width(tokens.size.facets_pane);
        ui.set_max_height(most);
        ScrollArea::vertical().max_height(most).show(ui, show).inner
    });
    shown.map(|shown| shown.inner)
}

/// A line of a menu, with a tick if it holds. Returns its response.
pub fn menu_choice(ui: &mut Ui, tokens: &Tokens, words: &str, on: bool, enabled: bool) -> Response {
    let colour = &tokens.colour;
    let sense = if enabled { Sense::click() } else { Sense::hover() };
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), tokens.size.row), sense);
    response.widget_info(|| WidgetInfo::selected(Role::MenuItemRadio, enabled, on, words));
    if enabled {
        select_fill(ui, tokens, rect, false, &response);
    }
    let tick = rect.left_center() + vec2(tokens.space.three, 0.0);
    if on {
        paint_words(ui.painter(), tick, Align2::CENTER_CENTER, icons::CHECK, tokens.small_icon_font(Type::Small), colour.accent);
    }
    let ink = if enabled { colour.ink } else { colour.ink_disabled };
    let left = rect.left() + tokens.space.six;
    paint_elided(ui.painter(), left, rect.right() - tokens.space.two, rect.center().y, words, tokens.font(Type::Body), ink);
    if response.has_focus() {
        focus_ring(ui, tokens, rect);
    }
    response
}

/// The heading of a part of a menu.
pub fn menu_heading(ui: &mut Ui, tokens: &Tokens, words: &str) {
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), tokens.size.control_small), Sense::hover());
    let at = rect.left_center() + vec2(tokens.space.two, 0.0);
    paint_words(ui.painter(), at, Align2::LEFT_CENTER, words, tokens.font(Type::MicroStrong), tokens.colour.ink_tertiary);
}
