use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::study_folder::{
    FolderAttribute, FolderCase, FolderCitation, FolderCites, FolderCoding, FolderCrossed, FolderMemoOn, FolderSummary, StudyFolder,
};
use crate::analysis::basis::basis_of;
use crate::exchange::import::add::{Imported, add, with_role};
use crate::project::{EditError, Project, Tx};
use crate::study::{
    Attribute, AttributeId, Case, CaseKind, Citation, Cites, Coder, CoderId, Coding, CodingId, ContraryMark, ContraryMarkId, Crossed,
    Crossing, Entity, Memo, MemoId, MemoKind, MemoOn, Origin, ProjectInfo, QuoteFacts, QuoteMark, QuoteMarkId, RevisionId, SourceId,
    Status, Summary, SummaryId, Theme, ThemeId, Value, ValueId,
};
use crate::text::Span;

/// Loads a study folder into a project, as one edit that can be undone.
///
/// # Errors
/// [`EditError`]; nothing is written then.
pub fn load(project: &mut Project, folder: &StudyFolder) -> Result<Vec<Imported>, EditError> {
    project.edit("Load study folder", |tx| load_into(tx, folder))
}

/// Loads a study folder within an edit. What the project has of the same name is completed, not made twice.
///
/// # Errors
/// [`EditError`] when something of it does not fit the project.
pub fn load_into(tx: &mut Tx<'_>, folder: &StudyFolder) -> Result<Vec<Imported>, EditError> {
    about(tx, folder)?;
    let coders = coders(tx, folder)?;
    for attribute in &folder.attributes {
        load_attribute(tx, attribute)?;
    }
    let themes = themes(tx, folder)?;
    let imported = folder.drafts.iter().map(|draft| add(tx, draft, true)).collect::<Result<Vec<_>, _>>()?;
    for case in &folder.cases {
        load_case(tx, case)?;
    }
    let mut loader =
        Loader { coders, themes, sources: sources(tx, &imported)?, now: tx.now(), known: BTreeMap::new(), entities: Vec::new() };
    folder.codings.iter().for_each(|coding| loader.coding(coding));
    loader.memos(tx, folder)?;
    loader.statuses(folder);
    tx.put_all(std::mem::take(&mut loader.entities))?;
    // What lies under a cell is known only when the codings are there.
    let summaries = loader.summaries(tx, folder)?;
    tx.put_all(summaries)?;
    Ok(imported)
}

fn about(tx: &mut Tx<'_>, folder: &StudyFolder) -> Result<(), EditError> {
    if folder.name.is_empty() {
        return Ok(());
    }
    let info = tx.study().project().clone();
    tx.put(ProjectInfo { name: folder.name.clone(), about: folder.about.clone(), synthetic: folder.synthetic, ..info })
}

/// The coders by the identities the folder gives them; one of the same name in the project is the same person.
fn coders(tx: &mut Tx<'_>, folder: &StudyFolder) -> Result<BTreeMap<CoderId, CoderId>, EditError> {
    let mut ids = BTreeMap::new();
    for coder in &folder.coders {
        let there = tx.study().coders().values().find(|there| there.name == coder.name).map(|there| there.id);
        if there.is_none() {
            tx.put(Coder::clone(coder))?;
        }
        ids.insert(coder.id, there.unwrap_or(coder.id));
    }
    Ok(ids)
}

fn load_attribute(tx: &mut Tx<'_>, given: &FolderAttribute) -> Result<(), EditError> {
    let id = match given.role {
        Some(role) => with_role(tx, role)?,
        None => tx.attribute_named(&given.name, given.of)?,
    };
    let there = tx.study().attributes().get(id).cloned().ok_or(EditError::Gone("attribute"))?;
    tx.put(Attribute { name: given.name.clone(), identifying: given.identifying || there.identifying, ..there })?;
    for (name, aliases) in &given.values {
        let value = tx.value_named(id, name)?;
        let there = tx.study().attributes().value(value).cloned().ok_or(EditError::Gone("value"))?;
        let mut all = there.aliases.clone();
        all.extend(aliases.iter().filter(|alias| !there.aliases.contains(alias)).cloned());
        tx.put(Value { aliases: all, ..there })?;
    }
    Ok(())
}

