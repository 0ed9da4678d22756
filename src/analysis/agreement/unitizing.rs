use std::collections::BTreeMap;

use super::characters::{length, shared};
use super::coefficient::{Coefficient, Disagreement, Undefined, share};
use super::continuum::{Code, Continuum};
use super::sources::Pool;
use crate::text::Span;

/// How the units and gaps of several coders lie over one another: what the uα family is computed from.
///
/// Krippendorff, Mathet, Bouvry and Widlöcher 2016 compare every two coders: all lengths of intersections are kept here as
/// sums over ordered pairs of coders, which is `m − 1` times their `ℓ_ck`, so that everything is whole.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Coincidences {
    /// How many coders, `m`.
    coders: u128,
    /// Length of the text.
    length: u128,
    /// The gaps of all coders.
    gaps: Lengths,
    /// The units of all coders, by code.
    codes: BTreeMap<Code, Lengths>,
}

/// Sums of the units of one code, or of the gaps, over all coders.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Lengths {
    /// `ℓ_c`.
    all: u128,
    /// `(m − 1) ℓ_cc`: over ordered pairs of coders, how much has the code by both.
    same: u128,
    /// `Q_c`: squares of the lengths of units; of gaps their lengths.
    squares: u128,
    /// `(m − 1) ℓ*_c`: over ordered pairs, how much has the code by the one and any code by the other.
    shared: u128,
    /// `(m − 1) Q*_c`: over ordered pairs, squares of how much of each unit has any code by the other.
    shared_squares: u128,
}

impl Lengths {
    fn add(&mut self, other: &Self, times: u128) {
        self.all += times * other.all;
        self.same += times * other.same;
        self.squares += times * other.squares;
        self.shared += times * other.shared;
        self.shared_squares += times * other.shared_squares;
    }
}

impl Coincidences {
    /// A text of `length` in which none of the coders has a unit.
    #[must_use]
    pub fn of_gaps(coders: usize, length: u64) -> Self {
        let (coders, length) = (coders as u128, u128::from(length));
        let all = coders * length;
        let gaps = Lengths { all, same: all * coders.saturating_sub(1), squares: all, ..Lengths::default() };
        Self { coders, length, gaps, codes: BTreeMap::new() }
    }

    /// Lays the units of the coders over one another.
    #[must_use]
    pub fn of(continuum: &Continuum) -> Self {
        let partitions = continuum.coders();
        let mut found = Self {
            coders: partitions.len() as u128,
            length: u128::from(continuum.length()),
            gaps: Lengths::default(),
            codes: BTreeMap::new(),
        };
        found.lay_pieces(continuum);
        for (at, units) in partitions.iter().enumerate() {
            for unit in units {
                found.codes.entry(unit.code).or_default().squares += u128::from(unit.span.len()).pow(2);
            }
            for other in partitions.iter().enumerate().filter(|(other, _)| *other != at).map(|(_, units)| units) {
                let others: Vec<Span> = other.iter().map(|unit| unit.span).collect();
                let mut rest = others.as_slice();
                for unit in units {
                    let passed = rest.partition_point(|span| span.end <= unit.span.start);
                    rest = rest.get(passed..).unwrap_or_default();
                    let covered = u128::from(length(shared(&[unit.span], rest)));
                    found.codes.entry(unit.code).or_default().shared_squares += covered.pow(2);
                }
            }
        }
        found.gaps.squares = found.gaps.all;
        found
    }

    /// Cuts the text at every end of a unit, and counts in each piece how many coders gave it which code.
    fn lay_pieces(&mut self, continuum: &Continuum) {
        let mut edges: Vec<u32> = continuum.coders().iter().flatten().flat_map(|unit| [unit.span.start, unit.span.end]).collect();
        edges.extend([0, continuum.length()]);
        edges.sort_unstable();
        edges.dedup();
        let mut waiting: Vec<_> = continuum.coders().iter().map(|units| units.iter().peekable()).collect();
        let mut here: Vec<(Code, u128)> = Vec::new();
        for pair in edges.windows(2) {
            let &[start, end] = pair else { continue };
            let piece = u128::from(end - start);
            here.clear();
            for units in &mut waiting {
                while units.next_if(|unit| unit.span.end <= start).is_some() {}
                if let Some(unit) = units.peek().filter(|unit| unit.span.contains(start)) {
                    match here.iter_mut().find(|(code, _)| *code == unit.code) {
                        Some((_, coders)) => *coders += 1,
                        None => here.push((unit.code, 1)),
                    }
                }
            }
            let with_code: u128 = here.iter().map(|(_, coders)| coders).sum();
            let without = self.coders - with_code;
            self.gaps.all += piece * without;
            self.gaps.same += piece * without * without.saturating_sub(1);
            for (code, coders) in &here {
                let code = self.codes.entry(*code).or_default();
                code.all += piece * coders;
                code.same += piece * coders * (coders - 1);
                code.shared += piece * coders * (with_code - 1);
            }
        }
    }

    /// **uα**: do the coders agree on units and on their codes, over all of the text?
    ///
    /// `1 − (ℓ.. − Σ ℓ_cc) / (ℓ.. − Σ ε_cc)`, gaps being a value like others, with
    /// `ε_ck = ℓ.. (ℓ_c ℓ_k − [c = k] Q_c) / (ℓ..² − Σ Q)`. Krippendorff et al. 2016, equations 1, 4 and 5a.
    pub fn u_alpha(&self) -> Coefficient {
        let (others, all) = self.comparable()?;
        let values = || self.codes.values().chain([&self.gaps]);
        let same: u128 = values().map(|value| value.same).sum();
        let squares: u128 = values().map(|value| value.all.pow(2)).sum();
        let observed = (others * all - same) as f64 / others as f64;
        let expected = all as f64 * (all.pow(2) - squares) as f64 / self.pairs_of_units(all) as f64;
        Disagreement { observed, expected }.corrected().map_err(|why| if self.gaps.all == all { Undefined::OnlyGaps } else { why })
    }

