use std::sync::Arc;

use eframe::egui::{Align, Layout, Rect, Sense, Ui, UiBuilder, pos2, vec2};

use super::bar::BarState;
use super::chart::{self, ChartState, chart_axes};
use super::choice::{Choice, Starter};
use super::counted::Counted;
use super::grid::{self, GridState};
use super::pane::Pane;
use super::profile::{self, Across, CaseProfile};
use super::saved::{SavedViews, open_saved};
use super::summary::{Draft, Drafts, Under};
use super::theme_reader::{self, ThemeReader};
use super::{bar, drawer, filters, legend, pages, seen, summed};
use crate::analysis::matrix::{Axis, CellAt, CellKey, Filter, MatrixSpec, Measure, Passage, Passages, Point};
use crate::app::Seen;
use crate::app::command::{Command, Scope};
use crate::app::context::{Action, Cx};
use crate::app::frame::dialogs::Listed;
use crate::app::icons;
use crate::app::state::{Place, View};
use crate::app::user_error::UserError;
use crate::app::views::saved::SavedMenu;
use crate::app::widgets::{empty, hairline_below, within};
use crate::app::worker::Edit;
use crate::exchange::export::{Content, passages_of};
use crate::study::{CaseId, Crossed, Crossing, Study, ThemeId};

/// Where one is in the matrix: what is crossed, and which cell is open or read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MatrixPlace {
    pub(super) spec: MatrixSpec,
    pub(super) page: Option<Vec<Point>>,
    /// The cell of the pane.
    pub(super) open: Option<CellKey>,
    /// What the theme reader reads.
    pub(super) read: Option<CellAt>,
    /// Whether the chart is shown, and of which theme.
    pub(super) charted: bool,
    pub(super) theme: Option<ThemeId>,
    /// The case that is read across all themes.
    pub(super) profile: Option<CaseId>,
}

impl MatrixPlace {
    /// A cell that somebody wrote about, open in a matrix of themes by what they are crossed with.
    #[must_use]
    pub fn of(cell: &Crossing) -> Place {
        let CellAt { spec, key } = CellAt::of(cell, Filter::default());
        Place::Cell(Box::new(Self { spec, page: None, open: Some(key), read: None, charted: false, theme: None, profile: None }))
    }

    /// The cell of a case, in the chart of its theme.
    #[must_use]
    pub fn in_chart(study: &Study, cell: &Crossing) -> Place {
        let Crossed::Case(case) = cell.of else { return Self::of(cell) };
        let parent = study.codebook().get(cell.theme).and_then(|theme| theme.parent);
        let key = CellKey { page: None, row: Some(vec![Point::Case(Some(case))]), column: Some(vec![Point::Theme(cell.theme)]) };
        let theme = parent.or(Some(cell.theme));
        Place::Cell(Box::new(Self { spec: chart_axes(), page: None, open: Some(key), read: None, charted: true, theme, profile: None }))
    }
}

