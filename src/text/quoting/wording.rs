use super::key;
use crate::text::span::Span;
use crate::text::words::word_spans;

/// The longest a pair of square brackets may be, in bytes; longer ones are brackets that somebody forgot to close.
const LONGEST_BRACKET: usize = 240;

/// With fewer letters before a bracket, "I\['ve\]" would stand for every word that begins with "i".
const FEWEST_LETTERS: usize = 3;

/// What a quotation says: its words, and what stands between them.
///
/// * `…`, `...`, `[…]`, `(...)` stand for any words that were left out.
/// * `[the manager]` stands for a few words of the source, or for none: it was put in.
/// * `[T]he` and `bang[ing]` are words of which letters were changed.
/// * `[sic]` and the numbers of footnotes stand for nothing.
///
/// Quotation marks, dashes, line ends and other signs are not held against a quotation.
#[derive(Clone, Debug, Default)]
pub struct Wording {
    pub(super) words: Vec<Wanted>,
    /// What stands before each word, and behind the last one: one more than there are words.
    pub(super) joints: Vec<Joint>,
}

/// One word of a quotation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Wanted {
    /// Where it stands in the quotation.
    pub(super) span: Span,
    /// The words of a source that it may be, as they are compared.
    pub(super) keys: Vec<String>,
    /// The letters with which a word of the source may begin, where its end was changed.
    pub(super) beginning: Option<String>,
}

/// What stands between two words of a quotation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Joint {
    /// Whether words were left out, and it says so.
    pub(super) ellipsis: bool,
    /// What was put in, with its brackets.
    pub(super) inserted: Option<Span>,
    /// The words that were put in.
    pub(super) keys: Vec<String>,
}

/// What a stretch in square brackets is.
enum Bracket {
    /// Part of a word: the letters in it.
    Letters,
    Ellipsis,
    Inserted,
    /// `[sic]`, `[12]`.
    Nothing,
}

impl Wording {
    /// Reads the words of a quotation; its outer marks may be there or not.
    #[must_use]
    pub fn of(quotation: &str) -> Self {
        let brackets = brackets(quotation);
        let mut wording = Self { words: Vec::new(), joints: vec![Joint::default()] };
        let mut tokens = word_spans(quotation).peekable();
        let mut dots = ellipses(quotation).into_iter().peekable();
        while let Some(token) = tokens.next() {
            while dots.next_if(|dot| *dot < token.start).is_some() {
                wording.joint(|joint| joint.ellipsis = true);
            }
            let Some((bracket, what)) = brackets.iter().find(|(bracket, _)| bracket.covers(token)) else {
                let changed = brackets.iter().find(|(bracket, what)| matches!(what, Bracket::Letters) && bracket.start == token.end);
                let Some((bracket, _)) = changed else {
                    wording.push(token, vec![key(token.slice(quotation))], None);
                    continue;
                };
                let whole = whole_word(quotation, token.hull(*bracket));
                while tokens.next_if(|next| whole.covers(*next)).is_some() {}
                wording.changed(quotation, whole, *bracket);
                continue;
            };
            match what {
                Bracket::Letters => {
                    let whole = whole_word(quotation, *bracket);
                    while tokens.next_if(|next| whole.covers(*next)).is_some() {}
                    wording.changed(quotation, whole, *bracket);
                }
                Bracket::Inserted => {
                    let word = key(token.slice(quotation));
                    wording.joint(|joint| {
                        joint.inserted = Some(joint.inserted.map_or(*bracket, |before| before.hull(*bracket)));
                        joint.keys.push(word);
                    });
                }
                Bracket::Ellipsis | Bracket::Nothing => {}
            }
        }
        if dots.next().is_some() {
            wording.joint(|joint| joint.ellipsis = true);
        }
        wording
    }

    /// How many words of it must be found.
    #[must_use]
    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// Whether it has no words.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// The words from the one of index `from` up to that of `to`.
    pub(super) fn part(&self, from: usize, to: usize) -> Self {
        let words = self.words.get(from..to).unwrap_or_default().to_vec();
        let mut joints = self.joints.get(from..=to).unwrap_or_default().to_vec();
        // What stands at its ends belongs to the whole.
        for end in [0, joints.len().saturating_sub(1)] {
            if let Some(joint) = joints.get_mut(end) {
                *joint = Joint::default();
            }
        }
        Self { words, joints }
    }

    fn joint(&mut self, change: impl FnOnce(&mut Joint)) {
        if let Some(joint) = self.joints.last_mut() {
            change(joint);
        }
    }

    fn push(&mut self, span: Span, keys: Vec<String>, beginning: Option<String>) {
        if keys.iter().any(|key| !key.is_empty()) {
            self.words.push(Wanted { span, keys, beginning });
            self.joints.push(Joint::default());
        }
    }

