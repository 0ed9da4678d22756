use std::collections::BTreeSet;

use super::kind::Kind;
use crate::analysis::agreement::{self, Resampling, UnitOf};
use crate::analysis::cooccurrence::{Basis, Bridge, Within};
use crate::analysis::lines::Scope;
use crate::analysis::matrix::{Filter, Measure};
use crate::analysis::saturation::Rule;
use crate::analysis::words::{StopWords, Wanted};
use crate::exchange::export::{Corrected, Labels};
use crate::exchange::measuring::{Asked, Drawing, Shape, What};
use crate::exchange::picture::Weighing;
use crate::study::{AttributeId, CoderId, SourceId, Study, ThemeId, ValueId};

/// What the analyst has chosen, of every measure.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Choice {
    pub(super) kind: Kind,
    /// By the values of which attribute.
    pub(super) by: Option<AttributeId>,
    /// Whose codings count; none is the usual layer.
    pub(super) coder: Option<CoderId>,
    /// Sources of which kinds; none is of all.
    pub(super) kinds: BTreeSet<Option<ValueId>>,
    /// What of a theme is drawn, and how.
    pub(super) measure: Measure,
    pub(super) shape: Shape,
    pub(super) basis: Basis,
    pub(super) pairs_shape: Shape,
    pub(super) weighing: Weighing,
    pub(super) within: Within,
    pub(super) rule: Rule,
    pub(super) orders: usize,
    pub(super) seed: u64,
    /// The source whose course is shown; none is the first.
    pub(super) source: Option<SourceId>,
    pub(super) theme: Option<ThemeId>,
    /// Only words said by so many, so often, with so high a likelihood.
    pub(super) people: u32,
    pub(super) count: u32,
    pub(super) likelihood: f64,
    /// Whether function words are listed too.
    pub(super) all_words: bool,
    /// Who is compared; none is all who worked.
    pub(super) coders: Vec<CoderId>,
    pub(super) unit: UnitOf,
    pub(super) scope: Scope,
    pub(super) interviewers: bool,
    /// By which coefficient it is drawn.
    pub(super) coefficient: Corrected,
    /// Whether intervals are wanted.
    pub(super) intervals: bool,
    pub(super) agreement_seed: u64,
}

impl Default for Choice {
    fn default() -> Self {
        let Wanted { people, count, likelihood, .. } = Wanted::default();
        Self {
            kind: Kind::default(),
            by: None,
            coder: None,
            kinds: BTreeSet::new(),
            measure: Measure::Passages,
            shape: Shape::Bars,
            basis: Basis::Overlap,
            pairs_shape: Shape::Heat,
            weighing: Weighing::Count,
            within: Within { paragraphs: 1, bridge: Bridge::Nothing },
            rule: Rule::default(),
            orders: 1_000,
            seed: 1,
            source: None,
            theme: None,
            people,
            count,
            likelihood,
            all_words: false,
            coders: Vec::new(),
            unit: UnitOf::Characters,
            scope: Scope::Alone,
            interviewers: false,
            coefficient: Corrected::default(),
            intervals: false,
            agreement_seed: 1,
        }
    }
}

impl Choice {
    /// Leaves out what the study does not have any more, or does not show.
    pub(super) fn mend(&mut self, study: &Study) {
        self.by.take_if(|by| study.attributes().get(*by).is_none());
        self.coder.take_if(|coder| !study.shows(*coder));
        self.theme.take_if(|theme| study.codebook().get(*theme).is_none());
        self.source.take_if(|source| study.material(*source).is_none());
        self.kinds.retain(|kind| kind.is_none_or(|kind| study.attributes().value(kind).is_some()));
        self.coders.retain(|coder| study.shows(*coder));
    }

    /// What is left out.
    fn filter(&self) -> Filter {
        let coder = self.coder.filter(|_| self.rests_on_codings());
        let kinds = if self.kind.leaves_out_sources() { self.kinds.clone() } else { BTreeSet::new() };
        Filter { coder, kinds, ..Filter::default() }
    }

