use std::borrow::Cow;

use eframe::egui;
use eframe::egui::text::{LayoutJob, TextFormat, TextWrapping};
use eframe::egui::{
    Align2, Color32, EventFilter, Id, Rect, Role, ScrollArea, Sense, Stroke, StrokeKind, Ui, UiBuilder, WidgetInfo, pos2, vec2,
};

use super::model::{Cell, Column, GridEvent, Look, Rows};
use super::state::GridState;
use super::{editor, keys};
use crate::app::icons;
use crate::app::tokens::{Tokens, Type, family};
use crate::app::widgets::checkbox::paint_tick;
use crate::app::widgets::{focus_ring, hairline_below, paint_case_kind, paint_elided, paint_words};

/// Where things lie in a grid of this frame.
struct Places {
    /// Left edges of the columns from the grid's own, and the right edge of the last.
    lefts: Vec<f32>,
    row: f32,
    /// How many columns at the left stay.
    held: usize,
}

impl Places {
    fn of(tokens: &Tokens, columns: &[Column], held: usize, room: f32) -> Self {
        let width = |column: &Column| f32::from(column.characters) * tokens.space.two;
        let natural: f32 = columns.iter().map(width).sum();
        let growing = || columns.iter().filter(|column| column.grows);
        // The scroll bar lies over what is at the right edge.
        let spare = room - tokens.space.three - natural;
        // Rather than push a column out of sight, those that grow give up to a quarter of their room.
        let least = -growing().map(width).sum::<f32>() / 4.0;
        let spare = if spare < least { 0.0 } else { spare / growing().count().max(1) as f32 };
        let mut left = 0.0;
        let mut lefts = vec![left];
        for column in columns {
            left += width(column) + if column.grows { spare } else { 0.0 };
            lefts.push(left);
        }
        Self { lefts, row: tokens.size.row, held }
    }

    fn width(&self) -> f32 {
        self.lefts.last().copied().unwrap_or_default()
    }

    /// The columns that are in sight, from the last to the first; those that stay always are.
    fn seen(&self, sight: egui::Rangef) -> impl Iterator<Item = usize> + use<> {
        let columns = self.lefts.len().saturating_sub(1);
        let from = self.lefts.partition_point(|left| *left <= sight.min).saturating_sub(1).clamp(self.held.min(columns), columns);
        let until = self.lefts.partition_point(|left| *left < sight.max).clamp(from, columns);
        (0..self.held.min(columns)).chain(from..until).rev()
    }

    /// The cell, from the upper left of all rows; columns that stay do so at `scrolled`.
    fn cell(&self, row: usize, column: usize, scrolled: f32) -> Rect {
        let edge = |index: usize| self.lefts.get(index).copied().unwrap_or_default();
        let shift = if column < self.held { scrolled } else { 0.0 };
        let top = self.row * row as f32;
        Rect::from_min_max(pos2(edge(column) + shift, top), pos2(edge(column + 1) + shift, top + self.row))
    }
}

/// Shows a grid in all the room there is. `name` is what screen readers call it.
pub fn show<R: Rows>(ui: &mut Ui, tokens: &Tokens, name: &str, state: &mut GridState<R::Key>, rows: &R) -> Vec<GridEvent<R::Key>> {
    let mut events = Vec::new();
    let id = ui.scope_id().with(("grid", name));
    let whole = ui.available_rect_before_wrap();
    ui.advance_cursor_after_rect(whole);
    let head = Rect::from_min_max(whole.min, pos2(whole.right(), whole.top() + tokens.size.row));
    let body = Rect::from_min_max(head.left_bottom(), whole.max);
    let places = Places::of(tokens, rows.columns(), rows.held(), whole.width());
    let response = ui.interact(body, id, Sense::focusable_noninteractive());
    response.widget_info(|| WidgetInfo::labeled(Role::Grid, true, announce(name, state, rows)));
    let focused = hold_focus(ui, state, &response);
    if focused && state.at.is_none() {
        state.at = rows.keys().first().map(|first| (*first, 0));
    }
    if focused && state.draft.is_none() {
        let filter = EventFilter { tab: false, horizontal_arrows: true, vertical_arrows: true, escape: false };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
        let page = (body.height() / places.row) as usize;
        keys::read(ui, state, rows, page.max(1), &mut events);
    }
    keys::run_waiting(state, rows, &mut events);
    show_rows(ui, tokens, id, body, &places, state, rows, focused, &mut events);
    show_head(ui, tokens, head, &places, rows.columns(), state.offset.x, &mut events);
    events
}

