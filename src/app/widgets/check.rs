use eframe::egui::{Align2, CornerRadius, Id, Pos2, Rect, Response, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, vec2};

use super::rows::focus_ring;
use super::words::paint_words;
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

/// A check box round `centre`. Those in rows of a list are not reached by Tab: the list has keys of its own.
pub fn check_box(ui: &Ui, tokens: &Tokens, id: Id, centre: Pos2, name: &str, checked: Checked, in_row: bool) -> Response {
    let side = tokens.space.four - tokens.stroke.hairline;
    let rect = Rect::from_center_size(centre, vec2(side, side));
    let sense = if in_row { Sense::CLICK } else { Sense::click() };
    let response = ui.interact(rect.expand(tokens.space.one), id, sense);
    response.widget_info(|| WidgetInfo::selected(Role::CheckBox, true, checked == Checked::Yes, name));
    let colour = &tokens.colour;
    let radius = CornerRadius::same(tokens.space.one as u8);
    if checked == Checked::No {
        let edge = Stroke::new(tokens.stroke.control_outline, colour.control_outline);
        ui.painter().rect(rect, radius, colour.surface_raised, edge, StrokeKind::Inside);
    } else {
        ui.painter().rect_filled(rect, radius, colour.accent);
        let sign = if checked == Checked::Yes { icons::CHECK } else { icons::MINUS };
        let font = tokens.small_icon_font(Type::Small);
        paint_words(ui.painter(), rect.center(), Align2::CENTER_CENTER, sign, font, colour.ink_on_accent);
    }
    if response.has_focus() {
        focus_ring(ui, tokens, rect.expand(tokens.space.half));
    }
    response
}
