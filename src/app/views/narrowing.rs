//! Menus that narrow a list.

use eframe::egui::Ui;

use crate::app::context::Cx;
use crate::app::widgets::{menu_below, menu_choice, pick_within};

/// A menu with the name `label` that lets one of `choices` in, or `all` (nothing chosen); its button is at most `most` points wide.
pub(super) fn choose<T: Copy + PartialEq>(
    ui: &mut Ui,
    cx: &Cx<'_>,
    label: &str,
    all: &str,
    choices: &[(Option<T>, &str)],
    now: &mut Option<T>,
    most: f32,
) {
    let name = choices.iter().find(|(choice, _)| *choice == *now).map_or(all, |(_, name)| *name);
    let button = pick_within(ui, cx.tokens, label, name, most);
    menu_below(cx.tokens, &button, |ui| {
        for (choice, name) in [(None, all)].iter().chain(choices) {
            if menu_choice(ui, cx.tokens, name, choice == now, true).clicked() {
                *now = *choice;
                ui.close();
            }
        }
    });
}
