//! Work on many things, shared out to the processors of the machine.

use std::num::NonZero;
use std::ops::Range;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

/// Less than that is not worth another thread. Where the program is tested, next to nothing is, so that what is small is shared out too.
const LEAST: usize = if cfg!(test) { 2 } else { 1_024 };

/// How long one waits for the others before it is asked again whether to go on.
const BREATH: Duration = Duration::from_millis(1);

/// Shares out things, of which each weighs so much, in their order: every processor gets about the same weight of them.
///
/// `work` is given its range of them, and asks before each whether to go on. `go_on` is told how many were begun and how many there are;
/// once it says no, there is no answer. What comes of the shares stands in their order, so that it depends on no processor.
pub fn in_shares<T: Send>(
    weights: &[usize],
    go_on: &mut dyn FnMut(usize, usize) -> bool,
    work: impl Fn(Range<usize>, &mut dyn FnMut() -> bool) -> T + Sync,
) -> Option<Vec<T>> {
    let processors = if cfg!(test) { 3 } else { thread::available_parallelism().map_or(1, NonZero::get) };
    let worth = weights.iter().sum::<usize>() / LEAST;
    in_so_many(&shares(weights, processors.min(worth).max(1)), weights.len(), go_on, work)
}

/// Ranges of about the same weight.
fn shares(weights: &[usize], count: usize) -> Vec<Range<usize>> {
    let all: usize = weights.iter().sum();
    let (mut ranges, mut from, mut weight) = (Vec::with_capacity(count), 0, 0);
    for (at, own) in weights.iter().enumerate() {
        weight += own;
        if ranges.len() + 1 < count && weight * count >= all * (ranges.len() + 1) {
            ranges.push(from..at + 1);
            from = at + 1;
        }
    }
    ranges.push(from..weights.len());
    ranges
}

fn in_so_many<T: Send>(
    shares: &[Range<usize>],
    all: usize,
    go_on: &mut dyn FnMut(usize, usize) -> bool,
    work: impl Fn(Range<usize>, &mut dyn FnMut() -> bool) -> T + Sync,
) -> Option<Vec<T>> {
    let (begun, stopped) = (AtomicUsize::new(0), AtomicBool::new(false));
    let mut ask = |begun: usize| {
        let goes_on = !stopped.load(Ordering::Relaxed) && go_on(begun, all);
        if !goes_on {
            stopped.store(true, Ordering::Relaxed);
        }
        goes_on
    };
    let step = || {
        begun.fetch_add(1, Ordering::Relaxed);
        !stopped.load(Ordering::Relaxed)
    };
    let (first, others) = shares.split_first()?;
    let found = thread::scope(|scope| {
        let (work, step) = (&work, &step);
        let others: Vec<_> = others.iter().map(|share| scope.spawn(move || work(share.clone(), &mut { step }))).collect();
        // The first share is done here, where it can be asked.
        let mut found = vec![work(first.clone(), &mut || ask(begun.fetch_add(1, Ordering::Relaxed)))];
        while others.iter().any(|other| !other.is_finished()) && ask(begun.load(Ordering::Relaxed)) {
            thread::sleep(BREATH);
        }
        for other in others {
            found.push(other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        }
        found
    });
    (!stopped.load(Ordering::Relaxed)).then_some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Everything in order, as so many shares make it.
    fn made(weights: &[usize], count: usize, go_on: &mut dyn FnMut(usize, usize) -> bool) -> Option<Vec<usize>> {
        let work = |share: Range<usize>, step: &mut dyn FnMut() -> bool| share.take_while(|_| step()).collect::<Vec<_>>();
        in_so_many(&shares(weights, count), weights.len(), go_on, work).map(|found| found.concat())
    }

    #[test]
    fn shares_make_what_one_makes_in_the_same_order() {
        for things in [0, 1, 2, 3, 7, 100] {
            let weights: Vec<usize> = (0..things).map(|at| at % 5).collect();
            for count in 1..6 {
                assert_eq!(made(&weights, count, &mut |_, _| true), Some((0..things).collect()), "{things} in {count}");
            }
        }
        assert_eq!(shares(&[9, 1, 1, 1, 3, 3], 2), [0..1, 1..6]);
        assert_eq!(shares(&[1, 1, 1, 1], 2), [0..2, 2..4]);
    }

    #[test]
    fn nothing_comes_of_what_was_called_off() {
        for count in 1..6 {
            let mut asked = 0;
            let mut twice = |begun: usize, all: usize| {
                asked += 1;
                assert!(begun <= 1_000 && all == 1_000);
                asked < 3
            };
            assert_eq!(made(&[1; 1_000], count, &mut twice), None);
            assert_eq!(asked, 3, "nobody is asked again who has said no");
        }
    }
}
