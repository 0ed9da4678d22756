use super::span::{Span, clamp};
use super::words::fold;

/// Finds `quote` in `text`: as it stands, else with any white space, quotation marks, case and accents.
///
/// `near` is the byte where the quote is expected; of several places the nearest one is given.
/// Used wherever words come back from a file that does not know our offsets.
#[must_use]
pub fn find_quote(text: &str, quote: &str, near: u32) -> Option<Span> {
    let quote = quote.trim();
    if quote.is_empty() {
        return None;
    }
    let exact = text.match_indices(quote).map(|(at, found)| Span::of(at..at + found.len()));
    nearest(exact, near).or_else(|| nearest(find_folded(text, quote).into_iter(), near))
}

fn nearest(places: impl Iterator<Item = Span>, near: u32) -> Option<Span> {
    places.min_by_key(|span| span.start.abs_diff(near))
}

/// Every place where the folded characters of `quote` stand in `text`, white space and quotation marks set aside.
fn find_folded(text: &str, quote: &str) -> Vec<Span> {
    let mut plain = String::new();
    let mut places = Vec::new();
    for (at, c) in text.char_indices().filter(|(_, c)| counts(*c)) {
        let folded = fold(c.encode_utf8(&mut [0; 4]));
        places.extend(std::iter::repeat_n(Span::of(at..at + c.len_utf8()), folded.len()));
        plain.push_str(&folded);
    }
    let wanted: String = quote.chars().filter(|c| counts(*c)).map(|c| fold(c.encode_utf8(&mut [0; 4]))).collect();
    if wanted.is_empty() {
        return Vec::new();
    }
    plain
        .match_indices(&wanted)
        .filter_map(|(at, found)| Some(places.get(at)?.hull(*places.get(at + found.len() - 1)?)))
        .map(|span| span.trimmed(text))
        .filter(|span| clamp(text.len()) >= span.end)
        .collect()
}

fn counts(c: char) -> bool {
    !c.is_whitespace() && !matches!(c, '"' | '\'' | '“' | '”' | '‘' | '’' | '\u{ad}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_are_found_through_small_differences() {
        let text = "He said: “We’re  such a\nsmall cog”. A small cog.";
        let found = |quote: &str, near| find_quote(text, quote, near).map(|span| span.slice(text));
        assert_eq!(found("small cog", 0), Some("small cog"));
        assert_eq!(find_quote(text, "small cog", 60).map(|span| span.start), Some(44));
        assert_eq!(found("we're such a small cog", 0), Some("We’re  such a\nsmall cog"));
        assert_eq!(found("large cog", 0), None);
        assert_eq!(found("  ", 0), None);
    }
}
