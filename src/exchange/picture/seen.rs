//! What of a matrix is drawn: its rows and columns with their names, and its cells in figures and words.

use super::heads::Head;
use super::leads::Leads;
use super::model::NoPicture;
use super::most::{Most, of_most};
use crate::analysis::matrix::{self, Axis, Cell, CellAt, CellKind, Figure, Matrix, Measure, Point};
use crate::exchange::export::{Names, measure_name, names_of, people_words};
use crate::study::PATH_SEPARATOR;

/// Most rows that are drawn.
const ROWS: usize = 60;
/// Most columns that are drawn.
const COLUMNS: usize = 48;

/// A matrix as it is drawn.
pub(super) struct Seen<'a> {
    names: &'a Names<'a>,
    pub matrix: &'a Matrix,
    pub measure: Measure,
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
    pub fn new(names: &'a Names<'a>, matrix: &'a Matrix, measure: Measure) -> Self {
        let total = |row, column| matrix.cell(0, row, column).map_or(0, |cell| cell.codings);
        // The theme without those below it has a row only where something is coded at it.
        let is_row = |row: &usize| {
            let only = matrix.rows.get(*row).is_some_and(|head| head.points.iter().any(|point| matches!(point, Point::ThemeOnly(_))));
            !only || total(Some(*row), None) > 0
        };
        let rows = of_most((0..matrix.rows.len()).filter(is_row), ROWS, |row| u64::from(total(Some(*row), None)));
        let columns = of_most(0..matrix.columns.len(), COLUMNS, |column| u64::from(total(None, Some(*column))));
        let left_out =
            [("rows", &rows), ("columns", &columns)].into_iter().filter_map(|(what, most)| most.says(what, "with most codings")).collect();
        let drawn = |most: Most<usize>, heads: &[matrix::Head], outer: bool| -> Vec<(usize, Head)> {
            most.shown.into_iter().filter_map(|at| heads.get(at).map(|head| (at, named(names, head, outer)))).collect()
        };
        let (rows, columns) = (drawn(rows, &matrix.rows, false), drawn(columns, &matrix.columns, true));
        Self { names, matrix, measure, rows, columns, left_out }
    }

    /// The pages, each with what it is called; nothing where there is only the page of all.
    pub fn pages(&self) -> Vec<(usize, Option<String>)> {
        let name = |head: &matrix::Head| if head.points.is_empty() { "All".to_owned() } else { self.name(&head.points) };
        let several = self.matrix.pages.len() > 1;
        self.matrix.pages.iter().enumerate().map(|(page, head)| (page, several.then(|| name(head)))).collect()
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
        match n.others() {
            _ if self.names.too_few(&self.matrix.spec, n) => self.names.few_word(),
            0 => n.persons.to_string(),
            others => format!("{} +{others}", n.persons),
        }
    }

    /// A cell or total; `None` outside of the matrix.
    pub fn datum(&self, page: usize, row: Option<usize>, column: Option<usize>) -> Option<Datum> {
        let cell = self.matrix.cell(page, row, column)?;
        let kind = cell.kind();
        let figure = self.matrix.figure(self.measure, page, row, column);
        if self.names.too_few(&self.matrix.spec, cell.people) {
            let few = self.names.few_word();
            return Some(Datum { words: format!("masked ({few})"), text: few, value: None, of: None, kind });
        }
        let value = figure.map(|figure| match figure {
            Figure::Count(count) => f64::from(count),
            Figure::Share(share) => share,
        });
        let participants = self.measure == Measure::Participants;
        let (text, words) = match kind {
            CellKind::NoSuchParticipants => (String::new(), "no such participants".to_owned()),
            CellKind::Open => (String::new(), "nothing so far, and not all sources are marked done".to_owned()),
            CellKind::DoneNothing => ("0".to_owned(), "all sources are done and nothing was found".to_owned()),
            CellKind::Coded => match figure {
                Some(Figure::Count(_)) if participants => (participants_text(cell), participants_words(cell)),
                Some(Figure::Count(count)) => (count.to_string(), counted_words(self.measure, count)),
                Some(Figure::Share(share)) => (
                    format!("{:.0} %", 100.0 * share),
                    format!(
                        "{:.1} % of the passages of the {}",
                        100.0 * share,
                        if self.measure == Measure::ShareOfRow { "row" } else { "column" }
                    ),
                ),
                None => (String::new(), "a share of nothing".to_owned()),
            },
        };
        let of = (participants && !self.names.too_few(&self.matrix.spec, cell.n)).then(|| f64::from(cell.n.persons));
        Some(Datum { text, value: value.filter(|_| kind == CellKind::Coded), of, words, kind })
    }

    /// Why nothing of these cells can be drawn.
    pub fn nothing(data: &[Datum]) -> NoPicture {
        let masked = |datum: &Datum| datum.kind == CellKind::Coded && datum.value.is_none() && !datum.text.is_empty();
        NoPicture::because(if data.iter().any(masked) {
            "every figure rests on too few people and is masked"
        } else {
            "nothing is coded that the matrix would show"
        })
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
        let spoken = self.matrix.cell(page, row, column).is_some_and(|cell| cell.kind() != CellKind::NoSuchParticipants);
        spoken.then(|| Leads::Cell(CellAt { spec: self.matrix.spec.clone(), key: self.matrix.key(page, row, column) }))
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

fn participants_text(cell: &Cell) -> String {
    let persons = if cell.n.persons > 0 { format!("{}/{}", cell.people.persons, cell.n.persons) } else { cell.people.persons.to_string() };
    match cell.people.others() {
        0 => persons,
        others if cell.n.persons == 0 => format!("+{others}"),
        others => format!("{persons} +{others}"),
    }
}

fn participants_words(cell: &Cell) -> String {
    let heard = people_words(cell.people, "participant", "participants");
    match (cell.people.persons + cell.people.others(), cell.n.persons) {
        (0, _) => "only people who are not stated or unidentified".to_owned(),
        (_, 0) => heard,
        (_, n) => format!("{heard}, of {n} who could have been heard"),
    }
}
