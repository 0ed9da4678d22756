use std::sync::Arc;

use eframe::egui::{Color32, Galley, Popup, Response, Role, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

use super::bar::offer_nested;
use super::choice::{Choice, Side, axes_name};
use super::counted::Counted;
use super::sentences;
use crate::analysis::matrix::Point;
use crate::app::context::Cx;
use crate::app::tokens::{Tokens, Type, family};
use crate::app::widgets::{elided, focus_ring, menu_below, menu_choice, menu_heading, pick_within};

/// Shows what the pages stand for and a tab for each, with its number of participants; those that find no room stand in a
/// menu behind them.
pub fn show(ui: &mut Ui, cx: &Cx<'_>, choice: &mut Choice, counted: Option<&Counted>) {
    let tokens = cx.tokens;
    let name = axes_name(cx.study, &choice.spec.pages);
    let room = ui.available_width();
    let button = pick_within(ui, tokens, "Pages", &name, tokens.size.facets_pane.min(ui.available_width() / 2.0));
    let counted = counted.filter(|counted| counted.matrix.spec.pages == choice.spec.pages && !choice.spec.pages.is_empty());
    // Where there is no room for tabs, the pages stand in this menu.
    let crowded = room < tokens.size.left_rail * FEWEST;
    menu_below(tokens, &button, |ui| {
        if let Some(counted) = counted.filter(|_| crowded) {
            menu_heading(ui, tokens, "Page");
            offer_pages(ui, cx, choice, counted, (0..counted.matrix.pages.len()).collect());
        }
        offer_nested(ui, cx, choice, Side::Pages);
    });
    ui.add_space(tokens.space.two);
    let Some(counted) = counted.filter(|_| !crowded) else { return };
    ui.spacing_mut().item_spacing.x = tokens.space.five;
    let count = counted.matrix.pages.len();
    let on = position(counted, choice.page.as_deref());
    let width = |page: usize| Tab::new(cx, counted, page).set(ui, tokens, page == on).width() + tokens.space.five;
    let more = tokens.space.eight + tokens.space.eight + tokens.space.five;
    let shown = fitting(count, on, ui.available_width(), more, width);
    for page in &shown {
        let tab = Tab::new(cx, counted, *page);
        if show_tab(ui, tokens, &tab, *page == on).clicked() {
            choice.page = tab.points;
        }
    }
    if shown.len() < count {
        let more = pick_within(ui, tokens, "More", &(count - shown.len()).to_string(), ui.available_width());
        let hidden = (0..count).filter(|page| !shown.contains(page)).collect();
        menu_below(tokens, &more, |ui| offer_pages(ui, cx, choice, counted, hidden));
    }
}

/// With less room than so many rails there are no tabs.
const FEWEST: f32 = 3.0;

/// Offers pages that have no tab in a menu.
fn offer_pages(ui: &mut Ui, cx: &Cx<'_>, choice: &mut Choice, counted: &Counted, pages: Vec<usize>) {
    let on = position(counted, choice.page.as_deref());
    for page in pages {
        let tab = Tab::new(cx, counted, page);
        if menu_choice(ui, cx.tokens, &format!("{}, {}", tab.words, tab.n), page == on, true).clicked() {
            choice.page = tab.points;
            Popup::close_all(ui.ctx());
        }
    }
}

/// Which of `count` pages find room: the first ones, and the one that is shown always.
fn fitting(count: usize, on: usize, room: f32, more: f32, width: impl Fn(usize) -> f32) -> Vec<usize> {
    let fit = |room: f32, first: f32| {
        let mut taken = first;
        let pages = (0..count).take_while(|page| {
            taken += if *page == on && first > 0.0 { 0.0 } else { width(*page) };
            taken <= room
        });
        pages.collect::<Vec<_>>()
    };
    let all = fit(room, 0.0);
    if all.len() == count {
        return all;
    }
    let mut some = fit(room - more, width(on));
    if !some.contains(&on) {
        some.push(on);
    }
    some
}

/// A page as its tab tells of it.
struct Tab {
    points: Option<Vec<Point>>,
    words: String,
    n: String,
}

/// The words of a tab and the number behind them, laid out.
struct SetTab {
    words: Arc<Galley>,
    n: Arc<Galley>,
    gap: f32,
}

impl SetTab {
    fn width(&self) -> f32 {
        self.words.size().x + self.gap + self.n.size().x
    }
}

impl Tab {
    fn new(cx: &Cx<'_>, counted: &Counted, page: usize) -> Self {
        let points = points(counted, page);
        let words = points.as_ref().map_or_else(|| "All".to_owned(), |points| sentences::points_name(cx.study, points));
        let cell = counted.matrix.cell(page, None, None);
        // Everybody may speak on any theme; what tells pages of themes apart is who did.
        let is_theme = |point: &Point| matches!(point, Point::Theme(_) | Point::ThemeOnly(_));
        let themes = points.iter().flatten().any(is_theme);
        let n = cell.map(|cell| sentences::how_many_short(if themes { cell.people } else { cell.n })).unwrap_or_default();
        Self { points, words, n }
    }

    fn set(&self, ui: &Ui, tokens: &Tokens, on: bool) -> SetTab {
        let family = if on { family::INTERFACE_SEMIBOLD } else { family::INTERFACE };
        let font = tokens.font_in(Type::Body, family);
        SetTab {
            words: elided(ui.painter(), &self.words, font, Color32::PLACEHOLDER, tokens.size.facets_pane),
            n: ui.painter().layout_no_wrap(self.n.clone(), tokens.tabular(Type::Small), tokens.colour.ink_tertiary),
            gap: tokens.space.one + tokens.space.hair,
        }
    }
}

fn show_tab(ui: &mut Ui, tokens: &Tokens, tab: &Tab, on: bool) -> Response {
    let colour = &tokens.colour;
    let set = tab.set(ui, tokens, on);
    let size = vec2(set.width(), tokens.size.control + tokens.space.two);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::Tab, true, on, format!("{}, {}", tab.words, tab.n)));
    let ink = if on || response.hovered() { colour.ink } else { colour.ink_secondary };
    let (words_size, number_size) = (set.words.size(), set.n.size());
    ui.painter().galley_with_override_text_color(pos2(rect.left(), rect.center().y - words_size.y / 2.0), set.words, ink);
    let at = pos2(rect.right() - number_size.x, rect.center().y - number_size.y / 2.0);
    ui.painter().galley(at, set.n, colour.ink_tertiary);
    if on {
        ui.painter().hline(rect.x_range(), rect.bottom() - tokens.space.hair, Stroke::new(tokens.stroke.focus_ring, colour.accent));
    }
    if response.has_focus() {
        focus_ring(ui, tokens, rect);
    }
    response
}

