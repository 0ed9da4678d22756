use std::collections::BTreeMap;
use std::sync::Arc;

use super::error::ApplyError;
use crate::study::change::Change;
use crate::study::entities::{Entity, EntityId, Kind, Revision, Source};
use crate::study::ids::SourceId;
use crate::study::material::{Broken, Coded, Material};
use crate::study::parts::NOT_STATED;
use crate::study::whole::Study;
use crate::text::{Geometry, Texts};

impl Study {
    /// Applies the changes of each source; of the others nothing is copied.
    pub(super) fn apply_to_sources(&mut self, by_source: BTreeMap<SourceId, Vec<&Change>>, texts: &dyn Texts) -> Result<(), ApplyError> {
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
    /// Puts what is anchored in the version that is read into order, and apart from what is broken. Of a coding that was
    /// broken the parts are yet to be computed: that happens when another version is read.
    fn settle(&mut self) {
        let broken = std::mem::take(&mut self.broken);
        let codings = broken.codings.into_iter().map(|coding| Coded { coding, parts: Box::default() });
        let codings = std::mem::take(&mut self.codings).into_iter().chain(codings);
        let (read, codings): (Vec<_>, Vec<_>) = codings.partition(|coded| self.is_read(coded.coding.revision));
        self.codings = read;
        self.codings.sort_by_key(|coded| Self::order(&coded.coding));
        self.broken.codings = codings.into_iter().map(|coded| coded.coding).collect();
        self.broken.codings.sort_by_key(|coding| coding.id);

        let marks = std::mem::take(&mut self.quote_marks).into_iter().chain(broken.quote_marks);
        (self.quote_marks, self.broken.quote_marks) = marks.partition(|mark| self.is_read(mark.revision));
        self.quote_marks.sort_by_key(|mark| (mark.span, mark.id));
        self.broken.quote_marks.sort_by_key(|mark| mark.id);

        let spans = std::mem::take(&mut self.case_spans).into_iter().chain(broken.case_spans);
        (self.case_spans, self.broken.case_spans) = spans.partition(|span| self.is_read(span.revision));
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
    let mut voices_changed = false;
    let mut anchors_changed = false;
    for change in changes {
        let Some(id) = change.id() else { continue };
        voices_changed |= matches!(id.kind, Kind::Source | Kind::Speaker | Kind::CaseSpan | Kind::Revision);
        anchors_changed |= matches!(id.kind, Kind::Source | Kind::CaseSpan | Kind::Coding | Kind::QuoteMark);
        match &change.after {
            Some(after) => put_into(material, after),
            None => remove_from(material, id),
        }
    }
    if anchors_changed {
        material.settle();
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
        // What is anchored is put into order when all changes are made.
        Entity::CaseSpan(span) => {
            remove_from(material, entity.id());
            material.case_spans.push(span.clone());
        }
        Entity::Coding(coding) => {
            remove_from(material, entity.id());
            let parts = if material.is_read(coding.revision) { material.parts_of(coding.span) } else { Vec::new() };
            material.codings.push(Coded { coding: coding.clone(), parts: parts.into() });
        }
        Entity::QuoteMark(mark) => {
            remove_from(material, entity.id());
            material.quote_marks.push(mark.clone());
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
pub(super) fn put<T, K: Ord>(list: &mut Vec<T>, item: T, key: impl Fn(&T) -> K, same: impl Fn(&T) -> bool) {
    list.retain(|other| !same(other));
    let wanted = key(&item);
    let at = list.partition_point(|other| key(other) <= wanted);
    list.insert(at, item);
}
