use super::axis::Point;
use super::spec::{Axis, MatrixSpec};
use crate::study::{CaseKind, CodingId, SourceId, Study};

/// Distinct cases by kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct People {
    /// Persons: the participants.
    pub persons: u32,
    /// Two who answer together.
    pub pairs: u32,
    /// Groups that answer together.
    pub groups: u32,
    /// Interviews of which only the label is known.
    pub interview_labels: u32,
    /// Somebody who could not be told from others.
    pub unidentified: u32,
}

impl People {
    pub(super) fn add(&mut self, kind: CaseKind) {
        *match kind {
            CaseKind::Person => &mut self.persons,
            CaseKind::Pair => &mut self.pairs,
            CaseKind::Group => &mut self.groups,
            CaseKind::InterviewLabel => &mut self.interview_labels,
            CaseKind::Unidentified => &mut self.unidentified,
        } += 1;
    }

    /// Those who are not among some of them.
    #[must_use]
    pub const fn without(self, some: Self) -> Self {
        Self {
            persons: self.persons.saturating_sub(some.persons),
            pairs: self.pairs.saturating_sub(some.pairs),
            groups: self.groups.saturating_sub(some.groups),
            interview_labels: self.interview_labels.saturating_sub(some.interview_labels),
            unidentified: self.unidentified.saturating_sub(some.unidentified),
        }
    }

    /// The cases beside the participants: pairs, groups and interview labels.
    #[must_use]
    pub const fn others(&self) -> u32 {
        self.pairs + self.groups + self.interview_labels
    }

    /// Cases of every kind.
    #[must_use]
    pub const fn total(&self) -> u32 {
        self.persons + self.others() + self.unidentified
    }
}

/// What is known of one crossing, or of one total.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    /// Stretches of text: codings of one source that share a byte are one.
    pub passages: u32,
    /// Codings.
    pub codings: u32,
    /// Who says it.
    pub people: People,
    /// Words of those who say it, each counted once.
    pub words: u32,
    /// Who could have said it: the cases of the cell that speak in the sources counted.
    pub n: People,
    /// Participant groups of those who say it; a group that is not stated is one too.
    pub groups_heard: u32,
    /// Participant groups of those who could have said it.
    pub groups: u32,
    /// Sources in which somebody of the cell speaks.
    pub sources: u32,
    /// Those of them that are marked done.
    pub done: u32,
}

/// What a cell means. No cell is ambiguous.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CellKind {
    /// Nobody with these values speaks: the structural zero.
    NoSuchParticipants,
    /// Nothing yet, and not every source is marked done.
    Open,
    /// Every source is marked done and nothing was found.
    DoneNothing,
    /// Something was coded.
    Coded,
}

/// On how little a cell rests that holds something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RestsOn {
    /// One person; or a pair, group or interview that answers as one.
    OnePerson,
    /// Several people, all of one participant group, where others could have been heard too.
    OneGroup,
}

impl Cell {
    /// Persons, and pairs, groups and interviews that answer as one.
    #[must_use]
    pub const fn heard(&self) -> u32 {
        self.people.persons + self.people.others()
    }

    /// On how little it rests; `None` where that is not little, or nothing is coded.
    #[must_use]
    pub const fn rests_on(&self) -> Option<RestsOn> {
        match (self.heard(), self.groups_heard) {
            (1, _) if self.codings > 0 => Some(RestsOn::OnePerson),
            (2.., 1) if self.groups > 1 => Some(RestsOn::OneGroup),
            _ => None,
        }
    }

    /// What the cell means.
    #[must_use]
    pub const fn kind(&self) -> CellKind {
        if self.codings > 0 {
            CellKind::Coded
        } else if self.n.total() == 0 {
            CellKind::NoSuchParticipants
        } else if self.done < self.sources {
            CellKind::Open
        } else {
            CellKind::DoneNothing
        }
    }
}

/// What is shown in the cells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Measure {
    /// Stretches of text.
    #[default]
    Passages,
    /// Codings.
    Codings,
    /// Distinct persons.
    Participants,
    /// Participants' words.
    Words,
    /// Passages over those of the whole row on the same page, 0–1.
    ShareOfRow,
    /// Passages over those of the whole column on the same page, 0–1.
    ShareOfColumn,
}

/// The figure of a cell in one measure.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Figure {
    /// A number of something.
    Count(u32),
    /// A share, 0–1.
    Share(f64),
}

/// The head of a row, a column or a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// What it stands for: one point of each axis, outermost first; none for the page of all.
    pub points: Vec<Point>,
    /// The name of each point, a theme without those above it; `None` is *Not stated*.
    pub names: Vec<Option<String>>,
    /// For a theme the number of themes above it; its *(this level only)* stands one deeper. 0 for anything else.
    pub depth: usize,
}

impl Head {
    pub(super) fn new(study: &Study, points: Vec<Point>) -> Self {
        let depth = points.iter().map(|point| {
            let depth =
                |theme| study.codebook().line(theme).and_then(|line| study.codebook().outline().get(line)).map_or(0, |row| row.depth);
            match point {
                Point::Theme(theme) => depth(*theme),
                Point::ThemeOnly(theme) => depth(*theme) + 1,
                Point::Case(_) | Point::Value(_) => 0,
            }
        });
        let depth = depth.max().unwrap_or(0);
        Self { names: points.iter().map(|point| point.name(study)).collect(), points, depth }
    }

