//! The page of the matrix as it is seen, as a table: what is unfolded, figures in words, n and done over each column.

use std::sync::Arc;

use super::chart::Shown;
use super::choice::Choice;
use super::columns::unfolded;
use super::counted::{At, Counted};
use super::lines::{Line, lines};
use super::{pages, sentences, summed};
use crate::analysis::chart::{CellState, ChartCell};
use crate::analysis::matrix::{Cell, CellKind, Head, Matrix, Measure};
use crate::app::frame::dialogs::{Draw, Listed};
use crate::exchange::export::{
    self, About, Labels, Masked, Names, Table, TableError, WITHHELD, measure_name, measured_word, names_of, state_name,
};
use crate::exchange::picture::{NoPicture, Picture, bars_of_page, heat_table_of_page};
use crate::study::{PATH_SEPARATOR, Study, SummaryState};

/// What the figures and signs mean.
const SIGNS: &[&str] = &[
    "4 of 6: four of the six participants with these values are heard (4/6 on screen, which a spreadsheet would take for a day); + 1 group: and a group that answers as one.",
    "…: not all sources are marked done yet, more may come. 0 without it: all are done and nothing was found. Blank does not occur.",
    "–: nobody with these values takes part (structural zero), or a share of nothing.",
    "n: who could have been heard. done: how many of the sources in which they speak are marked done.",
    "All, Any theme: each counted once, not a sum. What is folded on screen stands in the row or column over it.",
];

/// What the words of cells mean.
const SUMMARIES: &[&str] = &[
    "A cell has the words of its own summary, whole, and below them how far it is: draft, charted or reviewed; “evidence changed” where something else lies under it than when it was written.",
    "Marks in the words: **bold**, “what somebody said”, [the analyst’s own comment], [3] a citation.",
    "“Asked, said nothing”, “Not asked”, “Not applicable”: why there is nothing to summarise. “3 passages, not charted”, “No passages”: nobody has written yet.",
    "A summary is of its whole cell, whatever filters leave out. Cells that can have none, as those over all themes, show who is heard.",
];

/// The chart that is seen, for whoever writes it to a file; `None` while there is no theme.
pub fn seen_chart(study: &Study, choice: &Choice) -> Option<Listed> {
    let spec = choice.chart.spec(study)?;
    Some(Listed {
        name: "chart",
        what: "The chart as it is seen.".to_owned(),
        make: Arc::new(move |study, texts, labels, now| export::seen_chart(study, texts, labels, &spec, now)),
        pictures: Vec::new(),
        figures: None,
    })
}

/// The page that is seen, for whoever writes it to a file.
#[must_use]
pub fn seen(choice: &Choice) -> Listed {
    let choice = choice.clone();
    Listed {
        name: "matrix",
        what: "The page as it is seen.".to_owned(),
        figures: None,
        pictures: vec![("Heat table", drawn_by(&choice, heat_table_of_page)), ("Bars", drawn_by(&choice, bars_of_page))],
        make: Arc::new(move |study, _, labels, now| written(study, &choice, labels, now)),
    }
}

