use std::f32::consts::FRAC_PI_2;

use eframe::egui::epaint::TextShape;
use eframe::egui::{Align, Align2, Color32, Id, Painter, Rangef, Rect, Role, Sense, Stroke, Ui, UiBuilder, WidgetInfo, pos2, vec2};

use super::chart::spoken;
use super::columns::{Column, Columns, Group, label};
use super::counted::At;
use super::cursor::Spot;
use super::grid::{GridAct, Scene, name_font};
use super::lines::Line;
use super::{sentences, summed};
use crate::analysis::matrix::{Cell, Point};
use crate::app::icons;
use crate::app::tokens::{Tokens, Type, family};
use crate::app::widgets::{fold_sign, paint_elided, paint_mark, paint_person, paint_words, theme_mark};
use crate::study::{PATH_SEPARATOR, Study};

/// Height of the heads of columns: the group, the name, n, and how far coding is.
#[must_use]
pub fn height(tokens: &Tokens, columns: &Columns) -> f32 {
    (group_height(tokens, columns) + tokens.space.one + columns.name_height + 3.0 * line(tokens) + tokens.space.two).ceil()
}

/// Room for the names of rows: that of the longest, within reason. Only it is measured, the longest being told by its letters.
#[must_use]
pub fn name_width(painter: &Painter, tokens: &Tokens, study: &Study, lines: &[Line]) -> f32 {
    let name = |line: &Line| match line.point() {
        None | Some(Point::ThemeOnly(_)) => String::new(),
        Some(point) => sentences::point_name(study, point),
    };
    let longest = lines.iter().max_by_key(|line| line.depth + name(line).chars().count());
    let words = longest.map(|line| {
        let marks = indent(tokens, line.depth) + tokens.space.four + tokens.size.theme_mark + 3.0 * tokens.space.one;
        let bold = name_font(tokens, line.depth == 0);
        marks + painter.layout_no_wrap(name(line), bold, Color32::PLACEHOLDER).size().x + tokens.space.two
    });
    let least = tokens.size.matrix_first_column;
    words.unwrap_or(least).ceil().clamp(least, least + tokens.size.matrix_column)
}

fn group_height(tokens: &Tokens, columns: &Columns) -> f32 {
    if columns.groups.is_empty() { 0.0 } else { tokens.size.row }
}

fn line(tokens: &Tokens) -> f32 {
    tokens.line_height(Type::ColumnLabel)
}

/// Paints the line above a row: a hairline between themes of the first level, a stronger one above the totals.
pub fn paint_rule(ui: &Ui, scene: &Scene<'_>, line: Option<&Line>, top: f32, range: Rangef) {
    let tokens = scene.tokens;
    let colour = match line {
        None => tokens.colour.line_strong,
        Some(line) if line.depth == 0 || scene.summaries.is_some() => tokens.colour.line_hair,
        Some(_) => return,
    };
    ui.painter().hline(range, top, Stroke::new(tokens.stroke.hairline, colour));
}

/// Shows the heads of rows with the totals of rows beside them, which stay at the left.
pub fn show_rows(ui: &mut Ui, scene: &Scene<'_>, clicked: &mut Option<(Spot, bool)>, acts: &mut Vec<GridAct>) {
    let Scene { tokens, places, board, .. } = scene;
    let side = Rect::from_min_max(places.view.min + vec2(0.0, places.head), pos2(places.view.left() + places.first, places.view.bottom()));
    ui.painter().rect_filled(side, 0.0, tokens.colour.surface_paper);
    let above = Rect::from_min_max(side.min, pos2(side.right(), places.total_top));
    if above.is_positive() {
        let mut ui = ui.new_child(UiBuilder::new().max_rect(above));
        ui.set_clip_rect(above.intersect(ui.clip_rect()));
        let first = ((above.top() - places.top(Some(0))) / places.row).max(0.0) as usize;
        let last = ((above.bottom() - places.top(Some(0))) / places.row).ceil().max(0.0) as usize;
        for (index, line) in board.lines.iter().enumerate().take(last).skip(first) {
            show_row(&mut ui, scene, Some((index, line)), clicked, acts);
        }
    }
    show_row(ui, scene, None, clicked, acts);
    ui.painter().vline(side.right(), places.view.y_range(), Stroke::new(tokens.stroke.hairline, tokens.colour.line_strong));
}

