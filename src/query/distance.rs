/// In how many letters `one` and `other` differ (left out, put in, exchanged, or swapped with the next), if that is
/// no more than `most`.
pub fn within(one: &[char], other: &[char], most: usize) -> Option<usize> {
    if one.len().abs_diff(other.len()) > most {
        return None;
    }
    // Three rows of the usual table: the row before last is needed for swapped letters.
    let mut before_last: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=other.len()).collect();
    let mut previous = None;
    for (row, &letter) in one.iter().enumerate() {
        let mut next = Vec::with_capacity(other.len() + 1);
        let mut left = row + 1;
        next.push(left);
        let mut previous_other = None;
        for (column, &other_letter) in other.iter().enumerate() {
            let cell = |cells: &[usize], at: usize| cells.get(at).copied().unwrap_or(usize::MAX / 2);
            let exchanged = cell(&last, column) + usize::from(letter != other_letter);
            let mut best = exchanged.min(left + 1).min(cell(&last, column + 1) + 1);
            if column > 0 && previous == Some(other_letter) && previous_other == Some(letter) {
                best = best.min(cell(&before_last, column - 1) + 1);
            }
            next.push(best);
            left = best;
            previous_other = Some(other_letter);
        }
        if next.iter().all(|distance| *distance > most) {
            return None;
        }
        previous = Some(letter);
        before_last = std::mem::replace(&mut last, next);
    }
    last.last().copied().filter(|distance| *distance <= most)
}

/// The one of `names` that somebody who wrote `wanted` most likely meant; none when all are far from it.
pub(super) fn nearest<'a>(wanted: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wanted = crate::text::fold(wanted.trim());
    let letters: Vec<char> = wanted.chars().collect();
    let most = 2.max(letters.len() / 3);
    let cost = |name: &str| {
        let folded = crate::text::fold(name);
        let begins = !wanted.is_empty() && folded.starts_with(&wanted);
        within(&letters, &folded.chars().collect::<Vec<_>>(), most).or_else(|| begins.then_some(most))
    };
    let costs = names.into_iter().filter_map(|name| Some((cost(name)?, name)));
    costs.min_by_key(|(cost, _)| *cost).map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn distance(one: &str, other: &str, most: usize) -> Option<usize> {
        within(&one.chars().collect::<Vec<_>>(), &other.chars().collect::<Vec<_>>(), most)
    }

    #[test]
    fn letters_are_counted() {
        for (one, other, expected) in [
            ("intervew", "interview", Some(1)),
            ("form", "from", Some(1)),
            ("leader", "leader", Some(0)),
            ("", "ab", Some(2)),
            ("ab", "", Some(2)),
            ("kitten", "sitting", None),
            ("naïve", "naive", Some(1)),
        ] {
            assert_eq!(distance(one, other, 2), expected, "{one} {other}");
        }
    }

    proptest! {
        #[test]
        fn distances_are_symmetric_and_the_bound_changes_nothing(one in "[abc]{0,6}", other in "[abc]{0,6}") {
            let whole = distance(&one, &other, 9);
            prop_assert_eq!(whole, distance(&other, &one, 9));
            prop_assert_eq!(distance(&one, &other, 1), whole.filter(|found| *found <= 1));
        }
    }

    #[test]
    fn the_nearest_name_is_near() {
        let kinds = ["Interview", "Focus group", "Report"];
        assert_eq!(nearest("intervew", kinds), Some("Interview"));
        assert_eq!(nearest("focus", kinds), Some("Focus group"));
        assert_eq!(nearest("diary", kinds), None);
    }
}
