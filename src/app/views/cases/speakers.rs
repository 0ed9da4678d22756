//! The list of speakers: what an import took a label for, put right at any time.

use std::sync::Arc;

use eframe::egui::{Align, Id, Layout, Ui};

use super::heard::{Heard, Roll, Who};
use super::pasting::beyond;
use super::speaking::{self, Field, Told};
use crate::app::Seen;
use crate::app::command::{Command, Scope, pressed};
use crate::app::context::Cx;
use crate::app::icons;
use crate::app::state::Place;
use crate::app::views::case_kind::kind_names;
use crate::app::widgets::{Button, Cell, Column, Field as TextField, GridEvent, GridState, Look, Rows, empty, grid};
use crate::exchange::export::case_kind_name;
use crate::exchange::import::Part;
use crate::study::{NOT_STATED, Study};

/// What the list remembers.
#[derive(Default)]
pub(super) struct SpeakersPane {
    pub(super) grid: GridState<Heard>,
    filter: String,
    /// Those that are to be one person.
    chosen: Vec<Heard>,
    roll: Roll,
    /// The rows, and the filter they were made with.
    keys: Vec<Heard>,
    filtered: Option<String>,
    /// What the roll was called for.
    asked: Option<Seen>,
    /// What could not be written, to be tried again, and the act's name.
    pub(super) given_back: Option<(String, Vec<Told>)>,
}

/// The field that filters the speakers.
pub(super) const FILTER: &str = "filter speakers";

const CHOSEN: usize = 0;
const SOURCE: usize = 1;
const LABEL: usize = 2;
const PART: usize = 3;
const CASE: usize = 4;
const KIND: usize = 5;
const TURNS: usize = 6;

/// What is said in a column, if anything is.
const fn field(column: usize) -> Option<Field> {
    match column {
        PART => Some(Field::Part),
        CASE => Some(Field::Case),
        KIND => Some(Field::Kind),
        _ => None,
    }
}

impl SpeakersPane {
    /// Shows the speakers of one source.
    pub(super) fn only(&mut self, source: &str) {
        source.clone_into(&mut self.filter);
    }

    /// Nobody is chosen any more.
    pub(super) fn let_go(&mut self) {
        self.chosen.clear();
    }

    fn make_rows(&mut self, cx: &mut Cx<'_>) {
        if !self.asked.as_ref().is_some_and(|seen| seen.is(cx.study)) {
            let study = Arc::clone(cx.study);
            self.asked = Some(Seen::of(&study));
            cx.job(
                "list of speakers",
                "",
                move |_| Ok(Roll::of(&study)),
                |state, roll| {
                    let pane = &mut state.cases.speakers;
                    pane.chosen.retain(|heard| roll.said(*heard).turns > 0);
                    (pane.roll, pane.filtered) = (roll, None);
                },
            );
        }
        if self.filtered.as_ref() != Some(&self.filter) {
            self.keys = self.roll.fitting(&self.filter);
            self.filtered = Some(self.filter.clone());
        }
    }

    fn toggle(&mut self, heard: Heard) {
        match self.chosen.iter().position(|other| *other == heard) {
            Some(at) => _ = self.chosen.remove(at),
            None => self.chosen.push(heard),
        }
    }
}

/// Shows what stands beside the title.
pub(super) fn show_head(ui: &mut Ui, pane: &mut SpeakersPane, cx: &mut Cx<'_>) {
    let tokens = cx.tokens;
    let width = tokens.size.sources_pane.min(ui.available_width() / 2.0);
    TextField::new(Id::unique(FILTER), "Filter speakers", icons::LIST_FILTER).width(width).show(ui, tokens, &mut pane.filter);
    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
        let ready = pane.chosen.len() > 1;
        let button = Button::new("Are one person…").icon(icons::USER_CHECK).enabled(ready).show(ui, tokens);
        let keys = Command::OnePerson.key_words(ui.ctx());
        let tip = format!("Tick two labels or more. A label is local to its source until you say so.  {keys}");
        if button.on_hover_text(tip.trim_end()).clicked() {
            together(pane, cx);
        }
    });
}

/// Asks whether the labels that are ticked are one person.
pub(super) fn together(pane: &SpeakersPane, cx: &mut Cx<'_>) {
    if pane.chosen.len() < 2 {
        cx.say("Tick two labels or more first.");
    } else if cx.can_edit() {
        speaking::ask_together(cx, &pane.chosen);
    }
}

