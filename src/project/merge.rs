use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::coming::Coming;
use super::copy::between;
use super::error::{EditError, MergeError, ProjectError};
use super::open::{Me, Project, now};
use crate::store::{Access, Brought, EditKind, EditSummary, GoOn, LogEntry, NewEdit, Store, StoreError, same_file};
use crate::study::{Change, Coder, Conflict, Edit, EditId, EntityId, HybridTime, Study, UniteError, United, unite};
use crate::text::{BlobId, Geometry, NoSuchBlob, Texts};

/// What adds the coders who are in a copy and not here yet, before what they did is brought back.
const COPY_CODERS: &str = "Add the coders of a copy";

/// What a copy brings, made ready to be merged. It can be made on any thread, beside the one that owns the project.
#[derive(Debug)]
pub struct MergePlan {
    path: PathBuf,
    copy: Project,
    coming: Coming,
    brought: Vec<LogEntry>,
    coders: Vec<Coder>,
    changes: Vec<Change>,
    /// The project it was made for: the study, and the newest edit.
    of: (Arc<Study>, u64),
}

/// What has to be known of a project to look into a copy of it.
pub struct Own {
    /// The file.
    pub path: PathBuf,
    /// The study as it is now.
    pub study: Arc<Study>,
    /// Its texts.
    pub texts: Arc<dyn Texts>,
    /// Who edits.
    pub me: Me,
}

impl MergePlan {
    /// Looks into the copy at `path`, and reads the log of the project for that beside whoever has it open.
    ///
    /// # Errors
    /// [`MergeError`], as [`Project::merge`].
    pub fn beside(own: &Own, path: &Path) -> Result<Self, MergeError> {
        let log = Store::open(&own.path, Access::Read)?.entries()?;
        Self::make(own, &log, path)
    }

    /// What would come.
    #[must_use]
    pub const fn coming(&self) -> &Coming {
        &self.coming
    }
}

impl Project {
    /// What [`Project::merge`] would bring from the copy at `path`; nothing is changed.
    ///
    /// # Errors
    /// [`MergeError`], as [`Project::merge`].
    pub fn preview_merge(&self, path: &Path) -> Result<Coming, MergeError> {
        Ok(self.plan(path)?.coming)
    }

    /// Brings the edits of a copy of this project, as one act. Whatever copies are merged, and in whatever order, the study they
    /// lead to is the same; see [`unite`]. Where an earlier merge of the copy was taken back, it comes too, as if it had never been.
    ///
    /// # Errors
    /// [`MergeError`] when the file is no copy of this project, or cannot be read; nothing has changed then.
    pub fn merge(&mut self, path: &Path) -> Result<Coming, MergeError> {
        let plan = self.plan(path)?;
        self.merge_as(plan, &mut |_, _| true)
    }

    /// As [`Project::merge`], by a plan that was made before; if the project has changed since, it is made again. `go_on` is
    /// told how much is done of how much, and answers whether to go on.
    ///
    /// # Errors
    /// As [`Project::merge`]; [`MergeError::Cancelled`] when `go_on` said so in time.
    pub fn merge_as(&mut self, plan: MergePlan, go_on: &mut GoOn<'_>) -> Result<Coming, MergeError> {
        let mut plan = self.of_now(plan)?;
        if !plan.coming.is_nothing() {
            self.introduce_coder()?;
            plan = self.of_now(plan)?;
            self.bring(&mut plan, go_on)?;
        }
        Ok(plan.coming)
    }

    /// A plan as it was made, if nothing has changed since, else a new one.
    fn of_now(&self, plan: MergePlan) -> Result<MergePlan, MergeError> {
        let is_of_now = Arc::ptr_eq(&plan.of.0, &self.study) && plan.of.1 == self.newest()?;
        if is_of_now { Ok(plan) } else { self.plan(&plan.path) }
    }

    /// The place of the newest edit; 0 when there is none.
    fn newest(&self) -> Result<u64, StoreError> {
        Ok(self.store.edits(None, 1)?.first().map_or(0, |edit| edit.seq))
    }

    /// What has to be known of it to look into a copy of it.
    #[must_use]
    pub fn own(&self) -> Own {
        Own { path: self.path().to_path_buf(), study: self.study(), texts: self.texts(), me: self.on_this_machine() }
    }

    fn plan(&self, path: &Path) -> Result<MergePlan, MergeError> {
        MergePlan::make(&self.own(), &self.store.entries()?, path)
    }

