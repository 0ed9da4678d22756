//! The tables that can leave a project, each with the note beside it.

use super::chart::{CHART_SIGNS, chart_table};
use super::codings::is_quote;
use super::form::Form;
use super::quotes::{QUOTES_SIGNS, quotes_table};
use super::summaries::{SUMMARIES_SIGNS, summaries_table};
use super::{
    About, Labels, Names, Table, cases_table, cells_table, codebook_table, codings_table, matrix_table, measure_name, memos_table,
};
use crate::analysis::matrix::{Filter, MatrixSpec, Measure, SpecError, matrix};
use crate::study::Study;
use crate::text::{NoSuchBlob, Texts};

/// What can leave a project.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Content {
    /// The matrix as it is seen.
    Matrix,
    /// The matrix in long form: one row a cell, with every measure.
    Cells,
    /// One row a coding.
    Codings,
    /// Cases by themes.
    Cases,
    /// The themes with their definitions.
    Codebook,
    /// Every memo.
    Memos,
    /// Cases by themes, with what is charted there.
    Chart,
    /// One row a summary.
    Summaries,
    /// One row a quote mark.
    Quotes,
}

impl Content {
    /// What it is called in a sentence.
    #[must_use]
    pub const fn called(self) -> &'static str {
        match self {
            Self::Matrix => "the matrix",
            Self::Cells => "the table of cells",
            Self::Codings => "the table of codings",
            Self::Cases => "the table of cases",
            Self::Codebook => "the codebook",
            Self::Memos => "the table of memos",
            Self::Chart => "the chart",
            Self::Summaries => "the table of summaries",
            Self::Quotes => "the table of quotes",
        }
    }

    /// The kinds of file it can leave as.
    #[must_use]
    pub const fn forms(self) -> &'static [Form] {
        Form::OF_TABLES
    }
}

/// Why a table cannot be made.
#[derive(Debug, thiserror::Error)]
pub enum TableError {
    /// The matrix that is asked for.
    #[error(transparent)]
    Spec(#[from] SpecError),
    /// A text is missing.
    #[error(transparent)]
    NoSuchBlob(#[from] NoSuchBlob),
}

/// What empty cells and signs mean in the matrix as it is seen.
const MATRIX_SIGNS: &[&str] = &[
    "0: the sources are all marked done and nothing was found.",
    "blank: nothing was found and not all sources are marked done yet; for shares also: the total is 0.",
    "–: nobody with these values takes part (structural zero).",
    "4 + 1 group: four persons and one group. 0 + unnamed: said only by people who are not stated or unidentified.",
];
const CELLS_SIGNS: &[&str] = &[
    "kind: “no such participants” is the structural zero (“–” on screen); “sources not all done”, “done, nothing found” and “coded” are the others.",
    "0: none. blank, in shares: the total is 0, or nobody with these values takes part. “–” does not occur.",
];
pub(super) const CODINGS_SIGNS: &[&str] = &[
    "One row a coding. paragraph counts from 1; start and end are characters of the source's text as “export --what texts” writes it, end not included.",
    "time_anchor, where texts have time stamps: the last one at or before the beginning. blank: there is none before.",
    "cases: who says it, several joined by “; ”; “Not stated” where nobody is named, blank where the passage holds no participant's words. Attributes of cases likewise.",
    "quote, contrary: 1 marked, 0 not. contrary_to, memo: blank where there is none. “–” does not occur.",
    "broken: 1 the words were corrected away; paragraph, start, end and text are then of the text before that, and the coding is counted nowhere. 0 otherwise.",
];
const CASES_SIGNS: &[&str] = &[
    "The first columns of themes: 1 the case says something under the theme or one below it, 0 it does not. The columns “(passages)” say in how many passages.",
    "blank: the case speaks in none of the sources. “–” does not occur. 0 says nothing about whether all sources are done.",
];
const CODEBOOK_SIGNS: &[&str] = &[
    "own_codings are the theme's own; codings, passages and participants hold the themes below it too.",
    "0: nothing is coded. blank: nothing is written there. “–” does not occur.",
];

pub(super) const MEMOS_SIGNS: &[&str] = &[
    "One row a memo, oldest first. kind: analytic (on the material), method (how the study is done), reflexive (the analyst's own part in it).",
    "on: project (a free memo), source, passage, coding, theme, case or cell (of the matrix); theme, source, paragraph, case, cell and words say which, and are blank where there is none.",
    "broken: 1 the words it is on were corrected away; paragraph and words are then of the text before that. 0 otherwise. blank: it is not on words. “–” does not occur.",
];

/// A table of `study`, and the note beside it. `now` is in milliseconds since 1970.
///
/// # Errors
/// [`TableError`] when the matrix cannot be made or a text is missing.
pub fn table_of(
    content: Content,
    study: &Study,
    texts: &dyn Texts,
    spec: &MatrixSpec,
    measure: Measure,
    labels: Labels,
    now: i64,
) -> Result<(Table, About), TableError> {
    let filter = &spec.filter;
    let about = |what: &str| About::new(study, what, filter, now);
    let names = Names::new(study, labels);
    let whole = |what: &str, signs: &[&str]| About::new(study, what, &Filter::default(), now).section("Signs", signs).names(&names);
    Ok(match content {
        Content::Matrix => (
            matrix_table(study, &matrix(study, spec)?, measure, labels),
            about(&format!("The matrix as it is seen; its cells show {}.", measure_name(measure)))
                .with_matrix(study, spec)
                .section("Signs", MATRIX_SIGNS)
                .names(&names),
        ),
        Content::Cells => (
            cells_table(study, &matrix(study, spec)?, labels),
            about("The matrix in long form: one row a cell, totals left out.")
                .with_matrix(study, spec)
                .section("Signs", CELLS_SIGNS)
                .names(&names),
        ),
        Content::Codings => (
            codings_table(study, texts, labels, |material, coding| {
                filter.lets_in(study, material)
                    && filter.coder.is_none_or(|coder| coder == coding.coder)
                    && (!filter.quote_marked || is_quote(material, coding))
            })?,
            about("Every coding with its words.").section("Signs", CODINGS_SIGNS).names(&names),
        ),
        Content::Cases => {
            (cases_table(study, filter, labels)?, about("Cases by themes.").counted().section("Signs", CASES_SIGNS).names(&names))
        }
        Content::Memos => (memos_table(study, texts, labels, |_| true)?, whole("Every memo, whatever is filtered elsewhere.", MEMOS_SIGNS)),
        Content::Chart => {
            (chart_table(study, texts, labels)?, whole("The chart: cases by themes, with what is charted there.", CHART_SIGNS))
        }
        Content::Summaries => (summaries_table(study, texts, labels)?, whole("Every summary with what it cites.", SUMMARIES_SIGNS)),
        Content::Quotes => (
            quotes_table(study, texts, filter, labels)?,
            about("The passages that were marked as quotes.").section("Signs", QUOTES_SIGNS).names(&names),
        ),
        Content::Codebook => {
            (codebook_table(study, filter)?, about("The codebook, with what is coded.").counted().section("Signs", CODEBOOK_SIGNS))
        }
    })
}
