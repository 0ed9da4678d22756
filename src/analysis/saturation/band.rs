use crate::analysis::chance::Chance;

/// How many themes were heard after so many interviews, over many orders of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Band {
    /// Five of a hundred orders have fewer.
    pub low: u32,
    /// Half have fewer.
    pub median: u32,
    /// Five of a hundred have more.
    pub high: u32,
}

/// After each interview, how many themes were heard in `orders` random orders of the interviews. `interviews` holds the themes of
/// each, as places below `themes`. One seed gives one answer, on every machine. `go_on` is asked before each order; once it says
/// no, there is no answer.
///
/// Percentiles are nearest ranks (the smallest value with at least that share of the orders at or below it).
pub fn band(interviews: &[Vec<u32>], themes: usize, orders: usize, seed: u64, mut go_on: impl FnMut(usize) -> bool) -> Option<Vec<Band>> {
    let heard: Vec<Bits> = interviews.iter().map(|of| Bits::of(of, themes)).collect();
    let mut all = Bits::none(themes);
    for of in &heard {
        all.add(of);
    }
    let total = all.count();
    let mut order: Vec<usize> = (0..interviews.len()).collect();
    let mut chance = Chance::new(seed);
    // By number of interviews, what each order has; what lies behind the end of a row is the total.
    let mut after: Vec<Vec<u32>> = vec![Vec::new(); interviews.len()];
    for number in 0..orders {
        if !go_on(number) {
            return None;
        }
        chance.shuffle(&mut order);
        let (mut sum, mut count) = (Bits::none(themes), 0);
        for (row, interview) in after.iter_mut().zip(&order) {
            if count == total {
                break;
            }
            count += heard.get(*interview).map_or(0, |of| sum.add(of));
            row.push(count);
        }
    }
    Some(after.into_iter().map(|row| percentiles(row, orders, total)).collect())
}

/// The percentiles of `orders` values, of which those that are not in `row` are the `most` that can be.
fn percentiles(mut row: Vec<u32>, orders: usize, most: u32) -> Band {
    row.sort_unstable();
    let rank = |per_cent: usize| row.get((orders * per_cent).div_ceil(100).saturating_sub(1)).copied().unwrap_or(most);
    Band { low: rank(5), median: rank(50), high: rank(95) }
}

/// A set of themes.
struct Bits(Vec<u64>);

impl Bits {
    fn none(size: usize) -> Self {
        Self(vec![0; size.div_ceil(64)])
    }

    fn of(themes: &[u32], size: usize) -> Self {
        let mut bits = Self::none(size);
        for theme in themes {
            if let Some(word) = bits.0.get_mut(*theme as usize / 64) {
                *word |= 1 << (theme % 64);
            }
        }
        bits
    }

    fn count(&self) -> u32 {
        self.0.iter().map(|word| word.count_ones()).sum()
    }

    /// Adds what `other` has; returns how many were not there.
    fn add(&mut self, other: &Self) -> u32 {
        let mut new = 0;
        for (word, more) in self.0.iter_mut().zip(&other.0) {
            new += (more & !*word).count_ones();
            *word |= more;
        }
        new
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn of(interviews: &[Vec<u32>], themes: usize, orders: usize, seed: u64) -> Vec<Band> {
        band(interviews, themes, orders, seed, |_| true).unwrap()
    }

    #[test]
    fn where_all_interviews_are_alike_there_is_no_band() {
        let flat = Band { low: 2, median: 2, high: 2 };
        assert_eq!(of(&vec![vec![0, 70]; 3], 71, 100, 1), [flat; 3]);
    }

    #[test]
    fn it_lies_as_the_orders_do() {
        // One interview of four brings everything: after one, a quarter of the orders have it.
        let interviews = [vec![0, 1, 2, 3], vec![], vec![], vec![]];
        let found = of(&interviews, 4, 1000, 7);
        let medians: Vec<u32> = found.iter().map(|band| band.median).collect();
        assert_eq!((found[0].low, found[0].median, found[0].high), (0, 0, 4));
        assert_eq!(medians[2..], [4, 4], "in three quarters and in all of the orders it is among these");
        assert_eq!(found[3], Band { low: 4, median: 4, high: 4 });
    }

    #[test]
    fn one_seed_is_one_answer_and_the_end_is_the_total() {
        let mut chance = Chance::new(3);
        let interviews: Vec<Vec<u32>> = (0..30).map(|_| (0..5).map(|_| chance.below(90) as u32).collect()).collect();
        let (one, again, other) = (of(&interviews, 90, 200, 5), of(&interviews, 90, 200, 5), of(&interviews, 90, 200, 6));
        assert_eq!(one, again);
        assert_ne!(one, other);
        let total = interviews.iter().flatten().collect::<BTreeSet<_>>().len() as u32;
        assert_eq!(one[29], Band { low: total, median: total, high: total });
        assert!(one.windows(2).all(|two| two[0].median <= two[1].median && two[0].low <= two[1].low));
    }

    #[test]
    fn it_can_be_called_off_and_nothing_is_no_band() {
        assert_eq!(band(&[vec![0]], 1, 10, 1, |number| number < 3), None);
        assert_eq!(of(&[], 0, 10, 1), []);
        assert_eq!(of(&[vec![]], 0, 0, 1), [Band { low: 0, median: 0, high: 0 }]);
    }
}
