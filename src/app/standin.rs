//! A project in memory with the interface of `project`, until that module is here.
#![allow(
    missing_docs,
    clippy::allow_attributes,
    clippy::unnecessary_wraps,
    clippy::missing_const_for_fn,
    clippy::unused_self,
    clippy::needless_pass_by_value
)]

use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::sync::{Arc, RwLock};

use crate::study::*;
use crate::text::*;

#[derive(Clone)]
pub struct Me {
    pub device: DeviceId,
    pub coder: CoderId,
    pub name: String,
    pub initials: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    Write,
    Read,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EditKind {
    Act,
    Undo,
    Redo,
}

#[derive(Clone, Debug)]
pub struct EditSummary {
    pub seq: u64,
    pub id: EditId,
    pub time: i64,
    pub coder: CoderId,
    pub label: String,
    pub undone: bool,
    pub kind: EditKind,
    pub changes: usize,
    pub sources: Vec<SourceId>,
}

#[derive(Debug, thiserror::Error)]
pub enum EditError {
    #[error("{0}")]
    Other(String),
    #[error(transparent)]
    Apply(#[from] ApplyError),
    #[error(transparent)]
    Texts(#[from] NoSuchBlob),
}

#[derive(Debug, thiserror::Error)]
pub enum ProjectError {
    #[error("there is no project here")]
    Missing,
    #[error("another window has it")]
    InUse,
}

#[derive(Default)]
struct Blobs {
    texts: RwLock<HashMap<BlobId, Arc<str>>>,
    geometries: RwLock<HashMap<BlobId, Arc<Geometry>>>,
}

impl Texts for Blobs {
    fn text(&self, id: BlobId) -> Result<Arc<str>, NoSuchBlob> {
        self.texts
            .read()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
            .get(&id)
            .cloned()
            .ok_or_else(|| NoSuchBlob { id, reason: "missing".into() })
    }
    fn geometry(&self, id: BlobId) -> Result<Arc<Geometry>, NoSuchBlob> {
        self.geometries
            .read()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
            .get(&id)
            .cloned()
            .ok_or_else(|| NoSuchBlob { id, reason: "missing".into() })
    }
}

pub struct Project {
    study: Arc<Study>,
    blobs: Arc<Blobs>,
    me: Me,
    path: PathBuf,
    done: Vec<(EditSummary, Arc<Study>, Option<u64>)>,
    undone: Vec<(EditSummary, Arc<Study>)>,
    seq: u64,
}

impl Project {
    pub fn create(path: &Path, name: &str, me: &Me) -> Result<Self, ProjectError> {
        let mut project =
            Self { study: Arc::default(), blobs: Arc::default(), me: me.clone(), path: path.into(), done: vec![], undone: vec![], seq: 0 };
        let _ = project.edit("New project", |tx| {
            tx.put(ProjectInfo { id: ProjectId::new(), name: name.into(), about: String::new(), synthetic: false })?;
            for (index, (name, built_in)) in
                [("Kind", BuiltIn::Kind), ("Date", BuiltIn::Date), ("Wave", BuiltIn::Wave), ("Interviewer", BuiltIn::Interviewer)]
                    .into_iter()
                    .enumerate()
            {
                tx.put(Attribute {
                    id: AttributeId::new(),
                    name: name.into(),
                    of: AttributeOf::Sources,
                    role: None,
                    built_in: Some(built_in),
                    identifying: false,
                    position: index as i64,
                })?;
            }
            for (name, role) in [("Participant group", Role::Group), ("Case-study area", Role::Area)] {
                tx.put(Attribute {
                    id: AttributeId::new(),
                    name: name.into(),
                    of: AttributeOf::Cases,
                    role: Some(role),
                    built_in: None,
                    identifying: false,
                    position: 1,
                })?;
            }
            Ok(())
        });
        Ok(project)
    }

    /// A folder of transcripts, read roughly.
    pub fn open(path: &Path, _access: Access, me: &Me) -> Result<Self, ProjectError> {
        let mut project = Self::create(path, "Study", me)?;
        if path.is_dir() && super::standin_folder::load(&mut project, path).is_none() {
            return Err(ProjectError::Missing);
        }
        if !path.exists() {
            return Err(ProjectError::Missing);
        }
        project.done.clear();
        Ok(project)
    }

    pub fn study(&self) -> Arc<Study> {
        Arc::clone(&self.study)
    }
    pub fn texts(&self) -> Arc<dyn Texts> {
        Arc::clone(&self.blobs) as Arc<dyn Texts>
    }
    pub fn me(&self) -> &Me {
        &self.me
    }
    pub fn path(&self) -> &Path {
        &self.path
    }
    pub fn access(&self) -> Access {
        Access::Write
    }

    pub fn edit<T>(&mut self, label: &str, act: impl FnOnce(&mut Tx<'_>) -> Result<T, EditError>) -> Result<T, EditError> {
        self.act(None, label, act)
    }

    pub fn edit_in_group<T>(
        &mut self,
        group: u64,
        label: &str,
        act: impl FnOnce(&mut Tx<'_>) -> Result<T, EditError>,
    ) -> Result<T, EditError> {
        self.act(Some(group), label, act)
    }

    fn act<T>(&mut self, group: Option<u64>, label: &str, act: impl FnOnce(&mut Tx<'_>) -> Result<T, EditError>) -> Result<T, EditError> {
        let before = self.study();
        let mut tx = Tx { study: (*self.study).clone(), blobs: &self.blobs, me: &self.me, changes: 0 };
        if tx.study.coders().get(&self.me.coder).is_none() {
            tx.put(Coder { id: self.me.coder, name: self.me.name.clone(), initials: self.me.initials.clone() })?;
        }
        let answer = act(&mut tx)?;
        let changes = tx.changes;
        self.study = Arc::new(tx.study);
        self.seq += 1;
        let summary = EditSummary {
            seq: self.seq,
            id: EditId { device: self.me.device, counter: self.seq },
            time: now(),
            coder: self.me.coder,
            label: label.into(),
            undone: false,
            kind: EditKind::Act,
            changes,
            sources: vec![],
        };
        let same = group.is_some() && self.done.last().is_some_and(|last| last.2 == group);
        if !same {
            self.done.push((summary, before, group));
        }
        self.undone.clear();
        Ok(answer)
    }

    pub fn undo(&mut self) -> Result<Option<EditSummary>, EditError> {
        let Some((summary, before, _)) = self.done.pop() else { return Ok(None) };
        self.undone.push((summary.clone(), std::mem::replace(&mut self.study, before)));
        Ok(Some(summary))
    }
    pub fn redo(&mut self) -> Result<Option<EditSummary>, EditError> {
        let Some((summary, after)) = self.undone.pop() else { return Ok(None) };
        self.done.push((summary.clone(), std::mem::replace(&mut self.study, after), None));
        Ok(Some(summary))
    }
    pub fn next_undo(&self) -> Result<Option<EditSummary>, EditError> {
        Ok(self.done.last().map(|last| last.0.clone()))
    }
    pub fn next_redo(&self) -> Result<Option<EditSummary>, EditError> {
        Ok(self.undone.last().map(|last| last.0.clone()))
    }
    pub fn history(&self, _before: Option<u64>, limit: usize) -> Result<Vec<EditSummary>, EditError> {
        Ok(self.done.iter().rev().take(limit).map(|one| one.0.clone()).collect())
    }
}

fn now() -> i64 {
    std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).map_or(0, |since| since.as_millis() as i64)
}

pub struct Tx<'a> {
    study: Study,
    blobs: &'a Blobs,
    me: &'a Me,
    changes: usize,
}

impl Tx<'_> {
    pub fn study(&self) -> &Study {
        &self.study
    }
    pub fn me(&self) -> &Me {
        self.me
    }
    pub fn now(&self) -> i64 {
        now()
    }
    fn change(&mut self, changes: &[Change]) -> Result<(), EditError> {
        self.study = self.study.apply(changes, self.blobs)?;
        self.changes += changes.len();
        Ok(())
    }
    pub fn put(&mut self, entity: impl Into<Entity>) -> Result<(), EditError> {
        let after = entity.into();
        let before = self.study.entity(after.id(), after.owner());
        self.change(&[Change { before, after: Some(after) }])
    }
    pub fn put_all(&mut self, entities: Vec<Entity>) -> Result<(), EditError> {
        let changes: Vec<_> = entities.into_iter().map(|after| Change { before: None, after: Some(after) }).collect();
        self.change(&changes)
    }
    pub fn remove(&mut self, id: EntityId, owner: Option<SourceId>) -> Result<(), EditError> {
        let before = self.study.entity(id, owner);
        self.change(&[Change { before, after: None }])
    }
    pub fn text(&self, source: SourceId) -> Result<Arc<str>, EditError> {
        let revision = self
            .study
            .material(source)
            .and_then(|material| material.revision())
            .ok_or_else(|| EditError::Other("no such source".into()))?;
        Ok(self.blobs.text(revision.text)?)
    }
    pub fn blob_text(&mut self, text: Arc<str>) -> BlobId {
        let id = BlobId::of(text.as_bytes());
        self.blobs.texts.write().unwrap_or_else(std::sync::PoisonError::into_inner).insert(id, text);
        id
    }
    pub fn blob_geometry(&mut self, geometry: Geometry) -> BlobId {
        let id = BlobId::of(&geometry.to_bytes());
        self.blobs.geometries.write().unwrap_or_else(std::sync::PoisonError::into_inner).insert(id, Arc::new(geometry));
        id
    }
    fn revision(&self, source: SourceId) -> Result<RevisionId, EditError> {
        self.study.material(source).map(|material| material.source.revision).ok_or_else(|| EditError::Other("no such source".into()))
    }
    pub fn code(&mut self, source: SourceId, span: Span, theme: ThemeId, origin: Origin) -> Result<CodingId, EditError> {
        self.code_as(self.me.coder, now(), source, span, theme, origin)
    }
    pub fn code_as(
        &mut self,
        coder: CoderId,
        time: i64,
        source: SourceId,
        span: Span,
        theme: ThemeId,
        origin: Origin,
    ) -> Result<CodingId, EditError> {
        let span = span.trimmed(&self.text(source)?);
        if let Some(coding) = self.study.coding_of(source, span, theme, coder) {
            return Ok(coding.id);
        }
        let id = CodingId::new();
        let revision = self.revision(source)?;
        self.put(Coding { id, source, revision, span, theme, coder, time, origin })?;
        Ok(id)
    }
    pub fn coding(&self, source: SourceId, coding: CodingId) -> Result<Coding, EditError> {
        self.study.coding(source, coding).map(|coded| coded.coding.clone()).ok_or_else(|| EditError::Other("that coding is gone".into()))
    }
    pub fn uncode(&mut self, source: SourceId, coding: CodingId) -> Result<(), EditError> {
        let Some(material) = self.study.material(source).cloned() else { return Ok(()) };
        let mut changes = Vec::new();
        let gone = |entity: Entity| Change { before: Some(entity), after: None };
        changes.extend(material.quote_marks.iter().filter(|mark| mark.coding == Some(coding)).map(|mark| gone(mark.clone().into())));
        changes.extend(material.contrary_marks.iter().filter(|mark| mark.coding == coding).map(|mark| gone(mark.clone().into())));
        changes.extend(
            material.memos.iter().filter(|memo| memo.on == MemoOn::Coding { source, coding }).map(|memo| gone(memo.clone().into())),
        );
        changes.push(gone(self.coding(source, coding)?.into()));
        self.change(&changes)
    }
    pub fn recode(&mut self, source: SourceId, coding: CodingId, theme: ThemeId) -> Result<CodingId, EditError> {
        let mut it = self.coding(source, coding)?;
        it.theme = theme;
        self.put(it)?;
        Ok(coding)
    }
    pub fn resize(&mut self, source: SourceId, coding: CodingId, span: Span) -> Result<(), EditError> {
        let mut it = self.coding(source, coding)?;
        it.span = span;
        self.put(it)
    }
    pub fn toggle_quote(&mut self, source: SourceId, coding: CodingId) -> Result<bool, EditError> {
        let it = self.coding(source, coding)?;
        let mark =
            self.study.material(source).and_then(|material| material.quote_marks.iter().find(|mark| mark.coding == Some(coding)).cloned());
        match mark {
            Some(mark) => {
                self.remove(Entity::from(mark).id(), Some(source))?;
                Ok(false)
            }
            None => {
                self.put(QuoteMark {
                    id: QuoteMarkId::new(),
                    source,
                    revision: it.revision,
                    span: it.span,
                    coding: Some(coding),
                    coder: self.me.coder,
                    time: now(),
                })?;
                Ok(true)
            }
        }
    }
    pub fn set_contrary(&mut self, source: SourceId, coding: CodingId, contrary_to: Option<&str>) -> Result<(), EditError> {
        let mark =
            self.study.material(source).and_then(|material| material.contrary_marks.iter().find(|mark| mark.coding == coding).cloned());
        match (mark, contrary_to) {
            (Some(mark), None) => self.remove(Entity::from(mark).id(), Some(source)),
            (Some(mut mark), Some(to)) => {
                mark.contrary_to = to.into();
                self.put(mark)
            }
            (None, Some(to)) => self.put(ContraryMark {
                id: ContraryMarkId::new(),
                source,
                coding,
                contrary_to: to.into(),
                coder: self.me.coder,
                time: now(),
            }),
            (None, None) => Ok(()),
        }
    }
    pub fn write_memo(&mut self, on: MemoOn, kind: MemoKind, text: &str) -> Result<MemoId, EditError> {
        let id = MemoId::new();
        self.put(Memo { id, on, kind, text: text.into(), coder: self.me.coder, time: now() })?;
        Ok(id)
    }
    pub fn set_status(&mut self, source: SourceId, status: StatusKind) -> Result<(), EditError> {
        let coder = self.me.coder;
        self.put(Status { id: Status::id_of(source, coder), source, coder, status })
    }
    pub fn add_theme(&mut self, parent: Option<ThemeId>, name: &str) -> Result<ThemeId, EditError> {
        let id = ThemeId::new();
        let position = self.study.codebook().children(parent).map(|theme| theme.position).max().unwrap_or(0) + 1;
        self.put(Theme {
            id,
            name: name.trim().into(),
            parent,
            position,
            number: None,
            abbreviation: String::new(),
            colour: None,
            definition: String::new(),
            use_when: String::new(),
            not_when: String::new(),
        })?;
        Ok(id)
    }
    pub fn theme_at(&mut self, path: &str) -> Result<ThemeId, EditError> {
        let mut parent = None;
        for name in path.split(['>', '›']) {
            parent = Some(match self.study.codebook().child_named(parent, name) {
                Some(id) => id,
                None => self.add_theme(parent, name)?,
            });
        }
        parent.ok_or_else(|| EditError::Other("a theme needs a name".into()))
    }
    pub fn change_theme(&mut self, theme: Theme) -> Result<(), EditError> {
        self.put(theme)
    }
    pub fn case_labelled(&mut self, label: &str, kind: CaseKind) -> Result<CaseId, EditError> {
        if let Some(case) = self.study.case_labelled(label) {
            return Ok(case.id);
        }
        let id = CaseId::new();
        let position = self.study.cases().len() as i64;
        self.put(Case { id, label: label.into(), kind, values: Values::default(), position })?;
        Ok(id)
    }
    pub fn attribute_named(&mut self, name: &str, of: AttributeOf) -> Result<AttributeId, EditError> {
        if let Some(attribute) = self.study.attributes().named(name) {
            return Ok(attribute.id);
        }
        let id = AttributeId::new();
        self.put(Attribute { id, name: name.into(), of, role: None, built_in: None, identifying: false, position: 9 })?;
        Ok(id)
    }
    pub fn value_named(&mut self, attribute: AttributeId, name: &str) -> Result<ValueId, EditError> {
        if let Some(value) = self.study.attributes().find_value(attribute, name) {
            return Ok(value.id);
        }
        let id = ValueId::new();
        let position = self.study.attributes().values_of(attribute).len() as i64;
        self.put(Value { id, attribute, name: name.into(), aliases: vec![], position })?;
        Ok(id)
    }
    pub fn set_value(&mut self, case: CaseId, attribute: AttributeId, values: BTreeSet<ValueId>) -> Result<(), EditError> {
        let mut case = self.study.case(case).cloned().ok_or_else(|| EditError::Other("no such case".into()))?;
        case.values.insert(attribute, values);
        self.put(case)
    }
}
