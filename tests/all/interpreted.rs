//! What random edits do with propositions, typologies and cases.

use proptest::prelude::*;
use themata::project::{EditError, Tx};
use themata::study::{CaseId, Crossed, Crossing, EvidenceOf, PropositionId, PropositionStatus, Weight};

use crate::laws::{passage, source, theme};

/// One thing somebody does; numbers choose among what there is at the time.
#[derive(Clone, Debug)]
pub enum Interpretation {
    Propose(usize, String),
    Judge(usize, usize),
    Search(usize, bool),
    Evidence { proposition: usize, weight: usize, source: usize, start: u32, length: u32 },
    CellEvidence { proposition: usize, theme: usize, case: usize },
    Weigh(usize, usize),
    NoteEvidence(usize, String),
    NoEvidence(usize),
    NoProposition(usize),
    Reorder(usize, usize),
    Typology(String),
    Dimension(usize, String),
    DimensionValue(usize, String),
    Place { case: usize, dimension: usize, value: usize, theme: usize },
    Reason(usize, String),
    RenameValue(usize, usize, String),
    NoPlacement(usize),
    NoDimensionValue(usize, usize),
    NoTypology(usize),
    MergeCases(usize, usize),
    NoCase(usize),
}

pub fn interpretation() -> impl Strategy<Value = Interpretation> {
    let name = "[a-d]{1,2}";
    prop_oneof![
        3 => (0usize..3, "[a-z ]{0,4}").prop_map(|(at, text)| Interpretation::Propose(at, text)),
        1 => (0usize..3, 0usize..3).prop_map(|(at, status)| Interpretation::Judge(at, status)),
        1 => (0usize..3, any::<bool>()).prop_map(|(at, on)| Interpretation::Search(at, on)),
        3 => (0usize..3, 0usize..3, 0usize..2, 0u32..70, 0u32..30)
            .prop_map(|(proposition, weight, source, start, length)| Interpretation::Evidence { proposition, weight, source, start, length }),
        2 => (0usize..3, 0usize..9, 0usize..4).prop_map(|(proposition, theme, case)| Interpretation::CellEvidence { proposition, theme, case }),
        1 => (0usize..9, 0usize..3).prop_map(|(at, weight)| Interpretation::Weigh(at, weight)),
        2 => (0usize..9, "[a-z ]{0,4}").prop_map(|(at, text)| Interpretation::NoteEvidence(at, text)),
        1 => (0usize..9).prop_map(Interpretation::NoEvidence),
        1 => (0usize..3).prop_map(Interpretation::NoProposition),
        1 => (0usize..3, 0usize..4).prop_map(|(at, before)| Interpretation::Reorder(at, before)),
        2 => name.prop_map(Interpretation::Typology),
        3 => (0usize..2, name).prop_map(|(typology, name)| Interpretation::Dimension(typology, name)),
        3 => (0usize..3, name).prop_map(|(dimension, name)| Interpretation::DimensionValue(dimension, name)),
        4 => (0usize..4, 0usize..3, 0usize..3, 0usize..9)
            .prop_map(|(case, dimension, value, theme)| Interpretation::Place { case, dimension, value, theme }),
        2 => (0usize..9, "[a-z ]{0,4}").prop_map(|(at, text)| Interpretation::Reason(at, text)),
        1 => (0usize..3, 0usize..3, name).prop_map(|(dimension, value, name)| Interpretation::RenameValue(dimension, value, name)),
        1 => (0usize..9).prop_map(Interpretation::NoPlacement),
        1 => (0usize..3, 0usize..3).prop_map(|(dimension, value)| Interpretation::NoDimensionValue(dimension, value)),
        1 => (0usize..2).prop_map(Interpretation::NoTypology),
        1 => (0usize..4, 0usize..4).prop_map(|(from, into)| Interpretation::MergeCases(from, into)),
        1 => (0usize..4).prop_map(Interpretation::NoCase),
    ]
}

impl Interpretation {
    pub fn apply(&self, tx: &mut Tx<'_>) -> Result<(), EditError> {
        match self {
            Self::Typology(_)
            | Self::Dimension(..)
            | Self::DimensionValue(..)
            | Self::Place { .. }
            | Self::Reason(..)
            | Self::RenameValue(..)
            | Self::NoPlacement(_)
            | Self::NoDimensionValue(..)
            | Self::NoTypology(_) => sort(tx, self),
            Self::MergeCases(from, into) => tx.merge_cases(case(tx, *from)?, case(tx, *into)?),
            Self::NoCase(at) => tx.remove_case(case(tx, *at)?),
            _ => prove(tx, self),
        }
    }
}

fn case(tx: &Tx<'_>, index: usize) -> Result<CaseId, EditError> {
    tx.study().cases().keys().nth(index).copied().ok_or(EditError::Gone("case"))
}

