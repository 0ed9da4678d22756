use super::signs::Signs;
use crate::analysis::matrix::{Axis, Cell, CellAt, CellKind, Figure, Head, Matrix, MatrixSpec, Measure, Point, SpecError, matrix};
use crate::analysis::tints::Tints;
use crate::app::widgets::SummarySign;
use crate::study::Study;

/// A row or a column of the grid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum At {
    /// The total.
    Total,
    /// A row or column of the matrix.
    Leaf(usize),
    /// The total of a group where rows or columns are nested.
    Group(usize),
}

impl At {
    const fn index(self) -> Option<usize> {
        match self {
            Self::Total => None,
            Self::Leaf(at) | Self::Group(at) => Some(at),
        }
    }
}

/// A matrix with what the grid needs beside it, counted on a thread of its own.
pub struct Counted {
    /// The matrix.
    pub matrix: Matrix,
    /// The totals of groups where columns are nested.
    pub column_groups: Option<Matrix>,
    /// The totals of groups where rows are nested.
    pub row_groups: Option<Matrix>,
    /// Where those cross, if both are nested.
    both_groups: Option<Matrix>,
    /// Which tint stands for how many people.
    pub tints: Tints,
    /// Which cells have a summary.
    pub signs: Signs,
}

impl Counted {
    /// Counts.
    ///
    /// # Errors
    /// [`SpecError`] when the axes do not fit the study.
    pub fn new(study: &Study, spec: &MatrixSpec) -> Result<Self, SpecError> {
        let whole = matrix(study, spec)?;
        let counted = |rows: Option<Vec<Axis>>, columns: Option<Vec<Axis>>| {
            let (Some(rows), Some(columns)) = (rows, columns) else { return Ok(None) };
            matrix(study, &MatrixSpec { rows, columns, ..spec.clone() }).map(Some)
        };
        let column_groups = counted(Some(spec.rows.clone()), outer(&spec.columns))?;
        let row_groups = counted(outer(&spec.rows), Some(spec.columns.clone()))?;
        let both_groups = counted(outer(&spec.rows), outer(&spec.columns))?;
        let cells = (0..whole.pages.len()).flat_map(|page| {
            let rows = 0..whole.rows.len();
            let whole = &whole;
            rows.flat_map(move |row| (0..whole.columns.len()).filter_map(move |column| whole.cell(page, Some(row), Some(column))))
        });
        let most = cells.map(Cell::heard).max().unwrap_or(0);
        Ok(Self { tints: Tints::up_to(most), signs: Signs::new(study), matrix: whole, column_groups, row_groups, both_groups })
    }

    /// The matrix in which a row and a column cross.
    const fn matrix_of(&self, row: At, column: At) -> Option<&Matrix> {
        match (row, column) {
            (At::Group(_), At::Group(_)) => self.both_groups.as_ref(),
            (At::Group(_), _) => self.row_groups.as_ref(),
            (_, At::Group(_)) => self.column_groups.as_ref(),
            _ => Some(&self.matrix),
        }
    }

    /// The facts of a cell.
    #[must_use]
    pub fn cell(&self, page: usize, row: At, column: At) -> Option<&Cell> {
        self.matrix_of(row, column)?.cell(page, row.index(), column.index())
    }

    /// The sign of its summary, if it has one.
    #[must_use]
    pub fn sign(&self, page: usize, row: At, column: At) -> Option<SummarySign> {
        if self.signs.is_empty() {
            return None;
        }
        self.signs.get(&self.matrix_of(row, column)?.crossing(page, row.index(), column.index())?)
    }

    /// Its figure.
    #[must_use]
    pub fn figure(&self, measure: Measure, page: usize, row: At, column: At) -> Option<Figure> {
        self.matrix_of(row, column)?.figure(measure, page, row.index(), column.index())
    }

    /// The head of a column; none for the totals of rows.
    #[must_use]
    pub fn column(&self, column: At) -> Option<&Head> {
        self.matrix_of(At::Total, column)?.columns.get(column.index()?)
    }

    /// What a column stands for; nothing for the totals of rows.
    #[must_use]
    pub fn points(&self, column: At) -> &[Point] {
        self.column(column).map_or(&[], |head| head.points.as_slice())
    }

    /// Which cell it is.
    #[must_use]
    pub fn cell_at(&self, page: usize, row: At, column: At) -> Option<CellAt> {
        let matrix = self.matrix_of(row, column)?;
        Some(CellAt { spec: matrix.spec.clone(), key: matrix.key(page, row.index(), column.index()) })
    }

    /// The facts of a cell wherever it stands now; `None` when it is of another matrix, or not shown any more.
    #[must_use]
    pub fn find(&self, at: &CellAt) -> Option<&Cell> {
        let all = [Some(&self.matrix), self.column_groups.as_ref(), self.row_groups.as_ref(), self.both_groups.as_ref()];
        let matrix = all.into_iter().flatten().find(|matrix| matrix.spec == at.spec)?;
        let (page, row, column) = matrix.find(&at.key)?;
        matrix.cell(page, row, column)
    }

    /// Whether there is nobody at all in a column of a page.
    #[must_use]
    pub fn is_nobody(&self, page: usize, column: At) -> bool {
        self.cell(page, At::Total, column).is_some_and(|cell| cell.kind() == CellKind::NoSuchParticipants)
    }
}

/// The axes round the innermost, where there are any.
fn outer(axes: &[Axis]) -> Option<Vec<Axis>> {
    axes.split_last().map(|(_, outer)| outer.to_vec()).filter(|outer| !outer.is_empty())
}
