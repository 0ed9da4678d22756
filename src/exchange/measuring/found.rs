use super::asked::Asked;
use crate::analysis::agreement::{Agreement, Intervals, Resampling};
use crate::analysis::by_source::BySource;
use crate::analysis::cooccurrence::{Cooccurrence, Follows, Within};
use crate::analysis::coverage::Covered;
use crate::analysis::matrix::{Matrix, Measure};
use crate::analysis::saturation::{Rule, Stratum};
use crate::analysis::timeline::Timeline;
use crate::analysis::words::{Counts, Wanted, frequent};
use crate::exchange::export::{
    Corrected, Keywords, Measured, Names, Part, Sensitivity, TableError, Telling, agreement_measured, cooccurrence_measured,
    coverage_measured, frequency_measured, frequent_measured, gaps_measured, keywords_measured, overview_of_most, saturation_measured,
    sequence_measured, timeline_measured,
};
use crate::exchange::picture::{
    NoPicture, Picture, Weighing, agreement_picture, bars, code_timeline, heat_table, network, pair_table, saturation_curve,
    source_overview,
};
use crate::study::Study;

/// What a measure came to: of it both the table and the picture are made.
#[derive(Clone, Debug)]
pub enum Found {
    /// Themes, by the values of an attribute or by none.
    Frequencies(Box<Matrix>),
    /// Words of participants, and which of them are listed.
    Words(Counts, Wanted),
    /// Themes spoken of together, by everybody or by those of each value.
    Together(Vec<Part<Cooccurrence>>),
    /// Themes that follow one another, as [`Found::Together`], and how near.
    Follows(Vec<Part<Vec<Follows>>>, Within),
    /// What each interview brought.
    Saturation {
        /// All interviews and those of each value.
        strata: Vec<Stratum>,
        /// What is taken for nothing new.
        rule: Rule,
        /// How much their order matters, where that was asked for.
        sensitivity: Option<Sensitivity>,
    },
    /// Themes by source.
    Overview(BySource),
    /// A source from its beginning to its end.
    Timeline(Timeline),
    /// Words of each body, and those that are said more there.
    Keywords(Vec<Keywords>, Wanted),
    /// How much is coded.
    Coverage(Vec<Covered>),
    /// The same, of which the gaps are listed.
    Gaps(Vec<Covered>),
    /// How far coders agree.
    Agreement(Box<Compared>),
}

/// How far coders agree, with what is told of it.
#[derive(Clone, Debug)]
pub struct Compared {
    /// What was found.
    pub found: Agreement,
    /// The intervals of each theme, and how they were made.
    pub intervals: Option<(Vec<Intervals>, Resampling)>,
}

/// What kind of picture is drawn, where there are several of a measure.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Shape {
    /// A panel of bars for each column.
    #[default]
    Bars,
    /// A table whose cells are the darker the more is in them.
    Heat,
    /// Circles with lines between them.
    Network,
}

/// How a picture is drawn; what does not apply to a measure says nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Drawing {
    /// What kind of picture.
    pub shape: Shape,
    /// What of a theme is drawn.
    pub measure: Measure,
    /// By what pairs are drawn.
    pub weighing: Weighing,
    /// By which coefficient agreement is drawn.
    pub coefficient: Corrected,
}

impl Default for Drawing {
    fn default() -> Self {
        Self { shape: Shape::Bars, measure: Measure::Passages, weighing: Weighing::Count, coefficient: Corrected::default() }
    }
}

/// A matrix as a heat table or as bars.
///
/// # Errors
/// Why there is no picture.
pub fn table_picture(names: &Names<'_>, matrix: &Matrix, measure: Measure, shape: Shape) -> Result<Picture, NoPicture> {
    match shape {
        Shape::Heat => heat_table(names, matrix, measure),
        Shape::Bars | Shape::Network => bars(names, matrix, measure),
    }
}

impl Compared {
    /// How much is told of each theme.
    #[must_use]
    pub fn telling(&self, all: bool) -> Telling<'_> {
        let intervals = self.intervals.as_ref().map(|(drawn, resampling)| (drawn.as_slice(), *resampling));
        Telling { all, intervals }
    }
}

/// Most sources that have a column in the window.
const SOURCES_SEEN: usize = 100;

impl Found {
    /// The table with its sentences; `asked` is what it was found for.
    ///
    /// # Errors
    /// Figures that may not be told of so few people.
    pub fn measured(&self, study: &Study, asked: &Asked) -> Result<Measured, TableError> {
        self.of_most(study, asked, usize::MAX)
    }

    /// The same as it is seen in the window, where nobody reads a column for every one of thousands of sources.
    ///
    /// # Errors
    /// As of [`Found::measured`].
    pub fn seen(&self, study: &Study, asked: &Asked) -> Result<Measured, TableError> {
        self.of_most(study, asked, SOURCES_SEEN)
    }

