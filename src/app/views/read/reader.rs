use eframe::egui::{CursorIcon, EventFilter, Id, Pos2, Rect, Response, Role, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

use super::blocks::{Budget, Layout, LayoutKey, Setting};
use super::drawn::Drawn;
use super::gutter::{self, Gutter};
use super::page::{Columns, Page, Shown};
use super::paint::{self, Hues};
use super::selection::{Selection, nearest};
use super::stripes::{self, Stripes, StripesTold};
use crate::app::tokens::{Tokens, Type};
use crate::study::{CoderId, CodingId, Study, ThemeId};
use crate::text::Span;

/// The id of the text, which has the focus while its keys work.
pub const READER: &str = "reader";

/// The text and where one is in it. The view is tied to a paragraph: whatever is laid out above it, nothing jumps.
#[derive(Default)]
pub struct Reader {
    layout: Layout,
    /// The block at the top of the pane, and how far the pane’s top lies below the block's.
    top: (usize, f32),
    reveal: Option<(u32, Reveal)>,
    /// Where the caret wants to be across the line, while it moves up and down.
    wanted_x: Option<f32>,
    /// The blocks on screen in the last frame, for keys that go by lines.
    shown: Vec<Shown>,
    area: Option<Rect>,
    dragging: bool,
    /// Whether page furniture is unfolded.
    pub open_furniture: bool,
}

/// How a place is brought on screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reveal {
    /// By scrolling as little as possible.
    Near,
    /// In the upper third.
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
    /// Brings byte `offset` on screen in the next frame.
    pub fn reveal(&mut self, offset: u32, how: Reveal) {
        self.reveal = Some((offset, how));
    }

    /// The first byte on screen, to come back to.
    #[must_use]
    pub fn top_offset(&self) -> u32 {
        self.layout.blocks.get(self.top.0).map_or(0, |block| block.span.start)
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

    /// The byte a line (or a page) above or below the caret.
    pub fn vertical(&mut self, text: &str, tokens: &Tokens, head: u32, forward: bool, page: bool) -> Option<u32> {
        let shown = self.shown.iter().rev().find(|shown| shown.block.span.start <= head)?;
        let caret = shown.caret(text, head)?;
        let x = *self.wanted_x.get_or_insert(caret.center().x);
        let area = self.area?;
        let step = if page { area.height() - 2.0 * shown.line } else { shown.line * 0.5 + tokens.space.half };
        let mut y = if forward { caret.bottom() + step - shown.line * 0.5 } else { caret.top() - step + shown.line * 0.5 };
        if !page {
            y = if forward { caret.bottom() + tokens.space.one } else { caret.top() - tokens.space.one };
            // Over the gap between two paragraphs.
            let next = if forward {
                self.shown.iter().find(|next| next.index > shown.index)
            } else {
                self.shown.iter().rev().find(|next| next.index < shown.index)
            };
            if forward && y > shown.bottom() {
                y = next?.at.y + tokens.space.half;
            } else if !forward && y < shown.at.y {
                y = next?.bottom() - tokens.space.half;
            }
        }
        if page {
            self.scroll(if forward { step } else { -step });
        }
        self.hit(text, pos2(x, y))
    }

    /// Forgets where the caret wanted to be across the line.
    pub const fn forget_column(&mut self) {
        self.wanted_x = None;
    }

    fn scroll(&mut self, by: f32) {
        self.top.1 += by;
    }

    /// Draws the text in what is left of `ui` and reads the mouse.
    pub fn show(&mut self, ui: &mut Ui, tokens: &Tokens, study: &Study, page: Page<'_>, marks: &Marks<'_>, selection: Selection) -> Told {
        let area = ui.available_rect_before_wrap().intersect(ui.clip_rect());
        let columns = Columns::of(tokens, area.width(), gutter::width(ui, tokens, page));
        self.fit(ui, tokens, page, columns);
        self.apply_reveal(ui, tokens, page, area);
        let response = ui.interact(area, Id::unique(READER), Sense::click_and_drag());
        if ui.rect_contains_pointer(area) {
            self.scroll(-ui.input(eframe::egui::InputState::smooth_scroll_delta).y);
        }
        self.settle(ui, tokens, page, area);
        self.place(ui, tokens, page, area, columns);
        ui.set_clip_rect(area.intersect(ui.clip_rect()));

        let mut hues = Hues::new(tokens, study);
        let told_stripes = stripes::show(
            ui,
            tokens,
            &mut hues,
            &Stripes { page, drawn: marks.drawn, shown: &self.shown, area, columns, focus: marks.focus, me: marks.me, study },
        );
        let mouse = self.read_mouse(ui, page, area, &response, selection);
        let selection = mouse.0;
        let anchor = self.paint(ui, tokens, study, page, marks, selection, (columns, area), &response, &mut hues);
        let mut folded = None;
        for shown in &self.shown {
            if gutter::fold(ui, tokens, shown) {
                folded = Some(shown.block.span.start);
            }
        }
        self.scroll_bar(ui, tokens, area, marks);
        response.widget_info(|| WidgetInfo::labeled(Role::Document, true, format!("Text of {}", page.material.source.title)));
        if response.has_focus() {
            let filter = EventFilter { tab: false, horizontal_arrows: true, vertical_arrows: true, escape: true };
            ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
        }
        Told { selection, pointed: mouse.1, clicked: mouse.2, folded, stripes: told_stripes, anchor, response }
    }

    fn fit(&mut self, ui: &Ui, tokens: &Tokens, page: Page<'_>, columns: Columns) {
        let Some(revision) = page.material.revision() else { return };
        let label = if columns.speaker.is_none() { tokens.line_height(Type::Small) } else { 0.0 };
        let key = LayoutKey {
            text: revision.text,
            geometry: revision.geometry,
            width: columns.width,
            label,
            pixels: ui.ctx().pixels_per_point(),
            open: self.open_furniture,
        };
        let offset = self.top_offset();
        if self.layout.fit(ui, tokens, key, page.text, page.geometry()) {
            // The same paragraph stays at the top, however its lines are broken now.
            self.top = (self.layout.first_at(offset), self.top.1.min(0.0));
        }
    }

    fn apply_reveal(&mut self, ui: &Ui, tokens: &Tokens, page: Page<'_>, area: Rect) {
        let Some((offset, how)) = self.reveal.take() else { return };
        let index = self.layout.block_at(offset);
        self.layout.lay_out(ui, tokens, page.text, page.geometry(), index);
        let above = self.layout.above(tokens, page.geometry(), index);
        let (Some(block), Some(galley)) = (self.layout.blocks.get(index).copied(), self.layout.galley(index).cloned()) else { return };
        let line = tokens.line_height(Type::Reading);
        let shown = Shown { index, block, at: Pos2::ZERO, galley: Some(galley), line };
        let row = shown.caret(page.text, offset).map_or(0.0, |caret| caret.top()) + above;
        let top = self.layout.tops().get(index).copied().unwrap_or(0.0) + row;
        let now = self.layout.tops().get(self.top.0).copied().unwrap_or(0.0) + self.top.1;
        let y = top - now;
        let margin = line * 1.5;
        match how {
            Reveal::Near if y >= margin && y + line + margin <= area.height() => {}
            Reveal::Near if y.abs() < area.height() * 2.0 => {
                self.scroll(if y < margin { y - margin } else { y + line + margin - area.height() });
            }
            Reveal::Near | Reveal::Third => self.top = (index, row - area.height() / 3.0),
            Reveal::Top => self.top = (index, -tokens.space.three),
        }
    }

    /// Makes the top block one that is really at the top, and stops at both ends of the text.
    fn settle(&mut self, ui: &Ui, tokens: &Tokens, page: Page<'_>, area: Rect) {
        let margin = tokens.space.four;
        let blocks = self.layout.len();
        while self.top.1 < 0.0 && self.top.0 > 0 {
            self.top.0 -= 1;
            self.layout.lay_out(ui, tokens, page.text, page.geometry(), self.top.0);
            self.top.1 += self.layout.height(self.top.0);
        }
        while self.top.0 + 1 < blocks {
            self.layout.lay_out(ui, tokens, page.text, page.geometry(), self.top.0);
            let height = self.layout.height(self.top.0);
            if self.top.1 < height {
                break;
            }
            self.top = (self.top.0 + 1, self.top.1 - height);
        }
        if self.top.0 == 0 {
            self.top.1 = self.top.1.max(-margin);
        }
        let tops = self.layout.tops();
        let end = tops.last().copied().unwrap_or(0.0);
        let now = tops.get(self.top.0).copied().unwrap_or(0.0) + self.top.1;
        let furthest = (end + margin - area.height()).max(-margin);
        if now > furthest {
            let index = tops.partition_point(|top| *top <= furthest).saturating_sub(1).min(blocks.saturating_sub(1));
            let top = tops.get(index).copied().unwrap_or(0.0);
            self.top = (index, furthest - top);
        }
    }

    /// Lays out what is on screen, as far as there is time, and remembers where it is.
    fn place(&mut self, ui: &Ui, tokens: &Tokens, page: Page<'_>, area: Rect, columns: Columns) {
        let budget = Budget::start();
        self.shown.clear();
        self.area = Some(area);
        let mut y = area.top() - self.top.1;
        let mut late = false;
        let first = self.top.0;
        let mut index = first;
        while index < self.layout.len() && y < area.bottom() {
            if index == first || budget.is_left() {
                self.layout.lay_out(ui, tokens, page.text, page.geometry(), index);
            }
            let galley = self.layout.galley(index).cloned();
            late |= galley.is_none();
            let Some(block) = self.layout.blocks.get(index).copied() else { break };
            let Some(paragraph) = page.geometry().paragraphs().get(block.paragraph) else { break };
            let setting = Setting::of(tokens, paragraph);
            let above = self.layout.above(tokens, page.geometry(), index);
            let at = pos2(area.left() + columns.text + setting.indent, y + above);
            self.shown.push(Shown { index, block, at, galley, line: setting.line });
            y += self.layout.height(index);
            index += 1;
        }
        self.layout.forget_beyond(&(first..index));
        if late {
            ui.ctx().request_repaint();
        }
    }

    /// The selection after this frame's mouse, whether the mouse set it, and whether it was a mere click.
    fn read_mouse(&mut self, ui: &Ui, page: Page<'_>, area: Rect, response: &Response, before: Selection) -> (Selection, bool, bool) {
        let geometry = page.geometry();
        if response.hovered() && ui.input(|input| input.pointer.hover_pos()).is_some_and(|pos| self.is_over_words(pos)) {
            ui.ctx().set_cursor_icon(CursorIcon::Text);
        }
        let Some(pos) = response.interact_pointer_pos() else {
            self.dragging = false;
            return (before, false, false);
        };
        let Some(offset) = self.hit(page.text, pos).map(|offset| nearest(geometry, offset)) else { return (before, false, false) };
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
            self.dragging = true;
            let extend = ui.input(|input| input.modifiers.shift);
            return (before.led_to(offset, extend), true, false);
        }
        if self.dragging && response.dragged_by(eframe::egui::PointerButton::Primary) {
            let beyond = if pos.y < area.top() { pos.y - area.top() } else { (pos.y - area.bottom()).max(0.0) };
            if beyond != 0.0 {
                self.scroll(beyond.clamp(-area.height(), area.height()) * 0.2);
                ui.ctx().request_repaint();
            }
            return (before.led_to(offset, true), true, false);
        }
        if response.secondary_clicked() {
            response.request_focus();
            let inside = before.span().contains(offset);
            return if inside { (before, false, false) } else { (Selection::caret(offset), true, true) };
        }
        (before, false, response.clicked())
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
            let plain = unselected && unfound && !marks.drawn.stripes.iter().any(|stripe| stripe.span.overlaps(shown.block.span));
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

    /// The thumb, and ticks where words were found.
    fn scroll_bar(&mut self, ui: &mut Ui, tokens: &Tokens, area: Rect, marks: &Marks<'_>) {
        let total = self.layout.tops().last().copied().unwrap_or(0.0) + 2.0 * tokens.space.four;
        let width = tokens.space.one + tokens.space.half;
        let groove = Rect::from_min_max(pos2(area.right() - width - tokens.stroke.bracket_focused, area.top()), area.right_bottom());
        let scale = area.height() / total.max(1.0);
        let mut drawn = f32::MIN;
        for span in marks.found {
            let index = self.layout.block_at(span.start);
            let top = self.layout.tops().get(index).copied().unwrap_or(0.0);
            let y = area.top() + (top + tokens.space.four) * scale;
            // Ticks nearer than their own height are one.
            if y - drawn >= tokens.stroke.bracket {
                ui.painter().hline(groove.left()..=groove.right(), y, Stroke::new(tokens.stroke.bracket, tokens.colour.notice_mark));
                drawn = y;
            }
        }
        if total <= area.height() {
            return;
        }
        let now = self.layout.tops().get(self.top.0).copied().unwrap_or(0.0) + self.top.1 + tokens.space.four;
        let height = (area.height() * scale).max(tokens.space.eight);
        let travel = area.height() - height;
        let top = area.top() + travel * (now / (total - area.height()).max(1.0)).clamp(0.0, 1.0);
        let thumb = Rect::from_min_size(pos2(groove.left(), top), vec2(width, height));
        let response = ui.interact(thumb.expand2(vec2(tokens.space.half, 0.0)), Id::unique("reader scroll"), Sense::drag());
        response.widget_info(|| WidgetInfo::labeled(Role::ScrollBar, true, "Place in the text"));
        let hot = response.hovered() || response.dragged() || ui.rect_contains_pointer(area);
        if hot {
            ui.painter().rect_filled(thumb, width / 2.0, tokens.colour.scroll_thumb);
        }
        if response.dragged() && travel > 0.0 {
            let by = response.drag_delta().y * (total - area.height()) / travel;
            let target = (now - tokens.space.four + by).max(-tokens.space.four);
            let tops = self.layout.tops();
            let index = tops.partition_point(|top| *top <= target).saturating_sub(1).min(tops.len().saturating_sub(2));
            let top = tops.get(index).copied().unwrap_or(0.0);
            self.top = (index, target - top);
        }
    }
}
