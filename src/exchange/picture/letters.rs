//! How wide words are. The letters are those that the window and print draw: both have the fonts of `assets/`.

use std::sync::OnceLock;

use skrifa::prelude::{LocationRef, Size};
use skrifa::{FontRef, MetadataProvider as _};

use super::model::Weight;

/// The faces in which pictures are written, each with its weight.
pub(super) const FACES: [&[u8]; 3] = [
    include_bytes!("../../../assets/fonts/Inter-Regular.ttf"),
    include_bytes!("../../../assets/fonts/Inter-Medium.ttf"),
    include_bytes!("../../../assets/fonts/Inter-SemiBold.ttf"),
];

/// How far letters reach above their base line, as a share of their size.
pub const ASCENT: f32 = 0.76;
/// How far they reach below it.
pub const DESCENT: f32 = 0.22;

/// Width of a letter that no font has, as a share of the size: the box that is drawn in its place, and rather more.
const UNKNOWN: f32 = 1.0;

/// What stands where words go on.
const MORE: char = '…';

/// Widths of the letters of one face.
struct Face {
    font: FontRef<'static>,
    em: f32,
}

impl Face {
    fn of(bytes: &'static [u8]) -> Option<Self> {
        let font = FontRef::new(bytes).ok()?;
        let em = f32::from(font.metrics(Size::unscaled(), LocationRef::default()).units_per_em);
        Some(Self { font, em }).filter(|face| face.em > 0.0)
    }

    /// Width of a letter as a share of its size; `None` where the face lacks it.
    fn advance(&self, letter: char) -> Option<f32> {
        let glyph = self.font.charmap().map(letter)?;
        self.font.glyph_metrics(Size::unscaled(), LocationRef::default()).advance_width(glyph).map(|width| width / self.em)
    }
}

fn faces() -> &'static [Option<Face>; 3] {
    static FOUND: OnceLock<[Option<Face>; 3]> = OnceLock::new();
    FOUND.get_or_init(|| FACES.map(Face::of))
}

fn advance(letter: char, weight: Weight) -> Option<f32> {
    let [regular, medium, semi_bold] = faces();
    let face = match weight {
        Weight::Regular => regular,
        Weight::Medium => medium,
        Weight::SemiBold => semi_bold,
    };
    face.as_ref().and_then(|face| face.advance(letter))
}

/// Whether a letter is drawn as itself: it is in one of the fonts, or takes no room.
pub(super) fn is_known(letter: char) -> bool {
    letter.is_whitespace() || is_silent(letter) || advance(letter, Weight::Regular).is_some()
}

/// What joins or turns others and is not drawn itself.
fn is_silent(letter: char) -> bool {
    letter.is_control()
        || matches!(letter, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}')
}

/// How wide a line of words is, in points; kerning, which only makes it narrower, is left out.
#[must_use]
pub fn width(text: &str, size: f32, weight: Weight) -> f32 {
    let of = |letter: char| if is_silent(letter) { 0.0 } else { advance(letter, weight).unwrap_or(UNKNOWN) };
    text.chars().map(of).sum::<f32>() * size
}

/// The words as they are where they fit into `room` points, else their beginning and “…”.
pub(super) fn shortened(text: &str, size: f32, weight: Weight, room: f32) -> String {
    if width(text, size, weight) <= room {
        return text.to_owned();
    }
    let room = room - width(&MORE.to_string(), size, weight);
    let mut short = String::new();
    let mut used = 0.0;
    for letter in unicode_segmentation::UnicodeSegmentation::graphemes(text, true) {
        used += width(letter, size, weight);
        if used > room {
            break;
        }
        short.push_str(letter);
    }
    let short = short.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '›' | ',' | ';' | ':' | '–'));
    format!("{short}{MORE}")
}

/// The words in lines of at most `room` points, at most `most` of them: what does not fit is shortened.
pub(super) fn wrapped(text: &str, size: f32, weight: Weight, room: f32, most: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        let longer = lines.last().map(|line| format!("{line} {word}"));
        // The last line takes all that is left.
        match (longer.filter(|longer| lines.len() >= most || width(longer, size, weight) <= room), lines.last_mut()) {
            (Some(longer), Some(line)) => *line = longer,
            _ => lines.push(word.to_owned()),
        }
    }
    lines.iter().map(|line| shortened(line, size, weight, room)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_have_a_width_and_are_shortened_to_it() {
        let whole = width("Caring costs", 8.0, Weight::Regular);
        assert!((40.0..60.0).contains(&whole), "{whole}");
        assert!(width("Caring costs", 8.0, Weight::SemiBold) > whole);
        assert_eq!(shortened("Caring costs", 8.0, Weight::Regular, whole), "Caring costs");
        let short = shortened("Caring costs", 8.0, Weight::Regular, whole - 1.0);
        assert!(short.ends_with('…') && width(&short, 8.0, Weight::Regular) < whole, "{short}");
        assert_eq!(shortened("Leadership › National voice", 8.0, Weight::Regular, 58.0), "Leadership…");
        assert_eq!(shortened("words", 8.0, Weight::Regular, 1.0), "…");
    }

    #[test]
    fn lines_are_filled_and_the_last_says_that_it_goes_on() {
        let lines = |text, room, most| wrapped(text, 8.0, Weight::Regular, room, most);
        assert_eq!(lines("Heads of service", 40.0, 3), ["Heads of", "service"]);
        assert_eq!(lines("Heads of service and their deputies", 40.0, 2).len(), 2);
        assert!(lines("Heads of service and their deputies", 40.0, 2)[1].ends_with('…'));
        assert!(lines("Donaudampfschifffahrt", 40.0, 2)[0].ends_with('…'));
        assert!(lines("", 40.0, 2).is_empty());
    }

    #[test]
    fn letters_are_known_and_scripts_without_a_font_are_not() {
        for letter in ['a', 'é', 'Ж', 'Ω', '’', '–', '›', 'α', 'κ', '≥', '≤', '₁', '×', '−', '¶', '\u{200D}', ' '] {
            assert!(is_known(letter), "{letter}");
        }
        for letter in ['ש', 'م', '漢', '🌊'] {
            assert!(!is_known(letter), "{letter}");
            assert!(width(&letter.to_string(), 8.0, Weight::Regular) > 0.0);
        }
    }
}
