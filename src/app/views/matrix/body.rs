use eframe::egui::{Rect, Role, Sense, Ui, UiBuilder, WidgetInfo, pos2, vec2};

use super::cells::{CellLook, paint_cell, paint_ring};
use super::chart::{Shown, spoken};
use super::columns::Column;
use super::counted::At;
use super::cursor::Spot;
use super::grid::Scene;
use super::heads;
use super::lines::Line;
use super::signs::sign_words;
use super::{sentences, summed};
use crate::analysis::chart::ChartCell;
use crate::analysis::matrix::{Cell, CellKind};

/// Shows the cells that are seen; nothing is done for the others.
pub fn show_cells(ui: &mut Ui, scene: &Scene<'_>, clicked: &mut Option<(Spot, bool)>) {
    let places = &scene.places;
    let body = places.body();
    if !body.is_positive() {
        return;
    }
    let mut ui = ui.new_child(UiBuilder::new().max_rect(body));
    ui.set_clip_rect(body.intersect(ui.clip_rect()));
    let above = ((body.top() - places.top(Some(0))) / places.row).max(0.0) as usize;
    let below = ((body.bottom() - places.top(Some(0))) / places.row).ceil().max(0.0) as usize;
    let seen = scene.board.columns.between(body.left() - places.left(), body.right() - places.left());
    for (index, line) in scene.board.lines.iter().enumerate().take(below).skip(above) {
        heads::paint_rule(&ui, scene, Some(line), places.top(Some(index)), body.x_range());
        for at in seen.clone() {
            show_cell(&mut ui, scene, Some((index, line)), at, clicked);
        }
    }
}

/// The row of totals, which stays in sight.
pub fn show_totals(ui: &mut Ui, scene: &Scene<'_>, clicked: &mut Option<(Spot, bool)>) {
    let places = &scene.places;
    let row = Rect::from_min_max(pos2(places.view.left() + places.first, places.total_top), places.view.max);
    if !row.is_positive() {
        return;
    }
    let mut ui = ui.new_child(UiBuilder::new().max_rect(row));
    ui.set_clip_rect(row.intersect(ui.clip_rect()));
    ui.painter().rect_filled(row, 0.0, scene.tokens.colour.surface_paper);
    heads::paint_rule(&ui, scene, None, places.total_top, row.x_range());
    for at in scene.board.columns.between(row.left() - places.left(), row.right() - places.left()) {
        show_cell(&mut ui, scene, None, at, clicked);
    }
}

fn show_cell(ui: &mut Ui, scene: &Scene<'_>, line: Option<(usize, &Line)>, at: usize, clicked: &mut Option<(Spot, bool)>) {
    let Scene { board, places, page, .. } = scene;
    let Some(column) = board.columns.all.get(at) else { return };
    let row = line.map_or(At::Total, |(_, line)| line.at);
    let Some(cell) = board.counted.cell(*page, row, column.at) else { return };
    let spot = Spot { row: line.map_or(board.last().row, |(index, _)| index + 1), column: at + 2 };
    let corner = pos2(places.left() + column.left, places.top(line.map(|(index, _)| index)));
    let rect = Rect::from_min_size(corner, vec2(column.width, places.height(line.map(|(index, _)| index))));
    let id = scene.id.with((line.map(|(_, line)| &line.points), column.at));
    let response = ui.interact(rect, id, Sense::CLICK);
    let told = scene.summaries.filter(|_| column.strip.is_none());
    let told = told.and_then(|drafts| summed::shown_at(scene.study, board.counted, Some(drafts), *page, (row, column.at)));
    response.widget_info(|| {
        WidgetInfo::selected(Role::GridCell, true, scene.spot == spot, cell_name(scene, line, column, (cell, told.as_ref())))
    });
    heads::tell_place(ui, id, spot);
    let sign = board.counted.sign(*page, row, column.at);
    let words = sentences::printed(board.counted, scene.measure, *page, row, column.at);
    heads::tell_figure(ui, id, &words, cell);
    let look = CellLook {
        strip: column.strip.is_some(),
        ring: (scene.spot == spot).then(|| scene.ring()),
        hovered: scene.hovers(&response),
        summary: sign,
        ..CellLook::of(&words, cell, line.map(|(_, line)| line), column.at, scene.measure, &board.counted.tints)
    };
    if let Some((_, shown)) = &told {
        summed::paint(ui, scene, rect, shown);
        let hair = scene.tokens.hairline(scene.tokens.colour.line_hair);
        ui.painter().vline(rect.right() - scene.tokens.stroke.hairline / 2.0, rect.y_range(), hair);
        paint_ring(ui.painter(), scene.tokens, rect, &look);
    } else {
        paint_cell(ui.painter(), scene.tokens, rect, places.origin, &look);
    }
    if response.clicked() {
        *clicked = Some((spot, response.double_clicked()));
    }
    if scene.hovers(&response) {
        if let Some(columns) = column.strip {
            response.on_hover_text_at_pointer(format!("{}. Click: show them", sentences::nobody_in(columns)));
            return;
        }
        let name = line.map(|(_, line)| line);
        let row = sentences::row_name(scene.study, board.counted, name);
        response.on_hover_text_at_pointer(format!(
            "{row}, {}: {}{}",
            sentences::column_name(board.counted, column.at),
            sentences::facts(cell),
            sign.map(|sign| format!("; {}", sign_words(sign))).unwrap_or_default()
        ));
    }
}

/// What a screen reader says of a cell.
fn cell_name(
    scene: &Scene<'_>,
    line: Option<(usize, &Line)>,
    column: &Column,
    (cell, told): (&Cell, Option<&(ChartCell, Shown<'_>)>),
) -> String {
    let counted = scene.board.counted;
    let row = sentences::plain_row_name(scene.study, counted, line.map(|(_, line)| line));
    let at = line.map_or(At::Total, |(_, line)| line.at);
    let sign = counted.sign(scene.page, at, column.at).map(|sign| format!(", {}", sign_words(sign))).unwrap_or_default();
    let what = match (told, cell.kind()) {
        (Some((far, shown)), _) => spoken(*far, shown),
        (None, CellKind::NoSuchParticipants) => "no such participants".to_owned(),
        (None, _) => sentences::who(cell),
    };
    let sign = if told.is_some() { String::new() } else { sign };
    let place = line.map_or_else(|| "total".to_owned(), |(index, _)| format!("row {} of {}", index + 1, scene.board.lines.len()));
    match column.strip {
        Some(columns) => format!("{row}, {}, {place}", sentences::nobody_in(columns)),
        None => format!("{row}, {}, {what}{sign}, {place}", sentences::column_name(counted, column.at)),
    }
}
