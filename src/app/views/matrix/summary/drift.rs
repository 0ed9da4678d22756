use std::sync::Arc;

use crate::analysis::basis::{Drift, basis_of, heard};
use crate::app::Seen;
use crate::app::context::Cx;
use crate::app::numbers::counted;
use crate::app::worker::JobHandle;
use crate::study::{CaseId, Crossed, Crossing, Study};

/// The people of a cell of several.
#[derive(Clone, Debug, Default)]
pub struct People {
    /// Those who have passages in it, in the analyst's order.
    pub heard: Vec<CaseId>,
    /// Those of whom a summary is written on its theme.
    pub charted: Vec<CaseId>,
}

/// What lies under a cell.
#[derive(Clone, Debug, Default)]
pub struct Under {
    /// What has changed since its summary was written; none where there is none.
    drift: Option<Drift>,
    people: People,
}

/// What lies under the cell of a pane; found out in a job.
#[derive(Default)]
pub struct Drifted {
    asked: Option<(Seen, Crossing)>,
    found: Under,
}

impl Drifted {
    /// Looks again when the study or the cell is another. Each pane has its own `slot`.
    pub fn keep_up(&mut self, cx: &mut Cx<'_>, slot: &'static str, cell: &Crossing) {
        let same_cell = self.asked.as_ref().is_some_and(|(_, asked)| asked == cell);
        if same_cell && self.asked.as_ref().is_some_and(|(seen, _)| seen.is(cx.study)) {
            return;
        }
        self.asked = Some((Seen::of(cx.study), cell.clone()));
        if !same_cell {
            self.found = Under::default();
        }
        let (study, cell) = (Arc::clone(cx.study), cell.clone());
        let find = move |_: &mut JobHandle| Ok((found(&study, &cell), cell));
        cx.job(slot, "", find, |state, (under, cell)| state.matrix.summary_found(&cell, &under));
    }

    /// Takes in what was found of a cell, where it is still the one that was asked for.
    pub fn take(&mut self, cell: &Crossing, under: &Under) {
        if self.asked.as_ref().is_some_and(|(_, asked)| asked == cell) {
            self.found = under.clone();
        }
    }

    /// Who belongs to the cell.
    #[must_use]
    pub const fn people(&self) -> &People {
        &self.found.people
    }

    /// What makes the summary stale, if that is known.
    #[must_use]
    pub fn stale(&self) -> Option<&Drift> {
        self.found.drift.as_ref().filter(|drift| drift.is_stale())
    }
}

fn found(study: &Study, cell: &Crossing) -> Under {
    let Some(now) = basis_of(study, &[cell]).pop() else { return Under::default() };
    let drift = study.summaries().of(cell).map(|summary| Drift::between(&summary.basis, &now));
    let mut people = People::default();
    if matches!(cell.of, Crossed::Values(_)) {
        let heard = heard(study, &now);
        let there: Vec<CaseId> = study.cases_in_order().into_iter().map(|case| case.id).filter(|id| now.cases.contains_key(id)).collect();
        let written = |case: &CaseId| study.summaries().of(&Crossing { theme: cell.theme, of: Crossed::Case(*case) }).is_some();
        people.charted = there.iter().copied().filter(written).collect();
        people.heard = there.into_iter().filter(|case| heard.contains(case)).collect();
    }
    Under { drift, people }
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
