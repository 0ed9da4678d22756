use std::collections::HashMap;

use eframe::egui::{Color32, CornerRadius, Painter, Pos2, Rect, Stroke, StrokeKind, pos2};

use super::cluster::Cluster;
use super::drawn::Drawn;
use super::page::{Piece, Shown};
use crate::app::tokens::{Hue, Tokens};
use crate::study::{Study, ThemeId};
use crate::text::{Layer, Span};

/// The hues of the themes on screen, each looked up once a frame.
pub struct Hues<'a> {
    tokens: &'a Tokens,
    study: &'a Study,
    known: HashMap<ThemeId, Hue>,
}

impl<'a> Hues<'a> {
    /// No hue looked up yet.
    #[must_use]
    pub fn new(tokens: &'a Tokens, study: &'a Study) -> Self {
        Self { tokens, study, known: HashMap::new() }
    }

    /// The hue of a theme.
    pub fn of(&mut self, theme: ThemeId) -> &Hue {
        self.known.entry(theme).or_insert_with(|| self.tokens.hue(self.study.codebook().colour(theme)))
    }
}

/// Paints the tints of codings under the words of a block. `lit` is the passage under the pointer or in focus.
pub fn tints(painter: &Painter, hues: &mut Hues<'_>, drawn: &Drawn, shown: &Shown, text: &str, lit: Option<(ThemeId, Span)>) {
    for cluster in drawn.clusters_in(shown.block.span) {
        let first = cluster.layers.partition_point(|layer| layer.span.end <= shown.block.span.start);
        for layer in cluster.layers.iter().skip(first).take_while(|layer| layer.span.start < shown.block.span.end) {
            tint_layer(painter, hues, cluster, layer, shown.pieces(text, layer.span), lit);
        }
    }
}

/// Paints the tints that lie over one stretch of text, which stands in `pieces`.
fn tint_layer(painter: &Painter, hues: &mut Hues<'_>, cluster: &Cluster, layer: &Layer, pieces: Vec<Piece>, lit: Option<(ThemeId, Span)>) {
    let tokens = hues.tokens;
    let over = || layer.over.iter().filter_map(|index| cluster.tints.get(*index).map(|tint| (*index, tint)));
    let fill = tokens.tinted(over().enumerate().map(|(depth, (_, tint))| {
        let is_lit = lit.is_some_and(|(theme, span)| theme == tint.theme && span.overlaps(layer.span));
        let alpha = if is_lit { tokens.underlay_alpha_focused } else { tokens.underlay_alpha };
        (hues.of(tint.theme).tint, alpha * tokens.underlay_factor.powi(i32::try_from(depth).unwrap_or(0)))
    }));
    let begins = over().any(|(_, tint)| tint.span.start == layer.span.start) && !ends_at(cluster, layer.span.start);
    let ends = over().any(|(_, tint)| tint.span.end == layer.span.end) && !begins_at(cluster, layer.span.end);
    for piece in pieces {
        let corners = corners(tokens, piece.first && begins, piece.last && ends);
        painter.rect_filled(inner(tokens, piece.rect), corners, fill);
        if layer.over.len() > 1 {
            for (index, tint) in over() {
                let line = cluster.lines.get(index).copied().unwrap_or(0);
                let colour = tokens.underline(hues.of(tint.theme).label, fill);
                underline(painter, tokens, piece.rect, line, colour);
            }
        }
    }
}

/// Whether a tint ends where another begins, so that the two touch without a gap.
fn ends_at(cluster: &Cluster, at: u32) -> bool {
    cluster.layers.binary_search_by_key(&at, |layer| layer.span.end).is_ok()
}

fn begins_at(cluster: &Cluster, at: u32) -> bool {
    cluster.layers.binary_search_by_key(&at, |layer| layer.span.start).is_ok()
}

/// The part of a line that a tint fills.
fn inner(tokens: &Tokens, line: Rect) -> Rect {
    Rect::from_min_max(line.min + eframe::egui::vec2(0.0, tokens.space.half), line.max - eframe::egui::vec2(0.0, tokens.space.one))
}

