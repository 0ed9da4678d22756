use std::collections::BTreeSet;
use std::sync::Arc;

use eframe::egui::{Color32, EventFilter, Id, Popup, Pos2, Rect, Response, Role, ScrollArea, Sense, Ui, Vec2, WidgetInfo, pos2, vec2};

use super::body;
use super::choice::Choice;
use super::columns::{Columns, lay_out};
use super::counted::{At, Counted};
use super::cursor::{Board, Cursor, Spot, What};
use super::heads;
use super::hints::hint;
use super::keys::moved;
use super::lines::{Line, lines};
use super::pane::{begin_memo, to_proposition};
use super::summary::Drafts;
use super::{sentences, summed};
use crate::analysis::matrix::{CellAt, CellKey, Measure, Point};
use crate::app::command::{self, Command, Scope};
use crate::app::context::Cx;
use crate::app::tokens::{Tokens, Type};
use crate::study::{CaseId, Study};

/// What the grid asks for.
pub enum GridAct {
    /// Folds or unfolds a row.
    Fold(Vec<Point>),
    /// Folds or unfolds a group of columns.
    FoldGroup(Vec<Point>),
    /// Shows each column without participants, or several as one strip.
    FoldNobody,
    /// Opens a cell's pane.
    Open(CellAt),
    /// Opens a cell's pane by key; where it is open, goes into it.
    Enter(CellAt),
    /// The focus came to a cell by keys: an open pane follows.
    Moved(CellAt),
    /// Opens the theme reader on a row, a column or a total.
    Read(CellAt),
    /// Reads a case across all themes.
    Profile(CaseId),
    /// Writes what is said of a case across all themes as a page.
    Print(CaseId),
    /// Closes the pane, then the pinned one.
    Close,
    /// Pins the cell of the pane, or takes it off.
    Pin,
    /// To the next page, or the one before.
    Page(bool),
    /// Any other command of the matrix.
    Run(Command),
}

/// The rows and columns of a page as they are shown, kept as long as nothing changes.
pub struct Laid {
    of: Arc<Counted>,
    page: usize,
    measure: Measure,
    summaries: bool,
    folded: BTreeSet<Vec<Point>>,
    folded_groups: BTreeSet<Vec<Point>>,
    nobody_shown: bool,
    /// The rows.
    pub lines: Vec<Line>,
    /// The columns.
    pub columns: Columns,
}

impl Laid {
    fn is(&self, counted: &Arc<Counted>, page: usize, choice: &Choice) -> bool {
        Arc::ptr_eq(&self.of, counted)
            && (self.page, self.measure, self.summaries) == (page, choice.measure, choice.summaries)
            && self.folded == choice.folded
            && self.folded_groups == choice.folded_groups
            && self.nobody_shown == choice.nobody_shown
    }
}

/// What the grid remembers.
#[derive(Default)]
pub struct GridState {
    cursor: Cursor,
    laid: Option<Arc<Laid>>,
    /// What part was seen in the last frame.
    viewport: Option<Rect>,
    scroll_to: Option<Vec2>,
    /// The cell that the focus is to go to.
    wanted: Option<CellKey>,
    /// Whether the grid is to have the keys.
    enter: bool,
    /// Whether keys were used last, not the pointer: what it lies over is then of no interest.
    keyed: bool,
}

/// Where things stand on the screen in this frame.
#[derive(Clone, Copy)]
pub struct Places {
    /// What is seen of the grid.
    pub view: Rect,
    /// The grid's upper left corner, scrolled.
    pub origin: Pos2,
    /// Width of what stays at the left.
    pub first: f32,
    /// Height of what stays above.
    pub head: f32,
    /// Height of a row.
    pub row: f32,
    /// Height of the row of totals.
    pub total: f32,
    /// Upper edge of the row of totals.
    pub total_top: f32,
}

impl Places {
    /// Where the cells are seen, without heads and totals.
    #[must_use]
    pub fn body(&self) -> Rect {
        Rect::from_min_max(self.view.min + vec2(self.first, self.head), pos2(self.view.right(), self.total_top))
    }

    /// Upper edge of a line; `None` is the total.
    #[must_use]
    pub fn top(&self, line: Option<usize>) -> f32 {
        line.map_or(self.total_top, |line| self.origin.y + self.head + line as f32 * self.row)
    }

