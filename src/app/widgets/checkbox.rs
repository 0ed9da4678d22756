use eframe::egui::{Align2, Id, Pos2, Rect, Response, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, vec2};

use super::rows::focus_ring;
use super::words::{elided, paint_words};
use crate::app::icons;
use crate::app::tokens::{Tokens, Type};

/// What a check box says of one thing or of several.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Checked {
    /// None of them.
    No,
    /// Some of them.
    Some,
    /// All of them.
    Yes,
}

impl From<bool> for Checked {
    fn from(on: bool) -> Self {
        if on { Self::Yes } else { Self::No }
    }
}

/// A box that is ticked or not, with its name behind it.
pub fn checkbox(ui: &mut Ui, tokens: &Tokens, on: &mut bool, name: &str) -> Response {
    let colour = &tokens.colour;
    let edge = tokens.space.four;
    let around = edge + tokens.space.two + tokens.space.one;
    let galley = elided(ui.painter(), name, tokens.font(Type::Body), colour.ink, ui.available_width() - around);
    let size = vec2(around + galley.size().x, tokens.size.control);
    let (rect, mut response) = ui.allocate_exact_size(size, Sense::click());
    if response.clicked() {
        *on = !*on;
        response.mark_changed();
    }
    response.widget_info(|| WidgetInfo::selected(Role::CheckBox, true, *on, name));
    let square = Rect::from_center_size(rect.left_center() + vec2(edge / 2.0 + tokens.space.half, 0.0), vec2(edge, edge));
    paint_tick(ui, tokens, square, *on);
    let at = Align2::LEFT_CENTER.anchor_size(square.right_center() + vec2(tokens.space.two, 0.0), galley.size());
    ui.painter().galley(at.min, galley, colour.ink);
    if response.has_focus() {
        focus_ring(ui, tokens, rect);
    }
    response
}

/// The box alone, round `centre`, for several things at once or in a row of a list. Those in rows are not reached by Tab:
/// the list has keys of its own.
pub fn check_box(ui: &Ui, tokens: &Tokens, id: Id, centre: Pos2, name: &str, checked: Checked, in_row: bool) -> Response {
    let square = Rect::from_center_size(centre, vec2(tokens.space.four, tokens.space.four));
    let sense = if in_row { Sense::CLICK } else { Sense::click() };
    let response = ui.interact(square.expand(tokens.space.one), id, sense);
    response.widget_info(|| WidgetInfo::selected(Role::CheckBox, true, checked == Checked::Yes, name));
    paint_tick(ui, tokens, square, checked);
    if response.has_focus() {
        focus_ring(ui, tokens, square.expand(tokens.space.half));
    }
    response
}

/// Paints the box itself.
pub(super) fn paint_tick(ui: &Ui, tokens: &Tokens, rect: Rect, checked: impl Into<Checked>) {
    let colour = &tokens.colour;
    let sign = match checked.into() {
        Checked::No => {
            let edge = Stroke::new(tokens.stroke.control_outline, colour.control_outline);
            ui.painter().rect(rect, tokens.radius.heat_tile, colour.surface_raised, edge, StrokeKind::Inside);
            return;
        }
        Checked::Some => icons::MINUS,
        Checked::Yes => icons::CHECK,
    };
    ui.painter().rect_filled(rect, tokens.radius.heat_tile, colour.accent);
    let font = tokens.small_icon_font(Type::Small);
    paint_words(ui.painter(), rect.center(), Align2::CENTER_CENTER, sign, font, colour.ink_on_accent);
}
