use std::fs;

use super::Asked;
use super::arguments::Wording;
use crate::analysis::words::{self, Counts, Keyword, Said, StopWords, Wanted, frequent};
use crate::cli::error::CliError;
use crate::exchange::export::{Measured, frequent_measured, keywords_measured};

pub(super) fn frequency(asked: &Asked<'_>, wording: &Wording) -> Result<Measured, CliError> {
    if asked.by.is_some() {
        return Err(CliError::Usage("words said more by some than by others are what “analyse keywords --by” lists".to_owned()));
    }
    let wanted = wanted(wording, 0.0)?;
    let texts = asked.project.texts();
    let counts = words::counts(asked.study, texts.as_ref(), &asked.filter, Said::ByAll, |_, _| true)?.unwrap_or_default();
    Ok(frequent_measured(&counts, &frequent(&counts, &wanted), &wanted))
}

pub(super) fn keywords(asked: &Asked<'_>, theme: Option<&str>, likelihood: f64, wording: &Wording) -> Result<Measured, CliError> {
    let wanted = wanted(wording, likelihood)?;
    let book = asked.study.codebook();
    let of_theme = |theme| (book.path(theme), Said::On(theme));
    let bodies: Vec<(String, Said)> = match (theme, asked.by) {
        (Some(path), _) => {
            let theme = book.find_path(path).ok_or_else(|| CliError::NotFound(format!("there is no theme “{path}”")))?;
            vec![of_theme(theme)]
        }
        (None, Some(by)) => asked.values(by).into_iter().map(|value| (asked.value_name(value), Said::By(by, value))).collect(),
        (None, None) => book.outline().iter().map(|row| of_theme(row.theme)).collect(),
    };
    let said: Vec<Said> = bodies.iter().map(|(_, said)| *said).collect();
    let texts = asked.project.texts();
    let counts = words::counts_of_each(asked.study, texts.as_ref(), &asked.filter, &said, |_, _| true)?.unwrap_or_default();
    let found = |((name, _), counts): ((String, Said), Counts)| {
        let found = words::keywords(&counts, &wanted);
        (name, counts, found)
    };
    let mut of: Vec<(String, Counts, Vec<Keyword>)> = bodies.into_iter().zip(counts).map(found).collect();
    // A theme nobody spoke of, or a value of nobody, is told only where it was asked for.
    of.retain(|(_, counts, _)| theme.is_some() || counts.size_here > 0);
    Ok(keywords_measured(&of, &wanted))
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