    /// Height of a line; `None` is the total.
    #[must_use]
    pub const fn height(&self, line: Option<usize>) -> f32 {
        if line.is_some() { self.row } else { self.total }
    }

    /// Left edge of the scrolled part.
    #[must_use]
    pub fn left(&self) -> f32 {
        self.origin.x + self.first
    }
}

/// Everything that is painted in one frame.
#[derive(Clone, Copy)]
pub struct Scene<'a> {
    /// The study that is shown; the matrix may be a moment older.
    pub study: &'a Study,
    /// Colours and sizes.
    pub tokens: &'a Tokens,
    /// What was counted, and how it is laid out.
    pub board: Board<'a>,
    /// The page.
    pub page: usize,
    /// What the cells count.
    pub measure: Measure,
    /// What is being written in cells, where these show their summaries.
    pub summaries: Option<&'a Drafts>,
    /// Where the focus is.
    pub spot: Spot,
    /// Places on the screen.
    pub places: Places,
    /// Root of the identities of heads and cells.
    pub id: Id,
    /// Whether the grid has the keys.
    pub active: bool,
    /// Whether keys were used last.
    pub keyed: bool,
}

impl Scene<'_> {
    /// Whether the pointer shows on something.
    #[must_use]
    pub fn hovers(&self, response: &Response) -> bool {
        !self.keyed && response.hovered()
    }

    /// The first line of a row, in which its name stands.
    #[must_use]
    pub fn first_line(&self, row: Rect) -> Rect {
        Rect::from_min_size(row.min, vec2(row.width(), self.tokens.size.matrix_row.min(row.height())))
    }

    /// The colour of the ring round the focused cell; quieter while something else has the keys.
    #[must_use]
    pub fn ring(&self) -> Color32 {
        if self.active { self.tokens.colour.accent } else { self.tokens.colour.ink_tertiary }
    }
}

/// The identity of the grid, for its focus.
fn grid_id() -> Id {
    Id::unique("matrix grid")
}

