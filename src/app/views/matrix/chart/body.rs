//! The cells of the chart, who stands before them, and the heads of groups.

use eframe::egui::text::LayoutJob;
use eframe::egui::{Rangef, Rect, Role, Sense, Stroke, StrokeKind, Ui, UiBuilder, WidgetInfo, pos2, vec2};

use super::super::cursor::Spot;
use super::super::heads::tell_place;
use super::super::summary::Drafts;
use super::choice::Under;
use super::content::{Shown, spoken};
use super::grid::{Column, Scene, corner, groups, inset, shown_in, words_width};
use super::lines::Line;
use super::state::ChartState;
use crate::analysis::chart::ChartRow;
use crate::app::numbers::counted;
use crate::app::tokens::{Tokens, Type, family};
use crate::app::widgets::{SummarySign, elided, fold_sign, key_caps_width, paint_elided, paint_key_caps, paint_status, paint_summary};
use crate::study::{Crossed, Crossing, MemoOn, NOT_STATED, Role as Part, StatusKind, Study};

/// The ring round what has the focus.
pub fn ring(ui: &Ui, tokens: &Tokens, rect: Rect) {
    let stroke = Stroke::new(tokens.stroke.cell_edit_outline, tokens.colour.accent);
    ui.painter().rect_stroke(rect.shrink(tokens.space.hair), Tokens::corner(tokens.radius.heat_tile), stroke, StrokeKind::Inside);
}

/// Shows the cells that are seen.
pub fn show_cells(ui: &mut Ui, scene: &Scene<'_>, state: &mut ChartState, drafts: &Drafts, clicked: &mut Option<(Spot, bool)>) {
    let body = scene.body();
    if !body.is_positive() {
        return;
    }
    let tokens = scene.tokens;
    let mut ui = ui.new_child(UiBuilder::new().max_rect(body));
    ui.set_clip_rect(body.intersect(ui.clip_rect()));
    for at in scene.lines_seen() {
        let Some(row) = scene.board.lines.get(at).and_then(|line| scene.board.row(line)) else { continue };
        let (top, bottom) = scene.edges(at);
        for (index, column) in scene.columns.iter().enumerate() {
            let rect = Rect::from_min_size(corner(scene, at, column), vec2(column.width, bottom - top));
            if !rect.intersects(body) {
                continue;
            }
            let cell = Crossing { theme: column.theme, of: Crossed::Case(row.case) };
            // The field lies over it.
            if state.writing.as_ref() == Some(&cell) {
                continue;
            }
            let shown = shown_in(scene.study, drafts, row, index, column.theme);
            let place = Place { line: at, index, column, rect };
            show_cell(&mut ui, scene, state, &place, row, &shown, clicked);
        }
        let hair = tokens.hairline(tokens.colour.line_hair);
        ui.painter().hline(body.x_range(), bottom - tokens.stroke.hairline / 2.0, hair);
    }
}

/// Where a cell is.
struct Place<'a> {
    line: usize,
    index: usize,
    column: &'a Column,
    rect: Rect,
}

