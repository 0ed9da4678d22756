use std::collections::{BTreeMap, HashSet};

use serde::{Deserialize, Serialize};

use super::super::super::exact::{self, derived};
use super::super::super::model::{Case, Made, MediaFile, Note, Project, Source};
use super::Reading;
use super::attributes::is_value;
use crate::study::{Saved, SavedId, SavedKind};
use crate::text::BlobId;

/// What is kept of other programs, as the body of what is saved.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(in crate::exchange::refi) struct SavedParts {
    /// All blobs, by which the file of the project knows what it must keep.
    pub blobs: Vec<BlobId>,
    /// The blob with the elements: a project of nothing else, as JSON.
    pub parts: Option<BlobId>,
    /// The files of the archive by name.
    pub files: BTreeMap<String, BlobId>,
}

impl SavedParts {
    /// What is kept in a body, if it can be read.
    pub fn read(body: &str) -> Option<Self> {
        serde_json::from_str(body).ok()
    }

    /// As what is saved. A project has one such thing.
    pub fn saved(mut self) -> Option<Saved> {
        self.blobs = self.parts.into_iter().chain(self.files.values().copied()).collect();
        self.blobs.sort_unstable();
        self.blobs.dedup();
        let body = serde_json::to_string(&self).ok()?;
        Some(Saved { id: Self::id(), kind: SavedKind::Foreign, name: "From other programs".to_owned(), body, position: 1 })
    }

    /// The identity of what is kept in any project.
    pub fn id() -> SavedId {
        SavedId(derived(&[b"from other programs"]))
    }
}

/// The blob that holds kept elements; none when there are none.
pub(in crate::exchange::refi) fn parts_blob(kept: &Project) -> Option<Vec<u8>> {
    if *kept == Project::default() { None } else { serde_json::to_vec(kept).ok() }
}

/// The files of the archive that elements name.
pub(in crate::exchange::refi) fn files_of(project: &Project) -> impl Iterator<Item = &MediaFile> {
    let of_sources = project.sources.iter().flat_map(|source| source.file.iter().chain(&source.more_files));
    of_sources.chain(project.notes.iter().filter_map(|note| note.file.as_ref()))
}

impl Reading<'_> {
    /// Keeps what only other programs understand, to be given back to them.
    pub(super) fn keep_the_rest(&mut self) {
        let project = self.project;
        let mut kept = std::mem::take(&mut self.kept);
        kept.links = project.links.iter().filter(|link| !self.is_of_note(link.origin, link.target)).cloned().collect();
        let ours = [exact::SET, exact::MATRIX];
        kept.sets = project.sets.iter().filter(|set| !ours.contains(&set.name.as_str()) && !is_value(set)).cloned().collect();
        kept.kept.clone_from(&project.kept);
        for source in project.sources.iter().filter(|source| source.text.is_none() || source.kept.is_some()) {
            // What was read of it is the study’s.
            let apart = |source: &Source| Source {
                guid: source.guid,
                name: source.name.clone(),
                file: source.file.clone(),
                kept: source.kept.clone(),
                more_files: source.more_files.clone(),
                ..Source::default()
            };
            kept.sources.push(if source.text.is_none() { source.clone() } else { apart(source) });
        }
        // In the order in which they are given back.
        kept.sources.sort_by_key(|source| !self.texts.contains_key(&source.guid));
        let is_more = |note: &&Note| {
            let bare = Note { guid: note.guid, name: note.name.clone(), text: note.text.clone(), ..Note::default() };
            Note { description: String::new(), made: Made::default(), ..(*note).clone() } != bare
        };
        for note in project.notes.iter().filter(is_more) {
            let (name, description, text, made) = Default::default();
            kept.notes.push(Note { name, description, text, made, ..note.clone() });
        }
        kept.notes.sort_by_key(|note| note.guid);
        let media: HashSet<_> =
            kept.sources.iter().filter(|source| !self.texts.contains_key(&source.guid)).map(|source| source.guid).collect();
        let sentence = "This program does not use them; they are kept and given back with the next export.";
        for case in &project.cases {
            let sources: Vec<_> = case.sources.iter().filter(|source| media.contains(source)).copied().collect();
            let selections: Vec<_> = case.selections.iter().filter(|it| !self.selections.contains_key(it)).copied().collect();
            self.account.changed_many("selections of cases in media", selections.len(), sentence);
            if !sources.is_empty() || !case.codes.is_empty() || !selections.is_empty() {
                kept.cases.push(Case { guid: case.guid, codes: case.codes.clone(), sources, selections, ..Case::default() });
            }
        }
        self.account.changed_many("links", kept.links.len(), sentence);
        self.account.changed_many("sets", kept.sets.len(), sentence);
        self.account.changed_many("codes of whole cases", kept.cases.iter().map(|case| case.codes.len()).sum(), sentence);
        for element in &kept.kept {
            self.account.changed("other elements", &element.element, sentence);
        }
        let mut files = BTreeMap::new();
        self.account.changed_many("formatted, coded or described memos", kept.notes.len(), sentence);
        for source in &kept.sources {
            self.account.changed("media", &source.name, sentence);
        }
        for file in files_of(&kept) {
            files.extend(self.beside.files.get(&file.name).map(|id| (file.name.clone(), *id)));
        }
        if let Some(bytes) = parts_blob(&kept) {
            let parts = BlobId::of(&bytes);
            self.blobs.insert(parts, bytes);
            if let Some(saved) = (SavedParts { blobs: Vec::new(), parts: Some(parts), files }).saved() {
                self.put(saved);
            }
        }
    }
}
