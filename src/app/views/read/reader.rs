use eframe::egui::{CursorIcon, EventFilter, Id, Pos2, Rect, Response, Role, Sense, Ui, WidgetInfo, pos2};

use super::blocks::{Budget, Layout};
use super::carried::{Carried, carry};
use super::drawn::Drawn;
use super::gutter::{self, Gutter};
use super::page::{Columns, Page, Shown};
use super::paint::{self, Hues};
use super::selection::{Grain, Selection, nearest, whole_character};
use super::stripes::{self, Stripes, StripesTold};
use crate::app::tokens::Tokens;
use crate::study::{CoderId, CodingId, Study, ThemeId};
use crate::text::{BlobId, Span};

/// The id of the text, which has the focus while its keys work.
pub const READER: &str = "reader";

/// The text and where one is in it. The view is tied to a paragraph: whatever is laid out above it, nothing jumps.
#[derive(Default)]
pub struct Reader {
    pub(super) layout: Layout,
    /// The block at the top of the pane, and how far the pane’s top lies below the block's.
    pub(super) top: (usize, f32),
    pub(super) reveal: Option<(Span, Reveal)>,
    /// The line that one looked at in the last frame, and the one that has to stand where it stood.
    pub(super) line: Option<Held>,
    pub(super) held: Option<Held>,
    /// Where the caret wants to be across the line, while it moves up and down.
    wanted_x: Option<f32>,
    /// The blocks on screen in the last frame, for keys that go by lines.
    pub(super) shown: Vec<Shown>,
    pub(super) area: Option<Rect>,
    /// What the mouse selects while it is held: from where on, and what at a time.
    drag: Option<(Span, Grain)>,
    /// Whether the mouse holds the selected words, which can be carried on to a theme.
    held_words: bool,
    /// Where the stripes begin, across the window.
    stripes_from: f32,
    /// The last press, to tell the second and the third at one place.
    press: Option<Press>,
    /// How wide the speakers are in which text, at how many pixels a point.
    pub(super) gutter: Option<(BlobId, f32, f32)>,
    /// Whether page furniture is unfolded.
    pub open_furniture: bool,
}

/// Where one is and what is selected, for those who hear it.
fn place_in_words(page: Page<'_>, selection: Selection) -> String {
    let geometry = page.geometry();
    let paragraph = geometry.paragraph_at(selection.head).map_or(1, |index| index + 1);
    let place = format!("Paragraph {paragraph} of {}", geometry.paragraphs().len());
    let selected = selection.span().slice(page.text);
    if selected.is_empty() { place } else { format!("{place}, selected: {selected}") }
}

/// How many characters of words are shown beside the pointer that carries them.
const TAG: usize = 60;

/// Whether `offset` lies in selected words, not at their edges, where one goes on selecting.
const fn within(selected: Span, offset: u32) -> bool {
    selected.start < offset && offset < selected.end
}

/// A press of the mouse, and how many at its place came right before it.
#[derive(Clone, Copy)]
struct Press {
    at: Pos2,
    time: f64,
    count: u8,
}

/// A line and where it stands, so that it can stand there again.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Held {
    /// A byte in the line.
    pub(super) offset: u32,
    /// From the top of the pane to the top of the line, in points.
    pub(super) below: f32,
}

/// How a place is brought on screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reveal {
    /// By scrolling as little as possible.
    Near,
    /// In the upper third, unless it is on screen.
    Third,
    /// At the top.
    Top,
}

/// What the reader draws besides the words.
pub struct Marks<'a> {
    /// The codings.
    pub drawn: &'a Drawn,
    /// The coding in focus.
    pub focus: Option<CodingId>,
    /// The passage to be lit: of the coding under the pointer, else of the one in focus.
    pub lit: Option<(ThemeId, Span)>,
    /// A boundary that is being dragged, to be shown as it would be.
    pub dragged: Option<Span>,
    /// Found words, and which of them one is at.
    pub found: &'a [Span],
    /// The current one of the found words.
    pub current: Option<usize>,
    /// Who reads.
    pub me: Option<CoderId>,
}

