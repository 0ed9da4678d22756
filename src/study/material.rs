use std::collections::BTreeMap;
use std::sync::Arc;

use super::entities::{CaseSpan, Coding, ContraryMark, Entity, Memo, QuoteMark, Revision, Source, Speaker, Status, StatusKind};
use super::ids::{CaseId, CoderId, CodingId};
use super::parts::{NOT_STATED, Part, Voices};
use crate::text::{Geometry, Paragraph, Span, Voice, stretches};

/// A source with everything that is anchored in it.
#[derive(Clone, Debug)]
pub struct Material {
    /// The source.
    pub source: Source,
    /// Its versions; the one that is read is `source.revision`.
    pub revisions: Vec<Revision>,
    /// Paragraphs and words of the version that is read.
    pub geometry: Arc<Geometry>,
    /// The labels in it.
    pub speakers: Vec<Speaker>,
    /// Spans given to cases by hand, in order of place.
    pub case_spans: Vec<CaseSpan>,
    /// Its codings in order of place: start, longer first, identity.
    pub codings: Vec<Coded>,
    /// Passages chosen for the report, in order of place.
    pub quote_marks: Vec<QuoteMark>,
    /// Codings that speak against their theme.
    pub contrary_marks: Vec<ContraryMark>,
    /// Memos on the source, its passages and codings, oldest first.
    pub memos: Vec<Memo>,
    /// What coders say of it.
    pub statuses: Vec<Status>,
    /// The cases that [`Part::case`] refers to.
    pub cases: Vec<CaseId>,
    /// Index into `cases` of the case of each label of the geometry, with its voice.
    pub(super) label_voices: Vec<(Voice, u16)>,
    /// Index into `cases` of the source's own case.
    pub(super) fallback: u16,
    /// Who speaks as a participant, with the words; see [`Material::spoken`].
    pub(super) spoken: Vec<(u16, u32)>,
}

/// A coding with what is computed from it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Coded {
    /// The coding.
    pub coding: Coding,
    /// What participants said in it; empty when it holds only words of interviewers or authors.
    pub parts: Box<[Part]>,
}

impl Material {
    /// The version that is read.
    #[must_use]
    pub fn revision(&self) -> Option<&Revision> {
        self.revisions.iter().find(|revision| revision.id == self.source.revision)
    }

    /// The coding with this identity.
    #[must_use]
    pub fn coding(&self, id: CodingId) -> Option<&Coded> {
        self.codings.iter().find(|coded| coded.coding.id == id)
    }

