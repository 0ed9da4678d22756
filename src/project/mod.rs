//! The open project. Temporary: the whole of it is merged from another branch.

mod searcher;

pub use searcher::{Facets, Found, Hit, Lacking, Note, NoteOn, Options, SearchError, Searcher};
