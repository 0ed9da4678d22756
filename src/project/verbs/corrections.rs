use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use crate::project::error::EditError;
use crate::project::tx::Tx;
use crate::study::{
    CaseSpan, Citation, Cites, Coding, CodingId, Entity, EntityId, Evidence, EvidenceOf, Example, Kind, Material, Memo, MemoOn,
    Propositions, QuoteMark, Revision, RevisionId, Source, SourceId, Speaker, Summaries, Summary, Verdict,
};
use crate::text::{BlobId, EditScript, Geometry, Span};

/// A text as an importer reads it, to stand in the place of a source's.
#[derive(Clone, Debug)]
pub struct NewText<'a> {
    /// The whole text, normalised.
    pub text: &'a str,
    /// Its paragraphs and words.
    pub geometry: &'a Geometry,
    /// Who speaks in it. A label that the source has already keeps its voice and case.
    pub speakers: Vec<Speaker>,
    /// Name of the file it comes from, without folders.
    pub file_name: &'a str,
    /// SHA-256 of the file.
    pub fingerprint: BlobId,
    /// The file byte for byte, where it differs from the text and is to be kept.
    pub original: Option<&'a [u8]>,
}

/// What a correction does to something that is anchored in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Fate {
    /// The same words at the same place.
    Unchanged,
    /// The same words at another place.
    Moved,
    /// Some of its words were changed, put in or left out.
    Reworded,
    /// Its words are gone: it is kept and shown, and not counted.
    Broken,
    /// It was broken, and its words are there again.
    Restored,
}

/// What became of everything that is anchored in a corrected text: codings, quote marks, case spans, typical examples and memos on
/// passages.
/// What was broken before and still is has no fate, and no coding that whoever corrects does not see.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Corrected {
    /// Each with its fate.
    pub fates: Vec<(EntityId, Fate)>,
    /// Codings that came to lie on the very words of another of their theme and coder, and were handed over to it.
    pub joined: Vec<CodingId>,
}

impl Corrected {
    /// How many of a kind met a fate.
    #[must_use]
    pub fn count(&self, kind: Kind, fate: Fate) -> usize {
        self.fates.iter().filter(|(id, met)| id.kind == kind && *met == fate).count()
    }
}

