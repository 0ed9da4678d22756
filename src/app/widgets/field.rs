use eframe::egui;
use eframe::egui::{Align2, Id, Margin, Response, Stroke, StrokeKind, TextEdit, Ui, vec2};

use super::keys::{caps_width, paint_caps};
use super::words::paint_words;
use crate::app::tokens::{Tokens, Type};

/// One line of text to be edited, without a frame: for widgets that paint their own.
pub fn line_edit<'text>(tokens: &Tokens, id: Id, text: &'text mut String, width: f32) -> TextEdit<'text> {
    TextEdit::singleline(text)
        .id(id)
        .font(tokens.font(Type::Body))
        .text_color(tokens.colour.ink)
        .frame(egui::Frame::NONE)
        .margin(Margin::ZERO)
        .align(Align2::LEFT_CENTER)
        .desired_width(width)
}

/// A field of one line with an icon before it and keys behind it while it is empty.
pub struct Field<'a> {
    id: Id,
    hint: &'a str,
    name: Option<&'a str>,
    icon: char,
    keys: &'a [&'a str],
    kind: Type,
    width: Option<f32>,
}

impl<'a> Field<'a> {
    /// A field; `hint` is shown while it is empty and is its name.
    #[must_use]
    pub const fn new(id: Id, hint: &'a str, icon: char) -> Self {
        Self { id, hint, name: None, icon, keys: &[], kind: Type::Body, width: None }
    }

    /// With a name of its own, where what it is filled with is only an example.
    #[must_use]
    pub const fn name(self, name: &'a str) -> Self {
        Self { name: Some(name), ..self }
    }

    /// With keys that lead to it.
    #[must_use]
    pub const fn keys(self, keys: &'a [&'a str]) -> Self {
        Self { keys, ..self }
    }

    /// With words set as `kind`.
    #[must_use]
    pub const fn kind(self, kind: Type) -> Self {
        Self { kind, ..self }
    }

    /// Of this width; else as wide as there is room.
    #[must_use]
    pub const fn width(self, width: f32) -> Self {
        Self { width: Some(width), ..self }
    }

    /// Shows it.
    pub fn show(self, ui: &mut Ui, tokens: &Tokens, text: &mut String) -> Response {
        let colour = &tokens.colour;
        let width = self.width.unwrap_or_else(|| ui.available_width()).max(0.0);
        let height = tokens.size.control.max(tokens.line_height(self.kind) + tokens.space.two);
        let (rect, _) = ui.allocate_exact_size(vec2(width, height), egui::Sense::hover());
        let has_focus = ui.memory(|memory| memory.has_focus(self.id));
        let edge = if has_focus {
            Stroke::new(tokens.stroke.coding_underline, colour.line_focus)
        } else {
            // As the edge of a button: on a dialog the ground alone would not show where to type.
            Stroke::new(tokens.stroke.hairline, colour.line_strong)
        };
        ui.painter().rect(rect, Tokens::corner(tokens.radius.control), colour.surface_raised, edge, StrokeKind::Inside);
        let icon_font = tokens.small_icon_font(self.kind);
        let icon_at = rect.left_center() + vec2(tokens.space.two, 0.0);
        paint_words(ui.painter(), icon_at, Align2::LEFT_CENTER, self.icon, icon_font.clone(), colour.ink_tertiary);
        let show_keys = !self.keys.is_empty() && text.is_empty() && !has_focus;
        let caps = if show_keys { caps_width(ui, tokens, self.keys) + tokens.space.two } else { 0.0 };
        let mut inner = rect;
        inner.min.x += tokens.space.two + icon_font.size + tokens.space.one + tokens.space.half;
        inner.max.x -= tokens.space.two + caps;
        let hint = egui::RichText::new(self.hint).color(colour.ink_tertiary);
        let edit = line_edit(tokens, self.id, text, inner.width()).hint_text(hint).font(tokens.font(self.kind));
        let response = ui.put(inner, edit);
        if show_keys {
            paint_caps(ui, tokens, egui::pos2(inner.right() + tokens.space.two, rect.center().y), self.keys, colour.ink_tertiary);
        }
        response.accessible_name(self.name.unwrap_or(self.hint))
    }
}
