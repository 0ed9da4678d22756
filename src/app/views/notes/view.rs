use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use eframe::egui::{Align, Frame, Id, Layout, Margin, Rect, Ui, UiBuilder, Vec2, pos2};

use super::draft::Draft;
use super::entries::{Entries, Entry, KINDS, kind_name};
use super::listing::{Grouping, Wanted, listing};
use super::place::Sort;
use super::{acts, editor, list, place};
use crate::app::Seen;
use crate::app::command::Command;
use crate::app::context::Cx;
use crate::app::frame::dialogs::Listed;
use crate::app::icons;
use crate::app::views::days::Days;
use crate::app::views::headed::{Headed, Scrolled};
use crate::app::views::narrowing::choose;
use crate::app::views::nothing_here;
use crate::app::views::search::export_list;
use crate::app::widgets::{Button, Field, empty, next_pane, segmented, view_head};
use crate::app::worker::Edit;
use crate::exchange::export::listed_memos_table;
use crate::study::{MemoId, MemoOn, Study};

/// What the view remembers.
#[derive(Default)]
pub struct NotesView {
    pub(super) entries: Entries,
    gathered: Seen,
    pub(super) wanted: Wanted,
    pub(super) listing: Headed,
    /// What the lines were made from: the entries, what is wanted, the day.
    made_from: Option<(Arc<[Entry]>, Wanted, i64)>,
    pub(super) selected: Option<MemoId>,
    pub(super) draft: Option<Draft>,
    /// What could not be kept of other memos, and waits until they are selected again or everything is kept.
    pub(super) given_back: HashMap<MemoId, Draft>,
    /// The list wants the keys.
    pub(super) wants_focus: bool,
    /// The words want the keys.
    pub(super) write: bool,
    /// Whether the words have the keys: what is written stays in sight, whether it fits the filter or not.
    pub(super) writing: bool,
    /// How far the list is scrolled.
    pub(super) scrolled: Scrolled,
    /// Commands for the view that wait for its next frame.
    commands: Vec<Command>,
}

/// The field that filters the memos.
const FILTER: &str = "filter of memos";

impl NotesView {
    /// Takes a command of the window.
    pub fn command(&mut self, command: Command) {
        self.commands.push(command);
    }

    /// What is listed, for whoever writes it to a file; `None` while no memo is left out, or all are.
    #[must_use]
    pub fn listed(&self, study: &Study) -> Option<Listed> {
        listed(self, study).filter(|_| self.wanted.narrows())
    }

    /// Puts the keys on the list.
    pub fn focus_list(&mut self) {
        self.wants_focus = !self.write;
    }

    /// Begins a new memo on something.
    pub fn begin(&mut self, on: MemoOn) {
        if let Some(draft) = self.draft.take().filter(Draft::is_touched) {
            self.given_back.insert(draft.id, draft);
        }
        let draft = Draft::new(on);
        self.selected = Some(draft.id);
        self.draft = Some(draft);
        self.write = true;
    }

    /// What was written and is not kept yet, as edits: for when the view is left.
    pub fn leave(&mut self) -> Vec<Edit> {
        let mut edits: Vec<Edit> = self.given_back.drain().filter_map(|(_, mut draft)| draft.keep()).collect();
        edits.extend(self.draft.as_mut().and_then(Draft::keep));
        edits
    }

    /// Puts what was being written in another view of the same study into this one.
    pub fn take_drafts(&mut self, other: Self) {
        self.given_back.extend(other.given_back);
        self.given_back.extend(other.draft.filter(Draft::is_touched).map(|draft| (draft.id, draft)));
    }

    /// Selects a memo, or none.
    pub(super) fn select(&mut self, memo: Option<MemoId>) {
        self.selected = memo;
        self.scrolled.to_chosen = true;
    }

    /// The selected memo, as it is listed.
    pub(super) fn entry(&self) -> Option<&Entry> {
        self.entries.all.iter().find(|entry| Some(entry.id) == self.selected)
    }

    /// The place of the selected memo in the list.
    pub(super) fn place(&self) -> Option<usize> {
        let id = self.selected?;
        self.listing.place(|at| self.entries.all.get(at).is_some_and(|entry| entry.id == id))
    }

    /// Forgets what was written of a memo that goes.
    pub(super) fn forget(&mut self, id: MemoId) {
        self.draft.take_if(|draft| draft.id == id);
        self.given_back.remove(&id);
    }

    /// Moves by so many memos; where there is none after the last, to the one before.
    pub(super) fn step(&mut self, by: isize) {
        let entries = Arc::clone(&self.entries.all);
        let Some(last) = self.listing.count().checked_sub(1) else { return };
        let now = self.place();
        let next = now.map_or(0, |now| now.saturating_add_signed(by).min(last));
        let next = if Some(next) == now && by == 1 { next.saturating_sub(1) } else { next };
        self.select(self.listing.row(next).and_then(|at| entries.get(at)).map(|entry| entry.id));
    }

