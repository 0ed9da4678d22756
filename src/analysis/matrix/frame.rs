use super::axis::{Nest, Point, Seat};
use super::spec::{Axis, MOST_CELLS, MatrixSpec, SpecError};
use super::table::CellKey;
use crate::analysis::layer::Layer;
use crate::study::Study;

/// The axes of a matrix over one study: which cells a coding or a voice falls in.
///
/// Cells have dense indices over every combination of points, also those that will not be shown.
pub(super) struct Frame<'a> {
    /// What is counted.
    pub layer: Layer<'a>,
    pub rows: Nest,
    pub columns: Nest,
    pub pages: Nest,
    /// Number of cells and totals, shown or not.
    pub cell_count: usize,
}

impl<'a> Frame<'a> {
    pub fn new(study: &'a Study, spec: &'a MatrixSpec) -> Result<Self, SpecError> {
        spec.check(study)?;
        let layer = Layer::new(study, &spec.filter);
        let nest = |axes: &[Axis]| Nest::new(study, &layer.cases, axes);
        let (rows, columns, pages) = (nest(&spec.rows)?, nest(&spec.columns)?, nest(&spec.pages)?);
        let cell_count = cell_count([&rows, &columns, &pages]).ok_or(SpecError::TooLarge)?;
        Ok(Self { layer, rows, columns, pages, cell_count })
    }

    /// Dense index of a cell; `row` and `column` after the last are the totals, page 0 is the page of all.
    pub fn cell(&self, page: usize, row: usize, column: usize) -> usize {
        (page * (self.rows.count + 1) + row) * (self.columns.count + 1) + column
    }

    /// Dense index of the cell that `key` stands for; `None` when the axes have no such points.
    pub fn find(&self, key: &CellKey) -> Option<usize> {
        let place = |nest: &Nest, points: Option<&Vec<Point>>, total: usize| points.map_or(Some(total), |points| nest.position(points));
        let page = match &key.page {
            None => 0,
            Some(points) => 1 + self.pages.position(points)?,
        };
        let row = place(&self.rows, key.row.as_ref(), self.rows.count)?;
        let column = place(&self.columns, key.column.as_ref(), self.columns.count)?;
        Some(self.cell(page, row, column))
    }

    /// Visits every cell and total in which `seat` lies, each once: one and the same case has all its values.
    pub fn each_cell(&self, seat: Seat, mut visit: impl FnMut(usize)) {
        let with_total = |nest: &Nest| [nest.of(seat), vec![nest.count]].concat();
        let (rows, columns) = (with_total(&self.rows), with_total(&self.columns));
        for page in [0].into_iter().chain(self.pages.of(seat).into_iter().map(|at| 1 + at)) {
            for row in &rows {
                for column in &columns {
                    visit(self.cell(page, *row, *column));
                }
            }
        }
    }
}

/// How many cells an arrangement of rows, columns and pages has, totals among them; `None` when they are too many.
fn cell_count(nests: [&Nest; 3]) -> Option<usize> {
    let cells = nests.into_iter().try_fold(1usize, |cells, nest| cells.checked_mul(nest.count.checked_add(1)?))?;
    (cells <= MOST_CELLS).then_some(cells)
}
