use std::collections::BTreeSet;
use std::sync::Arc;

use super::{Draft, Union, change, id_of};
use crate::study::apply::ApplyError;
use crate::study::change::Change;
use crate::study::edit::Edit;
use crate::study::entities::{
    CaseSpan, Citation, Cites, Coding, Entity, EntityId, Evidence, EvidenceOf, Example, Kind, Memo, MemoOn, QuoteMark, Revision, Summary,
};
use crate::study::ids::{RevisionId, SourceId};
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
            let concerned = |id: EntityId| all || draft.get(&id).is_some_and(|change| change.after.is_some());
            let moved = self.moved(&material, &concerned)?;
            self.put(edit, draft, moved)?;
        }
        Ok(())
    }

    fn moved(&mut self, material: &Material, concerned: &impl Fn(EntityId) -> bool) -> Result<Vec<Change>, ApplyError> {
        let mut moved = Vec::new();
        let revision = material.source.revision;
        for it in material.broken.codings.iter().filter(|it| concerned(id_of(Kind::Coding, it.id.0))) {
            let now = self.stands(material, it.revision, it.span)?;
            moved.extend(now.map(|span| change(it.clone(), Coding { revision, span, ..it.clone() })));
        }
        for it in material.broken.quote_marks.iter().filter(|it| concerned(id_of(Kind::QuoteMark, it.id.0))) {
            let now = self.stands(material, it.revision, it.span)?;
            moved.extend(now.map(|span| change(it.clone(), QuoteMark { revision, span, ..it.clone() })));
        }
        for it in material.broken.case_spans.iter().filter(|it| concerned(id_of(Kind::CaseSpan, it.id.0))) {
            let now = self.stands(material, it.revision, it.span)?;
            moved.extend(now.map(|span| change(it.clone(), CaseSpan { revision, span, ..it.clone() })));
        }
        for it in material.memos.iter().filter(|it| concerned(id_of(Kind::Memo, it.id.0))) {
            if let MemoOn::Passage { source, revision: from, span } = it.on
                && from != revision
            {
                let now = self.stands(material, from, span)?;
                moved.extend(now.map(|span| change(it.clone(), Memo { on: MemoOn::Passage { source, revision, span }, ..it.clone() })));
            }
        }
        let source = material.source.id;
        let examples: Vec<Example> =
            self.study.examples.values().filter(|it| it.source == source && it.revision != revision).cloned().collect();
        for it in examples.into_iter().filter(|it| concerned(id_of(Kind::Example, it.id.0))) {
            let now = self.stands(material, it.revision, it.span)?;
            moved.extend(now.map(|span| change(it.clone(), Example { revision, span, ..it })));
        }
        let is_old = |(of, at, _): &(SourceId, RevisionId, Span)| *of == source && *at != revision;
        let old = |citation: &Citation| citation.passage().filter(is_old);
        let citing: Vec<Arc<Summary>> =
            self.study.summaries.iter().filter(|it| it.citations.iter().any(|citation| old(citation).is_some())).cloned().collect();
        for it in citing.into_iter().filter(|it| concerned(id_of(Kind::Summary, it.id.0))) {
            let mut after = (*it).clone();
            for citation in &mut after.citations {
                let Some((_, from, span)) = old(citation) else { continue };
                if let Some(span) = self.stands(material, from, span)? {
                    citation.of = Cites::Passage { source, revision, span };
                }
            }
            if after != *it {
                moved.push(change((*it).clone(), after));
            }
        }
        let evidence: Vec<Evidence> = self.study.propositions.evidence().cloned().collect();
        for it in evidence.into_iter().filter(|it| concerned(id_of(Kind::Evidence, it.id.0))) {
            let Some((_, from, span)) = it.of.passage().filter(is_old) else { continue };
            let now = self.stands(material, from, span)?;
            let of = |span| EvidenceOf::Passage { source, revision, span };
            moved.extend(now.map(|span| change(it.clone(), Evidence { of: of(span), ..it })));
        }
        Ok(moved)
    }

    /// Where words of another version stand in the one that is read.
    fn stands(&mut self, material: &Material, from: RevisionId, span: Span) -> Result<Option<Span>, ApplyError> {
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

/// The sources that a summary cites.
fn cites(entity: &Entity) -> Vec<SourceId> {
    match entity {
        Entity::Summary(summary) => summary.citations.iter().filter_map(Citation::passage).map(|(source, ..)| source).collect(),
        Entity::Example(example) => vec![example.source],
        Entity::Evidence(evidence) => evidence.of.passage().map(|(source, ..)| source).into_iter().collect(),
        _ => Vec::new(),
    }
}
