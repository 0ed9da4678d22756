use std::collections::BTreeSet;

use eframe::egui::text::LayoutJob;
use eframe::egui::{Align, Align2, Id, Layout, Popup, Rect, Role, ScrollArea, Sense, Ui, UiBuilder, WidgetInfo, pos2, vec2};

use super::counted::Counted;
use super::gathering::Gathering;
use super::hints::{button_of, command_button, hint, hint_passages};
use super::list::{self, ListLook, ListState};
use super::passage_row::{self, Naming, Popups, RowLook};
use super::sentences;
use super::summary::{self, Drafts, SummaryPane};
use crate::analysis::matrix::{Arranged, CellAt, MatrixSpec, Passage, Passages, Point, Silent};
use crate::app::command::{self, Command, Scope};
use crate::app::context::Cx;
use crate::app::icons;
use crate::app::state::Place;
use crate::app::tokens::{Type, family};
use crate::app::views::notes::{begin_on, open_memo};
use crate::app::widgets::{
    focus_ring, hairline_below, icon_button, paint_elided, paint_mark, paint_status, paint_words, section, select_fill, theme_mark, within,
    words,
};
use crate::study::{Memo, MemoOn, PATH_SEPARATOR, StatusKind, ThemeId};

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
    says_open: bool,
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
            says_open: true,
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

/// Shows the pane.
pub fn show(ui: &mut Ui, cx: &mut Cx<'_>, pane: &mut Pane, drafts: &mut Drafts, counted: &Counted) -> Option<PaneAct> {
    let slot = if pane.pinned { "matrix pinned" } else { "matrix pane" };
    pane.gathering.keep_up(cx, slot, |state, at, passages| state.matrix.take_pane(&at, passages));
    let tokens = cx.tokens;
    let area = ui.max_rect();
    ui.painter().rect_filled(area, 0.0, tokens.colour.surface_chrome);
    ui.spacing_mut().item_spacing.y = tokens.space.half;
    let act = show_head(ui, cx, pane, counted);
    let at = pane.gathering.at.clone();
    let cell = summary::show(ui, cx, &mut pane.summary, drafts, &at);
    pane.list.set_cites(cell.is_some());
    let Some(passages) = pane.gathering.got.clone() else { return act };
    if std::mem::take(&mut pane.enter) {
        pane.list.enter();
    }
    let count = passages.items.len() as u32;
    ui.horizontal(|ui| {
        ui.add_space(tokens.space.five);
        let strong = tokens.font_in(Type::Small, family::INTERFACE_SEMIBOLD);
        ui.label(eframe::egui::RichText::new("Passages").font(strong).color(tokens.colour.ink));
        words(ui, tokens, Type::Small, tokens.colour.ink_tertiary, sentences::figures(count));
    });
    let top = ui.cursor().top();
    let most = (area.bottom() - top) * 0.5;
    let foot = pane.foot.min(most);
    let middle = Rect::from_min_max(pos2(area.left(), top), pos2(area.right(), area.bottom() - foot));
    ui.scope_builder(UiBuilder::new().max_rect(middle), |ui| {
        ui.set_clip_rect(middle.intersect(ui.clip_rect()));
        let look = ListLook { headings: false, naming: Naming::None, widest: f32::INFINITY };
        list::show(ui, cx, &mut pane.list, &passages, look);
        let by_key = pane.summary.has_focus(ui) && command::pressed_alone(ui, Command::CitePassage);
        let cited = pane.list.take_cited(&passages).or_else(|| pane.list.at_hand(&passages).filter(|_| by_key));
        if let (Some(cell), Some(passage)) = (&cell, cited) {
            pane.summary.cite(cx, drafts.show(cx.study, cell), passage);
        } else if by_key {
            cx.say("Go to a passage first: F6 leads there.");
        }
        if passages.items.is_empty() {
            let nobody = passages.present == 0;
            let why = if nobody { "Nobody with these values speaks in the sources counted." } else { "Nothing is coded here." };
            within(ui, middle, Layout::top_down(Align::Min), |ui| note(ui, cx, why));
        }
    });
    let below = Rect::from_min_max(pos2(area.left(), area.bottom() - foot), area.max);
    ui.scope_builder(UiBuilder::new().max_rect(below), |ui| {
        ui.set_clip_rect(below.intersect(ui.clip_rect()));
        let line = Rect::from_min_size(below.min, vec2(below.width(), tokens.stroke.hairline));
        hairline_below(ui, tokens, line);
        let shown = ScrollArea::vertical().id_salt("foot").auto_shrink([false, true]).show(ui, |ui| show_foot(ui, cx, pane, &passages));
        if (pane.foot - shown.content_size.y).abs() > 0.5 {
            pane.foot = shown.content_size.y;
            ui.ctx().request_repaint();
        }
    });
    act.or_else(|| take_keys(ui, cx, pane))
}

