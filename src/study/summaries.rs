use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::entities::{Crossing, Summary};
use super::ids::{CoderId, SummaryId};

/// What was written in the cells of the matrix, found by identity and by cell.
#[derive(Clone, Debug, Default)]
pub struct Summaries {
    all: BTreeMap<SummaryId, Arc<Summary>>,
    of_cell: HashMap<Crossing, Vec<SummaryId>>,
}

impl Summaries {
    /// All of them, by identity.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &Arc<Summary>> {
        self.all.values()
    }

    /// The summary with this identity.
    #[must_use]
    pub fn get(&self, id: SummaryId) -> Option<&Arc<Summary>> {
        self.all.get(&id)
    }

    /// The cell's own summary.
    #[must_use]
    pub fn of(&self, cell: &Crossing) -> Option<&Arc<Summary>> {
        self.in_cell(cell).find(|summary| summary.is_own())
    }

    /// The summary that is the cell's own for a coder who sees only own work beside colleagues': the cell's own where this coder wrote
    /// it last, else the one that this coder wrote blind, else the first of this coder's that came to the cell from elsewhere:
    /// that it waits would tell of a colleague's.
    #[must_use]
    pub fn alone(&self, cell: &Crossing, coder: CoderId) -> Option<&Arc<Summary>> {
        let mine = || self.in_cell(cell).filter(|summary| summary.coder == coder);
        let own = self.of(cell).filter(|own| own.coder == coder);
        own.or_else(|| mine().find(|summary| summary.is_written_blind())).or_else(|| mine().next())
    }

    /// Those that came to the cell from elsewhere and wait to be settled, oldest first.
    pub fn to_settle(&self, cell: &Crossing) -> impl Iterator<Item = &Arc<Summary>> {
        self.in_cell(cell).filter(|summary| !summary.is_own())
    }

    /// Every summary of a cell, oldest first.
    pub fn in_cell(&self, cell: &Crossing) -> impl Iterator<Item = &Arc<Summary>> {
        self.of_cell.get(cell).into_iter().flatten().filter_map(|id| self.all.get(id))
    }

    /// Puts a summary in, in the place of the one with its identity.
    pub(super) fn put(&mut self, summary: Summary) {
        self.put_shared(Arc::new(summary));
    }

    /// The same with one that is shared.
    pub(super) fn put_shared(&mut self, summary: Arc<Summary>) {
        self.remove(summary.id);
        let of_cell = self.of_cell.entry(summary.cell.clone()).or_default();
        let place = of_cell.partition_point(|id| *id < summary.id);
        of_cell.insert(place, summary.id);
        self.all.insert(summary.id, summary);
    }

    /// Takes a summary out.
    pub(super) fn remove(&mut self, id: SummaryId) {
        let Some(gone) = self.all.remove(&id) else { return };
        if let Some(of_cell) = self.of_cell.get_mut(&gone.cell) {
            of_cell.retain(|other| *other != id);
            if of_cell.is_empty() {
                self.of_cell.remove(&gone.cell);
            }
        }
    }
}
