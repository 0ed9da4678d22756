//! The pane of a cell: its summary, the passages behind it, and below them who says otherwise and who is not heard.

mod foot;
mod head;

use eframe::egui::{Align, Id, Layout, Popup, Rect, ScrollArea, Ui, UiBuilder, pos2, vec2};

pub use self::head::{begin_memo, theme_of, to_proposition};
use super::counted::Counted;
use super::gathering::Gathering;
use super::hints::{hint, hint_passages};
use super::list::{self, ListLook, ListState};
use super::passage_row::{Naming, Popups};
use super::sentences;
use super::summary::{self, Drafts, SummaryPane};
use crate::analysis::matrix::{Arranged, CellAt, MatrixSpec, Passage, Passages};
use crate::app::command::{self, Command, Scope};
use crate::app::context::Cx;
use crate::app::tokens::{Type, family};
use crate::app::widgets::{Button, hairline_below, within, words};
use crate::study::{Crossed, Crossing};

/// The pane of a cell, or of one that is pinned beside it.
pub struct Pane {
    /// What it shows.
    pub gathering: Gathering,
    pinned: bool,
    /// Whether it is pinned beside another that is: it then does not follow the focus.
    pub held: bool,
    /// What is written in it.
    pub summary: SummaryPane,
    list: ListState,
    popups: Popups,
    /// Whether it is shown who says otherwise; as long as nobody has chosen, where somebody does.
    says_open: Option<bool>,
    silent_open: bool,
    memos_open: bool,
    /// Whether the focus is to go to the passages.
    pub enter: bool,
    /// Height of the two lists at the foot, as shown last.
    foot: f32,
}

impl Pane {
    /// A pane on a cell.
    #[must_use]
    pub fn new(at: CellAt) -> Self {
        Self {
            gathering: Gathering::new(at, Arranged::default()),
            pinned: false,
            held: false,
            summary: SummaryPane::new("matrix pane summary"),
            list: ListState::new(Id::unique("matrix pane passages")),
            popups: Popups::of(Id::unique("matrix pane foot")),
            says_open: None,
            silent_open: true,
            memos_open: true,
            enter: false,
            foot: 0.0,
        }
    }

    /// The same cell, pinned.
    #[must_use]
    pub fn to_pin(&self) -> Self {
        let list = ListState::new(Id::unique("pinned passages"));
        let summary = SummaryPane::new("pinned summary");
        let mut pinned = Self { pinned: true, list, summary, ..Self::new(self.gathering.at.clone()) };
        pinned.gathering.got.clone_from(&self.gathering.got);
        pinned
    }

    /// Whether it is the pinned one of two.
    #[must_use]
    pub const fn is_pinned(&self) -> bool {
        self.pinned
    }

    /// Takes a command of its passages.
    pub fn command(&mut self, command: Command) {
        self.list.command(command);
    }

    /// Goes on to another cell.
    pub fn follow(&mut self, at: CellAt) {
        if self.gathering.at != at {
            self.gathering = Gathering::new(at, self.gathering.arranged);
            self.list = self.list.anew();
        }
    }

    /// Follows the filters of what is crossed now; returns whether it is of the same axes.
    pub fn follow_filter(&mut self, spec: &MatrixSpec) -> bool {
        let at = &self.gathering.at;
        let followed = MatrixSpec { filter: spec.filter.clone(), ..at.spec.clone() };
        let same = followed == *spec;
        self.follow(CellAt { spec: followed, key: at.key.clone() });
        same
    }

    /// Whether its passages have the keys.
    #[must_use]
    pub fn has_focus(&self, ui: &Ui) -> bool {
        self.list.has_focus(ui)
    }

    /// Gives back a line that could not be kept.
    pub fn give_back(&mut self, of: &Passage, line: &str) {
        self.list.give_back(of, line);
    }
}

/// What one does with a pane.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PaneAct {
    /// Closes it, or takes it off.
    Close,
    /// Pins its cell, to compare it with others.
    Pin,
    /// Reads its passages in the whole width.
    Read,
    /// Any other command of the matrix.
    Run(Command),
}

/// What is written takes no more of the pane's height; its passages have the rest.
const SUMMARY_MOST: f32 = 0.45;
/// The lists at the foot take no more of what is left where there are passages.
const FOOT_MOST: f32 = 0.4;

