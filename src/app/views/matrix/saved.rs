use std::sync::{Arc, Weak};

use eframe::egui::{Id, Key, Popup, Ui};

use super::choice::{Choice, Starter};
use super::kept;
use super::view::MatrixView;
use crate::app::context::{Action, Cx};
use crate::app::icons;
use crate::app::tokens::Type;
use crate::app::widgets::{Button, Field, menu_below, menu_choice, menu_heading, pick_within, words};
use crate::app::worker::Edit;
use crate::project::{EditError, Tx};
use crate::study::{EntityId, Kind, Saved, SavedId, SavedKind, Study};

/// What the menu of views remembers.
#[derive(Default)]
pub struct SavedViews {
    /// The saved view that was opened last.
    on: Option<SavedId>,
    /// How the study has it.
    kept: Option<(Weak<Study>, SavedId, Choice)>,
    naming: Option<Naming>,
    /// Whether the menu is to open again.
    reopen: bool,
    /// The view that was chosen in the menu.
    pub wanted: Option<SavedId>,
    /// What a view names that is gone, to be said.
    gone: Vec<String>,
}

/// A name that is being typed.
struct Naming {
    /// The view that gets it; `None` makes a new one.
    of: Option<SavedId>,
    name: String,
    fresh: bool,
}

impl Naming {
    const fn new(of: Option<SavedId>, name: String) -> Self {
        Self { of, name, fresh: true }
    }
}

/// Opens a saved view of the matrix.
pub fn open_saved(view: &mut MatrixView, study: &Study, id: SavedId) {
    let Some((choice, gone)) = view_of(study, id) else { return };
    let saved = SavedViews { on: Some(id), gone, ..SavedViews::default() };
    view.take_choice(choice, saved);
}

fn saved(study: &Study, id: SavedId) -> Option<&Saved> {
    study.saved().iter().find(|saved| saved.id == id && saved.kind == SavedKind::MatrixView)
}

fn view_of(study: &Study, id: SavedId) -> Option<(Choice, Vec<String>)> {
    saved(study, id).map(|saved| kept::read(study, &saved.body))
}

impl SavedViews {
    /// The view that is on, and whether it is shown as it is kept.
    fn on<'a>(&mut self, study: &'a Arc<Study>, choice: &Choice) -> Option<(&'a Saved, bool)> {
        let id = self.on?;
        let fresh = |(of, kept, _): &(Weak<Study>, SavedId, Choice)| std::ptr::eq(of.as_ptr(), Arc::as_ptr(study)) && *kept == id;
        if !self.kept.as_ref().is_some_and(fresh) {
            self.kept = view_of(study, id).map(|(choice, _)| (Arc::downgrade(study), id, choice));
        }
        let same = self.kept.as_ref().is_some_and(|(_, _, kept)| kept.is_as(choice));
        saved(study, id).map(|saved| (saved, same))
    }

    /// Asks for the name of a new view.
    pub fn ask_name(&mut self) {
        self.naming = Some(Naming::new(None, String::new()));
        self.reopen = true;
    }

    /// Gives back a name that could not be kept.
    fn give_back(&mut self, of: Option<SavedId>, name: String) {
        self.naming = Some(Naming::new(of, name));
        self.reopen = true;
    }

    /// Says once what a view names that is gone.
    fn say_gone(&mut self, cx: &mut Cx<'_>) {
        let gone = std::mem::take(&mut self.gone);
        if !gone.is_empty() {
            cx.say(format!("Left out of the view, being gone: {}.", gone.join(", ")));
        }
    }
}

/// Shows the button of the views with its menu: those one starts from, those that are saved, and what can be done with them.
pub fn show(ui: &mut Ui, cx: &mut Cx<'_>, state: &mut SavedViews, choice: &mut Choice, most: f32) {
    let tokens = cx.tokens;
    state.say_gone(cx);
    let study = Arc::clone(cx.study);
    let on = state.on(&study, choice);
    let name = on.map_or(String::new(), |(saved, same)| if same { saved.name.clone() } else { format!("{}, changed", saved.name) });
    let button = pick_within(ui, tokens, "Views", &name, most);
    let id = Popup::default_response_id(&button);
    if std::mem::take(&mut state.reopen) {
        Popup::open_id(ui.ctx(), id);
    }
    let shown = menu_below(tokens, &button, |ui| offer(ui, cx, state, choice, on));
    if shown.is_none() {
        // What was typed for a menu that is gone is not typed for the next.
        state.naming = state.naming.take().filter(|naming| naming.fresh);
    }
}

/// The lines of the menu, where there is no room for the button.
pub fn offer_all(ui: &mut Ui, cx: &mut Cx<'_>, state: &mut SavedViews, choice: &mut Choice) {
    let study = Arc::clone(cx.study);
    let on = state.on(&study, choice);
    offer(ui, cx, state, choice, on);
}

