use eframe::egui::{Response, Role, ScrollArea, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

use super::bar::offer;
use super::choice::{Choice, Side, axis_name};
use super::counted::Counted;
use super::sentences;
use crate::analysis::matrix::Point;
use crate::app::context::Cx;
use crate::app::tokens::{Tokens, Type, family};
use crate::app::widgets::{focus_ring, menu_below, pick};

/// Shows what the pages stand for and a tab for each, with its number of participants.
pub fn show(ui: &mut Ui, cx: &Cx<'_>, choice: &mut Choice, counted: Option<&Counted>) {
    let tokens = cx.tokens;
    let name = choice.spec.pages.map_or("None", |axis| axis_name(cx.study, axis));
    let button = pick(ui, tokens, "Pages", name);
    menu_below(tokens, &button, |ui| offer(ui, cx, choice, Side::Pages));
    ui.add_space(tokens.space.two);
    let Some(counted) = counted.filter(|counted| counted.matrix.spec.pages == choice.spec.pages && choice.spec.pages.is_some()) else {
        return;
    };
    ScrollArea::horizontal().id_salt("pages").show(ui, |ui| {
        ui.spacing_mut().item_spacing.x = tokens.space.five;
        for (page, head) in counted.matrix.pages.iter().enumerate() {
            let point = head.points.first().copied();
            let words = point.map_or_else(|| "All".to_owned(), |point| sentences::point_name(cx.study, point));
            let cell = counted.matrix.cell(page, None, None);
            // Everybody may speak on any theme; what tells pages of themes apart is who did.
            let themes = matches!(point, Some(Point::Theme(_) | Point::ThemeOnly(_)));
            let n = cell.map(|cell| sentences::how_many_short(if themes { cell.people } else { cell.n })).unwrap_or_default();
            let response = tab(ui, tokens, &words, &n, choice.page == point);
            if response.clicked() {
                choice.page = point;
            }
            // A page that was come to by keys is brought into sight.
            let seen = ui.scope_id().with("seen");
            if choice.page == point && ui.data(|data| data.get_temp(seen)) != Some(point) {
                ui.data_mut(|data| data.insert_temp(seen, point));
                response.scroll_to_me(None);
            }
        }
    });
}

fn tab(ui: &mut Ui, tokens: &Tokens, words: &str, n: &str, on: bool) -> Response {
    let colour = &tokens.colour;
    let family = if on { family::INTERFACE_SEMIBOLD } else { family::INTERFACE };
    let galley = ui.painter().layout_no_wrap(words.to_owned(), tokens.font_in(Type::Body, family), colour.ink);
    let number = ui.painter().layout_no_wrap(n.to_owned(), tokens.tabular(Type::Small), colour.ink_tertiary);
    let gap = tokens.space.one + tokens.space.hair;
    let size = vec2(galley.size().x + gap + number.size().x, tokens.size.control + tokens.space.two);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::Tab, true, on, format!("{words}, {n}")));
    let ink = if on || response.hovered() { colour.ink } else { colour.ink_secondary };
    let (words_size, number_size) = (galley.size(), number.size());
    ui.painter().galley_with_override_text_color(pos2(rect.left(), rect.center().y - words_size.y / 2.0), galley, ink);
    let at = pos2(rect.left() + words_size.x + gap, rect.center().y - number_size.y / 2.0);
    ui.painter().galley(at, number, colour.ink_tertiary);
    if on {
        ui.painter().hline(rect.x_range(), rect.bottom() - tokens.space.hair, Stroke::new(tokens.stroke.focus_ring, colour.accent));
    }
    if response.has_focus() {
        focus_ring(ui, tokens, rect);
    }
    response
}

/// The page after or before the one that is shown.
#[must_use]
pub fn next(counted: &Counted, page: Option<Point>, on: bool) -> Option<Point> {
    let pages: Vec<Option<Point>> = counted.matrix.pages.iter().map(|head| head.points.first().copied()).collect();
    let at = pages.iter().position(|other| *other == page).unwrap_or(0);
    let at = if on { at + 1 } else { at.saturating_sub(1) };
    pages.get(at.min(pages.len().saturating_sub(1))).copied().flatten()
}
