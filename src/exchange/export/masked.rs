//! Which figures are not told because they rest on too few people, or because one that does would follow from them.

use std::collections::{HashMap, HashSet};

use super::names::{Names, heads};
use crate::analysis::matrix::{Axis, Cell, Head, Matrix, Point};
use crate::study::Study;

/// A cell or total of a matrix: page, row, column.
type Place = (usize, Option<usize>, Option<usize>);

/// What is masked in a matrix: what is said, and who could have said it, each for itself.
///
/// Along the side of themes (else along the rows) a total is told over several masked figures as long as these could be
/// others with the same sum; over all other sides it is masked with the first of them. A figure can then be had back neither
/// by subtraction nor from its bounds: to every masked figure there is another one with which all that is told stays as it is.
#[derive(Default)]
pub struct Masked {
    said: HashMap<Place, String>,
    there: HashMap<Place, String>,
}

impl Masked {
    /// What is masked of a matrix.
    #[must_use]
    pub fn of(names: &Names<'_>, matrix: &Matrix) -> Self {
        let Some(smallest) = names.labels().smallest() else { return Self::default() };
        let study = names.study();
        let few = |of: fn(&Cell) -> crate::analysis::matrix::People| {
            let places = places(matrix).filter(move |(page, row, column)| {
                matrix.cell(*page, *row, *column).is_some_and(|cell| names.too_few(&matrix.spec, of(cell)))
            });
            places.collect::<HashSet<Place>>()
        };
        let (few_said, few_there) = (few(|cell| cell.people), few(|cell| cell.n));
        let above =
            Sides { rows: above_of(study, &matrix.rows), columns: above_of(study, &matrix.columns), pages: over_pages(study, matrix) };
        let said = above.carried_up(Tree::new(matrix, &above, &few_said, smallest).hidden());
        let mut there = HashSet::new();
        for (page, row, column) in &few_there {
            for row in above.rows_over(*row) {
                there.extend(above.columns_over(*column).into_iter().map(|column| (*page, row, column)));
            }
        }
        let there = above.carried_up(there);
        let word = |few: &HashSet<Place>, place| if few.contains(&place) { names.few_word() } else { WITHHELD.to_owned() };
        Self {
            said: said.into_iter().map(|place| (place, word(&few_said, place))).collect(),
            there: there.into_iter().map(|place| (place, word(&few_there, place))).collect(),
        }
    }

    /// What stands in the place of what is said there; nothing where it is told.
    #[must_use]
    pub fn said(&self, page: usize, row: Option<usize>, column: Option<usize>) -> Option<&str> {
        self.said.get(&(page, row, column)).map(String::as_str)
    }

    /// What stands in the place of those who could have said it, and of their sources; nothing where that is told.
    #[must_use]
    pub fn there(&self, page: usize, row: Option<usize>, column: Option<usize>) -> Option<&str> {
        self.there.get(&(page, row, column)).map(String::as_str)
    }
}

/// What stands where a figure does not rest on too few, but would tell one that does.
pub const WITHHELD: &str = "masked";

/// Every cell and total.
fn places(matrix: &Matrix) -> impl Iterator<Item = Place> + '_ {
    let rows = || (0..matrix.rows.len()).map(Some).chain([None]);
    let columns = || (0..matrix.columns.len()).map(Some).chain([None]);
    (0..matrix.pages.len()).flat_map(move |page| rows().flat_map(move |row| columns().map(move |column| (page, row, column))))
}

/// Of each head the places of those that hold all it holds, the nearest last.
fn above_of(study: &Study, heads: &[Head]) -> Vec<Vec<usize>> {
    let holds = |over: &Head, head: &Head| {
        over.points != head.points
            && over.points.iter().zip(&head.points).all(|(over, point)| over == point || is_over(study, *over, *point))
    };
    // A theme stands before those below it.
    let over = |at: usize, head: &Head| heads.iter().take(at).enumerate().filter(|(_, over)| holds(over, head)).map(|(at, _)| at).collect();
    heads.iter().enumerate().map(|(at, head)| over(at, head)).collect()
}

fn is_over(study: &Study, over: Point, point: Point) -> bool {
    match (over, point) {
        (Point::Theme(over), Point::Theme(theme) | Point::ThemeOnly(theme)) => study.codebook().is_within(theme, over),
        _ => false,
    }
}

