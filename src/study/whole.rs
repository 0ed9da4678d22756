use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use jiff::civil::Date;

use super::attributes::{Attributes, NOT_STATED};
use super::codebook::Codebook;
use super::codings::Coded;
use super::day::day_written;
use super::entities::{
    BuiltIn, Case, Coder, Coding, Crossed, Crossing, Entity, EntityId, EntityRef, EvidenceOf, Example, Kind, Memo, ProjectInfo, Role,
    Saved, SavedKind,
};
use super::ids::{
    AttributeId, CaseId, CoderId, CodingId, DimensionId, EvidenceId, ExampleId, MemoId, PlacementId, ProjectId, PropositionId, SourceId,
    SummaryId, ThemeId, TypologyId, ValueId,
};
use super::material::Material;
use super::propositions::Propositions;
use super::summaries::Summaries;
use super::typologies::Typologies;
use crate::text::{Span, fold};

/// The whole project without its texts, at one moment.
///
/// Cloning shares everything; an edit copies only what it touches, of the sources only the ones it changes.
#[derive(Clone, Debug)]
pub struct Study {
    /// Whose work alone is in it; none where it is everybody's.
    pub(super) alone: Option<CoderId>,
    pub(super) project: Arc<ProjectInfo>,
    pub(super) coders: Arc<BTreeMap<CoderId, Coder>>,
    pub(super) attributes: Arc<Attributes>,
    pub(super) codebook: Arc<Codebook>,
    pub(super) cases: Arc<BTreeMap<CaseId, Case>>,
    /// Memos on the project, themes and cases; the others lie with their sources.
    pub(super) memos: Arc<Vec<Memo>>,
    /// Views and queries kept under a name.
    pub(super) saved: Arc<Vec<Saved>>,
    /// The typical examples of themes. They are found by their theme, and so lie here and not with their sources.
    pub(super) examples: Arc<BTreeMap<ExampleId, Example>>,
    /// What was written in the cells of the matrix.
    pub(super) summaries: Arc<Summaries>,
    /// Statements, and what speaks for and against them.
    pub(super) propositions: Arc<Propositions>,
    /// Types of cases.
    pub(super) typologies: Arc<Typologies>,
    /// The sources in the analyst's order.
    pub(super) materials: Arc<Vec<Arc<Material>>>,
    pub(super) places: Arc<HashMap<SourceId, usize>>,
}

impl Default for Study {
    fn default() -> Self {
        Self {
            alone: None,
            project: Arc::new(ProjectInfo {
                id: ProjectId(uuid::Uuid::nil()),
                name: String::new(),
                about: String::new(),
                synthetic: false,
            }),
            coders: Arc::default(),
            attributes: Arc::default(),
            codebook: Arc::default(),
            cases: Arc::default(),
            memos: Arc::default(),
            saved: Arc::default(),
            examples: Arc::default(),
            summaries: Arc::default(),
            propositions: Arc::default(),
            typologies: Arc::default(),
            materials: Arc::default(),
            places: Arc::default(),
        }
    }
}

impl Study {
    /// Whose work alone is in it, where that coder works blind: it is what is seen of a study, and no edit is made from it.
    #[must_use]
    pub const fn alone(&self) -> Option<CoderId> {
        self.alone
    }

    /// Whether what `coder` made is in it.
    #[must_use]
    pub fn shows(&self, coder: CoderId) -> bool {
        self.alone.is_none_or(|alone| alone == coder)
    }

    /// Those whose work is in it, in the order of their arrival.
    pub fn coders_shown(&self) -> impl Iterator<Item = &Coder> {
        self.coders.values().filter(|coder| self.shows(coder.id))
    }

    /// Name and nature of the study.
    #[must_use]
    pub fn project(&self) -> &ProjectInfo {
        &self.project
    }

    /// Everybody who has edited, by identity, which is the order of their arrival.
    #[must_use]
    pub fn coders(&self) -> &BTreeMap<CoderId, Coder> {
        &self.coders
    }

    /// Whether somebody else than `coder` works on it too.
    #[must_use]
    pub fn has_colleague_of(&self, coder: CoderId) -> bool {
        self.coders.keys().any(|other| *other != coder)
    }

    /// Those of them who are people, which is all but the agreed layer, and whose work is in it.
    pub fn analysts(&self) -> impl Iterator<Item = &Coder> {
        self.coders_shown().filter(|coder| coder.id != CoderId::agreed())
    }

    /// How many sources are reconciled; see [`Material::is_reconciled`].
    #[must_use]
    pub fn reconciled(&self) -> usize {
        // Only with an agreed layer are sources to be looked at.
        if self.coders.contains_key(&CoderId::agreed()) { self.materials.iter().filter(|it| it.is_reconciled()).count() } else { 0 }
    }

