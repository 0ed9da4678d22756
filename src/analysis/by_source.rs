//! Themes by sources: in which of them each theme is spoken of, and how often.

use super::cooccurrence::passages::Stretches;
use super::layer::Layer;
use super::lines::Lines;
use super::matrix::Filter;
use crate::study::{SourceId, Study, ThemeId};

/// How many passages of each theme each source has.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BySource {
    themes: Vec<ThemeId>,
    sources: Vec<SourceId>,
    /// Of each source, the passages of each theme.
    passages: Vec<Vec<u32>>,
}

impl BySource {
    /// The themes, by place.
    #[must_use]
    pub fn themes(&self) -> &[ThemeId] {
        &self.themes
    }

    /// The sources that the filter leaves in, by place: in the order of the study.
    #[must_use]
    pub fn sources(&self) -> &[SourceId] {
        &self.sources
    }

    /// How many passages of a theme a source has, both by their places.
    #[must_use]
    pub fn passages(&self, theme: usize, source: usize) -> u32 {
        self.passages.get(source).and_then(|of| of.get(theme)).copied().unwrap_or(0)
    }

    /// How many passages a theme has in all sources; each lies in one of them.
    #[must_use]
    pub fn of_theme(&self, theme: usize) -> u32 {
        (0..self.sources.len()).map(|source| self.passages(theme, source)).sum()
    }

    /// In how many sources a theme is spoken of.
    #[must_use]
    pub fn sources_with(&self, theme: usize) -> usize {
        (0..self.sources.len()).filter(|source| self.passages(theme, *source) > 0).count()
    }
}

/// Counts the passages of every line in every source that the filter leaves in: stretches, as the matrix counts them.
#[must_use]
pub fn by_source(study: &Study, lines: &Lines, filter: &Filter) -> BySource {
    let layer = Layer::new(study, filter);
    let mut stretches = Stretches::new(lines);
    let mut found = BySource { themes: lines.themes().to_vec(), ..BySource::default() };
    for source in layer.sources() {
        let mut of = vec![0; lines.themes().len()];
        for passage in stretches.passages(lines, &layer.codings(&source).0) {
            if let Some(count) = of.get_mut(passage.line as usize) {
                *count += 1;
            }
        }
        found.sources.push(source.material.source.id);
        found.passages.push(of);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::lines::Scope;
    use crate::analysis::testing::Builder;
    use crate::study::Values;
    use crate::text::Voice;

    #[test]
    fn stretches_are_counted_where_they_lie_and_themes_hold_those_below_them() {
        let mut b = Builder::new();
        let (ann, ben) = (b.coder("Ann"), b.coder("Ben"));
        let care = b.theme(None, "Care");
        let costs = b.theme(Some(care), "Costs");
        let person = b.case("P", crate::study::CaseKind::Person, Values::new());
        let turns = [(None, Voice::Participant, "Care costs too much, and nobody pays for it")];
        let (one, other) = (b.source("A", Some(person), Values::new(), &turns), b.source("B", Some(person), Values::new(), &turns));
        b.code(&one, one.span("Care costs"), care, ann);
        b.code(&one, one.span("costs too much"), costs, ben);
        b.code(&one, one.span("nobody pays"), costs, ann);
        let study = b.study();
        let found = by_source(&study, &Lines::all(study.codebook(), Scope::WithBelow), &Filter::default());
        let at = |theme| found.themes().iter().position(|line| *line == theme).unwrap();
        assert_eq!(found.sources(), [one.id, other.id]);
        assert_eq!((found.passages(at(care), 0), found.passages(at(costs), 0)), (2, 2), "what shares characters is one");
        assert_eq!((found.of_theme(at(care)), found.sources_with(at(care)), found.passages(at(care), 1)), (2, 1, 0));
        assert_eq!((found.passages(9, 0), found.passages(0, 9)), (0, 0));
        let bens = by_source(&study, &Lines::all(study.codebook(), Scope::WithBelow), &Filter { coder: Some(ben), ..Filter::default() });
        assert_eq!(bens.of_theme(at(care)), 1);
    }
}
