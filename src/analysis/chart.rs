//! The chart of a theme: cases down, its sub-themes across, and what there is for a summary in every cell.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::basis::{Drift, basis_of};
use crate::study::{
    AttributeId, Basis, Case, CaseId, Codebook, CoderId, CodingId, Crossed, Crossing, RevisionId, StatusKind, Study, Summary, SummaryState,
    ThemeId, ValueId,
};
use crate::text::{Span, stretches};

/// A chart groups its rows by no more attributes than these.
pub const MOST_GROUPED: usize = 4;

/// The name of the sub-theme for what fits none of the others; it stands last.
pub const OTHER: &str = "Other";

/// What a chart is to show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChartSpec {
    /// The theme whose sub-themes are the columns; itself where it has none.
    pub theme: ThemeId,
    /// By what the rows are grouped, the outermost first; at most [`MOST_GROUPED`].
    pub by: Vec<AttributeId>,
    /// Only cases with one of these values are shown, attribute by attribute; `None` is *Not stated*.
    pub shown: BTreeMap<AttributeId, BTreeSet<Option<ValueId>>>,
}

/// A chart.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Chart {
    /// The themes of the columns. The theme itself is one of them beside its sub-themes where something is coded at it and at none
    /// of these, so that no coding is in no cell.
    pub columns: Vec<ThemeId>,
    /// The theme itself, where it has a column beside its sub-themes.
    pub itself: Option<ThemeId>,
    /// The rows, group by group, in each in the analyst's order of cases.
    pub rows: Vec<ChartRow>,
}

/// A case of a chart.
#[derive(Clone, Debug, PartialEq)]
pub struct ChartRow {
    /// Who.
    pub case: CaseId,
    /// Its value of each attribute by which the rows are grouped, the first where it has several; `None` is *Not stated*.
    pub under: Vec<Option<ValueId>>,
    /// How far its sources are: the least of them, each by the coder who is furthest. `None`: it speaks in no source.
    pub status: Option<StatusKind>,
    /// Its cells, in the order of the columns.
    pub cells: Vec<ChartCell>,
}

/// A cell of a chart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ChartCell {
    /// Passages: stretches of codings that share words. In the column of the theme itself only those coded at its own level.
    pub passages: u32,
    /// Whether it is in the column of the theme itself, beside its sub-themes.
    pub is_itself: bool,
    /// Whether there is something to read: a summary in some state, or that there is nothing to say and why.
    pub state: CellState,
    /// Whether something else lies under it than when it was written.
    pub stale: bool,
    /// How many summaries wait there to be settled.
    pub to_settle: u32,
}

impl ChartCell {
    /// Whether there is nothing to chart in it: in the column of the theme itself, where nothing is coded at its own level.
    #[must_use]
    pub const fn is_spare(self) -> bool {
        self.is_itself && self.passages == 0 && matches!(self.state, CellState::NotCharted)
    }
}

/// How far a cell is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CellState {
    /// Nothing is written.
    #[default]
    NotCharted,
    /// A summary is begun.
    Draft,
    /// A summary is written, or it is known why there is none.
    Charted,
    /// A summary was read again and found right.
    Reviewed,
}

impl CellState {
    /// How far a cell with this summary is.
    #[must_use]
    pub fn of(summary: Option<&Summary>) -> Self {
        match summary.map(Summary::reached) {
            None => Self::NotCharted,
            Some(SummaryState::Draft) => Self::Draft,
            Some(SummaryState::Charted) => Self::Charted,
            Some(SummaryState::Reviewed) => Self::Reviewed,
        }
    }

    /// Whether there is nothing more to write.
    #[must_use]
    pub const fn is_charted(self) -> bool {
        matches!(self, Self::Charted | Self::Reviewed)
    }
}

