use std::collections::BTreeSet;

use super::{Draft, Union, change, id_of, left, made, removed};
use crate::study::apply::{ApplyError, Scope};
use crate::study::change::Change;
use crate::study::edit::Edit;
use crate::study::entities::{
    Attribute, Case, CaseSpan, Coding, Dimension, Entity, Kind, Saved, Source, Speaker, Summary, Theme, Typology, Value,
};
use crate::study::ids::{CaseSpanId, SourceId};
use crate::text::fold;

/// After an edit was put in: what two coders made, each rightly, and what cannot stand beside one another.
impl Union<'_> {
    pub(super) fn mend(&mut self, edit: &Edit, draft: &mut Draft) -> Result<(), ApplyError> {
        self.give_labels_back(edit, draft)?;
        self.join_labels(edit, draft)?;
        self.let_one_verdict_stand(edit, draft)?;
        self.join_twins(edit, draft)?;
        self.cut_case_spans(edit, draft)?;
        self.join_values(edit, draft)?;
        self.break_circles(edit, draft)?;
        self.tell_names_apart(edit, draft)?;
        self.give_roles(edit, draft)?;
        self.settle_cells(edit, draft)
    }

    /// Whoever speaks in the version that is read is known, also where another version no longer had the label: without its
    /// speaker the words of who asks would count as those of who answers.
    fn give_labels_back(&mut self, edit: &Edit, draft: &mut Draft) -> Result<(), ApplyError> {
        let revised: Vec<SourceId> = draft.values().filter_map(revised).collect();
        for source in revised {
            let Some(material) = self.study.material(source) else { continue };
            let nobodys = material.geometry.labels().iter().filter(|label| !material.speakers.iter().any(|it| *it.label == ***label));
            let changes = nobodys.filter_map(|label| self.last_behind(source, label)).map(made).collect();
            self.put(edit, draft, changes)?;
        }
        Ok(())
    }

    /// The speaker that was removed last of those who had a label in a source.
    fn last_behind(&self, source: SourceId, label: &str) -> Option<Speaker> {
        let removed = self.gone.values().filter_map(|gone| match &gone.entity {
            Entity::Speaker(speaker) if speaker.source == source && speaker.label == label => Some((gone.with, speaker)),
            _ => None,
        });
        let (_, last) = removed.max_by_key(|(with, speaker)| (*with, speaker.id))?;
        let case = last.case.filter(|case| self.study.case(*case).is_some());
        Some(Speaker { case, ..last.clone() })
    }

    /// A label stands for one speaker of a source.
    fn join_labels(&mut self, edit: &Edit, draft: &mut Draft) -> Result<(), ApplyError> {
        for speaker in left::<Speaker>(draft) {
            let Some(material) = self.study.material(speaker.source) else { continue };
            let other = material.speakers.iter().find(|other| other.label == speaker.label && other.id != speaker.id).cloned();
            if let Some(other) = other {
                let case = other.case.or(speaker.case);
                self.became.insert(id_of(Kind::Speaker, speaker.id.0), id_of(Kind::Speaker, other.id.0));
                self.put(edit, draft, vec![removed(speaker), change(other.clone(), Speaker { case, ..other })])?;
            }
        }
        Ok(())
    }

    /// A passage has a theme from a coder once: the older coding stays, with what hung on the other.
    fn join_twins(&mut self, edit: &Edit, draft: &mut Draft) -> Result<(), ApplyError> {
        for coding in left::<Coding>(draft) {
            let Some(material) = self.study.material(coding.source) else { continue };
            // It may be gone already, as the twin of one before.
            let Some(coding) = material.kept_coding(coding.id) else { continue };
            let Some(twin) = material.twin(coding) else { continue };
            let age = |coding: &Coding| (coding.time, coding.id);
            let (keep, drop) = if age(twin) < age(coding) { (twin.id, coding.id) } else { (coding.id, twin.id) };
            let changes = material.handed_over(drop, keep);
            self.became.insert(id_of(Kind::Coding, drop.0), id_of(Kind::Coding, keep.0));
            self.put(edit, draft, changes)?;
        }
        Ok(())
    }

    /// No words are given to two cases: those given later stand.
    fn cut_case_spans(&mut self, edit: &Edit, draft: &mut Draft) -> Result<(), ApplyError> {
        for given in left::<CaseSpan>(draft) {
            let Some(material) = self.study.material(given.source) else { continue };
            let Some(revision) = material.revision().filter(|read| read.id == given.revision) else { continue };
            let text = self.texts.text(revision.text)?;
            let mut changes = Vec::new();
            for other in material.case_spans.iter().filter(|other| other.id != given.id && other.span.overlaps(given.span)) {
                let counter = edit.id.counter.to_be_bytes();
                let second = || CaseSpanId::derived(&[other.id.0.as_bytes(), edit.id.device.0.as_bytes(), &counter]);
                let left = other.without(given.span, &text, second);
                if left.is_empty() {
                    changes.push(removed(other.clone()));
                }
                let piece =
                    |piece: CaseSpan| Change { before: (piece.id == other.id).then(|| other.clone().into()), after: Some(piece.into()) };
                changes.extend(left.into_iter().map(piece));
            }
            self.put(edit, draft, changes)?;
        }
        Ok(())
    }

    /// A theme that would lie below itself stays where it was.
    fn break_circles(&mut self, edit: &Edit, draft: &mut Draft) -> Result<(), ApplyError> {
        for theme in left::<Theme>(draft) {
            if !self.lies_in_circle(&theme) {
                continue;
            }
            let before = draft.get(&id_of(Kind::Theme, theme.id.0)).and_then(|change| change.before.as_ref());
            let was = if let Some(Entity::Theme(before)) = before { before.parent } else { None };
            let parent = was.filter(|parent| self.study.codebook.get(*parent).is_some());
            let mut stays = Theme { parent, ..theme.clone() };
            if self.lies_in_circle(&stays) {
                stays.parent = None;
            }
            self.put(edit, draft, vec![change(theme.clone(), stays.clone())])?;
            let (what, who) = (self.called(&theme.clone().into()), self.coder(edit.coder));
            let whither = if stays.parent == was { "it stays where it was" } else { "it is at the top now" };
            let sentence = format!("{what}: {who} moved it below a theme that was moved below it elsewhere; {whither}.");
            self.tell(edit, &theme.into(), "circle", sentence);
        }
        Ok(())
    }

    fn lies_in_circle(&self, theme: &Theme) -> bool {
        let mut above = BTreeSet::new();
        let mut parent = theme.parent;
        while let Some(id) = parent {
            if id == theme.id {
                return true;
            }
            if !above.insert(id) {
                return false;
            }
            parent = self.study.codebook.get(id).and_then(|theme| theme.parent);
        }
        false
    }

    /// What has a name that another has already gets a number behind it.
    fn tell_names_apart(&mut self, edit: &Edit, draft: &mut Draft) -> Result<(), ApplyError> {
        let changed: Vec<Entity> = draft.values().filter_map(|change| change.after.clone()).collect();
        for entity in changed {
            let Some((scope, name)) = Scope::of(&entity) else { continue };
            let names: Vec<String> = self.study.names_in(scope).into_iter().map(fold).collect();
            if names.iter().filter(|other| **other == fold(name)).count() < 2 {
                continue;
            }
            // Of so many numbers and one, one is free.
            let mut numbers = (2..=names.len() + 2).map(|number| format!("{name} ({number})"));
            let free = numbers.find(|other| !names.contains(&fold(other)));
            let Some(free) = free else { continue };
            let sentence = format!("{}: there is another of that name. It is called “{free}” now.", self.called(&entity));
            self.tell(edit, &entity, "name taken", sentence);
            self.put(edit, draft, vec![change(entity.clone(), named(entity, free))])?;
        }
        Ok(())
    }

    /// A part in the matrix is played by one attribute: the one that got it last.
    fn give_roles(&mut self, edit: &Edit, draft: &mut Draft) -> Result<(), ApplyError> {
        for attribute in left::<Attribute>(draft).into_iter().filter(|attribute| attribute.role.is_some()) {
            let all = self.study.attributes.all();
            let others = all.into_iter().filter(|other| other.id != attribute.id && other.role == attribute.role);
            let changes = others.map(|other| change(other.clone(), Attribute { role: None, ..other.clone() })).collect();
            self.put(edit, draft, changes)?;
        }
        Ok(())
    }

    /// A cell has one summary of its own: another waits beside it to be settled.
    fn settle_cells(&mut self, edit: &Edit, draft: &mut Draft) -> Result<(), ApplyError> {
        for summary in left::<Summary>(draft).into_iter().filter(Summary::is_own) {
            let own = self.study.summaries.in_cell(&summary.cell).filter(|other| other.is_own());
            if own.count() < 2 {
                continue;
            }
            let who = self.coder(summary.coder);
            let what = self.called(&summary.clone().into());
            let sentence = format!("{what} was written twice: {who}’s waits beside the other to be settled.");
            self.tell(edit, &summary.clone().into(), "cell", sentence);
            self.put(edit, draft, vec![change(summary.clone(), Summary { from: Some(who), ..summary })])?;
        }
        Ok(())
    }
}

/// The source of which another version is read after a change.
fn revised(change: &Change) -> Option<SourceId> {
    match (&change.before, &change.after) {
        (Some(Entity::Source(before)), Some(Entity::Source(after))) => (before.revision != after.revision).then_some(after.id),
        _ => None,
    }
}

/// An entity under another name.
fn named(entity: Entity, name: String) -> Entity {
    match entity {
        Entity::Theme(it) => Theme { name, ..it }.into(),
        Entity::Case(it) => Case { label: name, ..it }.into(),
        Entity::Source(it) => Source { label: name, ..it }.into(),
        Entity::Attribute(it) => Attribute { name, ..it }.into(),
        Entity::Value(it) => Value { name, ..it }.into(),
        Entity::Saved(it) => Saved { name, ..it }.into(),
        Entity::Typology(it) => Typology { name, ..it }.into(),
        Entity::Dimension(it) => Dimension { name, ..it }.into(),
        other => other,
    }
}
