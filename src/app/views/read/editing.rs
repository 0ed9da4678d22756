//! What is known of a source, to be put right: id, title and attributes.

use eframe::egui::{Align, Id, Key, Layout, ScrollArea, Ui, vec2};

use super::view::ReadView;
use crate::app::context::{Action, Cx};
use crate::app::frame::dialogs::{decide, head, modal};
use crate::app::icons;
use crate::app::state::State;
use crate::app::tokens::Type;
use crate::app::user_error::UserError;
use crate::app::views::value_names::{BETWEEN, names};
use crate::app::widgets::{Field, fit_width, icon_button, menu_below, menu_choice, words};
use crate::app::worker::Edit;
use crate::project::Tx;
use crate::study::{AttributeId, AttributeOf, Source, SourceId, Study};
use crate::text::fold;

/// How much of the width the names of the fields have.
const NAMES: f32 = 0.3;

/// How many fields are seen at once.
const SEEN: f32 = 9.0;

/// A source while what is known of it is being written.
pub struct Editing {
    source: SourceId,
    /// Id, title and attributes as they are in the fields.
    written: Written,
    /// The same as they were when it was opened: what was not changed stays as the study has it by then.
    opened: Written,
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
        let said = |attribute: AttributeId| study.value_names(&source.values, attribute);
        let written = Written {
            label: source.label.clone(),
            title: source.title.clone(),
            attributes: study.attributes().of(AttributeOf::Sources).map(|attribute| (attribute.id, said(attribute.id))).collect(),
        };
        Self { source: source.id, opened: written.clone(), written, fresh: true, problem: None }
    }

    /// The attributes that have other words now.
    fn changed(&self) -> Vec<(AttributeId, Vec<String>)> {
        let before = &self.opened.attributes;
        let changed = self.written.attributes.iter().filter(|attribute| !before.contains(attribute));
        changed.map(|(attribute, said)| (*attribute, names(said))).collect()
    }
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
        fit_width(ui, cx.tokens, cx.tokens.size.picker_width);
        fields(ui, &mut editing, cx)
    });
    match answer {
        Some(true) => keep(cx, editing),
        Some(false) => {}
        // A click beside it takes nothing away that was written.
        None if left && (editing.written == editing.opened || !ui.input(|input| input.pointer.any_click())) => {}
        None => {
            view.editing = Some(editing);
            return;
        }
    }
    view.take_focus = true;
}

fn keep(cx: &mut Cx<'_>, editing: Editing) {
    let (source, attributes) = (editing.source, editing.changed());
    let (label, title) = (editing.written.label.clone(), editing.written.title.clone());
    let act = move |tx: &mut Tx<'_>| tx.edit_source(source, &label, &title, &attributes);
    let give_back = move |state: &mut State, error: &UserError| {
        // Another that was opened meanwhile stays.
        state.read.editing.get_or_insert(Editing { fresh: true, problem: Some(error.not_kept()), ..editing });
    };
    cx.actions.push(Action::Edit(Edit::new("Edit source", act, |_, ()| ()).or(give_back)));
}

fn fields(ui: &mut Ui, editing: &mut Editing, cx: &Cx<'_>) -> Option<bool> {
    let tokens = cx.tokens;
    let what = format!("Several values of one attribute are parted by “{}”. An empty one is not stated.", BETWEEN.trim());
    head(ui, tokens, &format!("Edit {}", editing.opened.label), &what);
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
    use crate::analysis::testing::{Builder, values};
    use crate::text::Voice;

    #[test]
    fn values_are_chosen_from_the_menu() {
        let mut said = "Interview".to_owned();
        toggle(&mut said, "Pilot");
        assert_eq!(said, "Interview; Pilot");
        toggle(&mut said, "interview");
        assert_eq!(said, "Pilot");
    }

    #[test]
    fn only_what_was_changed_is_kept() {
        let mut builder = Builder::new();
        let [kind, by] = ["Kind", "Interviewer"].map(|name| builder.attribute(name, AttributeOf::Sources, None, None));
        let (interview, two) = (builder.value(kind, "Interview"), builder.value(by, "Anna; Ben"));
        let turns = [(None, Voice::Participant, "Aye.")];
        let put = builder.source("A", None, values(&[(kind, interview), (by, two)]), &turns);
        let study = builder.study();
        let mut editing = Editing::of(&study, &study.material(put.id).unwrap().source);
        editing.written.title.push_str(", corrected");
        assert_eq!(editing.changed(), [], "a value with a semicolon in it stays one");
        let written = editing.written.attributes.iter_mut().find(|(attribute, _)| *attribute == kind).unwrap();
        written.1.push_str("; Pilot");
        assert_eq!(editing.changed(), [(kind, vec!["Interview".to_owned(), "Pilot".to_owned()])]);
    }
}