/// What the view remembers.
#[derive(Default)]
pub struct MatrixView {
    pub(super) choice: Option<Choice>,
    pub(super) counted: Option<Arc<Counted>>,
    pub(super) asked: Option<(Seen, MatrixSpec)>,
    pub(super) bar: BarState,
    pub(super) saved: SavedViews,
    pub(super) grid: GridState,
    pub(super) chart: ChartState,
    pub(super) pane: Option<Pane>,
    /// The cell that is pinned beside it.
    pub(super) pinned: Option<Pane>,
    pub(super) pane_width: Option<f32>,
    /// The summaries that are being written.
    pub(super) drafts: Drafts,
    pub(super) reader: Option<ThemeReader>,
    pub(super) profile: Option<CaseProfile>,
    /// The theme that another view asked to read, and where one was.
    pub(super) wanted: Option<(ThemeId, Option<Place>)>,
    /// Whether the theme reader is left for another view: it is closed then, unless one comes back to it.
    pub(super) leaving: bool,
    pub(super) legend_height: f32,
    /// Whether F6 was pressed.
    pub(super) next_pane: bool,
    /// What came from outside, to be done in the next frame.
    pub(super) commands: Vec<Command>,
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
            command if matches!(command.scope(), Scope::Matrix | Scope::Chart | Scope::Passages) => self.commands.push(command),
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
            charted: choice.charted,
            theme: choice.chart.theme.filter(|_| choice.charted),
            profile: self.profile.as_ref().map(|profile| profile.case),
        }))
    }

    /// Goes to a cell, also where the matrix was never looked at before; what is open there already stays as it is.
    pub fn go(&mut self, place: MatrixPlace, study: &Study) {
        self.leaving = false;
        let choice = self.choice.get_or_insert_with(|| Choice::new(study, Starter::default()));
        let MatrixPlace { spec, page, open, read, charted, theme, profile } = place;
        choice.page = page;
        choice.charted = charted;
        choice.chart.theme = theme.or(choice.chart.theme);
        if self.profile.as_ref().map(|open| open.case) != profile {
            self.profile = profile.map(CaseProfile::new);
        }
        if choice.spec != spec {
            choice.spec = spec.clone();
        }
        match (open, &mut self.pane) {
            (None, pane) => *pane = None,
            (Some(key), pane) => {
                let at = CellAt { spec, key };
                match at.crossing().filter(|_| choice.charted) {
                    Some(cell) => self.chart.go_to(&cell),
                    None => self.grid.go(at.key.clone()),
                }
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

    /// The page or chart that is seen, for whoever writes it to a file; `None` before the view was shown.
    #[must_use]
    pub fn seen_page(&self, study: &Study) -> Option<(Content, Listed)> {
        let choice = self.choice.as_ref()?;
        if choice.charted {
            return Some((Content::Chart, seen::seen_chart(study, choice)?));
        }
        Some((Content::Matrix, seen::seen(choice)))
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
            pictures: Vec::new(),
            figures: None,
        })
    }

    /// The menu of saved views.
    pub(in crate::app::views) fn saved_menu(&mut self) -> &mut SavedMenu {
        &mut self.saved.menu
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

    /// Takes in what was found out of a case.
    pub(super) fn take_profile(&mut self, case: CaseId, across: Across) {
        if let Some(profile) = &mut self.profile {
            profile.take(case, across);
        }
    }

    /// Starts counting when the study or the choice is another than was asked for last. What is there stays shown.
    fn keep_up(&mut self, cx: &mut Cx<'_>) {
        let Some(choice) = &self.choice else { return };
        if choice.charted {
            return self.chart.keep_up(cx, choice);
        }
        let same = |(seen, spec): &(Seen, MatrixSpec)| seen.is(cx.study) && *spec == choice.spec;
        if self.asked.as_ref().is_some_and(same) {
            return;
        }
        self.asked = Some((Seen::of(cx.study), choice.spec.clone()));
        let (study, spec) = (Arc::clone(cx.study), choice.spec.clone());
        let run = move |_: &mut crate::app::worker::JobHandle| {
            let counted = Counted::new(&study, &spec);
            counted.map_err(|error| UserError::new("The matrix could not be counted.", "Choose other rows or columns.").because(&error))
        };
        cx.job("matrix", "", run, |state, counted| state.matrix.counted = Some(Arc::new(counted)));
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
            None => self.take_focus(),
        }
    }

    /// Brings the keys to the grid or the chart.
    pub(super) fn take_focus(&mut self) {
        if self.choice.as_ref().is_some_and(|choice| choice.charted) {
            self.chart.take_focus();
        } else {
            self.grid.take_focus();
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

    /// Closes what is open of a theme, a case or a value that is gone; the keys go to the cell next to where it was.
    fn close_gone(&mut self, study: &Study) {
        let is_gone = |at: &CellAt| !at.key.is_in(study);
        let before = self.panes().count();
        self.pane.take_if(|pane| is_gone(&pane.gathering.at));
        self.pinned.take_if(|pane| is_gone(&pane.gathering.at));
        if self.reader.take_if(|reader| is_gone(&reader.gathering.at)).is_some() || self.panes().count() < before {
            self.take_focus();
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

    /// Whether something is being written that is not kept yet.
    #[must_use]
    pub fn is_writing(&self) -> bool {
        self.drafts.are_touched()
    }

    /// Puts what was being written in another view of the same study into this one.
    pub fn take_drafts(&mut self, other: Self) {
        self.drafts.take(other.drafts);
    }

    /// Takes in what lies under a cell.
    pub(super) fn summary_found(&mut self, cell: &Crossing, under: &Under) {
        self.panes().for_each(|pane| pane.summary.found(cell, under));
    }

    /// Gives back the line of a contrary mark that could not be kept.
    pub(super) fn give_back(&mut self, of: &Passage, line: &str) {
        if let Some(reader) = &mut self.reader {
            return reader.give_back(of, line);
        }
        [&mut self.pane, &mut self.pinned].into_iter().flatten().for_each(|pane| pane.give_back(of, line));
    }
}

/// Shows the view.
pub fn show(ui: &mut Ui, view: &mut MatrixView, cx: &mut Cx<'_>) {
    let kept = view.drafts.leave_others(cx.study);
    cx.actions.extend(kept.into_iter().map(Action::Edit));
    view.close_gone(cx.study);
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
            view.take_focus();
            ui.ctx().request_repaint();
        }
        return;
    }
    view.profile = view.profile.take().filter(|profile| cx.study.case(profile.case).is_some());
    if let Some(profile) = &mut view.profile {
        if !profile::show(ui, cx, profile) {
            view.profile = None;
            view.take_focus();
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
    let drawer = if panes == 0 { 0.0 } else { drawer::width(view.pane_width, panes, cx, area) };
    let main = Rect::from_min_max(area.min, pos2(area.right() - drawer, area.bottom()));
    ui.scope_builder(UiBuilder::new().max_rect(main).id_salt("main"), |ui| {
        ui.set_clip_rect(main.intersect(ui.clip_rect()));
        show_main(ui, cx, view, commands);
    });
    view.follow_filter();
    if drawer > 0.0 {
        let side = Rect::from_min_max(main.right_top(), area.max);
        drawer::show(ui, cx, view, side);
    }
}

fn show_nothing(ui: &mut Ui, cx: &mut Cx<'_>) {
    let what = "The matrix shows how many participants of each group and area said something under each theme.";
    if empty(ui, cx.tokens, icons::GRID_3X3, "No sources yet", what, Some("Import files…")) {
        cx.run(Command::Import);
    }
}

/// The share of their line that filters have beside the pages.
const FILTERS: f32 = 0.4;

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
    if choice.charted {
        return show_chart(ui, cx, view, commands);
    }
    let (row, _) = ui.allocate_exact_size(vec2(whole.width(), tokens.size.control + tokens.space.two), Sense::hover());
    hairline_below(ui, tokens, row);
    let inside = row.shrink2(vec2(tokens.space.three, 0.0));
    within(ui, inside, Layout::right_to_left(Align::Center), |ui| {
        ui.spacing_mut().item_spacing.x = tokens.space.one + tokens.space.half;
        filters::show(ui, cx, &mut choice.spec.filter, inside.width() * FILTERS);
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
            let none = summed::none_of(cx.study, &counted.matrix, page).filter(|_| choice.summaries);
            if let Some((why, paged)) = none {
                return summed::show_none(ui, cx, choice, why, paged, commands);
            }
            grid::show(ui, cx, &mut view.grid, (choice, &view.drafts), (&counted, page), commands)
        })
        .inner;
    let shown = ui.scope_builder(UiBuilder::new().max_rect(below).id_salt("legend"), |ui| {
        let lists = legend::show(ui, tokens, &counted, page, choice.summaries);
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

/// The theme of the chart, the chart and its legend.
fn show_chart(ui: &mut Ui, cx: &mut Cx<'_>, view: &mut MatrixView, commands: Vec<Command>) {
    let tokens = cx.tokens;
    let Some(choice) = &mut view.choice else { return };
    let whole = ui.max_rect();
    let (row, _) = ui.allocate_exact_size(vec2(whole.width(), tokens.size.control + tokens.space.three), Sense::hover());
    hairline_below(ui, tokens, row);
    let chart = view.chart.chart.clone();
    within(ui, row.shrink2(vec2(tokens.space.three, 0.0)), Layout::left_to_right(Align::Center), |ui| {
        chart::bar::show(ui, cx, choice, chart.as_deref());
    });
    let legend = view.legend_height.max(tokens.size.row);
    let area = Rect::from_min_max(pos2(whole.left(), ui.cursor().top()), pos2(whole.right(), whole.bottom() - legend));
    let below = Rect::from_min_max(pos2(whole.left(), area.bottom()), whole.max);
    let acts = ui
        .scope_builder(UiBuilder::new().max_rect(area).id_salt("chart"), |ui| {
            ui.set_clip_rect(area.intersect(ui.clip_rect()));
            if cx.study.codebook().is_empty() {
                let what = "The chart has a column for each sub-theme, as soon as the codebook has themes.";
                if empty(ui, tokens, icons::TAG, "No themes yet", what, Some("Show themes")) {
                    cx.run(Command::ShowThemes);
                }
                return Vec::new();
            }
            chart::show(ui, cx, &mut view.chart, choice, &mut view.drafts, commands)
        })
        .inner;
    let shown = ui.scope_builder(UiBuilder::new().max_rect(below).id_salt("chart legend"), |ui| {
        chart::legend::show(ui, tokens);
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
