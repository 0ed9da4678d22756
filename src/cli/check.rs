use std::process::ExitCode;

use serde_json::{Value, json};

use super::arguments::Check;
use super::console::Console;
use super::error::CliError;
use super::opening::{index_folder, knowing_all, open_to_read, open_to_write};
use crate::project::{Finding, Options, Project};
use crate::query::Query;
use crate::search::{Index, IndexError};

/// `themata check`: exit code 1 when something is left that is wrong.
pub(super) fn check(arguments: &Check, console: &mut Console) -> Result<ExitCode, CliError> {
    let project = if arguments.repair { open_to_write(&arguments.project)? } else { open_to_read(&arguments.project)? };
    let mut findings = project.check(arguments.repair)?;
    findings.extend(check_index(&project, arguments.repair)?);
    let ok = findings.iter().all(|finding| finding.repaired);
    if arguments.json {
        let list: Vec<Value> = findings.iter().map(|finding| json!({ "what": finding.what, "repaired": finding.repaired })).collect();
        console.json(&json!({ "ok": ok, "findings": list }))?;
    } else {
        for finding in &findings {
            console.line(format!("{} {}", if finding.repaired { "Put right:" } else { "Found:" }, finding.what))?;
        }
        console.line(if ok { "The project is sound." } else { "The project is not sound." })?;
    }
    Ok(if ok { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// The index is a cache: one that is old or damaged is made anew when it is opened, which is named. What remains to be
/// asked is whether it knows every paragraph that has words.
fn check_index(project: &Project, repair: bool) -> Result<Option<Finding>, CliError> {
    let found = |what: String, repaired: bool| Ok(Some(Finding { what, repaired }));
    let path = index_folder(project)?;
    let index = match Index::open(&path) {
        Ok(index) => index,
        Err(error) => return found(format!("{}; searching makes one in memory each time.", capital(&error)), false),
    };
    let rebuilt = index.was_rebuilt();
    match knows_every_paragraph(project, index) {
        Ok(true) if rebuilt => found("The search index was damaged or of another version, and was made anew.".to_owned(), true),
        Ok(true) => Ok(None),
        Ok(false) | Err(CliError::Search(_)) if repair => {
            std::fs::remove_dir_all(&path).map_err(|reason| CliError::Stays { path: path.clone(), reason })?;
            let repaired = knows_every_paragraph(project, Index::open(&path)?)?;
            found("The search index lacked paragraphs and was made anew.".to_owned(), repaired)
        }
        Ok(false) => found("The search index lacks paragraphs; with --repair it is made anew.".to_owned(), false),
        Err(error @ (CliError::Search(_) | CliError::Index(_))) => found(format!("The search index cannot be used: {error}."), false),
        Err(error) => Err(error),
    }
}

/// An error as the beginning of a sentence.
fn capital(error: &IndexError) -> String {
    let said = error.to_string();
    let mut letters = said.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn knows_every_paragraph(project: &Project, index: Index) -> Result<bool, CliError> {
    let study = project.study();
    let any_word = Query::Wildcard("*".to_owned());
    let found = knowing_all(project, index)?.run(&study, &any_word, &Options::first(0))?;
    let with_words = study.materials().iter().map(|material| {
        let geometry = &material.geometry;
        geometry.paragraphs().iter().filter(|paragraph| geometry.words_in(paragraph.span) > 0).count()
    });
    // What another window is still indexing is no damage.
    Ok(found.lacking.is_some() || found.total == with_words.sum::<usize>())
}
