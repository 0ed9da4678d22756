//! What lies under the cells that somebody wrote about, and whether it is still what it was then.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use crate::study::{
    AttributeId, AttributeOf, Basis, CaseId, Citation, Cites, Coded, CodingId, Crossed, Crossing, Material, RevisionId, Study, ThemeId,
    ValueId, Values,
};
use crate::text::{Span, stretches};

/// What lies under each of `cells` now: by all coders, with the themes below, nothing filtered. The codings are gone through
/// once for all cells.
#[must_use]
pub fn basis_of(study: &Study, cells: &[&Crossing]) -> Vec<Basis> {
    let mut found: Vec<Basis> = cells.iter().map(|cell| Basis { codings: BTreeSet::new(), cases: cases_of(study, &cell.of) }).collect();
    let mut by_theme: HashMap<ThemeId, Below> = HashMap::new();
    for (at, cell) in cells.iter().enumerate() {
        by_theme.entry(cell.theme).or_default().add(at, cell);
    }
    let whole = by_theme.values().any(|below| !below.of_values.is_empty());
    let people: HashSet<CaseId> = by_theme.values().flat_map(|below| below.of_cases.keys().copied()).collect();
    // The cells of one case need no more than the sources it is in.
    let in_cells = |material: &&Arc<Material>| whole || material.cases.iter().any(|case| people.contains(case));
    let sources = study.materials().iter().filter(in_cells);
    for (material, coded) in sources.flat_map(|material| material.codings.iter().map(move |coded| (material, coded))) {
        let coding = &coded.coding;
        for below in study.codebook().lineage(coding.theme).iter().filter_map(|theme| by_theme.get(&theme.id)) {
            let cases = material.cases_of(coded);
            let of_cases = cases.iter().flatten().filter_map(|case| below.of_cases.get(case)).flatten().copied();
            let said_in = |(_, values): &&(usize, &Crossed)| is_said_in(study, material, coded, values);
            let of_values = below.of_values.iter().filter(said_in).map(|(at, _)| *at);
            for at in of_cases.chain(of_values) {
                if let Some(basis) = found.get_mut(at) {
                    basis.codings.insert((coding.id, coding.revision, coding.span));
                }
            }
        }
    }
    found
}

/// The cells of a theme by what they are crossed with, each with its place: a chart has hundreds of cases.
#[derive(Default)]
struct Below<'a> {
    of_cases: HashMap<CaseId, Vec<usize>>,
    of_values: Vec<(usize, &'a Crossed)>,
}

impl<'a> Below<'a> {
    fn add(&mut self, at: usize, cell: &'a Crossing) {
        match &cell.of {
            Crossed::Case(case) => self.of_cases.entry(*case).or_default().push(at),
            values @ Crossed::Values(_) => self.of_values.push((at, values)),
        }
    }
}

/// Whether a coding is said by somebody of a cell.
fn is_said_in(study: &Study, material: &Material, coded: &Coded, of: &Crossed) -> bool {
    match of {
        Crossed::Case(case) => material.cases_of(coded).contains(&Some(*case)),
        Crossed::Values(values) => {
            let (of_cases, of_sources) = by_kind(study, values);
            has_values(Some(&material.source.values), &of_sources)
                && material
                    .cases_of(coded)
                    .into_iter()
                    .any(|case| has_values(case.and_then(|case| study.case(case)).map(|case| &case.values), &of_cases))
        }
    }
}

type Wanted = Vec<(AttributeId, Option<ValueId>)>;

/// The values of a cell, those of cases and those of sources.
fn by_kind(study: &Study, values: &BTreeMap<AttributeId, Option<ValueId>>) -> (Wanted, Wanted) {
    let of = |attribute: &AttributeId| study.attributes().get(*attribute).map(|attribute| attribute.of);
    values.iter().map(|(attribute, value)| (*attribute, *value)).partition(|(attribute, _)| of(attribute) == Some(AttributeOf::Cases))
}

