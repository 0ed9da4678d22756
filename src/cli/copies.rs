use serde_json::{Value, json};

use super::arguments::{Copy, Merge};
use super::columns::columns;
use super::console::Console;
use super::error::CliError;
use super::opening::{open_to_read, open_to_write};
use crate::project::Coming;

/// `themata copy`: for a coder to work in.
pub(super) fn copy(arguments: &Copy, console: &mut Console) -> Result<(), CliError> {
    let project = open_to_read(&arguments.project)?;
    let given = project.give_copy(&arguments.new, &arguments.coder, arguments.blind)?;
    let blind = if given.blind { ", who sees only own work in it" } else { "" };
    console.line(format!("Made {} for {}{blind}", arguments.new.display(), given.name))
}

/// `themata merge`: what somebody did in a copy, as one edit.
pub(super) fn merge(arguments: &Merge, console: &mut Console) -> Result<(), CliError> {
    let (coming, blind) = if arguments.dry_run {
        let project = open_to_read(&arguments.project)?;
        (project.preview_merge(&arguments.copy)?, project.works_blind())
    } else {
        let mut project = open_to_write(&arguments.project)?;
        (project.merge(&arguments.copy)?, project.works_blind())
    };
    let coming = if blind { coming.without_what() } else { coming };
    let merged = !arguments.dry_run && !coming.is_nothing();
    if arguments.json {
        return console.json(&as_json(&coming, merged));
    }
    if coming.is_nothing() {
        return console.line(format!("Nothing new in {}: all that is in it is here already", coming.whose()));
    }
    let verb = if merged { "Brought back" } else { "Would bring back" };
    console.line(format!("{verb} {}: {}", coming.whose(), edits(&coming)))?;
    if coming.again > 0 {
        console.line("It had been brought back before and taken back; that is here again")?;
    }
    let header = ["theme", "codings added", "changed", "removed"].map(str::to_owned);
    let rows: Vec<_> = coming
        .codings
        .iter()
        .map(|(theme, it)| vec![theme.clone(), it.added.to_string(), it.changed.to_string(), it.removed.to_string()])
        .collect();
    if !rows.is_empty() {
        columns(&header, &rows).iter().try_for_each(|line| console.line(line))?;
    }
    coming.others_in_words().iter().try_for_each(|line| console.line(line))?;
    for (what, labels) in [("Sources that come", &coming.sources), ("Texts corrected", &coming.corrected)] {
        if !labels.is_empty() {
            console.line(format!("{what}: {}", labels.join(", ")))?;
        }
    }
    coming.conflicts.iter().try_for_each(|conflict| console.line(&conflict.sentence))
}

/// How many edits come from whom.
fn edits(coming: &Coming) -> String {
    let of = |(name, count): (&String, &usize)| format!("{count} {} by {name}", if *count == 1 { "edit" } else { "edits" });
    let all: Vec<_> = coming.edits.iter().map(of).collect();
    if all.is_empty() { "no new edits".to_owned() } else { all.join(", ") }
}

fn as_json(coming: &Coming, merged: bool) -> Value {
    let codings: Vec<Value> = coming
        .codings
        .iter()
        .map(|(theme, it)| json!({ "theme": theme, "added": it.added, "changed": it.changed, "removed": it.removed }))
        .collect();
    let others: serde_json::Map<String, Value> = coming
        .others
        .iter()
        .map(|(kind, it)| (format!("{kind:?}").to_lowercase(), json!({ "added": it.added, "changed": it.changed, "removed": it.removed })))
        .collect();
    let conflicts: Vec<&str> = coming.conflicts.iter().map(|conflict| conflict.sentence.as_str()).collect();
    json!({
        "from": coming.from,
        "merged": merged,
        "again": coming.again > 0,
        "edits": coming.edits,
        "codings": codings,
        "others": others,
        "sources": coming.sources,
        "corrected": coming.corrected,
        "to_settle": coming.to_settle.len(),
        "conflicts": conflicts,
    })
}
