use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::entities::{Entity, EntityId, Kind};
use super::ids::SourceId;

/// One entity before and after: made (`before` is none), changed, or removed (`after` is none).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The entity as it was.
    pub before: Option<Entity>,
    /// The entity as it is now.
    pub after: Option<Entity>,
}

/// A field that a change sets. Fields inside a map are named `map.key`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FieldChange {
    /// Name of the field.
    pub field: String,
    /// Its value before; `null` where it was absent.
    pub before: Value,
    /// Its value after; `null` where it is absent.
    pub after: Value,
}

/// A change as it stands in the log: only the fields it sets, each before and after.
///
/// Later writers of *other* fields of the same entity are not disturbed when it is undone or merged.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LoggedChange {
    /// What kind of entity.
    pub kind: Kind,
    /// Which.
    pub id: uuid::Uuid,
    /// The source it belongs to, so that it is found without searching.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<SourceId>,
    /// What was done.
    #[serde(flatten)]
    pub deed: Deed,
}

/// What a change in the log is about, without what it does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
pub struct Touched {
    /// What kind of entity.
    pub kind: Kind,
    /// Which.
    pub id: uuid::Uuid,
    /// The source it belongs to, if it belongs to one.
    #[serde(default)]
    pub owner: Option<SourceId>,
}

/// What a change does to its entity.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Deed {
    /// Makes it, with all its fields.
    Make(Value),
    /// Sets some of its fields.
    Set(Vec<FieldChange>),
    /// Removes it; these were its fields.
    Remove(Value),
}

/// A logged change that does not fit the entities of this version or the state it meets.
#[derive(Debug, thiserror::Error)]
pub enum UnreadableChange {
    /// A field is missing or of another type.
    #[error("the log does not fit this version: {0}")]
    Fields(#[from] serde_json::Error),
    /// The entity to be changed is not there, or one to be made is.
    #[error("a {kind:?} that the log names is {state}")]
    State {
        /// What kind of entity.
        kind: Kind,
        /// How it is instead.
        state: &'static str,
    },
}

impl Change {
    /// The entity's identity; `None` only for a change from nothing to nothing.
    #[must_use]
    pub fn id(&self) -> Option<EntityId> {
        self.after.as_ref().or(self.before.as_ref()).map(Entity::id)
    }

    /// The source the entity belongs to, if any.
    #[must_use]
    pub fn owner(&self) -> Option<SourceId> {
        self.after.as_ref().or(self.before.as_ref()).and_then(Entity::owner)
    }

    /// The change for the log; `None` when nothing changes.
    ///
    /// # Errors
    /// Never for the entities of this version; serialisation is fallible by its nature.
    pub fn to_log(&self) -> serde_json::Result<Option<LoggedChange>> {
        let Some(id) = self.id() else { return Ok(None) };
        let deed = match (&self.before, &self.after) {
            (None, Some(after)) => Deed::Make(after.to_fields()?),
            (Some(before), None) => Deed::Remove(before.to_fields()?),
            (Some(before), Some(after)) => {
                let mut fields = Vec::new();
                let (before, after) = (before.to_fields()?, after.to_fields()?);
                compare(&mut fields, "", &before, &after);
                if fields.is_empty() {
                    return Ok(None);
                }
                complete_passage(&mut fields, id.kind, &before, &after);
                Deed::Set(fields)
            }
            (None, None) => return Ok(None),
        };
        Ok(Some(LoggedChange { kind: id.kind, id: id.id, owner: self.owner(), deed }))
    }
}

impl LoggedChange {
    /// The entity's identity.
    #[must_use]
    pub const fn entity(&self) -> EntityId {
        EntityId { kind: self.kind, id: self.id }
    }

    /// The change that takes this one back.
    #[must_use]
    pub fn inverse(&self) -> Self {
        let deed = match &self.deed {
            Deed::Make(fields) => Deed::Remove(fields.clone()),
            Deed::Remove(fields) => Deed::Make(fields.clone()),
            Deed::Set(fields) => Deed::Set(
                fields
                    .iter()
                    .map(|set| FieldChange { field: set.field.clone(), before: set.after.clone(), after: set.before.clone() })
                    .collect(),
            ),
        };
        Self { deed, ..self.clone() }
    }

