//! Numbers of list items as they are seen.

/// "a", "b" … "z", "aa"; digits where there is no such letter.
pub(in super::super) fn letters(number: i64, is_large: bool) -> String {
    let first = if is_large { 'A' } else { 'a' };
    let Some(mut rest) = u32::try_from(number).ok().filter(|number| (1..=1_000_000).contains(number)) else { return number.to_string() };
    let mut letters = Vec::new();
    while rest > 0 {
        rest -= 1;
        letters.extend(char::from_u32(u32::from(first) + rest % 26));
        rest /= 26;
    }
    letters.iter().rev().collect()
}

/// "i", "ii", "iii", "iv" …; digits where there is no such number.
pub(in super::super) fn roman(number: i64, is_large: bool) -> String {
    const SIGNS: [(i64, &str); 13] = [
        (1000, "m"),
        (900, "cm"),
        (500, "d"),
        (400, "cd"),
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    ];
    if !(1..4000).contains(&number) {
        return number.to_string();
    }
    let mut rest = number;
    let mut signs = String::new();
    for (value, sign) in SIGNS {
        while rest >= value {
            signs.push_str(sign);
            rest -= value;
        }
    }
    if is_large { signs.to_uppercase() } else { signs }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_letters_and_in_roman_signs() {
        assert_eq!([1, 26, 27, 52, 703].map(|number| letters(number, false)), ["a", "z", "aa", "az", "aaa"]);
        assert_eq!([1, 4, 9, 14, 1999].map(|number| roman(number, true)), ["I", "IV", "IX", "XIV", "MCMXCIX"]);
        assert_eq!((letters(0, false), roman(-3, false)), ("0".to_owned(), "-3".to_owned()));
    }
}
