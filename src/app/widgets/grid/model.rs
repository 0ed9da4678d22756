use std::hash::Hash;

use crate::study::CaseKind;

/// A column of a grid.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    /// Its head.
    pub name: String,
    /// About how many characters it has room for; the column that grows has at least so much.
    pub characters: u8,
    /// Whether it takes the room the others leave.
    pub grows: bool,
    /// Whether figures stand in it: to the right, all of one width.
    pub figures: bool,
    /// Whether a cell can hold several values, divided by `;`.
    pub several: bool,
    /// Whether what is begun stands for the choice that begins so, and a value that is not there yet is a choice of its own.
    pub picks: bool,
    /// Whether a click on its head sorts, and which way it is sorted now (`true`: rising).
    pub sorting: Option<Option<bool>>,
}

impl Column {
    /// A column of words.
    #[must_use]
    pub fn new(name: impl Into<String>, characters: u8) -> Self {
        Self { name: name.into(), characters, grows: false, figures: false, several: false, picks: false, sorting: None }
    }

    /// A column of figures.
    #[must_use]
    pub fn figures(name: impl Into<String>, characters: u8) -> Self {
        Self { figures: true, ..Self::new(name, characters) }
    }

    /// The same, taking the room the others leave.
    #[must_use]
    pub fn grows(self) -> Self {
        Self { grows: true, ..self }
    }

    /// The same, with several values a cell.
    #[must_use]
    pub fn several(self) -> Self {
        Self { several: true, ..self }
    }

    /// The same, where one picks from the choices.
    #[must_use]
    pub fn picks(self) -> Self {
        Self { picks: true, ..self }
    }

    /// The same, sorted by a click on its head.
    #[must_use]
    pub fn sorted(self, now: Option<bool>) -> Self {
        Self { sorting: Some(now), ..self }
    }
}

/// How the words of a cell look.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Look {
    /// As words do.
    #[default]
    Plain,
    /// The id of a row.
    Strong,
    /// Less important.
    Quiet,
    /// To be aware of.
    Notice,
    /// Wrong.
    Error,
    /// Undone, and said to be so.
    Struck,
}

/// What stands in a cell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    /// Its words.
    pub text: String,
    /// How they look.
    pub look: Look,
    /// Whether they can be changed in place.
    pub editable: bool,
    /// A box that is ticked or not stands in the place of words.
    pub tick: Option<bool>,
    /// The sign of a kind of case before the words.
    pub sign: Option<CaseKind>,
}

impl Cell {
    /// Words that can be changed.
    #[must_use]
    pub fn editable(text: impl Into<String>) -> Self {
        Self { text: text.into(), editable: true, ..Self::default() }
    }

    /// Words that cannot be changed here.
    #[must_use]
    pub fn fixed(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }

    /// A box to be ticked.
    #[must_use]
    pub fn tick(on: bool) -> Self {
        Self { tick: Some(on), ..Self::default() }
    }

    /// The same, with the sign of a kind of case before the words.
    #[must_use]
    pub fn sign(self, kind: CaseKind) -> Self {
        Self { sign: Some(kind), ..self }
    }

    /// The same, looking so.
    #[must_use]
    pub fn look(self, look: Look) -> Self {
        Self { look, ..self }
    }
}

/// What a grid shows. It is asked only for what is seen.
pub trait Rows {
    /// What a row is, whatever its place.
    type Key: Copy + PartialEq + Hash + std::fmt::Debug;

    /// The columns.
    fn columns(&self) -> &[Column];

    /// How many columns at the left stay in sight.
    fn held(&self) -> usize {
        1
    }

    /// Whether one is at a row as a whole and not at one of its cells.
    fn whole_rows(&self) -> bool {
        false
    }

    /// The rows, in order.
    fn keys(&self) -> &[Self::Key];

    /// What stands in a cell.
    fn cell(&self, key: Self::Key, column: usize) -> Cell;

    /// What can be chosen in a cell that is edited.
    fn choices(&self, _key: Self::Key, _column: usize) -> Vec<String> {
        Vec::new()
    }
}

/// What the analyst did in a grid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GridEvent<K> {
    /// Wrote something into a cell.
    Commit {
        /// The row.
        key: K,
        /// The column.
        column: usize,
        /// What.
        text: String,
    },
    /// Ticked or unticked a box.
    Toggle {
        /// The row.
        key: K,
        /// The column.
        column: usize,
    },
    /// Pressed Enter on a cell that cannot be edited, or clicked it twice.
    Press {
        /// The row.
        key: K,
        /// The column.
        column: usize,
        /// Whether by the pointer.
        pointed: bool,
    },
    /// Clicked a cell that holds words; one is at it now.
    Click {
        /// The row.
        key: K,
        /// The column.
        column: usize,
    },
    /// Wants the cell's words in all cells below it.
    FillDown {
        /// The row.
        key: K,
        /// The column.
        column: usize,
    },
    /// Pasted cells of a spreadsheet: lines of fields, from this cell on to the right and down.
    Paste {
        /// The row of the first.
        key: K,
        /// The column of the first.
        column: usize,
        /// The fields.
        lines: Vec<Vec<String>>,
    },
    /// Clicked the head of a column that sorts.
    Sort(usize),
}
