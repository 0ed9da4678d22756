use std::sync::{Arc, Weak};

use eframe::egui::{Align, CursorIcon, Layout, Rect, Sense, Stroke, Ui, UiBuilder, pos2, vec2};

use super::bar::BarState;
use super::choice::{Choice, Starter};
use super::counted::Counted;
use super::grid::{self, GridAct, GridState};
use super::pane::{self, Pane, PaneAct};
use super::saved::{SavedViews, open_saved};
use super::summary::{Draft, Drafts};
use super::theme_reader::{self, ThemeReader};
use super::{bar, filters, legend, pages};
use crate::analysis::basis::Drift;
use crate::analysis::matrix::{Axis, CellAt, CellKey, Filter, MatrixSpec, Measure, Passage, Passages, Point};
use crate::app::command::Command;
use crate::app::context::{Action, Cx};
use crate::app::frame::dialogs::Listed;
use crate::app::icons;
use crate::app::state::{Place, View};
use crate::app::user_error::UserError;
use crate::app::widgets::{empty, hairline_below, within};
use crate::app::worker::Edit;
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
    /// The summaries that are being written.
    drafts: Drafts,
    reader: Option<ThemeReader>,
    /// The theme that another view asked to read.
    wanted: Option<ThemeId>,
    legend_height: f32,
    /// Whether F6 was pressed.
    next_pane: bool,
}

impl MatrixView {
    /// Shows all passages of a theme.
    pub fn read_theme(&mut self, theme: ThemeId) {
        self.wanted = Some(theme);
    }

    /// Takes a command from outside of the view.
    pub fn command(&mut self, command: Command) {
        self.next_pane |= command == Command::NextPane;
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

    /// The passages that are read, for whoever writes them to a file; `None` while the theme reader is not open.
    #[must_use]
    pub fn listed(&self) -> Option<Listed> {
        let gathering = &self.reader.as_ref()?.gathering;
        let (at, order) = (gathering.at.clone(), gathering.order);
        Some(Listed {
            name: "passages",
            what: "The passages that are read, in their order.".to_owned(),
            make: Arc::new(move |study, texts, labels, now| passages_of(study, texts, &at, order, labels, now)),
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
            GridAct::Open(at) | GridAct::Enter(at) => {
                if let Place::Cell(here) = here
                    && here.open.as_ref() != Some(&at.key)
                {
                    cx.go(Place::Cell(Box::new(MatrixPlace { open: Some(at.key), ..*here })));
                }
            }
            GridAct::Moved(at) => {
                if let Some(pane) = &mut self.pane {
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
            GridAct::Pin => self.pin(),
            GridAct::FoldNobody => choice.nobody_shown = !choice.nobody_shown,
            GridAct::Page(on) => {
                if let Some(counted) = &self.counted {
                    choice.page = pages::next(counted, choice.page.as_deref(), on);
                }
            }
        }
    }

    /// Pins the cell of the pane, or takes it off where it is the pinned one already.
    fn pin(&mut self) {
        let Some(pane) = &self.pane else {
            self.pinned = None;
            return;
        };
        let same = self.pinned.as_ref().is_some_and(|pinned| pinned.gathering.at == pane.gathering.at);
        self.pinned = (!same).then(|| pane.to_pin());
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
        if self.pane.as_mut().is_some_and(|pane| !pane.follow_filter(&choice.spec)) {
            self.pane = None;
        }
        if let Some(pinned) = &mut self.pinned {
            pinned.follow_filter(&choice.spec);
        }
    }

    /// The panes in which cells are written.
    fn panes(&mut self) -> impl Iterator<Item = &mut Pane> {
        [&mut self.pane, &mut self.pinned].into_iter().flatten()
    }

    /// The study has what was sent of the summary of a cell.
    pub(super) fn summary_kept(&mut self, cell: &Crossing) {
        self.drafts.answered(cell);
    }

    /// Takes back a summary that could not be kept.
    pub(super) fn summary_back(&mut self, back: Draft, error: &UserError) {
        self.drafts.give_back(back, error);
    }

    /// What was written and is not kept yet, as edits: for when the view is left.
    pub fn leave(&mut self, study: &Study) -> Vec<Edit> {
        self.drafts.leave(study)
    }

    /// Puts what was being written in another view of the same study into this one.
    pub fn take_drafts(&mut self, other: Self) {
        self.drafts.take(other.drafts);
    }

    /// Takes in what has changed under a cell since its summary was written.
    pub(super) fn summary_drifted(&mut self, found: Option<(Crossing, Drift)>) {
        self.panes().for_each(|pane| pane.summary.drifted(found.clone()));
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
    let kept = view.drafts.leave_others(cx.study);
    cx.actions.extend(kept.into_iter().map(Action::Edit));
    let choice = view.choice.get_or_insert_with(|| Choice::new(cx.study, Starter::default()));
    choice.mend(cx.study);
    if let Some(theme) = view.wanted.take() {
        let spec = MatrixSpec { rows: vec![Axis::Themes], columns: Vec::new(), pages: Vec::new(), filter: choice.spec.filter.clone() };
        let key = CellKey { page: None, row: Some(vec![Point::Theme(theme)]), column: None };
        view.reader = Some(ThemeReader::new(CellAt { spec, key }));
    }
    if let Some(id) = view.saved.wanted.take() {
        open_saved(view, cx.study, id);
    }
    view.keep_up(cx);
    view.change_pane(ui);
    if let Some(reader) = &mut view.reader {
        if !theme_reader::show(ui, cx, reader) {
            view.reader = None;
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
        show_main(ui, cx, view);
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
fn show_main(ui: &mut Ui, cx: &mut Cx<'_>, view: &mut MatrixView) {
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
            grid::show(ui, cx, &mut view.grid, choice, &counted, page)
        })
        .inner;
    let shown = ui.scope_builder(UiBuilder::new().max_rect(below).id_salt("legend"), |ui| {
        legend::show(ui, tokens, &counted, page);
        ui.min_rect().height() + tokens.space.one
    });
    if (view.legend_height - shown.inner).abs() > 0.5 {
        view.legend_height = shown.inner;
        ui.ctx().request_repaint();
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
    let drafts = &mut view.drafts;
    let mut show = |ui: &mut Ui, pane: &mut Pane, rect: Rect, salt: &str| {
        let shown = ui.scope_builder(UiBuilder::new().max_rect(rect).id_salt(salt), |ui| {
            ui.set_clip_rect(rect.intersect(ui.clip_rect()));
            pane::show(ui, cx, pane, drafts, &counted)
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
    let edge = Rect::from_min_max(side.left_top() - vec2(tokens.space.half, 0.0), side.left_bottom() + vec2(tokens.space.half, 0.0));
    let drag = ui.interact(edge, ui.scope_id().with("edge"), Sense::DRAG).on_hover_cursor(CursorIcon::ResizeHorizontal);
    if drag.dragged() {
        view.pane_width = Some(side.width() - drag.drag_delta().x);
    }
    match (pinned, act) {
        (Some(_), _) => view.pinned = None,
        (None, Some(PaneAct::Close)) => view.pane = None,
        (None, Some(PaneAct::Pin)) => view.pin(),
        (None, Some(PaneAct::Read)) => {
            if let Some(at) = view.pane.as_ref().map(|pane| pane.gathering.at.clone()) {
                view.act(cx, GridAct::Read(at));
            }
        }
        (None, None) => return,
    }
    if act != Some(PaneAct::Pin) {
        view.grid.take_focus();
    }
    ui.ctx().request_repaint();
}
