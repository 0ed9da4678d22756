//! Propositions dragged from one place of the list to another.

use eframe::egui::{Rect, Response, Stroke, Ui};

use super::moves::Way;
use crate::app::tokens::Tokens;
use crate::study::PropositionId;

/// What is dragged.
pub(super) struct Dragged(PropositionId);

/// Lets a row be dragged, shows where what is dragged over it would go, and returns what is dropped beside it, and on which
/// side.
pub(super) fn over(ui: &Ui, tokens: &Tokens, response: &Response, rect: Rect, id: PropositionId) -> Option<(PropositionId, Way)> {
    if response.dragged() {
        response.dnd_set_drag_payload(Dragged(id));
    }
    let dragged = response.dnd_hover_payload::<Dragged>().filter(|dragged| dragged.0 != id)?;
    let pointer = ui.input(|input| input.pointer.hover_pos())?;
    let (way, edge) = if pointer.y < rect.center().y { (Way::Up, rect.top()) } else { (Way::Down, rect.bottom()) };
    ui.painter().hline(rect.x_range(), edge, Stroke::new(tokens.stroke.focus_ring, tokens.colour.accent));
    response.dnd_release_payload::<Dragged>().map(|_| (dragged.0, way))
}
