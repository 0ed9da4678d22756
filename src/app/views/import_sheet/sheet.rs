use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;

use super::writing::Writing;
use crate::app::widgets::GridState;
use crate::exchange::import::{Draft, imported_before};
use crate::study::{AttributeOf, Role, Study};
use crate::text::fold;

/// The files that are to be imported and what is known of them.
pub struct ImportSheet {
    /// Files nobody has begun to read.
    pub(super) unread: Vec<PathBuf>,
    /// How many files are being read; 0 when none are.
    pub(super) reading: usize,
    pub(super) rows: Vec<Row>,
    /// The rows' places, as the grid wants them.
    pub(super) keys: Vec<usize>,
    pub(super) grid: GridState<usize>,
    pub(super) people: GridState<usize>,
    pub(super) keep_originals: bool,
    pub(super) writing: Option<Writing>,
    /// The study for which the notes of the rows were made.
    pub(super) noted: Option<Arc<Study>>,
}

/// A file on the sheet.
pub(super) struct Row {
    /// Its name, without folders.
    pub(super) name: String,
    /// What was read, or why it could not be, as a sentence.
    pub(super) outcome: Result<Draft, String>,
    /// Whether it is to be imported.
    pub(super) wanted: bool,
    /// What to know of it, most important first.
    pub(super) notes: Vec<Note>,
}

/// Something to know before a file is imported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Note {
    pub(super) weight: Weight,
    pub(super) sentence: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Weight {
    /// It cannot be imported like this.
    Stops,
    /// It will be left out or made anew.
    Tells,
    /// Something could not be kept or understood.
    Lost,
}

impl ImportSheet {
    /// A sheet for these files.
    #[must_use]
    pub fn new(files: Vec<PathBuf>) -> Self {
        Self {
            unread: files,
            reading: 0,
            rows: Vec::new(),
            keys: Vec::new(),
            grid: GridState::default(),
            people: GridState::beside(),
            keep_originals: true,
            writing: None,
            noted: None,
        }
    }

    /// Adds more files to those on the sheet.
    pub fn add(&mut self, files: Vec<PathBuf>) {
        self.unread.extend(files);
    }

    /// Takes in what was read.
    pub(super) fn arrived(&mut self, read: Vec<(String, Result<Draft, String>)>, study: &Study) {
        self.reading = 0;
        for (name, outcome) in read {
            let again = outcome.as_ref().is_ok_and(|draft| imported_before(study, draft).is_some() || self.twin(draft).is_some());
            self.rows.push(Row { name, wanted: outcome.is_ok() && !again, outcome, notes: Vec::new() });
        }
        self.keys = (0..self.rows.len()).collect();
        self.noted = None;
        if self.grid.at.is_none() && !self.rows.is_empty() {
            self.grid.go(0, super::files::ID);
        }
    }

    /// The row that has the same bytes.
    fn twin(&self, draft: &Draft) -> Option<&Row> {
        self.rows.iter().find(|row| row.outcome.as_ref().is_ok_and(|other| other.fingerprint == draft.fingerprint))
    }

    /// The draft of a row.
    pub(super) fn draft(&self, row: usize) -> Option<&Draft> {
        self.rows.get(row)?.outcome.as_ref().ok()
    }

    /// The draft of a row, to be changed; its notes are made anew then.
    pub(super) fn draft_mut(&mut self, row: usize) -> Option<&mut Draft> {
        self.noted = None;
        self.rows.get_mut(row)?.outcome.as_mut().ok()
    }

    /// Ticks or unticks a row that was read.
    pub(super) fn toggle(&mut self, row: usize) {
        self.noted = None;
        if let Some(row) = self.rows.get_mut(row).filter(|row| row.outcome.is_ok()) {
            row.wanted = !row.wanted;
        }
    }

    /// The row one is at.
    pub(super) fn current(&self) -> Option<usize> {
        self.grid.at.map(|(row, _)| row)
    }

