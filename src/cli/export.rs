use std::path::Path;

use super::arguments::{Export, What};
use super::axes::spec;
use super::console::Console;
use super::error::CliError;
use super::opening::{now, open_to_read};
use crate::analysis::matrix::{MatrixSpec, matrix};
use crate::exchange::export::{
    About, Labels, Table, cases_table, cells_table, codebook_table, codings_table, matrix_table, measure_name, write_table, write_texts,
};
use crate::study::Study;
use crate::text::Texts;

/// What empty cells and signs mean in the matrix as it is seen.
const MATRIX_SIGNS: &[&str] = &[
    "0: the sources are all marked done and nothing was found.",
    "blank: nothing was found and not all sources are marked done yet; for shares also: the total is 0.",
    "–: nobody with these values takes part (structural zero).",
    "4 + 1 group: four persons and one group. 0 + unnamed: said only by people who are not stated or unidentified.",
];
const CELLS_SIGNS: &[&str] = &[
    "kind: “no such participants” is the structural zero (“–” on screen); “sources not all done”, “done, nothing found” and “coded” are the others.",
    "0: none. blank, in shares: the total is 0, or nobody with these values takes part. “–” does not occur.",
];
const CODINGS_SIGNS: &[&str] = &[
    "One row a coding. paragraph counts from 1; start and end are characters of the source's text as “export --what texts” writes it, end not included.",
    "cases: who says it, several joined by “; ”; “Not stated” where nobody is named, blank where the passage holds no participant's words. Attributes of cases likewise.",
    "quote, contrary: 1 marked, 0 not. contrary_to, memo: blank where there is none. “–” does not occur.",
];
const CASES_SIGNS: &[&str] = &[
    "The first columns of themes: 1 the case says something under the theme or one below it, 0 it does not. The columns “(passages)” say in how many passages.",
    "blank: the case speaks in none of the sources. “–” does not occur. 0 says nothing about whether all sources are done.",
];
const CODEBOOK_SIGNS: &[&str] = &[
    "own_codings are the theme's own; codings, passages and participants hold the themes below it too.",
    "0: nothing is coded. blank: nothing is written there. “–” does not occur.",
];

/// `themata export`
pub(super) fn export(arguments: &Export, console: &mut Console) -> Result<(), CliError> {
    let project = open_to_read(&arguments.project)?;
    refuse_overwriting(project.path(), &arguments.to)?;
    let (study, texts) = (project.study(), project.texts());
    if arguments.what == What::Texts {
        let written = write_texts(&arguments.to, &study, texts.as_ref())?;
        return console.line(format!("{} texts in {}", written.len(), arguments.to.display()));
    }
    let spec = spec(&study, &arguments.matrix)?;
    let (table, about) = made(arguments, &study, texts.as_ref(), &spec)?;
    let written = write_table(&arguments.to, &table, &about, arguments.bom)?;
    if written.defused > 0 {
        Console::say(format!("{} cells that a spreadsheet would run as formulas got a leading apostrophe.", written.defused));
    }
    console.line(format!("{} rows in {}, read {}", table.rows.len(), written.table.display(), written.about.display()))
}

/// The table that is asked for, and the note beside it.
fn made(arguments: &Export, study: &Study, texts: &dyn Texts, spec: &MatrixSpec) -> Result<(Table, About), CliError> {
    let labels = arguments.labels.0;
    let measure = arguments.matrix.measure.0;
    let filter = &spec.filter;
    let about = |what: &str| About::new(study, what, filter, now());
    let named = match labels {
        Labels::Ids => "Sources and cases are named by their short ids; attributes marked as identifying are left out.",
        Labels::Full => "Sources are named with their titles, cases with group and area; every attribute is there.",
    };
    Ok(match arguments.what {
        What::Matrix => (
            matrix_table(study, &matrix(study, spec)?, measure, labels),
            about(&format!("The matrix as it is seen; its cells show {}.", measure_name(measure)))
                .with_matrix(study, spec)
                .section("Signs", MATRIX_SIGNS)
                .section("Names", &[named]),
        ),
        What::Cells => (
            cells_table(study, &matrix(study, spec)?, labels),
            about("The matrix in long form: one row a cell, totals left out.")
                .with_matrix(study, spec)
                .section("Signs", CELLS_SIGNS)
                .section("Names", &[named]),
        ),
        What::Codings => (
            codings_table(study, texts, labels, |coding| filter.coder.is_none_or(|coder| coder == coding.coder))?,
            about("Every coding with its words.").section("Signs", CODINGS_SIGNS).section("Names", &[named]),
        ),
        What::Cases => (
            cases_table(study, filter, labels)?,
            about("Cases by themes.").counted().section("Signs", CASES_SIGNS).section("Names", &[named]),
        ),
        What::Codebook | What::Texts => {
            (codebook_table(study, filter)?, about("The codebook, with what is coded.").counted().section("Signs", CODEBOOK_SIGNS))
        }
    })
}

/// The project itself is never written over.
fn refuse_overwriting(project: &Path, to: &Path) -> Result<(), CliError> {
    let same = match (project.canonicalize(), to.canonicalize()) {
        (Ok(project), Ok(to)) => project == to,
        _ => false,
    };
    if same { Err(CliError::Usage("the export would overwrite the project itself; name another file".to_owned())) } else { Ok(()) }
}
