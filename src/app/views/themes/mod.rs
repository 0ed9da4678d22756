//! The codebook: its tree, and what each theme means.

mod view;

pub use view::{ThemesView, show};
