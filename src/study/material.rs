use std::collections::BTreeMap;
use std::sync::Arc;

use super::change::Change;
use super::codings::{Coded, Codings};
use super::entities::{
    CaseSpan, Coding, ContraryMark, Entity, EntityId, EntityRef, Kind, Memo, MemoOn, QuoteMark, Revision, Source, Speaker, Status,
    StatusKind, Verdict,
};
use super::ids::{CaseId, CoderId, CodingId, RevisionId};
use super::parts::{NO_CASE, Part, Voices};
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
    /// Spans of the version that is read given to cases by hand, in order of place.
    pub case_spans: Vec<CaseSpan>,
    /// The codings of the version that is read, in order of place.
    pub codings: Codings,
    /// Passages of the version that is read chosen for the report, in order of place.
    pub quote_marks: Vec<QuoteMark>,
    /// What lost its words in a correction.
    pub broken: Broken,
    /// Codings that speak against their theme.
    pub contrary_marks: Vec<ContraryMark>,
    /// Memos on the source, its passages and codings, oldest first.
    pub memos: Vec<Memo>,
    /// What coders say of it.
    pub statuses: Vec<Status>,
    /// What differences between coders were settled, in the order of identities.
    pub verdicts: Vec<Verdict>,
    /// The cases that [`Part::case`] refers to.
    pub cases: Vec<CaseId>,
    /// Index into `cases` of the case of each label of the geometry, with its voice.
    pub(super) label_voices: Vec<(Voice, u16)>,
    /// Index into `cases` of the source's own case.
    pub(super) fallback: u16,
    /// Who speaks as a participant, with the words; see [`Material::spoken`].
    pub(super) spoken: Vec<(u16, u32)>,
}

/// What is anchored in words that a correction took away. It names an older version of the text; it is kept and shown,
/// and never counted. Each list is in the order of identities.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Broken {
    /// Codings.
    pub codings: Vec<Coding>,
    /// Passages chosen for the report.
    pub quote_marks: Vec<QuoteMark>,
    /// Spans given to cases by hand.
    pub case_spans: Vec<CaseSpan>,
}

/// Words of an older version that something is still anchored in; see [`Material::broken_passages`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BrokenPassage<'a> {
    /// What is anchored in them: a coding, quote mark, case span or memo.
    pub anchored: EntityId,
    /// The version they stand in; [`Revision::text`] names its text.
    pub revision: &'a Revision,
    /// The words, in bytes of that version's text.
    pub span: Span,
}

impl Material {
    /// The version that is read.
    #[must_use]
    pub fn revision(&self) -> Option<&Revision> {
        self.revisions.iter().find(|revision| revision.id == self.source.revision)
    }

    /// The coding with this identity, if it is not broken.
    #[must_use]
    pub fn coding(&self, id: CodingId) -> Option<&Coded> {
        self.codings.get(id)
    }

    /// The coding with this identity, also if it is broken.
    #[must_use]
    pub fn kept_coding(&self, id: CodingId) -> Option<&Coding> {
        let broken = || self.broken.codings.binary_search_by_key(&id, |coding| coding.id).ok().and_then(|at| self.broken.codings.get(at));
        self.codings.get(id).map(|coded| &coded.coding).or_else(broken)
    }

