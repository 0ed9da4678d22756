/// A set of offsets that answers "how many before this one?" at once.
///
/// One bit a byte of text, with a running count for every 512 bits.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RankedBits {
    bits: Vec<u64>,
    /// Number of ones before `bits[8 * i]`.
    counts: Vec<u32>,
}

const WORDS_PER_BLOCK: usize = 8;

impl RankedBits {
    /// The set of the given offsets, each below `len`; larger ones are left out.
    #[must_use]
    pub fn new(len: u32, offsets: impl Iterator<Item = u32>) -> Self {
        let mut bits = vec![0u64; (len as usize).div_ceil(64)];
        for offset in offsets {
            if let Some(word) = bits.get_mut(offset as usize / 64) {
                *word |= 1 << (offset % 64);
            }
        }
        Self::from_bits(bits)
    }

    /// The set written by [`RankedBits::bits`].
    #[must_use]
    pub fn from_bits(bits: Vec<u64>) -> Self {
        let mut counts = Vec::with_capacity(bits.len() / WORDS_PER_BLOCK + 1);
        let mut before = 0;
        for block in bits.chunks(WORDS_PER_BLOCK) {
            counts.push(before);
            before += block.iter().map(|word| word.count_ones()).sum::<u32>();
        }
        Self { bits, counts }
    }

    /// The raw bits, lowest offset first.
    #[must_use]
    pub fn bits(&self) -> &[u64] {
        &self.bits
    }

    /// How many offsets of the set are below `offset`.
    #[must_use]
    pub fn before(&self, offset: u32) -> u32 {
        let word = offset as usize / 64;
        let block = (word / WORDS_PER_BLOCK).min(self.counts.len().saturating_sub(1));
        let from = block * WORDS_PER_BLOCK;
        let whole = self.bits.iter().take(word).skip(from).map(|word| word.count_ones()).sum::<u32>();
        let mask = (1u64 << (offset % 64)) - 1;
        let partly = self.bits.get(word).map_or(0, |word| (word & mask).count_ones());
        self.counts.get(block).copied().unwrap_or(0) + whole + partly
    }

    /// The first offset of the set that is `offset` or more.
    #[must_use]
    pub fn next(&self, offset: u32) -> Option<u32> {
        let from = offset as usize / 64;
        let mask = u64::MAX << (offset % 64);
        let words = self.bits.iter().enumerate().skip(from);
        let mut masked = words.map(|(at, word)| (at, if at == from { word & mask } else { *word }));
        let (at, word) = masked.find(|(_, word)| *word != 0)?;
        u32::try_from(at * 64).ok().map(|start| start + word.trailing_zeros())
    }

    /// The last offset of the set that is less than `offset`.
    #[must_use]
    pub fn last_before(&self, offset: u32) -> Option<u32> {
        let to = offset as usize / 64;
        let mask = (1u64 << (offset % 64)) - 1;
        let words = self.bits.iter().enumerate().take(to + 1).rev();
        let mut masked = words.map(|(at, word)| (at, if at == to { word & mask } else { *word }));
        let (at, word) = masked.find(|(_, word)| *word != 0)?;
        u32::try_from(at * 64).ok().map(|start| start + 63 - word.leading_zeros())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn rank_agrees_with_counting(mut offsets in proptest::collection::btree_set(0u32..3000, 0..200), at in 0u32..4000) {
            let ranked = RankedBits::new(3000, offsets.iter().copied());
            let expected = offsets.iter().filter(|offset| **offset < at).count();
            prop_assert_eq!(ranked.before(at) as usize, expected);
            prop_assert_eq!(ranked.next(at), offsets.range(at..).next().copied());
            prop_assert_eq!(ranked.last_before(at), offsets.range(..at).next_back().copied());
            offsets.clear();
            prop_assert_eq!(RankedBits::from_bits(ranked.bits().to_vec()), ranked);
        }
    }
}
