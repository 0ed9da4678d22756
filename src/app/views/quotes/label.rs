//! What stands under a quote: a template that the user writes, with the facts of who says it.

/// The template of who never wrote one.
pub const USUAL: &str = "{case}, {group}, {area}";

/// What a template can name.
pub(super) const FIELDS: [&str; 5] = ["case", "group", "area", "source", "paragraph"];

/// Who says a quote, and where: one of several where several speak. What is empty is not stated.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Facts {
    /// The id of the case.
    pub case: String,
    /// The values of its group.
    pub group: String,
    /// The values of its area.
    pub area: String,
    /// The id of the source.
    pub source: String,
    /// The number of the paragraph, from 1.
    pub paragraph: String,
}

impl Facts {
    fn get(&self, field: &str) -> Option<&str> {
        Some(match field {
            "case" => &self.case,
            "group" => &self.group,
            "area" => &self.area,
            "source" => &self.source,
            "paragraph" => &self.paragraph,
            _ => return None,
        })
    }
}

/// A part of a template.
enum Part<'a> {
    Words(&'a str),
    Field(&'a str),
}

/// The parts of a template in order; what is in braces and no field is words.
fn parts(template: &str) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let mut rest = template;
    while let Some((at, field, after)) = next_field(rest) {
        parts.push(Part::Words(at));
        parts.push(Part::Field(field));
        rest = after;
    }
    parts.push(Part::Words(rest));
    parts
}

/// The first field of a template, with what stands before and after it.
fn next_field(template: &str) -> Option<(&str, &str, &str)> {
    template.match_indices('{').find_map(|(at, _)| {
        let (inside, after) = template.get(at + 1..)?.split_once('}')?;
        FIELDS.contains(&inside).then(|| (template.get(..at).unwrap_or_default(), inside, after))
    })
}

/// The first thing in braces that is no field.
pub(super) fn unknown(template: &str) -> Option<&str> {
    let in_braces = |part: &str| part.find('{').is_some_and(|at| part.get(at..).is_some_and(|rest| rest.contains('}')));
    let words = parts(template).into_iter().find_map(|part| match part {
        Part::Words(words) if in_braces(words) => Some(words),
        Part::Words(_) | Part::Field(_) => None,
    })?;
    let from = words.find('{')?;
    let to = from + words.get(from..)?.find('}')?;
    words.get(from..=to)
}

/// The template filled in. What is not stated goes, with the words that part it from what stands before.
pub(super) fn filled(template: &str, facts: &Facts) -> String {
    let (mut said, mut between) = (String::new(), "");
    let (mut begun, mut last) = (false, true);
    for part in parts(template) {
        match part {
            Part::Words(words) => between = words,
            Part::Field(field) => {
                let value = facts.get(field).unwrap_or_default();
                last = !value.is_empty();
                if last {
                    if !begun || !said.is_empty() {
                        said.push_str(between);
                    }
                    said.push_str(value);
                }
                begun = true;
            }
        }
    }
    let is_open = said.matches('(').count() > said.matches(')').count();
    if last || is_open {
        said.push_str(between);
    }
    said.trim().to_owned()
}

/// The label of a quote: that of each who says it.
pub(super) fn label(template: &str, who: &[Facts]) -> String {
    let mut said: Vec<String> = who.iter().map(|facts| filled(template, facts)).filter(|label| !label.is_empty()).collect();
    said.dedup();
    said.join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_stated_leaves_no_gap() {
        let all = Facts { case: "P1".into(), group: "Nurses".into(), area: "Fife".into(), source: "S1".into(), paragraph: "4".into() };
        let no_group = Facts { group: String::new(), ..all.clone() };
        let no_area = Facts { area: String::new(), ..all.clone() };
        for (template, facts, expected) in [
            (USUAL, &all, "P1, Nurses, Fife"),
            (USUAL, &no_group, "P1, Fife"),
            (USUAL, &no_area, "P1, Nurses"),
            (USUAL, &Facts { area: "Fife".into(), ..Facts::default() }, "Fife"),
            (USUAL, &Facts::default(), ""),
            ("({case}: {group}, {area})", &no_area, "(P1: Nurses)"),
            ("{case} ({group})", &no_group, "P1"),
            ("{source} ¶ {paragraph}", &all, "S1 ¶ 4"),
            ("Participant {case}", &all, "Participant P1"),
            ("{case} {age}", &all, "P1 {age}"),
            ("nobody", &all, "nobody"),
            ("{{case}", &all, "{P1"),
            ("{case", &all, "{case"),
            ("", &all, ""),
        ] {
            assert_eq!(filled(template, facts), expected, "{template}");
        }
    }

    #[test]
    fn several_who_speak_are_named_each() {
        let named = |case: &str| Facts { case: case.into(), ..Facts::default() };
        assert_eq!(label(USUAL, &[named("P1"), named("P2"), Facts::default()]), "P1; P2");
    }

    #[test]
    fn what_is_no_field_is_found() {
        assert_eq!(unknown(USUAL), None);
        assert_eq!(unknown("{case} {age}, {area}"), Some("{age}"));
        assert_eq!(unknown("{case} {ag"), None);
    }
}
