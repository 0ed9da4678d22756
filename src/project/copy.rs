use std::collections::BTreeMap;
use std::path::Path;

use super::error::{EditError, ProjectError};
use super::open::{Project, now};
use crate::home::{initials, plain_name};
use crate::store::{Access, EditKind, GivenTo, NewEdit, Store};
use crate::study::{Change, Coder, CoderId, Entity, EntityId, Study, Touched};
use crate::text::fold;

impl Project {
    /// Writes a copy of the project to a new file, as it was after edit `seq`. The copy has the whole log, and at its end one
    /// act that leads back to that version; undoing it brings the newest. The project itself stays as it is.
    ///
    /// # Errors
    /// [`ProjectError`]; a file that is there already is not touched, and none is left behind.
    pub fn copy_as_of(&self, seq: u64, to: &Path) -> Result<(), ProjectError> {
        let label = self.store.edit(seq)?.ok_or(EditError::Gone("edit"))?.label;
        self.store.copy_with(to, |path| {
            let mut copy = Self::open(path, Access::Write, &self.on_this_machine())?;
            copy.lead_back(seq, &label)?;
            copy.texts.close();
            copy.checkpoint()
        })
    }

    /// Writes a copy of the project to a new file, for the coder of this name to work in: whoever opens it edits as that coder,
    /// on any machine. [`Project::merge`] brings it back. In a `blind` copy the coder is to see only own work; what
    /// is given on from such a copy is one too.
    ///
    /// # Errors
    /// [`EditError::NoName`] without a name, else [`ProjectError`]; a file that is there already is not touched.
    pub fn give_copy(&self, to: &Path, name: &str, blind: bool) -> Result<GivenTo, ProjectError> {
        let name = &plain_name(name);
        if name.is_empty() {
            return Err(EditError::NoName.into());
        }
        // The owner of a new project is nobody in it before the first edit.
        let is_me = fold(name) == fold(&self.me.name);
        let coder = if is_me { self.me.coder } else { coder_called(&self.study, name).id };
        let Coder { name, initials, .. } = coder_called(&self.study, name);
        let given = GivenTo { coder, name, initials, blind: blind || self.is_given_blind() };
        self.store.copy_with(to, |path| {
            let mut copy = Store::open(path, Access::Write)?;
            copy.give(&given)?;
            copy.checkpoint()
        })?;
        Ok(given)
    }

    /// What edit `seq` was about.
    ///
    /// # Errors
    /// [`EditError::Store`] when the log cannot be read.
    pub fn touched(&self, seq: u64) -> Result<Vec<Touched>, EditError> {
        Ok(self.store.touched(seq)?)
    }

    /// What edit `seq` changed.
    ///
    /// # Errors
    /// [`EditError::Store`] when the log cannot be read.
    pub fn changes(&self, seq: u64) -> Result<Vec<crate::study::LoggedChange>, EditError> {
        Ok(self.store.changes(seq)?)
    }

    /// Makes one act of all that differs from the version after edit `seq`.
    fn lead_back(&mut self, seq: u64, label: &str) -> Result<(), ProjectError> {
        self.introduce_coder()?;
        let changes = between(&self.study, &self.fold_log_to(seq)?);
        if changes.is_empty() {
            return Ok(());
        }
        let study = self.study.apply(&changes, self.texts.as_ref())?;
        let label = format!("Back to the version after “{label}”");
        let (device, coder) = (self.me.device, self.me.coder);
        let edit = NewEdit { kind: EditKind::Act, device, coder, now: now(), label: &label, of: None, group: None, changes: &changes };
        self.store.write(&[edit])?;
        self.study = std::sync::Arc::new(study);
        Ok(())
    }
}

/// The coder of this name, or one to be made: the same name is the same person in every copy and project, also when two people
/// make them.
#[must_use]
pub fn coder_called(study: &Study, name: &str) -> Coder {
    let name = &plain_name(name);
    let new = || Coder { id: CoderId::derived(&[fold(name).as_bytes()]), name: name.clone(), initials: initials(name) };
    // What is agreed on is nobody's, whatever somebody is called.
    study.coder_named(name).filter(|coder| coder.id != CoderId::agreed()).cloned().unwrap_or_else(new)
}

/// What leads from one study to another. Coders stay: the log names them.
pub(super) fn between(from: &Study, to: &Study) -> Vec<Change> {
    let by_id = |study: &Study| -> BTreeMap<EntityId, Entity> { study.entities().into_iter().map(|it| (it.id(), it)).collect() };
    let (mut before, after) = (by_id(from), by_id(to));
    before.retain(|_, entity| !matches!(entity, Entity::Coder(_)));
    let mut changes = Vec::new();
    for (id, entity) in after.into_iter().filter(|(_, entity)| !matches!(entity, Entity::Coder(_))) {
        let was = before.remove(&id);
        if was.as_ref() != Some(&entity) {
            changes.push(Change { before: was, after: Some(entity) });
        }
    }
    changes.extend(before.into_values().map(|gone| Change { before: Some(gone), after: None }));
    changes
}
