//! What is done with keys in the chart, and what is said of where one is.

use std::collections::BTreeSet;

use eframe::egui::{Event, Id, ImeEvent, Key, Modifiers, Ui};

use super::super::choice::Choice;
use super::super::cursor::Spot;
use super::super::grid::GridAct;
use super::super::hints::hint;
use super::super::keys::moved;
use super::super::pane::{begin_memo, to_proposition};
use super::super::summary::{Drafts, keep};
use super::choice::ChartChoice;
use super::grid::Column;
use super::heads::WIDTHS;
use super::lines::Line;
use super::state::{Board, ChartState, LineAt};
use crate::analysis::matrix::{Axis, CellAt, CellKey, Filter, MatrixSpec, Point};
use crate::app::command::{self, Command};
use crate::app::context::Cx;
use crate::app::numbers::counted;
use crate::exchange::export::{FROM_PASSAGES, silence_name, state_name};
use crate::study::{Crossed, Crossing, NOT_STATED, Silence, SummaryState, ThemeId, is_from_passages};
use crate::text::word_count;

/// By how much a key makes a column or a row larger, in points.
const STEP: f32 = 24.0;
/// Lower or taller no row is made by hand.
const HEIGHTS: std::ops::RangeInclusive<f32> = 72.0..=2000.0;

/// What the keys of a frame do.
pub struct Deeds<'a, 'b> {
    /// The chart.
    pub board: &'a Board<'b>,
    /// Its columns.
    pub columns: &'a [Column],
    /// What is asked of the view.
    pub acts: &'a mut Vec<GridAct>,
}

impl Deeds<'_, '_> {
    /// Takes the keys that move through the chart.
    pub fn take_moves(&mut self, ui: &Ui, state: &mut ChartState) {
        const PAGE: usize = 4;
        for spot in moved(ui, state.spot(self.board), self.board.last(), PAGE) {
            state.keyed = true;
            self.go(state, spot);
        }
    }

    /// What was typed or pasted begins to write in a cell, behind what stands there: it is the field's, as soon as that has the keys.
    pub fn write_typed(&self, cx: &mut Cx<'_>, state: &mut ChartState, drafts: &mut Drafts, typed: Vec<Event>) {
        if !typed.is_empty() && begin(cx, state, drafts, self.board, state.spot(self.board)) {
            if let Some(draft) = state.writing.as_ref().map(|cell| drafts.show(cx.study, cell))
                && draft.now.text.chars().last().is_some_and(|last| !last.is_whitespace())
            {
                draft.now.text.push(' ');
                draft.caret += 1;
            }
            state.typed = typed;
        }
    }

