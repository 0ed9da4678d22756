use std::sync::Arc;

use eframe::egui::{Align, Id, Layout, Rect, Ui, UiBuilder, pos2};

use super::attribute::{self, AttributePane};
use super::going::{self, Merging};
use super::listing::Listing;
use super::rows::{CaseRows, Field, Sorting, fields};
use super::speakers::{self, SpeakersPane};
use super::writing::{self, GivenBack, Load, Written};
use super::{pasting, table};
use crate::app::Seen;
use crate::app::command::{Command, Scope, pressed};
use crate::app::context::Cx;
use crate::app::icons;
use crate::app::views::notes::begin_on;
use crate::app::views::nothing_here;
use crate::app::widgets::{
    Button, Field as TextField, GridEvent, GridState, Rows as _, empty, grid, icon_button_for, segmented, view_head,
};
use crate::study::{CaseId, CaseKind, MemoOn, Study};

/// What is listed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Listed {
    #[default]
    Cases,
    Speakers,
}

/// What the view remembers.
#[derive(Default)]
pub struct CasesView {
    listed: Listed,
    pub(super) speakers: SpeakersPane,
    grid: GridState<CaseId>,
    filter: String,
    sorting: Sorting,
    /// A case that was just made and is to be named.
    naming: Option<CaseId>,
    /// Words that could not be written into their cells, to be tried again.
    pub(super) given_back: Option<GivenBack>,
    /// Cells that wait to be written, and the act's name.
    loading: Option<(&'static str, Load)>,
    pub(super) merging: Option<Merging>,
    pub(super) attributes: AttributePane,
    attributes_open: bool,
    pub(super) listing: Listing,
    /// Commands for the view that wait for its next frame.
    commands: Vec<Command>,
    /// What the listing was asked for.
    asked: Option<(Seen, Sorting)>,
    /// The rows, and the filter they were made with.
    keys: Vec<CaseId>,
    filtered: Option<String>,
}

impl CasesView {
    /// Puts what could not be written in another view of the same study into this one.
    pub fn take_drafts(&mut self, other: Self) {
        self.given_back = other.given_back;
        self.speakers.given_back = other.speakers.given_back;
    }

    /// Shows the speakers; with a source's id, only its own.
    pub fn show_speakers(&mut self, source: Option<&str>) {
        self.listed = Listed::Speakers;
        self.speakers.grid.take_focus();
        if let Some(source) = source {
            self.speakers.only(source);
        }
    }

    /// Goes to a case, to its id.
    pub fn go(&mut self, case: CaseId) {
        self.listed = Listed::Cases;
        self.grid.go(case, 0);
    }

    /// Whether a case is on screen; nothing where not the cases are listed.
    #[must_use]
    pub fn shows(&self, case: CaseId) -> Option<bool> {
        (self.listed == Listed::Cases).then(|| self.grid.sees(&self.keys, case))
    }

    /// Takes a command of the window.
    pub fn command(&mut self, command: Command) {
        self.commands.push(command);
    }

    /// Has cells written in the next frame.
    pub(super) fn load(&mut self, label: &'static str, load: Load) {
        self.loading = Some((label, load));
    }

    /// Moves the focus on: from the filter to the cases or speakers, to the attribute beside them, to the filter.
    fn next_pane(&mut self, ui: &Ui) {
        match self.listed {
            Listed::Speakers if !self.speakers.grid.has_focus() => self.speakers.grid.take_focus(),
            Listed::Speakers => self.to_filter(ui),
            Listed::Cases if self.grid.has_focus() && self.attributes_open => self.attributes.take_focus(ui),
            Listed::Cases if self.grid.has_focus() || self.attributes.has_focus(ui) => self.to_filter(ui),
            Listed::Cases => self.grid.take_focus(),
        }
    }

    fn to_filter(&self, ui: &Ui) {
        let filter = if self.listed == Listed::Speakers { speakers::FILTER } else { FILTER };
        ui.memory_mut(|memory| memory.request_focus(Id::unique(filter)));
    }

    /// The case one is at, where cases are listed.
    fn at(&self, study: &Study) -> Option<CaseId> {
        let at = self.grid.at.map(|(case, _)| case).filter(|_| self.listed == Listed::Cases);
        at.filter(|case| study.case(*case).is_some())
    }

