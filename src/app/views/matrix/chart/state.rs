use std::sync::Arc;

use eframe::egui::{Event, Rect, Vec2};

use super::super::choice::Choice;
use super::super::cursor::Spot;
use super::choice::Under;
use super::lines::{Line, lines};
use super::set::SetWords;
use crate::analysis::chart::{Chart, ChartRow, ChartSpec};
use crate::app::Seen;
use crate::app::context::Cx;
use crate::app::worker::JobHandle;
use crate::study::{CaseId, Crossed, Crossing, ThemeId};

/// Which line has the focus, by what it stands for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum LineAt {
    /// The heads of the columns.
    Heads,
    /// The first case.
    #[default]
    First,
    /// The head of a group.
    Group(Under),
    /// A case.
    Case(CaseId),
}

/// Which column has the focus.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ColumnAt {
    /// Who it is.
    Who,
    /// The first theme.
    #[default]
    First,
    /// A theme.
    Theme(ThemeId),
}

/// What the chart remembers.
#[derive(Default)]
pub struct ChartState {
    /// The chart, of the study and choice that were asked for last or a moment before.
    pub chart: Option<Arc<Chart>>,
    asked: Option<(Seen, ChartSpec)>,
    /// Where the focus is.
    line: LineAt,
    column: ColumnAt,
    last: Spot,
    /// The words that are set.
    pub(super) set: SetWords,
    /// The cell in which one writes.
    pub writing: Option<Crossing>,
    /// What was typed in this frame and is for what has the keys in the next.
    pub(super) typed: Vec<Event>,
    /// Whether an input method is composing letters in the field, or was when it was left: they stand in its words already.
    pub(super) composed: bool,
    /// Whether that field has only just been opened, and is to be brought in sight.
    pub(super) opening: bool,
    /// How tall the field was in which one writes, in points.
    pub(super) field_height: f32,
    /// What part was seen in the last frame.
    pub(super) seen: Option<Rect>,
    /// The line at the upper edge, and how much of it is above that.
    pub(super) anchor: Option<(LineAt, f32)>,
    pub(super) scroll_to: Option<Vec2>,
    /// Whether the chart is to have the keys.
    pub(super) enter: bool,
    /// Whether the focus is to be brought in sight.
    pub(super) reveal: bool,
    /// Whether keys were used last, not the pointer.
    pub(super) keyed: bool,
}

impl ChartState {
    /// Starts the job that makes the chart, if what is there is not of this study and choice.
    pub fn keep_up(&mut self, cx: &mut Cx<'_>, choice: &Choice) {
        let Some(spec) = choice.chart.spec(cx.study) else {
            self.chart = None;
            return;
        };
        if self.asked.as_ref().is_some_and(|(seen, asked)| seen.is(cx.study) && *asked == spec) {
            return;
        }
        // What was charted of another theme is not of these columns.
        if self.asked.as_ref().is_some_and(|(_, asked)| asked.theme != spec.theme) {
            self.chart = None;
        }
        self.asked = Some((Seen::of(cx.study), spec.clone()));
        let study = Arc::clone(cx.study);
        let run = move |_: &mut JobHandle| Ok(Chart::new(&study, &spec));
        cx.job("chart", "", run, |state, chart| state.matrix.chart.chart = Some(Arc::new(chart)));
    }

    /// Brings the keys to the chart.
    pub const fn take_focus(&mut self) {
        self.enter = true;
    }

    /// Brings the focus to a cell.
    pub fn go_to(&mut self, cell: &Crossing) {
        if let Crossed::Case(case) = cell.of {
            (self.line, self.column, self.reveal) = (LineAt::Case(case), ColumnAt::Theme(cell.theme), true);
        }
    }
}

/// The chart as it is shown.
#[derive(Clone, Copy)]
pub struct Board<'a> {
    /// What is charted.
    pub chart: &'a Chart,
    /// Its lines.
    pub lines: &'a [Line],
}

/// The lines of a chart.
pub fn board_lines(chart: &Chart, choice: &Choice) -> Vec<Line> {
    let levels = chart.rows.first().map_or(0, |row| row.under.len());
    lines(chart, levels, &choice.chart.folded)
}

impl<'a> Board<'a> {
    /// The last spot: row 0 are the heads, column 0 says who it is.
    #[must_use]
    pub const fn last(&self) -> Spot {
        Spot { row: self.lines.len(), column: self.chart.columns.len() }
    }

