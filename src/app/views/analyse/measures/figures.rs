//! The figures of a measure as a grid.

use std::cmp::Ordering;
use std::sync::Arc;

use super::kind::Kind;
use super::tab::Shown;
use crate::analysis::leads::Leads;
use crate::app::widgets::{Cell, Column, Look, Rows};
use crate::exchange::export::Measured;
use crate::study::ThemeId;
use crate::text::fold;

/// The rows of a measure in the order in which they are listed, and the columns that are shown.
pub(super) struct Figures {
    pub(super) of: Arc<Measured>,
    rows: Arc<[usize]>,
    columns: Vec<Column>,
    /// The places of the columns in the table.
    shown: Vec<usize>,
    made_with: Wanted,
}

/// Which figures are listed, and how.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Wanted {
    /// The columns that are read at first sight, besides those that say what a row is about; none is all.
    pub(super) first: &'static [&'static str],
    /// The column they are sorted by, and whether rising.
    pub(super) sort: Option<(String, bool)>,
    /// The only theme whose differences are listed.
    pub(super) only: Option<ThemeId>,
}

/// Rows that are looked at to find how wide a column has to be.
const LOOKED_AT: usize = 200;
/// Characters a column has at most, and at least.
const WIDEST: usize = 44;
const NARROWEST: usize = 7;

impl Figures {
    /// The figures of `of`, as they are wanted.
    pub(super) fn new(of: &Arc<Measured>, wanted: Wanted) -> Self {
        let table = &of.table;
        let shown: Vec<usize> = (0..table.header.len()).filter(|at| is_first(wanted.first, &table.header, *at)).collect();
        let mut rows: Vec<usize> = (0..table.rows.len()).filter(|row| is_of(of, *row, wanted.only)).collect();
        let sort = wanted.sort.as_ref().and_then(|(name, rising)| Some((table.header.iter().position(|other| other == name)?, *rising)));
        if let Some((column, rising)) = sort {
            rows = sorted(of, rows, column, rising);
        }
        let growing = shown.iter().copied().filter(|at| !table.is_counting(*at)).max_by_key(|at| width(of, *at));
        let columns = shown.iter().map(|at| {
            let name = table.header.get(*at).map_or_else(String::new, |name| spoken(name));
            let characters = u8::try_from(width(of, *at)).unwrap_or(u8::MAX);
            let column = if table.is_counting(*at) { Column::figures(name, characters) } else { Column::new(name, characters) };
            let column = column.sorted(sort.filter(|(sorted, _)| sorted == at).map(|(_, rising)| rising));
            if growing == Some(*at) { column.grows() } else { column }
        });
        Self { columns: columns.collect(), rows: rows.into(), shown, made_with: wanted, of: Arc::clone(of) }
    }

    /// Whether these are what [`Figures::new`] would make.
    pub(super) fn are(&self, of: &Arc<Measured>, wanted: &Wanted) -> bool {
        Arc::ptr_eq(&self.of, of) && self.made_with == *wanted
    }

    /// Whether there are columns besides these.
    pub(super) fn has_more(of: &Measured, first: &[&str]) -> bool {
        (0..of.table.header.len()).any(|at| !is_first(first, &of.table.header, at))
    }

    /// How many rows are listed.
    pub(super) fn count(&self) -> usize {
        self.rows.len()
    }

    /// The name in the table of a column that is shown.
    pub(super) fn name(&self, shown: usize) -> Option<&str> {
        self.of.table.header.get(self.column(shown)?).map(String::as_str)
    }

    /// The place in the table of a column that is shown.
    pub(super) fn column(&self, shown: usize) -> Option<usize> {
        self.shown.get(shown).copied()
    }

    /// Whether a column of the table holds numbers.
    pub(super) fn counts(&self, column: usize) -> bool {
        self.of.table.is_counting(column)
    }

    /// What a row is about, in words.
    pub(super) fn about(of: &Measured, row: usize) -> String {
        let heads = of.table.heads().max(1);
        let cells = of.table.rows.get(row).into_iter().flatten().take(heads).filter(|cell| !cell.is_empty());
        cells.map(String::as_str).collect::<Vec<_>>().join(" · ")
    }
}

fn cell(of: &Measured, row: usize, column: usize) -> &str {
    of.table.rows.get(row).and_then(|row| row.get(column)).map_or("", String::as_str)
}

/// Whether a row is of a difference on a theme, where only those of one are wanted.
pub(super) fn is_of(of: &Measured, row: usize, only: Option<ThemeId>) -> bool {
    let on = |theme| matches!(of.leads.get(row), Some(Some(Leads::Difference { theme: own, .. })) if *own == theme);
    only.is_none_or(on)
}

/// The row of another table that leads where this one does.
pub(super) fn same_row(before: &Measured, row: usize, now: &Measured) -> Option<usize> {
    let leads = before.leads.get(row)?.as_ref()?;
    // Several rows may lead to the same.
    let stays = now.leads.get(row).and_then(Option::as_ref) == Some(leads);
    if stays { Some(row) } else { now.leads.iter().position(|other| other.as_ref() == Some(leads)) }
}

/// What a cell is sorted by: numbers by size, what is none before them; words by alphabet.
#[derive(PartialEq, PartialOrd)]
enum SortKey {
    Number(f64),
    Words(String),
}