    /// The change that this log entry makes to the entity as it is now.
    ///
    /// # Errors
    /// [`UnreadableChange`] when the entity is there and should not be, or the other way round, or the fields do not fit.
    pub fn onto(&self, current: Option<&Entity>) -> Result<Change, UnreadableChange> {
        let state = |state| UnreadableChange::State { kind: self.kind, state };
        match (&self.deed, current) {
            (Deed::Make(fields), None) => Ok(Change { before: None, after: Some(Entity::from_fields(self.kind, fields.clone())?) }),
            (Deed::Remove(_), Some(current)) => Ok(Change { before: Some(current.clone()), after: None }),
            (Deed::Set(sets), Some(current)) => {
                let mut fields = current.to_fields()?;
                for set in sets {
                    put(&mut fields, &set.field, &set.after);
                }
                Ok(Change { before: Some(current.clone()), after: Some(Entity::from_fields(self.kind, fields)?) })
            }
            (Deed::Make(_), Some(_)) => Err(state("there already")),
            (Deed::Remove(_) | Deed::Set(_), None) => Err(state("not there any more")),
        }
    }
}

/// Lists the fields in which two records differ; maps are compared key by key, so that two people can set two keys.
fn compare(into: &mut Vec<FieldChange>, prefix: &str, before: &Value, after: &Value) {
    let (Value::Object(old), Value::Object(new)) = (before, after) else { return };
    for key in old.keys().chain(new.keys().filter(|key| !old.contains_key(*key))) {
        let (was, is) = (old.get(key), new.get(key));
        if was == is {
            continue;
        }
        let field = if prefix.is_empty() { key.clone() } else { format!("{prefix}.{key}") };
        match (was, is) {
            (Some(was @ Value::Object(_)), Some(is @ Value::Object(_))) if !is_tagged(was) && !is_tagged(is) => {
                compare(into, &field, was, is);
            }
            (was, is) => into.push(FieldChange { field, before: was.cloned().unwrap_or_default(), after: is.cloned().unwrap_or_default() }),
        }
    }
}

/// Where a part of a passage is set, the other parts are too.
fn complete_passage(sets: &mut Vec<FieldChange>, kind: Kind, before: &Value, after: &Value) {
    let is_set = |name: &str| sets.iter().any(|set| set.field == name);
    let (set, lacking): (Vec<&str>, Vec<&str>) = kind.passage_fields().iter().partition(|name| is_set(name));
    if !set.is_empty() {
        let value = |fields: &Value, name: &str| field(fields, name).clone();
        let same = |name: &&str| FieldChange { field: (*name).to_owned(), before: value(before, name), after: value(after, name) };
        sets.extend(lacking.iter().map(same));
    }
}

/// Whether an object is a span or a tagged union, which change as one.
fn is_tagged(value: &Value) -> bool {
    value.get("what").is_some() || value.get("start").is_some()
}

/// The value of a field, which a change may name by a path.
pub(crate) fn field<'a>(fields: &'a Value, path: &str) -> &'a Value {
    path.split('.').fold(fields, |value, key| value.get(key).unwrap_or(&Value::Null))
}

fn put(fields: &mut Value, path: &str, value: &Value) {
    let Value::Object(map) = fields else { return };
    match path.split_once('.') {
        None if value.is_null() && !map.contains_key(path) => {}
        None => {
            map.insert(path.to_owned(), value.clone());
        }
        Some((outer, key)) => {
            // What somebody else has taken out of a map is not made anew from a part of it.
            match map.get_mut(outer) {
                Some(Value::Object(inner)) if value.is_null() && !key.contains('.') => drop(inner.remove(key)),
                Some(inner) => put(inner, key, value),
                None => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::study::{AttributeId, Case, CaseId, CaseKind, ValueId};

    fn case() -> Case {
        Case { id: CaseId::new(), label: "FIF-TL2".into(), kind: CaseKind::Person, values: Default::default(), position: 1 }
    }

    #[test]
    fn a_logged_change_sets_its_fields_and_leaves_the_others() {
        let (attribute, other) = (AttributeId::new(), AttributeId::new());
        let before = case();
        let mut after = before.clone();
        after.values.insert(attribute, BTreeSet::from([ValueId::new()]));
        let change = Change { before: Some(before.clone().into()), after: Some(after.clone().into()) };
        let logged = change.to_log().unwrap().unwrap();
        assert!(matches!(&logged.deed, Deed::Set(fields) if fields.len() == 1 && fields[0].field == format!("values.{attribute}")));

        // Somebody else has renamed the case and set another attribute since.
        let mut meanwhile = after.clone();
        meanwhile.label = "FIF-TL3".into();
        meanwhile.values.insert(other, BTreeSet::from([ValueId::new()]));
        let undone = logged.inverse().onto(Some(&meanwhile.clone().into())).unwrap().after.unwrap();
        meanwhile.values.remove(&attribute);
        assert_eq!(undone, meanwhile.into());
    }

    #[test]
    fn making_and_removing_are_each_others_inverse() {
        let made = Change { before: None, after: Some(case().into()) }.to_log().unwrap().unwrap();
        let json = serde_json::to_string(&made).unwrap();
        assert_eq!(serde_json::from_str::<LoggedChange>(&json).unwrap(), made);
        assert_eq!(made.inverse().inverse(), made);
        assert!(made.inverse().onto(None).is_err());
        assert!(made.onto(Some(&case().into())).is_err());
    }

    #[test]
    fn a_change_to_the_same_is_not_logged() {
        let same = Change { before: Some(case().into()), after: None };
        let same = Change { after: same.before.clone(), ..same };
        assert_eq!(same.to_log().unwrap(), None);
    }
}
