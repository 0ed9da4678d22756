//! Names of themes that could be taken for one another.

use std::collections::{BTreeSet, HashMap};

use crate::study::{Codebook, ThemeId};
use crate::text::{fold, word_spans};

/// Another theme whose name is the same, or nearly.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Twin {
    /// Which.
    pub theme: ThemeId,
    /// Whether the names are the same but for case and accents.
    pub same: bool,
}

/// Shorter names are different words when a letter is another.
const SHORTEST: usize = 5;

/// In longer names nobody overlooks a letter; and each letter costs a comparison.
const LONGEST: usize = 60;

/// The themes whose name another one has, in the whole tree, each with the first other of them; and those whose name is
/// nearly that of another: the same words in another order or number, or one letter apart.
pub fn twins(book: &Codebook) -> HashMap<ThemeId, Twin> {
    let mut found = HashMap::new();
    let mut pair = |one: ThemeId, other: ThemeId, same: bool| {
        for (theme, twin) in [(one, other), (other, one)] {
            found.entry(theme).or_insert(Twin { theme: twin, same });
        }
    };
    let names: Vec<(ThemeId, String)> = book.themes().map(|theme| (theme.id, fold(theme.name.trim()))).collect();
    let mut same: HashMap<&str, ThemeId> = HashMap::new();
    for (theme, name) in &names {
        match same.get(name.as_str()) {
            Some(other) => pair(*other, *theme, true),
            None => _ = same.insert(name, *theme),
        }
    }
    // Two names share a key if they are the same words, or if leaving out a letter makes them alike.
    let mut near: HashMap<String, (ThemeId, &str)> = HashMap::new();
    for (theme, name) in &names {
        let plain = plain(name);
        let letters = plain.chars().count();
        let mut keys = BTreeSet::from([plain.clone()]);
        if (SHORTEST..=LONGEST).contains(&letters) {
            keys.extend((0..letters).map(|gone| plain.chars().enumerate().filter(|(at, _)| *at != gone).map(|(_, c)| c).collect()));
        }
        for key in keys.into_iter().filter(|key| !key.is_empty()) {
            match near.get(&key) {
                Some((other, others)) if others != name && is_near(&plain, &self::plain(others)) => pair(*other, *theme, false),
                Some(_) => {}
                None => _ = near.insert(key, (*theme, name)),
            }
        }
    }
    found
}

/// The words of a folded name in order of the alphabet, the s of plurals left out.
fn plain(name: &str) -> String {
    let words = word_spans(name).map(|word| word.slice(name));
    let mut all: Vec<&str> = words.map(|word| word.strip_suffix('s').filter(|stem| stem.len() > 2).unwrap_or(word)).collect();
    all.sort_unstable();
    all.join(" ")
}

/// Whether two names are the same, or one letter was left out, put in or is another. Figures tell names apart: "Phase 1"
/// is not "Phase 2".
fn is_near(one: &str, other: &str) -> bool {
    if one == other {
        return true;
    }
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    if one.len().min(other.len()) < SHORTEST {
        return false;
    }
    let start = one.iter().zip(&other).take_while(|(a, b)| a == b).count();
    let room = one.len().min(other.len()) - start;
    let end = one.iter().rev().zip(other.iter().rev()).take(room).take_while(|(a, b)| a == b).count();
    let (left, right) = (one.len() - start - end, other.len() - start - end);
    let differing = one.iter().skip(start).take(left).chain(other.iter().skip(start).take(right));
    left <= 1 && right <= 1 && !differing.clone().any(|c| c.is_numeric())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::study::Theme;

    #[test]
    fn names_that_could_be_taken_for_one_another_are_found() {
        let check = |one: &str, other: &str, expected: Option<bool>| {
            let top = Theme::named(None, "Something else", 1);
            let themes = [Theme::named(Some(top.id), one, 1), Theme::named(None, other, 2)];
            let [first, second] = [themes[0].id, themes[1].id];
            let [a, b] = themes;
            let found = twins(&Codebook::new([top, a, b]));
            assert_eq!(found.get(&first).map(|twin| twin.same), expected, "{one} / {other}");
            assert_eq!(found.get(&second).map(|twin| twin.theme), expected.map(|_| first), "{one} / {other}");
        };
        check("Staffing", "STAFFING", Some(true));
        check("Équipe", "equipe", Some(true));
        check("Staff shortage", "Staff shortages", Some(false));
        check("Shortage, staff", "Staff shortage", Some(false));
        check("Leadership", "Leadershp", Some(false));
        check("Leadership", "Leedership", Some(false));
        check("Cover", "Clover", Some(false));
        check("Cold", "Bold", None);
        check("Phase 1 works", "Phase 2 works", None);
        check("Leadership", "Readership now", None);
        check("مرض", "مرضى", None);
        check("😀", "😃", None);
        check(&"x".repeat(500), &"x".repeat(499), None);
    }
}