/// Shows the list.
pub(super) fn show(ui: &mut Ui, pane: &mut SpeakersPane, cx: &mut Cx<'_>) {
    pane.make_rows(cx);
    if pane.keys.is_empty() {
        show_nothing(ui, pane, cx);
        return;
    }
    if pane.grid.has_focus() && !pane.grid.is_editing() && !pressed(ui, Scope::Speakers, cx.settings.single_letters).is_empty() {
        together(pane, cx);
    }
    take_back(pane, cx);
    // The grid's state is taken out while its rows are read from the pane.
    let mut state = std::mem::take(&mut pane.grid);
    let rows = SpeakerRows::new(cx.study, pane);
    let events = grid(ui, cx.tokens, "Speakers", &mut state, &rows);
    let mut wanted = Vec::new();
    for event in events {
        wanted.extend(meant(event, &rows));
    }
    pane.grid = state;
    for want in wanted {
        carry_out(want, pane, cx);
    }
    status(pane, cx);
}

/// Writes what was being typed when the view was left.
pub(super) fn leave(pane: &mut SpeakersPane, cx: &mut Cx<'_>) {
    if let Some((key, column, text)) = pane.grid.take_draft() {
        let wanted = meant(GridEvent::Commit { key, column, text }, &SpeakerRows::new(cx.study, pane));
        if let Some(want) = wanted {
            carry_out(want, pane, cx);
        }
    }
}

fn carry_out(want: Wanted, pane: &mut SpeakersPane, cx: &mut Cx<'_>) {
    match want {
        Wanted::Toggle(heard) => pane.toggle(heard),
        Wanted::Go(place) => cx.go(place),
        Wanted::Write(label, cells, left) => speaking::write(cx, label, cells, left),
    }
}

fn show_nothing(ui: &mut Ui, pane: &mut SpeakersPane, cx: &mut Cx<'_>) {
    if cx.study.materials().is_empty() {
        let what = "Whoever speaks in a source stands here, with what they are and which case. They come with the transcripts.";
        if empty(ui, cx.tokens, icons::MESSAGE_SQUARE_TEXT, "No speakers yet", what, Some("Import files…")) {
            cx.run(Command::Import);
        }
    } else if !pane.roll.is_empty() {
        let what = "Every word must stand somewhere in its row.";
        if empty(ui, cx.tokens, icons::LIST_FILTER, "No speaker fits the filter", what, Some("Show all")) {
            pane.filter.clear();
        }
    }
}

/// Takes back what could not be written: one cell into its editor, several into a question.
fn take_back(pane: &mut SpeakersPane, cx: &mut Cx<'_>) {
    if pane.grid.is_editing() {
        return;
    }
    let Some((label, cells)) = pane.given_back.take() else { return };
    match cells.as_slice() {
        [Told { heard, field, words }] if pane.keys.contains(heard) => {
            let column = (PART..=KIND).find(|column| self::field(*column) == Some(*field)).unwrap_or(CASE);
            pane.grid.edit(*heard, column, words.clone(), false);
        }
        _ => cx.actions.push(speaking::ask_again(label, cells)),
    }
}

fn status(pane: &SpeakersPane, cx: &mut Cx<'_>) {
    let (summary, shown) = (pane.roll.summary.as_str(), pane.keys.len());
    cx.status.say(if pane.filter.trim().is_empty() { summary.to_owned() } else { format!("{shown} shown of {summary}") });
    if !pane.chosen.is_empty() {
        cx.status.say(format!("{} ticked", pane.chosen.len()));
    }
    if pane.grid.is_editing() {
        for (keys, does) in [(&["↵"], "Write, go down"), (&["Tab"], "Write, go right"), (&["↓"], "Choose"), (&["Esc"], "As it was")] {
            cx.status.hint(keys, does);
        }
        return;
    }
    for command in [Command::EditCell, Command::ClearCell, Command::FillDown, Command::TickCell, Command::OnePerson] {
        cx.status.hint_command(command);
    }
    cx.status.hint(&["↵"], "On a label: its words");
}

