//! What of a matrix is drawn: its rows and columns with their names, and its cells in figures and words.

use super::heads::Head;
use super::model::NoPicture;
use super::most::{Most, of_most};
use crate::analysis::leads::Leads;
use crate::analysis::matrix::{self, Axis, Cell, CellKind, Figure, Matrix, Measure, People, Point};
use crate::exchange::export::{Masked, Names, WITHHELD, measure_name, measured_word, names_of, people_words, rounded};
use crate::study::PATH_SEPARATOR;

/// Most rows that are drawn.
const ROWS: usize = 60;
/// Most columns that are drawn.
const COLUMNS: usize = 48;

/// A matrix as it is drawn.
pub(super) struct Seen<'a> {
    names: &'a Names<'a>,
    masked: Masked,
    pub matrix: &'a Matrix,
    pub measure: Measure,
    /// The only page that is drawn; all without one.
    only: Option<usize>,
    /// Which rows are drawn, with their names.
    pub rows: Vec<(usize, Head)>,
    /// Which columns.
    pub columns: Vec<(usize, Head)>,
    /// What is said of those that are not.
    pub left_out: Vec<String>,
}

/// A cell as it is drawn.
pub(super) struct Datum {
    /// What stands in it.
    pub text: String,
    /// What it comes to; none where there is nothing, or what there is must not be told.
    pub value: Option<f64>,
    /// Of how many, where it is some of them.
    pub of: Option<f64>,
    /// What it is in words.
    pub words: String,
    pub kind: CellKind,
}

impl<'a> Seen<'a> {
    /// What a picture shows of a matrix, masked as its tables are; none where the places of cases would tell what is masked of them.
    pub fn new(names: &'a Names<'a>, matrix: &'a Matrix, measure: Measure, only: Option<usize>) -> Result<Self, NoPicture> {
        names.may_cross(&matrix.spec).map_err(|error| NoPicture::because(error.to_string()))?;
        let masked = Masked::of(names, matrix);
        let total = |row, column| matrix.cell(0, row, column).map_or(0, |cell| cell.codings);
        // Which are left out must not tell what is masked of them: those go first.
        let told = |row, column| if masked.said(0, row, column).is_some() { 0 } else { u64::from(total(row, column)) };
        // The theme without those below it has a row only where something is coded at it.
        let is_row = |row: &usize| {
            let only = matrix.rows.get(*row).is_some_and(|head| head.points.iter().any(|point| matches!(point, Point::ThemeOnly(_))));
            !only || total(Some(*row), None) > 0
        };
        let all_rows: Vec<usize> = (0..matrix.rows.len()).filter(is_row).collect();
        let masked_rows = all_rows.iter().any(|row| masked.said(0, Some(*row), None).is_some());
        let masked_columns = (0..matrix.columns.len()).any(|column| masked.said(0, None, Some(column)).is_some());
        let rows = of_most(all_rows, ROWS, |row| told(Some(*row), None));
        let columns = of_most(0..matrix.columns.len(), COLUMNS, |column| told(None, Some(*column)));
        let which = |masked: bool| if masked { "with most codings, masked ones last" } else { "with most codings" };
        let left_out = [("rows", &rows, masked_rows), ("columns", &columns, masked_columns)];
        let left_out = left_out.into_iter().filter_map(|(what, most, masked)| most.says(what, which(masked))).collect();
        let drawn = |most: Most<usize>, heads: &[matrix::Head], outer: bool| -> Vec<(usize, Head)> {
            most.shown.into_iter().filter_map(|at| heads.get(at).map(|head| (at, named(names, head, outer)))).collect()
        };
        let (rows, columns) = (drawn(rows, &matrix.rows, false), drawn(columns, &matrix.columns, true));
        Ok(Self { names, masked, matrix, measure, only, rows, columns, left_out })
    }

    /// The pages that are drawn, each with what it is called; nothing where there is only the page of all.
    pub fn pages(&self) -> Vec<(usize, Option<String>)> {
        let name = |head: &matrix::Head| if head.points.is_empty() { "All".to_owned() } else { self.name(&head.points) };
        let several = self.matrix.pages.len() > 1;
        let pages = self.matrix.pages.iter().enumerate().filter(|(page, _)| self.only.is_none_or(|only| only == *page));
        pages.map(|(page, head)| (page, several.then(|| name(head)))).collect()
    }

    /// What the picture is called.
    pub fn title(&self) -> String {
        let spec = &self.matrix.spec;
        let axes = [&spec.rows, &spec.columns].into_iter().filter(|axes| !axes.is_empty()).map(|axes| axes_name(self.names, axes));
        let axes: Vec<String> = axes.collect();
        format!("{}: {}", axes.join(" × "), measure_words(self.measure))
    }

