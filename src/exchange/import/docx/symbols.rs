//! Characters of fonts that have signs where other fonts have letters.

/// What the font Symbol has at 0x41 to 0x7A in the place of letters; a blank is nothing that is known here.
const GREEK: &str = "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_ αβχδεφγηιϕκλμνοπθρστυϖωξψζ";

/// Signs of the font Symbol.
const SYMBOL: &[(u32, char)] = &[
    (0x22, '∀'),
    (0x24, '∃'),
    (0x27, '∋'),
    (0x2A, '∗'),
    (0x2D, '−'),
    (0x40, '≅'),
    (0xA2, '′'),
    (0xA3, '≤'),
    (0xA5, '∞'),
    (0xAB, '↔'),
    (0xAC, '←'),
    (0xAD, '↑'),
    (0xAE, '→'),
    (0xAF, '↓'),
    (0xB0, '°'),
    (0xB1, '±'),
    (0xB2, '″'),
    (0xB3, '≥'),
    (0xB4, '×'),
    (0xB7, '•'),
    (0xB8, '÷'),
    (0xB9, '≠'),
    (0xBA, '≡'),
    (0xBB, '≈'),
    (0xBC, '…'),
    (0xC5, '⊕'),
    (0xCE, '∈'),
    (0xD0, '∠'),
    (0xD6, '√'),
    (0xE5, '∑'),
];

/// Signs of the fonts Wingdings that are used as bullets, ticks, faces and arrows.
const WINGDINGS: &[(u32, char)] = &[
    (0x22, '✂'),
    (0x28, '☎'),
    (0x2A, '✉'),
    (0x4A, '☺'),
    (0x4B, '😐'),
    (0x4C, '☹'),
    (0x6C, '●'),
    (0x6E, '■'),
    (0x6F, '□'),
    (0x71, '❑'),
    (0x75, '◆'),
    (0x76, '❖'),
    (0x9F, '•'),
    (0xA7, '▪'),
    (0xA8, '□'),
    (0xD8, '➢'),
    (0xDF, '←'),
    (0xE0, '→'),
    (0xE1, '↑'),
    (0xE2, '↓'),
    (0xE8, '➔'),
    (0xF0, '⇨'),
    (0xFB, '✗'),
    (0xFC, '✓'),
    (0xFD, '☒'),
    (0xFE, '☑'),
];

/// The character that a font of signs shows for `code`, where it can be known.
pub(super) fn character(font: &str, code: u32) -> Option<char> {
    // Such fonts stand in the private area from U+F000.
    let place = if (0xF000..=0xF0FF).contains(&code) { code - 0xF000 } else { code };
    let font = font.to_lowercase();
    if font.starts_with("wingdings") {
        // The second and third of them have other signs.
        return (font == "wingdings").then(|| found(WINGDINGS, place)).flatten();
    }
    if font == "symbol" {
        let letter = place.checked_sub(0x41).and_then(|at| GREEK.chars().nth(usize::try_from(at).ok()?)).filter(|c| *c != ' ');
        let same = || char::from_u32(place).filter(|c| "!#%&()+,./0123456789:;<=>?{|}~".contains(*c));
        return letter.or_else(|| found(SYMBOL, place)).or_else(same);
    }
    char::from_u32(code).filter(|c| !('\u{e000}'..='\u{f8ff}').contains(c) && !c.is_control())
}

fn found(signs: &[(u32, char)], place: u32) -> Option<char> {
    signs.iter().find(|(at, _)| *at == place).map(|(_, sign)| *sign)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_are_known_by_their_font() {
        for (font, code, expected) in [
            ("Symbol", 0xF061, Some('α')),
            ("Symbol", 0x57, Some('Ω')),
            ("Symbol", 0xF07A, Some('ζ')),
            ("Symbol", 0xF0B7, Some('•')),
            ("Symbol", 0xF0A0, None),
            ("Wingdings", 0xF0FC, Some('✓')),
            ("Wingdings", 0xF001, None),
            ("Wingdings 2", 0xF0FC, None),
            ("Segoe UI Symbol", 0x2610, Some('☐')),
            ("Other", 0xF0FC, None),
            ("Other", 0xD800, None),
        ] {
            assert_eq!(character(font, code), expected, "{font} {code:x}");
        }
    }
}
