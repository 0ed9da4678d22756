use std::collections::BTreeSet;

use crate::study::{AttributeOf, CaseKind, Role, Study};
use crate::text::{fold, tokens};

/// What a reader must know of the study: who takes part in it, and where.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Frame {
    /// The participant groups.
    pub groups: Vec<Names>,
    /// The case-study areas.
    pub areas: Vec<Names>,
    /// What the study calls its participant groups and areas, so that headers are understood.
    pub role_names: [String; 2],
    /// Names of the attributes of cases.
    pub case_attributes: Vec<String>,
    /// Whether every group was met in attributions and none was named by an analyst; then files may bring more.
    pub grows: bool,
}

/// Something known under several names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Names {
    /// The name to be shown.
    pub name: String,
    /// Other names under which it arrives.
    pub aliases: Vec<String>,
}

/// How a spelling was understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// It is a name or an alias.
    Known(String),
    /// It is near to the name or an alias of exactly one.
    Near(String),
    /// It is neither, or near to several.
    Unknown,
}

impl Frame {
    /// The frame of a study; that of a new project grows with its files.
    #[must_use]
    pub fn of(study: &Study) -> Self {
        let attributes = study.attributes();
        let names = |role| {
            let values = attributes.with_role(role).map(|attribute| attributes.values_of(attribute.id)).unwrap_or_default();
            values.into_iter().map(|value| Names { name: value.name.clone(), aliases: value.aliases.clone() }).collect::<Vec<_>>()
        };
        let role_name = |role| attributes.with_role(role).map(|attribute| attribute.name.clone()).unwrap_or_default();
        Self {
            groups: names(Role::Group),
            areas: names(Role::Area),
            role_names: [role_name(Role::Group), role_name(Role::Area)],
            case_attributes: attributes.of(AttributeOf::Cases).map(|attribute| attribute.name.clone()).collect(),
            grows: groups_were_only_met(study),
        }
    }

    pub(super) fn group(&self, spelling: &str) -> Found {
        find(&self.groups, spelling)
    }

    pub(super) fn area(&self, spelling: &str) -> Found {
        find(&self.areas, spelling)
    }
}

/// Whether every group of the study is that of some attributed interview, so that none was set up beforehand.
fn groups_were_only_met(study: &Study) -> bool {
    let Some(attribute) = study.attributes().with_role(Role::Group) else { return true };
    let met: BTreeSet<_> = study
        .cases()
        .values()
        .filter(|case| matches!(case.kind, CaseKind::InterviewLabel | CaseKind::Unidentified))
        .flat_map(|case| study.role_values(case.id, Role::Group))
        .collect();
    study.attributes().values_of(attribute.id).iter().all(|value| value.aliases.is_empty() && met.contains(&value.id))
}

/// Finds `spelling` among names and aliases: exactly (case folded), else as a small misspelling of exactly one of them.
pub(super) fn find(all: &[Names], spelling: &str) -> Found {
    let wanted = fold(spelling.trim());
    let is = |name: &str| fold(name.trim()) == wanted;
    let exact = all.iter().find(|names| is(&names.name)).or_else(|| all.iter().find(|names| names.aliases.iter().any(|alias| is(alias))));
    if let Some(names) = exact {
        return Found::Known(names.name.clone());
    }
    let close = |names: &&Names| is_near(&names.name, spelling) || names.aliases.iter().any(|alias| is_near(alias, spelling));
    let mut near = all.iter().filter(close);
    match (near.next(), near.next()) {
        (Some(names), None) => Found::Near(names.name.clone()),
        _ => Found::Unknown,
    }
}

/// Whether two spellings differ by no more than a typing mistake or a plural in each of their words.
pub(super) fn is_near(a: &str, b: &str) -> bool {
    let words = |text: &str| -> Vec<String> { tokens(text).map(|token| token.folded).filter(|word| word != "and").collect() };
    let (a, b) = (words(a), words(b));
    let as_one = |words: &[String]| words.concat();
    !a.is_empty() && (a.len() == b.len() && a.iter().zip(&b).all(|(a, b)| is_near_word(a, b)) || is_plural(&as_one(&a), &as_one(&b)))
}

/// Whether two words are the same but for number; "para-professional" is the same word as "paraprofessionals".
fn is_plural(a: &str, b: &str) -> bool {
    let plural = |one: &str, many: &str| many.strip_prefix(one).is_some_and(|end| matches!(end, "s" | "es" | "'s" | "s'"));
    a == b || plural(a, b) || plural(b, a)
}

fn is_near_word(a: &str, b: &str) -> bool {
    if is_plural(a, b) {
        return true;
    }
    if a.chars().chain(b.chars()).any(char::is_numeric) {
        return false;
    }
    let allowed = match a.chars().count().min(b.chars().count()) {
        0..=3 => 0,
        4..=6 => 1,
        _ => 2,
    };
    allowed > 0 && distance(a, b) <= allowed
}

/// Number of letters to add, drop, change or exchange with the next one to get from `a` to `b`.
fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut before: Vec<usize> = Vec::new();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, from) in a.iter().enumerate() {
        let mut next = vec![i + 1];
        for (j, to) in b.iter().enumerate() {
            let at = |cells: &[usize], index: usize| cells.get(index).copied().unwrap_or(usize::MAX / 2);
            let changed = at(&row, j) + usize::from(from != to);
            let mut best = changed.min(at(&row, j + 1) + 1).min(at(&next, j) + 1);
            let swapped = i > 0 && j > 0 && a.get(i - 1) == Some(to) && b.get(j - 1) == Some(from);
            if swapped {
                best = best.min(at(&before, j - 1) + 1);
            }
            next.push(best);
        }
        before = std::mem::replace(&mut row, next);
    }
    row.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(name: &str, aliases: &[&str]) -> Names {
        Names { name: name.into(), aliases: aliases.iter().map(|alias| (*alias).into()).collect() }
    }

    #[test]
    fn groups_are_found_by_name_alias_and_small_misspelling() {
        let groups = [
            names("Senior managers / team leaders", &["Team leaders"]),
            names("Justice social workers", &["JSW"]),
            names("CJP leads", &["CJP"]),
            names("Clients", &[]),
            names("Paraprofessionals", &[]),
        ];
        for (spelling, expected) in [
            ("senior MANAGERS / team leaders", Found::Known("Senior managers / team leaders".into())),
            ("Senior manager / team leaders", Found::Near("Senior managers / team leaders".into())),
            ("Senior managers and team leader", Found::Near("Senior managers / team leaders".into())),
            ("Sneior managers/team leaders", Found::Near("Senior managers / team leaders".into())),
            ("Justice social worker", Found::Near("Justice social workers".into())),
            ("Para-professional", Found::Near("Paraprofessionals".into())),
            ("Senior mangers/team leaders", Found::Near("Senior managers / team leaders".into())),
            ("jsw", Found::Known("Justice social workers".into())),
            ("CJPs", Found::Near("CJP leads".into())),
            ("CJS", Found::Unknown),
            ("Social workers", Found::Unknown),
            ("Sheriffs", Found::Unknown),
            ("Agents", Found::Unknown),
            ("", Found::Unknown),
        ] {
            assert_eq!(find(&groups, spelling), expected, "{spelling}");
        }
    }

    #[test]
    fn what_is_near_to_two_is_not_guessed() {
        let groups = [names("Worker team", &[]), names("Marker team", &[])];
        assert_eq!(find(&groups, "Warker team"), Found::Unknown);
    }
}
