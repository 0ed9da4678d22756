use eframe::egui::{Id, Pos2, Rect, Role, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

use super::blocks::{Budget, LayoutKey, Setting};
use super::gutter;
use super::page::{Columns, Page, Shown};
use super::reader::{Held, Marks, Reader, Reveal};
use crate::app::tokens::{Tokens, Type};
use crate::text::Span;

/// How many lines stay between a place that is scrolled to and the edge.
const MARGIN: f32 = 1.5;

/// Where in the text the reader stands, and what is laid out for it.
impl Reader {
    pub(super) fn fit(&mut self, ui: &Ui, tokens: &Tokens, page: Page<'_>, columns: Columns) {
        let Some(revision) = page.material.revision() else { return };
        let label = if columns.speaker.is_none() { tokens.line_height(Type::Small) } else { 0.0 };
        let key = LayoutKey {
            text: revision.text,
            geometry: revision.geometry,
            width: columns.width,
            label,
            size: tokens.font(Type::Reading).size,
            pixels: ui.ctx().pixels_per_point(),
            open: self.open_furniture,
        };
        if self.layout.fit(ui, tokens, key, page.text, page.geometry()) {
            // The same line stays where it is, however the lines are broken now.
            self.held = self.held.or(self.line);
        }
    }

    /// How wide the speakers are; measured once a text.
    pub(super) fn gutter_width(&mut self, ui: &Ui, tokens: &Tokens, page: Page<'_>) -> f32 {
        let Some(revision) = page.material.revision() else { return 0.0 };
        let (text, pixels) = (revision.geometry, ui.ctx().pixels_per_point());
        match self.gutter {
            Some((of, at, width)) if (of, at) == (text, pixels) => width,
            _ => {
                let width = gutter::width(ui, tokens, page);
                self.gutter = Some((text, pixels, width));
                width
            }
        }
    }

    /// Lets the line stand that has to; without one, what stood below a box that came or went stays where it was.
    pub(super) fn apply_hold(&mut self, ui: &Ui, tokens: &Tokens, page: Page<'_>, area: Rect) {
        if let Some(held) = self.held.take() {
            if let Some((index, row)) = self.row_of(ui, tokens, page, held.offset) {
                // A pane that is less high now still shows the line.
                let most = (area.height() - 2.0 * tokens.line_height(Type::Reading)).max(0.0);
                self.top = (index, row - held.below.min(most));
            }
        } else if let Some(before) = self.area {
            self.scroll(area.top() - before.top());
        }
    }

    /// The block that holds byte `offset`, and from its top to the top of the line.
    fn row_of(&mut self, ui: &Ui, tokens: &Tokens, page: Page<'_>, offset: u32) -> Option<(usize, f32)> {
        let index = self.layout.first_at(offset);
        self.layout.lay_out(ui, tokens, page.text, page.geometry(), index);
        let above = self.layout.above(tokens, page.geometry(), index);
        let (block, galley) = (*self.layout.blocks.get(index)?, self.layout.galley(index)?.clone());
        let shown = Shown { index, block, at: Pos2::ZERO, galley: Some(galley), line: tokens.line_height(Type::Reading) };
        Some((index, shown.caret(page.text, offset).map_or(0.0, |caret| caret.top()) + above))
    }

    /// The line that the analyst looks at: the caret's while it is on screen, else the first one.
    pub(super) fn line_looked_at(&self, page: Page<'_>, area: Rect, head: u32) -> Option<Held> {
        let inside = |line: &Rect| line.top() >= area.top() && line.bottom() <= area.bottom();
        let at = |offset: u32, line: Rect| Held { offset, below: line.top() - area.top() };
        let caret = self.shown.iter().rev().find(|shown| shown.block.span.start <= head && head <= shown.block.span.end);
        if let Some(line) = caret.and_then(|shown| shown.caret(page.text, head)).filter(inside) {
            return Some(at(head, line));
        }
        let first = self.shown.first()?;
        let offset = first.hit(page.text, pos2(first.at.x, area.top().max(first.at.y) + 1.0))?;
        Some(at(offset, first.caret(page.text, offset)?))
    }

    pub(super) fn apply_reveal(&mut self, ui: &Ui, tokens: &Tokens, page: Page<'_>, area: Rect) {
        let Some((words, how)) = self.reveal.take() else { return };
        let last = if words.is_empty() { None } else { self.row_of(ui, tokens, page, words.end) };
        let Some((index, row)) = self.row_of(ui, tokens, page, words.start) else { return };
        let line = tokens.line_height(Type::Reading);
        let y_of = |tops: &[f32], (index, row): (usize, f32)| tops.get(index).copied().unwrap_or(0.0) + row;
        let now = y_of(self.layout.tops(), self.top);
        let y = y_of(self.layout.tops(), (index, row)) - now;
        let margin = line * MARGIN;
        // Of a long passage the beginning is what one wants to read.
        let lowest = last.map_or(y, |last| y_of(self.layout.tops(), last) - now).clamp(y, y + (area.height() / 2.0).max(line));
        let bottom = lowest + line;
        match how {
            Reveal::Near if y >= margin && bottom + margin <= area.height() => {}
            Reveal::Near if y.abs() < area.height() * 2.0 => {
                self.scroll(if y < margin { y - margin } else { (bottom + margin - area.height()).min(y - margin) });
            }
            Reveal::Third if y >= 0.0 && bottom <= area.height() => {}
            Reveal::Near | Reveal::Third => self.top = (index, row - area.height() / 3.0),
            Reveal::Top => self.top = (index, -tokens.space.three),
        }
    }

    /// Makes the top block one that is really at the top, and stops at both ends of the text.
    pub(super) fn settle(&mut self, ui: &Ui, tokens: &Tokens, page: Page<'_>, area: Rect, budget: &Budget) {
        let margin = tokens.space.four;
        let blocks = self.layout.len();
        while self.top.1 < 0.0 && self.top.0 > 0 {
            self.top.0 -= 1;
            // Never an estimate: what stands between the top and the line that is held decides where that line stands.
            self.layout.lay_out(ui, tokens, page.text, page.geometry(), self.top.0);
            self.top.1 += self.layout.height(self.top.0);
        }
        while self.top.0 + 1 < blocks {
            self.lay_out_in_time(ui, tokens, page, self.top.0, budget);
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

    /// Lays out a block while there is time in this frame; after that its height stays an estimate.
    fn lay_out_in_time(&mut self, ui: &Ui, tokens: &Tokens, page: Page<'_>, index: usize, budget: &Budget) {
        if budget.is_left() {
            self.layout.lay_out(ui, tokens, page.text, page.geometry(), index);
        }
    }

    /// Lays out what is on screen, as far as there is time, and remembers where it is.
    pub(super) fn place(&mut self, ui: &Ui, tokens: &Tokens, page: Page<'_>, area: Rect, columns: Columns, budget: &Budget) {
        self.shown.clear();
        self.area = Some(area);
        let mut y = area.top() - self.top.1;
        let mut late = false;
        let first = self.top.0;
        let mut index = first;
        while index < self.layout.len() && y < area.bottom() {
            if index == first {
                self.layout.lay_out(ui, tokens, page.text, page.geometry(), index);
            } else {
                self.lay_out_in_time(ui, tokens, page, index, budget);
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

    /// The thumb, and ticks where words were found.
    pub(super) fn scroll_bar(&mut self, ui: &mut Ui, tokens: &Tokens, area: Rect, marks: &Marks<'_>) {
        let total = self.layout.tops().last().copied().unwrap_or(0.0) + 2.0 * tokens.space.four;
        let width = tokens.space.one + tokens.space.half;
        let groove = Rect::from_min_max(pos2(area.right() - width - tokens.stroke.bracket_focused, area.top()), area.right_bottom());
        let scale = area.height() / total.max(1.0);
        self.ticks(ui, tokens, groove, scale, marks.found);
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
    /// A tick for each place where words were found; ticks nearer than their own height are one.
    fn ticks(&mut self, ui: &Ui, tokens: &Tokens, groove: Rect, scale: f32, found: &[Span]) {
        let high = tokens.stroke.bracket;
        let mut next = 0;
        while let Some(span) = found.get(next) {
            let block = self.layout.block_at(span.start);
            let tops = self.layout.tops();
            let top = tops.get(block).copied().unwrap_or(0.0);
            let y = groove.top() + (top + tokens.space.four) * scale;
            ui.painter().hline(groove.left()..=groove.right(), y, Stroke::new(high, tokens.colour.find_tick));
            let beyond = tops.partition_point(|other| *other < top + high / scale).max(block + 1);
            let from = self.layout.blocks.get(beyond).map_or(u32::MAX, |block| block.span.start);
            next = found.partition_point(|span| span.start < from).max(next + 1);
        }
    }
}