/// What the analyst wants of the list.
enum Wanted {
    Toggle(Heard),
    Go(Place),
    /// Writes cells under a name; what was left out of them is said.
    Write(&'static str, Vec<Told>, Option<String>),
}

/// What is meant by something done in the grid.
fn meant(event: GridEvent<Heard>, rows: &SpeakerRows<'_>) -> Option<Wanted> {
    let below = |heard: Heard| rows.keys.iter().skip_while(move |other| **other != heard).copied();
    match event {
        GridEvent::Toggle { key, .. } => Some(Wanted::Toggle(key)),
        GridEvent::Press { key, .. } => {
            let first = rows.pane.said(key).first;
            Some(Wanted::Go(first.map_or(Place::Source(key.source), |first| Place::Passage(key.source, first))))
        }
        GridEvent::Commit { key, column, text } => {
            let field = field(column).filter(|_| rows.cell(key, column).text != text)?;
            let label = match field {
                Field::Part => "Say what a speaker is",
                Field::Case => "Say who a speaker is",
                Field::Kind => "Change kind of case",
            };
            Some(Wanted::Write(label, vec![Told { heard: key, field, words: text }], None))
        }
        GridEvent::FillDown { key, column } => {
            let (field, words) = (field(column)?, rows.cell(key, column).text);
            let cells = below(key).skip(1).filter(|heard| rows.cell(*heard, column).editable);
            Some(Wanted::Write("Fill down", cells.map(|heard| Told { heard, field, words: words.clone() }).collect(), None))
        }
        GridEvent::Paste { key, column, lines } => {
            let columns = lines.iter().map(Vec::len).max().unwrap_or(0).saturating_sub(rows.columns.len() - column);
            let left = beyond(lines.len().saturating_sub(below(key).count()), "speaker", columns);
            let mut cells = Vec::new();
            for (heard, line) in below(key).zip(lines) {
                for (right, words) in line.into_iter().enumerate() {
                    cells.extend(field(column + right).map(|field| Told { heard, field, words }));
                }
            }
            Some(Wanted::Write("Paste cells", cells, left))
        }
        GridEvent::Click { .. } | GridEvent::Sort(_) => None,
    }
}

/// The speakers as rows of a grid.
struct SpeakerRows<'a> {
    study: &'a Study,
    pane: &'a Roll,
    keys: &'a [Heard],
    chosen: &'a [Heard],
    columns: Vec<Column>,
}

impl<'a> SpeakerRows<'a> {
    fn new(study: &'a Study, pane: &'a SpeakersPane) -> Self {
        let columns = vec![
            Column::new("Tick", 5),
            Column::new("Source", 15),
            Column::new("Label", 18).grows(),
            Column::new("Is", 14),
            Column::new("Case", 20).grows(),
            Column::new("Kind of case", 18),
            Column::figures("Turns", 8),
            Column::figures("Words", 9),
        ];
        Self { study, pane: &pane.roll, keys: &pane.keys, chosen: &pane.chosen, columns }
    }
}

impl Rows for SpeakerRows<'_> {
    type Key = Heard;

    fn columns(&self) -> &[Column] {
        &self.columns
    }

    fn held(&self) -> usize {
        2
    }

    fn keys(&self) -> &[Heard] {
        self.keys
    }

    fn cell(&self, key: Heard, column: usize) -> Cell {
        let part = key.part(self.study);
        let case = key.case(self.study).and_then(|case| self.study.case(case));
        let said = self.pane.said(key);
        let is_label = matches!(key.who, Who::Label(_));
        match column {
            CHOSEN if is_label => Cell::tick(self.chosen.contains(&key)),
            CHOSEN => Cell::default(),
            SOURCE => Cell::fixed(self.study.material(key.source).map_or("", |material| &material.source.label)).look(Look::Strong),
            LABEL => Cell::fixed(key.name(self.study)).look(if is_label { Look::Plain } else { Look::Quiet }),
            PART => Cell { editable: is_label, ..Cell::fixed(part.name()) },
            CASE if !part.takes_part() => Cell::default(),
            CASE => case.map_or_else(|| Cell::editable(NOT_STATED).look(Look::Quiet), |case| Cell::editable(case.label.clone())),
            KIND => case.map_or_else(Cell::default, |case| Cell::editable(case_kind_name(case.kind)).sign(case.kind)),
            TURNS => Cell::fixed(said.turns.to_string()).look(Look::Quiet),
            _ => Cell::fixed(said.words.to_string()).look(Look::Quiet),
        }
    }

    fn choices(&self, key: Heard, column: usize) -> Vec<String> {
        match column {
            PART => Part::names(),
            CASE => {
                let source = self.study.material(key.source).map_or("", |material| &material.source.label);
                let own = [source.to_owned(), format!("{source}-{}", key.name(self.study))];
                let there = self.study.cases_in_order().into_iter().map(|case| case.label.clone());
                let (mut first, rest): (Vec<String>, Vec<String>) = there.partition(|label| own.contains(label));
                first.extend(rest);
                first
            }
            KIND => kind_names(),
            _ => Vec::new(),
        }
    }
}
