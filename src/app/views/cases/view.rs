use std::collections::BTreeMap;
use std::sync::Arc;

use eframe::egui;
use eframe::egui::{Align, Id, Key, Layout, Rect, Stroke, Ui, UiBuilder, pos2};

use super::acts;
use super::rows::{CaseRows, Field, Sorting, fields, keys};
use super::tally::{Count, tally};
use crate::app::context::Cx;
use crate::app::icons;
use crate::app::tokens::Type;
use crate::app::widgets::{Button, Field as TextField, GridEvent, GridState, Rows as _, empty, grid, words};
use crate::study::{CaseId, CaseKind, Study};

/// What the view remembers.
#[derive(Default)]
pub struct CasesView {
    grid: GridState<CaseId>,
    filter: String,
    sorting: Sorting,
    /// The name of an attribute that is being added.
    new_attribute: Option<String>,
    /// A case that was just made and is to be named.
    naming: Option<CaseId>,
    counts: BTreeMap<CaseId, Count>,
    /// The study the counts were asked for.
    counted: Option<Arc<Study>>,
    /// The rows, and what they were made from.
    keys: Vec<CaseId>,
    made_from: Option<(Arc<Study>, String, Sorting)>,
}

impl CasesView {
    /// Goes to a case that was just made, to name it.
    pub(super) fn begin_naming(&mut self, case: CaseId) {
        self.naming = Some(case);
        self.filter.clear();
    }

    fn count(&mut self, cx: &mut Cx<'_>) {
        if self.counted.as_ref().is_some_and(|counted| Arc::ptr_eq(counted, cx.study)) {
            return;
        }
        let study = Arc::clone(cx.study);
        self.counted = Some(Arc::clone(&study));
        cx.job(
            "count cases",
            "",
            move |_| Ok(tally(&study)),
            |state, counts| {
                state.cases.counts = counts;
                if state.cases.sorting.is_some() {
                    state.cases.made_from = None;
                }
            },
        );
    }

    fn make_rows(&mut self, study: &Arc<Study>) {
        let same = |(before, filter, sorting): &(Arc<Study>, String, Sorting)| {
            Arc::ptr_eq(before, study) && *filter == self.filter && *sorting == self.sorting
        };
        if !self.made_from.as_ref().is_some_and(same) {
            self.keys = keys(study, &self.counts, &self.filter, self.sorting);
            self.made_from = Some((Arc::clone(study), self.filter.clone(), self.sorting));
        }
    }
}

/// Shows the view.
pub fn show(ui: &mut Ui, view: &mut CasesView, cx: &mut Cx<'_>) {
    view.count(cx);
    view.make_rows(cx.study);
    let whole = ui.max_rect();
    ui.painter().rect_filled(whole, 0.0, cx.tokens.colour.surface_paper);
    let head = Rect::from_min_max(whole.min, pos2(whole.right(), whole.top() + cx.tokens.size.top_bar));
    show_head(ui, head, view, cx);
    let below = Rect::from_min_max(head.left_bottom(), whole.max);
    ui.scope_builder(UiBuilder::new().max_rect(below), |ui| show_grid(ui, view, cx));
    cx.status.say(summary(cx.study, view));
    let hints: &[(&[&'static str], &'static str)] = if view.grid.is_editing() {
        &[(&["↵"], "Write, go down"), (&["Tab"], "Write, go right"), (&["↓"], "Choose"), (&["Esc"], "As it was")]
    } else {
        &[(&["F2"], "Edit"), (&["Del"], "Not stated"), (&["Ctrl", "D"], "Fill down"), (&["Ctrl", "V"], "Paste cells")]
    };
    for (keys, does) in hints {
        cx.status.hint(keys, does);
    }
}

/// Writes what was being typed when the view was left.
pub fn leave(view: &mut CasesView, cx: &mut Cx<'_>) {
    if let Some((key, column, text)) = view.grid.take_draft() {
        let fields = fields(cx.study);
        act(GridEvent::Commit { key, column, text }, view, &fields, cx);
    }
}

fn show_head(ui: &mut Ui, rect: Rect, view: &mut CasesView, cx: &mut Cx<'_>) {
    let tokens = cx.tokens;
    let line = Stroke::new(tokens.stroke.hairline, tokens.colour.line_hair);
    ui.painter().hline(rect.x_range(), rect.bottom() - line.width / 2.0, line);
    let inner = rect.shrink2(egui::vec2(tokens.space.three, 0.0));
    ui.scope_builder(UiBuilder::new().max_rect(inner).layout(Layout::left_to_right(Align::Center)), |ui| {
        ui.spacing_mut().item_spacing.x = tokens.space.two;
        words(ui, tokens, Type::PaneTitle, tokens.colour.ink, "Cases");
        let filter = format!("Filter {} cases", cx.study.cases().len());
        let width = tokens.size.sources_pane;
        TextField::new(Id::unique("filter cases"), &filter, icons::LIST_FILTER).width(width).show(ui, tokens, &mut view.filter);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if Button::new("Add case").icon(icons::PLUS).show(ui, tokens).clicked() {
                acts::add_case(cx);
            }
            show_new_attribute(ui, view, cx);
        });
    });
}

