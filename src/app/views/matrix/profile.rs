//! A case read across all themes: who it is, and what is written of it under each.

use std::collections::HashMap;
use std::sync::Arc;

use eframe::egui::{
    Align, Grid, Key, Label, Layout, Modifiers, Popup, Rect, Role, ScrollArea, Sense, Ui, UiBuilder, WidgetInfo, pos2, vec2,
};

use super::chart::{paint_sign, shown};
use super::sentences;
use super::summary::{plain_layout, read_layout};
use super::view::MatrixPlace;
use crate::analysis::chart::{ChartCell, profile, status_of};
use crate::analysis::matrix::Point;
use crate::app::Seen;
use crate::app::command::{Command, KeyMap, Scope};
use crate::app::context::{Action, Cx};
use crate::app::frame::dialogs::{Dialog, ExportDialog, Printed};
use crate::app::icons;
use crate::app::numbers::counted;
use crate::app::state::Place;
use crate::app::tokens::{Type, family};
use crate::app::widgets::{
    Button, checkbox, focus_ring, hairline_below, icon_button, icon_button_for, paint_elided, paint_mark, select_fill, theme_mark, words,
};
use crate::app::worker::JobHandle;
use crate::study::{CaseId, Crossed, Crossing, MemoOn, StatusKind, ThemeId};

/// What is found out of a case.
#[derive(Clone, Default)]
pub struct Across {
    themes: Vec<(ThemeId, ChartCell)>,
    status: Option<StatusKind>,
}

/// A case read across all themes.
pub struct CaseProfile {
    /// Who.
    pub case: CaseId,
    asked: Option<Seen>,
    got: Option<Arc<Across>>,
    heights: HashMap<ThemeId, f32>,
    width: f32,
    /// Whether themes stand there too of which nothing is said.
    all: bool,
}

impl CaseProfile {
    /// The profile of a case.
    #[must_use]
    pub fn new(case: CaseId) -> Self {
        Self { case, asked: None, got: None, heights: HashMap::new(), width: 0.0, all: false }
    }

    /// Takes in what was found out.
    pub fn take(&mut self, case: CaseId, across: Across) {
        if self.case == case {
            self.got = Some(Arc::new(across));
        }
    }

    fn keep_up(&mut self, cx: &mut Cx<'_>) {
        if self.asked.as_ref().is_some_and(|seen| seen.is(cx.study)) {
            return;
        }
        self.asked = Some(Seen::of(cx.study));
        let (study, case) = (Arc::clone(cx.study), self.case);
        let find = move |_: &mut JobHandle| Ok(Across { themes: profile(&study, case), status: status_of(&study, case) });
        cx.job("case profile", "", find, move |state, across| state.matrix.take_profile(case, across));
    }
}

/// Asks where the profile of a case goes as a page to be printed.
pub fn print(cx: &mut Cx<'_>, case: CaseId) {
    let (Some(project), Some(case)) = (cx.project, cx.study.case(case)) else { return };
    let folder = project.path.parent().unwrap_or(&project.path);
    let dialog = ExportDialog::printing(folder, cx.study, Printed::profile(case));
    cx.actions.push(Action::Show(Box::new(Dialog::Export(Box::new(dialog)))));
}

