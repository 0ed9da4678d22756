use std::sync::Arc;

use eframe::egui::{Popup, Ui};

use super::choice::{Choice, Starter};
use super::kept;
use super::view::MatrixView;
use crate::app::Seen;
use crate::app::context::Cx;
use crate::app::views::saved::{SavedMenu, Shown, saved};
use crate::app::widgets::{menu_below, menu_choice, menu_heading, pick_within};
use crate::study::{SavedId, SavedKind, Study};

/// What the menu of views remembers.
pub struct SavedViews {
    pub(super) menu: SavedMenu,
    /// How the study has the one that was opened last.
    kept: Option<(Seen, SavedId, Choice)>,
    /// The view that was chosen in the menu.
    pub wanted: Option<SavedId>,
    /// What a view names that is gone, to be said.
    gone: Vec<String>,
}

impl Default for SavedViews {
    fn default() -> Self {
        Self { menu: SavedMenu::new(SavedKind::MatrixView), kept: None, wanted: None, gone: Vec::new() }
    }
}

/// Opens a saved view of the matrix.
pub fn open_saved(view: &mut MatrixView, study: &Study, id: SavedId) {
    let Some((choice, gone)) = view_of(study, id) else { return };
    let mut saved = SavedViews { gone, ..SavedViews::default() };
    saved.menu.on = Some(id);
    view.take_choice(choice, saved);
}

fn view_of(study: &Study, id: SavedId) -> Option<(Choice, Vec<String>)> {
    saved(study, SavedKind::MatrixView, id).map(|saved| kept::read(study, &saved.body))
}

impl SavedViews {
    /// Whether the view that was opened last is shown as it is kept.
    fn is_same(&mut self, study: &Arc<Study>, choice: &Choice) -> bool {
        let Some(id) = self.menu.on else { return false };
        let fresh = |(seen, kept, _): &(Seen, SavedId, Choice)| seen.is(study) && *kept == id;
        if !self.kept.as_ref().is_some_and(fresh) {
            self.kept = view_of(study, id).map(|(choice, _)| (Seen::of(study), id, choice));
        }
        self.kept.as_ref().is_some_and(|(_, _, kept)| kept.is_as(choice))
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
    let same = state.is_same(cx.study, choice);
    let on = state.menu.on(cx.study);
    let name = on.map_or(String::new(), |saved| if same { saved.name.clone() } else { format!("{}, changed", saved.name) });
    let button = pick_within(ui, tokens, "Views", &name, most);
    state.menu.open_below(&button);
    if menu_below(tokens, &button, |ui| offer_all(ui, cx, state, choice)).is_none() {
        state.menu.closed();
    }
}

/// The lines of the menu, also where there is no room for the button.
pub fn offer_all(ui: &mut Ui, cx: &mut Cx<'_>, state: &mut SavedViews, choice: &mut Choice) {
    if !state.menu.is_naming() {
        offer_starters(ui, cx, state, choice);
    }
    let same = state.is_same(cx.study, choice);
    let study = Arc::clone(cx.study);
    let shown = Shown { body: &|| Some(kept::written(&study, choice)), same, about: &|_| String::new() };
    if let Some(chosen) = state.menu.offer(ui, cx, "Saved", &shown) {
        state.wanted = Some(chosen);
    }
}

/// What one can start from.
fn offer_starters(ui: &mut Ui, cx: &Cx<'_>, state: &mut SavedViews, choice: &mut Choice) {
    let tokens = cx.tokens;
    menu_heading(ui, tokens, "Start from");
    let none_on = state.menu.on(cx.study).is_none();
    let starter = choice.starter(cx.study).filter(|_| none_on);
    for (offered, name) in Starter::ALL {
        if menu_choice(ui, tokens, name, starter == offered, true).clicked()
            && let Some(offered) = offered
        {
            choice.start(cx.study, offered);
            state.menu.on = None;
            Popup::close_all(ui.ctx());
        }
    }
}
