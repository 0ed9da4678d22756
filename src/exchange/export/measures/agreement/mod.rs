//! How far coders agree on every theme, and where they do not.

mod corrected;
mod differences;
mod notes;
mod sentences;

use super::{Measured, figure, names};
use crate::analysis::agreement::{
    Agreement, Choices, Counted, Interval, Intervals, MeanOf, Resampling, Statistic, Table as Units, ThemeAgreement, Undefined, UnitOf,
    holsti_of_shared, light_kappa,
};
use crate::analysis::leads::Leads;
use crate::exchange::export::table::Table;
use crate::study::{Study, ThemeId};
use notes::Notes;
use sentences::{coders, computed, said};

pub use corrected::Corrected;
pub(in crate::exchange) use corrected::{agreed_between, agreed_says};
pub use differences::{difference_says, differences_measured};

/// How much is told of each theme.
#[derive(Clone, Copy, Debug, Default)]
pub struct Telling<'a> {
    /// Also the other coefficients, the means over sources, and what all is computed from.
    pub all: bool,
    /// The intervals of each theme, and how they were made.
    pub intervals: Option<(&'a [Intervals], Resampling)>,
}

/// How far coders agree on every theme that one of them used.
#[must_use]
pub fn agreement_measured(study: &Study, found: &Agreement, telling: Telling<'_>) -> Measured {
    let unit = found.asked.unit;
    let several = found.asked.coders.len() > 2;
    let counts = found.differences_by_theme();
    let mut header: Vec<&str> = vec!["theme", "differences", "sources"];
    let figures = ["percent", "kappa", "alpha"].into_iter().filter(|name| *name != "kappa" || !is_segments(unit));
    for name in figures {
        header.push(name);
        if telling.intervals.is_some() {
            header.extend(LIMITS.iter().filter_map(|(of, limit)| (*of == name).then_some(*limit)));
        }
    }
    header.extend(telling.intervals.is_some().then_some("undefined"));
    let statistics = if telling.all && !is_segments(unit) { others(several) } else { Vec::new() };
    if telling.all {
        header.extend(MEANS.iter().filter(|name| !is_segments(unit) || !name.contains("kappa")));
        header.extend(statistics.iter().map(|statistic| statistic.key()));
        header.extend(made_of(unit, several));
    }
    header.push("note");
    let row = |(at, of): (usize, &ThemeAgreement<ThemeId>)| {
        let drawn = telling.intervals.and_then(|(drawn, _)| drawn.get(at));
        let mut notes = Notes::default();
        notes.of_figures(of, drawn, unit);
        let mut row =
            vec![study.codebook().path(of.theme), counts.get(&of.theme).copied().unwrap_or(0).to_string(), of.used.len().to_string()];
        for (over, drawn) in [
            (Some(of.percent), drawn.map(|drawn| drawn.percent)),
            (Some(of.kappa).filter(|_| !is_segments(unit)), drawn.map(|drawn| drawn.kappa)),
            (Some(of.alpha), drawn.map(|drawn| drawn.alpha)),
        ] {
            let Some(over) = over else { continue };
            row.push(figure(over.pooled.ok()));
            row.extend(drawn.into_iter().flat_map(limits));
        }
        row.extend(drawn.map(|drawn| undefined_draws(drawn, unit)));
        if telling.all {
            row.extend(means(of, unit));
            let table = of.together.table();
            let further = further(&statistics, table.as_ref());
            row.extend(further.iter().map(|(_, mean)| figure(mean.mean.ok())));
            row.extend(made(of, table.as_ref()));
            notes.of_means(of, unit);
            notes.of_further(&further);
        }
        row.push(notes.say());
        row
    };
    let rows = found.themes.iter().enumerate().map(row).collect();
    let leads = found.themes.iter().map(|of| Some(Leads::Differences(of.theme))).collect();
    let table = Table::new(names(&header), rows).counting(|_, name| name != "theme" && name != "note").headed(1);
    let name = format!("Agreement of {} by {}", coders(study, &found.asked.coders, usize::MAX), unit_name(unit));
    Measured { name, table, leads, found: said(study, found, telling), computed: computed(study, found, telling) }
}

