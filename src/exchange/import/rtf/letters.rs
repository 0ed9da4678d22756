use std::collections::HashMap;

use encoding_rs::{BIG5, EUC_KR, Encoding, GBK, MACINTOSH, SHIFT_JIS, UTF_8, WINDOWS_874, WINDOWS_1252};

/// So many fonts are remembered.
const MOST_FONTS: usize = 10_000;

/// How the bytes of a font are letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Letters {
    /// As those of the whole text.
    Common,
    /// As the encoding says.
    In(&'static Encoding),
    /// They are signs, not letters.
    Signs,
}

/// The letters of a rich text and its fonts.
#[derive(Debug)]
pub(super) struct Fonts {
    common: &'static Encoding,
    fonts: HashMap<i32, Letters>,
}

impl Default for Fonts {
    fn default() -> Self {
        Self { common: WINDOWS_1252, fonts: HashMap::new() }
    }
}

impl Fonts {
    /// `\ansicpg`: the code page of the text.
    pub(super) fn set_common(&mut self, page: i32) {
        self.common = code_page(page).unwrap_or(self.common);
    }

    /// `\fcharset` of a font.
    pub(super) fn set_charset(&mut self, font: i32, charset: i32) {
        let page = match charset {
            2 => return self.set(font, Letters::Signs),
            77 => 10_000,
            128 => 932,
            129 => 949,
            134 => 936,
            136 => 950,
            161 => 1253,
            162 => 1254,
            163 => 1258,
            177 => 1255,
            178 => 1256,
            186 => 1257,
            204 => 1251,
            222 => 874,
            238 => 1250,
            _ => return self.set(font, Letters::Common),
        };
        self.set_page(font, page);
    }

    /// `\cpg` of a font.
    pub(super) fn set_page(&mut self, font: i32, page: i32) {
        self.set(font, code_page(page).map_or(Letters::Common, Letters::In));
    }

    fn set(&mut self, font: i32, letters: Letters) {
        if self.fonts.len() < MOST_FONTS {
            self.fonts.insert(font, letters);
        }
    }

    /// The words that `bytes` are in a font.
    pub(super) fn words(&self, font: i32, bytes: &[u8]) -> String {
        match self.fonts.get(&font).copied().unwrap_or(Letters::Common) {
            Letters::Common => self.common.decode_without_bom_handling(bytes).0.into_owned(),
            Letters::In(encoding) => encoding.decode_without_bom_handling(bytes).0.into_owned(),
            Letters::Signs => bytes.iter().map(|byte| sign(u32::from(*byte))).collect(),
        }
    }
}

/// A sign of a font of signs. What such a font draws is not known; its bullets are, and what is written in it as letters stays.
pub(super) fn sign(code: u32) -> char {
    match code & 0xff {
        0xb7 | 0xa7 | 0xd8 | 0xfc | 0xa8 | 0x76 => '•',
        code => char::from_u32(code).unwrap_or('•'),
    }
}

fn code_page(page: i32) -> Option<&'static Encoding> {
    match page {
        874 => Some(WINDOWS_874),
        932 => Some(SHIFT_JIS),
        936 => Some(GBK),
        949 => Some(EUC_KR),
        950 => Some(BIG5),
        10_000 => Some(MACINTOSH),
        65_001 => Some(UTF_8),
        1250..=1258 => Encoding::for_label(format!("windows-{page}").as_bytes()),
        _ => None,
    }
}
