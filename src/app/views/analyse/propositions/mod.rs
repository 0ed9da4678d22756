//! The propositions one below the other, and the one one is at with what speaks for and against it.

mod drag;
mod editor;
mod entries;
mod evidence;
mod list;
mod moves;
mod tab;

use crate::study::{PropositionStatus, Weight};

pub(super) use tab::{PropositionsTab, show, show_head};

/// How evidence bears on a proposition, in a word and by a sign.
pub(super) const WEIGHTS: [(Weight, &str, char); 3] =
    [(Weight::Supports, "Supports", '+'), (Weight::Qualifies, "Qualifies", '~'), (Weight::Contradicts, "Contradicts", '−')];

/// What can become of a proposition.
const STATUSES: [(PropositionStatus, &str); 3] =
    [(PropositionStatus::Holds, "Holds"), (PropositionStatus::Revised, "Revised"), (PropositionStatus::Dropped, "Dropped")];

/// What became of a proposition, in a word.
pub(super) fn status_name(status: PropositionStatus) -> &'static str {
    STATUSES.iter().find(|(other, _)| *other == status).map_or("", |(_, name)| name)
}
