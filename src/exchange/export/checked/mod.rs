//! What was found of the quotations of a report: in words, for whoever shows it, and as a table.

mod table;
mod words;

pub use table::checked_table;
pub use words::{
    Told, altered_says, aside_says, at_says, fault_name, no_quotations_says, place_says, share_says, skipped_name, skipped_says, step_name,
    tally_says, verdict_name,
};
