use std::io::Read as _;

use flate2::read::ZlibDecoder;

/// The most that one stream may unpack to: a picture of a large page is smaller.
const MOST_OF_ONE: u64 = 256 * 1024 * 1024;

/// The most that all streams but pictures may unpack to together.
const MOST_OF_ALL: u64 = 512 * 1024 * 1024;

/// So much before a stream is looked at for what it says of it.
const DICTIONARY: usize = 600;

/// Refuses a PDF that unpacks to far more than a text can be, before anything of it is unpacked in earnest.
///
/// # Errors
/// What is wrong with it.
pub(super) fn check(bytes: &[u8]) -> Result<(), &'static str> {
    const TOO_MUCH: &str = "it unpacks to far more than a text can be";
    let mut at = 0;
    let mut all = 0_u64;
    while let Some(found) = find(bytes.get(at..).unwrap_or_default(), b"stream") {
        let keyword = at + found;
        at = keyword + b"stream".len();
        if bytes.get(keyword.saturating_sub(3)..keyword) == Some(b"end") {
            continue;
        }
        let says = bytes.get(keyword.saturating_sub(DICTIONARY)..keyword).unwrap_or_default();
        let says = dictionary(says).unwrap_or(says);
        let packed = [b"FlateDecode".as_slice(), b"/Fl", b"LZWDecode", b"RunLengthDecode"].map(|filter| count(says, filter));
        let [flate, short, lzw, run] = packed;
        if flate.max(short) + lzw + run > 1 {
            return Err("it is packed several times over");
        }
        let data = bytes.get(at..).unwrap_or_default();
        let data = data.strip_prefix(b"\r\n").or_else(|| data.strip_prefix(b"\n")).or_else(|| data.strip_prefix(b"\r")).unwrap_or(data);
        if flate.max(short) == 0 {
            continue;
        }
        let unpacked = unpacked(data);
        let is_picture = find(says, b"/Image").is_some();
        all += if is_picture { 0 } else { unpacked };
        if unpacked > MOST_OF_ONE || all > MOST_OF_ALL {
            return Err(TOO_MUCH);
        }
    }
    Ok(())
}

/// The dictionary at the end of `says`.
fn dictionary(says: &[u8]) -> Option<&[u8]> {
    let start = says.windows(4).rposition(|four| four == b" obj" || four == b"\nobj")?;
    says.get(start..)
}

/// How many bytes come out of packed ones, as far as it matters.
fn unpacked(data: &[u8]) -> u64 {
    let mut decoder = ZlibDecoder::new(data).take(MOST_OF_ONE + 1);
    let mut buffer = vec![0; 64 * 1024];
    let mut count = 0;
    while let Ok(read @ 1..) = decoder.read(&mut buffer) {
        count += read as u64;
    }
    count
}

fn find(bytes: &[u8], word: &[u8]) -> Option<usize> {
    let first = *word.first()?;
    let mut at = 0;
    loop {
        at += bytes.get(at..)?.iter().position(|byte| *byte == first)?;
        if bytes.get(at..at + word.len()) == Some(word) {
            return Some(at);
        }
        at += 1;
    }
}

fn count(bytes: &[u8], word: &[u8]) -> usize {
    bytes.windows(word.len()).filter(|part| *part == word).count()
}
