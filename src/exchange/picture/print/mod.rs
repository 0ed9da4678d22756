//! Pictures on paper: as SVG with its letters turned into outlines, so that it needs no font, and as PNG.

mod colours;
mod page;
mod svg;
mod write;

pub use colours::{Rgb, colour};
pub use write::{DPI, Printed, printed_size, write_picture};
