//! What can be done with memos.

use super::entries::{Entry, memo};
use super::view::NotesView;
use crate::app::context::{Action, Cx};
use crate::app::state::{Place, State, View};
use crate::app::worker::Edit;
use crate::study::{MemoId, MemoOn};

/// Whether a memo is this coder's.
pub fn is_mine(cx: &Cx<'_>, entry: &Entry) -> bool {
    cx.project.is_some_and(|project| project.me.coder == entry.coder)
}

/// Begins a memo on something, in Notes.
pub fn begin_on(cx: &mut Cx<'_>, on: MemoOn) {
    if cx.can_edit() {
        let begin = move |state: &mut State, ()| {
            state.notes.begin(on);
            state.wanted.push(Action::Go(Place::View(View::Notes)));
        };
        cx.ask(|_| Ok(()), begin);
    }
}

/// Opens a memo in Notes.
pub fn open_memo(cx: &mut Cx<'_>, memo: MemoId) {
    cx.go(Place::View(View::Notes));
    let select = move |state: &mut State, ()| {
        state.notes.wanted.clear();
        state.notes.select(Some(memo));
    };
    cx.ask(|_| Ok(()), select);
}

/// Deletes the memo one is at.
pub fn delete(view: &mut NotesView, cx: &mut Cx<'_>) {
    let Some(entry) = view.entry().cloned().filter(|_| cx.can_edit()) else { return };
    if !is_mine(cx, &entry) {
        let name = cx.study.coders().get(&entry.coder).map_or("somebody else", |coder| coder.name.as_str());
        return cx.say(format!("This memo is {name}’s and stays."));
    }
    if memo(cx.study, entry.id, &entry.on).is_none() {
        return;
    }
    view.forget(entry.id);
    view.step(1);
    let (id, source) = (entry.id, entry.on.source());
    let edit = Edit::new(
        "Delete memo",
        move |tx| tx.remove_memo(id, source),
        |state, ()| {
            state.say("Memo deleted. Undo brings it back.");
        },
    );
    cx.actions.push(Action::Edit(edit));
}
