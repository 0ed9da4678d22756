use eframe::egui;
use std::collections::BTreeSet;
use std::sync::Arc;

use eframe::egui::{Id, Rect, Ui, UiBuilder, pos2};

use super::answer::{Answer, Asking, HitId, Row};
use super::code_hits::CodeHits;
use super::facets::FacetsView;
use super::hits::{Layout, ListView};
use super::query_box::QueryBox;
use super::{code_hits, empty, facets, help, hits, preview, query_box};
use crate::app::Seen;
use crate::app::command::Command;
use crate::app::context::{Action, Cx};
use crate::app::worker::IndexKept;
use crate::query::{Names, Parsed, Query, as_typed, check_values, parse};
use crate::search::Plan;

/// How many hits are asked for first, so that they are there at once; all follow.
const FIRST: usize = 100;

/// The slot of the job that answers.
const SLOT: &str = "search";

/// What the view remembers.
#[derive(Default)]
pub struct SearchView {
    /// The query in the box.
    pub query: String,
    pub(super) understood: Understood,
    pub(super) query_box: QueryBox,
    pub(super) facets: FacetsView,
    pub(super) list: ListView,
    /// The last answer; it stays until the next is there.
    pub(super) answer: Option<Answer>,
    /// The hits that are chosen.
    pub(super) chosen: BTreeSet<HitId>,
    /// The hit one is at.
    pub(super) focus: Option<HitId>,
    /// Where it stood among all when it was looked for last.
    place: usize,
    /// The sheet that codes hits, while it is open.
    pub(super) code_hits: Option<CodeHits>,
    pub(super) help: bool,
    asked: Option<Asked>,
    /// Counts changes of the index, after which the query is asked again.
    epoch: u64,
    pane: Pane,
}

/// A query as this study understands it.
#[derive(Default)]
pub(super) struct Understood {
    text: String,
    seen: Seen,
    pub names: Names,
    pub parsed: Option<Parsed>,
}

struct Asked {
    query: Query,
    seen: Seen,
    epoch: u64,
    limit: usize,
}

/// The panes that F6 goes through.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Pane {
    #[default]
    Box,
    Hits,
}

impl SearchView {
    /// Puts a query into the box and runs it.
    pub fn ask(&mut self, query: String) {
        self.query = query;
        self.focus_box();
    }

    /// Moves the focus to the box.
    pub fn focus_box(&mut self) {
        self.pane = Pane::Box;
        self.query_box.wants_focus = true;
    }

    /// Moves the focus to the hits.
    pub(super) fn focus_hits(&mut self) {
        self.pane = Pane::Hits;
        self.list.wants_focus = true;
    }

    /// Takes a command of the window.
    pub fn command(&mut self, command: Command) {
        match command {
            Command::NextPane if self.pane == Pane::Box => self.focus_hits(),
            Command::FindInText | Command::NextPane => self.focus_box(),
            _ => {}
        }
    }

    /// The index holds other texts now.
    pub fn index_changed(&mut self, kept: IndexKept) {
        self.epoch += 1;
        self.list.index = Some(kept);
    }

    /// Changes the query, as a facet or an example does.
    pub(super) fn set_query(&mut self, query: String) {
        self.query = query;
        self.query_box.to_end = true;
    }

    /// The hit one is at, with its place among all.
    pub(super) fn current(&self) -> Option<(usize, &Row)> {
        let rows = &self.answer.as_ref()?.rows;
        let here = |row: &Row| Some(row.id()) == self.focus;
        let known = Some(self.place).filter(|at| rows.get(*at).is_some_and(here));
        let at = known.or_else(|| rows.iter().position(here))?;
        rows.get(at).map(|row| (at, row))
    }

    /// Looks where the hit one is at stands among all.
    pub(super) fn find_place(&mut self) {
        self.place = self.current().map_or(0, |(at, _)| at);
    }
}