    /// The line of a spot; none for the heads.
    #[must_use]
    pub fn line(&self, spot: Spot) -> Option<&'a Line> {
        spot.row.checked_sub(1).and_then(|line| self.lines.get(line))
    }

    /// The row of a line of a case.
    #[must_use]
    pub fn row(&self, line: &Line) -> Option<&'a ChartRow> {
        match line {
            Line::Case { row, .. } => self.chart.rows.get(*row),
            Line::Group { .. } => None,
        }
    }

    /// The theme of a column.
    #[must_use]
    pub fn theme(&self, column: usize) -> Option<ThemeId> {
        column.checked_sub(1).and_then(|column| self.chart.columns.get(column).copied())
    }

    /// The cell at a spot.
    #[must_use]
    pub fn cell(&self, spot: Spot) -> Option<Crossing> {
        let case = self.row(self.line(spot)?)?.case;
        Some(Crossing { theme: self.theme(spot.column)?, of: Crossed::Case(case) })
    }

    /// How many passages there are in a cell.
    #[must_use]
    pub fn passages(&self, cell: &Crossing) -> u32 {
        let column = self.chart.columns.iter().position(|theme| *theme == cell.theme);
        let row = self.chart.rows.iter().find(|row| cell.is_of_case(row.case));
        row.zip(column).and_then(|(row, column)| row.cells.get(column)).map_or(0, |cell| cell.passages)
    }

    /// The place of a cell, if it is shown.
    #[must_use]
    pub fn find(&self, cell: &Crossing) -> Option<Spot> {
        let Crossed::Case(case) = cell.of else { return None };
        let line = self.lines.iter().position(|line| self.row(line).is_some_and(|row| row.case == case))?;
        let column = self.chart.columns.iter().position(|theme| *theme == cell.theme)?;
        Some(Spot { row: line + 1, column: column + 1 })
    }

    /// What a line stands for.
    #[must_use]
    pub fn line_at(&self, row: usize) -> LineAt {
        match row.checked_sub(1).and_then(|line| self.lines.get(line)) {
            None => LineAt::Heads,
            Some(Line::Group { under, .. }) => LineAt::Group(under.clone()),
            Some(line) => self.row(line).map_or(LineAt::Heads, |row| LineAt::Case(row.case)),
        }
    }

    /// The place of what a line stands for, among the lines.
    #[must_use]
    pub fn find_line(&self, at: &LineAt) -> Option<usize> {
        match at {
            LineAt::Heads => None,
            LineAt::First => self.lines.iter().position(|line| matches!(line, Line::Case { .. })),
            LineAt::Group(wanted) => self.lines.iter().position(|line| matches!(line, Line::Group { under, .. } if under == wanted)),
            LineAt::Case(case) => self.lines.iter().position(|line| self.row(line).is_some_and(|row| row.case == *case)),
        }
    }

    /// The next case after a spot in the same column, or before it.
    #[must_use]
    pub fn next_case(&self, spot: Spot) -> Option<Spot> {
        let after = self.lines.iter().enumerate().skip(spot.row);
        let found = after.into_iter().find(|(_, line)| matches!(line, Line::Case { .. }));
        found.map(|(line, _)| Spot { row: line + 1, column: spot.column })
    }
}

impl ChartState {
    /// Where the focus is now; where it was when what it stood for is gone.
    #[must_use]
    pub fn spot(&self, board: &Board<'_>) -> Spot {
        let end = board.last();
        let row = match &self.line {
            LineAt::Heads => Some(0),
            line => board.find_line(line).map(|line| line + 1),
        };
        let column = match self.column {
            ColumnAt::Who => Some(0),
            ColumnAt::First => Some(1),
            ColumnAt::Theme(theme) => board.chart.columns.iter().position(|other| *other == theme).map(|at| at + 1),
        };
        Spot { row: row.unwrap_or(self.last.row).min(end.row), column: column.unwrap_or(self.last.column.max(1)).min(end.column) }
    }

    /// Goes to a spot.
    pub fn go(&mut self, board: &Board<'_>, spot: Spot) {
        let end = board.last();
        self.last = Spot { row: spot.row.min(end.row), column: spot.column.min(end.column) };
        self.line = board.line_at(self.last.row);
        self.column = board.theme(self.last.column).map_or(ColumnAt::Who, ColumnAt::Theme);
        self.reveal = true;
    }
}
