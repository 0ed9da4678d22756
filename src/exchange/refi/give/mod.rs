//! A study as a project for other programs.
//!
//! Whatever the standard has an element for is given as that element, so that any program can read it. The elements are then read
//! as if they came from elsewhere, and what the study holds otherwise travels beside them ([`exact`](super::exact)).

mod frame;
mod notes;
mod sources;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::account::Account;
use super::bring::{Beside, Reading, SavedParts, parts, project_id, revision_key, speaker_key, value_key};
use super::exact::{Entities, Exact, derived};
use super::model::{Note, Project};
use super::origin;
use crate::study::{Entity, Kind, ProjectInfo, SavedKind, Study};
use crate::text::{BlobId, NoSuchBlob, Texts};

/// A study that is ready to be written.
#[derive(Debug)]
pub struct Given {
    /// The project.
    pub project: Project,
    /// The files that belong into the archive, by their names.
    pub files: BTreeMap<String, BlobId>,
    /// What is in it, and what of it other programs do not understand.
    pub account: Account,
}

/// Why a study cannot be given.
#[derive(Debug, thiserror::Error)]
pub enum GiveError {
    /// A text is missing.
    #[error(transparent)]
    Text(#[from] NoSuchBlob),
    /// What other programs do not understand cannot be written down.
    #[error("what other programs do not understand cannot be written down: {0}")]
    Json(#[from] serde_json::Error),
}

/// The elements while they are made.
struct Giving<'s> {
    study: &'s Study,
    texts: &'s dyn Texts,
    project: Project,
    files: BTreeMap<String, BlobId>,
}

/// The whole study as a project, with all that is needed to bring it back as it is. Equal studies give equal projects.
///
/// # Errors
/// [`GiveError`] when a text is missing.
pub fn give(study: &Study, texts: &dyn Texts) -> Result<Given, GiveError> {
    let ProjectInfo { name, about, .. } = study.project().clone();
    let project = Project { name, origin: origin(), description: about, ..Project::default() };
    let mut giving = Giving { study, texts, project, files: BTreeMap::new() };
    giving.give_frame();
    giving.give_sources()?;
    giving.give_notes();
    giving.give_back()?;
    let Giving { mut project, files, .. } = giving;
    let mut account = told(study, &project);
    let exact = beyond(study, texts, &project, &files)?;
    tell_versions(study, &mut account);
    let (notes, set) = exact.to_notes()?;
    project.notes.extend(notes);
    project.sets.extend(set);
    Ok(Given { project, files, account })
}

/// What the study holds beyond the elements.
fn beyond(study: &Study, texts: &dyn Texts, project: &Project, files: &BTreeMap<String, BlobId>) -> Result<Exact, GiveError> {
    let mut exact = Exact::of_ids(identities(study));
    let files: HashMap<String, BlobId> = files.iter().map(|(name, id)| (name.clone(), *id)).collect();
    let ids = exact.ids.clone();
    let beside = Beside { ids: &ids, files: &files, now: 0 };
    let reading = Reading::of(project, &beside);
    let real: Entities = study.entities().into_iter().map(as_part).map(|entity| (entity.id(), entity)).collect();
    let (said, made) = (reading.entities, reading.blobs);
    exact.add_changes(&said, &real)?;
    let mut there: BTreeSet<BlobId> = made.keys().chain(files.values()).copied().collect();
    there.extend(project.sources.iter().filter_map(|source| source.text.as_ref()).map(|text| BlobId::of(text.as_bytes())));
    for id in real.values().flat_map(named).filter(|id| !there.contains(id)).collect::<BTreeSet<_>>() {
        exact.blobs.insert(id, texts.bytes(id)?);
    }
    Ok(exact)
}

/// The entity as part of any project: the identity of the project itself stays here.
fn as_part(entity: Entity) -> Entity {
    match entity {
        Entity::Project(info) => ProjectInfo { id: project_id(), ..info }.into(),
        other => other,
    }
}

/// The blobs that an entity names.
fn named(entity: &Entity) -> Vec<BlobId> {
    match entity {
        Entity::Revision(revision) => vec![revision.text, revision.geometry],
        Entity::Source(source) => source.original.into_iter().collect(),
        _ => Vec::new(),
    }
}

/// The identities of what elements name and do not identify.
fn identities(study: &Study) -> BTreeMap<uuid::Uuid, uuid::Uuid> {
    let mut ids = BTreeMap::new();
    for attribute in study.attributes().all() {
        for value in study.attributes().values_of(attribute.id) {
            ids.insert(derived(&parts(&value_key(attribute.id, &value.name))), value.id.0);
        }
    }
    for material in study.materials() {
        if let Some(revision) = material.revision() {
            ids.insert(derived(&parts(&revision_key(material.source.id, revision.text))), revision.id.0);
        }
        for speaker in &material.speakers {
            ids.insert(derived(&parts(&speaker_key(material.source.id, &speaker.label))), speaker.id.0);
        }
    }
    ids
}

fn told(study: &Study, project: &Project) -> Account {
    let mut account = Account::default();
    account.kept("themes", project.codes.len());
    account.kept("attributes", project.variables.len());
    account.kept("cases", project.cases.len());
    account.kept("sources", study.materials().len());
    account.kept("codings", study.codings().count());
    let memos = study.memos().len() + study.materials().iter().map(|material| material.memos.len()).sum::<usize>();
    account.kept("memos", memos);
    let by_hand = "Other programs see them as notes that are linked with their theme and case.";
    account.changed_many("summaries", study.summaries().iter().len(), by_hand);
    let beside = "Other programs have no place for them; they travel in notes of the set “Themata” and come back with it.";
    let entities = study.entities();
    let count = |kind: Kind| entities.iter().filter(|entity| entity.kind() == kind).count();
    let kinds = [
        (Kind::Speaker, "speakers"),
        (Kind::QuoteMark, "quote marks"),
        (Kind::ContraryMark, "contrary marks"),
        (Kind::Status, "statuses"),
        (Kind::Example, "typical examples"),
        (Kind::Proposition, "propositions"),
        (Kind::Evidence, "pieces of evidence"),
        (Kind::Typology, "typologies"),
        (Kind::Placement, "placements"),
        (Kind::Verdict, "settled differences"),
    ];
    for (kind, what) in kinds {
        account.changed_many(what, count(kind), beside);
    }
    let saved = study.saved().iter().filter(|saved| saved.kind != SavedKind::Foreign).count();
    account.changed_many("saved views and queries", saved, beside);
    account.left_out_many("histories", 1, "Who changed what and when does not travel: the log stays in the project.");
    let sentence = "Nothing is masked: the names of coders and cases and every word of the texts are in it.";
    account.changed_many("names", study.coders().len() + study.cases().len(), sentence);
    account
}

/// Words that were corrected away are in the file too, and whoever gives it away should know.
fn tell_versions(study: &Study, account: &mut Account) {
    let earlier = study.materials().iter().map(|material| material.revisions.len().saturating_sub(1)).sum();
    let sentence = "They hold words that were corrected since, also names that were taken out; they are needed for what stands in them.";
    account.changed_many("earlier versions of texts", earlier, sentence);
}

impl Giving<'_> {
    /// Gives back what other programs put into the project.
    fn give_back(&mut self) -> Result<(), GiveError> {
        let bodies = self.study.saved().iter().filter(|saved| saved.kind == SavedKind::Foreign);
        for kept in bodies.filter_map(|saved| SavedParts::read(&saved.body)) {
            let Some(parts) = kept.parts else { continue };
            let parts: Project = serde_json::from_slice(&self.texts.bytes(parts)?)?;
            let Project { sources, notes, links, sets, kept: elements, cases, .. } = parts;
            for source in sources {
                match self.project.sources.iter_mut().find(|there| there.guid == source.guid) {
                    // What is read here is its text.
                    Some(there) => (there.kept, there.file, there.more_files) = (source.kept, source.file, source.more_files),
                    None => self.project.sources.push(source),
                }
            }
            for note in notes {
                if let Some(there) = self.project.notes.iter_mut().find(|there| there.guid == note.guid) {
                    let Note { name, description, text, made, .. } = std::mem::take(there);
                    *there = Note { name, description, text, made, ..note };
                }
            }
            self.project.links.extend(links);
            self.project.sets.extend(sets);
            self.project.kept.extend(elements);
            for case in cases {
                if let Some(there) = self.project.cases.iter_mut().find(|there| there.guid == case.guid) {
                    there.codes.extend(case.codes);
                    there.sources.extend(case.sources);
                    there.selections.extend(case.selections);
                }
            }
            self.files.extend(kept.files);
        }
        Ok(())
    }
}
