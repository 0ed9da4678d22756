use std::process::ExitCode;

use serde_json::{Value, json};

use super::arguments::Check;
use super::console::Console;
use super::error::CliError;
use super::opening::{index_folder, open_to_read, open_to_write, searcher};
use crate::project::{Finding, Options, Project};
use crate::query::Query;

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

/// The index is a cache: one that is missing, old or damaged in its own record is made anew when it is opened. What
/// remains to be asked is whether it knows every paragraph that has words.
fn check_index(project: &Project, repair: bool) -> Result<Option<Finding>, CliError> {
    let found = |sentence: String| Ok(Some(Finding { what: sentence, repaired: false }));
    match knows_every_paragraph(project) {
        Ok(true) => Ok(None),
        Ok(false) | Err(CliError::Search(_)) if repair => {
            let path = index_folder(project)?;
            std::fs::remove_dir_all(&path).map_err(|reason| CliError::Stays { path, reason })?;
            let repaired = knows_every_paragraph(project)?;
            Ok(Some(Finding { what: "The search index lacked paragraphs and was made anew.".to_owned(), repaired }))
        }
        Ok(false) => found("The search index lacks paragraphs; with --repair it is made anew.".to_owned()),
        Err(error @ (CliError::Search(_) | CliError::Index(_))) => found(format!("The search index cannot be used: {error}.")),
        Err(error) => Err(error),
    }
}

fn knows_every_paragraph(project: &Project) -> Result<bool, CliError> {
    let study = project.study();
    let any_word = Query::Wildcard("*".to_owned());
    let found = searcher(project)?.run(&study, &any_word, &Options::first(0))?;
    let with_words = study.materials().iter().map(|material| {
        let geometry = &material.geometry;
        geometry.paragraphs().iter().filter(|paragraph| geometry.words_in(paragraph.span) > 0).count()
    });
    // What another window is still indexing is no damage.
    Ok(found.lacking.is_some() || found.total == with_words.sum::<usize>())
}