/// Shows the pane.
pub fn show(
    ui: &mut Ui,
    cx: &mut Cx<'_>,
    pane: &mut Pane,
    drafts: &mut Drafts,
    (counted, charted, writing): (Option<&Counted>, bool, Option<&Crossing>),
) -> Option<PaneAct> {
    let slot = if pane.pinned { "matrix pinned" } else { "matrix pane" };
    pane.gathering.whole = charted;
    pane.gathering.keep_up(cx, slot, |state, at, passages| state.matrix.take_pane(&at, passages));
    let tokens = cx.tokens;
    let area = ui.max_rect();
    ui.painter().rect_filled(area, 0.0, tokens.colour.surface_chrome);
    ui.spacing_mut().item_spacing.y = tokens.space.half;
    let at = pane.gathering.at.clone();
    let cited = at.crossing().map(|cell| drafts.cited(cx.study, &cell)).unwrap_or_default();
    let act = head::show(ui, cx, pane, counted, &cited);
    let most = (area.bottom() - ui.cursor().top()) * SUMMARY_MOST;
    let written = ScrollArea::vertical().id_salt((slot, "summary")).max_height(most).auto_shrink([false, true]).animated(false);
    let seen = pane.gathering.got.as_ref().map(|passages| passages.items.len());
    let cell = written.show(ui, |ui| summary::show(ui, cx, &mut pane.summary, drafts, (&at, charted && !pane.pinned), seen)).inner;
    pane.list.set_cites(cell.is_some().then_some(cited));
    let theme = cell.as_ref().map(|cell| cell.theme);
    pane.list.set_differ(cell.as_ref().map(|_| pane.summary.differ()).unwrap_or_default());
    let Some(passages) = pane.gathering.got.clone() else { return act };
    if std::mem::take(&mut pane.enter) {
        pane.list.enter();
    }
    let empty = cell.as_ref().is_some_and(|cell| cx.study.summaries().of(cell).is_none() && drafts.peek(cell).is_none());
    if show_count(ui, cx, &passages, empty)
        && let Some(cell) = cell.as_ref().filter(|_| cx.can_edit())
    {
        let draft = drafts.show(cx.study, cell);
        let filled = summary::fill(cx, draft, &passages.items);
        summary::keep(cx, draft);
        let count = sentences::count(filled as u32, "passage", "passages");
        let left = passages.items.len() - filled;
        let rest = if left == 0 { String::new() } else { format!("; {left} found no room") };
        cx.say(format!("The empty cell was filled from {count}{rest}: a draft, to be written in your words."));
    }
    let top = ui.cursor().top();
    let most = (area.bottom() - top) * if passages.items.is_empty() { 1.0 - FOOT_MOST } else { FOOT_MOST };
    let foot = pane.foot.min(most);
    let middle = Rect::from_min_max(pos2(area.left(), top), pos2(area.right(), area.bottom() - foot));
    ui.scope_builder(UiBuilder::new().max_rect(middle), |ui| {
        ui.set_clip_rect(middle.intersect(ui.clip_rect()));
        // Of a theme with sub-themes the cell does not say which of them a passage is of.
        let divided = theme.filter(|theme| cx.study.codebook().children(Some(*theme)).next().is_some());
        let naming = divided.map_or(Naming::None, Naming::Besides);
        let look = ListLook { headings: false, naming, widest: f32::INFINITY, summaries: None, in_sentences: false };
        list::show(ui, cx, &mut pane.list, &passages, look);
        let writes = pane.summary.has_focus(ui) || (cell.is_some() && writing == cell.as_ref());
        let by_key = writes && command::pressed_alone(ui, Command::CitePassage);
        let cited = pane.list.take_cited(&passages).or_else(|| pane.list.at_hand(&passages).filter(|_| by_key));
        if let (Some(cell), Some(passage)) = (&cell, cited) {
            summary::cite(cx, drafts.show(cx.study, cell), passage);
        } else if by_key {
            cx.say("Go to a passage first: F6 leads there.");
        }
        if let (Some(cell), Some(number)) = (&cell, pane.list.take_uncited()) {
            summary::uncite(cx, drafts.show(cx.study, cell), number);
        }
        if passages.items.is_empty() {
            let nobody = passages.present.total() == 0;
            let why = if nobody { "Nobody with these values speaks in the sources counted." } else { "Nothing is coded here." };
            within(ui, middle, Layout::top_down(Align::Min), |ui| note(ui, cx, why));
        }
    });
    let below = Rect::from_min_max(pos2(area.left(), area.bottom() - foot), area.max);
    ui.scope_builder(UiBuilder::new().max_rect(below), |ui| {
        ui.set_clip_rect(below.intersect(ui.clip_rect()));
        let line = Rect::from_min_size(below.min, vec2(below.width(), tokens.stroke.hairline));
        hairline_below(ui, tokens, line);
        let shown = ScrollArea::vertical().id_salt("foot").auto_shrink([false, true]).show(ui, |ui| foot::show(ui, cx, pane, &passages));
        if (pane.foot - shown.content_size.y).abs() > 0.5 {
            pane.foot = shown.content_size.y;
            ui.ctx().request_repaint();
        }
    });
    act.or_else(|| take_keys(ui, cx, pane, charted))
}

