use std::path::PathBuf;
use std::sync::Arc;

use eframe::egui::text::{LayoutJob, TextFormat, TextWrapping};
use eframe::egui::{
    Align2, Area, EventFilter, Frame, Id, Key, Margin, Modifiers, Order, Rect, Response, Role, ScrollArea, Sense, Ui, WidgetInfo, vec2,
};

use super::entry::{Does, Entry, EntryKind};
use super::state::Palette;
use crate::app::command::{Command, KeyMap};
use crate::app::context::Action;
use crate::app::icons;
use crate::app::state::View;
use crate::app::tokens::{Tokens, Type, family};
use crate::app::widgets::{Field, focus_ring, key_caps_width, paint_elided, paint_key_caps, paint_words, reveal, select_fill};
use crate::study::Study;

/// How many lines are seen at once.
const SEEN: usize = 12;

/// Shows the box, and below it what it offers while it has the focus. `here` is the view that is shown, and whether the import
/// sheet lies over it.
pub fn show(
    ui: &mut Ui,
    tokens: &Tokens,
    palette: &mut Palette,
    study: &Arc<Study>,
    recent: &[PathBuf],
    here: (View, bool),
    actions: &mut Vec<Action>,
) {
    let id = Palette::id();
    let focused = ui.memory(|memory| memory.has_focus(id));
    if focused {
        palette.open = true;
        take_keys(ui, palette, actions);
    }
    let keys = Command::Palette.key_names(ui.ctx());
    let response = Field::new(id, "Search or run a command", icons::SEARCH).keys(&keys).show(ui, tokens, &mut palette.text);
    if focused {
        let filter = EventFilter { tab: false, horizontal_arrows: true, vertical_arrows: true, escape: true };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
    }
    if !palette.open {
        return;
    }
    actions.extend(palette.look_up(study, recent, here));
    if palette.hurried && palette.answered {
        take(ui, palette, palette.at, actions);
        return;
    }
    let list = show_list(ui, tokens, palette, &response, actions);
    let has_focus = ui.memory(|memory| memory.has_focus(id));
    let at_it = ui.input(|input| input.pointer.interact_pos().is_some_and(|pos| list.contains(pos)));
    if !has_focus && !at_it {
        palette.close();
    }
}

fn take_keys(ui: &Ui, palette: &mut Palette, actions: &mut Vec<Action>) {
    let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    let last = palette.offered.len().saturating_sub(1);
    let before = palette.at;
    if pressed(Key::ArrowDown) {
        palette.at = (palette.at + 1).min(last);
    }
    if pressed(Key::ArrowUp) {
        palette.at = palette.at.saturating_sub(1);
    }
    if pressed(Key::PageDown) {
        palette.at = (palette.at + SEEN).min(last);
    }
    if pressed(Key::PageUp) {
        palette.at = palette.at.saturating_sub(SEEN);
    }
    palette.moved |= palette.at != before;
    if pressed(Key::Escape) {
        palette.leave(ui.ctx());
    } else if pressed(Key::Enter) {
        // What was typed last may not be looked up yet: Enter means what will be found.
        palette.hurried = true;
    }
    if ui.input_mut(|input| input.consume_key(Modifiers::COMMAND, Key::Enter))
        && let Some(search) = palette.offered.iter().position(|entry| entry.kind == EntryKind::Search)
    {
        take(ui, palette, search, actions);
    }
}

fn take(ui: &Ui, palette: &mut Palette, at: usize, actions: &mut Vec<Action>) {
    let Some(entry) = palette.offered.get(at).cloned() else {
        palette.hurried = false;
        return;
    };
    // A command means what had the focus before; other places take it themselves.
    palette.leave(ui.ctx());
    actions.push(palette.take(entry));
}

/// What is offered, below the box; returns where it is.
fn show_list(ui: &Ui, tokens: &Tokens, palette: &mut Palette, field: &Response, actions: &mut Vec<Action>) -> Rect {
    let screen = ui.ctx().content_rect();
    let around = tokens.space.one;
    let width = (field.rect.width().max(tokens.size.picker_width) + tokens.size.left_rail).min(screen.width() - 4.0 * around);
    let left = (field.rect.center().x - width / 2.0).clamp(screen.left() + around, (screen.right() - width - around).max(screen.left()));
    let at = eframe::egui::pos2(left, field.rect.bottom() + tokens.space.one);
    let mut taken = None;
    let area = Area::new(Id::unique("palette")).order(Order::Foreground).fixed_pos(at).constrain(false).show(ui.ctx(), |ui| {
        Frame::popup(ui.style()).inner_margin(Margin::same(around as i8)).show(ui, |ui| {
            ui.set_width((width - 2.0 * around).max(0.0));
            ui.spacing_mut().item_spacing.y = 0.0;
            let row = tokens.size.control;
            let seen = palette.offered.len().clamp(1, SEEN) as f32 * row;
            let seen = seen.min(screen.bottom() - at.y - tokens.space.eight).max(row);
            let area = ScrollArea::vertical().id_salt("offered").max_height(seen).min_scrolled_height(seen).auto_shrink([false, true]);
            let moved = std::mem::take(&mut palette.moved);
            let area = if moved { reveal(area, (palette.seen_from, seen), palette.at, row) } else { area };
            let shown = area.show_rows(ui, row, palette.offered.len(), |ui, range| {
                for index in range {
                    let Some(entry) = palette.offered.get(index) else { continue };
                    if show_row(ui, tokens, entry, row, index == palette.at, (index, palette.offered.len())).clicked() {
                        taken = Some(index);
                    }
                }
            });
            palette.seen_from = shown.state.unclamped_offset().y;
        });
    });
    if let Some(index) = taken {
        take(ui, palette, index, actions);
    }
    area.response.rect
}

