//! One row of the report, laid out: what was found, the words with what differs in them, what is said of them, where they stand.

use std::sync::Arc;

use eframe::egui::text::{LayoutJob, TextFormat, TextWrapping};
use eframe::egui::{Align2, Color32, Galley, Painter, Pos2, Rect, Stroke, Ui, pos2, vec2};

use super::entries::{Entry, Kind, Note};
use crate::analysis::quotes::Piece;
use crate::app::icons;
use crate::app::tokens::{Tokens, Type, family};
use crate::app::views::quotes::list::{Heights, LINES};
use crate::app::widgets::{paint_elided, paint_words, reading};

/// Where the parts of a row stand.
pub struct Laid {
    words: Option<Arc<Galley>>,
    notes: Vec<Arc<Galley>>,
    place: Option<Arc<Galley>>,
    /// How high it is, in points.
    pub height: f32,
}

impl Laid {
    /// Lays out a row that stands at `rect`; the chosen one shows all it has.
    pub fn new(painter: &Painter, tokens: &Tokens, entry: &Entry, rect: Rect, chosen: bool) -> Self {
        let colour = &tokens.colour;
        let words = quotation(painter, tokens, entry, quotation_width(tokens, rect), if chosen { usize::MAX } else { LINES });
        let (most, width) = (if chosen { usize::MAX } else { 1 }, right(tokens, rect) - left(tokens, rect));
        let line = |kind, ink, says: &str| reading(painter, tokens, kind, ink, says, width, most);
        let note = |note: &Note| line(Type::Small, if note.is_fault { colour.ink } else { colour.ink_secondary }, &note.says);
        let notes: Vec<_> = entry.notes.iter().map(note).collect();
        let place = entry.place.as_ref().map(|place| line(Type::Micro, colour.ink_tertiary, place));
        let words = Some(words).filter(|_| !entry.pieces.is_empty());
        let own = words.iter().chain(&notes).chain(&place).map(|galley| galley.size().y).sum::<f32>();
        Self { words, notes, place, height: around(tokens) + own }
    }

    /// Paints the row into the place it was laid out for; returns where its words end.
    pub fn paint(self, ui: &Ui, tokens: &Tokens, entry: &Entry, rect: Rect) -> f32 {
        let (painter, colour) = (ui.painter(), &tokens.colour);
        let (gutter, left, right) = (rect.left() + tokens.space.four, left(tokens, rect), right(tokens, rect));
        let (icon, ink) = sign(tokens, entry.of);
        let line = tokens.line_height(Type::Small);
        let mut y = rect.top() + tokens.space.two;
        let middle = y + line / 2.0;
        paint_words(painter, pos2(gutter, middle), Align2::LEFT_CENTER, icon, tokens.small_icon_font(Type::Small), ink);
        let at = pos2(right, middle);
        let at = paint_words(painter, at, Align2::RIGHT_CENTER, &entry.at, tokens.tabular(Type::Micro), colour.ink_tertiary);
        let font = tokens.font_in(Type::Small, family::INTERFACE_SEMIBOLD);
        paint_elided(painter, left, at.left() - tokens.space.two, middle, &entry.finding, font, colour.ink);
        y += line + tokens.space.half;
        if let Some(words) = self.words {
            let height = words.size().y;
            painter.galley(pos2(left, y), words, colour.ink);
            // The line under words lies at the lower edge of theirs.
            y += height + tokens.space.half;
        }
        let mut put = |galley: Arc<Galley>| {
            let at = pos2(left, y);
            y += galley.size().y;
            painter.galley(at, galley, colour.ink);
            at.y
        };
        for (galley, note) in self.notes.into_iter().zip(&entry.notes) {
            let top = put(galley);
            if note.is_fault {
                paint_fault(painter, tokens, pos2(gutter, top + line / 2.0));
            }
        }
        self.place.map(&mut put);
        y
    }
}

/// Where all that a row says begins: before it stand signs.
fn left(tokens: &Tokens, rect: Rect) -> f32 {
    rect.left() + tokens.space.four + tokens.space.five
}

/// Where it ends.
fn right(tokens: &Tokens, rect: Rect) -> f32 {
    rect.right() - tokens.space.four
}

/// How wide the words of quotations are set in rows that stand at `rect`.
pub fn quotation_width(tokens: &Tokens, rect: Rect) -> f32 {
    (right(tokens, rect) - left(tokens, rect)).min(tokens.reading.column_width).max(tokens.size.control)
}

