use std::collections::BTreeSet;

use super::axis::{Nest, Point, Seat};
use super::frame::Frame;
use super::spec::{MatrixSpec, SpecError};
use super::table::{Cell, Head, Matrix};
use crate::analysis::layer::{Counted, CountedSource};
use crate::study::{CodingId, SourceId, Study};
use crate::text::{Span, stretches, union};

/// Counts a matrix.
///
/// # Errors
/// [`SpecError`] when an axis is given twice, is not there, too many are nested, or there would be too many cells.
pub fn matrix(study: &Study, spec: &MatrixSpec) -> Result<Matrix, SpecError> {
    let frame = Frame::new(study, spec)?;
    let mut tally = Tally::new(&frame);
    for source in frame.layer.sources() {
        tally.count_voices(&source);
        tally.count_codings(&source);
    }
    tally.count_people();
    Ok(tally.into_matrix(spec))
}

/// A coding has the values of each of its cases and of its source.
pub(super) fn each_seat(source: &CountedSource<'_>, counted: &Counted<'_>, mut visit: impl FnMut(Seat)) {
    for case in &counted.cases {
        visit(Seat { theme: Some(counted.theme), case: *case, source: source.place });
    }
}

/// A case's words in a cell, by one coding of the source at hand.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Entry {
    cell: usize,
    /// Place of the coding among those of the source that count.
    coding: usize,
    case: usize,
}

/// What has been counted so far.
struct Tally<'a> {
    frame: &'a Frame<'a>,
    cells: Vec<Cell>,
    /// Cells in which somebody speaks or something is coded.
    seen: Vec<bool>,
    /// Themes with codings of their own.
    own: BTreeSet<usize>,
    /// Who says something in which cell: (cell, case), with repetitions.
    heard: Vec<(usize, usize)>,
    /// Who could say something in which cell: (cell, case), with repetitions.
    present: Vec<(usize, usize)>,
    no_participant_words: Vec<(SourceId, CodingId)>,
}

impl<'a> Tally<'a> {
    fn new(frame: &'a Frame<'a>) -> Self {
        let count = frame.cell_count;
        Self {
            frame,
            cells: vec![Cell::default(); count],
            seen: vec![false; count],
            own: BTreeSet::new(),
            heard: Vec::new(),
            present: Vec::new(),
            no_participant_words: Vec::new(),
        }
    }

    fn cell(&mut self, at: usize, change: impl FnOnce(&mut Cell)) {
        if let Some(cell) = self.cells.get_mut(at) {
            change(cell);
        }
    }

    /// Counts the source in the cells of those who speak in it, and them.
    fn count_voices(&mut self, source: &CountedSource<'_>) {
        let mut cells = Vec::new();
        let frame = self.frame;
        for case in frame.layer.voices(source) {
            frame.each_cell(Seat { theme: None, case, source: source.place }, |cell| {
                cells.push(cell);
                self.present.push((cell, case));
            });
        }
        for cell in &cells {
            if let Some(seen) = self.seen.get_mut(*cell) {
                *seen = true;
            }
        }
        if frame.layer.filter.all_voices && frame.layer.is_asked(frame.layer.not_stated(), source.place) {
            // Words that are nobody's may be coded in any source.
            let nobody = Seat { theme: None, case: frame.layer.not_stated(), source: source.place };
            frame.each_cell(nobody, |cell| cells.push(cell));
        }
        cells.sort_unstable();
        cells.dedup();
        let done = u32::from(frame.layer.is_done(source.material));
        for at in cells {
            self.cell(at, |cell| {
                cell.sources += 1;
                cell.done += done;
            });
        }
    }

    fn count_codings(&mut self, source: &CountedSource<'_>) {
        let (codings, wordless) = self.frame.layer.codings(source);
        self.no_participant_words.extend(wordless.into_iter().map(|id| (source.material.source.id, id)));
        let mut entries: Vec<Entry> = Vec::new();
        for (coding, counted) in codings.iter().enumerate() {
            self.own.insert(counted.theme);
            each_seat(source, counted, |seat| {
                self.frame.each_cell(seat, |cell| entries.push(Entry { cell, coding, case: seat.case }));
            });
        }
        entries.sort_unstable();
        for of_cell in entries.chunk_by(|one, other| one.cell == other.cell) {
            self.count_cell(source, &codings, of_cell);
        }
    }

