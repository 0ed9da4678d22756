use super::decode::decode;
use super::docx;
use super::format::Format;

/// The text of a file of which nothing else is wanted, as a draft would have it: a Word document where its name says so,
/// else plain text in whatever encoding. `None` when it is none.
pub(in crate::exchange) fn plain_text(name: &str, bytes: &[u8]) -> Option<String> {
    match Format::of(name) {
        Ok(Format::Word) => docx::read(name, bytes).ok().map(|content| content.text),
        _ => decode(bytes).map(|decoded| decoded.text),
    }
}