/// Takes the focus where it is the grid's: when it was asked for, when its view comes into sight, after a dialog.
/// Returns whether the grid has it.
fn hold_focus<K: Copy + PartialEq>(ui: &Ui, state: &mut GridState<K>, response: &egui::Response) -> bool {
    let pass = ui.ctx().cumulative_pass_nr();
    let (focus, in_dialog) = ui.memory(|memory| (memory.focused(), memory.top_modal_layer().is_some()));
    if state.shown + 1 < pass {
        // Out of sight until now; what had the focus then says nothing.
        state.holds_focus = !state.beside;
    } else if focus.is_some_and(|focus| focus != response.id) && !in_dialog && state.draft.is_none() {
        state.holds_focus &= !state.had_focus;
    }
    state.shown = pass;
    if std::mem::take(&mut state.take_focus) || (state.holds_focus && focus.is_none() && !in_dialog && state.draft.is_none()) {
        response.request_focus();
    }
    state.had_focus = ui.memory(|memory| memory.has_focus(response.id));
    state.holds_focus |= state.had_focus;
    state.had_focus
}

/// What is said of the grid: its name, and the cell one is at.
fn announce<R: Rows>(name: &str, state: &GridState<R::Key>, rows: &R) -> String {
    let of = rows.keys().len();
    let at = state.at.and_then(|(key, column)| Some((key, column, rows.keys().iter().position(|other| *other == key)?)));
    at.map_or_else(
        || format!("{name}, {of} rows"),
        |(key, column, row)| {
            let column_name = rows.columns().get(column).map_or("", |column| column.name.as_str());
            format!("{name}, {column_name}: {}, row {} of {of}", words_of(&rows.cell(key, column)), row + 1)
        },
    )
}

fn words_of(cell: &Cell) -> Cow<'_, str> {
    match cell.tick {
        Some(true) => "ticked".into(),
        Some(false) => "not ticked".into(),
        None if cell.text.is_empty() => "empty".into(),
        None if cell.look == Look::Struck => format!("{}, undone", cell.text).into(),
        None => cell.text.as_str().into(),
    }
}

