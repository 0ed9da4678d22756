use super::arguments::MatrixArguments;
use super::error::CliError;
use super::opening::{coder_named, listed};
use crate::analysis::matrix::{Axis, Filter, MatrixSpec};
use crate::study::{Role, Study};
use crate::text::fold;

/// The matrix that was asked for.
pub(super) fn spec(study: &Study, arguments: &MatrixArguments) -> Result<MatrixSpec, CliError> {
    let rows = axis(study, &arguments.rows)?;
    let columns = match &arguments.columns {
        Some(names) => columns(study, names)?,
        None if rows == Axis::Themes => {
            study.attributes().with_role(Role::Group).map(|group| Axis::Attribute(group.id)).into_iter().collect()
        }
        None => vec![Axis::Themes],
    };
    let pages = arguments.pages.as_deref().map(|name| axis(study, name)).transpose()?;
    let coder = arguments.coder.as_deref().map(|name| coder_named(study, name)).transpose()?.map(|coder| coder.id);
    let filter = Filter { coder, all_voices: arguments.all_voices, ..Filter::default() };
    Ok(MatrixSpec { rows, columns, pages, filter })
}

/// Axes one inside the other. An attribute's name may hold a comma itself.
fn columns(study: &Study, names: &str) -> Result<Vec<Axis>, CliError> {
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
