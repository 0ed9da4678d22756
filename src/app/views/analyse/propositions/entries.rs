//! All propositions as they are listed, gathered once for each study.

use std::sync::Arc;

use crate::analysis::propositions::{Borne, propositions};
use crate::app::Seen;
use crate::study::{Evidence, EvidenceId, EvidenceOf, PropositionId, PropositionStatus, Study, ThemeId};
use crate::text::fold;

/// A proposition as it is listed.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    pub id: PropositionId,
    pub statement: String,
    pub status: PropositionStatus,
    /// How much supports, qualifies and contradicts it.
    pub counts: [usize; 3],
    /// What is listed below it.
    pub lines: Arc<[Line]>,
    /// The themes of its evidence, in the analyst's order.
    pub themes: Arc<[ThemeId]>,
    /// Whether nobody has tried to contradict it.
    pub untried: bool,
    /// Statement and note, folded.
    folded: String,
}

/// A part of what is listed below a proposition.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Line {
    /// The name of the list of this number.
    Heading(usize),
    /// That this list has nothing in it.
    Nothing(usize),
    /// A piece of evidence, and about how many letters its words have.
    Piece(EvidenceId, usize),
}

/// All propositions of a study in the analyst's order.
#[derive(Clone, Debug, Default)]
pub(super) struct Entries {
    seen: Seen,
    pub all: Arc<[Entry]>,
}

impl Entries {
    /// Gathers them; to be run in a job.
    pub(super) fn of(study: &Arc<Study>) -> Self {
        let all = propositions(study).into_iter().map(|borne| Entry {
            id: borne.proposition.id,
            statement: borne.proposition.statement.split_whitespace().collect::<Vec<_>>().join(" "),
            status: borne.proposition.status,
            untried: borne.is_untried(),
            counts: borne.evidence.each_ref().map(Vec::len),
            lines: lines_of(study, &borne),
            themes: themes_of(study, &borne),
            folded: fold(&format!("{} {}", borne.proposition.statement, borne.proposition.note)),
        });
        Self { seen: Seen::of(study), all: all.collect() }
    }

    /// Whether these are the propositions of `study` as it is now.
    pub(super) fn are_of(&self, study: &Arc<Study>) -> bool {
        self.seen.is(study)
    }
}

fn lines_of(study: &Study, borne: &Borne<'_>) -> Arc<[Line]> {
    let letters = |evidence: &Evidence| match &evidence.of {
        EvidenceOf::Cell { cell } => study.summaries().of(cell).map_or(0, |summary| summary.text.len()),
        EvidenceOf::Passage { .. } => evidence.words.len(),
    };
    let lines = borne.evidence.iter().enumerate().flat_map(|(number, list)| {
        let nothing = list.is_empty().then_some(Line::Nothing(number));
        let pieces = list.iter().map(move |evidence| Line::Piece(evidence.id, letters(evidence)));
        [Line::Heading(number)].into_iter().chain(nothing).chain(pieces)
    });
    lines.collect()
}

/// The themes of the cells and of the codings on the passages of a proposition's evidence, in the analyst's order.
fn themes_of(study: &Study, borne: &Borne<'_>) -> Arc<[ThemeId]> {
    let mut found: Vec<ThemeId> = Vec::new();
    for evidence in borne.evidence.iter().flatten() {
        found.extend(evidence.of.cell().map(|cell| cell.theme));
        let passage = evidence.of.passage().filter(|_| study.has_evidence(&evidence.of));
        let material = passage.and_then(|(source, _, span)| study.material(source).map(|material| (material, span)));
        if let Some((material, span)) = material {
            found.extend(material.codings_over(span).map(|coded| coded.coding.theme));
        }
    }
    let codebook = study.codebook();
    found.retain(|theme| codebook.get(*theme).is_some());
    found.sort_unstable();
    found.dedup();
    found.sort_by_key(|theme| codebook.line(*theme));
    found.into()
}

/// Which propositions are listed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Wanted {
    pub filter: String,
    /// Only those that nobody has tried to contradict.
    pub untried: bool,
}

impl Wanted {
    /// Whether some are left out.
    pub(super) fn narrows(&self) -> bool {
        self.untried || !self.filter.trim().is_empty()
    }

    /// The places of those that fit.
    pub(super) fn fitting(&self, all: &[Entry]) -> Vec<usize> {
        let words: Vec<String> = self.filter.split_whitespace().map(fold).collect();
        let fits = |entry: &Entry| (!self.untried || entry.untried) && words.iter().all(|word| entry.folded.contains(word));
        all.iter().enumerate().filter(|(_, entry)| fits(entry)).map(|(place, _)| place).collect()
    }
}