    /// Every coding, the broken ones last.
    pub fn kept_codings(&self) -> impl Iterator<Item = &Coding> + '_ {
        self.codings.iter().map(|coded| &coded.coding).chain(&self.broken.codings)
    }

    /// Every quote mark, the broken ones last.
    pub fn kept_quote_marks(&self) -> impl Iterator<Item = &QuoteMark> + '_ {
        self.quote_marks.iter().chain(&self.broken.quote_marks)
    }

    /// Every span given to a case by hand, the broken ones last.
    pub fn kept_case_spans(&self) -> impl Iterator<Item = &CaseSpan> + '_ {
        self.case_spans.iter().chain(&self.broken.case_spans)
    }

    /// Another coding of the same passage, theme and coder; a passage is a span of one version.
    #[must_use]
    pub fn twin(&self, coding: &Coding) -> Option<&Coding> {
        let what = |coding: &Coding| (coding.revision, coding.span, coding.theme, coding.coder);
        let is_twin = |other: &&Coding| other.id != coding.id && what(other) == what(coding);
        if self.is_read(coding.revision) { self.codings_at(coding.span).find(is_twin) } else { self.broken.codings.iter().find(is_twin) }
    }

    /// Removes a coding in favour of another of the same passage, which gets its memos, and its marks where it has none.
    #[must_use]
    pub fn handed_over(&self, from: CodingId, to: CodingId) -> Vec<Change> {
        let change = |before: Entity, after: Option<Entity>| Change { before: Some(before), after };
        let mut changes = Vec::new();
        let quoted = self.kept_quote_marks().any(|mark| mark.coding == Some(to));
        for mark in self.kept_quote_marks().filter(|mark| mark.coding == Some(from)) {
            let after = (!quoted).then(|| QuoteMark { coding: Some(to), ..mark.clone() }.into());
            changes.push(change(mark.clone().into(), after));
        }
        let contrary = self.contrary_marks.iter().any(|mark| mark.coding == to);
        for mark in self.contrary_marks.iter().filter(|mark| mark.coding == from) {
            let after = (!contrary).then(|| ContraryMark { coding: to, ..mark.clone() }.into());
            changes.push(change(mark.clone().into(), after));
        }
        let source = self.source.id;
        let on = MemoOn::Coding { source, coding: from };
        for memo in self.memos.iter().filter(|memo| memo.on == on) {
            let after = Memo { on: MemoOn::Coding { source, coding: to }, ..memo.clone() };
            changes.push(change(memo.clone().into(), Some(after.into())));
        }
        changes.extend(self.kept_coding(from).map(|coding| change(coding.clone().into(), None)));
        changes
    }

    /// The codings of exactly `span`.
    pub fn codings_at(&self, span: Span) -> impl Iterator<Item = &Coding> + '_ {
        self.codings.at(span).map(|coded| &coded.coding)
    }

    /// The memos on passages that share a byte with `span`.
    pub fn memos_over(&self, span: Span) -> impl Iterator<Item = &Memo> + '_ {
        let read = self.source.revision;
        let over = move |on: &MemoOn| matches!(on, MemoOn::Passage { revision, span: own, .. } if *revision == read && own.overlaps(span));
        self.memos.iter().filter(move |memo| over(&memo.on))
    }

    /// The passages that lost their words in a correction, version by version, in order of place.
    #[must_use]
    pub fn broken_passages(&self) -> Vec<BrokenPassage<'_>> {
        let entity = |kind, id| EntityId { kind, id };
        let codings = self.broken.codings.iter().map(|it| (entity(Kind::Coding, it.id.0), it.revision, it.span));
        let marks = self.broken.quote_marks.iter().map(|it| (entity(Kind::QuoteMark, it.id.0), it.revision, it.span));
        let case_spans = self.broken.case_spans.iter().map(|it| (entity(Kind::CaseSpan, it.id.0), it.revision, it.span));
        let memos = self.memos.iter().filter_map(|memo| match memo.on {
            MemoOn::Passage { revision, span, .. } if !self.is_read(revision) => Some((entity(Kind::Memo, memo.id.0), revision, span)),
            _ => None,
        });
        let all = codings.chain(marks).chain(case_spans).chain(memos);
        let all = all.filter_map(|(anchored, id, span)| {
            let revision = self.revisions.iter().find(|revision| revision.id == id)?;
            Some(BrokenPassage { anchored, revision, span })
        });
        let mut all: Vec<_> = all.collect();
        all.sort_by_key(|passage| (passage.revision.id, passage.span, passage.anchored));
        all
    }

    /// The codings that share a byte with `span`.
    pub fn codings_over(&self, span: Span) -> impl Iterator<Item = &Coded> + '_ {
        self.codings.over(span)
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

    /// Whether coders have settled what they differed on: the agreed layer then counts, else what every coder made.
    #[must_use]
    pub fn is_reconciled(&self) -> bool {
        self.status(CoderId::agreed()) == StatusKind::Done
    }

    /// Whether codings of `coder` count where nobody asks for those of one coder: the agreed layer where the source was reconciled,
    /// else all that coders made.
    #[must_use]
    pub fn counts(&self, coder: CoderId) -> bool {
        (coder == CoderId::agreed()) == self.is_reconciled()
    }

    /// The codings whose marks are those of a coding: itself, and for one of the agreed layer also what coders made of the same theme
    /// on some of its words. Marks hang on codings of people.
    #[must_use]
    pub fn marked_with(&self, coding: CodingId) -> Vec<CodingId> {
        let agreed = self.coding(coding).map(|coded| &coded.coding).filter(|coding| coding.coder == CoderId::agreed());
        let Some(agreed) = agreed else { return vec![coding] };
        let same = self.codings_over(agreed.span).map(|coded| &coded.coding).filter(|other| other.theme == agreed.theme);
        same.map(|other| other.id).collect()
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

    /// Gives the source and every entity in it to `each`.
    pub(super) fn each_entity<'a>(&'a self, each: &mut impl FnMut(EntityRef<'a>)) {
        each((&self.source).into());
        self.revisions.iter().for_each(|it| each(it.into()));
        self.speakers.iter().for_each(|it| each(it.into()));
        self.kept_case_spans().for_each(|it| each(it.into()));
        self.kept_codings().for_each(|it| each(it.into()));
        self.kept_quote_marks().for_each(|it| each(it.into()));
        self.contrary_marks.iter().for_each(|it| each(it.into()));
        self.memos.iter().for_each(|it| each(it.into()));
        self.statuses.iter().for_each(|it| each(it.into()));
        self.verdicts.iter().for_each(|it| each(it.into()));
    }

    /// Whether a version of the text is the one that is read.
    pub(super) fn is_read(&self, revision: RevisionId) -> bool {
        revision == self.source.revision
    }

    /// Finds out again who says what, and with that the parts of every coding. To be called when speakers, case spans,
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
            speaker.map_or((Voice::Participant, NO_CASE), |speaker| (speaker.voice, self.index_of(speaker.case)))
        });
        self.label_voices = label_voices.collect();
        let mut codings = std::mem::take(&mut self.codings);
        let case_spans = self.indexed_case_spans();
        let voices = self.voices(&case_spans);
        codings.recompute(|span| voices.parts_of(span).collect());
        self.codings = codings;
        let mut spoken: BTreeMap<u16, u32> = BTreeMap::new();
        for part in self.parts_of(Span { start: 0, end: self.geometry.text_len() }) {
            *spoken.entry(part.case).or_default() += self.geometry.words_in(part.span);
        }
        self.spoken = spoken.into_iter().collect();
    }

    fn indexed_case_spans(&self) -> Vec<(&CaseSpan, u16)> {
        self.case_spans.iter().map(|span| (span, self.index_of(Some(span.case)))).collect()
    }

    fn voices<'a>(&'a self, case_spans: &'a [(&'a CaseSpan, u16)]) -> Voices<'a> {
        Voices { geometry: &self.geometry, speakers: &self.label_voices, fallback: self.fallback, case_spans }
    }

    fn index_of(&self, case: Option<CaseId>) -> u16 {
        let found = case.and_then(|case| self.cases.binary_search(&case).ok());
        found.and_then(|index| u16::try_from(index).ok()).unwrap_or(NO_CASE)
    }
}