/// Names the keys of the pane and takes them while its passages have the focus.
fn take_keys(ui: &Ui, cx: &mut Cx<'_>, pane: &Pane) -> Option<PaneAct> {
    let has_focus = pane.has_focus(ui);
    // In the grid the same keys do the same with the cell that follows the cursor.
    if has_focus || !pane.pinned {
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
        command => Some(PaneAct::Run(command)),
    })
}

/// The theme among the points of a row, if there is one.
#[must_use]
pub fn theme_of(points: &[Point]) -> Option<ThemeId> {
    points.iter().find_map(|point| match point {
        Point::Theme(theme) | Point::ThemeOnly(theme) => Some(*theme),
        Point::Case(_) | Point::Value(_) => None,
    })
}

/// Theme, cell, figures, and buttons at the right.
fn show_head(ui: &mut Ui, cx: &mut Cx<'_>, pane: &Pane, counted: &Counted) -> Option<PaneAct> {
    let tokens = cx.tokens;
    let colour = &tokens.colour;
    let key = &pane.gathering.at.key;
    let mut act = None;
    ui.add_space(tokens.space.two);
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), tokens.size.control), Sense::hover());
    let inside = rect.shrink2(vec2(tokens.space.three, 0.0));
    let mut left = ui.new_child(UiBuilder::new().max_rect(inside).layout(Layout::right_to_left(Align::Center)));
    left.spacing_mut().item_spacing.x = 0.0;
    if pane.pinned {
        if command_button(&mut left, tokens, Command::PinCell, icons::PIN_OFF, "Unpin the cell").clicked() {
            act = Some(PaneAct::Close);
        }
    } else {
        if command_button(&mut left, tokens, Command::CloseCell, icons::X, "Close the cell").clicked() {
            act = Some(PaneAct::Close);
        }
        if button_of(&mut left, tokens, Command::ReadCell).clicked() {
            act = Some(PaneAct::Read);
        }
        let pin = if pane.held {
            command_button(&mut left, tokens, Command::PinCell, icons::PIN_OFF, "Unpin this cell too")
        } else {
            button_of(&mut left, tokens, Command::PinCell)
        };
        if pin.clicked() {
            act = Some(PaneAct::Pin);
        }
        show_memo_button(&mut left, cx, pane);
    }
    if let Some(theme) = key.row.as_deref().and_then(theme_of) {
        let hue = theme_mark(tokens, cx.study, theme);
        let mark = inside.left_center() + vec2(tokens.space.two + tokens.space.one, 0.0);
        paint_mark(ui.painter(), mark, tokens.size.theme_mark, hue.mark, hue.label);
        let lineage = cx.study.codebook().lineage(theme);
        let above =
            lineage.iter().rev().nth(1).map_or("Theme".to_owned(), |parent| sentences::point_name(cx.study, Point::Theme(parent.id)));
        let from = mark.x + tokens.space.two + tokens.space.half;
        let end = left.min_rect().left() - tokens.space.one;
        paint_elided(ui.painter(), from, end, rect.center().y, &above, tokens.font(Type::Small), colour.ink_tertiary);
    }
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing.y = tokens.space.half;
        ui.set_max_width(ui.available_width() - tokens.space.four);
        let indent = |ui: &mut Ui, show: &mut dyn FnMut(&mut Ui)| {
            ui.horizontal(|ui| {
                ui.add_space(tokens.space.five);
                ui.vertical(|ui| show(ui));
            });
        };
        indent(ui, &mut |ui| {
            let row = key.row.as_deref().map_or("All".to_owned(), |row| sentences::points_name(cx.study, row));
            let font = tokens.font_in(Type::Query, family::INTERFACE_SEMIBOLD);
            let mut name = LayoutJob::simple(row.clone(), font, colour.ink, ui.available_width());
            // A name of many lines leaves room for the passages; the whole is said on hover.
            name.wrap.max_rows = 3;
            ui.label(name).on_hover_text(row);
            let mut place: Vec<String> = key.column.iter().map(|points| sentences::points_name(cx.study, points)).collect();
            place.extend(key.page.as_ref().map(|page| format!("page {}", sentences::points_name(cx.study, page))));
            words(ui, tokens, Type::Body, colour.ink_secondary, place.join(PATH_SEPARATOR));
            if let Some(cell) = counted.find(&pane.gathering.at) {
                let passages = sentences::count(cell.passages, "passage", "passages");
                let facts = format!("{} · {passages} · {}", sentences::who(cell), sentences::done(cell));
                words(ui, tokens, Type::Small, colour.ink_tertiary, facts);
            } else if let Some(passages) = &pane.gathering.got {
                // A pinned cell may be of a matrix that is not counted any more.
                let heard = passages.present.saturating_sub(passages.not_heard.len() as u32);
                let heard = format!("{heard} of {}", sentences::count(passages.present, "person", "people"));
                let count = sentences::count(passages.items.len() as u32, "passage", "passages");
                words(ui, tokens, Type::Small, colour.ink_tertiary, format!("{heard} · {count}"));
            }
        });
    });
    ui.add_space(tokens.space.one);
    let line = Rect::from_min_size(ui.cursor().min, vec2(ui.max_rect().width(), tokens.stroke.hairline));
    hairline_below(ui, tokens, line);
    ui.add_space(tokens.stroke.hairline);
    act
}