fn show_row(ui: &mut Ui, tokens: &Tokens, entry: &Entry, height: f32, chosen: bool, (index, of): (usize, usize)) -> Response {
    let colour = &tokens.colour;
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::CLICK);
    let map = KeyMap::of(ui.ctx());
    let keys = match entry.does {
        Does::Run(command) => map.names(command),
        _ => Vec::new(),
    };
    // Of a command where it works, of all else what it is.
    let about = match entry.does {
        Does::Run(command) => command.scope().name(),
        _ if entry.kind == EntryKind::Search => "",
        _ => entry.kind.name(),
    };
    response.widget_info(|| {
        let works = if entry.kind == EntryKind::Command { about } else { "" };
        let (keys, row) = (keys.join("+"), format!("row {} of {of}", index + 1));
        let said = [entry.name.as_str(), &keys, works, &row].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>();
        WidgetInfo::selected(Role::ListBoxOption, true, chosen, format!("{}: {}", entry.kind.name(), said.join(", ")))
    });
    select_fill(ui, tokens, rect, chosen, &response);
    let icon = match entry.does {
        Does::Run(command) => command.icon().unwrap_or_else(|| entry.kind.icon()),
        _ => entry.kind.icon(),
    };
    let sign = rect.left_center() + vec2(tokens.space.four, 0.0);
    paint_words(ui.painter(), sign, Align2::CENTER_CENTER, icon, tokens.small_icon_font(Type::Small), colour.ink_secondary);
    // The bar of the list lies over its right end.
    let mut right = rect.right() - tokens.space.four;
    if !keys.is_empty() {
        right -= key_caps_width(ui, tokens, &keys);
        paint_key_caps(ui, tokens, eframe::egui::pos2(right, rect.center().y), &keys, colour.ink_tertiary);
        right -= tokens.space.two;
    }
    if !about.is_empty() {
        let at = eframe::egui::pos2(right, rect.center().y);
        let about = paint_words(ui.painter(), at, Align2::RIGHT_CENTER, about, tokens.font(Type::Micro), colour.ink_tertiary);
        right = about.left() - tokens.space.two;
    }
    let left = rect.left() + tokens.space.eight;
    let name = name_of(tokens, entry, right - left);
    let galley = ui.painter().layout_job(name);
    let clipped = ui.painter().with_clip_rect(Rect::from_x_y_ranges(left..=right, rect.y_range()));
    let end = left + galley.size().x;
    clipped.galley(eframe::egui::pos2(left, rect.center().y - galley.size().y / 2.0), galley, colour.ink);
    let beside = end + tokens.space.two;
    if beside + tokens.space.eight < right {
        paint_elided(ui.painter(), beside, right, rect.center().y, &entry.beside, tokens.font(Type::Small), colour.ink_tertiary);
    }
    if chosen && ui.memory(|memory| memory.has_focus(Palette::id())) {
        focus_ring(ui, tokens, rect);
    }
    response
}

/// More letters are in no line.
const LETTERS: usize = 300;

/// The name with the letters that were typed set stronger, cut with "…" at `width`.
fn name_of(tokens: &Tokens, entry: &Entry, width: f32) -> LayoutJob {
    let mut job = LayoutJob::default();
    let plain = TextFormat::simple(tokens.font(Type::Body), tokens.colour.ink);
    let strong = TextFormat::simple(tokens.font_in(Type::Body, family::INTERFACE_SEMIBOLD), tokens.colour.accent);
    for (index, letter) in entry.name.chars().take(LETTERS).enumerate() {
        let typed = u32::try_from(index).is_ok_and(|index| entry.typed.binary_search(&index).is_ok());
        job.append(letter.encode_utf8(&mut [0; 4]), 0.0, if typed { strong.clone() } else { plain.clone() });
    }
    job.break_on_newline = false;
    job.wrap = TextWrapping { max_rows: 1, break_anywhere: true, ..TextWrapping::wrap_at_width(width.max(0.0)) };
    job
}