fn show_row(ui: &mut Ui, scene: &Scene<'_>, line: Option<(usize, &Line)>, clicked: &mut Option<(Spot, bool)>, acts: &mut Vec<GridAct>) {
    let Scene { tokens, places, board, .. } = scene;
    let (index, line) = (line.map(|(index, _)| index), line.map(|(_, line)| line));
    let rect = Rect::from_min_size(pos2(places.view.left(), places.top(index)), vec2(places.first, places.height(index)));
    paint_rule(ui, scene, line, rect.top(), rect.x_range());
    let row = index.map_or(board.last().row, |index| index + 1);
    let total = Rect::from_min_max(pos2(rect.left() + board.columns.name_width, rect.top()), rect.max);
    show_total(ui, scene, line, Spot { row, column: 1 }, total, clicked);

    let spot = Spot { row, column: 0 };
    let name = Rect::from_min_max(rect.min, pos2(total.left(), rect.bottom()));
    let response = ui.interact(name, scene.id.with((line.map(|line| &line.points), "head")), Sense::CLICK);
    let spoken = || {
        let place = if line.is_some() { format!("row {row} of {}", board.lines.len()) } else { "total".to_owned() };
        format!("{}, {place}", sentences::plain_row_name(scene.study, board.counted, line))
    };
    response.widget_info(|| WidgetInfo::selected(Role::RowHeader, true, scene.spot == spot, spoken()));
    tell_place(ui, response.id, spot);
    paint_name(ui, scene, line, scene.first_line(name), scene.spot.row == row, scene.hovers(&response));
    if scene.spot == spot {
        ring(ui, scene, name);
    }
    if response.clicked() {
        *clicked = Some((spot, response.double_clicked()));
    }
    if let Some(Line { points, open: Some(open), depth, .. }) = line {
        let sign = Rect::from_min_size(
            pos2(name.left() + indent(tokens, *depth), name.top()),
            vec2(tokens.space.four, scene.first_line(name).height()),
        );
        let response = ui.interact(sign, scene.id.with((points, "fold")), Sense::CLICK);
        let verb = if *open { "Fold" } else { "Unfold" };
        let spoken = || format!("{verb} {}", sentences::plain_row_name(scene.study, board.counted, line));
        response.widget_info(|| WidgetInfo::labeled(Role::DisclosureTriangle, true, spoken()));
        fold_sign(ui, tokens, sign, *open);
        if response.clicked() {
            acts.push(GridAct::Fold(points.clone()));
        }
    }
}

fn indent(tokens: &Tokens, depth: usize) -> f32 {
    tokens.space.two + (tokens.space.two + tokens.space.half) * depth.min(DEEPEST) as f32
}

/// Deeper themes are not moved in any further: their numbers say how deep they lie, and their names need the room.
const DEEPEST: usize = 7;

/// The number of a theme, of a long one only its end.
fn short_number(number: &str) -> String {
    let kept = number.rmatch_indices('.').nth(3).map(|(at, _)| at);
    kept.and_then(|at| number.get(at + 1..)).map_or_else(|| number.to_owned(), |end| format!("…{end}"))
}

fn ring(ui: &Ui, scene: &Scene<'_>, rect: Rect) {
    let tokens = scene.tokens;
    let stroke = Stroke::new(tokens.stroke.focus_ring, scene.ring());
    ui.painter().rect_stroke(rect.shrink(tokens.space.hair), tokens.radius.heat_tile, stroke, eframe::egui::StrokeKind::Inside);
}

