use std::collections::BTreeSet;

use super::arguments::MatrixArguments;
use super::error::CliError;
use super::opening::{coder_named, listed};
use crate::analysis::matrix::{Axis, Filter, MatrixSpec};
use crate::study::{AttributeId, BuiltIn, Role, SourceForm, Study, ValueId};
use crate::text::fold;

/// The matrix that was asked for.
pub(super) fn spec(study: &Study, arguments: &MatrixArguments) -> Result<MatrixSpec, CliError> {
    let rows = nested(study, &arguments.rows)?;
    let columns = match &arguments.columns {
        Some(names) => nested(study, names)?,
        None if rows == [Axis::Themes] => {
            study.attributes().with_role(Role::Group).map(|group| Axis::Attribute(group.id)).into_iter().collect()
        }
        None => vec![Axis::Themes],
    };
    let pages = arguments.pages.as_deref().map_or(Ok(Vec::new()), |names| nested(study, names))?;
    let coder = arguments.coder.as_deref().map(|name| coder_named(study, name)).transpose()?.map(|coder| coder.id);
    let kinds = arguments.kind.iter().map(|name| kinds(study, name)).collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect();
    let filter =
        Filter { coder, all_voices: arguments.all_voices, quote_marked: arguments.quote_marked, kinds, wordless: false, said_by: None };
    Ok(MatrixSpec { rows, columns, pages, filter })
}

/// The kinds of source that a name stands for: a value of *Kind*, what is not stated, or all kinds that transcripts or reports have.
pub(super) fn kinds(study: &Study, name: &str) -> Result<BTreeSet<Option<ValueId>>, CliError> {
    let attribute = study.attributes().built_in(BuiltIn::Kind).map(|attribute| attribute.id);
    if let Some(value) = attribute.and_then(|attribute| study.attributes().find_value(attribute, name.trim())) {
        return Ok(BTreeSet::from([Some(value.id)]));
    }
    let wanted = match fold(name.trim()).as_str() {
        "not stated" => return Ok(BTreeSet::from([None])),
        "transcript" | "transcripts" => Some(SourceForm::Transcript),
        "report" | "reports" => Some(SourceForm::Report),
        _ => None,
    };
    let of_form = study.materials().iter().map(|material| &material.source).filter(|source| Some(source.form) == wanted);
    let values = of_form.map(|source| attribute.and_then(|attribute| source.values.get(&attribute)).filter(|values| !values.is_empty()));
    let kinds: BTreeSet<_> =
        values.flat_map(|values| values.map_or_else(|| vec![None], |values| values.iter().copied().map(Some).collect())).collect();
    if !kinds.is_empty() {
        return Ok(kinds);
    }
    let mut known = vec!["transcript", "report", "not stated"];
    known.extend(attribute.into_iter().flat_map(|attribute| study.attributes().values_of(attribute)).map(|value| value.name.as_str()));
    Err(CliError::NotFound(format!("there is no source of the kind “{}”; there are: {}", name.trim(), listed(&known))))
}

/// The attribute of this name or role.
pub(super) fn attribute(study: &Study, name: &str) -> Result<AttributeId, CliError> {
    match axis(study, name)? {
        Axis::Attribute(attribute) => Ok(attribute),
        Axis::Themes | Axis::Cases => {
            Err(CliError::Usage(format!("“{}” is no attribute: name group, area or one of the study’s", name.trim())))
        }
    }
}

/// Axes one inside the other. An attribute's name may hold a comma itself.
fn nested(study: &Study, names: &str) -> Result<Vec<Axis>, CliError> {
    if names.trim().is_empty() || fold(names.trim()) == "none" {
        return Ok(Vec::new());
    }
    if let Ok(one) = axis(study, names) {
        return Ok(vec![one]);
    }
    names.split(',').map(|name| axis(study, name)).collect()
}

fn axis(study: &Study, name: &str) -> Result<Axis, CliError> {
    let attributes = study.attributes();
    let of_role = |role| attributes.with_role(role).map(|attribute| Axis::Attribute(attribute.id));
    let found = match fold(name.trim()).as_str() {
        "themes" | "theme" => Some(Axis::Themes),
        "cases" | "case" => Some(Axis::Cases),
        "group" => of_role(Role::Group),
        "area" => of_role(Role::Area),
        _ => None,
    };
    let found = found.or_else(|| attributes.named(name).map(|attribute| Axis::Attribute(attribute.id)));
    found.ok_or_else(|| {
        let mut known = vec!["themes", "cases", "group", "area"];
        known.extend(attributes.all().into_iter().map(|attribute| attribute.name.as_str()));
        CliError::NotFound(format!("there is no axis “{}”; there are: {}", name.trim(), listed(&known)))
    })
}
