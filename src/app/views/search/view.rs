use eframe::egui;
use std::collections::BTreeSet;
use std::sync::Arc;

use eframe::egui::{Id, Rect, Ui, UiBuilder, pos2, vec2};

use super::answer::{Answer, Asking, HitId, Reading, Row};
use super::code_hits::CodeHits;
use super::facets::FacetsView;
use super::hits::{Layout, ListView};
use super::query_box::QueryBox;
use super::question::{Mode, Question, Relating};
use super::relating::{self, RelatingView};
use super::saved::{self, SavedQueries};
use super::{code_hits, commands, empty, export, facets, help, hits, notes, preview, query_box};
use crate::analysis::matrix::Passage;
use crate::app::Seen;
use crate::app::command::Command;
use crate::app::context::{Action, Cx};
use crate::app::frame::dialogs::Listed;
use crate::app::numbers::{counted, grouped};
use crate::app::state::{Place, View};
use crate::app::views::saved::SavedMenu;
use crate::app::widgets::{RowList, segmented};
use crate::app::worker::IndexKept;
use crate::query::{Names, Parsed, Query, as_typed, check_values, parse};
use crate::search::Plan;
use crate::study::Study;

/// How many hits are asked for first, so that they are there at once; all follow.
const FIRST: usize = 100;

/// The slot of the job that answers.
pub const SLOT: &str = "search";

/// What the view remembers.
#[derive(Default)]
pub struct SearchView {
    /// The query in the box.
    pub query: String,
    pub(super) mode: Mode,
    pub(super) relating: RelatingView,
    pub(super) saved: SavedQueries,
    /// How much of what was kept is gone, until it is said.
    pub(super) gone: usize,
    pub(super) understood: Understood,
    pub(super) query_box: QueryBox,
    pub(super) facets: FacetsView,
    pub(super) list: ListView,
    pub(super) notes: RowList,
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
    /// The focus stays where it is when the next query comes.
    stays: bool,
    /// Counts changes of the index, after which the query is asked again.
    pub(super) epoch: u64,
    pane: Pane,
    /// Commands for the view that wait for its next frame.
    pub(super) commands: Vec<Command>,
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
    /// Whether its answer is on its way, or was stopped.
    state: Waiting,
    /// How far the texts are read for it; none where the index alone answers.
    reading: Option<Arc<Reading>>,
}

/// What became of a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Waiting {
    /// Its answer is on its way.
    Asked,
    /// The analyst has stopped it.
    Stopped,
    /// It is answered.
    Answered,
}

/// The panes that F6 goes through.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Pane {
    #[default]
    Box,
    Hits,
    Facets,
}

impl SearchView {
    /// Gives back the line of a contrary mark that could not be kept.
    pub fn give_back(&mut self, of: &Passage, line: &str) {
        self.relating.give_back(of, line);
    }

    /// Puts a query into the box and runs it. A query that is there already is come back to as it was left.
    pub fn ask(&mut self, query: String) {
        let same = self.mode == Mode::Paragraphs && self.query == query;
        self.mode = Mode::Paragraphs;
        self.set_query(query);
        if std::mem::take(&mut self.stays) {
            return;
        }
        if same && self.pane != Pane::Box { self.focus_hits() } else { self.focus_box() }
    }

    /// Where one is, to come back to.
    #[must_use]
    pub fn place(&self) -> Place {
        self.question().map_or(Place::View(View::Search), Question::place)
    }

    /// Lists passages beside others.
    pub fn relate(&mut self, asked: Relating) {
        self.mode = Mode::Passages;
        self.relating.asked = asked;
        if !std::mem::take(&mut self.stays) {
            self.focus_hits();
        }
    }

    /// What is asked, if anything is.
    pub(super) fn question(&self) -> Option<Question> {
        match self.mode {
            Mode::Paragraphs if self.query.trim().is_empty() => None,
            Mode::Paragraphs => Some(Question::Query(self.query.clone())),
            Mode::Passages => Some(Question::Relating(self.relating.asked.clone())),
        }
    }

    /// Asks something.
    pub(super) fn take_question(&mut self, question: Question) {
        match question {
            Question::Query(query) => self.ask(query),
            Question::Relating(asked) => self.relate(asked),
        }
    }