/// What was done in the text.
pub struct Told {
    /// The whole pane.
    pub response: Response,
    /// The selection as it is now.
    pub selection: Selection,
    /// Whether the mouse has set it.
    pub pointed: bool,
    /// Whether it was a click without a drag.
    pub clicked: bool,
    /// The byte at which furniture begins whose fold was clicked.
    pub folded: Option<u32>,
    /// What the stripes told.
    pub stripes: StripesTold,
    /// First line of the selection, where a popup can point to.
    pub anchor: Option<Rect>,
}

impl Reader {
    /// Brings words on screen in the next frame: their first line, and the others as far as there is room for them.
    pub fn reveal(&mut self, words: Span, how: Reveal) {
        self.reveal = Some((words, how));
    }

    /// The same for a caret at byte `offset`.
    pub fn reveal_caret(&mut self, offset: u32, how: Reveal) {
        self.reveal(Span::new(offset, offset), how);
    }

    /// Leaves the text for another one; returns the line to come back to.
    pub fn leave(&mut self) -> Option<Held> {
        (self.top, self.reveal, self.held, self.open_furniture) = ((0, 0.0), None, None, false);
        self.line.take()
    }

    /// Lets a line stand where it stood.
    pub const fn hold(&mut self, line: Held) {
        self.held = Some(line);
    }

    /// Whether any word of a passage is on screen.
    #[must_use]
    pub fn shows(&self, passage: Span) -> bool {
        self.shown.iter().any(|shown| shown.block.span.overlaps(passage))
    }

    /// Whether the line of a caret at byte `offset` is on screen.
    #[must_use]
    pub fn shows_caret(&self, text: &str, offset: u32) -> bool {
        self.caret_on_screen(text, offset).is_some()
    }

    /// Whether byte `offset` lies in furniture that is folded.
    #[must_use]
    pub fn is_folded(&self, offset: u32) -> bool {
        self.layout.blocks.get(self.layout.block_at(offset)).is_some_and(|block| block.is_folded() && offset <= block.span.end)
    }

    /// `offset`, or, inside of a fold, the next place that is shown.
    #[must_use]
    pub fn outside_fold(&self, offset: u32, forward: bool) -> u32 {
        let index = self.layout.block_at(offset);
        let Some(block) = self.layout.blocks.get(index).filter(|block| self.is_folded(offset) && offset > block.span.start) else {
            return offset;
        };
        let next = self.layout.blocks.get(index + 1).filter(|_| forward);
        next.unwrap_or(block).span.start
    }

    /// The byte at a point of the pane.
    #[must_use]
    pub fn hit(&self, text: &str, pos: Pos2) -> Option<u32> {
        let shown = self.shown.iter().take_while(|shown| shown.at.y <= pos.y).last().or(self.shown.first())?;
        // Below the last line of a block, the nearer of the two blocks.
        let next = self.shown.iter().find(|other| other.index == shown.index + 1);
        let shown = next.filter(|next| next.at.y - pos.y < pos.y - shown.bottom()).unwrap_or(shown);
        shown.hit(text, pos2(pos.x, pos.y.clamp(shown.at.y, shown.bottom() - 1.0)))
    }

    /// The byte a line above or below the caret; the text's end where there is none. Nothing while the caret is off screen.
    pub fn line_from(&mut self, text: &str, tokens: &Tokens, head: u32, forward: bool) -> Option<u32> {
        let (shown, caret) = self.caret_on_screen(text, head)?;
        let y = if forward { caret.bottom() + tokens.space.one } else { caret.top() - tokens.space.one };
        let leaves = if forward { y > shown.bottom() } else { y < shown.at.y };
        let x = self.wanted_x.unwrap_or_else(|| caret.center().x);
        let found = if leaves {
            // Over the gap between two paragraphs.
            let index = if forward { Some(shown.index + 1) } else { shown.index.checked_sub(1) };
            let next = self.shown.iter().find(|next| Some(next.index) == index && next.galley.is_some());
            let block = next.map_or_else(|| index.and_then(|index| self.layout.blocks.get(index)), |_| None);
            match (next, block, forward) {
                (Some(next), _, true) => next.hit(text, pos2(x, next.at.y + tokens.space.half)),
                (Some(next), _, false) => next.hit(text, pos2(x, next.bottom() - tokens.space.half)),
                (None, Some(block), true) => Some(block.span.start),
                (None, Some(block), false) => Some(block.span.end),
                (None, None, true) => Some(shown.block.span.end),
                (None, None, false) => Some(shown.block.span.start),
            }
        } else {
            shown.hit(text, pos2(x, y))
        };
        self.wanted_x = Some(x);
        found
    }