fn themes(tx: &mut Tx<'_>, folder: &StudyFolder) -> Result<Vec<ThemeId>, EditError> {
    let mut ids = Vec::new();
    for given in &folder.themes {
        let mut id = None;
        for name in &given.path {
            id = Some(match tx.study().codebook().child_named(id, name) {
                Some(there) => there,
                None => tx.add_theme(id, name)?,
            });
        }
        let id = id.ok_or(EditError::NoName)?;
        let there = tx.study().codebook().get(id).cloned().ok_or(EditError::Gone("theme"))?;
        tx.change_theme(Theme {
            number: given.number.clone(),
            abbreviation: given.abbreviation.clone(),
            colour: given.colour.clone().or(there.colour),
            definition: given.definition.clone(),
            use_when: given.use_when.clone(),
            not_when: given.not_when.clone(),
            origin: given.origin,
            ..there
        })?;
        ids.push(id);
    }
    Ok(ids)
}

fn load_case(tx: &mut Tx<'_>, given: &FolderCase) -> Result<(), EditError> {
    let id = tx.case_labelled(&given.label, given.kind.unwrap_or(CaseKind::Person))?;
    let there = tx.study().case(id).cloned().ok_or(EditError::Gone("case"))?;
    tx.put(Case { kind: given.kind.unwrap_or(there.kind), ..there })?;
    for (name, values) in &given.values {
        let attribute = attribute_named(tx, name)?;
        let values = values.iter().map(|value| tx.value_named(attribute, value)).collect::<Result<BTreeSet<_>, _>>()?;
        tx.set_value(id, attribute, values)?;
    }
    Ok(())
}

fn attribute_named(tx: &Tx<'_>, name: &str) -> Result<AttributeId, EditError> {
    tx.study().attributes().named(name).map(|attribute| attribute.id).ok_or(EditError::Gone("attribute"))
}

fn sources(tx: &Tx<'_>, imported: &[Imported]) -> Result<Vec<(SourceId, RevisionId)>, EditError> {
    imported.iter().map(|imported| Ok((imported.source, tx.material(imported.source)?.source.revision))).collect()
}

/// Gathers the many small entities, which are written together.
struct Loader {
    coders: BTreeMap<CoderId, CoderId>,
    themes: Vec<ThemeId>,
    sources: Vec<(SourceId, RevisionId)>,
    now: i64,
    /// Passage, theme and coder make a coding: one that is given twice is one.
    known: BTreeMap<(SourceId, Span, ThemeId, CoderId), CodingId>,
    entities: Vec<Entity>,
}

impl Loader {
    fn coder(&self, given: CoderId) -> CoderId {
        self.coders.get(&given).copied().unwrap_or(given)
    }

    fn coding(&mut self, given: &FolderCoding) {
        let (Some(&(source, revision)), Some(&theme)) = (self.sources.get(given.source), self.themes.get(given.theme)) else { return };
        let (span, coder, time) = (given.span, self.coder(given.coder), given.time.unwrap_or(self.now));
        let id = *self.known.entry((source, span, theme, coder)).or_insert_with(|| {
            let id = CodingId::new();
            self.entities.push(Coding { id, source, revision, span, theme, coder, time, origin: Origin::Import }.into());
            id
        });
        if given.quote_mark {
            let mark =
                QuoteMark { id: QuoteMarkId::new(), source, revision, span, coding: Some(id), coder, time, facts: QuoteFacts::default() };
            self.entities.push(mark.into());
        }
        if let Some(line) = &given.contrary {
            let mark = ContraryMark { id: ContraryMarkId::new(), source, coding: id, contrary_to: line.clone(), coder, time };
            self.entities.push(mark.into());
        }
        if let Some(text) = &given.memo {
            let on = MemoOn::Coding { source, coding: id };
            self.entities.push(Memo { id: MemoId::new(), on, kind: MemoKind::Analytic, text: text.clone(), coder, time }.into());
        }
    }

