use std::sync::{Arc, Weak};

use crate::analysis::matrix::{CellAt, Order, Passages, passages};
use crate::app::context::Cx;
use crate::app::state::State;
use crate::app::user_error::UserError;
use crate::study::Study;

/// Passages of a cell that are kept up with the study: gathered again whenever it, the cell or the order changes.
pub struct Gathering {
    /// The cell.
    pub at: CellAt,
    /// The order.
    pub order: Order,
    /// What was gathered last; it stays shown while newer is on its way.
    pub got: Option<Arc<Passages>>,
    asked: Option<(Weak<Study>, CellAt, Order)>,
}

impl Gathering {
    /// Nothing yet.
    #[must_use]
    pub const fn new(at: CellAt, order: Order) -> Self {
        Self { at, order, got: None, asked: None }
    }

    /// Starts the job that gathers, if what is there is not of this study, cell and order.
    pub fn keep_up(&mut self, cx: &mut Cx<'_>, slot: &'static str, take: fn(&mut State, CellAt, Passages)) {
        let same = |(of, at, order): &(Weak<Study>, CellAt, Order)| {
            std::ptr::eq(of.as_ptr(), Arc::as_ptr(cx.study)) && *at == self.at && *order == self.order
        };
        if self.asked.as_ref().is_some_and(same) {
            return;
        }
        self.asked = Some((Arc::downgrade(cx.study), self.at.clone(), self.order));
        let (study, at, order) = (Arc::clone(cx.study), self.at.clone(), self.order);
        let run_at = at.clone();
        let run = move |_: &mut crate::app::worker::JobHandle| {
            passages(&study, &run_at, order)
                .map_err(|error| UserError::new("The passages could not be gathered.", "Open the cell again.").because(&error))
        };
        cx.job(slot, "", run, move |state, passages| take(state, at, passages));
    }
}
