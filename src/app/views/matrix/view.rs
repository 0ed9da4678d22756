use std::sync::{Arc, Weak};

use eframe::egui::{
    Align, CursorIcon, EventFilter, Id, Key, Layout, Modifiers, Rect, Role, Sense, Stroke, Ui, UiBuilder, WidgetInfo, pos2, vec2,
};

use super::bar::BarState;
use super::choice::{Choice, Starter};
use super::counted::Counted;
use super::grid::{self, GridAct, GridState};
use super::pane::{self, Pane, PaneAct};
use super::saved::{SavedViews, open_saved};
use super::theme_reader::{self, ThemeReader};
use super::{bar, filters, legend, pages, seen};
use crate::analysis::matrix::{Axis, CellAt, CellKey, Filter, MatrixSpec, Measure, Passage, Passages, Point};
use crate::app::command::{Command, Scope};
use crate::app::context::Cx;
use crate::app::frame::dialogs::Listed;
use crate::app::icons;
use crate::app::state::{Place, View};
use crate::app::user_error::UserError;
use crate::app::widgets::{empty, hairline_below, within};
use crate::exchange::export::passages_of;
use crate::study::{Crossing, Study, ThemeId};

/// Where one is in the matrix: what is crossed, and which cell is open or read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MatrixPlace {
    spec: MatrixSpec,
    page: Option<Vec<Point>>,
    /// The cell of the pane.
    open: Option<CellKey>,
    /// What the theme reader reads.
    read: Option<CellAt>,
}

impl MatrixPlace {
    /// A cell that somebody wrote about, open in a matrix of themes by what they are crossed with.
    #[must_use]
    pub fn of(cell: &Crossing) -> Self {
        let CellAt { spec, key } = CellAt::of(cell, Filter::default());
        Self { spec, page: None, open: Some(key), read: None }
    }
}

/// What the view remembers.
#[derive(Default)]
pub struct MatrixView {
    choice: Option<Choice>,
    counted: Option<Arc<Counted>>,
    asked: Option<(Weak<Study>, MatrixSpec)>,
    bar: BarState,
    pub(super) saved: SavedViews,
    grid: GridState,
    pane: Option<Pane>,
    /// The cell that is pinned beside it.
    pinned: Option<Pane>,
    pane_width: Option<f32>,
    reader: Option<ThemeReader>,
    /// The theme that another view asked to read, and where one was.
    wanted: Option<(ThemeId, Option<Place>)>,
    /// Whether the theme reader is left for another view: it is closed then, unless one comes back to it.
    leaving: bool,
    legend_height: f32,
    /// Whether F6 was pressed.
    next_pane: bool,
    /// What came from outside, to be done in the next frame.
    commands: Vec<Command>,
}

impl MatrixView {
    /// Shows all passages of a theme; `from` is where one was, to which Escape leads back.
    pub fn read_theme(&mut self, theme: ThemeId, from: Option<Place>) {
        self.wanted = Some((theme, from));
    }

    /// Takes a command from outside of the view.
    pub fn command(&mut self, command: Command) {
        match command {
            Command::NextPane => self.next_pane = true,
            command if matches!(command.scope(), Scope::Matrix | Scope::Passages) => self.commands.push(command),
            _ => {}
        }
    }

    /// Where one is.
    #[must_use]
    pub fn place(&self) -> Place {
        let Some(choice) = &self.choice else { return Place::View(View::Matrix) };
        Place::Cell(Box::new(MatrixPlace {
            spec: choice.spec.clone(),
            page: choice.page.clone(),
            open: self.pane.as_ref().map(|pane| pane.gathering.at.key.clone()),
            read: self.reader.as_ref().map(|reader| reader.gathering.at.clone()),
        }))
    }

    /// Goes to a cell; what is open there already stays as it is.
    pub fn go(&mut self, place: MatrixPlace) {
        self.leaving = false;
        let Some(choice) = &mut self.choice else { return };
        let MatrixPlace { spec, page, open, read } = place;
        choice.page = page;
        if choice.spec != spec {
            choice.spec = spec.clone();
        }
        match (open, &mut self.pane) {
            (None, pane) => *pane = None,
            (Some(key), pane) => {
                self.grid.go(key.clone());
                let at = CellAt { spec, key };
                match pane {
                    Some(pane) => pane.follow(at),
                    None => *pane = Some(Pane::new(at)),
                }
            }
        }
        if self.reader.as_ref().map(|reader| &reader.gathering.at) != read.as_ref() {
            self.reader = read.map(ThemeReader::new);
        }
    }

