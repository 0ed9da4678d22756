//! What is known of a source, to be put right: id, title and attributes.

use eframe::egui::{Align, Id, Key, Layout, ScrollArea, Ui, vec2};

use super::view::ReadView;
use crate::app::context::{Action, Cx};
use crate::app::frame::dialogs::{decide, head, modal};
use crate::app::icons;
use crate::app::tokens::Type;
use crate::app::user_error::UserError;
use crate::app::widgets::{Field, icon_button, menu_below, menu_choice, words};
use crate::app::worker::Edit;
use crate::study::{AttributeId, AttributeOf, Source, SourceId, Study};
use crate::text::fold;

/// What stands between several values of one attribute.
const BETWEEN: &str = "; ";

/// How much of the width the names of the fields have.
const NAMES: f32 = 0.3;

/// How many fields are seen at once.
const SEEN: f32 = 9.0;

/// A source while what is known of it is being written.
pub struct Editing {
    source: SourceId,
    /// Id, title and attributes as they are in the fields.
    written: Written,
    /// Id when it was opened, by which the source is known until then.
    label: String,
    fresh: bool,
    /// Why it could not be kept, once it was tried.
    problem: Option<String>,
}

/// What stands in the fields.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Written {
    label: String,
    title: String,
    attributes: Vec<(AttributeId, String)>,
}

impl Editing {
    /// What is known of `source` now.
    #[must_use]
    pub fn of(study: &Study, source: &Source) -> Self {
        let attributes = study.attributes();
        let said = |attribute: AttributeId| {
            let of = attributes.values_of(attribute).into_iter();
            let chosen = of.filter(|value| source.values.get(&attribute).is_some_and(|values| values.contains(&value.id)));
            chosen.map(|value| value.name.as_str()).collect::<Vec<_>>().join(BETWEEN)
        };
        let written = Written {
            label: source.label.clone(),
            title: source.title.clone(),
            attributes: attributes.of(AttributeOf::Sources).map(|attribute| (attribute.id, said(attribute.id))).collect(),
        };
        Self { source: source.id, written, label: source.label.clone(), fresh: true, problem: None }
    }
}

/// The names of several values that stand in one field.
fn names(said: &str) -> Vec<String> {
    said.split(';').map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()).collect()
}

/// Puts a value among those that stand in a field, or takes it out.
fn toggle(said: &mut String, name: &str) {
    let mut all = names(said);
    let before = all.len();
    all.retain(|other| fold(other) != fold(name));
    if all.len() == before {
        all.push(name.to_owned());
    }
    *said = all.join(BETWEEN);
}

/// Shows the fields, if a source is being edited.
pub fn show(ui: &Ui, view: &mut ReadView, cx: &mut Cx<'_>) {
    let Some(mut editing) = view.editing.take() else { return };
    if cx.study.material(editing.source).is_none() {
        return;
    }
    let (answer, left) = modal(ui, cx.tokens, "edit source", |ui| {
        ui.set_width(cx.tokens.size.picker_width);
        fields(ui, &mut editing, cx)
    });
    match answer {
        Some(true) => keep(cx, editing),
        Some(false) => {}
        None if left => {}
        None => {
            view.editing = Some(editing);
            return;
        }
    }
    view.take_focus = true;
}

fn keep(cx: &mut Cx<'_>, editing: Editing) {
    let Editing { source, written, label, .. } = editing;
    let Written { label: new, title, attributes } = written.clone();
    let attributes: Vec<_> = attributes.into_iter().map(|(attribute, said)| (attribute, names(&said))).collect();
    let act = move |tx: &mut crate::project::Tx<'_>| tx.edit_source(source, &new, &title, &attributes);
    let edit = Edit::new("Edit source", act, |_, ()| ());
    let give_back = move |state: &mut crate::app::state::State, error: &UserError| {
        state.read.editing = Some(Editing { source, written, label, fresh: true, problem: Some(error.not_kept()) });
    };
    cx.actions.push(Action::Edit(edit.or(give_back)));
}

