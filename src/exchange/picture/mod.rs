//! Pictures of measures, as pure data: what is drawn, and every datum in words with what it leads to.
//!
//! One function a picture lays it out from what `analysis` found. The window draws the [`Picture`] in its own colours and reaches every
//! [`Mark`] by pointer, keys and screen reader; [`write_picture`] writes the same for print.

mod agreed;
mod bars;
mod curve;
mod forces;
mod geometry;
mod heads;
mod heat;
mod lanes;
mod letters;
mod model;
mod most;
mod network;
mod overview;
mod pairs;
mod print;
mod scale;
mod seen;
mod shades;
mod sheet;

#[cfg(test)]
mod said_tests;
#[cfg(test)]
mod tests;

pub use agreed::{AgreedHow, ThemeAgreed, agreement_by_theme, agreement_picture};
pub use bars::{bars, bars_of_page};
pub use curve::saturation_curve;
pub use geometry::{Area, At, hatching};
pub use heat::{heat_table, heat_table_of_page};
pub use lanes::code_timeline;
pub use letters::{ASCENT, DESCENT, width};
pub use model::{Anchor, Colour, Fill, Look, Mark, NoPicture, Picture, Reach, Shape, Stroke, Way, Weight, Words};
pub use network::network;
pub use overview::source_overview;
pub use pairs::{Together, Weighing, pair_table};
pub use print::{DPI, Printed, Rgb, colour, printed_size, write_picture};

/// Words with a capital at their beginning.
fn capital(words: &str) -> String {
    words.chars().take(1).flat_map(char::to_uppercase).chain(words.chars().skip(1)).collect()
}

/// A number with a sign between thousands.
fn thousands(number: usize) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}