impl Tx<'_> {
    /// Puts another text in the place of a source's: a new revision, with everything that is anchored in the old one mapped
    /// to where its words stand now. What lost its words stays on its old revision; what was broken before and finds its
    /// words again is restored. New labels become speakers, those that are gone from the text are removed.
    ///
    /// # Errors
    /// [`EditError::Refused`] when the text and its paragraphs are what is there already.
    pub fn correct_source(&mut self, source: SourceId, new: NewText<'_>) -> Result<Corrected, EditError> {
        let material = self.material(source)?;
        let original = new.original.map(|bytes| self.blob(bytes)).transpose()?;
        let known = |label: &str| material.speakers.iter().any(|speaker| speaker.label == label);
        let speakers = new.speakers.into_iter().filter(|speaker| !known(&speaker.label));
        let speakers = speakers.map(|speaker| Speaker { source, ..speaker }.into()).collect();
        let (file_name, fingerprint) = (new.file_name.to_owned(), new.fingerprint);
        let of = Source { file_name, fingerprint, original, ..material.source.clone() };
        let corrected = self.revise(of, new.text, new.geometry, speakers)?;
        let corrected = corrected
            .ok_or_else(|| EditError::Refused(format!("“{}” holds the very text that is there: nothing to correct", new.file_name)))?;
        let gone = material.speakers.iter().filter(|speaker| !new.geometry.labels().iter().any(|label| **label == *speaker.label));
        self.remove_all(gone.map(|speaker| (EntityId { kind: Kind::Speaker, id: speaker.id.0 }, Some(speaker.source))).collect())?;
        Ok(corrected)
    }

    /// Makes a new revision of `source`, which is put as it is given with it and with what else is new, and maps what is
    /// anchored in the text to it. `None`: the text and its paragraphs are what is there already.
    pub(super) fn revise(
        &mut self,
        source: Source,
        text: &str,
        geometry: &Geometry,
        with: Vec<Entity>,
    ) -> Result<Option<Corrected>, EditError> {
        let source_id = source.id;
        let material = self.material(source_id)?;
        let parent = material.revision().ok_or(EditError::Gone("text"))?.clone();
        let (text_id, geometry) = (self.blob(text.as_bytes())?, self.blob(&geometry.to_bytes())?);
        if (text_id, geometry) == (parent.text, parent.geometry) {
            return Ok(None);
        }
        let revision = Revision { id: RevisionId::new(), source: source.id, parent: Some(parent.id), text: text_id, geometry };
        let way = Way::to(self, &material, &revision, text)?;
        let joined = self.join(&material, &way)?;
        let examples: Vec<_> = self.study().examples().values().filter(|example| example.source == source.id).cloned().collect();
        let (moved, mut fates) = way.moved(&*self.material(source.id)?, &examples);
        let mut entities = with;
        entities.push(Source { revision: revision.id, ..source }.into());
        entities.push(revision.into());
        entities.extend(moved);
        entities.extend(way.verdicts(&*self.material(source_id)?));
        entities.extend(way.cited(self.study().summaries(), source_id));
        entities.extend(way.evidence(self.study().propositions(), source_id));
        self.put_all(entities)?;
        let coding = |id: uuid::Uuid| material.kept_coding(CodingId(id));
        let sees = |id: uuid::Uuid| coding(id).is_none_or(|coding| self.sees(coding.coder));
        fates.retain(|(id, _)| id.kind != Kind::Coding || sees(id.id));
        let joined = joined.into_iter().filter(|coding| sees(coding.0)).collect();
        Ok(Some(Corrected { fates, joined }))
    }

    /// Where words that somebody saw in the version `seen` stand in the text as it is now: for edits that come from a window
    /// that did not know of a correction, or of its undo.
    ///
    /// # Errors
    /// [`EditError::WordsGone`] when none of the words is there any more.
    pub fn meet(&self, seen: &Revision, span: Span) -> Result<Span, EditError> {
        self.meet_all(seen, [span])?.pop().flatten().ok_or(EditError::WordsGone)
    }

    /// As [`Tx::meet`] for several spans of one version; none where no word is left.
    ///
    /// # Errors
    /// When the source or a text of it is gone.
    pub fn meet_all(&self, seen: &Revision, spans: impl IntoIterator<Item = Span>) -> Result<Vec<Option<Span>>, EditError> {
        let material = self.material(seen.source)?;
        let now = material.revision().ok_or(EditError::Gone("text"))?;
        if now.text == seen.text {
            return Ok(spans.into_iter().map(Some).collect());
        }
        let (old, new) = (self.text_of(seen)?, self.text_of(now)?);
        let script = EditScript::between(&old, &new);
        Ok(spans.into_iter().map(|span| script.map(span)).collect())
    }

    /// Hands codings that come to lie on the same words over to the oldest of them.
    fn join(&mut self, material: &Material, way: &Way<'_>) -> Result<Vec<CodingId>, EditError> {
        let mut codings: Vec<&Coding> = material.kept_codings().collect();
        codings.sort_by_key(|coding| (coding.time, coding.id));
        let mut first = HashMap::new();
        let mut joined = Vec::new();
        for coding in codings {
            let Some(span) = way.span(coding.revision, coding.span) else { continue };
            let to = *first.entry((span, coding.theme, coding.coder)).or_insert(coding.id);
            if to != coding.id {
                self.hand_over(&*self.material(material.source.id)?, coding.id, to)?;
                joined.push(coding.id);
            }
        }
        Ok(joined)
    }
}

/// The way from the versions in which something is anchored to a new one.
struct Way<'a> {
    /// The version that was read before.
    from: RevisionId,
    to: RevisionId,
    text: &'a str,
    /// The older texts; none where it is the very text, of which only the paragraphs differ.
    scripts: BTreeMap<RevisionId, Option<(Arc<str>, EditScript)>>,
}

impl<'a> Way<'a> {
    fn to(tx: &Tx<'_>, material: &Material, revision: &Revision, text: &'a str) -> Result<Self, EditError> {
        let broken = material.broken_passages();
        let cited = |other: &Revision| {
            let in_summary = |summary: &Arc<Summary>| {
                summary.citations.iter().any(|citation| citation.passage().is_some_and(|(_, revision, _)| revision == other.id))
            };
            let is_evidence = |it: &Evidence| it.of.passage().is_some_and(|(_, revision, _)| revision == other.id);
            tx.study().examples().values().any(|example| example.revision == other.id)
                || tx.study().summaries().iter().any(in_summary)
                || tx.study().propositions().evidence().any(is_evidence)
        };
        let anchored =
            |other: &Revision| other.id == material.source.revision || broken.iter().any(|it| it.revision.id == other.id) || cited(other);
        let mut scripts = BTreeMap::new();
        for other in material.revisions.iter().filter(|other| anchored(other)) {
            let differs = other.text != revision.text;
            let old = differs.then(|| tx.text_of(other)).transpose()?;
            let script = old.map(|old| {
                let script = EditScript::between(&old, text);
                (old, script)
            });
            scripts.insert(other.id, script);
        }
        Ok(Self { from: material.source.revision, to: revision.id, text, scripts })
    }