/// Shows the profile; returns whether it stays open.
pub fn show(ui: &mut Ui, cx: &mut Cx<'_>, profile: &mut CaseProfile) -> bool {
    profile.keep_up(cx);
    let tokens = cx.tokens;
    ui.painter().rect_filled(ui.max_rect(), 0.0, tokens.colour.surface_paper);
    let popup = Popup::is_any_open(ui.ctx());
    let escaped = !popup && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape));
    let keys = KeyMap::of(ui.ctx());
    if !ui.input_mut(|input| keys.pressed(input, Scope::Chart, |command, _| command == Command::PrintProfile)).is_empty() {
        print(cx, profile.case);
    }
    let open = show_head(ui, cx, profile);
    let Some(across) = profile.got.clone() else { return open && !escaped };
    let widest = tokens.reading.column_width + 2.0 * tokens.space.eight;
    let width = ui.available_width().min(widest);
    if (profile.width - width).abs() > 0.5 {
        profile.heights.clear();
        profile.width = width;
    }
    let margin = ((ui.available_width() - width) / 2.0).floor();
    ScrollArea::vertical().id_salt("case profile").auto_shrink(false).show_viewport(ui, |ui, seen| {
        ui.spacing_mut().item_spacing.y = 0.0;
        let top = ui.cursor().top();
        let column =
            Rect::from_min_max(pos2(ui.max_rect().left() + margin, top), pos2(ui.max_rect().left() + margin + width, f32::INFINITY));
        let bottom = ui
            .scope_builder(UiBuilder::new().max_rect(column), |ui| {
                ui.spacing_mut().item_spacing.y = 0.0;
                show_who(ui, cx, profile.case);
                for (theme, cell) in &across.themes {
                    let is_said = cell.passages > 0 || cx.study.summaries().of(&of(*theme, profile.case)).is_some();
                    if !(is_said || profile.all) {
                        continue;
                    }
                    let from = ui.cursor().top() - top;
                    let known = profile.heights.get(theme).copied();
                    if let Some(height) = known.filter(|height| from + height < seen.top() || from > seen.bottom()) {
                        ui.add_space(height);
                        continue;
                    }
                    let height = show_theme(ui, cx, profile.case, (*theme, *cell), across.status);
                    profile.heights.insert(*theme, height);
                }
                ui.add_space(tokens.space.eight);
                ui.cursor().top()
            })
            .inner;
        ui.set_min_height(bottom - top);
    });
    cx.status.hint_command(Command::PrintProfile);
    cx.status.hint(&["Esc"], "Back");
    open && !escaped
}

fn of(theme: ThemeId, case: CaseId) -> Crossing {
    Crossing { theme, of: Crossed::Case(case) }
}

fn show_head(ui: &mut Ui, cx: &mut Cx<'_>, profile: &mut CaseProfile) -> bool {
    let tokens = cx.tokens;
    let mut open = true;
    let height = tokens.size.top_bar + tokens.space.one;
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::hover());
    hairline_below(ui, tokens, rect);
    let inside = rect.shrink2(vec2(tokens.space.three, 0.0));
    ui.scope_builder(UiBuilder::new().max_rect(inside).layout(Layout::right_to_left(Align::Center)), |ui| {
        if Button::quiet("Open in Cases").show(ui, tokens).clicked() {
            cx.go(Place::Case(profile.case));
        }
        let command = Command::PrintProfile;
        let printed = if ui.available_width() < 2.0 * tokens.size.cell_drawer {
            icon_button_for(ui, tokens, command, true)
        } else {
            Button::quiet(command.title()).icon(icons::PRINTER).show(ui, tokens).on_hover_text(cx.tooltip(command))
        };
        if printed.clicked() {
            print(cx, profile.case);
        }
        checkbox(ui, tokens, &mut profile.all, "All themes");
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
            if icon_button(ui, tokens, icons::ARROW_LEFT, "Back to the matrix", true).clicked() {
                open = false;
            }
            let label = cx.study.case(profile.case).map_or("", |case| case.label.as_str());
            let font = tokens.font_in(Type::Query, family::INTERFACE_SEMIBOLD);
            ui.add(Label::new(eframe::egui::RichText::new(label).font(font).color(tokens.colour.ink)).truncate());
            if let Some(across) = &profile.got {
                let charted = across.themes.iter().filter(|(_, cell)| cell.state.is_charted()).count();
                let said = across.themes.iter().filter(|(_, cell)| cell.passages > 0).count();
                let says = format!("{} charted, something said on {said}", counted(charted, "theme", "themes"));
                words(ui, tokens, Type::Small, tokens.colour.ink_tertiary, says);
            }
        });
    });
    open
}