    /// The byte a page above or below the caret, which is scrolled to. Nothing while the caret is off screen.
    pub fn page_from(&mut self, text: &str, head: u32, forward: bool) -> Option<u32> {
        let (shown, caret) = self.caret_on_screen(text, head)?;
        let step = self.area?.height() - 2.0 * shown.line;
        let step = if forward { step } else { -step };
        let x = self.wanted_x.unwrap_or_else(|| caret.center().x);
        self.wanted_x = Some(x);
        let found = self.hit(text, pos2(x, caret.center().y + step));
        self.scroll(step);
        found
    }

    fn caret_on_screen(&self, text: &str, head: u32) -> Option<(&Shown, Rect)> {
        let area = self.area?;
        let shown = self.shown.iter().rev().find(|shown| shown.block.span.start <= head && head <= shown.block.span.end)?;
        let caret = shown.caret(text, head).filter(|caret| caret.bottom() > area.top() && caret.top() < area.bottom())?;
        Some((shown, caret))
    }

    /// Scrolls while something is dragged beyond the edge of the pane, the faster the further.
    pub fn scroll_beyond(&mut self, ui: &Ui, pos: Pos2) {
        const PER_SECOND: f32 = 12.0;
        let Some(area) = self.area else { return };
        let beyond = if pos.y < area.top() { pos.y - area.top() } else { (pos.y - area.bottom()).max(0.0) };
        if beyond != 0.0 {
            let seconds = ui.input(|input| input.stable_dt);
            self.scroll(beyond.clamp(-area.height(), area.height()) * PER_SECOND * seconds);
            ui.ctx().request_repaint();
        }
    }

    /// Forgets where the caret wanted to be across the line.
    pub const fn forget_column(&mut self) {
        self.wanted_x = None;
    }

    pub(super) fn scroll(&mut self, by: f32) {
        self.top.1 += by;
    }

    /// Draws the text in what is left of `ui` and reads the mouse.
    pub fn show(&mut self, ui: &mut Ui, tokens: &Tokens, study: &Study, page: Page<'_>, marks: &Marks<'_>, selection: Selection) -> Told {
        let area = ui.available_rect_before_wrap().intersect(ui.clip_rect());
        let columns = Columns::of(tokens, area.width(), self.gutter_width(ui, tokens, page));
        self.stripes_from = area.left() + columns.stripes;
        self.fit(ui, tokens, page, columns);
        self.apply_hold(ui, tokens, page, area);
        self.apply_reveal(ui, tokens, page, area);
        let budget = Budget::start();
        let response = ui.interact(area, Id::unique(READER), Sense::click_and_drag());
        if ui.rect_contains_pointer(area) {
            self.scroll(-ui.input(eframe::egui::InputState::smooth_scroll_delta).y);
        }
        self.settle(ui, tokens, page, area, &budget);
        self.place(ui, tokens, page, area, columns, &budget);
        self.line = self.line_looked_at(page, area, selection.head);
        ui.set_clip_rect(area.intersect(ui.clip_rect()));

        let mut hues = Hues::new(tokens, study);
        let told_stripes = stripes::show(
            ui,
            tokens,
            &mut hues,
            &Stripes { page, drawn: marks.drawn, shown: &self.shown, area, columns, focus: marks.focus, me: marks.me, study },
        );
        let asked = self.shown.iter().find(|shown| gutter::is_asked_for(ui, shown)).map(|shown| shown.block.span.start);
        let mouse = match asked {
            Some(start) => {
                response.request_focus();
                (Selection::caret(start), true, true)
            }
            None => self.read_mouse(ui, tokens, page, &response, selection),
        };
        let selection = mouse.0;
        let anchor = self.paint(ui, tokens, study, page, marks, selection, (columns, area), &response, &mut hues);
        let mut folded = None;
        for shown in &self.shown {
            if gutter::fold(ui, tokens, shown) {
                folded = Some(shown.block.span.start);
            }
        }
        self.scroll_bar(ui, tokens, area, marks);
        response.widget_info(|| {
            let name = format!("Text of {}", page.material.source.title);
            WidgetInfo { current_text_value: Some(place_in_words(page, selection)), ..WidgetInfo::labeled(Role::Document, true, name) }
        });
        if response.has_focus() {
            let filter = EventFilter { tab: false, horizontal_arrows: true, vertical_arrows: true, escape: true };
            ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
        }
        Told { selection, pointed: mouse.1, clicked: mouse.2, folded, stripes: told_stripes, anchor, response }
    }