    /// Goes on to another question by a press, with the way back; the focus stays where it is.
    pub(super) fn go_to(&mut self, question: Question, cx: &mut Cx<'_>) {
        self.stays = true;
        cx.go(question.place());
    }

    /// Goes on to another query by a press.
    pub(super) fn go_to_query(&mut self, query: String, cx: &mut Cx<'_>) {
        self.go_to(Question::Query(query), cx);
    }

    /// The query is one to come back to: the analyst goes on from it.
    pub(super) fn settle(&self, cx: &mut Cx<'_>) {
        if !self.query.trim().is_empty() {
            cx.go(Place::Query(self.query.clone()));
        }
    }

    /// The analyst has stopped the answer that was on its way.
    pub fn stopped(&mut self) {
        if let Some(asked) = self.asked.as_mut().filter(|asked| asked.state == Waiting::Asked) {
            asked.state = Waiting::Stopped;
        }
    }

    /// Asks again what was stopped.
    pub(super) fn ask_again(&mut self) {
        self.asked = None;
    }

    /// Whether the texts are being read for the query in the box, or that was stopped, with how much is read in hundredths.
    pub(super) fn reading(&self) -> Option<(Waiting, usize)> {
        let asked = self.asked.as_ref().filter(|asked| asked.state != Waiting::Answered)?;
        Some((asked.state, asked.reading.as_ref()?.percent()))
    }

    /// Moves the focus to what is asked.
    pub fn focus_box(&mut self) {
        self.pane = Pane::Box;
        match self.mode {
            Mode::Paragraphs => self.query_box.wants_focus = true,
            Mode::Passages => self.relating.wants_question = true,
        }
        self.keep_focus();
    }

    /// The focus stays in the box, whatever was to get it.
    pub(super) fn keep_focus(&mut self) {
        (self.list.wants_focus, self.notes.wants_focus) = (false, false);
    }

    /// Whether it was answered that nothing is found.
    fn finds_nothing(&self) -> bool {
        self.answer.as_ref().is_some_and(|answer| answer.total == 0 && answer.notes.is_empty())
    }

    fn focus_facets(&mut self) {
        self.pane = Pane::Facets;
        match self.mode {
            Mode::Paragraphs => self.facets.wants_focus = true,
            Mode::Passages => self.relating.facets.wants_focus = true,
        }
    }

    /// Moves the focus to the hits, or to the notes where there are only those.
    pub(super) fn focus_hits(&mut self) {
        if self.mode == Mode::Passages {
            self.pane = Pane::Hits;
            return self.relating.enter();
        }
        if self.finds_nothing() {
            return self.focus_box();
        }
        self.pane = Pane::Hits;
        let only_notes = self.answer.as_ref().is_some_and(|answer| answer.total == 0 && !answer.notes.is_empty());
        if only_notes {
            self.notes.wants_focus = true;
        } else {
            self.list.wants_focus = true;
        }
    }

    /// What is listed, for whoever writes it to a file; `None` while nothing is.
    #[must_use]
    pub fn listed(&self, study: &Study) -> Option<Listed> {
        match self.mode {
            Mode::Paragraphs => export::listed(self),
            Mode::Passages => self.relating.listed(study),
        }
    }

    /// Takes a command of the window.
    pub fn command(&mut self, command: Command) {
        self.commands.push(command);
    }

    /// Moves the focus on: from what is asked to what is found, to how that is spread, and back.
    pub(super) fn next_pane(&mut self) {
        let (nothing, answered) = match self.mode {
            Mode::Paragraphs => (self.finds_nothing(), self.answer.is_some()),
            Mode::Passages => (self.relating.finds_nothing(), self.relating.is_answered()),
        };
        match self.pane {
            Pane::Box if nothing => self.focus_facets(),
            Pane::Box if answered || self.mode == Mode::Paragraphs => self.focus_hits(),
            Pane::Hits if answered => self.focus_facets(),
            Pane::Box | Pane::Hits | Pane::Facets => self.focus_box(),
        }
    }

    /// Whether all hits have come.
    pub(super) fn has_all(&self) -> bool {
        self.answer.as_ref().is_some_and(|answer| answer.rows.len() == answer.total)
    }

