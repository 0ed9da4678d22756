//! The chart of the Framework Method: cases down, themes across, in each cell what an analyst wrote.

use super::about::About;
use super::cases::case_kind_name;
use super::charted::{Stale, words_of};
use super::labels::Labels;
use super::names::Names;
use super::quoted::Quoted;
use super::table::{Sheet, Table};
use crate::analysis::chart::{ChartSpec, cases, columns, in_chart_order};
use crate::analysis::matrix::{Axis, CellKey, CellKind, Filter, Matrix, MatrixSpec, Point, matrix};
use crate::study::{AttributeId, AttributeOf, Case, Crossed, Crossing, MemoOn, NOT_STATED, Study, Summary, ThemeId, ValueId};
use crate::text::{NoSuchBlob, Texts};

use super::leaving::TableError;

pub(super) const CHART_SIGNS: &[&str] = &[
    "One row a case, in the analyst's order; two columns a theme: what is charted there, and how far it is. A workbook has a sheet for each theme at the top, with its sub-themes.",
    "Marks in the words: **bold**, “what somebody said”, [the analyst's own comment], [3] a citation; below the words stands where each citation is from, ¶ counted from 1.",
    "state: not charted, draft, charted or reviewed; “Asked, said nothing”, “Not asked” and “Not applicable” as somebody said, which is charted; “Evidence changed” where something else lies under the cell than when it was written.",
    "not charted says what is known all the same: passages under the theme; “nothing found” when all sources are marked done; “sources not all done”; “does not speak”.",
    "n to settle: other summaries came to the cell when themes or cases were put together; the table of summaries has their words.",
    "memo: what is noted on the case. blank: nothing is written there. “–” does not occur. The filters of the matrix do not hold here: a summary is of its whole cell.",
];

/// The chart of a theme as it is seen, with the note beside it. `now` is in milliseconds since 1970.
///
/// # Errors
/// [`TableError`] when a text is missing.
pub fn seen_chart(study: &Study, texts: &dyn Texts, labels: Labels, spec: &ChartSpec, now: i64) -> Result<(Table, About), TableError> {
    let names = Names::new(study, labels);
    let what = format!("The chart of {} as it is seen: cases by themes, with what is charted there.", names.theme(spec.theme));
    let about = About::new(study, &what, &Filter::default(), now);
    let about = about.section("Rows", rows_say(&names, spec)).section("Signs", CHART_SIGNS).names(&names);
    Ok((chart_table(study, texts, labels, Some(spec))?, about))
}

/// What of a chart leaves as it is seen: by an attribute that must not leave its rows are neither ordered nor chosen, for that would
/// tell its values.
fn let_out(study: &Study, labels: Labels, spec: &ChartSpec) -> ChartSpec {
    let lets_out = |id: &AttributeId| study.attributes().get(*id).is_none_or(|attribute| labels.lets_out(attribute));
    let shown = spec.shown.iter().filter(|(attribute, _)| lets_out(attribute)).map(|(attribute, values)| (*attribute, values.clone()));
    ChartSpec { theme: spec.theme, by: spec.by.iter().copied().filter(lets_out).collect(), shown: shown.collect() }
}

