//! What comes in, as part of the study there is: what is here already is found again, by its identity or by what it says; names that
//! are taken get a number; what refers to nothing is left out.

mod frame;
mod identities;
mod interpreted;
mod marks;
mod sources;

use std::collections::{BTreeMap, HashMap, HashSet};

use uuid::Uuid;

use self::identities::replaced;
use self::sources::Way;
use super::reading::{SavedParts, parts_blob};
use super::{Entities, is_in_source};
use crate::exchange::refi::account::Account;
use crate::exchange::refi::model::Project;
use crate::project::{EditError, Tx};
use crate::study::{
    Codebook, CoderId, CodingId, Crossing, Entity, EntityId, Kind, RevisionId, Saved, SavedKind, SourceId, Study, Theme, ThemeId,
};
use crate::text::{BlobId, Span, fold};

/// What comes in.
pub(super) struct Incoming<'a> {
    /// What the project is called that it comes from.
    pub name: &'a str,
    /// The entities as they were read.
    pub entities: Entities,
    /// The texts of its sources.
    pub texts: &'a BTreeMap<BlobId, &'a str>,
    /// Its other blobs; what is kept of other programs is put together in them.
    pub blobs: &'a mut BTreeMap<BlobId, Vec<u8>>,
}

/// What is to be written.
pub(super) struct Fitted {
    /// What is new or changed.
    pub entities: Vec<Entity>,
    /// What gives way to what comes in.
    pub removed: Vec<EntityId>,
    /// What could not be taken.
    pub account: Account,
}

struct Fit<'a, 'tx> {
    tx: &'a Tx<'tx>,
    study: &'a Study,
    name: &'a str,
    texts: &'a BTreeMap<BlobId, &'a str>,
    /// Whether there is nothing in the study yet, so that it becomes the one that comes in.
    bare: bool,
    /// What an identity is here, where it is another one.
    map: HashMap<Uuid, Uuid>,
    made: Entities,
    removed: HashSet<EntityId>,
    ways: HashMap<SourceId, Way>,
    codings: HashMap<(SourceId, RevisionId, Span, ThemeId, CoderId), CodingId>,
    /// The cells that have a summary of their own now.
    cells: HashSet<Crossing>,
    account: Account,
    /// How much is here already.
    there: usize,
    /// Of how much the words are others here.
    otherwise: usize,
}

/// Fits what comes in into the study of an edit.
pub(super) fn fit(tx: &Tx<'_>, incoming: &mut Incoming<'_>) -> Result<Fitted, EditError> {
    let study = tx.study();
    let mut fit = Fit {
        tx,
        study,
        name: incoming.name,
        texts: incoming.texts,
        bare: study.materials().is_empty() && study.cases().is_empty() && study.codebook().is_empty(),
        map: HashMap::new(),
        made: Entities::new(),
        removed: HashSet::new(),
        ways: HashMap::new(),
        codings: HashMap::new(),
        cells: HashSet::new(),
        account: Account::default(),
        there: 0,
        otherwise: 0,
    };
    fit.give_way(&incoming.entities);
    let mut themes = Codebook::new(incoming.entities.values().filter_map(as_theme)).themes().cloned().collect::<Vec<_>>().into_iter();
    for (id, entity) in &incoming.entities {
        let entity = match id.kind {
            // Those above come before those below them.
            Kind::Theme => themes.next().map(Entity::from),
            Kind::Revision => None,
            _ => Some(entity.clone()),
        };
        let Some(entity) = entity else { continue };
        if let Entity::Saved(saved) = &entity
            && saved.kind == SavedKind::Foreign
        {
            fit.keep(saved, incoming.blobs)?;
        } else {
            fit.take(&entity, &incoming.entities)?;
        }
    }
    let Fit { made, removed, mut account, there, otherwise, .. } = fit;
    account.kept("things that were here already", there);
    account.left_out_many("memos, summaries and definitions", otherwise, "They have other words here, which stay.");
    Ok(Fitted { entities: made.into_values().collect(), removed: removed.into_iter().collect(), account })
}

fn as_theme(entity: &Entity) -> Option<Theme> {
    if let Entity::Theme(theme) = entity { Some(theme.clone()) } else { None }
}

impl Fit<'_, '_> {
    /// Takes one entity in.
    fn take(&mut self, given: &Entity, all: &Entities) -> Result<(), EditError> {
        let Some(placed) = self.placed(given)? else {
            let sentence = "Their words are not in the text that is here.";
            self.account.left_out_many(words_of(given.kind()), 1, sentence);
            return Ok(());
        };
        let entity = self.known(&placed);
        let misses = |fit: &Self| entity.refers_to().into_iter().any(|to| to.kind != Kind::Revision && !fit.has(to, entity.owner()));
        if misses(self) || is_in_source(entity.kind()) && entity.refers_to().into_iter().any(|to| !self.has(to, source_of(&entity))) {
            self.account.left_out_many(words_of(entity.kind()), 1, "What they belong to is not in the file.");
            return Ok(());
        }
        match entity {
            Entity::Project(info) => self.take_project(info),
            Entity::Coder(coder) => self.take_coder(coder),
            Entity::Attribute(attribute) => self.take_attribute(attribute),
            Entity::Value(value) => self.take_value(value),
            Entity::Theme(theme) => self.take_theme(theme),
            Entity::Case(case) => self.take_case(case),
            Entity::Source(source) => self.take_source(source, all),
            Entity::Revision(_) => {}
            Entity::Speaker(speaker) => self.take_speaker(speaker),
            Entity::CaseSpan(span) => self.take_case_span(span),
            Entity::Coding(coding) => self.take_coding(coding),
            Entity::QuoteMark(mark) => self.take_quote_mark(mark),
            Entity::ContraryMark(mark) => self.take_contrary_mark(mark),
            Entity::Memo(memo) => self.take_memo(memo),
            Entity::Status(status) => self.take_status(&status),
            Entity::Saved(saved) => self.take_saved(saved),
            Entity::Example(example) => self.take_example(&example),
            Entity::Summary(summary) => self.take_summary(summary),
            Entity::Proposition(proposition) => self.take_proposition(proposition),
            Entity::Typology(typology) => self.take_typology(typology),
            Entity::Dimension(dimension) => self.take_dimension(dimension),
            Entity::Placement(placement) => self.take_placement(placement),
            Entity::Verdict(verdict) => self.take_verdict(verdict),
            Entity::Evidence(evidence) => self.make(evidence),
        }
        Ok(())
    }

