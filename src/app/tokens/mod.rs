//! Every colour, size and radius of the window, read from `assets/tokens.json`. Views name tokens, never numbers.

mod colours;
#[cfg(test)]
mod contrasts;
mod file;
mod kinds;
mod numbers;
mod values;

pub use colours::{Colours, HeatStep, Hue, Mark, Nobody, contrast, parse_hex};
pub use kinds::{Mode, READING_SIZE, ReadingFace, Type, family, font};
pub use numbers::{Radius, Reading, Size, Space, Stroke};
pub use values::Tokens;
