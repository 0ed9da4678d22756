//! Conditions put into the text of a query and taken out again.

use crate::query::{Field, Parsed, Query, as_typed, parse, print, themes_named};
use crate::study::Study;
use crate::text::{Span, fold};

/// A condition that stands in a query and narrows it: every hit has to meet it.
pub struct Standing {
    /// What about a paragraph.
    pub field: Field,
    /// What is wanted, as it is written.
    pub value: String,
    /// The value in its one spelling.
    spelled: String,
    /// Where it stands, in bytes of the query.
    span: Span,
}

impl Standing {
    /// The condition as it is written in the query.
    pub fn written<'t>(&self, text: &'t str) -> &'t str {
        self.span.slice(text)
    }

    /// Whether it says that `field` is `value`.
    pub fn says(&self, field: &Field, value: &str) -> bool {
        self.field == *field && self.spelled == fold(value)
    }
}

/// The conditions that narrow a query as a whole: neither negated nor one of several alternatives.
pub fn standing(parsed: &Parsed, study: &Study) -> Vec<Standing> {
    let mut asked = Vec::new();
    collect(&parsed.query, true, &mut asked);
    let standing = asked.into_iter().zip(&parsed.conditions).filter_map(|(asked, place)| {
        let (field, value) = asked?;
        let span = Span::new(place.name.start, place.value.end);
        Some(Standing { field: field.clone(), value: value.to_owned(), spelled: one_spelling(study, field, value), span })
    });
    standing.collect()
}

/// What each condition of a query asks, in order; none for those that do not narrow the whole.
fn collect<'q>(query: &'q Query, narrows: bool, asked: &mut Vec<Option<(&'q Field, &'q str)>>) {
    match query {
        Query::Field { field, value } => asked.push(narrows.then_some((field, value.as_str()))),
        Query::And(parts) => parts.iter().for_each(|part| collect(part, narrows, asked)),
        Query::Or(parts) => parts.iter().for_each(|part| collect(part, false, asked)),
        Query::Not(inner) => collect(inner, false, asked),
        _ => {}
    }
}

/// A theme by its path, however it was named; other values as they are.
fn one_spelling(study: &Study, field: &Field, value: &str) -> String {
    let themes = if *field == Field::Theme { themes_named(study, value) } else { Vec::new() };
    match themes.as_slice() {
        [theme] => fold(&study.codebook().path(*theme)),
        _ => fold(value),
    }
}

/// The query with the condition added, or without it where it was there. It is put before the words, so that a word at
/// the end stays one that is perhaps not finished, and the hits are those that were counted.
pub fn toggle(text: &str, parsed: &Parsed, study: &Study, field: &Field, value: &str) -> String {
    if let Some(there) = standing(parsed, study).into_iter().find(|there| there.says(field, value)) {
        return without(text, there.span);
    }
    let condition = Query::field(field.clone(), value);
    let written = print(&condition);
    let asked = as_typed(text, parse(text).query);
    let narrowed = if asked == Query::Nothing { Some(condition) } else { Query::and([condition, asked]) };
    let text = text.trim_start();
    if text.is_empty() {
        return written;
    }
    let ways = [format!("{written} {text}"), format!("{written} ({text})")];
    written_as(ways, &narrowed.unwrap_or(Query::Nothing), parsed.problems.len())
}

/// The query without its conditions; none when nothing else would be left of it, or there are none.
pub fn without_conditions(parsed: &Parsed) -> Option<String> {
    let words = parsed.query.clone().retain_conditions(&mut |_, _| false)?;
    (!parsed.conditions.is_empty()).then(|| print(&words))
}

/// The text without the condition at `span`.
fn without(text: &str, span: Span) -> String {
    let whole = parse(text);
    let mistakes = whole.problems.len();
    let mut places = whole.conditions.iter();
    let mut stays = |_: &Field, _: &str| places.next().is_none_or(|place| !span.covers(place.value));
    let left = whole.query.retain_conditions(&mut stays).unwrap_or(Query::Nothing);
    let (before, after) = (text.get(..span.start as usize).unwrap_or_default(), text.get(span.end as usize..).unwrap_or_default());
    let (before, after) = (before.trim_end(), after.trim_start());
    let cut = if before.is_empty() || after.is_empty() { format!("{before}{after}") } else { format!("{before} {after}") };
    // The parentheses that narrowing put round alternatives.
    let bare = cut.strip_prefix('(').and_then(|inner| inner.strip_suffix(')')).unwrap_or(&cut).to_owned();
    written_as([bare, cut], &as_typed(text, left), mistakes)
}

/// The first of `ways` to write a query that asks just this with no more mistakes than before, so that the analyst's own
/// writing stays; else it is written anew.
fn written_as(ways: [String; 2], query: &Query, mistakes: usize) -> String {
    let same = |way: &String| {
        let parsed = parse(way);
        parsed.problems.len() <= mistakes && as_typed(way, parsed.query) == *query
    };
    ways.into_iter().find(same).unwrap_or_else(|| print(query))
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
            let once = toggle(text, &parse(text), &Study::default(), &Field::Theme, "Staffing");
            assert_eq!(once, narrowed);
            assert_eq!(toggle(&once, &parse(&once), &Study::default(), &Field::Theme, "Staffing"), text);
        }
    }

    #[test]
    fn narrowing_asks_for_what_was_counted() {
        for (text, narrowed) in [
            // A word that is perhaps not finished stays so, and a finished one too.
            ("a OR pro ", "theme:Staffing (a OR pro )"),
            ("a OR pro", "theme:Staffing (a OR pro)"),
            ("a OR \"pro\"", "theme:Staffing (a OR \"pro\")"),
            // What is wrong with a query must not change what the condition does.
            ("OR pro ", "theme:Staffing (OR pro )"),
            ("(a OR b", "theme:Staffing (a OR b"),
            ("\"", "theme:Staffing \""),
        ] {
            let once = toggle(text, &parse(text), &Study::default(), &Field::Theme, "Staffing");
            assert_eq!(once, narrowed, "{text}");
            let asked = |text: &str| as_typed(text, parse(text).query);
            let both = [Query::field(Field::Theme, "Staffing"), asked(text)].into_iter().filter(|part| *part != Query::Nothing);
            assert_eq!(Some(asked(&once)), Query::and(both), "{text}");
        }
        for (text, widened) in [("a AND theme:Staffing", "a"), ("(theme:Staffing) a", "a"), ("NOT b theme:Staffing", "NOT b")] {
            assert_eq!(toggle(text, &parse(text), &Study::default(), &Field::Theme, "Staffing"), widened, "{text}");
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
            ("a OR theme:Staffing", false),
            ("NOT (a theme:Staffing)", false),
            ("(a theme:Staffing) b", true),
        ] {
            let standing = standing(&parse(text), &Study::default());
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
            ("room OR source:B", Some("room")),
            ("NOT theme:x protocol", Some("protocol")),
            ("a AND theme:x", Some("a")),
        ] {
            assert_eq!(without_conditions(&parse(text)).as_deref(), left, "{text}");
        }
    }
}