/// A picture of one page.
type OfPage = fn(&Names<'_>, &Matrix, Measure, usize) -> Result<Picture, NoPicture>;

/// How the page that is seen is drawn, with all its rows.
fn drawn_by(choice: &Choice, picture: OfPage) -> Arc<Draw> {
    let choice = choice.clone();
    Arc::new(move |study, _, labels, now| {
        let counted = Counted::new(study, &choice.spec).map_err(TableError::from)?;
        let page = pages::position(&counted, choice.page.as_deref());
        let picture = picture(&Names::new(study, labels), &counted.matrix, choice.measure, page)?;
        Ok((picture, About::new(study, "", &choice.spec.filter, now)))
    })
}

fn written(study: &Study, choice: &Choice, labels: Labels, now: i64) -> Result<(Table, About), TableError> {
    let (counted, names) = (Counted::new(study, &choice.spec)?, Names::new(study, labels));
    names.may_cross(&choice.spec)?;
    let page = pages::position(&counted, choice.page.as_deref());
    let shown = choice.page.as_deref().filter(|_| page > 0).map(|points| names_of(&names, points).join(PATH_SEPARATOR));
    let of_page = shown.map_or_else(String::new, |page| format!(", page {page}"));
    let cells = if choice.summaries { "their summaries" } else { measure_name(choice.measure) };
    let what = format!("The matrix as it is seen{of_page}; its cells show {cells}.");
    let about = About::new(study, &what, &choice.spec.filter, now).with_matrix(study, &choice.spec);
    let about = if choice.summaries { about.section("Summaries", SUMMARIES) } else { about };
    let about = about.section("Signs", SIGNS).names(&names);
    Ok((table(&names, &counted, choice, page), about))
}

fn table(names: &Names<'_>, counted: &Counted, choice: &Choice, page: usize) -> Table {
    let (study, axes) = (names.study(), &choice.spec.rows);
    let columns: Vec<At> = [At::Total].into_iter().chain(unfolded(counted, choice)).collect();
    let mut header: Vec<String> = axes.iter().map(|axis| axis.name(study).to_owned()).collect();
    header.extend(columns.iter().map(|column| column_name(names, counted, *column)));
    let row = |names: Vec<String>, figure: &dyn Fn(At) -> String| -> Vec<String> {
        // A group of rows has no name on the axes within it.
        let names = names.into_iter().chain(std::iter::repeat("All".to_owned())).take(axes.len());
        names.chain(columns.iter().map(|column| figure(*column))).collect()
    };
    let head = |name: &str, says: &dyn Fn(At) -> String| {
        let names = [name.to_owned()].into_iter().chain(std::iter::repeat_n(String::new(), axes.len().saturating_sub(1)));
        row(names.collect(), says)
    };
    let masks = Masks { masked: Masked::of(names, &counted.matrix), counted, page };
    let there = |name: &str, says: &dyn Fn(&Cell) -> String| {
        head(name, &|column| {
            let told = || counted.cell(page, At::Total, column).map(says).unwrap_or_default();
            masks.there((At::Total, column)).map_or_else(told, str::to_owned)
        })
    };
    let mut rows =
        vec![there("n", &|cell| sentences::how_many(cell.n)), there("done", &|cell| format!("{} of {}", cell.done, cell.sources))];
    let mut lines = lines(counted, study.codebook(), &choice.folded);
    lines.retain(|line| summed::has_row(choice, line.point()));
    let of_line = |line: &Line| row(names_of(names, &line.points), &|column| figure(names, &masks, choice, (line.at, column)));
    rows.extend(lines.iter().map(of_line));
    rows.push(row(vec![sentences::total_name(counted).to_owned()], &|column| figure(names, &masks, choice, (At::Total, column))));
    let heads = axes.len();
    Table::new(header, rows).counting(|at, _| at >= heads).headed(heads)
}

fn column_name(names: &Names<'_>, counted: &Counted, column: At) -> String {
    let name = names_of(names, counted.points(column)).join(PATH_SEPARATOR);
    match column {
        At::Total => "All".to_owned(),
        At::Leaf(_) => name,
        At::Group(_) => format!("{name}{PATH_SEPARATOR}All"),
    }
}

/// What is masked on the page.
struct Masks<'a> {
    counted: &'a Counted,
    masked: Masked,
    page: usize,
}

