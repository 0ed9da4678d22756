//! What the standard has no place for, as notes that other programs pass on.
//!
//! The elements of a project are read as any program's ([`bring`](super::bring)); what the study holds beyond that, or otherwise, is
//! written down as changes from what was read to what is there, in the form in which the log of a project has them. A reader reads the
//! elements and makes those changes. Where another program has changed a field meanwhile, the change does not meet what it was made
//! from, and that program's word stands; where an element is gone, what was said of it is gone too.
//!
//! The notes are members of the set [`SET`]: one with the identities of what has none in the standard, one for each kind of entity
//! with a record a line, and one for each text or file that no element holds.

use std::collections::{BTreeMap, HashMap};

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::base64;
use super::model::{Note, Set};
use crate::study::{Change, Deed, Entity, EntityId, Kind, LoggedChange, SavedId, field};
use crate::text::BlobId;

/// The set of the notes that hold what the standard has no place for.
pub(super) const SET: &str = "Themata";

/// The set of the notes that are summaries of cells.
pub(super) const MATRIX: &str = "Framework matrix";

const IDENTITIES: &str = "Identities";
const RECORDS: &str = "Records: ";
const TEXT: &str = "Text ";
const BYTES: &str = "Bytes ";

/// Entities by their identity.
pub(super) type Entities = BTreeMap<EntityId, Entity>;

/// One change, of one entity or the same of many.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Record {
    kind: Kind,
    ids: Vec<Uuid>,
    #[serde(flatten)]
    deed: Deed,
}

/// All that the elements do not say.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Exact {
    /// The identities of what elements name and do not identify (values, speakers, versions), by the one that is derived from the name.
    pub ids: BTreeMap<Uuid, Uuid>,
    records: Vec<Record>,
    /// Texts and files that no element holds.
    pub blobs: BTreeMap<BlobId, Vec<u8>>,
    /// How many lines could not be read.
    pub unreadable: usize,
}

/// What became of records that were applied.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Applied {
    /// Entities that are as they were in the study.
    pub kept: usize,
    /// Entities of which another program has changed something; its word stands.
    pub changed: usize,
    /// Records whose element is gone, or that no entity comes of.
    pub gone: usize,
}

/// An identity that everybody derives from the same things.
pub(super) fn derived(from: &[&[u8]]) -> Uuid {
    SavedId::derived(from).0
}

impl Exact {
    /// Nothing but identities.
    pub(super) fn of_ids(ids: BTreeMap<Uuid, Uuid>) -> Self {
        Self { ids, ..Self::default() }
    }

    /// The changes that lead from what was read of the elements to what there is.
    pub(super) fn add_changes(&mut self, said: &Entities, real: &Entities) -> serde_json::Result<()> {
        let mut same: HashMap<(Kind, String), usize> = HashMap::new();
        for id in said.keys().chain(real.keys().filter(|id| !said.contains_key(*id))) {
            let change = Change { before: said.get(id).cloned(), after: real.get(id).cloned() };
            let Some(LoggedChange { deed, .. }) = change.to_log()? else { continue };
            let place = match &deed {
                Deed::Set(_) => Some(*same.entry((id.kind, serde_json::to_string(&deed)?)).or_insert(self.records.len())),
                Deed::Make(_) | Deed::Remove(_) => None,
            };
            match place.and_then(|place| self.records.get_mut(place)) {
                Some(record) => record.ids.push(id.id),
                None => self.records.push(Record { kind: id.kind, ids: vec![id.id], deed }),
            }
        }
        self.records.sort_by_key(|record| record.kind);
        Ok(())
    }

