//! The codebook: its tree, and what each theme means.

mod acts;
mod colours;
mod counts;
mod dialogs;
mod drag;
mod editor;
mod print;
mod rename;
mod rows;
mod selection;
mod several;
mod tree;
mod twins;
mod view;

pub use print::print;
pub use view::{ThemesView, show};
