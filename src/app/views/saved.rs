//! The menu of what is kept under names: naming, keeping, renaming, deleting. What is kept is said by its owner.

use eframe::egui::{Id, Key, Popup, Response, Ui};

use crate::app::context::{Action, Cx};
use crate::app::icons;
use crate::app::state::State;
use crate::app::tokens::Type;
use crate::app::widgets::{Button, Field, menu_choice, menu_heading, words};
use crate::app::worker::Edit;
use crate::project::{EditError, Tx};
use crate::study::{EntityId, Kind, Saved, SavedId, SavedKind, Study};

/// What the menu of one kind remembers.
pub struct SavedMenu {
    kind: SavedKind,
    /// The one that was opened last.
    pub on: Option<SavedId>,
    naming: Option<Naming>,
    /// Whether the menu is to open.
    opens: bool,
}

/// A name that is being typed.
struct Naming {
    /// What gets it; `None` keeps something new.
    of: Option<SavedId>,
    name: String,
    fresh: bool,
}

impl Naming {
    const fn new(of: Option<SavedId>, name: String) -> Self {
        Self { of, name, fresh: true }
    }
}

/// What is shown, which the menu can keep.
pub struct Shown<'a> {
    /// As it would be kept; none where there is nothing to keep.
    pub body: &'a dyn Fn() -> Option<String>,
    /// Whether it is as that which was opened last is kept.
    pub same: bool,
    /// What stands behind a name.
    pub about: &'a dyn Fn(SavedId) -> String,
}

/// What there is of one kind, in order.
pub fn of_kind(study: &Study, kind: SavedKind) -> impl Iterator<Item = &Saved> {
    study.saved().iter().filter(move |saved| saved.kind == kind)
}

/// What is kept in this kind under this id.
pub fn saved(study: &Study, kind: SavedKind, id: SavedId) -> Option<&Saved> {
    of_kind(study, kind).find(|saved| saved.id == id)
}

/// What the menu belongs to.
fn menu(state: &mut State, kind: SavedKind) -> &mut SavedMenu {
    match kind {
        SavedKind::MatrixView => state.matrix.saved_menu(),
        SavedKind::Query | SavedKind::Foreign => state.search.saved_menu(),
    }
}

/// One of a kind, in words.
const fn noun(kind: SavedKind) -> &'static str {
    match kind {
        SavedKind::MatrixView => "view",
        SavedKind::Query => "query",
        SavedKind::Foreign => "foreign thing",
    }
}

impl SavedMenu {
    /// The menu of a kind.
    #[must_use]
    pub const fn new(kind: SavedKind) -> Self {
        Self { kind, on: None, naming: None, opens: false }
    }

