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
    /// The oldest edit that was looked at.
    oldest: Option<u64>,
    /// How many were looked at.
    looked_at: usize,
    /// Whether an answer is awaited.
    waiting: bool,
    /// The study after the newest of them.
    of: Option<Seen>,
    /// Whose edits alone they are, where one works blind.
    alone: Option<CoderId>,
}

/// Some of the edits.
struct Page {
    entries: Vec<Entry>,
    /// The oldest edit that was looked at; it may be one that is not shown.
    oldest: Option<u64>,
    /// Whether there is none before it.
    complete: bool,
}

impl Entries {
    /// Loads anew when something was edited. What is not to be seen any more goes at once.
    pub(super) fn keep_up(&mut self, cx: &mut Cx<'_>) {
        let alone = cx.study.alone();
        if self.alone != alone {
            *self = Self { alone, ..Self::default() };
        }
        if self.waiting || self.of.as_ref().is_some_and(|of| of.is(cx.study)) {
            return;
        }
        self.waiting = true;
        let limit = self.looked_at.next_multiple_of(PAGE).max(PAGE);
        let seen = Seen::of(cx.study);
        cx.ask(
            move |project| load(project, alone, None, limit),
            move |state, page| {
                let entries = &mut state.history.entries;
                if entries.alone == alone {
                    let Page { entries: all, oldest, complete } = page;
                    *entries = Self { all, complete, oldest, looked_at: limit, waiting: false, of: Some(seen), alone };
                }
                state.history.made_from = None;
            },
        );
    }

    /// Loads the page before the oldest, if there is one.
    pub(super) fn look_back(&mut self, cx: &mut Cx<'_>) {
        if self.waiting || self.complete || self.of.is_none() {
            return;
        }
        let Some(oldest) = self.oldest else { return };
        let alone = self.alone;
        self.waiting = true;
        cx.ask(
            move |project| load(project, alone, Some(oldest), PAGE),
            move |state, page| {
                let entries = &mut state.history.entries;
                // Meanwhile they may have been loaded anew.
                if entries.alone == alone && entries.oldest == Some(oldest) {
                    entries.waiting = false;
                    entries.complete = page.complete;
                    entries.oldest = page.oldest;
                    entries.looked_at += PAGE;
                    entries.all.extend(page.entries);
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

/// The newest edits before `before`, as many as `limit`; of them those of one coder, where that one works blind.
fn load(project: &Project, alone: Option<CoderId>, before: Option<u64>, limit: usize) -> Result<Page, UserError> {
    let edits = project.history(before, limit).map_err(|error| not_read(&error))?;
    let (oldest, complete) = (edits.last().map(|edit| edit.seq), edits.len() < limit);
    let study = project.study();
    let entry = |edit: EditSummary| {
        let touched = project.touched(edit.seq).map_err(|error| not_read(&error))?;
        Ok(Entry::new(&study, edit, &touched))
    };
    let shown = edits.into_iter().filter(|edit| alone.is_none_or(|alone| alone == edit.coder));
    Ok(Page { entries: shown.map(entry).collect::<Result<_, _>>()?, oldest, complete })
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