    /// Takes the keys that end or leave the cell in which one writes.
    pub fn take_writing_keys(&mut self, ui: &Ui, cx: &mut Cx<'_>, state: &mut ChartState, choice: &mut Choice, drafts: &mut Drafts) {
        // A theme after a case: the longer combination is looked for first.
        for command in [Command::NextTheme, Command::NextCase] {
            if command::pressed_alone(ui, command) {
                self.run(cx, state, choice, drafts, command);
            }
        }
        if ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape)) {
            leave(cx, state, drafts);
        }
    }

    /// Does what a command says, where the focus is.
    pub fn run(&mut self, cx: &mut Cx<'_>, state: &mut ChartState, choice: &mut Choice, drafts: &mut Drafts, command: Command) {
        let spot = state.spot(self.board);
        let cell = self.board.cell(spot);
        match command {
            Command::WriteCell if cell.is_none() => cx.say("Go to a cell first: each is of a case and a theme."),
            Command::WriteCell => _ = begin(cx, state, drafts, self.board, spot),
            Command::NextCase => {
                finish(cx, state, drafts, cell.as_ref());
                self.go_on(cx, state, self.board.next_case(spot), "This was the last case.");
            }
            Command::NextTheme => {
                finish(cx, state, drafts, cell.as_ref());
                let next = (spot.column < self.board.last().column).then_some(Spot { column: spot.column + 1, ..spot });
                self.go_on(cx, state, next, "This was the last theme.");
            }
            Command::NextNotCharted => self.next_not_charted(cx, state, choice, spot),
            Command::AskedNothing => self.silence(cx, drafts, cell, Silence::AskedSaidNothing),
            Command::NotAsked => self.silence(cx, drafts, cell, Silence::NotAsked),
            Command::NotApplicable => self.silence(cx, drafts, cell, Silence::NotApplicable),
            Command::Reviewed => review(cx, drafts, cell),
            Command::WiderColumn | Command::NarrowerColumn => self.resize_column(choice, spot, command == Command::WiderColumn),
            Command::TallerRow | Command::LowerRow => self.resize_row(state, choice, spot, command == Command::TallerRow),
            Command::NextPage | Command::PreviousPage => {
                turn(cx, state, choice, self.board.chart.columns.first().copied(), command == Command::NextPage);
            }
            Command::OpenCell => match self.board.line(spot) {
                Some(Line::Group { under, .. }) => toggle(&mut choice.chart.folded, under.clone()),
                _ => self.acts.extend(opened(self.board, spot)),
            },
            Command::FoldRow => {
                let lines = self.board.lines.get(..spot.row).unwrap_or_default().iter().enumerate();
                let group = lines.rev().find_map(|(at, line)| match line {
                    Line::Group { under, .. } => Some((at, under.clone())),
                    Line::Case { .. } => None,
                });
                match group {
                    // Its head stays where one is: the case may be folded away.
                    Some((at, under)) => {
                        toggle(&mut choice.chart.folded, under);
                        self.go(state, Spot { row: at + 1, ..spot });
                    }
                    None => cx.say("The rows are not grouped."),
                }
            }
            Command::CellMemo => match cell.as_ref().map(cell_at) {
                Some(at) => begin_memo(cx, &at),
                None => cx.say("Go to a cell first: a memo can be on one."),
            },
            Command::CaseProfile | Command::PrintProfile => match self.board.line(spot).and_then(|line| self.board.row(line)) {
                Some(row) if command == Command::PrintProfile => self.acts.push(GridAct::Print(row.case)),
                Some(row) => self.acts.push(GridAct::Profile(row.case)),
                None => cx.say("Go to a case first."),
            },
            Command::CellToProposition => match cell.as_ref().map(cell_at) {
                Some(at) => to_proposition(cx, &at),
                None => cx.say("Go to a cell first: it can be evidence."),
            },
            Command::ReadCell => self.acts.extend(read(self.board, spot)),
            Command::CloseCell => self.acts.push(GridAct::Close),
            Command::PinCell => self.acts.push(GridAct::Pin),
            command => self.acts.push(GridAct::Run(command)),
        }
    }

    fn go(&mut self, state: &mut ChartState, spot: Spot) {
        state.go(self.board, spot);
        self.acts.extend(self.board.cell(state.spot(self.board)).map(|cell| GridAct::Moved(cell_at(&cell))));
    }

    fn go_on(&mut self, cx: &mut Cx<'_>, state: &mut ChartState, to: Option<Spot>, at_the_end: &str) {
        state.writing = None;
        state.enter = true;
        state.keyed = true;
        match to {
            Some(spot) => self.go(state, spot),
            None => cx.say(at_the_end),
        }
    }

    fn next_not_charted(&mut self, cx: &mut Cx<'_>, state: &mut ChartState, choice: &mut Choice, spot: Spot) {
        let from = self.board.line(spot).and_then(|line| match line {
            Line::Case { row, .. } => Some((*row, spot.column.saturating_sub(1))),
            Line::Group { rows, .. } => rows.start.checked_sub(1).map(|row| (row, self.board.last().column)),
        });
        let chart = self.board.chart;
        let Some((row, column)) = chart.next_not_charted(from) else {
            return cx.say("Every cell of what was read so far is charted.");
        };
        let Some((found, theme)) = chart.rows.get(row).zip(chart.columns.get(column).copied()) else { return };
        // It may be folded away.
        for levels in 1..=found.under.len() {
            choice.chart.folded.remove(found.under.get(..levels).unwrap_or_default());
        }
        let cell = Crossing { theme, of: Crossed::Case(found.case) };
        state.go_to(&cell);
        state.enter = true;
        self.acts.push(GridAct::Moved(cell_at(&cell)));
    }

    /// Says why there is nothing to write in a cell, or no longer.
    fn silence(&mut self, cx: &mut Cx<'_>, drafts: &mut Drafts, cell: Option<Crossing>, silence: Silence) {
        let Some(cell) = cell else { return cx.say("Go to a cell first: each is of a case and a theme.") };
        if !cx.can_edit() {
            return;
        }
        let draft = drafts.show(cx.study, &cell);
        if !draft.now.text.trim().is_empty() {
            return cx.say("There is a summary in this cell: take its words away first.");
        }
        let passages = self.board.passages(&cell);
        if passages > 0 && silence != Silence::NotApplicable {
            let there = counted(passages as usize, "passage is", "passages are");
            return cx.say(format!("{there} coded here, so that something was said. Take the coding away first, or write what it says."));
        }
        draft.now.silence = (draft.now.silence != Some(silence)).then_some(silence);
        keep(cx, draft);
    }

    fn resize_column(&self, choice: &mut Choice, spot: Spot, wider: bool) {
        let Some(column) = spot.column.checked_sub(1).and_then(|column| self.columns.get(column)) else { return };
        let width = column.width + if wider { STEP } else { -STEP };
        choice.chart.widths.insert(column.theme, width.clamp(*WIDTHS.start(), *WIDTHS.end()) as u16);
    }

    fn resize_row(&self, state: &ChartState, choice: &mut Choice, spot: Spot, taller: bool) {
        let Some(row) = self.board.line(spot).and_then(|line| self.board.row(line)) else { return };
        let now = choice.chart.heights.get(&row.case).map_or_else(|| state.set.height(row.case, *HEIGHTS.start()), |own| f32::from(*own));
        let height = now + if taller { STEP } else { -STEP };
        choice.chart.heights.insert(row.case, height.clamp(*HEIGHTS.start(), *HEIGHTS.end()) as u16);
    }
}

