use eframe::egui::{Popup, Ui};

use super::choice::{Choice, MEASURES, Side, Starter, axes, axis_name};
use crate::analysis::matrix::Measure;
use crate::app::command::Command;
use crate::app::context::Cx;
use crate::app::icons;
use crate::app::widgets::{Button, icon_button, menu_below, menu_choice, menu_heading, pick, segmented};
use crate::study::{PATH_SEPARATOR, Study};

/// Shows the starter views, the axes and the measure.
pub fn show(ui: &mut Ui, cx: &mut Cx<'_>, choice: &mut Choice) {
    let tokens = cx.tokens;
    ui.spacing_mut().item_spacing.x = tokens.space.one;
    let mut starter = choice.starter(cx.study);
    if segmented(ui, tokens, "View", &Starter::ALL, &mut starter, false)
        && let Some(starter) = starter
    {
        choice.start(cx.study, starter);
    }
    ui.add_space(tokens.space.two);
    let rows = pick(ui, tokens, "Rows", axis_name(cx.study, choice.spec.rows));
    menu_below(tokens, &rows, |ui| offer(ui, cx, choice, Side::Rows));
    if icon_button(ui, tokens, icons::ARROW_RIGHT_LEFT, "Swap rows and columns", !choice.spec.columns.is_empty()).clicked() {
        choice.swap();
    }
    let columns = pick(ui, tokens, "Columns", &columns_name(cx.study, choice));
    menu_below(tokens, &columns, |ui| {
        offer(ui, cx, choice, Side::Columns(0));
        if !choice.spec.columns.is_empty() {
            menu_heading(ui, tokens, "Nested in each");
            offer(ui, cx, choice, Side::Columns(1));
        }
    });
    let named = MEASURES.iter().find(|(measure, _)| *measure == choice.measure).map_or("", |(_, name)| name);
    let measure = pick(ui, tokens, "Show", named);
    menu_below(tokens, &measure, |ui| offer_measures(ui, cx, &mut choice.measure));
}

/// Shows *Export…*.
pub fn show_export(ui: &mut Ui, cx: &mut Cx<'_>) {
    let export = Button::new("Export…").icon(icons::SHARE).show(ui, cx.tokens);
    if export.on_hover_text("Writes what is seen to a file").clicked() {
        cx.run(Command::Export);
    }
}

fn columns_name(study: &Study, choice: &Choice) -> String {
    let names: Vec<_> = choice.spec.columns.iter().map(|axis| axis_name(study, *axis)).collect();
    if names.is_empty() { "None".to_owned() } else { names.join(PATH_SEPARATOR) }
}

fn offer_measures(ui: &mut Ui, cx: &Cx<'_>, measure: &mut Measure) {
    for (offered, name) in MEASURES {
        if menu_choice(ui, cx.tokens, name, offered == *measure, true).clicked() {
            *measure = offered;
            Popup::close_all(ui.ctx());
        }
    }
}

/// Offers every axis for a side. One that stands elsewhere changes places with the one here.
pub fn offer(ui: &mut Ui, cx: &Cx<'_>, choice: &mut Choice, side: Side) {
    let now = choice.at(side);
    let mut chosen = None;
    if matches!(side, Side::Pages | Side::Columns(1..)) && menu_choice(ui, cx.tokens, "None", now.is_none(), true).clicked() {
        chosen = Some(None);
    }
    for (axis, name) in axes(cx.study) {
        // A second level cannot be what the first is.
        let enabled = !(matches!(side, Side::Columns(1)) && choice.at(Side::Columns(0)) == Some(axis));
        if menu_choice(ui, cx.tokens, &name, now == Some(axis), enabled).clicked() {
            chosen = Some(Some(axis));
        }
    }
    if let Some(axis) = chosen {
        choice.put(side, axis);
        Popup::close_all(ui.ctx());
    }
}