/// Shows the view.
pub fn show(ui: &mut Ui, view: &mut SearchView, cx: &mut Cx<'_>) {
    understand(view, cx);
    ask(view, cx);
    tell_index(view, cx);
    let (tokens, whole) = (cx.tokens, ui.max_rect());
    let size = &tokens.size;
    let box_height = query_box::height(tokens);
    let top = Rect::from_min_max(whole.min, pos2(whole.right(), whole.top() + box_height));
    let share = |width: f32, least: f32, of: f32| (whole.width() / of).clamp(least, width);
    let left_width = share(size.facets_pane, size.facets_pane * 0.8, 6.0);
    let right_width = share(size.preview_pane, size.sources_pane, 3.0);
    let left = Rect::from_min_max(top.left_bottom(), pos2(whole.left() + left_width, whole.bottom()));
    let right = Rect::from_min_max(pos2(whole.right() - right_width, top.bottom()), whole.max);
    let middle = Rect::from_min_max(left.right_top(), right.left_bottom());
    pane(ui, top, "query", |ui| query_box::show(ui, view, cx));
    let line = egui::Stroke::new(tokens.stroke.hairline, tokens.colour.line_hair);
    let below = Rect::from_min_max(top.left_bottom(), whole.max);
    if view.answer.is_none() || view.query.trim().is_empty() || cx.study.materials().is_empty() {
        pane(ui, below, "nothing asked", |ui| empty::show(ui, view, cx));
    } else {
        pane(ui, left, "facets", |ui| facets::show(ui, view, cx));
        ui.painter().rect_filled(middle, 0.0, tokens.colour.surface_paper);
        pane(ui, middle, "hits", |ui| hits::show(ui, view, cx));
        ui.painter().vline(left.right(), left.y_range(), line);
        ui.painter().vline(right.left(), right.y_range(), line);
        pane(ui, right, "preview", |ui| preview::show(ui, view, cx));
    }
    // Last, or the paper of the hits would cover it.
    ui.painter().hline(top.x_range(), top.bottom(), line);
    query_box::show_completions(ui, view, cx);
    help::show(ui, view, cx);
    code_hits::show(ui, view, cx);
    status(view, cx);
}

fn pane(ui: &mut Ui, rect: Rect, name: &str, add: impl FnOnce(&mut Ui)) {
    ui.scope_builder(UiBuilder::new().max_rect(rect).id_salt(name), |ui| {
        ui.set_clip_rect(rect.intersect(ui.clip_rect()));
        add(ui);
    });
}

/// Reads the query again when it or the study has changed.
fn understand(view: &mut SearchView, cx: &Cx<'_>) {
    let understood = &mut view.understood;
    let same_study = understood.seen.is(cx.study);
    if !same_study {
        understood.names = Names::of(cx.study);
        understood.seen = Seen::of(cx.study);
    }
    if !same_study || understood.parsed.is_none() || understood.text != view.query {
        let mut parsed = parse(&view.query);
        check_values(&mut parsed, cx.study);
        understood.parsed = Some(parsed);
        understood.text.clone_from(&view.query);
    }
}

