//! Projects of other programs into a study: their elements are read as entities ([`reading`]), what travelled beside them is laid
//! over those ([`exact`](super::exact)), and what there is here already is found again in them ([`fit`]).

mod fit;
mod reading;

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

pub(super) use reading::{
    BETWEEN, Beside, NOT_WHEN, Reading, SavedParts, USE_WHEN, parts, project_id, revision_key, speaker_key, turn_id, value_key,
};

use self::fit::{Fitted, Incoming};
use super::account::Account;
use super::exact::{self, Entities, Exact};
use super::model::Project;
use crate::analysis::basis::basis_of;
use crate::project::{EditError, Tx};
use crate::study::{Entity, EntityId, Kind, Summary};
use crate::text::BlobId;

/// Brings a project in, as part of one edit that can be undone, and says what became of it.
///
/// What is here already, by its identity or by what it says, stays as it is: to bring the same project in twice changes nothing.
/// `file` gives the bytes of a file of the archive by its name, if it is there.
///
/// # Errors
/// [`EditError`] when it cannot be written.
pub fn bring_in(tx: &mut Tx<'_>, project: &Project, file: &mut dyn FnMut(&str) -> Option<Vec<u8>>) -> Result<Account, EditError> {
    let mut account = Account::default();
    let mut files: HashMap<String, BlobId> = HashMap::new();
    for wanted in reading::files_of(project) {
        match file(&wanted.name) {
            Some(bytes) => drop(files.insert(wanted.name.clone(), tx.blob(&bytes)?)),
            None => account.left_out("files", &wanted.name, "It is not in the archive."),
        }
    }
    let exact = exact_of(project);
    let beside = Beside { ids: &exact.ids, files: &files, now: tx.now() };
    let reading = Reading::of(project, &beside);
    let (mut entities, mut blobs) = (reading.entities, reading.blobs);
    account.append(reading.account);
    blobs.extend(exact.blobs.iter().map(|(id, bytes)| (*id, bytes.clone())));
    let texts: BTreeMap<BlobId, &str> =
        project.sources.iter().filter_map(|source| source.text.as_deref()).map(|text| (BlobId::of(text.as_bytes()), text)).collect();
    let there: HashSet<BlobId> = files.values().copied().collect();
    let applied = exact.apply(&mut entities, &|id| blobs.contains_key(&id) || texts.contains_key(&id) || there.contains(&id));
    account.kept("things that only Themata knows", applied.kept);
    account.changed_many("things", applied.changed, "Another program has changed something of them since; its word stands.");
    let gone = "What they belong to was removed by another program, or is not in the file.";
    account.left_out_many("things that only Themata knows", applied.gone, gone);
    account.left_out_many("lines of what only Themata knows", exact.unreadable, "Another program has changed them; they cannot be read.");

    let mut incoming = Incoming { name: &project.name, entities, texts: &texts, blobs: &mut blobs };
    let Fitted { entities, removed, account: fitted } = fit::fit(tx, &mut incoming)?;
    account.append(fitted);
    for id in entities.iter().flat_map(named) {
        match (texts.get(&id), blobs.get(&id)) {
            (Some(text), _) => drop(tx.blob(text.as_bytes())?),
            (None, Some(bytes)) => drop(tx.blob(bytes)?),
            (None, None) => {}
        }
    }
    write(tx, entities, removed)?;
    Ok(account)
}

/// What travelled beside the elements.
fn exact_of(project: &Project) -> Exact {
    let members: HashSet<_> = project.sets.iter().filter(|set| set.name == exact::SET).flat_map(|set| &set.notes).collect();
    Exact::of_notes(project.notes.iter().filter(|note| members.contains(&note.guid)))
}

/// The blobs that an entity names.
fn named(entity: &Entity) -> Vec<BlobId> {
    match entity {
        Entity::Revision(revision) => vec![revision.text, revision.geometry],
        Entity::Source(source) => source.original.into_iter().collect(),
        Entity::Saved(saved) => saved.blobs(),
        _ => Vec::new(),
    }
}

/// Writes what is new; a summary that nobody said what it rests on rests on what lies under its cell now.
fn write(tx: &mut Tx<'_>, entities: Vec<Entity>, removed: Vec<EntityId>) -> Result<(), EditError> {
    let bare: Vec<Summary> = entities
        .iter()
        .filter_map(|entity| match entity {
            Entity::Summary(summary) if *summary.basis == reading::basis_not_known() => Some(summary.clone()),
            _ => None,
        })
        .collect();
    tx.remove_all(removed.into_iter().map(|id| (id, None)).collect())?;
    tx.put_all(entities)?;
    let cells: Vec<_> = bare.iter().map(|summary| &summary.cell).collect();
    let bases = basis_of(tx.study(), &cells);
    let rested = bare.iter().cloned().zip(bases).map(|(summary, basis)| Summary { basis: Arc::new(basis), ..summary }.into());
    tx.put_all(rested.collect())
}

/// Whether an entity is of a kind that lies in the text of a source.
const fn is_in_source(kind: Kind) -> bool {
    matches!(kind, Kind::CaseSpan | Kind::Coding | Kind::QuoteMark | Kind::ContraryMark | Kind::Status | Kind::Verdict | Kind::Example)
}
