use std::borrow::Cow;

use serde_json::Value;

use super::gone::let_be;
use super::{Draft, Union, UniteError, change};
use crate::study::change::{Change, Deed, FieldChange, LoggedChange, UnreadableChange, field};
use crate::study::edit::Edit;
use crate::study::entities::{Entity, Kind};

impl Union<'_> {
    /// What an edit means to change, met with what is there now.
    pub(super) fn intended(&mut self, edit: &Edit) -> Result<Draft, UniteError> {
        let mut draft = Draft::new();
        let mut stay = Vec::new();
        for logged in &edit.changes {
            let logged = &*self.as_it_is_now(logged);
            let now = self.study.entity(logged.entity(), logged.owner);
            let doomed = matches!(logged.deed, Deed::Remove(_)).then(|| now.clone()).flatten();
            let changes = self.met(edit, logged, now)?;
            stay.extend(doomed.filter(|_| changes.is_empty()));
            for change in changes {
                match change.id() {
                    Some(id) if id.kind == logged.kind => drop(draft.insert(id, change)),
                    // What comes back with it; the edit may have said more of that already.
                    Some(id) => drop(draft.entry(id).or_insert(change)),
                    None => {}
                }
            }
        }
        for kept in &stay {
            let_be(&mut draft, kept);
        }
        Ok(draft)
    }

    /// What was done to something that has become part of another meanwhile is done to that.
    pub(super) fn as_it_is_now<'l>(&self, logged: &'l LoggedChange) -> Cow<'l, LoggedChange> {
        match logged.kind {
            Kind::Speaker if !matches!(logged.deed, Deed::Make(_)) && !self.study.has(logged.entity(), logged.owner) => {
                let heir = self.heir(logged.entity(), |heir| self.study.has(heir, logged.owner));
                heir.map_or(Cow::Borrowed(logged), |heir| Cow::Owned(LoggedChange { id: heir.id, ..logged.clone() }))
            }
            Kind::Dimension | Kind::Placement => self.with_one_value(logged),
            _ => Cow::Borrowed(logged),
        }
    }

    fn met(&mut self, edit: &Edit, logged: &LoggedChange, now: Option<Entity>) -> Result<Vec<Change>, UniteError> {
        let one = |change: Option<Change>| change.into_iter().collect();
        Ok(match (&logged.deed, now) {
            (Deed::Make(fields), now) => {
                let made = Entity::from_fields(logged.kind, fields.clone()).map_err(UnreadableChange::from)?;
                let after = match &now {
                    Some(now) => self.made_again(edit, now, made)?,
                    None => self.back_as_written(edit, made)?,
                };
                one(Some(Change { before: now, after: Some(after) }))
            }
            (Deed::Set(sets), now) if logged.kind == Kind::Summary => self.set_summary(edit, logged, sets, now)?,
            (Deed::Set(sets), Some(now)) => {
                let change = self.with_passage(logged, sets).onto(Some(&now))?;
                self.tell_lost(edit, sets, &now)?;
                self.tell_chosen_twice(edit, sets, &change)?;
                one(Some(change))
            }
            (Deed::Set(sets), None) => self.set_of_gone(edit, logged, sets)?,
            (Deed::Remove(fields), Some(now)) => one(self.removal(edit, fields, now)?),
            (Deed::Remove(_), None) => Vec::new(),
        })
    }

    /// What is made that is not there. Where it was, somebody takes a deletion back; what others wrote of it meanwhile is not lost.
    fn back_as_written(&mut self, edit: &Edit, made: Entity) -> Result<Entity, UniteError> {
        // A summary comes back with all its versions, which are kept by themselves.
        let Some(gone) = self.gone.get(&made.id()).filter(|_| made.kind() != Kind::Summary && !is_of_two(made.kind())) else {
            return Ok(made);
        };
        let gone = gone.entity.clone();
        self.is_back(made.id());
        self.made_again(edit, &gone, made)
    }

    /// What is made although it is there. Where two have the same identity for the same thing, the later says how it is. Else
    /// somebody takes a deletion back; what others have written meanwhile stays.
    fn made_again(&mut self, edit: &Edit, now: &Entity, made: Entity) -> Result<Entity, UniteError> {
        if is_of_two(now.kind()) {
            self.tell_made_twice(edit, now, &made)?;
            return Ok(made);
        }
        let logged = change(now.clone(), made).to_log().map_err(UnreadableChange::from)?;
        let Some(LoggedChange { deed: Deed::Set(mut sets), .. }) = logged.clone() else { return Ok(now.clone()) };
        let passage = now.kind().passage_fields();
        let of_others = |set: &FieldChange| self.earlier_writer(edit, now, &set.field).is_some();
        let moved = sets.iter().any(|set| passage.contains(&set.field.as_str()) && of_others(set));
        sets.retain(|set| if passage.contains(&set.field.as_str()) { !moved } else { !of_others(set) });
        let again = logged.map(|logged| LoggedChange { deed: Deed::Set(sets), ..logged }.onto(Some(now))).transpose()?;
        Ok(again.and_then(|change| change.after).unwrap_or_else(|| now.clone()))
    }

    /// A change with the whole passage that its author meant. Before format 4 the parts that stayed as they were are not in the
    /// log; then they are those of the passage which the others name.
    pub(super) fn with_passage(&self, logged: &LoggedChange, sets: &[FieldChange]) -> LoggedChange {
        let find = |name: &str| sets.iter().find(|set| set.field == name);
        let names = logged.kind.passage_fields();
        let given: Vec<&FieldChange> = names.iter().filter_map(|name| find(name)).collect();
        if given.is_empty() || given.len() == names.len() {
            return logged.clone();
        }
        let mut passages = self.passages.get(&logged.entity()).into_iter().flatten().rev();
        let seen = passages.find(|passage| given.iter().all(|set| *field(passage, &set.field) == set.before));
        let Some(seen) = seen else { return logged.clone() };
        let lacking = names.iter().filter(|name| find(name).is_none()).map(|name| {
            let value = field(seen, name);
            FieldChange { field: (*name).to_owned(), before: value.clone(), after: value.clone() }
        });
        let sets = sets.iter().cloned().chain(lacking).collect();
        LoggedChange { deed: Deed::Set(sets), ..logged.clone() }
    }

    /// Tells of the fields in which this edit writes over what its author had not seen.
    pub(super) fn tell_lost(&mut self, edit: &Edit, sets: &[FieldChange], now: &Entity) -> Result<(), UniteError> {
        let fields = now.to_fields().map_err(UnreadableChange::from)?;
        for set in sets {
            if is_part_of_gone(&fields, &set.field) {
                self.tell_part_of_gone(edit, now, set);
                continue;
            }
            let current = field(&fields, &set.field);
            if *current != set.before && *current != set.after {
                self.tell_field(edit, now, &set.field, (current, &set.after));
            }
        }
        Ok(())
    }
}

/// Whether two can make the same of this kind, each without knowing of the other's.
const fn is_of_two(kind: Kind) -> bool {
    matches!(kind, Kind::Coder | Kind::Placement | Kind::Example | Kind::Status | Kind::Verdict)
}

/// Whether a field is a part of something in a map that is not there: its other parts are not there either.
fn is_part_of_gone(fields: &Value, path: &str) -> bool {
    path.rsplit_once('.').is_some_and(|(whole, _)| field(fields, whole).is_null())
}
