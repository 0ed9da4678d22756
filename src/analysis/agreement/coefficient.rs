use thiserror::Error;

/// A coefficient of agreement, or why it has no value.
///
/// Where a formula comes to 0/0 nothing is known of the agreement: there is no value, and never a 0 or a 1 in its place.
pub type Coefficient = Result<f64, Undefined>;

/// Why a coefficient is not defined.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq, Hash)]
pub enum Undefined {
    /// Nothing was there to be coded.
    #[error("there are no units")]
    NoUnits,
    /// Agreement is between two or more.
    #[error("one coder only")]
    OneCoder,
    /// Values are missing in such a way that no unit has two of them.
    #[error("no unit was coded by two coders")]
    NothingPaired,
    /// All values are the same, so that agreement by chance is certain.
    #[error("no variation")]
    NoVariation,
    /// There is nothing to choose between.
    #[error("fewer than two categories")]
    OneCategory,
    /// The coefficient is one of two coders; there are more.
    #[error("for two coders only")]
    TwoCodersOnly,
    /// The coefficient takes no missing values.
    #[error("values are missing")]
    Incomplete,
    /// Ordinal distances want categories in an order.
    #[error("the categories have no order")]
    NoOrder,
    /// Distances of intervals and ratios want numbers.
    #[error("the categories are not numbers")]
    NotNumbers,
    /// Ratios want numbers from zero upwards.
    #[error("there are numbers below zero")]
    BelowZero,
    /// Nobody used the category, or everybody used nothing else.
    #[error("the category does not vary")]
    CategoryDoesNotVary,
    /// Everything is coded, so that relevant and irrelevant text cannot be told apart.
    #[error("no variation: all of the text is coded")]
    NoGaps,
    /// Nothing is coded.
    #[error("no variation: nothing is coded")]
    OnlyGaps,
    /// Coders' units never lie over one another.
    #[error("no text is coded by two coders")]
    NothingShared,
    /// Where coders' units lie over one another there is only one code.
    #[error("no variation: fewer than two codes where coders overlap")]
    OneCodeShared,
    /// So little is shared that nothing can be expected of chance.
    #[error("too little text is coded by two coders")]
    TooLittleShared,
    /// Neither of the coders used the theme.
    #[error("nobody used the theme")]
    NotUsed,
    /// An interval over sources wants several.
    #[error("fewer than two sources")]
    OneSource,
}

/// Observed disagreement beside the one that chance would make; both are shares or mean distances.
///
/// Every coefficient corrected for chance is 1 − observed / expected. In terms of disagreement nothing is lost to
/// rounding where agreement is almost complete, and the expected one is exactly 0 where it is so by formula.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Disagreement {
    /// Disagreement found.
    pub observed: f64,
    /// Disagreement if values were given by chance.
    pub expected: f64,
}

impl Disagreement {
    /// 1 − observed / expected; not defined where chance cannot disagree.
    pub fn corrected(self) -> Coefficient {
        if self.expected > 0.0 { Ok(1.0 - self.observed / self.expected) } else { Err(Undefined::NoVariation) }
    }
}

/// `part` of `whole`, or `otherwise` where there is no whole.
pub(super) fn share(part: f64, whole: f64, otherwise: Undefined) -> Coefficient {
    if whole > 0.0 { Ok(part / whole) } else { Err(otherwise) }
}

/// The mean of several coefficients, with how many of them it is of: those that are not defined are left out of it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MeanOf {
    /// The mean; where none is defined, the reason of the first.
    pub mean: Coefficient,
    /// How many are defined.
    pub defined: usize,
    /// How many there are.
    pub all: usize,
}

impl MeanOf {
    /// The mean of those of `coefficients` that are defined, each counting as much as its weight.
    #[must_use]
    pub fn weighted(coefficients: impl IntoIterator<Item = (Coefficient, f64)>, otherwise: Undefined) -> Self {
        let (mut sum, mut weights, mut defined, mut all, mut reason) = (0.0, 0.0, 0, 0, None);
        for (coefficient, weight) in coefficients {
            all += 1;
            match coefficient {
                Ok(value) => {
                    sum += value * weight;
                    weights += weight;
                    defined += 1;
                }
                Err(why) => reason = reason.or(Some(why)),
            }
        }
        Self { mean: share(sum, weights, reason.unwrap_or(otherwise)), defined, all }
    }

    /// The mean in which each counts the same.
    #[must_use]
    pub fn of(coefficients: impl IntoIterator<Item = Coefficient>, otherwise: Undefined) -> Self {
        Self::weighted(coefficients.into_iter().map(|coefficient| (coefficient, 1.0)), otherwise)
    }
}
