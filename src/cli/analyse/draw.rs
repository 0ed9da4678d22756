use super::Asked;
use super::arguments::{MeasureOf, PairsShape};
use super::themes::{course, frequencies, lines, rule, sources, strata_of, stratum_name};
use crate::analysis::cooccurrence::{Basis, cooccurrence};
use crate::analysis::saturation::Rule;
use crate::cli::console::Console;
use crate::cli::error::CliError;
use crate::cli::picture::{Pictured, table_picture};
use crate::exchange::export::{Labels, Names};
use crate::exchange::picture::{
    NoPicture, Picture, Together, Weighing, code_timeline, network, pair_table, saturation_curve, source_overview,
};

/// Draws a measure in place of printing it.
pub(super) fn draw(measure: &MeasureOf, pictured: &Pictured, asked: &Asked<'_>, console: &mut Console) -> Result<(), CliError> {
    pictured.check(asked.project)?;
    let picture = match measure {
        MeasureOf::Cooccurrence { basis, shape, weight, .. } => pairs(asked, basis.0, *shape, weight.0)?,
        MeasureOf::Saturation { base, run, threshold, orders, seed, .. } => curve(asked, rule(*base, *run, *threshold), *orders, *seed)?,
        MeasureOf::Frequency { words: false, measure, shape, .. } => {
            table_picture(&Names::new(asked.study, Labels::IDS), &frequencies(asked)?, measure.0, *shape)?
        }
        MeasureOf::Frequency { .. } => {
            return Err(CliError::Usage("there is no picture of words; leave out --words or --picture".to_owned()));
        }
        MeasureOf::Overview { .. } => source_overview(asked.study, &sources(asked)?, &asked.filter, Labels::IDS)?,
        MeasureOf::Timeline { source, .. } => code_timeline(asked.study, &course(asked, source)?, Labels::IDS)?,
        MeasureOf::Sequence { .. } | MeasureOf::Keywords { .. } | MeasureOf::Coverage { .. } => {
            return Err(CliError::Usage("there is no picture of this measure".to_owned()));
        }
    };
    pictured.write(asked.study, &asked.filter, &picture, console)
}

fn pairs(asked: &Asked<'_>, basis: Basis, shape: PairsShape, weighing: Weighing) -> Result<Picture, NoPicture> {
    let lines = lines(asked);
    let of = |(whose, filter)| {
        let found = cooccurrence(asked.study, &lines, &filter, basis);
        Together { whose, filter, found }
    };
    let parts: Vec<Together> = asked.parts().into_iter().map(of).collect();
    match shape {
        PairsShape::Heat => pair_table(asked.study, &parts, weighing),
        PairsShape::Network => network(asked.study, &parts, weighing),
    }
}

fn curve(asked: &Asked<'_>, rule: Rule, orders: u32, seed: u64) -> Result<Picture, NoPicture> {
    let (strata, sensitivity) = strata_of(asked, orders, seed);
    saturation_curve(asked.study, &strata, rule, sensitivity.as_ref(), |stratum| stratum_name(asked, stratum))
}
