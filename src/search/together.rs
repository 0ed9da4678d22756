use crate::text::fold;

/// Words that have to stand side by side, or near one another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Together {
    /// Each different word once, folded.
    words: Vec<String>,
    /// Which of them stands where in the query.
    order: Vec<usize>,
    /// How many other words may stand between the first and the last; none: side by side, in this order.
    distance: Option<u32>,
}

impl Together {
    /// The words of a query; `distance` is none for a phrase.
    pub(super) fn new(query_words: &[String], distance: Option<u32>) -> Self {
        let mut words: Vec<String> = Vec::new();
        let mut order = Vec::with_capacity(query_words.len());
        for word in query_words.iter().map(|word| fold(word)) {
            let known = words.iter().position(|other| *other == word);
            order.push(known.unwrap_or(words.len()));
            if known.is_none() {
                words.push(word);
            }
        }
        Self { words, order, distance }
    }

    /// Each different word once, folded.
    #[must_use]
    pub fn words(&self) -> &[String] {
        &self.words
    }

    /// The positions of words that stand together, ascending. `positions` are those of each of [`Together::words`],
    /// ascending.
    #[must_use]
    pub fn places(&self, positions: &[Vec<u32>]) -> Vec<u32> {
        let mut places = match self.distance {
            None => self.side_by_side(positions),
            Some(distance) => self.near(positions, distance),
        };
        places.sort_unstable();
        places.dedup();
        places
    }

    fn side_by_side(&self, positions: &[Vec<u32>]) -> Vec<u32> {
        let stands = |word: usize, at: u32| positions.get(word).is_some_and(|places| places.binary_search(&at).is_ok());
        let first = self.order.first().and_then(|word| positions.get(*word));
        let begins = |start: &u32| (*start..).zip(&self.order).all(|(at, word)| stands(*word, at));
        let length = u32::try_from(self.order.len()).unwrap_or(u32::MAX);
        first.into_iter().flatten().copied().filter(begins).flat_map(|start| start..start.saturating_add(length)).collect()
    }

    /// Every word that lies in some stretch of the allowed width with all the words: such a word is part of a match.
    fn near(&self, positions: &[Vec<u32>], distance: u32) -> Vec<u32> {
        let width = distance.saturating_add(u32::try_from(self.order.len()).unwrap_or(u32::MAX));
        let mut events: Vec<(u32, usize)> = Vec::new();
        for (word, places) in positions.iter().enumerate() {
            events.extend(places.iter().map(|at| (*at, word)));
        }
        events.sort_unstable();
        let mut missing: Vec<isize> = vec![0; self.words.len()];
        for word in &self.order {
            adjust(&mut missing, *word, 1);
        }
        let mut found = Vec::new();
        let mut end = 0;
        for (begin, (start, word)) in events.iter().enumerate() {
            while let Some((_, entering)) = events.get(end).filter(|(at, _)| *at < start.saturating_add(width)) {
                adjust(&mut missing, *entering, -1);
                end += 1;
            }
            if missing.iter().all(|left| *left <= 0) {
                found.extend(events.get(begin..end).unwrap_or_default().iter().map(|(at, _)| *at));
            }
            adjust(&mut missing, *word, 1);
        }
        found
    }
}

fn adjust(counts: &mut [isize], at: usize, by: isize) {
    if let Some(count) = counts.get_mut(at) {
        *count += by;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn places(query: &str, distance: Option<u32>, text: &str) -> Vec<u32> {
        let query: Vec<String> = query.split(' ').map(str::to_owned).collect();
        let together = Together::new(&query, distance);
        let at = |word: &String| text.split(' ').zip(0..).filter(|(other, _)| other == word).map(|(_, at)| at).collect();
        together.places(&together.words().iter().map(at).collect::<Vec<_>>())
    }

    #[test]
    fn phrases_stand_side_by_side() {
        assert_eq!(places("a b", None, "a b b a b"), [0, 1, 3, 4]);
        assert_eq!(places("a a", None, "a b a a a"), [2, 3, 4]);
        assert_eq!(places("a b", None, "b a"), [] as [u32; 0]);
    }

    #[test]
    fn near_words_stand_in_any_order() {
        assert_eq!(places("a b", Some(0), "b a"), [0, 1]);
        assert_eq!(places("a b", Some(1), "a x b"), [0, 2]);
        assert_eq!(places("a b", Some(1), "a x x b"), [] as [u32; 0]);
        assert_eq!(places("a a", Some(1), "a x x a"), [] as [u32; 0]);
        assert_eq!(places("a a", Some(2), "a x x a"), [0, 3]);
        assert_eq!(places("a b c", Some(1), "c x b a"), [0, 2, 3]);
    }

    proptest! {
        #[test]
        fn near_agrees_with_trying_everything(query in "[abc]( [abc]){1,2}", text in "[abcx]( [abcx]){0,9}", distance in 0u32..4) {
            let wanted: Vec<&str> = query.split(' ').collect();
            let words: Vec<&str> = text.split(' ').collect();
            let mut chosen: Vec<Vec<usize>> = vec![vec![]];
            for word in &wanted {
                chosen = chosen.into_iter().flat_map(|some| {
                    let next: Vec<_> = (0..words.len()).filter(|at| words[*at] == *word && !some.contains(at)).collect();
                    next.into_iter().map(move |at| [some.clone(), vec![at]].concat())
                }).collect();
            }
            let width = distance as usize + wanted.len();
            chosen.retain(|places| places.iter().max().unwrap() - places.iter().min().unwrap() < width);
            let mut expected: Vec<u32> = chosen.concat().into_iter().map(|at| at as u32).collect();
            expected.sort_unstable();
            expected.dedup();
            prop_assert_eq!(places(&query, Some(distance), &text), expected);
        }
    }
}
