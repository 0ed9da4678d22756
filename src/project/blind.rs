use std::sync::Arc;

use super::error::EditError;
use super::open::Project;
use crate::store::EditSummary;
use crate::study::{OwnWork, Study};

impl Project {
    /// What whoever edits sees of the study: all of it, or only own work and what all work on, while one works blind. Edits are
    /// made to the whole all the same.
    #[must_use]
    pub fn seen(&self) -> Arc<Study> {
        self.blind.borrow_mut().as_mut().map_or_else(|| self.study(), |own| own.follow(&self.study))
    }

    /// Whether whoever edits sees only own work.
    #[must_use]
    pub fn works_blind(&self) -> bool {
        self.blind.borrow().is_some()
    }

    /// Shows only own work from here on, or all. A copy that was given blind stays so.
    pub fn work_blind(&mut self, blind: bool) {
        let blind = blind || self.is_given_blind();
        if self.works_blind() != blind {
            *self.blind.get_mut() = blind.then(|| OwnWork::of(self.me.coder));
        }
    }

    /// Whether an edit is shown to whoever edits: while one works blind, own ones only.
    #[must_use]
    pub fn shows(&self, edit: &EditSummary) -> bool {
        !self.works_blind() || edit.coder == self.me().coder
    }

    /// Every edit that is shown to whoever edits, newest first.
    ///
    /// # Errors
    /// [`EditError::Store`] when the log cannot be read.
    pub fn history_seen(&self) -> Result<Vec<EditSummary>, EditError> {
        let mut edits = self.history(None, usize::MAX)?;
        edits.retain(|edit| self.shows(edit));
        Ok(edits)
    }

    /// Whether it is a copy that was given blind.
    #[must_use]
    pub fn is_given_blind(&self) -> bool {
        self.given_to().is_some_and(|to| to.blind)
    }
}