fn show_new_attribute(ui: &mut Ui, view: &mut CasesView, cx: &mut Cx<'_>) {
    let tokens = cx.tokens;
    let Some(name) = &mut view.new_attribute else {
        if Button::quiet("Add attribute").icon(icons::PLUS).show(ui, tokens).clicked() {
            view.new_attribute = Some(String::new());
            ui.memory_mut(|memory| memory.request_focus(Id::unique("new attribute")));
        }
        return;
    };
    let field = TextField::new(Id::unique("new attribute"), "Name of the attribute", icons::PLUS);
    let response = field.width(tokens.size.facets_pane).show(ui, tokens, name);
    if response.lost_focus() {
        let name = view.new_attribute.take().unwrap_or_default();
        if ui.input(|input| input.key_pressed(Key::Enter)) && !name.trim().is_empty() {
            acts::add_attribute(cx, &name);
        }
    }
}

fn show_grid(ui: &mut Ui, view: &mut CasesView, cx: &mut Cx<'_>) {
    if cx.study.cases().is_empty() {
        let what = "People, pairs and groups with their attributes stand here. They come with the transcripts.";
        if empty(ui, cx.tokens, icons::USERS, "No cases yet", what, Some("Import files…")) {
            cx.run(crate::app::command::Command::Import);
        }
        return;
    }
    if view.keys.is_empty() {
        if empty(
            ui,
            cx.tokens,
            icons::LIST_FILTER,
            "No case fits the filter",
            "Every word must stand somewhere in its row.",
            Some("Show all"),
        ) {
            view.filter.clear();
        }
        return;
    }
    if let Some(case) = view.naming.filter(|case| view.keys.contains(case)) {
        let label = cx.study.case(case).map(|case| case.label.clone()).unwrap_or_default();
        view.grid.edit(case, 0, label, true);
        view.naming = None;
    }
    let fields = fields(cx.study);
    let rows = CaseRows::new(cx.study, &view.counts, &view.keys, &fields, view.sorting);
    let events = grid(ui, cx.tokens, "Cases", &mut view.grid, &rows);
    for event in events {
        act(event, view, &fields, cx);
    }
}

fn act(event: GridEvent<CaseId>, view: &mut CasesView, fields: &[Field], cx: &mut Cx<'_>) {
    let field = |column: usize| fields.get(column).copied();
    let below = |key: CaseId| view.keys.iter().skip_while(move |other| **other != key).copied();
    match event {
        GridEvent::Commit { key, column, text } => {
            let Some(field) = field(column) else { return };
            let rows = CaseRows::new(cx.study, &view.counts, &view.keys, fields, view.sorting);
            // Leaving a cell as it was is no edit.
            if rows.cell(key, column).text != text {
                acts::write(cx, key, field, &text);
            }
        }
        GridEvent::FillDown { key, column } => {
            let Some(field) = field(column).filter(|field| matches!(field, Field::Kind | Field::Attribute(_))) else { return };
            let rows = CaseRows::new(cx.study, &view.counts, &view.keys, fields, view.sorting);
            let words = rows.cell(key, column).text;
            acts::paste(cx, below(key).skip(1).map(|case| (case, field, words.clone())).collect());
        }
        GridEvent::Paste { key, column, lines } => {
            let mut cells = Vec::new();
            for (case, line) in below(key).zip(lines) {
                for (right, words) in line.into_iter().enumerate() {
                    cells.extend(field(column + right).map(|field| (case, field, words)));
                }
            }
            acts::paste(cx, cells);
        }
        GridEvent::Sort(column) => {
            let Some(field) = field(column) else { return };
            // Rising, falling, the analyst's own order.
            view.sorting = match view.sorting {
                Some((by, true)) if by == field => Some((field, false)),
                Some((by, false)) if by == field => None,
                _ => Some((field, true)),
            };
        }
        GridEvent::Toggle { .. } | GridEvent::Press { .. } => {}
    }
}

/// How many cases there are, kinds told apart.
fn summary(study: &Study, view: &CasesView) -> String {
    let count = |kind| study.cases().values().filter(|case| case.kind == kind).count();
    let kinds = [
        (CaseKind::Person, "person", "persons"),
        (CaseKind::Pair, "pair", "pairs"),
        (CaseKind::Group, "group", "groups"),
        (CaseKind::InterviewLabel, "interview label", "interview labels"),
        (CaseKind::Unidentified, "unidentified", "unidentified"),
    ];
    let said = kinds.into_iter().map(|(kind, one, many)| (count(kind), one, many)).filter(|(count, ..)| *count > 0);
    let said: Vec<String> = said.map(|(count, one, many)| format!("{count} {}", if count == 1 { one } else { many })).collect();
    let shown = view.keys.len();
    if shown == study.cases().len() { said.join(", ") } else { format!("{shown} shown of {}", said.join(", ")) }
}
