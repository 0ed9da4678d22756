use serde_json::{Value, json};

use super::labels::Labels;
use super::leaving::TableError;
use super::masked::Masked;
use super::names::Names;
use super::table::Table;
use crate::analysis::matrix::{Axis, Cell, CellKind, Figure, Head, Matrix, Measure, People, Point};
use crate::study::{NOT_STATED, PATH_SEPARATOR, Study};

/// How a structural zero is written.
const STRUCTURAL_ZERO: &str = "–";
/// Head of the row and the column of totals.
const TOTAL: &str = "Total";
/// Head of the page of all.
const ALL: &str = "All";

/// The measure's name in files and on the command line.
#[must_use]
pub const fn measure_name(measure: Measure) -> &'static str {
    match measure {
        Measure::Passages => "passages",
        Measure::Codings => "codings",
        Measure::Participants => "participants",
        Measure::Words => "words",
        Measure::ShareOfRow => "share-row",
        Measure::ShareOfColumn => "share-column",
    }
}

/// A cell's figure in words: "4", "4 + 1 group", "0.25"; "–" is a structural zero, empty a share of nothing.
#[must_use]
pub fn figure_text(matrix: &Matrix, measure: Measure, page: usize, row: Option<usize>, column: Option<usize>) -> String {
    let Some(cell) = matrix.cell(page, row, column) else { return String::new() };
    match matrix.figure(measure, page, row, column) {
        _ if cell.kind() == CellKind::NoSuchParticipants => STRUCTURAL_ZERO.to_owned(),
        Some(Figure::Count(_)) if measure == Measure::Participants => people_text(cell),
        Some(Figure::Count(count)) => count.to_string(),
        Some(Figure::Share(share)) => share_text(share),
        None => String::new(),
    }
}

fn share_text(share: f64) -> String {
    format!("{share:.4}")
}

/// "4", "4 + 1 group"; "0 + unnamed" where only people who are not stated or unidentified say it.
fn people_text(cell: &Cell) -> String {
    let people = cell.people;
    if cell.codings > 0 && people.persons + people.others() == 0 {
        return "0 + unnamed".to_owned();
    }
    people_words(people, "", "")
}

/// "4", "4 + 1 group", with the word for persons after their number where there is one. Who is unidentified is not in it.
pub(in crate::exchange) fn people_words(people: People, one: &str, many: &str) -> String {
    let mut text = format!("{} {}", people.persons, if people.persons == 1 { one } else { many }).trim_end().to_owned();
    for (count, one, many) in
        [(people.pairs, "pair", "pairs"), (people.groups, "group", "groups"), (people.interview_labels, "interview", "interviews")]
    {
        if count > 0 {
            text = format!("{text} + {count} {}", if count == 1 { one } else { many });
        }
    }
    text
}

/// The matrix as it is seen: rows by columns, pages one below the other with their names in a column.
///
/// "–" is a structural zero, an empty cell one whose sources are not all done, 0 means done and nothing found.
///
/// # Errors
/// [`TableError::SinglesOut`] where the places of cases would tell what is masked of them.
pub fn matrix_table(study: &Study, matrix: &Matrix, measure: Measure, labels: Labels) -> Result<Table, TableError> {
    let (spec, names) = (&matrix.spec, &Names::new(study, labels));
    names.may_cross(spec)?;
    let masked = Masked::of(names, matrix);
    let mut header: Vec<String> = spec.pages.iter().chain(&spec.rows).map(|axis| axis.name(study).to_owned()).collect();
    header.extend(matrix.columns.iter().map(|column| head_text(names, column)));
    header.push(TOTAL.to_owned());
    let mut rows = Vec::new();
    for (page, page_head) in matrix.pages.iter().enumerate() {
        for row in (0..matrix.rows.len()).map(Some).chain([None]) {
            let mut cells = Vec::with_capacity(header.len());
            cells.extend(head_cells(names, Some(page_head), &spec.pages, ALL));
            cells.extend(head_cells(names, row.and_then(|row| matrix.rows.get(row)), &spec.rows, TOTAL));
            for column in (0..matrix.columns.len()).map(Some).chain([None]) {
                let open = matrix.cell(page, row, column).is_some_and(|cell| cell.kind() == CellKind::Open);
                cells.push(match (measured_word(&masked, measure, (page, row, column)), open) {
                    (Some(word), _) => word.to_owned(),
                    (None, true) => String::new(),
                    (None, false) => figure_text(matrix, measure, page, row, column),
                });
            }
            rows.push(cells);
        }
    }
    let heads = spec.pages.len() + spec.rows.len();
    Ok(Table::new(header, rows).counting(|at, _| at >= heads).headed(heads))
}

