use std::sync::Arc;

use eframe::egui::text::CCursor;
use eframe::egui::{Galley, Pos2, Rect, pos2};

use super::blocks::Block;
use crate::app::tokens::Tokens;
use crate::study::Material;
use crate::text::{Geometry, Span};

/// The text that is read.
#[derive(Clone, Copy)]
pub struct Page<'a> {
    /// The source.
    pub material: &'a Arc<Material>,
    /// Its words.
    pub text: &'a str,
}

impl<'a> Page<'a> {
    /// Its paragraphs.
    #[must_use]
    pub fn geometry(&self) -> &'a Geometry {
        &self.material.geometry
    }
}

/// What stands where across the pane, in points from its left edge.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Columns {
    /// Right edge of paragraph numbers.
    pub number: f32,
    /// Right edge of speakers; none when there is no room and they stand above their turn.
    pub speaker: Option<f32>,
    /// Left edge of the words.
    pub text: f32,
    /// Width of the words.
    pub width: f32,
    /// Left edge of the stripes.
    pub stripes: f32,
    /// Left and right edge of their labels; none when there is no room.
    pub labels: Option<(f32, f32)>,
}

/// The least share of a full line that the text has before the labels of stripes have to go.
const LEAST_LINE: f32 = 0.62;

impl Columns {
    /// Divides `width` points, where the speakers need `gutter` points.
    #[must_use]
    pub fn of(tokens: &Tokens, width: f32, gutter: f32) -> Self {
        let (space, reading) = (&tokens.space, &tokens.reading);
        let lanes = tokens.size.stripe_lane * tokens.size.stripe_lanes_before_counting + space.one + space.half;
        let number = space.one + reading.paragraph_number_width;
        let wide_text = number + space.two + gutter + space.four;
        let labels = reading.speaker_gutter_width + tokens.size.control + space.four;
        let line = reading.column_width + space.one;
        let edge = space.three;
        let least = reading.column_width * LEAST_LINE;
        let room = |text: f32, labels: f32| width - text - space.one - lanes - labels - edge;
        let (speaker, text, labels) = if room(wide_text, labels) >= least {
            (true, wide_text, labels)
        } else if room(wide_text, 0.0) >= least {
            (true, wide_text, 0.0)
        } else {
            (false, number + space.three, 0.0)
        };
        let line = room(text, labels).clamp(space.eight, line);
        // Names of themes are the first to get what is left over; the rest is shared by both sides.
        let left_over = (room(text, labels) - line).max(0.0);
        let labels = if labels > 0.0 { labels + left_over.min(tokens.reading.speaker_gutter_width) } else { 0.0 };
        let slack = (room(text, labels) - line).max(0.0) / 2.0;
        let stripes = slack + text + line + space.one;
        let label_left = stripes + lanes;
        Self {
            number: slack + number,
            speaker: speaker.then_some(slack + number + space.two + gutter),
            text: slack + text,
            width: line,
            stripes,
            labels: (labels > 0.0).then_some((label_left, label_left + labels)),
        }
    }
}

/// A block that is on screen in this frame.
pub struct Shown {
    /// Its place among the blocks.
    pub index: usize,
    /// The block.
    pub block: Block,
    /// Where its words begin.
    pub at: Pos2,
    /// Its words, laid out; none when there was no time in this frame.
    pub galley: Option<Arc<Galley>>,
    /// Height of a line.
    pub line: f32,
}

/// A part of a line.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Piece {
    /// Where it is; as high as the line.
    pub rect: Rect,
    /// Whether the passage begins in it.
    pub first: bool,
    /// Whether the passage ends in it.
    pub last: bool,
}

impl Shown {
    /// Bottom of its words.
    #[must_use]
    pub fn bottom(&self) -> f32 {
        self.at.y + self.galley.as_ref().map_or(self.line, |galley| galley.size().y)
    }