/// The attributes of a case and the memos on it.
fn show_who(ui: &mut Ui, cx: &Cx<'_>, id: CaseId) {
    let tokens = cx.tokens;
    let Some(case) = cx.study.case(id) else { return };
    ui.add_space(tokens.space.four);
    ui.horizontal_top(|ui| {
        ui.add_space(tokens.space.four);
        let facts = Grid::new("attributes").num_columns(2).min_row_height(tokens.line_height(Type::Small));
        facts.spacing(vec2(tokens.space.four, tokens.space.half)).show(ui, |ui| {
            for attribute in case.values.keys() {
                let Some(named) = cx.study.attributes().get(*attribute) else { continue };
                words(ui, tokens, Type::Small, tokens.colour.ink_tertiary, named.name.as_str());
                words(ui, tokens, Type::Small, tokens.colour.ink, cx.study.value_names(&case.values, *attribute));
                ui.end_row();
            }
        });
    });
    ui.add_space(tokens.space.one);
    let memos = cx.study.memos().iter().filter(|memo| matches!(memo.on, MemoOn::Case { case } if case == id));
    for memo in memos {
        ui.add_space(tokens.space.two);
        ui.horizontal_top(|ui| {
            ui.add_space(tokens.space.four);
            let job = read_layout(tokens, &memo.text, ui.available_width() - tokens.space.four);
            ui.add(Label::new(job).wrap());
        });
    }
    ui.add_space(tokens.space.three);
}

/// A theme with what is written of the case under it; a press leads to the cell. Returns its height.
fn show_theme(ui: &mut Ui, cx: &mut Cx<'_>, case: CaseId, (theme, cell): (ThemeId, ChartCell), status: Option<StatusKind>) -> f32 {
    let tokens = cx.tokens;
    let colour = &tokens.colour;
    let depth = cx.study.codebook().line(theme).and_then(|line| cx.study.codebook().outline().get(line)).map_or(0, |row| row.depth);
    let at = of(theme, case);
    let own = cx.study.summaries().of(&at).cloned();
    let shown = shown(cell, status, own.as_deref(), None);
    let left = tokens.space.four + depth.min(DEEPEST) as f32 * tokens.space.four;
    let room = ui.available_width() - left - 2.0 * tokens.space.eight;
    let job = if shown.is_summary { read_layout(tokens, &shown.words, room) } else { plain_layout(tokens, &shown.words, room) };
    let galley = ui.painter().layout_job(job);
    let head = tokens.size.row;
    let height = head + galley.size().y + tokens.space.two;
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::click());
    let name = sentences::point_name(cx.study, Point::Theme(theme));
    response.widget_info(|| WidgetInfo::labeled(Role::Link, true, format!("{name}: {}", shown.words)));
    select_fill(ui, tokens, rect, false, &response);
    if response.has_focus() {
        focus_ring(ui, tokens, rect);
    }
    let hue = theme_mark(tokens, cx.study, theme);
    let middle = rect.top() + head / 2.0;
    let mark = pos2(rect.left() + left + tokens.space.one, middle);
    paint_mark(ui.painter(), mark, tokens.size.theme_mark, hue.mark, hue.label);
    let strong = tokens.font_in(Type::Small, if depth == 0 { family::INTERFACE_SEMIBOLD } else { family::INTERFACE_MEDIUM });
    paint_elided(ui.painter(), mark.x + tokens.space.three, rect.right() - tokens.space.eight, middle, &name, strong, colour.ink_secondary);
    let words_left = mark.x + tokens.space.three;
    let words = Rect::from_min_max(pos2(words_left - tokens.space.three, rect.top() + head - tokens.space.two), rect.max);
    let sign_room = if shown.is_summary || shown.sign.is_none() { 0.0 } else { tokens.size.sign + tokens.space.two };
    ui.painter().galley(pos2(words_left + sign_room, rect.top() + head), galley, colour.ink);
    paint_sign(ui, tokens, words, &shown);
    if response.clicked() {
        cx.go(MatrixPlace::in_chart(cx.study, &at));
    }
    height
}

/// Deeper themes are not set in further.
const DEEPEST: usize = 6;
