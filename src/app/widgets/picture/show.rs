use std::sync::Arc;

use eframe::egui::accesskit::Action;
use eframe::egui::{EventFilter, Id, Key, Rect, Response, Role, ScrollArea, Sense, Ui, WidgetInfo, vec2};

use super::known::Known;
use super::paint::Sheet;
use super::state::{PictureState, ZOOM_STEP};
use crate::app::tokens::Tokens;
use crate::app::widgets::{focus_ring, plain_key, row_at_hand};
use crate::exchange::picture::{Picture, Way};

/// So many marks at most are told to screen readers at once, those round the one that is at hand.
const TOLD: usize = 400;

/// Shows a picture in all the room there is, on paper. It is one stop for Tab; arrows, Home and End go from mark to mark, Escape lets the
/// focus go ([`PictureState::has_left`]); `+`, `-` and `0`, or Ctrl with the wheel, change its size. Returns the number of the mark that was clicked, or on which
/// Enter or the space bar was pressed.
pub fn show_picture(ui: &mut Ui, tokens: &Tokens, id: Id, state: &mut PictureState, picture: &Arc<Picture>) -> Option<usize> {
    let room = ui.available_rect_before_wrap();
    ui.painter().rect_filled(room, 0.0, tokens.colour.surface_paper);
    let known = state.know(picture);
    if state.focus_is_wanted() {
        ui.memory_mut(|memory| memory.request_focus(id));
        // Only from the next frame on are arrows the picture's own.
        ui.ctx().request_repaint();
    }
    let focused = ui.memory(|memory| memory.has_focus(id));
    let mut act = if focused { take_keys(ui, id, state, picture) } else { None };
    let scale = state.scale(tokens, &known, room.width());
    let mut area = ScrollArea::both().id_salt(id.with("scroll")).auto_shrink(false);
    if std::mem::take(&mut state.reveal)
        && let Some(mark) = state.at.and_then(|at| picture.marks.get(at))
        && state.seen.1 != eframe::egui::Vec2::ZERO
    {
        area = area.scroll_offset(state.revealed(mark.reach.area(), scale));
    }
    let out = area.show_viewport(ui, |ui, _| {
        let sheet = Sheet { tokens, origin: ui.max_rect().min, scale };
        ui.set_min_size(vec2(picture.width, picture.height) * scale);
        let sight = ui.clip_rect().intersect(room);
        let response = ui.interact(sight, id, Sense::click());
        sheet.paint(ui.painter(), &known);
        let pointed = response.hover_pos().and_then(|pos| picture.mark_at(sheet.at(pos)));
        let turned = ui.input(eframe::egui::InputState::zoom_delta);
        if response.hovered() && (turned - 1.0).abs() > f32::EPSILON {
            state.zoom_by(turned);
        }
        if let Some(clicked) = clicked(&response, state, pointed) {
            act = Some(clicked);
        }
        outline(ui, &sheet, state, picture, (pointed, response.has_focus()));
        act = tell(ui, &sheet, &response, state, &known).or(act);
        if let Some(mark) = pointed.and_then(|at| picture.marks.get(at)) {
            response.on_hover_text_at_pointer(&mark.name);
        }
    });
    state.seen = (out.state.clamped_offset(), out.inner_rect.size());
    if ui.memory(|memory| memory.has_focus(id)) {
        focus_ring(ui, tokens, room);
    }
    if let Some(at) = act {
        state.at = Some(at);
        ui.memory_mut(|memory| memory.request_focus(id));
    }
    state.keep(known);
    act
}

