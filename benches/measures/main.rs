//! Measures and exports of a project as large as anybody's, measured: `benches/README.md` says what they may take.
//!
//! `cargo bench --bench measures`, or with words of the names to measure only those.

#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a measurement ends where it fails, and prints")]

#[path = "../frames/figures.rs"]
#[expect(dead_code, reason = "frames count pictures too")]
mod figures;
mod made;

use std::hint::black_box;
use std::process::ExitCode;
use std::time::Instant;

use figures::{Figures, Limit, Table};
use made::Made;
use themata::analysis::agreement::{Asked, UnitOf, agreement};
use themata::analysis::cooccurrence::{Basis, cooccurrence};
use themata::analysis::lines::{Lines, Scope};
use themata::analysis::matrix::Filter;
use themata::analysis::saturation::{band, strata};
use themata::exchange::export::{Content, Form, Wish, leaving, to_the_end};

/// Runs of which the median counts.
const RUNS: usize = 5;

/// What a measure may take, in milliseconds.
const fn at_most(most: f64) -> Limit {
    Limit { p95: most, most }
}

fn main() -> ExitCode {
    let asked: Vec<String> = std::env::args().skip(1).filter(|argument| !argument.starts_with('-')).collect();
    let is_asked = |names: &str| asked.is_empty() || asked.iter().any(|word| names.contains(word.as_str()));
    println!("{}", figures::HEAD);
    let mut table = Table::default();
    if is_asked("agreement cooccurrence saturation csv") {
        let made = Made::new(10_000);
        if is_asked("agreement") {
            of_two_coders(&made, &mut table);
        }
        if is_asked("cooccurrence") {
            of_all_pairs(&made, &mut table);
        }
        if is_asked("saturation") {
            of_permutations(&made, &mut table);
        }
        if is_asked("csv") {
            leaves(&made, "CSV of 1,000,000 codings", "codings.csv", at_most(4_000.0), &mut table);
        }
    }
    if is_asked("xlsx") {
        leaves(&Made::new(1_000), "XLSX of 100,000 codings", "codings.xlsx", at_most(3_000.0), &mut table);
    }
    if table.print() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Measures what is done, five times.
fn measure(table: &mut Table, what: &'static str, limit: Limit, mut act: impl FnMut()) {
    for _ in 0..RUNS {
        let mut figures = Figures::default();
        let from = Instant::now();
        act();
        figures.add(from.elapsed());
        table.add(what, limit, figures);
    }
}

fn of_two_coders(made: &Made, table: &mut Table) {
    let lines = Lines::all(made.study.codebook(), Scope::Alone);
    for (what, unit) in
        [("α and κ of two coders by characters, with every difference", UnitOf::Characters), ("the same by paragraphs", UnitOf::Paragraphs)]
    {
        let asked = Asked { coders: made.coders.to_vec(), unit, interviewers: false };
        measure(table, what, at_most(1_000.0), || {
            let found = agreement(&made.study, &made.texts, &lines, &asked, |_, _| true).unwrap().unwrap();
            assert!(found.themes.len() == 2_000 && !black_box(found).differences.is_empty());
        });
    }
}

fn of_all_pairs(made: &Made, table: &mut Table) {
    let (lines, filter) = (Lines::all(made.study.codebook(), Scope::WithBelow), Filter::default());
    for (what, basis) in [
        ("co-occurrence of all pairs by overlap", Basis::Overlap),
        ("the same by paragraph", Basis::Paragraph),
        ("the same by source", Basis::Source),
        ("the same by case", Basis::Case),
    ] {
        measure(table, what, at_most(500.0), || {
            black_box(cooccurrence(&made.study, &lines, &filter, basis));
        });
    }
}

fn of_permutations(made: &Made, table: &mut Table) {
    let lines = Lines::all(made.study.codebook(), Scope::WithBelow);
    let heard = strata(&made.study, &lines, &Filter::default(), None).first().unwrap().heard();
    measure(table, "1,000 random orders of 10,000 interviews for saturation", at_most(500.0), || {
        black_box(band(&heard, lines.themes().len(), 1_000, 1, |_| true).unwrap());
    });
}

/// Every coding as a file: the table made, and written.
fn leaves(made: &Made, what: &'static str, name: &str, limit: Limit, table: &mut Table) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    let wish = Wish::whole(&made.study, Content::Codings, Form::of(&path, "a table", Form::OF_TABLES).unwrap(), 1_717_000_000_000);
    measure(table, what, limit, || {
        leaving(&made.study, &made.texts, &wish, &mut to_the_end).unwrap().write(&path, false, &mut to_the_end).unwrap();
    });
}
