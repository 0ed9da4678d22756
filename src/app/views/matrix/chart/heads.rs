//! The heads of the columns, which stay in sight.

use eframe::egui::{Align, Align2, CursorIcon, Layout, Rect, Role, Sense, Stroke, Ui, UiBuilder, WidgetInfo, pos2, vec2};

use super::super::choice::Choice;
use super::super::cursor::Spot;
use super::super::heads::tell_place;
use super::grid::{Column, Scene};
use crate::analysis::chart::{OTHER, is_other};
use crate::app::context::Cx;
use crate::app::icons;
use crate::app::numbers::counted;
use crate::app::tokens::{Tokens, Type, family};
use crate::app::widgets::{Button, paint_elided, paint_words, within};
use crate::study::{CaseKind, Study, ThemeId};

/// Narrower or wider no column is made.
pub const WIDTHS: std::ops::RangeInclusive<f32> = 96.0..=720.0;

/// Height of the heads.
pub fn height(tokens: &Tokens) -> f32 {
    tokens.line_height(Type::Body) + tokens.line_height(Type::Micro) + tokens.space.two
}

/// Shows the heads of all columns that are seen.
pub fn show(ui: &mut Ui, cx: &mut Cx<'_>, scene: &Scene<'_>, choice: &mut Choice, clicked: &mut Option<(Spot, bool)>) {
    let Scene { tokens, view, .. } = scene;
    let colour = &tokens.colour;
    let heads = Rect::from_min_size(view.min, vec2(view.width(), height(tokens)));
    ui.painter().rect_filled(heads, 0.0, colour.surface_paper);
    let themes = Rect::from_min_max(pos2(scene.body().left(), heads.top()), heads.max);
    let mut inside = ui.new_child(UiBuilder::new().max_rect(themes));
    inside.set_clip_rect(themes.intersect(ui.clip_rect()));
    for (at, column) in scene.columns.iter().enumerate() {
        let left = scene.origin.x + column.left;
        let rect = Rect::from_min_size(pos2(left, heads.top()), vec2(column.width, heads.height()));
        if rect.intersects(themes) {
            show_column(&mut inside, scene, at, column, rect, clicked);
            drag_width(&inside, scene, choice, column, rect);
        }
    }
    offer_other(&mut inside, cx, scene, heads);
    show_corner(ui, scene, heads);
    ui.painter().hline(heads.x_range(), heads.bottom(), Stroke::new(tokens.stroke.hairline, colour.line_strong));
}

fn show_column(ui: &mut Ui, scene: &Scene<'_>, at: usize, column: &Column, rect: Rect, clicked: &mut Option<(Spot, bool)>) {
    let Scene { tokens, study, board, .. } = scene;
    let colour = &tokens.colour;
    let here = scene.spot.column == at + 1;
    let cells: Vec<_> = board.chart.rows.iter().filter_map(|row| row.cells.get(at)).filter(|cell| !cell.is_spare()).collect();
    let charted = cells.iter().filter(|cell| cell.state.is_charted()).count();
    let says = format!("{charted} of {} charted", cells.len());
    let book = study.codebook();
    let itself = board.chart.itself == Some(column.theme);
    let name = if itself { ITSELF } else { book.get(column.theme).map_or("", |theme| theme.name.as_str()) };
    let number = book.number(column.theme);
    let id = scene.id.with((column.theme, "head"));
    let response = ui.interact(rect.with_max_x(rect.right() - tokens.space.one), id, Sense::CLICK);
    let spot = Spot { row: 0, column: at + 1 };
    response.widget_info(|| WidgetInfo::selected(Role::ColumnHeader, true, scene.spot == spot, format!("{number} {name}, {says}")));
    tell_place(ui, id, spot);
    let ink = if here { colour.accent } else { colour.ink };
    let left = rect.left() + tokens.space.three;
    let right = rect.right() - tokens.space.two;
    let top = rect.top() + tokens.space.one;
    let middle = top + tokens.line_height(Type::Body) / 2.0;
    let quiet = if here { colour.accent } else { colour.ink_tertiary };
    let tabular = tokens.font_in(Type::Body, family::TABULAR);
    let number = paint_words(ui.painter(), pos2(left, middle), Align2::LEFT_CENTER, number, tabular, quiet);
    let name_left = number.right() + tokens.space.one + tokens.space.half;
    let end = paint_elided(ui.painter(), name_left, right, middle, name, tokens.font(Type::BodyStrong), ink);
    let below = top + tokens.line_height(Type::Body) + tokens.line_height(Type::Micro) / 2.0;
    paint_elided(ui.painter(), left, right, below, &says, tokens.font(Type::Micro), colour.ink_tertiary);
    if here {
        let line = Stroke::new(tokens.stroke.focus_ring, colour.accent);
        ui.painter().hline(rect.x_range(), rect.bottom() - tokens.space.hair, line);
    }
    if scene.spot == spot && scene.active {
        super::body::ring(ui, tokens, rect);
    }
    if response.clicked() {
        *clicked = Some((spot, response.double_clicked()));
    }
    if !scene.keyed && response.hovered() {
        if itself {
            response.on_hover_text(ITSELF_MEANS);
        } else if end + tokens.space.half >= right {
            response.on_hover_text(name);
        }
    }
}

