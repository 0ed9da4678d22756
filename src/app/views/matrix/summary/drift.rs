use std::collections::HashMap;
use std::sync::Arc;

use super::changes::{Line, lines};
use crate::analysis::basis::{Drift, Held, basis_of, heard};
use crate::analysis::changed::{Changed, Differs, Standing, changed, standing};
use crate::analysis::matrix::{Arranged, CellAt, Filter, passages};
use crate::app::Seen;
use crate::app::context::Cx;
use crate::app::worker::JobHandle;
use crate::study::{Basis, CaseId, Citation, CodingId, Crossed, Crossing, Study};

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
    drift: Option<Arc<Drift>>,
    /// The same passage by passage.
    changed: Arc<Vec<Changed>>,
    /// The lines in which all of it is told.
    lines: Arc<[Line]>,
    /// How the passages differ in which codings are that were not there, or not so.
    differ: Arc<HashMap<CodingId, Differs>>,
    /// What lay under it when that was written, and lies there now; none before it is known.
    before: Option<Lay>,
    now: Option<Lay>,
    people: People,
    /// How many passages it has, whatever is filtered out; none before that is known.
    passages: Option<usize>,
}

/// What lay under a cell at some time, and the words it held.
#[derive(Clone, Debug)]
struct Lay {
    basis: Arc<Basis>,
    held: Arc<Held>,
}

impl Lay {
    fn of(basis: Arc<Basis>) -> Self {
        let held = Arc::new(Held::of(&basis));
        Self { basis, held }
    }
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

    /// How many passages the cell has, whatever is filtered out; none before that is known.
    #[must_use]
    pub const fn passages(&self) -> Option<usize> {
        self.found.passages
    }

    /// What is not as it was, if that is known and something is: what makes the summary stale, and what does not.
    #[must_use]
    pub fn drift(&self) -> Option<&Arc<Drift>> {
        self.found.drift.as_ref().filter(|drift| ***drift != Drift::default())
    }

    /// What is not as it was, passage by passage.
    #[must_use]
    pub fn changed(&self) -> &[Changed] {
        &self.found.changed
    }

    /// The lines in which that is told.
    #[must_use]
    pub const fn lines(&self) -> &Arc<[Line]> {
        &self.found.lines
    }

    /// How the passages differ in which codings are that were not there, or not so.
    #[must_use]
    pub fn differ(&self) -> Arc<HashMap<CodingId, Differs>> {
        Arc::clone(&self.found.differ)
    }

    /// What lay under the cell when its summary was written, and lies there now.
    #[must_use]
    pub fn bases(&self) -> Option<(&Basis, &Basis)> {
        self.found.before.as_ref().zip(self.found.now.as_ref()).map(|(before, now)| (&*before.basis, &*now.basis))
    }

    /// How what is cited stands to the cell; as long as that is not known nothing is said against it.
    #[must_use]
    pub fn standing(&self, citation: &Citation) -> Standing {
        match (&self.found.now, citation.passage()) {
            (Some(now), Some((_, revision, span))) => {
                standing(self.found.before.as_ref().map(|before| &*before.held), &now.held, (revision, span))
            }
            _ => Standing::Coded,
        }
    }
}

fn found(study: &Study, cell: &Crossing) -> Under {
    let Some(now) = basis_of(study, &[cell]).pop() else { return Under::default() };
    let before = study.summaries().of(cell).map(|summary| Arc::clone(&summary.basis));
    let drift = before.as_ref().map(|before| Drift::between(before, &now));
    let changed = before.as_ref().map(|before| changed(study, cell, before, &now)).unwrap_or_default();
    let there = changed.iter().filter(|change| !matches!(change.differs, Differs::Gone(_)));
    let differ = there.flat_map(|change| change.codings.iter().map(|coding| (*coding, change.differs))).collect();
    let mut people = People::default();
    if matches!(cell.of, Crossed::Values(_)) {
        let heard = heard(study, &now);
        let there: Vec<CaseId> = study.cases_in_order().into_iter().map(|case| case.id).filter(|id| now.cases.contains_key(id)).collect();
        let written = |case: &CaseId| study.summaries().of(&Crossing { theme: cell.theme, of: Crossed::Case(*case) }).is_some();
        people.charted = there.iter().copied().filter(written).collect();
        people.heard = there.into_iter().filter(|case| heard.contains(case)).collect();
    }
    let all = passages(study, &CellAt::of(cell, Filter::default()), Arranged::default());
    let passages = all.ok().map(|all| all.items.len());
    let (before, now) = (before.map(Lay::of), Lay::of(Arc::new(now)));
    let lines = drift.as_ref().map(|drift| lines(drift, &changed, &now.held)).unwrap_or_default().into();
    let (drift, changed, differ) = (drift.map(Arc::new), Arc::new(changed), Arc::new(differ));
    Under { drift, changed, lines, differ, before, now: Some(now), people, passages }
}
