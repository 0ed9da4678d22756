use super::columns::Columns;
use super::counted::{At, Counted};
use super::lines::Line;
use crate::analysis::matrix::{CellKey, Point};

/// A row of the grid by what it stands for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
enum RowId {
    Heads,
    #[default]
    First,
    Row(Vec<Point>),
    Total,
}

/// A column of the grid by what it stands for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
enum ColumnId {
    Heads,
    Total,
    #[default]
    First,
    Cell(Vec<Point>),
    Group(Vec<Point>),
}

/// A place in the grid: rows and columns counted from 0, where 0 are the heads, column 1 is the row's total and the last
/// row is the total.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Spot {
    /// The row.
    pub row: usize,
    /// The column.
    pub column: usize,
}

/// What is at a spot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// Where the two heads meet.
    Corner,
    /// The head of a line.
    RowHead(usize),
    /// The head of the last row.
    TotalHead,
    /// The head of a column.
    ColumnHead(At),
    /// A cell; the line `None` is the total.
    Cell(Option<usize>, At),
}

/// The grid as the cursor moves on it.
#[derive(Clone, Copy)]
pub struct Board<'a> {
    /// What was counted.
    pub counted: &'a Counted,
    /// The rows.
    pub lines: &'a [Line],
    /// The columns.
    pub columns: &'a Columns,
}

impl Board<'_> {
    /// The last spot.
    #[must_use]
    pub fn last(&self) -> Spot {
        Spot { row: self.lines.len() + 1, column: self.columns.all.len() + 1 }
    }

    /// The column of a spot; `None` for the row heads.
    #[must_use]
    pub fn column_at(&self, column: usize) -> Option<At> {
        match column {
            0 => None,
            1 => Some(At::Total),
            column => self.columns.all.get(column - 2).map(|column| column.at),
        }
    }

    /// How many columns without participants a column stands for, where it is a strip.
    #[must_use]
    pub fn strip(&self, column: usize) -> Option<usize> {
        column.checked_sub(2).and_then(|column| self.columns.all.get(column))?.strip
    }

    /// What is at a spot.
    #[must_use]
    pub fn what(&self, spot: Spot) -> What {
        let line = spot.row.checked_sub(1).filter(|line| *line < self.lines.len());
        match (spot.row, line, self.column_at(spot.column)) {
            (0, _, None) => What::Corner,
            (0, _, Some(column)) => What::ColumnHead(column),
            (_, Some(line), None) => What::RowHead(line),
            (_, None, None) => What::TotalHead,
            (_, line, Some(column)) => What::Cell(line, column),
        }
    }

    fn row_id(&self, row: usize) -> RowId {
        match row.checked_sub(1) {
            None => RowId::Heads,
            Some(line) => self.lines.get(line).map_or(RowId::Total, |line| RowId::Row(line.points.clone())),
        }
    }

    fn column_id(&self, column: usize) -> ColumnId {
        match self.column_at(column) {
            None => ColumnId::Heads,
            Some(At::Total) => ColumnId::Total,
            Some(at @ At::Leaf(_)) => ColumnId::Cell(self.counted.points(at).to_vec()),
            Some(at @ At::Group(_)) => ColumnId::Group(self.counted.points(at).to_vec()),
        }
    }

    /// Whether a column stands for `id`.
    fn column_is(&self, column: usize, id: &ColumnId) -> bool {
        match (self.column_at(column), id) {
            (Some(at @ At::Leaf(_)), ColumnId::Cell(points)) | (Some(at @ At::Group(_)), ColumnId::Group(points)) => {
                self.counted.points(at) == points
            }
            _ => false,
        }
    }
}

/// Where the focus of the grid is. It stays with what it stands for when rows and columns come and go.
#[derive(Clone, Debug, Default)]
pub struct Cursor {
    row: RowId,
    column: ColumnId,
    last: Spot,
}

impl Cursor {
    /// Where it is now; where it was when what it stood for is gone.
    #[must_use]
    pub fn spot(&self, board: &Board<'_>) -> Spot {
        let end = board.last();
        let row = match &self.row {
            RowId::Heads => Some(0),
            RowId::First => Some(1),
            RowId::Total => Some(end.row),
            RowId::Row(points) => board.lines.iter().position(|line| line.points == *points).map(|line| line + 1),
        };
        let column = match &self.column {
            ColumnId::Heads => Some(0),
            ColumnId::Total => Some(1),
            ColumnId::First => Some(2),
            wanted => (2..=end.column).find(|column| board.column_is(*column, wanted)),
        };
        Spot { row: row.unwrap_or(self.last.row).min(end.row), column: column.unwrap_or(self.last.column).min(end.column) }
    }

    /// Goes to the cell or total that `key` stands for.
    pub fn go_to(&mut self, board: &Board<'_>, key: CellKey) {
        self.row = key.row.map_or(RowId::Total, RowId::Row);
        self.column = match key.column {
            None => ColumnId::Total,
            Some(points) if points.len() < board.counted.matrix.spec.columns.len() => ColumnId::Group(points),
            Some(points) => ColumnId::Cell(points),
        };
        self.last = self.spot(board);
    }

    /// Goes to a spot.
    pub fn go(&mut self, board: &Board<'_>, spot: Spot) {
        let end = board.last();
        self.last = Spot { row: spot.row.min(end.row), column: spot.column.min(end.column) };
        self.row = board.row_id(self.last.row);
        self.column = board.column_id(self.last.column);
    }
}