    /// The name of each point with a theme as its path, which is how files name it; `None` is *Not stated*.
    #[must_use]
    pub fn paths(&self, study: &Study) -> Vec<Option<String>> {
        let path = |(point, name): (&Point, &Option<String>)| match (point, name) {
            (Point::Theme(theme), _) => Some(study.codebook().path(*theme)),
            (Point::ThemeOnly(theme), Some(name)) => {
                Some(format!("{}{}{name}", study.codebook().path(*theme), crate::study::PATH_SEPARATOR))
            }
            (_, name) => name.clone(),
        };
        self.points.iter().zip(&self.names).map(path).collect()
    }
}

/// A cell by what it stands for, which holds its meaning when rows and columns come and go.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct CellKey {
    /// The page, one point of each nested axis, outermost first; `None` is the page of all.
    pub page: Option<Vec<Point>>,
    /// The row, likewise; `None` is the total of the columns.
    pub row: Option<Vec<Point>>,
    /// The column, likewise; `None` is the total of the rows.
    pub column: Option<Vec<Point>>,
}

impl CellKey {
    /// Whether the study has all that it stands for.
    #[must_use]
    pub fn is_in(&self, study: &Study) -> bool {
        [&self.page, &self.row, &self.column].into_iter().flatten().flatten().all(|point| point.is_in(study))
    }
}

/// A cell of a matrix that may be another than the one at hand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CellAt {
    /// What is crossed.
    pub spec: MatrixSpec,
    /// The cell.
    pub key: CellKey,
}

/// A matrix: the facts of every cell and every total.
///
/// Rows, columns and pages are counted from 0; `None` for a row or column is its total, page 0 is the page of all.
#[derive(Clone, Debug, PartialEq)]
pub struct Matrix {
    /// What was crossed.
    pub spec: MatrixSpec,
    /// The rows in order.
    pub rows: Vec<Head>,
    /// The columns in order.
    pub columns: Vec<Head>,
    /// The pages in order, first the page of all.
    pub pages: Vec<Head>,
    /// Codings that hold no participant's words. They are in no cell unless the filter lets in all voices.
    pub no_participant_words: Vec<(SourceId, CodingId)>,
    /// Pages of rows of cells; after the last column and the last row stand their totals.
    pub(super) cells: Vec<Cell>,
}

impl Matrix {
    /// The facts of a cell or total; `None` outside of the matrix.
    #[must_use]
    pub fn cell(&self, page: usize, row: Option<usize>, column: Option<usize>) -> Option<&Cell> {
        let place = |at: Option<usize>, heads: &[Head]| match at {
            Some(at) => (at < heads.len()).then_some(at),
            None => Some(heads.len()),
        };
        let (row, column) = (place(row, &self.rows)?, place(column, &self.columns)?);
        self.cells.get((page * (self.rows.len() + 1) + row) * (self.columns.len() + 1) + column)
    }

    /// What a cell or total shows; `None` for a structural zero, for a share of nothing, and outside of the matrix.
    #[must_use]
    pub fn figure(&self, measure: Measure, page: usize, row: Option<usize>, column: Option<usize>) -> Option<Figure> {
        let cell = self.cell(page, row, column)?;
        if cell.kind() == CellKind::NoSuchParticipants {
            return None;
        }
        let share_of = |total: &Cell| (total.passages > 0).then(|| Figure::Share(f64::from(cell.passages) / f64::from(total.passages)));
        match measure {
            Measure::Passages => Some(Figure::Count(cell.passages)),
            Measure::Codings => Some(Figure::Count(cell.codings)),
            Measure::Participants => Some(Figure::Count(cell.people.persons)),
            Measure::Words => Some(Figure::Count(cell.words)),
            Measure::ShareOfRow => share_of(self.cell(page, row, None)?),
            Measure::ShareOfColumn => share_of(self.cell(page, None, column)?),
        }
    }

    /// What a cell stands for.
    #[must_use]
    pub fn key(&self, page: usize, row: Option<usize>, column: Option<usize>) -> CellKey {
        let points = |heads: &[Head], at: usize| heads.get(at).map(|head| head.points.clone()).filter(|points| !points.is_empty());
        CellKey {
            page: points(&self.pages, page),
            row: row.and_then(|row| points(&self.rows, row)),
            column: column.and_then(|column| points(&self.columns, column)),
        }
    }

    /// Where a cell stands now: page, row and column; `None` when it is not shown any more.
    #[must_use]
    pub fn find(&self, key: &CellKey) -> Option<(usize, Option<usize>, Option<usize>)> {
        let place = |heads: &[Head], points: Option<&[Point]>| match points {
            None => Some(None),
            Some(points) => heads.iter().position(|head| head.points == points).map(Some),
        };
        let page = place(&self.pages, key.page.as_deref())?.unwrap_or(0);
        Some((page, place(&self.rows, key.row.as_deref())?, place(&self.columns, key.column.as_deref())?))
    }

    /// Whether rows, columns or pages stand for themes.
    #[must_use]
    pub fn has_themes(&self) -> bool {
        self.spec.axes().any(|axis| axis == Axis::Themes)
    }
}
