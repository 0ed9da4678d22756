//! What supports, qualifies and contradicts a proposition: three lists that are never added up.

use std::sync::Arc;

use eframe::egui::{Align2, Rect, Role, Sense, Ui, UiBuilder, WidgetInfo, vec2};

use super::super::fields::{FieldOf, Fields};
use super::WEIGHTS;
use super::entries::Line;
use super::tab::PropositionsTab;
use crate::analysis::matrix::said;
use crate::app::context::Cx;
use crate::app::icons;
use crate::app::state::Place;
use crate::app::tokens::{Tokens, Type, family};
use crate::app::views::matrix::MatrixPlace;
use crate::app::widgets::{Button, menu_below, menu_choice, menu_heading, paint_words, reading, small_icon_button, theme_mark, words};
use crate::study::{Crossing, Evidence, EvidenceId, EvidenceOf, Study, Weight};

/// Lines of the words of a passage.
const QUOTED: usize = 6;

/// About how wide a letter of a passage is, in heights of its type.
const LETTER: f32 = 0.45;

/// Shows the three lists.
pub(super) fn show(ui: &mut Ui, tab: &mut PropositionsTab, fields: &mut Fields, cx: &mut Cx<'_>) {
    let Some((lines, counts)) = tab.entry().map(|entry| (Arc::clone(&entry.lines), entry.counts)) else { return };
    let tokens = cx.tokens;
    let mut stack = std::mem::take(&mut tab.evidence);
    stack.show(
        ui,
        &lines,
        |line, width| counted(tokens, line, width),
        |ui, line| match line {
            Line::Heading(number) => {
                if let Some(((_, name, sign), count)) = WEIGHTS.get(number).zip(counts.get(number)) {
                    show_heading(ui, cx, name, *sign, *count);
                }
            }
            Line::Nothing(number) => {
                let nothing = match WEIGHTS.get(number) {
                    Some((Weight::Contradicts, ..)) => "Nothing yet. A proposition is as strong as the search for what speaks against it.",
                    _ => "Nothing yet.",
                };
                words(ui, tokens, Type::Small, tokens.colour.ink_tertiary, nothing);
            }
            Line::Piece(id, _) => show_piece(ui, tab, fields, cx, id),
        },
    );
    tab.evidence = stack;
}

/// About how high a part of the lists is, in points.
fn counted(tokens: &Tokens, line: Line, width: f32) -> f32 {
    match line {
        Line::Heading(_) => tokens.space.two + tokens.size.control_small,
        Line::Nothing(_) => tokens.line_height(Type::Small),
        Line::Piece(_, letters) => {
            let kind = Type::ReadingQuote;
            let in_a_row = (width - indent(tokens)) / (LETTER * tokens.font(kind).size);
            let rows = (letters as f32 / in_a_row.max(1.0)).ceil().clamp(1.0, QUOTED as f32);
            rows * tokens.line_height(kind) + tokens.space.half + tokens.size.control_small + tokens.space.half + tokens.space.two
        }
    }
}

fn show_heading(ui: &mut Ui, cx: &Cx<'_>, name: &str, sign: char, count: usize) {
    let (tokens, colour) = (cx.tokens, &cx.tokens.colour);
    ui.add_space(tokens.space.two);
    let (rect, heading) = ui.allocate_exact_size(vec2(ui.available_width(), tokens.size.control_small), Sense::hover());
    heading.widget_info(|| WidgetInfo::labeled(Role::Heading, true, format!("{name}, {count}")));
    ui.ctx().accesskit_node_builder(heading.id, |node| node.set_level(2));
    let font = tokens.font_in(Type::Small, family::INTERFACE_SEMIBOLD);
    // As wide as a figure, so that the names begin below one another.
    let of_sign = tokens.tabular(Type::Small);
    paint_words(ui.painter(), rect.left_center(), Align2::LEFT_CENTER, sign, of_sign, colour.ink_secondary);
    let from = rect.left_center() + vec2(indent(tokens), 0.0);
    let name = paint_words(ui.painter(), from, Align2::LEFT_CENTER, name, font, colour.ink_secondary);
    let from = name.right_center() + vec2(tokens.space.two, 0.0);
    paint_words(ui.painter(), from, Align2::LEFT_CENTER, count, tokens.tabular(Type::Small), colour.ink_tertiary);
    ui.painter().hline(rect.x_range(), rect.bottom(), tokens.hairline(colour.line_hair));
}

fn show_piece(ui: &mut Ui, tab: &mut PropositionsTab, fields: &mut Fields, cx: &mut Cx<'_>, id: EvidenceId) {
    let Some(piece) = cx.study.propositions().piece(id).cloned() else { return };
    let tokens = cx.tokens;
    ui.spacing_mut().item_spacing.y = tokens.space.half;
    let is_there = cx.study.has_evidence(&piece.of);
    show_words(ui, cx, &piece, is_there);
    let below = ui.available_rect_before_wrap();
    let below = below.with_min_x(below.left() + indent(tokens));
    ui.scope_builder(UiBuilder::new().max_rect(below), |ui| show_about(ui, tab, fields, cx, &piece, is_there));
    ui.add_space(tokens.space.two);
}

/// Where the words of a piece and what is said of it begin: after the bar beside them.
fn indent(tokens: &Tokens) -> f32 {
    tokens.space.three
}