#[expect(clippy::too_many_arguments, reason = "one frame's parts, used once")]
fn show_rows<R: Rows>(
    ui: &mut Ui,
    tokens: &Tokens,
    id: Id,
    body: Rect,
    places: &Places,
    state: &mut GridState<R::Key>,
    rows: &R,
    focused: bool,
    events: &mut Vec<GridEvent<R::Key>>,
) {
    let mut area = ScrollArea::both().id_salt(id).auto_shrink(false);
    if std::mem::take(&mut state.reveal)
        && let Some(offset) = revealed(body, places, state, rows)
    {
        area = area.scroll_offset(offset);
    }
    let out = ui.scope_builder(UiBuilder::new().max_rect(body), |ui| {
        area.show_viewport(ui, |ui, viewport| {
            let origin = ui.max_rect().min;
            ui.set_min_size(vec2(places.width(), places.row * rows.keys().len() as f32));
            let first = (viewport.top() / places.row).floor().max(0.0) as usize;
            let last = ((viewport.bottom() / places.row).ceil().max(0.0) as usize).min(rows.keys().len());
            (state.first_seen, state.last_seen) = (first, last.saturating_sub(1));
            let seen = rows.keys().get(first..last).unwrap_or_default();
            for (row, _) in (first..).zip(seen).filter(|(_, key)| state.at.is_some_and(|(at, _)| at == **key)) {
                let top = origin + vec2(viewport.left(), places.row * row as f32);
                let whole = Rect::from_min_size(top, vec2(viewport.width(), places.row));
                ui.painter().rect_filled(whole, 0.0, tokens.colour.surface_selected);
            }
            // The columns that stay come last, so that they lie over the others.
            for column in places.seen(viewport.x_range()) {
                for (row, key) in (first..).zip(seen) {
                    let rect = places.cell(row, column, viewport.left()).translate(origin.to_vec2());
                    show_cell(ui, tokens, id, rect, (*key, row, column), state, rows, focused, events);
                }
            }
            for (row, _) in (first..).zip(seen) {
                let top = origin + vec2(viewport.left(), places.row * row as f32);
                hairline_below(ui, tokens, Rect::from_min_size(top, vec2(viewport.width(), places.row)));
            }
            if rows.whole_rows() && focused {
                let at = (first..).zip(seen).find(|(_, key)| state.at.is_some_and(|(at, _)| at == **key));
                if let Some((row, _)) = at {
                    let top = origin + vec2(viewport.left(), places.row * row as f32);
                    focus_ring(ui, tokens, Rect::from_min_size(top, vec2(viewport.width(), places.row)));
                }
            }
            edit(ui, tokens, id, places, origin, viewport, state, rows, events);
        })
    });
    state.offset = out.inner.state.clamped_offset();
}

/// How far to scroll so that the cell one is at is in sight.
fn revealed<R: Rows>(body: Rect, places: &Places, state: &GridState<R::Key>, rows: &R) -> Option<egui::Vec2> {
    let (key, column) = state.at?;
    let row = rows.keys().iter().position(|other| *other == key)?;
    let cell = places.cell(row, column, 0.0);
    let held = places.lefts.get(places.held).copied().unwrap_or_default();
    let into = |offset: f32, start: f32, end: f32, room: f32| offset.min(start).max(end - room).max(0.0);
    let x = if column < places.held { state.offset.x } else { into(state.offset.x, cell.left() - held, cell.right(), body.width()) };
    Some(vec2(x, into(state.offset.y, cell.top(), cell.bottom(), body.height())))
}

#[expect(clippy::too_many_arguments, reason = "one cell's parts, used once")]
fn show_cell<R: Rows>(
    ui: &Ui,
    tokens: &Tokens,
    id: Id,
    rect: Rect,
    (key, row, column): (R::Key, usize, usize),
    state: &mut GridState<R::Key>,
    rows: &R,
    focused: bool,
    events: &mut Vec<GridEvent<R::Key>>,
) {
    let cell = rows.cell(key, column);
    let Some(about) = rows.columns().get(column) else { return };
    let response = ui.interact(rect, id.with((key, column)), Sense::CLICK);
    response.widget_info(|| {
        let name = format!("{}: {}, row {} of {}", about.name, words_of(&cell), row + 1, rows.keys().len());
        match cell.tick {
            Some(on) => WidgetInfo::selected(Role::CheckBox, true, on, name),
            None => WidgetInfo::labeled(Role::GridCell, true, name),
        }
    });
    let here = state.at == Some((key, column));
    let in_row = state.at.is_some_and(|(at, _)| at == key);
    if column < rows.held() {
        // It lies over columns that have gone by.
        let fill = if in_row { tokens.colour.surface_selected } else { tokens.colour.surface_paper };
        ui.painter().rect_filled(rect, 0.0, fill);
    }
    paint_cell(ui, tokens, rect, &cell, about);
    if rows.whole_rows() {
        // The ring lies round the row.
    } else if here && focused {
        focus_ring(ui, tokens, rect);
    } else if here {
        let edge = Stroke::new(tokens.stroke.hairline, tokens.colour.line_strong);
        ui.painter().rect_stroke(rect, tokens.radius.heat_tile, edge, StrokeKind::Inside);
    }
    if response.clicked() {
        if cell.tick.is_some() {
            events.push(GridEvent::Toggle { key, column });
        }
        // A second click on the cell one is at edits it, as in a spreadsheet's double click.
        if response.double_clicked() && cell.editable {
            state.edit(key, column, cell.text.clone(), true);
        } else {
            if cell.tick.is_none() {
                let twice = response.double_clicked();
                events.push(if twice { GridEvent::Press { key, column, pointed: true } } else { GridEvent::Click { key, column } });
            }
            (state.at, state.take_focus) = (Some((key, column)), true);
        }
        ui.ctx().request_repaint();
    }
    if !cell.text.is_empty() && response.hovered() {
        let width = rect.width() - 2.0 * tokens.space.two;
        let galley = ui.painter().layout_no_wrap(cell.text.clone(), tokens.font(Type::Body), tokens.colour.ink);
        if galley.size().x > width {
            response.on_hover_text(cell.text);
        }
    }
}

