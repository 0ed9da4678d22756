use serde_json::{Value, json};

use super::arguments::{List, Only};
use super::columns::columns;
use super::console::Console;
use super::error::CliError;
use super::opening::{open_to_read, open_to_write};
use crate::project::EditKind;
use crate::study::{SourceId, Study};

/// `themata undo`
pub(super) fn undo(arguments: &Only, console: &mut Console) -> Result<(), CliError> {
    let undone = open_to_write(&arguments.project)?.undo()?;
    let undone = undone.ok_or(CliError::Nothing("there is nothing to undo"))?;
    console.line(format!("Undone: {}", undone.label))
}

/// `themata redo`
pub(super) fn redo(arguments: &Only, console: &mut Console) -> Result<(), CliError> {
    let redone = open_to_write(&arguments.project)?.redo()?;
    let redone = redone.ok_or(CliError::Nothing("there is nothing to redo"))?;
    console.line(format!("Redone: {}", redone.label))
}

/// `themata history`
pub(super) fn list(arguments: &List, console: &mut Console) -> Result<(), CliError> {
    let project = open_to_read(&arguments.project)?;
    let study = project.seen();
    let edits = project.history_seen()?;
    let coder = |id| study.coders().get(&id).map(|coder| coder.name.clone()).unwrap_or_default();
    if arguments.json {
        let list: Vec<Value> = edits
            .iter()
            .map(|edit| {
                json!({
                    "edit": edit.seq,
                    "time": time_text(edit.time),
                    "coder": coder(edit.coder),
                    "kind": kind_name(edit.kind),
                    "label": edit.label,
                    "undone": edit.undone,
                    "brought_by": edit.brought_by,
                    "of": edit.of,
                    "changes": edit.changes,
                    "sources": labels(&study, &edit.sources),
                })
            })
            .collect();
        return console.json(&Value::Array(list));
    }
    let header = ["edit", "time", "coder", "what", "changes", "sources"].map(str::to_owned);
    let rows: Vec<Vec<String>> = edits
        .iter()
        .map(|edit| {
            let undone = if edit.undone { " (undone)" } else { "" };
            let label = format!("{}{undone}", edit.label);
            let sources = labels(&study, &edit.sources);
            let sources = if sources.len() > 3 { format!("{} sources", sources.len()) } else { sources.join(", ") };
            vec![edit.seq.to_string(), time_text(edit.time), coder(edit.coder), label, edit.changes.to_string(), sources]
        })
        .collect();
    columns(&header, &rows).iter().try_for_each(|line| console.line(line))
}

const fn kind_name(kind: EditKind) -> &'static str {
    match kind {
        EditKind::Act => "act",
        EditKind::Undo => "undo",
        EditKind::Redo => "redo",
        EditKind::Setup => "setup",
        EditKind::Merge => "merge",
    }
}

fn labels(study: &Study, sources: &[SourceId]) -> Vec<String> {
    sources.iter().filter_map(|id| study.material(*id)).map(|material| material.source.label.clone()).collect()
}

/// A time in milliseconds since 1970, to the second, in UTC.
fn time_text(time: i64) -> String {
    jiff::Timestamp::from_millisecond(time).map(|time| time.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()).unwrap_or_default()
}