const LIMITS: [(&str, &str); 6] = [
    ("percent", "percent_low"),
    ("percent", "percent_high"),
    ("kappa", "kappa_low"),
    ("kappa", "kappa_high"),
    ("alpha", "alpha_low"),
    ("alpha", "alpha_high"),
];
const MEANS: [&str; 6] = ["mean_percent", "mean_kappa", "mean_alpha", "mean_percent_by_size", "mean_kappa_by_size", "mean_alpha_by_size"];

/// What is told besides where all is asked for: of two coders who coded everything the others are the same as one of these.
fn others(several: bool) -> Vec<Statistic> {
    let (declared, ac1) = (Statistic::BrennanPrediger(Choices::Declared), Statistic::GwetAc1(Choices::Declared));
    if several {
        use Statistic::{FleissKappa, Holsti, LightKappa, PercentOfValues, Unanimity};
        vec![PercentOfValues, Unanimity, Holsti, FleissKappa, LightKappa, declared, ac1]
    } else {
        vec![Statistic::Holsti, Statistic::CohenKappaMax, Statistic::ScottPi, declared, ac1]
    }
}

/// The further coefficients of a theme, with of how many pairs of coders those are that are means over pairs; of others it is one.
fn further(statistics: &[Statistic], units: Option<&Units>) -> Vec<(Statistic, MeanOf)> {
    let of = |statistic: Statistic, units: &Units| match statistic {
        Statistic::Holsti => holsti_of_shared(units),
        Statistic::LightKappa => light_kappa(units),
        other => MeanOf::of([other.of(units)], Undefined::NoUnits),
    };
    units.into_iter().flat_map(|units| statistics.iter().map(move |statistic| (*statistic, of(*statistic, units)))).collect()
}

const fn is_segments(unit: UnitOf) -> bool {
    matches!(unit, UnitOf::Segments(_))
}

/// What coders are compared by, as it is called.
#[must_use]
pub const fn unit_name(unit: UnitOf) -> &'static str {
    match unit {
        UnitOf::Characters => "characters",
        UnitOf::Paragraphs => "paragraphs",
        UnitOf::Segments(_) => "segments",
    }
}

fn limits(interval: Result<Interval, Undefined>) -> [String; 2] {
    let interval = interval.ok();
    [figure(interval.map(|interval| interval.lower)), figure(interval.map(|interval| interval.upper))]
}

/// The share of draws in which one of the coefficients was not defined.
fn undefined_draws(drawn: &Intervals, unit: UnitOf) -> String {
    let kappa = if is_segments(unit) { drawn.alpha } else { drawn.kappa };
    let shares = [drawn.percent, kappa, drawn.alpha].map(|of| of.map(|interval| interval.undefined));
    figure(shares.into_iter().flatten().reduce(f64::max))
}

fn means(of: &ThemeAgreement<ThemeId>, unit: UnitOf) -> Vec<String> {
    let over = [Some(of.percent), Some(of.kappa).filter(|_| !is_segments(unit)), Some(of.alpha)];
    let mean = |mean: MeanOf| figure(mean.mean.ok());
    let each = over.iter().flatten().map(|over| mean(over.mean));
    each.chain(over.iter().flatten().map(|over| mean(over.mean_by_size))).collect()
}

/// What the coefficients of a theme are computed from, as columns.
const fn made_of(unit: UnitOf, several: bool) -> &'static [&'static str] {
    match (unit, several) {
        (UnitOf::Segments(_), _) => &["segments", "met"],
        (_, true) => &["units", "coded_by_some", "coded_by_all"],
        (_, false) => &["both", "first_only", "second_only", "neither"],
    }
}

fn made(of: &ThemeAgreement<ThemeId>, units: Option<&Units>) -> Vec<String> {
    let numbers = match &of.together {
        Counted::Two(of) => vec![of.both, of.first, of.second, of.neither],
        Counted::Segments(of) => vec![of.matched.decisions, of.matched.agreements],
        Counted::Several(_) => {
            let count = |is: fn(&[Option<u32>]) -> bool| {
                let counted = units.into_iter().flat_map(Units::units).filter(|(values, _)| is(values));
                counted.map(|(_, times)| times).sum::<u64>()
            };
            let all = |values: &[Option<u32>]| values.iter().flatten().all(|value| *value == 1);
            vec![count(|_| true), count(|values| values.contains(&Some(1))), count(all)]
        }
    };
    numbers.iter().map(u64::to_string).collect()
}
