//! The chart of the Framework Method: cases down, themes across, in each cell what an analyst wrote.

use super::cases::case_kind_name;
use super::charted::{Stale, words_of};
use super::labels::Labels;
use super::names::Names;
use super::quoted::Quoted;
use super::table::{Sheet, Table};
use crate::analysis::matrix::{Axis, CellKey, CellKind, Filter, Matrix, MatrixSpec, Point, matrix};
use crate::study::{AttributeOf, Case, Crossed, Crossing, MemoOn, Study, Summary, ThemeId};
use crate::text::{NoSuchBlob, Texts};

use super::leaving::TableError;

pub(super) const CHART_SIGNS: &[&str] = &[
    "One row a case, in the analyst's order; two columns a theme: what is charted there, and how far it is. A workbook has a sheet for each theme at the top, with its sub-themes.",
    "Marks in the words: **bold**, “what somebody said”, [the analyst's own comment], [3] a citation; below the words stands where each citation is from, ¶ counted from 1.",
    "state: not charted, draft, charted or reviewed; “Asked, said nothing”, “Not asked” and “Not applicable” as somebody said; “Evidence changed” where something else lies under the cell than when it was written.",
    "not charted says what is known all the same: passages under the theme; “nothing found” when all sources are marked done; “sources not all done”; “does not speak”.",
    "n to settle: other summaries came to the cell when themes or cases were put together; the table of summaries has their words.",
    "memo: what is noted on the case. blank: nothing is written there. “–” does not occur. Filters do not hold here: a summary is of its whole cell.",
];

/// The chart: cases by themes, with the summaries as text.
///
/// # Errors
/// [`TableError`] when a text is missing.
pub fn chart_table(study: &Study, texts: &dyn Texts, labels: Labels) -> Result<Table, TableError> {
    let names = Names::new(study, labels);
    let stale = Stale::new(study);
    let spec = MatrixSpec { rows: vec![Axis::Cases], columns: vec![Axis::Themes], pages: Vec::new(), filter: Filter::default() };
    let counted = matrix(study, &spec)?;
    let attributes: Vec<_> = labels.attributes(study).into_iter().filter(|attribute| attribute.of == AttributeOf::Cases).collect();
    let themes: Vec<ThemeId> = study.codebook().themes().map(|theme| theme.id).collect();
    let mut header = vec!["case".to_owned(), "kind".to_owned()];
    header.extend(attributes.iter().map(|attribute| attribute.name.clone()));
    header.push("memo".to_owned());
    let facts = header.len();
    for theme in &themes {
        let path = names.theme(*theme);
        header.extend([path.clone(), format!("{path} (state)")]);
    }
    let mut rows = Vec::new();
    for case in study.cases_in_order() {
        let mut row = vec![names.case(case), case_kind_name(case.kind).to_owned()];
        row.extend(attributes.iter().map(|attribute| names.values(Some(case), attribute.id)));
        row.push(memo_of(study, case));
        for theme in &themes {
            let cell = Crossing { theme: *theme, of: Crossed::Case(case.id) };
            let own = study.summaries().of(&cell);
            row.push(own.map(|summary| in_cell(&names, texts, summary)).transpose()?.unwrap_or_default());
            let known = own.map_or_else(|| not_charted(&counted, case, *theme), |summary| stale.state(summary));
            let waiting = study.summaries().to_settle(&cell).count();
            row.push(if waiting > 0 { format!("{known}; {waiting} to settle") } else { known });
        }
        rows.push(row);
    }
    Ok(Table::new(header, rows).headed(1).in_sheets(sheets(study, &themes, facts)))
}

/// What is noted on a case.
pub(super) fn memo_of(study: &Study, case: &Case) -> String {
    let on = MemoOn::Case { case: case.id };
    let memos: Vec<&str> = study.memos().iter().filter(|memo| memo.on == on).map(|memo| memo.text.as_str()).collect();
    memos.join("\n\n")
}

/// The words of a summary with where its citations are from.
fn in_cell(names: &Names<'_>, texts: &dyn Texts, summary: &Summary) -> Result<String, NoSuchBlob> {
    let mut cell = words_of(summary).to_owned();
    let mut places = Vec::with_capacity(summary.citations.len());
    for citation in &summary.citations {
        places.push(format!("[{}] {}", citation.number, Quoted::cited(names, texts, citation)?.place()));
    }
    if !places.is_empty() {
        cell.push_str("\n\n");
        cell.push_str(&places.join("; "));
    }
    Ok(cell)
}

/// What is known of a cell that nobody has charted.
pub(super) fn not_charted(counted: &Matrix, case: &Case, theme: ThemeId) -> String {
    let key = CellKey { row: Some(vec![Point::Case(Some(case.id))]), column: Some(vec![Point::Theme(theme)]), page: None };
    let found = counted.find(&key).and_then(|(page, row, column)| counted.cell(page, row, column)).copied().unwrap_or_default();
    let known = match (found.kind(), found.passages) {
        (CellKind::NoSuchParticipants, _) => "does not speak".to_owned(),
        (CellKind::Open, _) => "sources not all done".to_owned(),
        (CellKind::DoneNothing, _) => "nothing found".to_owned(),
        (CellKind::Coded, 1) => "1 passage".to_owned(),
        (CellKind::Coded, passages) => format!("{passages} passages"),
    };
    format!("not charted: {known}")
}

/// A sheet for each theme at the top, with the facts about cases first.
fn sheets(study: &Study, themes: &[ThemeId], facts: usize) -> Vec<Sheet> {
    let book = study.codebook();
    let of_top = |top: ThemeId| {
        let own = themes.iter().enumerate().filter(|(_, theme)| book.is_within(**theme, top));
        let columns = (0..facts).chain(own.flat_map(|(at, _)| [facts + 2 * at, facts + 2 * at + 1]));
        let name = book.get(top).map_or("", |theme| theme.name.as_str());
        Sheet { name: format!("{} {name}", book.number(top)), columns: columns.collect() }
    };
    book.children(None).map(|theme| of_top(theme.id)).collect()
}
