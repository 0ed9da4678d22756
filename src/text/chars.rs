use super::span::{Span, clamp};

/// How many bytes lie between two samples of a [`CharMap`].
const STEP: usize = 256;

/// A span counted in characters (Unicode scalar values), as files and other programs count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CharSpan {
    /// First character, 0-based.
    pub start: usize,
    /// First character after the span.
    pub end: usize,
}

/// Converts between byte offsets and character offsets of one text.
///
/// It keeps the number of characters before every 256th byte, so that a conversion looks at no more than
/// 256 bytes, and nothing at all for a text that is pure ASCII.
#[derive(Clone, Debug)]
pub struct CharMap {
    /// Characters that begin before byte `i * STEP`; empty when the text is ASCII.
    samples: Vec<u32>,
    bytes: usize,
    chars: usize,
}

impl CharMap {
    /// Counts `text` once.
    #[must_use]
    pub fn new(text: &str) -> Self {
        if text.is_ascii() {
            return Self { samples: Vec::new(), bytes: text.len(), chars: text.len() };
        }
        let mut samples = Vec::with_capacity(text.len() / STEP + 1);
        let mut chars = 0;
        for chunk in text.as_bytes().chunks(STEP) {
            samples.push(clamp(chars));
            chars += chunk.iter().filter(|byte| is_first_byte(**byte)).count();
        }
        Self { samples, bytes: text.len(), chars }
    }

    /// Number of characters of the text.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.chars
    }

    /// Whether the text is empty.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.bytes == 0
    }

    /// The characters before byte `offset`; offsets past the end give the text's length.
    #[must_use]
    pub fn char_at(&self, text: &str, offset: u32) -> usize {
        let offset = (offset as usize).min(self.bytes);
        let Some(sample) = self.samples.get(offset / STEP) else {
            return if self.samples.is_empty() { offset } else { self.chars };
        };
        let from = offset / STEP * STEP;
        let rest = text.as_bytes().get(from..offset).unwrap_or_default();
        *sample as usize + rest.iter().filter(|byte| is_first_byte(**byte)).count()
    }

    /// The byte at which character `index` begins; the length of the text when there are fewer.
    #[must_use]
    pub fn byte_at(&self, text: &str, index: usize) -> u32 {
        if index >= self.chars {
            return clamp(self.bytes);
        }
        if self.samples.is_empty() {
            return clamp(index);
        }
        let block = self.samples.partition_point(|before| *before as usize <= index).saturating_sub(1);
        let mut left = index - self.samples.get(block).map_or(0, |before| *before as usize);
        for (at, byte) in text.as_bytes().iter().enumerate().skip(block * STEP) {
            if is_first_byte(*byte) {
                if left == 0 {
                    return clamp(at);
                }
                left -= 1;
            }
        }
        clamp(self.bytes)
    }

    /// `span` counted in characters.
    #[must_use]
    pub fn chars(&self, text: &str, span: Span) -> CharSpan {
        CharSpan { start: self.char_at(text, span.start), end: self.char_at(text, span.end) }
    }

    /// `span` counted in bytes.
    #[must_use]
    pub fn bytes(&self, text: &str, span: CharSpan) -> Span {
        Span::new(self.byte_at(text, span.start), self.byte_at(text, span.end))
    }
}

/// Whether `byte` begins a character of UTF-8.
const fn is_first_byte(byte: u8) -> bool {
    byte & 0xC0 != 0x80
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn conversions_agree_with_counting(text in "(\\PC|[\u{301}😀\n]){0,700}", at in 0usize..700) {
            let map = CharMap::new(&text);
            prop_assert_eq!(map.len(), text.chars().count());
            let byte = text.char_indices().nth(at).map_or(text.len(), |(byte, _)| byte);
            prop_assert_eq!(map.byte_at(&text, at) as usize, byte);
            prop_assert_eq!(map.char_at(&text, clamp(byte)), at.min(map.len()));
        }
    }
}
