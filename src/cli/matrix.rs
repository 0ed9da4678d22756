use super::arguments::{Format, PrintMatrix};
use super::axes::spec;
use super::columns::columns;
use super::console::Console;
use super::error::CliError;
use super::opening::open_to_read;
use crate::analysis::matrix::{Axis, Cell, CellKind, Filter, Head, Matrix, MatrixSpec, Measure, matrix};
use crate::exchange::export::{Names, figure_text, matrix_json, matrix_table, measure_name};
use crate::exchange::measuring::table_picture;
use crate::study::{NOT_STATED, PATH_SEPARATOR, Role, Study};

/// How far a theme stands in below the one above it.
const INDENT: &str = "  ";

/// `themata matrix`
pub(super) fn print(arguments: &PrintMatrix, console: &mut Console) -> Result<(), CliError> {
    let project = open_to_read(&arguments.project)?;
    let study = project.seen();
    let counted = matrix(&study, &spec(&study, &arguments.matrix)?)?;
    let (measure, labels) = (arguments.matrix.measure.0, arguments.labels.0);
    if arguments.pictured.picture.is_some() {
        arguments.pictured.check(&project)?;
        let picture = table_picture(&Names::new(&study, labels), &counted, measure, arguments.shape.0)?;
        return arguments.pictured.write(&study, &counted.spec.filter, &picture, console);
    }
    match arguments.format {
        Format::Json => console.json(&matrix_json(&study, &counted, measure, labels)),
        Format::Csv => {
            let (bytes, defused) = matrix_table(&study, &counted, measure, labels)?.to_csv()?;
            if defused > 0 {
                Console::say(format!("{defused} cells that a spreadsheet would run as formulas got a leading apostrophe."));
            }
            console.bytes(&bytes)
        }
        Format::Table => table(&study, &counted, measure).iter().try_for_each(|line| console.line(line)),
    }
}

/// Prints themes × participant groups, by participants: what the window shows first.
pub(super) fn print_overview(study: &Study, console: &mut Console) -> Result<(), CliError> {
    let groups = study.attributes().with_role(Role::Group).map(|attribute| Axis::Attribute(attribute.id));
    let spec = MatrixSpec { rows: vec![Axis::Themes], columns: groups.into_iter().collect(), pages: Vec::new(), filter: Filter::default() };
    table(study, &matrix(study, &spec)?, Measure::Participants).iter().try_for_each(|line| console.line(line))
}

/// The matrix to be read in a terminal, page by page, with what its signs mean.
fn table(study: &Study, matrix: &Matrix, measure: Measure) -> Vec<String> {
    let spec = &matrix.spec;
    let mut lines = Vec::new();
    for (page, page_head) in matrix.pages.iter().enumerate() {
        if page > 0 {
            lines.push(String::new());
        }
        let name = if page_head.points.is_empty() { "All".to_owned() } else { names(page_head) };
        lines.push(format!("{name}: {}", measure_name(measure)));
        let mut header = vec![axes_name(study, &spec.rows)];
        header.extend(matrix.columns.iter().map(names));
        header.push("Total".to_owned());
        let mut rows = vec![people_row(matrix, page)];
        rows.push(row(matrix, page, None, "sources done", |cell| format!("{}/{}", cell.done, cell.sources)));
        for (at, head) in matrix.rows.iter().enumerate() {
            rows.push(figures(matrix, measure, page, Some(at), &format!("{}{}", INDENT.repeat(head.depth), names(head))));
        }
        rows.push(figures(matrix, measure, page, None, "Total"));
        lines.extend(columns(&header, &rows));
    }
    lines.push(String::new());
    lines.push("– no such participants · … sources not all marked done · 0 done, nothing found".to_owned());
    lines.push("6 + 2: six persons and two other cases (pairs, groups, interviews of which only the label is known)".to_owned());
    lines.push("Totals are counted for themselves: whoever stands in two rows or columns is one.".to_owned());
    if !matrix.no_participant_words.is_empty() {
        let in_or_out = if spec.filter.all_voices { "stand under Not stated" } else { "are not counted" };
        lines.push(format!("{} codings hold no participant's words and {in_or_out}.", matrix.no_participant_words.len()));
    }
    lines
}

fn places(matrix: &Matrix) -> impl Iterator<Item = Option<usize>> {
    (0..matrix.columns.len()).map(Some).chain([None])
}

fn row(matrix: &Matrix, page: usize, row: Option<usize>, name: &str, text: impl Fn(&Cell) -> String) -> Vec<String> {
    let cells = places(matrix).map(|column| matrix.cell(page, row, column).map(&text).unwrap_or_default());
    [name.to_owned()].into_iter().chain(cells).collect()
}

/// How many persons, and how many other cases, could have said something in each column.
fn people_row(matrix: &Matrix, page: usize) -> Vec<String> {
    row(matrix, page, None, "n participants", |cell| match (cell.n.persons, cell.n.others()) {
        (persons, 0) => persons.to_string(),
        (persons, others) => format!("{persons} + {others}"),
    })
}

fn figures(matrix: &Matrix, measure: Measure, page: usize, at: Option<usize>, name: &str) -> Vec<String> {
    let figure = |column| {
        let cell = matrix.cell(page, at, column).copied().unwrap_or_default();
        let open = cell.kind() != CellKind::NoSuchParticipants && cell.done < cell.sources;
        let figure = figure_text(matrix, measure, page, at, column);
        if open && !figure.is_empty() { figure + "…" } else { figure }
    };
    [name.to_owned()].into_iter().chain(places(matrix).map(figure)).collect()
}

fn axes_name(study: &Study, axes: &[Axis]) -> String {
    let names: Vec<_> = axes.iter().map(|axis| axis.name(study)).collect();
    names.join(PATH_SEPARATOR)
}

fn names(head: &Head) -> String {
    let names: Vec<_> = head.names.iter().map(|name| name.as_deref().unwrap_or(NOT_STATED)).collect();
    names.join(PATH_SEPARATOR)
}