    /// Writes what was made ready. Texts go first, in short transactions; the edits and what they come to are one.
    fn bring(&mut self, plan: &mut MergePlan, go_on: &mut GoOn<'_>) -> Result<(), MergeError> {
        let of = plan.brought.len() + plan.changes.len();
        let mut brought = Vec::with_capacity(plan.brought.len());
        let mut named = plan.copy.store.named_blobs()?;
        let device = self.me.device;
        let theirs = plan.brought.iter().map(|entry| entry.summary.id).filter(|id| id.device == device);
        let mut counter = theirs.map(|id| id.counter).fold(self.store.clock(device)?.1, u64::max);
        for mut entry in std::mem::take(&mut plan.brought) {
            if entry.summary.seq == NOT_WRITTEN {
                counter += 1;
                entry.summary.id = EditId { device, counter };
            }
            let blobs = named.remove(&entry.summary.seq).unwrap_or_default();
            for blob in &blobs {
                self.take_blob(&plan.copy.store, *blob)?;
            }
            if !blobs.is_empty() && !go_on(0, of) {
                return Err(MergeError::Cancelled);
            }
            brought.push(Brought { entry, blobs });
        }
        // Whoever merges may have become a coder of this project by it.
        plan.coders.retain(|coder| !self.study.coders().contains_key(&coder.id));
        let coders: Vec<Change> = plan.coders.drain(..).map(|coder| Change { before: None, after: Some(coder.into()) }).collect();
        let with_coders = self.study.apply(&coders, self.texts.as_ref()).map_err(ProjectError::from)?;
        let study = with_coders.apply(&plan.changes, self.texts.as_ref()).map_err(ProjectError::from)?;
        let label = format!("Bring back {}", plan.coming.whose());
        let (device, coder, now) = (self.me.device, self.me.coder, now());
        let setup = NewEdit { kind: EditKind::Setup, device, coder, now, label: COPY_CODERS, of: None, group: None, changes: &coders };
        let act = NewEdit { kind: EditKind::Merge, label: &label, changes: &plan.changes, ..setup.clone() };
        let edits = if coders.is_empty() { vec![act] } else { vec![setup, act] };
        self.store.write_with(&brought, &edits, go_on)?;
        self.study = Arc::new(study);
        Ok(())
    }

    fn take_blob(&mut self, from: &Store, blob: BlobId) -> Result<(), StoreError> {
        if self.store.blob(blob).is_ok() {
            return Ok(());
        }
        let bytes = from.blob(blob)?;
        if BlobId::of(&bytes) != blob {
            return Err(NoSuchBlob { id: blob, reason: "it is damaged in the copy".to_owned() }.into());
        }
        self.store.put_blob(&bytes).map(drop)
    }
}

impl MergePlan {
    fn make(own: &Own, log: &[LogEntry], path: &Path) -> Result<Self, MergeError> {
        let copy = open_copy(own, path)?;
        let theirs = copy.store.entries().map_err(|error| MergeError::of_copy(path, error))?;
        let brought = unknown(log, &theirs)?;
        let taken_back = taken_back(log, &theirs);
        let from = copy
            .given_to()
            .map_or_else(|| path.file_stem().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default(), |to| to.name.clone());
        let coming = Coming { from, given: copy.given_to().is_some(), again: taken_back.len(), ..Coming::default() };
        let of = (Arc::clone(&own.study), log.last().map_or(0, |entry| entry.summary.seq));
        let (coders, changes) = (Vec::new(), Vec::new());
        let mut plan = Self { path: path.to_path_buf(), copy, coming, brought, coders, changes, of };
        // What is only a merge brings nothing itself.
        if taken_back.is_empty() && plan.brought.iter().all(|entry| entry.summary.kind == EditKind::Merge) {
            plan.brought.clear();
            return Ok(plan);
        }
        let again = brought_anew(own, log, &plan.brought, &taken_back);
        plan.brought.extend(again);
        let texts = Both { own: own.texts.as_ref(), theirs: plan.copy.texts.as_ref() };
        let after = united(log.iter(), plan.brought.iter(), &texts)?;
        plan.coming.conflicts = after.conflicts;
        plan.changes = between(&own.study, &after.study);
        let new = after.study.coders().values().filter(|coder| !own.study.coders().contains_key(&coder.id));
        plan.coders = new.cloned().collect();
        for entry in plan.brought.iter().filter(|entry| !is_anew(entry)) {
            let name = after.study.coders().get(&entry.summary.coder).map_or("somebody", |coder| coder.name.as_str());
            *plan.coming.edits.entry(name.to_owned()).or_default() += 1;
        }
        plan.coming.tell(&plan.changes, (&own.study, &after.study));
        Ok(plan)
    }
}

