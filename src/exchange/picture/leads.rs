use crate::analysis::cooccurrence::Basis;
use crate::analysis::matrix::{CellAt, Filter};
use crate::study::{SourceId, ThemeId};
use crate::text::Span;

/// What a datum of a picture leads to, by what it stands for in the study: the passages behind it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Leads {
    /// A cell or a total of a matrix, with its filter.
    Cell(CellAt),
    /// What is spoken of under a theme, with those below it.
    Theme {
        /// The theme.
        theme: ThemeId,
        /// What is left out.
        filter: Filter,
    },
    /// What is spoken of under two themes together.
    Pair {
        /// One theme.
        one: ThemeId,
        /// The other.
        other: ThemeId,
        /// What together means.
        basis: Basis,
        /// What is left out.
        filter: Filter,
    },
    /// What is spoken of under a theme in one source.
    ThemeIn {
        /// The theme, with those below it.
        theme: ThemeId,
        /// The source.
        source: SourceId,
        /// What is left out.
        filter: Filter,
    },
    /// A source.
    Source(SourceId),
    /// Words of the version of a source that is read.
    Passage {
        /// The source.
        source: SourceId,
        /// The words.
        span: Span,
        /// The theme they have.
        theme: ThemeId,
    },
    /// Where coders differ on a theme.
    Differences(ThemeId),
}
