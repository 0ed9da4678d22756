//! All propositions as they are listed, gathered once for each study.

use std::sync::Arc;

use crate::analysis::propositions::propositions;
use crate::app::Seen;
use crate::study::{EvidenceId, PropositionId, PropositionStatus, Study};
use crate::text::fold;

/// A proposition as it is listed.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    pub id: PropositionId,
    pub statement: String,
    pub status: PropositionStatus,
    /// What supports, qualifies and contradicts it.
    pub evidence: [Vec<EvidenceId>; 3],
    /// Whether nobody has tried to contradict it.
    pub untried: bool,
    /// Statement and note, folded.
    folded: String,
}

/// All propositions of a study in the analyst's order.
#[derive(Clone, Debug, Default)]
pub(super) struct Entries {
    seen: Seen,
    pub all: Arc<[Entry]>,
}

impl Entries {
    /// Gathers them; to be run in a job.
    pub(super) fn of(study: &Arc<Study>) -> Self {
        let all = propositions(study).into_iter().map(|borne| Entry {
            id: borne.proposition.id,
            statement: borne.proposition.statement.split_whitespace().collect::<Vec<_>>().join(" "),
            status: borne.proposition.status,
            untried: borne.is_untried(),
            evidence: borne.evidence.map(|list| list.into_iter().map(|evidence| evidence.id).collect()),
            folded: fold(&format!("{} {}", borne.proposition.statement, borne.proposition.note)),
        });
        Self { seen: Seen::of(study), all: all.collect() }
    }

    /// Whether these are the propositions of `study` as it is now.
    pub(super) fn are_of(&self, study: &Arc<Study>) -> bool {
        self.seen.is(study)
    }
}

/// Which propositions are listed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Wanted {
    pub filter: String,
    /// Only those that nobody has tried to contradict.
    pub untried: bool,
}

impl Wanted {
    /// Whether some are left out.
    pub(super) fn narrows(&self) -> bool {
        self.untried || !self.filter.trim().is_empty()
    }

    /// The places of those that fit.
    pub(super) fn fitting(&self, all: &[Entry]) -> Vec<usize> {
        let words: Vec<String> = self.filter.split_whitespace().map(fold).collect();
        let fits = |entry: &Entry| (!self.untried || entry.untried) && words.iter().all(|word| entry.folded.contains(word));
        all.iter().enumerate().filter(|(_, entry)| fits(entry)).map(|(place, _)| place).collect()
    }
}