/// What stands in the place of a figure that is masked: of a share also where the total is, for shares of one whole add up to 1.
#[must_use]
pub fn measured_word(masked: &Masked, measure: Measure, (page, row, column): (usize, Option<usize>, Option<usize>)) -> Option<&str> {
    let whole = match measure {
        Measure::ShareOfRow => masked.said(page, row, None),
        Measure::ShareOfColumn => masked.said(page, None, column),
        Measure::Passages | Measure::Codings | Measure::Participants | Measure::Words => None,
    };
    masked.said(page, row, column).or(whole)
}

/// The matrix in long form: one row a cell, totals left out, with every measure and the kind of cell.
///
/// # Errors
/// [`TableError::SinglesOut`] where the places of cases would tell what is masked of them.
pub fn cells_table(study: &Study, matrix: &Matrix, labels: Labels) -> Result<Table, TableError> {
    let (spec, names) = (&matrix.spec, &Names::new(study, labels));
    names.may_cross(spec)?;
    let masked = Masked::of(names, matrix);
    let mut header: Vec<String> = spec.pages.iter().chain(&spec.rows).map(|axis| axis.name(study).to_owned()).collect();
    header.extend(spec.columns.iter().map(|axis| axis.name(study).to_owned()));
    header.extend(
        "cell_kind passages codings participants pairs groups interview_labels unidentified words share_row share_column \
         n_participants n_pairs n_groups n_interview_labels n_unidentified sources sources_done"
            .split(' ')
            .map(str::to_owned),
    );
    let mut rows = Vec::new();
    for (page, row, column) in matrix_cells(matrix) {
        let Some(cell) = matrix.cell(page, row, column) else { continue };
        let mut cells = Vec::with_capacity(header.len());
        cells.extend(head_cells(names, matrix.pages.get(page), &spec.pages, ALL));
        cells.extend(row.and_then(|row| matrix.rows.get(row)).into_iter().flat_map(|head| names_of(names, &head.points)));
        cells.extend(column.and_then(|column| matrix.columns.get(column)).into_iter().flat_map(|head| names_of(names, &head.points)));
        let share = |measure| match (measured_word(&masked, measure, (page, row, column)), matrix.figure(measure, page, row, column)) {
            (Some(word), Some(Figure::Share(_))) => word.to_owned(),
            (None, Some(Figure::Share(share))) => share_text(share),
            _ => String::new(),
        };
        let words = [masked.said(page, row, column), masked.there(page, row, column)];
        cells.extend(facts(cell, [share(Measure::ShareOfRow), share(Measure::ShareOfColumn)], words));
        rows.push(cells);
    }
    let heads = spec.pages.len() + spec.rows.len() + spec.columns.len();
    Ok(Table::new(header, rows).counting(|at, _| at > heads).headed(heads))
}

/// The cells of a matrix that are in long form, each a row, by page, row and column.
pub(super) fn matrix_cells(matrix: &Matrix) -> impl Iterator<Item = (usize, Option<usize>, Option<usize>)> + '_ {
    let columns = || (0..matrix.columns.len()).map(Some).chain(matrix.columns.is_empty().then_some(None));
    let rows = move |page| (0..matrix.rows.len()).flat_map(move |row| columns().map(move |column| (page, Some(row), column)));
    (0..matrix.pages.len()).flat_map(rows).filter(|(page, row, column)| matrix.cell(*page, *row, *column).is_some())
}

/// The facts of a cell; what is masked of them has the word that stands there, what is said and who could have said it each for
/// itself.
fn facts(cell: &Cell, shares: [String; 2], [masked_said, masked_there]: [Option<&str>; 2]) -> Vec<String> {
    let kind = match cell.kind() {
        CellKind::NoSuchParticipants => "no such participants",
        CellKind::Open => "sources not all done",
        CellKind::DoneNothing => "done, nothing found",
        CellKind::Coded => "coded",
    };
    // That there is nothing is no secret: it stands in the kind of the cell.
    let masked = |count: u32, word: Option<&str>| word.filter(|_| count > 0).map_or_else(|| count.to_string(), str::to_owned);
    let people = |people: People, word: Option<&str>| {
        let counts = [people.persons, people.pairs, people.groups, people.interview_labels, people.unidentified];
        counts.map(|count| masked(count, word))
    };
    let said = |count: u32| masked(count, masked_said);
    let mut facts = vec![kind.to_owned(), said(cell.passages), said(cell.codings)];
    facts.extend(people(cell.people, masked_said));
    facts.push(said(cell.words));
    facts.extend(shares);
    facts.extend(people(cell.n, masked_there));
    // How many sources there are tells how many people.
    facts.extend([cell.sources, cell.done].map(|count| masked(count, masked_there)));
    facts
}

