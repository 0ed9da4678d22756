//! The study that the edits of several copies lead to: the same in every copy that knows the same edits, in whatever order
//! they came to it.
//!
//! All edits are gone through in the one order that their clocks and devices give them. An edit means what its author saw.
//! Where others had made something else of it meanwhile, the rules here say what it comes to: the later writer of a field
//! wins; what somebody still works with is not lost by being deleted elsewhere; two versions of a summary are both kept.
//! After every edit the study is whole, so that what is built later on what was decided here stands on the same ground in
//! every copy.

mod anchors;
mod conflict;
mod gone;
#[cfg(test)]
mod growth;
mod intent;
mod mend;
mod needed;
mod needs;
mod values;
mod verdicts;
mod words;

use std::collections::{BTreeMap, HashMap};

use serde_json::Value;

use super::apply::ApplyError;
use super::change::{Change, Deed, UnreadableChange, field};
use super::edit::{Edit, EditId, HybridTime};
use super::entities::{Entity, EntityId, Kind, Record, Summary};
use super::ids::{CoderId, DimensionId, DimensionValueId, SummaryId};
use super::whole::Study;
use crate::text::{BlobId, EditScript, Texts};

pub use conflict::Conflict;
use needed::Needed;

/// Why edits cannot be united. They never are in part.
#[derive(Debug, thiserror::Error)]
pub enum UniteError {
    /// An edit does not fit the entities of this version.
    #[error(transparent)]
    Log(#[from] UnreadableChange),
    /// An edit needs something that no edit made, or a text that is missing.
    #[error(transparent)]
    Apply(#[from] ApplyError),
}

/// What edits of several copies come to.
#[derive(Clone, Debug)]
pub struct United {
    /// The study.
    pub study: Study,
    /// What could not all be kept, and what came back, in the order of the edits.
    pub conflicts: Vec<Conflict>,
}

/// Unites edits, given in any order, each once.
///
/// # Errors
/// [`UniteError`] when an edit cannot be read, or needs what no edit made.
pub fn unite(edits: &[Edit], texts: &dyn Texts) -> Result<United, UniteError> {
    let mut edits: Vec<&Edit> = edits.iter().collect();
    edits.sort_by_key(|edit| edit.place());
    let mut union = Union::over(texts);
    edits.into_iter().try_for_each(|edit| union.fold(edit))?;
    Ok(United { study: union.study, conflicts: union.conflicts })
}

/// The union of the edits so far.
struct Union<'a> {
    study: Study,
    texts: &'a dyn Texts,
    needed: Needed,
    /// What was removed, by whom and with which edit.
    gone: HashMap<EntityId, Gone>,
    /// Who wrote a field last.
    writers: HashMap<(EntityId, String), (EditId, CoderId)>,
    /// Every version that a summary has had.
    versions: HashMap<SummaryId, Vec<Summary>>,
    /// The other versions of a summary that wait beside it to be settled.
    asides: HashMap<SummaryId, Vec<SummaryId>>,
    /// Every passage that something has had: the fields that make it.
    passages: HashMap<EntityId, Vec<Value>>,
    /// Codings and labels that became part of another.
    became: HashMap<EntityId, EntityId>,
    /// Values of dimensions that became one with another of their dimension.
    one_value: HashMap<DimensionValueId, (DimensionId, DimensionValueId)>,
    /// What becomes of the words of one text in another.
    scripts: HashMap<(BlobId, BlobId), EditScript>,
    conflicts: Vec<Conflict>,
}

/// Something that was removed.
struct Gone {
    entity: Entity,
    by: CoderId,
    /// The edit, by its place among all.
    with: (HybridTime, EditId),
}

/// What an edit comes to: one change an entity.
type Draft = BTreeMap<EntityId, Change>;

impl<'a> Union<'a> {
    fn over(texts: &'a dyn Texts) -> Self {
        Self {
            study: Study::default(),
            texts,
            needed: Needed::default(),
            gone: HashMap::new(),
            writers: HashMap::new(),
            versions: HashMap::new(),
            asides: HashMap::new(),
            passages: HashMap::new(),
            became: HashMap::new(),
            one_value: HashMap::new(),
            scripts: HashMap::new(),
            conflicts: Vec::new(),
        }
    }

