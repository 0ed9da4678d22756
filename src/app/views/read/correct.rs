//! Puts a corrected file in the place of a source's text.

use std::path::PathBuf;
use std::sync::Arc;

use crate::app::command::Command;
use crate::app::context::{Action, Cx};
use crate::app::frame::dialogs::{Dialog, PathDialog, PathKind, PathQuestion};
use crate::app::user_error::UserError;
use crate::app::worker::Edit;
use crate::exchange::import::{Draft, Frame, READABLE, correct, read_files};
use crate::project::{Corrected, Fate};
use crate::study::{Kind, Source, SourceId, Study};

/// What is known of the source before the file is read.
struct Wanted {
    source: SourceId,
    label: String,
    /// Whether its file is kept in the project; so is the new one then.
    keeps_file: bool,
    /// What brings the old text back, in words.
    undo: String,
    study: Arc<Study>,
}

/// Asks for the file.
pub fn ask(cx: &mut Cx<'_>, source: &Source) {
    if !cx.can_edit() {
        return;
    }
    let keeps_file = source.original.is_some();
    let wanted =
        Wanted { source: source.id, label: source.label.clone(), keeps_file, undo: cx.way_to(Command::Undo), study: Arc::clone(cx.study) };
    let question = PathQuestion {
        title: format!("Correct {}", source.label),
        what: "The text of this file takes the place of the one that is there. Codings, marks and memos go with their words; \
               what loses its words is kept and listed under Source."
            .into(),
        button: "Replace the text".into(),
        start: PathBuf::new(),
        kind: PathKind::File,
        then: Box::new(move |paths| paths.into_iter().next().map(|path| read(path, wanted)).into_iter().collect()),
        other: None,
    };
    cx.actions.push(Action::Show(Box::new(Dialog::Path(PathDialog::new(question)))));
}

/// Reads the file on a thread of its own, then writes it.
fn read(path: PathBuf, wanted: Wanted) -> Action {
    let name = format!("Reading {}", path.file_name().unwrap_or_default().to_string_lossy());
    Action::job(
        "correct",
        name,
        move |_| {
            let what = || UserError::new("This file could not be read.", format!("Choose a {READABLE} that another program opens."));
            let read = read_files(&[path], &Frame::of(&wanted.study), |_| true).into_iter().next();
            let draft = read.ok_or_else(what)?.map_err(|error| what().because(&error))?;
            Ok((draft, wanted))
        },
        |state, (draft, wanted)| state.wanted.push(Action::Edit(write(draft, wanted))),
    )
}

fn write(draft: Draft, wanted: Wanted) -> Edit {
    let Wanted { source, label, keeps_file, undo, .. } = wanted;
    Edit::new(
        format!("Correct {label}"),
        move |tx| correct(tx, source, &draft, keeps_file),
        move |state, corrected| state.say(told(&label, &corrected, &undo)),
    )
}

/// What became of the codings.
fn told(label: &str, corrected: &Corrected, undo: &str) -> String {
    let count = |fate| corrected.count(Kind::Coding, fate);
    let fates = [
        (count(Fate::Unchanged), "unchanged"),
        (count(Fate::Moved), "moved"),
        (count(Fate::Reworded), "reworded"),
        (corrected.joined.len(), "joined"),
        (count(Fate::Broken), "lost their words"),
        (count(Fate::Restored), "found their words again"),
    ];
    let said: Vec<String> = fates.iter().filter(|(many, _)| *many > 0).map(|(many, fate)| format!("{many} {fate}")).collect();
    let said = if said.is_empty() { "it has none".to_owned() } else { said.join(", ") };
    format!("{label} is corrected. Codings: {said}. {undo} brings the old text back.")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::study::EntityId;

    #[test]
    fn the_fates_of_codings_are_told_and_no_others() {
        let fates = [(Kind::Coding, Fate::Moved), (Kind::Coding, Fate::Broken), (Kind::Coding, Fate::Moved), (Kind::Memo, Fate::Broken)];
        let fates = fates.into_iter().map(|(kind, fate)| (EntityId { kind, id: uuid::Uuid::now_v7() }, fate)).collect();
        let says = told("FIF-TL2", &Corrected { fates, joined: Vec::new() }, "Ctrl+Z");
        assert!(says.starts_with("FIF-TL2 is corrected. Codings: 2 moved, 1 lost their words."), "{says}");
        let none = told("A", &Corrected { fates: Vec::new(), joined: Vec::new() }, "Ctrl+Z");
        assert!(none.contains("it has none"), "{none}");
    }
}
