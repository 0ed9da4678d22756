use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::habits::Habits;
use super::names::Naming;
use super::notes::{self, Note, Weight};
use super::writing::Writing;
use crate::app::command::{Command, Scope};
use crate::app::widgets::GridState;
use crate::exchange::import::{Draft, IdTable, imported_before};
use crate::study::Study;

/// The files that are to be imported and what is known of them.
pub struct ImportSheet {
    /// Files nobody has begun to read.
    pub(super) unread: Vec<PathBuf>,
    /// The files that are being read.
    pub(super) reading: Vec<PathBuf>,
    pub(super) rows: Vec<Row>,
    /// The rows' places, as the grid wants them.
    pub(super) keys: Vec<usize>,
    pub(super) grid: GridState<usize>,
    pub(super) people: GridState<usize>,
    pub(super) keep_originals: bool,
    pub(super) writing: Option<Writing>,
    /// The study for which the notes of the rows were made.
    pub(super) noted: Option<Arc<Study>>,
    /// What was written on the sheet, the last at the end.
    pub(super) filled: Vec<Filled>,
    /// The question how files are named, if it is asked.
    pub(super) naming: Option<Naming>,
    /// Whether files came for which the pattern of names that was used last has not been offered.
    pub(super) offers_names: bool,
    /// A table that was read and waits to be filled in.
    pub(super) table: Option<IdTable>,
    /// Whether there is little room across.
    pub(super) narrow: bool,
    /// Commands from outside of the sheet, for its next frame.
    pub(super) commands: Vec<Command>,
}

/// What was written on the sheet by one act.
pub(super) struct Filled {
    /// What it was, as a sentence.
    pub(super) says: String,
    /// Whether it was for several files at once, so that the sheet itself says so.
    pub(super) many: bool,
    /// Where each file lies, and its draft before and after.
    drafts: Vec<(PathBuf, Arc<Draft>, Arc<Draft>)>,
}

/// A file on the sheet.
pub(super) struct Row {
    /// Where it lies.
    pub(super) path: PathBuf,
    /// Its name, without folders.
    pub(super) name: String,
    /// What was read, or why it could not be, as a sentence. While it is written, the project's thread reads it too.
    pub(super) outcome: Result<Arc<Draft>, String>,
    /// Whether it is to be imported.
    pub(super) wanted: bool,
    /// Whether the file was removed since it was read.
    pub(super) gone: bool,
    /// What to know of it, most important first.
    pub(super) notes: Vec<Note>,
}

impl Row {
    fn new(path: PathBuf, outcome: Result<Draft, String>, wanted: bool) -> Self {
        let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
        Self { path, name, wanted, outcome: outcome.map(Arc::new), gone: false, notes: Vec::new() }
    }

    /// Whether it is the same file, and where that is a table the same row of it.
    fn holds(&self, other: &Self) -> bool {
        let line = |row: &Self| row.outcome.as_ref().ok().and_then(|draft| draft.row_of).map(|(_, line)| line);
        self.path == other.path && line(self) == line(other)
    }

    /// Whether it is to be imported and cannot be as it is.
    pub(super) fn is_stopped(&self) -> bool {
        self.wanted && self.notes.iter().any(|note| note.weight == Weight::Stops)
    }
}

impl ImportSheet {
    /// A sheet for these files.
    #[must_use]
    pub fn new(files: Vec<PathBuf>) -> Self {
        Self {
            unread: files,
            reading: Vec::new(),
            rows: Vec::new(),
            keys: Vec::new(),
            grid: GridState::default(),
            people: GridState::beside(),
            keep_originals: true,
            writing: None,
            noted: None,
            filled: Vec::new(),
            naming: None,
            offers_names: false,
            table: None,
            narrow: false,
            commands: Vec::new(),
        }
    }

