use std::collections::BTreeSet;

use super::gone::let_be;
use super::needed::needs;
use super::{Draft, Union, change, id_of, made};
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
        for entity in draft.values().filter_map(|change| change.after.as_ref()) {
            let lacking = needs(entity).into_iter().filter(|needed| !self.is_there(draft, *needed, owner_within(entity)));
            lacks.extend(lacking.map(|needed| Lack { by: entity.clone(), needed }));
        }
        for (needed, _) in draft.iter().filter(|(_, change)| change.after.is_none()) {
            let others = self.needed.by(*needed).filter(|(by, _)| !draft.contains_key(by));
            let others = others.filter_map(|(by, owner)| self.study.entity(by, owner));
            lacks.extend(others.map(|by| Lack { by, needed: *needed }));
        }
        lacks
    }

    /// What something has become part of, in the end: of one after another, the first that is there.
    pub(super) fn heir(&self, id: EntityId, is_there: impl Fn(EntityId) -> bool) -> Option<EntityId> {
        let mut seen = BTreeSet::from([id]);
        let mut next = self.became.get(&id);
        while let Some(heir) = next.filter(|heir| seen.insert(**heir)) {
            if is_there(*heir) {
                return Some(*heir);
            }
            next = self.became.get(heir);
        }
        None
    }

    fn is_there(&self, draft: &Draft, id: EntityId, owner: Option<SourceId>) -> bool {
        draft.get(&id).map_or_else(|| self.study.has(id, owner), |change| change.after.is_some())
    }

    /// Takes the removal of something back that somebody else needs.
    fn keep(&mut self, edit: &Edit, draft: &mut Draft, by: &Entity, needed: EntityId) {
        let Some(kept) = draft.remove(&needed).and_then(|doomed| doomed.before) else { return };
        self.is_back(needed);
        self.tell_kept(edit, &kept, by);
        let_be(draft, &kept);
        if let Entity::Theme(theme) = kept {
            let below = self.below_recovered(draft, theme.clone());
            draft.insert(needed, change(theme, below));
        }
    }

    /// Brings something back that somebody else had removed.
    fn revive(&mut self, edit: &Edit, draft: &mut Draft, by: &Entity, needed: EntityId) -> Result<(), ApplyError> {
        let gone = self.gone.get(&needed).ok_or(ApplyError::Dangling { from: by.kind(), to: needed.kind })?;
        let entity = gone.entity.clone();
        self.is_back(needed);
        self.tell_kept(edit, &entity, by);
        for with in self.gone_with(&entity) {
            draft.entry(with.id()).or_insert_with(|| made(with));
        }
        let entity = if let Entity::Theme(theme) = entity { self.below_recovered(draft, theme).into() } else { entity };
        draft.insert(needed, made(entity));
        Ok(())
    }

    /// Frees what hung on a coding that is gone: it hangs on the one that took its place, or stays with the words alone.
    fn detach(&mut self, edit: &Edit, draft: &mut Draft, by: &Entity, coding: CodingId) -> Result<(), ApplyError> {
        let id = id_of(Kind::Coding, coding.0);
        let owner = by.owner();
        let gone = draft.get(&id).and_then(|change| change.before.clone());
        let gone = gone.or_else(|| self.gone.get(&id).map(|gone| gone.entity.clone()));
        let Some(Entity::Coding(gone)) = gone else { return Err(ApplyError::Dangling { from: by.kind(), to: Kind::Coding }) };
        let heir = self.heir(id, |heir| self.is_there(draft, heir, owner)).map(|heir| CodingId(heir.id));
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
            let fate = match by {
                Entity::ContraryMark(mark) if mark.contrary_to.is_empty() => "it is gone too".to_owned(),
                Entity::ContraryMark(mark) => format!("it is gone too, with what it was contrary to, “{}”", mark.contrary_to),
                _ => "it stays with the words".to_owned(),
            };
            self.tell(edit, by, "coding", format!("{what}: {on}, on which it was, was removed elsewhere; {fate}."));
        }
        draft.insert(by.id(), Change { before, after });
        Ok(())
    }

    /// A theme that comes back as it lies then.
    fn below_recovered(&self, draft: &mut Draft, theme: Theme) -> Theme {
        if theme.id == self.recovered_id() {
            Theme { parent: None, ..theme }
        } else {
            Theme { parent: Some(self.recovered(draft)), ..theme }
        }
    }

    fn recovered_id(&self) -> ThemeId {
        ThemeId::derived(&[self.study.project.id.0.as_bytes(), RECOVERED.as_bytes()])
    }

    /// The theme below which deleted themes come back; made if it is not there.
    fn recovered(&self, draft: &mut Draft) -> ThemeId {
        let id = self.recovered_id();
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
        let id = self.recovered_id();
        let recovered = self.study.codebook.get(id).map_or(RECOVERED, |theme| theme.name.as_str());
        let moves = matches!(kept, Entity::Theme(theme) if theme.id != id);
        let whither = if moves { format!(" It is below “{recovered}” now.") } else { String::new() };
        let sentence = format!("{what} was deleted while somebody worked with it, and is kept: {} needs it.{whither}", small(&needs));
        self.tell(edit, kept, "needed", sentence);
    }
}

/// The source within which what an entity needs is looked for.
fn owner_within(entity: &Entity) -> Option<SourceId> {
    if let Entity::Example(example) = entity { Some(example.source) } else { entity.owner() }
}

/// A name within a sentence.
fn small(called: &str) -> String {
    let mut letters = called.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}