/// Opens the copy, and sees to it that it is one.
fn open_copy(own: &Own, path: &Path) -> Result<Project, MergeError> {
    if same_file(path, &own.path) {
        return Err(MergeError::Itself);
    }
    let copy = Project::open(path, Access::Read, &own.me).map_err(|error| MergeError::of_copy(path, error))?;
    if Store::is_in_use(path) {
        return Err(MergeError::InUse);
    }
    let (own, theirs) = (own.study.project(), copy.study.project());
    if own.id == theirs.id { Ok(copy) } else { Err(MergeError::OtherProject(theirs.name.clone())) }
}

/// What could not all be kept when the merge `seq` of a project brought what it did, found again from the log, which is read
/// beside whoever has the project open.
///
/// # Errors
/// [`MergeError`] when the log cannot be read or followed.
pub fn conflicts_of(own: &Own, seq: u64) -> Result<Vec<Conflict>, MergeError> {
    let log = Store::open(&own.path, Access::Read)?.entries()?;
    let (brought, others): (Vec<_>, Vec<_>) = log.iter().partition(|entry| entry.summary.brought_by == Some(seq));
    let known: Vec<&LogEntry> = others.into_iter().filter(|entry| entry.summary.seq < seq).collect();
    Ok(united(known.iter().copied(), brought.iter().copied(), own.texts.as_ref())?.conflicts)
}

/// What is known and what is brought, united. The conflicts are those that were not told yet; what was told when a merge came is
/// told again where that is brought anew.
fn united<'e>(
    known: impl Iterator<Item = &'e LogEntry> + Clone,
    brought: impl Iterator<Item = &'e LogEntry> + Clone,
    texts: &dyn Texts,
) -> Result<United, UniteError> {
    let mut told = conflicts_in(known.clone(), texts)?;
    for seq in merges_anew(&known, brought.clone()) {
        let before = known.clone().filter(|entry| entry.summary.seq < seq && entry.summary.brought_by != Some(seq));
        let came = known.clone().filter(|entry| entry.summary.brought_by == Some(seq));
        let then = conflicts_in(before.clone().chain(came), texts)?;
        let before = conflicts_in(before, texts)?;
        told.retain(|it| !then.contains(it) || before.contains(it));
    }
    let mut after = unite(&edits(known.chain(brought)), texts)?;
    after.conflicts.retain(|it| !told.contains(&Told::of(it)));
    Ok(after)
}

/// By what a conflict is known again.
#[derive(PartialEq, Eq, Hash)]
struct Told(EditId, EntityId, String);

impl Told {
    fn of(conflict: &Conflict) -> Self {
        Self(conflict.edit, conflict.entity, conflict.about.clone())
    }
}

fn conflicts_in<'e>(entries: impl Iterator<Item = &'e LogEntry> + Clone, texts: &dyn Texts) -> Result<HashSet<Told>, UniteError> {
    Ok(unite(&edits(entries), texts)?.conflicts.iter().map(Told::of).collect())
}

/// The merges that are brought anew, and those that these had brought anew themselves, by their places.
fn merges_anew<'e>(known: &(impl Iterator<Item = &'e LogEntry> + Clone), brought: impl Iterator<Item = &'e LogEntry>) -> HashSet<u64> {
    let mut found = HashSet::new();
    let mut merges: HashSet<EditId> = brought.filter(|entry| is_anew(entry)).filter_map(|entry| entry.of).collect();
    while !merges.is_empty() {
        let mut at: HashSet<u64> =
            known.clone().filter(|entry| merges.contains(&entry.summary.id)).map(|entry| entry.summary.seq).collect();
        at.retain(|seq| found.insert(*seq));
        let came = known.clone().filter(|entry| entry.summary.brought_by.is_some_and(|by| at.contains(&by)));
        merges = came.filter(|entry| is_anew(entry)).filter_map(|entry| entry.of).collect();
    }
    found
}

/// The edits of logs as they are united: a merge is what it brought, and where one was taken back and brought anew, it is as if it
/// had never been taken back.
fn edits<'e>(entries: impl Iterator<Item = &'e LogEntry> + Clone) -> Vec<Edit> {
    let anew = brought_anew_at(entries.clone());
    let counts = |entry: &&LogEntry| match entry.summary.kind {
        EditKind::Merge => false,
        // What was done with the merge after that counts again.
        EditKind::Undo | EditKind::Redo => entry.of.and_then(|of| anew.get(&of)).is_none_or(|at| entry.clock > *at),
        EditKind::Setup | EditKind::Act => !is_anew(entry),
    };
    let edit = |it: &LogEntry| Edit { id: it.summary.id, clock: it.clock, coder: it.summary.coder, changes: it.changes.clone() };
    entries.filter(counts).map(edit).collect()
}

