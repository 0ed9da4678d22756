//! Quotes: the passages that were marked to be quoted, by theme, group or area, and who is quoted how much.
//!
//! `entries` gathers the quotes of a study in a job, `listing` chooses and orders those that are wanted, `list` paints them
//! one below the other, `spread` paints who is quoted how much beside them, `label` says under a quote whose words they are.
//! `report` shows in their place what a draft report quotes, held against the sources.

mod acts;
mod entries;
mod export;
mod facts;
mod label;
mod list;
mod listing;
mod narrow;
mod report;
mod spread;
mod template;
mod view;

pub use label::USUAL as USUAL_LABEL;
pub use view::{QuotesView, show};
