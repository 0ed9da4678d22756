use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use uuid::Uuid;

use super::super::super::exact;
use super::super::super::model::{Made, Note};
use super::Reading;
use crate::study::{Basis, CaseId, Crossed, Crossing, Memo, MemoId, MemoKind, MemoOn, Spread, Summary, SummaryId, SummaryState, ThemeId};

/// The members of sets whose notes are no memos.
#[derive(Default)]
struct Apart {
    /// What only this program reads.
    exact: HashSet<Uuid>,
    /// Summaries of cells.
    summaries: HashSet<Uuid>,
}

impl Reading<'_> {
    pub(super) fn read_notes(&mut self) {
        let project = self.project;
        let mut apart = Apart::default();
        for set in &project.sets {
            match set.name.as_str() {
                exact::SET => apart.exact.extend(&set.notes),
                exact::MATRIX => apart.summaries.extend(&set.notes),
                _ => {}
            }
        }
        let (codes, cases) = self.links_of_notes();
        for note in &project.note_refs {
            self.on.entry(*note).or_default().push(MemoOn::Project);
        }
        let (mut memos, mut summaries, mut alone) = (0, 0, 0);
        let mut cells = HashSet::new();
        for note in project.notes.iter().filter(|note| !apart.exact.contains(&note.guid)) {
            let (theme, case) = (codes.get(&note.guid).copied(), cases.get(&note.guid).copied());
            if let Some(theme) = theme.filter(|_| apart.summaries.contains(&note.guid)) {
                let of = case.map_or_else(|| Crossed::Values(Default::default()), Crossed::Case);
                self.read_summary(note, Crossing { theme, of }, &mut cells);
                summaries += 1;
                continue;
            }
            let mut on = self.on.remove(&note.guid).unwrap_or_default();
            match (theme, case) {
                (Some(theme), Some(case)) => on.push(MemoOn::Cell { cell: Crossing { theme, of: Crossed::Case(case) } }),
                (Some(theme), None) => on.push(MemoOn::Theme { theme }),
                (None, Some(case)) => on.push(MemoOn::Case { case }),
                (None, None) => {}
            }
            if on.is_empty() {
                on.push(MemoOn::Project);
                alone += 1;
            }
            memos += self.read_memo(note, on);
        }
        self.account.kept("memos", memos);
        self.account.kept("summaries", summaries);
        self.account.changed_many("memos", alone, "Nothing referred to them; they are memos on the project.");
        let dangling = std::mem::take(&mut self.on).len();
        self.account.left_out_many("notes", dangling, "Elements refer to them, and they are not in the file.");
    }

    /// The themes and the cases that notes are linked with; what else they are linked with is noted at once.
    fn links_of_notes(&mut self) -> (HashMap<Uuid, ThemeId>, HashMap<Uuid, CaseId>) {
        let project = self.project;
        let (mut codes, mut cases) = (HashMap::new(), HashMap::new());
        for link in &project.links {
            let (note, other) = match (self.notes.contains(&link.origin), self.notes.contains(&link.target)) {
                (true, false) => (link.origin, link.target),
                (false, true) => (link.target, link.origin),
                _ => continue,
            };
            if let Some(theme) = self.themes.get(&other) {
                codes.entry(note).or_insert(*theme);
            } else if let Some(case) = self.cases.get(&other) {
                cases.entry(note).or_insert(*case);
            } else if let Some((source, revision, span)) = self.selections.get(&other).copied() {
                self.on.entry(note).or_default().push(MemoOn::Passage { source, revision, span });
            } else if let Some(read) = self.texts.get(&other) {
                self.on.entry(note).or_default().push(MemoOn::Source { source: read.id });
            }
        }
        (codes, cases)
    }

    /// Whether a link only says what a note is on, so that a memo says the same.
    pub(super) fn is_of_note(&self, origin: Uuid, target: Uuid) -> bool {
        let is_note = |guid: Uuid| self.notes.contains(&guid);
        let is_thing = |guid: &Uuid| {
            self.themes.contains_key(guid)
                || self.cases.contains_key(guid)
                || self.selections.contains_key(guid)
                || self.texts.contains_key(guid)
        };
        is_note(origin) && is_thing(&target) || is_note(target) && is_thing(&origin)
    }

    /// Reads a note as a memo on each of what it is on; returns how many these are.
    fn read_memo(&mut self, note: &Note, on: Vec<MemoOn>) -> usize {
        let text = words_of(note);
        if text.is_empty() {
            self.account.left_out("notes", &note.name, "There is nothing in it.");
            return 0;
        }
        let (coder, time) = (self.coder([&note.made]), self.time([&note.made]));
        let count = on.len();
        for on in on {
            let id = MemoId(self.claim(note.guid, "note"));
            self.put(Memo { id, on, kind: MemoKind::Analytic, text: text.clone(), coder, time });
        }
        count
    }

    fn read_summary(&mut self, note: &Note, cell: Crossing, cells: &mut HashSet<Crossing>) {
        let (coder, time) = (self.coder([&note.made]), self.time([&note.made]));
        let id = SummaryId(self.claim(note.guid, "note"));
        let from = (!cells.insert(cell.clone())).then(|| note.name.clone());
        self.put(Summary {
            id,
            cell,
            from,
            text: note.text.clone(),
            spread: Spread::default(),
            citations: Vec::new(),
            state: SummaryState::Charted,
            silence: None,
            basis: Arc::new(basis_not_known()),
            coder,
            time,
            confirmed: None,
        });
    }

    /// What is said of an element beside its name, as a memo on it.
    pub(super) fn describe(&mut self, guid: Uuid, description: &str, on: MemoOn) {
        self.describe_by(guid, description, on, &[]);
    }

    pub(super) fn describe_by(&mut self, guid: Uuid, description: &str, on: MemoOn, made: &[&Made]) {
        let text = description.trim();
        if text.is_empty() {
            return;
        }
        let (coder, time) = (self.coder(made.iter().copied()), self.time(made.iter().copied()));
        let id = MemoId(self.identified(&[b"description", guid.as_bytes()]));
        self.put(Memo { id, on, kind: MemoKind::Analytic, text: text.to_owned(), coder, time });
    }
}

/// The words of a note, with its name and description where these say something else.
fn words_of(note: &Note) -> String {
    let begins = note.text.trim_start().starts_with(note.name.trim().trim_end_matches('…').trim_end());
    let name = if begins { "" } else { note.name.trim() };
    let words = [name, note.description.trim()].into_iter().filter(|words| !words.is_empty()).collect::<Vec<_>>().join("\n\n");
    match (words.is_empty(), note.text.trim().is_empty()) {
        (true, _) => note.text.clone(),
        (false, true) => words,
        (false, false) => format!("{words}\n\n{}", note.text),
    }
}

/// What stands for what lies under a cell as long as nobody has said it: nothing that ever does.
pub(in crate::exchange::refi) fn basis_not_known() -> Basis {
    Basis { codings: Default::default(), cases: [(CaseId(Uuid::nil()), Default::default())].into() }
}