/// Who says otherwise, and who is not heard: two lists that are never added up.
fn show_foot(ui: &mut Ui, cx: &mut Cx<'_>, pane: &mut Pane, passages: &Passages) {
    let tokens = cx.tokens;
    ui.spacing_mut().item_spacing.y = 0.0;
    let contrary: Vec<_> = passages.items.iter().filter(|passage| passage.contrary).collect();
    let mut count = sentences::count(contrary.len() as u32, "passage", "passages");
    let people: BTreeSet<usize> = contrary.iter().map(|passage| passage.heading).collect();
    if !people.is_empty() {
        count = format!("{count}, by {}", sentences::count(people.len() as u32, "person", "people"));
    }
    pane.says_open = section(ui, tokens, "Says otherwise", &count, pane.says_open);
    if pane.says_open {
        for passage in &contrary {
            ui.push_id((passage.source, passage.span.start), |ui| show_contrary(ui, cx, pane, passage));
        }
        if contrary.is_empty() {
            note(ui, cx, "No passage here is marked as contrary.");
        }
    }
    let people = format!("{} of {}", passages.not_heard.len(), sentences::count(passages.present, "person", "people"));
    pane.silent_open = section(ui, tokens, "Not heard on this", &people, pane.silent_open);
    if pane.silent_open {
        for silent in &passages.not_heard {
            show_silent(ui, cx, silent);
        }
        if passages.not_heard.is_empty() {
            note(ui, cx, "Everybody here is heard.");
        }
    }
    show_memos(ui, cx, pane);
    ui.add_space(tokens.space.two);
}

/// The button that begins a memo on the cell, or says why there is none.
fn show_memo_button(ui: &mut Ui, cx: &mut Cx<'_>, pane: &Pane) {
    let at = &pane.gathering.at;
    let shown = match at.crossing() {
        Some(_) => button_of(ui, cx.tokens, Command::CellMemo),
        None => icon_button(ui, cx.tokens, icons::STICKY_NOTE, NO_MEMO, false),
    };
    if shown.clicked() {
        begin_memo(cx, at);
    }
}

/// Begins a memo on a cell, or says why there is none.
pub fn begin_memo(cx: &mut Cx<'_>, at: &CellAt) {
    match at.crossing() {
        Some(cell) => begin_on(cx, MemoOn::Cell { cell }),
        None => cx.say(NO_MEMO),
    }
}

/// The memos on the cell; a press leads to one in Notes.
fn show_memos(ui: &mut Ui, cx: &mut Cx<'_>, pane: &mut Pane) {
    let Some(cell) = pane.gathering.at.crossing() else { return };
    let study = cx.study;
    let on_cell = |memo: &&Memo| matches!(&memo.on, MemoOn::Cell { cell: own } if *own == cell);
    let memos: Vec<&Memo> = study.memos().iter().filter(on_cell).collect();
    if memos.is_empty() {
        return;
    }
    let tokens = cx.tokens;
    pane.memos_open = section(ui, tokens, "Memos", &memos.len().to_string(), pane.memos_open);
    for memo in memos.into_iter().filter(|_| pane.memos_open) {
        let height = tokens.size.control_small + tokens.space.half;
        let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::click());
        let by = study.coders().get(&memo.coder).map_or("", |coder| coder.initials.as_str());
        let words = memo.text.split_whitespace().collect::<Vec<_>>().join(" ");
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("Memo, {by}: {words}")));
        select_fill(ui, tokens, rect, false, &response);
        if response.has_focus() {
            focus_ring(ui, tokens, rect);
        }
        let (middle, right) = (rect.center().y, rect.right() - tokens.space.four);
        let by =
            paint_words(ui.painter(), pos2(right, middle), Align2::RIGHT_CENTER, by, tokens.font(Type::Small), tokens.colour.ink_tertiary);
        let from = rect.left() + tokens.space.five;
        paint_elided(ui.painter(), from, by.left() - tokens.space.two, middle, &words, tokens.font(Type::Small), tokens.colour.ink);
        if response.clicked() {
            open_memo(cx, memo.id);
        }
    }
}