/// Where a piece of evidence is, what can be done with it, and why it bears so on the proposition.
fn show_about(ui: &mut Ui, tab: &mut PropositionsTab, fields: &mut Fields, cx: &mut Cx<'_>, piece: &Evidence, is_there: bool) {
    let (tokens, id) = (cx.tokens, piece.id);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = tokens.space.two;
        let by = cx.study.coders().get(&piece.coder).map_or("", |coder| coder.initials.as_str());
        words(ui, tokens, Type::Micro, tokens.colour.ink_tertiary, format!("{} · {by}", place_words(cx.study, &piece.of)));
        if !is_there {
            let what = if piece.of.cell().is_some() { "This cell is gone" } else { "These words were corrected away" };
            words(ui, tokens, Type::Micro, tokens.colour.notice_ink, what);
        }
        show_acts(ui, tab, cx, piece);
    });
    let of = FieldOf::Weight(id);
    if tab.noted == Some(id) {
        let fresh = !ui.memory(|memory| memory.has_focus(of.id()));
        let field = fields.line(ui, cx, of, "Why it bears so on the proposition", icons::PENCIL);
        if field.lost_focus() {
            tab.noted = None;
        } else if fresh {
            field.request_focus();
        }
    } else if !piece.note.is_empty() {
        words(ui, tokens, Type::Small, tokens.colour.ink_secondary, piece.note.as_str());
    }
}

/// The words of a passage as they are now, or as they were where they are gone; of a cell its name and how its summary begins.
fn show_words(ui: &mut Ui, cx: &Cx<'_>, piece: &Evidence, is_there: bool) {
    let (tokens, colour) = (cx.tokens, &cx.tokens.colour);
    let indent = indent(tokens);
    let said = match &piece.of {
        EvidenceOf::Passage { source, span, .. } if is_there => cx.study.material(*source).and_then(|material| {
            let text = cx.texts.get(material.revision()?.text)?;
            Some(said(&material.geometry, &text.text, *span))
        }),
        EvidenceOf::Cell { cell } if is_there => Some(cell_words(cx.study, cell)),
        _ => None,
    };
    let said = said.unwrap_or_else(|| piece.words.clone());
    let ink = if is_there { colour.ink } else { colour.ink_secondary };
    let galley = reading(ui.painter(), tokens, Type::ReadingQuote, ink, &said, ui.available_width() - indent, QUOTED);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), galley.size().y), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &said));
    let bar = Rect::from_min_size(rect.min, vec2(tokens.stroke.bracket_focused, rect.height()));
    let theme = piece.of.cell().filter(|_| is_there).map(|cell| cell.theme);
    let edge = theme.map_or(colour.line_strong, |theme| theme_mark(tokens, cx.study, theme).stripe);
    ui.painter().rect_filled(bar, 0.0, edge);
    let cut = galley.elided;
    ui.painter().galley(rect.min + vec2(indent, 0.0), galley, ink);
    if cut {
        response.on_hover_text(said);
    }
}

/// The summary of a cell, or its name where there is none.
fn cell_words(study: &Study, cell: &Crossing) -> String {
    summary(study, cell).map_or_else(|| study.crossing_name(cell), str::to_owned)
}

/// The summary of a cell, if something is said in it.
fn summary<'s>(study: &'s Study, cell: &Crossing) -> Option<&'s str> {
    study.summaries().of(cell).map(|summary| summary.text.trim()).filter(|text| !text.is_empty())
}

/// Where a piece of evidence is: a source and its paragraph, or a cell.
fn place_words(study: &Study, of: &EvidenceOf) -> String {
    match of {
        EvidenceOf::Cell { cell } if study.has_cell(cell) && summary(study, cell).is_none() => "Cell without a summary".to_owned(),
        EvidenceOf::Cell { cell } => study.crossing_name(cell),
        EvidenceOf::Passage { source, revision, span } => {
            let Some(material) = study.material(*source) else { return "A source that was removed".to_owned() };
            let label = &material.source.label;
            let paragraph = material.geometry.paragraph_at(span.start).filter(|_| *revision == material.source.revision);
            paragraph.map_or_else(|| label.clone(), |at| format!("{label}, ¶ {}", at + 1))
        }
    }
}

/// Where to go to see it; none where that is gone.
fn place_of(study: &Study, of: &EvidenceOf) -> Option<Place> {
    match of {
        EvidenceOf::Cell { cell } => study.has_cell(cell).then(|| MatrixPlace::of(cell)),
        EvidenceOf::Passage { source, span, .. } => {
            study.material(*source)?;
            Some(if study.has_evidence(of) { Place::Passage(*source, *span) } else { Place::Source(*source) })
        }
    }
}

fn show_acts(ui: &mut Ui, tab: &mut PropositionsTab, cx: &mut Cx<'_>, piece: &Evidence) {
    let tokens = cx.tokens;
    let id = piece.id;
    ui.spacing_mut().item_spacing.x = tokens.space.half;
    if let Some(place) = place_of(cx.study, &piece.of)
        && Button::quiet("Open").icon(icons::EXTERNAL_LINK).small().show(ui, tokens).clicked()
    {
        cx.go(place);
    }
    let weigh = Button::quiet("Weigh").small().menu().show(ui, tokens);
    menu_below(tokens, &weigh, |ui| {
        menu_heading(ui, tokens, "It");
        for (weight, name, _) in WEIGHTS {
            if menu_choice(ui, tokens, name, weight == piece.weight, true).clicked() {
                if weight != piece.weight && cx.can_edit() {
                    cx.edit("Weigh evidence", move |tx| tx.weigh_evidence(id, weight));
                }
                ui.close();
            }
        }
    });
    if small_icon_button(ui, tokens, icons::PENCIL, "Say why").clicked() && cx.can_edit() {
        tab.noted = Some(id);
    }
    if small_icon_button(ui, tokens, icons::TRASH_2, "Take this evidence away").clicked() && cx.can_edit() {
        cx.edit("Take evidence away", move |tx| tx.remove_evidence(id));
    }
}
