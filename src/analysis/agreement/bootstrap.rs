use super::coefficient::{Coefficient, Undefined};
use super::sources::{Pool, pooled};
use crate::analysis::chance::Chance;

/// How an interval is made: how often sources are drawn, from which seed, and how much of the draws lies within.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Resampling {
    /// How many times as many sources as there are are drawn from them.
    pub resamples: u32,
    /// Where the draws begin; the same seed gives the same interval. It is to be printed beside it.
    pub seed: u64,
    /// Share of the draws that lies within the interval.
    pub confidence: f64,
}

impl Default for Resampling {
    fn default() -> Self {
        Self { resamples: 1_000, seed: 1, confidence: 0.95 }
    }
}

/// What a coefficient came to when other sources were drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    /// Lower end.
    pub lower: f64,
    /// Upper end.
    pub upper: f64,
    /// Share of the draws in which the coefficient was not defined; they are left out.
    pub undefined: f64,
    /// How it was made.
    pub resampling: Resampling,
}

/// A percentile interval of a coefficient by drawing whole sources with replacement: codings of one source are not
/// independent, sources are. Efron 1979; of clusters Davison and Hinkley 1997.
pub fn interval<S: Pool>(sources: &[S], coefficient: impl Fn(&S) -> Coefficient, resampling: Resampling) -> Result<Interval, Undefined> {
    if sources.len() < 2 {
        return Err(Undefined::OneSource);
    }
    let mut chance = Chance::new(resampling.seed);
    let mut found = Found::default();
    for _ in 0..resampling.resamples {
        let times = draw(&mut chance, sources.len());
        let drawn = pooled(sources, |at| times.get(at).copied().unwrap_or_default());
        found.add(drawn.ok_or(Undefined::NoUnits).and_then(|drawn| coefficient(&drawn)));
    }
    found.interval(resampling)
}

/// Draws as many of `sources` sources as there are, with replacement: how often each was drawn.
pub(super) fn draw(chance: &mut Chance, sources: usize) -> Vec<u64> {
    let mut times = vec![0; sources];
    for _ in 0..sources {
        if let Some(times) = times.get_mut(chance.below(sources)) {
            *times += 1;
        }
    }
    times
}

/// What a coefficient came to, draw after draw.
#[derive(Clone, Debug, Default)]
pub(super) struct Found {
    values: Vec<f64>,
    reason: Option<Undefined>,
}

impl Found {
    /// Takes what came of a draw.
    pub fn add(&mut self, coefficient: Coefficient) {
        match coefficient {
            Ok(value) => self.values.push(value),
            Err(why) => self.reason = Some(why),
        }
    }

    /// The interval in which they lie.
    pub fn interval(mut self, resampling: Resampling) -> Result<Interval, Undefined> {
        self.values.sort_by(f64::total_cmp);
        let (outside, reason) = ((1.0 - resampling.confidence) / 2.0, self.reason.unwrap_or(Undefined::NoUnits));
        Ok(Interval {
            lower: quantile(&self.values, outside).ok_or(reason)?,
            upper: quantile(&self.values, 1.0 - outside).ok_or(reason)?,
            undefined: 1.0 - self.values.len() as f64 / f64::from(resampling.resamples),
            resampling,
        })
    }
}

/// The value below which a share of the ascending `values` lies, on the line between the two nearest.
fn quantile(values: &[f64], share: f64) -> Option<f64> {
    let place = share.clamp(0.0, 1.0) * values.len().checked_sub(1)? as f64;
    let below = values.get(place.floor() as usize)?;
    let above = values.get(place.ceil() as usize)?;
    Some(below + (above - below) * place.fract())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_lie_between_neighbours() {
        assert_eq!(quantile(&[1.0, 2.0, 4.0], 0.75), Some(3.0));
        assert_eq!((quantile(&[5.0], 0.3), quantile(&[], 0.5)), (Some(5.0), None));
    }
}
