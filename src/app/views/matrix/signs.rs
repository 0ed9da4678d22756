use std::collections::HashMap;

use crate::analysis::basis::{Drift, basis_of};
use crate::app::widgets::SummarySign;
use crate::study::{Crossing, Silence, Study, SummaryState};

/// The signs of the cells that have a summary.
#[derive(Default)]
pub struct Signs {
    of: HashMap<Crossing, SummarySign>,
}

impl Signs {
    /// Looks through all summaries of a study and what lies under their cells: to be done on a thread of its own.
    #[must_use]
    pub fn new(study: &Study) -> Self {
        let own: Vec<_> = study.summaries().iter().filter(|summary| summary.is_own()).collect();
        let cells: Vec<&Crossing> = own.iter().map(|summary| &summary.cell).collect();
        let bases = basis_of(study, &cells);
        let signed = own.iter().zip(&bases).map(|(own, now)| {
            let stale = Drift::between(&own.basis, now).is_stale();
            (own.cell.clone(), if stale { SummarySign::Changed } else { sign_of(own.silence, own.state) })
        });
        Self { of: signed.collect() }
    }

    /// Whether no cell has one.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.of.is_empty()
    }

    /// The sign of a cell.
    #[must_use]
    pub fn get(&self, cell: &Crossing) -> Option<SummarySign> {
        self.of.get(cell).copied()
    }
}

/// The sign of a summary that holds, or of why there is none.
#[must_use]
pub const fn sign_of(silence: Option<Silence>, state: SummaryState) -> SummarySign {
    match (silence, state) {
        (Some(Silence::AskedSaidNothing), _) => SummarySign::AskedSaidNothing,
        (Some(Silence::NotAsked), _) => SummarySign::NotAsked,
        (Some(Silence::NotApplicable), _) => SummarySign::NotApplicable,
        (None, SummaryState::Draft) => SummarySign::Draft,
        (None, SummaryState::Charted) => SummarySign::Charted,
        (None, SummaryState::Reviewed) => SummarySign::Reviewed,
    }
}

/// What a sign says, for screen readers and tooltips.
#[must_use]
pub const fn sign_words(sign: SummarySign) -> &'static str {
    match sign {
        SummarySign::Draft => "summary, draft",
        SummarySign::Charted => "summary charted",
        SummarySign::Reviewed => "summary reviewed",
        SummarySign::Changed => "summary, evidence changed",
        SummarySign::AskedSaidNothing => "asked, said nothing",
        SummarySign::NotAsked => "not asked",
        SummarySign::NotApplicable => "not applicable",
    }
}
