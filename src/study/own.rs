//! The study as one coder alone sees it: one's own work, and what all work on.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::Arc;

use super::codings::{Coded, differing};
use super::entities::{Basis, Memo, MemoOn, Proposition, QuoteMark, Summary};
use super::ids::{CoderId, CodingId};
use super::material::{Broken, Material};
use super::propositions::Propositions;
use super::summaries::Summaries;
use super::typologies::Typologies;
use super::whole::Study;

/// What one coder sees of a study, kept up with it from edit to edit.
///
/// Texts, sources, people, codebook, examples and what is kept under a name are everybody's. Codings, marks, memos, statuses,
/// summaries, propositions and typologies are somebody's: those of others are left out, and with them what hangs on them, so
/// that what is seen is a whole study. What did not change is shared with what was seen before.
#[derive(Debug)]
pub struct OwnWork {
    coder: CoderId,
    whole: Arc<Study>,
    seen: Arc<Study>,
    /// The coder's own codings that are there: of what lay under a cell only these are told.
    own: HashSet<CodingId>,
}

impl OwnWork {
    /// What `coder` sees; of no study yet.
    #[must_use]
    pub fn of(coder: CoderId) -> Self {
        let seen = Study { alone: Some(coder), ..Study::default() };
        Self { coder, whole: Arc::default(), seen: Arc::new(seen), own: HashSet::new() }
    }

    /// What is seen of the study as it is now.
    #[must_use]
    pub fn follow(&mut self, whole: &Arc<Study>) -> Arc<Study> {
        if !Arc::ptr_eq(whole, &self.whole) {
            let changed = whole.changed_since(&self.whole);
            let materials = self.materials(whole, changed.as_deref());
            let own_changed = self.note_own(whole, changed.as_deref());
            let coder = self.coder;
            let own_memos = |memos: &Vec<Memo>| {
                let all = memos.iter().all(|memo| memo.coder == coder);
                (!all).then(|| memos.iter().filter(|memo| memo.coder == coder).cloned().collect())
            };
            let (was, seen) = (&self.whole, &self.seen);
            let next = Study {
                alone: Some(coder),
                materials,
                memos: part((&was.memos, &seen.memos), &whole.memos, own_memos),
                summaries: self.summaries(whole, own_changed),
                propositions: part((&was.propositions, &seen.propositions), &whole.propositions, |all| own_propositions(all, coder)),
                typologies: part((&was.typologies, &seen.typologies), &whole.typologies, |all| own_typologies(all, coder)),
                ..(**whole).clone()
            };
            (self.whole, self.seen) = (Arc::clone(whole), Arc::new(next));
        }
        Arc::clone(&self.seen)
    }

    /// The sources with own work in them. Only those that changed are looked through.
    fn materials(&self, whole: &Study, changed: Option<&[usize]>) -> Arc<Vec<Arc<Material>>> {
        let Some(changed) = changed else {
            let seen = |material: &Arc<Material>| {
                let id = material.source.id;
                match self.whole.material(id).zip(self.seen.material(id)) {
                    Some((was, seen)) if Arc::ptr_eq(was, material) => Arc::clone(seen),
                    before => own_material(material, self.coder, before),
                }
            };
            return Arc::new(whole.materials.iter().map(seen).collect());
        };
        let mut materials = Arc::clone(&self.seen.materials);
        for place in changed {
            if let (Some(material), Some(seen)) = (whole.materials.get(*place), Arc::make_mut(&mut materials).get_mut(*place)) {
                let own = own_material(material, self.coder, self.whole.materials.get(*place).map(|was| (was, &*seen)));
                *seen = own;
            }
        }
        materials
    }

