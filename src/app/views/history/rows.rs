use super::entries::Entries;
use crate::app::times::day_and_clock;
use crate::app::widgets::{Cell, Column, Look, Rows};
use crate::project::{EditKind, EditSummary};

/// The edits as rows of a grid.
pub(super) struct EditRows<'a> {
    entries: &'a Entries,
    keys: &'a [u64],
    now: i64,
    columns: Vec<Column>,
}

impl<'a> EditRows<'a> {
    pub(super) fn new(entries: &'a Entries, keys: &'a [u64], now: i64) -> Self {
        let columns = vec![
            Column::new("When", 18),
            Column::new("Who", 16),
            Column::new("What", 40).grows(),
            Column::figures("Changes", 9),
            Column::new("Sources", 20),
        ];
        Self { entries, keys, now, columns }
    }
}

/// How an edit looks: what is taken back is struck, what takes back is quiet.
fn look(edit: &EditSummary) -> Look {
    match (edit.undone, edit.kind) {
        (true, _) => Look::Struck,
        (false, EditKind::Act | EditKind::Merge) => Look::Plain,
        (false, EditKind::Setup | EditKind::Undo | EditKind::Redo) => Look::Quiet,
    }
}

impl Rows for EditRows<'_> {
    type Key = u64;

    fn columns(&self) -> &[Column] {
        &self.columns
    }

    fn whole_rows(&self) -> bool {
        true
    }

    fn keys(&self) -> &[u64] {
        self.keys
    }

    fn cell(&self, key: u64, column: usize) -> Cell {
        let Some(entry) = self.entries.entry(key) else { return Cell::default() };
        let edit = &entry.edit;
        let quiet = if edit.undone { Look::Quiet } else { look(edit) };
        match column {
            0 => Cell::fixed(day_and_clock(edit.time, self.now)).look(Look::Quiet),
            1 => Cell::fixed(entry.coder.as_str()).look(quiet),
            2 => Cell::fixed(edit.label.as_str()).look(look(edit)),
            3 => Cell::fixed(edit.changes.to_string()).look(Look::Quiet),
            _ => Cell::fixed(entry.sources.as_str()).look(quiet),
        }
    }
}