    /// The notes that hold it, and the set they are in; none where there is nothing to hold.
    pub(super) fn to_notes(&self) -> serde_json::Result<(Vec<Note>, Option<Set>)> {
        let mut notes = Vec::new();
        if !self.ids.is_empty() {
            notes
                .push(note(IDENTITIES.to_owned(), self.ids.iter().map(|(from, to)| format!("{from} {to}")).collect::<Vec<_>>().join("\n")));
        }
        for kind in Kind::ALL {
            let of_kind = self.records.iter().filter(|record| record.kind == *kind);
            let lines = of_kind.map(serde_json::to_string).collect::<Result<Vec<_>, _>>()?;
            if !lines.is_empty() {
                let kind = serde_json::to_value(kind)?;
                notes.push(note(format!("{RECORDS}{}", kind.as_str().unwrap_or_default()), lines.join("\n")));
            }
        }
        for (id, bytes) in &self.blobs {
            notes.push(match std::str::from_utf8(bytes).ok().filter(|text| is_plain(text)) {
                Some(text) => note(format!("{TEXT}{id}"), text.to_owned()),
                None => note(format!("{BYTES}{id}"), base64::encode(bytes)),
            });
        }
        let set = (!notes.is_empty()).then(|| Set {
            guid: derived(&[b"set", SET.as_bytes()]),
            name: SET.to_owned(),
            description: "What Themata needs to bring the study back as it was. Other programs may leave it alone.".to_owned(),
            notes: notes.iter().map(|note| note.guid).collect(),
            ..Set::default()
        });
        Ok((notes, set))
    }

    /// What notes hold, as far as it can be read.
    pub(super) fn of_notes<'n>(notes: impl Iterator<Item = &'n Note>) -> Self {
        let mut exact = Self::default();
        for note in notes {
            if note.name == IDENTITIES {
                exact.read_ids(&note.text);
            } else if note.name.starts_with(RECORDS) {
                for line in note.text.lines().filter(|line| !line.trim().is_empty()) {
                    match serde_json::from_str(line) {
                        Ok(record) => exact.records.push(record),
                        Err(_) => exact.unreadable += 1,
                    }
                }
            } else {
                exact.read_blob(note);
            }
        }
        exact.records.sort_by_key(|record| record.kind);
        exact
    }

    fn read_ids(&mut self, text: &str) {
        for line in text.lines().filter(|line| !line.trim().is_empty()) {
            match line.trim().split_once(' ').map(|(from, to)| (from.parse(), to.parse())) {
                Some((Ok(from), Ok(to))) => drop(self.ids.insert(from, to)),
                _ => self.unreadable += 1,
            }
        }
    }

    /// A text or file, if it arrived whole: its name is its hash.
    fn read_blob(&mut self, note: &Note) {
        let (name, bytes) = match (note.name.strip_prefix(TEXT), note.name.strip_prefix(BYTES)) {
            (Some(name), _) => (name, Some(note.text.clone().into_bytes())),
            (_, Some(name)) => (name, base64::decode(&note.text)),
            (None, None) => ("", None),
        };
        match bytes.map(|bytes| (BlobId::of(&bytes), bytes)).filter(|(id, _)| id.to_string() == name) {
            Some((id, bytes)) => drop(self.blobs.insert(id, bytes)),
            None => self.unreadable += 1,
        }
    }

    /// Makes the changes to what was read of the elements. `has` says whether a text or file is there.
    pub(super) fn apply(&self, said: &mut Entities, has: &impl Fn(BlobId) -> bool) -> Applied {
        let mut applied = Applied::default();
        for record in &self.records {
            for id in &record.ids {
                let id = EntityId { kind: record.kind, id: *id };
                apply_one(id, &record.deed, said, has, &mut applied);
            }
        }
        applied
    }
}

fn apply_one(id: EntityId, deed: &Deed, said: &mut Entities, has: &impl Fn(BlobId) -> bool, applied: &mut Applied) {
    let current = said.get(&id);
    let deed = match (deed, current) {
        (Deed::Remove(fields), Some(current)) if current.to_fields().is_ok_and(|now| now == *fields) => {
            said.remove(&id);
            return;
        }
        (Deed::Remove(_), None) => return,
        (Deed::Set(sets), Some(current)) => {
            let Ok(now) = current.to_fields() else { return };
            let met: Vec<_> =
                sets.iter().filter(|set| *field(&now, &set.field) == set.before || is_read_off(id.kind, &set.field)).collect();
            if met.len() < sets.len() {
                applied.changed += 1;
            }
            Deed::Set(met.into_iter().cloned().collect())
        }
        (Deed::Remove(_) | Deed::Make(_), Some(_)) => {
            applied.changed += 1;
            return;
        }
        (deed, _) => deed.clone(),
    };
    let logged = LoggedChange { kind: id.kind, id: id.id, owner: None, deed };
    match logged.onto(current).ok().and_then(|change| change.after).filter(|after| after.id() == id && is_held(after, has)) {
        Some(after) => {
            said.insert(id, after);
            applied.kept += 1;
        }
        None => applied.gone += 1,
    }
}

