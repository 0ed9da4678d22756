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

/// What the number and the whole name or abbreviation, the beginning of the abbreviation, the name and the path are worth
/// beside a fuzzy score.
const EXACT: u32 = 4_000;
const ABBREVIATED: u32 = 3_000;
const NAME: u32 = 2_000;
const PATH: u32 = 1_000;

/// Typed letters, and the names that hold them in their order.
struct Letters {
    fuzzy: Pattern,
    matcher: Matcher,
    /// Letters strewn over a long name are no match: they score far below the same letters in a row.
    least: u32,
    characters: Vec<char>,
}

impl Letters {
    fn of(query: &str) -> Self {
        let typed = query.trim().replace(['>', '›'], " ");
        let fuzzy = Pattern::new(&typed, CaseMatching::Ignore, Normalization::Smart, AtomKind::Fuzzy);
        let mut letters = Self { fuzzy, matcher: Matcher::new(Config::DEFAULT), least: 0, characters: Vec::new() };
        letters.least = letters.score(&typed).unwrap_or(0) * 2 / 3;
        letters
    }

    fn score(&mut self, words: &str) -> Option<u32> {
        let score = self.fuzzy.score(Utf32Str::new(words, &mut self.characters), &mut self.matcher)?;
        (score >= self.least).then_some(score)
    }
}

/// The characters of `name` that were typed with `query`, by index.
#[must_use]
pub fn letters(query: &str, name: &str) -> Vec<u32> {
    let mut letters = Letters::of(query);
    let mut typed = Vec::new();
    let words = Utf32Str::new(name, &mut letters.characters);
    let score = letters.fuzzy.indices(words, &mut letters.matcher, &mut typed);
    if score.is_none_or(|score| score < letters.least) {
        return Vec::new();
    }
    typed.sort_unstable();
    typed
}

/// The themes that fit `query`, best first; all in the analyst's order when nothing is typed.
#[must_use]
pub fn matches(codebook: &Codebook, query: &str) -> Vec<Match> {
    let query = query.trim();
    if query.is_empty() {
        return codebook.outline().iter().map(|row| Match { theme: row.theme, definition: None }).collect();
    }
    let mut letters = Letters::of(query);
    let folded = fold(query);
    // Two letters stand in every definition.
    let defined = if query.chars().count() < 3 { None } else { pattern(query) };
    let mut found: Vec<(u32, usize, Match)> = Vec::new();
    // The theme whose path is looked at and those above it, each with what its path is worth.
    let mut above: Vec<(&str, Option<u32>)> = Vec::new();
    let mut path = String::new();
    for (line, row) in codebook.outline().iter().enumerate() {
        let Some(theme) = codebook.get(row.theme) else { continue };
        above.truncate(row.depth);
        let in_name = letters.score(&theme.name);
        // What the path above is worth, the longer one is too. Only where it is worth nothing the whole has to be looked at.
        let inherited = above.last().and_then(|(_, score)| *score);
        let in_path = in_name.max(inherited).or_else(|| {
            if above.is_empty() {
                return None;
            }
            path.clear();
            for (name, _) in &above {
                path.push_str(name);
                path.push_str(" > ");
            }
            path.push_str(&theme.name);
            letters.score(&path)
        });
        above.push((&theme.name, in_path));
        let abbreviation = fold(&theme.abbreviation);
        let exact = row.number.starts_with(query) || abbreviation == folded || fold(&theme.name) == folded;
        let abbreviated = abbreviation.starts_with(&folded);
        let definition = defined.as_ref().and_then(|words| words.find(&theme.definition)).map(|found| found.range());
        let worth = [
            exact.then_some(EXACT),
            abbreviated.then_some(ABBREVIATED),
            in_name.map(|score| score + NAME),
            in_path.map(|score| score + PATH),
            definition.as_ref().map(|_| 1),
        ];
        if let Some(score) = worth.into_iter().flatten().max() {
            found.push((score, line, Match { theme: row.theme, definition }));
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
            origin: None,
        };
        let leadership = theme("Leadership", None, 1, "");
        let clients = theme("Delivering for clients", None, 2, "");
        let national = theme("National voice", Some(leadership.id), 1, "Who speaks for the work");
        let client = theme("Client voice", Some(clients.id), 1, "People being heard");
        let identity = theme("Identity", None, 3, "A single voice for the profession");
        let wider = Theme { abbreviation: "QXY".into(), ..theme("Wider field", None, 4, "") };
        Codebook::new([leadership, clients, national, client, identity, wider])
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
        assert_eq!(names("qx")[0], "Wider field", "the beginning of its abbreviation");
        assert!(names("zzz").is_empty());
        assert_eq!(names("").len(), 6);
    }

    #[test]
    fn what_was_typed_is_known_for_display() {
        let book = book();
        let found = matches(&book, "voice");
        let name = |found: &Match| book.get(found.theme).unwrap().name.clone();
        assert_eq!(letters("voice", &name(&found[0])), [9, 10, 11, 12, 13]);
        assert!(letters("voice", &name(&found[2])).is_empty());
        assert_eq!(found[2].definition, Some(9..14));
    }

    #[test]
    fn a_path_is_found_however_deep() {
        let mut themes: Vec<Theme> = Vec::new();
        for level in 0..40 {
            themes.push(Theme::named(themes.last().map(|theme| theme.id), format!("Level {level:02}"), 1));
        }
        themes.push(Theme::named(themes.last().map(|theme| theme.id), "Voice", 1));
        let book = Codebook::new(themes);
        let first = |query: &str| matches(&book, query).first().map(|found| book.get(found.theme).unwrap().name.clone());
        assert_eq!(first("level 07 voice").as_deref(), Some("Voice"));
        assert_eq!(first("l07 > l39").as_deref(), Some("Level 39"));
        assert_eq!(first("level 38").as_deref(), Some("Level 38"));
    }

    #[test]
    fn what_fits_is_looked_for_again_when_themes_or_words_change() {
        let (one, other) = (Arc::new(book()), Arc::new(Codebook::new([])));
        let mut found = Found::default();
        for (codebook, query, many) in
            [(&one, "voice", 3), (&one, "voice", 3), (&one, "identity", 1), (&other, "identity", 0), (&one, "", 6)]
        {
            assert_eq!(found.of(codebook, query).len(), many, "{query}");
        }
    }
}
