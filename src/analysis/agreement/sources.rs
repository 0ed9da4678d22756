use super::coefficient::{Coefficient, MeanOf, Undefined};
use super::table::Table;

/// What is known of one source, and can be put together over several.
pub trait Pool {
    /// The same with nothing counted.
    #[must_use]
    fn emptied(&self) -> Self;

    /// Counts what `source` has `times` times more.
    fn add(&mut self, source: &Self, times: u64);

    /// How large the source is, in units or characters.
    fn size(&self) -> f64;
}

impl Pool for Table {
    fn emptied(&self) -> Self {
        self.without_units()
    }

    fn add(&mut self, source: &Self, times: u64) {
        for (values, count) in source.units() {
            self.push(values, count * times);
        }
    }

    fn size(&self) -> f64 {
        self.len() as f64
    }
}

/// A coefficient over several sources, in the ways in which it is said.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct OverSources {
    /// Of all sources put together.
    pub pooled: Coefficient,
    /// The mean of those in which it is defined.
    pub mean: MeanOf,
    /// The same, each source counting by its size.
    pub mean_by_size: MeanOf,
}

/// A coefficient of all `sources` put together, and its means over them.
pub fn over_sources<S: Pool>(sources: &[S], coefficient: impl Fn(&S) -> Coefficient) -> OverSources {
    let pooled = pooled(sources, |_| 1).ok_or(Undefined::NoUnits).and_then(|pooled| coefficient(&pooled));
    with_means(pooled, sources, coefficient)
}

/// A coefficient of sources put together, with its means over them.
pub(super) fn with_means<'a, S: Pool + 'a>(
    pooled: Coefficient,
    sources: impl IntoIterator<Item = &'a S>,
    coefficient: impl Fn(&S) -> Coefficient,
) -> OverSources {
    let each: Vec<(Coefficient, f64)> = sources.into_iter().map(|source| (coefficient(source), source.size())).collect();
    OverSources {
        pooled,
        mean: MeanOf::of(each.iter().map(|(value, _)| *value), Undefined::NoUnits),
        mean_by_size: MeanOf::weighted(each, Undefined::NoUnits),
    }
}

/// All `sources` put together, each as often as `times` says of its place; `None` where there is no source.
pub fn pooled<S: Pool>(sources: &[S], times: impl Fn(usize) -> u64) -> Option<S> {
    let mut pooled = sources.first()?.emptied();
    for (at, source) in sources.iter().enumerate() {
        pooled.add(source, times(at));
    }
    Some(pooled)
}