fn show_cell(
    ui: &mut Ui,
    scene: &Scene<'_>,
    state: &mut ChartState,
    place: &Place<'_>,
    row: &ChartRow,
    shown: &Shown<'_>,
    clicked: &mut Option<(Spot, bool)>,
) {
    let Scene { tokens, study, .. } = scene;
    let colour = &tokens.colour;
    let Place { line, index, column, rect } = *place;
    let spot = Spot { row: line + 1, column: index + 1 };
    let id = scene.id.with((row.case, column.theme));
    let response = ui.interact(rect, id, Sense::CLICK);
    let cell = row.cells.get(index).copied().unwrap_or_default();
    let name = || {
        let label = study.case(row.case).map_or("", |case| case.label.as_str());
        let theme = study.codebook().get(column.theme).map_or("", |theme| theme.name.as_str());
        format!("{label}, {theme}: {}", spoken(cell, shown))
    };
    response.widget_info(|| WidgetInfo::selected(Role::GridCell, true, scene.spot == spot, name()));
    tell_place(ui, id, spot);
    let here = scene.spot == spot;
    if here || (!scene.keyed && response.hovered()) {
        let fill = if here { colour.surface_raised } else { colour.surface_chrome };
        ui.painter().rect_filled(rect, 0.0, fill);
    }
    let hair = tokens.hairline(colour.line_hair);
    ui.painter().vline(rect.right() - tokens.stroke.hairline / 2.0, rect.y_range(), hair);
    let at = rect.min + inset(tokens);
    let words_at = if shown.is_summary { at } else { at + vec2(sign_room(tokens, shown), 0.0) };
    let painter = ui.painter().with_clip_rect(rect.shrink2(vec2(0.0, tokens.space.one)).intersect(ui.clip_rect()));
    if let Some(galley) = state.set.set(&painter, tokens, (row.case, column.theme), shown, words_width(tokens, column.width)) {
        painter.galley(words_at, galley, colour.ink);
    }
    paint_sign(ui, tokens, rect, shown);
    if here {
        let ink = if scene.active { colour.accent } else { colour.ink_tertiary };
        let stroke = Stroke::new(tokens.stroke.cell_edit_outline, ink);
        ui.painter().rect_stroke(rect, Tokens::corner(tokens.radius.heat_tile), stroke, StrokeKind::Inside);
    }
    if response.clicked() {
        *clicked = Some((spot, response.double_clicked()));
    }
}

/// Room before words that are no summary, where a sign says why there is none.
#[must_use]
pub fn sign_room(tokens: &Tokens, shown: &Shown<'_>) -> f32 {
    shown.sign.map_or(0.0, |_| tokens.size.sign + tokens.space.one + tokens.space.half)
}

/// The sign of a summary at the upper right, that of a silence before its words.
pub fn paint_sign(ui: &Ui, tokens: &Tokens, rect: Rect, shown: &Shown<'_>) {
    let Some(sign) = shown.sign else { return };
    let colour = &tokens.colour;
    let middle = rect.top() + inset(tokens).y + tokens.line_height(Type::ChartCell) / 2.0;
    let x = if shown.is_summary {
        rect.right() - tokens.space.two - tokens.size.sign / 2.0
    } else {
        rect.left() + inset(tokens).x + tokens.size.sign / 2.0
    };
    let loud = matches!(sign, SummarySign::Reviewed | SummarySign::Changed);
    let ink = if loud { colour.sign } else { colour.sign_quiet };
    paint_summary(ui.painter(), sign, pos2(x, middle), tokens.size.sign, [ink, colour.sign_edge]);
}

/// Who stands in the rows: label, what they are in a line, their group and area.
pub fn show_first_column(ui: &mut Ui, scene: &Scene<'_>, clicked: &mut Option<(Spot, bool)>) {
    let Scene { tokens, view, .. } = scene;
    let body = scene.body();
    let first = Rect::from_min_max(pos2(view.left(), body.top()), pos2(body.left(), view.bottom()));
    if !first.is_positive() {
        return;
    }
    let mut ui = ui.new_child(UiBuilder::new().max_rect(first));
    ui.set_clip_rect(first.intersect(ui.clip_rect()));
    ui.painter().rect_filled(first, 0.0, tokens.colour.surface_paper);
    for at in scene.lines_seen() {
        let Some(row) = scene.board.lines.get(at).and_then(|line| scene.board.row(line)) else { continue };
        let (top, bottom) = scene.edges(at);
        let rect = Rect::from_min_max(pos2(first.left(), top), pos2(first.right(), bottom));
        show_case(&mut ui, scene, at, row, rect, clicked);
        let hair = tokens.hairline(tokens.colour.line_hair);
        ui.painter().hline(rect.x_range(), bottom - tokens.stroke.hairline / 2.0, hair);
    }
    // Within its own ground: what lies beyond that is painted by others.
    let edge = first.right() - tokens.stroke.hairline / 2.0;
    ui.painter().vline(edge, first.y_range(), Stroke::new(tokens.stroke.hairline, tokens.colour.line_strong));
}

