//! How far the summaries of a study are, in words.

use std::collections::BTreeSet;

use crate::analysis::basis::{Drift, basis_of};
use crate::study::{Crossing, Silence, Study, Summary, SummaryId, SummaryState};

/// Says that something else lies under a cell than when its summary was written.
pub(super) const EVIDENCE_CHANGED: &str = "Evidence changed";

/// Which summaries of a study are stale.
pub(super) struct Stale(BTreeSet<SummaryId>);

impl Stale {
    /// Looks at what lies under every summary now.
    pub fn new(study: &Study) -> Self {
        let own: Vec<&Summary> = study.summaries().iter().map(|summary| &**summary).filter(|summary| summary.is_own()).collect();
        let cells: Vec<&Crossing> = own.iter().map(|summary| &summary.cell).collect();
        let now = basis_of(study, &cells);
        let stale = own.iter().zip(&now).filter(|(summary, now)| Drift::between(&summary.basis, now).is_stale());
        Self(stale.map(|(summary, _)| summary.id).collect())
    }

    /// Whether something else lies under the cell than when this was written.
    pub fn is(&self, summary: &Summary) -> bool {
        self.0.contains(&summary.id)
    }

    /// How many are stale.
    pub fn count(&self) -> usize {
        self.0.len()
    }

    /// How far a summary is: "charted; Evidence changed".
    pub fn state(&self, summary: &Summary) -> String {
        let mut said = vec![far_name(summary)];
        said.extend(summary.silence.map(silence_name));
        if self.is(summary) {
            said.push(EVIDENCE_CHANGED);
        }
        said.join("; ")
    }
}

/// How far the words of a cell are, in words.
#[must_use]
pub const fn state_name(state: SummaryState) -> &'static str {
    match state {
        SummaryState::Draft => "draft",
        SummaryState::Charted => "charted",
        SummaryState::Reviewed => "reviewed",
    }
}

/// How far a summary is, in words; one that is still only passages says so.
#[must_use]
pub fn far_name(summary: &Summary) -> &'static str {
    if summary.is_from_passages() { FROM_PASSAGES } else { state_name(summary.state) }
}

/// How far a summary is that is still only what was put in from passages.
pub const FROM_PASSAGES: &str = "draft from passages";

/// Why there is nothing to summarise, in words.
#[must_use]
pub const fn silence_name(silence: Silence) -> &'static str {
    match silence {
        Silence::AskedSaidNothing => "Asked, said nothing",
        Silence::NotAsked => "Not asked",
        Silence::NotApplicable => "Not applicable",
    }
}

/// The words of a summary; where it says only why there is nothing to say, that.
pub(super) fn words_of(summary: &Summary) -> &str {
    match (summary.text.trim(), summary.silence) {
        ("", Some(silence)) => silence_name(silence),
        (text, _) => text,
    }
}
