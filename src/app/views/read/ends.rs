use eframe::egui::{Key, Ui};

use super::acts::{meet, own, seen};
use super::drawn::Drawn;
use super::page::Page;
use super::selection::{Selection, nearest, resized, whole_character, word_near};
use super::view::ReadView;
use crate::app::context::Cx;
use crate::project::Tx;
use crate::study::CodingId;
use crate::text::Span;

/// An end of a coding that is being dragged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DraggedEnd {
    coding: CodingId,
    /// Whether it is the end, else the start.
    end: bool,
    /// The passage as it would be.
    pub span: Span,
}

/// Takes hold of an end of a coding.
pub fn grab(view: &mut ReadView, drawn: &Drawn, coding: CodingId, end: bool) {
    view.dragged = drawn.stripe(coding).map(|stripe| DraggedEnd { coding, end, span: stripe.span });
}

/// Lets the end that is dragged follow the pointer, by words or, with Alt, by characters. When it is let go the coding
/// gets the passage; Escape leaves everything as it was.
pub fn follow(ui: &Ui, view: &mut ReadView, cx: &mut Cx<'_>, page: Page<'_>, drawn: &Drawn) {
    let Some(mut dragged) = view.dragged.take() else { return };
    let Some(stripe) = drawn.stripe(dragged.coding) else { return };
    let (held, pos, by_character, escaped) =
        ui.input(|input| (input.pointer.primary_down(), input.pointer.latest_pos(), input.modifiers.alt, input.key_pressed(Key::Escape)));
    if escaped {
        return;
    }
    if !held {
        return resize(cx, page, drawn, dragged.coding, dragged.span, None);
    }
    if let Some(pos) = pos {
        if let Some(offset) = view.reader.hit(page.text, pos) {
            dragged.span = dragged_to(page, stripe.span, dragged.end, offset, by_character);
        }
        view.reader.scroll_beyond(ui, pos);
    }
    view.dragged = Some(dragged);
}

/// A passage with one end dragged to `offset`, on the border of a word or between two characters.
fn dragged_to(page: Page<'_>, span: Span, end: bool, offset: u32, by_character: bool) -> Span {
    let offset = nearest(page.geometry(), whole_character(page.text, offset));
    let border = if by_character {
        Some(Span::new(offset, offset))
    } else {
        let paragraph = page.geometry().paragraph_at(offset).and_then(|index| page.geometry().paragraphs().get(index));
        paragraph.and_then(|paragraph| word_near(page.text, paragraph.span, offset))
    };
    let Some(border) = border else { return span };
    let moved = if end { Span { end: border.end, ..span } } else { Span { start: border.start, ..span } };
    if moved.start < moved.end { moved } else { span }
}

/// Moves an end of the focused coding by a word. Repeats on one boundary are undone together.
pub fn move_end(view: &mut ReadView, cx: &mut Cx<'_>, page: Page<'_>, drawn: &Drawn, end: bool, forward: bool) {
    let Some(coding) = own(view, cx) else { return };
    let Some(span) = resized(page.text, page.geometry(), coding.span, end, forward) else { return };
    // The identity's last bytes are random, so that no two boundaries share a number.
    let low = (coding.id.0.as_u128() & u128::from(u64::MAX >> 2)) as u64;
    resize(cx, page, drawn, coding.id, span, Some(low << 1 | u64::from(end)));
    view.selection = Selection::of(span);
}

/// Gives a coding of one's own another passage.
fn resize(cx: &mut Cx<'_>, page: Page<'_>, drawn: &Drawn, coding: CodingId, span: Span, group: Option<u64>) {
    let changed = drawn.stripe(coding).is_some_and(|stripe| stripe.span != span);
    if !changed || !cx.can_edit() {
        return;
    }
    let source = page.material.source.id;
    let seen = seen(cx, source);
    let act = move |tx: &mut Tx<'_>| tx.resize(source, coding, meet(tx, seen.as_ref(), span)?);
    match group {
        Some(group) => cx.edit_in_group(group, "Move boundary", act),
        None => cx.edit("Move boundary", act),
    }
}