    /// Whether the last memo of the list is selected.
    pub(super) fn is_at_end(&self) -> bool {
        self.place().is_some_and(|place| place + 1 == self.listing.count())
    }

    fn keep_up(&mut self, cx: &mut Cx<'_>) {
        if !self.gathered.is(cx.study) {
            self.gathered = Seen::of(cx.study);
            let study = Arc::clone(cx.study);
            cx.job("memos", "", move |_| Ok(Entries::of(&study)), |state, entries| state.notes.entries = entries);
        }
        // A day has so many milliseconds; the headings say which day it is.
        let day = cx.now.div_euclid(86_400_000);
        let same =
            |(all, wanted, on): &(Arc<[Entry]>, Wanted, i64)| Arc::ptr_eq(all, &self.entries.all) && *wanted == self.wanted && *on == day;
        if !self.made_from.as_ref().is_some_and(same) {
            self.listing = listing(&self.entries.all, &self.wanted, cx.now, list::heights(cx.tokens));
            self.made_from = Some((Arc::clone(&self.entries.all), self.wanted.clone(), day));
            let writing = self.draft.as_ref().is_some_and(|draft| Some(draft.id) == self.selected && (self.writing || !draft.rests()));
            if !writing && self.place().is_none() {
                self.select(self.listing.row(0).and_then(|at| self.entries.all.get(at)).map(|entry| entry.id));
            }
        }
    }
}

/// Carries out a command: about the memo one is at, or where the keys go.
pub(super) fn run(ui: &Ui, view: &mut NotesView, cx: &mut Cx<'_>, command: Command) {
    let filter = Id::unique(FILTER);
    match command {
        Command::FindInText => ui.memory_mut(|memory| memory.request_focus(filter)),
        Command::NextPane => {
            let words = view.draft.as_ref().map(|draft| editor::field_id(draft.id));
            let panes: Vec<Id> = [filter, list::id()].into_iter().chain(words).collect();
            next_pane(ui, &panes, 1);
        }
        Command::NewMemo if cx.can_edit() => view.begin(MemoOn::Project),
        Command::NewMemo => {}
        Command::WriteMemo if view.selected.is_some() => view.write = true,
        command => match (command, view.entry().map(|entry| entry.on.clone())) {
            (Command::OpenMemoPlace, Some(on)) => place::open(cx, &on),
            (Command::DeleteMemo, Some(_)) => acts::delete(view, cx),
            (command, _) => nothing_here(cx, command),
        },
    }
}

/// The share of the width that the list of memos has, and how many pickers it is wide at most.
const LIST: f32 = 0.46;
const LIST_MOST: f32 = 1.6;

/// Shows the view.
pub fn show(ui: &mut Ui, view: &mut NotesView, cx: &mut Cx<'_>) {
    view.keep_up(cx);
    for command in std::mem::take(&mut view.commands) {
        run(ui, view, cx, command);
    }
    let tokens = cx.tokens;
    let whole = ui.max_rect();
    if view.entries.all.is_empty() && view.draft.is_none() && view.given_back.is_empty() && view.entries.are_of(cx.study) {
        ui.painter().rect_filled(whole, 0.0, tokens.colour.surface_paper);
        let what = "Memos hold what you think while you read: on words, codings and sources (M in Read), on themes and cases, or on \
                    the study as a whole.";
        if empty(ui, tokens, icons::STICKY_NOTE, "No memos yet", what, Some("Write a memo")) {
            run(ui, view, cx, Command::NewMemo);
        }
        cx.status.hint_command(Command::NewMemo);
        list::take_new(ui, view, cx);
        return;
    }
    let left_width = (whole.width() * LIST).clamp(tokens.size.preview_pane.min(whole.width() / 2.0), tokens.size.picker_width * LIST_MOST);
    let left = Rect::from_min_max(whole.min, pos2(whole.left() + left_width, whole.bottom()));
    let right = Rect::from_min_max(left.right_top(), whole.max);
    let below = view_head(ui, tokens, left, &title(view), |ui| show_head(ui, view, cx));
    ui.scope_builder(UiBuilder::new().max_rect(below).id_salt("memos"), |ui| {
        ui.set_clip_rect(below.intersect(ui.clip_rect()));
        list::show(ui, view, cx);
    });
    ui.painter().vline(left.right(), left.y_range(), tokens.hairline(tokens.colour.line_hair));
    ui.scope_builder(UiBuilder::new().max_rect(right).id_salt("memo"), |ui| {
        ui.set_clip_rect(right.intersect(ui.clip_rect()));
        editor::show(ui, view, cx);
    });
    status(view, cx);
}

