//! Themes dragged from one place of the tree to another.

use eframe::egui;
use std::collections::BTreeSet;

use eframe::egui::{Rect, Response, Stroke, Ui};

use super::acts::Target;
use super::selection::Selection;
use crate::app::tokens::Tokens;
use crate::study::{Codebook, ThemeId};

/// What is dragged: all that are chosen, or the one by itself.
pub struct Dragged(BTreeSet<ThemeId>);

/// Part of a line, from its upper and its lower edge, in which a theme is dropped beside it and not into it.
const EDGE: f32 = 0.3;

/// Lets a line be dragged, shows where what is dragged over it would go, and returns that when it is dropped.
pub fn over(
    ui: &Ui,
    tokens: &Tokens,
    book: &Codebook,
    selection: &Selection,
    response: &Response,
    rect: Rect,
    theme: ThemeId,
) -> Option<(BTreeSet<ThemeId>, Target)> {
    if response.dragged() {
        let chosen = if selection.contains(theme) { selection.themes().clone() } else { BTreeSet::from([theme]) };
        response.dnd_set_drag_payload(Dragged(chosen));
    }
    let dragged = response.dnd_hover_payload::<Dragged>()?;
    // A theme cannot go below itself.
    if book.lineage(theme).iter().any(|above| dragged.0.contains(&above.id)) {
        return None;
    }
    let pointer = ui.input(|input| input.pointer.hover_pos())?;
    let share = (pointer.y - rect.top()) / rect.height();
    let parent = book.get(theme)?.parent;
    let line = Stroke::new(tokens.stroke.focus_ring, tokens.colour.accent);
    let after = || {
        let row = book.outline().get(book.line(theme)?)?;
        let opens = row.end > book.line(theme)? + 1;
        // Below an open theme its first sub-theme follows.
        if opens { Some((Some(theme), book.children(Some(theme)).next().map(|first| first.id))) } else { None }
    };
    let next = || book.children(parent).skip_while(|sibling| sibling.id != theme).nth(1).map(|sibling| sibling.id);
    let target = if share < EDGE {
        ui.painter().hline(rect.x_range(), rect.top(), line);
        (parent, Some(theme))
    } else if share > 1.0 - EDGE {
        ui.painter().hline(rect.x_range(), rect.bottom(), line);
        after().unwrap_or_else(|| (parent, next()))
    } else {
        ui.painter().rect_stroke(rect, Tokens::corner(tokens.radius.control), line, egui::StrokeKind::Inside);
        (Some(theme), None)
    };
    response.dnd_release_payload::<Dragged>().map(|dragged| (dragged.0.clone(), target))
}
