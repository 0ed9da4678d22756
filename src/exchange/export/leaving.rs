//! Everything that can leave a project as one file: a table with the note beside it, or a document.

use std::path::Path;

use super::archive::{Archive, archive};
use super::chart::{CHART_SIGNS, chart_table};
use super::codings::is_quote;
use super::course::GoOn;
use super::document::{Document, Edits, codebook, coreq, findings, method, profiles, srqr};
use super::project::{Whole, project_json};
use super::propositions::{PROPOSITIONS_SIGNS, propositions_table};
use super::quotes::{QUOTES_SIGNS, quotes_table};
use super::sources::{SOURCES_SIGNS, sources_table};
use super::summaries::{SUMMARIES_SIGNS, summaries_table};
use super::transcript::{Transcripts, transcripts};
use super::typologies::{TYPOLOGIES_SIGNS, typologies_table};
use super::write::{write_document, write_file, write_table};
use super::{
    About, Content, ExportError, Form, Labels, Names, Table, Written, cases_table, cells_table, codebook_table, codings_table,
    matrix_table, measure_name, memos_table,
};
use crate::analysis::matrix::{Filter, MatrixSpec, Measure, SpecError, matrix};
use crate::study::{CaseId, Coding, Material, SourceId, Study};
use crate::text::{NoSuchBlob, Texts};

/// What is to leave, and how.
#[derive(Clone, Debug)]
pub struct Wish {
    /// What.
    pub content: Content,
    /// As what kind of file.
    pub form: Form,
    /// The matrix, and the filters of tables of codings.
    pub spec: MatrixSpec,
    /// What the matrix shows.
    pub measure: Measure,
    /// How sources and cases are named, and what is masked.
    pub labels: Labels,
    /// The only case of which there is a profile; none is all of them.
    pub case: Option<CaseId>,
    /// The only source of which there is a transcript; none is all of them.
    pub source: Option<SourceId>,
    /// How much was edited, where that is known.
    pub edits: Option<Edits>,
    /// When, in milliseconds since 1970.
    pub now: i64,
}

impl Wish {
    /// The whole of something, named by ids, with nothing masked. `now` is in milliseconds since 1970.
    #[must_use]
    pub fn whole(study: &Study, content: Content, form: Form, now: i64) -> Self {
        let (spec, measure) = (MatrixSpec::usual(study), Measure::default());
        Self { content, form, spec, measure, labels: Labels::IDS, case: None, source: None, edits: None, now }
    }
}

/// What leaves, in memory.
pub enum Leaving {
    /// A table, and the note beside it.
    Table(Table, About),
    /// A document.
    Document(Document),
    /// The texts with what is coded in them.
    Transcripts(Transcripts),
    /// The whole project.
    Project(Whole),
    /// A folder with everything in it.
    Archive(Archive),
}

impl Leaving {
    /// How much is in it.
    #[must_use]
    pub fn says(&self) -> String {
        match self {
            Self::Table(table, _) if table.rows.len() == 1 => "1 row".to_owned(),
            Self::Table(table, _) => format!("{} rows", table.rows.len()),
            Self::Document(document) => document.says.clone(),
            Self::Transcripts(transcripts) => transcripts.says(),
            Self::Project(project) => project.says(),
            Self::Archive(archive) => archive.says(),
        }
    }

    /// What is to be seen of it before it leaves, as rows; nothing of a document, which is told in words.
    #[must_use]
    pub fn overview(self) -> Option<(Table, Option<About>)> {
        match self {
            Self::Table(table, about) => Some((table, Some(about))),
            Self::Document(_) => None,
            Self::Transcripts(transcripts) => Some((transcripts.overview(), None)),
            Self::Project(project) => Some((project.overview, None)),
            Self::Archive(archive) => Some((archive.overview(), None)),
        }
    }

