use std::collections::{HashMap, HashSet};

use super::codebook::Codebook;
use super::entities::{Theme, ThemeOrigin};
use super::ids::ThemeId;

/// How a theme differs between two versions of a codebook.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Difference {
    /// It is in the later one only.
    Added,
    /// It was in the earlier one only.
    Gone,
    /// It has another name.
    Renamed,
    /// It stands below another theme.
    Moved,
    /// It stands at another place among the same siblings.
    Reordered,
    /// It has another number of its own.
    Numbered,
    /// Its definition is another.
    Defined,
    /// When to use it is another.
    UseWhen,
    /// When not to use it is another.
    NotWhen,
    /// It is said to come from elsewhere.
    Origin,
    /// It has another abbreviation.
    Abbreviated,
    /// It has another colour of its own.
    Recoloured,
}

impl Difference {
    /// Every one, in the order in which they are told.
    pub const ALL: [Self; 12] = [
        Self::Added,
        Self::Gone,
        Self::Renamed,
        Self::Moved,
        Self::Reordered,
        Self::Defined,
        Self::UseWhen,
        Self::NotWhen,
        Self::Origin,
        Self::Numbered,
        Self::Abbreviated,
        Self::Recoloured,
    ];
}

/// A theme that differs, with what it was and what it is, in words; both may be empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changed {
    /// The theme.
    pub theme: ThemeId,
    /// How.
    pub how: Difference,
    /// As it was: a path for themes that are gone or moved, else the words.
    pub before: String,
    /// As it is.
    pub after: String,
}

/// How `after` differs from `before`, by kind of difference and then in the order of the codebooks. Themes are known by their
/// identity, which they keep when they are renamed, moved or exported.
#[must_use]
pub fn differences(before: &Codebook, after: &Codebook) -> Vec<Changed> {
    let mut found = Vec::new();
    let mut tell = |theme, how, was: &str, is: &str| {
        if was != is {
            found.push(Changed { theme, how, before: was.to_owned(), after: is.to_owned() });
        }
    };
    for theme in after.themes() {
        let Some(was) = before.get(theme.id) else {
            tell(theme.id, Difference::Added, "", &after.path(theme.id));
            continue;
        };
        tell(theme.id, Difference::Renamed, &was.name, &theme.name);
        if was.parent != theme.parent {
            tell_moved(&mut tell, before, after, was, theme);
        }
        tell(theme.id, Difference::Defined, was.definition.trim(), theme.definition.trim());
        tell(theme.id, Difference::UseWhen, was.use_when.trim(), theme.use_when.trim());
        tell(theme.id, Difference::NotWhen, was.not_when.trim(), theme.not_when.trim());
        let origin = |theme: &Theme| theme.origin.map_or("", ThemeOrigin::words);
        tell(theme.id, Difference::Origin, origin(was), origin(theme));
        let number = |theme: &Theme| theme.number.clone().unwrap_or_default();
        tell(theme.id, Difference::Numbered, &number(was), &number(theme));
        tell(theme.id, Difference::Abbreviated, &was.abbreviation, &theme.abbreviation);
        let colour = |theme: &Theme| theme.colour.clone().unwrap_or_default();
        tell(theme.id, Difference::Recoloured, &colour(was), &colour(theme));
    }
    for theme in before.themes().filter(|theme| after.get(theme.id).is_none()) {
        tell(theme.id, Difference::Gone, &before.path(theme.id), "");
    }
    for theme in reordered(before, after) {
        found.push(Changed {
            theme,
            how: Difference::Reordered,
            before: before.number(theme).to_owned(),
            after: after.number(theme).to_owned(),
        });
    }
    let order = |how| Difference::ALL.iter().position(|other| *other == how);
    found.sort_by_key(|changed| order(changed.how));
    found
}

/// Below what a theme stood and stands; the top is said to be the top.
fn tell_moved(tell: &mut impl FnMut(ThemeId, Difference, &str, &str), before: &Codebook, after: &Codebook, was: &Theme, is: &Theme) {
    let below = |book: &Codebook, theme: &Theme| theme.parent.map_or_else(|| "(top)".to_owned(), |parent| book.path(parent));
    let (from, to) = (below(before, was), below(after, is));
    // A parent of the same path can be another theme: one that was gone and made anew.
    let to = if from == to { format!("{to} (another theme of that name)") } else { to };
    tell(is.id, Difference::Moved, &from, &to);
}

