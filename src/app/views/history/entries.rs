//! The edits that were loaded so far, page by page.

use std::sync::Arc;

use crate::app::context::Cx;
use crate::app::user_error::UserError;
use crate::project::{EditError, EditSummary, Project};
use crate::study::{CoderId, Study};
use crate::text::fold;

/// Edits loaded at once.
const PAGE: usize = 200;

/// The newest edits, as far back as they were loaded.
#[derive(Default)]
pub(super) struct Entries {
    pub(super) all: Vec<EditSummary>,
    /// Whether the first edit of the project is among them.
    pub(super) complete: bool,
    /// Whether an answer is awaited.
    waiting: bool,
    /// The study after the newest of them.
    of: Option<Arc<Study>>,
}

impl Entries {
    /// Loads anew when something was edited.
    pub(super) fn keep_up(&mut self, cx: &mut Cx<'_>) {
        if self.waiting || self.of.as_ref().is_some_and(|of| Arc::ptr_eq(of, cx.study)) {
            return;
        }
        self.waiting = true;
        let limit = self.all.len().next_multiple_of(PAGE).max(PAGE);
        let study = Arc::clone(cx.study);
        cx.ask(
            move |project| load(project, None, limit),
            move |state, edits| {
                let entries = &mut state.history.entries;
                entries.complete = edits.len() < limit;
                (entries.all, entries.waiting, entries.of) = (edits, false, Some(study));
                state.history.made_from = None;
            },
        );
    }

    /// Loads the page before the oldest, if there is one.
    pub(super) fn look_back(&mut self, cx: &mut Cx<'_>) {
        if self.waiting || self.complete || self.of.is_none() {
            return;
        }
        let Some(oldest) = self.all.last().map(|edit| edit.seq) else { return };
        self.waiting = true;
        cx.ask(
            move |project| load(project, Some(oldest), PAGE),
            move |state, edits| {
                let entries = &mut state.history.entries;
                entries.waiting = false;
                // Meanwhile they may have been loaded anew.
                if entries.all.last().is_some_and(|edit| edit.seq == oldest) {
                    entries.complete = edits.len() < PAGE;
                    entries.all.extend(edits);
                }
                state.history.made_from = None;
            },
        );
    }

    /// The edit with this number.
    pub(super) fn edit(&self, seq: u64) -> Option<&EditSummary> {
        // Newest first.
        let at = self.all.binary_search_by(|edit| seq.cmp(&edit.seq)).ok()?;
        self.all.get(at)
    }

    /// The numbers of the edits that fit, newest first.
    pub(super) fn fitting(&self, study: &Study, filter: &str, coder: Option<CoderId>) -> Vec<u64> {
        let words: Vec<String> = filter.split_whitespace().map(fold).collect();
        let fits = |edit: &&EditSummary| {
            let shown = fold(&format!("{} {} {}", edit.label, sources(study, edit), coder_name(study, edit.coder)));
            coder.is_none_or(|coder| coder == edit.coder) && words.iter().all(|word| shown.contains(word))
        };
        self.all.iter().filter(fits).map(|edit| edit.seq).collect()
    }
}

fn load(project: &Project, before: Option<u64>, limit: usize) -> Result<Vec<EditSummary>, UserError> {
    project.history(before, limit).map_err(|error| not_read(&error))
}

pub(super) fn not_read(error: &EditError) -> UserError {
    UserError::new("The history cannot be read.", "Check the project: the menu at its name has it.").because(error)
}

/// The sources an edit touched, by id.
pub(super) fn sources(study: &Study, edit: &EditSummary) -> String {
    let labels: Vec<&str> = edit.sources.iter().filter_map(|id| study.material(*id)).map(|it| it.source.label.as_str()).collect();
    let gone = edit.sources.len() - labels.len();
    let lost = (gone > 0).then(|| format!("{gone} no longer here"));
    labels.into_iter().map(str::to_owned).chain(lost).collect::<Vec<_>>().join(", ")
}

/// Who edited.
pub(super) fn coder_name(study: &Study, coder: CoderId) -> &str {
    study.coders().get(&coder).map_or("somebody", |coder| coder.name.as_str())
}
