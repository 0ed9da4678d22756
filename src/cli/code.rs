use serde_json::json;

use super::arguments::Code;
use super::console::Console;
use super::error::CliError;
use super::opening::{open_to_write, searcher};
use super::search::{hits, say_problems, understand};
use crate::home::plain_name;
use crate::project::{EditError, Hit, Tx, coder_called};
use crate::query::Query;
use crate::study::{CoderId, CodingId, Origin, SourceId, ThemeId};
use crate::text::{Span, union};

/// `themata code`: all hits of a search, as one edit.
pub(super) fn code(arguments: &Code, console: &mut Console) -> Result<(), CliError> {
    let mut project = open_to_write(&arguments.project)?;
    let study = project.seen();
    let known = study.codebook().find_path(&arguments.theme).map(|theme| study.codebook().path(theme));
    if known.is_none() && !arguments.create {
        return Err(CliError::NotFound(format!("there is no theme “{}”; with --create it is made", arguments.theme)));
    }
    let understood = understand(&study, &arguments.query);
    say_problems(&arguments.query, &understood.problems);
    if understood.query == Query::Nothing {
        return Err(CliError::Nothing("nothing was coded, because the query has nothing in it that can be found"));
    }
    if understood.conditions_left_out {
        // Searching goes on without a condition that is wrong; coding would take in what nobody asked for.
        return Err(CliError::Usage("nothing was coded, because a condition of the query cannot be met".to_owned()));
    }
    let (_, found) = hits(&searcher(&project)?, &study, &understood.query, usize::MAX)?;
    let passages: Vec<(SourceId, Span)> = found.iter().flat_map(|hit| passages(hit, arguments.words)).collect();
    if passages.is_empty() {
        return report(arguments, console, known.as_deref().unwrap_or(&arguments.theme), &[]);
    }
    let label = format!("Code {} hits of “{}”", passages.len(), arguments.query);
    let (theme, codings) = project.edit(&label, |tx| {
        let theme = tx.theme_at(&arguments.theme)?;
        let coder = coder(tx, arguments.coder.as_deref())?;
        let codings = apply(tx, theme, coder, &passages)?;
        Ok((tx.study().codebook().path(theme), codings))
    })?;
    report(arguments, console, &theme, &codings)
}

/// What is coded of a hit: the whole paragraph, or each stretch of words that were found.
fn passages(hit: &Hit, words: bool) -> Vec<(SourceId, Span)> {
    let spans = if words { union(hit.matches.iter().copied()) } else { vec![hit.span] };
    spans.into_iter().map(|span| (hit.source, span)).collect()
}

fn apply(tx: &mut Tx<'_>, theme: ThemeId, coder: CoderId, passages: &[(SourceId, Span)]) -> Result<Vec<CodingId>, EditError> {
    let now = tx.now();
    let mut codings = Vec::with_capacity(passages.len());
    for (source, span) in passages {
        match tx.code_as(coder, now, *source, *span, theme, Origin::SearchUnread) {
            Ok(coding) => codings.push(coding),
            // A regular expression can find signs that are no words.
            Err(EditError::NoWords) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(codings)
}

/// The coder of this name, made if there is none yet; without a name whoever runs the command.
fn coder(tx: &mut Tx<'_>, name: Option<&str>) -> Result<CoderId, EditError> {
    let Some(name) = name.map(plain_name).filter(|name| !name.is_empty()) else { return Ok(tx.me().coder) };
    let coder = coder_called(tx.study(), &name);
    let id = coder.id;
    tx.put(coder)?;
    Ok(id)
}

fn report(arguments: &Code, console: &mut Console, theme: &str, codings: &[CodingId]) -> Result<(), CliError> {
    if arguments.json {
        return console.json(&json!({ "theme": theme, "codings": codings }));
    }
    console.line(format!("{} passages under {theme}", codings.len()))
}