    /// Where the words of a span stand in the new version.
    fn span(&self, revision: RevisionId, span: Span) -> Option<Span> {
        let Some((_, script)) = self.scripts.get(&revision)? else { return Some(span) };
        script.map(span).map(|span| span.trimmed(self.text)).filter(|span| !span.is_empty())
    }

    /// The summaries that cite words of the source, with their citations where those words stand now. What lost its words is
    /// still cited, as it was.
    fn cited(&self, summaries: &Summaries, source: SourceId) -> Vec<Entity> {
        let follow = |citation: &Citation| {
            let there = citation.passage().filter(|(of, ..)| *of == source);
            let now = there.and_then(|(_, revision, span)| self.span(revision, span));
            let moved = |span| Citation { of: Cites::Passage { source, revision: self.to, span }, ..citation.clone() };
            now.map_or_else(|| citation.clone(), moved)
        };
        let cites =
            |summary: &&Arc<Summary>| summary.citations.iter().any(|citation| citation.passage().is_some_and(|(of, ..)| of == source));
        let moved = |summary: &Arc<Summary>| Summary { citations: summary.citations.iter().map(follow).collect(), ..(**summary).clone() };
        summaries.iter().filter(cites).map(|summary| moved(summary).into()).collect()
    }

    /// The verdicts over codings of the source, with the passages those have now.
    fn verdicts(&self, material: &Material) -> Vec<Entity> {
        let moved = |(id, seen): &(CodingId, Span)| {
            let coding = material.kept_coding(*id).filter(|coding| coding.span == *seen);
            (*id, coding.and_then(|coding| self.span(coding.revision, coding.span)).unwrap_or(*seen))
        };
        material.verdicts.iter().map(|verdict| Verdict { on: verdict.on.iter().map(moved).collect(), ..verdict.clone() }.into()).collect()
    }

    /// The evidence that is words of the source, where those words stand now. What lost its words stays as it was.
    fn evidence(&self, propositions: &Propositions, source: SourceId) -> Vec<Entity> {
        let moved = |evidence: &Evidence| {
            let (_, revision, span) = evidence.of.passage().filter(|(of, ..)| *of == source)?;
            let of = EvidenceOf::Passage { source, revision: self.to, span: self.span(revision, span)? };
            Some(Evidence { of, ..evidence.clone() }.into())
        };
        propositions.evidence().filter_map(moved).collect()
    }

    fn fate(&self, revision: RevisionId, span: Span, now: Option<Span>) -> Option<Fate> {
        let Some(now) = now else { return (revision == self.from).then_some(Fate::Broken) };
        let old = self.scripts.get(&revision)?.as_ref();
        let same_words = || old.is_none_or(|(old, _)| span.slice(old) == now.slice(self.text));
        Some(match () {
            () if revision != self.from => Fate::Restored,
            () if !same_words() => Fate::Reworded,
            () if span == now => Fate::Unchanged,
            () => Fate::Moved,
        })
    }

    /// Everything that is anchored in the text as it stands in the new version, and what became of each.
    fn moved(&self, material: &Material, examples: &[Example]) -> (Vec<Entity>, Vec<(EntityId, Fate)>) {
        let revision = self.to;
        let (mut moved, mut fates) = (Vec::new(), Vec::new());
        let mut follow = |kind, id, from: RevisionId, span: Span| {
            let now = self.span(from, span);
            fates.extend(self.fate(from, span, now).map(|fate| (EntityId { kind, id }, fate)));
            now
        };
        for it in material.kept_codings() {
            let now = follow(Kind::Coding, it.id.0, it.revision, it.span);
            moved.extend(now.map(|span| Coding { revision, span, ..it.clone() }.into()));
        }
        for it in material.kept_quote_marks() {
            let now = follow(Kind::QuoteMark, it.id.0, it.revision, it.span);
            moved.extend(now.map(|span| QuoteMark { revision, span, ..it.clone() }.into()));
        }
        for it in material.kept_case_spans() {
            let now = follow(Kind::CaseSpan, it.id.0, it.revision, it.span);
            moved.extend(now.map(|span| CaseSpan { revision, span, ..it.clone() }.into()));
        }
        for it in examples {
            let now = follow(Kind::Example, it.id.0, it.revision, it.span);
            moved.extend(now.map(|span| Example { revision, span, ..it.clone() }.into()));
        }
        for memo in &material.memos {
            if let MemoOn::Passage { source, revision: from, span } = memo.on {
                let now = follow(Kind::Memo, memo.id.0, from, span);
                moved.extend(now.map(|span| Memo { on: MemoOn::Passage { source, revision, span }, ..memo.clone() }.into()));
            }
        }
        (moved, fates)
    }
}
