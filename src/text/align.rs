/// How many differences are followed at once. More than these are taken piece by piece, so that two texts without
/// anything in common cost no more than their length times this.
const DIFFERENCES: usize = 512;

/// Equal stretches of two sequences.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Run {
    /// Where it begins in the old sequence.
    pub old: usize,
    /// Where it begins in the new one.
    pub new: usize,
    /// How many items are the same; at least one.
    pub len: usize,
}

/// What two sequences have in common, in order: as much as possible up to 512 differences, beyond that a good deal.
///
/// This is the greedy algorithm of Myers (1986). Where it has followed as many differences as it may, it settles for the
/// way that led farthest and begins again from there.
pub(super) fn align(old: &[u32], new: &[u32]) -> Vec<Run> {
    let suffix = old.iter().rev().zip(new.iter().rev()).take_while(|(a, b)| a == b).count();
    let (old_end, new_end) = (old.len() - suffix, new.len() - suffix);
    let mut runs = Vec::new();
    let (mut from_old, mut from_new) = (0, 0);
    while let (Some(rest_old), Some(rest_new)) = (old.get(from_old..old_end), new.get(from_new..new_end))
        && !(rest_old.is_empty() && rest_new.is_empty())
    {
        let (found, old_step, new_step) = Way::farthest(rest_old, rest_new).walked();
        runs.extend(found.into_iter().map(|run| Run { old: run.old + from_old, new: run.new + from_new, ..run }));
        (from_old, from_new) = (from_old + old_step, from_new + new_step);
    }
    if suffix > 0 {
        runs.push(Run { old: old_end, new: new_end, len: suffix });
    }
    early(runs, old, new)
}

/// The same runs, each item in the first place where it can be: of "aye. And Mary knew." without its second sentence,
/// the full stop that is kept is the first one. Runs that follow one another without a gap become one.
fn early(runs: Vec<Run>, old: &[u32], new: &[u32]) -> Vec<Run> {
    let mut all: Vec<Run> = Vec::with_capacity(runs.len());
    for mut run in runs {
        while let Some(last) = all.last_mut()
            && run.len > 0
            && let (old_end, new_end) = (last.old + last.len, last.new + last.len)
            && (old_end == run.old || new_end == run.new)
            && old.get(old_end) == new.get(new_end)
        {
            last.len += 1;
            run = Run { old: run.old + 1, new: run.new + 1, len: run.len - 1 };
        }
        if run.len > 0 {
            all.push(run);
        }
    }
    all
}

/// The search for a way through two sequences with as few differences as possible.
///
/// After `d` differences the way can be on one of `d + 1` diagonals; the one of index `i` is reached by `i` items left
/// out of the old sequence and `d - i` items put in from the new one, the equal ones not counted.
struct Way<'a> {
    old: &'a [u32],
    new: &'a [u32],
    /// For each number of differences and each diagonal: how many items of the old sequence are behind it at most.
    reached: Vec<Vec<Option<usize>>>,
    /// The diagonal on which the search ended.
    end: usize,
}

impl<'a> Way<'a> {
    fn farthest(old: &'a [u32], new: &'a [u32]) -> Self {
        let mut way = Self { old, new, reached: Vec::new(), end: 0 };
        for differences in 0..=DIFFERENCES {
            let reached: Vec<_> = (0..=differences)
                .map(|diagonal| way.step(differences, diagonal).map(|(at, _)| at + way.same(at, beside(differences, diagonal, at))))
                .collect();
            let behind = |diagonal: usize, at: Option<usize>| at.map(|at| at + beside(differences, diagonal, at));
            let best = reached.iter().enumerate().max_by_key(|(diagonal, at)| behind(*diagonal, **at)).map_or(0, |(diagonal, _)| diagonal);
            let through = reached.get(best).and_then(|at| behind(best, *at)) == Some(old.len() + new.len());
            way.reached.push(reached);
            way.end = best;
            if through {
                break;
            }
        }
        way
    }

    /// How many items are the same from these places on.
    fn same(&self, old: usize, new: usize) -> usize {
        let (old, new) = (self.old.iter().skip(old), self.new.iter().skip(new));
        old.zip(new).take_while(|(a, b)| a == b).count()
    }

