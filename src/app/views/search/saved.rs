//! Standing queries: questions kept under a name, with how much each finds now.

use std::collections::HashMap;
use std::sync::Arc;

use eframe::egui::{Align2, Id, Key, Popup, Rect, Role, Sense, Ui, UiBuilder, WidgetInfo, pos2, vec2};

use super::question::Question;
use super::view::{SearchView, counted, grouped};
use crate::analysis::relations::related;
use crate::app::Seen;
use crate::app::context::{Action, Cx};
use crate::app::icons;
use crate::app::tokens::{Type, family};
use crate::app::user_error::UserError;
use crate::app::widgets::{
    Button, Field, focus_ring, icon_button, menu_below, menu_choice, menu_heading, paint_elided, paint_words, pick, select_fill, words,
};
use crate::app::worker::{Edit, IndexDoor, JobHandle};
use crate::project::{EditError, Options, Tx};
use crate::query::{check_values, parse};
use crate::search::Plan;
use crate::study::{EntityId, Kind, Saved, SavedId, SavedKind, Study};

/// What the menu of standing queries remembers.
#[derive(Default)]
pub(super) struct SavedQueries {
    /// The one that was opened last.
    on: Option<SavedId>,
    naming: Option<Naming>,
    /// Whether the menu is to open again.
    reopen: bool,
    /// How much each finds.
    counts: HashMap<SavedId, usize>,
    /// Of what the counts are.
    counted: Option<(Seen, u64)>,
}

/// A name that is being typed.
struct Naming {
    /// The query that gets it; `None` makes a new one.
    of: Option<SavedId>,
    name: String,
    fresh: bool,
}

/// Asks what is kept under a name.
pub(in crate::app) fn open_saved(view: &mut SearchView, study: &Study, id: SavedId) {
    let found = saved(study, id).and_then(|saved| Question::read(study, &saved.body));
    if let Some((question, gone)) = found {
        view.take_question(question);
        view.saved.on = Some(id);
        view.gone = gone;
    }
}

fn saved(study: &Study, id: SavedId) -> Option<&Saved> {
    queries(study).find(|saved| saved.id == id)
}

fn queries(study: &Study) -> impl Iterator<Item = &Saved> {
    study.saved().iter().filter(|saved| saved.kind == SavedKind::Query)
}

impl SavedQueries {
    fn give_back(&mut self, of: Option<SavedId>, name: String) {
        self.naming = Some(Naming { of, name, fresh: true });
        self.reopen = true;
    }

    /// The query that is on, with whether it is asked as it is kept.
    fn on<'s>(&self, study: &'s Study, question: Option<&Question>) -> Option<(&'s Saved, bool)> {
        let saved = saved(study, self.on?)?;
        Some((saved, question.is_some_and(|question| question.written() == saved.body)))
    }
}

/// The job that counts what each finds.
const SLOT: &str = "standing queries";

/// Starts counting, if study or index have changed since.
fn count(view: &mut SearchView, cx: &mut Cx<'_>) {
    let Some(project) = cx.project else { return };
    let current = |(seen, epoch): &(Seen, u64)| seen.is(cx.study) && *epoch == view.epoch;
    if view.saved.counted.as_ref().is_some_and(current) || queries(cx.study).next().is_none() {
        return;
    }
    view.saved.counted = Some((Seen::of(cx.study), view.epoch));
    let (study, index) = (Arc::clone(cx.study), project.index.clone());
    cx.job(SLOT, "", move |job| counts(&study, &index, job), |state, counts| state.search.saved.counts = counts);
}

fn counts(study: &Study, index: &IndexDoor, job: &JobHandle) -> Result<HashMap<SavedId, usize>, UserError> {
    let searcher = index.searcher()?;
    let options = Options { cancelled: job.cancelled(), ..Options::first(0) };
    let number = |saved: &Saved| match Question::read(study, &saved.body)?.0 {
        Question::Relating(asked) => asked.asked().map(|asked| related(study, &asked).passages),
        Question::Query(text) => {
            let mut parsed = parse(&text);
            check_values(&mut parsed, study);
            // What reads every text takes too long to be counted by the way.
            let reads = Plan::new(&parsed.query).step().reads_texts();
            let found = (!reads).then(|| searcher.run(study, &parsed.query, &options).ok()).flatten()?;
            Some(found.total + found.notes.len())
        }
    };
    Ok(queries(study).filter_map(|saved| Some((saved.id, number(saved)?))).collect())
}