    /// The codings that share a byte with `span`.
    pub fn codings_over(&self, span: Span) -> impl Iterator<Item = &Coded> + '_ {
        let last = self.codings.partition_point(|coded| coded.coding.span.start < span.end);
        self.codings.iter().take(last).filter(move |coded| coded.coding.span.overlaps(span))
    }

    /// Who a paragraph's words belong to before spans given by hand: the voice, and the case if it is stated.
    #[must_use]
    pub fn speaker_of(&self, paragraph: &Paragraph) -> (Voice, Option<CaseId>) {
        let (voice, case) = self.voices(&[]).of(paragraph);
        (voice, self.case(case))
    }

    /// The case behind [`Part::case`]; `None` is *Not stated*.
    #[must_use]
    pub fn case(&self, index: u16) -> Option<CaseId> {
        self.cases.get(usize::from(index)).copied()
    }

    /// The cases of a coding, each once: those of its parts. An inner `None` is *Not stated*.
    #[must_use]
    pub fn cases_of(&self, coded: &Coded) -> Vec<Option<CaseId>> {
        let mut indices: Vec<u16> = coded.parts.iter().map(|part| part.case).collect();
        indices.sort_unstable();
        indices.dedup();
        indices.into_iter().map(|index| self.case(index)).collect()
    }

    /// The cases that have a participant's paragraph, each once as an index like [`Part::case`], with the words they said.
    #[must_use]
    pub fn spoken(&self) -> &[(u16, u32)] {
        &self.spoken
    }

    /// The cases that have a participant's paragraph, with the words they said in it. `None` is *Not stated*.
    #[must_use]
    pub fn words_by_case(&self) -> BTreeMap<Option<CaseId>, u32> {
        self.spoken.iter().map(|(case, words)| (self.case(*case), *words)).collect()
    }

    /// What participants said within `span`, by paragraph and case.
    #[must_use]
    pub fn parts_of(&self, span: Span) -> Vec<Part> {
        let case_spans = self.indexed_case_spans();
        self.voices(&case_spans).parts_of(span).collect()
    }

    /// What `coder` says of the source.
    #[must_use]
    pub fn status(&self, coder: CoderId) -> StatusKind {
        self.statuses.iter().find(|status| status.coder == coder).map_or(StatusKind::NotStarted, |status| status.status)
    }

    /// Number of participants' words in the source.
    #[must_use]
    pub fn participant_words(&self) -> u32 {
        self.spoken.iter().map(|(_, words)| words).sum()
    }

    /// Number of participants' words under any coding that `counts`.
    #[must_use]
    pub fn coded_words(&self, counts: impl Fn(&Coding) -> bool) -> u32 {
        let parts = self.codings.iter().filter(|coded| counts(&coded.coding)).flat_map(|coded| coded.parts.iter().map(|part| part.span));
        stretches(parts).into_iter().map(|span| self.geometry.words_in(span)).sum()
    }

    /// Appends the source and every entity in it.
    pub(super) fn entities(&self, all: &mut Vec<Entity>) {
        all.push(self.source.clone().into());
        all.extend(self.revisions.iter().cloned().map(Entity::from));
        all.extend(self.speakers.iter().cloned().map(Entity::from));
        all.extend(self.case_spans.iter().cloned().map(Entity::from));
        all.extend(self.codings.iter().map(|coded| coded.coding.clone().into()));
        all.extend(self.quote_marks.iter().cloned().map(Entity::from));
        all.extend(self.contrary_marks.iter().cloned().map(Entity::from));
        all.extend(self.memos.iter().cloned().map(Entity::from));
        all.extend(self.statuses.iter().cloned().map(Entity::from));
    }

    /// The order of codings: start, longer first, identity.
    pub(super) fn order(coding: &Coding) -> (u32, u32, CodingId) {
        (coding.span.start, u32::MAX - coding.span.end, coding.id)
    }

    /// Computes again who says what, and the parts of every coding. To be called when speakers, case spans,
    /// the source's case or its revision changed.
    pub(super) fn recompute(&mut self) {
        let mut cases: Vec<CaseId> = self.speakers.iter().filter_map(|speaker| speaker.case).collect();
        cases.extend(self.source.case);
        cases.extend(self.case_spans.iter().map(|span| span.case));
        cases.sort_unstable();
        cases.dedup();
        self.cases = cases;
        self.fallback = self.index_of(self.source.case);
        let label_voices = self.geometry.labels().iter().map(|label| {
            let speaker = self.speakers.iter().find(|speaker| *speaker.label == **label);
            speaker.map_or((Voice::Participant, NOT_STATED), |speaker| (speaker.voice, self.index_of(speaker.case)))
        });
        self.label_voices = label_voices.collect();
        let parts: Vec<_> = self.codings.iter().map(|coded| self.parts_of(coded.coding.span)).collect();
        for (coded, parts) in self.codings.iter_mut().zip(parts) {
            coded.parts = parts.into();
        }
        let mut spoken: BTreeMap<u16, u32> = BTreeMap::new();
        for part in self.parts_of(Span { start: 0, end: self.geometry.text_len() }) {
            *spoken.entry(part.case).or_default() += self.geometry.words_in(part.span);
        }
        self.spoken = spoken.into_iter().collect();
    }

    pub(super) fn indexed_case_spans(&self) -> Vec<(&CaseSpan, u16)> {
        self.case_spans
            .iter()
            .filter(|span| span.revision == self.source.revision)
            .map(|span| (span, self.index_of(Some(span.case))))
            .collect()
    }

    fn voices<'a>(&'a self, case_spans: &'a [(&'a CaseSpan, u16)]) -> Voices<'a> {
        Voices { geometry: &self.geometry, speakers: &self.label_voices, fallback: self.fallback, case_spans }
    }

    fn index_of(&self, case: Option<CaseId>) -> u16 {
        let found = case.and_then(|case| self.cases.binary_search(&case).ok());
        found.and_then(|index| u16::try_from(index).ok()).unwrap_or(NOT_STATED)
    }
}
