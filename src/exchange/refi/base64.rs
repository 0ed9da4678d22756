//! Bytes as letters, for notes: the usual 64 signs of RFC 4648, with `=` at the end.

const SIGNS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// So many signs stand in a line.
const LINE: usize = 120;

/// Bytes as lines of letters.
pub(super) fn encode(bytes: &[u8]) -> String {
    let mut letters = String::with_capacity(bytes.len() / 3 * 4 + bytes.len() / 90 + 4);
    for (at, three) in bytes.chunks(3).enumerate() {
        if at > 0 && (at * 4).is_multiple_of(LINE) {
            letters.push('\n');
        }
        let bits = three.iter().fold(0_u32, |bits, byte| bits << 8 | u32::from(*byte)) << (8 * (3 - three.len()));
        for place in 0..4 {
            let sign = SIGNS.get((bits >> (18 - 6 * place) & 63) as usize).copied().unwrap_or(b'=');
            letters.push(if place <= three.len() { char::from(sign) } else { '=' });
        }
    }
    letters
}

/// The bytes that [`encode`] was given; none for anything else. White space does not count.
pub(super) fn decode(letters: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(letters.len() / 4 * 3);
    let (mut bits, mut count, mut padding) = (0_u32, 0, 0);
    for sign in letters.bytes().filter(|sign| !sign.is_ascii_whitespace()) {
        let six = match SIGNS.iter().position(|known| *known == sign) {
            Some(six) if padding == 0 => u32::try_from(six).ok()?,
            None if sign == b'=' && padding < 2 => {
                padding += 1;
                0
            }
            _ => return None,
        };
        bits = bits << 6 | six;
        count += 1;
        if count == 4 {
            bytes.extend(bits.to_be_bytes().into_iter().skip(1).take(3 - padding));
            (bits, count) = (0, 0);
        }
    }
    (count == 0).then_some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_survive_as_letters() {
        for (bytes, letters) in [(&b""[..], ""), (b"M", "TQ=="), (b"Ma", "TWE="), (b"Man", "TWFu"), (&[0xff, 0xfe, 0xfd], "//79")] {
            assert_eq!(encode(bytes), letters);
            assert_eq!(decode(letters).unwrap(), bytes);
        }
        let many: Vec<u8> = (0..1000_u32).map(|at| (at * 7 % 256) as u8).collect();
        assert_eq!(decode(&encode(&many)).unwrap(), many);
        assert!(["TQ=", "T", "TQ==TQ==", "T!==", "===="].into_iter().all(|wrong| decode(wrong).is_none()));
    }
}
