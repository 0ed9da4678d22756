use std::collections::BTreeMap;
use std::sync::Arc;

use super::change::Change;
use super::entities::{Entity, EntityId, Kind, Revision, Source, Theme};
use super::ids::{SourceId, ThemeId};
use super::material::{Broken, Coded, Material};
use super::parts::NOT_STATED;
use super::whole::Study;
use crate::text::{Geometry, NoSuchBlob, Texts, fold};

/// Why a list of changes does not make a study.
#[derive(Debug, thiserror::Error)]
pub enum ApplyError {
    /// The entity is not as the change says it was.
    #[error("a {0:?} is not as expected")]
    Unexpected(Kind),
    /// Something refers to an entity that is not there.
    #[error("a {from:?} needs a {to:?} that is not there")]
    Dangling {
        /// What refers.
        from: Kind,
        /// What is missing.
        to: Kind,
    },
    /// A theme would lie below itself.
    #[error("a theme cannot be moved below itself")]
    Cycle,
    /// Two of a kind with one name where names are unique.
    #[error("there is a {kind:?} named “{name}” already")]
    SameName {
        /// What kind.
        kind: Kind,
        /// The name.
        name: String,
    },
    /// The passage has that theme from that coder already.
    #[error("this passage has that theme already")]
    SameCoding,
    /// A span lies outside its text.
    #[error("a passage lies outside its text")]
    Outside,
    /// A text is missing.
    #[error(transparent)]
    NoSuchBlob(#[from] NoSuchBlob),
}

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
        let mut by_source: BTreeMap<SourceId, Vec<&Change>> = BTreeMap::new();
        let mut themes: BTreeMap<ThemeId, Option<Theme>> = BTreeMap::new();
        for change in changes {
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
        self.apply_to_sources(by_source, texts)?;
        self.check(changes)
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
            None => self.remove_from_frame(id),
            Some(_) => {}
        }
    }

    fn remove_from_frame(&mut self, id: EntityId) {
        use super::ids::{AttributeId, CaseId, CoderId, ValueId};
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
            _ => {}
        }
    }

    fn apply_to_sources(&mut self, by_source: BTreeMap<SourceId, Vec<&Change>>, texts: &dyn Texts) -> Result<(), ApplyError> {
        if by_source.is_empty() {
            return Ok(());
        }
        let mut reordered = false;
        let materials = Arc::make_mut(&mut self.materials);
        for (source, changes) in by_source {
            let place = self.places.get(&source).copied();
            let own = changes.iter().rev().find(|change| change.id().is_some_and(|id| id.kind == Kind::Source));
            match (place.and_then(|place| materials.get_mut(place)), own.map(|change| &change.after)) {
                (None, Some(Some(Entity::Source(new)))) => {
                    let mut material = empty_material(new.clone());
                    apply_to_material(&mut material, &changes, texts)?;
                    materials.push(Arc::new(material));
                    reordered = true;
                }
                (Some(material), Some(None)) => {
                    let material = Arc::make_mut(material);
                    apply_to_material(material, &changes, texts)?;
                    if !material.is_bare() {
                        return Err(ApplyError::Dangling { from: Kind::Revision, to: Kind::Source });
                    }
                    // Left in place, marked by the nil identity, until all sources are done.
                    material.source.id = SourceId(uuid::Uuid::nil());
                    reordered = true;
                }
                (Some(material), own) => {
                    let before = material.source.position;
                    let material = Arc::make_mut(material);
                    apply_to_material(material, &changes, texts)?;
                    reordered |= own.is_some() && material.source.position != before;
                }
                (None, _) => {
                    return Err(ApplyError::Dangling {
                        from: changes.first().and_then(|change| change.id()).map_or(Kind::Source, |id| id.kind),
                        to: Kind::Source,
                    });
                }
            }
        }
        if reordered {
            materials.retain(|material| !material.source.id.0.is_nil());
            materials.sort_by_key(|material| (material.source.position, material.source.id));
            self.places = Arc::new(materials.iter().enumerate().map(|(place, material)| (material.source.id, place)).collect());
        }
        Ok(())
    }

    /// Checks what `changes` could have broken: references in both directions, names, spans.
    fn check(&self, changes: &[Change]) -> Result<(), ApplyError> {
        let mut removed = Vec::new();
        for change in changes {
            match (&change.before, &change.after) {
                (_, Some(after)) => self.check_one(after)?,
                (Some(gone), None) => removed.push(gone.id()),
                (None, None) => {}
            }
        }
        removed.sort_unstable();
        removed.dedup();
        let owners: Vec<_> = changes.iter().filter_map(Change::owner).collect();
        // What belongs to a source is referred to only from that source.
        let within_sources = removed.iter().all(|id| {
            matches!(
                id.kind,
                Kind::Coding
                    | Kind::Revision
                    | Kind::Speaker
                    | Kind::CaseSpan
                    | Kind::QuoteMark
                    | Kind::ContraryMark
                    | Kind::Status
                    | Kind::Memo
            )
        });
        let mut referring: Vec<Entity> = Vec::new();
        if within_sources {
            owners.iter().filter_map(|owner| self.material(*owner)).for_each(|material| material.entities(&mut referring));
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

    fn check_one(&self, entity: &Entity) -> Result<(), ApplyError> {
        // A later change of the same edit may have removed it again.
        let owner = entity.owner();
        let from = entity.kind();
        if self.entity(entity.id(), owner).as_ref() != Some(entity) {
            return Ok(());
        }
        for to in entity.refers_to() {
            if !self.has(to, owner) {
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
            Entity::Case(case) => {
                let name = fold(&case.label);
                let twice = self.cases.values().any(|other| other.id != case.id && fold(&other.label) == name);
                unique(twice, Kind::Case, &case.label)
            }
            Entity::Source(source) => {
                let name = fold(&source.label);
                let twice = self.materials.iter().any(|other| other.source.id != source.id && fold(&other.source.label) == name);
                unique(twice, Kind::Source, &source.label)
            }
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
            Kind::Coder => self.coders.contains_key(&super::ids::CoderId(id.id)),
            Kind::Case => self.cases.contains_key(&super::ids::CaseId(id.id)),
            Kind::Source => self.material(SourceId(id.id)).is_some(),
            _ => self.entity(id, owner).is_some(),
        }
    }
}

fn unique(twice: bool, kind: Kind, name: &str) -> Result<(), ApplyError> {
    if twice { Err(ApplyError::SameName { kind, name: name.to_owned() }) } else { Ok(()) }
}

fn empty_material(source: Source) -> Material {
    Material {
        source,
        revisions: Vec::new(),
        geometry: Arc::new(Geometry::empty()),
        speakers: Vec::new(),
        case_spans: Vec::new(),
        codings: Vec::new(),
        quote_marks: Vec::new(),
        broken: Broken::default(),
        contrary_marks: Vec::new(),
        memos: Vec::new(),
        statuses: Vec::new(),
        cases: Vec::new(),
        label_voices: Vec::new(),
        fallback: NOT_STATED,
        spoken: Vec::new(),
    }
}

impl Material {
    /// Tells again what stands in the version that is read from what is broken, when another version is read.
    /// The parts of codings are to be computed afterwards.
    fn sort_by_revision(&mut self) {
        let read = self.source.revision;
        let Broken { codings, quote_marks, case_spans } = std::mem::take(&mut self.broken);
        let here = std::mem::take(&mut self.codings).into_iter().map(|coded| coded.coding);
        let (here, broken): (Vec<_>, Vec<_>) = here.chain(codings).partition(|coding| coding.revision == read);
        self.codings = here.into_iter().map(|coding| Coded { coding, parts: Box::default() }).collect();
        self.codings.sort_by_key(|coded| Self::order(&coded.coding));
        self.broken.codings = broken;
        self.broken.codings.sort_by_key(|coding| coding.id);
        let all = std::mem::take(&mut self.quote_marks).into_iter().chain(quote_marks);
        (self.quote_marks, self.broken.quote_marks) = all.partition(|mark| mark.revision == read);
        self.quote_marks.sort_by_key(|mark| (mark.span, mark.id));
        self.broken.quote_marks.sort_by_key(|mark| mark.id);
        let all = std::mem::take(&mut self.case_spans).into_iter().chain(case_spans);
        (self.case_spans, self.broken.case_spans) = all.partition(|span| span.revision == read);
        self.case_spans.sort_by_key(|span| (span.span, span.id));
        self.broken.case_spans.sort_by_key(|span| span.id);
    }

    fn is_bare(&self) -> bool {
        self.revisions.is_empty()
            && self.speakers.is_empty()
            && self.kept_case_spans().next().is_none()
            && self.kept_codings().next().is_none()
            && self.kept_quote_marks().next().is_none()
            && self.contrary_marks.is_empty()
            && self.memos.is_empty()
            && self.statuses.is_empty()
    }
}

fn apply_to_material(material: &mut Material, changes: &[&Change], texts: &dyn Texts) -> Result<(), ApplyError> {
    let read = |material: &Material| material.revision().map(|revision| (revision.id, revision.geometry));
    let before = read(material);
    let read_before = material.source.revision;
    let mut voices_changed = false;
    for change in changes {
        let Some(id) = change.id() else { continue };
        voices_changed |= matches!(id.kind, Kind::Source | Kind::Speaker | Kind::CaseSpan | Kind::Revision);
        match &change.after {
            Some(after) => put_into(material, after),
            None => remove_from(material, id),
        }
    }
    if !material.is_read(read_before) {
        material.sort_by_revision();
    }
    let after = read(material);
    if let Some((_, geometry)) = after.filter(|_| after != before) {
        material.geometry = texts.geometry(geometry)?;
    }
    if voices_changed {
        material.recompute();
    }
    Ok(())
}

fn put_into(material: &mut Material, entity: &Entity) {
    match entity {
        Entity::Source(source) => material.source = source.clone(),
        Entity::Revision(revision) => {
            put(&mut material.revisions, revision.clone(), |it: &Revision| it.id, |other| other.id == revision.id);
        }
        Entity::Speaker(speaker) => put(&mut material.speakers, speaker.clone(), |it| it.id, |other| other.id == speaker.id),
        Entity::CaseSpan(span) => {
            remove_from(material, entity.id());
            if material.is_read(span.revision) {
                insert(&mut material.case_spans, span.clone(), |it| (it.span, it.id));
            } else {
                insert(&mut material.broken.case_spans, span.clone(), |it| it.id);
            }
        }
        Entity::Coding(coding) => {
            remove_from(material, entity.id());
            if material.is_read(coding.revision) {
                let coded = Coded { parts: material.parts_of(coding.span).into(), coding: coding.clone() };
                insert(&mut material.codings, coded, |it| Material::order(&it.coding));
            } else {
                insert(&mut material.broken.codings, coding.clone(), |it| it.id);
            }
        }
        Entity::QuoteMark(mark) => {
            remove_from(material, entity.id());
            if material.is_read(mark.revision) {
                insert(&mut material.quote_marks, mark.clone(), |it| (it.span, it.id));
            } else {
                insert(&mut material.broken.quote_marks, mark.clone(), |it| it.id);
            }
        }
        Entity::ContraryMark(mark) => put(&mut material.contrary_marks, mark.clone(), |it| it.id, |other| other.id == mark.id),
        Entity::Memo(memo) => put(&mut material.memos, memo.clone(), |it| (it.time, it.id), |other| other.id == memo.id),
        Entity::Status(status) => put(&mut material.statuses, status.clone(), |it| it.id, |other| other.id == status.id),
        _ => {}
    }
}

fn remove_from(material: &mut Material, id: EntityId) {
    let uuid = id.id;
    match id.kind {
        Kind::Revision => material.revisions.retain(|it| it.id.0 != uuid),
        Kind::Speaker => material.speakers.retain(|it| it.id.0 != uuid),
        Kind::CaseSpan => {
            material.case_spans.retain(|it| it.id.0 != uuid);
            material.broken.case_spans.retain(|it| it.id.0 != uuid);
        }
        Kind::Coding => {
            material.codings.retain(|it| it.coding.id.0 != uuid);
            material.broken.codings.retain(|it| it.id.0 != uuid);
        }
        Kind::QuoteMark => {
            material.quote_marks.retain(|it| it.id.0 != uuid);
            material.broken.quote_marks.retain(|it| it.id.0 != uuid);
        }
        Kind::ContraryMark => material.contrary_marks.retain(|it| it.id.0 != uuid),
        Kind::Memo => material.memos.retain(|it| it.id.0 != uuid),
        Kind::Status => material.statuses.retain(|it| it.id.0 != uuid),
        _ => {}
    }
}

/// Puts `item` in its place in a sorted list, in the stead of the one that is `same`.
fn put<T, K: Ord>(list: &mut Vec<T>, item: T, key: impl Fn(&T) -> K, same: impl Fn(&T) -> bool) {
    list.retain(|other| !same(other));
    insert(list, item, key);
}

/// Puts `item` in its place in a sorted list.
fn insert<T, K: Ord>(list: &mut Vec<T>, item: T, key: impl Fn(&T) -> K) {
    let wanted = key(&item);
    let at = list.partition_point(|other| key(other) <= wanted);
    list.insert(at, item);
}
