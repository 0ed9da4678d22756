//! What a figure leads to: the passages behind it.

mod behind;
mod list;
mod together;

#[cfg(test)]
mod tests;

use super::cooccurrence::{Basis, Within};
use super::lines::Scope;
use super::matrix::{CellAt, CellKind, Filter, Matrix};
use super::words::Said;
use crate::study::{CoderId, SourceId, ThemeId};
use crate::text::Span;

pub use behind::{NotBehind, behind};

/// What a row of a measure or a datum of a picture leads to, by what it stands for in the study: the passages behind it.
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
    /// What is spoken of under two themes together, each with those below it.
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
    /// What is spoken of under one theme and is followed by another, each with those below it.
    Follows {
        /// What comes first.
        one: ThemeId,
        /// What follows.
        other: ThemeId,
        /// How near it has to be.
        within: Within,
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
    /// A source with all that is coded in it.
    Source {
        /// The source.
        source: SourceId,
        /// What is left out.
        filter: Filter,
    },
    /// Words of the version of a source that is read, under one theme.
    Passage {
        /// The source.
        source: SourceId,
        /// The words.
        span: Span,
        /// The theme they have, without those below it.
        theme: ThemeId,
        /// What is left out.
        filter: Filter,
    },
    /// Words of the version of a source that is read, whatever is coded there.
    Stretch {
        /// The source.
        source: SourceId,
        /// The words.
        span: Span,
    },
    /// Where participants say a word.
    Word {
        /// The word as the tokenizer folds it.
        word: String,
        /// Whose words, or under which theme.
        said: Said,
        /// What is left out.
        filter: Filter,
    },
    /// Where coders differ on a theme.
    Differences(ThemeId),
    /// One place where coders differ.
    Difference {
        /// The theme.
        theme: ThemeId,
        /// Whether it was compared with those below it.
        scope: Scope,
        /// The source.
        source: SourceId,
        /// The words.
        span: Span,
        /// Those who are compared there.
        coders: Vec<CoderId>,
    },
}

impl Leads {
    /// What a cell or total of a matrix leads to; nothing where nobody can have said anything.
    #[must_use]
    pub fn cell(matrix: &Matrix, page: usize, row: Option<usize>, column: Option<usize>) -> Option<Self> {
        let spoken = matrix.cell(page, row, column).is_some_and(|cell| cell.kind() != CellKind::NoSuchParticipants);
        spoken.then(|| Self::Cell(CellAt { spec: matrix.spec.clone(), key: matrix.key(page, row, column) }))
    }
}