    /// The coder of this name or these initials, case folded.
    #[must_use]
    pub fn coder_named(&self, name: &str) -> Option<&Coder> {
        let wanted = fold(name.trim());
        let by_name = self.coders.values().find(|coder| fold(&coder.name) == wanted);
        by_name.or_else(|| self.coders.values().find(|coder| fold(&coder.initials) == wanted))
    }

    /// The attributes and their values.
    #[must_use]
    pub fn attributes(&self) -> &Attributes {
        &self.attributes
    }

    /// The themes.
    #[must_use]
    pub fn codebook(&self) -> &Codebook {
        &self.codebook
    }

    /// The codebook as a shared value, to be kept past this study.
    #[must_use]
    pub fn codebook_arc(&self) -> Arc<Codebook> {
        Arc::clone(&self.codebook)
    }

    /// The cases by identity.
    #[must_use]
    pub fn cases(&self) -> &BTreeMap<CaseId, Case> {
        &self.cases
    }

    /// The cases in the analyst's order.
    #[must_use]
    pub fn cases_in_order(&self) -> Vec<&Case> {
        let mut cases: Vec<_> = self.cases.values().collect();
        cases.sort_by_key(|case| (case.position, case.id));
        cases
    }

    /// The case with this identity.
    #[must_use]
    pub fn case(&self, id: CaseId) -> Option<&Case> {
        self.cases.get(&id)
    }

    /// The case with this label, case folded.
    #[must_use]
    pub fn case_labelled(&self, label: &str) -> Option<&Case> {
        let wanted = fold(label.trim());
        self.cases.values().find(|case| fold(&case.label) == wanted)
    }

    /// Memos on the project, on themes and on cases, oldest first.
    #[must_use]
    pub fn memos(&self) -> &[Memo] {
        &self.memos
    }

    /// What is kept under a name, in the analyst's order.
    #[must_use]
    pub fn saved(&self) -> &[Saved] {
        &self.saved
    }

    /// What of this kind is kept under a name, case folded.
    #[must_use]
    pub fn saved_named(&self, kind: SavedKind, name: &str) -> Option<&Saved> {
        let wanted = fold(name.trim());
        self.saved.iter().find(|saved| saved.kind == kind && fold(&saved.name) == wanted)
    }

    /// The typical examples of themes, those that lost their words in a correction too.
    #[must_use]
    pub fn examples(&self) -> &BTreeMap<ExampleId, Example> {
        &self.examples
    }

    /// What was written in the cells of the matrix.
    #[must_use]
    pub fn summaries(&self) -> &Summaries {
        &self.summaries
    }

    /// Statements, and what speaks for and against them.
    #[must_use]
    pub fn propositions(&self) -> &Propositions {
        &self.propositions
    }

    /// Types of cases.
    #[must_use]
    pub fn typologies(&self) -> &Typologies {
        &self.typologies
    }

    /// The typical example of a theme, if one was chosen.
    #[must_use]
    pub fn example_of(&self, theme: ThemeId) -> Option<&Example> {
        self.examples.get(&Example::id_of(theme))
    }

    /// Whether the words of an example are in the text that is read; if not, they were corrected away.
    #[must_use]
    pub fn is_whole(&self, example: &Example) -> bool {
        self.material(example.source).is_some_and(|material| material.is_read(example.revision))
    }

    /// The sources with all that is in them, in the analyst's order.
    #[must_use]
    pub fn materials(&self) -> &[Arc<Material>] {
        &self.materials
    }

    /// A source with all that is in it.
    #[must_use]
    pub fn material(&self, id: SourceId) -> Option<&Arc<Material>> {
        self.places.get(&id).and_then(|place| self.materials.get(*place))
    }

    /// A source's place in the analyst's order, from 0.
    #[must_use]
    pub fn place(&self, id: SourceId) -> Option<usize> {
        self.places.get(&id).copied()
    }

    /// The places of the sources in which something is not as it was `before`, in order; none when sources came, went or
    /// changed their places, so that all have to be looked at.
    #[must_use]
    pub fn changed_since(&self, before: &Self) -> Option<Vec<usize>> {
        if Arc::ptr_eq(&self.materials, &before.materials) {
            return Some(Vec::new());
        }
        // As long as the places are shared, the sources are the same.
        Arc::ptr_eq(&self.places, &before.places).then(|| {
            let pairs = self.materials.iter().zip(before.materials.iter()).enumerate();
            pairs.filter(|(_, (now, then))| !Arc::ptr_eq(now, then)).map(|(place, _)| place).collect()
        })
    }

    /// Whether what sources and cases are said to be, and by which attributes, is as it was `before`.
    #[must_use]
    pub fn shares_cases_with(&self, before: &Self) -> bool {
        Arc::ptr_eq(&self.cases, &before.cases) && Arc::ptr_eq(&self.attributes, &before.attributes)
    }

