//! Propositions put into another order.

use super::tab::PropositionsTab;
use crate::app::context::Cx;
use crate::study::{PropositionId, Study};

/// On which side of another proposition one goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// Before it.
    Up,
    /// Behind it.
    Down,
}

/// Moves a proposition beside the one that is listed next to it.
pub(super) fn step(cx: &mut Cx<'_>, tab: &mut PropositionsTab, id: PropositionId, way: Way) {
    let listed: Vec<PropositionId> = tab.listed.iter().filter_map(|at| tab.entries.all.get(*at)).map(|entry| entry.id).collect();
    match neighbour(cx.study, &listed, id, way) {
        Some(other) => beside(cx, tab, id, other, way),
        None => cx.say("There is no place to move it to that way."),
    }
}

/// Moves a proposition beside another.
pub(super) fn beside(cx: &mut Cx<'_>, tab: &mut PropositionsTab, id: PropositionId, other: PropositionId, way: Way) {
    if !cx.can_edit() {
        return;
    }
    let order = cx.study.propositions().in_order();
    let next = order.iter().map(|it| it.id).skip_while(|it| *it != other).skip(1).find(|it| *it != id);
    let before = if way == Way::Up { Some(other) } else { next };
    tab.moved = true;
    cx.edit("Move proposition", move |tx| tx.move_proposition(id, before));
}

/// The one of those listed that is next to a proposition, as they stand in the study now: the list may be a moment older.
fn neighbour(study: &Study, listed: &[PropositionId], id: PropositionId, way: Way) -> Option<PropositionId> {
    let order: Vec<PropositionId> = study.propositions().in_order().into_iter().map(|it| it.id).filter(|it| listed.contains(it)).collect();
    let at = order.iter().position(|it| *it == id)?;
    match way {
        Way::Up => order.get(at.checked_sub(1)?).copied(),
        Way::Down => order.get(at + 1).copied(),
    }
}
