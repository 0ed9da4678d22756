use crate::study::{Memo, MemoId, MemoOn, SourceId, Study, SummaryId, ThemeId, ValueId};
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
    /// Summaries, memos and definitions that match; only when the query says `in:`.
    pub notes: Vec<Note>,
    /// What was searched.
    pub searched: Searched,
    /// What could not be searched.
    pub lacking: Option<Lacking>,
}

/// What a query says with `in:` that is to be searched.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Searched {
    /// Whether the texts are: also where it says nothing.
    pub texts: bool,
    /// Of summaries, memos and definitions those that are.
    pub notes: Vec<&'static str>,
}

impl Searched {
    /// The names of what was searched beside the texts: "summaries, memos and definitions".
    #[must_use]
    pub fn notes_say(&self) -> String {
        match self.notes.as_slice() {
            [] => String::new(),
            [one] => (*one).to_owned(),
            [first @ .., last] => format!("{} and {last}", first.join(", ")),
        }
    }
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
    /// Those with a coding that a search made and nobody has confirmed.
    pub unread: usize,
    /// By participant group; none is *Not stated*.
    pub groups: Vec<(Option<ValueId>, usize)>,
    /// By case-study area; none is *Not stated*.
    pub areas: Vec<(Option<ValueId>, usize)>,
    /// By kind of source; none is *Not stated*.
    pub kinds: Vec<(Option<ValueId>, usize)>,
    /// By source.
    pub sources: Vec<(SourceId, usize)>,
}

/// A summary, a memo or a part of a theme's definition that matches.
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
    /// What was written in a cell.
    Summary(SummaryId),
    /// What a theme means.
    Definition(ThemeId),
    /// When to use a theme.
    UseWhen(ThemeId),
    /// When not to use a theme.
    NotWhen(ThemeId),
}

impl NoteOn {
    /// Where it hangs, in words: "Definition of Staffing", "Memo on FIF-TL2".
    #[must_use]
    pub fn place(self, study: &Study) -> String {
        let path = |theme: ThemeId| study.codebook().path(theme);
        match self {
            Self::Summary(id) => {
                let cell = study.summaries().get(id).map(|summary| study.crossing_name(&summary.cell));
                cell.map_or_else(|| "Summary".to_owned(), |cell| format!("Summary of {cell}"))
            }
            Self::Definition(theme) => format!("Definition of {}", path(theme)),
            Self::UseWhen(theme) => format!("Use when of {}", path(theme)),
            Self::NotWhen(theme) => format!("Do not use when of {}", path(theme)),
            Self::Memo(id) => memo(study, id).map_or_else(|| "Memo".to_owned(), |memo| memo_place(study, memo)),
        }
    }
}

/// A memo, wherever it hangs.
fn memo(study: &Study, id: MemoId) -> Option<&Memo> {
    let of_sources = study.materials().iter().flat_map(|material| &material.memos);
    study.memos().iter().chain(of_sources).find(|memo| memo.id == id)
}

fn memo_place(study: &Study, memo: &Memo) -> String {
    let label = |source| study.material(source).map_or("", |material| material.source.label.as_str());
    match &memo.on {
        MemoOn::Project => "Memo on the study".to_owned(),
        MemoOn::Theme { theme } => format!("Memo on {}", study.codebook().path(*theme)),
        MemoOn::Case { case } => format!("Memo on {}", study.case(*case).map_or("", |case| &case.label)),
        MemoOn::Cell { cell } => format!("Memo on {}", study.crossing_name(cell)),
        MemoOn::Source { source } => format!("Memo on {}", label(*source)),
        MemoOn::Passage { source, .. } => format!("Memo on a passage of {}", label(*source)),
        MemoOn::Coding { source, coding } => {
            let coding = study.material(*source).and_then(|material| material.kept_codings().find(|kept| kept.id == *coding));
            let path = coding.map_or_else(String::new, |coding| study.codebook().path(coding.theme));
            format!("Memo on {path}, {}", label(*source))
        }
    }
}

/// Sources that are not in the index yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lacking {
    /// Which, in the analyst's order; never empty.
    pub sources: Vec<SourceId>,
}
