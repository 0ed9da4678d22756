use eframe::egui;
use eframe::egui::{Align2, Event, EventFilter, Id, Key, Layout, Rect, Response, Role, ScrollArea, Sense, Ui, UiBuilder, WidgetInfo, vec2};

use super::words::paint_words;
use crate::app::icons;
use crate::app::tokens::{Tokens, Type};

/// The ring round what has the focus.
pub fn focus_ring(ui: &Ui, tokens: &Tokens, rect: Rect) {
    let stroke = egui::Stroke::new(tokens.stroke.focus_ring, tokens.colour.line_focus);
    ui.painter().rect_stroke(rect, Tokens::corner(tokens.radius.control), stroke, egui::StrokeKind::Inside);
}

/// Moves the focus to the next of these panes, to the one at `first` where none of them has it. Returns which has it then.
pub fn next_pane(ui: &Ui, panes: &[Id], first: usize) -> usize {
    let now = ui.memory(egui::Memory::focused);
    let at = panes.iter().position(|pane| Some(*pane) == now).map_or(first, |at| (at + 1) % panes.len());
    if let Some(pane) = panes.get(at) {
        ui.memory_mut(|memory| memory.request_focus(*pane));
    }
    at
}

/// The ground of a row: chosen, under the pointer, or nothing.
pub fn select_fill(ui: &Ui, tokens: &Tokens, rect: Rect, selected: bool, response: &Response) {
    let fill = if selected {
        tokens.colour.surface_selected
    } else if response.hovered() {
        tokens.colour.surface_hover
    } else {
        return;
    };
    ui.painter().rect_filled(rect, 0.0, fill);
}

/// The ground of a row of a list on paper: chosen, with a bar that tells whether the list has the focus, or under the pointer.
pub fn chosen_ground(ui: &Ui, tokens: &Tokens, rect: Rect, response: &Response, chosen: bool, focused: bool) {
    let colour = &tokens.colour;
    if chosen || response.hovered() {
        ui.painter().rect_filled(rect, 0.0, if chosen { colour.surface_selected } else { colour.surface_chrome });
    }
    if chosen {
        let bar = Rect::from_min_size(rect.min, vec2(tokens.space.half, rect.height()));
        ui.painter().rect_filled(bar, 0.0, if focused { colour.accent } else { colour.control_outline });
    }
}

/// Whether a key was pressed without Ctrl or Alt, with which it means something else; it is taken out of the input.
pub fn plain_key(ui: &Ui, key: Key) -> bool {
    let is_it = |event: &Event| match event {
        Event::Key { key: pressed, pressed: true, modifiers, .. } => {
            *pressed == key && !(modifiers.alt || modifiers.ctrl || modifiers.command)
        }
        _ => false,
    };
    ui.input_mut(|input| {
        let before = input.events.len();
        input.events.retain(|event| !is_it(event));
        input.events.len() < before
    })
}

/// Brings the focus to a list where that is `wanted`, and says whether the list has it: then the keys are its own. To be called before
/// the list is shown.
pub fn list_has_keys(ui: &Ui, list: Id, wanted: bool) -> bool {
    if wanted {
        ui.memory_mut(|memory| memory.request_focus(list));
        // Only in the frame after that can the arrows be kept from moving the focus on.
        ui.ctx().request_repaint();
    }
    ui.memory(|memory| memory.has_focus(list))
}

/// The room of a list, which holds the focus while the arrows go through its rows. Once it has the focus that is `wanted` no more.
pub fn list_room(ui: &Ui, rect: Rect, list: Id, wanted: &mut bool) -> Response {
    let response = ui.interact(rect, list, Sense::click());
    let filter = EventFilter { tab: false, horizontal_arrows: false, vertical_arrows: true, escape: true };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(list, filter));
    *wanted &= !response.has_focus();
    response
}

/// The keys that move in a list of which `page` rows are seen, each with by how many rows; more rows than there are means
/// the first or the last.
#[must_use]
pub const fn list_keys(page: isize) -> [(Key, isize); 6] {
    [
        (Key::ArrowDown, 1),
        (Key::ArrowUp, -1),
        (Key::PageDown, page),
        (Key::PageUp, -page),
        (Key::Home, isize::MIN / 2),
        (Key::End, isize::MAX / 2),
    ]
}

