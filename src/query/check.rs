use std::collections::VecDeque;

use super::names::{Names, SUMMARIES, ValuePattern, themes_named};
use super::parsed::{Condition, Parsed, Problem};
use super::print::print_value;
use super::tree::{Field, Query};
use crate::study::Study;

/// Checks the conditions of a query against a study: fields and values that it does not have become problems with the
/// nearest name as suggestion, and those conditions are left out of what runs.
pub fn check_values(parsed: &mut Parsed, study: &Study) {
    if parsed.conditions.is_empty() {
        return;
    }
    let names = Names::of(study);
    let mut places: VecDeque<Condition> = std::mem::take(&mut parsed.conditions).into();
    let query = std::mem::replace(&mut parsed.query, Query::Nothing);
    let mut kept = Vec::new();
    let checked = query.retain_conditions(&mut |field, value| {
        let Some(place) = places.pop_front() else { return true };
        // Parsing knows the fields of every study; this study may have more.
        parsed.problems.retain(|problem| problem.span != place.name);
        if let Some(problem) = problem(study, &names, field, value, place) {
            parsed.problems.push(problem);
        } else {
            kept.push(place);
            parsed.problems.extend(remark(study, field, value, place).filter(|remark| !parsed.problems.contains(remark)));
        }
        kept.last() == Some(&place)
    });
    parsed.query = checked.unwrap_or(Query::Nothing);
    parsed.conditions = kept;
    parsed.problems.sort_by_key(|problem| problem.span);
}

/// What is worth knowing of a condition that holds for nothing yet.
fn remark(study: &Study, field: &Field, value: &str, place: Condition) -> Option<Problem> {
    let asks = *field == Field::In && ValuePattern::new(value).matches(SUMMARIES);
    let none = study.summaries().iter().len() == 0;
    (asks && none).then(|| Problem::remark(place.value, "No summaries are written yet, so nothing can be found in them."))
}

fn problem(study: &Study, names: &Names, field: &Field, value: &str, place: Condition) -> Option<Problem> {
    if names.values(field).is_none() {
        return Some(Problem::unknown_field(field, place.name, names.fields()));
    }
    let known = match field {
        Field::Theme => !themes_named(study, value).is_empty(),
        _ => names.has(field, value),
    };
    if known {
        return None;
    }
    let suggestion = names.nearest(field, value).map(print_value);
    Some(Problem { suggestion, ..Problem::mistake(place.value, format!("{field} has no value “{}”.", value.trim())) })
}

#[cfg(test)]
pub(super) mod tests {
    use std::collections::BTreeMap;
    use std::sync::Arc;

    use super::super::{parse, print};
    use super::*;
    use crate::study::{
        Attribute, AttributeId, AttributeOf, BuiltIn, Case, CaseId, CaseKind, Coder, CoderId, Entity, Role, Theme, ThemeId, Value, ValueId,
    };
    use crate::text::{BlobId, Geometry, NoSuchBlob, Texts};

    struct NoTexts;

    impl Texts for NoTexts {
        fn text(&self, id: BlobId) -> Result<Arc<str>, NoSuchBlob> {
            Err(NoSuchBlob { id, reason: String::new() })
        }

        fn geometry(&self, id: BlobId) -> Result<Arc<Geometry>, NoSuchBlob> {
            Err(NoSuchBlob { id, reason: String::new() })
        }
    }