    /// The selection after this frame's mouse, whether the mouse set it, and whether it was a mere click.
    fn read_mouse(&mut self, ui: &Ui, tokens: &Tokens, page: Page<'_>, response: &Response, before: Selection) -> (Selection, bool, bool) {
        let geometry = page.geometry();
        let over = ui.input(|input| input.pointer.hover_pos()).filter(|pos| response.hovered() && self.is_over_words(*pos));
        if let Some(pos) = over {
            let on_selected = self.hit(page.text, pos).is_some_and(|offset| within(before.span(), offset));
            ui.ctx().set_cursor_icon(if on_selected { CursorIcon::Grab } else { CursorIcon::Text });
        }
        let Some(pos) = response.interact_pointer_pos() else {
            (self.drag, self.held_words) = (None, false);
            return (before, false, false);
        };
        let Some(offset) = self.hit(page.text, pos).map(|offset| nearest(geometry, whole_character(page.text, offset))) else {
            return (before, false, false);
        };
        // Looked at before the press: on a slow machine both can come in one frame.
        if response.triple_clicked() {
            return (Selection::sentence(page.text, geometry, offset).unwrap_or(before), true, false);
        }
        if response.double_clicked() {
            return (Selection::word(page.text, geometry, offset).unwrap_or(before), true, false);
        }
        let pressed = ui.input(|input| input.pointer.primary_pressed());
        if pressed {
            response.request_focus();
            self.forget_column();
            let extend = ui.input(|input| input.modifiers.shift);
            let grain = self.grain_of_press(ui, pos, extend);
            let on_selected = within(before.span(), offset) && self.is_over_words(pos);
            self.held_words = on_selected && grain == Grain::Character && !extend;
            if self.held_words && !response.clicked() {
                return (before, false, false);
            }
            let selected = match grain {
                Grain::Character => before.led_to(offset, extend),
                _ => Selection::at(page.text, geometry, offset, grain).unwrap_or(before),
            };
            let first = if extend { Selection::caret(before.anchor) } else { selected };
            self.drag = Some((first.span(), grain));
            return (selected, true, false);
        }
        if self.held_words {
            let selected = before.span();
            let says: String = selected.slice(page.text).chars().take(TAG).collect();
            carry(ui, tokens, response, Carried::Words(selected), &says.replace('\n', " "));
            return if response.clicked() { (Selection::caret(offset), true, true) } else { (before, false, false) };
        }
        if let Some((first, grain)) = self.drag.filter(|_| response.dragged_by(eframe::egui::PointerButton::Primary)) {
            self.scroll_beyond(ui, pos);
            let here = Selection::at(page.text, geometry, offset, grain).unwrap_or(before);
            return (Selection::dragged(first, here.span()), true, false);
        }
        if response.secondary_clicked() {
            response.request_focus();
            let inside = before.span().contains(offset);
            return if inside { (before, false, false) } else { (Selection::caret(offset), true, true) };
        }
        (before, false, response.clicked())
    }

