//! What the elements of a project are as entities of a study. Pure: the same project is always read to the same entities.

mod attributes;
mod kept;
mod notes;
mod passages;
mod people;
mod sources;
mod themes;

use std::collections::{BTreeMap, HashMap, HashSet};

use uuid::Uuid;

pub(in crate::exchange::refi) use attributes::BETWEEN;
pub(in crate::exchange::refi) use kept::{SavedParts, files_of, parts_blob};
pub(in crate::exchange::refi) use notes::basis_not_known;
pub(in crate::exchange::refi) use passages::turn_id;
pub(in crate::exchange::refi) use themes::{NOT_WHEN, USE_WHEN};

use super::super::account::Account;
use super::super::exact::{Entities, derived};
use super::super::model::Project;
use crate::study::{AttributeId, CaseId, CoderId, Entity, MemoOn, ProjectId, ProjectInfo, RevisionId, SourceId, ThemeId};
use crate::text::{BlobId, Span, fold};

/// What a project says beside its elements.
pub(in crate::exchange::refi) struct Beside<'a> {
    /// The identities of what has none among the elements, by the derived one.
    pub ids: &'a BTreeMap<Uuid, Uuid>,
    /// The files of the archive that are there, by name.
    pub files: &'a HashMap<String, BlobId>,
    /// When something was made that does not say when, in milliseconds since 1970.
    pub now: i64,
}

/// The identity of the study itself while it is read: a project that comes in is part of another one in the end.
pub(in crate::exchange::refi) fn project_id() -> ProjectId {
    ProjectId(derived(&[b"the project"]))
}

/// A text as the selections see it.
#[derive(Clone, Copy)]
struct Read<'p> {
    id: SourceId,
    revision: RevisionId,
    text: &'p str,
}

/// The elements as entities, while they are gone through.
pub(in crate::exchange::refi) struct Reading<'p> {
    project: &'p Project,
    beside: &'p Beside<'p>,
    /// What was read.
    pub entities: Entities,
    /// The texts and their paragraphs.
    pub blobs: BTreeMap<BlobId, Vec<u8>>,
    /// What became of the elements.
    pub account: Account,
    taken: HashSet<Uuid>,
    coders: HashMap<Uuid, CoderId>,
    themes: HashMap<Uuid, ThemeId>,
    case_attributes: HashMap<Uuid, AttributeId>,
    source_attributes: HashMap<Uuid, AttributeId>,
    cases: HashMap<Uuid, CaseId>,
    case_names: HashMap<String, CaseId>,
    /// How many values each attribute has.
    values: HashMap<AttributeId, usize>,
    texts: HashMap<Uuid, Read<'p>>,
    /// The passages of selections that could be placed.
    selections: HashMap<Uuid, (SourceId, RevisionId, Span)>,
    /// What notes are on.
    on: HashMap<Uuid, Vec<MemoOn>>,
    kept: Project,
    /// How many codings are marked as important.
    important: usize,
    /// The notes of the file.
    notes: HashSet<Uuid>,
}

impl<'p> Reading<'p> {
    /// Reads a project.
    pub fn of(project: &'p Project, beside: &'p Beside<'p>) -> Self {
        let mut reading = Self {
            project,
            beside,
            entities: Entities::new(),
            blobs: BTreeMap::new(),
            account: Account::default(),
            taken: HashSet::new(),
            coders: HashMap::new(),
            themes: HashMap::new(),
            case_attributes: HashMap::new(),
            source_attributes: HashMap::new(),
            cases: HashMap::new(),
            case_names: HashMap::new(),
            values: HashMap::new(),
            texts: HashMap::new(),
            selections: HashMap::new(),
            on: HashMap::new(),
            kept: Project::default(),
            important: 0,
            notes: project.notes.iter().map(|note| note.guid).collect(),
        };
        let about = project.description.clone();
        reading.put(ProjectInfo { id: project_id(), name: project.name.clone(), about, synthetic: false });
        reading.read_users();
        reading.read_codes();
        reading.read_variables();
        reading.read_cases();
        reading.read_sources();
        reading.read_passages();
        reading.read_notes();
        reading.keep_the_rest();
        reading
    }

    fn put(&mut self, entity: impl Into<Entity>) {
        let entity = entity.into();
        self.entities.insert(entity.id(), entity);
    }

    /// The identity of an element: its own, or where another has that already, one that is derived from it.
    fn claim(&mut self, guid: Uuid, what: &str) -> Uuid {
        if self.taken.insert(guid) {
            return guid;
        }
        let other = (1_u32..).map(|number| derived(&[what.as_bytes(), guid.as_bytes(), &number.to_le_bytes()]));
        for id in other {
            if self.taken.insert(id) {
                return id;
            }
        }
        guid
    }

    /// The identity of something that elements name and do not identify.
    fn identified(&self, from: &[&[u8]]) -> Uuid {
        let id = derived(from);
        self.beside.ids.get(&id).copied().unwrap_or(id)
    }

    /// When the project was made or changed last, for what does not say when.
    fn some_time(&self) -> i64 {
        self.project.made.changed_at.or(self.project.made.at).unwrap_or(self.beside.now)
    }
}

/// Counts what is the nth of its sort.
fn nth(index: usize) -> i64 {
    i64::try_from(index + 1).unwrap_or(i64::MAX)
}

/// A name that none in `taken` has, with a number where it has to; it is in `taken` then.
fn free_name(wanted: &str, otherwise: &str, taken: &mut HashSet<String>) -> String {
    let wanted = if wanted.trim().is_empty() { otherwise } else { wanted };
    let numbered = (2_u32..).map(|number| format!("{} ({number})", wanted.trim()));
    for name in std::iter::once(wanted.to_owned()).chain(numbered) {
        if taken.insert(fold(&name)) {
            return name;
        }
    }
    wanted.to_owned()
}

/// The identity of a value of an attribute, from its name.
pub(in crate::exchange::refi) fn value_key(attribute: AttributeId, name: &str) -> [Vec<u8>; 3] {
    [b"value".to_vec(), attribute.0.as_bytes().to_vec(), fold(name.trim()).into_bytes()]
}

/// The identity of the version of a source that has this text.
pub(in crate::exchange::refi) fn revision_key(source: SourceId, text: BlobId) -> [Vec<u8>; 3] {
    [b"revision".to_vec(), source.0.as_bytes().to_vec(), text.0.to_vec()]
}

/// The identity of a label of a source.
pub(in crate::exchange::refi) fn speaker_key(source: SourceId, label: &str) -> [Vec<u8>; 3] {
    [b"speaker".to_vec(), source.0.as_bytes().to_vec(), label.as_bytes().to_vec()]
}

/// A key as it is derived from.
pub(in crate::exchange::refi) fn parts(key: &[Vec<u8>; 3]) -> [&[u8]; 3] {
    let [one, two, three] = key;
    [one, two, three]
}
