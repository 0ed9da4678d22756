//! The palette, from which a theme gets its colour.

use eframe::egui::{Rect, Response, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, vec2};

use crate::app::tokens::Tokens;
use crate::app::widgets::{focus_ring, paint_mark};

/// Shows the palette, and before it the colour of what stands above, called `inherited`. `now` is the colour that holds, the
/// outer `None` where there is not one for all. Returns what was chosen instead.
pub fn show(ui: &mut Ui, tokens: &Tokens, now: Option<Option<&str>>, above: Option<&str>, inherited: &str) -> Option<Option<String>> {
    let mut chosen = None;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(tokens.space.half, tokens.space.half);
        if swatch(ui, tokens, above, inherited, now == Some(None)).clicked() {
            chosen = Some(None);
        }
        ui.add_space(tokens.space.two);
        for hue in &tokens.palette {
            if swatch(ui, tokens, Some(&hue.name), &hue.name, now == Some(Some(&hue.name))).clicked() {
                chosen = Some(Some(hue.name.clone()));
            }
        }
    });
    chosen.filter(|chosen: &Option<String>| now != Some(chosen.as_deref()))
}

fn swatch(ui: &mut Ui, tokens: &Tokens, colour: Option<&str>, name: &str, on: bool) -> Response {
    let side = tokens.size.control;
    let (rect, response) = ui.allocate_exact_size(vec2(side, side), Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::RadioButton, true, on, format!("Colour: {name}")));
    let hue = tokens.hue(colour);
    let inner: Rect = rect.shrink(tokens.space.half);
    if on || response.hovered() {
        let edge = if on { tokens.colour.accent } else { tokens.colour.line_strong };
        let stroke = Stroke::new(tokens.stroke.coding_underline, edge);
        ui.painter().rect_stroke(rect, Tokens::corner(tokens.radius.control), stroke, StrokeKind::Inside);
    }
    let ground = hue.tint.gamma_multiply(tokens.underlay_alpha_focused);
    ui.painter().rect_filled(inner.shrink(tokens.space.half), Tokens::corner(tokens.radius.highlight), ground);
    paint_mark(ui.painter(), rect.center(), tokens.size.theme_mark * 1.2, hue.mark, hue.label);
    if response.has_focus() {
        focus_ring(ui, tokens, rect);
    }
    response.on_hover_text(name)
}
