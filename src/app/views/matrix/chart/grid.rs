use eframe::egui::{EventFilter, Id, Painter, Popup, Rect, Role, ScrollArea, Sense, Ui, Vec2, WidgetInfo, pos2, vec2};

use super::super::choice::Choice;
use super::super::cursor::Spot;
use super::super::grid::{GridAct, into_view};
use super::super::summary::Drafts;
use super::content::{Shown, shown};
use super::lines::Line;
use super::state::{Board, ChartState, LineAt, board_lines};
use super::{body, deeds, field, heads};
use crate::analysis::chart::ChartRow;
use crate::app::command::{self, Command, Scope};
use crate::app::context::Cx;
use crate::app::tokens::{Tokens, Type};
use crate::study::{Crossed, Crossing, Study, ThemeId};

/// A column of the chart.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    /// Its theme.
    pub theme: ThemeId,
    /// Its left edge, from that of the first theme.
    pub left: f32,
    /// Its width.
    pub width: f32,
}

/// Everything that is painted in one frame.
pub struct Scene<'a> {
    /// The study.
    pub study: &'a Study,
    /// Colours and sizes.
    pub tokens: &'a Tokens,
    /// The chart and its lines.
    pub board: Board<'a>,
    /// The columns.
    pub columns: &'a [Column],
    /// The upper edges of the lines from that of the first, and the lower edge of the last.
    pub tops: &'a [f32],
    /// What is seen of the chart.
    pub view: Rect,
    /// Where the first line and the first theme begin, scrolled.
    pub origin: eframe::egui::Pos2,
    /// Where the focus is.
    pub spot: Spot,
    /// Root of the identities.
    pub id: Id,
    /// Whether the chart has the keys.
    pub active: bool,
    /// Whether keys were used last.
    pub keyed: bool,
}

impl Scene<'_> {
    /// Where the cells are seen, without heads and the first column.
    #[must_use]
    pub fn body(&self) -> Rect {
        Rect::from_min_max(self.view.min + vec2(self.tokens.size.chart_first_column, heads::height(self.tokens)), self.view.max)
    }

    /// From which line to which the lines are seen.
    #[must_use]
    pub fn lines_seen(&self) -> std::ops::Range<usize> {
        let body = self.body();
        let (from, to) = (body.top() - self.origin.y, body.bottom() - self.origin.y);
        let first = self.tops.partition_point(|top| *top <= from).saturating_sub(1);
        let last = self.tops.partition_point(|top| *top < to).min(self.board.lines.len());
        first..last.max(first)
    }

    /// Upper and lower edge of a line.
    #[must_use]
    pub fn edges(&self, line: usize) -> (f32, f32) {
        let at = |line: usize| self.origin.y + self.tops.get(line).copied().unwrap_or_default();
        (at(line), at(line + 1))
    }
}

/// Room round the words of a cell.
pub fn inset(tokens: &Tokens) -> Vec2 {
    vec2(tokens.space.three, tokens.space.two)
}

/// The width that the words of a cell `width` wide have: beside them stands the sign.
#[must_use]
pub fn words_width(tokens: &Tokens, width: f32) -> f32 {
    width - 2.0 * inset(tokens).x - tokens.space.four
}

/// Height of the head of a group.
pub fn group_height(tokens: &Tokens) -> f32 {
    tokens.size.matrix_row
}

/// The least height of a row: its case, what is said of it and its attributes.
pub fn least_height(tokens: &Tokens) -> f32 {
    tokens.line_height(Type::ChartCell) + 2.0 * tokens.line_height(Type::Small) + 2.0 * inset(tokens).y + tokens.space.one
}

/// The identity of the chart, for its focus.
fn chart_id() -> Id {
    Id::unique("matrix chart")
}