/// How far behind the edge of its cell the sign of a case stands, in signs.
const SIGN_AT: f32 = 0.75;

fn paint_cell(ui: &Ui, tokens: &Tokens, rect: Rect, cell: &Cell, column: &Column) {
    let colour = &tokens.colour;
    if let Some(on) = cell.tick {
        let side = tokens.space.four;
        paint_tick(ui, tokens, Rect::from_center_size(rect.center(), vec2(side, side)), on);
        return;
    }
    let ink = match cell.look {
        Look::Plain | Look::Strong => colour.ink,
        Look::Quiet | Look::Struck => colour.ink_tertiary,
        Look::Notice => colour.notice_ink,
        Look::Error => colour.error_ink,
    };
    let font = match (column.figures, cell.look) {
        (true, _) => tokens.tabular(Type::Body),
        (false, Look::Strong) => tokens.font_in(Type::Body, family::INTERFACE_SEMIBOLD),
        (false, _) => tokens.font(Type::Body),
    };
    let pad = tokens.space.two;
    let room = if cell.sign.is_some() { tokens.space.six } else { 0.0 };
    if let Some(kind) = cell.sign {
        paint_case_kind(ui.painter(), tokens, pos2(rect.left() + pad + tokens.size.sign * SIGN_AT, rect.center().y), kind);
    }
    let line = if cell.look == Look::Struck { Stroke::new(tokens.stroke.hairline, ink) } else { Stroke::NONE };
    let format = TextFormat { strikethrough: line, ..TextFormat::simple(font, ink) };
    let mut job = LayoutJob::single_section(cell.text.clone(), format);
    job.wrap = TextWrapping { max_rows: 1, break_anywhere: true, ..TextWrapping::wrap_at_width(rect.width() - 2.0 * pad - room) };
    job.break_on_newline = false;
    let galley = ui.painter().layout_job(job);
    let left = if column.figures { rect.right() - pad - galley.size().x } else { rect.left() + pad + room };
    ui.painter().galley(pos2(left, rect.center().y - galley.size().y / 2.0), galley, ink);
}

