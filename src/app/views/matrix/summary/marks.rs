use eframe::egui::text::{LayoutJob, TextFormat};

use crate::app::tokens::{Tokens, Type, family};
use crate::study::{Meant, pieces};

/// The words of a summary as they are shown.
#[must_use]
pub fn layout(tokens: &Tokens, text: &str, width: f32) -> LayoutJob {
    let mut job = LayoutJob::default();
    job.wrap.max_width = width;
    for (meant, piece) in pieces(text) {
        let (family, ink, italics) = match meant {
            Meant::Plain => (family::INTERFACE, tokens.colour.ink, false),
            Meant::Bold => (family::INTERFACE_SEMIBOLD, tokens.colour.ink, false),
            Meant::Said => (family::READING, tokens.colour.ink, false),
            Meant::Comment => (family::INTERFACE, tokens.colour.ink_secondary, true),
            Meant::Cited(_) => (family::INTERFACE_MEDIUM, tokens.colour.accent, false),
        };
        let format = TextFormat {
            line_height: Some(tokens.line_height(Type::ChartCell)),
            italics,
            ..TextFormat::simple(tokens.font_in(Type::ChartCell, family), ink)
        };
        job.append(piece, 0.0, format);
    }
    job
}
