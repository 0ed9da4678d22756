use std::collections::HashMap;
use std::sync::{Arc, Weak};

use eframe::egui::{EventFilter, Id, Key, Modifiers, Rect, Role, ScrollArea, Sense, Ui, UiBuilder, Vec2, WidgetInfo, vec2};

use super::acts;
use super::heading;
use super::passage_row::{self, Naming, Popups, RowLook};
use super::summary::{Cited, marked};
use crate::analysis::changed::Differs;
use crate::analysis::matrix::{Passage, Passages};
use crate::app::command::{self, Command, Scope};
use crate::app::context::Cx;
use crate::app::tokens::{Tokens, Type};
use crate::app::widgets::row_at_hand;
use crate::study::{CaseId, CodingId, Crossed, Crossing, SourceId, ThemeId};
use crate::text::Span;

/// What a list of passages remembers.
pub struct ListState {
    id: Id,
    /// Heights of rows as they were painted last.
    heights: HashMap<(SourceId, Span), f32>,
    /// Those of summaries.
    summary_heights: HashMap<CaseId, f32>,
    width: f32,
    laid: Option<Arc<Laid>>,
    /// The passage that has the focus: its source and where it begins.
    focused: Option<(SourceId, u32)>,
    /// The passage that is shown with the turns round it.
    context: Option<(SourceId, u32)>,
    viewport: Option<Rect>,
    scroll_to: Option<f32>,
    popups: Popups,
    /// Whether one of its menus was open; the focus comes back to the list when it closes.
    was_open: bool,
    /// Whether the focus is to come to the list.
    enter: bool,
    /// Whether the focused passage is to be brought into sight.
    shows: bool,
    /// Whether the line of a contrary mark is to be asked for again.
    asks_again: bool,
    /// What came from outside, to be done in the next frame.
    commands: Vec<Command>,
}

/// How a list is shown.
#[derive(Clone, Copy)]
pub struct ListLook {
    /// With headings, which stay in sight.
    pub headings: bool,
    /// Which themes are named beside passages.
    pub naming: Naming,
    /// The widest that rows may be; they stand in the middle.
    pub widest: f32,
    /// The theme whose summaries stand under the headings of the cases they are of.
    pub summaries: Option<ThemeId>,
    /// Whether each stands in its sentence: a word alone says nothing.
    pub in_sentences: bool,
}

#[derive(Clone, Copy)]
enum Item {
    Heading(usize),
    /// What is written of the case of a heading.
    Summary(usize, CaseId),
    Passage(usize),
}

/// Where the rows of a list stand, kept as long as passages, width and heights stay: there may be many thousands.
struct Laid {
    of: Weak<Passages>,
    items: Vec<Item>,
    /// The upper edge of each item.
    tops: Vec<f32>,
    /// The upper edge of each passage, and the end of the last.
    passage_tops: Vec<f32>,
    height: f32,
}

fn place(passage: &Passage) -> (SourceId, u32) {
    (passage.source, passage.span.start)
}

/// The share of the list's height that stays before a passage that is scrolled to, and behind it.
const BEFORE: f32 = 0.15;

impl ListState {
    /// A list of this identity, which its focus has too.
    #[must_use]
    pub fn new(id: Id) -> Self {
        Self {
            id,
            heights: HashMap::new(),
            summary_heights: HashMap::new(),
            width: 0.0,
            laid: None,
            focused: None,
            context: None,
            viewport: None,
            scroll_to: None,
            popups: Popups::of(id),
            was_open: false,
            enter: false,
            shows: false,
            asks_again: false,
            commands: Vec::new(),
        }
    }

    /// The same list, with nothing of what it was.
    #[must_use]
    pub fn anew(&self) -> Self {
        let mut anew = Self::new(self.id);
        anew.popups.cites.clone_from(&self.popups.cites);
        anew.popups.differ = Arc::clone(&self.popups.differ);
        anew
    }

    /// Says whether there is a summary in which passages can be cited.
    pub fn set_cites(&mut self, cited: Option<Vec<Cited>>) {
        self.popups.cites = cited;
    }