    /// What the grid shows, for whoever writes it to a file; `None` before the view was shown.
    #[must_use]
    pub fn seen(&self) -> Option<(&MatrixSpec, Measure)> {
        self.choice.as_ref().map(|choice| (&choice.spec, choice.measure))
    }

    /// The page that is seen, for whoever writes it to a file; `None` before the view was shown.
    #[must_use]
    pub fn seen_page(&self) -> Option<Listed> {
        self.choice.as_ref().map(seen::seen)
    }

    /// The passages that are read, for whoever writes them to a file; `None` while the theme reader is not open.
    #[must_use]
    pub fn listed(&self) -> Option<Listed> {
        let gathering = &self.reader.as_ref()?.gathering;
        let (at, arranged) = (gathering.at.clone(), gathering.arranged);
        Some(Listed {
            name: "passages",
            what: "The passages that are read, in their order.".to_owned(),
            make: Arc::new(move |study, texts, labels, now| passages_of(study, texts, &at, arranged, labels, now)),
        })
    }

    /// Shows a view that was saved.
    pub(super) fn take_choice(&mut self, choice: Choice, saved: SavedViews) {
        (self.choice, self.saved, self.reader) = (Some(choice), saved, None);
    }

    /// Takes in what stands behind the cell of the pane.
    pub(super) fn take_pane(&mut self, at: &CellAt, passages: Passages) {
        let passages = Arc::new(passages);
        for pane in [&mut self.pane, &mut self.pinned].into_iter().flatten().filter(|pane| pane.gathering.at == *at) {
            pane.gathering.got = Some(Arc::clone(&passages));
        }
    }

    /// Takes in what the theme reader shows.
    pub(super) fn take_reader(&mut self, at: &CellAt, passages: Passages) {
        if let Some(reader) = self.reader.as_mut().filter(|reader| reader.gathering.at == *at) {
            reader.gathering.got = Some(Arc::new(passages));
        }
    }

    /// Starts counting when the study or the choice is another than was asked for last. What is there stays shown.
    fn keep_up(&mut self, cx: &mut Cx<'_>) {
        let Some(choice) = &self.choice else { return };
        let same = |(of, spec): &(Weak<Study>, MatrixSpec)| std::ptr::eq(of.as_ptr(), Arc::as_ptr(cx.study)) && *spec == choice.spec;
        if self.asked.as_ref().is_some_and(same) {
            return;
        }
        self.asked = Some((Arc::downgrade(cx.study), choice.spec.clone()));
        let (study, spec) = (Arc::clone(cx.study), choice.spec.clone());
        let run = move |_: &mut crate::app::worker::JobHandle| {
            let counted = Counted::new(&study, &spec);
            counted.map_err(|error| UserError::new("The matrix could not be counted.", "Choose other rows or columns.").because(&error))
        };
        cx.job("matrix", "", run, |state, counted| state.matrix.counted = Some(Arc::new(counted)));
    }