/// What a page stands for; `None` is the page of all.
fn points(counted: &Counted, page: usize) -> Option<Vec<Point>> {
    counted.matrix.pages.get(page).map(|head| head.points.clone()).filter(|points| !points.is_empty())
}

/// Place of the page that is shown; the page of all when it is not there any more.
#[must_use]
pub fn position(counted: &Counted, page: Option<&[Point]>) -> usize {
    counted.matrix.pages.iter().position(|head| head.points == page.unwrap_or_default()).unwrap_or(0)
}

/// The page after or before the one that is shown.
#[must_use]
pub fn next(counted: &Counted, page: Option<&[Point]>, on: bool) -> Option<Vec<Point>> {
    let at = position(counted, page);
    let at = if on { at + 1 } else { at.saturating_sub(1) };
    points(counted, at.min(counted.matrix.pages.len().saturating_sub(1)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_that_is_shown_always_has_a_tab() {
        let check = |on: usize, room: f32, expected: &[usize]| {
            // Six pages of 50 points, a menu of 30.
            assert_eq!(fitting(6, on, room, 30.0, |_| 50.0), expected, "page {on} in {room} points");
        };
        check(0, 300.0, &[0, 1, 2, 3, 4, 5]);
        check(0, 299.0, &[0, 1, 2, 3, 4]);
        check(5, 299.0, &[0, 1, 2, 3, 5]);
        check(2, 180.0, &[0, 1, 2]);
        check(5, 10.0, &[5]);
        check(0, 10.0, &[0]);
    }
}