/// Begins to write in a cell, behind what stands there; returns whether that can be.
pub fn begin(cx: &mut Cx<'_>, state: &mut ChartState, drafts: &mut Drafts, board: &Board<'_>, spot: Spot) -> bool {
    let Some(cell) = board.cell(spot).filter(|_| cx.can_edit()) else { return false };
    let draft = drafts.show(cx.study, &cell);
    draft.caret = draft.now.text.chars().count();
    draft.write = true;
    state.writing = Some(cell);
    state.reveal = true;
    state.opening = true;
    true
}

/// Takes out of the input what belongs to the field of a cell that is opened by it: the first words typed or pasted, and all keys after
/// them. What was `composed` in a cell that was left since is not committed to another: it stands in that one.
pub fn typed(ui: &Ui, composed: &mut bool) -> Vec<Event> {
    ui.input_mut(|input| {
        if *composed && let Some(first) = input.events.iter().position(is_letter_or_key) {
            *composed = false;
            if input.events.get(first).is_some_and(is_commit) {
                input.events.remove(first);
            }
        }
        // The letter of a key that was pressed with Alt is that of a command.
        let is_of_command = |at: usize| at.checked_sub(1).and_then(|before| input.events.get(before)).is_some_and(is_with_alt);
        let first = input.events.iter().enumerate().position(|(at, event)| is_words(event) && !is_of_command(at));
        first.map_or_else(Vec::new, |first| taken(&mut input.events, first))
    })
}

/// Takes out of the input what is for later, while one writes: words before a key that may end the cell are written first, and what
/// comes after it is not of this cell. `composed` says whether an input method is composing letters in the cell: they are of it,
/// whether they are committed before that key or by it.
pub fn typed_after_the_end(ui: &Ui, composed: &mut bool) -> Vec<Event> {
    let may_end = |event: &Event| match event {
        Event::Key { key, pressed: true, modifiers, .. } => *key == Key::Escape || modifiers.command,
        _ => false,
    };
    ui.input_mut(|input| {
        let end = input.events.iter().position(may_end);
        *composed = input.events.iter().take(end.unwrap_or(usize::MAX)).fold(*composed, composes);
        let Some(mut end) = end else { return Vec::new() };
        if *composed && let Some(at) = input.events.iter().position(is_commit).filter(|at| *at > end) {
            let committed = input.events.remove(at);
            input.events.insert(end, committed);
            (end, *composed) = (end + 1, false);
        }
        let words_first = input.events.iter().take(end).any(|event| match event {
            Event::Key { pressed, .. } => *pressed,
            event => is_of_field(event),
        });
        taken(&mut input.events, if words_first { end } else { end + 1 })
    })
}

const fn is_with_alt(event: &Event) -> bool {
    matches!(event, Event::Key { pressed: true, modifiers, .. } if modifiers.alt && !modifiers.ctrl)
}

fn is_words(event: &Event) -> bool {
    matches!(event, Event::Text(text) | Event::Paste(text) | Event::Ime(ImeEvent::Commit(text)) if !text.trim().is_empty())
}

/// Whether an input method writes the letters that it was composing.
const fn is_commit(event: &Event) -> bool {
    matches!(event, Event::Ime(ImeEvent::Commit(_)))
}

