use crate::study::{MemoId, SourceId, ThemeId, ValueId};
use crate::text::Span;

/// What a search found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// How many paragraphs match.
    pub total: usize,
    /// The first of them, in the order of sources and places.
    pub hits: Vec<Hit>,
    /// How many sources have a paragraph that matches.
    pub sources: usize,
    /// How the paragraphs that match are spread; all of them, not only those in `hits`.
    pub facets: Facets,
    /// Memos and definitions that match; only when the query says `in:`.
    pub notes: Vec<Note>,
    /// What could not be searched.
    pub lacking: Option<Lacking>,
}

/// A paragraph that matches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// Its source.
    pub source: SourceId,
    /// Its index among the source's paragraphs, from 0.
    pub paragraph: usize,
    /// Its words, in bytes of the source's text.
    pub span: Span,
    /// The words that made it match, in order, in bytes of the source's text.
    pub matches: Vec<Span>,
}

/// How many of the paragraphs found have what: each count is the total of the same query with that condition added.
/// Lists are in the analyst's order and leave out what has no hits.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facets {
    /// By theme, those below counted in; none is a participant's paragraph that is not coded.
    pub themes: Vec<(Option<ThemeId>, usize)>,
    /// By participant group; none is *Not stated*.
    pub groups: Vec<(Option<ValueId>, usize)>,
    /// By case-study area; none is *Not stated*.
    pub areas: Vec<(Option<ValueId>, usize)>,
    /// By kind of source; none is *Not stated*.
    pub kinds: Vec<(Option<ValueId>, usize)>,
    /// By source.
    pub sources: Vec<(SourceId, usize)>,
}

/// A memo or a part of a theme's definition that matches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// What it is.
    pub on: NoteOn,
    /// Its words.
    pub text: String,
    /// The words that made it match, in order, in bytes of `text`.
    pub matches: Vec<Span>,
}

/// What kind of note it is, and whose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoteOn {
    /// A memo.
    Memo(MemoId),
    /// What a theme means.
    Definition(ThemeId),
    /// When to use a theme.
    UseWhen(ThemeId),
    /// When not to use a theme.
    NotWhen(ThemeId),
}

/// Sources that are not in the index yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lacking {
    /// Which, in the analyst's order; never empty.
    pub sources: Vec<SourceId>,
}
