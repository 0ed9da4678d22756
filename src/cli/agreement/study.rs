use std::collections::BTreeSet;
use std::path::Path;

use serde_json::{Value, json};

use super::arguments::{OfProject, UnitName};
use crate::analysis::agreement::{self, Agreement, Asked, Difference, Ranged, Resampling, coders_at_work};
use crate::analysis::lines::{Lines, Scope};
use crate::analysis::matrix::said;
use crate::cli::columns::shortened;
use crate::cli::console::Console;
use crate::cli::error::CliError;
use crate::cli::measured::{print_csv, print_measured};
use crate::cli::opening::{coder_named, open_to_read};
use crate::exchange::export::{Telling, agreement_measured, difference_says, differences_measured};
use crate::project::Project;
use crate::study::{CoderId, SourceId, Study};
use crate::text::fold;

/// How much of the words a line shows, in characters.
const WORDS: usize = 70;

/// Where coders of a project differ, and how far they agree.
pub(super) fn print(path: &Path, asked: &OfProject, as_json: bool, console: &mut Console) -> Result<(), CliError> {
    let project = open_to_read(path)?;
    let study = project.seen();
    let unit = asked.unit.unit(asked.overlap);
    let coders = coders(&study, &asked.coders)?;
    if asked.unit == UnitName::Segments && coders.len() > 2 {
        return Err(CliError::Usage("segments are matched between two coders: name them with --coders".to_owned()));
    }
    let lines = lines(&study, asked)?;
    let texts = project.texts();
    let of = Asked { coders, unit, interviewers: asked.interviewers };
    let Some(found) = agreement::agreement(&study, texts.as_ref(), &lines, &of, |_, _| true)? else { return Ok(()) };
    let resampling = asked.intervals.map(|resamples| Resampling { resamples, seed: asked.seed, ..Resampling::default() });
    let drawn = resampling.and_then(|resampling| Some((found.intervals(resampling, |_| true)?, resampling)));
    let intervals = drawn.as_ref().map(|(drawn, resampling)| (drawn.as_slice(), *resampling));
    let telling = Telling { all: asked.all, with_below: asked.with_below, intervals };
    if asked.csv && asked.differences {
        return print_csv(&differences_measured(&study, texts.as_ref(), &found)?, console);
    }
    let measured = agreement_measured(&study, &found, telling);
    if as_json {
        let mut json = measured.json();
        let differences = differences_measured(&study, texts.as_ref(), &found)?.json();
        if let Some(object) = json.as_object_mut() {
            object.insert("sources".to_owned(), sources_json(&study, &found));
            object.insert("seed".to_owned(), json!(asked.intervals.map(|_| asked.seed)));
            object.insert("differences".to_owned(), differences.get("rows").cloned().unwrap_or_default());
        }
        return console.json(&json);
    }
    if asked.csv {
        return print_csv(&measured, console);
    }
    console.line(&measured.name)?;
    print_differences(&project, &study, &found, asked.limit, console)?;
    print_measured(&measured, console)
}

/// What is compared of each source, and whose work.
fn sources_json(study: &Study, found: &Agreement) -> Value {
    let one = |(source, ranged): (&SourceId, &Ranged)| {
        let working = found.asked.coders.iter().zip(&ranged.by).filter(|(_, works)| **works);
        let names: Vec<&str> = working.filter_map(|(coder, _)| study.coders().get(coder)).map(|coder| coder.name.as_str()).collect();
        json!({ "source": study.material(*source).map(|material| &material.source.label), "units": ranged.units, "coders": names })
    };
    found.sources.iter().zip(&found.ranged).map(one).collect()
}

/// The coders that are named: one by one, or with commas between; without any all who are at work, by name.
fn coders(study: &Study, named: &[String]) -> Result<Vec<CoderId>, CliError> {
    if study.alone().is_some() {
        return Err(CliError::Nothing("in a copy in which one works blind there is nobody to agree with: others’ codings are not shown"));
    }
    if named.is_empty() {
        let at_work = coders_at_work(study);
        let mut coders: Vec<_> = study.analysts().filter(|coder| at_work.contains(&coder.id)).collect();
        coders.sort_by_cached_key(|coder| fold(&coder.name));
        let coders: Vec<CoderId> = coders.into_iter().map(|coder| coder.id).collect();
        return if coders.len() < 2 {
            Err(CliError::Nothing("agreement is between two coders or more; here fewer have coded or say that they are done with a source"))
        } else {
            Ok(coders)
        };
    }
    let mut coders = Vec::new();
    for name in named {
        // A name may hold a comma itself.
        match coder_named(study, name) {
            Ok(coder) => coders.push(coder.id),
            Err(_) => coders.extend(
                name.split(',')
                    .filter(|name| !name.trim().is_empty())
                    .map(|name| Ok(coder_named(study, name)?.id))
                    .collect::<Result<Vec<_>, CliError>>()?,
            ),
        }
    }
    if coders.contains(&CoderId::agreed()) {
        return Err(CliError::Usage("the agreed layer is nobody’s own work; name coders".to_owned()));
    }
    if coders.len() < 2 || coders.iter().collect::<BTreeSet<_>>().len() < coders.len() {
        return Err(CliError::Usage("agreement is between two coders or more: name each once, as --coders Ann,Ben".to_owned()));
    }
    Ok(coders)
}

/// The themes that are compared.
fn lines(study: &Study, asked: &OfProject) -> Result<Lines, CliError> {
    let (book, scope) = (study.codebook(), if asked.with_below { Scope::WithBelow } else { Scope::Alone });
    let Some(path) = &asked.theme else { return Ok(Lines::all(book, scope)) };
    let above = book.find_path(path).ok_or_else(|| CliError::NotFound(format!("there is no theme “{path}”")))?;
    let themes = book.outline().iter().map(|row| row.theme).filter(|theme| book.is_within(*theme, above));
    Ok(Lines::new(book, themes.collect(), scope))
}

/// The differences by theme, of each the largest.
fn print_differences(project: &Project, study: &Study, found: &Agreement, limit: usize, console: &mut Console) -> Result<(), CliError> {
    for of_theme in found.differences.chunk_by(|one, other| one.theme == other.theme) {
        let Some(first) = of_theme.first() else { continue };
        console.line("")?;
        console.line(format!("{}: {}", study.codebook().path(first.theme), of_theme.len()))?;
        let mut largest: Vec<&Difference> = of_theme.iter().collect();
        largest.sort_by_key(|difference| std::cmp::Reverse(difference.apart));
        for difference in largest.into_iter().take(limit) {
            console.line(format!("  {}", line(project, study, found, difference)?))?;
        }
        if of_theme.len() > limit {
            console.line(format!("  and {} more", of_theme.len() - limit))?;
        }
    }
    Ok(())
}

fn line(project: &Project, study: &Study, found: &Agreement, difference: &Difference) -> Result<String, CliError> {
    let Some(material) = study.material(difference.source) else { return Ok(String::new()) };
    let Some(revision) = material.revision() else { return Ok(String::new()) };
    let text = project.texts().text(revision.text)?;
    let words = shortened(&said(&material.geometry, &text, difference.span), WORDS);
    let paragraph = material.geometry.paragraphs_in(difference.span).start + 1;
    let says = difference_says(study, found, difference);
    Ok(format!("{}, paragraph {paragraph}: {says}: “{words}”", material.source.label))
}