    /// What was opened last, if it is still there.
    #[must_use]
    pub fn on<'s>(&self, study: &'s Study) -> Option<&'s Saved> {
        saved(study, self.kind, self.on?)
    }

    /// Whether a name is being typed, in the place of the lines of the menu.
    #[must_use]
    pub const fn is_naming(&self) -> bool {
        self.naming.is_some()
    }

    /// Opens the menu where a name for what is shown is typed.
    pub fn begin_saving(&mut self) {
        self.give_back(None, String::new());
    }

    /// Gives back a name that could not be kept.
    fn give_back(&mut self, of: Option<SavedId>, name: String) {
        self.naming = Some(Naming::new(of, name));
        self.opens = true;
    }

    /// Opens the menu of its button, where that was asked for.
    pub fn open_below(&mut self, button: &Response) {
        if std::mem::take(&mut self.opens) {
            Popup::open_id(&button.ctx, Popup::default_response_id(button));
        }
    }

    /// The menu is closed: what was typed for it is not typed for the next.
    pub fn closed(&mut self) {
        self.naming.take_if(|naming| !naming.fresh);
    }

    /// Shows the lines of the menu; returns what was chosen to be opened.
    pub fn offer(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, heading: &str, shown: &Shown<'_>) -> Option<SavedId> {
        if self.naming.is_some() {
            self.ask_name(ui, cx, shown);
            return None;
        }
        let (tokens, study, noun) = (cx.tokens, cx.study.clone(), noun(self.kind));
        let on = self.on(&study);
        menu_heading(ui, tokens, heading);
        let mut chosen = None;
        for saved in of_kind(&study, self.kind) {
            let line = format!("{}  {}", saved.name, (shown.about)(saved.id));
            let is_on = on.is_some_and(|on| on.id == saved.id);
            if ui.push_id(saved.id, |ui| menu_choice(ui, tokens, line.trim_end(), is_on, true)).inner.clicked() {
                chosen = Some(saved.id);
                Popup::close_all(ui.ctx());
            }
        }
        if of_kind(&study, self.kind).next().is_none() {
            menu_choice(ui, tokens, "None yet", false, false);
        }
        menu_heading(ui, tokens, &format!("This {noun}"));
        let body = (shown.body)();
        if menu_choice(ui, tokens, "Save as…", false, body.is_some()).clicked() && cx.can_edit() {
            self.naming = Some(Naming::new(None, String::new()));
        }
        let Some(on) = on else { return chosen };
        if menu_choice(ui, tokens, &format!("Save changes to “{}”", on.name), false, !shown.same).clicked() {
            if let Some(body) = body.filter(|_| cx.can_edit()) {
                let changed = Saved { body, ..on.clone() };
                cx.edit(format!("Save {noun} “{}”", on.name), move |tx| tx.put(changed));
            }
            Popup::close_all(ui.ctx());
        }
        if menu_choice(ui, tokens, "Rename…", false, true).clicked() && cx.can_edit() {
            self.naming = Some(Naming::new(Some(on.id), on.name.clone()));
        }
        if menu_choice(ui, tokens, "Delete", false, true).clicked() {
            delete(cx, on);
            Popup::close_all(ui.ctx());
        }
        chosen
    }

    fn ask_name(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, shown: &Shown<'_>) {
        let (tokens, kind, noun) = (cx.tokens, self.kind, noun(self.kind));
        let Some(naming) = &mut self.naming else { return };
        ui.spacing_mut().item_spacing.y = tokens.space.one;
        let heading = if naming.of.is_some() { format!("Rename the {noun}") } else { format!("Save this {noun} as") };
        menu_heading(ui, tokens, &heading);
        let hint = format!("Name of the {noun}");
        let field = Field::new(Id::unique(("name of what is kept", noun)), &hint, icons::BOOKMARK).show(ui, tokens, &mut naming.name);
        if std::mem::take(&mut naming.fresh) {
            field.request_focus();
        }
        let entered = field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
        let (name, of) = (naming.name.trim().to_owned(), naming.of);
        let taken = cx.study.saved_named(kind, &name).is_some_and(|other| Some(other.id) != of);
        if taken {
            words(ui, tokens, Type::Small, tokens.colour.error_ink, format!("Another {noun} has this name."));
        }
        let ready = !name.is_empty() && !taken;
        ui.add_space(tokens.space.one);
        ui.horizontal(|ui| {
            let does = if of.is_some() { "Rename" } else { "Save" };
            let pressed = Button::primary(does).small().enabled(ready).show(ui, tokens).clicked();
            if ready && (pressed || entered) {
                match of.and_then(|id| saved(cx.study, kind, id)) {
                    Some(saved) => rename(cx, saved.clone(), name),
                    None => save_as(cx, kind, (shown.body)(), name),
                }
                self.naming = None;
                Popup::close_all(ui.ctx());
            } else if Button::new("Cancel").small().show(ui, tokens).clicked() {
                self.naming = None;
            }
        });
        ui.add_space(tokens.space.one);
    }
}

/// Makes an edit that gives a typed name back when it fails.
fn edit_or_give_back<T: Send + 'static>(
    cx: &mut Cx<'_>,
    label: String,
    (kind, of, name): (SavedKind, Option<SavedId>, String),
    act: impl FnOnce(&mut Tx<'_>) -> Result<T, EditError> + Send + 'static,
    then: impl FnOnce(&mut SavedMenu, T) + Send + 'static,
) {
    let edit = Edit::new(label, act, move |state, made| then(menu(state, kind), made));
    cx.actions.push(Action::Edit(edit.or(move |state, _| menu(state, kind).give_back(of, name))));
}

fn save_as(cx: &mut Cx<'_>, kind: SavedKind, body: Option<String>, name: String) {
    let Some(body) = body else { return };
    let label = format!("Save {} “{name}”", noun(kind));
    let own = name.clone();
    let put = move |tx: &mut Tx<'_>| {
        let position = of_kind(tx.study(), kind).map(|saved| saved.position + 1).max().unwrap_or(1);
        let id = SavedId::new();
        tx.put(Saved { id, kind, name: own, body, position })?;
        Ok(id)
    };
    edit_or_give_back(cx, label, (kind, None, name), put, |menu, id| menu.on = Some(id));
}

fn rename(cx: &mut Cx<'_>, saved: Saved, name: String) {
    let (label, kind, id) = (format!("Rename {}", noun(saved.kind)), saved.kind, saved.id);
    let renamed = Saved { name: name.clone(), ..saved };
    edit_or_give_back(cx, label, (kind, Some(id), name), move |tx| tx.put(renamed), |_, ()| ());
}

/// Deletes something kept.
pub fn delete(cx: &mut Cx<'_>, saved: &Saved) {
    if cx.can_edit() {
        let id = EntityId { kind: Kind::Saved, id: saved.id.0 };
        cx.edit(format!("Delete {} “{}”", noun(saved.kind), saved.name), move |tx| tx.remove(id, None));
    }
}
