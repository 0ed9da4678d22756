use std::sync::Arc;

use eframe::egui::{Align, Id, Key, Layout, Modifiers, Rect, Ui, UiBuilder, pos2};

use super::attribute::{self, AttributePane};
use super::going::{self, Merging};
use super::listing::Listing;
use super::rows::{CaseRows, Field, Sorting, fields};
use super::speakers::{self, SpeakersPane};
use super::table;
use super::writing::{self, GivenBack, Load, Written};
use crate::app::Seen;
use crate::app::command::Command;
use crate::app::context::Cx;
use crate::app::icons;
use crate::app::widgets::{Button, Field as TextField, GridEvent, GridState, Rows as _, empty, grid, icon_button, segmented, view_head};
use crate::study::{CaseId, CaseKind};

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
    /// Cells from a table that wait to be written.
    pub(super) loading: Option<Load>,
    pub(super) merging: Option<Merging>,
    pub(super) attributes: AttributePane,
    attributes_open: bool,
    pub(super) listing: Listing,
    /// A command for the view that waits for its next frame.
    command: Option<Command>,
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
        self.command = Some(command);
    }

    /// Moves the focus as was asked: from the filter to the cases, to the attribute beside them, to the filter.
    fn move_focus(&mut self, ui: &Ui) {
        let to = |field: &str| ui.memory_mut(|memory| memory.request_focus(Id::unique(field)));
        let to_filter = || to(FILTER);
        let command = self.command.take();
        if self.listed == Listed::Speakers {
            match command {
                Some(Command::NextPane) if !self.speakers.grid.has_focus() => self.speakers.grid.take_focus(),
                Some(Command::NextPane | Command::FindInText) => to(speakers::FILTER),
                _ => {}
            }
            return;
        }
        match command {
            Some(Command::NextPane) if self.grid.has_focus() && self.attributes_open => self.attributes.take_focus(ui),
            Some(Command::NextPane) if self.grid.has_focus() || self.attributes.has_focus(ui) => to_filter(),
            Some(Command::NextPane) => self.grid.take_focus(),
            Some(Command::FindInText) => to_filter(),
            _ => {}
        }
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
    view.move_focus(ui);
    if let Some(load) = view.loading.take() {
        writing::take_in(cx, "Attributes from a table", load);
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
        &[
            (&["F2"], "Edit"),
            (&["Del"], "Not stated"),
            (&["Ctrl", "D"], "Fill down"),
            (&["Ctrl", "V"], "Paste cells"),
            (&["Ctrl", "M"], "Merge"),
            (&["Ctrl", "Del"], "Delete case"),
        ]
    };
    for (keys, does) in hints {
        cx.status.hint(keys, does);
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
        let add = if roomy {
            Button::new("Add case").icon(icons::PLUS).show(ui, tokens)
        } else {
            icon_button(ui, tokens, icons::PLUS, "Add case", true)
        };
        if add.clicked() {
            add_case(cx);
        }
        if !roomy {
            return;
        }
        let from_table = icon_button(ui, tokens, icons::FILE_SPREADSHEET, "Attributes from a table…  (Ctrl+Shift+I)", true);
        if from_table.clicked() {
            table::ask(cx);
        }
        if !view.attributes_open && Button::quiet("Attributes").icon(icons::TAG).show(ui, tokens).clicked() {
            view.attributes_open = true;
        }
        let at = view.grid.at.map(|(case, _)| case).filter(|case| cx.study.case(*case).is_some());
        let delete = icon_button(ui, tokens, icons::TRASH_2, "Delete case…  (Ctrl+Del)", at.is_some()).clicked();
        let merge = icon_button(ui, tokens, icons::GIT_MERGE, "Merge case into another…  (Ctrl+M)", at.is_some()).clicked();
        match at {
            Some(case) if delete => going::delete(cx, view, case),
            Some(case) if merge => begin_merging(view, case, cx),
            _ => {}
        }
    });
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
    let Some((case, _)) = view.grid.at.filter(|_| view.grid.has_focus() && !view.grid.is_editing()) else { return };
    if ui.input_mut(|input| input.consume_key(Modifiers::COMMAND | Modifiers::SHIFT, Key::I)) {
        table::ask(cx);
    } else if ui.input_mut(|input| input.consume_key(Modifiers::COMMAND, Key::M)) {
        begin_merging(view, case, cx);
    } else if ui.input_mut(|input| input.consume_key(Modifiers::COMMAND, Key::Delete)) {
        going::delete(cx, view, case);
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
            writing::paste(cx, "Fill down", cells);
        }
        GridEvent::Paste { key, column, lines } => {
            let mut cells = Vec::new();
            for (case, line) in below(key).zip(lines) {
                for (right, words) in line.into_iter().enumerate() {
                    cells.extend(field(column + right).map(|field| Written { case, field, words }));
                }
            }
            writing::paste(cx, "Paste cells", cells);
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
        GridEvent::Toggle { .. } | GridEvent::Press { .. } => {}
    }
}
