//! `themata quotes`: what a report quotes, held against the sources, and what was marked to be quoted.

mod check;
mod json;
mod list;
mod print;

use super::arguments::{Quotes, QuotesWhat};
use super::console::Console;
use super::error::CliError;
use crate::exchange::export::{Labels, Names};
use crate::study::{CaseId, NOT_STATED, Role, Study};

/// `themata quotes`
pub(super) fn quotes(arguments: &Quotes, console: &mut Console) -> Result<(), CliError> {
    match &arguments.what {
        QuotesWhat::Check { report, json } => check::check(&arguments.project, report, *json, console),
        QuotesWhat::List { json } => list::list(&arguments.project, *json, console),
    }
}

/// Label of a case; `None` is *Not stated*.
fn label(study: &Study, case: Option<CaseId>) -> Option<String> {
    case.and_then(|case| study.case(case)).map(|case| case.label.clone())
}

/// Names of the values of a case in the attribute that plays `role`; `None` is *Not stated*.
fn of_role(study: &Study, case: Option<CaseId>, role: Role) -> Option<String> {
    let attribute = study.attributes().with_role(role)?.id;
    let names = study.value_names(&study.case(case?)?.values, attribute);
    (!names.is_empty()).then_some(names)
}

/// A case with its group and area, as a quotation could be attributed to it.
fn attribution(study: &Study, case: Option<CaseId>) -> String {
    let case = case.and_then(|case| study.case(case));
    case.map_or_else(|| NOT_STATED.to_owned(), |case| Names::new(study, Labels::FULL).case(case))
}
