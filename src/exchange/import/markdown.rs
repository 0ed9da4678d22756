use regex::Regex;

use super::pattern::Pattern;
use super::units::{self, Hint, Unit};
use crate::text::{Span, Style, Styled};

static HEADING: Pattern = Pattern::new(|| Regex::new(r"^(#{1,6})\s+(\S)").ok());
static BULLET: Pattern = Pattern::new(|| Regex::new(r"^([-*+]|\d{1,3}[.)])\s+(\S)").ok());
static QUOTE: Pattern = Pattern::new(|| Regex::new(r"^((?:>\s*)+)(\S)").ok());
static BOLD: Pattern = Pattern::new(|| Regex::new(r"^(\*\*[^*\n]{1,44}\*\*|__[^_\n]{1,44}__)").ok());

/// Cuts a Markdown text into units; its marks stay in the text, outside of the units.
pub(super) fn units(text: &str) -> Vec<Unit> {
    let mut units: Vec<Unit> = Vec::new();
    for mut unit in units::units(text) {
        let mark = |pattern: &Pattern| {
            let found = pattern.first(unit.slice(text))?;
            let (mark, words) = (found.get(1)?, found.get(2)?);
            let at = |offset: usize| unit.span.start + u32::try_from(offset).unwrap_or(0);
            Some((Span::new(at(mark.start()), at(mark.end())), at(words.start()), mark.as_str().trim().len()))
        };
        let found = mark(&HEADING).map(|found| (found, 0)).or_else(|| mark(&QUOTE).map(|found| (found, 1)));
        let found = found.or_else(|| mark(&BULLET).map(|found| (found, 2)));
        if let Some(((mark, words, length), what)) = found {
            unit.mark = mark;
            unit.span = Span::new(words, unit.span.end);
            unit.hint = match what {
                0 => Hint::Heading(u8::try_from(length).unwrap_or(1)),
                1 => Hint::Quote,
                _ => Hint::Item(u8::try_from(unit.indent / 2 + 1).unwrap_or(1)),
            };
        }
        let bold = BOLD.first(unit.slice(text)).and_then(|found| found.get(0)).map_or(0, |bold| bold.len());
        unit.bold = if bold < unit.span.len() as usize { u32::try_from(bold).unwrap_or(0) } else { 0 };
        // Lines that follow each other without a blank one are one paragraph, unless a mark begins each.
        let continues = unit.hint == Hint::None && !unit.gap_before && bold == 0 && !has_label(unit.slice(text));
        let quotes_on = unit.hint == Hint::Quote && !unit.gap_before && !begins_anew(unit.slice(text));
        match units.last_mut() {
            // So are quoted ones; the marks of all but the first stay in it, and no mark is a word.
            Some(last) if quotes_on && last.hint == Hint::Quote && !is_closed(last.slice(text)) => {
                last.span = last.span.hull(unit.span);
                last.gap_after = unit.gap_after;
            }
            Some(last) if continues && !matches!(last.hint, Hint::Heading(_)) && !has_label(last.slice(text)) => {
                last.span = last.span.hull(unit.span);
                last.gap_after = unit.gap_after;
            }
            _ => units.push(unit),
        }
    }
    units
}

/// So many signs that open a style are looked through for the one that is closed.
const MOST_OPEN: usize = 12;

/// The words between `*` or `_`, `**` or `__`, and `***`: italic, bold, and both. The signs stay in the text.
pub(super) fn styles(text: &str, units: &[Unit]) -> Vec<Styled> {
    let mut styles = Vec::new();
    for unit in units {
        let mut open: Vec<(&str, u32)> = Vec::new();
        for (at, signs, opens, closes) in signs(unit.slice(text)) {
            let at = unit.span.start + u32::try_from(at).unwrap_or(0);
            let behind = at + u32::try_from(signs.len()).unwrap_or(0);
            let opened = open.iter().rposition(|(sign, _)| *sign == signs).filter(|_| closes);
            if let Some((from, (_, start))) = opened.and_then(|from| Some((from, *open.get(from)?))) {
                open.truncate(from);
                let span = Span::new(start, at);
                let set = |style| Styled { span, style };
                styles.extend((signs.len() >= 2).then(|| set(Style::Bold)));
                styles.extend((signs.len() != 2).then(|| set(Style::Italic)));
            } else if opens {
                if open.len() == MOST_OPEN {
                    open.remove(0);
                }
                open.push((signs, behind));
            }
        }
    }
    styles.sort_unstable();
    styles
}

