use eframe::egui::{Align, Layout, Role, Ui, WidgetInfo};

use super::messages::Messages;
use super::state::StatusLine;
use crate::app::command::KeyMap;
use crate::app::tokens::{Tokens, Type};
use crate::app::widgets::{hint, words};

/// Shows where one is, the newest message, and the keys that work here, as many as there is room for.
pub fn show(ui: &mut Ui, tokens: &Tokens, line: &StatusLine, messages: &mut Messages) {
    let colour = &tokens.colour;
    let time = ui.input(|input| input.time);
    ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
        ui.spacing_mut().item_spacing.x = tokens.space.four;
        ui.add_space(tokens.space.four);
        for part in &line.parts {
            words(ui, tokens, Type::Micro, colour.ink_secondary, part.as_str());
        }
        if let Some(message) = messages.current(ui.ctx(), time) {
            let response = words(ui, tokens, Type::MicroStrong, colour.ink, message);
            response.widget_info(|| WidgetInfo::labeled(Role::Status, true, message));
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.add_space(tokens.space.three);
            let mut shown = Vec::new();
            let mut room = ui.available_width();
            let map = KeyMap::of(ui.ctx());
            let typing = ui.ctx().text_edit_focused();
            for (keys, does) in line.hints.iter().filter(|(keys, _)| keys.work(typing)) {
                let explains = keys.help();
                let keys = keys.names(&map);
                if keys.is_empty() {
                    continue;
                }
                let width = hint_width(ui, tokens, &keys, does);
                if width > room {
                    break;
                }
                room -= width;
                shown.push((keys, does, explains));
            }
            for (keys, does, explains) in shown.into_iter().rev() {
                hint(ui, tokens, &keys, does, explains);
                ui.add_space(tokens.space.three);
            }
        });
    });
}

fn hint_width(ui: &Ui, tokens: &Tokens, keys: &[&str], does: &str) -> f32 {
    let width = |words: &str, kind| ui.painter().layout_no_wrap(words.to_owned(), tokens.font(kind), tokens.colour.ink).size().x;
    let caps: f32 = keys.iter().map(|key| width(key, Type::KeyHint) + tokens.space.three).sum();
    caps + width(does, Type::Micro) + tokens.space.five
}
