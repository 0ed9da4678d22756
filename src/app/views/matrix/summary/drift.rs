use std::sync::Arc;

use crate::analysis::basis::{Drift, basis_of};
use crate::app::Seen;
use crate::app::context::Cx;
use crate::study::{Crossing, Study, Summary};

/// What has changed under a cell since its summary was written; found out in a job.
#[derive(Default)]
pub struct Drifted {
    asked: Option<(Seen, Crossing)>,
    /// The cell and what has changed; nothing where that is not known yet, or there is no summary.
    pub found: Option<(Crossing, Drift)>,
}

impl Drifted {
    /// Looks again when the study or the cell is another.
    pub fn keep_up(&mut self, cx: &mut Cx<'_>, cell: &Crossing) {
        if self.asked.as_ref().is_some_and(|(seen, asked)| seen.is(cx.study) && asked == cell) {
            return;
        }
        self.asked = Some((Seen::of(cx.study), cell.clone()));
        if self.found.as_ref().is_some_and(|(of, _)| of != cell) {
            self.found = None;
        }
        let (study, cell) = (Arc::clone(cx.study), cell.clone());
        cx.job("summary", "", move |_| Ok(found(&study, cell)), |state, found| state.matrix.summary_drifted(found.as_ref()));
    }

    /// What has changed under this cell, if that is known.
    #[must_use]
    pub fn of(&self, cell: &Crossing) -> Option<&Drift> {
        self.found.as_ref().filter(|(of, _)| of == cell).map(|(_, drift)| drift)
    }
}

fn found(study: &Study, cell: Crossing) -> Option<(Crossing, Drift)> {
    let summary: &Arc<Summary> = study.summaries().of(&cell)?;
    let now = basis_of(study, &[&cell]).pop()?;
    let drift = Drift::between(&summary.basis, &now);
    Some((cell, drift))
}

/// What has changed, a line each.
#[must_use]
pub fn told(study: &Study, drift: &Drift) -> Vec<String> {
    let counted =
        |count: usize, one: &str, many: &str| (count > 0).then(|| if count == 1 { format!("1 {one}") } else { format!("{count} {many}") });
    let named = |cases: &[crate::study::CaseId], says: &str| {
        let names: Vec<&str> = cases.iter().filter_map(|case| study.case(*case)).map(|case| case.label.as_str()).collect();
        (!cases.is_empty()).then(|| if names.is_empty() { format!("A case {says}") } else { format!("{} {says}", names.join(", ")) })
    };
    [
        counted(drift.come.len(), "passage is new", "passages are new"),
        counted(drift.gone.len(), "coding is gone", "codings are gone"),
        counted(drift.moved.len(), "coding has other words", "codings have other words"),
        named(&drift.cases_come, "came to this cell"),
        named(&drift.cases_gone, "left this cell"),
        named(&drift.cases_changed, "has other values"),
        counted(drift.within.len(), "coding came within passages that were here", "codings came within passages that were here"),
    ]
    .into_iter()
    .flatten()
    .collect()
}