    /// What this press selects: the second at one place words, the third sentences.
    fn grain_of_press(&mut self, ui: &Ui, at: Pos2, extend: bool) -> Grain {
        let (time, options) = (ui.input(|input| input.time), ui.ctx().options(|options| options.input_options));
        let near =
            |last: &Press| time - last.time <= options.max_double_click_delay && last.at.distance(at) <= options.max_click_dist && !extend;
        let count = self.press.as_ref().filter(|last| near(last)).map_or(1, |last| last.count.saturating_add(1));
        self.press = Some(Press { at, time, count });
        match count {
            1 => Grain::Character,
            2 => Grain::Word,
            _ => Grain::Sentence,
        }
    }

    /// The byte under a point of the text; none over the stripes or outside of the pane.
    #[must_use]
    pub fn byte_under(&self, text: &str, pos: Pos2) -> Option<u32> {
        let inside = self.area.is_some_and(|area| area.contains(pos)) && pos.x < self.stripes_from;
        if inside { self.hit(text, pos) } else { None }
    }

    fn is_over_words(&self, pos: Pos2) -> bool {
        self.shown.iter().any(|shown| {
            let width = shown.galley.as_ref().map_or(0.0, |galley| galley.size().x);
            Rect::from_min_max(shown.at, pos2(shown.at.x + width, shown.bottom())).contains(pos)
        })
    }

    #[expect(clippy::too_many_arguments, reason = "everything that is painted at once")]
    fn paint(
        &self,
        ui: &Ui,
        tokens: &Tokens,
        study: &Study,
        page: Page<'_>,
        marks: &Marks<'_>,
        selection: Selection,
        (columns, area): (Columns, Rect),
        response: &Response,
        hues: &mut Hues<'_>,
    ) -> Option<Rect> {
        let painter = ui.painter();
        let selected = selection.span();
        let current = page.geometry().paragraph_at(selection.head);
        let mut outline = Vec::new();
        let gutter = Gutter { tokens, study, page, columns, area };
        for shown in &self.shown {
            if shown.block.fold.is_some() {
                continue;
            }
            gutter.show(ui, shown, current == Some(shown.block.paragraph));
            paint::tints(painter, hues, marks.drawn, shown, page.text, marks.lit);
            let first = marks.found.partition_point(|span| span.end <= shown.block.span.start);
            for (index, span) in marks.found.iter().enumerate().skip(first).take_while(|(_, span)| span.start < shown.block.span.end) {
                paint::found(painter, tokens, shown, page.text, *span, marks.current == Some(index));
            }
            let chosen = if let Some(dragged) = marks.dragged { dragged } else { selected };
            let pieces = shown.pieces(page.text, chosen);
            paint::selection_fill(painter, tokens, &pieces);
            let unselected = pieces.is_empty();
            outline.extend(pieces);
            let unfound = marks.found.get(first).is_none_or(|span| span.start >= shown.block.span.end);
            let plain = unselected && unfound && !marks.drawn.is_coded(shown.block.span);
            gutter::words(ui, tokens, page, shown, plain);
            gutter::read_out(ui, page, shown);
        }
        paint::selection_outline(painter, tokens, &outline);
        let head = self.shown.iter().rev().find(|shown| shown.block.span.start <= selection.head && selection.head <= shown.block.span.end);
        let caret = head.and_then(|shown| shown.caret(page.text, selection.head));
        if let Some(caret) = caret.filter(|_| response.has_focus()) {
            paint::caret(painter, tokens, caret);
        }
        outline
            .iter()
            .map(|piece| piece.rect)
            .reduce(|one, other| {
                if other.bottom() > one.bottom() {
                    Rect::from_min_max(pos2(one.left().min(other.left()), one.top()), pos2(one.right().max(other.right()), other.bottom()))
                } else {
                    one
                }
            })
            .or(caret)
    }
}
