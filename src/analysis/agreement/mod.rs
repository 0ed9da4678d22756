//! Agreement between coders: percentages, coefficients corrected for chance, and what spans of text come to.
//!
//! Everything that has units and values is a [`Table`], whose units may be paragraphs, the characters of a text, or rows of a
//! file; [`Statistic`] names what can be computed from it. Spans become tables by their [`characters`] or by
//! [`predefined_units`]; or they are matched as segments; or they are compared as a [`Continuum`], units and boundaries at
//! once. Sources are put together, averaged and drawn again through [`Pool`].
//!
//! What coders of a study agree on, and where they differ, is found by [`agreement`]: it says which sources are compared, lays
//! passages on the units of their text, and leaves the rest to [`by_theme`].
//!
//! A coefficient that comes to 0/0 has no value but a reason ([`Undefined`]).

mod alpha;
mod between;
mod bootstrap;
mod characters;
mod coefficient;
mod continuum;
mod counted;
mod differences;
mod kappa;
mod percent;
mod segments;
mod several;
mod sources;
mod statistic;
mod table;
mod themes;
mod unitizing;
mod units;

#[cfg(test)]
mod tests;

pub use alpha::{Level, alpha, alpha_disagreement, alpha_of_category, pairable_values};
pub use between::{Agreement, Asked, UnitOf, Why, agreement, coders_at_work};
pub use bootstrap::{Interval, Resampling, interval};
pub use characters::{Fourfold, Ground, alpha_of_characters, characters};
pub use coefficient::{Coefficient, Disagreement, MeanOf, Undefined};
pub use continuum::{Code, Continuum, ContinuumError, Touching, Unit};
pub use counted::{Counted, Segments};
pub use differences::Difference;
pub use kappa::{
    cohen_disagreement, cohen_kappa, cohen_kappa_max, conger_disagreement, conger_kappa, light_kappa, scott_disagreement, scott_pi,
};
pub use percent::{holsti, holsti_of_counts, holsti_of_shared, percent_agreement, percent_of_values, unanimity};
pub use segments::{Matched, match_frequency, match_presence, match_segments};
pub use several::{brennan_prediger, fleiss_disagreement, fleiss_kappa, fleiss_kappa_of_category, gwet_ac1, gwet_disagreement};
pub use sources::{OverSources, Pool, over_sources, pooled};
pub use statistic::Statistic;
pub use table::{Category, Choices, Scale, Table};
pub use themes::{Comparing, Intervals, Passage, Ranged, ThemeAgreement, by_theme, intervals};
pub use unitizing::Coincidences;
pub use units::{CodedWhen, predefined_units};