    /// Writes it as the ending of the path says; a CSV or TSV with `bom` so that Excel reads it as UTF-8.
    ///
    /// # Errors
    /// [`ExportError`], [`ExportError::Cancelled`] when `go_on` said so in time; a file that was there is then as it was.
    pub fn write(&self, path: &Path, bom: bool, go_on: GoOn<'_>) -> Result<Written, ExportError> {
        match self {
            Self::Table(table, about) => return write_table(path, table, about, bom, go_on),
            Self::Document(document) => return write_document(path, document),
            Self::Archive(archive) => return archive.write(path, go_on),
            Self::Transcripts(transcripts) => {
                let form = Form::of(path, Content::Transcripts.called(), Content::Transcripts.forms())?;
                write_file(path, &transcripts.bytes(form)?)?;
            }
            Self::Project(project) => {
                Form::of(path, Content::Project.called(), Content::Project.forms())?;
                write_file(path, &project.bytes)?;
            }
        }
        Ok(Written::only(path))
    }
}

/// Why nobody is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.says())]
pub enum NotCompared {
    /// One works blind.
    Blind,
    /// Fewer than two have worked.
    NobodyYet,
    /// Fewer than two are named.
    OnlyOne,
    /// More than two, by segments.
    Segments,
}

impl NotCompared {
    /// The same in words, as part of a sentence.
    #[must_use]
    pub const fn says(self) -> &'static str {
        match self {
            Self::Blind => "in a copy in which one works blind there is nobody to agree with: the codings of others are not shown",
            Self::NobodyYet => "agreement is between two coders or more; here fewer have coded or say that they are done with a source",
            Self::OnlyOne => "agreement is between two coders or more; choose one more",
            Self::Segments => "segments are matched between two coders; choose two, or another unit",
        }
    }
}