/// Why some cells have no memo.
const NO_MEMO: &str = "A memo can be on a theme crossed with a case or with values; this is neither";

/// A passage that says otherwise; a press leads to it among the others, where it can be acted on.
fn show_contrary(ui: &mut Ui, cx: &mut Cx<'_>, pane: &mut Pane, passage: &Passage) {
    let id = ui.scope_id().with("contrary");
    let hovered = ui.ctx().read_response(id).is_some_and(|before| before.hovered());
    let look = RowLook { focused: false, hovered, context: false, naming: Naming::None, contrary: true };
    let top = ui.cursor().top();
    let height = passage_row::show(ui, cx, &mut pane.popups, passage, look);
    let rect = Rect::from_x_y_ranges(ui.max_rect().x_range(), top..=top + height);
    let response = ui.interact(rect, id, Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("Says otherwise: {}", passage_row::place_of(cx, passage))));
    if response.has_focus() {
        focus_ring(ui, cx.tokens, rect);
    }
    if response.clicked() {
        pane.list.go(passage);
    }
}

/// Somebody who is not heard, why as far as is known, and the way to where it can be looked up.
fn show_silent(ui: &mut Ui, cx: &mut Cx<'_>, silent: &Silent) {
    let tokens = cx.tokens;
    let colour = &tokens.colour;
    let label = cx.study.case(silent.case).map_or("", |case| case.label.as_str());
    let height = tokens.size.control_small + tokens.space.half;
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::click());
    let why = match (silent.done, silent.asked) {
        (false, _) => format!("Source still being coded, {:.0} %", silent.coded * 100.0),
        (true, Some(_)) => "Asked, said nothing".to_owned(),
        (true, None) => "No question coded".to_owned(),
    };
    // The place of the question, where there is one to look up.
    let question = silent.asked.filter(|_| silent.done);
    let paragraph = question.and_then(|(source, span)| cx.study.material(source)?.geometry.paragraph_at(span.start));
    let link = paragraph.map_or_else(|| "Open".to_owned(), |at| format!("¶ {}", at + 1));
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("{label}: {why}. {link}")));
    select_fill(ui, tokens, rect, false, &response);
    if response.has_focus() {
        focus_ring(ui, tokens, rect);
    }
    let sign = rect.left_center() + vec2(tokens.space.five + tokens.space.half, 0.0);
    let middle = rect.center().y;
    if question.is_some() {
        let icon = tokens.small_icon_font(Type::Small);
        paint_words(ui.painter(), sign, Align2::CENTER_CENTER, icons::MESSAGE_SQUARE_QUOTE, icon, colour.sign_quiet);
    } else {
        paint_status(ui.painter(), tokens, sign, if silent.done { StatusKind::Done } else { StatusKind::Coding });
    }
    let name = tokens.font_in(Type::Small, family::INTERFACE_MEDIUM);
    let from = sign.x + tokens.space.three;
    let end = from + tokens.size.matrix_column + tokens.space.eight;
    paint_elided(ui.painter(), from, end, middle, label, name.clone(), colour.ink);
    let open = rect.right() - tokens.space.four - tokens.space.eight;
    paint_elided(
        ui.painter(),
        end + tokens.space.two,
        open - tokens.space.two,
        middle,
        &why,
        tokens.font(Type::Small),
        colour.ink_secondary,
    );
    paint_elided(ui.painter(), open, rect.right(), middle, &link, name, colour.accent);
    if response.clicked() {
        cx.go(question.map_or(Place::Source(silent.source), |(source, span)| Place::Passage(source, span)));
    }
}

fn note(ui: &mut Ui, cx: &Cx<'_>, says: &str) {
    let tokens = cx.tokens;
    ui.horizontal(|ui| {
        ui.add_space(tokens.space.five);
        words(ui, tokens, Type::Small, tokens.colour.ink_tertiary, says);
    });
    ui.add_space(tokens.space.one);
}
