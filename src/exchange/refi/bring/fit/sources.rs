use std::collections::HashSet;

use super::super::Entities;
use super::Fit;
use crate::project::EditError;
use crate::study::{
    CaseSpan, Citation, Cites, Coding, Entity, EntityId, Evidence, EvidenceOf, Example, Kind, Material, Memo, MemoOn, QuoteMark, Revision,
    RevisionId, Source, SourceId, Speaker, Summary,
};
use crate::text::{EditScript, Span, fold};

/// How the words of a text that came in are found in the text that is here.
pub(super) struct Way {
    /// The version of the text that came in.
    from: RevisionId,
    /// The version that is read here.
    to: RevisionId,
    /// What leads there, where the texts differ.
    script: Option<EditScript>,
}

impl Fit<'_, '_> {
    pub(super) fn take_source(&mut self, mut given: Source, all: &Entities) {
        let versions: Vec<&Revision> = all
            .range(EntityId { kind: Kind::Revision, id: uuid::Uuid::nil() }..)
            .map_while(|(_, entity)| if let Entity::Revision(revision) = entity { Some(revision) } else { None })
            .filter(|revision| revision.source == given.id)
            .collect();
        let Some(read) = versions.iter().find(|revision| revision.id == given.revision).copied() else {
            self.account.left_out("sources", &given.label, "Its text did not arrive.");
            return;
        };
        let of_text = |material: &&std::sync::Arc<Material>| material.revision().is_some_and(|revision| revision.text == read.text);
        let own = self.study.material(given.id).or_else(|| self.study.materials().iter().find(of_text));
        if let Some(own) = own.cloned() {
            self.is(given.id.0, own.source.id.0);
            self.meet(&own, read);
            self.complete_source(&own.source, &given);
            return;
        }
        let here = |name: &str| self.study.materials().iter().any(|material| fold(&material.source.label) == name);
        let made = |name: &str| self.made.values().any(|it| matches!(it, Entity::Source(it) if fold(&it.label) == name));
        let label = Self::free(&given.label, |name| here(name) || made(name));
        if label != given.label {
            let sentence = format!("There is a source of that name with another text; it is called “{label}”.");
            self.account.changed("sources", &given.label, sentence);
            given.label = label;
        }
        given.position += self.study.materials().iter().map(|material| material.source.position).max().unwrap_or(0);
        // A version whose forerunner did not arrive begins anew.
        let ids: HashSet<RevisionId> = versions.iter().map(|revision| revision.id).collect();
        for revision in versions {
            self.make(Revision { parent: revision.parent.filter(|parent| ids.contains(parent)), ..revision.clone() });
        }
        self.make(given);
    }

    /// Finds out how places in the text that came in are found in the one that is here.
    fn meet(&mut self, own: &Material, read: &Revision) {
        let Some(now) = own.revision() else { return };
        let script = (now.text != read.text).then(|| {
            let (old, new) = (self.texts.get(&read.text).copied().unwrap_or_default(), self.tx.text_of(now).unwrap_or_default());
            EditScript::between(old, &new)
        });
        if script.is_some() {
            let sentence = "The text here is another version; what is coded stands where its words stand now.";
            self.account.changed("sources", &own.source.label, sentence);
        }
        self.ways.insert(own.source.id, Way { from: read.id, to: now.id, script });
    }

    pub(super) fn take_speaker(&mut self, given: Speaker) {
        match self.study.material(given.source).filter(|_| self.ways.contains_key(&given.source)) {
            Some(own) => {
                if let Some(there) = own.speakers.iter().find(|speaker| speaker.label == given.label).map(|speaker| speaker.id.0) {
                    self.is(given.id.0, there);
                }
            }
            None => self.make(given),
        }
    }

    /// The entity where its words stand here; none where they are not here.
    pub(super) fn placed(&self, entity: &Entity) -> Result<Option<Entity>, EditError> {
        if self.ways.is_empty() {
            return Ok(Some(entity.clone()));
        }
        let place = |source, revision, span| self.place(source, revision, span);
        Ok(match entity.clone() {
            Entity::Coding(it) => place(it.source, it.revision, it.span)?.map(|(revision, span)| Coding { revision, span, ..it }.into()),
            Entity::QuoteMark(it) => {
                place(it.source, it.revision, it.span)?.map(|(revision, span)| QuoteMark { revision, span, ..it }.into())
            }
            Entity::CaseSpan(it) => {
                place(it.source, it.revision, it.span)?.map(|(revision, span)| CaseSpan { revision, span, ..it }.into())
            }
            Entity::Example(it) => place(it.source, it.revision, it.span)?.map(|(revision, span)| Example { revision, span, ..it }.into()),
            Entity::Memo(Memo { on: MemoOn::Passage { source, revision, span }, id, kind, text, coder, time }) => {
                let placed = place(source, revision, span)?;
                let on = placed.map_or(MemoOn::Source { source }, |(revision, span)| MemoOn::Passage { source, revision, span });
                Some(Memo { id, on, kind, text, coder, time }.into())
            }
            Entity::Evidence(Evidence {
                of: EvidenceOf::Passage { source, revision, span },
                id,
                proposition,
                weight,
                words,
                note,
                coder,
                time,
            }) => {
                let (revision, span) = place(source, revision, span)?.unwrap_or((revision, span));
                let of = EvidenceOf::Passage { source, revision, span };
                Some(Evidence { id, proposition, weight, of, words, note, coder, time }.into())
            }
            Entity::Summary(mut summary) => {
                for citation in &mut summary.citations {
                    if let Citation { of: Cites::Passage { source, revision, span }, .. } = citation
                        && let Some(placed) = place(*source, *revision, *span)?
                    {
                        (*revision, *span) = placed;
                    }
                }
                Some(Summary { ..summary }.into())
            }
            other => Some(other),
        })
    }

    /// Where words of a version of a source stand here.
    fn place(&self, source: SourceId, revision: RevisionId, span: Span) -> Result<Option<(RevisionId, Span)>, EditError> {
        let source = self.map.get(&source.0).map_or(source, |here| SourceId(*here));
        let Some(way) = self.ways.get(&source) else { return Ok(Some((revision, span))) };
        if revision == way.from {
            return Ok(way.script.as_ref().map_or(Some(span), |script| script.map(span)).map(|span| (way.to, span)));
        }
        let own = self.study.material(source).and_then(|own| own.revisions.iter().find(|it| it.id == revision));
        let Some(own) = own else { return Ok(None) };
        let now = self.tx.meet_all(own, [span])?.pop().flatten();
        Ok(Some(now.map_or((revision, span), |span| (way.to, span))))
    }
}