/// Paints the name of a row: arrow, mark and number of a theme, then the name.
fn paint_name(ui: &Ui, scene: &Scene<'_>, line: Option<&Line>, rect: Rect, current: bool, hovered: bool) {
    let tokens = scene.tokens;
    let colour = &tokens.colour;
    if hovered {
        ui.painter().rect_filled(rect.shrink(tokens.space.hair), tokens.radius.heat_tile, colour.surface_hover);
    }
    let middle = rect.center().y;
    let mut left = rect.left() + indent(tokens, line.map_or(0, |line| line.depth)) + tokens.space.four;
    let right = rect.right() - tokens.space.one;
    let top_level = line.is_none_or(|line| line.depth == 0);
    let bold = current || top_level;
    let ink = if current { colour.accent } else { colour.ink };
    match line.and_then(Line::point) {
        Some(Point::Theme(theme)) => {
            let hue = theme_mark(tokens, scene.study, theme);
            let mark = pos2(left + tokens.space.one, middle);
            paint_mark(ui.painter(), mark, tokens.size.theme_mark, hue.mark, hue.label);
            left += tokens.size.theme_mark + tokens.space.one + tokens.space.half;
            let number = short_number(scene.study.codebook().number(theme));
            let quiet = if current { colour.accent } else { colour.ink_tertiary };
            let font = tokens.font_in(Type::ChartCell, family::TABULAR);
            let place = paint_words(ui.painter(), pos2(left, middle), Align2::LEFT_CENTER, number, font, quiet);
            left = place.right() + tokens.space.one + tokens.space.half;
            let name = scene.study.codebook().get(theme).map_or("", |theme| theme.name.as_str());
            paint_elided(ui.painter(), left, right, middle, name, name_font(tokens, bold), ink);
        }
        Some(Point::ThemeOnly(_)) => {
            let ink = if current { colour.accent } else { colour.ink_secondary };
            left += tokens.size.theme_mark + tokens.space.one + tokens.space.half;
            paint_elided(ui.painter(), left, right, middle, "(this level only)", tokens.font(Type::Small), ink);
        }
        point => {
            let name = match point {
                Some(point) => sentences::point_name(scene.study, point),
                None => sentences::total_name(scene.board.counted).to_owned(),
            };
            paint_elided(
                ui.painter(),
                left,
                right,
                middle,
                &name,
                name_font(tokens, current || line.is_none_or(|line| line.open.is_some())),
                ink,
            );
        }
    }
}

/// The total of a row, at the right of its name.
fn show_total(ui: &mut Ui, scene: &Scene<'_>, line: Option<&Line>, spot: Spot, rect: Rect, clicked: &mut Option<(Spot, bool)>) {
    let Scene { tokens, board, page, .. } = scene;
    let row = line.map_or(At::Total, |line| line.at);
    let Some(cell) = board.counted.cell(*page, row, At::Total) else { return };
    let told = scene.summaries.and_then(|drafts| summed::shown_at(scene.study, board.counted, Some(drafts), *page, (row, At::Total)));
    let response = ui.interact(rect, scene.id.with((line.map(|line| &line.points), At::Total)), Sense::CLICK);
    let name = || {
        let place = if line.is_some() { format!(", row {} of {}", spot.row, board.lines.len()) } else { String::new() };
        let what = told.as_ref().map_or_else(|| sentences::who(cell), |(far, shown)| spoken(*far, shown));
        format!("{}, All, {what}{place}", sentences::plain_row_name(scene.study, board.counted, line))
    };
    response.widget_info(|| WidgetInfo::selected(Role::GridCell, true, scene.spot == spot, name()));
    tell_place(ui, response.id, spot);
    let strong = line.is_none_or(Line::is_parent);
    let (family, ink) = if strong { (family::TABULAR_SEMIBOLD, tokens.colour.ink) } else { (family::TABULAR, tokens.colour.ink_secondary) };
    let words = sentences::printed(board.counted, scene.measure, *page, row, At::Total);
    tell_figure(ui, response.id, &words, cell);
    if let Some((_, shown)) = &told {
        summed::paint(ui, scene, rect, shown);
    } else {
        let at = pos2(rect.right() - tokens.space.two, scene.first_line(rect).center().y);
        let figure = paint_words(ui.painter(), at, Align2::RIGHT_CENTER, words, tokens.font_in(Type::Small, family), ink);
        if cell.rests_on().is_some() {
            // Before its figure, as in the cells.
            let inset = tokens.space.one + tokens.space.half + tokens.space.hair;
            let centre = pos2(figure.left() - inset, scene.first_line(rect).bottom() - inset);
            paint_person(ui.painter(), centre, tokens.size.sign_in_heat, tokens.colour.sign);
        }
    }
    if scene.spot == spot {
        ring(ui, scene, rect);
    }
    if response.clicked() {
        *clicked = Some((spot, response.double_clicked()));
    }
    if scene.hovers(&response) {
        let row = sentences::row_name(scene.study, board.counted, line);
        response.on_hover_text_at_pointer(format!("{row}, All: {}", sentences::facts(cell)));
    }
}

