use eframe::egui::{Color32, Response, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, vec2};

use super::rows::focus_ring;
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

impl Chip {
    const fn family(self) -> &'static str {
        match self {
            Self::Strong => family::INTERFACE_SEMIBOLD,
            Self::Plain | Self::Notice | Self::Outline => family::INTERFACE_MEDIUM,
        }
    }
}

fn padding(tokens: &Tokens) -> f32 {
    tokens.space.one + tokens.stroke.bracket_focused
}

/// How wide a chip will be, in points.
pub fn chip_width(ui: &Ui, tokens: &Tokens, look: Chip, text: &str) -> f32 {
    let font = tokens.font_in(Type::Micro, look.family());
    ui.painter().layout_no_wrap(text.to_owned(), font, Color32::PLACEHOLDER).size().x + 2.0 * padding(tokens)
}

/// A small label. It can be clicked, where that means something.
pub fn chip(ui: &mut Ui, tokens: &Tokens, look: Chip, text: &str) -> Response {
    let colour = &tokens.colour;
    let (fill, edge, ink) = match look {
        Chip::Plain => (colour.surface_chip, Color32::TRANSPARENT, colour.ink_secondary),
        Chip::Strong => (colour.surface_chip, Color32::TRANSPARENT, colour.ink),
        Chip::Notice => (colour.notice_fill, Color32::TRANSPARENT, colour.notice_ink),
        Chip::Outline => (Color32::TRANSPARENT, colour.line_strong, colour.ink_secondary),
    };
    let galley = ui.painter().layout_no_wrap(text.to_owned(), tokens.font_in(Type::Micro, look.family()), ink);
    let pad = padding(tokens);
    let (rect, response) = ui.allocate_exact_size(vec2(galley.size().x + 2.0 * pad, tokens.space.five), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, text));
    let stroke = Stroke::new(tokens.stroke.hairline, edge);
    ui.painter().rect(rect, Tokens::corner(tokens.radius.chip), fill, stroke, StrokeKind::Inside);
    let at = eframe::egui::pos2(rect.left() + pad, rect.center().y - galley.size().y / 2.0);
    ui.painter().galley(at, galley, ink);
    if response.has_focus() {
        focus_ring(ui, tokens, rect);
    }
    response
}
