use super::coefficient::{Coefficient, Disagreement, Undefined};
use super::table::{Category, Table, Tally};

/// What the categories are, and so how far apart two of them lie.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Level {
    /// Names: two are the same or not, `δ² = 0` or `1`.
    #[default]
    Nominal,
    /// Ranks: `δ² = (Σ_{g=c..k} n_g − (n_c + n_k) / 2)²`, as many values as lie between them.
    Ordinal,
    /// Numbers whose differences count: `δ² = (c − k)²`.
    Interval,
    /// Numbers from a true zero: `δ² = ((c − k) / (c + k))²`.
    Ratio,
}

impl Level {
    /// All of them, from the one that asks the least of the values.
    pub const ALL: [Self; 4] = [Self::Nominal, Self::Ordinal, Self::Interval, Self::Ratio];

    /// What it is called.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Nominal => "nominal",
            Self::Ordinal => "ordinal",
            Self::Interval => "interval",
            Self::Ratio => "ratio",
        }
    }
}

/// Krippendorff's α of any number of coders, with values missing or not.
///
/// `α = 1 − D_o / D_e` over the units with two values or more: `D_o = Σ o_ck δ²_ck / n` with the coincidences
/// `o_ck = Σ_u (pairs c, k in u) / (m_u − 1)`, and `D_e = Σ n_c n_k δ²_ck / (n (n − 1))`. Krippendorff 1970, 2004, 2011.
pub fn alpha(table: &Table, level: Level) -> Coefficient {
    alpha_disagreement(table, level)?.corrected()
}

/// What Krippendorff's α compares.
pub fn alpha_disagreement(table: &Table, level: Level) -> Result<Disagreement, Undefined> {
    table.comparable()?;
    let mut counts = vec![0.0; table.scale().len()];
    for tally in table.tallies().filter(Tally::is_paired) {
        for (category, count) in &tally.counts {
            if let Some(sum) = counts.get_mut(*category as usize) {
                *sum += tally.times * count;
            }
        }
    }
    let all: f64 = counts.iter().sum();
    if all < 2.0 {
        return Err(Undefined::NothingPaired);
    }
    let distances = Distances::new(table, level, &counts)?;
    let observed = table.tallies().filter(Tally::is_paired).map(|tally| tally.times * distances.sum(&tally.counts) / (tally.coders - 1.0));
    let used: Vec<(Category, f64)> = (0..).zip(counts.iter().copied()).filter(|(_, count)| *count > 0.0).collect();
    Ok(Disagreement { observed: observed.sum::<f64>() / all, expected: distances.sum(&used) / (all * (all - 1.0)) })
}

/// Krippendorff's nominal α of one category, against all others together. Krippendorff 2004.
pub fn alpha_of_category(table: &Table, category: Category) -> Coefficient {
    alpha(&table.dichotomous(category), Level::Nominal).map_err(|why| match why {
        Undefined::NoVariation => Undefined::CategoryDoesNotVary,
        other => other,
    })
}

/// How many values stand in units with two values or more: the `n` of Krippendorff's α.
#[must_use]
pub fn pairable_values(table: &Table) -> u64 {
    let paired = table.units().map(|(values, times)| (values.iter().flatten().count() as u64, times));
    paired.filter(|(values, _)| *values >= 2).map(|(values, times)| values * times).sum()
}

/// Squared distances between categories.
enum Distances {
    /// All as far from one another.
    Equal,
    /// Each category at a place: its number, or for ranks the middle of its values among all.
    Along(Vec<f64>),
    /// Numbers by their ratio.
    Ratio(Vec<f64>),
}

impl Distances {
    fn new(table: &Table, level: Level, counts: &[f64]) -> Result<Self, Undefined> {
        let scale = table.scale();
        match level {
            Level::Nominal => Ok(Self::Equal),
            Level::Ordinal if !scale.is_ordered() => Err(Undefined::NoOrder),
            Level::Ordinal => {
                let middles = counts.iter().scan(0.0, |before, count| {
                    let middle = *before + count / 2.0;
                    *before += count;
                    Some(middle)
                });
                Ok(Self::Along(middles.collect()))
            }
            Level::Interval => Ok(Self::Along(scale.numbers()?.to_vec())),
            Level::Ratio => {
                let numbers = scale.numbers()?;
                let is_below = numbers.iter().zip(counts).any(|(number, count)| *number < 0.0 && *count > 0.0);
                if is_below { Err(Undefined::BelowZero) } else { Ok(Self::Ratio(numbers.to_vec())) }
            }
        }
    }

    /// `δ²` of two categories that are not the same.
    fn square(&self, one: Category, other: Category) -> f64 {
        let of = |places: &[f64], by: fn(f64, f64) -> f64| {
            let place = |category: Category| places.get(category as usize).copied().unwrap_or_default();
            by(place(one), place(other)).powi(2)
        };
        match self {
            Self::Equal => 1.0,
            Self::Along(places) => of(places, |one, other| one - other),
            Self::Ratio(places) => of(places, |one, other| if one + other == 0.0 { 0.0 } else { (one - other) / (one + other) }),
        }
    }

    /// `Σ n_c n_k δ²_ck` over all ordered pairs of categories.
    fn sum(&self, counts: &[(Category, f64)]) -> f64 {
        let pairs = counts.iter().enumerate().flat_map(|(at, one)| counts.iter().skip(at + 1).map(move |other| (one, other)));
        pairs.map(|((one, first), (other, second))| 2.0 * first * second * self.square(*one, *other)).sum()
    }
}
