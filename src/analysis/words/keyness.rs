/// How often a word is said in two bodies of text.
///
/// Bodies of one study are no random samples: whatever is computed here describes them and proves nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Keyness {
    /// How often it is said here: a.
    pub here: u64,
    /// How often elsewhere: b.
    pub elsewhere: u64,
    /// How many words there are here: c.
    pub size_here: u64,
    /// How many elsewhere: d.
    pub size_elsewhere: u64,
}

/// Values of G² that chance would pass in 5, 1, 0.1 and 0.01 of a hundred words (χ² with one degree of freedom).
pub const CRITICAL: [(f64, f64); 4] = [(3.84, 0.05), (6.63, 0.01), (10.83, 0.001), (15.13, 0.0001)];

impl Keyness {
    /// G² in the form with two terms, 2(a ln(a/E₁) + b ln(b/E₂)) with E₁ = c(a+b)/(c+d) and E₂ = d(a+b)/(c+d): Rayson and Garside,
    /// *Comparing corpora using frequency profiling* (2000). Not defined where a body has no words.
    #[must_use]
    pub fn log_likelihood(&self) -> Option<f64> {
        self.is_comparable().then(|| {
            let said = self.here + self.elsewhere;
            let size = self.size_here + self.size_elsewhere;
            let expected = |of: u64| of as f64 * said as f64 / size as f64;
            // Rounding may leave less than nothing.
            (2.0 * (term(self.here, expected(self.size_here)) + term(self.elsewhere, expected(self.size_elsewhere)))).max(0.0)
        })
    }

    /// G² in the form with four cells, 2 Σ O ln(O/E) over said and not said, here and elsewhere: Dunning, *Computational Linguistics* 19
    /// (1993), 61–74. A little more than the form with two terms.
    #[must_use]
    pub fn log_likelihood_of_four(&self) -> Option<f64> {
        let others = (self.size_here.checked_sub(self.here)?, self.size_elsewhere.checked_sub(self.elsewhere)?);
        self.is_comparable().then(|| {
            let size = (self.size_here + self.size_elsewhere) as f64;
            let expected = |row: u64, column: u64| row as f64 * column as f64 / size;
            let (said, not) = (self.here + self.elsewhere, others.0 + others.1);
            let cells = [
                term(self.here, expected(said, self.size_here)),
                term(self.elsewhere, expected(said, self.size_elsewhere)),
                term(others.0, expected(not, self.size_here)),
                term(others.1, expected(not, self.size_elsewhere)),
            ];
            (2.0 * cells.iter().sum::<f64>()).max(0.0)
        })
    }

    /// How many times as often it is said here, as a power of two: log₂((a/c)/(b/d)), with 0.5 for a count of 0 (Hardie 2014). Not defined
    /// where it is said nowhere, or a body has no words.
    #[must_use]
    pub fn log_ratio(&self) -> Option<f64> {
        let count = |count: u64| if count == 0 { 0.5 } else { count as f64 };
        let ratio = (count(self.here) / self.size_here as f64) / (count(self.elsewhere) / self.size_elsewhere as f64);
        (self.is_comparable() && self.here + self.elsewhere > 0).then(|| ratio.log2())
    }

    /// By how many per cent it is said more here: 100 (a/c − b/d)/(b/d) (Gabrielatos and Marchi 2012). Not defined where it is never
    /// said elsewhere.
    #[must_use]
    pub fn per_cent_more(&self) -> Option<f64> {
        let (here, elsewhere) = (self.here as f64 / self.size_here as f64, self.elsewhere as f64 / self.size_elsewhere as f64);
        (self.is_comparable() && self.elsewhere > 0).then(|| 100.0 * (here - elsewhere) / elsewhere)
    }

    /// The Bayes factor by the information criterion, G² − ln(c + d), of the form with two terms (Wilson 2013).
    #[must_use]
    pub fn bayes(&self) -> Option<f64> {
        self.log_likelihood().map(|likelihood| likelihood - ((self.size_here + self.size_elsewhere) as f64).ln())
    }

    /// Whether it is said more here, for its size, than elsewhere.
    #[must_use]
    pub fn is_more(&self) -> bool {
        u128::from(self.here) * u128::from(self.size_elsewhere) > u128::from(self.elsewhere) * u128::from(self.size_here)
    }