/// Shows the grid in all the room there is. `commands` are carried out where the focus is, as if their keys were pressed.
pub fn show(
    ui: &mut Ui,
    cx: &mut Cx<'_>,
    state: &mut GridState,
    (choice, drafts): (&Choice, &Drafts),
    (counted, page): (&Arc<Counted>, usize),
    mut commands: Vec<Command>,
) -> Vec<GridAct> {
    let tokens = cx.tokens;
    let laid = state.lay_out(ui, tokens, cx.study, choice, counted, page);
    let board = Board { counted, lines: &laid.lines, columns: &laid.columns };
    let area = ui.available_rect_before_wrap();
    let id = grid_id();
    let response = ui.interact(area, id, Sense::focusable_noninteractive());
    response.widget_info(|| WidgetInfo::labeled(Role::Grid, true, "Matrix"));
    // Escape takes the focus from what is in a menu; it comes back there when the menu has closed.
    let nowhere = ui.memory(|memory| memory.focused().is_none()) && !Popup::is_any_open(ui.ctx());
    if std::mem::take(&mut state.enter) || nowhere {
        response.request_focus();
        // Only from the next frame on are arrows the grid's own.
        ui.ctx().request_repaint();
    }
    if ui.input(|input| input.pointer.is_moving() || input.pointer.any_pressed()) {
        state.keyed = false;
    }
    let first = laid.columns.name_width + laid.columns.total_width + tokens.space.one;
    let head = heads::height(tokens, &laid.columns);
    let row = if choice.summaries { summed::row_height(tokens) } else { tokens.size.matrix_row };
    let total = if summed::has_total(&choice.spec.rows) { row } else { tokens.size.matrix_row };
    let size = vec2(first + laid.columns.width + tokens.space.four, head + row * laid.lines.len() as f32 + total + tokens.space.three);
    let mut acts = Vec::new();
    let seen = state.viewport.unwrap_or(area);
    // Where a pane has opened since, less will be seen.
    let seen = seen.with_max_x(seen.left() + seen.width().min(area.width()));
    // No cell and no total lies under a bar where there is one.
    let bar = |there: bool| if there { tokens.space.three } else { 0.0 };
    let room = Room { first, head, row, foot: total + bar(size.x > seen.width()), seen };
    // What was counted may still be of other axes.
    if let Some(key) = state.wanted.take_if(|_| counted.matrix.spec == choice.spec) {
        state.cursor.go_to(&board, key);
        state.reveal(&board, room);
    }
    if response.has_focus() {
        let all = EventFilter { horizontal_arrows: true, vertical_arrows: true, escape: true, tab: false };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(id, all));
        state.take_keys(ui, &board, page, room, &mut acts);
        commands.extend(command::pressed(ui, Scope::Matrix, cx.settings.single_letters));
    }
    for command in commands {
        state.keyed = true;
        let spot = state.cursor.spot(&board);
        acts.extend(run(cx, &board, page, spot, command));
    }
    // The bars stand beside what they move, not beside heads and names, which stay.
    let moved = Rect::from_min_max(area.min + vec2(first, head).min(area.size() / 2.0), area.max);
    let mut scroll = ScrollArea::both().id_salt("cells").auto_shrink(false).scroll_bar_rect(moved);
    if let Some(offset) = state.scroll_to.take() {
        scroll = scroll.scroll_offset(offset);
    }
    scroll.show_viewport(ui, |ui, viewport| {
        ui.set_min_size(size);
        let origin = ui.min_rect().min;
        let mut view = Rect::from_min_size(origin + viewport.min.to_vec2(), viewport.size()).intersect(ui.clip_rect());
        let below = origin.y + head + row * laid.lines.len() as f32;
        view.max.x -= bar(size.y > viewport.height());
        state.viewport = Some(viewport.with_max_x(viewport.left() + view.width()));
        let total_top = below.min(view.bottom() - total - bar(size.x > viewport.width())).max(view.top() + head).round();
        let places = Places { view, origin, first, head, row, total, total_top };
        let spot = state.cursor.spot(&board);
        let active = response.has_focus();
        let summaries = choice.summaries.then_some(drafts);
        let (study, measure, keyed) = (cx.study.as_ref(), choice.measure, state.keyed);
        let scene = Scene { study, tokens, board, page, measure, summaries, spot, places, id, active, keyed };
        let mut clicked = None;
        body::show_cells(ui, &scene, &mut clicked);
        body::show_totals(ui, &scene, &mut clicked);
        heads::show_rows(ui, &scene, &mut clicked, &mut acts);
        heads::show_columns(ui, &scene, &mut clicked, &mut acts);
        if let Some((spot, twice)) = clicked {
            state.cursor.go(&board, spot);
            response.request_focus();
            acts.extend(opened(&scene, spot, twice));
        }
    });
    say_where(ui, cx, state, &board, page, id);
    acts
}

/// What a click on a spot opens: a cell at once, heads and totals when clicked twice.
fn opened(scene: &Scene<'_>, spot: Spot, twice: bool) -> Option<GridAct> {
    let act = open(&scene.board, scene.page, spot)?;
    (twice || matches!(act, GridAct::Open(_) | GridAct::FoldNobody)).then_some(act)
}

/// What Enter opens at a spot.
fn open(board: &Board<'_>, page: usize, spot: Spot) -> Option<GridAct> {
    let row = |line: Option<usize>| line.and_then(|line| board.lines.get(line)).map_or(At::Total, |line| line.at);
    let at = |line, column| board.counted.cell_at(page, row(line), column);
    if board.strip(spot.column).is_some() {
        return Some(GridAct::FoldNobody);
    }
    match board.what(spot) {
        What::RowHead(line) => at(Some(line), At::Total).map(GridAct::Read),
        What::Corner | What::TotalHead => at(None, At::Total).map(GridAct::Read),
        What::ColumnHead(column) | What::Cell(None, column) => at(None, column).map(GridAct::Read),
        What::Cell(line, column @ At::Leaf(_)) if matches!(row(line), At::Leaf(_)) => at(line, column).map(GridAct::Open),
        What::Cell(line, column) => at(line, column).map(GridAct::Read),
    }
}