/// Themes that stand below the same theme as before, and in another order among those that did so too. As few as possible
/// are named: those outside the longest row of siblings that kept their order.
fn reordered(before: &Codebook, after: &Codebook) -> Vec<ThemeId> {
    let parents: HashSet<Option<ThemeId>> = after.themes().map(|theme| theme.parent).collect();
    let mut found = Vec::new();
    for parent in parents {
        let places: HashMap<ThemeId, usize> = before.children(parent).enumerate().map(|(at, theme)| (theme.id, at)).collect();
        if parent.is_some_and(|parent| before.get(parent).is_none()) {
            continue;
        }
        let now: Vec<(ThemeId, usize)> = after.children(parent).filter_map(|theme| Some((theme.id, *places.get(&theme.id)?))).collect();
        let kept = longest_rising(&now.iter().map(|(_, place)| *place).collect::<Vec<_>>());
        found.extend(now.iter().enumerate().filter(|(at, _)| !kept.contains(at)).map(|(_, (theme, _))| *theme));
    }
    found.sort_by_key(|theme| after.line(*theme));
    found
}

/// The places of a longest rising row among numbers that are all different.
fn longest_rising(numbers: &[usize]) -> HashSet<usize> {
    // For each length the place at which the row of that length ends lowest, and for each place the one before it.
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(numbers.len());
    for (at, number) in numbers.iter().enumerate() {
        let length = ends.partition_point(|end| numbers.get(*end).is_some_and(|other| other < number));
        before.push(length.checked_sub(1).and_then(|shorter| ends.get(shorter).copied()));
        match ends.get_mut(length) {
            Some(end) => *end = at,
            None => ends.push(at),
        }
    }
    std::iter::successors(ends.last().copied(), |at| before.get(*at).copied().flatten()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_differs_is_told_and_nothing_else() {
        let lead = Theme::named(None, "Leadership", 1);
        let voice = Theme::named(Some(lead.id), "Voice", 1);
        let staff = Theme::named(None, "Staffing", 2);
        let cold = Theme::named(None, "Cold", 3);
        let early = Codebook::new([lead.clone(), voice.clone(), staff.clone(), cold.clone()]);
        let check = |themes: Vec<Theme>, expected: &[(Difference, &str, &str)]| {
            let late = Codebook::new(themes);
            let found = differences(&early, &late);
            let found: Vec<_> = found.iter().map(|it| (it.how, it.before.as_str(), it.after.as_str())).collect();
            assert_eq!(found, expected);
        };
        check(vec![lead.clone(), voice.clone(), staff.clone(), cold.clone()], &[]);
        // Places that only move up because others came are no difference.
        let first = Theme::named(None, "First", 0);
        check(vec![first, lead.clone(), voice.clone(), staff.clone(), cold.clone()], &[(Difference::Added, "", "First")]);
        check(
            vec![Theme { position: 9, ..lead.clone() }, voice.clone(), staff.clone(), cold.clone()],
            &[(Difference::Reordered, "1", "3")],
        );
        check(
            vec![
                lead.clone(),
                Theme { parent: None, position: 7, name: "Loud voice".into(), ..voice.clone() },
                Theme { definition: "Who is there".into(), number: Some("7".into()), origin: Some(ThemeOrigin::Emergent), ..staff.clone() },
            ],
            &[
                (Difference::Gone, "Cold", ""),
                (Difference::Renamed, "Voice", "Loud voice"),
                (Difference::Moved, "Leadership", "(top)"),
                (Difference::Defined, "", "Who is there"),
                (Difference::Origin, "", "emergent"),
                (Difference::Numbered, "", "7"),
            ],
        );
        let anew = Theme { id: ThemeId::new(), ..lead.clone() };
        check(
            vec![anew.clone(), Theme { parent: Some(anew.id), ..voice }, staff, cold],
            &[
                (Difference::Added, "", "Leadership"),
                (Difference::Gone, "Leadership", ""),
                (Difference::Moved, "Leadership", "Leadership (another theme of that name)"),
            ],
        );
    }

    #[test]
    fn as_few_as_possible_are_out_of_order() {
        for (numbers, kept) in [(&[][..], 0), (&[3, 1, 2], 2), (&[0, 1, 2], 3), (&[2, 1, 0], 1), (&[5, 0, 1, 6, 2, 3], 4)] {
            let found = longest_rising(numbers);
            assert_eq!(found.len(), kept, "{numbers:?}");
            let mut places: Vec<_> = found.into_iter().collect();
            places.sort_unstable();
            assert!(places.windows(2).all(|pair| numbers[pair[0]] < numbers[pair[1]]), "{numbers:?}");
        }
    }
}