fn title(view: &NotesView) -> String {
    let (all, shown) = (view.entries.all.len(), view.listing.count());
    let memos = if all == 1 { "memo" } else { "memos" };
    if view.wanted.narrows() { format!("{shown} of {all} {memos}") } else { format!("{all} {memos}") }
}

fn show_head(ui: &mut Ui, view: &mut NotesView, cx: &mut Cx<'_>) {
    let tokens = cx.tokens;
    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
        ui.spacing_mut().item_spacing.x = tokens.space.two;
        let new = Button::new(Command::NewMemo.title()).icon(icons::PLUS).show(ui, tokens);
        if new.on_hover_text(Command::NewMemo.explained(ui.ctx())).clicked() {
            run(ui, view, cx, Command::NewMemo);
        }
        let export = Button::quiet("Export…").icon(icons::SHARE).enabled(view.listing.count() > 0).show(ui, tokens);
        if export.on_hover_text("The memos that are listed").clicked()
            && let Some(listed) = listed(view, cx.study)
        {
            export_list(listed, cx);
        }
        let field = Field::new(Id::unique(FILTER), "Filter memos", icons::LIST_FILTER);
        field.width(ui.available_width().min(tokens.size.sources_pane)).show(ui, tokens, &mut view.wanted.filter);
    });
}

/// What narrows the list, and how it is put together, above it.
pub(super) fn show_narrowing(ui: &mut Ui, view: &mut NotesView, cx: &Cx<'_>) {
    let tokens = cx.tokens;
    let margin = Margin::same(tokens.space.one as i8);
    Frame::NONE.inner_margin(margin).show(ui, |ui| {
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing = Vec2::splat(tokens.space.half);
            let groups = [(Grouping::Day, "By day"), (Grouping::Place, "By place")];
            let most = ui.available_width() / 2.0;
            let kinds = KINDS.map(|kind| (Some(kind), kind_name(kind)));
            choose(ui, cx, "Kind", "all", &kinds, &mut view.wanted.kind, most);
            let sorts = Sort::ALL.map(|sort| (Some(sort), sort.plural()));
            choose(ui, cx, "On", "anything", &sorts, &mut view.wanted.sort, most);
            let coders: Vec<_> = cx.study.analysts().map(|coder| (Some(coder.id), coder.name.as_str())).collect();
            if coders.len() > 1 {
                choose(ui, cx, "By", "everybody", &coders, &mut view.wanted.coder, most);
            }
            let days = Days::ALL.into_iter().filter(|days| *days != Days::Any).map(|days| (Some(days), days.name()));
            let mut begun = Some(view.wanted.days).filter(|days| *days != Days::Any);
            choose(ui, cx, "Begun", Days::Any.name(), &days.collect::<Vec<_>>(), &mut begun, most);
            view.wanted.days = begun.unwrap_or_default();
            segmented(ui, tokens, "Put together", &groups, &mut view.wanted.grouping, false);
        })
    });
}

fn status(view: &NotesView, cx: &mut Cx<'_>) {
    if let Some(entry) = view.entry() {
        let (kind, place) = (kind_name(entry.kind), entry.place.clone());
        cx.status.say(format!("{kind} memo, {place}"));
    }
    for command in [Command::WriteMemo, Command::OpenMemoPlace, Command::NewMemo, Command::DeleteMemo, Command::Export] {
        cx.status.hint_command(command);
    }
}

/// The memos that are listed, to be written; `None` where there are none.
fn listed(view: &NotesView, study: &Study) -> Option<Listed> {
    let listed = (0..view.listing.count()).filter_map(|place| view.entries.all.get(view.listing.row(place)?));
    let memos: BTreeSet<MemoId> = listed.map(|entry| entry.id).collect();
    let what = says(&view.wanted, study);
    let said = what.clone();
    let make =
        move |study: &Study, texts: &dyn crate::text::Texts, labels, now| Ok(listed_memos_table(study, texts, labels, &said, &memos, now)?);
    (view.listing.count() > 0).then(|| Listed { name: "memos", what, make: Arc::new(make), pictures: Vec::new(), figures: None })
}

/// Which memos are listed, in a sentence.
fn says(wanted: &Wanted, study: &Study) -> String {
    let Wanted { filter, kind, sort, coder, days, .. } = wanted;
    let coder = coder.map(|coder| study.coders().get(&coder).map_or("somebody", |coder| coder.name.as_str()));
    let parts = [
        kind.map(|kind| kind_name(kind).to_lowercase()),
        sort.map(|sort| sort.plural().to_lowercase()),
        coder.map(|name| format!("by {name}")),
        (*days != Days::Any).then(|| format!("begun {}", days.name())),
        Some(filter.trim()).filter(|words| !words.is_empty()).map(|words| format!("with “{words}”")),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    if parts.is_empty() { "Every memo.".to_owned() } else { format!("Memos: {}.", parts.join(", ")) }
}
