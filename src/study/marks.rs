//! The light marks in the words of a summary.

/// How a stretch of a summary is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meant {
    /// The analyst's summary.
    Plain,
    /// `**bold**`, with its marks.
    Bold,
    /// What somebody said: in quotation marks.
    Said,
    /// The analyst's own comment: in square brackets.
    Comment,
    /// The number of a citation in square brackets.
    Cited(u32),
}

/// Cuts the words of a summary by how they are meant. The pieces together are the whole text; what is opened and not
/// closed is plain.
#[must_use]
pub fn pieces(text: &str) -> Vec<(Meant, &str)> {
    let mut found = Vec::new();
    let mut rest = text;
    let mut plain = 0;
    while let Some(from) = rest.get(plain..).and_then(|tail| tail.find(['*', '“', '"', '[']).map(|at| plain + at)) {
        let (before, tail) = rest.split_at(from);
        let Some((meant, length)) = marked(tail) else {
            plain = from + tail.chars().next().map_or(1, char::len_utf8);
            continue;
        };
        if !before.is_empty() {
            found.push((Meant::Plain, before));
        }
        let (piece, after) = tail.split_at(length);
        found.push((meant, piece));
        (rest, plain) = (after, 0);
    }
    if !rest.is_empty() {
        found.push((Meant::Plain, rest));
    }
    found
}

/// What begins here, and how long it is in bytes; it ends in its own line.
fn marked(text: &str) -> Option<(Meant, usize)> {
    let line = text.split('\n').next().unwrap_or_default();
    let until = |open: &str, close: &str| {
        let inside = line.strip_prefix(open)?;
        let end = inside.find(close).filter(|end| *end > 0)?;
        Some(open.len() + end + close.len())
    };
    if let Some(length) = until("**", "**") {
        return Some((Meant::Bold, length));
    }
    if let Some(length) = until("“", "”").or_else(|| until("\"", "\"")) {
        return Some((Meant::Said, length));
    }
    let length = until("[", "]")?;
    let inside = line.get(1..length - 1).unwrap_or_default();
    Some((inside.trim().parse().map_or(Meant::Comment, Meant::Cited), length))
}

/// The words without the number of a citation, wherever it stands; the space before it goes with it where another, a sign or the
/// end of a line follows.
#[must_use]
pub fn without_citation(text: &str, number: u32) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(from) = rest.find('[') {
        let (before, tail) = rest.split_at(from);
        kept.push_str(before);
        let inside = tail.get(1..).and_then(|inside| inside.split_once(']')).map(|(inside, after)| (inside.trim().parse::<u32>(), after));
        let Some((Ok(found), after)) = inside else {
            kept.push('[');
            rest = tail.get(1..).unwrap_or_default();
            continue;
        };
        if found != number {
            kept.push_str(tail.get(..tail.len() - after.len()).unwrap_or_default());
            rest = after;
            continue;
        }
        let at_line_start = kept.is_empty() || kept.ends_with('\n');
        let closes =
            after.chars().next().is_none_or(|next| next.is_whitespace() || matches!(next, '.' | ',' | ';' | ':' | '!' | '?' | ')'));
        if closes && kept.ends_with(' ') {
            kept.pop();
        }
        rest = if at_line_start { after.strip_prefix(' ').unwrap_or(after) } else { after };
    }
    kept.push_str(rest);
    kept
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn words_are_set_by_how_they_are_meant() {
        let text = "Cold **in winter** and “damp as a cellar” [3], [I doubt it] [x\n\"quoted\" **";
        assert_eq!(
            pieces(text),
            [
                (Meant::Plain, "Cold "),
                (Meant::Bold, "**in winter**"),
                (Meant::Plain, " and "),
                (Meant::Said, "“damp as a cellar”"),
                (Meant::Plain, " "),
                (Meant::Cited(3), "[3]"),
                (Meant::Plain, ", "),
                (Meant::Comment, "[I doubt it]"),
                (Meant::Plain, " [x\n"),
                (Meant::Said, "\"quoted\""),
                (Meant::Plain, " **"),
            ]
        );
    }

    #[test]
    fn a_citation_goes_from_wherever_it_stands_and_no_other() {
        for (text, expected) in [
            ("Cold [3]. “damp [3] as a cellar” [2] [3]", "Cold. “damp as a cellar” [2]"),
            ("[3] Cold[3] rooms [ 3 ]\n[3]", "Cold rooms\n"),
            ("Cold [13] [30] [x 3] [I doubt 3] [3", "Cold [13] [30] [x 3] [I doubt 3] [3"),
            ("[[3]] é [3]é", "[] é é"),
            ("", ""),
        ] {
            assert_eq!(without_citation(text, 3), expected, "{text}");
        }
    }

    proptest! {
        #[test]
        fn nothing_is_lost_or_added(text in "[a*\"“”\\[\\]é😀 \n0-9]{0,40}") {
            let pieces: String = pieces(&text).into_iter().map(|(_, piece)| piece).collect();
            prop_assert_eq!(pieces, text);
        }
    }
}
