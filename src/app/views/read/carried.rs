use eframe::egui::{CursorIcon, DragAndDrop, LayerId, Order, Rect, Response, Stroke, StrokeKind, Ui, pos2, vec2};

use crate::app::tokens::{Tokens, Type};
use crate::app::widgets::{elided, focus_ring};
use crate::study::{CodingId, ThemeId};
use crate::text::Span;

/// What goes with the pointer from where it was taken to where it can be put. Escape lets it go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Carried {
    /// A coding of one's own: another theme takes it.
    Coding(CodingId),
    /// Selected words of the open source: a theme takes them.
    Words(Span),
    /// A theme: words take it.
    Theme(ThemeId),
}

impl Carried {
    /// What is carried now.
    #[must_use]
    pub fn now(ui: &Ui) -> Option<Self> {
        DragAndDrop::payload::<Self>(ui.ctx()).map(|carried| *carried)
    }

    /// Whether something is carried that a theme takes.
    #[must_use]
    pub fn wants_theme(ui: &Ui) -> bool {
        Self::now(ui).is_some_and(|carried| matches!(carried, Self::Coding(_) | Self::Words(_)))
    }

    /// The theme that is carried.
    #[must_use]
    pub fn theme(ui: &Ui) -> Option<ThemeId> {
        match Self::now(ui) {
            Some(Self::Theme(theme)) => Some(theme),
            _ => None,
        }
    }
}

/// Lets `carried` go with the pointer once `response` is dragged, with what it `says` beside it.
pub fn carry(ui: &Ui, tokens: &Tokens, response: &Response, carried: Carried, says: &str) {
    response.dnd_set_drag_payload(carried);
    let dragged = response.dragged() && Carried::now(ui) == Some(carried);
    let Some(pos) = ui.input(|input| input.pointer.latest_pos()).filter(|_| dragged) else { return };
    ui.ctx().set_cursor_icon(CursorIcon::Grabbing);
    let painter = ui.ctx().layer_painter(LayerId::new(Order::Tooltip, response.id));
    let galley = elided(&painter, says, tokens.font(Type::Small), tokens.colour.ink, tokens.size.sources_pane);
    let pad = vec2(tokens.space.two, tokens.space.one);
    let rightmost = ui.ctx().content_rect().right() - galley.size().x - 2.0 * pad.x;
    let at = pos2((pos.x + tokens.space.four).min(rightmost), pos.y + tokens.space.three);
    let tag = Rect::from_min_size(at, galley.size()).expand2(pad);
    let edge = Stroke::new(tokens.stroke.hairline, tokens.colour.line_strong);
    painter.rect(tag, Tokens::corner(tokens.radius.control), tokens.colour.surface_paper, edge, StrokeKind::Inside);
    painter.galley(at, galley, tokens.colour.ink);
}

/// Shows that the theme at `rect` would take what is carried over it; returns what was let go there.
pub fn taken(ui: &Ui, tokens: &Tokens, response: &Response, rect: Rect) -> Option<Carried> {
    if !(Carried::wants_theme(ui) && response.contains_pointer()) {
        return None;
    }
    focus_ring(ui, tokens, rect);
    response.dnd_release_payload::<Carried>().map(|carried| *carried)
}

#[cfg(test)]
mod tests {
    use eframe::egui::Context;

    use super::*;

    #[test]
    fn a_theme_takes_codings_and_words_but_no_theme() {
        let theme = ThemeId::new();
        for (carried, wants, is_theme) in [
            (Carried::Coding(CodingId::new()), true, None),
            (Carried::Words(Span::new(1, 4)), true, None),
            (Carried::Theme(theme), false, Some(theme)),
        ] {
            let context = Context::default();
            let mut told = None;
            let _output = context.run_ui(eframe::egui::RawInput::default(), |ui| {
                DragAndDrop::set_payload(ui.ctx(), carried);
                told = Some((Carried::wants_theme(ui), Carried::theme(ui)));
            });
            assert_eq!(told, Some((wants, is_theme)), "{carried:?}");
        }
    }
}
