//! The chart: cases down, the sub-themes of one theme across, and in every cell its summary, written where it stands.
//!
//! `state` knows the chart and where the focus is, `lines` which rows are shown, `set` how their words are laid out. `grid`
//! puts a frame together of `heads`, `body` and the `field` in which one writes; `deeds` is what keys do. `bar` and `legend`
//! stand over and under it, `choice` is what the analyst has chosen to see, `content` what a cell shows.

pub mod bar;
mod body;
mod choice;
mod content;
mod deeds;
mod field;
mod grid;
mod heads;
mod kept;
pub mod legend;
mod lines;
mod set;
mod state;

pub use body::{paint_sign, sign_room};
pub use choice::ChartChoice;
pub use content::{Shown, shown, spoken};
pub use deeds::chart_axes;
pub use grid::{inset, show, words_width};
pub use kept::{ChartBody, read as read_chart, written as written_chart};
pub use state::ChartState;