    fn memos(&mut self, tx: &mut Tx<'_>, folder: &StudyFolder) -> Result<(), EditError> {
        for given in &folder.memos {
            let on = match &given.on {
                FolderMemoOn::Project => MemoOn::Project,
                FolderMemoOn::Source(index) => MemoOn::Source { source: self.sources.get(*index).ok_or(EditError::Gone("source"))?.0 },
                FolderMemoOn::Theme(index) => MemoOn::Theme { theme: *self.themes.get(*index).ok_or(EditError::Gone("theme"))? },
                FolderMemoOn::Case(label) => MemoOn::Case { case: tx.case_labelled(label, CaseKind::Person)? },
            };
            let time = given.time.unwrap_or(self.now);
            let memo = Memo { id: MemoId::new(), on, kind: given.kind, text: given.text.clone(), coder: self.coder(given.coder), time };
            self.entities.push(memo.into());
        }
        Ok(())
    }

    fn statuses(&mut self, folder: &StudyFolder) {
        for given in &folder.statuses {
            let Some(&(source, _)) = self.sources.get(given.source) else { continue };
            let coder = self.coder(given.coder);
            self.entities.push(Status { id: Status::id_of(source, coder), source, coder, status: given.status }.into());
        }
    }

    /// The summaries, each by its own coder and resting on what lies under its cell. Where the project has one in a cell, the
    /// folder's waits there to be settled.
    fn summaries(&self, tx: &mut Tx<'_>, folder: &StudyFolder) -> Result<Vec<Entity>, EditError> {
        let mut summaries = folder.summaries.iter().map(|given| self.summary(tx, given)).collect::<Result<Vec<_>, _>>()?;
        let cells: Vec<Crossing> = summaries.iter().map(|summary| summary.cell.clone()).collect();
        for (summary, basis) in summaries.iter_mut().zip(basis_of(tx.study(), &cells.iter().collect::<Vec<_>>())) {
            summary.basis = Arc::new(basis);
            summary.from = tx.study().summaries().of(&summary.cell).map(|_| folder.name.clone());
        }
        Ok(summaries.into_iter().map(Entity::from).collect())
    }

    fn summary(&self, tx: &mut Tx<'_>, given: &FolderSummary) -> Result<Summary, EditError> {
        let theme = *self.themes.get(given.theme).ok_or(EditError::Gone("theme"))?;
        let of = match &given.of {
            FolderCrossed::Case(label) => Crossed::Case(tx.case_labelled(label, CaseKind::Person)?),
            FolderCrossed::Values(values) => Crossed::Values(values.iter().map(|it| value_of(tx, it)).collect::<Result<_, _>>()?),
        };
        let citations = given.citations.iter().map(|citation| self.citation(tx, citation)).collect::<Result<_, _>>()?;
        let FolderSummary { text, spread, state, silence, .. } = given.clone();
        let (coder, time) = (self.coder(given.coder), given.time.unwrap_or(self.now));
        let (id, cell, basis) = (SummaryId::new(), Crossing { theme, of }, Arc::default());
        Ok(Summary { id, cell, from: None, text, spread, citations, state, silence, basis, coder, time, confirmed: None })
    }

    fn citation(&self, tx: &mut Tx<'_>, given: &FolderCitation) -> Result<Citation, EditError> {
        let of = match &given.of {
            FolderCites::Passage(source, span) => {
                let &(source, revision) = self.sources.get(*source).ok_or(EditError::Gone("source"))?;
                Cites::Passage { source, revision, span: *span }
            }
            FolderCites::Summary(case) => Cites::Summary { case: tx.case_labelled(case, CaseKind::Person)? },
        };
        Ok(Citation { number: given.number, of, words: given.words.clone() })
    }
}

/// An attribute of a cell and its value; none is *Not stated*.
fn value_of(tx: &mut Tx<'_>, (attribute, value): &(String, Option<String>)) -> Result<(AttributeId, Option<ValueId>), EditError> {
    let attribute = attribute_named(tx, attribute)?;
    let value = value.as_ref().map(|value| tx.value_named(attribute, value)).transpose()?;
    Ok((attribute, value))
}
