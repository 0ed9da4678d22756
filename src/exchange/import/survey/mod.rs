//! Tables of answers: a row a respondent. Each row becomes a source of its own, its questions headings, its answers the words of a
//! participant; what the other columns say is known of that participant.

mod drafts;
mod grid;
mod ods;
mod roles;
mod xlsx;

use serde::{Deserialize, Serialize};

use super::draft::{Draft, ImportError, Problem};
use super::frame::Frame;
use crate::text::BlobId;
pub(super) use grid::Grid;

/// What a column of a table of answers is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ColumnRole {
    /// What the respondent is called.
    Id,
    /// Answers in words, to be read and coded.
    Answer,
    /// Something known of the respondent.
    Attribute,
    /// The participant group.
    Group,
    /// The case-study area.
    Area,
    /// Nothing that comes into the study.
    LeaveOut,
}

impl ColumnRole {
    /// Every role, in the order in which they are offered.
    pub const ALL: [Self; 6] = [Self::Answer, Self::Attribute, Self::Id, Self::Group, Self::Area, Self::LeaveOut];

    /// Its name, as it is offered.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Id => "Id",
            Self::Answer => "Answers to code",
            Self::Attribute => "Attribute",
            Self::Group => "Participant group",
            Self::Area => "Case-study area",
            Self::LeaveOut => "Leave out",
        }
    }
}

/// A column of a table of answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SurveyColumn {
    /// What it is called; columns without a name, or with that of one before, have a number.
    pub name: String,
    /// Its first values, each another one.
    pub samples: Vec<String>,
    /// In how many rows it has a value.
    pub filled: usize,
    /// What it is: guessed from what is in it, or as the analyst said.
    pub role: ColumnRole,
}

/// A row of a table of answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SurveyRow {
    /// The line or row of the file on which it begins, from 1.
    pub line: usize,
    /// Its cells, one a column; empty where nothing was answered.
    pub cells: Vec<String>,
}

/// A table with a row a respondent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SurveyTable {
    /// Name of the file, without folders.
    pub file_name: String,
    /// Its columns.
    pub columns: Vec<SurveyColumn>,
    /// Its rows, without those in which nothing stands.
    pub rows: Vec<SurveyRow>,
    /// What could not be kept or understood.
    pub problems: Vec<Problem>,
    /// SHA-256 of the file.
    pub fingerprint: BlobId,
}

/// How many sample values of a column are kept, and how much of each, in characters.
const SAMPLES: usize = 3;
const SAMPLE: usize = 80;

impl SurveyTable {
    /// The table that a grid of cells is, its first row naming the columns.
    ///
    /// # Errors
    /// [`ImportError::NoTable`] where there is no second column or no second row.
    pub(super) fn of(name: &str, bytes: &[u8], grid: Grid, frame: &Frame) -> Result<Self, ImportError> {
        let no_table = || ImportError::NoAnswers { name: name.to_owned() };
        let Grid { rows, problems } = grid;
        let width = rows.iter().map(|(_, cells)| cells.len()).max().unwrap_or(0);
        let mut rows = rows.into_iter().map(|(line, mut cells)| {
            cells.resize(width, String::new());
            SurveyRow { line, cells }
        });
        let head = rows.next().ok_or_else(no_table)?;
        let rows: Vec<SurveyRow> = rows.collect();
        if rows.is_empty() || width < 2 {
            return Err(no_table());
        }
        let mut columns: Vec<SurveyColumn> = Vec::with_capacity(width);
        for (index, written) in head.cells.iter().enumerate() {
            let values = || rows.iter().filter_map(|row| row.cells.get(index)).filter(|cell| !cell.is_empty());
            let mut samples: Vec<String> = Vec::new();
            for value in values().map(|value| value.chars().take(SAMPLE).collect::<String>()) {
                if samples.len() < SAMPLES && !samples.contains(&value) {
                    samples.push(value);
                }
            }
            let name = free_name(&columns, written, index);
            columns.push(SurveyColumn { name, samples, filled: values().count(), role: ColumnRole::LeaveOut });
        }
        let mut table = Self { file_name: name.to_owned(), columns, rows, problems, fingerprint: BlobId::of(bytes) };
        roles::guess(&mut table, frame);
        Ok(table)
    }

    /// How many respondents come of it as its columns are now.
    #[must_use]
    pub fn respondents(&self) -> usize {
        self.rows.iter().filter(|row| self.has_answers(row)).count()
    }

    /// Whether a row answers anything.
    fn has_answers(&self, row: &SurveyRow) -> bool {
        self.cells_in(row, ColumnRole::Answer).next().is_some()
    }

    /// The columns of a role with what a row has in them, where it has anything.
    fn cells_in<'table>(
        &'table self,
        row: &'table SurveyRow,
        role: ColumnRole,
    ) -> impl Iterator<Item = (&'table SurveyColumn, &'table str)> {
        let cells = self.columns.iter().zip(&row.cells);
        cells.filter(move |(column, cell)| column.role == role && !cell.is_empty()).map(|(column, cell)| (column, cell.as_str()))
    }

    /// A draft for each respondent who answers anything.
    ///
    /// # Errors
    /// [`ImportError::NoAnswers`] where no column has answers.
    pub fn drafts(&self) -> Result<Vec<Draft>, ImportError> {
        drafts::of(self)
    }
}

/// A name for a column that none before it has.
fn free_name(columns: &[SurveyColumn], written: &str, index: usize) -> String {
    let written = written.split_whitespace().collect::<Vec<_>>().join(" ");
    let wanted = if written.is_empty() { format!("Column {}", index + 1) } else { written };
    let numbered = (2..).map(|number| format!("{wanted} ({number})"));
    let is_free = |name: &String| !columns.iter().any(|column| column.name == *name);
    std::iter::once(wanted.clone()).chain(numbered).find(is_free).unwrap_or(wanted)
}
