//! The grid of cases and dimensions.

use eframe::egui::Ui;

use super::UNPLACED;
use super::tab::{TypologiesTab, run};
use super::writing;
use crate::analysis::typology::At;
use crate::app::command::Command;
use crate::app::context::Cx;
use crate::app::icons;
use crate::app::state::Place;
use crate::app::widgets::{Cell, Column, GridEvent, Look, Rows, empty, grid};
use crate::study::{CaseId, Dimension, DimensionId, Study};

/// About how many characters the columns have room for.
const CASE: u8 = 16;
const VALUE: u8 = 18;

/// The cases as rows of the grid.
struct Placed<'a> {
    study: &'a Study,
    cases: &'a [CaseId],
    dimensions: &'a [&'a Dimension],
    columns: Vec<Column>,
}

impl<'a> Placed<'a> {
    fn new(study: &'a Study, cases: &'a [CaseId], dimensions: &'a [&'a Dimension]) -> Self {
        let values = dimensions.iter().map(|dimension| Column::new(&dimension.name, VALUE).grows().picks());
        Self { study, cases, dimensions, columns: [Column::new("Case", CASE)].into_iter().chain(values).collect() }
    }

    fn dimension(&self, column: usize) -> Option<&'a Dimension> {
        self.dimensions.get(column.checked_sub(1)?).copied()
    }
}

impl Rows for Placed<'_> {
    type Key = CaseId;

    fn columns(&self) -> &[Column] {
        &self.columns
    }

    fn keys(&self) -> &[CaseId] {
        self.cases
    }

    fn cell(&self, key: CaseId, column: usize) -> Cell {
        let Some(case) = self.study.case(key) else { return Cell::default() };
        let Some(dimension) = self.dimension(column) else {
            return Cell::fixed(&case.label).look(Look::Strong).sign(case.kind);
        };
        match At::of(dimension, self.study.typologies().placement(dimension.id, key)) {
            At::Value(value) => Cell::editable(dimension.value_name(value).unwrap_or_default()),
            At::Unplaced => Cell::editable(UNPLACED).look(Look::Quiet),
            At::Open => Cell::editable(""),
        }
    }

    fn choices(&self, _key: CaseId, column: usize) -> Vec<String> {
        let Some(dimension) = self.dimension(column) else { return Vec::new() };
        let values = dimension.in_order().into_iter().map(|(_, name)| name.to_owned());
        values.chain([UNPLACED.to_owned()]).collect()
    }
}

/// Shows the grid.
pub(super) fn show(ui: &mut Ui, tab: &mut TypologiesTab, cx: &mut Cx<'_>) {
    let tokens = cx.tokens;
    ui.painter().rect_filled(ui.max_rect(), 0.0, tokens.colour.surface_paper);
    let study = std::sync::Arc::clone(cx.study);
    let dimensions = tab.dimensions(&study);
    if study.cases().is_empty() {
        let what = "What is sorted into types are people, pairs and groups. They come with the transcripts.";
        if empty(ui, tokens, icons::USERS, "No cases yet", what, Some("Import files…")) {
            cx.run(Command::Import);
        }
        return;
    }
    if dimensions.is_empty() {
        // With the first dimension the cells come, not the keys.
        tab.grid.let_go();
        let what = "A typology needs at least one dimension with values, such as “Outlook” with “hopeful” and “worried”.";
        if empty(ui, tokens, icons::LAYERS, "No dimensions yet", what, Some(Command::NewDimension.title())) {
            run(ui, tab, cx, Command::NewDimension);
        }
        return;
    }
    if !tab.is_sorted() {
        return;
    }
    let sorted = std::sync::Arc::clone(&tab.sorted);
    // The case one is at stays, also when it was placed just now.
    let at = tab.grid.at.map(|(case, _)| case);
    let listed = tab.only_open.then(|| tab.not_placed(&sorted, at));
    let cases = listed.as_deref().unwrap_or(&sorted.cases);
    if cases.is_empty() {
        if empty(ui, tokens, icons::CIRCLE_CHECK, "Every case is placed", "Or is said to have none of the values.", Some("Show all cases"))
        {
            tab.only_open = false;
        }
        return;
    }
    // Where one comes to, one is at a place and not at a name.
    if tab.grid.at.is_none() {
        tab.grid.at = cases.first().map(|case| (*case, 1));
    }
    let rows = Placed::new(&study, cases, &dimensions);
    for event in grid(ui, tokens, "Cases by dimensions", &mut tab.grid, &rows) {
        act(cx, &rows, event);
    }
}

fn act(cx: &mut Cx<'_>, rows: &Placed<'_>, event: GridEvent<CaseId>) {
    let below = |key: CaseId| rows.cases.iter().skip_while(move |other| **other != key).copied();
    match event {
        GridEvent::Commit { key, column, text } => {
            // Leaving a cell as it was is no edit.
            if let Some(dimension) = rows.dimension(column).filter(|_| rows.cell(key, column).text != text) {
                writing::write(cx, vec![((key, dimension.id), text)], "Place case");
            }
        }
        GridEvent::FillDown { key, column } => {
            let Some(dimension) = rows.dimension(column) else { return };
            let words = rows.cell(key, column).text;
            writing::write(cx, below(key).skip(1).map(|case| ((case, dimension.id), words.clone())).collect(), "Fill down");
        }
        GridEvent::Paste { key, column, lines } => {
            let columns: Vec<Option<DimensionId>> =
                (column..rows.columns.len()).map(|column| rows.dimension(column).map(|dimension| dimension.id)).collect();
            let cells = below(key).zip(lines).flat_map(|(case, fields)| {
                columns.iter().zip(fields).filter_map(move |(dimension, words)| Some(((case, (*dimension)?), words))).collect::<Vec<_>>()
            });
            writing::write(cx, cells.collect(), "Paste placements");
        }
        GridEvent::Press { key, column: 0, .. } => cx.go(Place::Case(key)),
        GridEvent::Press { .. } | GridEvent::Click { .. } | GridEvent::Toggle { .. } | GridEvent::Sort(_) => {}
    }
}
