use std::sync::Arc;

use crate::analysis::matrix::{Arranged, CellAt, Passages, all_said, passages};
use crate::app::Seen;
use crate::app::context::Cx;
use crate::app::state::State;
use crate::app::user_error::UserError;
use crate::study::{CaseId, Crossed};

/// Passages of a cell that are kept up with the study: gathered again whenever it, the cell or the order changes.
pub struct Gathering {
    /// The cell.
    pub at: CellAt,
    /// How the passages are arranged.
    pub arranged: Arranged,
    /// What was gathered last; it stays shown while newer is on its way.
    pub got: Option<Arc<Passages>>,
    /// Whether all that its case says stands in for the passages that a cell of a case has not.
    pub whole: bool,
    asked: Option<(Seen, CellAt, Arranged)>,
}

impl Gathering {
    /// Nothing yet.
    #[must_use]
    pub const fn new(at: CellAt, arranged: Arranged) -> Self {
        Self { at, arranged, got: None, whole: false, asked: None }
    }

    /// Starts the job that gathers, if what is there is not of this study, cell and order.
    pub fn keep_up(&mut self, cx: &mut Cx<'_>, slot: &'static str, take: fn(&mut State, CellAt, Passages)) {
        let same = |(seen, at, arranged): &(Seen, CellAt, Arranged)| seen.is(cx.study) && (at, arranged) == (&self.at, &self.arranged);
        if self.asked.as_ref().is_some_and(same) {
            return;
        }
        self.asked = Some((Seen::of(cx.study), self.at.clone(), self.arranged));
        let (study, at, arranged) = (Arc::clone(cx.study), self.at.clone(), self.arranged);
        let run_at = at.clone();
        let case = self.case_to_read();
        let run = move |_: &mut crate::app::worker::JobHandle| {
            passages(&study, &run_at, arranged)
                .map(|found| match case.filter(|_| found.items.is_empty()) {
                    Some(case) => Passages { not_heard: found.not_heard, present: found.present, ..all_said(&study, case) },
                    None => found,
                })
                .map_err(|error| UserError::new("The passages could not be gathered.", "Open the cell again.").because(&error))
        };
        cx.job(slot, "", run, move |state, passages| take(state, at, passages));
    }

    /// The case whose words stand in for passages, where that is wanted.
    fn case_to_read(&self) -> Option<CaseId> {
        match self.at.crossing().filter(|_| self.whole)?.of {
            Crossed::Case(case) => Some(case),
            Crossed::Values(_) => None,
        }
    }
}