    /// Lists the cases anew in a job when the study or the order has changed; the old list stands until then.
    fn list(&mut self, cx: &mut Cx<'_>) {
        if self.asked.as_ref().is_some_and(|(seen, sorting)| seen.is(cx.study) && *sorting == self.sorting) {
            return;
        }
        let (study, sorting) = (Arc::clone(cx.study), self.sorting);
        self.asked = Some((Seen::of(&study), sorting));
        cx.job(
            "list of cases",
            "",
            move |_| Ok(Listing::of(&study, sorting)),
            |state, listing| {
                state.cases.listing = listing;
                state.cases.filtered = None;
            },
        );
    }

    fn make_rows(&mut self) {
        if self.filtered.as_ref() != Some(&self.filter) {
            self.keys = self.listing.fitting(&self.filter);
            self.filtered = Some(self.filter.clone());
        }
    }
}

/// The field that filters the cases.
const FILTER: &str = "filter cases";

/// Shows the view.
pub fn show(ui: &mut Ui, view: &mut CasesView, cx: &mut Cx<'_>) {
    view.list(cx);
    view.make_rows();
    for command in std::mem::take(&mut view.commands) {
        run(ui, view, cx, command);
    }
    if let Some((label, load)) = view.loading.take() {
        writing::take_in(cx, label, load, None);
    }
    let tokens = cx.tokens;
    let whole = ui.max_rect();
    if view.listed == Listed::Speakers {
        let below = view_head(ui, tokens, whole, "Cases", |ui| {
            show_choice(ui, view, cx);
            speakers::show_head(ui, &mut view.speakers, cx);
        });
        ui.scope_builder(UiBuilder::new().max_rect(below).id_salt("speakers"), |ui| speakers::show(ui, &mut view.speakers, cx));
        return;
    }
    let pane = if view.attributes_open { tokens.size.inspector_pane } else { 0.0 };
    let left = Rect::from_min_max(whole.min, pos2(whole.right() - pane, whole.bottom()));
    let below = view_head(ui, tokens, left, "Cases", |ui| {
        show_choice(ui, view, cx);
        show_head(ui, view, cx);
    });
    ui.scope_builder(UiBuilder::new().max_rect(below).id_salt("grid"), |ui| show_grid(ui, view, cx));
    if view.attributes_open {
        let right = Rect::from_min_max(left.right_top(), whole.max);
        ui.painter().vline(left.right(), left.y_range(), tokens.hairline(tokens.colour.line_hair));
        let CasesView { attributes, listing, .. } = view;
        let closed = ui.scope_builder(UiBuilder::new().max_rect(right).id_salt("attribute"), |ui| {
            ui.set_clip_rect(right.intersect(ui.clip_rect()));
            attribute::show(ui, attributes, listing, cx)
        });
        view.attributes_open = !closed.inner;
    }
    going::show(ui, view, cx);
    status(view, cx);
}

/// What is listed: the cases, or the speakers of every source.
fn show_choice(ui: &mut Ui, view: &mut CasesView, cx: &Cx<'_>) {
    let choices = [(Listed::Cases, "Cases"), (Listed::Speakers, "Speakers")];
    segmented(ui, cx.tokens, "Listed", &choices, &mut view.listed, false);
}

fn status(view: &CasesView, cx: &mut Cx<'_>) {
    let summary = view.listing.summary.as_str();
    let shown = view.keys.len();
    cx.status.say(if shown == cx.study.cases().len() { summary.to_owned() } else { format!("{shown} shown of {summary}") });
    if view.keys.is_empty() {
        return;
    }
    let hints: &[(&[&'static str], &'static str)] = if view.grid.is_editing() {
        &[(&["↵"], "Write, go down"), (&["Tab"], "Write, go right"), (&["↓"], "Choose"), (&["Esc"], "As it was")]
    } else {
        &[]
    };
    for (keys, does) in hints {
        cx.status.hint(keys, does);
    }
    if hints.is_empty() {
        for command in [Command::EditCell, Command::ClearCell, Command::FillDown] {
            cx.status.hint_command(command);
        }
        cx.status.hint(&["Ctrl", "V"], "Paste cells");
        for command in [Command::CaseMemo, Command::MergeCase, Command::DeleteCase] {
            cx.status.hint_command(command);
        }
    }
}

/// Writes what was being typed when the view was left.
pub fn leave(view: &mut CasesView, cx: &mut Cx<'_>) {
    if let Some((key, column, text)) = view.grid.take_draft() {
        let fields = fields(cx.study);
        act(GridEvent::Commit { key, column, text }, view, &fields, cx);
    }
    speakers::leave(&mut view.speakers, cx);
    attribute::keep(&mut view.attributes, cx);
}

fn show_head(ui: &mut Ui, view: &mut CasesView, cx: &mut Cx<'_>) {
    let tokens = cx.tokens;
    let count = cx.study.cases().len();
    if count > 0 {
        let filter = format!("Filter {}", if count == 1 { "1 case".to_owned() } else { format!("{count} cases") });
        let width = tokens.size.sources_pane.min(ui.available_width() / 2.0);
        TextField::new(Id::unique(FILTER), &filter, icons::LIST_FILTER).width(width).show(ui, tokens, &mut view.filter);
    }
    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
        // Where there is little room, what has a key of its own goes first.
        let roomy = ui.available_width() > tokens.size.sources_pane;
        let mut asked = Vec::new();
        let add = if roomy {
            Button::new(Command::AddCase.title()).icon(icons::PLUS).show(ui, tokens)
        } else {
            icon_button_for(ui, tokens, Command::AddCase, true)
        };
        asked.extend(add.clicked().then_some(Command::AddCase));
        if !roomy {
            return asked.into_iter().for_each(|command| run(ui, view, cx, command));
        }
        let table = Command::AttributesFromTable;
        asked.extend(icon_button_for(ui, tokens, table, true).clicked().then_some(table));
        if !view.attributes_open && Button::quiet("Attributes").icon(icons::TAG).show(ui, tokens).clicked() {
            asked.push(Command::ShowAttributes);
        }
        let at = view.at(cx.study).is_some();
        for command in [Command::DeleteCase, Command::MergeCase, Command::CaseMemo] {
            asked.extend(icon_button_for(ui, tokens, command, at).clicked().then_some(command));
        }
        for command in asked {
            run(ui, view, cx, command);
        }
    });
}