impl Masks<'_> {
    /// What stands in the place of the figure of a cell; in that of a group, where one within it is masked.
    fn said(&self, measure: Measure, (row, column): (At, At)) -> Option<&str> {
        self.within((row, column), |masked, row, column| measured_word(masked, measure, (self.page, row, column)))
    }

    /// What stands in the place of those who could have been heard.
    fn there(&self, (row, column): (At, At)) -> Option<&str> {
        self.within((row, column), |masked, row, column| masked.there(self.page, row, column))
    }

    fn within<'a>(
        &'a self,
        (row, column): (At, At),
        word: impl Fn(&'a Masked, Option<usize>, Option<usize>) -> Option<&'a str>,
    ) -> Option<&'a str> {
        let matrix = &self.counted.matrix;
        let rows = places(row, &matrix.rows, self.counted.row_groups.as_ref().map(|groups| &groups.rows[..]));
        let columns = places(column, &matrix.columns, self.counted.column_groups.as_ref().map(|groups| &groups.columns[..]));
        let found = rows.iter().flat_map(|row| columns.iter().map(|column| word(&self.masked, *row, *column)));
        let is_one = rows.len() == 1 && columns.len() == 1;
        found.flatten().next().map(|word| if is_one { word } else { WITHHELD })
    }
}

/// The places in the matrix of what is within a row or column of the page: of a group all that it holds.
fn places(at: At, heads: &[Head], groups: Option<&[Head]>) -> Vec<Option<usize>> {
    match at {
        At::Total => vec![None],
        At::Leaf(at) => vec![Some(at)],
        At::Group(at) => {
            let of = groups.and_then(|groups| groups.get(at)).map_or(&[][..], |group| &group.points);
            heads.iter().enumerate().filter(|(_, head)| head.points.starts_with(of)).map(|(at, _)| Some(at)).collect()
        }
    }
}

/// What a cell prints, people in words; masked where it rests on too few, or would tell a figure that does.
fn figure(names: &Names<'_>, masks: &Masks<'_>, choice: &Choice, (row, column): (At, At)) -> String {
    let (counted, page) = (masks.counted, masks.page);
    if choice.summaries
        && let Some((far, shown)) = summed::shown_at(names.study(), counted, None, page, (row, column))
    {
        // Where nothing is written, what is told is a figure like any other.
        let masked = masks.said(Measure::Passages, (row, column)).filter(|_| far.state == CellState::NotCharted);
        return masked.map_or_else(|| summary(far, &shown), str::to_owned);
    }
    if let Some(word) = masks.said(choice.measure, (row, column)) {
        return word.to_owned();
    }
    let printed = sentences::printed(counted, choice.measure, page, row, column);
    let open = if printed.ends_with('…') { "…" } else { "" };
    let hides_n = masks.there((row, column)).is_some();
    match counted.cell(page, row, column) {
        // Of how few nobody is heard would tell how few there are.
        Some(cell) if cell.codings == 0 && cell.n.total() > 0 && hides_n => format!("0{open}"),
        Some(cell) if choice.measure == Measure::Participants && cell.kind() == CellKind::Coded && hides_n => {
            format!("{}{open}", sentences::how_many(cell.people))
        }
        Some(cell) if choice.measure == Measure::Participants && cell.kind() == CellKind::Coded => {
            format!("{}{open}", sentences::heard_in_words(cell))
        }
        _ => printed,
    }
}

/// The words of the summary of a cell with how far it is, or what is said where there is none.
fn summary(far: ChartCell, shown: &Shown<'_>) -> String {
    let state = match far.state {
        CellState::Draft => state_name(SummaryState::Draft),
        CellState::Charted if shown.is_summary => state_name(SummaryState::Charted),
        CellState::Reviewed => state_name(SummaryState::Reviewed),
        CellState::NotCharted | CellState::Charted => "",
    };
    let said: Vec<&str> = [state, if far.stale { "evidence changed" } else { "" }].into_iter().filter(|said| !said.is_empty()).collect();
    let words = shown.words.trim();
    if said.is_empty() { words.to_owned() } else { format!("{words}\n({})", said.join("; ")).trim_start().to_owned() }
}

#[cfg(test)]
mod tests {
    use super::super::choice::Starter;
    use super::*;
    use crate::analysis::matrix::Point;
    use crate::analysis::testing::{Builder, values};
    use crate::study::{AttributeOf, CaseKind, Role};
    use crate::text::Voice;

