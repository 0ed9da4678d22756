use std::sync::Arc;

use super::error::EditError;
use super::open::Me;
use crate::store::{Store, StoredTexts};
use crate::study::{Change, CoderId, Entity, EntityId, Material, Revision, SourceId, Study};
use crate::text::{BlobId, Texts as _};

/// An edit being made. Every verb sees what those before it did; nothing is written until all have succeeded.
#[derive(Debug)]
pub struct Tx<'project> {
    pub(super) study: Study,
    pub(super) changes: Vec<Change>,
    places: std::collections::HashMap<EntityId, usize>,
    store: &'project mut Store,
    texts: Arc<StoredTexts>,
    me: &'project Me,
    /// Whether this coder sees only own work. The study that is edited is the whole all the same.
    pub(super) blind: bool,
    now: i64,
}

impl<'project> Tx<'project> {
    pub(super) fn new(study: Study, store: &'project mut Store, texts: Arc<StoredTexts>, me: &'project Me, now: i64) -> Self {
        Self { study, changes: Vec::new(), places: std::collections::HashMap::new(), store, texts, me, blind: false, now }
    }

    /// The study as the verbs so far have left it.
    #[must_use]
    pub const fn study(&self) -> &Study {
        &self.study
    }

    /// Who edits.
    #[must_use]
    pub const fn me(&self) -> &Me {
        self.me
    }

    /// Whether whoever edits sees what `coder` made: what is not seen is neither changed nor built upon by an act that is about
    /// one's own.
    pub(super) fn sees(&self, coder: CoderId) -> bool {
        !self.blind || coder == self.me.coder
    }

    /// The time of the edit, in milliseconds since 1970.
    #[must_use]
    pub const fn now(&self) -> i64 {
        self.now
    }

    /// A source with all that is in it.
    ///
    /// # Errors
    /// [`EditError::Gone`] when there is no such source.
    pub fn material(&self, source: SourceId) -> Result<Arc<Material>, EditError> {
        self.study.material(source).cloned().ok_or(EditError::Gone("source"))
    }

    /// The text of a source as it is read now.
    ///
    /// # Errors
    /// [`EditError`] when the source or its text is missing.
    pub fn text(&self, source: SourceId) -> Result<Arc<str>, EditError> {
        self.text_of(self.material(source)?.revision().ok_or(EditError::Gone("text"))?)
    }

    /// The text of a version.
    ///
    /// # Errors
    /// [`EditError::NoSuchBlob`] when it is missing.
    pub fn text_of(&self, revision: &Revision) -> Result<Arc<str>, EditError> {
        Ok(self.texts.text(revision.text)?)
    }

    /// The bytes of a blob, whatever they are.
    ///
    /// # Errors
    /// [`EditError::NoSuchBlob`] when they are missing.
    pub fn bytes(&self, id: BlobId) -> Result<Vec<u8>, EditError> {
        Ok(self.texts.bytes(id)?)
    }

    /// Stores a text, a geometry or an original, to be named by an entity of this edit.
    ///
    /// # Errors
    /// [`EditError::Store`] when it cannot be written.
    pub fn blob(&mut self, bytes: &[u8]) -> Result<BlobId, EditError> {
        Ok(self.store.put_blob(bytes)?)
    }

    /// Makes an entity or replaces it.
    ///
    /// # Errors
    /// [`EditError::Study`] when the study would not be whole.
    pub fn put(&mut self, entity: impl Into<Entity>) -> Result<(), EditError> {
        self.put_all(vec![entity.into()])
    }

    /// Makes or replaces entities that need one another.
    ///
    /// # Errors
    /// [`EditError::Study`] when the study would not be whole.
    pub fn put_all(&mut self, entities: Vec<Entity>) -> Result<(), EditError> {
        let changes = entities.into_iter().map(|entity| {
            let before = self.study.entity(entity.id(), entity.owner());
            Change { before, after: Some(entity) }
        });
        let changes = changes.filter(|change| change.before != change.after).collect();
        self.change(changes)
    }

    /// Removes an entity; `owner` is the source it belongs to, if it belongs to one.
    ///
    /// # Errors
    /// [`EditError::Study`] when something still refers to it.
    pub fn remove(&mut self, id: EntityId, owner: Option<SourceId>) -> Result<(), EditError> {
        self.remove_all(vec![(id, owner)])
    }

    /// Removes entities that need one another.
    ///
    /// # Errors
    /// [`EditError::Study`] when something still refers to one of them.
    pub fn remove_all(&mut self, ids: Vec<(EntityId, Option<SourceId>)>) -> Result<(), EditError> {
        let found = ids.into_iter().filter_map(|(id, owner)| self.study.entity(id, owner));
        let changes = found.map(|entity| Change { before: Some(entity), after: None }).collect();
        self.change(changes)
    }

    /// Applies changes to the study and keeps one change an entity: from how it was before the edit to how it is now.
    pub(super) fn change(&mut self, changes: Vec<Change>) -> Result<(), EditError> {
        if changes.is_empty() {
            return Ok(());
        }
        self.study.apply_in_place(&changes, self.texts.as_ref())?;
        for change in changes {
            let Some(id) = change.id() else { continue };
            if let Some(earlier) = self.places.get(&id).and_then(|place| self.changes.get_mut(*place)) {
                earlier.after = change.after;
            } else {
                self.places.insert(id, self.changes.len());
                self.changes.push(change);
            }
        }
        Ok(())
    }
}
