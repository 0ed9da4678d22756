use super::lexer::{ends_run, is_quote};
use super::tree::Query;

/// Writes `query` so that [`parse`](super::parse()) reads the same tree.
#[must_use]
pub fn print(query: &Query) -> String {
    match query {
        Query::All => "*".to_owned(),
        Query::Nothing => String::new(),
        Query::Word { word, stemmed: true } => word.clone(),
        Query::Word { word, stemmed: false } => format!("\"{word}\""),
        Query::Phrase(words) => format!("\"{}\"", words.join(" ")),
        Query::Near { words, distance } => format!("\"{}\"~{distance}", words.join(" ")),
        Query::Wildcard(pattern) => pattern.clone(),
        Query::Fuzzy { word, distance } => format!("{word}~{distance}"),
        Query::Regex(source) => format!("/{}/", print_regex(source)),
        Query::And(parts) => join(parts, " ", |part| matches!(part, Query::Or(_))),
        Query::Or(parts) => join(parts, " OR ", |_| false),
        Query::Not(inner) => format!("NOT {}", print_in(inner, matches!(**inner, Query::And(_) | Query::Or(_)))),
        Query::Field { field, value } => format!("{field}{}", print_value(value)),
    }
}

/// Writes the value of a condition, in quotation marks where it needs them.
pub(super) fn print_value(value: &str) -> String {
    if !value.is_empty() && !value.chars().any(ends_run) {
        return value.to_owned();
    }
    let mut printed = String::from("\"");
    for c in value.chars() {
        if c == '\\' || is_quote(c) {
            printed.push('\\');
        }
        printed.push(c);
    }
    printed.push('"');
    printed
}

fn join(parts: &[Query], between: &str, wants_parentheses: impl Fn(&Query) -> bool) -> String {
    let parts: Vec<_> = parts.iter().map(|part| print_in(part, wants_parentheses(part))).collect();
    parts.join(between)
}

fn print_in(query: &Query, parentheses: bool) -> String {
    if parentheses { format!("({})", print(query)) } else { print(query) }
}

/// A regular expression with every `/` that is not escaped made so.
fn print_regex(source: &str) -> String {
    let mut printed = String::new();
    let mut escaped = false;
    for c in source.chars() {
        if c == '/' && !escaped {
            printed.push('\\');
        }
        escaped = c == '\\' && !escaped;
        printed.push(c);
    }
    printed
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::{Field, parse};
    use super::*;

    fn word() -> impl Strategy<Value = String> {
        "[a-z]{1,6}(’[st])?"
    }

    fn leaf() -> impl Strategy<Value = Query> {
        let words = || proptest::collection::vec(word(), 2..4);
        prop_oneof![
            (word(), any::<bool>()).prop_map(|(word, stemmed)| Query::Word { word, stemmed }),
            words().prop_map(Query::Phrase),
            (words(), 0u32..9).prop_map(|(words, distance)| Query::Near { words, distance }),
            "[a-z]{1,3}\\*[a-z]{0,3}|\\*[a-z]{1,3}\\*?".prop_map(Query::Wildcard),
            (word(), 1u8..3).prop_map(|(word, distance)| Query::Fuzzy { word, distance }),
            "[a-z]{1,4}(\\\\/| )[a-z.]{1,4}".prop_map(Query::Regex),
            Just(Query::All),
            (proptest::sample::select(&Field::ALL[..]), "[a-zA-Z ›\"“\\\\()é:*-]{0,8}[a-z\\\\]")
                .prop_map(|(field, value)| Query::Field { field, value }),
        ]
    }

    fn tree() -> impl Strategy<Value = Query> {
        leaf().prop_recursive(4, 24, 4, |inner| {
            prop_oneof![
                proptest::collection::vec(inner.clone(), 1..4).prop_filter_map("empty", Query::and),
                proptest::collection::vec(inner.clone(), 1..4).prop_filter_map("empty", Query::or),
                inner.prop_map(Query::negated),
            ]
        })
    }

    proptest! {
        #[test]
        fn parsing_brings_the_tree_back(query in tree()) {
            let printed = print(&query);
            prop_assert_eq!(&parse(&printed).query, &query, "{}", printed);
        }
    }
}
