//! An attribute beside the grid: its name, whether it is identifying, and its values.

use eframe::egui::{Align, Id, Key, Layout, Rect, Ui, UiBuilder, pos2, vec2};

use super::listing::Listing;
use crate::app::Seen;
use crate::app::context::{Action, Cx};
use crate::app::frame::dialogs::{Answer, Choice, Dialog};
use crate::app::icons;
use crate::app::tokens::Type;
use crate::app::widgets::{
    Button, Cell, Column, Field, GridEvent, GridState, Look, Rows, checkbox, grid, hairline_below, icon_button, menu_below, menu_choice,
    pick, words,
};
use crate::project::{Access, EditError};
use crate::study::{Attribute, AttributeId, AttributeOf, Study, ValueId};
use crate::text::fold;

/// What the pane remembers.
pub(super) struct AttributePane {
    /// The attribute that is shown.
    pub(super) shown: Option<AttributeId>,
    /// Its name as it is being written, and whose it is.
    name: Option<(AttributeId, String)>,
    new_attribute: String,
    new_value: String,
    values: GridState<ValueId>,
    /// The rows of the values, and what they were made from.
    rows: Vec<ValueId>,
    made_from: Option<(Seen, AttributeId)>,
}

impl Default for AttributePane {
    fn default() -> Self {
        let (new_attribute, new_value, rows) = (String::new(), String::new(), Vec::new());
        Self { shown: None, name: None, new_attribute, new_value, values: GridState::beside(), rows, made_from: None }
    }
}

/// The field for another value.
const NEW_VALUE: &str = "new value";

impl AttributePane {
    /// Takes the focus: to the values, where there are none to the field for the first.
    pub(super) fn take_focus(&mut self, ui: &Ui) {
        if self.rows.is_empty() {
            ui.memory_mut(|memory| memory.request_focus(Id::unique(NEW_VALUE)));
        } else {
            self.values.take_focus();
        }
    }

    /// Whether the values have the focus, or the field for another.
    pub(super) fn has_focus(&self, ui: &Ui) -> bool {
        self.values.has_focus() || ui.memory(|memory| memory.has_focus(Id::unique(NEW_VALUE)))
    }
}

/// Shows the pane. Returns whether it was closed.
pub(super) fn show(ui: &mut Ui, pane: &mut AttributePane, listing: &Listing, cx: &mut Cx<'_>) -> bool {
    let tokens = cx.tokens;
    let whole = ui.max_rect();
    let head = Rect::from_min_size(whole.min, vec2(whole.width(), tokens.size.top_bar));
    let inset = vec2(tokens.space.three, 0.0);
    let attributes: Vec<&Attribute> = cx.study.attributes().of(AttributeOf::Cases).collect();
    let shown = attributes.iter().copied().find(|attribute| Some(attribute.id) == pane.shown).or(attributes.first().copied());
    pane.shown = shown.map(|attribute| attribute.id);
    let mut closed = false;
    ui.scope_builder(UiBuilder::new().max_rect(head.shrink2(inset)).layout(Layout::right_to_left(Align::Center)), |ui| {
        closed = icon_button(ui, tokens, icons::X, "Close attributes", true).clicked();
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
            ui.set_clip_rect(ui.max_rect().intersect(ui.clip_rect()));
            show_choice(ui, pane, &attributes, shown, cx);
        });
    });
    hairline_below(ui, tokens, head);
    let below = Rect::from_min_max(head.left_bottom(), whole.max);
    if let Some(attribute) = shown {
        ui.scope_builder(UiBuilder::new().max_rect(below), |ui| show_attribute(ui, pane, attribute, listing, cx));
    }
    closed
}

/// Which attribute is shown, and a field for another one.
fn show_choice(ui: &mut Ui, pane: &mut AttributePane, attributes: &[&Attribute], shown: Option<&Attribute>, cx: &mut Cx<'_>) {
    let tokens = cx.tokens;
    let button = pick(ui, tokens, "Attribute", shown.map_or("", |attribute| &attribute.name));
    menu_below(tokens, &button, |ui| {
        for attribute in attributes {
            if menu_choice(ui, tokens, &attribute.name, Some(attribute.id) == pane.shown, true).clicked() {
                pane.shown = Some(attribute.id);
                ui.close();
            }
        }
        let id = Id::unique("new attribute");
        let field = Field::new(id, "Add an attribute", icons::PLUS).show(ui, tokens, &mut pane.new_attribute);
        if field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter)) {
            add_attribute(cx, std::mem::take(&mut pane.new_attribute).trim());
            ui.close();
        }
    });
}

fn add_attribute(cx: &mut Cx<'_>, name: &str) {
    let name = name.to_owned();
    if name.is_empty() || !cx.can_edit() {
        return;
    }
    if cx.study.attributes().named(&name).is_some() {
        return cx.say(format!("There is an attribute “{name}” already."));
    }
    let label = format!("Add attribute {name}");
    cx.edit_then(label, move |tx| tx.attribute_named(&name, AttributeOf::Cases), |state, made| state.cases.attributes.shown = Some(made));
}

