use serde_json::Value;

use super::{Draft, Union, UniteError, change, made};
use crate::study::change::{Change, Deed, FieldChange, LoggedChange, UnreadableChange, field};
use crate::study::edit::Edit;
use crate::study::entities::{Entity, EntityId, Kind};
use crate::study::ids::CoderId;

/// How what is told of words begins that went with something; they are not lost when that comes back.
const LOST: &str = "lost with it: ";

/// What one removes and another goes on working with.
impl Union<'_> {
    /// What a change comes to whose entity somebody else has removed. Words come back, and so does what somebody goes on
    /// working with; a theme does only where it is needed. What does not come back is told.
    pub(super) fn set_of_gone(&mut self, edit: &Edit, logged: &LoggedChange, sets: &[FieldChange]) -> Result<Vec<Change>, UniteError> {
        let Some(gone) = self.gone.get(&logged.entity()) else { return Ok(Vec::new()) };
        let (entity, by) = (gone.entity.clone(), gone.by);
        let sets_one_of = |fields: &[&str]| sets.iter().any(|set| fields.contains(&set.field.as_str()));
        let joined = self.became.contains_key(&logged.entity());
        let returns = match &entity {
            Entity::Source(_) | Entity::Case(_) | Entity::Attribute(_) | Entity::Value(_) | Entity::Saved(_) | Entity::Typology(_) => {
                sets.iter().any(|set| set.field != "position")
            }
            // Who deletes a value of it does not go on working with it.
            Entity::Dimension(_) => sets.iter().any(|set| set.field != "position" && !set.after.is_null()),
            // Who removed an own coding meant it, and a correction only moves what it finds.
            Entity::Coding(coding) => {
                let moved = sets_one_of(&["theme"]) || sets_one_of(&["span"]) && !corrects(edit);
                moved && (joined || by != coding.coder && by != edit.coder)
            }
            entity => sets_one_of(stands_only_there(entity.kind())),
        };
        if !returns {
            return self.tell_sets_of_gone(edit, logged, sets, &entity);
        }
        self.is_back(logged.entity());
        let (what, who, remover) = (self.called(&entity), self.coder(edit.coder), self.coder(by));
        let sentence = if joined {
            format!("{what} is by itself again: it had become one with another, and {who} went on with it.")
        } else {
            format!("{what} is back: {remover} had deleted it, and {who} went on with it.")
        };
        self.tell(edit, &entity, "back", sentence);
        let mut change = logged.onto(Some(&entity))?;
        change.before = None;
        Ok(self.gone_with(&entity).into_iter().map(made).chain([change]).collect())
    }

    /// Tells what is written of something that is gone and does not come back, and writes it there all the same: something else
    /// may need it yet.
    fn tell_sets_of_gone(
        &mut self,
        edit: &Edit,
        logged: &LoggedChange,
        sets: &[FieldChange],
        entity: &Entity,
    ) -> Result<Vec<Change>, UniteError> {
        let Some(remover) = self.gone.get(&entity.id()).map(|gone| gone.by) else { return Ok(Vec::new()) };
        for set in sets.iter().filter(|set| is_written(entity.kind(), &set.field)) {
            self.tell_gone(edit, entity, set, (edit.coder, remover));
        }
        // Who speaks is nobody's words, and yet it has to be right where the source comes back.
        let is_kept = |set: &&FieldChange| entity.kind() == Kind::Speaker || is_written(entity.kind(), &set.field);
        let sets = sets.iter().filter(is_kept).cloned().collect();
        let after = LoggedChange { deed: Deed::Set(sets), ..logged.clone() }.onto(Some(entity))?.after;
        if let (Some(gone), Some(after)) = (self.gone.get_mut(&entity.id()), after) {
            gone.entity = after;
        }
        Ok(Vec::new())
    }

    /// What a removal comes to. It takes only what its author saw: words that were written meanwhile stay, and so does a
    /// coding that was given to another theme.
    pub(super) fn removal(&mut self, edit: &Edit, seen: &Value, now: Entity) -> Result<Option<Change>, UniteError> {
        let fields = now.to_fields().map_err(UnreadableChange::from)?;
        let differs = |name: &str| field(&fields, name) != field(seen, name);
        let stays = match &now {
            Entity::Summary(summary) => match self.version_said(summary, seen)? {
                Some(version) => return Ok(Some(super::removed(version))),
                None => true,
            },
            Entity::Coding(coding) => coding.coder != edit.coder && differs("theme"),
            now => stands_only_there(now.kind()).iter().any(|name| differs(name)),
        };
        if stays {
            let (what, who) = (self.called(&now), self.coder(edit.coder));
            self.tell(edit, &now, "kept", format!("{what} stays: it was changed when {who} deleted it."));
            return Ok(None);
        }
        self.tell_unseen(edit, seen, &now)?;
        Ok(Some(super::removed(now)))
    }

    /// Tells what others have written of something that goes, where whoever removes it had not seen it.
    fn tell_unseen(&mut self, edit: &Edit, seen: &Value, now: &Entity) -> Result<(), UniteError> {
        let seen = Entity::from_fields(now.kind(), seen.clone()).map_err(UnreadableChange::from)?;
        let Some(unseen) = change(seen, now.clone()).to_log().map_err(UnreadableChange::from)? else { return Ok(()) };
        let Deed::Set(sets) = unseen.deed else { return Ok(()) };
        for set in sets.iter().filter(|set| is_written(now.kind(), &set.field)) {
            if let Some(writer) = self.earlier_writer(edit, now, &set.field) {
                self.tell_gone(edit, now, set, (writer, edit.coder));
            }
        }
        Ok(())
    }

    fn tell_gone(&mut self, edit: &Edit, entity: &Entity, set: &FieldChange, (writer, remover): (CoderId, CoderId)) {
        let (what, writer, remover) = (self.called(entity), self.coder(writer), self.coder(remover));
        let sentence = if (entity.kind(), set.field.as_str()) == (Kind::Saved, "body") {
            format!("{what}: {writer}’s version is lost, as {remover} deleted it.")
        } else {
            let Some((words, lost)) = self.in_words(entity.kind(), &set.field, &set.after) else { return };
            format!("{what}, {words}: {writer}’s “{lost}” is lost, as {remover} deleted it.")
        };
        self.tell(edit, entity, &format!("{LOST}{}", set.field), sentence);
    }

    /// Something that was gone comes back, with all that was written of it.
    pub(super) fn is_back(&mut self, id: EntityId) {
        self.conflicts.retain(|it| it.entity != id || !it.about.starts_with(LOST));
    }

    /// What went together with something and comes back with it, although that can be without it.
    pub(super) fn gone_with(&self, gone: &Entity) -> Vec<Entity> {
        let Some(with) = self.gone.get(&gone.id()).map(|it| it.with) else { return Vec::new() };
        if !has_company(gone.kind()) {
            return Vec::new();
        }
        let all = self.gone.values().filter(|it| it.with == with && comes_with(&it.entity, gone));
        all.map(|it| it.entity.clone()).collect()
    }
}