/// One to three of a sign in a row, where they begin, and whether they may open and close a style.
fn signs(words: &str) -> Vec<(usize, &str, bool, bool)> {
    let mut found = Vec::new();
    let mut behind = 0;
    for (at, sign) in words.match_indices(['*', '_']) {
        if at < behind {
            continue;
        }
        let rest = words.get(at..).unwrap_or_default();
        let signs = rest.get(..rest.len() - rest.trim_start_matches(sign).len()).unwrap_or_default();
        behind = at + signs.len();
        let before = words.get(..at).and_then(|before| before.chars().next_back());
        let next = words.get(behind..).and_then(|after| after.chars().next());
        let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let is_blank = |c: Option<char>| c.is_none_or(char::is_whitespace);
        // Within a word a line is a letter of it: `a_name_of_a_file`.
        let opens = !is_blank(next) && (sign == "*" || !is_word(before));
        let closes = !is_blank(before) && (sign == "*" || !is_word(next));
        if signs.len() <= 3 && before != Some('\\') {
            found.push((at, signs, opens, closes));
        }
    }
    found
}

/// Whether a quoted line is an attribution, or begins a quote of its own.
fn begins_anew(line: &str) -> bool {
    line.starts_with(['–', '—', '―', '-', '(', '[', '*', '_', '“', '"', '‘'])
}

/// Whether a quote ends with its mark, or with brackets behind it.
fn is_closed(words: &str) -> bool {
    words.trim_end_matches(['.', ',']).ends_with(['”', '"', ')', ']', '*', '_'])
}

/// Whether a line may be one of a header block or of an interview, so that it begins a paragraph of its own.
fn has_label(line: &str) -> bool {
    line.split_once(':').is_some_and(|(label, _)| label.len() <= 40) || line.contains('\t')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn styles_cover_the_words_between_their_signs() {
        let text = "**Ruth:** So *very _late_* then, ***both***.\n\n2 * 3 * 4 and a_name_of and \\*no* **never\n\nclosed** *yes*\n";
        let found: Vec<_> = styles(text, &units(text)).iter().map(|styled| (styled.span.slice(text), styled.style)).collect();
        let expected = [
            ("Ruth:", Style::Bold),
            ("very _late_", Style::Italic),
            ("late", Style::Italic),
            ("both", Style::Bold),
            ("both", Style::Italic),
            ("yes", Style::Italic),
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn marks_lie_outside_of_units() {
        let text = "# Title\n\nSome words\nthat go on.\n\n- one\n- two\n\n> “Said so.”\n\n> “It was\n> cold.”\n\n**Ruth:** Hello\n";
        let found: Vec<_> = units(text).iter().map(|unit| (unit.slice(text), unit.hint, unit.mark.slice(text).trim())).collect();
        assert_eq!(
            found,
            [
                ("Title", Hint::Heading(1), "#"),
                ("Some words\nthat go on.", Hint::None, ""),
                ("one", Hint::Item(1), "-"),
                ("two", Hint::Item(1), "-"),
                ("“Said so.”", Hint::Quote, ">"),
                ("“It was\n> cold.”", Hint::Quote, ">"),
                ("**Ruth:** Hello", Hint::None, ""),
            ]
        );
        assert_eq!(units(text).last().map(|unit| unit.bold), Some(9));
    }
}