/// Names the keys of the pane and takes them while its passages have the focus.
fn take_keys(ui: &Ui, cx: &mut Cx<'_>, pane: &Pane, charted: bool) -> Option<PaneAct> {
    let has_focus = pane.has_focus(ui);
    // In the grid the same keys do the same with the cell that follows the cursor.
    if has_focus || (!pane.pinned && !charted) {
        hint(ui.ctx(), cx, Command::PinCell, if pane.pinned || pane.held { "Unpin" } else { "Pin to compare" });
        hint(ui.ctx(), cx, Command::CloseCell, if pane.pinned { "Unpin" } else { "Close" });
    }
    if has_focus {
        hint_passages(ui.ctx(), cx);
    }
    if !has_focus || Popup::is_any_open(ui.ctx()) {
        return None;
    }
    let pressed = command::pressed(ui, Scope::Matrix, cx.settings.single_letters);
    pressed.into_iter().next().and_then(|command| match command {
        Command::CloseCell => Some(PaneAct::Close),
        Command::PinCell => Some(PaneAct::Pin),
        Command::ReadCell => Some(PaneAct::Read),
        Command::CellMemo => {
            begin_memo(cx, &pane.gathering.at);
            None
        }
        Command::CellToProposition => {
            to_proposition(cx, &pane.gathering.at);
            None
        }
        command => Some(PaneAct::Run(command)),
    })
}

/// How many passages there are; where there are none, that all that the case says stands in for them. Returns whether the
/// cell, if it is `empty`, is to be filled from them.
fn show_count(ui: &mut Ui, cx: &Cx<'_>, passages: &Passages, empty: bool) -> bool {
    let tokens = cx.tokens;
    let all_said = passages.items.first().is_some_and(|passage| passage.codings.is_empty());
    let (title, says) = if all_said {
        ("All that they say", "nothing is coded here".to_owned())
    } else {
        ("Passages", sentences::figures(passages.items.len() as u32))
    };
    ui.horizontal(|ui| {
        ui.add_space(tokens.space.five);
        let strong = tokens.font_in(Type::Small, family::INTERFACE_SEMIBOLD);
        ui.label(eframe::egui::RichText::new(title).font(strong).color(tokens.colour.ink));
        words(ui, tokens, Type::Small, tokens.colour.ink_tertiary, says);
        if !empty || all_said || passages.items.is_empty() {
            return false;
        }
        let fill = Button::quiet("Draft from passages").small().show(ui, tokens);
        fill.on_hover_text("Puts their words into the empty cell, each cited: a draft that is never laid over your own words").clicked()
    })
    .inner
}

/// Whether the pane is of a cell of a case.
fn is_of_case(at: &CellAt) -> bool {
    at.crossing().is_some_and(|cell| matches!(cell.of, Crossed::Case(_)))
}

fn note(ui: &mut Ui, cx: &Cx<'_>, says: &str) {
    let tokens = cx.tokens;
    ui.horizontal(|ui| {
        ui.add_space(tokens.space.five);
        words(ui, tokens, Type::Small, tokens.colour.ink_tertiary, says);
    });
    ui.add_space(tokens.space.one);
}