    /// Says how passages differ from what the summary was written of, by their codings.
    pub fn set_differ(&mut self, differ: Arc<HashMap<CodingId, Differs>>) {
        self.popups.differ = differ;
    }

    /// The passage one is at.
    #[must_use]
    pub fn at_hand<'p>(&self, passages: &'p Passages) -> Option<&'p Passage> {
        passages.items.get(self.focused_at(passages)?)
    }

    /// The number under which something was asked to be cited no longer.
    pub const fn take_uncited(&mut self) -> Option<u32> {
        self.popups.uncited.take()
    }

    /// The passage that was asked to be cited.
    pub fn take_cited<'p>(&mut self, passages: &'p Passages) -> Option<&'p Passage> {
        std::mem::take(&mut self.popups.cited).then(|| self.at_hand(passages)).flatten()
    }

    /// Whether it has the keys.
    #[must_use]
    pub fn has_focus(&self, ui: &Ui) -> bool {
        ui.memory(|memory| memory.has_focus(self.id))
    }

    /// Brings the focus to the list, and in it to the first passage if to none before.
    pub fn enter(&mut self) {
        self.enter = true;
    }

    /// Takes a command of lists of passages from outside; it is done when the list is shown next.
    pub fn command(&mut self, command: Command) {
        self.commands.push(command);
    }

    /// Gives back the line of a contrary mark that could not be kept, and asks for it again.
    pub fn give_back(&mut self, of: &Passage, line: &str) {
        self.popups.give_back(of, line);
        self.focused = Some(place(of));
        self.asks_again = true;
    }

    /// Brings the focus to a passage, and it into sight.
    pub fn go(&mut self, to: &Passage) {
        (self.focused, self.enter, self.shows) = (Some(place(to)), true, true);
    }

    fn take_focus(&mut self, ui: &Ui, passages: &Passages) {
        let open = [passage_row::RECODE, passage_row::CONTRARY, passage_row::REMOVE].into_iter().any(|menu| self.popups.is_open(ui, menu));
        let closed = std::mem::replace(&mut self.was_open, open) && !open;
        if std::mem::take(&mut self.enter) || closed {
            ui.memory_mut(|memory| memory.request_focus(self.id));
            // Only from the next frame on are arrows the list's own.
            ui.ctx().request_repaint();
            if self.focused_at(passages).is_none() {
                self.focused = passages.items.first().map(place);
            }
        }
    }

    fn focused_at(&self, passages: &Passages) -> Option<usize> {
        let (source, start) = self.focused?;
        // Passages may overlap: the one that begins there comes before one that only reaches over it.
        let begins = passages.items.iter().position(|passage| place(passage) == (source, start));
        let is_over = |passage: &Passage| passage.source == source && passage.span.start <= start && start < passage.span.end;
        begins.or_else(|| passages.items.iter().position(is_over))
    }

    /// Takes the keys that move from passage to passage.
    fn take_keys(&mut self, ui: &Ui, passages: &Passages, tops: &[f32]) {
        let now = self.focused_at(passages);
        let last = passages.items.len().saturating_sub(1);
        let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
        let mut to = None;
        for (key, target) in [
            (Key::ArrowUp, now.map_or(0, |now| now.saturating_sub(1))),
            (Key::ArrowDown, now.map_or(0, |now| now + 1)),
            (Key::PageUp, now.map_or(0, |now| now.saturating_sub(5))),
            (Key::PageDown, now.map_or(0, |now| now + 5)),
            (Key::Home, 0),
            (Key::End, last),
        ] {
            if pressed(key) {
                to = Some(target.min(last));
            }
        }
        if let Some(passage) = to.and_then(|to| passages.items.get(to)) {
            self.focused = Some(place(passage));
            self.reveal(tops, to.unwrap_or(0));
        }
    }

    /// Carries out a command with the focused passage.
    fn run(&mut self, ui: &Ui, cx: &mut Cx<'_>, passages: &Passages, tops: &[f32], command: Command) {
        if matches!(command, Command::OrderPassages | Command::OrderHeadings) {
            return cx.say("The order is changed where passages are read in the whole width.");
        }
        let found = self.focused_at(passages).and_then(|at| Some((at, passages.items.get(at)?)));
        let Some((at, passage)) = found else { return cx.say("Go to a passage first.") };
        let none_own = acts::own(cx, passage).is_empty();
        let menu = match command {
            Command::OpenPassage => return acts::open(cx, passage),
            Command::PassageToProposition => return acts::to_proposition(cx, passage),
            Command::TurnsAround => {
                self.context = (self.context != Some(place(passage))).then(|| place(passage));
                return;
            }
            Command::CitePassage if self.popups.cites.is_some() => {
                self.popups.cited = true;
                return;
            }
            Command::UncitePassage => {
                self.popups.uncited = self.popups.number_of(passage);
                if self.popups.uncited.is_none() {
                    cx.say("No summary cites this passage here.");
                }
                return;
            }
            Command::CitePassage => return cx.say("Passages are cited in the summary of an open cell of a case, group or area."),
            Command::QuotePassage => return acts::quote(cx, passage),
            Command::RecodePassage if none_own => return cx.say("Another coder’s codings can be queried with a memo, not recoded."),
            Command::RemovePassage if none_own => return cx.say("Another coder’s codings can be queried with a memo, not removed."),
            Command::RecodePassage => passage_row::RECODE,
            Command::ContraryPassage => passage_row::CONTRARY,
            Command::RemovePassage => passage_row::REMOVE,
            _ => return,
        };
        // The menu hangs on a button of the row.
        self.reveal(tops, at);
        self.popups.open(ui, menu);
    }

    /// Scrolls so far that a passage is seen; `tops` are the upper edges of all passages and the end of the last.
    fn reveal(&mut self, tops: &[f32], at: usize) {
        let (Some(seen), Some(from)) = (self.viewport, tops.get(at)) else { return };
        let to = tops.get(at + 1).copied().unwrap_or(*from);
        let above = seen.top().min(from - seen.height() * BEFORE);
        self.scroll_to = Some(if to > seen.bottom() { (to - seen.height() * (1.0 - BEFORE)).min(*from) } else { above }.max(0.0));
    }
}