fn show_case(ui: &mut Ui, scene: &Scene<'_>, line: usize, row: &ChartRow, rect: Rect, clicked: &mut Option<(Spot, bool)>) {
    let Scene { tokens, study, .. } = scene;
    let colour = &tokens.colour;
    let spot = Spot { row: line + 1, column: 0 };
    let Some(case) = study.case(row.case) else { return };
    let (thumbnail, who) = (thumbnail(study, row), who(study, row));
    let id = scene.id.with((row.case, "who"));
    let response = ui.interact(rect, id, Sense::CLICK);
    let spoken = || format!("{}, {thumbnail}, {who}", case.label);
    response.widget_info(|| WidgetInfo::selected(Role::RowHeader, true, scene.spot == spot, spoken()));
    tell_place(ui, id, spot);
    let (left, right) = (rect.left() + tokens.space.four, rect.right() - tokens.space.two);
    let sign_left = right - tokens.size.sign;
    let mut middle = rect.top() + inset(tokens).y + tokens.line_height(Type::ChartCell) / 2.0;
    let strong = tokens.font_in(Type::ChartCell, family::INTERFACE_SEMIBOLD);
    let ink = if scene.spot.row == line + 1 { colour.accent } else { colour.ink };
    paint_elided(ui.painter(), left, sign_left - tokens.space.one, middle, &case.label, strong, ink);
    if let Some(status) = row.status {
        paint_status(ui.painter(), tokens, pos2(right - tokens.size.sign / 2.0, middle), status);
    }
    middle += f32::midpoint(tokens.line_height(Type::ChartCell), tokens.line_height(Type::Small)) + tokens.space.hair;
    if !thumbnail.is_empty() {
        paint_elided(ui.painter(), left, right, middle, &thumbnail, tokens.font(Type::Small), colour.ink_secondary);
        middle += tokens.line_height(Type::Small) + tokens.space.half;
    }
    let top = middle - tokens.line_height(Type::Small) / 2.0;
    paint_who(ui, scene, row, Rect::from_min_max(pos2(left, top), pos2(right, rect.bottom() - tokens.space.one)));
    if scene.spot == spot && scene.active {
        ring(ui, tokens, rect);
    }
    if response.clicked() {
        *clicked = Some((spot, response.double_clicked()));
    }
    if !scene.keyed && response.hovered() {
        let status = row.status.map_or("Speaks in no source", status_words);
        let lines = [case.label.as_str(), &thumbnail, &who, status];
        response.on_hover_text(lines.into_iter().filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n"));
    }
}

const fn status_words(status: StatusKind) -> &'static str {
    match status {
        StatusKind::NotStarted => "Source not started",
        StatusKind::Reading => "Source being read",
        StatusKind::Coding => "Source being coded",
        StatusKind::Done => "Source done",
    }
}

/// What a case is in one line: the beginning of the first memo on it.
fn thumbnail(study: &Study, row: &ChartRow) -> String {
    let memo = study.memos().iter().find(|memo| matches!(memo.on, MemoOn::Case { case } if case == row.case));
    match (memo, row.status) {
        (Some(memo), _) => memo.text.trim().lines().next().unwrap_or_default().to_owned(),
        (None, None) => "No source".to_owned(),
        (None, Some(StatusKind::NotStarted)) => "Not read yet".to_owned(),
        _ => String::new(),
    }
}

/// The area takes no more of the line that it shares with the group.
const AREA_MOST: f32 = 0.6;

/// Paints the group and area of a case, without what its rows are grouped by, which stands over them: in as many lines as there is
/// room for. In one line rather the group is cut than the area.
fn paint_who(ui: &Ui, scene: &Scene<'_>, row: &ChartRow, room: Rect) {
    let Scene { tokens, study, .. } = scene;
    let (font, ink) = (tokens.font(Type::Micro), tokens.colour.ink_tertiary);
    let of = |role| {
        let values = study.role_values(row.case, role).into_iter().filter(|value| !row.under.contains(&Some(*value)));
        values.map(|value| study.attributes().value_name(value)).collect::<Vec<_>>().join(", ")
    };
    let (group, area) = (of(Part::Group), of(Part::Area));
    let both = [group.as_str(), area.as_str()].into_iter().filter(|name| !name.is_empty()).collect::<Vec<_>>().join(", ");
    let mut job = LayoutJob::simple(both.clone(), font.clone(), ink, room.width());
    let lines = (room.height() / tokens.line_height(Type::Micro)).floor().max(1.0) as usize;
    job.wrap.max_rows = lines;
    if lines > 1 || group.is_empty() || area.is_empty() {
        let galley = ui.painter().layout_job(job);
        ui.painter().galley(room.left_top(), galley, ink);
        return;
    }
    let middle = room.top() + tokens.line_height(Type::Small) / 2.0;
    let behind = elided(ui.painter(), &format!(", {area}"), font.clone(), ink, room.width() * AREA_MOST);
    let most = room.right() - behind.size().x;
    let end = paint_elided(ui.painter(), room.left(), most, middle, &group, font, ink);
    ui.painter().galley(pos2(end, middle - behind.size().y / 2.0), behind, ink);
}