const fn is_letter_or_key(event: &Event) -> bool {
    is_commit(event) || matches!(event, Event::Text(_) | Event::Paste(_) | Event::Key { pressed: true, .. })
}

/// Whether an input method is composing letters after an event.
const fn composes(before: bool, event: &Event) -> bool {
    match event {
        Event::Ime(ImeEvent::Preedit { text, .. }) => !text.is_empty(),
        Event::Ime(ImeEvent::Commit(_)) => false,
        _ => before,
    }
}

/// Takes the events of a field from the one at `first` on.
fn taken(events: &mut Vec<Event>, first: usize) -> Vec<Event> {
    let after = events.split_off(first.min(events.len()));
    let (typed, others) = after.into_iter().partition(is_of_field);
    events.extend::<Vec<Event>>(others);
    typed
}

/// Whether an event is for what has the keys.
fn is_of_field(event: &Event) -> bool {
    matches!(event, Event::Text(_) | Event::Paste(_) | Event::Key { .. } | Event::Copy | Event::Cut | Event::Ime(_))
}

/// Leaves the cell in which one writes; what was written is kept as it is.
fn leave(cx: &mut Cx<'_>, state: &mut ChartState, drafts: &mut Drafts) {
    if let Some(cell) = state.writing.take() {
        keep(cx, drafts.show(cx.study, &cell));
    }
    state.enter = true;
}

/// Keeps what was written in a cell and takes it for charted; a draft that is only passed stays one.
fn finish(cx: &mut Cx<'_>, state: &ChartState, drafts: &mut Drafts, cell: Option<&Crossing>) {
    let Some(cell) = cell.filter(|cell| state.writing.as_ref() == Some(*cell)) else { return };
    let draft = drafts.show(cx.study, cell);
    if draft.now.state == SummaryState::Draft && !draft.now.text.trim().is_empty() {
        draft.now.state = SummaryState::Charted;
    }
    keep(cx, draft);
}

/// Says that a summary was read again and found right, or takes that back.
fn review(cx: &mut Cx<'_>, drafts: &mut Drafts, cell: Option<Crossing>) {
    let written = cell.filter(|cell| cx.study.summaries().of(cell).is_some_and(|own| !own.text.trim().is_empty()));
    let Some(cell) = written else { return cx.say("There is no summary here to be reviewed.") };
    if cx.can_edit() {
        let draft = drafts.show(cx.study, &cell);
        let reviewed = draft.now.state == SummaryState::Reviewed;
        draft.now.state = if reviewed { SummaryState::Charted } else { SummaryState::Reviewed };
        keep(cx, draft);
    }
}

/// Goes to the chart of the theme after the one whose first column this is, or before it.
fn turn(cx: &mut Cx<'_>, state: &mut ChartState, choice: &mut Choice, column: Option<ThemeId>, on: bool) {
    let parent = column.and_then(|theme| cx.study.codebook().get(theme)).map(|theme| theme.parent.unwrap_or(theme.id));
    let theme = choice.chart.spec(cx.study).map(|spec| spec.theme).or(parent);
    match theme.and_then(|theme| ChartChoice::beside(cx.study, theme, on)) {
        Some(theme) => {
            choice.chart.theme = Some(theme);
            state.take_focus();
        }
        None if on => cx.say("This is the last theme."),
        None => cx.say("This is the first theme."),
    }
}

/// Folds a group, or unfolds it.
pub fn toggle<T: Ord>(set: &mut BTreeSet<T>, item: T) {
    if !set.remove(&item) {
        set.insert(item);
    }
}

/// A cell of the chart as one of the matrix.
pub fn cell_at(cell: &Crossing) -> CellAt {
    let case = match cell.of {
        Crossed::Case(case) => Some(vec![Point::Case(Some(case))]),
        Crossed::Values(_) => None,
    };
    CellAt { spec: chart_axes(), key: CellKey { page: None, row: case, column: Some(vec![Point::Theme(cell.theme)]) } }
}

/// What a chart crosses.
pub fn chart_axes() -> MatrixSpec {
    MatrixSpec { rows: vec![Axis::Cases], columns: vec![Axis::Themes], pages: Vec::new(), filter: Filter::default() }
}

/// What a click opens: a cell at once, what a head stands for when clicked twice.
pub fn clicked(board: &Board<'_>, spot: Spot, twice: bool) -> Option<GridAct> {
    match board.cell(spot) {
        Some(cell) => Some(GridAct::Open(cell_at(&cell))),
        None if twice => opened(board, spot),
        None => None,
    }
}

