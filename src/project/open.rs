use std::cell::RefCell;
use std::path::Path;
use std::sync::Arc;

use super::error::{EditError, ProjectError};
use super::tx::Tx;
use crate::home::{Identity, plain_name};
use crate::store::{Access, Backup, EditKind, Finding, GivenTo, Making, NewEdit, Store, StoredTexts};
use crate::study::{
    Attribute, AttributeId, AttributeOf, BuiltIn, Change, Coder, CoderId, DeviceId, Entity, OwnWork, ProjectId, ProjectInfo, Role, Study,
};
use crate::text::Texts;

/// What the edit is called that makes a coder.
pub(super) const FIRST_EDIT: &str = "First edit";

/// Who edits, and on which computer: from the user's settings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Me {
    /// The computer and account.
    pub device: DeviceId,
    /// The coder.
    pub coder: CoderId,
    /// The coder's name as shown.
    pub name: String,
    /// Two or three letters for chips.
    pub initials: String,
}

impl From<&Identity> for Me {
    fn from(identity: &Identity) -> Self {
        Self { device: identity.device, coder: identity.coder, name: plain_name(&identity.name), initials: identity.initials() }
    }
}

/// An open project. It lives on one thread; everybody else reads the [`Study`] it gives out.
#[derive(Debug)]
pub struct Project {
    // Fields are dropped in this order: the texts' connections before the writer's, so that one file remains.
    pub(super) texts: Arc<StoredTexts>,
    pub(super) store: Store,
    pub(super) study: Arc<Study>,
    pub(super) me: Me,
    /// What this machine is called in the edits of this file, by its present name first; see [`Store::devices`].
    pub(super) devices: Vec<DeviceId>,
    /// Whom the file was given to, if it is a copy.
    pub(super) given_to: Option<GivenTo>,
    /// What is seen while one works blind; it follows when it is asked for.
    pub(super) blind: RefCell<Option<OwnWork>>,
}

impl Project {
    /// Makes a project file with the attributes every study needs.
    ///
    /// # Errors
    /// [`ProjectError`]; an existing file is not touched.
    pub fn create(path: &Path, name: &str, me: &Me) -> Result<Self, ProjectError> {
        Self::make(path, name, me, |_| Ok(()))
    }