    /// The menu of standing queries.
    pub(in crate::app::views) const fn saved_menu(&mut self) -> &mut SavedMenu {
        &mut self.saved.menu
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

/// The least share of their usual width that the facets have.
const FACETS_LEAST: f32 = 0.8;

/// Shows the view.
pub fn show(ui: &mut Ui, view: &mut SearchView, cx: &mut Cx<'_>) {
    help::take_key(ui, view);
    commands::run_waiting(ui, view, cx);
    saved::keep_up(view, cx);
    understand(view, cx);
    ask(view, cx);
    tell_index(view, cx);
    let (tokens, whole) = (cx.tokens, ui.max_rect());
    let size = &tokens.size;
    let box_height = query_box::height(tokens);
    let top = Rect::from_min_max(whole.min, pos2(whole.right(), whole.top() + box_height));
    if std::mem::take(&mut view.gone) > 0 {
        cx.say("Something that this query names is gone and was left out of it.");
    }
    let share = |width: f32, least: f32, of: f32| (whole.width() / of).clamp(least, width);
    let left_width = share(size.facets_pane, size.facets_pane * FACETS_LEAST, 6.0);
    let right_width = share(size.preview_pane, size.sources_pane, 3.0);
    let left = Rect::from_min_max(top.left_bottom(), pos2(whole.left() + left_width, whole.bottom()));
    let right = Rect::from_min_max(pos2(whole.right() - right_width, top.bottom()), whole.max);
    let middle = Rect::from_min_max(left.right_top(), right.left_bottom());
    show_top(ui, view, cx, top);
    let line = egui::Stroke::new(tokens.stroke.hairline, tokens.colour.line_hair);
    let below = Rect::from_min_max(top.left_bottom(), whole.max);
    if view.mode == Mode::Passages {
        relating::keep_up(&mut view.relating, cx);
        relating::show(ui, view, cx, left, middle.union(right));
    } else if view.reading().is_some() && view.answer.is_none() {
        pane(ui, below, "reading", |ui| hits::show_reading(ui, view, cx));
    } else if view.answer.is_none() || view.query.trim().is_empty() || cx.study.materials().is_empty() {
        pane(ui, below, "nothing asked", |ui| empty::show(ui, view, cx));
    } else {
        pane(ui, left, "facets", |ui| facets::show(ui, view, cx));
        ui.painter().rect_filled(middle, 0.0, tokens.colour.surface_paper);
        pane(ui, middle, "hits", |ui| hits::show(ui, view, cx));
        ui.painter().vline(left.right(), left.y_range(), line);
        ui.painter().vline(right.left(), right.y_range(), line);
        let (hits, found) = view.answer.as_ref().map_or((0, 0), |answer| (answer.total, answer.notes.len()));
        pane(ui, right, "preview", |ui| match (hits, found) {
            (0, 0) => preview::show_nothing(ui, cx),
            (0, _) => notes::preview(ui, view, cx),
            _ => preview::show(ui, view, cx),
        });
    }
    // Last, or the paper of the hits would cover it.
    ui.painter().hline(top.x_range(), top.bottom(), line);
    if view.mode == Mode::Paragraphs {
        query_box::show_completions(ui, view, cx);
        status(view, cx);
    }
    help::show(ui, view, cx);
    code_hits::show(ui, view, cx);
}

/// The largest share of the top that the switch of what is listed has.
const SWITCH_SHARE: f32 = 0.4;

/// The switch of what is listed, what is asked, and what is kept of it.
fn show_top(ui: &mut Ui, view: &mut SearchView, cx: &mut Cx<'_>, top: Rect) {
    let tokens = cx.tokens;
    let row = Rect::from_min_size(top.min + vec2(0.0, query_box::above(tokens)), vec2(top.width(), query_box::field_height(tokens)));
    let layout = egui::Layout::left_to_right(egui::Align::Center);
    // The switch never takes more than a part of the row from the box.
    let at_left =
        Rect::from_min_max(pos2(row.left() + tokens.space.five, row.top()), pos2(row.left() + row.width() * SWITCH_SHARE, row.bottom()));
    let before = view.mode;
    let switch = ui.scope_builder(UiBuilder::new().max_rect(at_left).layout(layout).id_salt("mode"), |ui| {
        let modes = [(Mode::Paragraphs, "Paragraphs"), (Mode::Passages, "Passages")];
        segmented(ui, tokens, "List", &modes, &mut view.mode, false);
    });
    if view.mode != before {
        let question = std::mem::replace(&mut view.mode, before);
        switch_to(view, question, cx);
    }
    let at_right = Rect::from_min_max(row.min, pos2(row.right() - tokens.space.four, row.bottom()));
    let layout = egui::Layout::right_to_left(egui::Align::Center);
    let kept = ui.scope_builder(UiBuilder::new().max_rect(at_right).layout(layout).id_salt("saved"), |ui| saved::show(ui, view, cx));
    let left = switch.response.rect.right() + tokens.space.three;
    let between = Rect::from_min_max(pos2(left, top.top()), pos2(kept.response.rect.left() - tokens.space.two, top.bottom()));
    match view.mode {
        Mode::Paragraphs => pane(ui, between, "query", |ui| query_box::show(ui, view, cx)),
        Mode::Passages => {
            let above = (row.height() - tokens.size.control) / 2.0;
            let between = Rect::from_min_max(pos2(between.left(), row.top() + above), between.max);
            pane(ui, between, "relating", |ui| relating::show_question(ui, view, cx));
        }
    }
}

/// Lists the other thing, with the way back.
fn switch_to(view: &mut SearchView, mode: Mode, cx: &mut Cx<'_>) {
    match mode {
        Mode::Paragraphs => view.go_to(Question::Query(view.query.clone()), cx),
        Mode::Passages => view.go_to(Question::Relating(view.relating.asked.clone()), cx),
    }
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
    if view.asked.as_ref().is_some_and(|asked| asked.state == Waiting::Stopped && asked.query == query) {
        // It begins again only when the analyst says so.
        return;
    }
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
    let reads = Plan::new(&query).step().reads_texts();
    let reading = Arc::new(Reading::default());
    view.asked = Some(Asked {
        query: query.clone(),
        seen: Seen::of(cx.study),
        epoch: view.epoch,
        limit,
        state: Waiting::Asked,
        reading: reads.then(|| Arc::clone(&reading)),
    });
    let asking = Asking {
        index: project.index.clone(),
        texts: Arc::clone(&project.texts),
        study: Arc::clone(cx.study),
        query,
        written: parsed.query.clone(),
        reading,
        limit,
        took: view.answer.as_ref().map(|answer| answer.took).filter(|_| limit == usize::MAX),
    };
    // Reading every text can take a while, so it is shown among the jobs.
    let name = if reads { "Searching the texts" } else { "" };
    cx.job(SLOT, name, move |job| asking.answer(job), |state, answer| state.search.take(answer));
}

impl SearchView {
    /// Takes in an answer; the hit one is at stays while the query does, if it is still among them.
    fn take(&mut self, answer: Answer) {
        let Some(asked) = self.asked.as_mut().filter(|asked| asked.query == answer.query) else {
            // Another query was asked in the same moment; its answer is on its way.
            return;
        };
        asked.state = Waiting::Answered;
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
        cx.status.say(format!("Searched {} words, stemmed", grouped(answer.words as usize)));
        if answer.lacking > 0 {
            cx.status.say(format!("{} not indexed yet", counted(answer.lacking, "source", "sources")));
        }
    }
    if view.answer.as_ref().is_some_and(|answer| answer.total > 0) {
        for command in [Command::OpenHit, Command::CodeHit, Command::QuoteHit] {
            cx.status.hint_command(command);
        }
        if view.answer.as_ref().is_some_and(|answer| answer.facets.unread > 0) {
            cx.status.hint_command(Command::ConfirmHit);
        }
        cx.status.hint_command(Command::ChooseHit);
        cx.status.hint(&["↑", "↓"], "Next hit");
    }
    cx.status.hint_command(Command::QueryLanguage);
    if view.list.layout == Layout::Kwic {
        cx.status.hint_command(Command::SortLeft);
        cx.status.hint_command(Command::SortRight);
    }
}

/// The id of the box and of the list, for the focus.
pub(super) fn box_id() -> Id {
    Id::unique("search query")
}