/// Carries out a command: about the case one is at, the list of speakers, or where the keys go.
fn run(ui: &Ui, view: &mut CasesView, cx: &mut Cx<'_>, command: Command) {
    match command {
        Command::NextPane => view.next_pane(ui),
        Command::FindInText => view.to_filter(ui),
        Command::AddCase => {
            view.listed = Listed::Cases;
            add_case(cx);
        }
        Command::AttributesFromTable => table::ask(cx),
        Command::ShowAttributes => (view.listed, view.attributes_open) = (Listed::Cases, true),
        Command::OnePerson => {
            view.listed = Listed::Speakers;
            speakers::together(&view.speakers, cx);
        }
        command if command.scope() == Scope::Cells => match view.listed {
            Listed::Cases => view.grid.command(command),
            Listed::Speakers => view.speakers.grid.command(command),
        },
        command => match (command, view.at(cx.study)) {
            (Command::CaseMemo, Some(case)) => begin_on(cx, MemoOn::Case { case }),
            (Command::MergeCase, Some(case)) => begin_merging(view, case, cx),
            (Command::DeleteCase, Some(case)) => going::delete(cx, view, case),
            (command, _) => nothing_here(cx, command),
        },
    }
}

fn begin_merging(view: &mut CasesView, case: CaseId, cx: &mut Cx<'_>) {
    if cx.can_edit() {
        view.merging = Some(Merging::new(case));
    }
}

/// Makes a case with a free id and goes to it, to name it.
fn add_case(cx: &mut Cx<'_>) {
    if !cx.can_edit() {
        return;
    }
    cx.edit_then(
        "Add case",
        |tx| {
            let most = tx.study().cases().len() + 1;
            let free = (1..=most).map(|number| format!("Case {number}")).find(|label| tx.study().case_labelled(label).is_none());
            tx.case_labelled(&free.unwrap_or_default(), CaseKind::Person)
        },
        |state, case| {
            state.cases.naming = Some(case);
            state.cases.filter.clear();
        },
    );
}

