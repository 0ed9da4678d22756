use std::collections::BTreeMap;
use std::sync::Arc;

use super::changed::Changed;
use super::error::ApplyError;
use crate::study::change::Change;
use crate::study::codings::{Coded, Codings};
use crate::study::entities::{CaseSpan, Coding, ContraryMark, Entity, Kind, Memo, QuoteMark, Revision, Source, Speaker, Status, Verdict};
use crate::study::ids::{CodingId, SourceId};
use crate::study::material::{Broken, Material};
use crate::study::parts::NO_CASE;
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
        codings: Codings::default(),
        quote_marks: Vec::new(),
        broken: Broken::default(),
        contrary_marks: Vec::new(),
        memos: Vec::new(),
        statuses: Vec::new(),
        verdicts: Vec::new(),
        cases: Vec::new(),
        label_voices: Vec::new(),
        fallback: NO_CASE,
        spoken: Vec::new(),
    }
}

impl Material {
    /// Puts what is anchored in the version that is read now apart from what is broken. The parts of codings are yet to be
    /// computed.
    fn sort_out(&mut self) {
        let broken = std::mem::take(&mut self.broken);
        let codings = self.codings.iter().map(|coded| &coded.coding).chain(&broken.codings).cloned();
        let (read, mut lost): (Vec<_>, Vec<_>) = codings.partition(|coding| self.is_read(coding.revision));
        self.codings = Codings::default();
        self.codings.replace(read.into_iter().map(|coding| (coding.id, Some(Arc::new(Coded { coding, parts: Box::default() })))).collect());
        lost.sort_by_key(|coding| coding.id);
        self.broken.codings = lost;

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
            && self.verdicts.is_empty()
    }
}

/// However many changes there are, each list is gone through once.
fn apply_to_material(material: &mut Material, changes: &[&Change], texts: &dyn Texts) -> Result<(), ApplyError> {
    let edit = Changed::by(changes.iter().copied());
    let version = |material: &Material| material.revision().map(|revision| (revision.id, revision.geometry));
    let (before, read_before) = (version(material), material.source.revision);
    if let Some(source) = edit.of_kind::<Source>().find_map(|(_, source)| source) {
        material.source = source.clone();
    }
    edit.put_into(&mut material.revisions, |_| true, |it: &Revision| it.id);
    if let Some((_, geometry)) = version(material).filter(|now| Some(*now) != before) {
        material.geometry = texts.geometry(geometry)?;
    }
    let read = material.source.revision;
    if read != read_before {
        material.sort_out();
    }
    edit.put_into(&mut material.speakers, |_| true, |it: &Speaker| it.id);
    edit.put_into(&mut material.case_spans, |it| it.revision == read, |it: &CaseSpan| (it.span, it.id));
    edit.put_into(&mut material.broken.case_spans, |it| it.revision != read, |it: &CaseSpan| it.id);
    edit.put_into(&mut material.quote_marks, |it| it.revision == read, |it: &QuoteMark| (it.span, it.id));
    edit.put_into(&mut material.broken.quote_marks, |it| it.revision != read, |it: &QuoteMark| it.id);
    edit.put_into(&mut material.contrary_marks, |_| true, |it: &ContraryMark| it.id);
    edit.put_into(&mut material.memos, |_| true, |it: &Memo| (it.time, it.id));
    edit.put_into(&mut material.statuses, |_| true, |it: &Status| it.id);
    edit.put_into(&mut material.verdicts, |_| true, |it: &Verdict| it.id);

    let voices_changed = [Kind::Source, Kind::Revision, Kind::Speaker, Kind::CaseSpan].into_iter().any(|kind| edit.touches(kind));
    let codings = edit.of_kind::<Coding>().map(|(id, coding)| {
        let coding = coding.filter(|coding| coding.revision == read).cloned();
        // Where voices change as well, the parts of all are computed below.
        let parts = |span| if voices_changed { Box::default() } else { material.parts_of(span).into() };
        (CodingId(id), coding.map(|coding| Arc::new(Coded { parts: parts(coding.span), coding })))
    });
    let codings = codings.collect();
    material.codings.replace(codings);
    edit.put_into(&mut material.broken.codings, |it| it.revision != read, |it: &Coding| it.id);
    if voices_changed {
        material.recompute();
    }
    Ok(())
}

/// Puts `item` in its place in a sorted list, in the stead of the one that is `same`.
pub(super) fn put<T, K: Ord>(list: &mut Vec<T>, item: T, key: impl Fn(&T) -> K, same: impl Fn(&T) -> bool) {
    list.retain(|other| !same(other));
    let wanted = key(&item);
    let at = list.partition_point(|other| key(other) <= wanted);
    list.insert(at, item);
}
