//! Conditions put into the text of a query and taken out again.

use crate::query::{Field, Parsed, Query, parse, print};
use crate::text::{Span, fold};

/// A condition that stands in a query and narrows it.
pub struct Standing {
    field: Field,
    /// Folded.
    value: String,
    /// Where it stands, in bytes of the query.
    span: Span,
}

impl Standing {
    /// Whether it says that `field` is `value`.
    pub fn says(&self, field: &Field, value: &str) -> bool {
        self.field == *field && self.value == fold(value)
    }
}

/// The conditions of a query that are not negated.
pub fn standing(text: &str, parsed: &Parsed) -> Vec<Standing> {
    let conditions = parsed.conditions.iter().filter_map(|condition| {
        let span = Span::new(condition.name.start, condition.value.end);
        let before = text.get(..span.start as usize)?;
        let negated = before.trim_end().ends_with("NOT") || before.ends_with('-');
        match parse(span.slice(text)).query {
            Query::Field { field, value } if !negated => Some(Standing { field, value: fold(&value), span }),
            _ => None,
        }
    });
    conditions.collect()
}

/// The query with the condition added, or without it where it was there. It is put before the words, so that a word at
/// the end stays one that is perhaps not finished, and the hits are those that were counted.
pub fn toggle(text: &str, parsed: &Parsed, field: &Field, value: &str) -> String {
    if let Some(there) = standing(text, parsed).into_iter().find(|there| there.says(field, value)) {
        return without(text, there.span);
    }
    let condition = print(&Query::field(field.clone(), value));
    let text = text.trim_start();
    match parse(text).query {
        Query::Or(_) => format!("{condition} ({})", text.trim_end()),
        _ if text.is_empty() => condition,
        _ => format!("{condition} {text}"),
    }
}

/// The query without its conditions; none when nothing else would be left of it, or there are none.
pub fn without_conditions(text: &str, parsed: &Parsed) -> Option<String> {
    let mut left = text.to_owned();
    for condition in parsed.conditions.iter().rev() {
        left = without(&left, Span::new(condition.name.start, condition.value.end));
    }
    let whole = !parsed.conditions.is_empty() && parse(&left).query != Query::Nothing;
    whole.then_some(left)
}

/// The text without a span, and without the parentheses and spaces that are left over.
fn without(text: &str, span: Span) -> String {
    let (before, after) = (text.get(..span.start as usize).unwrap_or_default(), text.get(span.end as usize..).unwrap_or_default());
    let (before, after) = (before.trim_end(), after.trim_start());
    let left = match (before.is_empty(), after.is_empty()) {
        (true, _) => after.to_owned(),
        (false, true) => before.to_owned(),
        (false, false) => format!("{before} {after}"),
    };
    let bare = left.strip_prefix('(').and_then(|inner| inner.strip_suffix(')'));
    match bare {
        // The parentheses that narrowing put round alternatives.
        Some(inner) if !inner.contains(['(', ')', '"']) => inner.to_owned(),
        _ => left,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_condition_comes_and_goes() {
        for (text, narrowed) in [
            ("", "theme:Staffing"),
            ("protocol", "theme:Staffing protocol"),
            ("finished ", "theme:Staffing finished "),
            ("NOT protocol", "theme:Staffing NOT protocol"),
            ("protocol OR system*", "theme:Staffing (protocol OR system*)"),
            ("\"share it\" group:Clients", "theme:Staffing \"share it\" group:Clients"),
        ] {
            let once = toggle(text, &parse(text), &Field::Theme, "Staffing");
            assert_eq!(once, narrowed);
            assert_eq!(toggle(&once, &parse(&once), &Field::Theme, "Staffing"), text);
        }
    }

    #[test]
    fn a_condition_is_found_however_it_is_written() {
        for (text, there) in [
            ("a theme:STAFFING", true),
            ("a theme:\"staffing\" b", true),
            ("a NOT theme:Staffing", false),
            ("-theme:Staffing", false),
            ("group:Staffing", false),
        ] {
            let standing = standing(text, &parse(text));
            assert_eq!(standing.iter().any(|one| one.says(&Field::Theme, "Staffing")), there, "{text}");
        }
    }

    #[test]
    fn conditions_are_taken_out_only_when_words_are_left() {
        for (text, left) in [
            ("protocol theme:Staffing group:Clients", Some("protocol")),
            ("theme:Staffing", None),
            ("protocol", None),
            ("(a OR b) theme:x c", Some("(a OR b) c")),
        ] {
            assert_eq!(without_conditions(text, &parse(text)).as_deref(), left, "{text}");
        }
    }
}