/// The group and area of a case: "Team leader, Fife".
fn who(study: &Study, row: &ChartRow) -> String {
    let of = |role| study.role_values(row.case, role).into_iter().map(|value| study.attributes().value_name(value).to_owned());
    of(Part::Group).chain(of(Part::Area)).collect::<Vec<_>>().join(", ")
}

/// Shows the heads of groups that are seen, over the whole width.
pub fn show_groups(ui: &mut Ui, scene: &Scene<'_>, clicked: &mut Option<(Spot, bool)>, folded: &mut Option<Under>) {
    let Scene { tokens, view, study, .. } = scene;
    let colour = &tokens.colour;
    let all = Rect::from_min_max(pos2(view.left(), scene.body().top()), view.max);
    let mut ui = ui.new_child(UiBuilder::new().max_rect(all));
    ui.set_clip_rect(all.intersect(ui.clip_rect()));
    for (at, line) in groups(scene) {
        let Line::Group { under, open, rows, charted: (charted, of) } = line else { continue };
        let (top, bottom) = scene.edges(at);
        let rect = Rect::from_min_max(pos2(view.left(), top), pos2(view.right(), bottom));
        let name = under.last().copied().flatten().map_or(NOT_STATED, |value| study.attributes().value_name(value));
        let says = format!("{}, {charted} of {} charted", counted(rows.len(), "case", "cases"), counted(*of, "cell", "cells"));
        let id = scene.id.with(("group", under));
        let response = ui.interact(rect, id, Sense::CLICK);
        let here = scene.spot.row == at + 1;
        response.widget_info(|| WidgetInfo::selected(Role::RowHeader, true, *open, format!("{name}, {says}")));
        tell_place(&ui, id, Spot { row: at + 1, column: scene.spot.column });
        let ground = if !scene.keyed && response.hovered() { colour.surface_hover } else { colour.surface_chrome };
        ui.painter().rect_filled(rect, 0.0, ground);
        ui.painter().hline(rect.x_range(), bottom - tokens.stroke.hairline / 2.0, tokens.hairline(colour.line_hair));
        let left = rect.left() + tokens.space.one + tokens.space.half + (under.len() - 1) as f32 * tokens.space.four;
        let arrow = Rect::from_min_size(pos2(left, top), vec2(tokens.space.four, bottom - top));
        fold_sign(&ui, tokens, arrow, *open);
        let strong = tokens.font_in(Type::Small, family::INTERFACE_SEMIBOLD);
        let name_left = arrow.right() + tokens.space.half;
        let end = paint_elided(ui.painter(), name_left, rect.right(), rect.center().y, name, strong, colour.ink);
        let after = end + tokens.space.two;
        paint_elided(ui.painter(), after, rect.right(), rect.center().y, &says, tokens.font(Type::Small), colour.ink_tertiary);
        if here && scene.active {
            ring(&ui, tokens, rect);
        }
        if response.clicked() {
            *folded = Some(under.clone());
            *clicked = Some((Spot { row: at + 1, column: scene.spot.column }, false));
        }
    }
}

/// Keys that work in a cell while it is written, one beside the other, in `range`; what they do is cut where it ends.
pub fn paint_hint(ui: &Ui, tokens: &Tokens, range: Rangef, y: f32, keys: &[&str], does: &str) {
    let width = key_caps_width(ui, tokens, keys);
    paint_key_caps(ui, tokens, pos2(range.min, y), keys, tokens.colour.ink_tertiary);
    let from = range.min + width + tokens.space.one + tokens.space.half;
    if from < range.max {
        paint_elided(ui.painter(), from, range.max, y, does, tokens.font(Type::Micro), tokens.colour.ink_tertiary);
    }
}
