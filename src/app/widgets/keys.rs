use eframe::egui::{Align2, Color32, Pos2, Rect, Response, Sense, Stroke, StrokeKind, Ui, vec2};

use super::words::{paint_words, words};
use crate::app::tokens::{Tokens, Type};

fn cap_width(ui: &Ui, tokens: &Tokens, name: &str) -> f32 {
    let galley = ui.painter().layout_no_wrap(name.to_owned(), tokens.font(Type::KeyHint), Color32::PLACEHOLDER);
    (galley.size().x + tokens.space.two).max(tokens.space.four)
}

/// Width of keys side by side.
pub fn caps_width(ui: &Ui, tokens: &Tokens, names: &[&str]) -> f32 {
    let gaps = tokens.space.half * names.len().saturating_sub(1) as f32;
    names.iter().map(|name| cap_width(ui, tokens, name)).sum::<f32>() + gaps
}

/// Paints keys side by side from `left`, their middle on its `y`.
pub fn paint_caps(ui: &Ui, tokens: &Tokens, left: Pos2, names: &[&str], ink: Color32) {
    let mut x = left.x;
    let height = tokens.line_height(Type::KeyHint) + tokens.space.half;
    for name in names {
        let width = cap_width(ui, tokens, name);
        let rect = Rect::from_min_size(Pos2::new(x, left.y - height / 2.0), vec2(width, height));
        let edge = Stroke::new(tokens.stroke.hairline, tokens.colour.line_strong);
        ui.painter().rect_stroke(rect, Tokens::corner(tokens.space.one), edge, StrokeKind::Inside);
        paint_words(ui.painter(), rect.center(), Align2::CENTER_CENTER, *name, tokens.font(Type::KeyHint), ink);
        x += width + tokens.space.half;
    }
}

/// A key as it looks on a keyboard.
pub fn key_cap(ui: &mut Ui, tokens: &Tokens, name: &str) -> Response {
    key_caps(ui, tokens, &[name])
}

/// Keys to be pressed together.
pub fn key_caps(ui: &mut Ui, tokens: &Tokens, names: &[&str]) -> Response {
    let size = vec2(caps_width(ui, tokens, names), tokens.line_height(Type::KeyHint) + tokens.space.half);
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    paint_caps(ui, tokens, rect.left_center(), names, tokens.colour.ink_tertiary);
    response
}

/// A key with what it does, for a bar that is laid out from right to left. `explains` is told where the pointer rests on it.
pub fn hint(ui: &mut Ui, tokens: &Tokens, names: &[&str], does: &str, explains: &str) {
    ui.spacing_mut().item_spacing.x = tokens.space.one;
    let mut whole = words(ui, tokens, Type::Micro, tokens.colour.ink_secondary, does);
    for name in names.iter().rev() {
        let size = vec2(cap_width(ui, tokens, name), tokens.line_height(Type::KeyHint));
        let (rect, cap) = ui.allocate_exact_size(size, Sense::hover());
        ui.painter().rect_filled(rect, Tokens::corner(tokens.space.one), tokens.colour.surface_chip);
        paint_words(ui.painter(), rect.center(), Align2::CENTER_CENTER, *name, tokens.font(Type::KeyHint), tokens.colour.ink_tertiary);
        whole |= cap;
    }
    if !explains.is_empty() {
        whole.on_hover_text(explains);
    }
}
