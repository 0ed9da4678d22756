//! The codebook: its tree, and what each theme means.

mod acts;
mod colours;
mod commands;
mod compare;
mod counts;
mod dialogs;
mod drag;
mod editor;
mod example;
mod origin;
mod passages;
mod rename;
mod rows;
mod selection;
mod several;
mod split;
mod split_view;
mod tree;
mod twins;
mod view;

pub use view::{ThemesView, show};
