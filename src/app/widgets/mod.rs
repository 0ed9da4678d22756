//! The controls of the window. They take their looks from the tokens and tell their names to screen readers.

mod button;
mod checkbox;
mod chip;
mod drag;
mod empty;
mod field;
mod grid;
mod head;
mod keys;
mod mark;
mod marked;
mod menu;
mod picture;
mod row_list;
mod rows;
mod sign;
mod stack;
mod switch;
mod words;

pub use button::{Button, icon_button, icon_button_for, small_icon_button};
pub use checkbox::{Checked, check_box, checkbox};
pub use chip::{Chip, chip, chip_width};
pub use drag::scroll_for_drag;
pub use empty::empty;
pub use field::{Field, line_edit};
pub use grid::{Cell, Column, GridEvent, GridState, Look, Rows, grid};
pub use head::view_head;
pub use keys::{caps_width as key_caps_width, hint, key_cap, key_caps, paint_caps as paint_key_caps};
pub use mark::{paint_mark, theme_mark};
pub use marked::{in_chars, paint_under, reading};
pub use menu::{menu_below, menu_choice, menu_heading, pick, pick_within};
pub use picture::{PicturePreview, PictureState, show_picture};
pub use row_list::{RowAct, RowList, RowsLook};
pub use rows::{
    chosen_ground, fit_width, fitting_width, focus_ring, fold_sign, hairline_below, inside, list_has_keys, list_keys, list_room, next_pane,
    plain_key, reveal, row_at_hand, section, select_fill, within,
};
pub use sign::{SummarySign, paint_case_kind, paint_hatch, paint_person, paint_ring, paint_status, paint_summary};
pub use stack::Stack;
pub use switch::{segmented, tabs};
pub use words::{elided, paint_elided, paint_words, words};
