use std::collections::BTreeSet;

use serde::Deserialize as _;
use serde_json::Value;

use super::{Draft, Union, change, id_of};
use crate::study::apply::ApplyError;
use crate::study::change::{Change, field};
use crate::study::edit::Edit;
use crate::study::entities::{
    CaseSpan, Citation, Cites, Coding, Entity, Evidence, EvidenceOf, Example, Kind, Memo, MemoOn, QuoteMark, Revision, Verdict,
};
use crate::study::ids::{CodingId, RevisionId, SourceId};
use crate::study::material::Material;
use crate::text::{BlobId, EditScript, Span};

impl Union<'_> {
    /// What is anchored in another version of a text than the one that is read now is mapped to where its words stand there,
    /// as far as the edit has to do with it. What lost its words stays where it was.
    pub(super) fn follow_texts(&mut self, edit: &Edit, draft: &mut Draft) -> Result<(), ApplyError> {
        let sources = draft.values().filter_map(Change::owner);
        let cited = draft.values().filter_map(|change| change.after.as_ref()).flat_map(cites);
        let sources: BTreeSet<SourceId> = sources.chain(cited).collect();
        for source in sources {
            let Some(material) = self.study.material(source).cloned() else { continue };
            // Where another version is read now, everything follows; else what the edit put there.
            let before = draft.get(&id_of(Kind::Source, source.0)).and_then(|change| change.before.as_ref());
            let all = matches!(before, Some(Entity::Source(before)) if before.revision != material.source.revision);
            let concerned = if all { self.anchored_in(&material) } else { put_in(draft, source) };
            let moved = concerned.into_iter().map(|it| Ok(self.followed(&material, &it)?.map(|now| change(it, now))));
            let moved: Vec<Option<Change>> = moved.collect::<Result<_, ApplyError>>()?;
            // Nobody else holds what is changed now, so that it is not copied.
            drop(material);
            self.put(edit, draft, moved.into_iter().flatten().collect())?;
        }
        Ok(())
    }

    /// Everything that stands in a text, or may.
    fn anchored_in(&self, material: &Material) -> Vec<Entity> {
        let source = material.source.id;
        let mut all: Vec<Entity> = material.broken.codings.iter().cloned().map(Entity::from).collect();
        all.extend(material.broken.quote_marks.iter().cloned().map(Entity::from));
        all.extend(material.broken.case_spans.iter().cloned().map(Entity::from));
        all.extend(material.memos.iter().cloned().map(Entity::from));
        all.extend(material.verdicts.iter().cloned().map(Entity::from));
        let examples = self.study.examples.values().filter(|it| it.source == source);
        all.extend(examples.cloned().map(Entity::from));
        let within = |(of, ..): (SourceId, RevisionId, Span)| of == source;
        let summaries = self.study.summaries.iter().filter(|it| it.citations.iter().any(|it| it.passage().is_some_and(within)));
        all.extend(summaries.map(|it| Entity::from((**it).clone())));
        let evidence = self.study.propositions.evidence().filter(|it| it.of.passage().is_some_and(within));
        all.extend(evidence.cloned().map(Entity::from));
        all
    }

    /// Something that stands in another version of a text than the one that is read, as it stands in that; none where it does
    /// already, or lost its words.
    fn followed(&mut self, material: &Material, entity: &Entity) -> Result<Option<Entity>, ApplyError> {
        let (source, revision) = (material.source.id, material.source.revision);
        Ok(match entity {
            Entity::Coding(it) => self.stands(material, it.revision, it.span)?.map(|span| Coding { revision, span, ..it.clone() }.into()),
            Entity::QuoteMark(it) => {
                self.stands(material, it.revision, it.span)?.map(|span| QuoteMark { revision, span, ..it.clone() }.into())
            }
            Entity::CaseSpan(it) => {
                self.stands(material, it.revision, it.span)?.map(|span| CaseSpan { revision, span, ..it.clone() }.into())
            }
            Entity::Example(it) => self.stands(material, it.revision, it.span)?.map(|span| Example { revision, span, ..it.clone() }.into()),
            Entity::Memo(it) => {
                let MemoOn::Passage { revision: from, span, .. } = it.on else { return Ok(None) };
                let on = |span| MemoOn::Passage { source, revision, span };
                self.stands(material, from, span)?.map(|span| Memo { on: on(span), ..it.clone() }.into())
            }
            Entity::Evidence(it) => {
                let Some((_, from, span)) = it.of.passage().filter(|(of, ..)| *of == source) else { return Ok(None) };
                let of = |span| EvidenceOf::Passage { source, revision, span };
                self.stands(material, from, span)?.map(|span| Evidence { of: of(span), ..it.clone() }.into())
            }
            Entity::Summary(it) => {
                let mut after = it.clone();
                for citation in &mut after.citations {
                    let Some((_, from, span)) = citation.passage().filter(|(of, ..)| *of == source) else { continue };
                    if let Some(span) = self.stands(material, from, span)? {
                        citation.of = Cites::Passage { source, revision, span };
                    }
                }
                (after != *it).then(|| after.into())
            }
            Entity::Verdict(it) => {
                let on = it.on.iter().map(|(coding, span)| Ok((*coding, self.seen_now(material, *coding, *span)?)));
                let on = on.collect::<Result<Vec<_>, ApplyError>>()?;
                (on != it.on).then(|| Verdict { on, ..it.clone() }.into())
            }
            _ => None,
        })
    }

    /// A passage with which a coding was looked at, where its words stand in the version that is read. A verdict does not say
    /// in which it was: one in which the coding had that passage.
    fn seen_now(&mut self, material: &Material, coding: CodingId, seen: Span) -> Result<Span, ApplyError> {
        let passages = self.passages.get(&id_of(Kind::Coding, coding.0)).into_iter().flatten().rev();
        let read = |passage: &Value| {
            let span = Span::deserialize(field(passage, "span")).ok()?;
            RevisionId::deserialize(field(passage, "revision")).ok().filter(|_| span == seen)
        };
        let had: Vec<RevisionId> = passages.filter_map(read).collect();
        if had.contains(&material.source.revision) {
            return Ok(seen);
        }
        let Some(from) = had.first() else { return Ok(seen) };
        Ok(self.stands(material, *from, seen)?.unwrap_or(seen))
    }

    /// Where words of another version stand in the one that is read; none where they are gone, or are of that one.
    fn stands(&mut self, material: &Material, from: RevisionId, span: Span) -> Result<Option<Span>, ApplyError> {
        if from == material.source.revision {
            return Ok(None);
        }
        let Some(seen) = material.revisions.iter().find(|revision| revision.id == from) else { return Ok(None) };
        let Some(now) = material.revision() else { return Ok(None) };
        if seen.text == now.text {
            return Ok(Some(span));
        }
        let script = self.script(seen, now.text)?;
        let span = script.map(span);
        let text = self.texts.text(now.text)?;
        Ok(span.map(|span| span.trimmed(&text)).filter(|span| !span.is_empty()))
    }

    fn script(&mut self, from: &Revision, to: BlobId) -> Result<&EditScript, ApplyError> {
        let key = (from.text, to);
        if !self.scripts.contains_key(&key) {
            let (old, new) = (self.texts.text(from.text)?, self.texts.text(to)?);
            self.scripts.insert(key, EditScript::between(&old, &new));
        }
        self.scripts.get(&key).ok_or(ApplyError::Outside)
    }
}

/// What an edit put into a text, or cites of it.
fn put_in(draft: &Draft, source: SourceId) -> Vec<Entity> {
    let all = draft.values().filter_map(|change| change.after.as_ref());
    all.filter(|it| it.owner() == Some(source) || cites(it).contains(&source)).cloned().collect()
}

/// The sources that a summary cites.
fn cites(entity: &Entity) -> Vec<SourceId> {
    match entity {
        Entity::Summary(summary) => summary.citations.iter().filter_map(Citation::passage).map(|(source, ..)| source).collect(),
        Entity::Example(example) => vec![example.source],
        Entity::Evidence(evidence) => evidence.of.passage().map(|(source, ..)| source).into_iter().collect(),
        _ => Vec::new(),
    }
}
