use std::borrow::Cow;
use std::collections::BTreeMap;

use serde_json::Value;

use super::{Draft, Union, change, id_of, left};
use crate::study::apply::ApplyError;
use crate::study::change::{Deed, FieldChange, LoggedChange};
use crate::study::edit::Edit;
use crate::study::entities::{Dimension, DimensionValue, Entity, Kind, Placement, Record as _};
use crate::study::ids::DimensionValueId;
use crate::text::fold;

/// Values of a dimension that two have added, each for himself.
impl Union<'_> {
    /// Two values of one name are one: the older stays, with the cases of both. One that was called otherwise before is told
    /// apart, as a new name says nothing of the cases that it had.
    pub(super) fn join_values(&mut self, edit: &Edit, draft: &mut Draft) -> Result<(), ApplyError> {
        for mut dimension in left::<Dimension>(draft) {
            while let Some((older, younger)) = of_one_name(&dimension) {
                dimension = if self.was_renamed(draft, &dimension, older) || self.was_renamed(draft, &dimension, younger) {
                    self.tell_values_apart(edit, draft, &dimension, (older, younger))?
                } else {
                    self.join(edit, draft, &dimension, (older, younger))?
                };
            }
        }
        Ok(())
    }

    fn join(
        &mut self,
        edit: &Edit,
        draft: &mut Draft,
        dimension: &Dimension,
        (older, younger): (DimensionValueId, DimensionValueId),
    ) -> Result<Dimension, ApplyError> {
        let mut after = dimension.clone();
        let name = after.values.remove(&younger).map(|value| value.name).unwrap_or_default();
        let moved = self.study.typologies.placements().filter(|it| it.dimension == dimension.id && it.value == Some(younger));
        let moved = moved.map(|it| change(it.clone(), Placement { value: Some(older), ..it.clone() }));
        let changes = moved.chain([change(dimension.clone(), after.clone())]).collect();
        self.one_value.insert(younger, (dimension.id, older));
        self.put(edit, draft, changes)?;
        let entity = Entity::from(after.clone());
        let sentence = format!("{}: two values “{name}” were made; they are one now.", self.called(&entity));
        self.tell(edit, &entity, &format!("one value: {}", younger.0), sentence);
        Ok(after)
    }

    fn tell_values_apart(
        &mut self,
        edit: &Edit,
        draft: &mut Draft,
        dimension: &Dimension,
        (older, younger): (DimensionValueId, DimensionValueId),
    ) -> Result<Dimension, ApplyError> {
        let mut after = dimension.clone();
        // Whoever came to the name last gets the number.
        let had = before(draft, dimension).and_then(|before| before.value_name(younger).map(fold));
        let later = if had.as_ref() == dimension.value_name(younger).map(fold).as_ref() { older } else { younger };
        let Some(value) = after.values.get_mut(&later) else { return Ok(after) };
        let name = value.name.clone();
        let is_free = |other: &String| dimension.values.values().all(|value| fold(&value.name) != fold(other));
        // Of so many numbers and one, one is free.
        let free = (2..=dimension.values.len() + 2).map(|number| format!("{name} ({number})")).find(is_free);
        value.name = free.unwrap_or_default();
        let sentence = format!("there are two values “{name}”. One of them is called “{}” now.", value.name);
        self.put(edit, draft, vec![change(dimension.clone(), after.clone())])?;
        let entity = Entity::from(after.clone());
        self.tell(edit, &entity, &format!("name taken: {}", later.0), format!("{}: {sentence}", self.called(&entity)));
        Ok(after)
    }

    /// Whether a value has had another name, also before this edit.
    fn was_renamed(&self, draft: &Draft, dimension: &Dimension, value: DimensionValueId) -> bool {
        let writers = (id_of(Kind::Dimension, dimension.id.0), format!("values.{}.name", value.0));
        let had = before(draft, dimension).and_then(|before| before.value_name(value));
        self.writers.contains_key(&writers) || had.is_some_and(|had| Some(had) != dimension.value_name(value))
    }

    /// A change of a dimension, or of where a case is placed, that names the values as they are now.
    pub(super) fn with_one_value<'l>(&self, logged: &'l LoggedChange) -> Cow<'l, LoggedChange> {
        if self.one_value.is_empty() {
            return Cow::Borrowed(logged);
        }
        let deed = match &logged.deed {
            Deed::Set(sets) if logged.kind == Kind::Dimension => Deed::Set(sets.iter().filter_map(|set| self.value_set(set)).collect()),
            Deed::Set(sets) => Deed::Set(sets.iter().map(|set| self.placed(set)).collect()),
            Deed::Make(fields) if logged.kind == Kind::Placement => Deed::Make(self.at_one_value(fields)),
            Deed::Remove(fields) if logged.kind == Kind::Placement => Deed::Remove(self.at_one_value(fields)),
            _ => return Cow::Borrowed(logged),
        };
        Cow::Owned(LoggedChange { deed, ..logged.clone() })
    }

    /// What is set of a value that became one with another. Who deletes it deletes only the own one.
    fn value_set(&self, set: &FieldChange) -> Option<FieldChange> {
        let Some(key) = set.field.strip_prefix("values.") else { return Some(set.clone()) };
        let (id, part) = key.split_once('.').map_or((key, None), |(id, part)| (id, Some(part)));
        let now = id.parse().ok().and_then(|id| self.value_now(DimensionValueId(id)));
        match (now, part) {
            (None, _) => Some(set.clone()),
            (Some(now), Some(part)) => Some(FieldChange { field: format!("values.{}.{part}", now.0), ..set.clone() }),
            (Some(_), None) => (!set.after.is_null()).then(|| set.clone()),
        }
    }

    fn placed(&self, set: &FieldChange) -> FieldChange {
        if set.field != "value" {
            return set.clone();
        }
        FieldChange { field: set.field.clone(), before: self.one_of(&set.before), after: self.one_of(&set.after) }
    }

    fn at_one_value(&self, fields: &Value) -> Value {
        let mut fields = fields.clone();
        if let Some(value) = fields.get_mut("value") {
            *value = self.one_of(value);
        }
        fields
    }

    fn one_of(&self, value: &Value) -> Value {
        let id = value.as_str().and_then(|id| id.parse().ok()).map(DimensionValueId);
        id.and_then(|id| self.value_now(id)).map_or_else(|| value.clone(), |now| now.0.to_string().into())
    }

    /// The value with which another became one, in the end, where that is not there by itself again. It is always an older one.
    fn value_now(&self, value: DimensionValueId) -> Option<DimensionValueId> {
        let (dimension, mut heir) = *self.one_value.get(&value)?;
        let values = &self.study.typologies.dimension(dimension)?.values;
        if values.contains_key(&value) {
            return None;
        }
        while !values.contains_key(&heir) {
            heir = self.one_value.get(&heir)?.1;
        }
        Some(heir)
    }
}

/// The dimension before the edit.
fn before<'d>(draft: &'d Draft, dimension: &Dimension) -> Option<&'d Dimension> {
    draft.get(&id_of(Kind::Dimension, dimension.id.0)).and_then(|change| change.before.as_ref()).and_then(Dimension::of)
}

/// Two values of one name, case folded, the older first.
fn of_one_name(dimension: &Dimension) -> Option<(DimensionValueId, DimensionValueId)> {
    let mut known: BTreeMap<String, DimensionValueId> = BTreeMap::new();
    let name = |(id, value): (&DimensionValueId, &DimensionValue)| (*id, fold(&value.name));
    dimension.values.iter().map(name).find_map(|(id, name)| known.insert(name, id).map(|older| (older, id)))
}
