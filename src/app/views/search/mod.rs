//! Words in all texts: a query, what it finds, how that is spread, and the source round a hit.

mod acts;
mod answer;
mod code_hits;
mod empty;
mod facets;
mod head;
mod heights;
mod help;
mod hits;
mod kwic;
mod narrow;
mod preview;
mod query_box;
mod row;
mod view;

pub use view::{SearchView, show};