    fn act(&mut self, cx: &mut Cx<'_>, act: GridAct) {
        let here = self.place();
        let Some(choice) = &mut self.choice else { return };
        match act {
            GridAct::Fold(points) => toggle(&mut choice.folded, points),
            GridAct::FoldGroup(points) => toggle(&mut choice.folded_groups, points),
            GridAct::Enter(at) if self.pane.as_ref().is_some_and(|pane| pane.gathering.at == at) => {
                if let Some(pane) = &mut self.pane {
                    pane.enter = true;
                }
            }
            GridAct::Open(_) | GridAct::Enter(_) if self.pane.as_ref().is_some_and(|pane| pane.held) => {
                cx.say("Two cells are pinned. Unpin one to open another.");
            }
            GridAct::Open(at) | GridAct::Enter(at) => {
                if let Place::Cell(here) = here
                    && here.open.as_ref() != Some(&at.key)
                {
                    cx.go(Place::Cell(Box::new(MatrixPlace { open: Some(at.key), ..*here })));
                }
            }
            GridAct::Moved(at) => {
                if let Some(pane) = self.pane.as_mut().filter(|pane| !pane.held) {
                    pane.follow(at);
                }
            }
            GridAct::Read(at) => {
                if let Place::Cell(here) = here {
                    cx.go(Place::Cell(Box::new(MatrixPlace { read: Some(at), ..*here })));
                }
            }
            GridAct::Close => {
                // First what follows the cursor, then what is pinned.
                if self.pane.take().is_none() {
                    self.pinned = None;
                }
            }
            GridAct::Pin => self.pin(cx),
            GridAct::Run(command) => self.run(cx, command),
            GridAct::FoldNobody => choice.nobody_shown = !choice.nobody_shown,
            GridAct::Page(on) => {
                if let Some(counted) = &self.counted {
                    choice.page = pages::next(counted, choice.page.as_deref(), on);
                }
            }
        }
    }

    /// Pins the cell of the pane: the first beside the pane, which goes on following, a second one in it. Takes off the one
    /// that is pinned already.
    fn pin(&mut self, cx: &mut Cx<'_>) {
        match (&mut self.pane, &self.pinned) {
            (None, None) => cx.say("Open a cell first, then pin it."),
            (None, Some(_)) => self.pinned = None,
            (Some(pane), None) => {
                pane.held = false;
                self.pinned = Some(pane.to_pin());
            }
            (Some(pane), Some(pinned)) if pinned.gathering.at == pane.gathering.at => {
                pane.held = false;
                self.pinned = None;
            }
            (Some(pane), Some(_)) => pane.held = !pane.held,
        }
    }

    /// Carries out a command that is not about the cell with the focus.
    fn run(&mut self, cx: &mut Cx<'_>, command: Command) {
        let Some(choice) = &mut self.choice else { return };
        match command {
            Command::SwapAxes if choice.spec.columns.is_empty() => cx.say("There are no columns to swap with the rows."),
            Command::SwapAxes => choice.swap(),
            Command::StartOverview => choice.start(cx.study, Starter::Overview),
            Command::StartCompare => choice.start(cx.study, Starter::Compare),
            Command::StartCounts => choice.start(cx.study, Starter::Counts),
            Command::SaveView if cx.can_edit() => self.saved.ask_name(),
            Command::NoParticipantWords => self.read_wordless(cx),
            _ => {}
        }
    }

    /// Reads the codings that hold no participant's words.
    fn read_wordless(&mut self, cx: &mut Cx<'_>) {
        let none = self.counted.as_ref().is_some_and(|counted| counted.matrix.no_participant_words.is_empty());
        match self.place() {
            _ if none => cx.say("Every coding that is counted here holds participants’ words."),
            Place::Cell(here) => {
                let filter = Filter { wordless: true, ..here.spec.filter.clone() };
                let spec = MatrixSpec { rows: vec![Axis::Themes], columns: Vec::new(), pages: Vec::new(), filter };
                let read = Some(CellAt { spec, key: CellKey::default() });
                cx.go(Place::Cell(Box::new(MatrixPlace { read, ..*here })));
            }
            _ => {}
        }
    }

    /// Hands commands of lists to the passages that are read or stand in a pane; returns those of the matrix.
    fn hand_out(&mut self, ui: &Ui, cx: &mut Cx<'_>) -> Vec<Command> {
        let (of_lists, of_matrix): (Vec<_>, Vec<_>) =
            std::mem::take(&mut self.commands).into_iter().partition(|command| command.scope() == Scope::Passages);
        for command in of_lists {
            if let Some(reader) = &mut self.reader {
                reader.command(command);
                continue;
            }
            let panes = || [&self.pane, &self.pinned].into_iter().flatten();
            let pinned = panes().any(|pane| pane.is_pinned() && pane.has_focus(ui)) || self.pane.is_none();
            match if pinned { &mut self.pinned } else { &mut self.pane } {
                Some(pane) => pane.command(command),
                None => cx.say("Open a cell first: this is done with one of its passages."),
            }
        }
        if !of_matrix.is_empty() {
            self.reader = None;
            if cx.study.materials().is_empty() || self.counted.as_ref().is_none_or(|counted| counted.matrix.rows.is_empty()) {
                cx.say("The matrix has nothing to show yet.");
                return Vec::new();
            }
        }
        of_matrix
    }