/// Shows the button of the standing queries with its menu.
pub(super) fn show(ui: &mut Ui, view: &mut SearchView, cx: &mut Cx<'_>) {
    let tokens = cx.tokens;
    let study = Arc::clone(cx.study);
    let question = view.question();
    let on = view.saved.on(&study, question.as_ref());
    let button = pick(ui, tokens, "Saved", "");
    let name = on.map_or_else(
        || "Saved queries".to_owned(),
        |(saved, same)| format!("Saved queries, {}{}", saved.name, if same { "" } else { ", changed" }),
    );
    button.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
    let id = Popup::default_response_id(&button);
    if std::mem::take(&mut view.saved.reopen) {
        Popup::open_id(ui.ctx(), id);
    }
    let shown = menu_below(tokens, &button, |ui| {
        count(view, cx);
        offer(ui, cx, view, question.as_ref(), on);
    });
    if shown.is_none() {
        // What was typed for a menu that is gone is not typed for the next.
        view.saved.naming = view.saved.naming.take().filter(|naming| naming.fresh);
    }
}

fn offer(ui: &mut Ui, cx: &mut Cx<'_>, view: &mut SearchView, question: Option<&Question>, on: Option<(&Saved, bool)>) {
    if view.saved.naming.is_some() {
        return ask_name(ui, cx, view, question);
    }
    let tokens = cx.tokens;
    menu_heading(ui, tokens, "Saved queries");
    let study = Arc::clone(cx.study);
    for saved in queries(&study) {
        let found = view.saved.counts.get(&saved.id).map_or_else(String::new, |number| format!("  {}", grouped(*number as u64)));
        let line = format!("{}{found}", saved.name);
        let is_on = on.is_some_and(|(on, _)| on.id == saved.id);
        if ui.push_id(saved.id, |ui| menu_choice(ui, tokens, &line, is_on, true)).inner.clicked() {
            go(view, cx, saved);
            Popup::close_all(ui.ctx());
        }
    }
    if queries(&study).next().is_none() {
        menu_choice(ui, tokens, "None yet", false, false);
    }
    menu_heading(ui, tokens, "This query");
    if menu_choice(ui, tokens, "Save as…", false, question.is_some()).clicked() && cx.can_edit() {
        view.saved.naming = Some(Naming { of: None, name: String::new(), fresh: true });
    }
    let Some((saved, same)) = on else { return };
    if menu_choice(ui, tokens, &format!("Save changes to “{}”", saved.name), false, !same).clicked() {
        if let Some(question) = question.filter(|_| cx.can_edit()) {
            let changed = Saved { body: question.written(), ..saved.clone() };
            cx.edit(format!("Save query “{}”", saved.name), move |tx| tx.put(changed));
        }
        Popup::close_all(ui.ctx());
    }
    if menu_choice(ui, tokens, "Rename…", false, true).clicked() && cx.can_edit() {
        view.saved.naming = Some(Naming { of: Some(saved.id), name: saved.name.clone(), fresh: true });
    }
    if menu_choice(ui, tokens, "Delete", false, true).clicked() {
        delete(cx, saved);
        Popup::close_all(ui.ctx());
    }
}

/// Goes on to a standing query, with the way back.
fn go(view: &mut SearchView, cx: &mut Cx<'_>, saved: &Saved) {
    match Question::read(cx.study, &saved.body) {
        Some((question, _)) => {
            view.saved.on = Some(saved.id);
            view.go_to(question, cx);
        }
        None => cx.say(format!("“{}” was kept by another version of Themata and cannot be read here.", saved.name)),
    }
}