/// Tells screen readers where something stands in the grid.
pub fn tell_place(ui: &Ui, id: Id, spot: Spot) {
    ui.ctx().accesskit_node_builder(id, |node| {
        node.set_row_index(spot.row);
        node.set_column_index(spot.column);
    });
}

/// Tells screen readers the figure as it is printed, and all that is known of the cell.
pub fn tell_figure(ui: &Ui, id: Id, words: &str, cell: &Cell) {
    ui.ctx().accesskit_node_builder(id, |node| {
        node.set_value(words);
        node.set_description(sentences::facts(cell));
    });
}

/// Shows the heads of columns, which stay above, and the corner.
pub fn show_columns(ui: &mut Ui, scene: &Scene<'_>, clicked: &mut Option<(Spot, bool)>, acts: &mut Vec<GridAct>) {
    let Scene { tokens, places, board, .. } = scene;
    let whole = Rect::from_min_size(places.view.min, vec2(places.view.width(), places.head));
    ui.painter().rect_filled(whole, 0.0, tokens.colour.surface_paper);
    let right = Rect::from_min_max(pos2(whole.left() + places.first, whole.top()), whole.max);
    if right.is_positive() {
        let mut ui = ui.new_child(UiBuilder::new().max_rect(right));
        ui.set_clip_rect(right.intersect(ui.clip_rect()));
        for group in &board.columns.groups {
            show_group(&mut ui, scene, group, right, acts);
        }
        for at in board.columns.between(right.left() - places.left(), right.right() - places.left()) {
            let Some(column) = board.columns.all.get(at) else { continue };
            let left = places.left() + column.left;
            let top = whole.top() + group_height(tokens, board.columns);
            let rect = Rect::from_min_max(pos2(left, top), pos2(left + column.width, whole.bottom()));
            show_column(&mut ui, scene, column, Spot { row: 0, column: at + 2 }, rect, clicked);
        }
    }
    show_corner(ui, scene, whole, clicked);
    ui.painter().hline(whole.x_range(), whole.bottom(), Stroke::new(tokens.stroke.hairline, tokens.colour.line_strong));
}

fn show_group(ui: &mut Ui, scene: &Scene<'_>, group: &Group, heads: Rect, acts: &mut Vec<GridAct>) {
    let Scene { tokens, places, board, page, .. } = scene;
    let (left, right) = (places.left() + group.left, places.left() + group.right);
    let rect = Rect::from_min_max(pos2(left, heads.top()), pos2(right, heads.top() + group_height(tokens, board.columns)));
    if !rect.intersects(heads) {
        return;
    }
    let current = scene.spot.column.checked_sub(2).and_then(|at| board.columns.all.get(at));
    let current = current.is_some_and(|column| column.left >= group.left && column.left < group.right);
    let n = board.counted.cell(*page, At::Total, At::Group(group.at)).map(|cell| sentences::how_many(cell.n)).unwrap_or_default();
    let response = ui.interact(rect, scene.id.with((&group.points, "group")), Sense::CLICK);
    let verb = if group.open { "Fold" } else { "Unfold" };
    response.widget_info(|| WidgetInfo::labeled(Role::ColumnHeader, true, format!("{}, {n}", group.name)));
    let colour = &tokens.colour;
    let (ink, rule) = if current { (colour.accent, colour.accent) } else { (colour.ink, colour.line_strong) };
    // The name stays in sight while its columns scroll away under it.
    let seen = left.max(heads.left());
    let sign = Rect::from_min_size(pos2(seen, rect.top()), vec2(tokens.space.four, rect.height()));
    fold_sign(ui, tokens, sign, group.open);
    let font = tokens.font_in(Type::Small, family::INTERFACE_SEMIBOLD);
    let end =
        paint_elided(ui.painter(), sign.right() + tokens.space.half, right.min(heads.right()), rect.center().y, &group.name, font, ink);
    let from = end + tokens.space.two;
    if from + tokens.space.eight < right.min(heads.right()) {
        paint_elided(ui.painter(), from, right.min(heads.right()), rect.center().y, &n, tokens.tabular(Type::Small), colour.ink_tertiary);
    }
    let under = rect.bottom() - tokens.stroke.hairline;
    ui.painter().hline(left..=right - tokens.space.half, under, Stroke::new(tokens.stroke.hairline, rule));
    if response.clicked() {
        acts.push(GridAct::FoldGroup(group.points.clone()));
    }
    if scene.hovers(&response) {
        response.on_hover_text(format!("{}, {n}. Click: {}", group.name, verb.to_lowercase()));
    }
}