/// Why something that is to leave cannot be made.
#[derive(Debug, thiserror::Error)]
pub enum TableError {
    /// The matrix that is asked for.
    #[error(transparent)]
    Spec(#[from] SpecError),
    /// Where cases stand by an attribute would tell what is masked of them.
    #[error(
        "{attribute} is masked for some cases, and cases that stand or are chosen by it would tell whose value is which; leave cases or {attribute} out of rows, columns, pages, filters and the query, or mask nothing"
    )]
    SinglesOut {
        /// The attribute.
        attribute: String,
    },
    /// A text is missing.
    #[error(transparent)]
    NoSuchBlob(#[from] NoSuchBlob),
    /// The source whose course is asked for is not among those that are left.
    #[error("the source is of none of the kinds that are asked for")]
    NoSuchSource,
    /// Agreement cannot be told of those who are asked for.
    #[error(transparent)]
    NobodyToCompare(#[from] NotCompared),
    /// The project could not be put into JSON.
    #[error("the project could not be put into JSON: {0}")]
    Json(serde_json::Error),
    /// A table could not be put into CSV.
    #[error("the table could not be written: {0}")]
    Csv(#[from] csv::Error),
    /// Nobody wants it any more.
    #[error("it was cancelled")]
    Cancelled,
}

/// What empty cells and signs mean in the matrix as it is seen.
const MATRIX_SIGNS: &[&str] = &[
    "0: the sources are all marked done and nothing was found.",
    "blank: nothing was found and not all sources are marked done yet; for shares also: the total is 0.",
    "–: nobody with these values takes part (structural zero).",
    "4 + 1 group: four persons and one group. 0 + unnamed: said only by people who are not stated or unidentified.",
];
const CELLS_SIGNS: &[&str] = &[
    "cell_kind: “no such participants” is the structural zero (“–” on screen); “sources not all done”, “done, nothing found” and “coded” are the others.",
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

/// Makes what is wished for.
///
/// # Errors
/// [`TableError`] when the matrix cannot be made or a text is missing; [`TableError::Cancelled`] when `go_on` said so in time.
pub fn leaving(study: &Study, texts: &dyn Texts, wish: &Wish, go_on: GoOn<'_>) -> Result<Leaving, TableError> {
    let Wish { content, form, ref spec, measure, labels, case, source, edits, now } = *wish;
    let filter = &spec.filter;
    let names = Names::new(study, labels);
    let about = |what: &str| About::new(study, what, filter, now);
    let counts = |material: &Material, coding: &Coding| {
        filter.lets_in(study, material)
            && filter.coder.is_none_or(|coder| coder == coding.coder)
            && (!filter.quote_marked || is_quote(material, coding))
    };
    let whole = |what: &str, signs: &[&str]| About::new(study, what, &Filter::default(), now).section("Signs", signs).names(&names);
    let (table, about) = match content {
        Content::Matrix => (
            matrix_table(study, &matrix(study, spec)?, measure, labels)?,
            about(&format!("The matrix as it is seen; its cells show {}.", measure_name(measure)))
                .with_matrix(study, spec)
                .section("Signs", MATRIX_SIGNS)
                .names(&names),
        ),
        Content::Cells => (
            cells_table(study, &matrix(study, spec)?, labels)?,
            about("The matrix in long form: one row a cell, totals left out.")
                .with_matrix(study, spec)
                .section("Signs", CELLS_SIGNS)
                .names(&names),
        ),
        Content::Codings => (
            codings_table(study, texts, labels, counts, go_on)?,
            about("Every coding with its words.").section("Signs", CODINGS_SIGNS).names(&names),
        ),
        Content::Cases => {
            (cases_table(study, filter, labels)?, about("Cases by themes.").counted().section("Signs", CASES_SIGNS).names(&names))
        }
        Content::Memos => (memos_table(study, texts, labels, |_| true)?, whole("Every memo, whatever is filtered elsewhere.", MEMOS_SIGNS)),
        Content::Propositions => {
            (propositions_table(study, texts, labels)?, whole("Every proposition with what speaks for and against it.", PROPOSITIONS_SIGNS))
        }
        Content::Typologies => {
            (typologies_table(study, labels), whole("Every typology: where each case is in each dimension.", TYPOLOGIES_SIGNS))
        }
        Content::Chart => {
            (chart_table(study, texts, labels, None)?, whole("The chart: cases by themes, with what is charted there.", CHART_SIGNS))
        }
        Content::Summaries => (summaries_table(study, texts, labels)?, whole("Every summary with what it cites.", SUMMARIES_SIGNS)),
        Content::Sources => (sources_table(study, labels), whole("Every source.", SOURCES_SIGNS).of_sources()),
        Content::Quotes => (
            quotes_table(study, texts, filter, labels)?,
            about("The passages that were marked as quotes.").section("Signs", QUOTES_SIGNS).names(&names),
        ),
        Content::Codebook if Form::OF_DOCUMENTS.contains(&form) => return Ok(Leaving::Document(codebook(&names, texts, now)?)),
        Content::Codebook => {
            (codebook_table(study, filter)?, about("The codebook, with what is coded.").counted().section("Signs", CODEBOOK_SIGNS))
        }
        Content::Findings => return Ok(Leaving::Document(findings(&names, texts, now)?)),
        Content::Profiles => return Ok(Leaving::Document(profiles(&names, texts, case, now)?)),
        Content::Method => return Ok(Leaving::Document(method(&names, edits, now)?)),
        Content::Coreq => return Ok(Leaving::Document(coreq(&names, edits, now)?)),
        Content::Srqr => return Ok(Leaving::Document(srqr(&names, edits, now)?)),
        Content::Transcripts => {
            return Ok(Leaving::Transcripts(transcripts(&names, texts, (filter, source), &counts, now, go_on)?));
        }
        Content::Project => return Ok(Leaving::Project(project_json(&names, texts, now, go_on)?)),
        Content::Archive => return Ok(Leaving::Archive(archive(&names, texts, wish, go_on)?)),
    };
    Ok(Leaving::Table(table, about))
}
