use std::collections::BTreeMap;

use super::entities::{EntityRef, Evidence, Proposition, Weight};
use super::ids::{EvidenceId, PropositionId};

/// The propositions, and what speaks for and against them.
#[derive(Clone, Debug, Default)]
pub struct Propositions {
    pub(super) all: BTreeMap<PropositionId, Proposition>,
    pub(super) evidence: BTreeMap<EvidenceId, Evidence>,
}

impl Propositions {
    /// The propositions in the analyst's order.
    #[must_use]
    pub fn in_order(&self) -> Vec<&Proposition> {
        let mut all: Vec<_> = self.all.values().collect();
        all.sort_by_key(|proposition| (proposition.position, proposition.id));
        all
    }

    /// A proposition.
    #[must_use]
    pub fn get(&self, id: PropositionId) -> Option<&Proposition> {
        self.all.get(&id)
    }

    /// A piece of evidence.
    #[must_use]
    pub fn piece(&self, id: EvidenceId) -> Option<&Evidence> {
        self.evidence.get(&id)
    }

    /// All evidence.
    pub fn evidence(&self) -> impl Iterator<Item = &Evidence> {
        self.evidence.values()
    }

    /// What bears on a proposition, oldest first.
    #[must_use]
    pub fn evidence_of(&self, proposition: PropositionId) -> Vec<&Evidence> {
        let mut own: Vec<_> = self.evidence.values().filter(|evidence| evidence.proposition == proposition).collect();
        own.sort_by_key(|evidence| (evidence.time, evidence.id));
        own
    }

    /// What bears on a proposition in one way, oldest first.
    #[must_use]
    pub fn with_weight(&self, proposition: PropositionId, weight: Weight) -> Vec<&Evidence> {
        let mut own = self.evidence_of(proposition);
        own.retain(|evidence| evidence.weight == weight);
        own
    }

    /// Gives every entity to `each`.
    pub(super) fn each_entity<'a>(&'a self, each: &mut impl FnMut(EntityRef<'a>)) {
        for it in self.all.values() {
            each(it.into());
        }
        for it in self.evidence.values() {
            each(it.into());
        }
    }
}
