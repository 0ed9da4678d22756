//! What a measure came to: its figures, its picture, and how it is computed.

use std::sync::Arc;

use eframe::egui::{Align, Id, Layout, Rect, ScrollArea, Ui, UiBuilder, pos2, vec2};

use super::behind::Behind;
use super::computing::Came;
use super::figures::Figures;
use super::options::{self, Offered};
use super::tab::{MeasuresTab, Shown};
use crate::analysis::leads::Leads;
use crate::app::command::Command;
use crate::app::context::Cx;
use crate::app::icons;
use crate::app::tokens::Type;
use crate::app::user_error::sentence;
use crate::app::widgets::{Button, GridEvent, empty, grid, hairline_below, icon_button_for, segmented, show_picture, words};
use crate::exchange::export::Measured;
use crate::exchange::measuring::{Found, who_worked};

/// Shows the measure one is at.
pub(super) fn show(ui: &mut Ui, tab: &mut MeasuresTab, cx: &mut Cx<'_>) {
    show_options(ui, tab, cx);
    let icon = icons::CHART_NO_AXES_COLUMN;
    if let Some(missing) = &tab.computing.missing {
        empty(ui, cx.tokens, icon, missing.title, &missing.says, None);
        return;
    }
    if let Some(why) = tab.computing.broke_off() {
        if empty(ui, cx.tokens, icon, why, "What is chosen above is not computed.", Some("Compute")) {
            tab.computing.ask_again();
            ui.ctx().request_repaint();
        }
        return;
    }
    let Some(came) = tab.computing.came.clone() else { return };
    let whole = ui.available_rect_before_wrap();
    let foot = show_sentences(ui, tab, cx, &came, whole);
    let room = Rect::from_min_max(whole.min, pos2(whole.right(), foot));
    ui.scope_builder(UiBuilder::new().max_rect(room).id_salt("content"), |ui| {
        ui.set_clip_rect(room.intersect(ui.clip_rect()));
        match tab.shown_table(&came) {
            None => show_drawn(ui, tab, cx, &came),
            Some(measured) => {
                show_only(ui, tab, cx);
                show_figures(ui, tab, cx, measured);
            }
        }
    });
}

/// The theme of which alone differences are listed; it can be let go.
fn show_only(ui: &mut Ui, tab: &mut MeasuresTab, cx: &Cx<'_>) {
    let Some(theme) = tab.only() else { return };
    let tokens = cx.tokens;
    ui.add_space(tokens.space.one);
    ui.horizontal(|ui| {
        ui.add_space(tokens.space.three);
        let words = format!("Theme: {}", cx.study.codebook().path(theme));
        let only = Button::new(&words).icon(icons::X).small().show(ui, tokens);
        if only.on_hover_text("List the differences on every theme").clicked() {
            (tab.differing, tab.wants_focus) = (None, true);
        }
    });
    ui.add_space(tokens.space.one);
}

/// The name of the measure, what can be chosen of it, and how it is shown.
fn show_options(ui: &mut Ui, tab: &mut MeasuresTab, cx: &mut Cx<'_>) {
    let tokens = cx.tokens;
    let from = ui.cursor().min;
    ui.add_space(tokens.space.two);
    ui.horizontal(|ui| {
        ui.add_space(tokens.space.four);
        words(ui, tokens, Type::PaneTitle, tokens.colour.ink, tab.choice.kind.name());
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.add_space(tokens.space.three);
            ui.spacing_mut().item_spacing.x = tokens.space.two;
            let computed = tab.computing.came.clone();
            if icon_button_for(ui, tokens, Command::Export, computed.is_some()).clicked() {
                cx.run(Command::Export);
            }
            let Some(came) = computed.filter(|_| tab.computing.missing.is_none()) else { return };
            let choices = tab.choices();
            let mut shown = tab.shown();
            if choices.len() > 1 && segmented(ui, tokens, "Shown as", choices, &mut shown, false) {
                tab.see(ui, shown);
            }
            if tab.has_more(&came) {
                let words = if tab.all_columns { "Fewer figures" } else { "More figures" };
                let more = Button::quiet(words).show(ui, tokens).on_hover_text(Command::MoreFigures.tooltip(ui.ctx()));
                if more.clicked() {
                    tab.all_columns = !tab.all_columns;
                }
            }
        });
    });
    let (came, study) = (tab.computing.came.clone().filter(|_| tab.computing.is_settled()), cx.study);
    let worked = || match came.as_ref().map(|came| &*came.found) {
        Some(Found::Agreement(compared)) => compared.found.asked.coders.clone(),
        _ => who_worked(study),
    };
    let offered = Offered { drawn: tab.shown() == Shown::Picture, worked: &worked };
    ui.horizontal(|ui| {
        ui.add_space(tokens.space.two);
        let width = ui.available_width() - tokens.space.three;
        ui.allocate_ui_with_layout(vec2(width, 0.0), Layout::left_to_right(Align::Center).with_main_wrap(true), |ui| {
            options::show(ui, &mut tab.choice, &mut tab.finding, &offered, cx);
        });
    });
    ui.add_space(tokens.space.one);
    hairline_below(ui, tokens, Rect::from_min_max(from, pos2(ui.max_rect().right(), ui.cursor().top())));
}