/// Shows passages, each a row that can be acted on; only what is seen is laid out.
pub fn show(ui: &mut Ui, cx: &mut Cx<'_>, state: &mut ListState, passages: &Arc<Passages>, look: ListLook) {
    let id = state.id;
    let tokens = cx.tokens;
    let area = ui.available_rect_before_wrap();
    let width = area.width().min(look.widest);
    if (state.width - width).abs() > f32::EPSILON {
        state.heights.clear();
        state.summary_heights.clear();
        state.width = width;
        state.laid = None;
    }
    let laid = state.lay_out(cx, passages, look);
    let Laid { items, tops, .. } = &*laid;
    let heading_height = tokens.size.row;
    let margin = ((area.width() - width) / 2.0).floor();
    let response = ui.interact(area, id, Sense::focusable_noninteractive());
    response.widget_info(|| WidgetInfo::labeled(Role::List, true, "Passages"));
    state.take_focus(ui, passages);
    if std::mem::take(&mut state.asks_again) {
        state.popups.open(ui, passage_row::CONTRARY);
    }
    if response.has_focus() {
        let filter = EventFilter { vertical_arrows: true, escape: true, ..EventFilter::default() };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
        state.take_keys(ui, passages, &laid.passage_tops);
        state.commands.extend(command::pressed(ui, Scope::Passages, cx.settings.single_letters));
    }
    for command in std::mem::take(&mut state.commands) {
        state.run(ui, cx, passages, &laid.passage_tops, command);
    }
    let focused = state.focused_at(passages);
    if let Some(at) = focused.filter(|_| std::mem::take(&mut state.shows)) {
        state.reveal(&laid.passage_tops, at);
    }
    let mut scroll = ScrollArea::vertical().id_salt(id.with("scroll")).auto_shrink(false);
    if let Some(offset) = state.scroll_to.take() {
        scroll = scroll.vertical_scroll_offset(offset);
    }
    scroll.show_viewport(ui, |ui, viewport| {
        ui.set_min_size(vec2(area.width(), laid.height));
        let origin = ui.min_rect().min;
        state.viewport = Some(viewport);
        let first = tops.partition_point(|top| *top < viewport.top()).saturating_sub(1);
        let mut moved = 0.0;
        for (item, top) in items.iter().zip(tops).skip(first).take_while(|(_, top)| **top < viewport.bottom()) {
            let corner = origin + vec2(margin, *top);
            match item {
                Item::Heading(at) => {
                    let rect = Rect::from_min_size(corner, vec2(width, heading_height));
                    // One that scrolls away is published where it stays in sight.
                    if *top >= viewport.top() {
                        heading::publish(ui, id.with(("heading", at)), passages.headings.get(*at), rect);
                    }
                    heading::show(ui, tokens, passages.headings.get(*at), rect);
                }
                Item::Summary(at, case) => {
                    let before = state.summary_height(tokens, *case);
                    let Some(theme) = look.summaries else { continue };
                    let cell = Crossing { theme, of: Crossed::Case(*case) };
                    let rect = Rect::from_min_size(corner, vec2(width, before));
                    let after = heading::show_summary(ui, cx, &cell, rect, id.with(("summary", at)));
                    if (after - before).abs() > 0.5 {
                        state.summary_heights.insert(*case, after);
                        state.laid = None;
                        ui.ctx().request_repaint();
                    }
                    if *top < viewport.top() {
                        moved += after - before;
                    }
                }
                Item::Passage(at) => {
                    let Some(passage) = passages.items.get(*at) else { continue };
                    let before = state.height(tokens, passage);
                    let rect = Rect::from_min_size(corner, vec2(width, before));
                    let after = show_passage(ui, cx, state, (passages, *at, focused == Some(*at)), look, rect, id);
                    // What lies above the window's edge must not push what is read.
                    if *top < viewport.top() {
                        moved += after - before;
                    }
                }
            }
        }
        if moved.abs() > 0.5 {
            state.scroll_to = Some(viewport.top() + moved);
        }
        if look.headings {
            let corner = origin + vec2(margin, viewport.top());
            show_sticky(ui, tokens, (passages, id), &laid, viewport, Rect::from_min_size(corner, vec2(width, heading_height)));
        }
    });
}