    /// Takes a command from outside of the sheet, for its next frame.
    pub(in crate::app) fn command(&mut self, command: Command) {
        if command.scope() == Scope::Cells {
            let grid = if self.people.has_focus() { &mut self.people } else { &mut self.grid };
            return grid.command(command);
        }
        self.commands.push(command);
    }

    /// The sheet as it is once a project was opened: as it was, where that is the `same` study, else with its files to be read
    /// anew, because what is in them is read as the study knows it.
    #[must_use]
    pub fn after_opening(self, same: bool) -> Self {
        if same {
            return Self {
                unread: self.reading.into_iter().chain(self.unread).collect(),
                reading: Vec::new(),
                writing: None,
                noted: None,
                ..self
            };
        }
        let listed = self.rows.into_iter().map(|row| row.path);
        Self { keep_originals: self.keep_originals, ..Self::new(listed.chain(self.reading).chain(self.unread).collect()) }
    }

    /// Adds more files to those on the sheet.
    pub fn add(&mut self, files: Vec<PathBuf>) {
        self.unread.extend(files);
    }

    /// How many files were not read yet.
    pub(super) const fn to_read(&self) -> usize {
        self.unread.len() + self.reading.len()
    }

    /// Forgets the files that are being read. Returns whether the sheet is empty then.
    pub fn stop_reading(&mut self) -> bool {
        self.reading.clear();
        self.rows.is_empty() && self.unread.is_empty()
    }

    /// Takes in what was read. A file that is here already and has changed takes its row again.
    pub(super) fn arrived(&mut self, read: Vec<(PathBuf, Result<Draft, String>)>, study: &Study, habits: &Habits) {
        self.reading.clear();
        let arrived: Vec<PathBuf> = read.iter().map(|(path, _)| path.clone()).collect();
        for (path, outcome) in read {
            let twin = outcome.as_ref().ok().is_some_and(|draft| self.has_bytes_of(draft));
            let again = twin || outcome.as_ref().is_ok_and(|draft| imported_before(study, draft).is_some());
            let wanted = outcome.is_ok() && !again;
            let row = Row::new(path, outcome, wanted);
            match self.rows.iter_mut().find(|there| there.holds(&row)).filter(|_| !twin) {
                Some(there) => *there = row,
                None => self.rows.push(row),
            }
        }
        self.renumber();
        habits.fill(self, &arrived, study);
        self.offers_names = true;
        if self.grid.at.is_none() && !self.rows.is_empty() {
            self.grid.go(0, super::files::ID);
        }
    }

    /// Removes the rows of drafts that were written.
    pub(super) fn written(&mut self, drafts: &[Arc<Draft>]) {
        let is_written = |row: &Row| row.outcome.as_ref().is_ok_and(|draft| drafts.iter().any(|it| it.fingerprint == draft.fingerprint));
        self.rows.retain(|row| !is_written(row));
        self.renumber();
        self.grid = GridState::default();
        if !self.rows.is_empty() {
            self.grid.go(0, super::files::ID);
        }
    }

    fn renumber(&mut self) {
        self.keys = (0..self.rows.len()).collect();
        self.noted = None;
    }

    /// Whether a row has the same bytes.
    fn has_bytes_of(&self, draft: &Draft) -> bool {
        self.rows.iter().any(|row| row.outcome.as_ref().is_ok_and(|other| other.fingerprint == draft.fingerprint))
    }

    /// The draft of a row.
    pub(super) fn draft(&self, row: usize) -> Option<&Draft> {
        self.rows.get(row)?.outcome.as_deref().ok()
    }

    /// Changes the drafts of files that are to be imported, all at once; the sheet says so. `change` gets where a file lies, and
    /// its draft; `says` gets how many were changed and says what was done.
    pub(super) fn fill(&mut self, mut change: impl FnMut(&Path, &mut Draft), says: impl FnOnce(usize) -> String) {
        let wanted: Vec<bool> = self.rows.iter().map(|row| row.wanted).collect();
        let before = self.filled.len();
        self.write(
            |row, path, draft| {
                if wanted.get(row) == Some(&true) {
                    change(path, draft);
                }
            },
            says,
        );
        self.filled.iter_mut().skip(before).for_each(|filled| filled.many = true);
    }