/// What is done with propositions.
fn prove(tx: &mut Tx<'_>, act: &Interpretation) -> Result<(), EditError> {
    let proposition =
        |tx: &Tx<'_>, index: usize| tx.study().propositions().in_order().get(index).map(|it| it.id).ok_or(EditError::Gone("proposition"));
    let piece =
        |tx: &Tx<'_>, index: usize| tx.study().propositions().evidence().nth(index).map(|it| it.id).ok_or(EditError::Gone("evidence"));
    match act {
        Interpretation::Propose(at, text) => {
            let id = proposition(tx, *at).unwrap_or_else(|_| PropositionId::new());
            tx.state_proposition(id, text)?;
            tx.note_proposition(id, text)
        }
        Interpretation::Judge(at, status) => {
            let all = [PropositionStatus::Holds, PropositionStatus::Revised, PropositionStatus::Dropped];
            tx.set_proposition_status(proposition(tx, *at)?, all[*status])
        }
        Interpretation::Search(at, on) => tx.set_searched(proposition(tx, *at)?, *on),
        Interpretation::Evidence { proposition: of, weight, source: at, start, length } => {
            let source = source(tx.study(), *at).ok_or(EditError::Gone("source"))?;
            let (source, revision, span) = passage(tx, source, *start, *length)?;
            let of_words = EvidenceOf::Passage { source, revision, span };
            tx.add_evidence(proposition(tx, *of)?, Weight::ALL[*weight], of_words).map(drop)
        }
        Interpretation::CellEvidence { proposition: of, theme: at, case: who } => {
            let theme = theme(tx.study(), *at).ok_or(EditError::Gone("theme"))?;
            let cell = Crossing { theme, of: Crossed::Case(case(tx, *who)?) };
            tx.add_evidence(proposition(tx, *of)?, Weight::Supports, EvidenceOf::Cell { cell }).map(drop)
        }
        Interpretation::Weigh(at, weight) => tx.weigh_evidence(piece(tx, *at)?, Weight::ALL[*weight]),
        Interpretation::NoteEvidence(at, text) => tx.note_evidence(piece(tx, *at)?, text),
        Interpretation::NoEvidence(at) => tx.remove_evidence(piece(tx, *at)?),
        Interpretation::Reorder(at, before) => tx.move_proposition(proposition(tx, *at)?, proposition(tx, *before).ok()),
        Interpretation::NoProposition(at) => tx.remove_proposition(proposition(tx, *at)?),
        _ => Ok(()),
    }
}

/// What is done with typologies.
fn sort(tx: &mut Tx<'_>, act: &Interpretation) -> Result<(), EditError> {
    let dimension = |tx: &Tx<'_>, index: usize| {
        let typologies = tx.study().typologies();
        let mut all = typologies.in_order().into_iter().flat_map(|typology| typologies.dimensions_of(typology.id));
        all.nth(index).cloned().ok_or(EditError::Gone("dimension"))
    };
    let typology =
        |tx: &Tx<'_>, index: usize| tx.study().typologies().in_order().get(index).map(|it| it.id).ok_or(EditError::Gone("typology"));
    match act {
        Interpretation::Typology(name) => tx.add_typology(name).map(drop),
        Interpretation::Dimension(at, name) => tx.add_dimension(typology(tx, *at)?, name).map(drop),
        Interpretation::DimensionValue(at, name) => tx.dimension_value_named(dimension(tx, *at)?.id, name).map(drop),
        Interpretation::Place { case: who, dimension: at, value, theme: over } => {
            let (case, dimension) = (case(tx, *who)?, dimension(tx, *at)?);
            tx.place(case, dimension.id, dimension.values.keys().nth(*value).copied())?;
            match theme(tx.study(), *over) {
                Some(theme) => tx.rest_on(case, dimension.id, &Crossing { theme, of: Crossed::Case(case) }, value % 3 != 2),
                None => tx.give_reason(case, dimension.id, "why"),
            }
        }
        Interpretation::NoPlacement(at) => {
            let there = tx.study().typologies().placements().nth(*at).map(|it| (it.case, it.dimension));
            there.map_or(Ok(()), |(case, dimension)| tx.remove_placement(case, dimension))
        }
        Interpretation::Reason(at, text) => {
            let there = tx.study().typologies().placements().nth(*at).map(|it| (it.case, it.dimension));
            there.map_or(Ok(()), |(case, dimension)| tx.give_reason(case, dimension, text))
        }
        Interpretation::RenameValue(at, value, name) => {
            let dimension = dimension(tx, *at)?;
            let value = dimension.values.keys().nth(*value).copied().ok_or(EditError::Gone("value"))?;
            tx.rename_dimension_value(dimension.id, value, name)
        }
        Interpretation::NoDimensionValue(at, value) => {
            let dimension = dimension(tx, *at)?;
            let value = dimension.values.keys().nth(*value).copied().ok_or(EditError::Gone("value"))?;
            tx.remove_dimension_value(dimension.id, value)
        }
        Interpretation::NoTypology(at) => tx.remove_typology(typology(tx, *at)?),
        _ => Ok(()),
    }
}
