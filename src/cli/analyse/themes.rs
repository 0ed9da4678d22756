use super::Asked;
use crate::analysis::cooccurrence::{self, Basis, Bridge, Within};
use crate::analysis::coverage;
use crate::analysis::lines::{Lines, Scope};
use crate::analysis::matrix::{Axis, MatrixSpec, matrix};
use crate::analysis::saturation::{Rule, Stratum, band, strata};
use crate::cli::error::CliError;
use crate::exchange::export::{
    Labels, Measured, Sensitivity, cells_table, cooccurrence_measured, coverage_measured, gaps_measured, saturation_measured,
    sequence_measured,
};

fn lines(asked: &Asked<'_>) -> Lines {
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

pub(super) fn saturation(asked: &Asked<'_>, rule: Rule, orders: u32, seed: u64) -> Measured {
    let lines = lines(asked);
    let strata = strata(asked.study, &lines, &asked.filter, asked.by);
    let orders = orders as usize;
    let bands = |stratum: &Stratum| band(&stratum.heard(), lines.themes().len(), orders, seed, |_| true).unwrap_or_default();
    let sensitivity = (orders > 0).then(|| Sensitivity { orders, seed, bands: strata.iter().map(bands).collect() });
    let name = |stratum: &Stratum| stratum.value.map_or_else(|| "All".to_owned(), |value| asked.value_name(value));
    saturation_measured(asked.study, &strata, rule, sensitivity.as_ref(), name)
}

pub(super) fn frequency(asked: &Asked<'_>) -> Result<Measured, CliError> {
    let columns = asked.by.map(Axis::Attribute).into_iter().collect();
    let spec = MatrixSpec { rows: vec![Axis::Themes], columns, pages: Vec::new(), filter: asked.filter.clone() };
    let counted = matrix(asked.study, &spec)?;
    let table = cells_table(asked.study, &counted, Labels::IDS)?;
    let computed = vec![
        "passages: stretches of text with the theme; codings that share characters are one. codings: every one.".to_owned(),
        "Participants are distinct persons, of n who could have been heard; other kinds of case stand beside them. words: participants’ words under the theme.".to_owned(),
        "A theme counts with those below it. Whoever has two values counts under each; totals are counted for themselves.".to_owned(),
    ];
    Ok(Measured { name: "Frequencies of themes".to_owned(), table, found: Vec::new(), computed })
}

pub(super) fn coverage(asked: &Asked<'_>, gaps: bool) -> Result<Measured, CliError> {
    if asked.by.is_some() {
        return Err(CliError::Usage("coverage is told of every source and coder; leave out --by".to_owned()));
    }
    let covered = coverage::coverage(asked.study, &asked.filter);
    Ok(if gaps { gaps_measured(asked.study, &covered) } else { coverage_measured(asked.study, &covered) })
}