    /// Whether it makes a difference whose codings count.
    pub(super) const fn rests_on_codings(&self) -> bool {
        match self.kind {
            Kind::Words | Kind::Agreement => false,
            Kind::Keywords => self.by.is_none(),
            _ => true,
        }
    }

    /// The source whose course is shown: the chosen one, or the first in which something is coded.
    pub(super) fn source(&self, study: &Study) -> Option<SourceId> {
        let all = study.materials();
        let first = || all.iter().find(|material| !material.codings.is_empty()).or_else(|| all.first());
        self.source.or_else(|| first().map(|material| material.source.id))
    }

    fn wanted(&self) -> Wanted {
        let stop = if self.all_words { StopWords::default() } else { StopWords::english() };
        Wanted { stop, people: self.people, count: self.count, likelihood: self.likelihood }
    }

    /// What is asked for.
    ///
    /// # Errors
    /// What is missing, in a sentence for whoever looks at an empty view.
    pub(super) fn asked(&self, study: &Study) -> Result<Asked, &'static str> {
        let what = match self.kind {
            Kind::Frequencies => What::Frequencies,
            Kind::Overview => What::Overview,
            Kind::Timeline => What::Timeline(self.source(study).ok_or("Import a transcript first; its course is drawn here.")?),
            Kind::Words => What::Words(Wanted { likelihood: 0.0, ..self.wanted() }),
            Kind::Keywords => What::Keywords { theme: self.theme.filter(|_| self.by.is_none()), wanted: self.wanted() },
            Kind::Together => What::Cooccurrence(self.basis),
            Kind::Follows => What::Sequence(self.within),
            Kind::Saturation => What::Saturation { rule: self.rule, orders: self.orders, seed: self.seed },
            Kind::Coverage => What::Coverage,
            Kind::Gaps => What::Gaps,
            Kind::Agreement => self.agreement(),
        };
        let by = self.by.filter(|_| what.parts());
        Ok(Asked { what, by, filter: self.filter(), labels: Labels::FULL })
    }

    fn agreement(&self) -> What {
        let between = agreement::Asked { coders: self.coders.clone(), unit: self.unit, interviewers: self.interviewers };
        let resampling = self.intervals.then(|| Resampling { seed: self.agreement_seed, ..Resampling::default() });
        What::Agreement { between, theme: None, scope: self.scope, resampling }
    }

    /// How it is drawn.
    pub(super) const fn drawing(&self) -> Drawing {
        let shape = if matches!(self.kind, Kind::Together) { self.pairs_shape } else { self.shape };
        Drawing { shape, measure: self.measure, weighing: self.weighing, coefficient: self.coefficient }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::testing::Builder;

    #[test]
    fn what_cannot_be_chosen_leaves_nothing_out() {
        let mut b = Builder::new();
        let (ann, group) = (b.coder("Ann"), b.attribute("Group", crate::study::AttributeOf::Cases, None, None));
        b.source("A", None, crate::study::Values::new(), &[(None, crate::text::Voice::Participant, "Words")]);
        let study = b.study();
        let choice = |kind| Choice { kind, kinds: BTreeSet::from([None]), coder: Some(ann), ..Choice::default() };
        for kind in Kind::ALL {
            let asked = choice(kind).asked(&study).unwrap();
            assert_eq!(asked.filter.kinds.is_empty(), matches!(kind, Kind::Timeline | Kind::Agreement), "{kind:?}");
            assert_eq!(asked.filter.coder.is_none(), matches!(kind, Kind::Words | Kind::Agreement), "{kind:?}");
        }
        let words_of_each = Choice { by: Some(group), ..choice(Kind::Keywords) };
        assert_eq!(words_of_each.asked(&study).unwrap().filter.coder, None, "what people say is there whatever is coded");
    }
}
