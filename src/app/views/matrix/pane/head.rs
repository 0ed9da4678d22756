//! What the pane is of: theme, cell, figures, and what can be done with it.

use eframe::egui::text::LayoutJob;
use eframe::egui::{Align, Layout, Rect, Sense, Ui, UiBuilder, vec2};

use super::super::counted::Counted;
use super::super::hints::{button_of, command_button};
use super::super::sentences;
use super::super::summary::Cited;
use super::{Pane, PaneAct};
use crate::analysis::matrix::{CellAt, Point, people_of};
use crate::app::command::Command;
use crate::app::context::Cx;
use crate::app::icons;
use crate::app::tokens::{Type, family};
use crate::app::views::analyse::ask_to_add;
use crate::app::views::notes::begin_on;
use crate::app::widgets::{hairline_below, icon_button, paint_elided, paint_mark, theme_mark, words};
use crate::study::{CaseId, Crossed, EvidenceOf, MemoOn, PATH_SEPARATOR, Role, ThemeId};

/// The theme among the points of a row, if there is one.
#[must_use]
pub fn theme_of(points: &[Point]) -> Option<ThemeId> {
    points.iter().find_map(|point| match point {
        Point::Theme(theme) | Point::ThemeOnly(theme) => Some(*theme),
        Point::Case(_) | Point::Value(_) => None,
    })
}

/// Theme, cell, figures, and buttons at the right.
pub fn show(ui: &mut Ui, cx: &mut Cx<'_>, pane: &Pane, counted: Option<&Counted>, cited: &[Cited]) -> Option<PaneAct> {
    let tokens = cx.tokens;
    let colour = &tokens.colour;
    let key = &pane.gathering.at.key;
    let mut act = None;
    ui.add_space(tokens.space.two);
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), tokens.size.control), Sense::hover());
    let inside = rect.shrink2(vec2(tokens.space.three, 0.0));
    let mut left = ui.new_child(UiBuilder::new().max_rect(inside).layout(Layout::right_to_left(Align::Center)));
    left.spacing_mut().item_spacing.x = 0.0;
    if pane.pinned {
        if command_button(&mut left, tokens, Command::PinCell, icons::PIN_OFF, "Unpin the cell").clicked() {
            act = Some(PaneAct::Close);
        }
    } else {
        if command_button(&mut left, tokens, Command::CloseCell, icons::X, "Close the cell").clicked() {
            act = Some(PaneAct::Close);
        }
        if button_of(&mut left, tokens, Command::ReadCell).clicked() {
            act = Some(PaneAct::Read);
        }
        let pin = if pane.held {
            command_button(&mut left, tokens, Command::PinCell, icons::PIN_OFF, "Unpin this cell too")
        } else {
            button_of(&mut left, tokens, Command::PinCell)
        };
        if pin.clicked() {
            act = Some(PaneAct::Pin);
        }
        show_memo_button(&mut left, cx, pane);
        show_evidence_button(&mut left, cx, pane);
    }
    let of_case = case_of(&pane.gathering.at);
    let theme = [&key.row, &key.column].into_iter().flatten().find_map(|points| theme_of(points));
    if let Some(theme) = theme.filter(|_| of_case.is_some() || key.row.as_deref().and_then(theme_of).is_some()) {
        let hue = theme_mark(tokens, cx.study, theme);
        let mark = inside.left_center() + vec2(tokens.space.two + tokens.space.one, 0.0);
        paint_mark(ui.painter(), mark, tokens.size.theme_mark, hue.mark, hue.label);
        let lineage = cx.study.codebook().lineage(theme);
        // Over a case stands the theme, over a theme the one above it.
        let above = match (of_case, lineage.iter().rev().nth(1)) {
            (Some(_), _) => sentences::point_name(cx.study, Point::Theme(theme)),
            (None, Some(parent)) => sentences::point_name(cx.study, Point::Theme(parent.id)),
            (None, None) => "Theme".to_owned(),
        };
        let from = mark.x + tokens.space.two + tokens.space.half;
        let end = left.min_rect().left() - tokens.space.one;
        paint_elided(ui.painter(), from, end, rect.center().y, &above, tokens.font(Type::Small), colour.ink_tertiary);
    }
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing.y = tokens.space.half;
        ui.set_max_width(ui.available_width() - tokens.space.four);
        let indent = |ui: &mut Ui, show: &mut dyn FnMut(&mut Ui)| {
            ui.horizontal(|ui| {
                ui.add_space(tokens.space.five);
                ui.vertical(|ui| show(ui));
            });
        };
        indent(ui, &mut |ui| {
            let row = match of_case {
                Some(case) => cx.study.case(case).map(|case| case.label.clone()).unwrap_or_default(),
                None => key.row.as_deref().map_or("All".to_owned(), |row| sentences::points_name(cx.study, row)),
            };
            let font = tokens.font_in(Type::Query, family::INTERFACE_SEMIBOLD);
            let mut name = LayoutJob::simple(row.clone(), font, colour.ink, ui.available_width());
            // A name of many lines leaves room for the passages; the whole is said on hover.
            name.wrap.max_rows = 3;
            ui.label(name).on_hover_text(row);
            if let Some(case) = of_case {
                let people = [Role::Group, Role::Area].into_iter().flat_map(|role| cx.study.role_values(case, role));
                let people: Vec<&str> = people.map(|value| cx.study.attributes().value_name(value)).collect();
                words(ui, tokens, Type::Body, colour.ink_secondary, people.join(", "));
                if let Some(passages) = &pane.gathering.got {
                    let coded_here = || passages.items.iter().filter(|passage| !passage.codings.is_empty());
                    let of_those = coded_here().filter(|passage| cited.iter().any(|it| it.is(passage))).count();
                    let facts = sentences::count(coded_here().count() as u32, "passage", "passages");
                    let facts = if of_those == 0 { facts } else { format!("{facts}, {of_those} cited") };
                    words(ui, tokens, Type::Small, colour.ink_tertiary, facts);
                }
                return;
            }
            let mut place: Vec<String> = key.column.iter().map(|points| sentences::points_name(cx.study, points)).collect();
            place.extend(key.page.as_ref().map(|page| format!("page {}", sentences::points_name(cx.study, page))));
            words(ui, tokens, Type::Body, colour.ink_secondary, place.join(PATH_SEPARATOR));
            if let Some(cell) = counted.and_then(|counted| counted.find(&pane.gathering.at)) {
                let passages = sentences::count(cell.passages, "passage", "passages");
                let facts = format!("{} · {passages} · {}", sentences::who(cell), sentences::done(cell));
                words(ui, tokens, Type::Small, colour.ink_tertiary, facts);
            } else if let Some(passages) = &pane.gathering.got {
                // A pinned cell may be of a matrix that is not counted any more.
                let silent = people_of(cx.study, passages.not_heard.iter().map(|silent| silent.case));
                let heard = sentences::part_of(passages.present.without(silent), passages.present);
                let count = sentences::count(passages.items.len() as u32, "passage", "passages");
                words(ui, tokens, Type::Small, colour.ink_tertiary, format!("{heard} · {count}"));
            }
        });
    });
    ui.add_space(tokens.space.one);
    let line = Rect::from_min_size(ui.cursor().min, vec2(ui.max_rect().width(), tokens.stroke.hairline));
    hairline_below(ui, tokens, line);
    ui.add_space(tokens.stroke.hairline);
    act
}