#[expect(clippy::too_many_arguments, reason = "one frame's parts, used once")]
fn edit<R: Rows>(
    ui: &mut Ui,
    tokens: &Tokens,
    id: Id,
    places: &Places,
    origin: egui::Pos2,
    viewport: Rect,
    state: &mut GridState<R::Key>,
    rows: &R,
    events: &mut Vec<GridEvent<R::Key>>,
) {
    let Some((key, column)) = state.draft.as_ref().map(|draft| (draft.key, draft.column)) else { return };
    let Some(about) = rows.columns().get(column) else { return };
    let row = rows.keys().iter().position(|other| *other == key);
    let rect =
        row.map(|row| places.cell(row, column, viewport.left()).translate(origin.to_vec2())).filter(|rect| ui.is_rect_visible(*rect));
    let left = editor::show(ui, tokens, id, state, about, || rows.choices(key, column), rect);
    let Some((event, (down, right))) = left else { return };
    events.push(event);
    let moved = |from: usize, by: isize, last: usize| from.saturating_add_signed(by).min(last);
    if let Some(row) = row {
        let next = rows.keys().get(moved(row, down, rows.keys().len().saturating_sub(1)));
        let column = moved(column, right, rows.columns().len().saturating_sub(1));
        if (down, right) != (0, 0) {
            state.at = next.map(|next| (*next, column));
            state.reveal = true;
        }
    }
}

fn show_head<K>(ui: &Ui, tokens: &Tokens, head: Rect, places: &Places, columns: &[Column], scrolled: f32, events: &mut Vec<GridEvent<K>>) {
    let painter = ui.painter_at(head);
    for (index, column) in columns.iter().enumerate().rev() {
        let shift = if index < places.held { 0.0 } else { -scrolled };
        let rect = places.cell(0, index, 0.0).translate(head.min.to_vec2() + vec2(shift, 0.0));
        if !rect.intersects(head) {
            continue;
        }
        let sense = if column.sorting.is_some() { Sense::click() } else { Sense::hover() };
        let response = ui.interact(rect.intersect(head), ui.scope_id().with(("head", index)), sense);
        let sorted = column.sorting.flatten();
        response.widget_info(|| {
            let how = match sorted {
                Some(true) => ", sorted",
                Some(false) => ", sorted backwards",
                None => "",
            };
            WidgetInfo::labeled(Role::ColumnHeader, true, format!("{}{how}", column.name))
        });
        let fill = if response.hovered() && column.sorting.is_some() { tokens.colour.surface_hover } else { tokens.colour.surface_paper };
        painter.rect_filled(rect, 0.0, fill);
        let pad = tokens.space.two;
        let font = tokens.font_in(Type::Small, family::INTERFACE_MEDIUM);
        let sign = sorted.map(|rising| if rising { icons::ARROW_UP } else { icons::ARROW_DOWN });
        let room = if sign.is_some() { tokens.space.four } else { 0.0 };
        let width = painter.layout_no_wrap(column.name.clone(), font.clone(), Color32::PLACEHOLDER).size().x;
        let left = if column.figures { (rect.right() - pad - room - width).max(rect.left() + pad) } else { rect.left() + pad };
        let end = paint_elided(&painter, left, rect.right() - pad - room, rect.center().y, &column.name, font, tokens.colour.ink_secondary);
        if let Some(sign) = sign {
            let at = pos2(end + tokens.space.half, rect.center().y);
            paint_words(&painter, at, Align2::LEFT_CENTER, sign, tokens.small_icon_font(Type::Micro), tokens.colour.ink_tertiary);
        }
        if response.has_focus() {
            focus_ring(ui, tokens, rect);
        }
        if response.clicked() {
            events.push(GridEvent::Sort(index));
        }
    }
    hairline_below(ui, tokens, head);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_in_sight_come_from_the_last_to_the_first() {
        let places = Places { lefts: vec![0.0, 100.0, 200.0, 300.0, 400.0], row: 20.0, held: 1 };
        let seen = |from: f32, until: f32| places.seen(egui::Rangef::new(from, until)).collect::<Vec<_>>();
        assert_eq!(seen(0.0, 1_000.0), [3, 2, 1, 0]);
        assert_eq!(seen(0.0, 150.0), [1, 0]);
        assert_eq!(seen(210.0, 290.0), [2, 0]);
        assert_eq!(seen(300.0, 390.0), [3, 0]);
        assert!(Places { lefts: vec![0.0], row: 20.0, held: 1 }.seen(egui::Rangef::new(0.0, 9.0)).next().is_none());
    }
}
