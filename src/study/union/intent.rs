use serde_json::Value;

use super::{Draft, Union, UniteError};
use crate::study::change::{Change, Deed, FieldChange, LoggedChange, UnreadableChange, field};
use crate::study::edit::Edit;
use crate::study::entities::{Entity, Kind};

impl Union<'_> {
    /// What an edit means to change, met with what is there now.
    pub(super) fn intended(&mut self, edit: &Edit) -> Result<Draft, UniteError> {
        let mut draft = Draft::new();
        for logged in &edit.changes {
            let heir = self.became.get(&logged.entity()).filter(|heir| heir.kind == Kind::Speaker);
            let logged = &heir.map_or_else(|| logged.clone(), |heir| LoggedChange { id: heir.id, ..logged.clone() });
            let now = self.study.entity(logged.entity(), logged.owner);
            for change in self.met(edit, logged, now)? {
                draft.extend(change.id().map(|id| (id, change)));
            }
        }
        Ok(draft)
    }

    fn met(&mut self, edit: &Edit, logged: &LoggedChange, now: Option<Entity>) -> Result<Vec<Change>, UniteError> {
        let one = |change: Option<Change>| change.into_iter().collect();
        Ok(match (&logged.deed, now) {
            // Made twice, where two have the same identity for the same thing: the later says how it is.
            (Deed::Make(fields), now) => {
                let after = Entity::from_fields(logged.kind, fields.clone()).map_err(UnreadableChange::from)?;
                if let Some(now) = &now {
                    self.tell_made_twice(edit, now, &after)?;
                }
                one(Some(Change { before: now, after: Some(after) }))
            }
            (Deed::Set(sets), now) if logged.kind == Kind::Summary => self.set_summary(edit, logged, sets, now)?,
            (Deed::Set(sets), Some(now)) => {
                self.tell_lost(edit, sets, &now)?;
                one(Some(self.with_passage(logged, sets).onto(Some(&now))?))
            }
            (Deed::Set(sets), None) => one(self.set_of_gone(edit, logged, sets)?),
            (Deed::Remove(fields), Some(now)) => one(self.removal(edit, fields, now)?),
            (Deed::Remove(_), None) => Vec::new(),
        })
    }

    /// A change with the whole passage that its author meant. Before format 4 the parts that stayed as they were are not in the
    /// log; then they are those of the passage which the others name.
    fn with_passage(&self, logged: &LoggedChange, sets: &[FieldChange]) -> LoggedChange {
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

    /// What a change comes to whose entity somebody else has removed. Words come back, and so does what somebody goes on
    /// working with; a theme does only where it is needed.
    fn set_of_gone(&mut self, edit: &Edit, logged: &LoggedChange, sets: &[FieldChange]) -> Result<Option<Change>, UniteError> {
        let Some(gone) = self.gone.get(&logged.entity()) else { return Ok(None) };
        let (entity, by) = (gone.entity.clone(), gone.by);
        let sets_one_of = |fields: &[&str]| sets.iter().any(|set| fields.contains(&set.field.as_str()));
        let matters = sets.iter().any(|set| set.field != "position");
        let returns = match &entity {
            Entity::Source(_) | Entity::Case(_) | Entity::Attribute(_) | Entity::Value(_) | Entity::Saved(_) => matters,
            Entity::Memo(_) => sets_one_of(&["text"]),
            // Who removed an own coding meant it, and a correction only moves what it finds.
            Entity::Coding(coding) => {
                let moved = sets_one_of(&["theme"]) || sets_one_of(&["span"]) && !corrects(edit);
                moved && (self.became.contains_key(&logged.entity()) || by != coding.coder && by != edit.coder)
            }
            _ => false,
        };
        let (what, who, remover) = (self.called(&entity), self.coder(edit.coder), self.coder(by));
        if !returns {
            if matters && logged.kind == Kind::Theme {
                self.tell(edit, &entity, "deleted", format!("{what} was deleted by {remover}; what {who} changed of it is lost."));
            }
            return Ok(None);
        }
        self.tell(edit, &entity, "back", format!("{what} is back: {remover} had deleted it, and {who} went on with it."));
        let mut change = logged.onto(Some(&entity))?;
        change.before = None;
        Ok(Some(change))
    }

    /// What a removal comes to. It takes only what its author saw: words that were written meanwhile stay, and so does a
    /// coding that was given to another theme.
    fn removal(&mut self, edit: &Edit, seen: &Value, now: Entity) -> Result<Option<Change>, UniteError> {
        let fields = now.to_fields().map_err(UnreadableChange::from)?;
        let differs = |name: &str| field(&fields, name) != field(seen, name);
        let stays = match &now {
            Entity::Summary(summary) => match self.version_said(summary, seen)? {
                Some(version) => return Ok(Some(super::removed(version))),
                None => true,
            },
            Entity::Memo(_) => differs("text"),
            Entity::Coding(coding) => coding.coder != edit.coder && differs("theme"),
            _ => false,
        };
        if stays {
            let (what, who) = (self.called(&now), self.coder(edit.coder));
            self.tell(edit, &now, "kept", format!("{what} stays: it was changed when {who} deleted it."));
            return Ok(None);
        }
        Ok(Some(super::removed(now)))
    }
}

/// Whether a field is a part of something in a map that is not there: its other parts are not there either.
fn is_part_of_gone(fields: &Value, path: &str) -> bool {
    path.rsplit_once('.').is_some_and(|(whole, _)| field(fields, whole).is_null())
}

/// Whether an edit puts another version in the place of a text.
fn corrects(edit: &Edit) -> bool {
    let sets_revision = |deed: &Deed| matches!(deed, Deed::Set(sets) if sets.iter().any(|set| set.field == "revision"));
    edit.changes.iter().any(|logged| logged.kind == Kind::Source && sets_revision(&logged.deed))
}