fn show_column(ui: &mut Ui, scene: &Scene<'_>, column: &Column, spot: Spot, rect: Rect, clicked: &mut Option<(Spot, bool)>) {
    let Scene { tokens, board, page, .. } = scene;
    let Some(cell) = board.counted.cell(*page, At::Total, column.at) else { return };
    let response = ui.interact(rect, scene.id.with(("column", column.at)), Sense::CLICK);
    let spoken = || {
        if let Some(columns) = column.strip {
            return sentences::nobody_in(columns);
        }
        let name = sentences::column_name(board.counted, column.at);
        format!("{name}, {}, {}", sentences::how_many(cell.n), sentences::done(cell))
    };
    response.widget_info(|| WidgetInfo::selected(Role::ColumnHeader, true, scene.spot == spot, spoken()));
    tell_place(ui, response.id, spot);
    let colour = &tokens.colour;
    let current = scene.spot.column == spot.column;
    let ink = match (current, column.nobody) {
        (true, _) => colour.accent,
        (false, true) => colour.ink_secondary,
        (false, false) => colour.ink,
    };
    if scene.hovers(&response) {
        ui.painter().rect_filled(rect.shrink(tokens.space.hair), tokens.radius.heat_tile, colour.surface_hover);
    }
    let middle = rect.center().x;
    let names = rect.top() + tokens.space.one;
    let n_at = names + board.columns.name_height + line(tokens) / 2.0 + tokens.space.half;
    let n = format!("n {}", sentences::how_many_short(cell.n));
    let small = tokens.font_in(Type::ColumnLabel, family::TABULAR);
    if column.nobody {
        let is_strip = column.strip.is_some();
        let length = board.columns.name_height + if is_strip { 1.0 } else { 2.0 } * line(tokens);
        let mut job = label(tokens, &column.name, length);
        job.halign = Align::Min;
        job.wrap.max_rows = 2;
        let galley = ui.painter().layout_job(job);
        let at = pos2(middle - galley.size().y / 2.0, names + length);
        ui.painter().add(TextShape::new(at, galley, ink).with_angle(-FRAC_PI_2));
        let below = pos2(middle, n_at + 2.0 * line(tokens));
        paint_words(ui.painter(), below, Align2::CENTER_CENTER, n, small, colour.ink_secondary);
        if is_strip {
            let above = below - vec2(0.0, line(tokens));
            let icon = tokens.small_icon_font(Type::Small);
            paint_words(ui.painter(), above, Align2::CENTER_CENTER, icons::CHEVRON_RIGHT, icon, colour.ink_tertiary);
        }
    } else {
        let galley = ui.painter().layout_job(label(tokens, &column.name, column.width - tokens.space.half));
        // The last line of every name stands on one line with the others.
        let at = pos2(middle, names + board.columns.name_height - galley.size().y);
        ui.painter().galley_with_override_text_color(at, galley, ink);
        paint_words(ui.painter(), pos2(middle, n_at), Align2::CENTER_CENTER, n, small.clone(), colour.ink_secondary);
        if cell.sources > 0 {
            paint_done(ui, scene, pos2(middle, n_at + line(tokens)), cell.done, cell.sources, colour.ink_secondary);
        }
    }
    if scene.spot == spot {
        ring(ui, scene, rect);
    }
    if response.clicked() {
        *clicked = Some((spot, response.double_clicked()));
    }
    if scene.hovers(&response) {
        response.on_hover_text(spoken());
    }
}

