//! Standing queries: questions kept under a name, with how much each finds now and how much of that is new.

use std::collections::HashMap;
use std::sync::Arc;

use eframe::egui::{Align2, Rect, Role, Sense, Ui, UiBuilder, WidgetInfo, pos2, vec2};

use super::question::Question;
use super::view::SearchView;
use crate::analysis::relations::related;
use crate::app::Seen;
use crate::app::context::Cx;
use crate::app::icons;
use crate::app::numbers::{counted, grouped};
use crate::app::tokens::{Type, family};
use crate::app::user_error::UserError;
use crate::app::views::saved::{SavedMenu, Shown, delete, of_kind, saved};
use crate::app::widgets::{focus_ring, icon_button, menu_below, paint_elided, paint_words, pick, select_fill, words};
use crate::app::worker::{IndexDoor, JobHandle};
use crate::project::Options;
use crate::query::{as_typed, check_values, parse};
use crate::search::Plan;
use crate::study::{Saved, SavedId, SavedKind, Study};

/// What the menu of standing queries remembers.
pub(super) struct SavedQueries {
    pub menu: SavedMenu,
    /// How much each finds.
    counts: HashMap<SavedId, usize>,
    /// Of what the counts are.
    counted: Option<(Seen, u64)>,
    /// Whether they were asked for and have not come.
    counting: bool,
    /// The query that was on in the frame before; none where one was opened since, perhaps the same again.
    was_on: Option<SavedId>,
    /// The query that is looked at: how much it finds is remembered, once that is known.
    looked_at: Option<SavedId>,
}

impl Default for SavedQueries {
    fn default() -> Self {
        let menu = SavedMenu::new(SavedKind::Query);
        Self { menu, counts: HashMap::new(), counted: None, counting: false, was_on: None, looked_at: None }
    }
}

impl SavedQueries {
    /// A query is opened.
    fn look_at(&mut self, id: SavedId) {
        (self.menu.on, self.was_on) = (Some(id), None);
    }
}

/// Asks what is kept under a name.
pub(in crate::app) fn open_saved(view: &mut SearchView, study: &Study, id: SavedId) {
    let found = saved(study, SavedKind::Query, id).and_then(|saved| Question::read(study, &saved.body));
    if let Some((question, gone)) = found {
        view.take_question(question);
        view.saved.look_at(id);
        view.gone = gone;
    }
}

fn queries(study: &Study) -> impl Iterator<Item = &Saved> {
    of_kind(study, SavedKind::Query)
}

/// Whether what is asked is as a query is kept.
fn is_same(view: &SearchView, saved: &Saved) -> bool {
    view.question().is_some_and(|question| question.written() == saved.body)
}

/// Remembers how much the query that is looked at finds, as soon as that is known.
pub(super) fn keep_up(view: &mut SearchView, cx: &mut Cx<'_>) {
    let saved = &mut view.saved;
    if saved.was_on != saved.menu.on {
        // Opened, or just kept.
        (saved.was_on, saved.looked_at) = (saved.menu.on, saved.menu.on);
    }
    let Some(id) = view.saved.looked_at else { return };
    count(view, cx);
    if view.saved.counting {
        return;
    }
    view.saved.looked_at = None;
    if let Some(number) = view.saved.counts.get(&id).copied().filter(|number| cx.settings.looked_at.get(&id) != Some(number)) {
        cx.set(move |settings| _ = settings.looked_at.insert(id, number));
    }
}

/// How much a query finds, and how much more that is than when it was looked at last.
fn finds(view: &SearchView, cx: &Cx<'_>, id: SavedId) -> Option<(usize, usize)> {
    let number = view.saved.counts.get(&id).copied()?;
    let new = cx.settings.looked_at.get(&id).map_or(0, |before| number.saturating_sub(*before));
    Some((number, new))
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
    view.saved.counting = true;
    let (study, index) = (Arc::clone(cx.study), project.index.clone());
    cx.job(
        SLOT,
        "",
        move |job| counts(&study, &index, job),
        |state, counts| {
            let saved = &mut state.search.saved;
            (saved.counts, saved.counting) = (counts, false);
        },
    );
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
            // As the box asks it, whose last word is perhaps not finished.
            let query = as_typed(&text, parsed.query);
            let found = (!reads).then(|| searcher.run(study, &query, &options).ok()).flatten()?;
            Some(found.total + found.notes.len())
        }
    };
    Ok(queries(study).filter_map(|saved| Some((saved.id, number(saved)?))).collect())
}

/// Shows the button of the standing queries with its menu.
pub(super) fn show(ui: &mut Ui, view: &mut SearchView, cx: &mut Cx<'_>) {
    let tokens = cx.tokens;
    let study = Arc::clone(cx.study);
    let on = view.saved.menu.on(&study);
    let same = on.is_some_and(|saved| is_same(view, saved));
    let button = pick(ui, tokens, "Saved", "");
    let name = on.map_or_else(
        || "Saved queries".to_owned(),
        |saved| format!("Saved queries, {}{}", saved.name, if same { "" } else { ", changed" }),
    );
    button.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
    view.saved.menu.open_below(&button);
    let shown = menu_below(tokens, &button, |ui| {
        count(view, cx);
        let lines: HashMap<SavedId, String> = queries(&study)
            .filter_map(|saved| {
                let (number, new) = finds(view, cx, saved.id)?;
                let new = if new > 0 { format!(", {} new", grouped(new)) } else { String::new() };
                Some((saved.id, format!("{}{new}", grouped(number))))
            })
            .collect();
        let question = view.question();
        let body = || question.as_ref().map(Question::written);
        let shown = Shown { body: &body, same, about: &|id| lines.get(&id).cloned().unwrap_or_default() };
        let chosen = view.saved.menu.offer(ui, cx, "Saved queries", &shown);
        if let Some(saved) = chosen.and_then(|id| saved(&study, SavedKind::Query, id)) {
            go(view, cx, saved);
        }
    });
    if shown.is_none() {
        view.saved.menu.closed();
    }
}

/// Goes on to a standing query, with the way back.
fn go(view: &mut SearchView, cx: &mut Cx<'_>, saved: &Saved) {
    match Question::read(cx.study, &saved.body) {
        Some((question, _)) => {
            view.saved.look_at(saved.id);
            view.go_to(question, cx);
        }
        None => cx.say(format!("“{}” was kept by another version of Themata and cannot be read here.", saved.name)),
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
        let found = finds(view, cx, saved.id).map_or_else(String::new, |(number, new)| {
            let new = if new > 0 { format!(", {} new", grouped(new)) } else { String::new() };
            counted(number, "hit", "hits") + &new
        });
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
