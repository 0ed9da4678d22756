//! The name of a typology, its dimensions and their values, written in place.

use std::sync::Arc;

use eframe::egui::{Align, Layout, ScrollArea, Ui, UiBuilder, vec2};

use super::super::fields::{FieldOf, Fields};
use super::tab::TypologiesTab;
use crate::app::Seen;
use crate::app::context::{Action, Cx};
use crate::app::frame::dialogs::{Answer, Choice, Dialog};
use crate::app::icons;
use crate::app::tokens::Type;
use crate::app::widgets::{Stack, icon_button, words};
use crate::study::{Dimension, DimensionId, DimensionValueId, Study, TypologyId};

/// A part of what stands below one another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Part {
    /// The name of the typology, and what is said of it.
    Head,
    /// The name of a dimension.
    Dimension(DimensionId),
    /// A value of it.
    Value(DimensionId, DimensionValueId),
    /// Where a value of it is added, and whether it has but one.
    NewValue(DimensionId, bool),
    /// Where a dimension is added.
    NewDimension,
}

/// The parts of a typology in order.
fn parts(study: &Study, typology: TypologyId) -> Arc<[Part]> {
    let of_dimension = |dimension: &Dimension| {
        let values = dimension.in_order().into_iter().map(|(value, _)| Part::Value(dimension.id, value));
        let new = Part::NewValue(dimension.id, dimension.values.len() == 1);
        [Part::Dimension(dimension.id)].into_iter().chain(values).chain([new]).collect::<Vec<_>>()
    };
    let dimensions = study.typologies().dimensions_of(typology);
    let dimensions = dimensions.into_iter().flat_map(of_dimension);
    [Part::Head].into_iter().chain(dimensions).chain([Part::NewDimension]).collect()
}

/// What is seen of the dimensions.
#[derive(Default)]
pub(super) struct Parts {
    /// What the parts are of.
    of: Option<(Seen, TypologyId)>,
    all: Arc<[Part]>,
    stack: Stack<Part>,
}

/// Shows them.
pub(super) fn show(ui: &mut Ui, tab: &mut TypologiesTab, fields: &mut Fields, cx: &mut Cx<'_>, typology: TypologyId) {
    let tokens = cx.tokens;
    let mut parts_of = std::mem::take(&mut tab.dimensions_seen);
    if !parts_of.of.as_ref().is_some_and(|(seen, of)| seen.is(cx.study) && *of == typology) {
        (parts_of.of, parts_of.all) = (Some((Seen::of(cx.study), typology)), parts(cx.study, typology));
    }
    let wanted = tab.wants.and_then(|wants| parts_of.all.iter().find(|part| part.field(typology) == wants));
    if let Some(part) = wanted {
        parts_of.stack.reveal(*part);
    }
    ScrollArea::vertical().id_salt(("dimensions", typology)).auto_shrink(false).animated(false).show(ui, |ui| {
        let inside = ui.max_rect().shrink2(vec2(tokens.space.four, tokens.space.three));
        ui.scope_builder(UiBuilder::new().max_rect(inside), |ui| {
            ui.spacing_mut().item_spacing.y = tokens.space.one;
            parts_of.stack.show(
                ui,
                &parts_of.all,
                |part, _| tokens.size.control + if matches!(part, Part::Dimension(_)) { tokens.space.four } else { 0.0 },
                |ui, part| show_part(ui, tab, fields, cx, (typology, part)),
            );
        });
    });
    tab.dimensions_seen = parts_of;
}

impl Part {
    /// The field in it.
    const fn field(self, typology: TypologyId) -> FieldOf {
        match self {
            Self::Head => FieldOf::Typology(typology),
            Self::Dimension(dimension) => FieldOf::Dimension(dimension),
            Self::Value(dimension, value) => FieldOf::Value(dimension, value),
            Self::NewValue(dimension, _) => FieldOf::NewValue(dimension),
            Self::NewDimension => FieldOf::NewDimension(typology),
        }
    }
}

fn show_part(ui: &mut Ui, tab: &mut TypologiesTab, fields: &mut Fields, cx: &mut Cx<'_>, (typology, part): (TypologyId, Part)) {
    let tokens = cx.tokens;
    let of = part.field(typology);
    let study = Arc::clone(cx.study);
    let dimension = |id| study.typologies().dimension(id);
    match part {
        Part::Head => {
            line(ui, tab, fields, cx, of, "Name of the typology", icons::LAYERS);
            fields.lines(ui, cx, FieldOf::About(typology), ("About the typology", "What it sorts cases by, and what for"), Type::Body, 2);
        }
        Part::Dimension(id) => {
            let Some(dimension) = dimension(id) else { return };
            ui.add_space(tokens.space.four);
            let name = format!("Name of dimension {}", dimension.name);
            let delete = format!("Delete dimension {}…", dimension.name);
            if with_button(ui, tab, fields, cx, (of, &name, icons::TAG), &delete) {
                delete_dimension(cx, dimension);
            }
        }
        Part::Value(id, value) => {
            let Some((dimension, name)) = dimension(id).and_then(|it| Some((it, it.value_name(value)?))) else { return };
            let hint = format!("Value {name} of {}", dimension.name);
            let delete = format!("Delete value {name}");
            if indented(ui, true, |ui| with_button(ui, tab, fields, cx, (of, &hint, icons::CIRCLE), &delete)) {
                delete_value(cx, id, value, name);
            }
        }
        Part::NewValue(id, is_one) => {
            let Some(dimension) = dimension(id) else { return };
            let hint = format!("Add a value of {}", dimension.name);
            indented(ui, false, |ui| {
                if is_one {
                    words(ui, tokens, Type::Small, tokens.colour.ink_tertiary, "A dimension with one value tells no cases apart.");
                }
                line(ui, tab, fields, cx, of, &hint, icons::PLUS);
            });
        }
        Part::NewDimension => {
            ui.add_space(tokens.space.four);
            let is_first = study.typologies().dimensions_of(typology).is_empty();
            let hint = if is_first { "Add a dimension, such as “Outlook”" } else { "Add a dimension" };
            line(ui, tab, fields, cx, of, hint, icons::PLUS);
        }
    }
}

/// Sets what belongs to a dimension in, beside a line that `goes_on` to the next part.
fn indented<R>(ui: &mut Ui, goes_on: bool, add: impl FnOnce(&mut Ui) -> R) -> R {
    let (indent, from) = (ui.spacing().indent, ui.cursor().min);
    let room = ui.available_rect_before_wrap();
    let inside = ui.scope_builder(UiBuilder::new().max_rect(room.with_min_x(room.left() + indent)), add);
    let to = inside.response.rect.bottom() + if goes_on { ui.spacing().item_spacing.y } else { 0.0 };
    ui.painter().vline(from.x + indent / 2.0, from.y..=to, ui.visuals().widgets.noninteractive.bg_stroke);
    inside.inner
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

fn delete_value(cx: &mut Cx<'_>, dimension: DimensionId, value: DimensionValueId, name: &str) {
    let count = cases_at(cx, dimension, value);
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
