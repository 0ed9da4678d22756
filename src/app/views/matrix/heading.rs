//! The headings over passages, and what is written of whom they name.

use eframe::egui::{Id, Label, Rect, Role, Sense, Ui, UiBuilder, WidgetInfo, pos2, vec2};

use super::sentences;
use super::signs::{sign_of, sign_words};
use super::summary::read_layout;
use super::view::MatrixPlace;
use crate::analysis::matrix::Heading;
use crate::app::context::Cx;
use crate::app::tokens::{Tokens, Type, family};
use crate::app::widgets::{focus_ring, hairline_below, paint_elided, paint_summary};
use crate::study::Crossing;

/// Paints a heading with its number of passages.
pub fn show(ui: &Ui, tokens: &Tokens, heading: Option<&Heading>, rect: Rect) {
    let Some(heading) = heading else { return };
    let colour = &tokens.colour;
    ui.painter().rect_filled(rect, 0.0, colour.surface_paper);
    let left = rect.left() + tokens.space.five;
    let font = tokens.font_in(Type::Small, family::INTERFACE_SEMIBOLD);
    let end =
        paint_elided(ui.painter(), left, rect.right() - tokens.space.eight, rect.center().y, &heading.words, font, colour.ink_secondary);
    let count = heading.count.to_string();
    paint_elided(
        ui.painter(),
        end + tokens.space.two,
        rect.right(),
        rect.center().y,
        &count,
        tokens.tabular(Type::Small),
        colour.ink_tertiary,
    );
    hairline_below(ui, tokens, rect);
}

/// Gives a heading with its number of passages to screen readers.
pub fn publish(ui: &Ui, id: Id, heading: Option<&Heading>, rect: Rect) {
    let Some(heading) = heading else { return };
    let spoken = || format!("{}, {}", heading.words, sentences::count(heading.count, "passage", "passages"));
    ui.interact(rect, id, Sense::hover()).widget_info(|| WidgetInfo::labeled(Role::Heading, true, spoken()));
    ui.ctx().accesskit_node_builder(id, |node| node.set_level(2));
}

/// Shows what is written in a cell, with a bar at its side; a press leads to the cell. Returns its height.
pub fn show_summary(ui: &mut Ui, cx: &mut Cx<'_>, cell: &Crossing, rect: Rect, id: Id) -> f32 {
    let tokens = cx.tokens;
    let Some(own) = cx.study.summaries().of(cell).cloned() else { return rect.height() };
    let response = ui.interact(rect, id, Sense::click());
    let sign = sign_of(own.silence, own.state);
    response.widget_info(|| WidgetInfo::labeled(Role::Link, true, format!("Summary: {}, {}", own.text, sign_words(sign))));
    let bar = Rect::from_min_size(
        rect.min + vec2(tokens.space.three, tokens.space.one),
        vec2(tokens.space.half, rect.height() - tokens.space.two),
    );
    let ink = if response.hovered() { tokens.colour.accent } else { tokens.colour.line_strong };
    ui.painter().rect_filled(bar, 0.0, ink);
    let left = rect.left() + tokens.space.five;
    let words = Rect::from_min_max(pos2(left, rect.top() + tokens.space.one), pos2(rect.right() - tokens.space.eight, f32::INFINITY));
    let mut inside = ui.new_child(UiBuilder::new().max_rect(words));
    let job = read_layout(tokens, &own.text, words.width());
    let shown = inside.add(Label::new(job).wrap().selectable(false));
    let at = pos2(rect.right() - tokens.space.four, words.top() + tokens.line_height(Type::ChartCell) / 2.0);
    paint_summary(ui.painter(), sign, at, tokens.size.sign, [tokens.colour.sign_quiet, tokens.colour.sign_edge]);
    if response.has_focus() {
        focus_ring(ui, tokens, rect);
    }
    if response.clicked() {
        cx.go(MatrixPlace::of(cell));
    }
    shown.rect.height() + tokens.space.three
}