/// The names of points as tables write them: themes as their paths.
#[must_use]
pub fn names_of(names: &Names<'_>, points: &[Point]) -> Vec<String> {
    let (study, labels) = (names.study(), names.labels());
    let name = |point: &Point| match point {
        Point::Theme(theme) => study.codebook().path(*theme),
        Point::ThemeOnly(theme) => format!("{}{PATH_SEPARATOR}(this level only)", study.codebook().path(*theme)),
        Point::Case(case) => case.and_then(|case| study.case(case)).map_or(NOT_STATED.to_owned(), |case| names.case(case)),
        Point::Value(value) => value.map_or(NOT_STATED.to_owned(), |value| labels.value(study, value)),
    };
    points.iter().map(name).collect()
}

/// A head in a cell of its own for each axis; each says `all` in the head of everything.
fn head_cells(names: &Names<'_>, head: Option<&Head>, axes: &[Axis], all: &str) -> Vec<String> {
    match head.filter(|head| !head.points.is_empty()) {
        Some(head) => names_of(names, &head.points),
        None => vec![all.to_owned(); axes.len()],
    }
}

/// A head in one cell.
fn head_text(names: &Names<'_>, head: &Head) -> String {
    names_of(names, &head.points).join(PATH_SEPARATOR)
}

/// The matrix for scripts. `null` is a structural zero or a share of nothing, and as a name *Not stated*; values that must
/// not leave are numbered, as in tables.
#[must_use]
pub fn matrix_json(study: &Study, matrix: &Matrix, measure: Measure, labels: Labels) -> Value {
    let pages: Vec<usize> = paths(&matrix.pages).collect();
    let rows = || paths(&matrix.rows).map(Some);
    let columns = || paths(&matrix.columns).map(Some);
    let figure = |page, row, column| match matrix.figure(measure, page, row, column) {
        Some(Figure::Count(count)) => json!(count),
        Some(Figure::Share(share)) => json!(share),
        None => Value::Null,
    };
    let of_columns = |of: &dyn Fn(usize, Option<usize>) -> Value| -> Vec<Vec<Value>> {
        pages.iter().copied().map(|page| columns().map(|column| of(page, column)).collect()).collect()
    };
    let cells: Vec<Vec<Vec<Value>>> =
        pages.iter().copied().map(|page| rows().map(|row| columns().map(|column| figure(page, row, column)).collect()).collect()).collect();
    let row_totals: Vec<Vec<Value>> = pages.iter().copied().map(|page| rows().map(|row| figure(page, row, None)).collect()).collect();
    let head = |head: &Head| -> Value {
        let masked = head.points.iter().zip(head.paths(study)).map(|(point, name)| match point {
            Point::Value(Some(value)) => Some(labels.value(study, *value)),
            _ => name,
        });
        let names: Vec<_> = masked.collect();
        if let [name] = names.as_slice() { json!(name) } else { json!(names) }
    };
    let heads = |heads: &[Head]| -> Vec<Value> { paths(heads).filter_map(|at| heads.get(at)).map(head).collect() };
    let named_pages: Vec<Value> = [json!(ALL)].into_iter().chain(heads(&matrix.pages).into_iter().skip(1)).collect();
    let total = |page, column| matrix.cell(page, None, column).copied().unwrap_or_default();
    json!({
        "rows": heads(&matrix.rows),
        "columns": heads(&matrix.columns),
        "pages": named_pages,
        "measure": measure_name(measure),
        "cells": cells,
        "row_totals": row_totals,
        "column_totals": of_columns(&|page, column| figure(page, None, column)),
        "participants": of_columns(&|page, column| json!(total(page, column).n.persons)),
        "coverage": of_columns(&|page, column| json!({ "sources": total(page, column).sources, "done": total(page, column).done })),
    })
}

/// Places of the heads that a path names: all but *(this level only)*, which is for the eye.
fn paths(heads: &[Head]) -> impl Iterator<Item = usize> + '_ {
    let is_path = |head: &Head| !head.points.iter().any(|point| matches!(point, Point::ThemeOnly(_)));
    heads.iter().enumerate().filter(move |(_, head)| is_path(head)).map(|(at, _)| at)
}