    /// Notes the own codings that came and went. Returns whether there were any.
    fn note_own(&mut self, whole: &Study, changed: Option<&[usize]>) -> bool {
        let (mut gone, mut come) = (BTreeSet::new(), BTreeSet::new());
        let mut differ = |before: Option<&Arc<Material>>, now: Option<&Arc<Material>>| {
            let (old, new) = (shared_codings(before), shared_codings(now));
            let (past, present) = differing(old, new);
            for (coded, ids) in [(old.get(past), &mut gone), (new.get(present), &mut come)] {
                let own = coded.into_iter().flatten().filter(|coded| coded.coding.coder == self.coder);
                ids.extend(own.map(|coded| coded.coding.id));
            }
            for (material, ids) in [(before, &mut gone), (now, &mut come)] {
                let broken = material.into_iter().flat_map(|material| &material.broken.codings);
                ids.extend(broken.filter(|coding| coding.coder == self.coder).map(|coding| coding.id));
            }
        };
        if let Some(changed) = changed {
            for place in changed {
                differ(self.whole.materials.get(*place), whole.materials.get(*place));
            }
        } else {
            for before in self.whole.materials.iter() {
                let now = whole.material(before.source.id);
                if !now.is_some_and(|now| Arc::ptr_eq(before, now)) {
                    differ(Some(before), now);
                }
            }
            let new = whole.materials.iter().filter(|material| self.whole.material(material.source.id).is_none());
            new.for_each(|material| differ(None, Some(material)));
        }
        for coding in &gone {
            self.own.remove(coding);
        }
        self.own.extend(&come);
        gone != come
    }

    /// The coder's own summaries; all where there is nobody else. Each tells what lay under its cell of own codings only, and of those
    /// that are there: of one that is gone nobody can say whose it was. The one that waits beside a colleague's is the cell's own.
    fn summaries(&self, whole: &Study, own_changed: bool) -> Arc<Summaries> {
        if !whole.has_colleague_of(self.coder) {
            return Arc::clone(&whole.summaries);
        }
        let was_shared = self.whole.has_colleague_of(self.coder);
        if was_shared && !own_changed && Arc::ptr_eq(&whole.summaries, &self.whole.summaries) {
            return Arc::clone(&self.seen.summaries);
        }
        let mut own = Summaries::default();
        for summary in whole.summaries.iter().filter(|summary| summary.coder == self.coder) {
            let is_own = whole.summaries.alone(&summary.cell, self.coder).is_some_and(|own| own.id == summary.id);
            let made = self.own_summary(summary, is_own);
            let before = self.seen.summaries.get(summary.id).filter(|before| **before == made);
            own.put_shared(before.map_or(made, Arc::clone));
        }
        Arc::new(own)
    }

    fn own_summary(&self, summary: &Arc<Summary>, is_own: bool) -> Arc<Summary> {
        let Basis { codings, cases } = &*summary.basis;
        let all_own = codings.iter().all(|(coding, ..)| self.own.contains(coding));
        if all_own && summary.is_own() == is_own {
            return Arc::clone(summary);
        }
        let codings = codings.iter().filter(|(coding, ..)| self.own.contains(coding)).copied().collect();
        let basis = Arc::new(Basis { codings, cases: cases.clone() });
        Arc::new(Summary { from: summary.from.clone().filter(|_| !is_own), basis, ..(**summary).clone() })
    }
}

fn shared_codings(material: Option<&Arc<Material>>) -> &[Arc<Coded>] {
    material.map_or(&[], |material| material.codings.shared())
}

/// What is seen of a part of the study: what was seen `before` where the part is the same, and itself where `own` finds nothing
/// to leave out.
fn part<T>(before: (&Arc<T>, &Arc<T>), now: &Arc<T>, own: impl FnOnce(&T) -> Option<T>) -> Arc<T> {
    let (was, seen) = before;
    if Arc::ptr_eq(was, now) { Arc::clone(seen) } else { own(now).map_or_else(|| Arc::clone(now), Arc::new) }
}

