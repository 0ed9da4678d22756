use std::collections::HashMap;

/// What a position in a text was counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum Counted {
    /// Units of UTF-16, a line end being one, as a window counts that shows the text.
    Units,
    /// Characters (Unicode code points), a line end being one.
    Chars,
    /// Characters of the text as it is stored, a line end of two characters being two.
    Stored,
}

impl Counted {
    /// All of them, those first that are most often meant.
    pub(in super::super) const ALL: [Self; 3] = [Self::Units, Self::Chars, Self::Stored];
}

/// A text with `\n` line ends and without byte order mark.
pub(in super::super) fn normalised(stored: &str) -> String {
    stored.strip_prefix('\u{feff}').unwrap_or(stored).replace("\r\n", "\n").replace('\r', "\n")
}

/// The bytes of a normalised text at which positions lie that somebody counted otherwise.
#[derive(Debug, Default)]
pub(in super::super) struct Positions {
    /// By what was counted, in the order of [`Counted::ALL`].
    bytes: [HashMap<i64, u32>; 3],
    /// The length of the text by what was counted.
    lengths: [i64; 3],
}

impl Positions {
    /// Looks in a text, as it is stored, for all positions that will be asked for.
    pub(in super::super) fn of(stored: &str, mut wanted: Vec<i64>) -> Self {
        wanted.sort_unstable();
        wanted.dedup();
        let mut found = Self::default();
        let mut next = [0usize; 3];
        let (mut counts, mut byte) = ([0i64; 3], 0u32);
        let mut meet = |counts: &[i64; 3], byte: u32| {
            for ((count, next), bytes) in counts.iter().zip(&mut next).zip(&mut found.bytes) {
                while let Some(position) = wanted.get(*next).filter(|position| *position <= count) {
                    if position == count {
                        bytes.insert(*position, byte);
                    }
                    *next += 1;
                }
            }
        };
        let mut chars = stored.strip_prefix('\u{feff}').unwrap_or(stored).chars().peekable();
        meet(&counts, byte);
        while let Some(c) = chars.next() {
            let [units, plain, with_returns] = &mut counts;
            if c == '\r' && chars.peek() == Some(&'\n') {
                *with_returns += 1;
                // Between the two characters of a line end is before it.
                meet(&counts, byte);
                continue;
            }
            *units += if c.len_utf16() == 2 { 2 } else { 1 };
            *plain += 1;
            *with_returns += 1;
            byte = byte.saturating_add(u32::try_from(if c == '\r' { 1 } else { c.len_utf8() }).unwrap_or(u32::MAX));
            meet(&counts, byte);
        }
        found.lengths = counts;
        found
    }

    /// The byte of a position; none where it lies behind the end or within a character.
    pub(in super::super) fn byte(&self, counted: Counted, position: i64) -> Option<u32> {
        self.bytes.get(counted as usize)?.get(&position).copied()
    }

    /// Whether a position is the end of the text, or the one before it, in whatever was counted.
    pub(in super::super) fn is_end(&self, position: i64) -> bool {
        self.lengths.iter().any(|length| position == *length || position == length - 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_of_counting_finds_its_byte() {
        let stored = "\u{feff}a😀\r\nbé\n";
        let text = normalised(stored);
        assert_eq!(text, "a😀\nbé\n");
        let positions = Positions::of(stored, (-1..10).collect());
        let at = |counted, needle: char| (0..10).find(|at| positions.byte(counted, *at) == text.find(needle).map(|byte| byte as u32));
        assert_eq!(Counted::ALL.map(|counted| at(counted, 'b')), [Some(4), Some(3), Some(4)]);
        assert_eq!(Counted::ALL.map(|counted| at(counted, 'é')), [Some(5), Some(4), Some(5)]);
        assert_eq!(positions.byte(Counted::Units, 2), None, "within a character");
        assert_eq!(positions.byte(Counted::Units, -1), None);
        assert_eq!(positions.byte(Counted::Chars, 6), Some(text.len() as u32));
        assert_eq!(positions.byte(Counted::Chars, 7), None);
        assert_eq!(positions.byte(Counted::Stored, 2), Some(5));
        assert_eq!(positions.byte(Counted::Stored, 3), Some(5), "between the two characters of a line end");
        assert!(positions.is_end(6) && positions.is_end(7) && !positions.is_end(4));
    }
}
