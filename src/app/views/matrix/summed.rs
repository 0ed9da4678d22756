//! The grid when its cells show their summaries: of each as much as there is room for.

use std::borrow::Cow;

use eframe::egui::text::LayoutJob;
use eframe::egui::{Rect, Ui, vec2};

use super::chart::{Shown, inset, paint_sign, shown, sign_room, words_width};
use super::choice::Choice;
use super::counted::{At, Counted};
use super::grid::{GridAct, Scene};
use super::summary::{Drafts, NOT_OF_THESE, Written, plain_layout, read_layout, written_in};
use crate::analysis::chart::{CellState, ChartCell};
use crate::analysis::matrix::{Axis, CellKind, Matrix, Measure, Point};
use crate::app::command::{self, Command, Scope};
use crate::app::context::Cx;
use crate::app::icons;
use crate::app::tokens::{Tokens, Type};
use crate::app::views::nothing_here;
use crate::app::widgets::{SummarySign, empty};
use crate::study::{AttributeId, Crossing, StatusKind, Study};

/// How many lines of its summary a cell shows.
const LINES: usize = 3;

/// More characters are in no cell, however wide: no more of a long summary is set.
const MOST: usize = 400;

/// Height of a row.
#[must_use]
pub fn row_height(tokens: &Tokens) -> f32 {
    (LINES as f32 * tokens.line_height(Type::ChartCell) + 2.0 * inset(tokens).y).ceil()
}

/// Whether the totals at the right or below have summaries of their own: those over all themes have none.
#[must_use]
pub fn has_total(axes: &[Axis]) -> bool {
    !axes.contains(&Axis::Themes)
}

/// Why no cell of a page has a summary, in a sentence, and whether cells of another page have some; none where cells have some.
#[must_use]
pub fn none_of(study: &Study, matrix: &Matrix, page: usize) -> Option<(&'static str, bool)> {
    let spec = &matrix.spec;
    let points = matrix.pages.get(page).map_or(&[][..], |head| &head.points);
    let has_role = |attribute: &AttributeId| study.attributes().get(*attribute).is_some_and(|it| it.role.is_some());
    let other = |axis: &Axis| matches!(axis, Axis::Attribute(attribute) if !has_role(attribute));
    match () {
        () if spec.axes().all(|axis| axis != Axis::Themes) => {
            Some(("A summary is of a theme: put themes into the rows, columns or pages.", false))
        }
        () if spec.rows.iter().chain(&spec.columns).any(other) => Some((NOT_OF_THESE, false)),
        () if points.is_empty() && spec.pages.contains(&Axis::Themes) => Some(("A summary is of one theme: choose the page of one.", true)),
        () if points.iter().any(|point| matches!(point, Point::ThemeOnly(_))) => {
            Some(("A summary is of a theme with those below it: choose the page of one.", true))
        }
        () => None,
    }
}

/// Says why no cell has a summary and what can be done, in the place of the grid.
pub fn show_none(ui: &mut Ui, cx: &mut Cx<'_>, choice: &mut Choice, why: &str, paged: bool, mut commands: Vec<Command>) -> Vec<GridAct> {
    let button = if paged { Command::NextPage.title() } else { "Show participants" };
    let pressed = empty(ui, cx.tokens, icons::GRID_3X3, "No summaries here", why, Some(button));
    if pressed && !paged {
        (choice.measure, choice.summaries) = (Measure::Participants, false);
    }
    if ui.memory(|memory| memory.focused().is_none()) {
        commands.extend(command::pressed(ui, Scope::Matrix, false));
    }
    commands.extend((pressed && paged).then_some(Command::NextPage));
    let act = |command| match command {
        Command::NextPage => Some(GridAct::Page(true)),
        Command::PreviousPage => Some(GridAct::Page(false)),
        Command::SwapAxes => Some(GridAct::Run(command)),
        command => {
            nothing_here(cx, command);
            None
        }
    };
    commands.into_iter().filter_map(act).collect()
}

/// The cell whose summary is shown at a place: its own, or the whole one of which filters leave a part.
#[must_use]
pub fn cell_of(study: &Study, counted: &Counted, page: usize, (row, column): (At, At)) -> Option<Crossing> {
    match written_in(study, &counted.cell_at(page, row, column)?) {
        Written::Here(cell) | Written::Whole(cell) => Some(cell),
        Written::None(_) => None,
    }
}

/// What a cell shows, and how far it is; none where it has no summary because it can have none, or because nobody could say
/// anything. What is being written comes before what the study has.
#[must_use]
pub fn shown_at<'a>(
    study: &'a Study,
    counted: &Counted,
    drafts: Option<&'a Drafts>,
    page: usize,
    (row, column): (At, At),
) -> Option<(ChartCell, Shown<'a>)> {
    let facts = counted.cell(page, row, column)?;
    let cell = cell_of(study, counted, page, (row, column))?;
    let own = study.summaries().of(&cell).map(AsRef::as_ref);
    let draft = drafts.and_then(|drafts| drafts.peek(&cell));
    if own.is_none() && draft.is_none() && facts.kind() == CellKind::NoSuchParticipants {
        return None;
    }
    let stale = counted.signs.get(&cell) == Some(SummarySign::Changed);
    let far = ChartCell { passages: facts.passages, is_itself: false, state: CellState::of(own), stale, to_settle: 0 };
    let status = if facts.kind() == CellKind::DoneNothing { StatusKind::Done } else { StatusKind::Coding };
    Some((far, shown(far, Some(status), own, draft)))
}

/// Whether the rows of a view are shown while cells show summaries: those of a theme without what is below it have none.
#[must_use]
pub fn has_row(choice: &Choice, point: Option<Point>) -> bool {
    !choice.summaries || !matches!(point, Some(Point::ThemeOnly(_)))
}

/// Paints what a cell shows.
pub fn paint(ui: &Ui, scene: &Scene<'_>, rect: Rect, shown: &Shown<'_>) {
    let tokens = scene.tokens;
    let words = beginning(&shown.words);
    let width = words_width(tokens, rect.width());
    let (job, left) = if shown.is_summary {
        (read_layout(tokens, &words, width), 0.0)
    } else {
        (plain_layout(tokens, &words, width), sign_room(tokens, shown))
    };
    let galley = ui.painter().layout_job(elided(job));
    let painter = ui.painter().with_clip_rect(rect.intersect(ui.clip_rect()));
    painter.galley(rect.min + inset(tokens) + vec2(left, 0.0), galley, tokens.colour.ink);
    paint_sign(ui, tokens, rect, shown);
}

/// As many lines as a cell has room for; what is left out is told by "…".
fn elided(mut job: LayoutJob) -> LayoutJob {
    job.wrap.max_rows = LINES;
    job
}

/// The beginning of a text, as much as could be in a cell.
fn beginning(words: &str) -> Cow<'_, str> {
    match words.char_indices().nth(MOST) {
        Some((at, _)) => Cow::Owned(format!("{}…", words.get(..at).unwrap_or_default())),
        None => Cow::Borrowed(words),
    }
}