/// Asks for the name of a query.
fn ask_name(ui: &mut Ui, cx: &mut Cx<'_>, view: &mut SearchView, question: Option<&Question>) {
    let tokens = cx.tokens;
    let Some(naming) = &mut view.saved.naming else { return };
    ui.spacing_mut().item_spacing.y = tokens.space.one;
    menu_heading(ui, tokens, if naming.of.is_some() { "Rename the query" } else { "Save this query as" });
    let field = Field::new(Id::unique("name of a query"), "Name of the query", icons::BOOKMARK).show(ui, tokens, &mut naming.name);
    if std::mem::take(&mut naming.fresh) {
        field.request_focus();
    }
    let entered = field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
    let (name, of) = (naming.name.trim().to_owned(), naming.of);
    let taken = cx.study.saved_named(SavedKind::Query, &name).is_some_and(|other| Some(other.id) != of);
    if taken {
        words(ui, tokens, Type::Small, tokens.colour.error_ink, "Another query has this name.");
    }
    let ready = !name.is_empty() && !taken;
    ui.add_space(tokens.space.one);
    ui.horizontal(|ui| {
        let does = if of.is_some() { "Rename" } else { "Save" };
        let pressed = Button::primary(does).small().enabled(ready).show(ui, tokens).clicked();
        if ready && (pressed || entered) {
            match (of.and_then(|id| saved(cx.study, id)), question) {
                (Some(saved), _) => rename(cx, saved.clone(), name),
                (None, Some(question)) => save_as(cx, question.written(), name),
                (None, None) => {}
            }
            view.saved.naming = None;
            Popup::close_all(ui.ctx());
        } else if Button::new("Cancel").small().show(ui, tokens).clicked() {
            view.saved.naming = None;
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
    then: impl FnOnce(&mut SavedQueries, T) + Send + 'static,
) {
    let edit = Edit::new(label, act, move |state, made| then(&mut state.search.saved, made));
    cx.actions.push(Action::Edit(edit.or(move |state, _| state.search.saved.give_back(of, name))));
}

fn save_as(cx: &mut Cx<'_>, body: String, name: String) {
    let label = format!("Save query “{name}”");
    let own = name.clone();
    let put = move |tx: &mut Tx<'_>| {
        let position = queries(tx.study()).map(|saved| saved.position + 1).max().unwrap_or(1);
        let id = SavedId::new();
        tx.put(Saved { id, kind: SavedKind::Query, name: own, body, position })?;
        Ok(id)
    };
    edit_or_give_back(cx, label, (None, name), put, |queries, id| queries.on = Some(id));
}

fn rename(cx: &mut Cx<'_>, saved: Saved, name: String) {
    let renamed = Saved { name: name.clone(), ..saved };
    edit_or_give_back(cx, "Rename query".to_owned(), (Some(renamed.id), name), move |tx| tx.put(renamed), |_, ()| ());
}

fn delete(cx: &mut Cx<'_>, saved: &Saved) {
    if cx.can_edit() {
        let id = EntityId { kind: Kind::Saved, id: saved.id.0 };
        cx.edit(format!("Delete query “{}”", saved.name), move |tx| tx.remove(id, None));
    }
}

/// Lists the standing queries where nothing is asked, each with how much it finds.
pub(super) fn show_list(ui: &mut Ui, view: &mut SearchView, cx: &mut Cx<'_>) {
    if queries(cx.study).next().is_none() {
        return;
    }
    count(view, cx);
    let (tokens, colour) = (cx.tokens, &cx.tokens.colour);
    let study = Arc::clone(cx.study);
    ui.add_space(tokens.space.four);
    words(ui, tokens, Type::MicroStrong, colour.ink_secondary, "Saved queries");
    for saved in queries(&study) {
        let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), tokens.size.row), Sense::click());
        let number = view.saved.counts.get(&saved.id).copied();
        let found = number.map_or_else(String::new, |number| counted(number, "hit", "hits"));
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("Saved query {}, {found}", saved.name)));
        select_fill(ui, tokens, rect, false, &response);
        let bin = Rect::from_center_size(
            pos2(rect.right() - tokens.size.control / 2.0, rect.center().y),
            vec2(tokens.size.control, rect.height()),
        );
        let at = pos2(bin.left() - tokens.space.two, rect.center().y);
        let count = paint_words(ui.painter(), at, Align2::RIGHT_CENTER, &found, tokens.tabular(Type::Small), colour.ink_secondary);
        let font = tokens.font_in(Type::Body, family::INTERFACE_MEDIUM);
        let (left, right) = (rect.left() + tokens.space.two, count.left() - tokens.space.two);
        paint_elided(ui.painter(), left, right, rect.center().y, &saved.name, font, colour.accent);
        if response.has_focus() {
            focus_ring(ui, tokens, rect);
        }
        let says = match Question::read(&study, &saved.body) {
            Some((Question::Query(query), _)) => query,
            Some((Question::Relating(asked), _)) => asked.says(&study),
            None => "Kept by another version of Themata".to_owned(),
        };
        if response.on_hover_text(says).clicked() {
            go(view, cx, saved);
        }
        let name = format!("Delete the saved query {}", saved.name);
        let bin =
            ui.scope_builder(UiBuilder::new().max_rect(bin).id_salt(saved.id), |ui| icon_button(ui, tokens, icons::TRASH_2, &name, true));
        if bin.inner.clicked() {
            delete(cx, saved);
        }
    }
}