impl Chart {
    /// The chart of a study. It goes through all codings: to be made on a thread of its own.
    #[must_use]
    pub fn new(study: &Study, spec: &ChartSpec) -> Self {
        let (columns, itself) = columns(study, spec.theme);
        let statuses = statuses(study);
        let mut rows: Vec<ChartRow> = cases(study, spec, |_, _| true)
            .into_iter()
            .map(|(case, under)| ChartRow { case, under, status: statuses.get(&case).copied(), cells: Vec::new() })
            .collect();
        let cells: Vec<Crossing> =
            rows.iter().flat_map(|row| columns.iter().map(|theme| Crossing { theme: *theme, of: Crossed::Case(row.case) })).collect();
        let mut found = chart_cells(study, &cells).into_iter();
        for row in &mut rows {
            row.cells = found.by_ref().take(columns.len()).collect();
        }
        if let Some((theme, at)) = itself.and_then(|theme| Some((theme, columns.iter().position(|column| *column == theme)?))) {
            let own = at_level(study, theme, &rows);
            for row in &mut rows {
                if let Some(cell) = row.cells.get_mut(at) {
                    (cell.is_itself, cell.passages) = (true, own.get(&row.case).copied().unwrap_or_default());
                }
            }
        }
        Self { columns, itself, rows }
    }

    /// The cells of some rows that are charted, and all.
    pub fn charted<'a>(rows: impl IntoIterator<Item = &'a ChartRow>) -> (usize, usize) {
        rows.into_iter()
            .flat_map(|row| &row.cells)
            .filter(|cell| !cell.is_spare())
            .fold((0, 0), |(charted, all), cell| (charted + usize::from(cell.state.is_charted()), all + 1))
    }

    /// The next cell that is not charted after row and column `from`, line by line and on from the top; a row that was not read
    /// yet has nothing to chart.
    #[must_use]
    pub fn next_not_charted(&self, from: Option<(usize, usize)>) -> Option<(usize, usize)> {
        let width = self.columns.len();
        let count = self.rows.len() * width;
        let first = from.map_or(0, |(row, column)| row * width + column + 1);
        let places = (0..count).map(|step| (first + step) % count).map(|at| (at / width, at % width));
        places.into_iter().find(|(row, column)| {
            let Some(row) = self.rows.get(*row) else { return false };
            row.status.is_some_and(|status| status != StatusKind::NotStarted)
                && row.cells.get(*column).is_some_and(|cell| !cell.is_spare() && !cell.state.is_charted())
        })
    }
}

/// A case across all themes, in the analyst's order of themes: what there is for a summary of each.
#[must_use]
pub fn profile(study: &Study, case: CaseId) -> Vec<(ThemeId, ChartCell)> {
    let of = |theme| Crossing { theme, of: Crossed::Case(case) };
    let cells: Vec<Crossing> = study.codebook().outline().iter().map(|row| of(row.theme)).collect();
    let found = chart_cells(study, &cells);
    cells.iter().map(|cell| cell.theme).zip(found).collect()
}

/// How far the sources are in which a case speaks, as in a chart.
#[must_use]
pub fn status_of(study: &Study, case: CaseId) -> Option<StatusKind> {
    statuses(study).get(&case).copied()
}

/// The themes that have a chart of their own, in the analyst's order: those of the first level and all that have sub-themes.
#[must_use]
pub fn charted_themes(codebook: &Codebook) -> Vec<ThemeId> {
    let outline = codebook.outline();
    let themes = outline.iter().enumerate().filter(|(line, row)| row.depth == 0 || row.end > line + 1);
    themes.map(|(_, row)| row.theme).collect()
}

/// The themes below one, or at the top, and those of them that are for what fits none of the others.
fn parted(codebook: &Codebook, theme: Option<ThemeId>) -> (Vec<ThemeId>, Vec<ThemeId>) {
    codebook.children(theme).map(|child| child.id).partition(|id| !is_other(codebook, *id))
}

/// The themes below one, or at the top, as they stand in charts: *Other* last.
fn below(codebook: &Codebook, theme: Option<ThemeId>) -> Vec<ThemeId> {
    let (mut themes, other) = parted(codebook, theme);
    themes.extend(other);
    themes
}

