use std::sync::Arc;

use eframe::egui::{Popup, Rect, Ui, pos2};

use super::behind::{self, Behind};
use super::choice::Choice;
use super::computing::{Came, Computing};
use super::figures::{Figures, Wanted, first_of, is_of, same_row};
use super::kind::Kind;
use super::narrow::Finding;
use super::{content, list};
use crate::analysis::leads::Leads;
use crate::app::Seen;
use crate::app::command::{Command, Scope, pressed};
use crate::app::context::Cx;
use crate::app::numbers::counted;
use crate::app::widgets::{GridState, PictureState, RowList, inside};
use crate::exchange::export::{Measured, NotCompared};
use crate::study::ThemeId;

/// How a measure is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shown {
    /// Where coders differ.
    Differences,
    Picture,
    Table,
}

/// What the tab remembers.
pub(in super::super) struct MeasuresTab {
    pub(super) choice: Choice,
    pub(super) finding: Finding,
    pub(super) list: RowList,
    pub(super) computing: Computing,
    /// How it was asked to be shown; none is as usual.
    shown: Option<Shown>,
    pub(super) grid: GridState<usize>,
    pub(super) figures: Option<Arc<Figures>>,
    /// The column they are sorted by, and whether rising.
    pub(super) sort: Option<(String, bool)>,
    /// Whether every column is shown.
    pub(super) all_columns: bool,
    /// Whether it is said how it is computed.
    pub(super) explained: bool,
    /// Height of the sentences.
    pub(super) foot: f32,
    pub(super) picture: PictureState,
    /// The theme of which alone differences are listed.
    pub(super) differing: Option<ThemeId>,
    pub(super) behind: Option<Behind>,
    /// Whether the keys are to come back to the figures.
    pub(super) wants_focus: bool,
}

impl Default for MeasuresTab {
    fn default() -> Self {
        Self {
            choice: Choice::default(),
            finding: Finding::default(),
            list: RowList::default(),
            computing: Computing::default(),
            shown: None,
            grid: GridState::beside(),
            figures: None,
            sort: None,
            all_columns: false,
            explained: true,
            foot: 0.0,
            picture: PictureState::default(),
            differing: None,
            behind: None,
            wants_focus: false,
        }
    }
}

impl MeasuresTab {
    /// Puts the keys on the list of measures.
    pub(in super::super) const fn focus_list(&mut self) {
        self.list.wants_focus = true;
    }

    /// Goes on to another measure.
    pub(super) fn go(&mut self, kind: Kind) {
        if let Some(at) = Kind::ALL.iter().position(|other| *other == kind) {
            self.list.go(at);
        }
        if self.choice.kind == kind {
            return;
        }
        self.choice.kind = kind;
        (self.shown, self.sort, self.differing, self.behind) = (None, None, None, None);
        (self.figures, self.grid, self.picture) = (None, GridState::beside(), PictureState::default());
        self.computing = Computing::default();
    }

    /// Takes in what came of the study `of`. Passages behind figures that are no more are closed.
    pub(super) fn take_in(&mut self, came: Result<Came, NotCompared>, of: Seen) {
        let asked = self.computing.came.as_ref().map(|before| before.asked.clone());
        if came.as_ref().ok().is_none_or(|came| asked != Some(came.asked.clone()) || self.is_gone(came)) {
            self.wants_focus |= self.behind.take().is_some();
        }
        self.computing.take_in(came, of);
    }

    /// Whether the passages that are open are those of a place that is among the figures no more.
    fn is_gone(&self, came: &Came) -> bool {
        let Some(behind) = &self.behind else { return false };
        let has_place = matches!(behind.leads, Leads::Difference { .. } | Leads::Stretch { .. } | Leads::Passage { .. });
        let listed = [Some(&came.measured), came.differences.as_ref()].into_iter().flatten().flat_map(|measured| &measured.leads);
        let drawn = came.picture.iter().flat_map(|picture| picture.marks.iter().map(|mark| &mark.leads));
        has_place && !listed.chain(drawn).any(|leads| leads.as_ref() == Some(&behind.leads))
    }

    /// Shows it in another way; the keys stay with it.
    pub(super) fn see(&mut self, ui: &Ui, shown: Shown) {
        self.wants_focus |= self.is_on_figures(ui);
        self.shown = Some(shown);
        (self.sort, self.grid, self.figures) = (None, GridState::beside(), None);
        if shown != Shown::Differences {
            self.differing = None;
        }
    }

