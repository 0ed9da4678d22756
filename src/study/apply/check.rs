use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use super::changed::Changed;
use super::error::ApplyError;
use crate::study::change::Change;
use crate::study::entities::{Entity, EntityId, EntityRef, Kind, SavedKind, Summary, Theme};
use crate::study::ids::{AttributeId, CaseId, CoderId, SourceId, ThemeId, TypologyId};
use crate::study::whole::Study;
use crate::text::fold;

impl Study {
    /// Checks what `changes` could have broken: references in both directions, names, spans.
    pub(in crate::study) fn check(&self, changes: &[Change]) -> Result<(), ApplyError> {
        self.check_left(changes)?;
        let removed = Changed::by(changes).removed();
        if removed.is_empty() { Ok(()) } else { self.check_nothing_misses(&removed, changes) }
    }

    /// As [`Study::check`], without a look whether what was removed is missed.
    pub(in crate::study) fn check_left(&self, changes: &[Change]) -> Result<(), ApplyError> {
        let edit = Changed::by(changes);
        let names = Names::of(self, &edit);
        edit.left().try_for_each(|entity| self.check_one(entity, &names))
    }

    /// Checks that nothing refers to what was removed; `removed` is sorted.
    fn check_nothing_misses(&self, removed: &[EntityId], changes: &[Change]) -> Result<(), ApplyError> {
        let mut missed = None;
        let mut look = |entity: EntityRef<'_>| {
            entity.each_needed(|to| {
                if removed.binary_search(&to).is_ok() {
                    missed.get_or_insert(ApplyError::Dangling { from: entity.kind(), to: to.kind });
                }
            });
        };
        if removed.iter().all(is_referred_to_within_its_source) {
            let owners: BTreeSet<_> = changes.iter().filter_map(Change::owner).collect();
            owners.into_iter().filter_map(|owner| self.material(owner)).for_each(|material| material.each_entity(&mut look));
            // They name versions of texts, and lie with no source.
            self.examples.values().for_each(|example| look(example.into()));
        } else {
            self.each_entity(&mut look);
        }
        missed.map_or(Ok(()), Err)
    }

    fn check_one(&self, entity: &Entity, names: &Names) -> Result<(), ApplyError> {
        let owner = entity.owner();
        let from = entity.kind();
        // An example lies with no source, and names a version of one's text.
        let within = if let Entity::Example(example) = entity { Some(example.source) } else { owner };
        for to in entity.refers_to() {
            if !self.has(to, within) {
                return Err(ApplyError::Dangling { from, to: to.kind });
            }
        }
        match entity {
            Entity::Theme(theme) => self.check_theme(theme)?,
            Entity::Coding(coding) => {
                let Some(material) = self.material(coding.source) else { return Ok(()) };
                let outside = material.is_read(coding.revision) && coding.span.end > material.geometry.text_len();
                if coding.span.is_empty() || outside {
                    return Err(ApplyError::Outside);
                }
                if material.twin(coding).is_some() {
                    return Err(ApplyError::SameCoding);
                }
            }
            Entity::Summary(summary) => {
                let other = |other: &Arc<Summary>| other.is_own() && other.id != summary.id;
                if summary.is_own() && self.summaries.in_cell(&summary.cell).any(other) {
                    return Err(ApplyError::SameCell);
                }
            }
            Entity::Example(example) => {
                let text = self.material(example.source).filter(|material| material.is_read(example.revision));
                let outside = text.is_some_and(|material| example.span.end > material.geometry.text_len());
                if example.span.is_empty() || outside {
                    return Err(ApplyError::Outside);
                }
            }
            _ => {}
        }
        names.check(entity)
    }

    fn check_theme(&self, theme: &Theme) -> Result<(), ApplyError> {
        // A theme that cannot be reached from the top lies in a circle.
        if self.codebook.line(theme.id).is_none() { Err(ApplyError::Cycle) } else { Ok(()) }
    }

    /// Whether an entity is there; `owner` is the source it belongs to, if it belongs to one.
    pub(crate) fn has(&self, id: EntityId, owner: Option<SourceId>) -> bool {
        match id.kind {
            Kind::Theme => self.codebook.get(ThemeId(id.id)).is_some(),
            Kind::Coder => self.coders.contains_key(&CoderId(id.id)),
            Kind::Case => self.cases.contains_key(&CaseId(id.id)),
            Kind::Source => self.material(SourceId(id.id)).is_some(),
            _ => self.entity(id, owner).is_some(),
        }
    }

    /// The names within which one must be unique.
    pub(in crate::study) fn names_in(&self, scope: Scope) -> Vec<&str> {
        match scope {
            Scope::Themes(parent) => self.codebook.children(parent).map(|theme| theme.name.as_str()).collect(),
            Scope::Cases => self.cases.values().map(|case| case.label.as_str()).collect(),
            Scope::Sources => self.materials.iter().map(|material| material.source.label.as_str()).collect(),
            Scope::Attributes => self.attributes.all().into_iter().map(|attribute| attribute.name.as_str()).collect(),
            Scope::Values(attribute) => self.attributes.values_of(attribute).into_iter().map(|value| value.name.as_str()).collect(),
            Scope::Typologies => self.typologies.all.values().map(|typology| typology.name.as_str()).collect(),
            Scope::Dimensions(typology) => {
                self.typologies.dimensions_of(typology).into_iter().map(|dimension| dimension.name.as_str()).collect()
            }
            Scope::Saved(kind) => self.saved.iter().filter(|saved| saved.kind == kind).map(|saved| saved.name.as_str()).collect(),
        }
    }
}

