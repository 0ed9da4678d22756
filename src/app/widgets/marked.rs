use eframe::egui;
use std::ops::Range;
use std::sync::Arc;

use eframe::egui::text::{LayoutJob, TextFormat, TextWrapping};
use eframe::egui::{Color32, Galley, Painter, Pos2, Rect, pos2};

use crate::app::tokens::{Tokens, Type};
use crate::text::Span;

/// Words of a text, wrapped at `width` in at most `rows` rows, at the line height of `kind`.
pub fn reading(painter: &Painter, tokens: &Tokens, kind: Type, colour: Color32, text: &str, width: f32, rows: usize) -> Arc<Galley> {
    let format = TextFormat { line_height: Some(tokens.line_height(kind)), ..TextFormat::simple(tokens.font(kind), colour) };
    let mut job = LayoutJob::single_section(text.to_owned(), format);
    job.wrap = TextWrapping { max_rows: rows, ..TextWrapping::wrap_at_width(width) };
    painter.layout_job(job)
}

/// Paints a ground under characters of a galley that stands at `origin`.
pub fn paint_under(painter: &Painter, tokens: &Tokens, galley: &Galley, origin: Pos2, chars: Range<usize>, fill: Color32) {
    for rect in rects(galley, origin, chars) {
        let radius = Tokens::corner(tokens.radius.highlight);
        painter.rect_filled(rect.expand2(egui::vec2(tokens.stroke.hairline, 0.0)), radius, fill);
    }
}

/// Where characters of a galley stand, one rectangle a row.
fn rects(galley: &Galley, origin: Pos2, chars: Range<usize>) -> Vec<Rect> {
    let mut rects = Vec::new();
    let mut before = 0;
    for row in &galley.rows {
        let count = row.char_count_including_newline().0;
        // The space at which a row breaks lies beyond its words.
        let words = row.glyphs.iter().rposition(|glyph| !glyph.chr.is_whitespace()).map_or(0, |last| last + 1);
        let (start, end) = (chars.start.max(before), chars.end.min(before + words));
        if start < end {
            let x = |at: usize| origin.x + row.pos.x + row.x_offset((at - before).into());
            let top = origin.y + row.pos.y;
            rects.push(Rect::from_min_max(pos2(x(start), top), pos2(x(end), top + row.height())));
        }
        before += count;
    }
    rects
}

/// A span of `text` in characters.
pub fn in_chars(text: &str, span: Span) -> Range<usize> {
    let chars = |to: u32| text.get(..to as usize).map_or(0, |before| before.chars().count());
    let start = chars(span.start);
    start..start + span.slice(text).chars().count()
}
