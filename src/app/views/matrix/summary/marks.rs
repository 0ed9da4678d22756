use eframe::egui::text::{LayoutJob, TextFormat};

use crate::app::icons;
use crate::app::tokens::{Tokens, Type, family};
use crate::study::{Meant, pieces};

/// The words of a summary while they are written, with their marks.
#[must_use]
pub fn layout(tokens: &Tokens, text: &str, width: f32) -> LayoutJob {
    let mut job = LayoutJob::default();
    job.wrap.max_width = width;
    for (meant, piece) in pieces(text) {
        job.append(piece, 0.0, format(tokens, meant));
    }
    job
}

/// The words of a summary to be read: bold without its stars, lists with bullets, citations as chips.
#[must_use]
pub fn to_read(tokens: &Tokens, text: &str, width: f32) -> LayoutJob {
    to_read_with(tokens, text, width, &[])
}

/// The same with a sign at the numbers that cite what is no longer coded in the cell.
#[must_use]
pub fn to_read_with(tokens: &Tokens, text: &str, width: f32, loose: &[u32]) -> LayoutJob {
    let mut job = LayoutJob::default();
    job.wrap.max_width = width;
    for (meant, piece) in pieces(text) {
        let format = format(tokens, meant);
        match meant {
            Meant::Plain => job.append(&bulleted(piece, job.text.is_empty() || job.text.ends_with('\n')), 0.0, format),
            Meant::Bold => job.append(piece.trim_matches('*'), 0.0, format),
            Meant::Cited(number) => {
                let background = tokens.colour.accent_quiet;
                // The spaces stay with the number, so that a chip is not parted at the end of a line.
                let chip = TextFormat { background, ..format };
                job.append(&format!("\u{a0}{number}\u{a0}"), 0.0, chip.clone());
                if loose.contains(&number) {
                    let font_id = tokens.small_icon_font(Type::Small);
                    job.append(&format!("{}\u{a0}", icons::UNLINK), 0.0, TextFormat { font_id, color: tokens.colour.notice_ink, ..chip });
                }
            }
            Meant::Said | Meant::Comment => job.append(piece, 0.0, format),
        }
    }
    job
}

/// What is said where there is no summary.
#[must_use]
pub fn plain(tokens: &Tokens, text: &str, width: f32) -> LayoutJob {
    let ink = tokens.colour.ink_tertiary;
    let format = TextFormat { line_height: Some(tokens.line_height(Type::ChartCell)), ..TextFormat::simple(tokens.font(Type::Small), ink) };
    let mut job = LayoutJob::single_section(text.to_owned(), format);
    job.wrap.max_width = width;
    job
}

/// Plain words with a bullet at the beginning of each line that is one of a list.
fn bulleted(piece: &str, at_line_start: bool) -> String {
    let mut shown = String::with_capacity(piece.len());
    for (at, line) in piece.split('\n').enumerate() {
        if at > 0 {
            shown.push('\n');
        }
        match line.strip_prefix("- ").filter(|_| at > 0 || at_line_start) {
            Some(item) => {
                shown.push_str("•\u{a0}");
                shown.push_str(item);
            }
            None => shown.push_str(line),
        }
    }
    shown
}

fn format(tokens: &Tokens, meant: Meant) -> TextFormat {
    let (family, ink, italics) = match meant {
        Meant::Plain => (family::INTERFACE, tokens.colour.ink, false),
        Meant::Bold => (family::INTERFACE_SEMIBOLD, tokens.colour.ink, false),
        Meant::Said => (family::READING, tokens.colour.ink, false),
        Meant::Comment => (family::INTERFACE, tokens.colour.ink_secondary, true),
        Meant::Cited(_) => (family::INTERFACE_MEDIUM, tokens.colour.accent, false),
    };
    TextFormat {
        line_height: Some(tokens.line_height(Type::ChartCell)),
        italics,
        ..TextFormat::simple(tokens.font_in(Type::ChartCell, family), ink)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::tokens::Mode;

    #[test]
    fn marks_are_not_read() {
        let tokens = Tokens::load(Mode::Light).unwrap();
        let text = "- **Cold** rooms [2]\n- “damp - as a cellar” - all\n[I doubt it]";
        let shown = to_read(&tokens, text, 100.0).text;
        assert_eq!(shown, "•\u{a0}Cold rooms \u{a0}2\u{a0}\n•\u{a0}“damp - as a cellar” - all\n[I doubt it]");
        assert_eq!(layout(&tokens, text, 100.0).text, text);
    }
}