    /// Counts what one source has for one cell; the entries are sorted and each stands once.
    fn count_cell(&mut self, source: &CountedSource<'_>, codings: &[Counted<'_>], entries: &[Entry]) {
        let Some(at) = entries.first().map(|entry| entry.cell) else { return };
        let frame = self.frame;
        let counted = |entry: &Entry| codings.get(entry.coding);
        let once = || entries.chunk_by(|one, other| one.coding == other.coding).filter_map(|of_coding| counted(of_coding.first()?));
        let passages = stretches(once().map(|counted| counted.coded.coding.span)).len();
        let parts = entries.iter().filter_map(|entry| Some((entry.case, counted(entry)?))).flat_map(|(case, counted)| {
            let own = counted.coded.parts.iter().filter(move |part| frame.layer.case(source, part.case) == case);
            own.map(|part| part.span)
        });
        let words: u32 = union(parts).into_iter().map(|span: Span| source.material.geometry.words_in(span)).sum();
        let codings = once().count();
        self.cell(at, |cell| {
            cell.passages += passages as u32;
            cell.codings += codings as u32;
            cell.words += words;
        });
        if let Some(seen) = self.seen.get_mut(at) {
            *seen = true;
        }
        self.heard.extend(entries.iter().map(|entry| (entry.cell, entry.case)));
    }

    /// Counts who was heard and who could have been, each case once a cell.
    fn count_people(&mut self) {
        // Beyond the last case lies *Not stated*, which is nobody.
        let kind = |case: usize| self.frame.layer.cases.get(case).map(|case| case.kind);
        let groups = self.frame.layer.groups();
        let groups = |pairs: &[(usize, usize)]| {
            let of_case = |(cell, case): (usize, usize)| groups.get(case).into_iter().flatten().map(move |group| (cell, *group));
            distinct(pairs.iter().copied().flat_map(of_case).collect())
        };
        let (heard, present) = (distinct(std::mem::take(&mut self.heard)), distinct(std::mem::take(&mut self.present)));
        for (cell, _) in groups(&heard) {
            self.cell(cell, |cell| cell.groups_heard += 1);
        }
        for (cell, _) in groups(&present) {
            self.cell(cell, |cell| cell.groups += 1);
        }
        for (cell, case) in heard {
            if let (Some(cell), Some(kind)) = (self.cells.get_mut(cell), kind(case)) {
                cell.people.add(kind);
            }
        }
        for (cell, case) in present {
            if let (Some(cell), Some(kind)) = (self.cells.get_mut(cell), kind(case)) {
                cell.n.add(kind);
            }
        }
    }

    /// Leaves out the heads that are shown only when something or somebody falls in them.
    fn into_matrix(self, spec: &MatrixSpec) -> Matrix {
        let frame = self.frame;
        let (row_total, column_total) = (frame.rows.count, frame.columns.count);
        let seen = |page, row, column| self.seen.get(frame.cell(page, row, column)).copied().unwrap_or(false);
        let shown = |points: &[Point], seen: bool| {
            points.iter().all(|point| match point {
                Point::ThemeOnly(theme) => frame.layer.study.codebook().line(*theme).is_some_and(|line| self.own.contains(&line)),
                point => seen || !point.is_not_stated(),
            })
        };
        let head = |points: Vec<Point>| Head::new(frame.layer.study, points);

        // The heads of a nest with their places, given the place of each one's total.
        let heads = |nest: &Nest, total: &dyn Fn(usize) -> bool| {
            let all = nest.combinations().into_iter().enumerate();
            all.filter(|(at, points)| shown(points, total(*at))).map(|(at, points)| (at, head(points))).collect::<Vec<_>>()
        };
        let mut pages = vec![(0, head(Vec::new()))];
        pages.extend(heads(&frame.pages, &|at| seen(at + 1, row_total, column_total)).into_iter().map(|(at, head)| (at + 1, head)));
        let rows = heads(&frame.rows, &|at| seen(0, at, column_total));
        let columns = heads(&frame.columns, &|at| seen(0, row_total, at));

        let mut cells = Vec::with_capacity(pages.len() * (rows.len() + 1) * (columns.len() + 1));
        for (page, _) in &pages {
            for row in rows.iter().map(|(at, _)| *at).chain([row_total]) {
                for column in columns.iter().map(|(at, _)| *at).chain([column_total]) {
                    cells.push(self.cells.get(frame.cell(*page, row, column)).copied().unwrap_or_default());
                }
            }
        }
        let heads = |list: Vec<(usize, Head)>| list.into_iter().map(|(_, head)| head).collect();
        Matrix {
            spec: spec.clone(),
            rows: heads(rows),
            columns: heads(columns),
            pages: heads(pages),
            no_participant_words: self.no_participant_words,
            cells,
        }
    }
}

fn distinct<T: Ord>(mut pairs: Vec<(usize, T)>) -> Vec<(usize, T)> {
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}
