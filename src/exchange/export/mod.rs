//! What leaves a project: tables for spreadsheets and scripts, the same as JSON, and the texts.
//!
//! A table is made in memory ([`Table`]), then written beside a note that says how to read it ([`write_table`]).

mod about;
mod archive;
mod cases;
mod chart;
mod charted;
mod checked;
mod codebook;
mod codings;
mod content;
mod course;
mod document;
mod form;
mod hits;
mod labels;
mod leaving;
mod masked;
mod matrix;
mod measures;
mod memos;
mod names;
mod passages;
mod project;
mod propositions;
mod quoted;
mod quotes;
mod sources;
mod summaries;
mod table;
mod table_json;
mod texts;
mod told;
mod transcript;
mod typologies;
mod write;
mod xlsx;

#[cfg(test)]
mod masks_tests;
#[cfg(test)]
mod tests;

pub use about::About;
pub use archive::Archive;
pub use cases::{case_kind_name, cases_table};
pub use chart::{chart_table, seen_chart};
pub use charted::{FROM_PASSAGES, far_name, silence_name, state_name};
pub use checked::{
    Told, altered_says, aside_says, at_says, checked_table, fault_name, no_quotations_says, place_says, share_says, skipped_name,
    skipped_says, step_name, tally_says, verdict_name,
};
pub use codebook::codebook_table;
pub use codings::{codings_json, codings_table};
pub use content::Content;
pub use course::{GoOn, to_the_end};
pub use document::{Block, Document, Edits, Look, Run};
pub use form::Form;
pub use hits::{Asked, FoundWords, Layout, hits_table, passages_table};
pub use labels::Labels;
pub use leaving::{Leaving, NotCompared, TableError, Wish, leaving};
pub use masked::{Masked, WITHHELD};
pub(in crate::exchange) use matrix::people_words;
pub use matrix::{cells_table, figure_text, matrix_json, matrix_table, measure_name, measured_word, names_of};
pub use measures::{
    Corrected, Keywords, Measured, Part, Sensitivity, Telling, agreement_measured, basis_name, cooccurrence_measured, coverage_measured,
    difference_says, differences_measured, frequency_measured, frequent_measured, gaps_measured, keywords_measured, outcome_says,
    overview_measured, overview_of_most, saturation_measured, sequence_measured, status_name, timeline_measured, unit_name,
};
pub(in crate::exchange) use measures::{LEVEL, agreed_between, agreed_says, brought_says, counts_say, order_says, rounded, threshold_says};
pub use memos::{listed_memos_table, memo_kind_name, memos_table};
pub use names::Names;
pub use passages::passages_of;
pub use project::Whole;
pub use propositions::{proposition_status_name, propositions_table, weight_name};
pub use quotes::{consent_name, listed_quotes_table, quotes_table, strength_name};
pub use sources::sources_table;
pub use summaries::summaries_table;
pub use table::{Sheet, Table, as_written};
pub use texts::{text_in_the_way, write_texts};
pub use transcript::Transcripts;
pub use typologies::typologies_table;
pub(in crate::exchange) use write::write_file;
pub use write::{ExportError, Written, in_the_way, write_table};