/// Tells screen readers the row one is at in a list, which keeps the focus itself while the arrows go through its rows. To be
/// called after both have said what they are.
pub fn row_at_hand(ui: &Ui, list: Id, row: Id) {
    ui.ctx().accesskit_node_builder(list, |node| node.set_active_descendant(row.accesskit_id()));
}

/// A hairline along the lower edge.
pub fn hairline_below(ui: &Ui, tokens: &Tokens, rect: Rect) {
    let stroke = egui::Stroke::new(tokens.stroke.hairline, tokens.colour.line_hair);
    ui.painter().hline(rect.x_range(), rect.bottom() - tokens.stroke.hairline / 2.0, stroke);
}

/// The small arrow of something that folds, in the middle of `rect`.
pub fn fold_sign(ui: &Ui, tokens: &Tokens, rect: Rect, open: bool) {
    let icon = if open { icons::CHEVRON_DOWN } else { icons::CHEVRON_RIGHT };
    paint_words(ui.painter(), rect.center(), Align2::CENTER_CENTER, icon, tokens.small_icon_font(Type::Micro), tokens.colour.ink_tertiary);
}

/// Scrolls a list of rows of one `height` just so far that row `at` is in sight. `seen` is what is seen of it now: from
/// where, and how much; nothing before it was shown.
pub fn reveal(area: ScrollArea, (from, seen): (f32, f32), at: usize, height: f32) -> ScrollArea {
    let (top, bottom) = (at as f32 * height, (at + 1) as f32 * height);
    let offset = from.min(top).max(bottom - seen);
    if seen > 0.0 && (offset - from).abs() > f32::EPSILON { area.vertical_scroll_offset(offset) } else { area }
}

/// Puts widgets into `rect`, whatever stands there; the place of what comes next is not moved by it.
pub fn within<R>(ui: &mut Ui, rect: Rect, layout: Layout, add: impl FnOnce(&mut Ui) -> R) -> R {
    let mut inside = ui.new_child(UiBuilder::new().max_rect(rect).layout(layout));
    add(&mut inside)
}

/// Puts something into a part of the view, and nowhere else.
pub fn inside(ui: &mut Ui, rect: Rect, name: &str, add: impl FnOnce(&mut Ui)) {
    ui.scope_builder(UiBuilder::new().max_rect(rect).id_salt(name), |ui| {
        ui.set_clip_rect(rect.intersect(ui.clip_rect()));
        add(ui);
    });
}

/// The head of a foldable section with a count at its right; returns whether it is open now.
pub fn section(ui: &mut Ui, tokens: &Tokens, title: &str, count: &str, open: bool) -> bool {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), tokens.size.row), Sense::click());
    let spoken = || if count.is_empty() { title.to_owned() } else { format!("{title}, {count}") };
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, open, spoken()));
    select_fill(ui, tokens, rect, false, &response);
    let arrow = Rect::from_min_size(rect.min + vec2(tokens.space.two, 0.0), vec2(tokens.space.four, rect.height()));
    fold_sign(ui, tokens, arrow, open);
    let colour = &tokens.colour;
    let count_rect = paint_words(
        ui.painter(),
        rect.right_center() - vec2(tokens.space.three, 0.0),
        Align2::RIGHT_CENTER,
        count,
        tokens.tabular(Type::Small),
        colour.ink_tertiary,
    );
    let font = tokens.font_in(Type::Small, crate::app::tokens::family::INTERFACE_SEMIBOLD);
    super::paint_elided(
        ui.painter(),
        arrow.right() + tokens.space.half,
        count_rect.left() - tokens.space.two,
        rect.center().y,
        title,
        font,
        colour.ink_secondary,
    );
    if response.has_focus() {
        focus_ring(ui, tokens, rect);
    }
    open != response.clicked()
}

/// A width of `wanted` points, or as much of it as the window has for what lies over it.
pub fn fitting_width(ui: &Ui, tokens: &Tokens, wanted: f32) -> f32 {
    wanted.min(ui.ctx().content_rect().width() - 2.0 * tokens.space.six).max(tokens.size.control)
}

/// Makes what lies over the window so wide, or as wide as the window allows.
pub fn fit_width(ui: &mut Ui, tokens: &Tokens, wanted: f32) {
    ui.set_width(fitting_width(ui, tokens, wanted));
}
