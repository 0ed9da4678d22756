use std::sync::Arc;

use crate::analysis::basis::{Drift, basis_of};
use crate::app::Seen;
use crate::app::context::Cx;
use crate::app::numbers::counted;
use crate::app::worker::JobHandle;
use crate::study::{CaseId, Crossing, Study};

/// What has changed under a cell since its summary was written; found out in a job.
#[derive(Default)]
pub struct Drifted {
    asked: Option<(Seen, Crossing)>,
    /// What has changed; none where that is not known yet, or there is no summary.
    found: Option<Drift>,
}

impl Drifted {
    /// Looks again when the study or the cell is another. Each pane has its own `slot`.
    pub fn keep_up(&mut self, cx: &mut Cx<'_>, slot: &'static str, cell: &Crossing) {
        let same_cell = self.asked.as_ref().is_some_and(|(_, asked)| asked == cell);
        if same_cell && self.asked.as_ref().is_some_and(|(seen, _)| seen.is(cx.study)) {
            return;
        }
        self.asked = Some((Seen::of(cx.study), cell.clone()));
        self.found = self.found.take().filter(|_| same_cell);
        let (study, cell) = (Arc::clone(cx.study), cell.clone());
        let find = move |_: &mut JobHandle| Ok((found(&study, &cell), cell));
        cx.job(slot, "", find, |state, (drift, cell)| state.matrix.summary_drifted(&cell, drift.as_ref()));
    }

    /// Takes in what was found of a cell, where it is still the one that was asked for.
    pub fn take(&mut self, cell: &Crossing, drift: Option<&Drift>) {
        if self.asked.as_ref().is_some_and(|(_, asked)| asked == cell) {
            self.found = drift.cloned();
        }
    }

    /// What makes the summary stale, if that is known.
    #[must_use]
    pub fn stale(&self) -> Option<&Drift> {
        self.found.as_ref().filter(|drift| drift.is_stale())
    }
}

fn found(study: &Study, cell: &Crossing) -> Option<Drift> {
    let summary = study.summaries().of(cell)?;
    let now = basis_of(study, &[cell]).pop()?;
    Some(Drift::between(&summary.basis, &now))
}

/// What has changed, a line each.
#[must_use]
pub fn told(study: &Study, drift: &Drift) -> Vec<String> {
    let some = |count: usize, one: &str, many: &str| (count > 0).then(|| counted(count, one, many));
    let named = |cases: &[CaseId], says: &str| {
        let names: Vec<&str> = cases.iter().filter_map(|case| study.case(*case)).map(|case| case.label.as_str()).collect();
        (!cases.is_empty()).then(|| if names.is_empty() { format!("A case {says}") } else { format!("{} {says}", names.join(", ")) })
    };
    [
        some(drift.come.len(), "passage is new", "passages are new"),
        some(drift.gone.len(), "coding is gone", "codings are gone"),
        some(drift.moved.len(), "coding has other words", "codings have other words"),
        named(&drift.cases_come, "came to this cell"),
        named(&drift.cases_gone, "left this cell"),
        named(&drift.cases_changed, "has other values"),
        some(drift.within.len(), "coding came within passages that were here", "codings came within passages that were here"),
    ]
    .into_iter()
    .flatten()
    .collect()
}
