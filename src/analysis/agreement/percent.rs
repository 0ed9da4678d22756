use super::coefficient::{Coefficient, MeanOf, Undefined, share};
use super::table::{Table, Tally};

/// Percent agreement as the mean over units: in each, the share of the pairs of coders who chose the same category.
///
/// `mean_i Σ_k n_ik (n_ik − 1) / (r_i (r_i − 1))` over the units with `r_i ≥ 2` values. With two coders this is the share of
/// units on which they agree. Fleiss 1971; with missing values Gwet 2014.
pub fn percent_agreement(table: &Table) -> Coefficient {
    disagreement_of_units(table).map(|disagreement| 1.0 - disagreement)
}

/// Percent agreement in which a unit counts by the number of its values: `1 − D_o` of Krippendorff's nominal α.
///
/// `Σ_i r_i a_i / Σ_i r_i` with `a_i` the share of agreeing pairs in unit `i`. Krippendorff 2004.
pub fn percent_of_values(table: &Table) -> Coefficient {
    table.comparable()?;
    let (mut differing, mut values) = (0.0, 0.0);
    for tally in table.tallies().filter(Tally::is_paired) {
        differing += tally.times * tally.coders * tally.disagreement();
        values += tally.times * tally.coders;
    }
    share(differing, values, Undefined::NothingPaired).map(|disagreement| 1.0 - disagreement)
}

/// Share of the units with two values or more in which all coders chose the same category.
pub fn unanimity(table: &Table) -> Coefficient {
    table.comparable()?;
    let (mut same, mut units) = (0.0, 0.0);
    for tally in table.tallies().filter(Tally::is_paired) {
        units += tally.times;
        same += if tally.counts.len() == 1 { tally.times } else { 0.0 };
    }
    share(same, units, Undefined::NothingPaired)
}

/// Holsti's coefficient of reliability, `2 A / (N₁ + N₂)`: agreements beside all that each of the two coded, also where the
/// other coded nothing. Of more than two coders the mean over their pairs. Holsti 1969.
pub fn holsti(table: &Table) -> Coefficient {
    table.comparable()?;
    let of_pair = |(first, second): (usize, usize)| {
        let (mut agreements, mut coded) = (0, 0);
        for (values, times) in table.units() {
            let (one, other) = (values.get(first).copied().flatten(), values.get(second).copied().flatten());
            coded += times * (u64::from(one.is_some()) + u64::from(other.is_some()));
            agreements += if one.is_some() && one == other { times } else { 0 };
        }
        holsti_of_counts(agreements, coded)
    };
    MeanOf::of(table.pairs().map(of_pair), Undefined::NothingPaired).mean
}

/// Holsti's coefficient as the mean over the pairs of coders who had units in common, each pair on those alone, with how many of the
/// pairs are such: what a coder never came to see is no decision that the other failed to make. Of such units it is the share on
/// which the two agree.
#[must_use]
pub fn holsti_of_shared(table: &Table) -> MeanOf {
    let otherwise = table.comparable().err().unwrap_or(Undefined::NothingPaired);
    MeanOf::of(table.pairs().map(|(first, second)| percent_agreement(&table.pair(first, second))), otherwise)
}

/// Holsti's coefficient from the number of agreements and the number of decisions that both coders made together.
///
/// `2 A / (N₁ + N₂)`: what the segments of two coders come to who each chose their own. Holsti 1969.
pub fn holsti_of_counts(agreements: u64, decisions: u64) -> Coefficient {
    share(2.0 * agreements as f64, decisions as f64, Undefined::NoUnits)
}

/// Mean over units of the share of pairs of coders who chose differently.
pub(super) fn disagreement_of_units(table: &Table) -> Coefficient {
    table.comparable()?;
    let (mut differing, mut units) = (0.0, 0.0);
    for tally in table.tallies().filter(Tally::is_paired) {
        differing += tally.times * tally.disagreement();
        units += tally.times;
    }
    share(differing, units, Undefined::NothingPaired)
}