/// Starts a job when there is something new to be asked.
fn ask(view: &mut SearchView, cx: &mut Cx<'_>) {
    let (Some(parsed), Some(project)) = (&view.understood.parsed, cx.project) else { return };
    let query = as_typed(&view.query, parsed.query.clone());
    if query == Query::Nothing {
        // Hits of another query would be taken for an answer.
        if view.asked.take().is_some() {
            cx.actions.push(Action::Cancel(SLOT));
        }
        view.answer = None;
        return;
    }
    let current = |asked: &&Asked| asked.query == query && asked.seen.is(cx.study) && asked.epoch == view.epoch;
    let limit = match (view.asked.as_ref().filter(current), &view.answer) {
        // The first hits are there: now all of them.
        (Some(asked), Some(answer)) if view.list.fresh && asked.limit == FIRST && answer.rows.len() < answer.total => usize::MAX,
        (Some(_), _) => return,
        (None, _) => view.asked.as_ref().filter(|asked| asked.query == query).map_or(FIRST, |asked| asked.limit),
    };
    if view.asked.as_ref().is_none_or(|asked| asked.query != query) {
        // Other words: the list begins at its first hit, whatever was found while they were typed.
        view.focus = None;
    }
    view.list.fresh = false;
    view.asked = Some(Asked { query: query.clone(), seen: Seen::of(cx.study), epoch: view.epoch, limit });
    let took = view.answer.as_ref().map(|answer| answer.took).filter(|_| limit == usize::MAX);
    let asking =
        Asking { index: project.index.clone(), texts: Arc::clone(&project.texts), study: Arc::clone(cx.study), query, limit, took };
    // Reading every text can take a while, so it is shown among the jobs.
    let name = if Plan::new(&asking.query).step().reads_texts() { "Searching the texts" } else { "" };
    cx.job(SLOT, name, move |job| asking.answer(job.cancelled()), |state, answer| state.search.take(answer));
}

impl SearchView {
    /// Takes in an answer; the hit one is at stays while the query does, if it is still among them.
    fn take(&mut self, answer: Answer) {
        if self.asked.as_ref().is_none_or(|asked| asked.query != answer.query) {
            // Another query was asked in the same moment; its answer is on its way.
            return;
        }
        let here = |id: &HitId| answer.rows.iter().any(|row| row.id() == *id);
        self.focus = self.focus.filter(here).or_else(|| answer.rows.first().map(Row::id));
        if answer.rows.len() == answer.total {
            let still: BTreeSet<HitId> = answer.rows.iter().map(Row::id).filter(|id| self.chosen.contains(id)).collect();
            self.chosen = still;
        }
        self.facets.take(&answer.facets);
        self.list.new_rows();
        self.answer = Some(answer);
        self.find_place();
    }
}

/// Tells once what became of the index.
fn tell_index(view: &mut SearchView, cx: &mut Cx<'_>) {
    let Some(IndexKept { kept, in_memory }) = view.list.index.take() else { return };
    if let Some(problem) = in_memory {
        cx.tell(problem);
    }
    if !kept.unreadable.is_empty() {
        let what = format!("{} texts could not be read and are not searched.", kept.unreadable.len());
        cx.tell(crate::app::UserError::new(what, "Check the project: themata check PROJECT."));
    }
}

fn status(view: &SearchView, cx: &mut Cx<'_>) {
    if let Some(answer) = &view.answer {
        let of = cx.study.materials().len();
        let hits = counted(answer.total, "hit", "hits");
        let took = answer.took.as_millis().max(1);
        cx.status.say(format!("{hits} in {} of {}, {took} ms", answer.sources, counted(of, "source", "sources")));
        cx.status.say(format!("Searched {} words, stemmed", grouped(answer.words)));
        if answer.lacking > 0 {
            cx.status.say(format!("{} not indexed yet", counted(answer.lacking, "source", "sources")));
        }
    }
    if view.answer.as_ref().is_some_and(|answer| answer.total > 0) {
        cx.status.hint(&["↵"], "Open in Read");
        cx.status.hint(&["C"], "Code");
        cx.status.hint(&["Q"], "Quote");
        cx.status.hint(&["Space"], "Choose");
        cx.status.hint(&["↑", "↓"], "Next hit");
    }
    cx.status.hint(&["Shift", "F1"], "Query language");
    if view.list.layout == Layout::Kwic {
        cx.status.hint(&["F6"], "Next pane");
    }
}

/// A number with its noun.
pub(super) fn counted(number: usize, one: &str, many: &str) -> String {
    format!("{} {}", grouped(number as u64), if number == 1 { one } else { many })
}

/// A number with its thousands set apart.
pub(super) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut shown = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            shown.push(',');
        }
        shown.push(digit);
    }
    shown
}

/// The id of the box and of the list, for the focus.
pub(super) fn box_id() -> Id {
    Id::unique("search query")
}
