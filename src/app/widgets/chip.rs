use eframe::egui;
use eframe::egui::{Color32, CornerRadius, Response, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, vec2};

use crate::app::tokens::{Tokens, Type, family};

/// How a chip looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Chip {
    /// A fact.
    Plain,
    /// The id of something.
    Strong,
    /// Something to be aware of: synthetic, evidence changed.
    Notice,
    /// Something that can be switched on.
    Outline,
}

/// A small label. It can be clicked, where that means something.
pub fn chip(ui: &mut Ui, tokens: &Tokens, look: Chip, text: &str) -> Response {
    let colour = &tokens.colour;
    let (fill, edge, ink, family) = match look {
        Chip::Plain => (colour.surface_chip, Color32::TRANSPARENT, colour.ink_secondary, family::INTERFACE_MEDIUM),
        Chip::Strong => (colour.surface_chip, Color32::TRANSPARENT, colour.ink, family::INTERFACE_SEMIBOLD),
        Chip::Notice => (colour.notice_fill, Color32::TRANSPARENT, colour.notice_ink, family::INTERFACE_MEDIUM),
        Chip::Outline => (Color32::TRANSPARENT, colour.line_strong, colour.ink_secondary, family::INTERFACE_MEDIUM),
    };
    let galley = ui.painter().layout_no_wrap(text.to_owned(), tokens.font_in(Type::Micro, family), ink);
    let pad = tokens.space.one + tokens.stroke.bracket_focused;
    let (rect, response) = ui.allocate_exact_size(vec2(galley.size().x + 2.0 * pad, tokens.space.five), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, text));
    let stroke = Stroke::new(tokens.stroke.hairline, edge);
    ui.painter().rect(rect, CornerRadius::same(tokens.radius.chip as u8), fill, stroke, StrokeKind::Inside);
    let at = egui::pos2(rect.left() + pad, rect.center().y - galley.size().y / 2.0);
    ui.painter().galley(at, galley, ink);
    response
}
