//! The palette, from which a theme gets its colour.

use eframe::egui::{Rect, Response, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, vec2};

use crate::app::tokens::Tokens;
use crate::app::widgets::{focus_ring, paint_mark};

/// The colour of a theme.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Own {
    /// That of the theme above it, or none at the top.
    Inherited,
    /// One of its own.
    Colour(String),
}

impl Own {
    /// The colour as a theme holds it.
    pub fn of(colour: Option<&String>) -> Self {
        colour.cloned().map_or(Self::Inherited, Self::Colour)
    }

    /// The same as a theme holds it.
    pub fn into_option(self) -> Option<String> {
        match self {
            Self::Inherited => None,
            Self::Colour(colour) => Some(colour),
        }
    }
}

/// Shows the palette, and before it the colour of what stands above, called `inherited`. `now` is the colour that holds,
/// none where there is not one for all. Returns what was chosen instead.
pub fn show(ui: &mut Ui, tokens: &Tokens, now: Option<&Own>, above: Option<&str>, inherited: &str) -> Option<Own> {
    let mut chosen = None;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(tokens.space.half, tokens.space.half);
        if swatch(ui, tokens, above, inherited, now == Some(&Own::Inherited)).clicked() {
            chosen = Some(Own::Inherited);
        }
        ui.add_space(tokens.space.two);
        for hue in &tokens.palette {
            let own = Own::Colour(hue.name.clone());
            if swatch(ui, tokens, Some(&hue.name), &hue.name, now == Some(&own)).clicked() {
                chosen = Some(own);
            }
        }
    });
    chosen.filter(|chosen| now != Some(chosen))
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
