//! Words in all texts: a query, what it finds, how that is spread, and the source round a hit.

mod acts;
mod answer;
mod code_hits;
mod commands;
mod empty;
mod export;
mod facets;
mod head;
mod heights;
mod help;
mod hits;
mod kwic;
mod narrow;
mod notes;
mod nothing;
mod preview;
mod query_box;
mod question;
mod relating;
mod row;
mod saved;
#[cfg(test)]
mod testing;
mod view;

pub(in crate::app::views) use export::show as export_list;
pub use question::Relating;
pub(in crate::app) use saved::open_saved;
pub use view::{SLOT, SearchView, show};
