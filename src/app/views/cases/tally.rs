use std::collections::BTreeMap;

use crate::study::{CaseId, Study};

/// How often each case comes up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Count {
    /// Sources in which it has a participant's paragraph.
    pub sources: usize,
    /// Codings with a part of it.
    pub codings: usize,
}

/// Counts for every case that comes up at all.
pub(super) fn tally(study: &Study) -> BTreeMap<CaseId, Count> {
    let mut counts: BTreeMap<CaseId, Count> = BTreeMap::new();
    for material in study.materials() {
        for case in material.words_by_case().into_keys().flatten() {
            counts.entry(case).or_default().sources += 1;
        }
        for coded in &material.codings {
            for case in material.cases_of(coded).into_iter().flatten() {
                counts.entry(case).or_default().codings += 1;
            }
        }
    }
    counts
}