/// Shows the chart in all the room there is.
pub fn show(
    ui: &mut Ui,
    cx: &mut Cx<'_>,
    state: &mut ChartState,
    choice: &mut Choice,
    drafts: &mut Drafts,
    commands: Vec<Command>,
) -> Vec<GridAct> {
    let tokens = cx.tokens;
    let Some(chart) = state.chart.clone() else { return Vec::new() };
    let lines = board_lines(&chart, choice);
    let board = Board { chart: &chart, lines: &lines };
    let columns = columns(tokens, cx.study, &chart.columns, choice);
    let area = ui.available_rect_before_wrap();
    let id = chart_id();
    let response = ui.interact(area, id, Sense::focusable_noninteractive());
    response.widget_info(|| WidgetInfo::labeled(Role::Grid, true, "Chart"));
    // What was cited from the pane is written on in its cell.
    if let Some(cell) = drafts.wanted().filter(|cell| state.writing.as_ref() != Some(*cell) && board.find(cell).is_some()).cloned() {
        state.go_to(&cell);
        state.writing = Some(cell);
    }
    state.writing = state.writing.take().filter(|cell| board.find(cell).is_some());
    let nowhere = ui.memory(|memory| memory.focused().is_none()) && !Popup::is_any_open(ui.ctx());
    if std::mem::take(&mut state.enter) || (nowhere && state.writing.is_none()) {
        response.request_focus();
        ui.ctx().request_repaint();
    }
    if ui.input(|input| input.pointer.is_moving() || input.pointer.any_pressed()) {
        state.keyed = false;
    }
    give_typed(ui, state);
    let mut acts = Vec::new();
    let mut deeds = deeds::Deeds { board: &board, columns: &columns, acts: &mut acts };
    if state.writing.is_some() {
        state.typed.extend(deeds::typed_after_the_end(ui, &mut state.composed));
        deeds.take_writing_keys(ui, cx, state, choice, drafts);
    } else if response.has_focus() {
        let all = EventFilter { horizontal_arrows: true, vertical_arrows: true, escape: true, tab: false };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(id, all));
        let typed = deeds::typed(ui, &mut state.composed);
        let pressed: Vec<Command> =
            [Scope::Chart, Scope::Matrix].into_iter().flat_map(|scope| command::pressed(ui, scope, false)).collect();
        deeds.take_moves(ui, state);
        for command in pressed {
            state.keyed = true;
            deeds.run(cx, state, choice, drafts, command);
        }
        deeds.write_typed(cx, state, drafts, typed);
    }
    for command in commands {
        deeds.run(cx, state, choice, drafts, command);
    }
    state.set.begin(ui, tokens);
    let near = lines_near(state, &board);
    measure(ui.painter(), cx, state, &board, &columns, drafts, near);
    let tops = tops(tokens, state, choice, &board);
    state.hold_anchor(&board, &tops);
    let first = tokens.size.chart_first_column;
    let head = heads::height(tokens);
    let width = columns.last().map_or(0.0, |column| column.left + column.width);
    let tail = heads::without_other(cx.study, &columns).map_or(tokens.space.four, |_| tokens.size.chart_column_narrow);
    let size = vec2(first + width + tail, head + tops.last().copied().unwrap_or_default() + tokens.space.three);
    let spot = state.spot(&board);
    let place = |seen| revealed(seen, (first, head), spot, &tops, &columns);
    let seen = state.seen.unwrap_or(area);
    // A pane beside the chart takes room from it, and not from the cell it was opened for.
    let now = Rect::from_min_size(seen.min, area.size());
    let is_covered = seen.contains_rect(now) && place(seen) == seen.min.to_vec2() && place(now) != seen.min.to_vec2();
    if std::mem::take(&mut state.reveal) || is_covered {
        state.scroll_to = Some(place(now));
    }
    let moved = Rect::from_min_max(area.min + vec2(first, head).min(area.size() / 2.0), area.max);
    let mut scroll = ScrollArea::both().id_salt("chart cells").auto_shrink(false).scroll_bar_rect(moved);
    if let Some(offset) = state.scroll_to.take() {
        scroll = scroll.scroll_offset(offset);
    }
    scroll.show_viewport(ui, |ui, viewport| {
        ui.set_min_size(size);
        let corner = ui.min_rect().min;
        let view = Rect::from_min_size(corner + viewport.min.to_vec2(), viewport.size()).intersect(ui.clip_rect());
        state.seen = Some(viewport);
        let active = response.has_focus();
        let origin = corner + vec2(first, head);
        let (board, columns, tops) = (board, columns.as_slice(), tops.as_slice());
        let scene = Scene { study: cx.study, tokens, board, columns, tops, view, origin, spot, id, active, keyed: state.keyed };
        state.anchor =
            scene.lines_seen().next().map(|line| (board.line_at(line + 1), viewport.top() - tops.get(line).copied().unwrap_or(0.0)));
        let mut clicked = None;
        body::show_cells(ui, &scene, state, drafts, &mut clicked);
        field::show(ui, cx, &scene, state, drafts);
        let mut folded = None;
        body::show_first_column(ui, &scene, &mut clicked);
        body::show_groups(ui, &scene, &mut clicked, &mut folded);
        heads::show(ui, cx, &scene, choice, &mut clicked);
        if let Some(under) = folded {
            deeds::toggle(&mut choice.chart.folded, under);
        }
        if let Some((spot, twice)) = clicked {
            state.go(&board, spot);
            response.request_focus();
            acts.extend(deeds::clicked(&board, spot, twice));
            if twice && board.cell(spot).is_some() {
                deeds::begin(cx, state, drafts, &board, spot);
            }
        }
    });
    if state.set.is_behind() || !state.typed.is_empty() {
        ui.ctx().request_repaint();
    }
    deeds::say_where(ui, cx, state, &board, drafts, id);
    acts
}