    /// The source with this label, case folded.
    #[must_use]
    pub fn source_labelled(&self, label: &str) -> Option<&Arc<Material>> {
        let wanted = fold(label.trim());
        self.materials.iter().find(|material| fold(&material.source.label) == wanted)
    }

    /// A coding of a source.
    #[must_use]
    pub fn coding(&self, source: SourceId, id: CodingId) -> Option<&Coded> {
        self.material(source)?.coding(id)
    }

    /// Every coding of a text that is read with its source, in the order of sources and places. Broken ones lie in
    /// [`Material::broken`].
    pub fn codings(&self) -> impl Iterator<Item = (&Arc<Material>, &Coded)> + '_ {
        self.materials.iter().flat_map(|material| material.codings.iter().map(move |coded| (material, coded)))
    }

    /// The coding of (passage, theme, coder), which is unique; the passage is one of the version that is read.
    #[must_use]
    pub fn coding_of(&self, source: SourceId, span: Span, theme: ThemeId, coder: CoderId) -> Option<&Coding> {
        self.material(source)?.codings_at(span).find(|coding| coding.theme == theme && coding.coder == coder)
    }

    /// The values of the case in the attribute that plays `role`.
    #[must_use]
    pub fn role_values(&self, case: CaseId, role: Role) -> Vec<ValueId> {
        let attribute = self.attributes.with_role(role).map(|attribute| attribute.id);
        let values = attribute.and_then(|attribute| self.case(case)?.values.get(&attribute));
        values.into_iter().flatten().copied().collect()
    }

    /// Names of the values something has in an attribute, in the analyst's order, joined by `; `. Empty is *Not stated*.
    #[must_use]
    pub fn value_names(&self, values: &super::Values, attribute: AttributeId) -> String {
        // From what is chosen, never from all there is: this is asked for every cell of a table.
        let mut chosen: Vec<_> = values.get(&attribute).into_iter().flatten().filter_map(|value| self.attributes.value(*value)).collect();
        chosen.retain(|value| value.attribute == attribute);
        chosen.sort_by_key(|value| (value.position, value.id));
        let names: Vec<_> = chosen.into_iter().map(|value| value.name.as_str()).collect();
        names.join("; ")
    }

    /// Whether everything is there that a cell is of.
    #[must_use]
    pub fn has_cell(&self, cell: &Crossing) -> bool {
        self.codebook.get(cell.theme).is_some()
            && match &cell.of {
                Crossed::Case(case) => self.case(*case).is_some(),
                Crossed::Values(values) => values.iter().all(|(attribute, value)| {
                    self.attributes.get(*attribute).is_some() && value.is_none_or(|value| self.attributes.value(value).is_some())
                }),
            }
    }

    /// Whether what a piece of evidence is stands where it stood: words in the text that is read, or a cell of the study.
    #[must_use]
    pub fn has_evidence(&self, of: &EvidenceOf) -> bool {
        match of {
            EvidenceOf::Passage { source, revision, .. } => self.material(*source).is_some_and(|material| material.is_read(*revision)),
            EvidenceOf::Cell { cell } => self.has_cell(cell),
        }
    }

    /// What a cell is called: "Leadership › Voice × Managers, Fife".
    #[must_use]
    pub fn crossing_name(&self, cell: &Crossing) -> String {
        let with: Vec<&str> = match &cell.of {
            Crossed::Case(case) => self.case(*case).map(|case| case.label.as_str()).into_iter().collect(),
            Crossed::Values(values) => {
                let mut values: Vec<_> = values.iter().collect();
                values.sort_by_key(|(attribute, _)| self.attributes.get(**attribute).map(|attribute| attribute.position));
                values.into_iter().map(|(_, value)| value.map_or(NOT_STATED, |value| self.attributes.value_name(value))).collect()
            }
        };
        let theme = if self.codebook.get(cell.theme).is_some() { self.codebook.path(cell.theme) } else { "A deleted theme".to_owned() };
        if with.is_empty() { format!("{theme} × all") } else { format!("{theme} × {}", with.join(", ")) }
    }

    /// What a source's built-in attribute says, values joined by `; `.
    #[must_use]
    pub fn built_in(&self, material: &Material, built_in: BuiltIn) -> String {
        let attribute = self.attributes.built_in(built_in).map(|attribute| attribute.id);
        attribute.map(|attribute| self.value_names(&material.source.values, attribute)).unwrap_or_default()
    }

    /// The day a source is from, the first where several are stated; `None` where none is, or one cannot be read as a day without
    /// guessing.
    #[must_use]
    pub fn day_of(&self, material: &Material) -> Option<Date> {
        let attribute = self.attributes.built_in(BuiltIn::Date)?.id;
        let values = material.source.values.get(&attribute)?.iter().filter_map(|value| self.attributes.value(*value));
        values.map(|value| day_written(&value.name)).collect::<Option<Vec<_>>>()?.into_iter().min()
    }

    /// Any entity by identity; `owner` is the source it belongs to, if it belongs to one.
    #[must_use]
    pub fn entity(&self, id: EntityId, owner: Option<SourceId>) -> Option<Entity> {
        let material = || owner.and_then(|owner| self.material(owner));
        let uuid = id.id;
        Some(match id.kind {
            Kind::Project => (self.project.id.0 == uuid).then(|| (*self.project).clone())?.into(),
            Kind::Coder => self.coders.get(&CoderId(uuid))?.clone().into(),
            Kind::Attribute => self.attributes.get(AttributeId(uuid))?.clone().into(),
            Kind::Value => self.attributes.value(ValueId(uuid))?.clone().into(),
            Kind::Theme => self.codebook.get(ThemeId(uuid))?.clone().into(),
            Kind::Case => self.cases.get(&CaseId(uuid))?.clone().into(),
            Kind::Source => self.material(SourceId(uuid))?.source.clone().into(),
            Kind::Revision => material()?.revisions.iter().find(|revision| revision.id.0 == uuid)?.clone().into(),
            Kind::Speaker => material()?.speakers.iter().find(|speaker| speaker.id.0 == uuid)?.clone().into(),
            Kind::CaseSpan => material()?.kept_case_spans().find(|span| span.id.0 == uuid)?.clone().into(),
            Kind::Coding => material()?.kept_coding(CodingId(uuid))?.clone().into(),
            Kind::QuoteMark => material()?.kept_quote_marks().find(|mark| mark.id.0 == uuid)?.clone().into(),
            Kind::ContraryMark => material()?.contrary_marks.iter().find(|mark| mark.id.0 == uuid)?.clone().into(),
            Kind::Status => material()?.statuses.iter().find(|status| status.id.0 == uuid)?.clone().into(),
            Kind::Verdict => material()?.verdicts.iter().find(|verdict| verdict.id.0 == uuid)?.clone().into(),
            Kind::Saved => self.saved.iter().find(|saved| saved.id.0 == uuid)?.clone().into(),
            Kind::Example => self.examples.get(&ExampleId(uuid))?.clone().into(),
            Kind::Summary => (**self.summaries.get(SummaryId(uuid))?).clone().into(),
            Kind::Proposition => self.propositions.get(PropositionId(uuid))?.clone().into(),
            Kind::Evidence => self.propositions.piece(EvidenceId(uuid))?.clone().into(),
            Kind::Typology => self.typologies.get(TypologyId(uuid))?.clone().into(),
            Kind::Dimension => self.typologies.dimension(DimensionId(uuid))?.clone().into(),
            Kind::Placement => self.typologies.placements.get(&PlacementId(uuid))?.clone().into(),
            Kind::Memo => self.memo(MemoId(uuid), material())?.clone().into(),
        })
    }

    /// A memo, looked for first where it is said to be: it may have come into a source since, or out of it.
    fn memo<'s>(&'s self, id: MemoId, material: Option<&'s Arc<Material>>) -> Option<&'s Memo> {
        let said = material.into_iter().map(|material| material.memos.as_slice());
        let mut all = said.chain([self.memos.as_slice()]).chain(self.materials.iter().map(|material| material.memos.as_slice()));
        all.find_map(|memos| memos.iter().find(|memo| memo.id == id))
    }

    /// Every entity, each after those it refers to as far as one order of kinds allows. Two studies are the same
    /// exactly when these are.
    #[must_use]
    pub fn entities(&self) -> Vec<Entity> {
        let mut all: Vec<Entity> = Vec::new();
        self.each_entity(&mut |entity| all.push(entity.to_owned()));
        all.sort_by_key(Entity::id);
        all
    }

    /// Gives every entity to `each`.
    pub(super) fn each_entity<'a>(&'a self, each: &mut impl FnMut(EntityRef<'a>)) {
        if !self.project.id.0.is_nil() {
            each(self.project.as_ref().into());
        }
        self.coders.values().for_each(|it| each(it.into()));
        for attribute in self.attributes.all() {
            each(attribute.into());
            self.attributes.values_of(attribute.id).into_iter().for_each(|it| each(it.into()));
        }
        self.codebook.themes().for_each(|it| each(it.into()));
        self.cases.values().for_each(|it| each(it.into()));
        self.memos.iter().for_each(|it| each(it.into()));
        self.saved.iter().for_each(|it| each(it.into()));
        self.examples.values().for_each(|it| each(it.into()));
        self.summaries.iter().for_each(|it| each((&**it).into()));
        self.propositions.each_entity(each);
        self.typologies.each_entity(each);
        self.materials.iter().for_each(|material| material.each_entity(each));
    }
}
