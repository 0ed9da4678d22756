use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::study::RevisionId;
use crate::text::BlobId;

/// Version of the index: of its schema, of the tokenizer and of this record. Another one is built anew.
const FORMAT: u32 = 2;

/// The keys `[start, end)` of the paragraphs of a revision, furniture included, in their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyRange {
    /// Key of the first paragraph.
    pub start: u32,
    /// Key after that of the last.
    pub end: u32,
}

/// What an index holds; written with every commit, so that it is never ahead of the index nor behind it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contents {
    format: u32,
    /// The next key; keys are never used twice.
    next: u32,
    revisions: BTreeMap<RevisionId, KeyRange>,
}

impl Default for Contents {
    fn default() -> Self {
        Self { format: FORMAT, next: 0, revisions: BTreeMap::new() }
    }
}

impl Contents {
    /// The contents written down in a commit; none when they are of another version or not ours.
    pub(super) fn read(payload: &str) -> Option<Self> {
        let (hash, json) = payload.split_once(' ')?;
        let contents: Self = serde_json::from_str(json).ok().filter(|_| BlobId::of(json.as_bytes()).to_string() == hash)?;
        let sound =
            contents.format == FORMAT && contents.revisions.values().all(|keys| keys.start <= keys.end && keys.end <= contents.next);
        sound.then_some(contents)
    }

    /// What is written down in a commit, behind its own hash: tantivy guards its other files, but not this.
    pub(super) fn write(&self) -> serde_json::Result<String> {
        let json = serde_json::to_string(self)?;
        Ok(format!("{} {json}", BlobId::of(json.as_bytes())))
    }

    /// The keys of a revision's paragraphs; none when the index does not hold it.
    #[must_use]
    pub fn keys(&self, revision: RevisionId) -> Option<KeyRange> {
        self.revisions.get(&revision).copied()
    }

    /// The revisions that are held.
    pub fn revisions(&self) -> impl Iterator<Item = RevisionId> + '_ {
        self.revisions.keys().copied()
    }

    /// Takes up a revision of so many paragraphs; none when there are no keys left.
    pub(super) fn add(&mut self, revision: RevisionId, paragraphs: usize) -> Option<KeyRange> {
        let end = self.next.checked_add(u32::try_from(paragraphs).ok()?)?;
        let keys = KeyRange { start: self.next, end };
        self.next = end;
        self.revisions.insert(revision, keys);
        Some(keys)
    }

    /// Lets go of a revision: the keys it had.
    pub(super) fn remove(&mut self, revision: RevisionId) -> Option<KeyRange> {
        self.revisions.remove(&revision)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contents_survive_a_commit_and_others_are_refused() {
        let mut contents = Contents::default();
        let (one, other) = (RevisionId::new(), RevisionId::new());
        assert_eq!(contents.add(one, 3), Some(KeyRange { start: 0, end: 3 }));
        assert_eq!(contents.remove(one), Some(KeyRange { start: 0, end: 3 }));
        assert_eq!(contents.add(other, 2), Some(KeyRange { start: 3, end: 5 }), "keys are not used again");
        assert_eq!(Contents::read(&contents.write().unwrap()), Some(contents.clone()));
        let older = Contents { format: 0, ..contents.clone() }.write().unwrap();
        let changed = contents.write().unwrap().replace("\"end\":5", "\"end\":4");
        for foreign in ["", "{}", "[1] [1]", &older, &changed] {
            assert_eq!(Contents::read(foreign), None, "{foreign}");
        }
        assert_eq!(contents.add(one, u32::MAX as usize), None);
    }
}
