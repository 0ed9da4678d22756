use eframe::egui::{Align2, Color32, Id, LayerId, Order, Rect, Stroke, StrokeKind, Ui, vec2};

use crate::app::tokens::{Tokens, Type};
use crate::app::widgets::paint_words;

/// How much of what lies below is covered, 0–1.
const COVERS: f32 = 0.92;

/// While files are held over the window: says what dropping them does.
pub fn show(ui: &Ui, tokens: &Tokens, window: Rect) {
    let held = ui.input(|input| input.raw.hovered_files.len());
    if held == 0 {
        return;
    }
    let painter = ui.ctx().layer_painter(LayerId::new(Order::Foreground, Id::unique("drop")));
    let colour = &tokens.colour;
    let frame = window.shrink(tokens.space.three);
    let fill = Color32::TRANSPARENT.lerp_to_gamma(colour.surface_selected, COVERS);
    let edge = Stroke::new(tokens.stroke.focus_ring, colour.accent);
    painter.rect(frame, Tokens::corner(tokens.radius.panel), fill, edge, StrokeKind::Inside);
    let says = if held == 1 { "Drop to look at this file".to_owned() } else { format!("Drop to look at these {held} files") };
    let centre = frame.center();
    let card = Rect::from_center_size(centre, vec2(tokens.size.picker_width, tokens.size.row * 3.0));
    painter.add(tokens.popup_shadow.as_shape(card, Tokens::corner(tokens.radius.panel)));
    painter.rect_filled(card, Tokens::corner(tokens.radius.panel), colour.surface_raised);
    paint_words(&painter, centre, Align2::CENTER_BOTTOM, says, tokens.font(Type::Title), colour.ink);
    let below = "Nothing is imported before you have seen it.";
    paint_words(&painter, centre, Align2::CENTER_TOP, below, tokens.font(Type::Body), colour.ink_secondary);
}
