use std::collections::{BTreeSet, HashMap};

use super::axis::{Nest, Point, Seat};
use super::spec::{Axis, Filter, MOST_CELLS, MatrixSpec, SpecError};
use super::table::CellKey;
use crate::study::{Case, CaseId, Coded, CodingId, Material, NO_CASE, Role, StatusKind, Study, ValueId};

/// The axes of a matrix over one study: which cells a coding or a voice falls in.
///
/// Cells have dense indices over every combination of points, also those that will not be shown.
pub(super) struct Frame<'a> {
    pub study: &'a Study,
    pub filter: &'a Filter,
    /// The cases in order; the index after the last is *Not stated*.
    pub cases: Vec<&'a Case>,
    places: HashMap<CaseId, usize>,
    pub rows: Nest,
    pub columns: Nest,
    pub pages: Nest,
    /// Number of cells and totals, shown or not.
    pub cell_count: usize,
}

/// A coding that counts, with the cases that have its words.
pub(super) struct Counted<'a> {
    pub coded: &'a Coded,
    /// Line of its theme in the outline.
    pub theme: usize,
    /// Dense indices of its cases, each once.
    pub cases: Vec<usize>,
}

/// A source that the filter leaves in.
pub(super) struct CountedSource<'a> {
    /// Place among the study's sources.
    pub place: usize,
    pub material: &'a Material,
    /// Dense indices of the source's cases; the last is *Not stated*.
    cases: Vec<usize>,
    /// The codings with a quote mark, when only those count.
    quoted: Option<BTreeSet<CodingId>>,
}

impl<'a> Frame<'a> {
    pub fn new(study: &'a Study, spec: &'a MatrixSpec) -> Result<Self, SpecError> {
        spec.check(study)?;
        let cases = study.cases_in_order();
        let nest = |axes: &[Axis]| Nest::new(study, &cases, axes);
        let (rows, columns, pages) = (nest(&spec.rows)?, nest(&spec.columns)?, nest(&spec.pages)?);
        let cell_count = cell_count([&rows, &columns, &pages]).ok_or(SpecError::TooLarge)?;
        let places = cases.iter().enumerate().map(|(place, case)| (case.id, place)).collect();
        Ok(Self { study, filter: &spec.filter, cases, places, rows, columns, pages, cell_count })
    }

    /// Dense index of a cell; `row` and `column` after the last are the totals, page 0 is the page of all.
    pub fn cell(&self, page: usize, row: usize, column: usize) -> usize {
        (page * (self.rows.count + 1) + row) * (self.columns.count + 1) + column
    }

    /// Dense index of the cell that `key` stands for; `None` when the axes have no such points.
    pub fn find(&self, key: &CellKey) -> Option<usize> {
        let place = |nest: &Nest, points: Option<&Vec<Point>>, total: usize| points.map_or(Some(total), |points| nest.position(points));
        let page = match &key.page {
            None => 0,
            Some(points) => 1 + self.pages.position(points)?,
        };
        let row = place(&self.rows, key.row.as_ref(), self.rows.count)?;
        let column = place(&self.columns, key.column.as_ref(), self.columns.count)?;
        Some(self.cell(page, row, column))
    }

    /// Visits every cell and total in which `seat` lies, each once: one and the same case has all its values.
    pub fn each_cell(&self, seat: Seat, mut visit: impl FnMut(usize)) {
        let with_total = |nest: &Nest| [nest.of(seat), vec![nest.count]].concat();
        let (rows, columns) = (with_total(&self.rows), with_total(&self.columns));
        for page in [0].into_iter().chain(self.pages.of(seat).into_iter().map(|at| 1 + at)) {
            for row in &rows {
                for column in &columns {
                    visit(self.cell(page, *row, *column));
                }
            }
        }
    }

    /// The participant groups of every case, *Not stated* after the last; `None` is a group that is not stated.
    pub fn groups(&self) -> Vec<Vec<Option<ValueId>>> {
        let attribute = self.study.attributes().with_role(Role::Group).map(|attribute| attribute.id);
        let of_case = |case: &&Case| {
            let stated = attribute.and_then(|attribute| case.values.get(&attribute)).filter(|values| !values.is_empty());
            stated.map_or_else(|| vec![None], |values| values.iter().copied().map(Some).collect())
        };
        self.cases.iter().map(of_case).chain([vec![None]]).collect()
    }

    /// Dense index of *Not stated* among the cases.
    pub fn not_stated(&self) -> usize {
        self.cases.len()
    }

    /// The sources that the filter leaves in.
    pub fn sources(&self) -> impl Iterator<Item = CountedSource<'a>> + '_ {
        let all = self.study.materials().iter().enumerate();
        all.filter(|(_, material)| self.filter.lets_in(self.study, material)).map(|(place, material)| CountedSource {
            place,
            material,
            cases: material.cases.iter().map(|case| self.places.get(case).copied().unwrap_or(self.not_stated())).collect(),
            quoted: self.filter.quote_marked.then(|| material.quote_marks.iter().filter_map(|mark| mark.coding).collect()),
        })
    }

    /// Whether the source is marked done, by the coder of the filter where one is chosen, else by anybody.
    pub fn is_done(&self, material: &Material) -> bool {
        match self.filter.coder {
            Some(coder) => material.status(coder) == StatusKind::Done,
            None => material.statuses.iter().any(|status| status.status == StatusKind::Done),
        }
    }

    /// Dense indices of the cases that speak as participants in the source, *Not stated* among them.
    pub fn voices(&self, source: &CountedSource<'a>) -> Vec<usize> {
        source.material.spoken().iter().map(|(case, _)| self.case(source, *case)).collect()
    }

    /// The codings of a source that count, and those that hold no participant's words.
    pub fn codings(&self, source: &CountedSource<'a>) -> (Vec<Counted<'a>>, Vec<CodingId>) {
        let mut counted = Vec::new();
        let mut wordless = Vec::new();
        for coded in &source.material.codings {
            let coding = &coded.coding;
            let passes = self.filter.counts(source.material, coding)
                && source.quoted.as_ref().is_none_or(|quoted| {
                    source.material.marked_with(coding.id).iter().any(|marked| quoted.contains(marked))
                })
                // A passage whose words are gone is kept and shown, never counted.
                && coding.revision == source.material.source.revision;
            let Some(theme) = self.study.codebook().line(coding.theme).filter(|_| passes) else { continue };
            let mut cases: Vec<usize> = coded.parts.iter().map(|part| self.case(source, part.case)).collect();
            cases.sort_unstable();
            cases.dedup();
            if cases.is_empty() {
                wordless.push(coding.id);
                if !self.filter.all_voices && !self.filter.wordless {
                    continue;
                }
                cases.push(self.not_stated());
            } else if self.filter.wordless {
                continue;
            }
            counted.push(Counted { coded, theme, cases });
        }
        (counted, wordless)
    }

    /// Dense index of the case that a part of the source names.
    pub fn case(&self, source: &CountedSource<'a>, part_case: u16) -> usize {
        if part_case == NO_CASE {
            return self.not_stated();
        }
        source.cases.get(usize::from(part_case)).copied().unwrap_or(self.not_stated())
    }
}

/// How many cells an arrangement of rows, columns and pages has, totals among them; `None` when they are too many.
fn cell_count(nests: [&Nest; 3]) -> Option<usize> {
    let cells = nests.into_iter().try_fold(1usize, |cells, nest| cells.checked_mul(nest.count.checked_add(1)?))?;
    (cells <= MOST_CELLS).then_some(cells)
}