    /// Where a diagonal is entered with the last of so many differences, and from which diagonal; `None` where it would
    /// lead out of a sequence.
    fn step(&self, differences: usize, diagonal: usize) -> Option<(usize, Option<usize>)> {
        let Some(last) = differences.checked_sub(1).and_then(|before| self.reached.get(before)) else { return Some((0, None)) };
        let from = |diagonal: usize| last.get(diagonal).copied().flatten();
        let left_out = diagonal.checked_sub(1).and_then(|before| Some((from(before)? + 1, Some(before))));
        let put_in = from(diagonal).map(|at| (at, Some(diagonal)));
        let left_out = left_out.filter(|(at, _)| *at <= self.old.len());
        let put_in = put_in.filter(|(at, _)| beside(differences, diagonal, *at) <= self.new.len());
        left_out.max(put_in)
    }

    /// The equal stretches along the way, in order, and how many items of each sequence are behind at its end.
    fn walked(&self) -> (Vec<Run>, usize, usize) {
        let mut runs = Vec::new();
        let mut diagonal = self.end;
        let mut behind = None;
        for (differences, reached) in self.reached.iter().enumerate().rev() {
            let Some(at) = reached.get(diagonal).copied().flatten() else { break };
            behind = behind.or(Some((at, beside(differences, diagonal, at))));
            let Some((entered, from)) = self.step(differences, diagonal) else { break };
            if at > entered {
                runs.push(Run { old: entered, new: beside(differences, diagonal, entered), len: at - entered });
            }
            diagonal = from.unwrap_or(diagonal);
        }
        runs.reverse();
        let (old, new) = behind.unwrap_or((self.old.len(), self.new.len()));
        (runs, old, new)
    }
}

/// How many items of the new sequence are behind, when it is `at` of the old one on a diagonal.
const fn beside(differences: usize, diagonal: usize, at: usize) -> usize {
    at + differences - 2 * diagonal
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Length of the longest common subsequence, by the table that everybody knows.
    fn longest(old: &[u32], new: &[u32]) -> usize {
        let mut row = vec![0; new.len() + 1];
        for a in old {
            let mut corner = 0;
            for (place, b) in new.iter().enumerate() {
                let above = row[place + 1];
                row[place + 1] = if a == b { corner + 1 } else { above.max(row[place]) };
                corner = above;
            }
        }
        row[new.len()]
    }

    fn check(old: &[u32], new: &[u32]) -> usize {
        let runs = align(old, new);
        for run in &runs {
            assert!(run.len > 0);
            assert_eq!(old[run.old..run.old + run.len], new[run.new..run.new + run.len]);
        }
        for pair in runs.windows(2) {
            let (one, next) = (pair[0], pair[1]);
            assert!(one.old + one.len <= next.old && one.new + one.len <= next.new, "in order");
            assert!(one.old + one.len < next.old || one.new + one.len < next.new, "joined");
        }
        runs.iter().map(|run| run.len).sum()
    }

    proptest! {
        #[test]
        fn as_much_is_kept_as_can_be(
            old in proptest::collection::vec(0u32..4, 0..30),
            new in proptest::collection::vec(0u32..4, 0..30),
        ) {
            prop_assert_eq!(check(&old, &new), longest(&old, &new));
        }
    }

    #[test]
    fn many_differences_are_followed_piece_by_piece() {
        // Every third word is another one: far more differences than are followed at once.
        let old: Vec<u32> = (0..30_000).collect();
        let new: Vec<u32> = old.iter().map(|item| if item % 3 == 0 { item + 1_000_000 } else { *item }).collect();
        assert_eq!(check(&old, &new), 20_000);
    }

    #[test]
    fn texts_without_anything_in_common_do_not_take_long() {
        let old: Vec<u32> = (0..20_000).collect();
        let new: Vec<u32> = (100_000..120_000).collect();
        assert_eq!(check(&old, &new), 0);
        assert_eq!(check(&old, &[]), 0);
        assert_eq!(check(&[], &new), 0);
    }
}