/// A source with what `coder` made in it; itself where nobody else made anything. `before` are the source as it was and what was
/// seen of that.
fn own_material(material: &Arc<Material>, coder: CoderId, before: Option<(&Arc<Material>, &Arc<Material>)>) -> Arc<Material> {
    let Broken { codings, quote_marks, case_spans } = &material.broken;
    let nobody_else = material.codings.coders().all(|other| other == coder)
        && codings.iter().all(|coding| coding.coder == coder)
        && material.kept_quote_marks().all(|mark| mark.coder == coder)
        && material.contrary_marks.iter().all(|mark| mark.coder == coder)
        && material.memos.iter().all(|memo| memo.coder == coder)
        && material.statuses.iter().all(|status| status.coder == coder)
        && material.verdicts.is_empty();
    if nobody_else {
        return Arc::clone(material);
    }
    let is_there = |coding: CodingId| material.kept_coding(coding).is_some_and(|coding| coding.coder == coder);
    let own_marks = |marks: &[QuoteMark]| -> Vec<QuoteMark> {
        let own = marks.iter().filter(|mark| mark.coder == coder);
        // The words are one's own choice, also where they were chosen under a colleague's coding.
        own.map(|mark| QuoteMark { coding: mark.coding.filter(|coding| is_there(*coding)), ..mark.clone() }).collect()
    };
    let is_own = |memo: &&Memo| memo.coder == coder && !matches!(memo.on, MemoOn::Coding { coding, .. } if !is_there(coding));
    Arc::new(Material {
        source: material.source.clone(),
        revisions: material.revisions.clone(),
        geometry: Arc::clone(&material.geometry),
        speakers: material.speakers.clone(),
        case_spans: material.case_spans.clone(),
        codings: material.codings.by(coder, before.map(|(was, seen)| (&was.codings, &seen.codings))),
        quote_marks: own_marks(&material.quote_marks),
        broken: Broken {
            codings: codings.iter().filter(|coding| coding.coder == coder).cloned().collect(),
            quote_marks: own_marks(quote_marks),
            case_spans: case_spans.clone(),
        },
        contrary_marks: material.contrary_marks.iter().filter(|mark| mark.coder == coder && is_there(mark.coding)).cloned().collect(),
        memos: material.memos.iter().filter(is_own).cloned().collect(),
        statuses: material.statuses.iter().filter(|status| status.coder == coder).cloned().collect(),
        // They tell where others differ.
        verdicts: Vec::new(),
        cases: material.cases.clone(),
        label_voices: material.label_voices.clone(),
        fallback: material.fallback,
        spoken: material.spoken.clone(),
    })
}

/// The coder's own propositions and evidence; nothing where all of it is.
fn own_propositions(propositions: &Propositions, coder: CoderId) -> Option<Propositions> {
    let nobody_else = propositions.all.values().all(|it| it.coder == coder && it.searched.is_none_or(|searched| searched.coder == coder))
        && propositions.evidence.values().all(|it| it.coder == coder);
    if nobody_else {
        return None;
    }
    let own = propositions.all.values().filter(|it| it.coder == coder);
    let all: BTreeMap<_, _> =
        own.map(|it| (it.id, Proposition { searched: it.searched.filter(|searched| searched.coder == coder), ..it.clone() })).collect();
    let evidence = propositions.evidence.values().filter(|it| it.coder == coder && all.contains_key(&it.proposition));
    let evidence = evidence.map(|it| (it.id, it.clone())).collect();
    Some(Propositions { all, evidence })
}