/// The keys of the picture while it has the focus; returns the mark that one of them takes.
fn take_keys(ui: &Ui, id: Id, state: &mut PictureState, picture: &Picture) -> Option<usize> {
    let filter = EventFilter { tab: false, horizontal_arrows: true, vertical_arrows: true, escape: true };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
    let pressed = |key| plain_key(ui, key);
    if pressed(Key::Escape) {
        state.left = true;
        ui.memory_mut(|memory| memory.surrender_focus(id));
        ui.ctx().request_repaint();
        return None;
    }
    if pressed(Key::Plus) || pressed(Key::Equals) {
        state.zoom_by(ZOOM_STEP);
    }
    if pressed(Key::Minus) {
        state.zoom_by(1.0 / ZOOM_STEP);
    }
    if pressed(Key::Num0) {
        state.zoom_by(1.0 / state.zoom);
    }
    let last = picture.marks.len().checked_sub(1)?;
    let at = state.at.unwrap_or(0);
    if state.at.is_none() {
        state.go(at);
    }
    for (key, way) in [(Key::ArrowUp, Way::Up), (Key::ArrowDown, Way::Down), (Key::ArrowLeft, Way::Left), (Key::ArrowRight, Way::Right)] {
        if pressed(key) {
            state.go(picture.towards(at, way));
        }
    }
    if pressed(Key::Home) {
        state.go(0);
    }
    if pressed(Key::End) {
        state.go(last);
    }
    let takes = pressed(Key::Enter) | pressed(Key::Space);
    state.at.filter(|_| takes)
}

/// The mark that was clicked.
fn clicked(response: &Response, state: &mut PictureState, pointed: Option<usize>) -> Option<usize> {
    if !response.clicked() {
        return None;
    }
    response.request_focus();
    // Without the pointer somebody else has clicked: a screen reader, on what is at hand.
    if response.clicked_by(eframe::egui::PointerButton::Primary) { pointed } else { state.at }
}

/// Outlines the mark at hand and the one under the pointer.
fn outline(ui: &Ui, sheet: &Sheet<'_>, state: &PictureState, picture: &Picture, (pointed, focused): (Option<usize>, bool)) {
    let (tokens, colour) = (sheet.tokens, &sheet.tokens.colour);
    let reach = |at: Option<usize>| at.and_then(|at| picture.marks.get(at)).map(|mark| mark.reach);
    if let Some(reach) = reach(pointed.filter(|at| Some(*at) != state.at)) {
        sheet.outline_mark(ui.painter(), reach, tokens.stroke.hairline, colour.ink_secondary);
    }
    if let Some(reach) = reach(state.at) {
        let of = if focused { colour.accent } else { colour.ink_tertiary };
        sheet.outline_mark(ui.painter(), reach, tokens.stroke.focus_ring, of);
    }
}

/// Tells screen readers what the picture is and which marks it has, those in sight and the one at hand; returns the mark that one of them
/// asks to take.
fn tell(ui: &Ui, sheet: &Sheet<'_>, response: &Response, state: &mut PictureState, known: &Known) -> Option<usize> {
    let picture = &known.picture;
    response.widget_info(|| WidgetInfo::labeled(Role::ListBox, true, format!("{}, {}", picture.title, picture.marks.len())));
    let said: Vec<&str> = picture.found.iter().chain(&picture.computed).map(String::as_str).collect();
    // Nobody listens where there are no nodes: then the marks need none either.
    ui.ctx().accesskit_node_builder(response.id, |node| node.set_description(said.join(" ")))?;
    let mut told = known.marks.seen(sheet.area(response.rect));
    let near = told.partition_point(|mark| *mark < state.at.unwrap_or(0)).saturating_sub(TOLD / 2);
    told = told.into_iter().skip(near).take(TOLD).collect();
    told.extend(state.at.filter(|at| !told.contains(at)));
    let mut asked = None;
    for number in told {
        let Some(mark) = picture.marks.get(number) else { continue };
        let rect: Rect = sheet.rect(mark.reach.area());
        let one = ui.interact(rect, response.id.with(("mark", number)), Sense::hover());
        one.widget_info(|| {
            let name = format!("{}, row {} of {}", mark.name, mark.row + 1, known.rows);
            WidgetInfo::selected(Role::ListBoxOption, true, state.at == Some(number), name)
        });
        ui.ctx().accesskit_node_builder(one.id, |node| {
            node.set_selected(state.at == Some(number));
            node.add_action(Action::Click);
            node.set_size_of_set(picture.marks.len());
            node.set_position_in_set(number + 1);
        });
        if state.at == Some(number) {
            row_at_hand(ui, response.id, one.id);
        }
        if ui.input(|input| input.has_accesskit_action_request(one.id, Action::Click)) {
            asked = Some(number);
        }
    }
    asked
}