fn show_attribute(ui: &mut Ui, pane: &mut AttributePane, attribute: &Attribute, listing: &Listing, cx: &mut Cx<'_>) {
    let tokens = cx.tokens;
    let whole = ui.max_rect();
    let top = whole.shrink2(vec2(tokens.space.three, tokens.space.two));
    let can_write = cx.project.is_some_and(|project| project.access == Access::Write);
    let values = ui
        .scope_builder(UiBuilder::new().max_rect(top), |ui| {
            ui.add_enabled_ui(can_write, |ui| {
                ui.spacing_mut().item_spacing.y = tokens.space.two;
                show_name(ui, pane, attribute, cx);
                show_identifying(ui, attribute, cx);
                show_new_value(ui, pane, attribute, cx);
            });
            ui.min_rect().bottom() + tokens.space.two
        })
        .inner;
    let foot = whole.bottom() - tokens.size.top_bar;
    let list = Rect::from_min_max(pos2(whole.left(), values), pos2(whole.right(), foot.max(values)));
    ui.painter().rect_filled(list, 0.0, tokens.colour.surface_paper);
    ui.scope_builder(UiBuilder::new().max_rect(list), |ui| show_values(ui, pane, attribute, listing, cx));
    let foot = Rect::from_min_max(pos2(top.left(), list.bottom()), pos2(top.right(), whole.bottom()));
    ui.scope_builder(UiBuilder::new().max_rect(foot).layout(Layout::left_to_right(Align::Center)), |ui| {
        // What the matrix rests on stays.
        let spare = attribute.role.is_none() && attribute.built_in.is_none();
        let button = Button::quiet("Delete attribute…").icon(icons::TRASH_2).enabled(can_write && spare).show(ui, tokens);
        if button.clicked() {
            delete_attribute(cx, attribute);
        }
        if !spare {
            button.on_hover_text("The matrix rests on it.");
        }
    });
}

fn show_name(ui: &mut Ui, pane: &mut AttributePane, attribute: &Attribute, cx: &mut Cx<'_>) {
    if pane.name.as_ref().is_some_and(|(of, _)| *of != attribute.id) {
        keep(pane, cx);
    }
    let (_, name) = pane.name.get_or_insert_with(|| (attribute.id, attribute.name.clone()));
    let id = Id::unique(("name of attribute", attribute.id.0));
    let field = Field::new(id, "Name of the attribute", icons::TAG).show(ui, cx.tokens, name);
    if field.lost_focus() && ui.input(|input| input.key_pressed(Key::Escape)) {
        pane.name = None;
    } else if field.lost_focus() {
        keep(pane, cx);
    } else if !field.has_focus() {
        name.clone_from(&attribute.name);
    }
}

/// Keeps the name that was being written.
pub(super) fn keep(pane: &mut AttributePane, cx: &mut Cx<'_>) {
    if let Some((of, name)) = pane.name.take()
        && let Some(attribute) = cx.study.attributes().get(of)
    {
        rename_attribute(cx, attribute, name.trim().to_owned());
    }
}

fn rename_attribute(cx: &mut Cx<'_>, attribute: &Attribute, name: String) {
    let twin = cx.study.attributes().named(&name).filter(|twin| twin.id != attribute.id);
    if name.is_empty() || name == attribute.name {
        return;
    }
    if let Some(twin) = twin {
        return cx.say(format!("There is an attribute “{}” already.", twin.name));
    }
    change(cx, "Rename attribute", attribute.id, move |attribute| attribute.name = name);
}

fn show_identifying(ui: &mut Ui, attribute: &Attribute, cx: &mut Cx<'_>) {
    let mut on = attribute.identifying;
    let says = "It could tell who somebody is: it leaves the project only with names in full.";
    if checkbox(ui, cx.tokens, &mut on, "Identifying").on_hover_text(says).changed() {
        let label = if on { "Mark attribute as identifying" } else { "Mark attribute as not identifying" };
        change(cx, label, attribute.id, move |attribute| attribute.identifying = on);
    }
}

fn change(cx: &mut Cx<'_>, label: &str, attribute: AttributeId, change: impl FnOnce(&mut Attribute) + Send + 'static) {
    if cx.can_edit() {
        cx.edit(label, move |tx| {
            let mut changed = tx.study().attributes().get(attribute).ok_or(EditError::Gone("attribute"))?.clone();
            change(&mut changed);
            tx.change_attribute(changed)
        });
    }
}