    /// Whether an entity will be there; `owner` is the source it belongs to, if it belongs to one.
    fn has(&self, id: EntityId, owner: Option<SourceId>) -> bool {
        self.made.contains_key(&id) || self.study.has(id, owner) && !self.removed.contains(&id)
    }

    /// Whether something is here with this identity; it stays as it is then.
    fn is_there(&mut self, id: EntityId, owner: Option<SourceId>) -> bool {
        let is_there = self.study.has(id, owner) && !self.removed.contains(&id);
        self.there += usize::from(is_there);
        is_there
    }

    /// Something of what comes in is here under another identity.
    fn is(&mut self, given: Uuid, here: Uuid) {
        self.there += 1;
        if given != here {
            self.map.insert(given, here);
        }
    }

    /// Makes an entity, unless it is here.
    fn make(&mut self, entity: impl Into<Entity>) {
        let entity = entity.into();
        if !self.is_there(entity.id(), entity.owner()) {
            self.made.insert(entity.id(), entity);
        }
    }

    /// Puts an entity in the place of what is here.
    fn set(&mut self, entity: impl Into<Entity>) {
        let entity = entity.into();
        self.made.insert(entity.id(), entity);
    }

    /// The entity with the identities that what it refers to has here.
    fn known(&self, entity: &Entity) -> Entity {
        let replace = || {
            let text = entity.to_fields().ok().filter(|_| !self.map.is_empty())?.to_string();
            let fields = serde_json::from_str(&replaced(&text, &self.map)?).ok()?;
            Entity::from_fields(entity.kind(), fields).ok()
        };
        replace().unwrap_or_else(|| entity.clone())
    }

    /// A name that is free among `taken`: itself, or with a number.
    fn free(name: &str, taken: impl Fn(&str) -> bool) -> String {
        let numbered = (2_u32..).map(|number| format!("{name} ({number})"));
        std::iter::once(name.to_owned()).chain(numbered).find(|name| !taken(&fold(name))).unwrap_or_default()
    }

    /// What is kept of other programs joins what is kept already.
    fn keep(&mut self, saved: &Saved, blobs: &mut BTreeMap<BlobId, Vec<u8>>) -> Result<(), EditError> {
        let Some(mut given) = SavedParts::read(&saved.body) else { return Ok(()) };
        let Some(bytes) = given.parts.and_then(|id| blobs.get(&id)) else { return Ok(()) };
        let text = String::from_utf8_lossy(bytes);
        let text = replaced(&text, &self.map).unwrap_or_else(|| text.into_owned());
        let Ok(mut parts) = serde_json::from_str::<Project>(&text) else { return Ok(()) };
        let here = self.study.saved().iter().find(|saved| saved.kind == SavedKind::Foreign);
        if let Some(here) = here.and_then(|saved| SavedParts::read(&saved.body)) {
            let there = here.parts.map(|id| self.tx.bytes(id)).transpose()?;
            let there: Project = there.and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default();
            parts = joined(there, parts);
            let more = std::mem::replace(&mut given.files, here.files);
            for (name, id) in more {
                given.files.entry(name).or_insert(id);
            }
        }
        let Some(bytes) = parts_blob(&parts) else { return Ok(()) };
        given.parts = Some(BlobId::of(&bytes));
        blobs.insert(BlobId::of(&bytes), bytes);
        if let Some(saved) = given.saved() {
            self.set(saved);
        }
        Ok(())
    }
}

/// What is kept, with what else comes.
fn joined(mut there: Project, more: Project) -> Project {
    fn add<T>(to: &mut Vec<T>, more: Vec<T>, same: impl Fn(&T, &T) -> bool) {
        for one in more {
            if !to.iter().any(|known| same(known, &one)) {
                to.push(one);
            }
        }
    }
    add(&mut there.sources, more.sources, |a, b| a.guid == b.guid);
    add(&mut there.notes, more.notes, |a, b| a.guid == b.guid);
    add(&mut there.links, more.links, |a, b| a.guid == b.guid);
    add(&mut there.sets, more.sets, |a, b| a.guid == b.guid);
    add(&mut there.kept, more.kept, |a, b| a == b);
    add(&mut there.cases, more.cases, |a, b| a.guid == b.guid);
    there
}

/// The source in whose text an entity stands.
const fn source_of(entity: &Entity) -> Option<SourceId> {
    if let Entity::Example(example) = entity { Some(example.source) } else { entity.owner() }
}

/// What entities of a kind are called in an account.
const fn words_of(kind: Kind) -> &'static str {
    match kind {
        Kind::Coding => "codings",
        Kind::Memo => "memos",
        Kind::CaseSpan => "selections of cases",
        Kind::QuoteMark => "quote marks",
        Kind::ContraryMark => "contrary marks",
        Kind::Summary => "summaries",
        Kind::Evidence => "pieces of evidence",
        Kind::Example => "typical examples",
        Kind::Placement => "placements",
        Kind::Status => "statuses",
        _ => "other things",
    }
}