/// The case whose cell it is.
fn case_of(at: &CellAt) -> Option<CaseId> {
    match at.crossing()?.of {
        Crossed::Case(case) => Some(case),
        Crossed::Values(_) => None,
    }
}

/// The button that begins a memo on the cell, or says why there is none.
fn show_memo_button(ui: &mut Ui, cx: &mut Cx<'_>, pane: &Pane) {
    let at = &pane.gathering.at;
    let shown = match at.crossing() {
        Some(_) => button_of(ui, cx.tokens, Command::CellMemo),
        None => icon_button(ui, cx.tokens, icons::STICKY_NOTE, NO_MEMO, false),
    };
    if shown.clicked() {
        begin_memo(cx, at);
    }
}

/// The button that adds the cell to a proposition, where it can be.
fn show_evidence_button(ui: &mut Ui, cx: &mut Cx<'_>, pane: &Pane) {
    let at = &pane.gathering.at;
    if at.crossing().is_some() && button_of(ui, cx.tokens, Command::CellToProposition).clicked() {
        to_proposition(cx, at);
    }
}

/// Asks to which proposition a cell is to be added, or says why it cannot be.
pub fn to_proposition(cx: &mut Cx<'_>, at: &CellAt) {
    match at.crossing() {
        Some(cell) => ask_to_add(cx, EvidenceOf::Cell { cell }),
        None => cx.say("Evidence can be a theme crossed with a case or with values; this is neither"),
    }
}

/// Begins a memo on a cell, or says why there is none.
pub fn begin_memo(cx: &mut Cx<'_>, at: &CellAt) {
    match at.crossing() {
        Some(cell) => begin_on(cx, MemoOn::Cell { cell }),
        None => cx.say(NO_MEMO),
    }
}

/// Why some cells have no memo.
const NO_MEMO: &str = "A memo can be on a theme crossed with a case or with values; this is neither";
