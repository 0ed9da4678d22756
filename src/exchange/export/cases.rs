use super::labels::Labels;
use super::names::Names;
use super::table::Table;
use crate::analysis::matrix::{Axis, CellKind, Filter, Matrix, MatrixSpec, Point, SpecError, matrix};
use crate::study::{AttributeOf, CaseKind, NOT_STATED, Study};

/// Cases by themes: whether each says something under each theme (1 or 0), then in how many passages.
///
/// The cells of a case that speaks in none of the sources counted are empty. Sub-themes count under the themes above them.
///
/// # Errors
/// Never: cases and themes can always be crossed.
pub fn cases_table(study: &Study, filter: &Filter, labels: Labels) -> Result<Table, SpecError> {
    let spec = MatrixSpec { rows: vec![Axis::Cases], columns: vec![Axis::Themes], pages: Vec::new(), filter: filter.clone() };
    let matrix = matrix(study, &spec)?;
    let names = Names::new(study, labels);
    let attributes: Vec<_> = labels.attributes(study).into_iter().filter(|attribute| attribute.of == AttributeOf::Cases).collect();
    let themes: Vec<(usize, String)> = matrix
        .columns
        .iter()
        .enumerate()
        .filter_map(|(at, head)| match head.points.first() {
            Some(Point::Theme(theme)) => Some((at, study.codebook().path(*theme))),
            _ => None,
        })
        .collect();
    let mut header = vec!["case".to_owned(), "kind".to_owned()];
    header.extend(attributes.iter().map(|attribute| attribute.name.clone()));
    header.extend(themes.iter().map(|(_, path)| path.clone()));
    header.extend(themes.iter().map(|(_, path)| format!("{path} (passages)")));
    let mut rows = Vec::new();
    for (row, head) in matrix.rows.iter().enumerate() {
        let case = match head.points.first() {
            Some(Point::Case(Some(case))) => study.case(*case),
            _ => None,
        };
        let mut cells = vec![
            case.map_or_else(|| NOT_STATED.to_owned(), |case| names.case(case)),
            case.map_or("", |case| case_kind_name(case.kind)).to_owned(),
        ];
        cells.extend(attributes.iter().map(|attribute| names.values(case, attribute.id)));
        cells.extend(themes.iter().map(|(column, _)| count(&matrix, row, *column, |passages| passages.min(1))));
        cells.extend(themes.iter().map(|(column, _)| count(&matrix, row, *column, |passages| passages)));
        rows.push(cells);
    }
    let counts = header.len() - 2 * themes.len();
    Ok(Table::new(header, rows).counting(|at, _| at >= counts).headed(1))
}

fn count(matrix: &Matrix, row: usize, column: usize, of: impl Fn(u32) -> u32) -> String {
    let cell = matrix.cell(0, Some(row), Some(column)).copied().unwrap_or_default();
    if cell.kind() == CellKind::NoSuchParticipants { String::new() } else { of(cell.passages).to_string() }
}

/// The kind of a case in words.
#[must_use]
pub const fn case_kind_name(kind: CaseKind) -> &'static str {
    match kind {
        CaseKind::Person => "person",
        CaseKind::Pair => "pair",
        CaseKind::Group => "group",
        CaseKind::InterviewLabel => "interview label",
        CaseKind::Unidentified => "unidentified",
    }
}