/// The head of the theme itself, beside its sub-themes.
const ITSELF: &str = "Whole theme";
/// What that column is.
const ITSELF_MEANS: &str = "What is coded at the theme itself and at none of its sub-themes waits here. The summary is that of the whole theme: \
                            it is of these passages and of those below.";

/// The right edge of a head, by which its column is made wider or narrower; two clicks give it its usual width.
fn drag_width(ui: &Ui, scene: &Scene<'_>, choice: &mut Choice, column: &Column, rect: Rect) {
    let tokens = scene.tokens;
    let edge = Rect::from_min_max(pos2(rect.right() - tokens.space.one, rect.top()), pos2(rect.right() + tokens.space.half, rect.bottom()));
    let response = ui.interact(edge, scene.id.with((column.theme, "edge")), Sense::CLICK | Sense::DRAG);
    let response = response.on_hover_cursor(CursorIcon::ResizeHorizontal);
    if response.double_clicked() {
        choice.chart.widths.remove(&column.theme);
    } else if response.dragged() {
        let width = (column.width + response.drag_delta().x).clamp(*WIDTHS.start(), *WIDTHS.end());
        choice.chart.widths.insert(column.theme, width.round() as u16);
    }
}

/// The theme whose sub-themes the columns are, where none of them is for what fits none of the others.
pub fn without_other(study: &Study, columns: &[Column]) -> Option<ThemeId> {
    let book = study.codebook();
    let there = columns.iter().any(|column| is_other(book, column.theme));
    columns.first().filter(|_| !there).and_then(|column| book.get(column.theme)).and_then(|theme| theme.parent)
}

/// Behind the columns of a theme that has no sub-theme for what fits none of the others: a button that makes one.
fn offer_other(ui: &mut Ui, cx: &mut Cx<'_>, scene: &Scene<'_>, heads: Rect) {
    let tokens = scene.tokens;
    let Some((parent, last)) = without_other(scene.study, scene.columns).zip(scene.columns.last()) else { return };
    let left = scene.origin.x + last.left + last.width + tokens.space.two;
    let room = Rect::from_min_size(pos2(left, heads.top()), vec2(tokens.size.chart_column_narrow, heads.height()));
    within(ui, room, Layout::left_to_right(Align::Center), |ui| {
        let add = Button::quiet(OTHER).icon(icons::PLUS).small().show(ui, tokens);
        let add = add.on_hover_text("Adds a sub-theme for what fits none of the others");
        if add.clicked() && cx.can_edit() {
            cx.edit("Add theme", move |tx| tx.add_theme(Some(parent), OTHER).map(drop));
        }
    });
}

/// Who the rows are.
fn show_corner(ui: &Ui, scene: &Scene<'_>, heads: Rect) {
    let Scene { tokens, study, board, .. } = scene;
    let colour = &tokens.colour;
    let corner = Rect::from_min_size(heads.min, vec2(tokens.size.chart_first_column, heads.height()));
    ui.painter().rect_filled(corner, 0.0, colour.surface_paper);
    let kind = |row: &crate::analysis::chart::ChartRow| study.case(row.case).map(|case| case.kind);
    let persons = board.chart.rows.iter().filter(|row| kind(row) == Some(CaseKind::Person)).count();
    let others = board.chart.rows.len() - persons;
    let mut says = counted(persons, "participant", "participants");
    if others > 0 {
        says = format!("{says} + {others}");
    }
    let left = corner.left() + tokens.space.four;
    let top = corner.top() + tokens.space.one;
    let middle = top + tokens.line_height(Type::Body) / 2.0;
    let font = tokens.font_in(Type::Body, family::INTERFACE_MEDIUM);
    paint_words(ui.painter(), pos2(left, middle), Align2::LEFT_CENTER, "Case", font, colour.ink_secondary);
    let below = top + tokens.line_height(Type::Body) + tokens.line_height(Type::Micro) / 2.0;
    paint_elided(ui.painter(), left, corner.right(), below, &says, tokens.font(Type::Micro), colour.ink_tertiary);
    ui.painter().vline(corner.right(), corner.y_range(), Stroke::new(tokens.stroke.hairline, colour.line_strong));
}