fn show_new_value(ui: &mut Ui, pane: &mut AttributePane, attribute: &Attribute, cx: &mut Cx<'_>) {
    let id = Id::unique(NEW_VALUE);
    let field = Field::new(id, "Add a value", icons::PLUS).show(ui, cx.tokens, &mut pane.new_value);
    if !field.lost_focus() || !ui.input(|input| input.key_pressed(Key::Enter)) {
        return;
    }
    let name = std::mem::take(&mut pane.new_value).trim().to_owned();
    let attribute = attribute.id;
    if !name.is_empty() && cx.can_edit() {
        cx.edit("Add value", move |tx| tx.value_named(attribute, &name).map(|_| ()));
        // Values come in rows.
        ui.memory_mut(|memory| memory.request_focus(id));
    }
}

fn show_values(ui: &mut Ui, pane: &mut AttributePane, attribute: &Attribute, listing: &Listing, cx: &mut Cx<'_>) {
    if !pane.made_from.as_ref().is_some_and(|(seen, of)| seen.is(cx.study) && *of == attribute.id) {
        pane.rows = cx.study.attributes().values_of(attribute.id).into_iter().map(|value| value.id).collect();
        pane.made_from = Some((Seen::of(cx.study), attribute.id));
    }
    let columns = [Column::new("Value", 16).grows(), Column::figures("Cases", 8)];
    let rows = ValueRows { study: cx.study, listing, keys: &pane.rows, columns };
    if rows.keys.is_empty() {
        let inset = ui.max_rect().shrink2(vec2(cx.tokens.space.three, 0.0));
        ui.scope_builder(UiBuilder::new().max_rect(inset), |ui| {
            words(ui, cx.tokens, Type::Small, cx.tokens.colour.ink_tertiary, "No values yet. What is written into its column becomes one.");
        });
        return;
    }
    for event in grid(ui, cx.tokens, "Values", &mut pane.values, &rows) {
        if let GridEvent::Commit { key, text, .. } = event {
            write(cx, listing, key, &text);
        }
    }
}

/// Renames a value. With the name of another the two are merged, without a name it is deleted; both are asked about
/// where cases state it.
fn write(cx: &mut Cx<'_>, listing: &Listing, value: ValueId, name: &str) {
    let Some(there) = cx.study.attributes().value(value).filter(|there| there.name != name) else { return };
    if !cx.can_edit() {
        return;
    }
    let stated = match listing.stated(value) {
        0 => "No case states it.".to_owned(),
        1 => "1 case states it.".to_owned(),
        count => format!("{count} cases state it."),
    };
    let twin = cx.study.attributes().values_of(there.attribute).into_iter().find(|twin| twin.id != value && fold(&twin.name) == fold(name));
    let (question, button, does) = match twin {
        Some(twin) => {
            let into = twin.id;
            let question = Choice::new(
                format!("Merge “{}” into “{}”?", there.name, twin.name),
                vec![Answer::new("Merge values", Action::edit("Merge values", move |tx| tx.merge_values(value, into)))],
            );
            return ask(cx, question.what(format!("{stated} Both names are known from then on. Undo brings it back.")));
        }
        None if name.is_empty() => ("Delete", "Delete value", Action::edit("Delete value", move |tx| tx.remove_value(value))),
        None => {
            let name = name.to_owned();
            return cx.edit("Rename value", move |tx| tx.rename_value(value, &name));
        }
    };
    let question = Choice::new(format!("{question} “{}”?", there.name), vec![Answer::new(button, does)]);
    ask(cx, question.what(format!("{stated} It is then not stated there. Undo brings it back.")));
}

fn delete_attribute(cx: &mut Cx<'_>, attribute: &Attribute) {
    let stated = cx.study.cases().values().filter(|case| case.values.contains_key(&attribute.id)).count();
    let what = match stated {
        0 => "No case states it.".to_owned(),
        1 => "1 case states it, and will no longer.".to_owned(),
        count => format!("{count} cases state it, and will no longer."),
    };
    let id = attribute.id;
    let delete = Action::edit("Delete attribute", move |tx| tx.remove_attribute(id));
    let question = Choice::new(format!("Delete “{}”?", attribute.name), vec![Answer::new("Delete attribute", delete)]);
    ask(cx, question.what(format!("{what} Undo brings it back.")));
}

fn ask(cx: &mut Cx<'_>, question: Choice) {
    cx.actions.push(Action::Show(Box::new(Dialog::Choice(question))));
}

/// The values of an attribute as rows of a grid.
struct ValueRows<'a> {
    study: &'a Study,
    listing: &'a Listing,
    keys: &'a [ValueId],
    columns: [Column; 2],
}

impl Rows for ValueRows<'_> {
    type Key = ValueId;

    fn columns(&self) -> &[Column] {
        &self.columns
    }

    fn keys(&self) -> &[ValueId] {
        self.keys
    }

    fn cell(&self, key: ValueId, column: usize) -> Cell {
        match column {
            0 => Cell::editable(self.study.attributes().value_name(key)),
            _ => Cell::fixed(self.listing.stated(key).to_string()).look(Look::Quiet),
        }
    }
}