    const fn is_comparable(&self) -> bool {
        self.size_here > 0 && self.size_elsewhere > 0
    }
}

/// O ln(O/E), and 0 for 0.
fn term(observed: u64, expected: f64) -> f64 {
    if observed == 0 { 0.0 } else { observed as f64 * (observed as f64 / expected).ln() }
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn of(here: u64, elsewhere: u64, size_here: u64, size_elsewhere: u64) -> Keyness {
        Keyness { here, elsewhere, size_here, size_elsewhere }
    }

    /// a, b, c, d; G² of two terms and of four cells, log ratio, G² − ln(c + d).
    const WORKED: [([u64; 4], [f64; 4]); 7] = [
        ([10, 5, 1000, 1000], [1.698_990_367_953_972_4, 1.711_584_839_710_766, 1.0, -5.901_912_091_588_11]),
        ([100, 50, 10_000, 40_000], [153.247_687_129_797_27, 153.863_112_612_212_86, 3.0, 142.427_908_845_386_98]),
        ([5, 0, 500, 2000], [16.094_379_124_341_003, 16.134_539_956_032_79, 5.321_928_094_887_363, 8.270_333_113_484_71]),
        ([0, 7, 500, 2000], [3.124_009_718_398_937, 3.128_920_032_871_065, -1.807_354_922_057_604_2, -4.700_036_292_457_355]),
        ([20, 40, 1000, 2000], [0.0, 0.0, 0.0, -8.006_367_567_650_246]),
        ([1, 1, 50, 5000], [6.477_552_973_149_074, 6.497_095_485_573_591, 6.643_856_189_774_724, -2.049_590_549_120_331]),
        ([373, 109, 100_000, 200_000], [392.629_374_349_450_76, 393.306_984_806_791_9, 2.774_847_495_478_311, 380.017_836_595_812_4]),
    ];

    #[test]
    fn worked_examples_come_out() {
        for ([a, b, c, d], expected) in WORKED {
            let word = of(a, b, c, d);
            let found = [word.log_likelihood(), word.log_likelihood_of_four(), word.log_ratio(), word.bayes()].map(Option::unwrap);
            for (found, expected) in found.iter().zip(expected) {
                assert!((found - expected).abs() < 1e-9, "{word:?}: {found} for {expected}");
            }
            assert_eq!(word.is_more(), expected[2] > 0.0);
        }
        let more = [Some(100.0), Some(700.0), None, Some(-100.0), Some(0.0), Some(9900.0), Some(584.403_669_724_770_7)];
        for (([a, b, c, d], _), expected) in WORKED.into_iter().zip(more) {
            let found = of(a, b, c, d).per_cent_more();
            assert_eq!(found.is_some(), expected.is_some(), "never said elsewhere");
            assert!(found.zip(expected).is_none_or(|(found, expected): (f64, f64)| (found - expected).abs() < 1e-9), "{found:?}");
        }
    }

    #[test]
    fn the_four_cells_of_the_paper_come_out() {
        let rows = [
            (110, 2442, 111, 29_114, 270.72),
            (29, 13, 123, 31_612, 263.90),
            (31, 23, 139, 31_584, 256.84),
            (10, 0, 3, 31_764, 167.23),
            (76, 104, 2476, 29_121, 157.21),
            (16, 16, 51, 31_694, 157.03),
            (9, 0, 5, 31_763, 146.80),
        ];
        for (both, first, second, neither, printed) in rows {
            let word = of(both, second, both + first, second + neither);
            let found = word.log_likelihood_of_four().unwrap();
            assert!((found - printed).abs() < 0.006, "{word:?}: {found} for {printed}");
        }
    }

    #[test]
    fn without_words_to_compare_with_nothing_is_said() {
        let alone = of(3, 0, 100, 0);
        assert_eq!((alone.log_likelihood(), alone.log_likelihood_of_four(), alone.log_ratio(), alone.bayes()), (None, None, None, None));
        assert_eq!(of(0, 0, 10, 10).log_ratio(), None);
        assert_eq!(of(0, 0, 10, 10).log_likelihood(), Some(0.0));
        assert_eq!(of(9, 0, 3, 3).log_likelihood_of_four(), None, "more than there are");
    }
}