/// The pages over each page: that of all, which has no points, and those of themes above its own.
fn over_pages(study: &Study, matrix: &Matrix) -> Vec<Vec<usize>> {
    let above = above_of(study, matrix.pages.get(1..).unwrap_or_default());
    let all = |over: Vec<usize>| [0].into_iter().chain(over.into_iter().map(|at| at + 1)).collect();
    [Vec::new()].into_iter().chain(above.into_iter().map(all)).collect()
}

/// What holds what, on each side of a matrix.
struct Sides {
    rows: Vec<Vec<usize>>,
    columns: Vec<Vec<usize>>,
    pages: Vec<Vec<usize>>,
}

impl Sides {
    /// A row with those over it, and the total.
    fn rows_over(&self, row: Option<usize>) -> Vec<Option<usize>> {
        over(&self.rows, row)
    }

    fn columns_over(&self, column: Option<usize>) -> Vec<Option<usize>> {
        over(&self.columns, column)
    }

    /// The same cells on the pages over their own too.
    fn carried_up(&self, places: HashSet<Place>) -> HashSet<Place> {
        let pages = |page: usize| self.pages.get(page).into_iter().flatten().copied().chain([page]);
        places.into_iter().flat_map(|(page, row, column)| pages(page).map(move |page| (page, row, column))).collect()
    }
}

fn over(above: &[Vec<usize>], at: Option<usize>) -> Vec<Option<usize>> {
    let Some(at) = at else { return vec![None] };
    above.get(at).into_iter().flatten().copied().chain([at]).map(Some).chain([None]).collect()
}

/// One side of a matrix as a tree, with the total at its root: the side of themes, else the rows.
struct Tree<'a> {
    matrix: &'a Matrix,
    sides: &'a Sides,
    few: &'a HashSet<Place>,
    smallest: u32,
    along_rows: bool,
    /// The heads below each head, and below the total.
    below: HashMap<Option<usize>, Vec<usize>>,
}

impl<'a> Tree<'a> {
    fn new(matrix: &'a Matrix, sides: &'a Sides, few: &'a HashSet<Place>, smallest: u32) -> Self {
        let along_rows = !matrix.spec.columns.contains(&Axis::Themes);
        let mut below: HashMap<Option<usize>, Vec<usize>> = HashMap::new();
        for (at, over) in if along_rows { &sides.rows } else { &sides.columns }.iter().enumerate() {
            below.entry(over.last().copied()).or_default().push(at);
        }
        Self { matrix, sides, few, smallest, along_rows, below }
    }

    /// The place on a page where the tree's side is at `at` and the other one at `other`.
    const fn place(&self, page: usize, at: Option<usize>, other: Option<usize>) -> Place {
        if self.along_rows { (page, at, other) } else { (page, other, at) }
    }

    /// What is masked on every page, totals with it.
    fn hidden(&self) -> HashSet<Place> {
        let across = if self.along_rows { self.matrix.columns.len() } else { self.matrix.rows.len() };
        let mut hidden = HashSet::new();
        for page in 0..self.matrix.pages.len() {
            for other in (0..across).map(Some).chain((across == 0).then_some(None)) {
                let mut found = Vec::new();
                self.walk(None, (page, other), &mut found);
                let others = if self.along_rows { self.sides.columns_over(other) } else { self.sides.rows_over(other) };
                for at in found {
                    hidden.extend(others.iter().map(|other| self.place(page, at, *other)));
                }
            }
        }
        // A total can rest on few where no single part does for itself.
        hidden.extend(self.few.iter().copied());
        hidden
    }

    /// Adds what is masked from `at` down, and gives the masked leaves that no told figure holds yet.
    fn walk(&self, at: Option<usize>, (page, other): (usize, Option<usize>), found: &mut Vec<Option<usize>>) -> Vec<Cell> {
        let place = self.place(page, at, other);
        let is_few = self.few.contains(&place);
        let below = self.below.get(&at).map_or(&[][..], Vec::as_slice);
        let branches: Vec<Vec<Cell>> = below.iter().map(|at| self.walk(Some(*at), (page, other), found)).collect();
        let branches: Vec<Vec<Cell>> = branches.into_iter().filter(|leaves| !leaves.is_empty()).collect();
        let several = branches.len() > 1;
        let mut leaves = branches.concat();
        if is_few && leaves.is_empty() {
            leaves.extend(self.matrix.cell(place.0, place.1, place.2));
        } else if leaves.is_empty() || (!is_few && several && !self.tell(&leaves)) {
            return Vec::new();
        }
        found.push(at);
        leaves
    }

