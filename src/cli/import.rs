use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, IsTerminal as _, Write as _};
use std::path::PathBuf;
use std::process::ExitCode;

use serde_json::{Value, json};

use super::arguments::Import;
use super::columns::columns;
use super::console::Console;
use super::error::CliError;
use super::opening::{open_to_read, open_to_write};
use super::projects;
use crate::exchange::export::{Labels, codings_json};
use crate::exchange::import::{
    Draft, Frame, Imported, MappedFile, Mapping, SurveyTable, add, correct, gather, imported_before, read_all, read_file,
};
use crate::exchange::refi::is_project_file;
use crate::project::{Corrected, Fate, Project};
use crate::study::{Coding, CodingId, Kind, Material, Role, Study};
use crate::text::{Paragraph, ParagraphKind, Voice};

/// `themata import`: all that is wanted as one edit, or nothing.
pub(super) fn import(arguments: &Import, console: &mut Console) -> Result<ExitCode, CliError> {
    let projects: Vec<&PathBuf> = arguments.files.iter().filter(|file| is_project_file(file)).collect();
    if !projects.is_empty() {
        if projects.len() < arguments.files.len() || arguments.corrects.is_some() || arguments.map.is_some() {
            return Err(CliError::Usage("projects of other programs are imported by themselves; name the texts in another command".into()));
        }
        return projects::import(arguments, &projects, console).map(|()| ExitCode::SUCCESS);
    }
    let mapping = arguments.map.as_deref().map(Mapping::read).transpose()?.unwrap_or_default();
    if let Some(label) = &arguments.corrects {
        return correct_with(label, arguments, console).map(|()| ExitCode::SUCCESS);
    }
    let mut project = if arguments.dry_run { open_to_read(&arguments.project)? } else { open_to_write(&arguments.project)? };
    let wanted = read(&project.study(), arguments, &mapping)?;
    if arguments.dry_run {
        tell(&wanted, arguments.json, console)?;
    } else {
        write(&mut project, &wanted, arguments, console)?;
    }
    wanted.failed.iter().for_each(|failed| Console::say(format!("themata: {}", failed.says)));
    wanted.told.iter().for_each(Console::say);
    Ok(if wanted.failed.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// A file that is left out.
struct Failed {
    file: String,
    says: String,
}

/// What is to be imported.
#[derive(Default)]
struct Wanted {
    drafts: Vec<Draft>,
    tables: Vec<SurveyTable>,
    failed: Vec<Failed>,
    /// What else there is to say.
    told: Vec<String>,
}

/// Reads the files, as the map says they are.
fn read(study: &Study, arguments: &Import, mapping: &Mapping) -> Result<Wanted, CliError> {
    let gathered = gather(arguments.files.iter().cloned());
    let files = gathered.files.len();
    let progress = Progress::new();
    let roles = |table: &mut SurveyTable| mapping.set_roles(table);
    let outcomes = read_all(&gathered.files, &Frame::of(study), roles, |done| {
        progress.say("Reading", done, files);
        true
    });
    progress.end();
    let mut wanted = Wanted::default();
    let mut stops = Vec::new();
    for ((outcome, from_folder), path) in outcomes.into_iter().zip(gathered.from_folder).zip(&gathered.files) {
        match outcome {
            Ok(read) => {
                wanted.drafts.extend(read.drafts);
                wanted.tables.extend(read.table);
            }
            Err(error) if from_folder || arguments.keep_going => {
                let file = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
                wanted.failed.push(Failed { file, says: error.to_string() });
            }
            Err(error) => stops.push(error),
        }
    }
    let mut stops = stops.into_iter();
    if let Some(first) = stops.next() {
        stops.for_each(|further| Console::say(format!("themata: {further}")));
        return Err(first.into());
    }
    let mapped = mapping.carry_out(std::mem::take(&mut wanted.drafts));
    wanted.told.extend(mapped.problems.iter().map(ToString::to_string));
    for (count, what) in [(gathered.others, "of no kind that can be read"), (gathered.folders, "a folder inside")] {
        if count > 0 {
            wanted.told.push(format!("{count} in the folder left out: {what}."));
        }
    }
    wanted.drafts = without_known(study, mapped.drafts, arguments, &mut wanted.told);
    Ok(wanted)
}

/// The drafts without those that were imported before or come twice, where that is no reason to stop: among many files, and
/// respondents of a table that has grown.
fn without_known(study: &Study, drafts: Vec<Draft>, arguments: &Import, told: &mut Vec<String>) -> Vec<Draft> {
    let many = arguments.keep_going || arguments.files.iter().any(|path| path.is_dir());
    let mut seen = BTreeSet::new();
    let mut again = 0;
    let mut first = None;
    let kept: Vec<Draft> = drafts
        .into_iter()
        .filter(|draft| {
            let may_stay_out = many || draft.row_of.is_some();
            let there = imported_before(study, draft).is_some() || !seen.insert(draft.fingerprint);
            if may_stay_out && there {
                again += 1;
                first.get_or_insert_with(|| draft.label.clone());
            }
            !(may_stay_out && there)
        })
        .collect();
    if let Some(first) = first {
        told.push(format!("{again} left out, which the project has already; the first is “{first}”."));
    }
    kept
}

/// Tells what would be imported: as a table, or as the map that imports it so.
fn tell(wanted: &Wanted, json: bool, console: &mut Console) -> Result<(), CliError> {
    if json {
        return console.json(&serde_json::to_value(Mapping::of(&wanted.drafts, &wanted.tables))?);
    }
    let header = ["source", "title", "kind", "paragraphs", "speakers", "group", "area"].map(str::to_owned);
    let told = Mapping::of(&wanted.drafts, &[]);
    let row = |file: MappedFile| {
        let speakers = file.speakers.iter().filter(|speaker| !speaker.label.is_empty());
        let speakers: Vec<String> = speakers.map(|speaker| format!("{} {}", speaker.label, speaker.turns.unwrap_or_default())).collect();
        let words = |words: Option<String>| words.unwrap_or_default();
        let paragraphs = file.paragraphs.unwrap_or_default().to_string();
        vec![words(file.id), words(file.title), words(file.kind), paragraphs, speakers.join(", "), words(file.group), words(file.area)]
    };
    let rows: Vec<_> = told.files.into_iter().map(row).collect();
    columns(&header, &rows).iter().try_for_each(|line| console.line(line))?;
    for draft in &wanted.drafts {
        draft.problems.iter().for_each(|problem| Console::say(format!("{}: {problem}", draft.label)));
    }
    Console::say("Nothing was written.");
    Ok(())
}

/// Writes the drafts as one edit and says what came of it.
fn write(project: &mut Project, wanted: &Wanted, arguments: &Import, console: &mut Console) -> Result<(), CliError> {
    let drafts = &wanted.drafts;
    let label = if drafts.len() == 1 { "Import a source".to_owned() } else { format!("Import {} sources", drafts.len()) };
    let keep_originals = !arguments.no_originals;
    let progress = Progress::new();
    let mut imported = Vec::new();
    if !drafts.is_empty() {
        imported = project.edit(&label, |tx| {
            let one = |(done, draft)| {
                progress.say("Writing", done, drafts.len());
                add(tx, draft, keep_originals)
            };
            drafts.iter().enumerate().map(one).collect::<Result<Vec<_>, _>>()
        })?;
    }
    progress.end();
    let study = project.study();
    let made: Vec<_> = imported.iter().zip(drafts).collect();
    if arguments.json {
        let list: Vec<Value> = made.iter().map(|(imported, draft)| source_json(&study, imported, draft)).collect();
        let failed: Vec<Value> = wanted.failed.iter().map(|failed| json!({ "file": failed.file, "problem": failed.says })).collect();
        return console.json(&json!({ "sources": list, "failed": failed }));
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

/// How far the command is, on a line of its own where somebody looks on.
struct Progress {
    is_seen: bool,
}

impl Progress {
    fn new() -> Self {
        Self { is_seen: io::stderr().is_terminal() }
    }

    fn say(&self, does: &str, done: usize, of: usize) {
        if self.is_seen && of > 1 {
            // That it cannot be said is no reason not to go on.
            let _ = write!(io::stderr(), "\r{does} {} of {of} ", done + 1);
        }
    }

    /// Clears the line.
    fn end(&self) {
        if self.is_seen {
            let _ = write!(io::stderr(), "\r\x1b[K");
        }
    }
}

/// Puts the text of one file in the place of a source's, and says what became of its codings.
fn correct_with(label: &str, arguments: &Import, console: &mut Console) -> Result<(), CliError> {
    let [file] = arguments.files.as_slice() else { return Err(CliError::Usage("one file corrects one source".to_owned())) };
    let mut project = open_to_write(&arguments.project)?;
    let draft = &read_file(file, &Frame::of(&project.study()))?;
    let source = project.study().source_labelled(label).map(|material| material.source.clone());
    let source = source.ok_or_else(|| CliError::NotFound(format!("there is no source “{label}”")))?;
    let before = project.seen();
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
        let changed = changed(&project, &before, &corrected)?;
        return console.json(&json!({ "corrected": source.label, "codings": codings, "changed": changed, "problems": problems }));
    }
    console.line(format!("Corrected {}.", source.label))?;
    let header = ["codings".to_owned(), String::new()];
    let rows: Vec<_> = counts.iter().map(|(fate, count)| vec![(*fate).to_owned(), count.to_string()]).collect();
    columns(&header, &rows).iter().try_for_each(|line| console.line(line))?;
    draft.problems.iter().for_each(|problem| Console::say(format!("{}: {problem}", source.label)));
    Ok(())
}

/// Each coding that is no longer what it was, with its words before and after; of a broken one those are the words that it had.
fn changed(project: &Project, before: &Study, corrected: &Corrected) -> Result<Vec<Value>, CliError> {
    let of_codings = corrected.fates.iter().filter(|(entity, _)| entity.kind == Kind::Coding);
    let mut fates: BTreeMap<CodingId, &str> =
        of_codings.filter_map(|(entity, fate)| Some((CodingId(entity.id), fate_name(*fate)?))).collect();
    fates.extend(corrected.joined.iter().map(|id| (*id, "joined")));
    let fate = |id: CodingId| fates.get(&id).copied();
    let told = |study: &Study| -> Result<Vec<(CodingId, Value)>, CliError> {
        let ids = RefCell::new(Vec::new());
        let wanted = |_: &Material, coding: &Coding| {
            let is_told = fate(coding.id).is_some();
            ids.borrow_mut().extend(is_told.then_some(coding.id));
            is_told
        };
        let list = codings_json(study, project.texts().as_ref(), Labels::IDS, wanted)?;
        let Value::Array(list) = list else { return Ok(Vec::new()) };
        Ok(ids.into_inner().into_iter().zip(list).collect())
    };
    let after: BTreeMap<CodingId, Value> = told(&project.seen())?.into_iter().collect();
    let field = |coding: &Value, name: &str| coding.get(name).cloned().unwrap_or_default();
    let rows = told(before)?.into_iter().map(|(id, coding)| {
        let now = after.get(&id).map(|coding| field(coding, "text"));
        json!({
            "fate": fate(id),
            "theme": field(&coding, "theme"),
            "coder": field(&coding, "coder"),
            "before": field(&coding, "text"),
            "after": now,
        })
    });
    Ok(rows.collect())
}

/// What became of a coding that is no longer what it was.
const fn fate_name(fate: Fate) -> Option<&'static str> {
    match fate {
        Fate::Unchanged => None,
        Fate::Moved => Some("moved"),
        Fate::Reworded => Some("reworded"),
        Fate::Broken => Some("broken"),
        Fate::Restored => Some("restored"),
    }
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
