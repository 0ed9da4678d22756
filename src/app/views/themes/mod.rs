//! The codebook: its tree, and what each theme means.

mod acts;
mod counts;
mod dialogs;
mod drag;
mod editor;
mod rename;
mod rows;
mod tree;
mod view;

pub use view::{ThemesView, show};