    /// A study without sources.
    pub(in crate::query) fn study() -> Study {
        let mut entities: Vec<Entity> = Vec::new();
        let attributes = [
            ("Participant group", Some(Role::Group), None, vec!["Justice social workers", "Paraprofessionals"]),
            ("Kind", None, Some(BuiltIn::Kind), vec!["Interview", "Focus group"]),
            ("Gender", None, None, vec!["Woman", "Man"]),
            ("Years in post", None, None, vec!["1"]),
        ];
        for (position, (name, role, built_in, values)) in (0..).zip(attributes) {
            let id = AttributeId::new();
            let of = if built_in.is_some() { AttributeOf::Sources } else { AttributeOf::Cases };
            entities.push(Attribute { id, name: name.into(), of, role, built_in, identifying: false, position }.into());
            for (position, name) in (0..).zip(values) {
                let aliases = if name == "Paraprofessionals" { vec!["Support workers".into()] } else { vec![] };
                entities.push(Value { id: ValueId::new(), attribute: id, name: name.into(), aliases, position }.into());
            }
        }
        let top = ThemeId::new();
        for (id, name, parent) in [(top, "Leadership", None), (ThemeId::new(), "National voice", Some(top))] {
            let theme = Theme {
                id,
                name: name.into(),
                parent,
                position: 0,
                number: None,
                abbreviation: name.chars().take(2).collect(),
                colour: None,
                definition: String::new(),
                use_when: String::new(),
                not_when: String::new(),
                origin: None,
            };
            entities.push(theme.into());
        }
        let case = Case { id: CaseId::new(), label: "FIF-TL1".into(), kind: CaseKind::Person, values: BTreeMap::new(), position: 0 };
        entities.push(case.into());
        entities.push(Coder { id: CoderId::new(), name: "Ann Ash".into(), initials: "AA".into() }.into());
        Study::from_entities(entities, &NoTexts).unwrap()
    }

    /// What runs, and where the problems stand with what to write there.
    fn check(text: &str, tree: &str, problems: &[(&str, Option<&str>)]) {
        let mut parsed = parse(text);
        check_values(&mut parsed, &study());
        assert_eq!(print(&parsed.query), tree, "{text}");
        let found: Vec<_> = parsed.problems.iter().map(|problem| (problem.span.slice(text), problem.suggestion.as_deref())).collect();
        assert_eq!(found, problems, "{text}: {:?}", parsed.problems);
        let again = parsed.clone();
        check_values(&mut parsed, &study());
        assert_eq!(parsed, again, "checking twice changes nothing");
    }

    #[test]
    fn values_are_looked_up_in_the_study() {
        check("a kind:interview", "a kind:interview", &[]);
        check("kind:focus*", "kind:focus*", &[]);
        check("group:\"support workers\"", "group:\"support workers\"", &[]);
        check("group:\"not stated\"", "group:\"not stated\"", &[]);
        check("theme:\"leadership>national voice\"", "theme:\"leadership>national voice\"", &[]);
        check("theme:NA theme:Lead* theme:\"Leadership > nat*\"", "theme:NA theme:Lead* theme:\"Leadership > nat*\"", &[]);
        check("gender:woman", "gender:woman", &[]);
        check("coder:aa case:fif-tl1", "coder:aa case:fif-tl1", &[]);
        check("speaker:participant in:memos coded:no", "speaker:participant in:memos coded:no", &[]);
        check("coded:Unread -coded:unread", "coded:Unread NOT coded:unread", &[]);
        // Known to the language; that there are none is said, and nothing is left out.
        check("a in:summaries", "a in:summaries", &[("summaries", None)]);
    }

    #[test]
    fn conditions_without_a_meaning_are_left_out() {
        check("a kind:intervew", "a", &[("intervew", Some("Interview"))]);
        check("kind:\"focus gruop\"", "", &[("\"focus gruop\"", Some("\"Focus group\""))]);
        check("(kind:x OR a) NOT theme:leadrship gender:man", "a gender:man", &[("x", None), ("leadrship", Some("Leadership"))]);
        check("theme:\"National vioce\"", "", &[("\"National vioce\"", Some("\"National voice\""))]);
        check("gendre:man", "", &[("gendre", Some("Gender"))]);
        check("area:Fife", "", &[("Fife", None)]);
        check("coded:maybe quote:ye", "", &[("maybe", None), ("ye", Some("yes"))]);
        check("in:memo a", "a", &[("memo", Some("memos"))]);
        check("coded:unraed", "", &[("unraed", Some("unread"))]);
    }

    #[test]
    fn a_problem_says_what_is_wrong() {
        let mut parsed = parse("kind:intervew");
        check_values(&mut parsed, &study());
        assert_eq!(parsed.problems[0].message, "kind: has no value “intervew”.");
    }
}
