use std::collections::BTreeSet;
use std::fs;

use super::arguments::{MeasureOf, Measuring, Wording};
use crate::analysis::cooccurrence::Within;
use crate::analysis::matrix::Filter;
use crate::analysis::saturation::Rule;
use crate::analysis::words::{StopWords, Wanted};
use crate::cli::axes::{attribute, kinds};
use crate::cli::error::CliError;
use crate::cli::opening::coder_named;
use crate::exchange::export::Labels;
use crate::exchange::measuring::{Asked, What};
use crate::study::Study;

/// What is asked for, in terms of the study.
pub(super) fn asked(study: &Study, measure: &MeasureOf) -> Result<Asked, CliError> {
    let (what, measuring) = (what(study, measure)?, measure.measuring());
    let by = measuring.by.as_deref().map(|name| attribute(study, name)).transpose()?;
    if let (Some(_), Some(whole)) = (by, whole(measure)) {
        return Err(CliError::Usage(whole.to_owned()));
    }
    if measuring.coder.is_some() && !what.rests_on_codings(by) {
        return Err(CliError::Usage("words are counted whoever coded them; leave out --coder".to_owned()));
    }
    if measure.pictured().is_some_and(|pictured| pictured.picture.is_some()) && matches!(what, What::Words(_)) {
        return Err(CliError::Usage("there is no picture of words; leave out --words or --picture".to_owned()));
    }
    Ok(Asked { what, by, filter: filter(study, measuring)?, labels: Labels::IDS })
}

/// Why a measure is not told by values, where it is not.
const fn whole(measure: &MeasureOf) -> Option<&'static str> {
    match measure {
        MeasureOf::Frequency { words: true, .. } => Some("words said more by some than by others are what “analyse keywords --by” lists"),
        MeasureOf::Overview { .. } => Some("the overview is told of every source; leave out --by"),
        MeasureOf::Timeline { .. } => Some("a timeline is that of one source; leave out --by"),
        MeasureOf::Coverage { .. } => Some("coverage is told of every source and coder; leave out --by"),
        _ => None,
    }
}

fn filter(study: &Study, measuring: &Measuring) -> Result<Filter, CliError> {
    let coder = measuring.coder.as_deref().map(|name| coder_named(study, name)).transpose()?.map(|coder| coder.id);
    let mut of_kinds = BTreeSet::new();
    for name in &measuring.kind {
        of_kinds.extend(kinds(study, name)?);
    }
    Ok(Filter { coder, kinds: of_kinds, ..Filter::default() })
}

fn what(study: &Study, measure: &MeasureOf) -> Result<What, CliError> {
    Ok(match measure {
        MeasureOf::Cooccurrence { basis, .. } => What::Cooccurrence(basis.0),
        MeasureOf::Sequence { within, across, .. } => What::Sequence(Within { paragraphs: *within, bridge: across.0 }),
        MeasureOf::Saturation { base, run, threshold, orders, seed, .. } => What::Saturation {
            rule: Rule { base: usize::from(*base), run: usize::from(*run), threshold: threshold / 100.0 },
            orders: *orders as usize,
            seed: *seed,
        },
        MeasureOf::Frequency { words: false, .. } => What::Frequencies,
        MeasureOf::Frequency { words: true, wording, .. } => What::Words(wanted(wording, 0.0)?),
        MeasureOf::Overview { .. } => What::Overview,
        MeasureOf::Timeline { source, .. } => {
            let material = study.source_labelled(source).ok_or_else(|| CliError::NotFound(format!("there is no source “{source}”")))?;
            What::Timeline(material.source.id)
        }
        MeasureOf::Keywords { theme, likelihood, wording, .. } => {
            let found =
                |path: &str| study.codebook().find_path(path).ok_or_else(|| CliError::NotFound(format!("there is no theme “{path}”")));
            What::Keywords { theme: theme.as_deref().map(found).transpose()?, wanted: wanted(wording, *likelihood)? }
        }
        MeasureOf::Coverage { gaps: false, .. } => What::Coverage,
        MeasureOf::Coverage { gaps: true, .. } => What::Gaps,
    })
}

fn wanted(wording: &Wording, likelihood: f64) -> Result<Wanted, CliError> {
    let mut stop = if wording.all_words { StopWords::default() } else { StopWords::english() };
    if let Some(path) = &wording.stop_words {
        let text =
            fs::read_to_string(path).map_err(|error| CliError::NotFound(format!("{} cannot be read as text: {error}", path.display())))?;
        stop = stop.with(&text);
    }
    Ok(Wanted { stop, people: wording.participants, count: wording.count, likelihood })
}
