use super::Convention;
use crate::text::Span;

/// How many bytes lie between two marks of a ruler.
const STEP: usize = 256;

/// What is counted along a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Unit {
    /// Unicode scalar values.
    CodePoints,
    /// Units of UTF-16.
    Utf16,
}

/// Finds bytes of one text by what is counted up to them.
struct Ruler {
    unit: Unit,
    wide_line_ends: bool,
    /// What is counted before byte `i * STEP`; characters are counted at their first byte.
    marks: Vec<u64>,
    total: u64,
}

impl Ruler {
    fn new(text: &str, unit: Unit, wide_line_ends: bool) -> Self {
        let mut ruler = Self { unit, wide_line_ends, marks: Vec::with_capacity(text.len() / STEP + 1), total: 0 };
        for chunk in text.as_bytes().chunks(STEP) {
            ruler.marks.push(ruler.total);
            ruler.total += chunk.iter().map(|byte| ruler.width(*byte)).sum::<u64>();
        }
        ruler
    }

    /// What the character that begins with this byte counts; nothing for other bytes.
    const fn width(&self, byte: u8) -> u64 {
        match byte {
            b'\n' if self.wide_line_ends => 2,
            0x80..=0xBF => 0,
            0xF0..=0xFF if matches!(self.unit, Unit::Utf16) => 2,
            _ => 1,
        }
    }

    /// The byte before which `count` is counted, with how much was counted there; the text's end when there is less.
    fn byte(&self, text: &str, count: u64) -> (usize, u64) {
        if count >= self.total {
            return (text.len(), self.total);
        }
        let block = self.marks.partition_point(|before| *before <= count).saturating_sub(1);
        let mut counted = self.marks.get(block).copied().unwrap_or_default();
        for (at, byte) in text.as_bytes().iter().enumerate().skip(block * STEP) {
            let width = self.width(*byte);
            // The first character that begins at or reaches over the place.
            if width > 0 && counted + width > count {
                return (at, counted);
            }
            counted += width;
        }
        (text.len(), self.total)
    }
}

/// The rulers of one text, for every way to count.
pub(super) struct Rulers([Ruler; 4]);

impl Rulers {
    pub(super) fn new(text: &str) -> Self {
        let ruler = |unit, wide| Ruler::new(text, unit, wide);
        use Unit::{CodePoints, Utf16};
        Self([ruler(CodePoints, false), ruler(CodePoints, true), ruler(Utf16, false), ruler(Utf16, true)])
    }

    fn of(&self, convention: Convention) -> &Ruler {
        let [points, wide_points, units, wide_units] = &self.0;
        match (convention.unit, convention.wide_line_ends) {
            (Unit::CodePoints, false) => points,
            (Unit::CodePoints, true) => wide_points,
            (Unit::Utf16, false) => units,
            (Unit::Utf16, true) => wide_units,
        }
    }

    /// The stated passage in bytes, with whether it had to be cut at the text's ends; `None` when it lies outside.
    pub(super) fn read(&self, text: &str, convention: Convention, stated: (i64, i64)) -> Option<(Span, bool)> {
        let (start, end, _) = convention.ordered(stated);
        let ruler = self.of(convention);
        let (first, last) = (u64::try_from(start).unwrap_or(0), u64::try_from(end).unwrap_or(0));
        if (first >= ruler.total && last > first) || (end <= 0 && start < end) {
            return None;
        }
        let (from, _) = ruler.byte(text, first);
        let (mut to, counted) = ruler.byte(text, last);
        // Half an emoji is one; half a line end is none.
        if counted < last && text.as_bytes().get(to).is_some_and(|byte| *byte != b'\n') {
            to += text.get(to..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
        }
        Some((Span::of(from..to.max(from)), start < 0 || last > ruler.total))
    }

    /// The byte of a stated start.
    pub(super) fn start(&self, text: &str, convention: Convention, stated: (i64, i64)) -> usize {
        let (start, ..) = convention.ordered(stated);
        self.of(convention).byte(text, u64::try_from(start).unwrap_or(0)).0
    }

    /// How many units of the convention the words are long.
    pub(super) fn length(&self, convention: Convention, words: &str) -> i64 {
        let ruler = self.of(convention);
        words.bytes().map(|byte| i64::try_from(ruler.width(byte)).unwrap_or(0)).sum()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn places_are_found_as_by_counting(text in "[a-cé😀\n\u{301}]{0,600}", start in 0i64..700, length in 1i64..50) {
            let rulers = Rulers::new(&text);
            for convention in Convention::all().take(4) {
                let width = |c: char| match c {
                    '\n' if convention.wide_line_ends => 2,
                    c if convention.unit == Unit::Utf16 => c.len_utf16(),
                    _ => 1,
                };
                let count = |words: &str| -> i64 { words.chars().map(|c| i64::try_from(width(c)).unwrap()).sum() };
                let up_to = |byte: u32| count(text.get(..byte as usize).unwrap());
                let total = count(&text);
                let read = rulers.read(&text, convention, (start, start + length));
                prop_assert_eq!(read.is_none(), start >= total);
                let Some((span, is_cut)) = read else { continue };
                prop_assert_eq!(is_cut, start + length > total);
                prop_assert!((start - 1..=start).contains(&up_to(span.start)));
                prop_assert!((up_to(span.end) - (start + length).min(total)).abs() <= 1);
            }
        }
    }
}