fn corners(tokens: &Tokens, begins: bool, ends: bool) -> CornerRadius {
    let radius = |on: bool| if on { tokens.radius.highlight as u8 } else { 0 };
    CornerRadius { nw: radius(begins), sw: radius(begins), ne: radius(ends), se: radius(ends) }
}

/// One underline, on whole pixels so that two of them keep apart.
fn underline(painter: &Painter, tokens: &Tokens, line: Rect, number: usize, colour: Color32) {
    let pixels = painter.pixels_per_point();
    let whole = |points: f32| (points * pixels).round() / pixels;
    let top = line.bottom() - tokens.space.one - tokens.stroke.hairline + whole(tokens.stroke.coding_underline_step) * number as f32;
    let bar = Rect::from_min_max(pos2(line.left(), whole(top)), pos2(line.right(), whole(top) + whole(tokens.stroke.coding_underline)));
    painter.rect_filled(bar, 0.0, colour);
}

/// Marks words that were found: filled, and underlined so that the fill is not all that tells them; the ones one is at have an
/// outline.
pub fn found(painter: &Painter, tokens: &Tokens, shown: &Shown, text: &str, span: Span, current: bool) {
    let fill = if current { tokens.colour.find_match_current } else { tokens.colour.find_match };
    let edge = Stroke::new(tokens.stroke.coding_underline, tokens.colour.notice_ink);
    for piece in shown.pieces(text, span) {
        let rect = inner(tokens, piece.rect);
        painter.rect_filled(rect, corners(tokens, true, true), fill);
        if current {
            painter.rect_stroke(rect, corners(tokens, true, true), edge, StrokeKind::Inside);
        } else {
            painter.hline(rect.x_range(), rect.bottom() - edge.width / 2.0, edge);
        }
    }
}

/// Fills the selected words of a block.
pub fn selection_fill(painter: &Painter, tokens: &Tokens, pieces: &[Piece]) {
    for piece in pieces {
        painter.rect_filled(piece.rect, 0.0, tokens.colour.text_selection);
    }
}

/// The outline of selected words, round the whole shape: lines between two parts are left out.
pub fn selection_outline(painter: &Painter, tokens: &Tokens, pieces: &[Piece]) {
    let stroke = Stroke::new(tokens.stroke.selection_outline, tokens.colour.text_selection_outline);
    for (index, piece) in pieces.iter().enumerate() {
        let rect = piece.rect;
        let neighbour = |other: Option<&Piece>| {
            other
                .map(|other| other.rect)
                .filter(|other| (other.top() - rect.bottom()).abs() < 1.0 || (rect.top() - other.bottom()).abs() < 1.0)
        };
        let above = neighbour(index.checked_sub(1).and_then(|before| pieces.get(before)));
        let below = neighbour(pieces.get(index + 1));
        painter.vline(rect.left(), rect.y_range(), stroke);
        painter.vline(rect.right(), rect.y_range(), stroke);
        edge(painter, rect.left_top(), rect.right(), above, stroke);
        edge(painter, rect.left_bottom(), rect.right(), below, stroke);
    }
}

/// A horizontal edge without what the neighbour covers.
fn edge(painter: &Painter, from: Pos2, to: f32, neighbour: Option<Rect>, stroke: Stroke) {
    let Some(neighbour) = neighbour else {
        painter.line_segment([from, pos2(to, from.y)], stroke);
        return;
    };
    if from.x < neighbour.left() {
        painter.line_segment([from, pos2(neighbour.left().min(to), from.y)], stroke);
    }
    if to > neighbour.right() {
        painter.line_segment([pos2(neighbour.right().max(from.x), from.y), pos2(to, from.y)], stroke);
    }
}

/// The caret.
pub fn caret(painter: &Painter, tokens: &Tokens, at: Rect) {
    let line = inner(tokens, at).y_range();
    painter.vline(at.center().x, line, Stroke::new(tokens.stroke.focus_ring, tokens.colour.accent));
}