/// Which cases are in the rows of a chart, and in what order.
fn rows_say(names: &Names<'_>, seen: &ChartSpec) -> Vec<String> {
    let study = names.study();
    let spec = let_out(study, names.labels(), seen);
    let name = |attribute: &AttributeId| study.attributes().get(*attribute).map_or("", |attribute| attribute.name.as_str());
    let value = |value: &Option<ValueId>| value.map_or_else(|| NOT_STATED.to_owned(), |value| names.labels().value(study, value));
    let mut said = Vec::new();
    if !spec.by.is_empty() {
        let by: Vec<&str> = spec.by.iter().map(name).collect();
        said.push(format!(
            "By {}, within that in the analyst's order of cases; what is not stated or masked stands last.",
            by.join(", then ")
        ));
    }
    for by in seen.by.iter().filter(|by| !spec.by.contains(by)) {
        let order = if spec.by.is_empty() { ", but in the analyst's order of cases" } else { "" };
        said.push(format!("{} is marked as identifying and left out: the rows are not ordered by it{order}.", name(by)));
    }
    for (attribute, values) in &spec.shown {
        let values: Vec<String> = values.iter().map(value).collect();
        said.push(format!("Only cases with {}: {}; those of which it is masked are left out.", name(attribute), values.join(", ")));
    }
    for attribute in seen.shown.keys().filter(|attribute| !spec.shown.contains_key(attribute)) {
        let name = name(attribute);
        said.push(format!("{name} is marked as identifying and left out: cases with any value of it are here, not only those seen."));
    }
    if spec.shown.is_empty() {
        said.push("Every case.".to_owned());
    }
    said
}

/// The chart: cases by themes, with the summaries as text; the whole of it, or what one theme's chart shows.
///
/// # Errors
/// [`TableError`] when a text is missing.
pub fn chart_table(study: &Study, texts: &dyn Texts, labels: Labels, chart: Option<&ChartSpec>) -> Result<Table, TableError> {
    let names = Names::new(study, labels);
    let stale = Stale::new(study);
    let spec = MatrixSpec { rows: vec![Axis::Cases], columns: vec![Axis::Themes], pages: Vec::new(), filter: Filter::default() };
    let counted = matrix(study, &spec)?;
    let mut attributes: Vec<_> = labels.attributes(study).into_iter().filter(|attribute| attribute.of == AttributeOf::Cases).collect();
    let book = study.codebook();
    let (themes, cases) = match chart {
        Some(seen) => {
            let spec = &let_out(study, labels, seen);
            attributes.sort_by_key(|attribute| spec.by.iter().position(|by| *by == attribute.id).unwrap_or(usize::MAX));
            let cases = cases(study, spec, |case, attribute| !names.hides(case, attribute));
            (columns(study, spec.theme).0, cases.into_iter().filter_map(|(case, _)| study.case(case)).collect())
        }
        None => (in_chart_order(book), study.cases_in_order()),
    };
    let mut header = vec!["case".to_owned(), "kind".to_owned()];
    header.extend(attributes.iter().map(|attribute| attribute.name.clone()));
    header.push("memo".to_owned());
    let facts = header.len();
    for theme in &themes {
        let path = names.theme(*theme);
        header.extend([path.clone(), format!("{path} (state)")]);
    }
    let mut rows = Vec::new();
    for case in cases {
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
    let all = 0..header.len();
    let sheets = match chart {
        Some(spec) => vec![sheet(study, spec.theme, all.collect())],
        None => sheets(study, &themes, facts),
    };
    Ok(Table::new(header, rows).headed(1).in_sheets(sheets))
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
        sheet(study, top, columns.collect())
    };
    book.children(None).map(|theme| of_top(theme.id)).collect()
}

