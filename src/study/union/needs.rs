use std::collections::BTreeSet;

use super::{Draft, Gone, Union, change, id_of, made};
use crate::study::apply::ApplyError;
use crate::study::change::Change;
use crate::study::edit::Edit;
use crate::study::entities::{ContraryMark, Entity, EntityId, Kind, Memo, MemoOn, QuoteMark, Theme};
use crate::study::ids::{CodingId, SourceId, ThemeId};

/// Where themes lie that were deleted while somebody worked with them.
const RECOVERED: &str = "Recovered";

/// Something that an entity needs and that is not there.
struct Lack {
    by: Entity,
    needed: EntityId,
}

impl Union<'_> {
    /// Sees to it that whatever is there after the edit has what it needs: what was deleted elsewhere comes back, or is not
    /// deleted. A theme comes back below *Recovered*. What hung on a coding that is gone stays with its words.
    pub(super) fn supply(&mut self, edit: &Edit, draft: &mut Draft) -> Result<(), ApplyError> {
        loop {
            let lacks = self.lacks(draft);
            if lacks.is_empty() {
                return Ok(());
            }
            for Lack { by, needed } in lacks {
                // What came back for one before is there for the next.
                if self.is_there(draft, needed, owner_within(&by)) {
                    continue;
                }
                if needed.kind == Kind::Coding {
                    self.detach(edit, draft, &by, CodingId(needed.id))?;
                } else if draft.get(&needed).is_some_and(|doomed| doomed.before.is_some()) {
                    self.keep(edit, draft, &by, needed);
                } else {
                    self.revive(edit, draft, &by, needed)?;
                }
            }
        }
    }

    /// What is lacking: to what the edit changes, and to the rest where something is removed.
    fn lacks(&self, draft: &Draft) -> Vec<Lack> {
        let mut lacks = Vec::new();
        let needs = |entity: &Entity| {
            let source = entity.owner().filter(|_| entity.kind() != Kind::Source).map(|source| id_of(Kind::Source, source.0));
            entity.refers_to().into_iter().chain(source).collect::<Vec<_>>()
        };
        for entity in draft.values().filter_map(|change| change.after.as_ref()) {
            let lacking = needs(entity).into_iter().filter(|needed| !self.is_there(draft, *needed, owner_within(entity)));
            lacks.extend(lacking.map(|needed| Lack { by: entity.clone(), needed }));
        }
        let removed: BTreeSet<EntityId> = draft.iter().filter(|(_, change)| change.after.is_none()).map(|(id, _)| *id).collect();
        if removed.iter().any(|id| is_needed_by_others(id.kind)) {
            self.study.each_entity(&mut |entity| {
                let mut lacking = Vec::new();
                entity.each_needed(|needed| lacking.extend(removed.contains(&needed).then_some(needed)));
                let entity = entity.to_owned();
                let source = entity.owner().map(|source| id_of(Kind::Source, source.0)).filter(|source| removed.contains(source));
                lacking.extend(source);
                if !draft.contains_key(&entity.id()) {
                    lacks.extend(lacking.into_iter().map(|needed| Lack { by: entity.clone(), needed }));
                }
            });
        }
        lacks
    }

    fn is_there(&self, draft: &Draft, id: EntityId, owner: Option<SourceId>) -> bool {
        draft.get(&id).map_or_else(|| self.study.has(id, owner), |change| change.after.is_some())
    }

    /// Takes the removal of something back that somebody else needs.
    fn keep(&mut self, edit: &Edit, draft: &mut Draft, by: &Entity, needed: EntityId) {
        let Some(kept) = draft.remove(&needed).and_then(|doomed| doomed.before) else { return };
        self.tell_kept(edit, &kept, by);
        match kept {
            Entity::Theme(theme) => {
                let recovered = self.recovered(draft);
                draft.insert(needed, change(theme.clone(), Theme { parent: Some(recovered), ..theme }));
            }
            Entity::Source(source) => draft.retain(|_, doomed| !(doomed.after.is_none() && comes_with(doomed.before.as_ref(), source.id))),
            _ => {}
        }
    }

    /// Brings something back that somebody else had removed.
    fn revive(&mut self, edit: &Edit, draft: &mut Draft, by: &Entity, needed: EntityId) -> Result<(), ApplyError> {
        let gone = self.gone.get(&needed).ok_or(ApplyError::Dangling { from: by.kind(), to: needed.kind })?;
        let (entity, with) = (gone.entity.clone(), gone.with);
        self.tell_kept(edit, &entity, by);
        match entity {
            Entity::Theme(theme) => {
                let parent = Some(self.recovered(draft));
                draft.insert(needed, made(Theme { parent, ..theme }));
            }
            Entity::Source(source) => {
                let of_source = |gone: &&Gone| gone.with == with && comes_with(Some(&gone.entity), source.id);
                draft.extend(self.gone.values().filter(of_source).map(|gone| (gone.entity.id(), made(gone.entity.clone()))));
                draft.insert(needed, made(source));
            }
            entity => {
                draft.insert(needed, made(entity));
            }
        }
        Ok(())
    }

    /// Frees what hung on a coding that is gone: it hangs on the one that took its place, or stays with the words alone.
    fn detach(&mut self, edit: &Edit, draft: &mut Draft, by: &Entity, coding: CodingId) -> Result<(), ApplyError> {
        let id = id_of(Kind::Coding, coding.0);
        let owner = by.owner();
        let gone = draft.get(&id).and_then(|change| change.before.clone());
        let gone = gone.or_else(|| self.gone.get(&id).map(|gone| gone.entity.clone()));
        let Some(Entity::Coding(gone)) = gone else { return Err(ApplyError::Dangling { from: by.kind(), to: Kind::Coding }) };
        let heir = self.became.get(&id).filter(|heir| self.is_there(draft, **heir, owner)).map(|heir| CodingId(heir.id));
        let before = draft.get(&by.id()).map_or_else(|| Some(by.clone()), |change| change.before.clone());
        let after: Option<Entity> = match by.clone() {
            Entity::Memo(memo) => {
                let (source, revision, span) = (gone.source, gone.revision, gone.span);
                let on = heir.map_or(MemoOn::Passage { source, revision, span }, |coding| MemoOn::Coding { source, coding });
                Some(Memo { on, ..memo }.into())
            }
            Entity::QuoteMark(mark) => Some(QuoteMark { coding: heir, ..mark }.into()),
            Entity::ContraryMark(mark) => heir.map(|coding| ContraryMark { coding, ..mark }.into()),
            _ => return Err(ApplyError::Dangling { from: by.kind(), to: Kind::Coding }),
        };
        if heir.is_none() {
            let (what, on) = (self.called(by), self.called(&gone.clone().into()));
            let fate = if after.is_some() { "it stays with the words" } else { "it is gone too" };
            self.tell(edit, by, "coding", format!("{what}: {on}, on which it was, was removed elsewhere; {fate}."));
        }
        draft.insert(by.id(), Change { before, after });
        Ok(())
    }

    /// The theme below which deleted themes come back; made if it is not there.
    fn recovered(&self, draft: &mut Draft) -> ThemeId {
        let id = ThemeId::derived(&[self.study.project.id.0.as_bytes(), RECOVERED.as_bytes()]);
        if !self.is_there(draft, id_of(Kind::Theme, id.0), None) {
            let position = self.study.codebook.children(None).last().map_or(1, |last| last.position + 1);
            let colour = Some(self.study.codebook.free_colour().to_owned());
            let made_now = made(Theme { id, colour, ..Theme::named(None, RECOVERED, position) });
            draft.entry(id_of(Kind::Theme, id.0)).and_modify(|doomed| doomed.after.clone_from(&made_now.after)).or_insert(made_now);
        }
        id
    }

    fn tell_kept(&mut self, edit: &Edit, kept: &Entity, by: &Entity) {
        // What belongs to a source comes and goes with it, and is not told one by one.
        if matches!(kept.kind(), Kind::Revision | Kind::Speaker | Kind::CaseSpan) {
            return;
        }
        let (what, needs) = (self.called(kept), self.called(by));
        let whither = if kept.kind() == Kind::Theme { format!(" It is below “{RECOVERED}” now.") } else { String::new() };
        let sentence = format!("{what} was deleted while somebody worked with it, and is kept: {} needs it.{whither}", small(&needs));
        self.tell(edit, kept, "needed", sentence);
    }
}

/// The source within which what an entity needs is looked for.
fn owner_within(entity: &Entity) -> Option<SourceId> {
    if let Entity::Example(example) = entity { Some(example.source) } else { entity.owner() }
}

/// Whether something comes back with its source although nothing needs it.
fn comes_with(entity: Option<&Entity>, source: SourceId) -> bool {
    entity.is_some_and(|entity| entity.owner() == Some(source) && matches!(entity.kind(), Kind::Speaker | Kind::CaseSpan))
}

const fn is_needed_by_others(kind: Kind) -> bool {
    !matches!(
        kind,
        Kind::QuoteMark
            | Kind::ContraryMark
            | Kind::CaseSpan
            | Kind::Status
            | Kind::Verdict
            | Kind::Example
            | Kind::Summary
            | Kind::Memo
            | Kind::Saved
    )
}

/// A name within a sentence.
fn small(called: &str) -> String {
    let mut letters = called.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}
