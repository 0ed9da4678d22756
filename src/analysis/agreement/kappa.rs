use super::coefficient::{Coefficient, Disagreement, MeanOf, Undefined, share};
use super::percent::disagreement_of_units;
use super::table::{Table, differing};

/// Cohen's κ of two coders: chance is what each of them would choose by their own margins.
///
/// `A_e = Σ_k p_1k p_2k` over the units that both coded. Cohen 1960.
pub fn cohen_kappa(table: &Table) -> Coefficient {
    cohen_disagreement(table)?.corrected()
}

/// What Cohen's κ compares.
pub fn cohen_disagreement(table: &Table) -> Result<Disagreement, Undefined> {
    let both = of_two(table)?;
    Ok(Disagreement { observed: both.differing, expected: differing(&both.first, &both.second) })
}

/// The greatest κ that two coders with these margins could reach: `A_o = Σ_k min(p_1k, p_2k)`. Cohen 1960.
pub fn cohen_kappa_max(table: &Table) -> Coefficient {
    let both = of_two(table)?;
    let apart: f64 = both.first.iter().zip(&both.second).map(|(one, other)| (one - other).abs()).sum();
    Disagreement { observed: apart / 2.0, expected: differing(&both.first, &both.second) }.corrected()
}

/// Scott's π of two coders: chance is what both together would choose.
///
/// `A_e = Σ_k ((p_1k + p_2k) / 2)²` over the units that both coded. Scott 1955.
pub fn scott_pi(table: &Table) -> Coefficient {
    scott_disagreement(table)?.corrected()
}

/// What Scott's π compares.
pub fn scott_disagreement(table: &Table) -> Result<Disagreement, Undefined> {
    let both = of_two(table)?;
    let joint: Vec<f64> = both.first.iter().zip(&both.second).map(|(one, other)| f64::midpoint(*one, *other)).collect();
    Ok(Disagreement { observed: both.differing, expected: differing(&joint, &joint) })
}

/// Light's κ: the mean of Cohen's κ over all pairs of coders, with how many of the pairs have one. Light 1971.
#[must_use]
pub fn light_kappa(table: &Table) -> MeanOf {
    let otherwise = table.comparable().err().unwrap_or(Undefined::NothingPaired);
    MeanOf::of(table.pairs().map(|(first, second)| cohen_kappa(&table.pair(first, second))), otherwise)
}

/// Conger's κ of several coders: chance is what two of them would choose by their own margins, averaged over the pairs.
///
/// `A_o` is the mean over units, `A_e = mean_{g≠h} Σ_k p_gk p_hk` with the margins of each coder over all that they coded.
/// For two coders without missing values this is Cohen's κ. Hubert 1977, Conger 1980; with missing values Gwet 2014.
pub fn conger_kappa(table: &Table) -> Coefficient {
    conger_disagreement(table)?.corrected()
}

/// What Conger's κ compares.
pub fn conger_disagreement(table: &Table) -> Result<Disagreement, Undefined> {
    let observed = disagreement_of_units(table)?;
    // A coder who coded nothing has no margins.
    let margins: Vec<Vec<f64>> = (0..table.coders()).filter_map(|coder| margins(table, coder)).collect();
    let pairs = margins.iter().enumerate().flat_map(|(at, one)| margins.iter().skip(at + 1).map(move |other| differing(one, other)));
    let (sum, count) = pairs.fold((0.0, 0.0), |(sum, count), pair| (sum + pair, count + 1.0));
    Ok(Disagreement { observed, expected: share(sum, count, Undefined::NothingPaired)? })
}

/// What two coders did with the units that both coded.
struct OfTwo {
    /// Share of the units in which they differ.
    differing: f64,
    /// How the first distributed them over the categories.
    first: Vec<f64>,
    /// How the second did.
    second: Vec<f64>,
}

fn of_two(table: &Table) -> Result<OfTwo, Undefined> {
    if table.coders() > 2 {
        return Err(Undefined::TwoCodersOnly);
    }
    let differing = disagreement_of_units(table)?;
    let both = table.complete();
    let margins = |coder| margins(&both, coder).ok_or(Undefined::NothingPaired);
    Ok(OfTwo { differing, first: margins(0)?, second: margins(1)? })
}

/// Share of each category in what a coder coded; `None` where that is nothing.
fn margins(table: &Table, coder: usize) -> Option<Vec<f64>> {
    let (mut counts, mut all) = (vec![0.0; table.scale().len()], 0.0);
    for (values, times) in table.units() {
        if let Some(count) = values.get(coder).copied().flatten().and_then(|category| counts.get_mut(category as usize)) {
            *count += times as f64;
            all += times as f64;
        }
    }
    (all > 0.0).then(|| counts.into_iter().map(|count| count / all).collect())
}