/// Whether something has all of these values. Nobody in particular has none.
fn has_values(own: Option<&Values>, wanted: &Wanted) -> bool {
    wanted.iter().all(|(attribute, value)| {
        let own = own.and_then(|own| own.get(attribute)).filter(|own| !own.is_empty());
        value.map_or(own.is_none(), |value| own.is_some_and(|own| own.contains(&value)))
    })
}

/// The cases of a cell with their values: those who speak as participants in its sources.
fn cases_of(study: &Study, of: &Crossed) -> BTreeMap<CaseId, Values> {
    let with_values = |id: CaseId| study.case(id).map(|case| (id, case.values.clone()));
    match of {
        Crossed::Case(case) => with_values(*case).into_iter().collect(),
        Crossed::Values(values) => {
            let (of_cases, of_sources) = by_kind(study, values);
            let sources = study.materials().iter().filter(|material| has_values(Some(&material.source.values), &of_sources));
            let speak: BTreeSet<CaseId> =
                sources.flat_map(|material| material.spoken().iter().filter_map(|(case, _)| material.case(*case))).collect();
            speak.into_iter().filter_map(with_values).filter(|(_, values)| has_values(Some(values), &of_cases)).collect()
        }
    }
}

/// The words that the codings of a basis hold, in each version of a text. It is asked for every citation and every passage of a
/// cell, so that the codings are gone through once and not at every question.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Held(HashMap<RevisionId, Vec<Span>>);

impl Held {
    /// What the codings of a basis hold.
    #[must_use]
    pub fn of(basis: &Basis) -> Self {
        let mut by_text: HashMap<RevisionId, Vec<Span>> = HashMap::new();
        for (_, revision, span) in &basis.codings {
            by_text.entry(*revision).or_default().push(*span);
        }
        Self(by_text.into_iter().map(|(revision, spans)| (revision, stretches(spans))).collect())
    }

    /// Whether any of these words are coded.
    #[must_use]
    pub fn touches(&self, revision: RevisionId, span: Span) -> bool {
        self.first_from(revision, span).is_some_and(|held| held.overlaps(span))
    }

    /// Whether all of these words lie within one passage: of codings that share words.
    #[must_use]
    pub fn covers(&self, revision: RevisionId, span: Span) -> bool {
        self.first_from(revision, span).is_some_and(|held| held.covers(span))
    }

    /// The first passage that ends behind the beginning of these words: no other holds any of them, or all.
    fn first_from(&self, revision: RevisionId, span: Span) -> Option<Span> {
        let held = self.0.get(&revision)?;
        held.get(held.partition_point(|own| own.end <= span.start)).copied()
    }
}

/// How what lies under a cell differs from what it was. A coding within a passage that was counted then changes nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Drift {
    /// Codings that were not there.
    pub come: Vec<CodingId>,
    /// Codings that came within passages that were there: they are shown, and make nothing stale.
    pub within: Vec<CodingId>,
    /// Codings that are gone.
    pub gone: Vec<CodingId>,
    /// Codings that have other words now, or stand in another version of the text.
    pub moved: Vec<CodingId>,
    /// Cases that did not belong to it.
    pub cases_come: Vec<CaseId>,
    /// Cases that no longer belong to it.
    pub cases_gone: Vec<CaseId>,
    /// Cases that have other values now.
    pub cases_changed: Vec<CaseId>,
}