/// The coder's own typologies, and where this coder placed cases in them; nothing where all of it is.
fn own_typologies(typologies: &Typologies, coder: CoderId) -> Option<Typologies> {
    let nobody_else = typologies.all.values().all(|it| it.coder == coder) && typologies.placements.values().all(|it| it.coder == coder);
    if nobody_else {
        return None;
    }
    let all: BTreeMap<_, _> = typologies.all.values().filter(|it| it.coder == coder).map(|it| (it.id, it.clone())).collect();
    let of_own = typologies.dimensions.values().filter(|it| all.contains_key(&it.typology));
    let dimensions: BTreeMap<_, _> = of_own.map(|it| (it.id, it.clone())).collect();
    let placed = typologies.placements.values().filter(|it| it.coder == coder && dimensions.contains_key(&it.dimension));
    let placements = placed.map(|it| (it.id, it.clone())).collect();
    Some(Typologies { all, dimensions, placements })
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::*;
    use crate::study::{Change, Coder, Coding, Entity, Origin, Revision, RevisionId, Source, SourceForm, SourceId, Theme, ThemeId, Values};
    use crate::text::{BlobId, Geometry, NO_SPEAKER, NoSuchBlob, Paragraph, ParagraphKind, Span, Texts, Voice};

    /// One text of many words, a paragraph each, and one of a single word.
    struct Sample {
        long: Arc<Geometry>,
        short: Arc<Geometry>,
    }

    const LONG: BlobId = BlobId([1; 32]);
    const SHORT: BlobId = BlobId([2; 32]);

    impl Texts for Sample {
        fn text(&self, id: BlobId) -> Result<Arc<str>, NoSuchBlob> {
            Err(NoSuchBlob { id, reason: "nobody needs it".into() })
        }

        fn geometry(&self, id: BlobId) -> Result<Arc<Geometry>, NoSuchBlob> {
            Ok(Arc::clone(if id == LONG { &self.long } else { &self.short }))
        }
    }

    fn word(index: usize) -> Span {
        Span::of(5 * index..5 * index + 4)
    }

    fn geometry(words: usize) -> Arc<Geometry> {
        let paragraph = |index| Paragraph {
            span: word(index),
            label: Span::default(),
            kind: ParagraphKind::Turn,
            level: 0,
            voice: Voice::Participant,
            speaker: NO_SPEAKER,
        };
        Arc::new(Geometry::new(&"aye.\n".repeat(words), (0..words).map(paragraph).collect(), Vec::new(), Vec::new()).unwrap())
    }

    fn source(position: usize, text: BlobId) -> [Entity; 2] {
        let (id, revision) = (SourceId::derived(&[&position.to_le_bytes()]), RevisionId::derived(&[&position.to_le_bytes()]));
        let source = Source {
            id,
            label: format!("S{position}"),
            title: String::new(),
            form: SourceForm::Transcript,
            revision,
            case: None,
            values: Values::new(),
            file_name: String::new(),
            fingerprint: text,
            original: None,
            position: i64::try_from(position).unwrap(),
        };
        [source.into(), Revision { id: revision, source: id, parent: None, text, geometry: text }.into()]
    }

    fn coding(position: usize, index: usize, theme: ThemeId, coder: CoderId) -> Coding {
        let (source, revision) = (SourceId::derived(&[&position.to_le_bytes()]), RevisionId::derived(&[&position.to_le_bytes()]));
        Coding { id: CodingId::new(), source, revision, span: word(index), theme, coder, time: 0, origin: Origin::Hand }
    }

    /// The least that one of several tries takes: other work on the machine disturbs some, not all.
    fn least(mut run: impl FnMut()) -> Duration {
        let tries = (0..7).map(|_| {
            let begun = Instant::now();
            run();
            begun.elapsed()
        });
        tries.min().unwrap_or_default()
    }

    /// What is seen is followed for no more than an edit takes anyway, however much there is beside it.
    #[test]
    fn one_coding_among_ten_thousand_beside_ten_thousand_sources_is_followed_at_once() {
        const MANY: usize = 10_000;
        let sample = Sample { long: geometry(MANY), short: geometry(1) };
        let theme = Theme::named(None, "Answers", 1);
        let coders = ["Elspeth", "Rory"].map(|name| Coder { id: CoderId::new(), name: name.into(), initials: "X".into() });
        let [mine, other] = [coders[0].id, coders[1].id];
        let sources = (0..=MANY).flat_map(|position| source(position, if position == 0 { LONG } else { SHORT }));
        let here = (0..MANY - 1).map(|index| coding(0, index, theme.id, if index % 2 == 0 { mine } else { other }));
        let elsewhere = (1..=MANY).map(|position| coding(position, 0, theme.id, if position % 2 == 0 { mine } else { other }));
        let frame = coders.map(Entity::from).into_iter().chain([theme.clone().into()]);
        let study = Study::from_entities(frame.chain(sources).chain(here.chain(elsewhere).map(Entity::from)), &sample).unwrap();
        let study = Arc::new(study);
        let mut own = OwnWork::of(mine);
        assert_eq!(own.follow(&study).codings().count(), MANY);

        let change = |coder| Change { before: None, after: Some(coding(0, MANY - 1, theme.id, coder).into()) };
        for coder in [mine, other] {
            let edited = Arc::new(study.apply(&[change(coder)], &sample).unwrap());
            let edit = least(|| drop(study.apply(&[change(coder)], &sample).unwrap()));
            let before = own.follow(&study);
            let seen = own.follow(&edited);
            let same = before.materials().iter().zip(seen.materials()).filter(|(before, seen)| Arc::ptr_eq(before, seen));
            assert_eq!(same.count(), MANY, "only the source that was edited is made anew");
            assert_eq!(seen.materials()[0].codings.len(), MANY / 2 + usize::from(coder == mine));
            let both = least(|| {
                let _ = own.follow(&study);
                let _ = own.follow(&edited);
            });
            assert!(both < 10 * edit, "an edit takes {edit:?}, following it and back {both:?}");
        }
    }
}
