//! A picture of a measure in the window: drawn in the colours of the mode, each datum reached by pointer, keys and screen reader.

mod bins;
mod colours;
mod known;
mod outline;
mod paint;
mod preview;
mod show;
mod state;

#[cfg(test)]
mod tests;

pub use preview::PicturePreview;
pub use show::show_picture;
pub use state::PictureState;