    /// The parts of lines that `span` covers in this block, without white space at ends of lines.
    #[must_use]
    pub fn pieces(&self, text: &str, span: Span) -> Vec<Piece> {
        let (Some(galley), Some(inside)) = (&self.galley, self.block.span.intersection(span)) else { return Vec::new() };
        if self.block.fold.is_some() {
            return Vec::new();
        }
        let words = self.block.span.slice(text);
        let (from, to) = (self.chars(words, inside.start), self.chars(words, inside.end));
        let mut pieces = Vec::new();
        let mut start = 0;
        for row in &galley.rows {
            let end = start + row.char_count_including_newline().0;
            if to <= start {
                break;
            }
            if from < end {
                let first = from.max(start) - start;
                let mut last = to.min(end).saturating_sub(start).min(row.glyphs.len());
                if to >= end {
                    while last > first && row.glyphs.get(last - 1).is_some_and(|glyph| glyph.chr.is_whitespace()) {
                        last -= 1;
                    }
                }
                if last > first {
                    let left = row.glyphs.get(first).map_or(0.0, |glyph| glyph.pos.x);
                    let right = row.glyphs.get(last - 1).map_or(left, eframe::egui::epaint::text::Glyph::max_x);
                    let min = self.at + row.pos.to_vec2();
                    let rect = Rect::from_min_max(pos2(min.x + left, min.y), pos2(min.x + right, min.y + row.height()));
                    let begins = span.start >= self.block.span.start && from >= start;
                    let ends = span.end <= self.block.span.end && to <= end;
                    pieces.push(Piece { rect, first: begins, last: ends });
                }
            }
            start = end;
        }
        pieces
    }

    /// The byte at a point.
    #[must_use]
    pub fn hit(&self, text: &str, pos: Pos2) -> Option<u32> {
        let galley = self.galley.as_ref()?;
        if self.block.fold.is_some() {
            return Some(self.block.span.start);
        }
        let words = self.block.span.slice(text);
        let cursor = galley.cursor_from_pos(pos - self.at);
        // Where a line is broken its end is the next line's start too; a click at the end stays before the space there.
        let broken = !cursor.prefer_next_row && starts_line(galley, cursor.index.0);
        let index = cursor.index.0 - usize::from(broken);
        let byte = words.char_indices().nth(index).map_or(words.len(), |(byte, _)| byte);
        Some(self.block.span.start + u32::try_from(byte).unwrap_or(0))
    }

    /// Where a caret before byte `offset` stands, as high as the line.
    #[must_use]
    pub fn caret(&self, text: &str, offset: u32) -> Option<Rect> {
        let galley = self.galley.as_ref()?;
        let chars = if self.block.fold.is_some() { 0 } else { self.chars(self.block.span.slice(text), offset) };
        let cursor = CCursor { prefer_next_row: true, ..CCursor::new(chars) };
        Some(galley.pos_from_cursor(cursor).translate(self.at.to_vec2()))
    }

    fn chars(&self, words: &str, offset: u32) -> usize {
        let bytes = (offset.saturating_sub(self.block.span.start) as usize).min(words.len());
        words.get(..bytes).map_or(0, |before| before.chars().count())
    }
}

/// Whether a line other than the first starts with this character.
fn starts_line(galley: &Galley, index: usize) -> bool {
    let ends = galley.rows.iter().scan(0, |end, row| {
        *end += row.char_count_including_newline().0;
        Some(*end)
    });
    ends.take(galley.rows.len().saturating_sub(1)).any(|end| end == index)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::tokens::Mode;

    #[test]
    fn columns_fit_every_width_and_give_up_labels_first() {
        let tokens = Tokens::load(Mode::Light).unwrap();
        for width in [300u16, 420, 500, 620, 844, 1400] {
            let width = f32::from(width);
            for gutter in [0.0, 10.0, tokens.reading.speaker_gutter_width] {
                let columns = Columns::of(&tokens, width, gutter);
                let right = columns.labels.map_or(columns.stripes, |(_, right)| right);
                assert!(right <= width, "{width}: {columns:?}");
                assert!(columns.width >= 200.0 || width < 400.0, "{width}: {columns:?}");
                assert!(columns.labels.is_none() || columns.speaker.is_some());
            }
        }
        let usual = Columns::of(&tokens, 844.0, tokens.reading.speaker_gutter_width);
        assert!(usual.labels.is_some() && (usual.width - 540.0).abs() < 12.0, "{usual:?}");
        let room = |columns: Columns| columns.labels.map_or(0.0, |(left, right)| right - left);
        assert!(room(Columns::of(&tokens, 844.0, 10.0)) > room(usual) + 40.0, "short speakers leave room for names of themes");
    }
}
