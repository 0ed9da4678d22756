//! What a memo is on: in words, and where that is.

use crate::app::context::Cx;
use crate::app::icons;
use crate::app::state::Place;
use crate::app::views::matrix::MatrixPlace;
use crate::study::{Coding, Material, MemoOn, RevisionId, SourceId, Study};
use crate::text::Span;

/// The sorts of things a memo can be on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sort {
    /// The project as a whole.
    Free,
    /// A theme.
    Theme,
    /// A case.
    Case,
    /// A cell of the matrix.
    Cell,
    /// A source.
    Source,
    /// Words of a source.
    Passage,
    /// A coding.
    Coding,
}

impl Sort {
    /// All of them, in the order in which they are listed.
    pub const ALL: [Self; 7] = [Self::Free, Self::Theme, Self::Case, Self::Cell, Self::Source, Self::Passage, Self::Coding];

    /// The sort of what a memo is on.
    pub const fn of(on: &MemoOn) -> Self {
        match on {
            MemoOn::Project => Self::Free,
            MemoOn::Theme { .. } => Self::Theme,
            MemoOn::Case { .. } => Self::Case,
            MemoOn::Cell { .. } => Self::Cell,
            MemoOn::Source { .. } => Self::Source,
            MemoOn::Passage { .. } => Self::Passage,
            MemoOn::Coding { .. } => Self::Coding,
        }
    }

    /// Several of them, in words.
    pub const fn plural(self) -> &'static str {
        match self {
            Self::Free => "Free",
            Self::Theme => "On themes",
            Self::Case => "On cases",
            Self::Cell => "On cells",
            Self::Source => "On sources",
            Self::Passage => "On passages",
            Self::Coding => "On codings",
        }
    }

    /// Its sign.
    pub const fn icon(self) -> char {
        match self {
            Self::Free => icons::STICKY_NOTE,
            Self::Theme => icons::TAG,
            Self::Case => icons::USER,
            Self::Cell => icons::GRID_3X3,
            Self::Source => icons::FILE_TEXT,
            Self::Passage => icons::TEXT_SELECT,
            Self::Coding => icons::HIGHLIGHTER,
        }
    }
}

/// What a memo is on, in words: "Free", "Leadership › Local voice", "FIF-TL2, ¶ 12".
pub fn words(study: &Study, on: &MemoOn) -> String {
    let gone = || "Something that is gone".to_owned();
    match on {
        MemoOn::Project => "Free".to_owned(),
        MemoOn::Theme { theme } => study.codebook().path(*theme),
        MemoOn::Case { case } => study.case(*case).map_or_else(gone, |case| case.label.clone()),
        MemoOn::Cell { cell } => study.crossing_name(cell),
        MemoOn::Source { source } => study.material(*source).map_or_else(gone, |material| material.source.label.clone()),
        MemoOn::Passage { source, revision, span } => {
            study.material(*source).map_or_else(gone, |material| paragraph(material, *revision, *span))
        }
        MemoOn::Coding { source, .. } => {
            let Some((material, coding)) = study.material(*source).zip(coding(study, on)) else { return gone() };
            let theme = study.codebook().get(coding.theme).map_or("", |theme| theme.name.as_str());
            format!("{theme}, {}", paragraph(material, coding.revision, coding.span))
        }
    }
}

/// "FIF-TL2, ¶ 12".
fn paragraph(material: &Material, revision: RevisionId, span: Span) -> String {
    let label = &material.source.label;
    if revision != material.source.revision {
        return format!("{label}, words corrected away");
    }
    match material.geometry.paragraph_at(span.start) {
        Some(at) => format!("{label}, ¶ {}", at + 1),
        None => label.clone(),
    }
}

/// The coding a memo is on, if it is on one, a broken one too.
pub fn coding<'s>(study: &'s Study, on: &MemoOn) -> Option<&'s Coding> {
    let MemoOn::Coding { source, coding } = on else { return None };
    study.material(*source)?.kept_codings().find(|kept| kept.id == *coding)
}

/// The words a memo is on, if it is on words: source, version, span.
pub fn passage(study: &Study, on: &MemoOn) -> Option<(SourceId, RevisionId, Span)> {
    match on {
        MemoOn::Passage { source, revision, span } => Some((*source, *revision, *span)),
        MemoOn::Coding { source, .. } => coding(study, on).map(|coding| (*source, coding.revision, coding.span)),
        _ => None,
    }
}

/// Where to go to see what a memo is on; none for a free one.
pub fn place(study: &Study, on: &MemoOn) -> Option<Place> {
    match on {
        MemoOn::Project => None,
        MemoOn::Theme { theme } => Some(Place::Definition(*theme)),
        MemoOn::Case { case } => Some(Place::Case(*case)),
        MemoOn::Cell { cell } => Some(MatrixPlace::of(cell)),
        MemoOn::Source { source } => Some(Place::Source(*source)),
        MemoOn::Passage { source, .. } | MemoOn::Coding { source, .. } => {
            let read = study.material(*source)?.source.revision;
            let whole = passage(study, on).filter(|(_, revision, _)| *revision == read);
            Some(whole.map_or(Place::Source(*source), |(source, _, span)| Place::Passage(source, span)))
        }
    }
}

/// Goes to what a memo is on.
pub fn open(cx: &mut Cx<'_>, on: &MemoOn) {
    match place(cx.study, on) {
        Some(place) => {
            let read = on.source().and_then(|source| cx.study.material(source)).map(|material| material.source.revision);
            if passage(cx.study, on).is_some_and(|(_, revision, _)| Some(revision) != read) {
                cx.say("The words it is on were corrected away; this is the source they stood in.");
            }
            cx.go(place);
        }
        None => cx.say("A free memo is on nothing but the project."),
    }
}
