//! The coder chip: who codes here, and what is done with other coders.

use eframe::egui;
use eframe::egui::{Align2, Role, Sense, Ui, WidgetInfo, vec2};

use super::messages::Messages;
use super::top_bar::{menu_item, menu_item_called};
use crate::app::command::Command;
use crate::app::context::Action;
use crate::app::tokens::{Tokens, Type};
use crate::app::widgets::{focus_ring, paint_words, words};
use crate::app::worker::OpenProject;
use crate::home::{Identity, initials};
use crate::project::GivenTo;
use crate::study::Study;

/// Shows the chip, which opens the menu. `identity` is whom the settings know; a copy that was given to somebody is edited by
/// that coder.
pub(super) fn show(
    ui: &mut Ui,
    tokens: &Tokens,
    (study, identity): (&Study, &Identity),
    project: Option<&OpenProject>,
    actions: &mut Vec<Action>,
) {
    let blind = study.alone().is_some();
    let colour = &tokens.colour;
    let given = project.and_then(|project| project.given_to.as_ref());
    let name = given.map_or(identity.name.as_str(), |given| given.name.as_str());
    let side = tokens.size.control_small;
    let (rect, response) = ui.allocate_exact_size(vec2(side, side), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("Coder: {name}")));
    ui.painter().circle_filled(rect.center(), side / 2.0, colour.ink_secondary);
    paint_words(ui.painter(), rect.center(), Align2::CENTER_CENTER, initials(name), tokens.font(Type::MicroStrong), colour.surface_paper);
    if response.has_focus() {
        focus_ring(ui, tokens, rect);
    }
    let who = match given {
        Some(_) => format!("{name}’s copy: you code as {name}"),
        None => format!("You code as {name}"),
    };
    let response = response.on_hover_text(who.as_str());
    egui::Popup::menu(&response).gap(tokens.space.half).show(|ui| {
        ui.set_width(tokens.size.facets_pane);
        ui.horizontal_wrapped(|ui| {
            ui.add_space(ui.spacing().button_padding.x);
            words(ui, tokens, Type::Small, colour.ink_tertiary, who.as_str());
        });
        menu_item_called(ui, tokens, "Your name…", Command::Settings, actions);
        if project.is_some() {
            ui.separator();
            let blind = if blind { "Show everybody’s work" } else { Command::WorkBlind.title() };
            menu_item_called(ui, tokens, blind, Command::WorkBlind, actions);
            for command in [Command::Reconcile, Command::GiveCopy, Command::BringBack] {
                menu_item(ui, tokens, command, actions);
            }
        }
    });
}

/// Tells whose copy is open.
pub(in crate::app) fn tell_whose(messages: &mut Messages, given: &GivenTo) {
    let name = &given.name;
    let sees = if given.blind { " It shows only own work." } else { "" };
    let more = format!(
        "What is done here is done as {name}.{sees} When the work is done, give the file back: it comes into the project with “{}”.",
        Command::BringBack.title()
    );
    messages.note(format!("This is {name}’s copy"), more, Vec::new());
}