    /// Adds the next edit.
    fn fold(&mut self, edit: &Edit) -> Result<(), UniteError> {
        let mut draft = self.intended(edit)?;
        self.supply(edit, &mut draft)?;
        let changes: Vec<Change> = draft.values().cloned().collect();
        self.place(&changes)?;
        self.note_passages(&changes)?;
        self.follow_texts(edit, &mut draft)?;
        self.mend(edit, &mut draft)?;
        let changes: Vec<Change> = draft.into_values().collect();
        self.study.check_left(&changes)?;
        self.needed.check(&changes)?;
        self.note_passages(&changes)?;
        self.remember(edit, changes);
        Ok(())
    }

    /// Puts changes into the study as it is.
    fn place(&mut self, changes: &[Change]) -> Result<(), ApplyError> {
        self.study.put_in_place(changes, self.texts)?;
        self.needed.note(changes);
        Ok(())
    }

    /// Puts further changes into the study and into what the edit comes to.
    fn put(&mut self, edit: &Edit, draft: &mut Draft, changes: Vec<Change>) -> Result<(), ApplyError> {
        self.place(&changes)?;
        for change in changes {
            let Some(id) = change.id() else { continue };
            if let Change { before: Some(entity), after: None } = &change {
                // Also what the edit itself has made.
                self.gone.insert(id, Gone { entity: entity.clone(), by: edit.coder, with: edit.place() });
            }
            draft.entry(id).and_modify(|earlier| earlier.after.clone_from(&change.after)).or_insert(change);
        }
        Ok(())
    }

    fn note_passages(&mut self, changes: &[Change]) -> Result<(), UnreadableChange> {
        for entity in changes.iter().filter_map(|change| change.after.as_ref()) {
            let names = entity.kind().passage_fields();
            if names.is_empty() {
                continue;
            }
            let fields = entity.to_fields()?;
            let passage: Value = names.iter().map(|name| ((*name).to_owned(), field(&fields, name).clone())).collect();
            let passages = self.passages.entry(entity.id()).or_default();
            if passages.last() != Some(&passage) {
                passages.push(passage);
            }
        }
        Ok(())
    }

    fn remember(&mut self, edit: &Edit, changes: Vec<Change>) {
        for logged in &edit.changes {
            let logged = &*self.as_it_is_now(logged);
            let fields: Vec<&String> = match &logged.deed {
                Deed::Set(sets) => sets.iter().map(|set| &set.field).collect(),
                // What two can make, each for himself: who made it wrote all of it.
                Deed::Make(Value::Object(fields)) if logged.kind == Kind::Placement => fields.keys().collect(),
                _ => Vec::new(),
            };
            let fields: Vec<_> = fields.into_iter().map(|field| ((logged.entity(), field.clone()), (edit.id, edit.coder))).collect();
            self.writers.extend(fields);
        }
        for Change { before, after } in changes {
            match (before, after) {
                (Some(entity), None) => {
                    self.gone.insert(entity.id(), Gone { entity, by: edit.coder, with: edit.place() });
                }
                (_, Some(entity)) => {
                    self.gone.remove(&entity.id());
                    if let Entity::Summary(summary) = entity {
                        self.versions.entry(summary.id).or_default().push(summary);
                    }
                }
                (None, None) => {}
            }
        }
    }
}

/// What an edit leaves of one kind.
fn left<T: Record>(draft: &Draft) -> Vec<T> {
    let all = EntityId { kind: T::KIND, id: uuid::Uuid::nil() }..=EntityId { kind: T::KIND, id: uuid::Uuid::max() };
    draft.range(all).filter_map(|(_, change)| change.after.as_ref().and_then(T::of)).cloned().collect()
}

/// A change of something that is there.
fn change(before: impl Into<Entity>, after: impl Into<Entity>) -> Change {
    Change { before: Some(before.into()), after: Some(after.into()) }
}

/// What is made.
fn made(entity: impl Into<Entity>) -> Change {
    Change { before: None, after: Some(entity.into()) }
}

/// What is removed.
fn removed(entity: impl Into<Entity>) -> Change {
    Change { before: Some(entity.into()), after: None }
}

const fn id_of(kind: Kind, id: uuid::Uuid) -> EntityId {
    EntityId { kind, id }
}