    /// Whether the keys go to the figures or the picture.
    fn is_on_figures(&self, ui: &Ui) -> bool {
        if self.shown() == Shown::Picture { ui.memory(|memory| memory.has_focus(content::picture_id())) } else { self.grid.has_focus() }
    }

    /// Whether there are figures or a picture to which the keys could go.
    fn has_figures(&self) -> bool {
        let there = self.computing.came.as_ref().filter(|_| self.computing.missing.is_none() && self.computing.broke_off().is_none());
        there.is_some_and(|came| match self.shown_table(came) {
            None => came.picture.is_ok(),
            Some(measured) => (0..measured.table.rows.len()).any(|row| is_of(measured, row, self.only())),
        })
    }

    /// Brings the keys to the figures, or to the list where there are none.
    fn focus_figures(&mut self) {
        match (self.has_figures(), self.shown()) {
            (false, _) => self.focus_list(),
            (true, Shown::Picture) => self.picture.take_focus(),
            (true, _) => self.grid.take_focus(),
        }
    }

    /// How it can be shown, in order: first what is shown unasked. Of agreement coefficients come after what they are of.
    pub(super) const fn choices(&self) -> &'static [(Shown, &'static str)] {
        match (self.choice.kind, self.choice.kind.is_drawn()) {
            (Kind::Agreement, _) => &[(Shown::Differences, "Differences"), (Shown::Table, "Figures"), (Shown::Picture, "Picture")],
            (_, true) => &[(Shown::Picture, "Picture"), (Shown::Table, "Table")],
            (_, false) => &[(Shown::Table, "Table")],
        }
    }

    /// How it is shown.
    pub(super) fn shown(&self) -> Shown {
        let choices = self.choices();
        let asked = self.shown.filter(|shown| choices.iter().any(|(choice, _)| choice == shown));
        asked.or_else(|| choices.first().map(|(shown, _)| *shown)).unwrap_or(Shown::Table)
    }

    /// The table that is shown, where it is one.
    pub(super) fn shown_table<'c>(&self, came: &'c Came) -> Option<&'c Arc<Measured>> {
        match self.shown() {
            Shown::Table => Some(&came.measured),
            Shown::Differences => came.differences.as_ref(),
            Shown::Picture => None,
        }
    }

    fn next_shown(&mut self, ui: &Ui) {
        let now = self.shown();
        let next = self.choices().iter().cycle().skip_while(|(shown, _)| *shown != now).nth(1);
        if let Some((shown, _)) = next.filter(|(shown, _)| *shown != now) {
            self.see(ui, *shown);
        }
    }

    /// The theme of which alone differences are listed now.
    pub(super) fn only(&self) -> Option<ThemeId> {
        self.differing.filter(|_| self.shown() == Shown::Differences)
    }

    /// Whether the table that is shown has columns besides those that are read first.
    pub(super) fn has_more(&self, came: &Came) -> bool {
        let first = first_of(self.choice.kind, self.shown());
        self.shown_table(came).is_some_and(|measured| Figures::has_more(measured, first))
    }

    /// The table that is shown as a grid. In another table one is at the row that leads to the same.
    pub(super) fn figures_of(&mut self, measured: &Arc<Measured>) -> Arc<Figures> {
        let first = if self.all_columns { &[][..] } else { first_of(self.choice.kind, self.shown()) };
        let wanted = Wanted { first, sort: self.sort.clone(), only: self.only() };
        match self.figures.take() {
            Some(figures) if figures.are(measured, &wanted) => Arc::clone(self.figures.insert(figures)),
            before => {
                if let Some(before) = before.filter(|before| !Arc::ptr_eq(&before.of, measured)) {
                    let at = self.grid.at;
                    self.grid.at = at.and_then(|(row, column)| Some((same_row(&before.of, row, measured)?, column)));
                }
                Arc::clone(self.figures.insert(Arc::new(Figures::new(measured, wanted))))
            }
        }
    }
}

/// The share of the width that the passages have beside the figures.
const BEHIND: f32 = 0.4;