    /// **|uα**: do the coders agree on what is to be coded at all, whatever the code?
    ///
    /// `1 − (ℓ_φ − ℓ_φφ) / (ε_φ − ε_φφ)` with `φ` the gaps. Krippendorff et al. 2016, equation 6.
    pub fn bar_u_alpha(&self) -> Coefficient {
        let (others, all) = self.comparable()?;
        let gaps = &self.gaps;
        let observed = (others * gaps.all - gaps.same) as f64 / others as f64;
        let expected = all as f64 * gaps.all as f64 * (all - gaps.all) as f64 / self.pairs_of_units(all) as f64;
        let reason = if gaps.all == 0 { Undefined::NoGaps } else { Undefined::OnlyGaps };
        Disagreement { observed, expected }.corrected().map_err(|_| reason)
    }

    /// **cuα**: where coders' units lie over one another, do they agree on the codes? Coders are compared pair by pair.
    ///
    /// `1 − (ℓ*.. − Σ ℓ*_cc) / (ε*.. − Σ ε*_cc)` without gaps, with
    /// `ε*_ck = (ℓ*_c ℓ*_k − [c = k] Q*_c) / (ℓ*.. − Σ Q* / ℓ*..)`. Krippendorff et al. 2016, equations 10 and 11.
    ///
    /// Where so few of several coders share text that less can be expected of chance than nothing, it is not defined.
    pub fn cu_alpha(&self) -> Coefficient {
        let (others, _) = self.comparable()?;
        let shared = self.shared();
        if shared == 0 {
            return Err(Undefined::NothingShared);
        }
        let same: u128 = self.codes.values().map(|code| code.same).sum();
        let squares: u128 = self.codes.values().map(|code| code.shared.pow(2)).sum();
        let shared_squares: u128 = self.codes.values().map(|code| code.shared_squares).sum();
        if squares == shared.pow(2) {
            return Err(Undefined::OneCodeShared);
        }
        let pairs = shared.pow(2).checked_sub(others * shared_squares).filter(|pairs| *pairs > 0).ok_or(Undefined::TooLittleShared)?;
        let expected = shared as f64 * (shared.pow(2) - squares) as f64 / pairs as f64;
        Disagreement { observed: (shared - same) as f64, expected }.corrected()
    }

    /// **(k)uα**: where coders' units lie over one another, do they agree on the one code?
    ///
    /// `1 − (ε*_k / ℓ*_k) (ℓ*_k − ℓ*_kk) / (ε*_k − ε*_kk)`. Krippendorff et al. 2016, equation 13b.
    pub fn ku_alpha(&self, code: Code) -> Coefficient {
        let (others, _) = self.comparable()?;
        let (code, shared) = (self.code(code), self.shared());
        if code.shared == 0 {
            return Err(Undefined::NothingShared);
        }
        if code.shared == shared {
            return Err(Undefined::OneCodeShared);
        }
        let pairs = (code.shared * shared).checked_sub(others * code.shared_squares).filter(|pairs| *pairs > 0);
        let expected = (code.shared * (shared - code.shared)) as f64 / pairs.ok_or(Undefined::TooLittleShared)? as f64;
        Disagreement { observed: (code.shared - code.same) as f64 / code.shared as f64, expected }.corrected()
    }

    /// How much of the text cuα speaks of: `ℓ*.. / ℓ..`.
    pub fn coverage(&self) -> Coefficient {
        let (others, all) = self.comparable()?;
        share(self.shared() as f64, (others * all) as f64, Undefined::NoUnits)
    }

    /// How much of the text with the code (k)uα speaks of: `ℓ*_k / ℓ_k`.
    pub fn coverage_of(&self, code: Code) -> Coefficient {
        let (others, _) = self.comparable()?;
        let code = self.code(code);
        share(code.shared as f64, (others * code.all) as f64, Undefined::NotUsed)
    }

    fn code(&self, code: Code) -> Lengths {
        self.codes.get(&code).copied().unwrap_or_default()
    }

    /// `(m − 1) ℓ*..`
    fn shared(&self) -> u128 {
        self.codes.values().map(|code| code.shared).sum()
    }

    /// `ℓ..² − Σ Q`: no unit is compared with itself.
    fn pairs_of_units(&self, all: u128) -> u128 {
        let squares: u128 = self.codes.values().chain([&self.gaps]).map(|value| value.squares).sum();
        all.pow(2) - squares
    }

    /// `m − 1` and `ℓ..`, where there is something to compare.
    fn comparable(&self) -> Result<(u128, u128), Undefined> {
        match self.coders {
            0 | 1 => Err(Undefined::OneCoder),
            _ if self.length == 0 => Err(Undefined::NoUnits),
            coders => Ok((coders - 1, coders * self.length)),
        }
    }
}

impl Pool for Coincidences {
    fn emptied(&self) -> Self {
        Self { coders: self.coders, ..Self::default() }
    }

    fn add(&mut self, source: &Self, times: u64) {
        let times = u128::from(times);
        self.length += times * source.length;
        self.gaps.add(&source.gaps, times);
        for (code, more) in &source.codes {
            self.codes.entry(*code).or_default().add(more, times);
        }
    }

    fn size(&self) -> f64 {
        self.length as f64
    }
}