/// How wide a letter is on average, in sizes of the type.
const LETTER: f32 = 0.46;

impl ListState {
    fn lay_out(&mut self, cx: &Cx<'_>, passages: &Arc<Passages>, look: ListLook) -> Arc<Laid> {
        let tokens = cx.tokens;
        if let Some(laid) = self.laid.as_ref().filter(|laid| std::ptr::eq(laid.of.as_ptr(), Arc::as_ptr(passages))) {
            return Arc::clone(laid);
        }
        let items = items(cx, passages, look);
        let mut tops = Vec::with_capacity(items.len());
        let mut passage_tops = Vec::with_capacity(passages.items.len() + 1);
        let mut height = 0.0;
        for item in &items {
            tops.push(height);
            height += match item {
                Item::Heading(_) => tokens.size.row,
                Item::Summary(_, case) => self.summary_height(tokens, *case),
                Item::Passage(at) => {
                    passage_tops.push(height);
                    passages.items.get(*at).map_or(0.0, |passage| self.height(tokens, passage))
                }
            };
        }
        passage_tops.push(height);
        let laid = Arc::new(Laid { of: Arc::downgrade(passages), items, tops, passage_tops, height });
        self.laid = Some(Arc::clone(&laid));
        laid
    }

    /// The height of a summary: as it was painted last, else that of a short one.
    fn summary_height(&self, tokens: &Tokens, case: CaseId) -> f32 {
        self.summary_heights.get(&case).copied().unwrap_or(3.0 * tokens.line_height(Type::ChartCell))
    }

    /// The height of a row: as it was painted last, else by the length of its words.
    fn height(&self, tokens: &Tokens, passage: &Passage) -> f32 {
        self.heights.get(&(passage.source, passage.span)).copied().unwrap_or_else(|| {
            let letters = (self.width / (tokens.font(Type::ReadingQuote).size * LETTER)).max(10.0);
            let lines = (passage.span.len() as f32 / letters).ceil().max(1.0);
            lines * tokens.line_height(Type::ReadingQuote) + tokens.line_height(Type::Micro) + tokens.space.four
        })
    }
}