    /// Brings the keys from the grid to the pinned cell, the cell's pane and back, in the theme reader to its passages.
    fn change_pane(&mut self, ui: &Ui) {
        if !std::mem::take(&mut self.next_pane) {
            return;
        }
        if let Some(reader) = &mut self.reader {
            return reader.enter();
        }
        let mut panes: Vec<&mut Pane> = [&mut self.pinned, &mut self.pane].into_iter().flatten().collect();
        let next = panes.iter().position(|pane| pane.has_focus(ui)).map_or(0, |at| at + 1);
        match panes.get_mut(next) {
            Some(pane) => pane.enter = true,
            None => self.grid.take_focus(),
        }
    }

    /// Keeps the panes on what is crossed now: other filters they follow, other axes close the pane. What is pinned stays.
    fn follow_filter(&mut self) {
        let Some(choice) = &self.choice else { return };
        if self.pane.as_mut().is_some_and(|pane| !pane.follow_filter(&choice.spec) && !pane.held) {
            self.pane = None;
        }
        if let Some(pinned) = &mut self.pinned {
            pinned.follow_filter(&choice.spec);
        }
    }

    /// Gives back the line of a contrary mark that could not be kept.
    pub(super) fn give_back(&mut self, of: &Passage, line: &str) {
        if let Some(reader) = &mut self.reader {
            return reader.give_back(of, line);
        }
        [&mut self.pane, &mut self.pinned].into_iter().flatten().for_each(|pane| pane.give_back(of, line));
    }
}

fn toggle<T: Ord>(set: &mut std::collections::BTreeSet<T>, item: T) {
    if !set.remove(&item) {
        set.insert(item);
    }
}

/// Shows the view.
pub fn show(ui: &mut Ui, view: &mut MatrixView, cx: &mut Cx<'_>) {
    let choice = view.choice.get_or_insert_with(|| Choice::new(cx.study, Starter::default()));
    choice.mend(cx.study);
    if std::mem::take(&mut view.leaving) {
        view.reader = None;
    }
    if let Some((theme, from)) = view.wanted.take() {
        let spec = MatrixSpec { rows: vec![Axis::Themes], columns: Vec::new(), pages: Vec::new(), filter: choice.spec.filter.clone() };
        let key = CellKey { page: None, row: Some(vec![Point::Theme(theme)]), column: None };
        view.reader = Some(ThemeReader::new(CellAt { spec, key }).coming_from(from));
    }
    if let Some(id) = view.saved.wanted.take() {
        open_saved(view, cx.study, id);
    }
    view.keep_up(cx);
    view.change_pane(ui);
    let commands = view.hand_out(ui, cx);
    if let Some(reader) = &mut view.reader {
        if !theme_reader::show(ui, cx, reader) {
            match reader.from.clone() {
                Some(from) => {
                    view.leaving = true;
                    cx.go(from);
                }
                None => view.reader = None,
            }
            view.grid.take_focus();
            ui.ctx().request_repaint();
        }
        return;
    }
    let area = ui.max_rect();
    ui.painter().rect_filled(area, 0.0, cx.tokens.colour.surface_paper);
    if cx.study.materials().is_empty() {
        return show_nothing(ui, cx);
    }
    let panes = usize::from(view.pane.is_some()) + usize::from(view.pinned.is_some());
    let drawer = if panes == 0 { 0.0 } else { drawer_width(view.pane_width, panes, cx, area) };
    let main = Rect::from_min_max(area.min, pos2(area.right() - drawer, area.bottom()));
    ui.scope_builder(UiBuilder::new().max_rect(main).id_salt("main"), |ui| {
        ui.set_clip_rect(main.intersect(ui.clip_rect()));
        show_main(ui, cx, view, commands);
    });
    view.follow_filter();
    if drawer > 0.0 {
        let side = Rect::from_min_max(main.right_top(), area.max);
        show_drawer(ui, cx, view, side);
    }
}

