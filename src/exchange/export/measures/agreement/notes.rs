use super::is_segments;
use super::sentences::listed;
use crate::analysis::agreement::{Coefficient, Intervals, MeanOf, OverSources, Statistic, ThemeAgreement, Undefined, UnitOf};
use crate::exchange::export::table::BETWEEN;
use crate::study::ThemeId;

/// Why figures of a theme are missing, and of how much others are the mean where that is not all.
#[derive(Default)]
pub(super) struct Notes {
    /// Each reason once, with all that is not defined for it.
    reasons: Vec<(Undefined, Vec<String>)>,
    /// Each share once, as “2 of 3 sources”, with all that is a mean over so many.
    means: Vec<(String, Vec<String>)>,
}

impl Notes {
    /// What stands in any row, with intervals where they were drawn.
    pub fn of_figures(&mut self, of: &ThemeAgreement<ThemeId>, drawn: Option<&Intervals>, unit: UnitOf) {
        for (name, over) in figures(of, unit) {
            self.reason(name, over.pooled);
        }
        let Some(drawn) = drawn else { return };
        for ((name, _), interval) in figures(of, unit).zip(intervals(drawn, unit)) {
            self.reason(&format!("interval of {name}"), interval);
        }
    }

    /// The means over sources.
    pub fn of_means(&mut self, of: &ThemeAgreement<ThemeId>, unit: UnitOf) {
        // Whether each source counts by its size changes nothing about where a mean is defined.
        for (name, over) in figures(of, unit) {
            self.mean(&format!("mean {name}"), over.mean, "sources");
        }
    }

    /// The further coefficients, by the names of their columns; some are means over pairs of coders.
    pub fn of_further(&mut self, further: &[(Statistic, MeanOf)]) {
        for (statistic, mean) in further {
            self.mean(statistic.key(), *mean, "pairs");
        }
    }

    fn mean(&mut self, name: &str, mean: MeanOf, of: &str) {
        self.reason(name, mean.mean);
        if 0 < mean.defined && mean.defined < mean.all {
            put(&mut self.means, format!("{} of {} {of}", mean.defined, mean.all), name);
        }
    }

    fn reason(&mut self, name: &str, value: Coefficient) {
        if let Err(why) = value {
            put(&mut self.reasons, why, name);
        }
    }

    /// All of it in one cell.
    pub fn say(self) -> String {
        let reasons = self.reasons.into_iter().map(|(why, names)| format!("{} not defined – {why}", listed(names, usize::MAX)));
        let means = self.means.into_iter().map(|(share, names)| format!("{} of {share}", listed(names, usize::MAX)));
        reasons.chain(means).collect::<Vec<_>>().join(BETWEEN)
    }
}

/// The figures of a theme, as they are called in a sentence.
fn figures(of: &ThemeAgreement<ThemeId>, unit: UnitOf) -> impl Iterator<Item = (&'static str, OverSources)> {
    let alpha = if is_segments(unit) { "|uα" } else { "α" };
    let kappa = (!is_segments(unit)).then_some(("κ", of.kappa));
    [Some(("percent", of.percent)), kappa, Some((alpha, of.alpha))].into_iter().flatten()
}

/// Whether their intervals are defined, in the same order.
fn intervals(drawn: &Intervals, unit: UnitOf) -> impl Iterator<Item = Coefficient> {
    let kappa = (!is_segments(unit)).then_some(drawn.kappa);
    let all = [Some(drawn.percent), kappa, Some(drawn.alpha)].into_iter().flatten();
    all.map(|interval| interval.map(|interval| interval.undefined))
}

fn put<T: PartialEq>(groups: &mut Vec<(T, Vec<String>)>, of: T, name: &str) {
    match groups.iter_mut().find(|(other, _)| *other == of) {
        Some((_, names)) => names.push(name.to_owned()),
        None => groups.push((of, vec![name.to_owned()])),
    }
}