/// What belongs to a source is referred to only from that source.
const fn is_referred_to_within_its_source(id: &EntityId) -> bool {
    matches!(
        id.kind,
        Kind::Coding
            | Kind::Revision
            | Kind::Speaker
            | Kind::CaseSpan
            | Kind::QuoteMark
            | Kind::ContraryMark
            | Kind::Status
            | Kind::Verdict
            | Kind::Memo
    )
}

/// Where names are unique.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(in crate::study) enum Scope {
    Themes(Option<ThemeId>),
    Cases,
    Sources,
    Attributes,
    Values(AttributeId),
    Saved(SavedKind),
    Typologies,
    Dimensions(TypologyId),
}

impl Scope {
    /// The name of an entity that has to be unique, and where.
    pub(in crate::study) fn of(entity: &Entity) -> Option<(Self, &str)> {
        Some(match entity {
            Entity::Theme(theme) => (Self::Themes(theme.parent), &theme.name),
            Entity::Case(case) => (Self::Cases, &case.label),
            Entity::Source(source) => (Self::Sources, &source.label),
            Entity::Attribute(attribute) => (Self::Attributes, &attribute.name),
            Entity::Value(value) => (Self::Values(value.attribute), &value.name),
            Entity::Typology(typology) => (Self::Typologies, &typology.name),
            Entity::Dimension(dimension) => (Self::Dimensions(dimension.typology), &dimension.name),
            Entity::Saved(saved) => (Self::Saved(saved.kind), &saved.name),
            _ => return None,
        })
    }
}

/// How often each name is there, folded, where the changes touch one. Counted once for all changes: a project is opened as
/// one change of everything.
struct Names(HashMap<Scope, HashMap<String, usize>>);

impl Names {
    fn of(study: &Study, changed: &Changed<'_>) -> Self {
        let mut names: HashMap<Scope, HashMap<String, usize>> = HashMap::new();
        for (scope, _) in changed.left().filter_map(Scope::of) {
            names.entry(scope).or_insert_with(|| {
                let mut counted = HashMap::new();
                study.names_in(scope).into_iter().for_each(|name| *counted.entry(fold(name)).or_default() += 1);
                counted
            });
        }
        Self(names)
    }

    fn check(&self, entity: &Entity) -> Result<(), ApplyError> {
        let Some((scope, name)) = Scope::of(entity) else { return Ok(()) };
        let count = self.0.get(&scope).and_then(|names| names.get(&fold(name)));
        if count.is_some_and(|count| *count > 1) {
            return Err(ApplyError::SameName { kind: entity.kind(), name: name.to_owned() });
        }
        Ok(())
    }
}