fn show_grid(ui: &mut Ui, view: &mut CasesView, cx: &mut Cx<'_>) {
    if cx.study.cases().is_empty() {
        let what = "People, pairs and groups with their attributes stand here. They come with the transcripts.";
        if empty(ui, cx.tokens, icons::USERS, "No cases yet", what, Some("Import files…")) {
            cx.run(Command::Import);
        }
        return;
    }
    if view.keys.is_empty() {
        // Before the first list has come nothing is said.
        let filtered = !view.filter.trim().is_empty();
        let what = "Every word must stand somewhere in its row.";
        if filtered && empty(ui, cx.tokens, icons::LIST_FILTER, "No case fits the filter", what, Some("Show all")) {
            view.filter.clear();
        }
        return;
    }
    if let Some(case) = view.naming.filter(|case| view.keys.contains(case)) {
        let label = cx.study.case(case).map(|case| case.label.clone()).unwrap_or_default();
        view.grid.edit(case, 0, label, true);
        view.naming = None;
    }
    take_keys(ui, view, cx);
    let before = view.grid.at;
    let fields = fields(cx.study);
    take_back(view, &fields, cx);
    let rows = CaseRows::new(cx.study, &view.listing, &view.keys, &fields, view.sorting);
    let events = grid(ui, cx.tokens, "Cases", &mut view.grid, &rows);
    if view.grid.at != before
        && let Some(Field::Attribute(attribute)) = view.grid.at.and_then(|(_, column)| fields.get(column))
    {
        view.attributes.shown = Some(*attribute);
    }
    for event in events {
        act(event, view, &fields, cx);
    }
}

/// Takes back what could not be written: one cell into its editor, several into a question.
fn take_back(view: &mut CasesView, fields: &[Field], cx: &mut Cx<'_>) {
    let place = |given: &GivenBack| {
        let Written { case, field, words } = given.single().filter(|cell| view.keys.contains(&cell.case))?;
        Some((*case, fields.iter().position(|other| other == field)?, words.clone()))
    };
    if view.grid.is_editing() {
        return;
    }
    let Some(given) = view.given_back.take() else { return };
    match place(&given) {
        Some((case, column, words)) => view.grid.edit(case, column, words, false),
        None => cx.actions.push(given.ask()),
    }
}

/// Carries out the keys that do something with a whole case.
fn take_keys(ui: &Ui, view: &mut CasesView, cx: &mut Cx<'_>) {
    if view.grid.has_focus() && !view.grid.is_editing() {
        for command in pressed(ui, Scope::Cases, cx.settings.single_letters) {
            run(ui, view, cx, command);
        }
    }
}

fn act(event: GridEvent<CaseId>, view: &mut CasesView, fields: &[Field], cx: &mut Cx<'_>) {
    let field = |column: usize| fields.get(column).copied();
    let below = |key: CaseId| view.keys.iter().skip_while(move |other| **other != key).copied();
    match event {
        GridEvent::Commit { key, column, text } => {
            let Some(field) = field(column) else { return };
            let rows = CaseRows::new(cx.study, &view.listing, &view.keys, fields, view.sorting);
            // Leaving a cell as it was is no edit.
            if rows.cell(key, column).text != text {
                writing::write(cx, Written { case: key, field, words: text });
            }
        }
        GridEvent::FillDown { key, column } => {
            let Some(field) = field(column).filter(|field| matches!(field, Field::Kind | Field::Attribute(_))) else { return };
            let rows = CaseRows::new(cx.study, &view.listing, &view.keys, fields, view.sorting);
            let words = rows.cell(key, column).text;
            let cells = below(key).skip(1).map(|case| Written { case, field, words: words.clone() }).collect();
            writing::paste(cx, "Fill down", cells, None);
        }
        GridEvent::Paste { key, column, lines } => {
            let (rows, fields) = (below(key).collect::<Vec<_>>(), fields.get(column..).unwrap_or_default());
            pasting::paste(cx, &rows, fields, lines);
        }
        GridEvent::Sort(column) => {
            let Some(field) = field(column) else { return };
            // Rising, falling, the analyst's own order.
            view.sorting = match view.sorting {
                Some((by, true)) if by == field => Some((field, false)),
                Some((by, false)) if by == field => None,
                _ => Some((field, true)),
            };
        }
        GridEvent::Toggle { .. } | GridEvent::Press { .. } | GridEvent::Click { .. } => {}
    }
}