/// The cell or total at a spot; heads stand for their totals.
fn at_spot(board: &Board<'_>, page: usize, spot: Spot) -> Option<CellAt> {
    let line = spot.row.checked_sub(1).and_then(|line| board.lines.get(line)).map_or(At::Total, |line| line.at);
    board.counted.cell_at(page, line, board.column_at(spot.column).unwrap_or(At::Total))
}

/// What a command asks for at a spot.
fn run(cx: &mut Cx<'_>, board: &Board<'_>, page: usize, spot: Spot, command: Command) -> Option<GridAct> {
    match command {
        Command::OpenCell => open(board, page, spot).map(|act| match act {
            GridAct::Open(at) => GridAct::Enter(at),
            act => act,
        }),
        Command::ReadCell => at_spot(board, page, spot).map(GridAct::Read),
        Command::CellMemo => {
            if let Some(at) = at_spot(board, page, spot) {
                begin_memo(cx, &at);
            }
            None
        }
        Command::CellToProposition => {
            if let Some(at) = at_spot(board, page, spot) {
                to_proposition(cx, &at);
            }
            None
        }
        Command::FoldRow => {
            let folds = fold(board, spot);
            if folds.is_none() {
                cx.say("There is nothing to fold in this row.");
            }
            folds
        }
        Command::CloseCell => Some(GridAct::Close),
        Command::PinCell => Some(GridAct::Pin),
        Command::NextPage => Some(GridAct::Page(true)),
        Command::PreviousPage => Some(GridAct::Page(false)),
        Command::FoldNobody => Some(GridAct::FoldNobody),
        command => Some(GridAct::Run(command)),
    }
}

/// How much of the grid is seen, to bring the focus into it.
#[derive(Clone, Copy)]
struct Room {
    first: f32,
    head: f32,
    row: f32,
    /// Height of the totals with the bar below them.
    foot: f32,
    seen: Rect,
}

impl GridState {
    fn lay_out(&mut self, ui: &Ui, tokens: &Tokens, study: &Study, choice: &Choice, counted: &Arc<Counted>, page: usize) -> Arc<Laid> {
        if let Some(laid) = self.laid.as_ref().filter(|laid| laid.is(counted, page, choice)) {
            return Arc::clone(laid);
        }
        let mut laid = Laid {
            of: Arc::clone(counted),
            page,
            measure: choice.measure,
            summaries: choice.summaries,
            folded: choice.folded.clone(),
            folded_groups: choice.folded_groups.clone(),
            nobody_shown: choice.nobody_shown,
            lines: lines(counted, study.codebook(), &choice.folded),
            columns: lay_out(ui.painter(), tokens, counted, (page, choice.measure), choice),
        };
        laid.lines.retain(|line| summed::has_row(choice, line.point()));
        laid.columns.name_width = heads::name_width(ui.painter(), tokens, study, &laid.lines);
        let laid = Arc::new(laid);
        self.laid = Some(Arc::clone(&laid));
        laid
    }

    /// Brings the focus to a cell as soon as it is shown.
    pub fn go(&mut self, key: CellKey) {
        self.wanted = Some(key);
    }

    /// Brings the keys to the grid.
    pub fn take_focus(&mut self) {
        self.enter = true;
    }

    /// Takes the keys that move through the grid.
    fn take_keys(&mut self, ui: &Ui, board: &Board<'_>, page: usize, room: Room, acts: &mut Vec<GridAct>) {
        let rows = ((room.seen.height() - room.head - room.foot) / room.row).max(1.0) as usize;
        for spot in moved(ui, self.cursor.spot(board), board.last(), rows) {
            self.keyed = true;
            self.cursor.go(board, spot);
            self.reveal(board, room);
            if let Some(GridAct::Open(cell)) = open(board, page, spot) {
                acts.push(GridAct::Moved(cell));
            }
        }
    }

    /// Scrolls so far that the focused cell is seen whole.
    fn reveal(&mut self, board: &Board<'_>, room: Room) {
        let spot = self.cursor.spot(board);
        let mut offset = room.seen.min.to_vec2();
        if let Some(line) = spot.row.checked_sub(1).filter(|line| *line < board.lines.len()) {
            let top = line as f32 * room.row;
            let height = room.seen.height() - room.head - room.foot;
            offset.y = into_view(offset.y, height, top, top + room.row);
        }
        if let Some(column) = spot.column.checked_sub(2).and_then(|column| board.columns.all.get(column)) {
            let width = room.seen.width() - room.first;
            offset.x = into_view(offset.x, width, column.left, column.left + column.width + room.row / 2.0);
        }
        self.scroll_to = Some(offset);
    }
}

