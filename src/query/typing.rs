use super::tree::Query;

/// Shortest word, in characters, that is taken for the beginning of longer ones.
const SHORTEST: usize = 2;

/// What `text` asks while it is being typed: a word at its very end is perhaps not finished, so the words that begin
/// with it count too. A space after the word, or quotation marks round it, finish it.
#[must_use]
pub fn as_typed(text: &str, query: Query) -> Query {
    match query {
        Query::Word { word, stemmed: true } if text.ends_with(&word) && word.chars().count() >= SHORTEST => {
            let longer = Query::Wildcard(format!("{word}*"));
            Query::Or(vec![Query::Word { word, stemmed: true }, longer])
        }
        Query::And(parts) => Query::and(last_as_typed(text, parts)).unwrap_or(Query::Nothing),
        // The parentheses that a condition before them wants do not finish the last of several alternatives.
        Query::Or(parts) => Query::or(last_as_typed(text.trim_end_matches(')'), parts)).unwrap_or(Query::Nothing),
        other => other,
    }
}

fn last_as_typed(text: &str, mut parts: Vec<Query>) -> Vec<Query> {
    let last = parts.pop().map(|last| as_typed(text, last));
    parts.extend(last);
    parts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::{parse, print};

    #[test]
    fn only_the_word_at_the_end_may_be_unfinished() {
        for (text, asked) in [
            ("pro", "pro OR pro*"),
            ("pro ", "pro"),
            ("p", "p"),
            ("\"pro\"", "\"pro\""),
            ("form pro", "form (pro OR pro*)"),
            ("form OR pro", "form OR pro OR pro*"),
            ("a OR pro", "a OR pro OR pro*"),
            ("a OR b pro", "a OR b (pro OR pro*)"),
            ("a OR (b pro", "a OR b (pro OR pro*)"),
            ("theme:Staffing (a OR pro)", "theme:Staffing (a OR pro OR pro*)"),
            ("theme:Staffing (a OR pro )", "theme:Staffing (a OR pro)"),
            ("NOT pro", "NOT pro"),
            ("theme:pro", "theme:pro"),
            ("theme:Staffing pro", "theme:Staffing (pro OR pro*)"),
            ("(form pro)", "form pro"),
            ("pro~1", "pro~1"),
        ] {
            assert_eq!(print(&as_typed(text, parse(text).query)), asked, "{text}");
        }
    }
}
