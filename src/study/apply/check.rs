use std::collections::{BTreeSet, HashMap};

use super::error::ApplyError;
use crate::study::change::Change;
use crate::study::entities::{Entity, EntityId, Kind, Theme};
use crate::study::ids::{CaseId, CoderId, SourceId, ThemeId};
use crate::study::whole::Study;
use crate::text::fold;

impl Study {
    /// Checks what `changes` could have broken: references in both directions, names, spans.
    pub(super) fn check(&self, changes: &[Change]) -> Result<(), ApplyError> {
        let mut removed = Vec::new();
        let labels = Labels::of(self, changes);
        for change in changes {
            match (&change.before, &change.after) {
                (_, Some(after)) => self.check_one(after, &labels)?,
                (Some(gone), None) => removed.push(gone.id()),
                (None, None) => {}
            }
        }
        removed.sort_unstable();
        removed.dedup();
        if removed.is_empty() { Ok(()) } else { self.check_nothing_misses(&removed, changes) }
    }

    /// Checks that nothing refers to what was removed; `removed` is sorted.
    fn check_nothing_misses(&self, removed: &[EntityId], changes: &[Change]) -> Result<(), ApplyError> {
        let mut referring: Vec<Entity> = Vec::new();
        if removed.iter().all(is_referred_to_within_its_source) {
            let owners: BTreeSet<_> = changes.iter().filter_map(Change::owner).collect();
            owners.into_iter().filter_map(|owner| self.material(owner)).for_each(|material| material.entities(&mut referring));
            // They name versions of texts, and lie with no source.
            referring.extend(self.examples.values().cloned().map(Entity::from));
        } else {
            referring = self.entities();
        }
        for entity in referring {
            if let Some(to) = entity.refers_to().into_iter().find(|to| removed.binary_search(to).is_ok()) {
                return Err(ApplyError::Dangling { from: entity.kind(), to: to.kind });
            }
        }
        Ok(())
    }

    fn check_one(&self, entity: &Entity, labels: &Labels) -> Result<(), ApplyError> {
        // A later change of the same edit may have removed it again.
        let owner = entity.owner();
        let from = entity.kind();
        if self.entity(entity.id(), owner).as_ref() != Some(entity) {
            return Ok(());
        }
        // An example lies with no source, and names a version of one's text.
        let within = if let Entity::Example(example) = entity { Some(example.source) } else { owner };
        for to in entity.refers_to() {
            if !self.has(to, within) {
                return Err(ApplyError::Dangling { from, to: to.kind });
            }
        }
        match entity {
            Entity::Theme(theme) => self.check_theme(theme),
            Entity::Coding(coding) => {
                let Some(material) = self.material(coding.source) else { return Ok(()) };
                let outside = material.is_read(coding.revision) && coding.span.end > material.geometry.text_len();
                if coding.span.is_empty() || outside {
                    return Err(ApplyError::Outside);
                }
                if material.twin(coding).is_some() { Err(ApplyError::SameCoding) } else { Ok(()) }
            }
            Entity::Case(case) => unique(Labels::is_twice(&labels.cases, &case.label), Kind::Case, &case.label),
            Entity::Source(source) => unique(Labels::is_twice(&labels.sources, &source.label), Kind::Source, &source.label),
            Entity::Attribute(attribute) => {
                let name = fold(&attribute.name);
                let twice = self.attributes.all().into_iter().any(|other| other.id != attribute.id && fold(&other.name) == name);
                unique(twice, Kind::Attribute, &attribute.name)
            }
            Entity::Value(value) => {
                let name = fold(&value.name);
                let twice =
                    self.attributes.values_of(value.attribute).into_iter().any(|other| other.id != value.id && fold(&other.name) == name);
                unique(twice, Kind::Value, &value.name)
            }
            Entity::Example(example) => {
                let text = self.material(example.source).filter(|material| material.is_read(example.revision));
                let outside = text.is_some_and(|material| example.span.end > material.geometry.text_len());
                if example.span.is_empty() || outside { Err(ApplyError::Outside) } else { Ok(()) }
            }
            Entity::Saved(saved) => {
                let name = fold(&saved.name);
                let of_kind = self.saved.iter().filter(|other| other.kind == saved.kind && other.id != saved.id);
                unique(of_kind.into_iter().any(|other| fold(&other.name) == name), Kind::Saved, &saved.name)
            }
            _ => Ok(()),
        }
    }

    fn check_theme(&self, theme: &Theme) -> Result<(), ApplyError> {
        // A theme that cannot be reached from the top lies in a circle.
        if self.codebook.line(theme.id).is_none() {
            return Err(ApplyError::Cycle);
        }
        let name = fold(&theme.name);
        let twice = self.codebook.children(theme.parent).any(|other| other.id != theme.id && fold(&other.name) == name);
        unique(twice, Kind::Theme, &theme.name)
    }

    fn has(&self, id: EntityId, owner: Option<SourceId>) -> bool {
        match id.kind {
            Kind::Theme => self.codebook.get(ThemeId(id.id)).is_some(),
            Kind::Coder => self.coders.contains_key(&CoderId(id.id)),
            Kind::Case => self.cases.contains_key(&CaseId(id.id)),
            Kind::Source => self.material(SourceId(id.id)).is_some(),
            _ => self.entity(id, owner).is_some(),
        }
    }
}

/// What belongs to a source is referred to only from that source.
const fn is_referred_to_within_its_source(id: &EntityId) -> bool {
    matches!(
        id.kind,
        Kind::Coding | Kind::Revision | Kind::Speaker | Kind::CaseSpan | Kind::QuoteMark | Kind::ContraryMark | Kind::Status | Kind::Memo
    )
}

/// How often each label is there, folded. Counted once for all changes: a project is opened as one change of everything.
#[derive(Default)]
struct Labels {
    cases: HashMap<String, usize>,
    sources: HashMap<String, usize>,
}

impl Labels {
    /// The labels of `study`, of those kinds that the changes touch.
    fn of(study: &Study, changes: &[Change]) -> Self {
        let touches = |kind| changes.iter().any(|change| change.after.as_ref().is_some_and(|after| after.kind() == kind));
        let mut labels = Self::default();
        if touches(Kind::Case) {
            study.cases.values().for_each(|case| *labels.cases.entry(fold(&case.label)).or_default() += 1);
        }
        if touches(Kind::Source) {
            study.materials.iter().for_each(|material| *labels.sources.entry(fold(&material.source.label)).or_default() += 1);
        }
        labels
    }

    fn is_twice(counted: &HashMap<String, usize>, label: &str) -> bool {
        counted.get(&fold(label)).is_some_and(|count| *count > 1)
    }
}

fn unique(twice: bool, kind: Kind, name: &str) -> Result<(), ApplyError> {
    if twice { Err(ApplyError::SameName { kind, name: name.to_owned() }) } else { Ok(()) }
}