    /// Whether masked figures follow from their sum, in any measure.
    fn tell(&self, leaves: &[Cell]) -> bool {
        let measures: [fn(&Cell) -> u32; 3] = [|cell| cell.passages, |cell| cell.codings, |cell| cell.words];
        let people: Vec<u32> = leaves.iter().map(|cell| cell.people.total()).collect();
        let most = self.smallest.saturating_sub(1) * u32::try_from(leaves.len()).unwrap_or(u32::MAX);
        measures.iter().any(|of| follow(&leaves.iter().map(of).collect::<Vec<_>>()))
            || follow(&people)
            || leaves.iter().map(|cell| heads(cell.people)).sum::<u32>() >= most
    }
}

/// Whether figures of which each is known to be at least 1 follow from their sum.
fn follow(figures: &[u32]) -> bool {
    let figures: Vec<u32> = figures.iter().copied().filter(|figure| *figure > 0).collect();
    !figures.is_empty() && (figures.len() < 2 || figures.iter().map(|figure| *figure as usize).sum::<usize>() <= figures.len())
}

/// Which of some numbers of people, each of so many `heads`, are not told where their sum is known: the `few`, and of the others the smallest, as many as it
/// takes for none to follow; of several that are the same all, for which of them it is would tell too. What is 0 is always told.
/// Nothing comes back where they follow even if none is told.
#[must_use]
pub fn withheld(figures: &[u32], heads: &[u32], few: &[bool], smallest: u32) -> Option<Vec<bool>> {
    let mut hidden: Vec<bool> = figures.iter().zip(few).map(|(figure, few)| *few && *figure > 0).collect();
    if !hidden.contains(&true) {
        return Some(hidden);
    }
    loop {
        let of: Vec<u32> = figures.iter().zip(&hidden).filter(|(_, hidden)| **hidden).map(|(figure, _)| *figure).collect();
        let mut of_heads = heads.iter().zip(&hidden).filter(|(_, hidden)| **hidden);
        if !follow(&of) && of_heads.any(|(heads, _)| *heads + 1 != smallest) {
            return Some(hidden);
        }
        let told = figures.iter().zip(&hidden).filter(|(figure, hidden)| **figure > 0 && !**hidden);
        let least = *told.map(|(figure, _)| figure).min()?;
        hidden.iter_mut().zip(figures).for_each(|(hidden, figure)| *hidden |= *figure == least);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What can be seen from outside: the sum, and the figures that are told.
    type Looks = (u32, Vec<Option<u32>>);

    #[test]
    fn nobody_who_knows_the_sum_and_the_rule_can_tell_a_withheld_figure() {
        // All tables that look the same from outside are put together: each withheld figure must then have several values.
        for smallest in 2..=5_u32 {
            let mut seen: HashMap<Looks, Vec<[u32; 4]>> = HashMap::new();
            for at in 0..13_u32.pow(4) {
                let figures = [0, 1, 2, 3].map(|place| at / 13_u32.pow(place) % 13);
                let few = figures.map(|figure| figure < smallest);
                let Some(hidden) = withheld(&figures, &figures, &few, smallest) else { continue };
                assert!(figures.iter().zip(&hidden).all(|(figure, hidden)| *hidden || *figure == 0 || *figure >= smallest));
                let told = figures.iter().zip(&hidden).map(|(figure, hidden)| (!hidden).then_some(*figure)).collect();
                seen.entry((figures.iter().sum(), told)).or_default().push(figures);
            }
            for ((sum, told), tables) in seen {
                for place in (0..4).filter(|place| told[*place].is_none()) {
                    let values: HashSet<u32> = tables.iter().map(|table| table[place]).collect();
                    // At the edge of what is tried, the others are not among them.
                    assert!(values.len() > 1 || sum > 12, "{told:?} of {sum}, fewer than {smallest}: {tables:?}");
                }
            }
        }
        assert_eq!(withheld(&[1; 3], &[1; 3], &[true; 3], 3), None, "three of three are one each");
        let pairs = withheld(&[3, 2, 2], &[6, 4, 4], &[false, true, true], 5);
        assert_eq!(pairs, Some(vec![true; 3]), "fewer than five people are two pairs at most");
        assert_eq!(withheld(&[2, 12, 10, 12], &[2, 12, 10, 12], &[true, false, false, false], 3), Some(vec![true, false, true, false]));
    }
}