/// The share of the height that the sentences have at most.
const FOOT: f32 = 0.34;

/// How many sentences on what was found stand there while it is not said how it is computed.
const SENTENCES: usize = 3;

/// Shows what was found and how it is computed at the foot; returns where that begins.
fn show_sentences(ui: &mut Ui, tab: &mut MeasuresTab, cx: &mut Cx<'_>, came: &Came, whole: Rect) -> f32 {
    let tokens = cx.tokens;
    // The picture has sentences of its own: what of it is left out.
    let drawn = tab.shown() == Shown::Picture;
    let (found, computed) = match (&came.picture, drawn, tab.shown()) {
        (Ok(picture), true, _) => (&picture.found, &picture.computed),
        (_, _, Shown::Differences) => {
            let differences = came.differences.as_ref().unwrap_or(&came.measured);
            (&came.measured.found, &differences.computed)
        }
        _ => (&came.measured.found, &came.measured.computed),
    };
    let most = whole.height() * FOOT;
    let height = tab.foot.min(most);
    let foot = Rect::from_min_max(pos2(whole.left(), whole.bottom() - height), whole.max);
    ui.painter().rect_filled(foot, 0.0, tokens.colour.surface_chrome);
    ui.painter().hline(foot.x_range(), foot.top(), tokens.hairline(tokens.colour.line_hair));
    let inside = foot.shrink2(vec2(tokens.space.four, 0.0));
    let mut laid = 0.0;
    ui.scope_builder(UiBuilder::new().max_rect(inside).id_salt("sentences"), |ui| {
        ui.set_clip_rect(foot.intersect(ui.clip_rect()));
        ScrollArea::vertical().auto_shrink(false).id_salt(("sentences", came.measured.name.as_str())).show(ui, |ui| {
            let from = ui.cursor().top();
            ui.spacing_mut().item_spacing.y = tokens.space.half;
            ui.add_space(tokens.space.two);
            let most = if tab.explained { found.len() } else { SENTENCES };
            for sentence in found.iter().take(most) {
                words(ui, tokens, Type::Body, tokens.colour.ink, sentence.as_str());
            }
            let icon = if tab.explained { icons::CHEVRON_DOWN } else { icons::CHEVRON_RIGHT };
            let fold = Button::quiet(Command::HowComputed.title()).icon(icon).small().show(ui, tokens);
            if fold.on_hover_text(Command::HowComputed.tooltip(ui.ctx())).clicked() {
                tab.explained = !tab.explained;
            }
            if tab.explained {
                for sentence in computed {
                    words(ui, tokens, Type::Small, tokens.colour.ink_secondary, sentence.as_str());
                }
            }
            ui.add_space(tokens.space.two);
            laid = ui.cursor().top() - from;
        });
    });
    if (laid - tab.foot).abs() > 0.5 {
        tab.foot = laid;
        ui.ctx().request_repaint();
    }
    foot.top()
}

