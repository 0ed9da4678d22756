use std::collections::BTreeSet;

use super::error::EditError;
use super::open::Project;
use crate::store::EditSummary;

/// Edits looked at in one go.
const PAGE: usize = 500;

/// What going back to before an edit comes to. All lists are newest first.
#[derive(Clone, Debug, Default)]
pub struct UndoTo {
    /// Acts of this coder, which would be taken back.
    pub goes: Vec<EditSummary>,
    /// Acts of this coder that stay, because a colleague's edits rest on them.
    pub stays: Vec<EditSummary>,
    /// Acts of other coders, which are left alone.
    pub others: Vec<EditSummary>,
}

impl Project {
    /// What [`Project::undo_to`] would take back, and what it would leave.
    ///
    /// # Errors
    /// [`EditError::Store`] when the log cannot be read.
    pub fn look_back_to(&self, seq: u64) -> Result<UndoTo, EditError> {
        let mut found = UndoTo::default();
        let mut going: BTreeSet<u64> = BTreeSet::new();
        for edit in self.live_acts_from(seq)? {
            if edit.coder != self.me().coder {
                found.others.push(edit);
                continue;
            }
            // Dependants are later, so whether they go is known by now.
            let dependants = self.store.dependants(edit.seq)?;
            if dependants.iter().all(|later| going.contains(&later.seq)) {
                going.insert(edit.seq);
                found.goes.push(edit);
            } else {
                found.stays.push(edit);
            }
        }
        Ok(found)
    }

    /// Takes back edit `seq` and every later act of this coder on which no colleague's edit rests. Returns what was taken
    /// back, newest first.
    ///
    /// # Errors
    /// [`EditError`]; [`EditError::Stopped`] says what was taken back before it, which stays so.
    pub fn undo_to(&mut self, seq: u64) -> Result<Vec<EditSummary>, EditError> {
        let UndoTo { goes, .. } = self.look_back_to(seq)?;
        self.take_back_all(&goes)?;
        Ok(goes)
    }

    /// The acts from `seq` on that have not been taken back, newest first.
    fn live_acts_from(&self, seq: u64) -> Result<Vec<EditSummary>, EditError> {
        let mut acts = Vec::new();
        let mut before = None;
        loop {
            let page = self.history(before, PAGE)?;
            before = page.last().map(|edit| edit.seq);
            let whole = page.len() == PAGE;
            acts.extend(page.into_iter().filter(|edit| edit.seq >= seq && edit.is_live_act()));
            if !whole || before.is_none_or(|oldest| oldest <= seq) {
                return Ok(acts);
            }
        }
    }
}
