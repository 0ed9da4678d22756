use eframe::egui::{Align, Layout, Ui, vec2};

use crate::app::tokens::{Tokens, Type};
use crate::app::widgets::words;

/// How much of the width the names of facts have.
const NAMES: f32 = 0.42;

/// The head of some facts.
pub fn head(ui: &mut Ui, tokens: &Tokens, title: &str) {
    ui.add_space(tokens.space.three);
    words(ui, tokens, Type::MicroStrong, tokens.colour.ink_tertiary, title);
}

/// A fact: its name, and its value beside it. Names and values stand in two columns.
pub fn fact(ui: &mut Ui, tokens: &Tokens, name: &str, value: &str) {
    fact_with(ui, tokens, name, |ui| {
        words(ui, tokens, Type::Body, tokens.colour.ink, value);
    });
}

/// The same, with something else than words for its value.
pub fn fact_with(ui: &mut Ui, tokens: &Tokens, name: &str, value: impl FnOnce(&mut Ui)) {
    let names = (ui.available_width() * NAMES).floor();
    ui.horizontal_top(|ui| {
        ui.allocate_ui_with_layout(vec2(names, tokens.line_height(Type::Body)), Layout::top_down(Align::Min), |ui| {
            ui.set_width(names);
            words(ui, tokens, Type::Body, tokens.colour.ink_secondary, name);
        });
        ui.vertical(value);
    });
}
