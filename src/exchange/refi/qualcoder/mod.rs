//! Projects of QualCoder: a folder `name.qda` with the database `data.qda` in it, or that folder as a zip archive.
//!
//! Known are the versions 3.5 to 4.0. Texts, codes, codings, memos, cases and attributes are read; what is on pictures, sound and film
//! is told and left out.

mod cases;
mod codes;
mod open;
mod passages;
mod sources;

use std::collections::{BTreeSet, HashSet};
use std::path::Path;

use jiff::tz::TimeZone;
use uuid::Uuid;

use super::account::{Account, Fate};
use super::model::{Made, Note, Project};
use super::peer::{Ids, PeerError, People, moment};
use crate::store::{Foreign, ForeignError, ForeignValue};

/// What is written of the program.
const PROGRAM: &str = "QualCoder";

/// Reads a project: its folder, its database, or the folder in a zip archive. Nothing is written anywhere.
///
/// # Errors
/// [`PeerError`] when it is no project of QualCoder, or damaged.
pub fn read(path: &Path) -> Result<(Project, Account), PeerError> {
    read_while(path, &|| true)
}

/// As [`read`], as long as `go_on` says so.
///
/// # Errors
/// As [`read`], and [`ForeignError::Cancelled`].
pub fn read_while(path: &Path, go_on: &dyn Fn() -> bool) -> Result<(Project, Account), PeerError> {
    let opened = open::open(path, go_on)?;
    Reading::of(&opened)
}

/// Reads a project whose bytes are known already: those of its database, or of an archive with it.
///
/// # Errors
/// As [`read`].
pub fn read_bytes(name: &str, bytes: &[u8]) -> Result<(Project, Account), PeerError> {
    let opened = open::from_bytes(name, bytes, &|| true)?;
    Reading::of(&opened)
}

/// A project on its way out of the database.
struct Reading<'a> {
    base: &'a Foreign<'a>,
    ids: Ids,
    people: People,
    /// The codes that passages can carry.
    code_ids: HashSet<Uuid>,
    /// The days and times in it are those of the place where it was made.
    zone: TimeZone,
    project: Project,
    account: Account,
}

impl Reading<'_> {
    fn of(opened: &open::Opened<'_>) -> Result<(Project, Account), PeerError> {
        let (file, base) = (opened.file.as_str(), &opened.base);
        for table in ["source", "code_name", "code_text"] {
            if !base.has(table) {
                return Err(PeerError::Foreign { name: file.to_owned(), program: PROGRAM, table });
            }
        }
        let failed = |reason: ForeignError| PeerError::Database { name: file.to_owned(), reason };
        let mut about = [String::new(), String::new(), String::new(), String::new()];
        base.rows("project", ["about", "date", "memo", "databaseversion"], |row| about = row.map(ForeignValue::text)).map_err(failed)?;
        let [origin, date, memo, _] = about;
        let ids = Ids::of(PROGRAM, if date.is_empty() { &opened.project } else { &date });
        let mut reading = Reading {
            base,
            ids,
            people: People::new(ids),
            code_ids: HashSet::new(),
            zone: TimeZone::system(),
            project: Project {
                guid: Some(ids.project()),
                name: opened.project.clone(),
                origin: if origin.is_empty() { PROGRAM.to_owned() } else { origin },
                description: memo,
                ..Project::default()
            },
            account: Account::default(),
        };
        reading.project.made.at = reading.moment(&date);
        reading.everything().map_err(failed)?;
        let Reading { people, mut project, account, .. } = reading;
        people.into_project(&mut project);
        Ok((project, account))
    }

    fn everything(&mut self) -> Result<(), ForeignError> {
        self.coders()?;
        self.codes()?;
        let texts = self.sources()?;
        let cases = self.cases()?;
        self.passages(texts, &cases)?;
        self.journals()?;
        self.left_out()
    }

    fn moment(&self, written: &str) -> Option<i64> {
        moment(written, &self.zone)
    }

    /// Who made something and when.
    fn made(&mut self, owner: &str, date: &str) -> Made {
        Made { by: self.people.named(owner), at: self.moment(date), ..Made::default() }
    }

    /// Makes a memo and answers its identity; none where nothing was written.
    fn note(&mut self, guid: Uuid, name: String, text: String, made: Made) -> Option<Uuid> {
        if text.trim().is_empty() {
            return None;
        }
        self.project.notes.push(Note { guid, name, text, made, ..Note::default() });
        Some(guid)
    }

    fn coders(&mut self) -> Result<(), ForeignError> {
        let mut hidden = Vec::new();
        self.base.rows("coder_names", ["name", "visibility"], |[name, visibility]| {
            let name = name.text();
            self.people.named(&name);
            if visibility.integer() == Some(0) {
                hidden.push(name);
            }
        })?;
        for name in hidden {
            self.account.changed(
                "coders",
                name,
                "This coder is hidden in QualCoder. What was coded by this name is shown like that of others.",
            );
        }
        self.base.rows("project", ["codername"], |[name]| {
            self.people.named(&name.text());
        })
    }

    fn journals(&mut self) -> Result<(), ForeignError> {
        self.base.rows("journal", ["jid", "name", "jentry", "date", "owner"], |[id, name, words, date, owner]| {
            let Some(id) = id.integer() else { return };
            let (guid, made) = (self.ids.row("journal", id), self.made(&owner.text(), &date.text()));
            let note = self.note(guid, name.text(), words.text(), made);
            self.project.note_refs.extend(note);
        })
    }

    /// Tells what the database holds besides.
    fn left_out(&mut self) -> Result<(), ForeignError> {
        for (table, what, sentence) in [
            ("graph", "graphs", "Graphs are drawings of QualCoder and are not brought."),
            ("stored_sql", "stored queries", "Queries in SQL belong to QualCoder’s database and are not brought."),
            ("files_filter", "file filters", "Filters of QualCoder’s list of files are not brought."),
        ] {
            let mut number = 0;
            self.base.rows(table, [], |[]| number += 1)?;
            self.account.several(Fate::LeftOut, what, number, sentence);
        }
        let mut authored = 0;
        for table in ["code_cat", "code_name", "cases"] {
            self.base.rows(table, ["owner"], |[owner]| authored += usize::from(!owner.text().is_empty()))?;
        }
        let sentence = "Who made a code or a case, and when, is not brought.";
        self.account.several(Fate::LeftOut, "authors of codes and cases", authored, sentence);
        let mut records = BTreeSet::new();
        self.base.rows("ris", ["risid"], |[id]| {
            records.insert(id.integer());
        })?;
        let sentence = "Bibliographic records of sources are not brought.";
        self.account.several(Fate::LeftOut, "references", records.len(), sentence);
        Ok(())
    }
}
