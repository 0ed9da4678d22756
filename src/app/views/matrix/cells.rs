use eframe::egui::{Align2, Color32, Painter, Pos2, Rect, Stroke, StrokeKind, pos2, vec2};

use super::counted::At;
use super::lines::Line;
use crate::analysis::matrix::{Cell, CellKind, Measure};
use crate::analysis::tints::Tints;
use crate::app::tokens::{Tokens, Type, family};
use crate::app::widgets::{SummarySign, paint_hatch, paint_person, paint_summary, paint_words};

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
    pub rests_on_one: bool,
    /// The sign of its summary.
    pub summary: Option<SummarySign>,
    /// Whether figures stand at the right (plain numbers) or after room for a sign (x/n).
    pub right: bool,
    /// The colour of its ring, where the focus is on it.
    pub ring: Option<Color32>,
    /// Under the pointer.
    pub hovered: bool,
}

impl<'a> CellLook<'a> {
    /// How the cell of a line (`None`: the row of totals) and a column looks that prints `words`. What holds what other rows
    /// show in parts is bold and without tint.
    #[must_use]
    pub fn of(words: &'a str, cell: &Cell, line: Option<&Line>, column: At, measure: Measure, tints: &Tints) -> Self {
        let is_cell = line.is_some() && matches!(column, At::Leaf(_));
        let tinted = is_cell && !line.is_some_and(Line::is_sum);
        Self {
            words,
            tint: tinted.then(|| tints.of(cell.heard())).flatten(),
            nobody: cell.kind() == CellKind::NoSuchParticipants,
            strip: false,
            coded: cell.kind() == CellKind::Coded,
            bold: line.is_none_or(Line::is_parent),
            total: !is_cell,
            rests_on_one: cell.rests_on().is_some(),
            summary: None,
            right: measure != Measure::Participants,
            ring: None,
            hovered: false,
        }
    }
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
        if let Some(sign) = look.summary {
            let size = tokens.size.sign_in_heat;
            let centre = tile.right_top() + vec2(-size / 2.0 - tokens.space.half, size / 2.0 + tokens.space.half);
            let ink = step.map_or(colour.sign, |step| step.sign);
            let edge = step.map_or(colour.sign_edge, |step| step.fill);
            paint_summary(painter, sign, centre, size, [ink, edge]);
        }
        if look.rests_on_one {
            let centre = tile.left_bottom() + vec2(tokens.space.one + tokens.space.half, -tokens.space.one - tokens.space.half);
            paint_person(painter, centre, tokens.size.sign_in_heat, step.map_or(colour.sign, |step| step.sign));
        }
    }
    paint_ring(painter, tokens, rect, look);
}

/// Paints that the focus or the pointer is on a cell.
pub fn paint_ring(painter: &Painter, tokens: &Tokens, rect: Rect, look: &CellLook<'_>) {
    let (colour, tile) = (&tokens.colour, rect.shrink(tokens.space.hair));
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::matrix::{People, Point};
    use crate::study::ThemeId;

    #[test]
    fn an_unfolded_parent_is_bold_without_tint_and_a_folded_one_tinted() {
        let people = |persons| People { persons, ..People::default() };
        let cell = |heard| Cell { codings: 1, people: people(heard), n: people(6), groups: 2, groups_heard: 2, ..Cell::default() };
        let line = |depth, open| Line { at: At::Leaf(0), points: vec![Point::Theme(ThemeId::new())], depth, open };
        let check = |cell: Cell, line: Option<&Line>, column, expected: (Option<usize>, bool, bool, bool)| {
            let look = CellLook::of("", &cell, line, column, Measure::Participants, &Tints::up_to(6));
            assert_eq!((look.tint, look.bold, look.total, look.rests_on_one), expected);
        };
        let (open, folded, below) = (line(0, Some(true)), line(1, Some(false)), line(1, None));
        check(cell(3), Some(&below), At::Leaf(0), (Some(2), false, false, false));
        check(cell(3), Some(&folded), At::Leaf(0), (Some(2), true, false, false));
        check(cell(3), Some(&open), At::Leaf(0), (None, true, false, false));
        check(cell(3), Some(&below), At::Group(0), (None, false, true, false));
        check(cell(3), None, At::Leaf(0), (None, true, true, false));
        // The sign stands wherever it is so: in cells, on unfolded parents, in totals.
        let of_one_group = Cell { groups_heard: 1, ..cell(3) };
        check(cell(1), Some(&below), At::Leaf(0), (Some(0), false, false, true));
        check(cell(1), Some(&open), At::Leaf(0), (None, true, false, true));
        check(of_one_group, None, At::Total, (None, true, true, true));
        check(Cell { groups: 1, ..of_one_group }, None, At::Total, (None, true, true, false));
    }
}