/// A sheet that is called as a theme.
fn sheet(study: &Study, theme: ThemeId, columns: Vec<usize>) -> Sheet {
    let book = study.codebook();
    let name = book.get(theme).map_or("", |theme| theme.name.as_str());
    Sheet { name: format!("{} {name}", book.number(theme)), columns }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::testing::{Builder, values};
    use crate::study::{CaseKind, Role};

    #[test]
    fn the_chart_leaves_in_the_order_and_with_the_cases_it_is_seen_with() {
        let mut b = Builder::new();
        let area = b.attribute("Area", AttributeOf::Cases, Some(Role::Area), None);
        let [fife, moray] = ["Fife", "Moray"].map(|name| b.value(area, name));
        let top = b.theme(None, "Rooms");
        for name in ["Other", "Heating", "Light"] {
            b.theme(Some(top), name);
        }
        b.theme(None, "Forms");
        for (label, value) in [("A", moray), ("B", fife), ("C", fife), ("D", moray)] {
            b.case(label, CaseKind::Person, values(&[(area, value)]));
        }
        b.case("E", CaseKind::Person, values(&[]));
        let study = b.study();
        let words = |table: &Table| {
            let columns = table.header.iter().filter(|name| name.starts_with("Rooms") && !name.ends_with("(state)"));
            let columns: Vec<&str> = columns.map(|name| name.rsplit(" › ").next().unwrap()).collect();
            let cases: Vec<&str> = table.rows.iter().map(|row| row[0].as_str()).collect();
            (columns.join(" "), cases.join(" "))
        };
        let whole = chart_table(&study, &b.blobs, Labels::IDS, None).unwrap();
        assert_eq!(words(&whole), ("Rooms Heating Light Other".to_owned(), "A B C D E".to_owned()));
        let mut spec = ChartSpec { theme: top, by: vec![area], shown: [].into() };
        let seen = |spec: &ChartSpec, labels: Labels| seen_chart(&study, &b.blobs, labels, spec, 0).unwrap();
        assert_eq!(words(&seen(&spec, Labels::IDS).0), ("Heating Light Other".to_owned(), "B C A D E".to_owned()));
        // The order would tell what is masked.
        assert_eq!(words(&seen(&spec, Labels::IDS.masking(Some(3))).0).1, "A B C D E");
        spec.shown = [(area, [Some(fife), None].into())].into();
        let (table, about) = seen(&spec, Labels::IDS);
        assert_eq!(words(&table).1, "B C E");
        assert!(about.lines().iter().any(|line| line.contains("Only cases with Area: Not stated, Fife")), "{:?}", about.lines());
        assert_eq!(words(&seen(&spec, Labels::IDS.masking(Some(3))).0).1, "", "the filter would tell it too");
    }

    #[test]
    fn an_attribute_that_must_not_leave_orders_and_filters_nothing() {
        let mut b = Builder::new();
        let street = b.attribute("Street", AttributeOf::Cases, None, None);
        b.identifying();
        let area = b.attribute("Area", AttributeOf::Cases, Some(Role::Area), None);
        let [fife, moray] = ["Fife", "Moray"].map(|name| b.value(area, name));
        let [first, second] = ["High Street", "Quay Street"].map(|name| b.value(street, name));
        let top = b.theme(None, "Rooms");
        for (label, place, lives) in [("A", moray, second), ("B", fife, second), ("C", fife, first), ("D", moray, first)] {
            b.case(label, CaseKind::Person, values(&[(area, place), (street, lives)]));
        }
        let study = b.study();
        let seen = |by: &[AttributeId], labels: Labels| {
            let shown = [(street, [Some(first)].into())].into();
            let spec = ChartSpec { theme: top, by: by.to_vec(), shown };
            let (table, about) = seen_chart(&study, &b.blobs, labels, &spec, 0).unwrap();
            let cases: Vec<&str> = table.rows.iter().filter_map(|row| row[0].get(..1)).collect();
            (cases.join(" "), about.lines().join("\n"))
        };
        assert_eq!(seen(&[street], Labels::FULL).0, "C D");
        let (cases, about) = seen(&[street], Labels::IDS);
        assert_eq!(cases, "A B C D");
        for says in [
            "Street is marked as identifying and left out: the rows are not ordered by it, but in the analyst's order of cases.",
            "Street is marked as identifying and left out: cases with any value of it are here, not only those seen.",
            "Every case.",
        ] {
            assert!(about.contains(says), "{says}: {about}");
        }
        assert!(!about.contains("High Street") && !about.contains("Street 1"), "{about}");
        let (cases, about) = seen(&[street, area], Labels::IDS);
        assert_eq!(cases, "B C A D", "what may leave orders all the same");
        assert!(about.contains("By Area, within that") && about.contains("not ordered by it."), "{about}");
    }
}
