use eframe::egui::Color32;

use crate::app::tokens::Tokens;
use crate::exchange::picture::Colour;

/// The colour in which something is drawn in the window.
pub(super) fn colour(tokens: &Tokens, of: &Colour) -> Color32 {
    let colour = &tokens.colour;
    let step = |step: usize| tokens.heat.get(step).or_else(|| tokens.heat.last());
    match of {
        Colour::Ground => colour.surface_paper,
        Colour::Ink => colour.ink,
        Colour::Quiet => colour.ink_secondary,
        Colour::Faint => colour.line_strong,
        Colour::Sunken => colour.surface_sunken,
        Colour::Accent => colour.accent,
        Colour::Tint(at) => step(*at).map_or(colour.accent, |step| step.fill),
        Colour::OnTint(at) => step(*at).map_or(colour.ink, |step| step.text),
        Colour::Theme(name) => tokens.hue(name.as_deref()).stripe,
    }
}

/// The colour of slanted lines and that of what lies under them. Those that only guide the eye elsewhere say something here.
pub(super) fn hatched(tokens: &Tokens, of: &Colour) -> (Color32, Color32) {
    let lines = if *of == Colour::Faint { tokens.nobody.hatch } else { colour(tokens, of) };
    (lines, tokens.nobody.fill)
}
