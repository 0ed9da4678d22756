use super::Asked;
use crate::analysis;
use crate::analysis::by_source::{BySource, by_source};
use crate::analysis::cooccurrence::{self, Basis, Bridge, Within};
use crate::analysis::coverage;
use crate::analysis::lines::{Lines, Scope};
use crate::analysis::matrix::{Axis, Matrix, MatrixSpec, matrix};
use crate::analysis::saturation::{Rule, Stratum, band, strata};
use crate::analysis::timeline::Timeline;
use crate::cli::error::CliError;
use crate::exchange::export::{
    Labels, Measured, Sensitivity, cells_table, cooccurrence_measured, coverage_measured, gaps_measured, overview_measured,
    saturation_measured, sequence_measured, timeline_measured,
};

pub(super) fn lines(asked: &Asked<'_>) -> Lines {
    Lines::all(asked.study.codebook(), Scope::WithBelow)
}

pub(super) fn cooccurrence(asked: &Asked<'_>, basis: Basis) -> Measured {
    let lines = lines(asked);
    let of = |(value, filter)| (value, cooccurrence::cooccurrence(asked.study, &lines, &filter, basis));
    cooccurrence_measured(asked.study, &asked.parts().into_iter().map(of).collect::<Vec<_>>())
}

pub(super) fn sequence(asked: &Asked<'_>, paragraphs: u32, bridge: Bridge) -> Measured {
    let (lines, within) = (lines(asked), Within { paragraphs, bridge });
    let of = |(value, filter)| (value, cooccurrence::sequence(asked.study, &lines, &filter, within));
    sequence_measured(asked.study, &asked.parts().into_iter().map(of).collect::<Vec<_>>(), within)
}

pub(super) fn rule(base: u16, run: u16, per_cent: f64) -> Rule {
    Rule { base: usize::from(base), run: usize::from(run), threshold: per_cent / 100.0 }
}

/// The interviews of all and of each value, and how much their order matters where that is asked for.
pub(super) fn strata_of(asked: &Asked<'_>, orders: u32, seed: u64) -> (Vec<Stratum>, Option<Sensitivity>) {
    let lines = lines(asked);
    let strata = strata(asked.study, &lines, &asked.filter, asked.by);
    let orders = orders as usize;
    let bands = |stratum: &Stratum| band(&stratum.heard(), lines.themes().len(), orders, seed, |_| true).unwrap_or_default();
    let sensitivity = (orders > 0).then(|| Sensitivity { orders, seed, bands: strata.iter().map(bands).collect() });
    (strata, sensitivity)
}

pub(super) fn stratum_name(asked: &Asked<'_>, stratum: &Stratum) -> String {
    stratum.value.map_or_else(|| "All".to_owned(), |value| asked.value_name(value))
}

pub(super) fn saturation(asked: &Asked<'_>, rule: Rule, orders: u32, seed: u64) -> Measured {
    let (strata, sensitivity) = strata_of(asked, orders, seed);
    saturation_measured(asked.study, &strata, rule, sensitivity.as_ref(), |stratum| stratum_name(asked, stratum))
}

pub(super) fn frequencies(asked: &Asked<'_>) -> Result<Matrix, CliError> {
    let columns = asked.by.map(Axis::Attribute).into_iter().collect();
    let spec = MatrixSpec { rows: vec![Axis::Themes], columns, pages: Vec::new(), filter: asked.filter.clone() };
    Ok(matrix(asked.study, &spec)?)
}

pub(super) fn frequency(asked: &Asked<'_>) -> Result<Measured, CliError> {
    let table = cells_table(asked.study, &frequencies(asked)?, Labels::IDS)?;
    let computed = vec![
        "passages: stretches of text with the theme; codings that share characters are one. codings: every one.".to_owned(),
        "Participants are distinct persons, of n who could have been heard; other kinds of case stand beside them. words: participants’ words under the theme.".to_owned(),
        "A theme counts with those below it. Whoever has two values counts under each; totals are counted for themselves.".to_owned(),
    ];
    Ok(Measured { name: "Frequencies of themes".to_owned(), table, found: Vec::new(), computed })
}

/// Refuses to part by values what has no such parts.
fn whole(asked: &Asked<'_>, what: &str) -> Result<(), CliError> {
    if asked.by.is_some() {
        return Err(CliError::Usage(format!("{what}; leave out --by")));
    }
    Ok(())
}

pub(super) fn sources(asked: &Asked<'_>) -> Result<BySource, CliError> {
    whole(asked, "the overview is told of every source")?;
    Ok(by_source(asked.study, &lines(asked), &asked.filter))
}

pub(super) fn overview(asked: &Asked<'_>) -> Result<Measured, CliError> {
    Ok(overview_measured(asked.study, &sources(asked)?))
}

pub(super) fn course(asked: &Asked<'_>, label: &str) -> Result<Timeline, CliError> {
    whole(asked, "a timeline is that of one source")?;
    let material = asked.study.source_labelled(label).ok_or_else(|| CliError::NotFound(format!("there is no source “{label}”")))?;
    let found = analysis::timeline::timeline(asked.study, &asked.filter, material.source.id);
    found.ok_or_else(|| CliError::NotFound(format!("“{label}” is of none of the kinds that --kind names")))
}

pub(super) fn timeline(asked: &Asked<'_>, label: &str) -> Result<Measured, CliError> {
    Ok(timeline_measured(asked.study, &course(asked, label)?))
}

pub(super) fn coverage(asked: &Asked<'_>, gaps: bool) -> Result<Measured, CliError> {
    whole(asked, "coverage is told of every source and coder")?;
    let covered = coverage::coverage(asked.study, &asked.filter);
    Ok(if gaps { gaps_measured(asked.study, &covered) } else { coverage_measured(asked.study, &covered) })
}
