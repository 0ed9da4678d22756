//! The edits that were loaded so far, page by page.

use super::filter::{Filter, Subject};
use crate::app::Seen;
use crate::app::context::Cx;
use crate::app::times::date;
use crate::app::user_error::UserError;
use crate::app::views::days::Days;
use crate::project::{EditError, EditSummary, Project};
use crate::study::{CoderId, Study, Touched};
use crate::text::fold;

/// Edits loaded at once.
const PAGE: usize = 200;

/// An edit with its words.
pub(super) struct Entry {
    pub(super) edit: EditSummary,
    /// Who edited.
    pub(super) coder: String,
    /// The sources it touched, by id.
    pub(super) sources: String,
    /// What it was about, each once.
    about: Vec<Subject>,
    /// All of that folded, for the filter.
    words: String,
}

impl Entry {
    fn new(study: &Study, edit: EditSummary, touched: &[Touched]) -> Self {
        let (coder, sources) = (coder_name(study, edit.coder).to_owned(), sources(study, &edit));
        let words = fold(&format!("{} {sources} {coder} {}", edit.label, date(edit.time)));
        let mut about: Vec<_> = touched.iter().map(|touched| Subject::of(touched.kind)).collect();
        about.sort_unstable();
        about.dedup();
        Self { edit, coder, sources, about, words }
    }
}

/// The newest edits, as far back as they were loaded.
#[derive(Default)]
pub(super) struct Entries {
    pub(super) all: Vec<Entry>,
    /// Whether the first edit of the project is among them.
    pub(super) complete: bool,
    /// Whether an answer is awaited.
    waiting: bool,
    /// The study after the newest of them.
    of: Option<Seen>,
}

impl Entries {
    /// Loads anew when something was edited.
    pub(super) fn keep_up(&mut self, cx: &mut Cx<'_>) {
        if self.waiting || self.of.as_ref().is_some_and(|of| of.is(cx.study)) {
            return;
        }
        self.waiting = true;
        let limit = self.all.len().next_multiple_of(PAGE).max(PAGE);
        let seen = Seen::of(cx.study);
        cx.ask(
            move |project| load(project, None, limit),
            move |state, loaded| {
                let entries = &mut state.history.entries;
                entries.complete = loaded.len() < limit;
                (entries.all, entries.waiting, entries.of) = (loaded, false, Some(seen));
                state.history.made_from = None;
            },
        );
    }

    /// Loads the page before the oldest, if there is one.
    pub(super) fn look_back(&mut self, cx: &mut Cx<'_>) {
        if self.waiting || self.complete || self.of.is_none() {
            return;
        }
        let Some(oldest) = self.all.last().map(|entry| entry.edit.seq) else { return };
        self.waiting = true;
        cx.ask(
            move |project| load(project, Some(oldest), PAGE),
            move |state, loaded| {
                let entries = &mut state.history.entries;
                entries.waiting = false;
                // Meanwhile they may have been loaded anew.
                if entries.all.last().is_some_and(|entry| entry.edit.seq == oldest) {
                    entries.complete = loaded.len() < PAGE;
                    entries.all.extend(loaded);
                }
                state.history.made_from = None;
            },
        );
    }

    /// The edit with this number.
    pub(super) fn entry(&self, seq: u64) -> Option<&Entry> {
        // Newest first.
        let at = self.all.binary_search_by(|entry| seq.cmp(&entry.edit.seq)).ok()?;
        self.all.get(at)
    }

    /// The numbers of the edits that fit, newest first.
    pub(super) fn fitting(&self, filter: &Filter, now: i64) -> Vec<u64> {
        let words: Vec<String> = filter.words.split_whitespace().map(fold).collect();
        let fits = |entry: &&Entry| {
            filter.coder.is_none_or(|coder| coder == entry.edit.coder)
                && filter.subject.is_none_or(|subject| entry.about.contains(&subject))
                && words.iter().all(|word| entry.words.contains(word))
                && (filter.days == Days::Any || filter.days.hold(entry.edit.time, now))
        };
        self.all.iter().filter(fits).map(|entry| entry.edit.seq).collect()
    }
}

fn load(project: &Project, before: Option<u64>, limit: usize) -> Result<Vec<Entry>, UserError> {
    let edits = project.history(before, limit).map_err(|error| not_read(&error))?;
    let study = project.study();
    let entry = |edit: EditSummary| {
        let touched = project.touched(edit.seq).map_err(|error| not_read(&error))?;
        Ok(Entry::new(&study, edit, &touched))
    };
    edits.into_iter().map(entry).collect()
}

pub(super) fn not_read(error: &EditError) -> UserError {
    UserError::new("The history cannot be read.", "Check the project: the menu at its name has it.").because(error)
}

fn sources(study: &Study, edit: &EditSummary) -> String {
    let labels: Vec<&str> = edit.sources.iter().filter_map(|id| study.material(*id)).map(|it| it.source.label.as_str()).collect();
    let gone = edit.sources.len() - labels.len();
    let lost = (gone > 0).then(|| format!("{gone} no longer here"));
    labels.into_iter().map(str::to_owned).chain(lost).collect::<Vec<_>>().join(", ")
}

/// Who edited.
pub(super) fn coder_name(study: &Study, coder: CoderId) -> &str {
    study.coders().get(&coder).map_or("somebody", |coder| coder.name.as_str())
}
