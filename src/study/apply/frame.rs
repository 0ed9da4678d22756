use std::collections::BTreeMap;
use std::sync::Arc;

use super::error::ApplyError;
use super::sources::put;
use crate::study::change::Change;
use crate::study::entities::{Entity, EntityId, Kind, Theme};
use crate::study::ids::{
    AttributeId, CaseId, CoderId, DimensionId, EvidenceId, ExampleId, PlacementId, PropositionId, SourceId, SummaryId, ThemeId, TypologyId,
    ValueId,
};
use crate::study::whole::Study;
use crate::text::Texts;

impl Study {
    /// The study after `changes`, which together are one edit: it must be whole afterwards, not in between.
    ///
    /// # Errors
    /// [`ApplyError`] when the study would not be whole; `self` is as it was.
    pub fn apply(&self, changes: &[Change], texts: &dyn Texts) -> Result<Self, ApplyError> {
        let mut next = self.clone();
        next.apply_in_place(changes, texts)?;
        Ok(next)
    }

    /// As [`Study::apply`], on a study that nobody else holds: what was copied once is not copied again.
    ///
    /// # Errors
    /// [`ApplyError`]; `self` is then half changed and must be dropped.
    pub(crate) fn apply_in_place(&mut self, changes: &[Change], texts: &dyn Texts) -> Result<(), ApplyError> {
        self.put_in_place(changes, texts)?;
        self.check(changes)
    }

    /// As [`Study::apply_in_place`], without a look whether the study is whole afterwards.
    pub(in crate::study) fn put_in_place(&mut self, changes: &[Change], texts: &dyn Texts) -> Result<(), ApplyError> {
        let mut by_source: BTreeMap<SourceId, Vec<&Change>> = BTreeMap::new();
        let mut themes: BTreeMap<ThemeId, Option<Theme>> = BTreeMap::new();
        let taken_out: Vec<Change> = changes.iter().filter_map(taken_out).collect();
        for change in taken_out.iter().chain(changes) {
            let Some(id) = change.id() else { continue };
            if let Some(owner) = change.owner() {
                by_source.entry(owner).or_default().push(change);
            } else if let Kind::Theme = id.kind {
                let after = match &change.after {
                    Some(Entity::Theme(theme)) => Some(theme.clone()),
                    _ => None,
                };
                themes.insert(ThemeId(id.id), after);
            } else {
                self.apply_to_frame(id, change.after.as_ref());
            }
        }
        if !themes.is_empty() {
            self.codebook = Arc::new(self.codebook.with(themes));
        }
        self.apply_to_sources(by_source, texts)
    }

    /// The study of a list of entities, in any order: what the store loads.
    ///
    /// # Errors
    /// [`ApplyError`] when they do not make a whole study.
    pub fn from_entities(entities: impl IntoIterator<Item = Entity>, texts: &dyn Texts) -> Result<Self, ApplyError> {
        let changes: Vec<_> = entities.into_iter().map(|entity| Change { before: None, after: Some(entity) }).collect();
        Self::default().apply(&changes, texts)
    }

    fn apply_to_frame(&mut self, id: EntityId, after: Option<&Entity>) {
        match after {
            Some(Entity::Project(project)) => self.project = Arc::new(project.clone()),
            Some(Entity::Coder(coder)) => {
                Arc::make_mut(&mut self.coders).insert(coder.id, coder.clone());
            }
            Some(Entity::Attribute(attribute)) => Arc::make_mut(&mut self.attributes).put_attribute(attribute.id, Some(attribute.clone())),
            Some(Entity::Value(value)) => Arc::make_mut(&mut self.attributes).put_value(value.id, Some(value.clone())),
            Some(Entity::Case(case)) => {
                Arc::make_mut(&mut self.cases).insert(case.id, case.clone());
            }
            Some(Entity::Memo(memo)) => {
                let memos = Arc::make_mut(&mut self.memos);
                put(memos, memo.clone(), |memo| (memo.time, memo.id), |other| other.id == memo.id);
            }
            Some(Entity::Saved(saved)) => {
                let list = Arc::make_mut(&mut self.saved);
                put(list, saved.clone(), |saved| (saved.position, saved.id), |other| other.id == saved.id);
            }
            Some(Entity::Example(example)) => {
                Arc::make_mut(&mut self.examples).insert(example.id, example.clone());
            }
            Some(Entity::Summary(summary)) => Arc::make_mut(&mut self.summaries).put(summary.clone()),
            Some(Entity::Proposition(proposition)) => {
                Arc::make_mut(&mut self.propositions).all.insert(proposition.id, proposition.clone());
            }
            Some(Entity::Evidence(evidence)) => {
                Arc::make_mut(&mut self.propositions).evidence.insert(evidence.id, evidence.clone());
            }
            Some(Entity::Typology(typology)) => {
                Arc::make_mut(&mut self.typologies).all.insert(typology.id, typology.clone());
            }
            Some(Entity::Dimension(dimension)) => {
                Arc::make_mut(&mut self.typologies).dimensions.insert(dimension.id, dimension.clone());
            }
            Some(Entity::Placement(placement)) => {
                Arc::make_mut(&mut self.typologies).placements.insert(placement.id, placement.clone());
            }
            None => self.remove_from_frame(id),
            Some(_) => {}
        }
    }

    fn remove_from_frame(&mut self, id: EntityId) {
        match id.kind {
            Kind::Project => self.project = Self::default().project,
            Kind::Coder => {
                Arc::make_mut(&mut self.coders).remove(&CoderId(id.id));
            }
            Kind::Attribute => Arc::make_mut(&mut self.attributes).put_attribute(AttributeId(id.id), None),
            Kind::Value => Arc::make_mut(&mut self.attributes).put_value(ValueId(id.id), None),
            Kind::Case => {
                Arc::make_mut(&mut self.cases).remove(&CaseId(id.id));
            }
            Kind::Memo => Arc::make_mut(&mut self.memos).retain(|memo| memo.id.0 != id.id),
            Kind::Example => {
                Arc::make_mut(&mut self.examples).remove(&ExampleId(id.id));
            }
            Kind::Summary => Arc::make_mut(&mut self.summaries).remove(SummaryId(id.id)),
            Kind::Proposition => {
                Arc::make_mut(&mut self.propositions).all.remove(&PropositionId(id.id));
            }
            Kind::Evidence => {
                Arc::make_mut(&mut self.propositions).evidence.remove(&EvidenceId(id.id));
            }
            Kind::Typology => {
                Arc::make_mut(&mut self.typologies).all.remove(&TypologyId(id.id));
            }
            Kind::Dimension => {
                Arc::make_mut(&mut self.typologies).dimensions.remove(&DimensionId(id.id));
            }
            Kind::Placement => {
                Arc::make_mut(&mut self.typologies).placements.remove(&PlacementId(id.id));
            }
            Kind::Saved => Arc::make_mut(&mut self.saved).retain(|saved| saved.id.0 != id.id),
            _ => {}
        }
    }
}

/// What goes from where it was because it is somewhere else now: a memo may come into a source or out of it.
fn taken_out(change: &Change) -> Option<Change> {
    let (before, after) = (change.before.as_ref()?, change.after.as_ref()?);
    (before.owner() != after.owner()).then(|| Change { before: Some(before.clone()), after: None })
}