fn fields(ui: &mut Ui, editing: &mut Editing, cx: &Cx<'_>) -> Option<bool> {
    let tokens = cx.tokens;
    let what = format!("Several values of one attribute are parted by “{}”. An empty one is not stated.", BETWEEN.trim());
    head(ui, tokens, &format!("Edit {}", editing.label), &what);
    let mut entered = false;
    let fresh = std::mem::take(&mut editing.fresh);
    let height = (tokens.size.control + tokens.space.two) * SEEN;
    ScrollArea::vertical().id_salt("fields of a source").max_height(height).auto_shrink([false, true]).show(ui, |ui| {
        let id = Id::unique("source id");
        entered |= field(ui, cx, id, "Id", &mut editing.written.label);
        if fresh {
            ui.memory_mut(|memory| memory.request_focus(id));
        }
        entered |= field(ui, cx, Id::unique("source title"), "Title", &mut editing.written.title);
        for (attribute, said) in &mut editing.written.attributes {
            entered |= attribute_field(ui, cx, *attribute, said);
        }
    });
    let problem = problem_of(cx.study, editing).or_else(|| editing.problem.clone());
    if let Some(problem) = &problem {
        words(ui, tokens, Type::Small, tokens.colour.error_ink, problem.as_str());
    }
    let ready = problem_of(cx.study, editing).is_none();
    decide(ui, tokens, "Keep", ready, entered)
}

/// Why what is written cannot be kept.
fn problem_of(study: &Study, editing: &Editing) -> Option<String> {
    let label = editing.written.label.trim();
    if label.is_empty() {
        return Some("A source needs an id.".to_owned());
    }
    let other = study.source_labelled(label).filter(|other| other.source.id != editing.source)?;
    Some(format!("“{}” is the id of another source, {}.", other.source.label, other.source.title))
}

/// A field with its name before it; returns whether Enter was pressed in it.
fn field(ui: &mut Ui, cx: &Cx<'_>, id: Id, name: &str, said: &mut String) -> bool {
    row(ui, cx, name, |ui| entered(ui, cx, id, name, said, 0.0))
}

/// The field of an attribute, with the values it has elsewhere in a menu.
fn attribute_field(ui: &mut Ui, cx: &Cx<'_>, attribute: AttributeId, said: &mut String) -> bool {
    let tokens = cx.tokens;
    let name = cx.study.attributes().get(attribute).map_or("", |attribute| attribute.name.as_str());
    let values = cx.study.attributes().values_of(attribute);
    row(ui, cx, name, |ui| {
        let entered = entered(ui, cx, Id::unique("source attribute").with(attribute), name, said, tokens.size.control);
        let more = icon_button(ui, tokens, icons::CHEVRON_DOWN, &format!("Values of {name}"), !values.is_empty());
        menu_below(tokens, &more, |ui| {
            let chosen = names(said);
            for value in &values {
                let on = chosen.iter().any(|name| fold(name) == fold(&value.name));
                if menu_choice(ui, tokens, &value.name, on, true).clicked() {
                    toggle(said, &value.name);
                }
            }
        });
        entered
    })
}

fn row<R>(ui: &mut Ui, cx: &Cx<'_>, name: &str, show: impl FnOnce(&mut Ui) -> R) -> R {
    let tokens = cx.tokens;
    let names = (ui.available_width() * NAMES).floor();
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        ui.allocate_ui_with_layout(vec2(names, tokens.size.control), Layout::left_to_right(Align::Center), |ui| {
            ui.set_width(names);
            words(ui, tokens, Type::Body, tokens.colour.ink_secondary, name);
        });
        show(ui)
    })
    .inner
}

fn entered(ui: &mut Ui, cx: &Cx<'_>, id: Id, name: &str, said: &mut String, beside: f32) -> bool {
    let width = (ui.available_width() - beside).max(0.0);
    let field = Field::new(id, "", icons::PENCIL).name(name).width(width).show(ui, cx.tokens, said);
    field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_parted_and_chosen_from_the_menu() {
        assert_eq!(names(" Interview ; ; Pilot;"), ["Interview", "Pilot"]);
        let mut said = "Interview".to_owned();
        toggle(&mut said, "Pilot");
        assert_eq!(said, "Interview; Pilot");
        toggle(&mut said, "interview");
        assert_eq!(said, "Pilot");
    }
}