impl Drift {
    /// What has changed from `before` to `now`.
    #[must_use]
    pub fn between(before: &Basis, now: &Basis) -> Self {
        let by_id = |basis: &Basis| -> BTreeMap<CodingId, (RevisionId, Span)> {
            basis.codings.iter().map(|(id, revision, span)| (*id, (*revision, *span))).collect()
        };
        let (old, new, held) = (by_id(before), by_id(now), Held::of(before));
        let (within, come) = new
            .iter()
            .filter(|(id, _)| !old.contains_key(id))
            .partition::<Vec<_>, _>(|(_, (revision, span))| held.covers(*revision, *span));
        let ids = |list: Vec<(&CodingId, &(RevisionId, Span))>| list.into_iter().map(|(id, _)| *id).collect();
        Self {
            come: ids(come),
            within: ids(within),
            gone: old.keys().filter(|id| !new.contains_key(id)).copied().collect(),
            moved: old.iter().filter(|(id, was)| new.get(id).is_some_and(|is| is != *was)).map(|(id, _)| *id).collect(),
            cases_come: now.cases.keys().filter(|case| !before.cases.contains_key(case)).copied().collect(),
            cases_gone: before.cases.keys().filter(|case| !now.cases.contains_key(case)).copied().collect(),
            cases_changed: before
                .cases
                .iter()
                .filter(|(case, was)| now.cases.get(case).is_some_and(|is| is != *was))
                .map(|(case, _)| *case)
                .collect(),
        }
    }

    /// Whether a summary that was written of it wants to be read again.
    #[must_use]
    pub fn is_stale(&self) -> bool {
        let Self { come, within: _, gone, moved, cases_come, cases_gone, cases_changed } = self;
        [come, gone, moved].into_iter().any(|codings| !codings.is_empty())
            || [cases_come, cases_gone, cases_changed].into_iter().any(|cases| !cases.is_empty())
    }
}

/// Whose words the codings of a basis are, of the cases that belong to it.
#[must_use]
pub fn heard(study: &Study, basis: &Basis) -> BTreeSet<CaseId> {
    let codings: BTreeSet<CodingId> = basis.codings.iter().map(|(coding, ..)| *coding).collect();
    let said = study.codings().filter(|(_, coded)| codings.contains(&coded.coding.id));
    said.flat_map(|(material, coded)| material.cases_of(coded)).flatten().filter(|case| basis.cases.contains_key(case)).collect()
}

