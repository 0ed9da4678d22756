use super::tints::Tints;
use crate::analysis::matrix::{Cell, CellKey, CellKind, Figure, Matrix, MatrixSpec, Measure, Point, SpecError, matrix};
use crate::study::Study;

/// A column of the grid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ColumnAt {
    /// The total of a row.
    Total,
    /// A column of the matrix.
    Cell(usize),
    /// The total of a group of nested columns.
    Group(usize),
}

/// Which cell of which matrix: groups' totals are cells of a matrix with one level of columns less.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CellAt {
    /// What is crossed.
    pub spec: MatrixSpec,
    /// The cell.
    pub key: CellKey,
}

/// A matrix with what the grid needs beside it, counted on a thread of its own.
pub struct Counted {
    /// The matrix.
    pub matrix: Matrix,
    /// The totals of groups where columns are nested.
    pub groups: Option<Matrix>,
    /// Which tint stands for how many people.
    pub tints: Tints,
}

impl Counted {
    /// Counts.
    ///
    /// # Errors
    /// [`SpecError`] when the axes do not fit the study.
    pub fn new(study: &Study, spec: &MatrixSpec) -> Result<Self, SpecError> {
        let whole = matrix(study, spec)?;
        let groups = match spec.columns.split_last() {
            Some((_, outer)) if !outer.is_empty() => Some(matrix(study, &MatrixSpec { columns: outer.to_vec(), ..spec.clone() })?),
            _ => None,
        };
        let cells = (0..whole.pages.len()).flat_map(|page| {
            let rows = 0..whole.rows.len();
            let whole = &whole;
            rows.flat_map(move |row| (0..whole.columns.len()).filter_map(move |column| whole.cell(page, Some(row), Some(column))))
        });
        let most = cells.map(people).max().unwrap_or(0);
        Ok(Self { tints: Tints::up_to(most), matrix: whole, groups })
    }

    fn at(&self, column: ColumnAt) -> (Option<&Matrix>, Option<usize>) {
        match column {
            ColumnAt::Total => (Some(&self.matrix), None),
            ColumnAt::Cell(at) => (Some(&self.matrix), Some(at)),
            ColumnAt::Group(at) => (self.groups.as_ref(), Some(at)),
        }
    }

    /// The facts of a cell; the row `None` is the total.
    #[must_use]
    pub fn cell(&self, page: usize, row: Option<usize>, column: ColumnAt) -> Option<&Cell> {
        let (matrix, column) = self.at(column);
        matrix?.cell(page, row, column)
    }

    /// Its figure.
    #[must_use]
    pub fn figure(&self, measure: Measure, page: usize, row: Option<usize>, column: ColumnAt) -> Option<Figure> {
        let (matrix, column) = self.at(column);
        matrix?.figure(measure, page, row, column)
    }

    /// What a column stands for; nothing for the totals of rows.
    #[must_use]
    pub fn points(&self, column: ColumnAt) -> &[Point] {
        let (matrix, at) = self.at(column);
        let head = matrix.zip(at).and_then(|(matrix, at)| matrix.columns.get(at));
        head.map_or(&[], |head| head.points.as_slice())
    }

    /// Which cell it is.
    #[must_use]
    pub fn cell_at(&self, page: usize, row: Option<usize>, column: ColumnAt) -> Option<CellAt> {
        let (matrix, column) = self.at(column);
        let matrix = matrix?;
        Some(CellAt { spec: matrix.spec.clone(), key: matrix.key(page, row, column) })
    }

    /// Whether there is nobody at all in a column of a page.
    #[must_use]
    pub fn is_nobody(&self, page: usize, column: ColumnAt) -> bool {
        self.cell(page, None, column).is_some_and(|cell| cell.kind() == CellKind::NoSuchParticipants)
    }
}

/// How many people a cell rests on: persons, and pairs, groups and interviews that answer as one.
#[must_use]
pub const fn people(cell: &Cell) -> u32 {
    cell.people.persons + cell.people.others()
}
