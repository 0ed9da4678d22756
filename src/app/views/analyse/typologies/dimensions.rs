//! The name of a typology, its dimensions and their values, written in place.

use eframe::egui::{Align, Layout, ScrollArea, Ui, UiBuilder, vec2};

use super::super::fields::{FieldOf, Fields};
use super::tab::TypologiesTab;
use crate::app::context::{Action, Cx};
use crate::app::frame::dialogs::{Answer, Choice, Dialog};
use crate::app::icons;
use crate::app::tokens::Type;
use crate::app::widgets::{icon_button, words};
use crate::study::{Dimension, DimensionId, DimensionValueId, TypologyId};

/// Shows them.
pub(super) fn show(ui: &mut Ui, tab: &mut TypologiesTab, fields: &mut Fields, cx: &mut Cx<'_>, typology: TypologyId) {
    let tokens = cx.tokens;
    ScrollArea::vertical().id_salt(("dimensions", typology)).auto_shrink(false).show(ui, |ui| {
        let inside = ui.max_rect().shrink2(vec2(tokens.space.four, tokens.space.three));
        ui.scope_builder(UiBuilder::new().max_rect(inside), |ui| {
            ui.spacing_mut().item_spacing.y = tokens.space.one;
            line(ui, tab, fields, cx, FieldOf::Typology(typology), "Name of the typology", icons::LAYERS);
            fields.lines(ui, cx, FieldOf::About(typology), ("About the typology", "What it sorts cases by, and what for"), Type::Body, 2);
            let dimensions: Vec<Dimension> = cx.study.typologies().dimensions_of(typology).into_iter().cloned().collect();
            for dimension in &dimensions {
                ui.push_id(dimension.id, |ui| show_dimension(ui, tab, fields, cx, dimension));
            }
            ui.add_space(tokens.space.four);
            let hint = if dimensions.is_empty() { "Add a dimension, such as “Outlook”" } else { "Add a dimension" };
            line(ui, tab, fields, cx, FieldOf::NewDimension(typology), hint, icons::PLUS);
        });
    });
}

fn show_dimension(ui: &mut Ui, tab: &mut TypologiesTab, fields: &mut Fields, cx: &mut Cx<'_>, dimension: &Dimension) {
    let tokens = cx.tokens;
    ui.add_space(tokens.space.four);
    let name = format!("Name of dimension {}", dimension.name);
    let delete = format!("Delete dimension {}…", dimension.name);
    if with_button(ui, tab, fields, cx, (FieldOf::Dimension(dimension.id), &name, icons::TAG), &delete) {
        delete_dimension(cx, dimension);
    }
    let values = dimension.in_order();
    ui.indent("values", |ui| {
        for (value, name) in &values {
            let count = cases_at(cx, dimension.id, *value);
            let hint = format!("Value {name} of {}", dimension.name);
            let delete = format!("Delete value {name}");
            let field = (FieldOf::Value(dimension.id, *value), hint.as_str(), icons::CIRCLE);
            if ui.push_id(value, |ui| with_button(ui, tab, fields, cx, field, &delete)).inner {
                delete_value(cx, dimension.id, *value, name, count);
            }
        }
        if values.len() == 1 {
            words(ui, tokens, Type::Small, tokens.colour.ink_tertiary, "A dimension with one value tells no cases apart.");
        }
        let hint = format!("Add a value of {}", dimension.name);
        line(ui, tab, fields, cx, FieldOf::NewValue(dimension.id), &hint, icons::PLUS);
    });
}

/// A field that goes on where one is after Enter: names are added one after the other.
fn line(ui: &mut Ui, tab: &mut TypologiesTab, fields: &mut Fields, cx: &mut Cx<'_>, of: FieldOf, hint: &str, icon: char) {
    let field = fields.line(ui, cx, of, hint, icon);
    let adds = matches!(of, FieldOf::NewDimension(_) | FieldOf::NewValue(_));
    let entered = field.lost_focus() && ui.input(|input| input.key_pressed(eframe::egui::Key::Enter));
    if tab.wants == Some(of) || adds && entered {
        tab.wants.take_if(|wanted| *wanted == of);
        field.request_focus();
    }
}

/// A field with the button that deletes what it names; returns whether that was pressed.
fn with_button(
    ui: &mut Ui,
    tab: &mut TypologiesTab,
    fields: &mut Fields,
    cx: &mut Cx<'_>,
    (of, hint, icon): (FieldOf, &str, char),
    delete: &str,
) -> bool {
    ui.with_layout(Layout::right_to_left(Align::Min), |ui| {
        ui.set_max_height(cx.tokens.size.control);
        let deletes = icon_button(ui, cx.tokens, icons::TRASH_2, delete, true).clicked();
        ui.vertical(|ui| line(ui, tab, fields, cx, of, hint, icon));
        deletes
    })
    .inner
}

/// How many cases have a value.
fn cases_at(cx: &Cx<'_>, dimension: DimensionId, value: DimensionValueId) -> usize {
    cx.study.typologies().placements().filter(|it| it.dimension == dimension && it.value == Some(value)).count()
}

fn delete_dimension(cx: &mut Cx<'_>, dimension: &Dimension) {
    let id = dimension.id;
    let count = cx.study.typologies().placements().filter(|it| it.dimension == id).count();
    let what = match count {
        0 => "No case is placed in it.".to_owned(),
        1 => "The placement of 1 case goes with it, and why it was there.".to_owned(),
        many => format!("The placements of {many} cases go with it, and why they were there."),
    };
    ask(cx, format!("Delete dimension “{}”?", dimension.name), &what, "Delete dimension", move |tx| tx.remove_dimension(id));
}

fn delete_value(cx: &mut Cx<'_>, dimension: DimensionId, value: DimensionValueId, name: &str, count: usize) {
    let what = match count {
        0 => "No case has it.".to_owned(),
        1 => "The case that has it is then unplaced; its reason says what it had.".to_owned(),
        many => format!("The {many} cases that have it are then unplaced; their reasons say what they had."),
    };
    ask(cx, format!("Delete value “{name}”?"), &what, "Delete value", move |tx| tx.remove_dimension_value(dimension, value));
}

fn ask(
    cx: &mut Cx<'_>,
    title: String,
    what: &str,
    button: &'static str,
    act: impl FnOnce(&mut crate::project::Tx<'_>) -> Result<(), crate::project::EditError> + Send + 'static,
) {
    if cx.can_edit() {
        let question =
            Choice::new(title, vec![Answer::new(button, Action::edit(button, act))]).what(format!("{what} Undo brings it back."));
        cx.actions.push(Action::Show(Box::new(Dialog::Choice(question))));
    }
}
