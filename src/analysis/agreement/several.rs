use super::coefficient::{Coefficient, Disagreement, Undefined};
use super::percent::disagreement_of_units;
use super::table::{Category, Choices, Table, differing};

/// Fleiss' κ of several coders: chance is what all of them together would choose.
///
/// `A_o` is the mean over units, `A_e = Σ_k p_k²` with `p_k = mean_i n_ik / r_i` over all units that somebody coded.
/// Fleiss 1971; with missing values Gwet 2014.
pub fn fleiss_kappa(table: &Table) -> Coefficient {
    fleiss_disagreement(table)?.corrected()
}

/// What Fleiss' κ compares.
pub fn fleiss_disagreement(table: &Table) -> Result<Disagreement, Undefined> {
    let observed = disagreement_of_units(table)?;
    let shares = shares(table);
    Ok(Disagreement { observed, expected: differing(&shares, &shares) })
}

/// Fleiss' κ of one category, where every unit has as many values as any other.
///
/// `κ_j = 1 − Σ_i n_ij (m − n_ij) / (N m (m − 1) p_j (1 − p_j))`. Fleiss 1971.
pub fn fleiss_kappa_of_category(table: &Table, category: Category) -> Coefficient {
    disagreement_of_units(table)?;
    let mut coders = table.tallies().map(|tally| tally.coders);
    let first = coders.next();
    if coders.any(|coders| Some(coders) != first) {
        return Err(Undefined::Incomplete);
    }
    fleiss_kappa(&table.dichotomous(category)).map_err(|_| Undefined::CategoryDoesNotVary)
}

/// Brennan and Prediger's κ: chance is that all categories are as likely.
///
/// `A_e = 1 / q`. The same as Bennett's S and as Randolph's free-marginal κ; it depends on which categories could be chosen.
/// Bennett, Alpert and Goldstein 1954, Brennan and Prediger 1981, Randolph 2005.
pub fn brennan_prediger(table: &Table, choices: Choices) -> Coefficient {
    let observed = disagreement_of_units(table)?;
    Disagreement { observed, expected: 1.0 - 1.0 / number_of(table, choices)? }.corrected()
}

/// Gwet's AC1: chance is agreement on units that are hard to code, which are the fewer the less the categories are balanced.
///
/// `A_e = Σ_k π_k (1 − π_k) / (q − 1)` with `π_k` as in Fleiss' κ; it depends on which categories could be chosen. Gwet 2008.
pub fn gwet_ac1(table: &Table, choices: Choices) -> Coefficient {
    gwet_disagreement(table, choices)?.corrected()
}

/// What Gwet's AC1 compares.
pub fn gwet_disagreement(table: &Table, choices: Choices) -> Result<Disagreement, Undefined> {
    let observed = disagreement_of_units(table)?;
    let (shares, q) = (shares(table), number_of(table, choices)?);
    Ok(Disagreement { observed, expected: 1.0 - differing(&shares, &shares) / (q - 1.0) })
}

fn number_of(table: &Table, choices: Choices) -> Result<f64, Undefined> {
    let q = table.choices(choices);
    if q < 2 { Err(Undefined::OneCategory) } else { Ok(q as f64) }
}

/// Share of each category, every unit that somebody coded counting the same.
fn shares(table: &Table) -> Vec<f64> {
    let (mut shares, mut units) = (vec![0.0; table.scale().len()], 0.0);
    for tally in table.tallies() {
        units += tally.times;
        for (category, count) in &tally.counts {
            if let Some(share) = shares.get_mut(*category as usize) {
                *share += tally.times * count / tally.coders;
            }
        }
    }
    shares.into_iter().map(|share| if units > 0.0 { share / units } else { 0.0 }).collect()
}
