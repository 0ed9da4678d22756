use std::sync::Arc;

use crate::analysis::matrix::{Arranged, CellAt, Passages, passages};
use crate::app::Seen;
use crate::app::context::Cx;
use crate::app::state::State;
use crate::app::user_error::UserError;

/// Passages of a cell that are kept up with the study: gathered again whenever it, the cell or the order changes.
pub struct Gathering {
    /// The cell.
    pub at: CellAt,
    /// How the passages are arranged.
    pub arranged: Arranged,
    /// What was gathered last; it stays shown while newer is on its way.
    pub got: Option<Arc<Passages>>,
    asked: Option<(Seen, CellAt, Arranged)>,
}

impl Gathering {
    /// Nothing yet.
    #[must_use]
    pub const fn new(at: CellAt, arranged: Arranged) -> Self {
        Self { at, arranged, got: None, asked: None }
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
        let run = move |_: &mut crate::app::worker::JobHandle| {
            passages(&study, &run_at, arranged)
                .map_err(|error| UserError::new("The passages could not be gathered.", "Open the cell again.").because(&error))
        };
        cx.job(slot, "", run, move |state, passages| take(state, at, passages));
    }
}