/// The least scrolling after which `from` to `to` is seen.
#[must_use]
pub fn into_view(offset: f32, room: f32, from: f32, to: f32) -> f32 {
    offset.max(to - room).min(from).max(0.0)
}

fn fold(board: &Board<'_>, spot: Spot) -> Option<GridAct> {
    if board.strip(spot.column).is_some() {
        return Some(GridAct::FoldNobody);
    }
    let line = spot.row.checked_sub(1).and_then(|line| board.lines.get(line));
    match (line, board.what(spot)) {
        (Some(Line { points, open: Some(_), .. }), _) => Some(GridAct::Fold(points.clone())),
        (None, What::ColumnHead(column)) => group_of(board, column).map(GridAct::FoldGroup),
        _ => None,
    }
}

/// The group that a column lies in.
fn group_of(board: &Board<'_>, column: At) -> Option<Vec<Point>> {
    let groups = &board.columns.groups;
    let found = match column {
        At::Total => None,
        At::Group(at) => groups.iter().find(|group| group.at == at),
        At::Leaf(at) => {
            let head = board.counted.matrix.columns.get(at)?;
            groups.iter().find(|group| head.points.starts_with(&group.points))
        }
    };
    found.map(|group| group.points.clone())
}

/// Says in the status bar and to screen readers where the focus is.
fn say_where(ui: &Ui, cx: &mut Cx<'_>, state: &GridState, board: &Board<'_>, page: usize, id: Id) {
    let spot = state.cursor.spot(board);
    let Some(cell_column) = board.column_at(spot.column.max(1)) else { return };
    let line = spot.row.checked_sub(1).and_then(|line| board.lines.get(line));
    let at = id.with((line.map(|line| &line.points), cell_column));
    ui.ctx().accesskit_node_builder(id, |node| {
        // Rows and columns are counted from 0; the heads are the first, the row of totals is the last.
        node.set_row_count(board.last().row + 1);
        node.set_column_count(board.last().column + 1);
        node.set_active_descendant(at.accesskit_id());
    });
    match board.what(spot) {
        What::RowHead(index) | What::Cell(Some(index), _) => cx.status.say(format!("Row {} of {}", index + 1, board.lines.len())),
        What::Corner | What::ColumnHead(_) => cx.status.say("Heads of columns"),
        What::TotalHead | What::Cell(None, _) => cx.status.say("Totals"),
    }
    if let Some(columns) = board.strip(spot.column) {
        cx.status.say(sentences::nobody_in(columns));
    } else if spot.row > 0
        && let Some(cell) = board.counted.cell(page, line.map_or(At::Total, |line| line.at), cell_column)
    {
        let row = sentences::short(&sentences::row_name(cx.study, board.counted, line));
        cx.status.say(format!("{row}, {}: {}", sentences::column_name(board.counted, cell_column), sentences::who(cell)));
    }
    if !ui.memory(|memory| memory.has_focus(id)) {
        // The keys are another's.
        return;
    }
    cx.status.hint(&["↑", "↓", "←", "→"], "Move");
    let opens = match open(board, page, spot) {
        Some(GridAct::Open(_)) => "Open cell",
        Some(GridAct::FoldNobody) => "Show columns",
        _ => "Read all",
    };
    let ctx = ui.ctx();
    hint(ctx, cx, Command::OpenCell, opens);
    if fold(board, spot).is_some() {
        hint(ctx, cx, Command::FoldRow, "Fold");
    }
    if board.counted.matrix.pages.len() > 1 {
        hint(ctx, cx, Command::NextPage, "Next page");
    }
    hint(ctx, cx, Command::ReadCell, "Whole width");
}

/// The font of row names, shared with the heads.
pub fn name_font(tokens: &Tokens, bold: bool) -> eframe::egui::FontId {
    use crate::app::tokens::family;
    tokens.font_in(Type::ChartCell, if bold { family::INTERFACE_SEMIBOLD } else { family::INTERFACE })
}