    /// A word of which the letters in `bracket` were changed.
    fn changed(&mut self, quotation: &str, whole: Span, bracket: Span) {
        let inside = Span::new(bracket.start + 1, bracket.end - 1).slice(quotation);
        let before = key(Span::new(whole.start, bracket.start).slice(quotation));
        let after = key(Span::new(bracket.end, whole.end).slice(quotation));
        let mut keys = vec![format!("{before}{}{after}", key(inside))];
        // One letter in brackets is a change of case, not a letter that was put in.
        if !before.is_empty() || inside.chars().count() > 1 {
            keys.push(format!("{before}{after}"));
        }
        let beginning = (after.is_empty() && before.chars().count() >= FEWEST_LETTERS).then_some(before);
        self.push(whole, keys, beginning);
    }
}

/// The pairs of square brackets with what they are, in order; an inner pair is part of the outer.
fn brackets(text: &str) -> Vec<(Span, Bracket)> {
    let mut found = Vec::new();
    let mut open = None;
    for (at, c) in text.char_indices() {
        match (c, open) {
            ('[', None) => open = Some(at),
            ('[', Some(from)) if at - from > LONGEST_BRACKET => open = Some(at),
            (']', Some(from)) => {
                if at - from <= LONGEST_BRACKET {
                    found.push((Span::of(from..at + 1), bracket(text, from, at)));
                }
                open = None;
            }
            _ => {}
        }
    }
    found
}

fn bracket(text: &str, from: usize, to: usize) -> Bracket {
    let inside = text.get(from + 1..to).unwrap_or_default().trim();
    let before = text.get(..from).and_then(|before| before.chars().next_back());
    let after = text.get(to + 1..).and_then(|after| after.chars().next());
    let is_letter = |c: Option<char>| c.is_some_and(char::is_alphabetic);
    let letters = inside.chars().all(|c| c.is_alphabetic() || matches!(c, '\'' | '’' | '-'));
    if inside.chars().all(|c| c == '.' || c == '…' || c.is_whitespace()) {
        Bracket::Ellipsis
    } else if inside.chars().all(|c| c.is_ascii_digit()) || key(inside).trim_matches(|c: char| !c.is_alphabetic()) == "sic" {
        Bracket::Nothing
    } else if letters && (is_letter(before) || is_letter(after)) {
        Bracket::Letters
    } else {
        Bracket::Inserted
    }
}

/// Where ellipses begin: the sign, two dots and more, dots apart from each other; also those alone in brackets.
fn ellipses(text: &str) -> Vec<u32> {
    let mut found = Vec::new();
    let (mut from, mut dots) = (0, 0);
    for (at, c) in text.char_indices().chain([(text.len(), '\0')]) {
        match c {
            '…' => found.push(Span::of(at..at).start),
            '.' => {
                from = if dots == 0 { at } else { from };
                dots += 1;
            }
            ' ' | '\u{a0}' if dots > 0 => {}
            _ => {
                // "no. . . ." may be the end of a sentence and then an ellipsis; either way words may be missing.
                found.extend((dots >= 2).then_some(Span::of(from..from).start));
                dots = 0;
            }
        }
    }
    found
}

/// The letters on both sides of `span` that stand at it without a gap.
fn whole_word(text: &str, span: Span) -> Span {
    let is_part = |c: &char| c.is_alphanumeric() || matches!(c, '\'' | '’' | '\u{ad}' | '[' | ']');
    let before = text.get(..span.start as usize).unwrap_or_default();
    let after = text.get(span.end as usize..).unwrap_or_default();
    let lead: usize = before.chars().rev().take_while(is_part).map(char::len_utf8).sum();
    let tail: usize = after.chars().take_while(is_part).map(char::len_utf8).sum();
    // A mark at the very end closes the quotation.
    let tail = after.get(..tail).unwrap_or_default().trim_end_matches(['\'', '’']).len();
    Span::of(span.start as usize - lead..span.end as usize + tail)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Words are shown as they are compared, with `|` for each other form they may have, `…` for what was left out, `[x]` for what
    /// was put in.
    fn check(quotation: &str, expected: &str) {
        let wording = Wording::of(quotation);
        let mut shown = Vec::new();
        for (index, joint) in wording.joints.iter().enumerate() {
            shown.extend(joint.ellipsis.then(|| "…".to_owned()));
            shown.extend(joint.inserted.map(|_| format!("[{}]", joint.keys.join(" "))));
            shown.extend(wording.words.get(index).map(|word| {
                let more = word.beginning.as_ref().map(|beginning| format!("|{beginning}*")).unwrap_or_default();
                word.keys.join("|") + &more
            }));
        }
        assert_eq!(shown.join(" "), expected, "{quotation}");
    }

    #[test]
    fn what_stands_between_words_is_told_from_words() {
        check("“It’s a co-\u{ad}location, aye.”", "it's a co location aye");
        check("one … two [...] three . . . four (…) five.. six. Seven", "one … two … three … four … five … six seven");
        check("… and so it goes…", "… and so it goes …");
        check("[the manager] said [a lot of] things [sic] here.[21]", "[the manager] said [a lot of] things here");
        check("[T]he drum, [t]hey bang[ed] it", "the drum they banged|bang|bang* it");
        check("I['ve] seen organi[s]ation", "i've|i seen organisation|organiation");
        check("ﬁne na\u{ad}ïve _all_ **of** it", "fine naive all of it");
        check("an open [bracket", "an open bracket");
        check("[laughs]", "[laughs]");
        check("", "");
    }
}
