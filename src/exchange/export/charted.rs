//! How far the summaries of a study are, in words.

use std::collections::{BTreeMap, BTreeSet};

use crate::analysis::basis::{Drift, Held, basis_of};
use crate::analysis::changed::{Standing, standing};
use crate::study::{Citation, Crossing, Silence, Study, Summary, SummaryId, SummaryState};

/// Says that something else lies under a cell than when its summary was written.
pub(super) const EVIDENCE_CHANGED: &str = "Evidence changed";

/// Which summaries of a study are stale, and which of their numbers cite words that are not coded in their cells.
pub(super) struct Stale {
    stale: BTreeSet<SummaryId>,
    loose: BTreeMap<(SummaryId, u32), &'static str>,
}

impl Stale {
    /// Looks at what lies under every summary now.
    pub fn new(study: &Study) -> Self {
        let own: Vec<&Summary> = study.summaries().iter().map(|summary| &**summary).filter(|summary| summary.is_own()).collect();
        let cells: Vec<&Crossing> = own.iter().map(|summary| &summary.cell).collect();
        let now = basis_of(study, &cells);
        let mut told = Self { stale: BTreeSet::new(), loose: BTreeMap::new() };
        for (summary, now) in own.iter().zip(&now) {
            if Drift::between(&summary.basis, now).is_stale() {
                told.stale.insert(summary.id);
            }
            let (was_held, held) = (Held::of(&summary.basis), Held::of(now));
            for (citation, words) in
                summary.citations.iter().filter_map(|it| it.passage().map(|(_, revision, span)| (it, (revision, span))))
            {
                let says = match standing(Some(&was_held), &held, words) {
                    Standing::Coded => continue,
                    Standing::NoLonger => " (no longer coded here)",
                    Standing::Not => " (not coded here)",
                };
                told.loose.insert((summary.id, citation.number), says);
            }
        }
        told
    }

    /// Whether something else lies under the cell than when this was written.
    pub fn is(&self, summary: &Summary) -> bool {
        self.stale.contains(&summary.id)
    }

    /// What is to be said of words that are cited and not coded in the cell; nothing of those that are.
    pub fn standing(&self, summary: &Summary, citation: &Citation) -> &'static str {
        self.loose.get(&(summary.id, citation.number)).copied().unwrap_or_default()
    }

    /// How many are stale.
    pub fn count(&self) -> usize {
        self.stale.len()
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
    if summary.is_from_passages() { FROM_PASSAGES } else { state_name(summary.reached()) }
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