fn sorted(of: &Measured, rows: Vec<usize>, column: usize, rising: bool) -> Vec<usize> {
    let key = |row: usize| {
        let words = cell(of, row, column);
        let number = || of.table.number(column, words).unwrap_or(f64::NEG_INFINITY);
        if of.table.is_counting(column) { SortKey::Number(number()) } else { SortKey::Words(fold(words)) }
    };
    let mut keyed: Vec<(SortKey, usize)> = rows.into_iter().map(|row| (key(row), row)).collect();
    keyed.sort_by(|(one, _), (other, _)| {
        let order = one.partial_cmp(other).unwrap_or(Ordering::Equal);
        if rising { order } else { order.reverse() }
    });
    keyed.into_iter().map(|(_, row)| row).collect()
}

/// Characters that a column has room for.
fn width(of: &Measured, column: usize) -> usize {
    let head = of.table.header.get(column).map_or(0, |name| spoken(name).chars().count() + 2);
    let cells = of.table.rows.iter().take(LOOKED_AT).filter_map(|row| row.get(column)).map(|cell| cell.chars().count());
    // Capitals are wider than the letters that a column counts by, and there is room round them.
    let most = cells.max().unwrap_or(0).max(head);
    (most + most / 6 + 2).clamp(NARROWEST, WIDEST)
}

/// The columns of a measure that are read at first sight, besides those that say what a row is about; none is all.
pub(super) const fn first_of(kind: Kind, shown: Shown) -> &'static [&'static str] {
    match (kind, shown) {
        (_, Shown::Differences) => &["paragraph", "says", "text"],
        (Kind::Frequencies, _) => &["passages", "codings", "participants", "n_participants", "words"],
        (Kind::Agreement, _) => &[
            "differences",
            "sources",
            "percent",
            "percent_low",
            "percent_high",
            "kappa",
            "kappa_low",
            "kappa_high",
            "alpha",
            "alpha_low",
            "alpha_high",
            "note",
        ],
        _ => &[],
    }
}

fn is_first(first: &[&str], header: &[String], at: usize) -> bool {
    let heads = || header.iter().position(|name| first.contains(&name.as_str())).unwrap_or(header.len());
    first.is_empty() || header.get(at).is_some_and(|name| first.contains(&name.as_str())) || at < heads()
}

/// The name of a column as it is read: `kappa_low` as “κ low”.
pub(super) fn spoken(name: &str) -> String {
    let words = name.split('_').map(|word| match word {
        "kappa" => "κ",
        "alpha" => "α",
        word => word,
    });
    let spoken = words.collect::<Vec<_>>().join(" ");
    if spoken.starts_with("n ") || spoken.chars().count() == 1 || spoken.starts_with(['κ', 'α']) {
        return spoken;
    }
    let mut letters = spoken.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

impl Rows for Figures {
    type Key = usize;

    fn columns(&self) -> &[Column] {
        &self.columns
    }

    fn whole_rows(&self) -> bool {
        true
    }

    fn keys(&self) -> &[usize] {
        &self.rows
    }

    fn cell(&self, row: usize, column: usize) -> Cell {
        let Some(at) = self.column(column) else { return Cell::default() };
        let look = if at == 0 { Look::Strong } else { Look::Plain };
        let words = cell(&self.of, row, at);
        // What is not defined stands back.
        let look = if self.counts(at) && self.of.table.number(at, words).is_none() { Look::Quiet } else { look };
        Cell::fixed(words).look(look)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::matrix::Filter;
    use crate::exchange::export::Table;

    fn measured(name: &str, rows: &[(ThemeId, &str, &str)]) -> Arc<Measured> {
        let leads = rows.iter().map(|(theme, ..)| Some(Leads::Theme { theme: *theme, filter: Filter::default() }));
        let cells = rows.iter().map(|(_, words, number)| vec![(*words).to_owned(), (*number).to_owned()]);
        let table = Table::new(["theme", "paragraph"].map(str::to_owned).to_vec(), cells.collect()).counting(|at, _| at > 0).headed(1);
        Arc::new(Measured { name: name.to_owned(), table, leads: leads.collect(), found: Vec::new(), computed: Vec::new() })
    }

    #[test]
    fn what_is_read_first_is_told_by_the_measure_and_not_by_its_name() {
        let of = measured("Agreement 2: themes in the course of the text", &[(ThemeId::new(), "Care", "1")]);
        let first = first_of(Kind::Timeline, Shown::Table);
        assert!(!Figures::has_more(&of, first));
        assert_eq!(Figures::new(&of, Wanted { first, ..Wanted::default() }).columns().len(), 2);
    }

    #[test]
    fn figures_are_sorted_by_size_and_words_by_alphabet() {
        let [one, two, three] = [ThemeId::new(), ThemeId::new(), ThemeId::new()];
        let of = measured("", &[(one, "émigrés", "10"), (two, "Zeal", "–"), (three, "food", "9")]);
        let order =
            |name: &str, rising| Figures::new(&of, Wanted { sort: Some((name.to_owned(), rising)), ..Wanted::default() }).keys().to_vec();
        assert_eq!(order("paragraph", false), [0, 2, 1]);
        assert_eq!(order("paragraph", true), [1, 2, 0]);
        assert_eq!(order("theme", true), [0, 2, 1]);
        assert_eq!(order("gone", true), [0, 1, 2]);
    }

    #[test]
    fn a_row_is_found_again_by_what_it_leads_to() {
        let [one, two] = [ThemeId::new(), ThemeId::new()];
        let before = measured("", &[(one, "Care", "1"), (two, "Costs", "2")]);
        assert_eq!(same_row(&before, 0, &measured("", &[(two, "Costs", "2"), (one, "Care", "3")])), Some(1));
        assert_eq!(same_row(&before, 0, &measured("", &[(two, "Costs", "2")])), None);
    }
}