/// How high a row is that is not chosen, by how wide its letters are: to set every one would take too long for a frame.
pub fn height(tokens: &Tokens, heights: &Heights, entry: &Entry) -> f32 {
    let words: String = entry.pieces.iter().map(Piece::words).collect();
    let words = if words.is_empty() { 0.0 } else { heights.words(&words) };
    let place = if entry.place.is_some() { tokens.line_height(Type::Micro) } else { 0.0 };
    around(tokens) + words + entry.notes.len() as f32 * tokens.line_height(Type::Small) + place
}

/// What a row has but its words, notes and place.
fn around(tokens: &Tokens) -> f32 {
    2.0 * tokens.space.two + tokens.line_height(Type::Small) + 2.0 * tokens.space.half
}

/// The words of a quotation; those that only it has are struck through, those that only the source has are underlined.
fn quotation(painter: &Painter, tokens: &Tokens, entry: &Entry, width: f32, rows: usize) -> Arc<Galley> {
    let colour = &tokens.colour;
    let plain = TextFormat {
        line_height: Some(tokens.line_height(Type::ReadingQuote)),
        ..TextFormat::simple(tokens.font(Type::ReadingQuote), colour.ink)
    };
    let struck = |format: &TextFormat| TextFormat {
        color: colour.error_ink,
        background: colour.error_fill,
        strikethrough: Stroke::new(tokens.stroke.coding_underline, colour.error_ink),
        ..format.clone()
    };
    let underlined = |format: &TextFormat| TextFormat {
        color: colour.accent,
        background: colour.accent_quiet,
        underline: Stroke::new(tokens.stroke.coding_underline, colour.accent),
        ..format.clone()
    };
    let mut job = LayoutJob::default();
    for piece in &entry.pieces {
        let format = match piece {
            Piece::Both(_) => plain.clone(),
            Piece::Quotation(_) => struck(&plain),
            Piece::Source(_) => underlined(&plain),
        };
        job.append(piece.words(), 0.0, format);
    }
    job.wrap = TextWrapping { max_rows: rows, ..TextWrapping::wrap_at_width(width) };
    painter.layout_job(job)
}

/// How the signs in the words of quotations are read, from `at` to at most `right`.
pub fn paint_legend(painter: &Painter, tokens: &Tokens, at: Pos2, right: f32) {
    let colour = &tokens.colour;
    let mut job = LayoutJob::default();
    let plain = TextFormat::simple(tokens.font(Type::Micro), colour.ink_tertiary);
    let struck = Stroke::new(tokens.stroke.hairline, colour.error_ink);
    let underlined = Stroke::new(tokens.stroke.hairline, colour.accent);
    job.append("struck through", 0.0, TextFormat { color: colour.error_ink, strikethrough: struck, ..plain.clone() });
    job.append(": report only · ", 0.0, plain.clone());
    job.append("underlined", 0.0, TextFormat { color: colour.accent, underline: underlined, ..plain.clone() });
    job.append(": source only", 0.0, plain);
    job.wrap = TextWrapping { max_rows: 1, break_anywhere: true, ..TextWrapping::wrap_at_width((right - at.x).max(0.0)) };
    let galley = painter.layout_job(job);
    painter.galley(at - vec2(0.0, galley.size().y / 2.0), galley, colour.ink_tertiary);
}

/// The sign of what was found, and its colour.
const fn sign(tokens: &Tokens, of: Kind) -> (char, Color32) {
    let colour = &tokens.colour;
    match of {
        Kind::Right(_) => (icons::CHECK, colour.success_ink),
        Kind::Faulty(_) => (icons::TRIANGLE_ALERT, colour.error_ink),
        Kind::OfFile => (icons::TRIANGLE_ALERT, colour.ink_secondary),
        Kind::Differs(_) => (icons::GIT_COMPARE, colour.error_ink),
        Kind::NotFound(_) => (icons::CIRCLE_X, colour.error_ink),
        Kind::Skipped(_) => (icons::MINUS, colour.ink_tertiary),
    }
}

/// Before a note that tells a fault.
fn paint_fault(painter: &Painter, tokens: &Tokens, at: Pos2) {
    let font = tokens.small_icon_font(Type::Micro);
    paint_words(painter, at, Align2::LEFT_CENTER, icons::TRIANGLE_ALERT, font, tokens.colour.error_ink);
}