fn drawer_width(chosen: Option<f32>, panes: usize, cx: &Cx<'_>, area: Rect) -> f32 {
    let size = &cx.tokens.size;
    let most = area.width() * 0.6;
    // In a small window the grid keeps the larger part; two panes stand below each other there.
    let one = size.cell_drawer.min(area.width() * 0.4);
    let usual = if panes > 1 && side_by_side(cx, most) { (2.0 * one).min(most) } else { one };
    chosen.unwrap_or(usual).clamp(size.facets_pane.min(most), most)
}

/// Whether there is room for two panes beside each other.
fn side_by_side(cx: &Cx<'_>, width: f32) -> bool {
    width >= cx.tokens.size.cell_drawer + cx.tokens.size.inspector_pane
}

fn show_nothing(ui: &mut Ui, cx: &mut Cx<'_>) {
    let what = "The matrix shows how many participants of each group and area said something under each theme.";
    if empty(ui, cx.tokens, icons::GRID_3X3, "No sources yet", what, Some("Import files…")) {
        cx.run(Command::Import);
    }
}

/// The bar, the pages, the grid and the legend.
fn show_main(ui: &mut Ui, cx: &mut Cx<'_>, view: &mut MatrixView, commands: Vec<Command>) {
    let tokens = cx.tokens;
    let counted = view.counted.clone();
    let Some(choice) = &mut view.choice else { return };
    let whole = ui.max_rect();
    ui.spacing_mut().item_spacing.y = 0.0;
    ui.add_space(tokens.space.two);
    let (row, _) = ui.allocate_exact_size(vec2(whole.width(), tokens.size.control), Sense::hover());
    within(ui, row.shrink2(vec2(tokens.space.three, 0.0)), Layout::left_to_right(Align::Center), |ui| {
        bar::show(ui, cx, &mut view.bar, &mut view.saved, choice);
    });
    ui.add_space(tokens.space.one);
    let (row, _) = ui.allocate_exact_size(vec2(whole.width(), tokens.size.control + tokens.space.two), Sense::hover());
    hairline_below(ui, tokens, row);
    let inside = row.shrink2(vec2(tokens.space.three, 0.0));
    within(ui, inside, Layout::right_to_left(Align::Center), |ui| {
        ui.spacing_mut().item_spacing.x = tokens.space.one + tokens.space.half;
        filters::show(ui, cx, &mut choice.spec.filter, inside.width() * 0.4);
        ui.add_space(tokens.space.two);
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| pages::show(ui, cx, choice, counted.as_deref()));
    });
    let Some(counted) = counted else { return };
    let legend = view.legend_height.max(tokens.size.row);
    let top = ui.cursor().top();
    let grid_area = Rect::from_min_max(pos2(whole.left(), top), pos2(whole.right(), whole.bottom() - legend));
    let below = Rect::from_min_max(pos2(whole.left(), grid_area.bottom()), whole.max);
    let page = pages::position(&counted, choice.page.as_deref());
    let acts = ui
        .scope_builder(UiBuilder::new().max_rect(grid_area).id_salt("grid"), |ui| {
            ui.set_clip_rect(grid_area.intersect(ui.clip_rect()));
            if counted.matrix.rows.is_empty() {
                let what = "Themes stand in the rows as soon as the codebook has some.";
                if empty(ui, tokens, icons::TAG, "No rows yet", what, Some("Show themes")) {
                    cx.run(Command::ShowThemes);
                }
                return Vec::new();
            }
            grid::show(ui, cx, &mut view.grid, choice, (&counted, page), commands)
        })
        .inner;
    let shown = ui.scope_builder(UiBuilder::new().max_rect(below).id_salt("legend"), |ui| {
        let lists = legend::show(ui, tokens, &counted, page);
        (ui.min_rect().height() + tokens.space.one, lists)
    });
    let (height, lists) = shown.inner;
    if (view.legend_height - height).abs() > 0.5 {
        view.legend_height = height;
        ui.ctx().request_repaint();
    }
    if lists {
        view.read_wordless(cx);
    }
    for act in acts {
        view.act(cx, act);
    }
}