    /// As [`Project::create`], with what `begin` puts into the project, under `label`. A project begins with it: it is no
    /// act of anybody's and cannot be undone.
    ///
    /// # Errors
    /// [`ProjectError`], among them that of `begin`; there is no file then.
    pub fn create_with<T>(
        path: &Path,
        name: &str,
        me: &Me,
        label: &str,
        begin: impl FnOnce(&mut Tx<'_>) -> Result<T, EditError>,
    ) -> Result<Self, ProjectError> {
        Self::make(path, name, me, |project| project.edit_as(EditKind::Setup, label, None, begin).map(drop))
    }

    /// The file gets its name once it is whole.
    fn make(path: &Path, name: &str, me: &Me, begin: impl FnOnce(&mut Self) -> Result<(), EditError>) -> Result<Self, ProjectError> {
        let making = Making::begin(path)?;
        let store = Store::create(making.path())?;
        let texts = Arc::new(store.texts());
        let mut project = Self {
            texts,
            store,
            study: Arc::default(),
            me: me.clone(),
            devices: vec![me.device],
            given_to: None,
            blind: RefCell::default(),
        };
        project.set_up("New project", first_entities(name))?;
        begin(&mut project)?;
        project.texts.close();
        project.checkpoint()?;
        drop(project);
        making.finish()?;
        Self::open(path, Access::Write, me)
    }

    /// Opens a project. A copy that was given to a coder is edited by that coder, whoever `me` is.
    ///
    /// # Errors
    /// [`ProjectError`]; the file is as it was.
    pub fn open(path: &Path, access: Access, me: &Me) -> Result<Self, ProjectError> {
        let store = Store::open(path, access)?;
        let texts = Arc::new(store.texts());
        let study = Arc::new(Study::from_entities(store.entities()?, texts.as_ref())?);
        let (devices, given_to) = (store.devices(me.device)?, store.given_to()?);
        let mut me = Me { device: devices.first().copied().unwrap_or(me.device), ..me.clone() };
        if let Some(GivenTo { coder, name, initials, .. }) = given_to.clone() {
            me = Me { device: me.device, coder, name, initials };
        }
        let blind = given_to.as_ref().filter(|to| to.blind).map(|to| OwnWork::of(to.coder));
        Ok(Self { texts, store, study, me, devices, given_to, blind: RefCell::new(blind) })
    }

    /// The study as it is now.
    #[must_use]
    pub fn study(&self) -> Arc<Study> {
        Arc::clone(&self.study)
    }

    /// The texts, to be read from any thread.
    #[must_use]
    pub fn texts(&self) -> Arc<dyn Texts> {
        Arc::<StoredTexts>::clone(&self.texts)
    }

    /// Who edits.
    #[must_use]
    pub const fn me(&self) -> &Me {
        &self.me
    }

    /// Who edits, as whoever opens another file on this machine.
    pub(super) fn on_this_machine(&self) -> Me {
        Me { device: self.devices.last().copied().unwrap_or(self.me.device), ..self.me.clone() }
    }

    /// Whom the file was given to, if it is a copy that was given to somebody.
    #[must_use]
    pub const fn given_to(&self) -> Option<&GivenTo> {
        self.given_to.as_ref()
    }

    /// Where the file lies, absolute.
    #[must_use]
    pub fn path(&self) -> &Path {
        self.store.path()
    }

    /// What it is open for.
    #[must_use]
    pub const fn access(&self) -> Access {
        self.store.access()
    }

    /// Makes the day's backup, if there is none yet.
    ///
    /// # Errors
    /// [`ProjectError`] when it could not be made or verified; older ones are kept.
    pub fn daily_backup(&self, now: i64) -> Result<Option<Backup>, ProjectError> {
        let day = jiff::Timestamp::from_millisecond(now).unwrap_or_default().strftime("%Y-%m-%d").to_string();
        Ok(self.store.back_up(&day)?)
    }

    /// The backups there are, newest first.
    ///
    /// # Errors
    /// [`ProjectError`] when their folder cannot be read.
    pub fn backups(&self) -> Result<Vec<Backup>, ProjectError> {
        Ok(self.store.backups()?)
    }

    /// Folds the write-ahead log into the file: when idle, and before closing.
    ///
    /// # Errors
    /// [`ProjectError`]; nothing is lost then.
    pub fn checkpoint(&self) -> Result<(), ProjectError> {
        Ok(self.store.checkpoint()?)
    }

    /// Lets the file grow by no more than so many pages: what is seen on a full disk, for tests.
    ///
    /// # Errors
    /// [`ProjectError`].
    #[doc(hidden)]
    pub fn grow_at_most(&self, pages: i64) -> Result<(), ProjectError> {
        Ok(self.store.grow_at_most(pages)?)
    }

    /// Has long acts written in transactions that take in nothing more after so long, for tests.
    #[doc(hidden)]
    pub const fn let_transactions_last(&mut self, lasts: std::time::Duration) {
        self.store.let_transactions_last(lasts);
    }

    /// How long the longest transaction has lasted that wrote something, for measurements.
    #[must_use]
    #[doc(hidden)]
    pub const fn longest_transaction(&self) -> std::time::Duration {
        self.store.longest_transaction()
    }

    /// Writes the whole project to a new file, as it is now. It works also when the project's own file was removed.
    ///
    /// # Errors
    /// [`ProjectError`]; a file that is there already is not touched.
    pub fn copy_to(&self, path: &Path) -> Result<(), ProjectError> {
        Ok(self.store.copy_to(path)?)
    }

    /// Looks through the file and the log: sound, whole, and the rows are what the log says.
    ///
    /// # Errors
    /// [`ProjectError`] when the file cannot be read at all.
    pub fn check(&self, repair: bool) -> Result<Vec<Finding>, ProjectError> {
        let mut findings = self.store.check(repair)?;
        let loaded =
            self.store.entities().map_err(ProjectError::from).and_then(|entities| Ok(Study::from_entities(entities, self.texts.as_ref())?));
        match (loaded, self.fold_log()) {
            (Ok(loaded), Ok(folded)) if loaded.entities() == folded.entities() => {}
            (Ok(_), Ok(_)) => findings.push(Finding::open("The rows of the project are not what its log leads to.")),
            (Err(error), _) => findings.push(Finding::open(format!("The study cannot be loaded: {error}."))),
            (_, Err(error)) => findings.push(Finding::open(format!("The log cannot be followed: {error}."))),
        }
        Ok(findings)
    }

    /// The study that the log leads to, edit by edit, from nothing.
    pub(crate) fn fold_log(&self) -> Result<Study, ProjectError> {
        self.fold_log_to(u64::MAX)
    }

    /// The study that the log leads to up to and with edit `seq`.
    pub(super) fn fold_log_to(&self, seq: u64) -> Result<Study, ProjectError> {
        let mut study = Study::default();
        let mut edits = self.store.edits(seq.checked_add(1), usize::MAX)?;
        edits.reverse();
        // What came from a copy has its effect in the merge that brought it.
        for edit in edits.into_iter().filter(|edit| edit.brought_by.is_none()) {
            let mut changes = Vec::new();
            for logged in self.store.changes(edit.seq)? {
                let current = study.entity(logged.entity(), logged.owner);
                changes.push(logged.onto(current.as_ref())?);
            }
            study.apply_in_place(&changes, self.texts.as_ref())?;
        }
        Ok(study)
    }

    /// Writes entities that every project or coder begins with, as an edit that cannot be undone.
    pub(super) fn set_up(&mut self, label: &str, entities: Vec<Entity>) -> Result<(), EditError> {
        let changes: Vec<_> = entities.into_iter().map(|entity| Change { before: None, after: Some(entity) }).collect();
        let next = self.study.apply(&changes, self.texts.as_ref())?;
        let edit = NewEdit {
            kind: EditKind::Setup,
            device: self.me.device,
            coder: self.me.coder,
            now: now(),
            label,
            of: None,
            group: None,
            changes: &changes,
        };
        self.store.write(&[edit])?;
        self.study = Arc::new(next);
        Ok(())
    }

    /// Makes the coder at the first edit.
    pub(super) fn introduce_coder(&mut self) -> Result<(), EditError> {
        if self.study.coders().contains_key(&self.me.coder) {
            return Ok(());
        }
        let coder = Coder { id: self.me.coder, name: self.me.name.clone(), initials: self.me.initials.clone() };
        self.set_up(FIRST_EDIT, vec![coder.into()])
    }
}

impl Drop for Project {
    fn drop(&mut self) {
        self.texts.close();
        if self.access() == Access::Write
            && let Err(error) = self.store.checkpoint()
        {
            tracing::warn!(%error, "the log could not be folded in at the end; it will be at the next start");
        }
    }
}

/// What the wall clock shows, in milliseconds since 1970.
pub(super) fn now() -> i64 {
    jiff::Timestamp::now().as_millisecond()
}

fn first_entities(name: &str) -> Vec<Entity> {
    let project = ProjectInfo { id: ProjectId::new(), name: name.to_owned(), about: String::new(), synthetic: false };
    let of_cases =
        [("Participant group", Role::Group), ("Case-study area", Role::Area)].into_iter().map(|(name, role)| (name, Some(role), None));
    let of_sources = [("Kind", BuiltIn::Kind), ("Date", BuiltIn::Date), ("Wave", BuiltIn::Wave), ("Interviewer", BuiltIn::Interviewer)];
    let of_sources = of_sources.into_iter().map(|(name, built_in)| (name, None, Some(built_in)));
    let attributes = of_cases.chain(of_sources).zip(1..).map(|((name, role, built_in), position)| {
        let of = if role.is_some() { AttributeOf::Cases } else { AttributeOf::Sources };
        Entity::from(Attribute { id: AttributeId::new(), name: name.to_owned(), of, role, built_in, identifying: false, position })
    });
    std::iter::once(project.into()).chain(attributes).collect()
}