fn offer(ui: &mut Ui, cx: &mut Cx<'_>, state: &mut SavedViews, choice: &mut Choice, on: Option<(&Saved, bool)>) {
    if state.naming.is_some() {
        return ask_name(ui, cx, state, choice);
    }
    let tokens = cx.tokens;
    menu_heading(ui, tokens, "Start from");
    let starter = choice.starter(cx.study).filter(|_| on.is_none());
    for (offered, name) in Starter::ALL {
        if menu_choice(ui, tokens, name, starter == offered, true).clicked()
            && let Some(offered) = offered
        {
            choice.start(cx.study, offered);
            state.on = None;
            Popup::close_all(ui.ctx());
        }
    }
    menu_heading(ui, tokens, "Saved");
    let of_kind: Vec<&Saved> = cx.study.saved().iter().filter(|saved| saved.kind == SavedKind::MatrixView).collect();
    for saved in &of_kind {
        let line = ui.push_id(saved.id, |ui| menu_choice(ui, tokens, &saved.name, on.is_some_and(|(on, _)| on.id == saved.id), true));
        if line.inner.clicked() {
            state.wanted = Some(saved.id);
            Popup::close_all(ui.ctx());
        }
    }
    if of_kind.is_empty() {
        menu_choice(ui, tokens, "None yet", false, false);
    }
    menu_heading(ui, tokens, "This view");
    if menu_choice(ui, tokens, "Save as…", false, true).clicked() && cx.can_edit() {
        state.naming = Some(Naming::new(None, String::new()));
    }
    let Some((saved, same)) = on else { return };
    if menu_choice(ui, tokens, &format!("Save changes to “{}”", saved.name), false, !same).clicked() {
        keep(cx, choice, saved);
        Popup::close_all(ui.ctx());
    }
    if menu_choice(ui, tokens, "Rename…", false, true).clicked() && cx.can_edit() {
        state.naming = Some(Naming::new(Some(saved.id), saved.name.clone()));
    }
    if menu_choice(ui, tokens, "Delete", false, true).clicked() {
        delete(cx, saved);
        Popup::close_all(ui.ctx());
    }
}

/// Asks for the name of a view.
fn ask_name(ui: &mut Ui, cx: &mut Cx<'_>, state: &mut SavedViews, choice: &Choice) {
    let tokens = cx.tokens;
    let Some(naming) = &mut state.naming else { return };
    ui.spacing_mut().item_spacing.y = tokens.space.one;
    menu_heading(ui, tokens, if naming.of.is_some() { "Rename the view" } else { "Save this view as" });
    let field = Field::new(Id::unique("name of a view"), "Name of the view", icons::BOOKMARK).show(ui, tokens, &mut naming.name);
    if std::mem::take(&mut naming.fresh) {
        field.request_focus();
    }
    let entered = field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
    let name = naming.name.trim().to_owned();
    let taken = cx.study.saved_named(SavedKind::MatrixView, &name).is_some_and(|other| Some(other.id) != naming.of);
    if taken {
        words(ui, tokens, Type::Small, tokens.colour.error_ink, "Another view has this name.");
    }
    let ready = !name.is_empty() && !taken;
    let of = naming.of;
    ui.add_space(tokens.space.one);
    ui.horizontal(|ui| {
        let does = if of.is_some() { "Rename" } else { "Save" };
        let pressed = Button::primary(does).small().enabled(ready).show(ui, tokens).clicked();
        if ready && (pressed || entered) {
            match of.and_then(|id| saved(cx.study, id)) {
                Some(saved) => rename(cx, saved.clone(), name),
                None => save_as(cx, choice, name),
            }
            state.naming = None;
            Popup::close_all(ui.ctx());
        } else if Button::new("Cancel").small().show(ui, tokens).clicked() {
            state.naming = None;
        }
    });
    ui.add_space(tokens.space.one);
}

/// Makes an edit that gives a typed name back when it fails.
fn edit_or_give_back<T: Send + 'static>(
    cx: &mut Cx<'_>,
    label: String,
    (of, name): (Option<SavedId>, String),
    act: impl FnOnce(&mut Tx<'_>) -> Result<T, EditError> + Send + 'static,
    then: impl FnOnce(&mut MatrixView, T) + Send + 'static,
) {
    let edit = Edit::new(label, act, move |state, made| then(&mut state.matrix, made));
    cx.actions.push(Action::Edit(edit.or(move |state, _| state.matrix.saved.give_back(of, name))));
}

fn save_as(cx: &mut Cx<'_>, choice: &Choice, name: String) {
    let body = kept::written(cx.study, choice);
    let label = format!("Save view “{name}”");
    let put = {
        let name = name.clone();
        move |tx: &mut Tx<'_>| {
            let of_kind = tx.study().saved().iter().filter(|saved| saved.kind == SavedKind::MatrixView);
            let position = of_kind.map(|saved| saved.position + 1).max().unwrap_or(1);
            let id = SavedId::new();
            tx.put(Saved { id, kind: SavedKind::MatrixView, name, body, position })?;
            Ok(id)
        }
    };
    edit_or_give_back(cx, label, (None, name), put, |view, id| view.saved.on = Some(id));
}

fn rename(cx: &mut Cx<'_>, saved: Saved, name: String) {
    let renamed = Saved { name: name.clone(), ..saved };
    edit_or_give_back(cx, "Rename view".to_owned(), (Some(renamed.id), name), move |tx| tx.put(renamed), |_, ()| ());
}

/// Keeps the view as it is shown now.
fn keep(cx: &mut Cx<'_>, choice: &Choice, saved: &Saved) {
    if cx.can_edit() {
        let changed = Saved { body: kept::written(cx.study, choice), ..saved.clone() };
        cx.edit(format!("Save view “{}”", saved.name), move |tx| tx.put(changed));
    }
}

fn delete(cx: &mut Cx<'_>, saved: &Saved) {
    if cx.can_edit() {
        let id = EntityId { kind: Kind::Saved, id: saved.id.0 };
        cx.edit(format!("Delete view “{}”", saved.name), move |tx| tx.remove(id, None));
    }
}
