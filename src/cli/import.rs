use std::path::PathBuf;

use serde_json::{Value, json};

use super::arguments::Import;
use super::columns::columns;
use super::console::Console;
use super::error::CliError;
use super::opening::open_to_write;
use super::projects;
use crate::exchange::import::{Draft, Frame, Imported, add, correct, read_files};
use crate::exchange::refi::is_project_file;
use crate::project::{Fate, Project};
use crate::study::{Kind, Role, Study};
use crate::text::{Paragraph, ParagraphKind, Voice};

/// `themata import`: all files as one edit, or none of them.
pub(super) fn import(arguments: &Import, console: &mut Console) -> Result<(), CliError> {
    let (projects, files): (Vec<&PathBuf>, Vec<&PathBuf>) = arguments.files.iter().partition(|file| is_project_file(file));
    if !projects.is_empty() {
        let is_only = files.is_empty();
        if arguments.corrects.is_some() || !is_only && (arguments.json || arguments.dry_run) {
            return Err(CliError::Usage(
                "projects of other programs are imported by themselves here; name the texts in another command".to_owned(),
            ));
        }
        projects::import(arguments, &projects, console)?;
        if is_only {
            return Ok(());
        }
    } else if arguments.dry_run {
        return Err(CliError::Usage("--dry-run goes with projects of other programs only".to_owned()));
    }
    let files: Vec<PathBuf> = files.into_iter().cloned().collect();
    let mut project = open_to_write(&arguments.project)?;
    let read = read_files(&files, &Frame::of(&project.study()), |_| true);
    let (drafts, failed): (Vec<_>, Vec<_>) = read.into_iter().partition(Result::is_ok);
    let mut failed = failed.into_iter().filter_map(Result::err);
    if let Some(first) = failed.next() {
        for further in failed {
            Console::say(format!("themata: {further}"));
        }
        return Err(first.into());
    }
    let drafts: Vec<Draft> = drafts.into_iter().flatten().collect();
    if let Some(label) = &arguments.corrects {
        return correct_with(&mut project, label, &drafts, arguments, console);
    }
    let label = if drafts.len() == 1 { "Import a source".to_owned() } else { format!("Import {} sources", drafts.len()) };
    let keep_originals = !arguments.no_originals;
    let imported = project.edit(&label, |tx| drafts.iter().map(|draft| add(tx, draft, keep_originals)).collect::<Result<Vec<_>, _>>())?;
    let study = project.study();
    let made: Vec<_> = imported.iter().zip(&drafts).collect();
    if arguments.json {
        let list: Vec<Value> = made.iter().map(|(imported, draft)| source_json(&study, imported, draft)).collect();
        return console.json(&json!({ "sources": list }));
    }
    let header = ["source", "title", "kind", "paragraphs", "quotes", "cases"].map(str::to_owned);
    let rows: Vec<_> = made
        .iter()
        .map(|(imported, draft)| {
            vec![
                imported.label.clone(),
                draft.title.clone(),
                draft.kind.clone(),
                draft.paragraphs.len().to_string(),
                quotes(draft).to_string(),
                imported.cases.len().to_string(),
            ]
        })
        .collect();
    columns(&header, &rows).iter().try_for_each(|line| console.line(line))?;
    for (imported, draft) in made {
        for problem in problems(imported, draft) {
            Console::say(format!("{}: {problem}", imported.label));
        }
    }
    Ok(())
}

/// Puts the text of one file in the place of a source's, and says what became of its codings.
fn correct_with(project: &mut Project, label: &str, drafts: &[Draft], arguments: &Import, console: &mut Console) -> Result<(), CliError> {
    let [draft] = drafts else { return Err(CliError::Usage("one file corrects one source".to_owned())) };
    let source = project.study().source_labelled(label).map(|material| material.source.clone());
    let source = source.ok_or_else(|| CliError::NotFound(format!("there is no source “{label}”")))?;
    let corrected = project.edit(&format!("Correct {}", source.label), |tx| correct(tx, source.id, draft, !arguments.no_originals))?;
    let count = |fate| corrected.count(Kind::Coding, fate);
    let counts = [
        ("unchanged", count(Fate::Unchanged)),
        ("moved", count(Fate::Moved)),
        ("reworded", count(Fate::Reworded)),
        ("joined", corrected.joined.len()),
        ("broken", count(Fate::Broken)),
        ("restored", count(Fate::Restored)),
    ];
    if arguments.json {
        let codings: serde_json::Map<_, _> = counts.iter().map(|(fate, count)| ((*fate).to_owned(), json!(count))).collect();
        let problems: Vec<String> = draft.problems.iter().map(ToString::to_string).collect();
        return console.json(&json!({ "corrected": source.label, "codings": codings, "problems": problems }));
    }
    console.line(format!("Corrected {}.", source.label))?;
    let header = ["codings".to_owned(), String::new()];
    let rows: Vec<_> = counts.iter().map(|(fate, count)| vec![(*fate).to_owned(), count.to_string()]).collect();
    columns(&header, &rows).iter().try_for_each(|line| console.line(line))?;
    draft.problems.iter().for_each(|problem| Console::say(format!("{}: {problem}", source.label)));
    Ok(())
}

fn source_json(study: &Study, imported: &Imported, draft: &Draft) -> Value {
    let cases = imported.cases.iter().filter_map(|id| study.case(*id)).map(|case| {
        let of_role = |role| {
            let names = study.attributes().with_role(role).map(|attribute| study.value_names(&case.values, attribute.id));
            names.filter(|names| !names.is_empty())
        };
        json!({ "label": case.label, "group": of_role(Role::Group), "area": of_role(Role::Area) })
    });
    json!({
        "id": imported.label,
        "title": draft.title,
        "kind": Some(&draft.kind).filter(|kind| !kind.is_empty()),
        "paragraphs": draft.paragraphs.len(),
        "quotes": quotes(draft),
        "cases": cases.collect::<Vec<_>>(),
        "problems": problems(imported, draft),
    })
}

/// What the analyst should look at: in the file, and that its id was taken.
fn problems(imported: &Imported, draft: &Draft) -> Vec<String> {
    let wanted = draft.label.trim();
    let taken = (imported.label != wanted).then(|| {
        format!("There is a source “{wanted}” already, so this one is called “{}”. Look whether both are the same.", imported.label)
    });
    draft.problems.iter().map(ToString::to_string).chain(taken).collect()
}

/// Words of participants that a report sets apart.
fn quotes(draft: &Draft) -> usize {
    let is_quote = |paragraph: &&Paragraph| paragraph.kind == ParagraphKind::BlockQuote && draft.voice(paragraph) == Voice::Participant;
    draft.paragraphs.iter().filter(is_quote).count()
}