/// Who is represented in a summary: those whose words it cites, or whose summary.
#[must_use]
pub fn represented(study: &Study, citations: &[Citation]) -> BTreeSet<CaseId> {
    let of = |citation: &Citation| match citation.of {
        Cites::Summary { case } => vec![case],
        Cites::Passage { source, revision, span } => {
            let material = study.material(source).filter(|material| material.source.revision == revision);
            let parts = material.map(|material| material.parts_of(span)).unwrap_or_default();
            parts.into_iter().filter_map(|part| material.and_then(|material| material.case(part.case))).collect()
        }
    };
    citations.iter().flat_map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::testing::{Builder, Put, values};
    use crate::study::{CaseKind, CoderId, Role};
    use crate::text::Voice;

    struct Scene {
        builder: Builder,
        coder: CoderId,
        other: CoderId,
        theme: ThemeId,
        below: ThemeId,
        group: AttributeId,
        leads: ValueId,
        jean: CaseId,
        sources: [Put; 2],
    }

    /// Jean leads and speaks in A, with an interviewer; Tam of no group speaks in B.
    fn scene() -> Scene {
        let mut builder = Builder::new();
        let (coder, other) = (builder.coder("Elspeth"), builder.coder("Ravi"));
        let theme = builder.theme(None, "Rooms");
        let below = builder.theme(Some(theme), "Cold");
        let group = builder.attribute("Group", AttributeOf::Cases, Some(Role::Group), None);
        let leads = builder.value(group, "Leads");
        let jean = builder.case("Jean", CaseKind::Person, values(&[(group, leads)]));
        let tam = builder.case("Tam", CaseKind::Person, Values::new());
        let turns = [(None, Voice::Participant, "The room was cold in winter."), (None, Voice::Interviewer, "Was the room cold?")];
        let sources = [("A", jean), ("B", tam)].map(|(label, case)| builder.source(label, Some(case), Values::new(), &turns));
        Scene { builder, coder, other, theme, below, group, leads, jean, sources }
    }

    impl Scene {
        fn cells(&self) -> [Crossing; 4] {
            let of = |of| Crossing { theme: self.theme, of };
            let values = |value| Crossed::Values(BTreeMap::from([(self.group, value)]));
            [of(Crossed::Case(self.jean)), of(values(Some(self.leads))), of(values(None)), of(Crossed::Values(BTreeMap::new()))]
        }

        fn basis(&self) -> Vec<Basis> {
            let cells = self.cells();
            basis_of(&self.builder.study(), &cells.iter().collect::<Vec<_>>())
        }
    }

    #[test]
    fn a_cell_rests_on_its_own_people_all_coders_and_the_themes_below() {
        let mut scene = scene();
        let [a, b] = scene.sources.clone();
        let first = scene.builder.code(&a, a.span("room was"), scene.below, scene.coder);
        let second = scene.builder.code(&b, b.span("cold in"), scene.theme, scene.other);
        // Words of the interviewer alone are in no cell.
        scene.builder.code(&a, a.span("Was the room"), scene.theme, scene.coder);
        let codings: Vec<Vec<CodingId>> = scene.basis().iter().map(|basis| basis.codings.iter().map(|coding| coding.0).collect()).collect();
        assert_eq!(codings, [vec![first], vec![first], vec![second], vec![first, second]]);
        let cases: Vec<usize> = scene.basis().iter().map(|basis| basis.cases.len()).collect();
        assert_eq!(cases, [1, 1, 1, 2], "who speaks belongs to it, coded or not");
    }

    #[test]
    fn it_is_stale_exactly_when_something_else_lies_under_it() {
        let mut scene = scene();
        let a = scene.sources[0].clone();
        scene.builder.code(&a, a.span("The room was cold"), scene.below, scene.coder);
        let before = scene.basis();
        let drift = |scene: &Scene| -> Vec<Drift> { before.iter().zip(&scene.basis()).map(|(was, is)| Drift::between(was, is)).collect() };
        assert!(drift(&scene).iter().all(|drift| *drift == Drift::default()));
        // A second coder on words that were counted is shown and changes nothing.
        let within = scene.builder.code(&a, a.span("room was"), scene.theme, scene.other);
        let found = drift(&scene);
        assert!(found.iter().all(|drift| !drift.is_stale()));
        assert_eq!(found[0].within, [within]);
        // Words that were not counted do.
        let come = scene.builder.code(&a, a.span("cold in winter"), scene.below, scene.other);
        let found = drift(&scene);
        assert_eq!(found[0].come, [come]);
        let stale: Vec<bool> = found.iter().map(Drift::is_stale).collect();
        assert_eq!(stale, [true, true, false, true], "only the cells in which it is said");
        // And back: what lay under it is gone.
        let back = Drift::between(&scene.basis()[0], &before[0]);
        assert_eq!((back.gone.len(), back.is_stale()), (2, true));
    }

    #[test]
    fn other_values_of_a_case_and_other_words_of_a_coding_make_it_stale() {
        let scene = scene();
        let basis = scene.basis().remove(1);
        let mut other = basis.clone();
        other.cases.insert(scene.jean, Values::new());
        assert_eq!(Drift::between(&basis, &other).cases_changed, [scene.jean]);
        assert!(Drift::between(&basis, &other).is_stale());
        let mut nobody = basis.clone();
        nobody.cases.clear();
        assert!(Drift::between(&basis, &nobody).is_stale() && Drift::between(&nobody, &basis).is_stale());
        let coding =
            |span| Basis { codings: BTreeSet::from([(CodingId::derived(&[]), RevisionId::derived(&[]), span)]), ..Basis::default() };
        let moved = Drift::between(&coding(Span::new(0, 9)), &coding(Span::new(0, 5)));
        assert_eq!((moved.moved.len(), moved.come.len(), moved.gone.len()), (1, 0, 0));
    }
}