fn show_drawn(ui: &mut Ui, tab: &mut MeasuresTab, cx: &mut Cx<'_>, came: &Came) {
    let tokens = cx.tokens;
    let picture = match &came.picture {
        Ok(picture) => Arc::clone(picture),
        Err(none) => {
            empty(ui, tokens, icons::CHART_NO_AXES_COLUMN, "Nothing to draw", &sentence(none), None);
            return;
        }
    };
    let taken = show_picture(ui, tokens, picture_id(), &mut tab.picture, &picture).and_then(|mark| picture.marks.get(mark));
    if let Some(mark) = taken {
        open(ui, tab, cx, (mark.name.clone(), mark.leads.clone()), true);
        // Who comes by keys goes on with them.
        let enters = mark.leads.is_some() && !ui.input(|input| input.pointer.any_click());
        if let Some(behind) = tab.behind.as_mut().filter(|_| enters) {
            behind.enter();
        }
    }
    if tab.picture.has_left() {
        tab.focus_list();
    }
    let focused = ui.memory(|memory| memory.has_focus(picture_id()));
    if let Some(mark) = tab.picture.at().filter(|_| focused).and_then(|mark| picture.marks.get(mark)) {
        cx.status.say(mark.name.as_str());
    }
}

/// What has the focus when the picture has it.
pub(super) fn picture_id() -> Id {
    Id::unique("picture of a measure")
}

fn show_figures(ui: &mut Ui, tab: &mut MeasuresTab, cx: &mut Cx<'_>, measured: &Arc<Measured>) {
    let tokens = cx.tokens;
    let figures = tab.figures_of(measured);
    if figures.count() == 0 {
        let came = tab.computing.came.as_deref().map(|came| &*came.found);
        let is_compared = !matches!(came, Some(Found::Agreement(compared)) if compared.found.sources.is_empty());
        let (title, nothing) = match (tab.shown(), tab.only()) {
            (Shown::Differences, _) if !is_compared => {
                ("Nothing can be compared", "There is no source in which two of those who are compared worked.")
            }
            (Shown::Differences, Some(_)) => {
                ("No difference on this theme", "Those who are compared agree on it wherever they have worked.")
            }
            (Shown::Differences, None) => ("No difference", "Those who are compared agree wherever they have worked."),
            _ => ("No figures", "There is no figure to show."),
        };
        let what = measured.found.first().map_or(nothing, String::as_str);
        empty(ui, tokens, icons::CHART_NO_AXES_COLUMN, title, what, None);
        return;
    }
    let before = tab.grid.at.map(|(row, _)| row);
    let mut opens = None;
    for event in grid(ui, tokens, &measured.name, &mut tab.grid, &*figures) {
        match event {
            GridEvent::Sort(shown) => {
                let (Some(column), Some(name)) = (figures.column(shown), figures.name(shown)) else { continue };
                // Figures are sorted from the greatest, words from the first.
                let first = !figures.counts(column);
                tab.sort = match tab.sort.take() {
                    Some((now, rising)) if now == name => (rising == first).then_some((now, !rising)),
                    _ => Some((name.to_owned(), first)),
                };
            }
            // The first of two clicks may have been on what stood here before.
            GridEvent::Press { key, pointed, .. } if !pointed || before == Some(key) => opens = Some((key, Way::Enters)),
            GridEvent::Click { key, .. } => opens = opens.or(Some((key, Way::Clicked))),
            _ => {}
        }
    }
    // Where the passages are open, they follow the row.
    let moved = tab.grid.at.map(|(row, _)| row).filter(|row| tab.behind.is_some() && before.is_some_and(|before| before != *row));
    let Some((row, way)) = opens.or(moved.map(|row| (row, Way::Follows))) else { return };
    let leads = measured.leads.get(row).cloned().flatten();
    let enters = way == Way::Enters && leads.is_some();
    open(ui, tab, cx, (Figures::about(measured, row), leads), way != Way::Follows);
    if let Some(behind) = tab.behind.as_mut().filter(|_| enters) {
        behind.enter();
    }
}

/// How one came to a row.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    /// Enter, or two clicks: the keys go on with its passages.
    Enters,
    Clicked,
    /// One is only passing, and the passages follow.
    Follows,
}

/// Opens the passages behind a figure; where coders differ is listed instead, if it was `asked` for.
fn open(ui: &Ui, tab: &mut MeasuresTab, cx: &mut Cx<'_>, (title, leads): (String, Option<Leads>), asked: bool) {
    match leads {
        None => cx.say("Nothing is behind this figure."),
        Some(Leads::Differences(theme)) => {
            if asked {
                tab.see(ui, Shown::Differences);
                (tab.differing, tab.wants_focus) = (Some(theme), true);
            }
        }
        Some(leads) => match &mut tab.behind {
            Some(behind) => behind.go(title, leads),
            None => tab.behind = Some(Behind::new(title, leads)),
        },
    }
}
