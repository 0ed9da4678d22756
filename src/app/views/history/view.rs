use std::sync::Arc;

use eframe::egui;
use eframe::egui::{Align, Id, Layout, Rect, Stroke, Ui, UiBuilder, pos2};

use super::entries::{Entries, coder_name};
use super::rows::EditRows;
use super::undo;
use crate::app::context::Cx;
use crate::app::icons;
use crate::app::tokens::Type;
use crate::app::widgets::{Button, Field, GridEvent, GridState, empty, grid, words};
use crate::project::EditKind;
use crate::study::{CoderId, Study};

/// What the view remembers.
#[derive(Default)]
pub struct HistoryView {
    pub(super) entries: Entries,
    grid: GridState<u64>,
    filter: String,
    coder: Option<CoderId>,
    keys: Vec<u64>,
    /// What the rows were made from.
    pub(super) made_from: Option<(Arc<Study>, String, Option<CoderId>)>,
}

/// With fewer rows than this, more are looked for further back.
const ENOUGH: usize = 60;

impl HistoryView {
    fn make_rows(&mut self, cx: &mut Cx<'_>) {
        let same = |(study, filter, coder): &(Arc<Study>, String, Option<CoderId>)| {
            Arc::ptr_eq(study, cx.study) && *filter == self.filter && *coder == self.coder
        };
        if !self.made_from.as_ref().is_some_and(same) {
            self.keys = self.entries.fitting(cx.study, &self.filter, self.coder);
            self.made_from = Some((Arc::clone(cx.study), self.filter.clone(), self.coder));
        }
        let last = self.grid.last_row_seen();
        if self.keys.len() < ENOUGH || last + ENOUGH / 2 > self.keys.len() {
            self.entries.look_back(cx);
        }
    }
}

/// Shows the view.
pub fn show(ui: &mut Ui, view: &mut HistoryView, cx: &mut Cx<'_>) {
    view.entries.keep_up(cx);
    view.make_rows(cx);
    let whole = ui.max_rect();
    ui.painter().rect_filled(whole, 0.0, cx.tokens.colour.surface_paper);
    let head = Rect::from_min_max(whole.min, pos2(whole.right(), whole.top() + cx.tokens.size.top_bar));
    show_head(ui, head, view, cx);
    let below = Rect::from_min_max(head.left_bottom(), whole.max);
    ui.scope_builder(UiBuilder::new().max_rect(below), |ui| {
        if view.keys.is_empty() {
            let what = if view.entries.complete { "No edit fits the filter." } else { "Looking further back." };
            empty(ui, cx.tokens, icons::HISTORY, "History", what, None);
            return;
        }
        let rows = EditRows::new(&view.entries, cx.study, &view.keys, cx.now);
        let events = grid(ui, cx.tokens, "Edits", &mut view.grid, &rows);
        for event in events {
            if let GridEvent::Press { key, .. } = event {
                undo_edit(view, key, cx);
            }
        }
    });
    let count = view.entries.all.len();
    cx.status.say(if view.entries.complete { format!("{count} edits") } else { format!("The newest {count} edits") });
    cx.status.hint(&["↑", "↓"], "Move");
    cx.status.hint(&["↵"], "Undo this edit");
}

fn undo_edit(view: &HistoryView, seq: u64, cx: &mut Cx<'_>) {
    let Some(edit) = view.entries.edit(seq) else { return };
    if !undo::can(edit) {
        cx.say(match edit.kind {
            _ if edit.undone => "This edit is undone already.",
            EditKind::Setup => "The project begins with this; it cannot be undone.",
            EditKind::Act | EditKind::Undo | EditKind::Redo => "An undo is taken back with redo, Ctrl+Shift+Z.",
        });
    } else if cx.can_edit() {
        cx.actions.push(undo::begin(edit.clone(), cx.now));
    }
}

fn show_head(ui: &mut Ui, rect: Rect, view: &mut HistoryView, cx: &mut Cx<'_>) {
    let tokens = cx.tokens;
    let line = Stroke::new(tokens.stroke.hairline, tokens.colour.line_hair);
    ui.painter().hline(rect.x_range(), rect.bottom() - line.width / 2.0, line);
    let inner = rect.shrink2(egui::vec2(tokens.space.three, 0.0));
    ui.scope_builder(UiBuilder::new().max_rect(inner).layout(Layout::left_to_right(Align::Center)), |ui| {
        ui.spacing_mut().item_spacing.x = tokens.space.two;
        words(ui, tokens, Type::PaneTitle, tokens.colour.ink, "History");
        let width = tokens.size.sources_pane;
        Field::new(Id::unique("filter edits"), "Filter edits", icons::LIST_FILTER).width(width).show(ui, tokens, &mut view.filter);
        show_coders(ui, view, cx);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let at = view.grid.at.map(|(seq, _)| seq);
            let ready = at.and_then(|seq| view.entries.edit(seq)).is_some_and(undo::can);
            if let Some(seq) = at
                && Button::new("Undo this edit…").icon(icons::UNDO_2).enabled(ready).show(ui, tokens).clicked()
            {
                undo_edit(view, seq, cx);
            }
        });
    });
}

/// Whose edits are shown, where there are several coders.
fn show_coders(ui: &mut Ui, view: &mut HistoryView, cx: &Cx<'_>) {
    if cx.study.coders().len() < 2 {
        return;
    }
    let name = view.coder.map_or("All coders", |coder| coder_name(cx.study, coder));
    let response = Button::quiet(name).icon(icons::USER).menu().show(ui, cx.tokens);
    egui::Popup::menu(&response).show(|ui| {
        let mut choices = vec![(None, "All coders")];
        choices.extend(cx.study.coders().values().map(|coder| (Some(coder.id), coder.name.as_str())));
        for (coder, name) in choices {
            if ui.add(egui::Button::new(name).frame_when_inactive(false)).clicked() {
                view.coder = coder;
                ui.close();
            }
        }
    });
}