/// Gives what was typed in the frame before and was not of what had the keys then to what has them now.
fn give_typed(ui: &Ui, state: &mut ChartState) {
    if !state.typed.is_empty() {
        ui.input_mut(|input| drop(input.events.splice(0..0, state.typed.drain(..))));
        ui.ctx().request_repaint();
    }
}

/// The columns with their widths: those changed by hand as they were left; a few have more room than many.
fn columns(tokens: &Tokens, study: &Study, themes: &[ThemeId], choice: &Choice) -> Vec<Column> {
    let size = &tokens.size;
    let parent = |theme: ThemeId| study.codebook().get(theme).and_then(|theme| theme.parent);
    let usual = |theme: ThemeId| match themes.len() {
        1 => 2.0 * size.chart_column,
        2 => 1.5 * size.chart_column,
        // What is said of the whole theme is little as a rule.
        _ if themes.iter().any(|other| parent(*other) == Some(theme)) => size.chart_column_narrow,
        _ => size.chart_column,
    };
    let mut left = 0.0;
    let column = |theme: &ThemeId| {
        let width = choice.chart.widths.get(theme).map_or_else(|| usual(*theme), |width| f32::from(*width));
        left += width;
        Column { theme: *theme, left: left - width, width }
    };
    themes.iter().map(column).collect()
}

/// What a cell shows.
pub fn shown_in<'a>(study: &'a Study, drafts: &'a Drafts, row: &ChartRow, at: usize, theme: ThemeId) -> Shown<'a> {
    let cell = Crossing { theme, of: Crossed::Case(row.case) };
    let own = study.summaries().of(&cell).map(AsRef::as_ref);
    shown(row.cells.get(at).copied().unwrap_or_default(), row.status, own, drafts.peek(&cell))
}

/// The lines that are seen, were seen last, or will be when the lines above turn out lower than was thought.
fn lines_near(state: &ChartState, board: &Board<'_>) -> Vec<usize> {
    const ABOVE: usize = 2;
    const BELOW: usize = 24;
    let from = state.anchor.as_ref().and_then(|(line, _)| board.find_line(line)).unwrap_or(0);
    let at = board.find_line(&board.line_at(state.spot(board).row)).filter(|_| state.reveal);
    let near = from.saturating_sub(ABOVE)..(from + BELOW).min(board.lines.len());
    let around = at.map_or(0..0, |at| at.saturating_sub(ABOVE)..(at + BELOW).min(board.lines.len()));
    // What is seen first is set first.
    near.clone().skip(ABOVE.min(from)).chain(near.take(ABOVE.min(from))).chain(around).collect()
}

