//! Searching a project: what the index says of words joined to what the study says of paragraphs.

mod conditions;
mod facets;
mod found;
mod notes;
#[cfg(test)]
mod oracle;
mod places;
mod run;
#[cfg(test)]
mod small;
#[cfg(test)]
mod tests;

pub use found::{Facets, Found, Hit, Lacking, Note, NoteOn, Searched};
pub use run::{Options, SearchError, Searcher, index_folder};
