//! Titles, groups, areas and attributes from a table, matched by the id of a file, its name, or a case.

use std::collections::HashMap;
use std::path::PathBuf;

use super::files::role_name;
use super::names::files;
use super::sheet::ImportSheet;
use crate::app::context::{Action, Cx};
use crate::app::frame::dialogs::{Dialog, PathDialog, PathKind, PathQuestion};
use crate::app::state::State;
use crate::app::user_error::UserError;
use crate::exchange::import::edits::{set_area, set_group};
use crate::exchange::import::{Draft, DraftAttribute, DraftCase, IdTable};
use crate::study::{AttributeOf, BuiltIn, Role, Study};
use crate::text::fold;

/// Asks for the file with the table.
pub(super) fn ask(cx: &mut Cx<'_>) {
    let question = PathQuestion {
        title: "Fill in from a table".into(),
        what: "A .csv or .tsv file. Its first line names what it tells, one column holds ids or file names. Empty cells change nothing."
            .into(),
        button: "Fill in".into(),
        start: PathBuf::new(),
        kind: PathKind::Several,
        then: Box::new(|paths| paths.into_iter().next().map(read).into_iter().collect()),
        other: None,
    };
    cx.actions.push(Action::Show(Box::new(Dialog::Path(PathDialog::new(question)))));
}

fn read(path: PathBuf) -> Action {
    Action::job(
        "table for the sheet",
        "Reading a table",
        move |_| IdTable::read(&path).map_err(|error| UserError::new(error.to_string(), "")),
        |state: &mut State, table| {
            if let Some(sheet) = &mut state.import {
                sheet.table = Some(table);
            }
        },
    )
}

/// What a column tells.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Tells {
    Title,
    BuiltIn(BuiltIn),
    Role(Role),
    Attribute(String, AttributeOf),
}

fn tells(study: &Study, name: &str) -> Tells {
    let folded = fold(name.trim());
    let is = |known: &str| fold(known) == folded;
    let roles = [(Role::Group, "group"), (Role::Area, "area")];
    let built_in = [(BuiltIn::Kind, "kind"), (BuiltIn::Date, "date"), (BuiltIn::Wave, "wave"), (BuiltIn::Interviewer, "interviewer")];
    let named = |built_in| study.attributes().built_in(built_in).is_some_and(|attribute| is(&attribute.name));
    if is("title") {
        Tells::Title
    } else if let Some((role, _)) = roles.into_iter().find(|(role, word)| is(word) || is(&role_name(study, *role))) {
        Tells::Role(role)
    } else if let Some((built_in, _)) = built_in.into_iter().find(|(built_in, word)| is(word) || named(*built_in)) {
        Tells::BuiltIn(built_in)
    } else {
        let of = study.attributes().named(name).map_or(AttributeOf::Cases, |attribute| attribute.of);
        Tells::Attribute(name.trim().to_owned(), of)
    }
}

/// Fills in what a table tells. Returns what came of it, as a sentence.
pub(super) fn fill(sheet: &mut ImportSheet, table: &IdTable, study: &Study) -> String {
    let columns: Vec<Tells> = table.columns.iter().map(|name| tells(study, name)).collect();
    let lines: HashMap<String, &Vec<String>> = table.rows.iter().map(|(id, cells)| (fold(id), cells)).collect();
    let mut met: Vec<String> = Vec::new();
    let mut of_files = 0;
    let mut left_out = false;
    sheet.fill(
        |_, draft| {
            let stem = draft.file_name.rsplit_once('.').map_or(draft.file_name.as_str(), |(stem, _)| stem);
            let ids = [draft.label.trim(), draft.file_name.as_str(), stem].map(fold);
            if let Some((id, cells)) = ids.iter().find_map(|id| Some((id, lines.get(id)?))) {
                met.push(id.clone());
                tell(draft, &columns, cells);
            }
            let mut cases: Vec<_> =
                draft.speakers.iter_mut().filter_map(|speaker| speaker.case.as_mut()).chain(draft.case.as_mut()).collect();
            for case in &mut cases {
                let id = fold(case.label.trim());
                let Some(cells) = lines.get(&id).filter(|_| !ids.contains(&id)) else { continue };
                met.push(id);
                for (column, words) in columns.iter().zip(*cells).filter(|(_, words)| !words.is_empty()) {
                    left_out |= !tell_case(case, column, words);
                }
            }
        },
        |count| {
            of_files = count;
            format!("{} filled in from a table", files(count, "was", "were"))
        },
    );
    let unknown: Vec<&str> = table.rows.iter().map(|(id, _)| id.as_str()).filter(|id| !met.contains(&fold(id))).collect();
    let mut filled = format!("{} filled in.", files(of_files, "was", "were"));
    if left_out {
        filled.push_str(" What tells of files was left out of the lines of cases.");
    }
    match unknown.as_slice() {
        [] => filled,
        [one] => format!("{filled} “{one}” is no file or case here."),
        [first, rest @ ..] => format!("{filled} “{first}” and {} other ids are no file or case here.", rest.len()),
    }
}

/// Puts what a cell tells into a case. Returns whether it can tell of a case.
fn tell_case(case: &mut DraftCase, column: &Tells, words: &str) -> bool {
    match column {
        Tells::Role(Role::Group) => case.group = Some(words.to_owned()),
        Tells::Role(Role::Area) => case.area = Some(words.to_owned()),
        Tells::Attribute(name, AttributeOf::Cases) => {
            case.attributes.retain(|(other, _)| fold(other) != fold(name));
            case.attributes.push((name.clone(), words.to_owned()));
        }
        Tells::Title | Tells::BuiltIn(_) | Tells::Attribute(_, AttributeOf::Sources) => return false,
    }
    true
}

/// Puts what a line tells into a draft.
fn tell(draft: &mut Draft, columns: &[Tells], cells: &[String]) {
    for (column, words) in columns.iter().zip(cells).filter(|(_, words)| !words.is_empty()) {
        match column {
            Tells::Title => draft.title.clone_from(words),
            Tells::BuiltIn(BuiltIn::Kind) => draft.kind.clone_from(words),
            Tells::BuiltIn(BuiltIn::Date) => draft.date.clone_from(words),
            Tells::BuiltIn(BuiltIn::Wave) => draft.wave.clone_from(words),
            Tells::BuiltIn(BuiltIn::Interviewer) => draft.interviewer.clone_from(words),
            Tells::Role(Role::Group) => set_group(draft, words),
            Tells::Role(Role::Area) => set_area(draft, words),
            Tells::Attribute(name, of) => {
                draft.attributes.retain(|attribute| fold(&attribute.name) != fold(name));
                draft.attributes.push(DraftAttribute { name: name.clone(), value: words.clone(), of: *of });
            }
        }
    }
}