/// Sets the words of rows and measures those that are whole.
fn measure(
    painter: &Painter,
    cx: &Cx<'_>,
    state: &mut ChartState,
    board: &Board<'_>,
    columns: &[Column],
    drafts: &Drafts,
    lines: Vec<usize>,
) {
    let tokens = cx.tokens;
    let inset = 2.0 * inset(tokens).y;
    for line in lines {
        let Some(row) = board.lines.get(line).and_then(|line| board.row(line)) else { continue };
        let mut height = Some(least_height(tokens));
        for (at, column) in columns.iter().enumerate() {
            let shown = shown_in(cx.study, drafts, row, at, column.theme);
            let galley = state.set.set(painter, tokens, (row.case, column.theme), &shown, words_width(tokens, column.width));
            height = height.zip(galley).map(|(height, galley)| height.max(galley.size().y + inset));
        }
        if let Some(height) = height {
            state.set.measured(row.case, height.ceil());
        }
        if state.set.is_behind() {
            return;
        }
    }
}

/// Where each line begins, and where the last ends.
fn tops(tokens: &Tokens, state: &ChartState, choice: &Choice, board: &Board<'_>) -> Vec<f32> {
    let usual = state.set.usual(least_height(tokens));
    let written = state.writing.as_ref().map(|cell| (&cell.of, state.field_height));
    let mut top = 0.0;
    let mut tops = vec![0.0];
    for line in board.lines {
        top += match board.row(line) {
            None => group_height(tokens),
            Some(row) => {
                let by_hand = choice.chart.heights.get(&row.case).map(|height| f32::from(*height));
                let height = by_hand.unwrap_or_else(|| state.set.height(row.case, usual));
                let here = written.filter(|(of, _)| **of == Crossed::Case(row.case));
                here.map_or(height, |(_, field)| height.max(field))
            }
        };
        tops.push(top);
    }
    tops
}

impl ChartState {
    /// Keeps the line at the upper edge where it is when those above it turn out to be of another height.
    fn hold_anchor(&mut self, board: &Board<'_>, tops: &[f32]) {
        let Some(seen) = self.seen else { return };
        let Some((line, above)) = self.anchor.as_ref().filter(|(line, _)| *line != LineAt::Heads) else { return };
        let Some(top) = board.find_line(line).and_then(|line| tops.get(line)) else { return };
        let offset = (top + above).max(0.0);
        if (offset - seen.top()).abs() > 0.5 {
            self.scroll_to = Some(vec2(seen.left(), offset));
        }
    }
}

/// The least scrolling after which the line and the column of a spot are seen.
fn revealed(seen: Rect, (first, head): (f32, f32), spot: Spot, tops: &[f32], columns: &[Column]) -> Vec2 {
    let mut offset = seen.min.to_vec2();
    if let Some([top, bottom]) = spot.row.checked_sub(1).and_then(|line| tops.get(line..line + 2)) {
        offset.y = into_view(offset.y, seen.height() - head, *top, *bottom);
    }
    if let Some(column) = spot.column.checked_sub(1).and_then(|column| columns.get(column)) {
        offset.x = into_view(offset.x, seen.width() - first, column.left, column.left + column.width);
    }
    offset
}

/// The lines of groups among the lines seen.
pub fn groups<'s>(scene: &'s Scene<'_>) -> impl Iterator<Item = (usize, &'s Line)> {
    scene
        .lines_seen()
        .filter_map(|at| scene.board.lines.get(at).map(|line| (at, line)))
        .filter(|(_, line)| matches!(line, Line::Group { .. }))
}

/// The upper left corner of a column in a line.
pub fn corner(scene: &Scene<'_>, line: usize, column: &Column) -> eframe::egui::Pos2 {
    pos2(scene.origin.x + column.left, scene.edges(line).0)
}