/// Shows the tab.
pub(in super::super) fn show(ui: &mut Ui, tab: &mut MeasuresTab, cx: &mut Cx<'_>, commands: Vec<Command>) {
    tab.choice.mend(cx.study);
    tab.differing.take_if(|theme| cx.study.codebook().get(*theme).is_none());
    tab.computing.keep_up(cx, &tab.choice);
    // In a menu and in the passages letters are theirs.
    let elsewhere = Popup::is_any_open(ui.ctx()) || tab.behind.as_ref().is_some_and(|behind| behind.has_focus(ui));
    let at_hand = !elsewhere && !ui.ctx().text_edit_focused() && ui.memory(|memory| memory.top_modal_layer().is_none());
    let typed = if at_hand { pressed(ui, Scope::Measures, cx.settings.single_letters) } else { Vec::new() };
    for command in commands.into_iter().chain(typed) {
        run(ui, tab, cx, command);
    }
    if std::mem::take(&mut tab.wants_focus) {
        tab.focus_figures();
    }
    let (tokens, whole) = (cx.tokens, ui.max_rect());
    let width = tokens.size.sources_pane.min(whole.width() / 4.0).max(tokens.size.facets_pane.min(whole.width() / 3.0));
    let left = Rect::from_min_max(whole.min, pos2(whole.left() + width, whole.bottom()));
    let beside = if tab.behind.is_some() { ((whole.width() - width) * BEHIND).clamp(0.0, tokens.size.picker_width) } else { 0.0 };
    let middle = Rect::from_min_max(left.right_top(), pos2(whole.right() - beside, whole.bottom()));
    let right = Rect::from_min_max(middle.right_top(), whole.max);
    ui.painter().rect_filled(left, 0.0, tokens.colour.surface_chrome);
    inside(ui, left, "measures", |ui| list::show(ui, tab, cx));
    inside(ui, middle, "measure", |ui| content::show(ui, tab, cx));
    if beside > 0.0 {
        ui.painter().rect_filled(right, 0.0, tokens.colour.surface_paper);
        inside(ui, right, "passages behind", |ui| behind::show(ui, tab, cx));
        ui.painter().vline(right.left(), right.y_range(), tokens.hairline(tokens.colour.line_hair));
    }
    ui.painter().vline(left.right(), left.y_range(), tokens.hairline(tokens.colour.line_hair));
    status(tab, cx);
}

fn status(tab: &MeasuresTab, cx: &mut Cx<'_>) {
    let broke_off = tab.computing.broke_off().is_some();
    let came = tab.computing.came.as_ref().filter(|_| !broke_off);
    if let Some(came) = came {
        let listed = tab.figures.as_ref().map_or(came.measured.table.rows.len(), |figures| figures.count());
        let rows = match tab.shown() {
            Shown::Differences => counted(listed, "difference", "differences"),
            Shown::Table => counted(listed, "line", "lines"),
            Shown::Picture => counted(came.measured.table.rows.len(), "line", "lines"),
        };
        let state = if tab.computing.is_settled() { "" } else { ", computing anew" };
        cx.status.say(format!("{}: {rows}{state}", came.measured.name));
    }
    let drawn = (tab.choices().len() > 1).then_some(Command::NextShown);
    let more = came.is_some_and(|came| tab.has_more(came));
    for command in drawn.into_iter().chain([Command::HowComputed]).chain(more.then_some(Command::MoreFigures)).chain([Command::Export]) {
        cx.status.hint_command(command);
    }
}

/// Carries out a command.
fn run(ui: &Ui, tab: &mut MeasuresTab, cx: &mut Cx<'_>, command: Command) {
    match command {
        Command::NextPane => {
            let on_figures = tab.is_on_figures(ui);
            match &mut tab.behind {
                Some(behind) if on_figures => behind.enter(),
                _ if ui.memory(|memory| memory.has_focus(list::id())) => tab.focus_figures(),
                _ => tab.focus_list(),
            }
        }
        Command::NextShown => tab.next_shown(ui),
        Command::HowComputed => tab.explained = !tab.explained,
        Command::MoreFigures if tab.computing.came.clone().is_some_and(|came| tab.has_more(&came)) => tab.all_columns = !tab.all_columns,
        Command::MoreFigures => cx.say("There are no more figures here."),
        Command::MeasureAgreement => tab.go(Kind::Agreement),
        Command::MeasureTogether => tab.go(Kind::Together),
        Command::MeasureSaturation => tab.go(Kind::Saturation),
        command if command.scope() == Scope::Passages => match &mut tab.behind {
            Some(behind) => behind.command(command),
            None => cx.say("Click a figure first: the passages behind it are listed beside it."),
        },
        command => crate::app::views::nothing_here(cx, command),
    }
}