/// "done" above "2 of 4".
fn paint_done(ui: &Ui, scene: &Scene<'_>, at: eframe::egui::Pos2, done: u32, sources: u32, ink: Color32) {
    let tokens = scene.tokens;
    let font = tokens.font_in(Type::ColumnLabel, family::TABULAR);
    paint_words(ui.painter(), at, Align2::CENTER_CENTER, "done", font.clone(), ink);
    let below = at + vec2(0.0, line(tokens));
    paint_words(ui.painter(), below, Align2::CENTER_CENTER, format!("{done} of {sources}"), font, ink);
}

/// What the rows stand for, and the head of their totals.
fn show_corner(ui: &mut Ui, scene: &Scene<'_>, heads: Rect, clicked: &mut Option<(Spot, bool)>) {
    let Scene { tokens, places, board, page, .. } = scene;
    let colour = &tokens.colour;
    let corner = Rect::from_min_size(heads.min, vec2(places.first, places.head));
    ui.painter().rect_filled(corner, 0.0, colour.surface_paper);
    let names = corner.top() + group_height(tokens, board.columns) + tokens.space.one;
    let middle = names + board.columns.name_height - line(tokens) / 2.0;
    let title: Vec<_> = board.counted.matrix.spec.rows.iter().map(|axis| axis.name(scene.study)).collect();
    let title = title.join(PATH_SEPARATOR);
    let left = corner.left() + indent(tokens, 0) + tokens.space.four;
    let end = corner.left() + board.columns.name_width;
    paint_elided(ui.painter(), left, end, middle, &title, tokens.font(Type::Small), colour.ink_secondary);
    let Some(cell) = board.counted.cell(*page, At::Total, At::Total) else { return };
    let spot = Spot { row: 0, column: 1 };
    let rect = Rect::from_min_max(pos2(end, names - tokens.space.one), corner.max);
    let response = ui.interact(rect, scene.id.with("total head"), Sense::CLICK);
    let spoken = || format!("All, {}, {}", sentences::how_many(cell.n), sentences::done(cell));
    response.widget_info(|| WidgetInfo::selected(Role::ColumnHeader, true, scene.spot == spot, spoken()));
    tell_place(ui, response.id, spot);
    let right = rect.right() - tokens.space.two;
    let strong = tokens.font_in(Type::ColumnLabel, family::INTERFACE_SEMIBOLD);
    let ink = if scene.spot.column == 1 { colour.accent } else { colour.ink };
    paint_words(ui.painter(), pos2(right, middle), Align2::RIGHT_CENTER, "All", strong, ink);
    let small = tokens.font_in(Type::ColumnLabel, family::TABULAR);
    let n_at = names + board.columns.name_height + line(tokens) / 2.0 + tokens.space.half;
    let lines = [format!("n {}", sentences::how_many_short(cell.n)), "done".to_owned(), format!("{} of {}", cell.done, cell.sources)];
    for (index, words) in lines.into_iter().enumerate() {
        let at = pos2(right, n_at + index as f32 * line(tokens));
        paint_words(ui.painter(), at, Align2::RIGHT_CENTER, words, small.clone(), colour.ink_secondary);
    }
    if scene.spot == spot {
        ring(ui, scene, rect);
    }
    if response.clicked() {
        *clicked = Some((spot, response.double_clicked()));
    }
    ui.painter().vline(corner.right(), corner.y_range(), Stroke::new(tokens.stroke.hairline, colour.line_strong));
}

#[cfg(test)]
mod tests {
    use super::short_number;

    #[test]
    fn only_numbers_of_deep_themes_are_cut() {
        for (number, short) in [("", ""), ("7", "7"), ("1.2.3.4", "1.2.3.4"), ("1.2.3.4.5", "…2.3.4.5"), ("1.10.2.3.4.5.6", "…3.4.5.6")]
        {
            assert_eq!(short_number(number), short);
        }
    }
}
