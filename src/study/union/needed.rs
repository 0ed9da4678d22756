use std::collections::{BTreeMap, HashMap};

use crate::study::apply::ApplyError;
use crate::study::change::Change;
use crate::study::entities::{Entity, EntityId, Kind};
use crate::study::ids::SourceId;

/// Who needs what of all that is there: what misses something that goes is found without a look at the rest.
#[derive(Default)]
pub(super) struct Needed {
    /// Those who need a thing, with the source each belongs to.
    by: HashMap<EntityId, BTreeMap<EntityId, Option<SourceId>>>,
    /// What each needs.
    of: HashMap<EntityId, Vec<EntityId>>,
}

impl Needed {
    /// Follows changes of the study.
    pub fn note(&mut self, changes: &[Change]) {
        for change in changes {
            let Some(id) = change.id() else { continue };
            for needed in self.of.remove(&id).unwrap_or_default() {
                if let Some(by) = self.by.get_mut(&needed) {
                    by.remove(&id);
                }
            }
            let Some(entity) = &change.after else { continue };
            let needs = needs(entity);
            for needed in &needs {
                self.by.entry(*needed).or_default().insert(id, entity.owner());
            }
            self.of.insert(id, needs);
        }
    }

    /// Those who need a thing, with the source each belongs to.
    pub fn by(&self, id: EntityId) -> impl Iterator<Item = (EntityId, Option<SourceId>)> + '_ {
        self.by.get(&id).into_iter().flatten().map(|(by, owner)| (*by, *owner))
    }

    /// Checks that nobody needs what `changes` have removed.
    ///
    /// # Errors
    /// [`ApplyError::Dangling`] when somebody does.
    pub fn check(&self, changes: &[Change]) -> Result<(), ApplyError> {
        let removed = changes.iter().filter(|change| change.after.is_none()).filter_map(Change::id);
        let missed = removed.flat_map(|id| self.by(id).map(move |(by, _)| ApplyError::Dangling { from: by.kind, to: id.kind })).next();
        missed.map_or(Ok(()), Err)
    }
}

/// What an entity cannot be without, the source it belongs to among that.
pub(super) fn needs(entity: &Entity) -> Vec<EntityId> {
    let source = entity.owner().filter(|_| entity.kind() != Kind::Source).map(|source| super::id_of(Kind::Source, source.0));
    entity.refers_to().into_iter().chain(source).collect()
}