/// The panes at the right, with an edge that can be dragged: the pinned cell first, beside it or below the other.
fn show_drawer(ui: &mut Ui, cx: &mut Cx<'_>, view: &mut MatrixView, side: Rect) {
    let tokens = cx.tokens;
    let Some(counted) = view.counted.clone() else { return };
    let (first, second) = match (&view.pinned, &view.pane) {
        (Some(_), Some(_)) if side_by_side(cx, side.width()) => side.split_left_right_at_fraction(0.5),
        (Some(_), Some(_)) => side.split_top_bottom_at_fraction(0.5),
        _ => (side, side),
    };
    let mut show = |ui: &mut Ui, pane: &mut Pane, rect: Rect, salt: &str| {
        let shown = ui.scope_builder(UiBuilder::new().max_rect(rect).id_salt(salt), |ui| {
            ui.set_clip_rect(rect.intersect(ui.clip_rect()));
            pane::show(ui, cx, pane, &counted)
        });
        let edge = Stroke::new(tokens.stroke.hairline, tokens.colour.line_strong);
        ui.painter().vline(rect.left(), rect.y_range(), edge);
        if rect.top() > side.top() {
            ui.painter().hline(rect.x_range(), rect.top(), edge);
        }
        shown.inner
    };
    let pinned = view.pinned.as_mut().and_then(|pane| show(ui, pane, first, "pinned"));
    let act = view.pane.as_mut().and_then(|pane| show(ui, pane, second, "pane"));
    if let Some(width) = drag_edge(ui, cx, side) {
        view.pane_width = Some(width);
    }
    let read = |pane: &Option<Pane>| pane.as_ref().map(|pane| GridAct::Read(pane.gathering.at.clone()));
    let asked = match (pinned, act) {
        (Some(PaneAct::Close | PaneAct::Pin), _) => {
            view.pinned = None;
            None
        }
        (None, Some(PaneAct::Close)) => {
            view.pane = None;
            None
        }
        (Some(PaneAct::Read), _) => read(&view.pinned),
        (None, Some(PaneAct::Read)) => read(&view.pane),
        (None, Some(PaneAct::Pin)) => Some(GridAct::Pin),
        (Some(PaneAct::Run(command)), _) | (None, Some(PaneAct::Run(command))) => Some(GridAct::Run(command)),
        (None, None) => return,
    };
    let stays = matches!(asked, Some(GridAct::Pin | GridAct::Run(_)));
    if let Some(asked) = asked {
        view.act(cx, asked);
    }
    if !stays {
        view.grid.take_focus();
    }
    ui.ctx().request_repaint();
}

/// The edge between the grid and the panes, moved by the pointer or with the arrows; returns the width it gives the panes.
fn drag_edge(ui: &Ui, cx: &Cx<'_>, side: Rect) -> Option<f32> {
    let tokens = cx.tokens;
    let rect = Rect::from_min_max(side.left_top() - vec2(tokens.space.half, 0.0), side.left_bottom() + vec2(tokens.space.half, 0.0));
    let id = Id::unique("edge of the cells");
    let edge = ui.interact(rect, id, Sense::drag()).on_hover_cursor(CursorIcon::ResizeHorizontal);
    edge.widget_info(|| WidgetInfo::labeled(Role::Splitter, true, "Width of the open cells"));
    ui.ctx().accesskit_node_builder(id, |node| node.set_numeric_value(f64::from(side.width().round())));
    let mut moved = edge.drag_delta().x;
    if edge.has_focus() {
        let filter = EventFilter { horizontal_arrows: true, ..EventFilter::default() };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
        let presses = |key| ui.input_mut(|input| input.count_and_consume_key(Modifiers::NONE, key)) as f32;
        moved += (presses(Key::ArrowRight) - presses(Key::ArrowLeft)) * tokens.space.eight;
        ui.painter().vline(side.left(), side.y_range(), Stroke::new(tokens.stroke.focus_ring, tokens.colour.accent));
    }
    (moved != 0.0).then(|| side.width() - moved)
}
