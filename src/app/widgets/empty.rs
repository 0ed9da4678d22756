use eframe::egui::{Align2, Sense, Ui, vec2};

use super::button::Button;
use super::words::{paint_words, words};
use crate::app::tokens::{Tokens, Type};

/// What stands where there is nothing yet: what belongs here, and the one button that puts it there. Returns whether
/// the button was pressed.
pub fn empty(ui: &mut Ui, tokens: &Tokens, icon: char, title: &str, what: &str, button: Option<&str>) -> bool {
    let mut pressed = false;
    ui.vertical_centered(|ui| {
        ui.add_space((ui.available_height() / 3.0 - tokens.space.eight).max(tokens.space.four));
        let (rect, _) = ui.allocate_exact_size(vec2(tokens.space.eight, tokens.space.eight), Sense::hover());
        let font = crate::app::tokens::font(tokens.space.eight, crate::app::tokens::family::ICONS);
        paint_words(ui.painter(), rect.center(), Align2::CENTER_CENTER, icon, font, tokens.colour.ink_disabled);
        words(ui, tokens, Type::PaneTitle, tokens.colour.ink, title);
        ui.scope(|ui| {
            ui.set_max_width(tokens.size.picker_width.min(ui.available_width()));
            words(ui, tokens, Type::Body, tokens.colour.ink_secondary, what);
        });
        if let Some(button) = button {
            ui.add_space(tokens.space.two);
            pressed = Button::primary(button).show(ui, tokens).clicked();
        }
    });
    pressed
}
