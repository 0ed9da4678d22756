use std::cmp::Reverse;

use nucleo_matcher::pattern::{AtomKind, CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};

use super::entry::{Does, Entry, EntryKind};
use crate::app::state::Place;
use crate::text::fold;

/// How many lines are offered.
pub const OFFERED: usize = 40;

/// What fits the words typed, best first: what is called so, then the search for the words themselves, then what has
/// their letters in its name or beside it.
pub fn rank(entries: Vec<Entry>, typed: &str) -> Vec<Entry> {
    let typed = typed.trim();
    let search = Entry::new(EntryKind::Search, format!("Search all texts for “{typed}”"), "", Does::Go(Place::Query(typed.to_owned())));
    let pattern = Pattern::new(typed, CaseMatching::Ignore, Normalization::Smart, AtomKind::Fuzzy);
    let mut matcher = Matcher::new(Config::DEFAULT);
    let mut buffer = Vec::new();
    // Letters strewn over a long name are no match: they score far below the same letters in a row.
    let least = pattern.score(Utf32Str::new(typed, &mut buffer), &mut matcher).unwrap_or(0) * 2 / 3;
    let wanted = fold(typed);
    let mut fitting: Vec<(Fit, Entry)> = Vec::new();
    for mut entry in entries {
        let mut letters = Vec::new();
        let in_name = pattern.indices(Utf32Str::new(&entry.name, &mut buffer), &mut matcher, &mut letters).filter(|score| *score >= least);
        let fit = if let Some(score) = in_name {
            letters.sort_unstable();
            letters.dedup();
            entry.typed = letters;
            let name = fold(&entry.name);
            Fit { called: is_called(entry.kind, &name, &wanted), by_name: true, shorter: Reverse(name.len()), score }
        } else {
            let both = format!("{} {}", entry.beside, entry.name);
            let Some(score) = pattern.score(Utf32Str::new(&both, &mut buffer), &mut matcher).filter(|score| *score >= least) else {
                continue;
            };
            Fit { called: false, by_name: false, shorter: Reverse(both.len()), score }
        };
        fitting.push((fit, entry));
    }
    // Stable: of what fits alike the analyst's order holds.
    fitting.sort_by_key(|(fit, _)| Reverse(*fit));
    let called = fitting.iter().take_while(|(fit, _)| fit.called).count();
    let mut found: Vec<Entry> = fitting.into_iter().map(|(_, entry)| entry).collect();
    found.insert(called.min(OFFERED - 1), search);
    found.truncate(OFFERED);
    found
}

/// How well something fits; more is better.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Fit {
    called: bool,
    by_name: bool,
    score: u32,
    shorter: Reverse<usize>,
}

/// Whether every word typed begins a word of the name. A proposition is a sentence, in which many words are: only its beginning
/// is a name.
fn is_called(kind: EntryKind, name: &str, wanted: &str) -> bool {
    if kind == EntryKind::Proposition {
        return name.starts_with(wanted);
    }
    let words = || name.split(|c: char| !c.is_alphanumeric());
    wanted.split_whitespace().all(|typed| words().any(|word| word.starts_with(typed)) || name.starts_with(typed))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::command::Command;
    use crate::app::frame::palette::entries;
    use crate::study::{PropositionId, SourceId, ThemeId};

    fn some() -> Vec<Entry> {
        let mut all = entries::commands();
        for (name, above) in [("Funding", "Money"), ("Undoing harm", "Care"), ("Élan", "Care"), ("Leadership", "")] {
            all.push(Entry::new(EntryKind::Theme, name, above, Does::Go(Place::Theme(ThemeId::new()))));
        }
        all.push(Entry::new(EntryKind::Source, "FIF-TL2", "Team leader, Fife", Does::Go(Place::Source(SourceId::new()))));
        let stated = "Forms are trouble wherever two services share a room";
        all.push(Entry::new(EntryKind::Proposition, stated, "", Does::Go(Place::Proposition(PropositionId::new()))));
        all
    }

    fn names(typed: &str) -> Vec<String> {
        rank(some(), typed).into_iter().map(|entry| entry.name).collect()
    }

    #[test]
    fn what_is_called_so_comes_first_then_the_search() {
        for (typed, first) in [("fund", "Funding"), ("fif", "FIF-TL2"), ("elan", "Élan"), ("undo", "Undo"), ("import f", "Import files…")]
        {
            let found = names(typed);
            assert_eq!(found[0], first, "{typed}: {found:?}");
            assert!(found.contains(&format!("Search all texts for “{typed}”")), "{typed}: {found:?}");
        }
        // Nothing is called so: it is searched for, and Enter does that.
        for typed in ["kettle", "fndg", "ship kettle"] {
            assert_eq!(names(typed)[0], format!("Search all texts for “{typed}”"));
        }
        assert_eq!(names("fndg")[1], "Funding");
        assert_eq!(names("team leader")[1], "FIF-TL2");
    }

    #[test]
    fn a_sentence_is_called_by_its_beginning_and_else_comes_after_the_search() {
        assert!(names("forms are")[0].starts_with("Forms are trouble"));
        let found = names("services share");
        assert_eq!(found[0], "Search all texts for “services share”");
        assert!(found[1].starts_with("Forms are trouble"), "{found:?}");
    }

    #[test]
    fn every_command_is_found_by_its_name() {
        for command in Command::ALL.iter().filter(|command| **command != Command::Palette) {
            let found = rank(some(), command.title());
            assert!(found.iter().take(3).any(|entry| entry.does == Does::Run(*command)), "{command:?}: {found:?}");
        }
    }

    #[test]
    fn letters_that_were_typed_are_told() {
        let found = rank(some(), "fund");
        assert_eq!(found[0].typed, [0, 1, 2, 3]);
    }
}