    /// How it is counted, with what is to be known of totals where there are any.
    pub fn computed(&self, totals: bool) -> Vec<String> {
        let mut computed = vec![counted(self.measure).to_owned()];
        if self.matrix.spec.axes().any(|axis| axis == Axis::Themes) {
            computed.push("A theme holds what its sub-themes hold.".to_owned());
        }
        let several = "Whoever or whatever stands in two rows or columns counts under each.".to_owned();
        computed.push(if totals {
            "Totals are counted for themselves: whoever or whatever stands in two rows or columns is one.".to_owned()
        } else {
            several
        });
        computed.extend(self.left_out.iter().cloned());
        computed.extend(self.names.masking_says());
        computed
    }

    /// How many could have been heard in a column, or in all: “12 +1”; masked where they are too few.
    pub fn n_text(&self, page: usize, column: Option<usize>) -> String {
        let n = self.matrix.cell(page, None, column).map(|cell| cell.n).unwrap_or_default();
        match (self.masked.there(page, None, column), n.others()) {
            (Some(word), _) => word.to_owned(),
            (None, 0) => n.persons.to_string(),
            (None, others) => format!("{} +{others}", n.persons),
        }
    }

    /// A cell or total; `None` outside of the matrix.
    pub fn datum(&self, page: usize, row: Option<usize>, column: Option<usize>) -> Option<Datum> {
        let cell = self.matrix.cell(page, row, column)?;
        let kind = cell.kind();
        let figure = self.matrix.figure(self.measure, page, row, column);
        if let Some(word) = measured_word(&self.masked, self.measure, (page, row, column)) {
            let words = if word == WITHHELD { WITHHELD.to_owned() } else { format!("{WITHHELD} ({word})") };
            return Some(Datum { words, text: word.to_owned(), value: None, of: None, kind });
        }
        let n = self.masked.there(page, row, column).is_none().then_some(cell.n);
        let value = figure.map(|figure| match figure {
            Figure::Count(count) => f64::from(count),
            Figure::Share(share) => share,
        });
        let participants = self.measure == Measure::Participants;
        let (text, words) = match kind {
            CellKind::NoSuchParticipants => (String::new(), "no such participants".to_owned()),
            CellKind::Open => (String::new(), "nothing so far, and not all sources are marked done".to_owned()),
            CellKind::DoneNothing if figure.is_none() => share_of_nothing(),
            CellKind::DoneNothing => ("0".to_owned(), "all sources are done and nothing was found".to_owned()),
            CellKind::Coded => match figure {
                Some(Figure::Count(_)) if participants => (participants_text(cell, n), participants_words(cell, n)),
                Some(Figure::Count(count)) => (count.to_string(), counted_words(self.measure, count)),
                Some(Figure::Share(share)) => (
                    share_says(share, 0),
                    format!(
                        "{} of the passages of the {}",
                        share_says(share, 1),
                        if self.measure == Measure::ShareOfRow { "row" } else { "column" }
                    ),
                ),
                None => share_of_nothing(),
            },
        };
        let of = n.filter(|_| participants).map(|n| f64::from(n.persons));
        Some(Datum { text, value: value.filter(|_| kind == CellKind::Coded), of, words, kind })
    }

    /// Why nothing of these cells can be drawn.
    pub fn nothing(&self, data: &[Datum]) -> NoPicture {
        const MASKED: &str = "every figure rests on too few people and is masked";
        const OTHERS: &str = "only pairs, groups or people who are not stated are heard; none is a participant";
        let masked = |datum: &Datum| datum.kind == CellKind::Coded && datum.value.is_none() && !datum.text.is_empty();
        let why = match (data.iter().any(masked), data.iter().any(|datum| self.is_of_others(datum))) {
            (true, true) => "what does not rest on too few people is of pairs, groups or people who are not stated; none is a participant",
            (true, false) => MASKED,
            (false, true) => OTHERS,
            (false, false) => "nothing is coded that the matrix would show",
        };
        NoPicture::because(why)
    }

    /// Whether somebody is heard in a cell of which participants are counted, and none of them is one.
    pub fn is_of_others(&self, datum: &Datum) -> bool {
        self.measure == Measure::Participants && datum.kind == CellKind::Coded && datum.value == Some(0.0)
    }

    /// The name of a cell: “Caring costs × Carers”.
    pub fn cell_name(&self, page: usize, row: Option<&Head>, column: Option<&Head>) -> String {
        let page = self.matrix.pages.get(page).filter(|head| !head.points.is_empty()).map(|head| self.name(&head.points));
        let whole = |head: Option<&Head>, total: &str| head.map_or_else(|| total.to_owned(), |head| head.whole.clone());
        let mut parts = vec![whole(row, "Total")];
        if !self.columns.is_empty() {
            parts.push(whole(column, "Total"));
        }
        parts.extend(page);
        parts.join(" × ")
    }