/// Takes the removal of what belongs to something back that is not removed itself.
pub(super) fn let_be(draft: &mut Draft, kept: &Entity) {
    if !has_company(kept.kind()) {
        return;
    }
    let belongs = |doomed: &Change| doomed.after.is_none() && doomed.before.as_ref().is_some_and(|it| comes_with(it, kept));
    draft.retain(|_, doomed| !belongs(doomed));
}

/// Whether anything goes and comes back together with what is of this kind.
const fn has_company(kind: Kind) -> bool {
    matches!(kind, Kind::Source | Kind::Proposition)
}

/// Whether something goes and comes back together with something else.
fn comes_with(entity: &Entity, other: &Entity) -> bool {
    match (entity, other) {
        (Entity::Speaker(it), Entity::Source(source)) => it.source == source.id,
        (Entity::CaseSpan(it), Entity::Source(source)) => it.source == source.id,
        (Entity::Evidence(it), Entity::Proposition(proposition)) => it.proposition == proposition.id,
        _ => false,
    }
}

/// The fields for which something is kept that another deletes without having seen them.
const fn stands_only_there(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::Memo => &["text"],
        Kind::Proposition => &["statement", "note", "status"],
        Kind::Evidence => &["note", "weight"],
        Kind::Placement => &["value", "reason"],
        // When it was chosen: a correction moves it and leaves that.
        Kind::Example => &["time"],
        _ => &[],
    }
}

/// Whether somebody wrote or chose a field for its own sake: the others are set along with other things.
fn is_written(kind: Kind, field: &str) -> bool {
    !matches!((kind, field), (Kind::Coding | Kind::Speaker, _) | (Kind::Memo, "on") | (_, "parent" | "case" | "rests_on"))
}

/// Whether an edit puts another version in the place of a text.
fn corrects(edit: &Edit) -> bool {
    let sets_revision = |deed: &Deed| matches!(deed, Deed::Set(sets) if sets.iter().any(|set| set.field == "revision"));
    edit.changes.iter().any(|logged| logged.kind == Kind::Source && sets_revision(&logged.deed))
}