    /// The drafts that are to be imported.
    pub(super) fn wanted(&self) -> impl Iterator<Item = &Draft> {
        self.rows.iter().filter(|row| row.wanted).filter_map(|row| row.outcome.as_ref().ok())
    }

    /// How many rows have something that stops the import.
    pub(super) fn stopped(&self) -> usize {
        let stops = |row: &&Row| row.wanted && row.notes.iter().any(|note| note.weight == Weight::Stops);
        self.rows.iter().filter(stops).count()
    }

    /// Makes the notes of all rows, if the study or a row has changed since.
    pub(super) fn note(&mut self, study: &Arc<Study>) {
        if self.noted.as_ref().is_some_and(|noted| Arc::ptr_eq(noted, study)) {
            return;
        }
        let labels = self.labels();
        let mut first_of = BTreeMap::new();
        for row in &mut self.rows {
            row.notes = match &row.outcome {
                Err(sentence) => vec![Note { weight: Weight::Stops, sentence: sentence.clone() }],
                Ok(draft) => {
                    let twin = first_of.get(&draft.fingerprint).cloned();
                    first_of.entry(draft.fingerprint).or_insert_with(|| row.name.clone());
                    notes(draft, study, &labels, twin.as_deref())
                }
            };
        }
        self.noted = Some(Arc::clone(study));
    }

    /// The ids of what is to be imported, folded, with how often each is given.
    fn labels(&self) -> BTreeMap<String, usize> {
        let mut labels = BTreeMap::new();
        for draft in self.wanted() {
            *labels.entry(fold(draft.label.trim())).or_insert(0) += 1;
        }
        labels
    }
}

/// What to know of a draft before it is imported.
fn notes(draft: &Draft, study: &Study, labels: &BTreeMap<String, usize>, twin: Option<&str>) -> Vec<Note> {
    let mut notes = Vec::new();
    let mut say = |weight, sentence: String| notes.push(Note { weight, sentence });
    let label = draft.label.trim();
    if let Some(there) = imported_before(study, draft) {
        say(Weight::Stops, format!("Imported already: it is the source {there}."));
    } else if let Some(twin) = twin {
        say(Weight::Stops, format!("The same file as “{twin}”."));
    } else if label.is_empty() {
        say(Weight::Stops, "It needs an id.".into());
    } else if labels.get(&fold(label)).is_some_and(|times| *times > 1) {
        say(Weight::Stops, format!("Another file on this sheet has the id {label}."));
    } else if study.source_labelled(label).is_some() {
        say(Weight::Stops, format!("There is a source {label} already. Give this one another id."));
    }
    for (role, what) in [(Role::Group, "group"), (Role::Area, "area")] {
        for name in new_values(draft, study, role) {
            say(Weight::Tells, format!("“{name}” is a new {what}."));
        }
    }
    for case in draft.cases().iter().filter(|case| study.case_labelled(&case.label).is_some()) {
        say(Weight::Tells, format!("{} is a case of the study already; these words become theirs.", case.label));
    }
    for attribute in &draft.attributes {
        if study.attributes().named(&attribute.name).is_none() {
            let of = if attribute.of == AttributeOf::Cases { "participants" } else { "sources" };
            say(Weight::Tells, format!("“{}” becomes a new attribute of {of}.", attribute.name));
        }
    }
    draft.problems.iter().for_each(|problem| say(Weight::Lost, problem.to_string()));
    notes.sort_by_key(|note| note.weight);
    notes
}

/// The groups or areas of a draft that the study does not have.
fn new_values(draft: &Draft, study: &Study, role: Role) -> BTreeSet<String> {
    let attribute = study.attributes().with_role(role).map(|attribute| attribute.id);
    let known = |name: &str| attribute.is_some_and(|attribute| study.attributes().find_value(attribute, name).is_some());
    let of = |case: &crate::exchange::import::DraftCase| match role {
        Role::Group => case.group.clone(),
        Role::Area => case.area.clone(),
    };
    draft.cases().into_iter().filter_map(of).filter(|name| !known(name)).collect()
}
