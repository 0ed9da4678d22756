use std::collections::BTreeSet;
use std::path::Path;

use serde_json::{Value, json};

use super::arguments::{CorrectedName, UnitName};
use crate::analysis::agreement::{self, Agreement, Difference, Ranged, Resampling};
use crate::analysis::lines::Scope;
use crate::analysis::matrix::{Filter, said};
use crate::cli::columns::shortened;
use crate::cli::console::Console;
use crate::cli::error::CliError;
use crate::cli::measured::{print_csv, print_measured};
use crate::cli::opening::{coder_named, now, open_to_read};
use crate::exchange::export::{About, Labels, agreement_measured, difference_says, differences_measured};
use crate::exchange::measuring::{Asked, Found, What, find};
use crate::exchange::picture::agreement_picture;
use crate::project::Project;
use crate::study::{CoderId, SourceId, Study, ThemeId};

/// How much of the words a line shows, in characters.
const WORDS: usize = 70;

/// Where coders of a project differ, and how far they agree.
pub(super) fn print(path: &Path, arguments: &super::Agreement, console: &mut Console) -> Result<(), CliError> {
    let (asked, pictured) = (&arguments.of_project, &arguments.pictured);
    let project = open_to_read(path)?;
    let study = project.seen();
    let unit = asked.unit.unit(asked.overlap);
    let coders = coders(&study, &asked.coders)?;
    if asked.unit == UnitName::Segments && coders.len() > 2 {
        return Err(CliError::Usage("segments are matched between two coders: name them with --coders".to_owned()));
    }
    if asked.unit == UnitName::Segments && asked.coefficient == Some(CorrectedName::Kappa) {
        return Err(CliError::Usage("segments of one theme have no κ; leave out --coefficient".to_owned()));
    }
    pictured.check(&project)?;
    let texts = project.texts();
    let what = What::Agreement {
        between: agreement::Asked { coders, unit, interviewers: asked.interviewers },
        theme: asked.theme.as_deref().map(|path| theme(&study, path)).transpose()?,
        scope: if asked.with_below { Scope::WithBelow } else { Scope::Alone },
        resampling: asked.intervals.map(|resamples| Resampling { resamples, seed: asked.seed, ..Resampling::default() }),
    };
    let of = Asked { what, by: None, filter: Filter::default(), labels: Labels::IDS };
    let Some(Found::Agreement(compared)) = find(&study, texts.as_ref(), &of, &mut |_, _| true)? else { return Ok(()) };
    let (found, telling) = (&compared.found, compared.telling(asked.all));
    if pictured.picture.is_some() {
        let picture = agreement_picture(&study, found, asked.coefficient.map(Into::into).unwrap_or_default(), telling)?;
        let below = About::new(&study, "", &Filter::default(), now()).of_project();
        return pictured.write_over(&below, &picture, console);
    }
    if asked.csv && asked.differences {
        return print_csv(&differences_measured(&study, texts.as_ref(), found)?, console);
    }
    let measured = agreement_measured(&study, found, telling);
    if arguments.json {
        let mut json = measured.json();
        let differences = differences_measured(&study, texts.as_ref(), found)?.json();
        if let Some(object) = json.as_object_mut() {
            object.insert("sources".to_owned(), sources_json(&study, found));
            object.insert("seed".to_owned(), json!(asked.intervals.map(|_| asked.seed)));
            object.insert("differences".to_owned(), differences.get("rows").cloned().unwrap_or_default());
        }
        return console.json(&json);
    }
    if asked.csv {
        return print_csv(&measured, console);
    }
    console.line(&measured.name)?;
    print_differences(&project, &study, found, asked.limit, console)?;
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

/// The coders that are named: one by one, or with commas between; none where nobody is.
fn coders(study: &Study, named: &[String]) -> Result<Vec<CoderId>, CliError> {
    // In a copy in which one works blind not even names are looked for.
    if named.is_empty() || study.alone().is_some() {
        return Ok(Vec::new());
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

fn theme(study: &Study, path: &str) -> Result<ThemeId, CliError> {
    study.codebook().find_path(path).ok_or_else(|| CliError::NotFound(format!("there is no theme “{path}”")))
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
