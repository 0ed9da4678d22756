use std::sync::Arc;

use nucleo_matcher::pattern::{AtomKind, CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};

use super::find::pattern;
use crate::study::{Codebook, ThemeId};
use crate::text::fold;

/// A theme that fits what was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Match {
    /// The theme.
    pub theme: ThemeId,
    /// The characters of its name that were typed, by index.
    pub name: Vec<u32>,
    /// Where the definition holds what was typed, in bytes.
    pub definition: Option<std::ops::Range<usize>>,
}

/// What fitted last, so that nothing is looked for again before the themes or the words typed are others.
#[derive(Default)]
pub struct Found {
    made: Option<(Arc<Codebook>, String)>,
    matches: Arc<[Match]>,
}

impl Found {
    /// The themes that fit `query`, as [`matches`].
    pub fn of(&mut self, codebook: &Arc<Codebook>, query: &str) -> Arc<[Match]> {
        let known = self.made.as_ref().is_some_and(|(book, typed)| Arc::ptr_eq(book, codebook) && typed == query);
        if !known {
            self.matches = matches(codebook, query).into();
            self.made = Some((Arc::clone(codebook), query.to_owned()));
        }
        Arc::clone(&self.matches)
    }
}

/// What the name, the number, the abbreviation, the path and the definition are worth beside a fuzzy score.
const EXACT: u32 = 4_000;
const NAME: u32 = 2_000;
const PATH: u32 = 1_000;

/// The themes that fit `query`, best first; all in the analyst's order when nothing is typed.
#[must_use]
pub fn matches(codebook: &Codebook, query: &str) -> Vec<Match> {
    let query = query.trim();
    if query.is_empty() {
        let all = codebook.outline().iter().map(|row| Match { theme: row.theme, name: Vec::new(), definition: None });
        return all.collect();
    }
    let typed = query.replace(['>', '›'], " ");
    let fuzzy = Pattern::new(&typed, CaseMatching::Ignore, Normalization::Smart, AtomKind::Fuzzy);
    let mut matcher = Matcher::new(Config::DEFAULT);
    // Letters strewn over a long name are no match: they score far below the same letters in a row.
    let whole = fuzzy.score(Utf32Str::new(&typed, &mut Vec::new()), &mut matcher).unwrap_or(0);
    let least = whole * 2 / 3;
    let folded = fold(query);
    // Two letters stand in every definition.
    let defined = if query.chars().count() < 3 { None } else { pattern(query) };
    let mut found: Vec<(u32, usize, Match)> = Vec::new();
    for (line, row) in codebook.outline().iter().enumerate() {
        let Some(theme) = codebook.get(row.theme) else { continue };
        let mut buffer = Vec::new();
        let mut name = Vec::new();
        let in_name = fuzzy.indices(Utf32Str::new(&theme.name, &mut buffer), &mut matcher, &mut name);
        let in_name = in_name.filter(|score| *score >= least).map(|score| score + NAME);
        if in_name.is_none() {
            name.clear();
        }
        let path = codebook.path(row.theme);
        let in_path =
            fuzzy.score(Utf32Str::new(&path, &mut buffer), &mut matcher).filter(|score| *score >= least).map(|score| score + PATH);
        let exact = (row.number.starts_with(query) || fold(&theme.abbreviation) == folded || fold(&theme.name) == folded).then_some(EXACT);
        let definition = defined.as_ref().and_then(|words| words.find(&theme.definition)).map(|found| found.range());
        let in_definition = definition.as_ref().map(|_| 1);
        if let Some(score) = [exact, in_name, in_path, in_definition].into_iter().flatten().max() {
            name.sort_unstable();
            found.push((score, line, Match { theme: row.theme, name, definition }));
        }
    }
    found.sort_by_key(|(score, line, _)| (std::cmp::Reverse(*score), *line));
    found.into_iter().map(|(_, _, found)| found).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::study::Theme;

    fn book() -> Codebook {
        let theme = |name: &str, parent, position, definition: &str| Theme {
            id: ThemeId::new(),
            name: name.into(),
            parent,
            position,
            number: None,
            abbreviation: name.chars().take(2).collect::<String>().to_uppercase(),
            colour: None,
            definition: definition.into(),
            use_when: String::new(),
            not_when: String::new(),
        };
        let leadership = theme("Leadership", None, 1, "");
        let clients = theme("Delivering for clients", None, 2, "");
        let national = theme("National voice", Some(leadership.id), 1, "Who speaks for the work");
        let client = theme("Client voice", Some(clients.id), 1, "People being heard");
        let identity = theme("Identity", None, 3, "A single voice for the profession");
        Codebook::new([leadership, clients, national, client, identity])
    }

    fn names(query: &str) -> Vec<String> {
        let book = book();
        matches(&book, query).into_iter().map(|found| book.get(found.theme).unwrap().name.clone()).collect()
    }

    #[test]
    fn names_come_before_paths_and_definitions() {
        assert_eq!(names("voice"), ["National voice", "Client voice", "Identity"]);
        assert_eq!(names("natvo")[0], "National voice");
        assert_eq!(names("leadership > voice")[0], "National voice");
        assert_eq!(names("2.1")[0], "Client voice");
        assert_eq!(names("id")[0], "Identity");
        assert!(names("zzz").is_empty());
        assert_eq!(names("").len(), 5);
    }

    #[test]
    fn what_was_typed_is_known_for_display() {
        let book = book();
        let found = matches(&book, "voice");
        let first = &found[0];
        assert_eq!(first.name, [9, 10, 11, 12, 13]);
        assert_eq!(found[2].definition, Some(9..14));
    }

    #[test]
    fn what_fits_is_looked_for_again_when_themes_or_words_change() {
        let (one, other) = (Arc::new(book()), Arc::new(Codebook::new([])));
        let mut found = Found::default();
        for (codebook, query, many) in
            [(&one, "voice", 3), (&one, "voice", 3), (&one, "identity", 1), (&other, "identity", 0), (&one, "", 5)]
        {
            assert_eq!(found.of(codebook, query).len(), many, "{query}");
        }
    }
}