    /// Changes drafts as one act. What they were is kept, so that one press takes it back. `change` gets the place of a row,
    /// where its file lies, and its draft; `says` gets how many were changed and says what was done.
    pub(super) fn write(&mut self, mut change: impl FnMut(usize, &Path, &mut Draft), says: impl FnOnce(usize) -> String) {
        let mut drafts = Vec::new();
        for (place, row) in self.rows.iter_mut().enumerate() {
            let Ok(draft) = &mut row.outcome else { continue };
            let before = Arc::clone(draft);
            change(place, &row.path, Arc::make_mut(draft));
            if **draft == *before {
                // The one that others hold too, not a copy of it.
                *draft = before;
            } else {
                drafts.push((row.path.clone(), before, Arc::clone(draft)));
            }
        }
        if !drafts.is_empty() {
            self.noted = None;
            self.filled.push(Filled { says: says(drafts.len()), many: drafts.len() > 1, drafts });
        }
    }

    /// The place of what was filled in last for several files at once.
    pub(super) fn last_fill(&self) -> Option<usize> {
        self.filled.iter().rposition(|filled| filled.many)
    }

    /// Takes back what was written by the act at a place, save where a draft was changed since. Returns what it was.
    pub(super) fn take_back(&mut self, place: usize) -> Option<String> {
        self.noted = None;
        if place >= self.filled.len() {
            return None;
        }
        let Filled { says, drafts, .. } = self.filled.remove(place);
        for (path, before, after) in drafts {
            let of_path = self.rows.iter_mut().filter(|row| row.path == path).filter_map(|row| row.outcome.as_mut().ok());
            of_path.filter(|draft| ***draft == *after).for_each(|draft| *draft = Arc::clone(&before));
        }
        Some(says)
    }

    /// Takes back what was written last. Returns what it was.
    pub(super) fn take_back_last(&mut self) -> Option<String> {
        self.take_back(self.filled.len().checked_sub(1)?)
    }

    /// Notes which files were removed since they were read.
    pub(super) fn are_gone(&mut self, paths: &[PathBuf]) {
        self.noted = None;
        self.rows.iter_mut().filter(|row| paths.contains(&row.path)).for_each(|row| row.gone = true);
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

    /// The drafts that are to be imported, and where their files lie.
    pub(super) fn wanted(&self) -> impl Iterator<Item = (&Path, &Arc<Draft>)> {
        let wanted = self.rows.iter().filter(|row| row.wanted);
        wanted.filter_map(|row| Some((row.path.as_path(), row.outcome.as_ref().ok()?)))
    }

    /// How many rows have something that stops the import.
    pub(super) fn stopped(&self) -> usize {
        self.rows.iter().filter(|row| row.is_stopped()).count()
    }

    /// Goes to the next row that has something that stops the import.
    pub(super) fn go_to_stopped(&mut self) {
        let after = self.current().map_or(0, |row| row + 1);
        let stopped = |row: &usize| self.rows.get(*row).is_some_and(Row::is_stopped);
        if let Some(row) = (after..self.rows.len()).chain(0..after).find(stopped) {
            self.grid.go(row, super::files::ID);
        }
    }

    /// Makes the notes of all rows, if the study or a row has changed since.
    pub(super) fn note(&mut self, study: &Arc<Study>) {
        if self.noted.as_ref().is_some_and(|noted| Arc::ptr_eq(noted, study)) {
            return;
        }
        let found = notes::of(self, study);
        self.rows.iter_mut().zip(found).for_each(|(row, notes)| row.notes = notes);
        self.noted = Some(Arc::clone(study));
    }
}
