use std::collections::HashSet;
use std::hash::Hash;

/// By which rule it is judged that nothing new comes: Guest, Namey and Chen, *Public Library of Science ONE* 15 (2020), e0232076.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rule {
    /// How many interviews the base is; the authors tried 4, 5 and 6.
    pub base: usize,
    /// How many interviews a run is; the authors tried 2 and 3.
    pub run: usize,
    /// Up to which share of new themes, 0–1, a run counts as bringing nothing new; the authors took 0.05 and 0.
    pub threshold: f64,
}

impl Default for Rule {
    fn default() -> Self {
        Self { base: 4, run: 2, threshold: 0.05 }
    }
}

/// A run of interviews.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Run {
    /// How many interviews there were with its last.
    pub until: usize,
    /// How many themes were heard in it for the first time.
    pub new: usize,
    /// The same as share of the themes of the base; may be over 1.
    pub share: f64,
}

/// When the threshold was reached: after `before` interviews, in the `run` that followed. Written "6+2".
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Reached {
    /// Interviews before the run.
    pub before: usize,
    /// The run.
    pub run: Run,
}

/// What the rule says of an order of interviews. That a study *is* saturated is never said.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Outcome {
    /// A run brought no more than the threshold.
    Reached(Reached),
    /// No run did; the last brought this much.
    NotReached(Run),
    /// There are fewer interviews than a base and a run.
    TooFew {
        /// How many it takes.
        needed: usize,
    },
    /// No theme was heard in the base, so there is nothing to compare with.
    NotDefined,
}

/// How much was new, run after run.
#[derive(Clone, Debug, PartialEq)]
pub struct Runs {
    /// Themes heard in the base.
    pub base: usize,
    /// The runs that follow; each begins one interview after the one before. None where shares are not defined.
    pub runs: Vec<Run>,
    /// What the rule says.
    pub outcome: Outcome,
}

/// How many themes each interview was the first to bring.
#[must_use]
pub fn news<T: Copy + Eq + Hash>(interviews: impl IntoIterator<Item = impl IntoIterator<Item = T>>) -> Vec<usize> {
    let mut heard = HashSet::new();
    interviews.into_iter().map(|themes| themes.into_iter().filter(|theme| heard.insert(*theme)).count()).collect()
}

/// What the rule finds where the interviews brought `news`, in their order: with B the news of the base and Q(t) the news of the
/// run that ends with interview t over B, the first t from base + run on with Q(t) at most the threshold.
#[must_use]
pub fn runs(news: &[usize], rule: Rule) -> Runs {
    let (size, needed) = (rule.run.max(1), rule.base.max(1) + rule.run.max(1));
    let base: usize = news.iter().take(rule.base.max(1)).sum();
    let after = news.get(rule.base.max(1)..).unwrap_or_default();
    let run = |(at, of): (usize, &[usize])| {
        let new: usize = of.iter().sum();
        Run { until: needed + at, new, share: new as f64 / base as f64 }
    };
    let runs: Vec<Run> = if base == 0 { Vec::new() } else { after.windows(size).enumerate().map(run).collect() };
    let reached = runs.iter().find(|run| run.share <= rule.threshold);
    let outcome = match (reached, runs.last()) {
        _ if news.len() < needed => Outcome::TooFew { needed },
        (Some(run), _) => Outcome::Reached(Reached { before: run.until - size, run: *run }),
        (None, Some(run)) => Outcome::NotReached(*run),
        (None, None) => Outcome::NotDefined,
    };
    Runs { base, runs, outcome }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Meets every figure that Guest, Namey and Chen print of their example: 37 themes in the base; 11 and 3 per cent.
    const EXAMPLE: [usize; 10] = [16, 9, 8, 4, 4, 3, 1, 0, 1, 0];

    fn reached(news: &[usize], rule: Rule) -> (usize, f64) {
        match runs(news, rule).outcome {
            Outcome::Reached(reached) => (reached.before, reached.run.share),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn the_published_example_comes_out() {
        let found = runs(&EXAMPLE, Rule::default());
        assert_eq!(found.base, 37);
        let shares: Vec<i64> = found.runs.iter().map(|run| (run.share * 1000.0).round() as i64).collect();
        assert_eq!(shares[..3], [189, 108, 27]);
        assert_eq!(reached(&EXAMPLE, Rule::default()), (6, 1.0 / 37.0));
        assert_eq!(reached(&EXAMPLE, Rule { run: 3, ..Rule::default() }), (7, 1.0 / 37.0));
    }

    #[test]
    fn the_threshold_itself_is_enough_and_what_is_over_it_not() {
        let news = [20, 0, 0, 0, 1, 0, 1, 1, 0, 0];
        assert_eq!(reached(&news, Rule::default()), (4, 0.05));
        assert_eq!(reached(&news, Rule { threshold: 0.0, ..Rule::default() }), (8, 0.0));
        let still = runs(&news[..8], Rule { threshold: 0.0, ..Rule::default() });
        assert_eq!(still.outcome, Outcome::NotReached(Run { until: 8, new: 2, share: 0.1 }));
    }

    #[test]
    fn where_there_is_too_little_nothing_is_said() {
        assert_eq!(runs(&[3, 1, 0, 0, 0], Rule::default()).outcome, Outcome::TooFew { needed: 6 });
        assert_eq!(runs(&[], Rule::default()).outcome, Outcome::TooFew { needed: 6 });
        let silent = runs(&[0, 0, 0, 0, 2, 1], Rule::default());
        assert_eq!((silent.outcome, silent.runs.len()), (Outcome::NotDefined, 0));
        // A rule of nothing is read as one of one.
        assert_eq!(runs(&[1, 0], Rule { base: 0, run: 0, threshold: 0.0 }).base, 1);
    }

    #[test]
    fn a_theme_is_new_once() {
        assert_eq!(news([vec!['a', 'b', 'a'], vec![], vec!['b', 'c']]), [2, 0, 1]);
    }
}