    /// The table with columns of so many sources at most.
    fn of_most(&self, study: &Study, asked: &Asked, most: usize) -> Result<Measured, TableError> {
        asked.may_part(study)?;
        let filter = &asked.filter;
        let measured = match self {
            Self::Frequencies(matrix) => frequency_measured(study, matrix, asked.labels)?,
            Self::Words(counts, wanted) => frequent_measured(counts, &frequent(counts, wanted), wanted, filter),
            Self::Together(parts) => cooccurrence_measured(study, parts),
            Self::Follows(parts, within) => sequence_measured(study, parts, *within),
            Self::Saturation { strata, rule, sensitivity } => {
                saturation_measured(study, strata, *rule, sensitivity.as_ref(), |stratum| stratum_name(study, asked, stratum))
            }
            Self::Overview(counted) => overview_of_most(study, counted, filter, most),
            Self::Timeline(found) => timeline_measured(study, found),
            Self::Keywords(of, wanted) => keywords_measured(of, wanted, filter),
            Self::Coverage(covered) => coverage_measured(study, covered, filter),
            Self::Gaps(covered) => gaps_measured(study, covered),
            // Whose codings count is who is compared.
            Self::Agreement(compared) => return Ok(agreement_measured(study, &compared.found, compared.telling(true))),
        };
        let rests_on_codings = asked.what.rests_on_codings(asked.by);
        let measured = if rests_on_codings { measured.of_codings(study, filter) } else { measured.of_sources(study, filter) };
        Ok(match asked.by {
            Some(by) => measured.by(study, by),
            None => measured,
        })
    }

    /// The picture.
    ///
    /// # Errors
    /// Why there is none.
    pub fn picture(&self, study: &Study, asked: &Asked, drawing: Drawing) -> Result<Picture, NoPicture> {
        asked.may_part(study).map_err(|error| NoPicture::because(error.to_string()))?;
        let labels = asked.labels;
        match self {
            Self::Frequencies(matrix) => table_picture(&Names::new(study, labels), matrix, drawing.measure, drawing.shape),
            Self::Together(parts) if drawing.shape == Shape::Network => network(study, parts, drawing.weighing),
            Self::Together(parts) => pair_table(study, parts, drawing.weighing),
            Self::Saturation { strata, rule, sensitivity } => {
                saturation_curve(study, strata, *rule, sensitivity.as_ref(), |stratum| stratum_name(study, asked, stratum))
            }
            Self::Overview(counted) => source_overview(study, counted, &asked.filter, labels),
            Self::Timeline(found) => code_timeline(study, found, labels),
            Self::Agreement(compared) => agreement_picture(study, &compared.found, drawing.coefficient, compared.telling(true)),
            Self::Words(..) | Self::Keywords(..) | Self::Follows(..) | Self::Coverage(_) | Self::Gaps(_) => {
                Err(NoPicture::because("this measure has no picture"))
            }
        }
    }
}

fn stratum_name(study: &Study, asked: &Asked, stratum: &Stratum) -> String {
    stratum.value.map_or_else(|| "All".to_owned(), |value| asked.value_name(study, value))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::agreement::{self, UnitOf};
    use crate::analysis::lines::Scope;
    use crate::analysis::matrix::Filter;
    use crate::analysis::testing::Builder;
    use crate::exchange::export::{Labels, NotCompared};
    use crate::exchange::measuring::{What, find};
    use crate::study::{CoderId, Values};
    use crate::text::Voice;

    #[test]
    fn why_nobody_is_compared_is_told_as_it_is() {
        let mut b = Builder::new();
        let (ann, ben, cat) = (b.coder("Ann"), b.coder("Ben"), b.coder("Cat"));
        let care = b.theme(None, "Care");
        let source = b.source("A", None, Values::new(), &[(None, Voice::Participant, "one and two")]);
        b.code(&source, source.span("one"), care, ann);
        let alone = b.study();
        b.code(&source, source.span("one"), care, ben);
        b.code(&source, source.span("two"), care, cat);
        let all = b.study();
        let of = |study: &Study, coders: &[CoderId], unit| {
            let between = agreement::Asked { coders: coders.to_vec(), unit, interviewers: false };
            let what = What::Agreement { between, theme: None, scope: Scope::Alone, resampling: None };
            let asked = Asked { what, by: None, filter: Filter::default(), labels: Labels::IDS };
            match find(study, &b.blobs, &asked, &mut |_, _| true) {
                Ok(Some(Found::Agreement(compared))) => Ok(compared.found.asked.coders),
                Err(TableError::NobodyToCompare(why)) => Err(why),
                other => panic!("{other:?}"),
            }
        };
        let segments = UnitOf::Segments(0.9);
        assert_eq!(of(&alone, &[], UnitOf::Characters), Err(NotCompared::NobodyYet));
        assert_eq!(of(&all, &[ann], UnitOf::Characters), Err(NotCompared::OnlyOne));
        assert_eq!(of(&all, &[], segments), Err(NotCompared::Segments));
        assert_eq!(of(&all, &[ann, cat], segments), Ok(vec![ann, cat]));
        assert_eq!(of(&all, &[], UnitOf::Characters), Ok(vec![ann, ben, cat]));
    }
}
