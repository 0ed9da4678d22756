//! The codebook: its tree, and what each theme means.

mod acts;
mod colours;
mod counts;
mod dialogs;
mod drag;
mod editor;
mod rename;
mod rows;
mod selection;
mod several;
mod tree;
mod twins;
mod view;

pub use view::{ThemesView, show};