/// All themes in the order in which charts have them: the analyst's, but each *Other* after its siblings.
#[must_use]
pub fn in_chart_order(codebook: &Codebook) -> Vec<ThemeId> {
    let mut found = Vec::new();
    let mut open = below(codebook, None);
    open.reverse();
    while let Some(theme) = open.pop() {
        found.push(theme);
        open.extend(below(codebook, Some(theme)).into_iter().rev());
    }
    found
}

/// The columns of a theme: its sub-themes, the theme itself where something is coded or written at its own level, *Other* last;
/// the theme alone where it has no sub-themes. And the theme itself, if it stands beside others.
#[must_use]
pub fn columns(study: &Study, theme: ThemeId) -> (Vec<ThemeId>, Option<ThemeId>) {
    let codebook = study.codebook();
    let (mut columns, other) = parted(codebook, Some(theme));
    if columns.is_empty() && other.is_empty() {
        return (codebook.get(theme).map(|_| theme).into_iter().collect(), None);
    }
    let coded =
        || study.codings().any(|(material, coded)| coded.coding.theme == theme && material.cases_of(coded).iter().any(Option::is_some));
    let written = || study.summaries().iter().any(|own| own.cell.theme == theme && matches!(own.cell.of, Crossed::Case(_)));
    let itself = (coded() || written()).then_some(theme);
    columns.extend(itself);
    columns.extend(other);
    (columns, itself)
}

/// How many passages of each case are coded at a theme itself, and not below it.
fn at_level(study: &Study, theme: ThemeId, rows: &[ChartRow]) -> HashMap<CaseId, u32> {
    let apart = not_counted(study);
    let mut codings: HashMap<CaseId, Basis> = HashMap::new();
    for (material, coded) in study.codings().filter(|(_, coded)| coded.coding.theme == theme) {
        for case in material.cases_of(coded).into_iter().flatten() {
            let coding = &coded.coding;
            codings.entry(case).or_default().codings.insert((coding.id, coding.revision, coding.span));
        }
    }
    rows.iter().filter_map(|row| Some((row.case, passages(codings.get(&row.case)?, &apart)))).collect()
}

/// Whether a theme is the one for what fits none of its siblings.
#[must_use]
pub fn is_other(codebook: &Codebook, theme: ThemeId) -> bool {
    codebook.get(theme).is_some_and(|theme| theme.parent.is_some() && theme.name.trim().eq_ignore_ascii_case(OTHER))
}

/// The cases that are shown, in order, each with what it stands under. Of a case only what is `told` places it: without it it
/// stands among those last of which nothing is stated, and a filter lets it in nowhere.
pub fn cases(study: &Study, spec: &ChartSpec, told: impl Fn(CaseId, AttributeId) -> bool) -> Vec<(CaseId, Vec<Option<ValueId>>)> {
    let by: Vec<AttributeId> = spec.by.iter().copied().take(MOST_GROUPED).collect();
    let orders: Vec<HashMap<ValueId, usize>> = by.iter().map(|attribute| order(study, *attribute)).collect();
    let mut found: Vec<(Vec<usize>, CaseId, Vec<Option<ValueId>>)> = study
        .cases_in_order()
        .into_iter()
        .filter(|case| {
            let lets_in =
                |(attribute, values): (&AttributeId, &BTreeSet<_>)| told(case.id, *attribute) && is_shown(case, *attribute, values);
            spec.shown.iter().all(lets_in)
        })
        .map(|case| {
            let value = |(attribute, order): (&AttributeId, &HashMap<ValueId, usize>)| {
                if told(case.id, *attribute) { first_value(case, *attribute, order) } else { None }
            };
            let under: Vec<_> = by.iter().zip(&orders).map(value).collect();
            let places = under.iter().zip(&orders).map(|(value, order)| value.map_or(usize::MAX, |value| place(order, value)));
            (places.collect(), case.id, under)
        })
        .collect();
    // The sort keeps the order of cases within each group.
    found.sort_by(|(one, ..), (other, ..)| one.cmp(other));
    found.into_iter().map(|(_, case, under)| (case, under)).collect()
}

