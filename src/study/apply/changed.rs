use std::collections::BTreeMap;

use uuid::Uuid;

use crate::study::change::Change;
use crate::study::entities::{Entity, EntityId, Kind, Record};

/// What an edit makes of entities: how each is afterwards, none where it is removed. Of several changes of one the last
/// counts.
pub(super) struct Changed<'a>(BTreeMap<EntityId, Option<&'a Entity>>);

impl<'a> Changed<'a> {
    /// What `changes` lead to.
    pub fn by(changes: impl IntoIterator<Item = &'a Change>) -> Self {
        Self(changes.into_iter().filter_map(|change| Some((change.id()?, change.after.as_ref()))).collect())
    }

    /// Whether any entity of this kind changes.
    pub fn touches(&self, kind: Kind) -> bool {
        self.range(kind).next().is_some()
    }

    /// The entities as they are afterwards.
    pub fn left(&self) -> impl Iterator<Item = &'a Entity> + '_ {
        self.0.values().copied().flatten()
    }

    /// The entities that are removed, in order.
    pub fn removed(&self) -> Vec<EntityId> {
        self.0.iter().filter(|(_, after)| after.is_none()).map(|(id, _)| *id).collect()
    }

    /// The changed entities of one kind.
    pub fn of_kind<T: Record + 'a>(&self) -> impl Iterator<Item = (Uuid, Option<&'a T>)> + '_ {
        self.range(T::KIND).map(|(id, after)| (id.id, after.and_then(T::of)))
    }

    /// Puts what has changed in the place of what was in `list`, as far as it belongs there, in the order of `key`.
    pub fn put_into<T: Record + 'a, K: Ord>(&self, list: &mut Vec<T>, belongs: impl Fn(&T) -> bool, key: impl Fn(&T) -> K) {
        if self.touches(T::KIND) {
            list.retain(|it| !self.0.contains_key(&EntityId { kind: T::KIND, id: it.uuid() }));
            list.extend(self.of_kind::<T>().filter_map(|(_, it)| it).filter(|it| belongs(it)).cloned());
            list.sort_by_key(key);
        }
    }

    fn range(&self, kind: Kind) -> impl Iterator<Item = (&EntityId, Option<&'a Entity>)> {
        let all = EntityId { kind, id: Uuid::nil() }..=EntityId { kind, id: Uuid::max() };
        self.0.range(all).map(|(id, after)| (id, *after))
    }
}