    /// What a cell or total leads to; nothing where nobody can have said anything.
    pub fn leads(&self, page: usize, row: Option<usize>, column: Option<usize>) -> Option<Leads> {
        Leads::cell(self.matrix, page, row, column)
    }

    fn name(&self, points: &[Point]) -> String {
        names_of(self.names, points).join(PATH_SEPARATOR)
    }
}

fn named(names: &Names<'_>, head: &matrix::Head, outer: bool) -> Head {
    let wholes = names_of(names, &head.points);
    let study = names.study();
    let short = |(point, whole): (&Point, &String)| match point {
        Point::Theme(theme) => study.codebook().get(*theme).map_or_else(|| whole.clone(), |theme| theme.name.clone()),
        Point::ThemeOnly(_) => "(this level only)".to_owned(),
        Point::Case(_) | Point::Value(_) => whole.clone(),
    };
    let mut shorts: Vec<String> = head.points.iter().zip(&wholes).map(short).collect();
    let outer = (outer && shorts.len() > 1).then(|| shorts.drain(..shorts.len() - 1).collect::<Vec<_>>().join(PATH_SEPARATOR));
    Head { name: shorts.join(PATH_SEPARATOR), whole: wholes.join(PATH_SEPARATOR), depth: head.depth, outer }
}

fn axes_name(names: &Names<'_>, axes: &[Axis]) -> String {
    axes.iter().map(|axis| axis.name(names.study())).collect::<Vec<_>>().join(PATH_SEPARATOR)
}

/// A measure in words.
pub(super) const fn measure_words(measure: Measure) -> &'static str {
    match measure {
        Measure::ShareOfRow => "share of the row",
        Measure::ShareOfColumn => "share of the column",
        other => measure_name(other),
    }
}

const fn counted(measure: Measure) -> &'static str {
    match measure {
        Measure::Passages => "Passages are stretches of text: codings that share characters are one.",
        Measure::Codings => "Codings: each theme applied to each passage by each coder.",
        Measure::Participants => {
            "Participants are distinct persons, of those who could have been heard; +1 stands for a pair, a group or an interview beside them."
        }
        Measure::Words => "Words are those of participants, each counted once.",
        Measure::ShareOfRow => "Shares are of the passages of the whole row.",
        Measure::ShareOfColumn => "Shares are of the passages of the whole column.",
    }
}

fn counted_words(measure: Measure, count: u32) -> String {
    let (one, many) = match measure {
        Measure::Codings => ("coding", "codings"),
        Measure::Words => ("word", "words"),
        _ => ("passage", "passages"),
    };
    format!("{count} {}", if count == 1 { one } else { many })
}

/// What stands in a cell that is part of a row or column in which nothing is.
pub(super) const SHARE_OF_NOTHING: &str = "–";

fn share_of_nothing() -> (String, String) {
    (SHARE_OF_NOTHING.to_owned(), "a share of nothing".to_owned())
}

/// A share in per cent; what is something is never said to be nothing, and what is not all never to be all.
fn share_says(share: f64, decimals: usize) -> String {
    let says = rounded(100.0 * share, 100.0, decimals);
    let least = 0.1f64.powi(i32::try_from(decimals).unwrap_or(i32::MAX));
    if share > 0.0 && says == rounded(0.0, 100.0, decimals) { format!("< {least:.decimals$} %") } else { format!("{says} %") }
}

/// Who is heard, of whom where that may be told.
fn participants_text(cell: &Cell, n: Option<People>) -> String {
    let n = n.map(|n| n.persons);
    let persons = match n {
        Some(n) if n > 0 => format!("{}/{n}", cell.people.persons),
        _ => cell.people.persons.to_string(),
    };
    match cell.people.others() {
        0 => persons,
        others if n == Some(0) => format!("+{others}"),
        others => format!("{persons} +{others}"),
    }
}

fn participants_words(cell: &Cell, n: Option<People>) -> String {
    let heard = people_words(cell.people, "participant", "participants");
    match (cell.people.persons + cell.people.others(), n.map_or(0, |n| n.persons)) {
        (0, _) => "only people who are not stated or unidentified".to_owned(),
        (_, 0) => heard,
        (_, n) => format!("{heard}, of {n} who could have been heard"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_little_is_not_nothing_and_nearly_all_is_not_all() {
        let says = |share| (share_says(share, 0), share_says(share, 1));
        let both = |one: &str, other: &str| (one.to_owned(), other.to_owned());
        assert_eq!(says(0.0), both("0 %", "0.0 %"));
        assert_eq!(says(0.0004), both("< 1 %", "< 0.1 %"));
        assert_eq!(says(0.004), both("< 1 %", "0.4 %"));
        assert_eq!(says(0.006), both("1 %", "0.6 %"));
        assert_eq!(says(0.996), both("99 %", "99.6 %"));
        assert_eq!(says(1.0), both("100 %", "100.0 %"));
    }
}
