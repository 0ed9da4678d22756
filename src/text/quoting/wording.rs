use super::key;
use crate::text::span::Span;
use crate::text::words::{length, word_spans};

/// The longest a pair of square brackets may be, in bytes; longer ones are brackets that somebody forgot to close.
const LONGEST_BRACKET: usize = 240;

/// With fewer letters before a bracket, "I\['ve\]" would stand for every word that begins with "i".
const FEWEST_LETTERS: usize = 3;

/// What stands for letters that were left out, and around quotations.
const APOSTROPHES: [char; 3] = ['\'', '’', '‘'];

/// A word with more brackets in it than these is not read in every way.
const MOST_FORMS: usize = 16;

/// What turns a word into its opposite; in brackets it is not what an editor may have put in.
const OPPOSITE: &[&str] = &["n't", "nt", "'t", "not", "un", "in", "im", "il", "ir", "dis", "non", "mis", "less", "nae"];

/// What the end of a word is short for, where brackets show that somebody shortened it.
const SHORT: &[(&str, &[&str])] = &[
    ("'ve", &["have"]),
    ("'s", &["is", "has"]),
    ("'re", &["are"]),
    ("'m", &["am"]),
    ("'ll", &["will", "shall"]),
    ("'d", &["had", "would"]),
    ("n't", &["not"]),
];

/// What a quotation says: its words, and what stands between them.
///
/// * `…`, `...`, `[…]`, `(...)` stand for any words that were left out.
/// * `[the manager]` stands for a few words of the source, or for none: it was put in.
/// * `[T]he`, `bang[ing]` and `[W]e['ve]` are words of which letters were changed; the last stands for "We have" as well.
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
    /// The pairs of words that it is short for, where its end was changed.
    pub(super) pairs: Vec<(String, String)>,
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
            let of_letters = |(bracket, what): &&(Span, Bracket)| {
                matches!(what, Bracket::Letters) && (bracket.covers(token) || bracket.start == token.end)
            };
            if let Some((bracket, _)) = brackets.iter().find(of_letters) {
                let pieces = pieces(quotation, token.hull(*bracket), &brackets);
                let Some(whole) = pieces.iter().map(|(span, _)| *span).reduce(Span::hull) else { continue };
                while tokens.next_if(|next| whole.covers(*next)).is_some() {}
                wording.changed(quotation, &pieces);
                continue;
            }
            let Some((bracket, what)) = brackets.iter().find(|(bracket, _)| bracket.covers(token)) else {
                let keys = vec![key(token.slice(quotation))];
                wording.push(Wanted { span: token, keys, beginning: None, pairs: Vec::new() });
                continue;
            };
            match what {
                Bracket::Inserted => {
                    let word = key(token.slice(quotation));
                    wording.joint(|joint| {
                        joint.inserted = Some(joint.inserted.map_or(*bracket, |before| before.hull(*bracket)));
                        joint.keys.push(word);
                    });
                }
                Bracket::Letters | Bracket::Ellipsis | Bracket::Nothing => {}
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

    fn push(&mut self, word: Wanted) {
        if word.keys.iter().any(|key| !key.is_empty()) {
            self.words.push(word);
            self.joints.push(Joint::default());
        }
    }

    /// A word of which the letters in brackets were changed.
    fn changed(&mut self, quotation: &str, pieces: &[(Span, Part)]) {
        let Some(whole) = pieces.iter().map(|(span, _)| *span).reduce(Span::hull) else { return };
        let mut forms = vec![String::new()];
        for (at, part) in pieces {
            let letters = part.letters(*at, quotation);
            // One letter in brackets that begins a word is a change of case, not a letter that was put in.
            let begins = forms.iter().all(|form| unmarked(form).is_empty());
            let may_be_new = matches!(part, Part::Changed)
                && !(begins && letters.chars().count() == 1)
                && !OPPOSITE.contains(&letters.trim_end_matches('-'))
                && forms.len() < MOST_FORMS;
            let without = if may_be_new { forms.clone() } else { Vec::new() };
            for form in &mut forms {
                form.push_str(&letters);
            }
            forms.extend(without);
        }
        let end = pieces.iter().rfind(|(_, part)| !matches!(part, Part::Nothing)).filter(|(_, part)| matches!(part, Part::Changed));
        let end = end.map(|(at, part)| part.letters(*at, quotation));
        let stem = end.as_ref().and_then(|end| Some(unmarked(forms.first()?.strip_suffix(end.as_str())?).to_owned()));
        let pairs = end.as_ref().zip(stem.as_ref()).map(|(end, stem)| full_forms(stem, end)).unwrap_or_default();
        let turns = end.as_ref().is_some_and(|end| OPPOSITE.contains(&end.as_str()));
        let beginning = stem.filter(|stem| !turns && stem.chars().count() >= FEWEST_LETTERS);
        let mut keys: Vec<String> = Vec::new();
        for form in forms.iter().map(|form| unmarked(form)) {
            if !form.is_empty() && !keys.iter().any(|key| key == form) {
                keys.push(form.to_owned());
            }
        }
        let words = whole.slice(quotation);
        let lead = length(words) - length(words.trim_start_matches(APOSTROPHES));
        let tail = length(words) - length(words.trim_end_matches(APOSTROPHES));
        let span = Span::new(whole.start + lead, whole.end.saturating_sub(tail).max(whole.start + lead));
        self.push(Wanted { span, keys, beginning, pairs });
    }
}