/// Whether a field is what a reader makes of a text, which another version of the program may read otherwise, and no element's word.
fn is_read_off(kind: Kind, field: &str) -> bool {
    match kind {
        Kind::Source => !matches!(field, "label" | "case") && !field.starts_with("values"),
        Kind::Revision | Kind::Speaker | Kind::Value => true,
        _ => false,
    }
}

/// Whether the texts and files are there that an entity names.
fn is_held(entity: &Entity, has: &impl Fn(BlobId) -> bool) -> bool {
    match entity {
        Entity::Revision(revision) => has(revision.text) && has(revision.geometry),
        Entity::Source(source) => source.original.is_none_or(has),
        Entity::Saved(saved) => saved.blobs().into_iter().all(has),
        _ => true,
    }
}

/// Whether a text survives XML, and whatever writes lines anew.
fn is_plain(text: &str) -> bool {
    text.trim() == text && !text.chars().any(|c| c.is_control() && c != '\n' || matches!(c, '\u{fffe}' | '\u{ffff}' | '\u{feff}'))
}

fn note(name: String, text: String) -> Note {
    Note { guid: derived(&[b"note", SET.as_bytes(), name.as_bytes()]), name, text, ..Note::default() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::study::{Case, CaseId, CaseKind};

    fn case(label: &str, kind: CaseKind) -> Case {
        Case { id: CaseId::derived(&[b"one"]), label: label.into(), kind, values: Default::default(), position: 1 }
    }

    fn entities(case: Case) -> Entities {
        let entity = Entity::from(case);
        BTreeMap::from([(entity.id(), entity)])
    }

    fn through_notes(exact: &Exact) -> Exact {
        let (notes, _) = exact.to_notes().unwrap();
        Exact::of_notes(notes.iter())
    }

    #[test]
    fn what_elements_do_not_say_comes_back_through_notes() {
        let (said, real) = (entities(case("A", CaseKind::Person)), entities(case("A", CaseKind::Pair)));
        let mut exact = Exact::default();
        exact.add_changes(&said, &real).unwrap();
        exact.ids.insert(derived(&[b"a"]), derived(&[b"b"]));
        for bytes in [b"words\nand lines".to_vec(), vec![0, 255, 7], b" left \n".to_vec()] {
            exact.blobs.insert(BlobId::of(&bytes), bytes);
        }
        let back = through_notes(&exact);
        assert_eq!(back, exact);
        let mut here = said;
        assert_eq!(back.apply(&mut here, &|_| true), Applied { kept: 1, ..Applied::default() });
        assert_eq!(here, real);
    }

    #[test]
    fn the_word_of_another_program_stands_and_what_it_removed_stays_removed() {
        let (said, real) = (entities(case("A", CaseKind::Person)), entities(case("B", CaseKind::Pair)));
        let mut exact = Exact::default();
        exact.add_changes(&said, &real).unwrap();
        let mut renamed = entities(case("C", CaseKind::Person));
        assert_eq!(exact.apply(&mut renamed, &|_| true), Applied { kept: 1, changed: 1, gone: 0 });
        assert_eq!(renamed, entities(case("C", CaseKind::Pair)));
        let mut removed = Entities::new();
        assert_eq!(exact.apply(&mut removed, &|_| true).gone, 1);
        assert!(removed.is_empty());
        let mut damaged = exact.to_notes().unwrap().0;
        damaged[0].text.insert(4, '}');
        assert_eq!(Exact::of_notes(damaged.iter()).unreadable, 1);
    }
}
