use super::alpha::{Level, alpha};
use super::characters::Fourfold;
use super::coefficient::{Coefficient, Undefined};
use super::kappa::conger_kappa;
use super::percent::percent_agreement;
use super::segments::Matched;
use super::sources::Pool;
use super::table::{Category, Table};
use super::unitizing::Coincidences;

/// What coders made of one theme, in a source or in several: the one thing of which all that is said of the theme is computed.
#[derive(Clone, Debug, PartialEq)]
pub enum Counted {
    /// Units that each of two coders coded or not.
    Two(Fourfold),
    /// Units that each of several coders coded or not; values are missing of those who did not work in a source.
    Several(Box<Table>),
    /// Segments of two coders.
    Segments(Box<Segments>),
}

/// What two coders made of one theme, by segments.
#[derive(Clone, Debug, PartialEq)]
pub struct Segments {
    /// Whether each has one that meets it.
    pub matched: Matched,
    /// How they and the gaps between them lie over one another.
    pub lying: Coincidences,
}

impl Counted {
    /// Whether a coder used the theme at all.
    #[must_use]
    pub fn is_used(&self) -> bool {
        match self {
            Self::Two(fourfold) => fourfold.used().is_ok(),
            Self::Several(table) => table.units().any(|(values, _)| values.contains(&Some(1))),
            Self::Segments(segments) => segments.matched.decisions > 0,
        }
    }

    /// Percent agreement: the share of units on which two agree, of several the mean over units of the share of pairs who do; or
    /// the share of segments that are met.
    pub fn percent(&self) -> Coefficient {
        match self {
            Self::Two(fourfold) => fourfold.percent_agreement(),
            Self::Several(table) => percent_agreement(table),
            Self::Segments(segments) => segments.matched.percent_agreement(),
        }
    }

    /// Cohen's κ; of several coders Conger's, which for two is the same. Of segments of one theme there is none: nobody knows how
    /// many could have been made.
    pub fn kappa(&self) -> Coefficient {
        match self {
            Self::Two(fourfold) => fourfold.cohen_kappa(),
            Self::Several(table) => conger_kappa(table),
            Self::Segments(_) => Err(Undefined::OneCategory),
        }
    }

    /// Krippendorff's nominal α; of segments his |uα, which asks whether the same text was coded at all.
    pub fn alpha(&self) -> Coefficient {
        match self {
            Self::Two(fourfold) => fourfold.alpha(),
            Self::Several(table) => alpha(table, Level::Nominal),
            Self::Segments(segments) => segments.lying.bar_u_alpha(),
        }
    }

    /// The units as a table, for every other coefficient; `None` of segments, which are no units.
    #[must_use]
    pub fn table(&self) -> Option<Table> {
        match self {
            Self::Two(fourfold) => Some(fourfold.table()),
            Self::Several(table) => Some(table.as_ref().clone()),
            Self::Segments(_) => None,
        }
    }

    /// Counts `units` more that nobody of those who worked on them coded; `by` says who did.
    pub(super) fn add_not_coded(&mut self, by: &[bool], units: u64) {
        match self {
            Self::Two(fourfold) => fourfold.neither += units,
            Self::Several(table) => {
                let values: Vec<Option<Category>> = by.iter().map(|worked| worked.then_some(0)).collect();
                table.push(&values, units);
            }
            Self::Segments(segments) => segments.lying.add(&Coincidences::of_gaps(by.len(), units), 1),
        }
    }
}

impl Pool for Counted {
    fn emptied(&self) -> Self {
        match self {
            Self::Two(fourfold) => Self::Two(fourfold.emptied()),
            Self::Several(table) => Self::Several(Box::new(table.emptied())),
            Self::Segments(segments) => {
                Self::Segments(Box::new(Segments { matched: segments.matched.emptied(), lying: segments.lying.emptied() }))
            }
        }
    }

    fn add(&mut self, source: &Self, times: u64) {
        match (self, source) {
            (Self::Two(all), Self::Two(more)) => all.add(more, times),
            (Self::Several(all), Self::Several(more)) => all.add(more, times),
            (Self::Segments(all), Self::Segments(more)) => {
                all.matched.add(&more.matched, times);
                all.lying.add(&more.lying, times);
            }
            // What was counted in different ways is never put together: see [`by_theme`](super::by_theme).
            _ => {}
        }
    }

    fn size(&self) -> f64 {
        match self {
            Self::Two(fourfold) => fourfold.size(),
            Self::Several(table) => table.size(),
            Self::Segments(segments) => segments.matched.size(),
        }
    }
}
