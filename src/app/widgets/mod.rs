//! The controls of the window. They take their looks from the tokens and tell their names to screen readers.

mod button;
mod check;
mod chip;
mod empty;
mod field;
mod keys;
mod mark;
mod marked;
mod rows;
mod sign;
mod switch;
mod words;

pub use button::{Button, icon_button, icon_button_for};
pub use check::{Checked, check_box};
pub use chip::{Chip, chip};
pub use empty::empty;
pub use field::Field;
pub use keys::{hint, key_cap, key_caps};
pub use mark::{paint_mark, theme_mark};
pub use marked::{in_chars, paint_under, reading};
pub use rows::{focus_ring, fold_sign, hairline_below, section, select_fill};
pub use sign::{paint_ring, paint_status};
pub use switch::{segmented, tabs};
pub use words::{elided, paint_elided, paint_words, words};