    #[test]
    fn where_nothing_is_charted_the_number_of_passages_is_masked_as_any_figure() {
        let mut builder = Builder::new();
        let coder = builder.coder("Elspeth");
        let group = builder.attribute("Group", AttributeOf::Cases, Some(Role::Group), None);
        builder.attribute("Area", AttributeOf::Cases, Some(Role::Area), None);
        let leads = builder.value(group, "Leads");
        let theme = builder.theme(None, "Sharing");
        let case = builder.case("A", CaseKind::Person, values(&[(group, leads)]));
        let put = builder.source("A", Some(case), values(&[]), &[(None, Voice::Participant, "We share.")]);
        builder.code(&put, put.span("We share"), theme, coder);
        let study = builder.study();
        let mut choice = Choice::new(&study, Starter::Overview);
        choice.summaries = true;
        let row = |labels: Labels| {
            let (table, _) = written(&study, &choice, labels, 0).unwrap();
            table.rows.into_iter().find(|row| row[0] == "Sharing").unwrap()
        };
        assert_eq!(row(Labels::IDS)[2], "1 passage, not charted");
        let masked = Labels::IDS.masking(Some(3));
        assert_eq!(row(masked)[2], "<3");
    }

    #[test]
    fn what_is_seen_is_what_is_written() {
        let mut builder = Builder::new();
        let coder = builder.coder("Elspeth");
        let group = builder.attribute("Group", AttributeOf::Cases, Some(Role::Group), None);
        let area = builder.attribute("Area", AttributeOf::Cases, Some(Role::Area), None);
        let (leads, fife) = (builder.value(group, "Leads"), builder.value(area, "Fife"));
        let top = builder.theme(None, "Partnership");
        let below = builder.theme(Some(top), "Sharing");
        for (label, kind) in [("A", CaseKind::Person), ("G", CaseKind::Group), ("B", CaseKind::Person)] {
            let case = builder.case(label, kind, values(&[(group, leads), (area, fife)]));
            let put = builder.source(label, Some(case), values(&[]), &[(None, Voice::Participant, "We share.")]);
            if label != "B" {
                builder.code(&put, put.span("We share"), below, coder);
            }
        }
        let study = builder.study();
        let mut choice = Choice::new(&study, Starter::Counts);
        let check = |choice: &Choice, expected: &[&str]| {
            let (table, _) = written(&study, choice, Labels::IDS, 0).unwrap();
            let found: Vec<String> = [&table.header].into_iter().chain(&table.rows).map(|row| row.join(" | ")).collect();
            assert_eq!(found, expected);
        };
        let n = "2 participants + 1 group";
        let heard = "1 of 2 + 1 group…";
        let line =
            |name: &str, figure: &str, columns: usize| [name].into_iter().chain(vec![figure; columns]).collect::<Vec<_>>().join(" | ");
        check(
            &choice,
            &[
                "Theme | All | Leads › Fife | Leads › All",
                &line("n", n, 3),
                &line("done", "0 of 3", 3),
                &line("Partnership", heard, 3),
                &line("Partnership › Sharing", heard, 3),
                &line("Any theme", heard, 3),
            ],
        );
        choice.folded = [vec![Point::Theme(top)]].into();
        choice.folded_groups = [vec![Point::Value(Some(leads))]].into();
        choice.measure = Measure::Codings;
        let folded = ["Theme | All | Leads › All", &line("n", n, 2), &line("done", "0 of 3", 2), &line("Partnership", "2…", 2)];
        check(&choice, &[&folded[..], &[&line("Any theme", "2…", 2)]].concat());
        let about = written(&study, &choice, Labels::IDS, 0).unwrap().1;
        assert_eq!(about.counted_says(), "Coders: Elspeth (the codings of all of them are counted) · Filters: none");
    }
}