/// What Enter opens: the evidence of a cell, a case across all themes, all passages of a theme.
fn opened(board: &Board<'_>, spot: Spot) -> Option<GridAct> {
    if spot.column == 0
        && let Some(row) = board.line(spot).and_then(|line| board.row(line))
    {
        return Some(GridAct::Profile(row.case));
    }
    board.cell(spot).map(|cell| GridAct::Enter(cell_at(&cell))).or_else(|| read(board, spot))
}

/// All passages of a spot.
fn read(board: &Board<'_>, spot: Spot) -> Option<GridAct> {
    let case = board.line(spot).and_then(|line| board.row(line)).map(|row| vec![Point::Case(Some(row.case))]);
    let theme = board.theme(spot.column).map(|theme| vec![Point::Theme(theme)]);
    if case.is_none() && theme.is_none() {
        return None;
    }
    Some(GridAct::Read(CellAt { spec: chart_axes(), key: CellKey { page: None, row: case, column: theme } }))
}

/// How far a cell is: "draft, 47 words".
fn far(cx: &Cx<'_>, drafts: &Drafts, cell: &Crossing, words: usize) -> String {
    let own = cx.study.summaries().of(cell);
    let (state, silence, from_passages) = match (drafts.peek(cell), own) {
        (Some(draft), _) => (draft.now.state, draft.now.silence, is_from_passages(&draft.now.text, &draft.now.citations)),
        (None, Some(own)) => (own.state, own.silence, own.is_from_passages()),
        (None, None) => return "not charted".to_owned(),
    };
    if let Some(silence) = silence {
        return silence_name(silence).to_lowercase();
    }
    let far = if from_passages { FROM_PASSAGES } else { state_name(state) };
    format!("{far}, {}", counted(words, "word", "words"))
}

/// Says in the status bar and to screen readers where the focus is, and which keys work there.
pub fn say_where(ui: &Ui, cx: &mut Cx<'_>, state: &ChartState, board: &Board<'_>, drafts: &Drafts, id: Id) {
    let spot = state.spot(board);
    let at = match (board.line_at(spot.row), board.theme(spot.column)) {
        (LineAt::Heads, Some(theme)) => Some(id.with((theme, "head"))),
        (LineAt::Group(under), _) => Some(id.with(("group", &under))),
        (LineAt::Case(case), Some(theme)) => Some(id.with((case, theme))),
        (LineAt::Case(case), None) => Some(id.with((case, "who"))),
        _ => None,
    };
    ui.ctx().accesskit_node_builder(id, |node| {
        node.set_row_count(board.last().row + 1);
        node.set_column_count(board.last().column + 1);
        if let Some(at) = at {
            node.set_active_descendant(at.accesskit_id());
        }
    });
    if let Some(Line::Case { row, place, of }) = board.line(spot)
        && let Some(row) = board.chart.rows.get(*row)
    {
        let group = row.under.last().map(|value| value.map_or(NOT_STATED, |value| cx.study.attributes().value_name(value)));
        let place = format!("case {} of {of}", place + 1);
        cx.status.say(group.map_or_else(|| place.clone(), |group| format!("{group}, {place}")));
    }
    if let Some(cell) = board.cell(spot) {
        let text = drafts.peek(&cell).map(|draft| draft.now.text.as_str());
        let text = text.or_else(|| cx.study.summaries().of(&cell).map(|own| own.text.as_str())).unwrap_or_default();
        let says = far(cx, drafts, &cell, word_count(text));
        cx.status.say(format!("{}: {says}", cx.study.crossing_name(&cell)));
    }
    let ctx = ui.ctx();
    if state.writing.is_some() {
        hint(ctx, cx, Command::NextCase, "Save, next case");
        hint(ctx, cx, Command::NextTheme, "Next theme");
        cx.status.hint(&["Esc"], "Leave the cell");
    } else if ui.memory(|memory| memory.has_focus(id)) {
        cx.status.hint(&["↑", "↓", "←", "→"], "Move");
        if board.cell(spot).is_some() {
            hint(ctx, cx, Command::WriteCell, "Write");
            hint(ctx, cx, Command::OpenCell, "Evidence");
            hint(ctx, cx, Command::AskedNothing, "Asked, said nothing");
            hint(ctx, cx, Command::NotAsked, "Not asked");
        }
        hint(ctx, cx, Command::NextNotCharted, "Next not charted");
        hint(ctx, cx, Command::NextPage, "Next theme");
    }
}
