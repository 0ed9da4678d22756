use eframe::egui::{Align2, Color32, Painter, Pos2, Rect, Stroke, StrokeKind, pos2, vec2};

use crate::app::tokens::{Tokens, Type, family};
use crate::app::widgets::{paint_hatch, paint_person, paint_words};

/// How a cell is to be painted.
pub struct CellLook<'a> {
    /// What it prints.
    pub words: &'a str,
    /// Its tint, from 0; none for totals and for nothing.
    pub tint: Option<usize>,
    /// Whether there is nobody who could say anything.
    pub nobody: bool,
    /// Whether it is a piece of a strip that stands for several columns in which there is nobody.
    pub strip: bool,
    /// Whether something is coded.
    pub coded: bool,
    /// Bold: parents and totals.
    pub bold: bool,
    /// A total at the right or below: quieter unless bold.
    pub total: bool,
    /// Rests on one person or one group.
    pub one_person: bool,
    /// Whether figures stand at the right (plain numbers) or after room for a sign (x/n).
    pub right: bool,
    /// The colour of its ring, where the focus is on it.
    pub ring: Option<Color32>,
    /// Under the pointer.
    pub hovered: bool,
}

/// Paints a cell into `rect`, the whole of its place in the grid. `origin` is a point that scrolls with the grid.
pub fn paint_cell(painter: &Painter, tokens: &Tokens, rect: Rect, origin: Pos2, look: &CellLook<'_>) {
    let colour = &tokens.colour;
    let tile = rect.shrink(tokens.space.hair);
    let step = look.tint.and_then(|tint| tokens.heat.get(tint));
    if look.nobody {
        paint_hatch(painter, rect, origin, tokens.space.two, Stroke::new(tokens.stroke.hairline, colour.line_hair));
        if !look.strip {
            let plate = Rect::from_center_size(rect.center(), vec2(tokens.space.three + tokens.space.half, tokens.space.three));
            painter.rect_filled(plate, tokens.radius.heat_tile, colour.surface_paper);
            paint_words(painter, rect.center(), Align2::CENTER_CENTER, "–", tokens.tabular(Type::Small), tokens.nobody.text);
        }
    } else {
        if let Some(step) = step {
            painter.rect_filled(tile, tokens.radius.heat_tile, step.fill);
        }
        let ink = match step {
            Some(step) => step.text,
            None if look.bold && look.coded => colour.ink,
            None => colour.ink_secondary,
        };
        paint_figure(painter, tokens, tile, look, ink);
        if look.one_person {
            let centre = tile.left_bottom() + vec2(tokens.space.one + tokens.space.half, -tokens.space.one - tokens.space.half);
            paint_person(painter, centre, tokens.size.sign_in_heat, step.map_or(colour.sign, |step| step.sign));
        }
    }
    if let Some(ring) = look.ring {
        let ring = Stroke::new(tokens.stroke.focus_ring, ring);
        painter.rect_stroke(tile, tokens.radius.heat_tile, ring, StrokeKind::Outside);
    } else if look.hovered {
        let ring = Stroke::new(tokens.stroke.hairline, colour.line_strong);
        painter.rect_stroke(tile, tokens.radius.heat_tile, ring, StrokeKind::Inside);
    }
}

fn paint_figure(painter: &Painter, tokens: &Tokens, tile: Rect, look: &CellLook<'_>, ink: Color32) {
    let family = match (look.bold || look.ring.is_some(), look.total) {
        (true, _) => family::TABULAR_SEMIBOLD,
        (false, true) => family::TABULAR_MEDIUM,
        (false, false) => family::TABULAR,
    };
    let font = tokens.font_in(Type::Small, family);
    let (at, align) = if look.right {
        (pos2(tile.right() - tokens.space.two, tile.center().y), Align2::RIGHT_CENTER)
    } else {
        (pos2(tile.left() + tokens.space.three, tile.center().y), Align2::LEFT_CENTER)
    };
    paint_words(painter, at, align, look.words, font, ink);
}