/// The merges that were taken back and brought anew, each with when that was last.
fn brought_anew_at<'e>(entries: impl Iterator<Item = &'e LogEntry>) -> HashMap<EditId, HybridTime> {
    let mut found: HashMap<EditId, HybridTime> = HashMap::new();
    for (of, clock) in entries.filter(|entry| is_anew(entry)).filter_map(|entry| Some((entry.of?, entry.clock))) {
        let at = found.entry(of).or_insert(clock);
        *at = clock.max(*at);
    }
    found
}

/// Whether an entry of the log says that a merge that was taken back was brought anew: an act that is of another one.
const fn is_anew(entry: &LogEntry) -> bool {
    matches!(entry.summary.kind, EditKind::Act) && entry.of.is_some()
}

/// What says of merges that were taken back that they are brought anew. Which edits of the project they are is known when they are
/// written.
fn brought_anew(own: &Own, log: &[LogEntry], brought: &[LogEntry], merges: &[&LogEntry]) -> Vec<LogEntry> {
    let clock = log.iter().chain(brought).map(|entry| entry.clock).max().unwrap_or_default();
    let entry = |(merge, ahead): (&&LogEntry, u64)| {
        let clock = HybridTime(clock.tick(now()).0 + ahead);
        let summary = EditSummary {
            seq: NOT_WRITTEN,
            id: EditId { device: own.me.device, counter: 0 },
            time: clock.millis(),
            coder: own.me.coder,
            kind: EditKind::Act,
            undone: false,
            group: None,
            changes: 0,
            sources: Vec::new(),
            of: None,
            brought_by: None,
            label: merge.summary.label.clone(),
        };
        LogEntry { summary, clock, of: Some(merge.summary.id), changes: Vec::new() }
    };
    merges.iter().zip(0..).map(entry).collect()
}

/// The place of an edit that is in no file yet.
const NOT_WRITTEN: u64 = 0;

/// The edits that only the other log has, in the order of all devices.
fn unknown(own: &[LogEntry], theirs: &[LogEntry]) -> Result<Vec<LogEntry>, MergeError> {
    let known: HashMap<EditId, &LogEntry> = own.iter().map(|entry| (entry.summary.id, entry)).collect();
    let mut unknown = Vec::new();
    for entry in theirs {
        match known.get(&entry.summary.id) {
            None => unknown.push(entry.clone()),
            Some(same) if same.clock == entry.clock && same.summary.coder == entry.summary.coder => {}
            Some(_) => return Err(MergeError::Twins),
        }
    }
    unknown.sort_by_key(|entry| (entry.clock, entry.summary.id));
    Ok(unknown)
}

/// Merges that brought some of the other log's edits, were taken back, and were not brought anew since.
fn taken_back<'l>(own: &'l [LogEntry], theirs: &[LogEntry]) -> Vec<&'l LogEntry> {
    let theirs: HashSet<EditId> = theirs.iter().map(|entry| entry.summary.id).collect();
    let brought = own.iter().filter(|entry| theirs.contains(&entry.summary.id)).filter_map(|entry| entry.summary.brought_by);
    let mut brought: HashSet<u64> = brought.collect();
    // What a merge brought anew it brought too; such merges come after those.
    for entry in own {
        if brought.contains(&entry.summary.seq) {
            let anew = own.iter().filter(|it| is_anew(it) && it.of == Some(entry.summary.id));
            brought.extend(anew.filter_map(|it| it.summary.brought_by));
        }
    }
    let anew = brought_anew_at(own.iter());
    let undone = |id: EditId| own.iter().filter(move |it| it.summary.kind == EditKind::Undo && it.of == Some(id));
    let is_taken_back = |entry: &&LogEntry| {
        let id = entry.summary.id;
        let open = || anew.get(&id).is_none_or(|at| undone(id).any(|undo| undo.clock > *at));
        // Whoever has seen that it was taken back brings something else.
        let seen = || undone(id).any(|undo| theirs.contains(&undo.summary.id));
        entry.summary.undone && brought.contains(&entry.summary.seq) && open() && !seen()
    };
    own.iter().filter(is_taken_back).collect()
}

/// The texts of two files.
struct Both<'a> {
    own: &'a dyn Texts,
    theirs: &'a dyn Texts,
}

impl Texts for Both<'_> {
    fn text(&self, id: BlobId) -> Result<Arc<str>, NoSuchBlob> {
        self.own.text(id).or_else(|_| self.theirs.text(id))
    }

    fn geometry(&self, id: BlobId) -> Result<Arc<Geometry>, NoSuchBlob> {
        self.own.geometry(id).or_else(|_| self.theirs.geometry(id))
    }
}

impl From<EditError> for MergeError {
    fn from(error: EditError) -> Self {
        Self::Project(error.into())
    }
}