fn order(study: &Study, attribute: AttributeId) -> HashMap<ValueId, usize> {
    study.attributes().values_of(attribute).into_iter().enumerate().map(|(place, value)| (value.id, place)).collect()
}

fn place(order: &HashMap<ValueId, usize>, value: ValueId) -> usize {
    order.get(&value).copied().unwrap_or(usize::MAX)
}

/// The first value of a case in the analyst's order.
fn first_value(case: &Case, attribute: AttributeId, order: &HashMap<ValueId, usize>) -> Option<ValueId> {
    case.values.get(&attribute).into_iter().flatten().copied().min_by_key(|value| place(order, *value))
}

fn is_shown(case: &Case, attribute: AttributeId, values: &BTreeSet<Option<ValueId>>) -> bool {
    match case.values.get(&attribute).filter(|own| !own.is_empty()) {
        None => values.contains(&None),
        Some(own) => own.iter().any(|value| values.contains(&Some(*value))),
    }
}

/// How far the sources of each case are that speaks as a participant.
fn statuses(study: &Study) -> BTreeMap<CaseId, StatusKind> {
    let mut found: BTreeMap<CaseId, StatusKind> = BTreeMap::new();
    for material in study.materials() {
        let status = material.statuses.iter().map(|status| status.status).max().unwrap_or_default();
        for case in material.spoken().iter().filter_map(|(case, _)| material.case(*case)) {
            found.entry(case).and_modify(|least| *least = (*least).min(status)).or_insert(status);
        }
    }
    found
}

/// What there is in each cell. The codings are gone through once for all.
fn chart_cells(study: &Study, cells: &[Crossing]) -> Vec<ChartCell> {
    let (bases, apart) = (basis_of(study, &cells.iter().collect::<Vec<_>>()), not_counted(study));
    cells.iter().zip(&bases).map(|(cell, basis)| chart_cell(study, cell, basis, &apart)).collect()
}

fn chart_cell(study: &Study, cell: &Crossing, basis: &Basis, apart: &HashSet<CodingId>) -> ChartCell {
    let own = study.summaries().of(cell);
    ChartCell {
        passages: passages(basis, apart),
        is_itself: false,
        state: CellState::of(own.map(AsRef::as_ref)),
        stale: own.is_some_and(|own| Drift::between(&own.basis, basis).is_stale()),
        to_settle: study.summaries().to_settle(cell).count() as u32,
    }
}

/// The codings that do not count: what coders made where they have agreed, and what is agreed on where they are not done.
fn not_counted(study: &Study) -> HashSet<CodingId> {
    if !study.coders().contains_key(&CoderId::agreed()) {
        return HashSet::new();
    }
    let apart = study.codings().filter(|(material, coded)| !material.counts(coded.coding.coder));
    apart.map(|(_, coded)| coded.coding.id).collect()
}

