//! All memos as they are listed, gathered once for each study.

use std::sync::Arc;

use super::place::{self, Sort};
use crate::app::Seen;
use crate::study::{CoderId, Memo, MemoId, MemoKind, MemoOn, Study};
use crate::text::fold;

/// A memo as it is listed.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Which.
    pub id: MemoId,
    /// What it is on.
    pub on: MemoOn,
    /// What it is for.
    pub kind: MemoKind,
    /// Who wrote it.
    pub coder: CoderId,
    /// When it was begun, in milliseconds since 1970.
    pub time: i64,
    /// What it is on, in words.
    pub place: String,
    /// How it begins, in one line.
    pub begins: String,
    /// All its words and those of its place, folded.
    folded: String,
}

/// How much of a memo is shown in the list, in characters.
const SHOWN: usize = 280;

impl Entry {
    fn new(study: &Study, memo: &Memo) -> Self {
        let place = place::words(study, &memo.on);
        let mut begins = String::new();
        for word in memo.text.split_whitespace() {
            if begins.len() > SHOWN {
                break;
            }
            if !begins.is_empty() {
                begins.push(' ');
            }
            begins.extend(word.chars().take(SHOWN));
        }
        let folded = fold(&format!("{} {place}", memo.text));
        Self { id: memo.id, on: memo.on.clone(), kind: memo.kind, coder: memo.coder, time: memo.time, place, begins, folded }
    }

    /// Whether it holds each of these folded words.
    pub fn holds(&self, words: &[String]) -> bool {
        words.iter().all(|word| self.folded.contains(word))
    }

    /// The sort of what it is on.
    pub const fn sort(&self) -> Sort {
        Sort::of(&self.on)
    }
}

/// All memos of a study, newest first.
#[derive(Clone, Debug, Default)]
pub struct Entries {
    seen: Seen,
    /// The memos.
    pub all: Arc<[Entry]>,
}

impl Entries {
    /// Gathers them; to be run in a job.
    pub fn of(study: &Arc<Study>) -> Self {
        let own = study.materials().iter().flat_map(|material| &material.memos);
        let mut all: Vec<Entry> = study.memos().iter().chain(own).map(|memo| Entry::new(study, memo)).collect();
        all.sort_by_key(|entry| std::cmp::Reverse((entry.time, entry.id)));
        Self { seen: Seen::of(study), all: all.into() }
    }

    /// Whether these are the memos of `study` as it is now.
    pub fn are_of(&self, study: &Arc<Study>) -> bool {
        self.seen.is(study)
    }
}

/// A memo of the study.
pub fn memo<'s>(study: &'s Study, id: MemoId, on: &MemoOn) -> Option<&'s Memo> {
    let memos = match on.source() {
        Some(source) => study.material(source)?.memos.as_slice(),
        None => study.memos(),
    };
    memos.iter().find(|memo| memo.id == id)
}

/// A kind of memo, in words.
pub const fn kind_name(kind: MemoKind) -> &'static str {
    match kind {
        MemoKind::Analytic => "Analytic",
        MemoKind::Method => "Method",
        MemoKind::Reflexive => "Reflexive",
    }
}

/// What a kind of memo is for.
pub const fn kind_help(kind: MemoKind) -> &'static str {
    match kind {
        MemoKind::Analytic => "Thoughts about the material",
        MemoKind::Method => "Decisions about how the study is done",
        MemoKind::Reflexive => "Thoughts about one’s own part in it",
    }
}

/// The three kinds.
pub const KINDS: [MemoKind; 3] = [MemoKind::Analytic, MemoKind::Method, MemoKind::Reflexive];