/// Shows one passage; returns its height.
fn show_passage(
    ui: &mut Ui,
    cx: &mut Cx<'_>,
    state: &mut ListState,
    (passages, at, focused): (&Passages, usize, bool),
    look: ListLook,
    rect: Rect,
    id: Id,
) -> f32 {
    let Some(passage) = passages.items.get(at) else { return 0.0 };
    let row_id = id.with((passage.source, passage.span.start));
    let response = ui.interact(rect, row_id, Sense::CLICK);
    response.widget_info(|| {
        let differs = state.popups.differs(passage).and_then(marked).map(|(_, says)| format!("{says}: ")).unwrap_or_default();
        let spoken = passage_row::spoken(cx, passage, at + 1, passages.items.len());
        WidgetInfo::selected(Role::ListItem, true, focused, format!("{differs}{spoken}"))
    });
    if focused {
        row_at_hand(ui, state.id, response.id);
    }
    let mut ui =
        ui.new_child(UiBuilder::new().id_salt(row_id).max_rect(Rect::from_min_size(rect.min, Vec2::new(rect.width(), f32::INFINITY))));
    let row = RowLook {
        focused,
        hovered: response.hovered(),
        context: state.context == Some(place(passage)),
        in_sentence: look.in_sentences,
        naming: look.naming,
        contrary: true,
    };
    let shown = passage_row::show(&mut ui, cx, &mut state.popups, passage, row);
    let before = state.heights.insert((passage.source, passage.span), shown);
    if before.is_none_or(|before| (before - shown).abs() > 0.5) {
        state.laid = None;
    }
    if response.clicked() {
        state.focused = Some(place(passage));
        ui.memory_mut(|memory| memory.request_focus(id));
    }
    if response.double_clicked() {
        acts::open(cx, passage);
    }
    shown
}

fn items(cx: &Cx<'_>, passages: &Passages, look: ListLook) -> Vec<Item> {
    let written = |case: &CaseId| {
        let cell = look.summaries.map(|theme| Crossing { theme, of: Crossed::Case(*case) });
        cell.and_then(|cell| cx.study.summaries().of(&cell)).is_some_and(|own| !own.text.trim().is_empty())
    };
    let mut items = Vec::with_capacity(passages.items.len() + passages.headings.len());
    let mut last = None;
    for (at, passage) in passages.items.iter().enumerate() {
        if look.headings && last != Some(passage.heading) {
            items.push(Item::Heading(passage.heading));
            let case = passages.headings.get(passage.heading).and_then(|heading| heading.case);
            items.extend(case.filter(written).map(|case| Item::Summary(passage.heading, case)));
            last = Some(passage.heading);
        }
        items.push(Item::Passage(at));
    }
    items
}

/// The heading under which the first passage in sight stands, pushed up by the next one.
fn show_sticky(ui: &Ui, tokens: &Tokens, (passages, id): (&Passages, Id), laid: &Laid, viewport: Rect, place: Rect) {
    let Laid { items, tops, .. } = laid;
    let seen = tops.partition_point(|top| *top <= viewport.top());
    let above = items.iter().zip(tops).take(seen).rev().find_map(|(item, top)| match item {
        Item::Heading(at) => Some((*at, *top)),
        Item::Passage(_) | Item::Summary(..) => None,
    });
    let Some((above, top)) = above else { return };
    let next = items.iter().zip(tops).skip(seen).find(|(item, _)| matches!(item, Item::Heading(_))).map(|(_, top)| *top);
    let push = next.map_or(0.0, |next| (next - viewport.top() - place.height()).min(0.0));
    let rect = place.translate(vec2(0.0, push));
    // The heading itself has scrolled away; otherwise it is published where it stands.
    if top < viewport.top() {
        heading::publish(ui, id.with("sticky heading"), passages.headings.get(above), rect);
    }
    heading::show(ui, tokens, passages.headings.get(above), rect);
}
