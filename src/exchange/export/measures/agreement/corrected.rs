use super::sentences::{BY_CUSTOM, coders, coefficient_says, compared, draws_say, percent_says, said};
use super::{Telling, is_segments, unit_name};
use crate::analysis::agreement::{Agreement, Interval, Intervals, OverSources, ThemeAgreement, Undefined, UnitOf};
use crate::study::Study;

/// The coefficient corrected for chance that stands for agreement where there is room for one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Corrected {
    /// Cohen's κ, of more than two coders Conger's.
    #[default]
    Kappa,
    /// Krippendorff's α, of segments |uα.
    Alpha,
}

impl Corrected {
    /// The one that there is where coders are compared by `unit`: segments of one theme have no κ.
    #[must_use]
    pub const fn of_unit(self, unit: UnitOf) -> Self {
        if is_segments(unit) { Self::Alpha } else { self }
    }

    /// What it is called.
    pub(in crate::exchange) const fn name(self, unit: UnitOf, coders: usize) -> &'static str {
        match (self.of_unit(unit), coders) {
            (Self::Kappa, ..=2) => "Cohen’s κ",
            (Self::Kappa, _) => "Conger’s κ",
            (Self::Alpha, _) if is_segments(unit) => "Krippendorff’s |uα",
            (Self::Alpha, _) => "Krippendorff’s α",
        }
    }

    /// What it comes to on a theme.
    pub(in crate::exchange) const fn of<T>(self, theme: &ThemeAgreement<T>, unit: UnitOf) -> OverSources {
        match self.of_unit(unit) {
            Self::Kappa => theme.kappa,
            Self::Alpha => theme.alpha,
        }
    }

    /// The interval of it.
    pub(in crate::exchange) const fn interval(self, drawn: &Intervals, unit: UnitOf) -> Result<Interval, Undefined> {
        match self.of_unit(unit) {
            Self::Kappa => drawn.kappa,
            Self::Alpha => drawn.alpha,
        }
    }
}

/// Whose agreement it is, and by what: “Ann and Ben, by characters”.
pub(in crate::exchange) fn agreed_between(study: &Study, found: &Agreement) -> String {
    format!("{}, by {}", coders(study, &found.asked.coders, usize::MAX), unit_name(found.asked.unit))
}

/// What is to be said of agreement by a single coefficient: what was found, and how it is computed.
pub(in crate::exchange) fn agreed_says(
    study: &Study,
    found: &Agreement,
    of: Corrected,
    telling: Telling<'_>,
) -> (Vec<String>, Vec<String>) {
    let unit = found.asked.unit;
    let mut computed = compared(found);
    computed.push(coefficient_says(found, of));
    computed.push(format!("Agreement: {}", percent_says(found)));
    if let Some((drawn, resampling)) = telling.intervals {
        let undefined = drawn.iter().filter_map(|drawn| Some(of.interval(drawn, unit).ok()?.undefined)).fold(0.0, f64::max);
        let left_out = if undefined > 0.0 {
            let share = super::super::per_cent_beside(undefined, 0.0);
            format!(
                "; draws in which the coefficient is not defined, as where no source with the theme is drawn, are left out, of no theme more than {share}"
            )
        } else {
            String::new()
        };
        computed.push(format!("Intervals: {}{left_out}.", draws_say(resampling)));
    }
    computed.push(BY_CUSTOM.to_owned());
    (said(study, found, telling), computed)
}