/// What a stretch of a word is in whose letters something was changed.
#[derive(Clone, Copy)]
enum Part {
    /// Letters of the source.
    Own,
    /// Letters in brackets.
    Changed,
    /// The number of a footnote, `[sic]`.
    Nothing,
}

impl Part {
    /// The letters of a word that stand in a stretch, as they are compared.
    fn letters(self, span: Span, quotation: &str) -> String {
        match self {
            Self::Own => key(span.slice(quotation)),
            Self::Changed => key(Span::new(span.start + 1, span.end - 1).slice(quotation).trim()),
            Self::Nothing => String::new(),
        }
    }
}

/// No word of a source begins or ends with such a mark: it is one of quotation, or stands for letters that were left out.
fn unmarked(key: &str) -> &str {
    key.trim_matches('\'')
}

/// The two words that a word with such an end is short for, each way.
fn full_forms(stem: &str, end: &str) -> Vec<(String, String)> {
    let full = SHORT.iter().find(|(short, _)| *short == end).map(|(_, full)| *full).unwrap_or_default();
    full.iter().filter(|_| !stem.is_empty()).map(|full| (stem.to_owned(), (*full).to_owned())).collect()
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
    let letters = inside.chars().all(|c| c.is_alphabetic() || c == '-' || APOSTROPHES.contains(&c));
    if inside.chars().all(|c| c == '.' || c == '…' || c.is_whitespace()) {
        Bracket::Ellipsis
    } else if inside.chars().all(|c| c.is_ascii_digit() || matches!(c, ',' | '-' | '–' | ' '))
        || key(inside).trim_matches(|c: char| !c.is_alphabetic()) == "sic"
    {
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

/// The word in which `span` stands, cut where brackets begin and end: the letters and the brackets of letters that stand at it
/// without a gap, and the numbers of footnotes behind them.
fn pieces(text: &str, span: Span, brackets: &[(Span, Bracket)]) -> Vec<(Span, Part)> {
    let is_part = |c: char| c.is_alphanumeric() || c == '\u{ad}' || APOSTROPHES.contains(&c);
    let letters_before = |at: u32| {
        let before = text.get(..at as usize).unwrap_or_default();
        length(before.trim_end_matches(is_part))
    };
    let letters_after = |at: u32| {
        let after = text.get(at as usize..).unwrap_or_default();
        at + length(after) - length(after.trim_start_matches(is_part))
    };
    let part = |what: &Bracket| match what {
        Bracket::Letters => Some(Part::Changed),
        Bracket::Nothing => Some(Part::Nothing),
        Bracket::Ellipsis | Bracket::Inserted => None,
    };
    let mut from = letters_before(span.start);
    while let Some((before, _)) = brackets.iter().find(|(bracket, what)| bracket.end == from && matches!(what, Bracket::Letters)) {
        from = letters_before(before.start);
    }
    let mut found = Vec::new();
    let mut at = from;
    loop {
        let end = letters_after(at);
        found.extend((end > at).then_some((Span::new(at, end), Part::Own)));
        let next = brackets.iter().find(|(bracket, _)| bracket.start == end);
        let Some((bracket, part)) = next.and_then(|(bracket, what)| Some((*bracket, part(what)?))) else { return found };
        found.push((bracket, part));
        at = bracket.end;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Words are shown as they are compared, with `|` for each other form they may have and `+` between two words, `…` for what was left out, `[x]` for what
    /// was put in.
    fn check(quotation: &str, expected: &str) {
        let wording = Wording::of(quotation);
        let mut shown = Vec::new();
        for (index, joint) in wording.joints.iter().enumerate() {
            shown.extend(joint.ellipsis.then(|| "…".to_owned()));
            shown.extend(joint.inserted.map(|_| format!("[{}]", joint.keys.join(" "))));
            shown.extend(wording.words.get(index).map(|word| {
                let more = word.beginning.as_ref().map(|beginning| format!("|{beginning}*")).unwrap_or_default();
                let pairs: String = word.pairs.iter().flat_map(|(first, second)| ["|", first, "+", second]).collect();
                word.keys.join("|") + &more + &pairs
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
        check("I['ve] seen organi[s]ation", "i've|i|i+have seen organisation|organiation");
        check("ﬁne na\u{ad}ïve _all_ **of** it", "fine naive all of it");
        check("an open [bracket", "an open bracket");
        check("[laughs]", "[laughs]");
        check("", "");
    }

    #[test]
    fn brackets_within_a_word_are_read_as_editors_set_them() {
        check("[W]e['ve] done it", "we've|we|we+have done it");
        check("[W]e[‘ve] done it", "we've|we|we+have done it");
        check("[T]hat[1] was so[12, 13].", "that was so");
        check("bang[ing][2] it[sic]", "banging|bang|bang* it");
        check("'[T]hat was it[']", "that was it");
        check("'cause '[c]ause ‘[C]ause’", "cause cause cause");
        check("[T]hat[…] it[s the man] ran[...]", "that … it [s the man] ran …");
        check("did[n't] [un]happy help[less] [non-]smoking", "didn't|did+not unhappy helpless non-smoking");
        check("goin['] and do[es]n't", "goin|goin* and doesn't|don't");
    }
}
