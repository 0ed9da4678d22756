use super::print::print;
use super::tree::Query;

/// A query that asks for less than another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Looser {
    /// What it does differently, in words.
    pub what: String,
    /// The query.
    pub query: Query,
}

/// Shortest word, in letters, that could be meant where another was written.
const SHORTEST: usize = 4;

/// Ways to ask for less than `query`, the nearest to it first: without one of its conditions, with one of its words left
/// out, with words apart or in other forms, with any of its words.
#[must_use]
pub fn looser(query: &Query) -> Vec<Looser> {
    let parts = match query {
        Query::And(parts) => parts.as_slice(),
        other => std::slice::from_ref(other),
    };
    let mut ways: Vec<Looser> = Vec::new();
    let mut add = |what: String, query: Option<Query>| {
        if let Some(query) = query.filter(|query| ways.iter().all(|way| way.query != *query)) {
            ways.push(Looser { what, query });
        }
    };
    let (words, conditions): (Vec<&Query>, Vec<&Query>) = parts.iter().partition(|part| asks_for_words(part));
    let with = |at: usize, instead: Option<Query>| {
        Query::and(parts.iter().enumerate().filter_map(|(index, part)| if index == at { instead.clone() } else { Some(part.clone()) }))
    };
    for (at, part) in parts.iter().enumerate().filter(|(_, part)| !asks_for_words(part)) {
        add(format!("Without {}", print(part)), with(at, None).filter(|_| !words.is_empty()));
    }
    for (at, part) in parts.iter().enumerate() {
        for (what, instead) in nearby(part) {
            add(what, with(at, Some(instead)));
        }
    }
    if words.len() > 1 {
        for (at, part) in parts.iter().enumerate().filter(|(_, part)| asks_for_words(part)) {
            add(format!("Without {}", print(part)), with(at, None));
        }
        let any = Query::or(words.into_iter().cloned());
        add("Any of the words".to_owned(), Query::and(any.into_iter().chain(conditions.into_iter().cloned())));
    }
    ways
}

/// Whether a part of a query asks for words that have to be there.
const fn asks_for_words(part: &Query) -> bool {
    !matches!(part, Query::Field { .. } | Query::Not(_) | Query::All | Query::Nothing)
}

/// The same words, less exactly.
fn nearby(part: &Query) -> Vec<(String, Query)> {
    let stemmed = |word: &String| Query::Word { word: word.clone(), stemmed: true };
    match part {
        Query::Phrase(words) | Query::Near { words, .. } => {
            let apart = Query::and(words.iter().map(stemmed));
            apart.map(|apart| (format!("The words of {} anywhere in the paragraph", print(part)), apart)).into_iter().collect()
        }
        Query::Word { word, stemmed: false } => vec![(format!("Other forms of {}", print(part)), stemmed(word))],
        Query::Word { word, .. } if word.chars().count() >= SHORTEST => {
            let begins = (format!("Words that begin with {word}"), Query::Wildcard(format!("{word}*")));
            let alike = (format!("Words spelt like {word}"), Query::Fuzzy { word: word.clone(), distance: 1 });
            vec![begins, alike]
        }
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::parse;
    use super::*;

    /// The looser queries, as they are written.
    fn check(text: &str, expected: &[&str]) {
        let found = looser(&parse(text).query);
        assert_eq!(found.iter().map(|way| print(&way.query)).collect::<Vec<_>>(), expected, "{text}");
        assert!(found.iter().all(|way| !way.what.is_empty()));
    }

    #[test]
    fn each_way_asks_for_a_little_less() {
        check("old", &[]);
        check("protocol", &["protocol*", "protocol~1"]);
        check("\"a b\"", &["a b"]);
        check("\"a b\"~3 group:X", &["\"a b\"~3", "a b group:X"]);
        check("\"old\" group:X -theme:Y", &["\"old\" NOT theme:Y", "\"old\" group:X", "old group:X NOT theme:Y"]);
        check("old new group:X", &["old new", "new group:X", "old group:X", "(old OR new) group:X"]);
        check("old OR new", &[]);
        check("group:X kind:Y", &[]);
        check("", &[]);
    }
}
