use eframe::egui;
use std::sync::Arc;

use eframe::egui::text::{LayoutJob, TextFormat, TextWrapping};
use eframe::egui::{Align2, Color32, FontId, Galley, Painter, Pos2, Rect, Response, RichText, Ui};

use crate::app::tokens::{Tokens, Type};

/// A label. Long ones wrap.
pub fn words(ui: &mut Ui, tokens: &Tokens, kind: Type, colour: Color32, text: impl Into<String>) -> Response {
    ui.add(egui::Label::new(RichText::new(text.into()).font(tokens.font(kind)).line_height(Some(tokens.line_height(kind))).color(colour)))
}

/// One line of text, cut with "…" at `width`.
pub fn elided(painter: &Painter, text: &str, font: FontId, colour: Color32, width: f32) -> Arc<Galley> {
    let mut job = LayoutJob::single_section(text.to_owned(), TextFormat::simple(font, colour));
    job.wrap = TextWrapping { max_rows: 1, break_anywhere: true, ..TextWrapping::wrap_at_width(width.max(0.0)) };
    job.break_on_newline = false;
    painter.layout_job(job)
}

/// Paints words at `pos`, aligned; returns where they are.
pub fn paint_words(painter: &Painter, pos: Pos2, align: Align2, text: impl ToString, font: FontId, colour: Color32) -> Rect {
    painter.text(pos, align, text, font, colour)
}

/// Paints one line from `left` to at most `right`, centred on `y`; returns where its words end.
pub fn paint_elided(painter: &Painter, left: f32, right: f32, y: f32, text: &str, font: FontId, colour: Color32) -> f32 {
    let galley = elided(painter, text, font, colour, right - left);
    let end = left + galley.size().x;
    painter.galley(Pos2::new(left, y - galley.size().y / 2.0), galley, colour);
    end
}
