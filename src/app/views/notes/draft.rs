//! A memo that is being written. It is kept when it is left and after a pause, never at every key.

use super::view::NotesView;
use crate::app::user_error::UserError;
use crate::app::views::unkept::Unkept;
use crate::app::worker::{Edit, group_of};
use crate::study::{Memo, MemoId, MemoKind, MemoOn};

/// What is written of a memo and is not kept yet.
#[derive(Clone, Debug)]
pub struct Draft {
    /// Which; a new one has its identity already.
    pub id: MemoId,
    /// What it is on.
    pub on: MemoOn,
    /// Kind and words as the study has them, or will once the last edit is done.
    before: (MemoKind, String),
    /// What it is for.
    pub kind: MemoKind,
    /// The words.
    pub text: String,
    /// Whether it is new: its words stand in no study.
    pub is_new: bool,
    /// Since when something is written that is not kept.
    pub unkept: Unkept,
    /// What is kept while it is being written is undone together.
    group: u64,
    /// Edits that were sent and not answered: until then the study has older words.
    waiting: usize,
    /// Why it could not be kept, once it was tried.
    pub problem: Option<String>,
}

impl Draft {
    /// A memo of the study, nothing written yet.
    pub fn of(memo: &Memo) -> Self {
        Self { id: memo.id, is_new: false, ..Self::begun(memo.on.clone(), memo.kind, memo.text.clone()) }
    }

    /// A new memo.
    pub fn new(on: MemoOn) -> Self {
        Self::begun(on, MemoKind::default(), String::new())
    }

    fn begun(on: MemoOn, kind: MemoKind, text: String) -> Self {
        let id = MemoId::new();
        let group = group_of(id.0);
        Self { id, on, before: (kind, text.clone()), kind, text, is_new: true, unkept: Unkept::default(), group, waiting: 0, problem: None }
    }

    /// Whether something was written that is not kept.
    pub fn is_touched(&self) -> bool {
        (self.kind, self.text.trim()) != (self.before.0, self.before.1.trim()) && !(self.is_new && self.text.trim().is_empty())
    }

    /// Whether the study may be asked for its words: nothing was written, and nothing is on its way.
    pub fn rests(&self) -> bool {
        !self.is_touched() && !self.is_new && self.waiting == 0
    }

    /// Whether it may be kept in a pause: not while it is empty, for who takes all words away may be about to write others.
    pub fn may_wait(&self) -> bool {
        self.is_touched() && !self.text.trim().is_empty()
    }

    /// Whether it is the same memo with the same words.
    pub fn is_as(&self, other: &Self) -> bool {
        (self.id, self.kind, self.text.trim()) == (other.id, other.kind, other.text.trim())
    }

    /// The words and kind of the same memo as the study has it now; it goes on being written where it was.
    pub fn with_words_of(self, now: Self) -> Self {
        if self.id == now.id { Self { group: self.group, ..now } } else { now }
    }

    /// The edit that keeps what was written; none when nothing was. The draft then takes it for kept; when it fails, the words come back.
    pub fn keep(&mut self) -> Option<Edit> {
        if !self.is_touched() {
            return None;
        }
        let back = self.clone();
        let (id, on, kind, text) = (self.id, self.on.clone(), self.kind, self.text.clone());
        let label = if text.trim().is_empty() { "Delete memo" } else { "Memo" };
        let edit = Edit::new(label, move |tx| tx.keep_memo(id, on.clone(), kind, &text), move |state, ()| state.notes.answered(id));
        self.before = (self.kind, self.text.clone());
        self.is_new = false;
        self.unkept.kept();
        self.problem = None;
        self.waiting += 1;
        Some(edit.in_group(self.group).or(move |state, error| state.notes.give_back(back, error)))
    }
}

impl NotesView {
    /// The study has what was sent of a memo.
    fn answered(&mut self, id: MemoId) {
        if let Some(draft) = self.draft.as_mut().filter(|draft| draft.id == id) {
            draft.waiting = draft.waiting.saturating_sub(1);
        }
    }

    /// Takes back what could not be kept of a memo, to be tried again; what has been written since stays.
    pub(super) fn give_back(&mut self, back: Draft, error: &UserError) {
        let problem = Some(error.not_kept());
        match &mut self.draft {
            Some(draft) if draft.id == back.id => {
                let newer = if draft.is_touched() { (draft.kind, draft.text.clone()) } else { (back.kind, back.text.clone()) };
                *draft = Draft { kind: newer.0, text: newer.1, problem, waiting: draft.waiting.saturating_sub(1), ..back };
            }
            _ => _ = self.given_back.insert(back.id, Draft { problem, ..back }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_was_written_is_kept() {
        let mut draft = Draft::new(MemoOn::Project);
        assert!(draft.keep().is_none(), "an empty new one is none");
        draft.kind = MemoKind::Method;
        assert!(draft.keep().is_none(), "nor is one of another kind");
        draft.text = "A thought".into();
        assert!(draft.may_wait() && draft.keep().is_some());
        assert!(draft.keep().is_none(), "it is kept once");
        draft.text = "A thought \n".into();
        assert!(!draft.is_touched());
        draft.text.clear();
        assert!(draft.is_touched() && !draft.may_wait(), "all words may go because others come");
        assert!(draft.keep().is_some());
    }
}
