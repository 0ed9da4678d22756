use std::sync::Arc;

use super::Fit;
use crate::study::{Dimension, Entity, EntityId, Kind, Placement, Proposition, Saved, Summary, SummaryId, Typology};
use crate::text::fold;

impl Fit<'_, '_> {
    /// A cell has one summary of its own: what is here stays that, and what comes waits beside it to be settled.
    pub(super) fn take_summary(&mut self, mut given: Summary) {
        if let Some(own) = self.study.summaries().get(SummaryId(given.id.0)) {
            self.there += 1;
            self.otherwise += usize::from(own.text != given.text);
            return;
        }
        let same = |own: &&Arc<Summary>| own.text == given.text && own.coder == given.coder && own.silence == given.silence;
        if let Some(own) = self.study.summaries().in_cell(&given.cell).find(same).map(|own| own.id.0) {
            self.is(given.id.0, own);
            return;
        }
        if given.is_own() {
            let taken = self.study.summaries().of(&given.cell).is_some() || !self.cells.insert(given.cell.clone());
            given.from = taken.then(|| self.name.to_owned());
        }
        self.make(given);
    }

    pub(super) fn take_saved(&mut self, mut given: Saved) {
        if self.is_there(EntityId { kind: Kind::Saved, id: given.id.0 }, None) {
            return;
        }
        if let Some(own) = self.study.saved_named(given.kind, &given.name).filter(|own| own.body == given.body) {
            self.is(given.id.0, own.id.0);
            return;
        }
        let kind = given.kind;
        let here = |name: &str| self.study.saved().iter().any(|own| own.kind == kind && fold(&own.name) == name);
        let made = |name: &str| self.made.values().any(|it| matches!(it, Entity::Saved(it) if it.kind == kind && fold(&it.name) == name));
        given.name = Self::free(&given.name, |name| here(name) || made(name));
        self.make(given);
    }

    pub(super) fn take_proposition(&mut self, mut given: Proposition) {
        given.position += self.study.propositions().in_order().last().map_or(0, |last| last.position);
        self.make(given);
    }

    pub(super) fn take_typology(&mut self, mut given: Typology) {
        if self.is_there(EntityId { kind: Kind::Typology, id: given.id.0 }, None) {
            return;
        }
        given.name = Self::free(&given.name, |name| self.study.typologies().in_order().iter().any(|own| fold(&own.name) == name));
        given.position += self.study.typologies().in_order().last().map_or(0, |last| last.position);
        self.make(given);
    }

    pub(super) fn take_dimension(&mut self, mut given: Dimension) {
        if self.is_there(EntityId { kind: Kind::Dimension, id: given.id.0 }, None) {
            return;
        }
        let own = self.study.typologies().dimensions_of(given.typology);
        given.name = Self::free(&given.name, |name| own.iter().any(|own| fold(&own.name) == name));
        self.make(given);
    }

    pub(super) fn take_placement(&mut self, given: Placement) {
        self.make(Placement { id: Placement::id_of(given.dimension, given.case), ..given });
    }
}
