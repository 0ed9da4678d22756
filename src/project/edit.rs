use std::collections::BTreeSet;
use std::sync::Arc;

use super::error::EditError;
use super::open::{FIRST_EDIT, Project, now};
use super::tx::Tx;
use crate::store::{EditKind, EditSummary, NewEdit};
use crate::study::{Change, Entity, Study};

/// So many changes of several edits are taken back in one transaction.
const TOGETHER: usize = 100;

impl Project {
    /// Makes one undoable edit. It is durable when this returns; when `act` fails, nothing has changed.
    /// An edit that changes nothing is not written.
    ///
    /// # Errors
    /// [`EditError`]: that of `act`, or the file's.
    pub fn edit<T>(&mut self, label: &str, act: impl FnOnce(&mut Tx<'_>) -> Result<T, EditError>) -> Result<T, EditError> {
        self.edit_as(EditKind::Act, label, None, act)
    }

    /// As [`Project::edit`], undone together with the edits of the same group right before it: repeats of a key.
    ///
    /// # Errors
    /// As [`Project::edit`].
    pub fn edit_in_group<T>(
        &mut self,
        group: u64,
        label: &str,
        act: impl FnOnce(&mut Tx<'_>) -> Result<T, EditError>,
    ) -> Result<T, EditError> {
        self.edit_as(EditKind::Act, label, Some(group), act)
    }

    pub(super) fn edit_as<T>(
        &mut self,
        kind: EditKind,
        label: &str,
        group: Option<u64>,
        act: impl FnOnce(&mut Tx<'_>) -> Result<T, EditError>,
    ) -> Result<T, EditError> {
        self.introduce_coder()?;
        let now = now();
        let blind = self.works_blind();
        let mut tx = Tx::new((*self.study).clone(), &mut self.store, Arc::clone(&self.texts), &self.me, now);
        tx.blind = blind;
        let outcome = act(&mut tx)?;
        let Tx { study, mut changes, .. } = tx;
        changes.retain(|change| change.before != change.after);
        if changes.is_empty() {
            return Ok(outcome);
        }
        // Coders stay when the act is taken back: later acts need them too.
        let (coders, changes): (Vec<_>, Vec<_>) =
            changes.into_iter().partition(|change| change.before.is_none() && matches!(change.after, Some(Entity::Coder(_))));
        let edit = NewEdit { kind, device: self.me.device, coder: self.me.coder, now, label, of: None, group, changes: &changes };
        let setup = NewEdit { kind: EditKind::Setup, label: FIRST_EDIT, group: None, changes: &coders, ..edit.clone() };
        let edits: Vec<_> = [setup, edit].into_iter().filter(|edit| !edit.changes.is_empty()).collect();
        self.store.write(&edits)?;
        self.study = Arc::new(study);
        Ok(outcome)
    }

    /// The act that [`Project::undo`] would take back.
    ///
    /// # Errors
    /// [`EditError::Store`] when the log cannot be read.
    pub fn next_undo(&self) -> Result<Option<EditSummary>, EditError> {
        Ok(self.store.next_undo(&self.devices, self.me.coder)?)
    }

    /// The act that [`Project::redo`] would bring back.
    ///
    /// # Errors
    /// [`EditError::Store`] when the log cannot be read.
    pub fn next_redo(&self) -> Result<Option<EditSummary>, EditError> {
        Ok(self.store.next_redo(&self.devices, self.me.coder)?)
    }

    /// Takes back the newest live act of this device, with the repeats of its group. `None`: there is nothing to undo.
    ///
    /// # Errors
    /// [`EditError`]; nothing has changed then.
    pub fn undo(&mut self) -> Result<Option<EditSummary>, EditError> {
        let Some(first) = self.next_undo()? else { return Ok(None) };
        self.take_back(&first)?;
        while let Some(next) = self.next_undo()?.filter(|next| next.group.is_some() && next.group == first.group) {
            self.take_back(&next)?;
        }
        Ok(Some(first))
    }

    /// Brings back the act taken back last, with the repeats of its group. `None`: there is nothing to redo.
    ///
    /// # Errors
    /// [`EditError`]; nothing has changed then.
    pub fn redo(&mut self) -> Result<Option<EditSummary>, EditError> {
        let Some(first) = self.next_redo()? else { return Ok(None) };
        self.bring_back(&first)?;
        while let Some(next) = self.next_redo()?.filter(|next| next.group.is_some() && next.group == first.group) {
            self.bring_back(&next)?;
        }
        Ok(Some(first))
    }

    /// Later live acts that rest on edit `seq`, oldest first.
    ///
    /// # Errors
    /// [`EditError::Store`] when the log cannot be read.
    pub fn dependants(&self, seq: u64) -> Result<Vec<EditSummary>, EditError> {
        let mut all = self.store.dependants(seq)?;
        // What rests on a dependant rests on the edit too.
        let mut next = 0;
        while let Some(edit) = all.get(next).map(|edit| edit.seq) {
            for further in self.store.dependants(edit)? {
                if !all.iter().any(|known| known.seq == further.seq) {
                    all.push(further);
                }
            }
            next += 1;
        }
        all.sort_by_key(|edit| edit.seq);
        Ok(all)
    }

    /// Takes back any live act of this coder, the later ones that rest on it first if `with_dependants`.
    /// Returns what was taken back, newest first.
    ///
    /// # Errors
    /// [`EditError::NotYourEdit`] for a colleague's; [`EditError::InTheWay`] lists what colleagues have made to rest on it, which
    /// stays; [`EditError::Dependants`] lists the later acts when there are some and they may not be taken back too.
    pub fn undo_edit(&mut self, seq: u64, with_dependants: bool) -> Result<Vec<EditSummary>, EditError> {
        let edit = self.store.edit(seq)?.filter(EditSummary::is_live_act);
        let edit = edit.ok_or(EditError::Gone("edit"))?;
        if edit.coder != self.me.coder {
            let name = self.study.coders().get(&edit.coder).map_or("another coder", |coder| coder.name.as_str());
            return Err(EditError::NotYourEdit(name.to_owned()));
        }
        let mut all = self.dependants(seq)?;
        let others: Vec<EditSummary> = all.iter().filter(|later| later.coder != self.me.coder).cloned().collect();
        if !others.is_empty() {
            return Err(EditError::InTheWay(others));
        }
        if !all.is_empty() && !with_dependants {
            return Err(EditError::Dependants(all));
        }
        all.reverse();
        all.push(edit);
        self.take_back_all(&all)?;
        Ok(all)
    }

    /// The newest edits before `before` (all for `None`), newest first.
    ///
    /// # Errors
    /// [`EditError::Store`] when the log cannot be read.
    pub fn history(&self, before: Option<u64>, limit: usize) -> Result<Vec<EditSummary>, EditError> {
        Ok(self.store.edits(before, limit)?)
    }

    /// The places in the log of the edits that made or changed a theme of the codebook as it is.
    ///
    /// # Errors
    /// [`EditError::Store`] when the log cannot be read.
    pub fn edits_of_themes(&self) -> Result<BTreeSet<u64>, EditError> {
        Ok(self.store.edits_on(self.study.codebook().themes().map(|theme| theme.id.0))?)
    }

    fn take_back(&mut self, edit: &EditSummary) -> Result<(), EditError> {
        self.take_back_all(std::slice::from_ref(edit))
    }

    /// Takes back acts in the order given, some at a time, so that no transaction lasts long however many they are. An error
    /// after some of them is [`EditError::Stopped`].
    pub(super) fn take_back_all(&mut self, edits: &[EditSummary]) -> Result<(), EditError> {
        self.introduce_coder()?;
        let mut rest = edits;
        while !rest.is_empty() {
            rest = self.take_back_some(rest).map_err(|error| {
                let done = edits.get(..edits.len() - rest.len()).unwrap_or_default();
                if done.is_empty() {
                    return error;
                }
                EditError::Stopped { done: done.to_vec(), left: rest.len(), source: Box::new(error) }
            })?;
        }
        Ok(())
    }

    /// Takes back the first of some acts, as many as go into one transaction; returns the others.
    fn take_back_some<'e>(&mut self, edits: &'e [EditSummary]) -> Result<&'e [EditSummary], EditError> {
        let mut edits = edits;
        let mut study = (*self.study).clone();
        let (mut steps, mut changes) = (Vec::new(), 0);
        while let Some((edit, rest)) = edits.split_first().filter(|(edit, _)| steps.is_empty() || changes + edit.changes <= TOGETHER) {
            let mut logged = self.store.changes(edit.seq)?;
            logged.reverse();
            let inverse: Vec<_> = logged.iter().map(crate::study::LoggedChange::inverse).collect();
            steps.push((edit, replay(&mut study, &inverse, self)?));
            changes += edit.changes;
            edits = rest;
        }
        self.write_steps(EditKind::Undo, &steps)?;
        self.study = Arc::new(study);
        Ok(edits)
    }

    fn bring_back(&mut self, edit: &EditSummary) -> Result<(), EditError> {
        self.introduce_coder()?;
        let mut study = (*self.study).clone();
        let logged = self.store.changes(edit.seq)?;
        let changes = replay(&mut study, &logged, self)?;
        self.write_steps(EditKind::Redo, &[(edit, changes)])?;
        self.study = Arc::new(study);
        Ok(())
    }

    pub(super) fn write_steps(&mut self, kind: EditKind, steps: &[(&EditSummary, Vec<Change>)]) -> Result<(), EditError> {
        let now = now();
        let verb = if kind == EditKind::Undo { "Undo" } else { "Redo" };
        let labels: Vec<_> = steps.iter().map(|(edit, _)| format!("{verb}: {}", edit.label)).collect();
        let edits = steps.iter().zip(&labels).map(|((edit, changes), label)| NewEdit {
            kind,
            device: self.me.device,
            coder: self.me.coder,
            now,
            label,
            of: Some(edit.seq),
            group: edit.group,
            changes,
        });
        let edits: Vec<_> = edits.collect();
        self.store.write(&edits)?;
        Ok(())
    }
}

/// Applies logged changes to the study as it is now and returns them as changes.
fn replay(study: &mut Study, logged: &[crate::study::LoggedChange], project: &Project) -> Result<Vec<Change>, EditError> {
    let mut changes = Vec::with_capacity(logged.len());
    for change in logged {
        let current = study.entity(change.entity(), change.owner);
        changes.push(change.onto(current.as_ref())?);
    }
    study.apply_in_place(&changes, project.texts.as_ref())?;
    Ok(changes)
}
