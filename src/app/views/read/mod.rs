//! Read: the sources, the text with its codings, the themes.

mod view;

pub use view::{ReadView, show};
