use serde_json::Value;

use super::{Union, UniteError, change, made};
use crate::study::change::{Change, Deed, FieldChange, LoggedChange, UnreadableChange, field};
use crate::study::edit::Edit;
use crate::study::entities::{Entity, Kind, Summary};
use crate::study::ids::SummaryId;

/// Two versions of the words of a summary are both kept: the later one in its place, the other beside it, to be settled. Who
/// goes on writing goes on with the version that was seen.
impl Union<'_> {
    /// What changes of a summary come to.
    pub(super) fn set_summary(
        &mut self,
        edit: &Edit,
        logged: &LoggedChange,
        sets: &[FieldChange],
        now: Option<Entity>,
    ) -> Result<Vec<Change>, UniteError> {
        let id = SummaryId(logged.id);
        let now = now.and_then(as_summary);
        if !sets.iter().any(|set| is_word(&set.field)) {
            let Some(now) = now else { return Ok(Vec::new()) };
            // A correction carries on what it knew to be cited; what it did not know is carried on after it.
            let fields = fields(&now)?;
            let fits = |set: &&FieldChange| set.field != "citations" || *field(&fields, &set.field) == set.before;
            let sets: Vec<FieldChange> = sets.iter().filter(fits).cloned().collect();
            self.tell_lost(edit, &sets, &now.clone().into())?;
            let after = with(logged, &sets, &now)?;
            return Ok(vec![change(now, after)]);
        }
        if let Some(now) = &now
            && saw(sets, now)?
        {
            return Ok(vec![change(now.clone(), with(logged, sets, now)?)]);
        }
        for aside in self.asides.get(&id).into_iter().flatten() {
            if let Some(aside) = self.study.summaries.get(*aside).filter(|aside| saw(sets, aside).unwrap_or(false)) {
                let after = with(logged, sets, aside)?;
                let after = Summary { id: aside.id, cell: aside.cell.clone(), from: aside.from.clone(), ..after };
                return Ok(vec![change((**aside).clone(), after)]);
            }
        }
        self.branch(edit, logged, sets, now)
    }

    /// Keeps the version there is beside the one that this edit writes.
    fn branch(
        &mut self,
        edit: &Edit,
        logged: &LoggedChange,
        sets: &[FieldChange],
        now: Option<Summary>,
    ) -> Result<Vec<Change>, UniteError> {
        let id = SummaryId(logged.id);
        let versions = self.versions.get(&id).map(Vec::as_slice).unwrap_or_default();
        let seen = versions.iter().rev().find(|version| saw(sets, version).unwrap_or(false));
        let Some(seen) = seen.or(now.as_ref()).or_else(|| versions.last()).cloned() else { return Ok(Vec::new()) };
        let later = with(logged, sets, &seen)?;
        let Some(now) = now else {
            let (what, who) = (self.called(&later.clone().into()), self.coder(edit.coder));
            self.tell(edit, &later.clone().into(), "back", format!("{what} is back: {who} went on with it when it was deleted elsewhere."));
            return Ok(vec![made(later)]);
        };
        let later = Summary { cell: now.cell.clone(), from: now.from.clone(), ..later };
        let mut changes = Vec::new();
        if !now.is_empty() && !same_words(&now, &later) {
            let aside = SummaryId::derived(&[id.0.as_bytes(), edit.id.device.0.as_bytes(), &edit.id.counter.to_be_bytes()]);
            let (earlier, who) = (self.coder(now.coder), self.coder(edit.coder));
            let sentence = format!(
                "{} was written by {earlier} and by {who}: {who}’s version stands, and {earlier}’s waits beside it to be settled.",
                self.called(&now.clone().into())
            );
            self.tell(edit, &now.clone().into(), "words", sentence);
            self.asides.entry(id).or_default().push(aside);
            changes.push(made(Summary { id: aside, from: Some(earlier), ..now.clone() }));
        }
        changes.push(change(now, later));
        Ok(changes)
    }

    /// The version of a summary that says what somebody saw who removes it: itself, or one beside it.
    pub(super) fn version_said(&self, summary: &Summary, seen: &Value) -> Result<Option<Summary>, UniteError> {
        let of_seen = Entity::from_fields(Kind::Summary, seen.clone()).map_err(UnreadableChange::from)?;
        let Some(seen) = as_summary(of_seen) else { return Ok(None) };
        let asides = self.asides.get(&summary.id).into_iter().flatten().filter_map(|id| self.study.summaries.get(*id));
        let mut all = std::iter::once(summary).chain(asides.map(AsRef::as_ref));
        Ok(all.find(|version| same_words(version, &seen)).cloned())
    }
}

fn as_summary(entity: Entity) -> Option<Summary> {
    if let Entity::Summary(summary) = entity { Some(summary) } else { None }
}

/// Whether a field holds what an analyst wrote.
fn is_word(field: &str) -> bool {
    field == "text" || field.starts_with("spread")
}

fn same_words(one: &Summary, other: &Summary) -> bool {
    (&one.text, &one.spread) == (&other.text, &other.spread)
}

/// Whether the words that are changed are those of this version.
fn saw(sets: &[FieldChange], version: &Summary) -> Result<bool, UniteError> {
    let fields = fields(version)?;
    Ok(sets.iter().filter(|set| is_word(&set.field)).all(|set| *field(&fields, &set.field) == set.before))
}

fn fields(summary: &Summary) -> Result<Value, UniteError> {
    Ok(Entity::from(summary.clone()).to_fields().map_err(UnreadableChange::from)?)
}

/// A version with fields set.
fn with(logged: &LoggedChange, sets: &[FieldChange], version: &Summary) -> Result<Summary, UniteError> {
    let deed = Deed::Set(sets.to_vec());
    let after = LoggedChange { deed, ..logged.clone() }.onto(Some(&version.clone().into()))?.after;
    Ok(after.and_then(as_summary).unwrap_or_else(|| version.clone()))
}