fn passages(basis: &Basis, apart: &HashSet<CodingId>) -> u32 {
    let mut by_revision: BTreeMap<RevisionId, Vec<Span>> = BTreeMap::new();
    for (_, revision, span) in basis.codings.iter().filter(|(coding, ..)| !apart.contains(coding)) {
        by_revision.entry(*revision).or_default().push(*span);
    }
    by_revision.into_values().map(|spans| stretches(spans).len() as u32).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::testing::{Builder, values};
    use crate::study::{AttributeOf, CaseKind, Role, Values};
    use crate::text::Voice;

    #[test]
    fn rows_are_grouped_and_columns_end_with_other() {
        let mut builder = Builder::new();
        let coder = builder.coder("Elspeth");
        let area = builder.attribute("Area", AttributeOf::Cases, Some(Role::Area), None);
        let (fife, arran) = (builder.value(area, "Fife"), builder.value(area, "Arran"));
        let top = builder.theme(None, "Rooms");
        let other = builder.theme(Some(top), "other");
        let cold = builder.theme(Some(top), "Cold");
        let alone = builder.theme(None, "Money");
        let deep = builder.theme(Some(cold), "Winter");
        let nobody = builder.case("Nobody", CaseKind::Person, Values::new());
        let both = builder.case("Both", CaseKind::Person, values(&[(area, arran), (area, fife)]));
        let there = builder.case("There", CaseKind::Person, values(&[(area, arran)]));
        let here = builder.case("Here", CaseKind::Person, values(&[(area, fife)]));
        let turns = [(None, Voice::Participant, "The room was cold in winter, and dear.")];
        let said = builder.source("A", Some(there), Values::new(), &turns);
        builder.source("B", Some(here), Values::new(), &turns);
        builder.status(&said, coder, StatusKind::Coding);
        builder.code(&said, said.span("room was"), deep, coder);
        builder.code(&said, said.span("was cold"), cold, coder);
        builder.code(&said, said.span("dear"), cold, coder);
        let study = builder.study();
        assert_eq!(charted_themes(study.codebook()), [top, cold, alone]);
        let spec = |theme, by: &[AttributeId]| ChartSpec { theme, by: by.to_vec(), shown: BTreeMap::new() };
        let chart = Chart::new(&study, &spec(top, &[area]));
        assert_eq!(chart.columns, [cold, other]);
        let rows: Vec<_> = chart.rows.iter().map(|row| (row.case, row.under[0], row.status)).collect();
        assert_eq!(
            rows,
            [
                (both, Some(fife), None),
                (here, Some(fife), Some(StatusKind::NotStarted)),
                (there, Some(arran), Some(StatusKind::Coding)),
                (nobody, None, None),
            ]
        );
        let passages: Vec<u32> = chart.rows.iter().flat_map(|row| row.cells.iter().map(|cell| cell.passages)).collect();
        assert_eq!(passages, [0, 0, 0, 0, 2, 0, 0, 0], "overlapping codings of a theme and one below it are one passage");
        assert_eq!(chart.next_not_charted(None), Some((2, 0)), "only what somebody began to read");
        assert_eq!(chart.next_not_charted(Some((2, 1))), Some((2, 0)), "on from the top");
        assert_eq!(Chart::new(&study, &spec(alone, &[])).columns, [alone]);
        let across: Vec<(ThemeId, u32)> = profile(&study, there).iter().map(|(theme, cell)| (*theme, cell.passages)).collect();
        assert_eq!(across, [(top, 2), (other, 0), (cold, 2), (deep, 1), (alone, 0)], "a theme holds what is below it");
        let ungrouped: Vec<CaseId> = Chart::new(&study, &spec(top, &[])).rows.iter().map(|row| row.case).collect();
        assert_eq!(ungrouped, [nobody, both, there, here], "the analyst's own order");
        // What is coded at the theme itself has a column of its own, before *Other*; where there is nothing of it, nothing is to
        // be charted.
        builder.code(&said, said.span("winter"), top, coder);
        let study = builder.study();
        let chart = Chart::new(&study, &spec(top, &[area]));
        assert_eq!((chart.columns.as_slice(), chart.itself), ([cold, top, other].as_slice(), Some(top)));
        let level: Vec<(u32, bool)> = chart.rows.iter().map(|row| (row.cells[1].passages, row.cells[1].is_spare())).collect();
        assert_eq!(level, [(0, true), (0, true), (1, false), (0, true)]);
        assert_eq!(Chart::charted(&chart.rows), (0, 9), "a cell more, of whom something is coded at it");
        assert_eq!(chart.next_not_charted(Some((2, 0))), Some((2, 1)));
        let shown = BTreeMap::from([(area, BTreeSet::from([None, Some(arran)]))]);
        let some = Chart::new(&study, &ChartSpec { shown, ..spec(top, &[]) });
        assert_eq!(some.rows.iter().map(|row| row.case).collect::<Vec<_>>(), [nobody, both, there]);
    }
}
