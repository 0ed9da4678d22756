use std::collections::VecDeque;

use super::names::Names;
use super::parser::{Condition, Parsed, Problem, unknown_field};
use super::print::print_value;
use super::tree::{Field, Query};
use crate::study::Study;

/// Checks the conditions of a query against a study: fields and values that it does not have become problems with the
/// nearest name as suggestion, and those conditions are left out of what runs.
pub fn check_values(parsed: &mut Parsed, study: &Study) {
    let names = Names::of(study);
    let mut places: VecDeque<Condition> = std::mem::take(&mut parsed.conditions).into();
    let query = std::mem::replace(&mut parsed.query, Query::Nothing);
    let mut kept = Vec::new();
    let checked = query.retain_conditions(&mut |field, value| {
        let Some(place) = places.pop_front() else { return true };
        // Parsing knows the fields of every study; this study may have more.
        parsed.problems.retain(|problem| problem.span != place.name);
        match problem(&names, field, value, place) {
            Some(problem) => parsed.problems.push(problem),
            None => kept.push(place),
        }
        kept.last() == Some(&place)
    });
    parsed.query = checked.unwrap_or(Query::Nothing);
    parsed.conditions = kept;
    parsed.problems.sort_by_key(|problem| problem.span);
}

fn problem(names: &Names, field: &Field, value: &str, place: Condition) -> Option<Problem> {
    if names.values(field).is_none() {
        return Some(unknown_field(field, place.name, names.fields()));
    }
    if names.has(field, value) {
        return None;
    }
    let suggestion = names.nearest(field, value).map(print_value);
    Some(Problem { span: place.value, message: format!("{field} has no value “{}”.", value.trim()), suggestion })
}
