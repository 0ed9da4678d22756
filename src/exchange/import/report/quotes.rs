use std::ops::Range;

use super::super::units::Unit;
use super::attribution::{self, Attribution, Says};
use crate::text::{Span, word_count};

/// A stretch of a paragraph: prose, or words set apart in quotation marks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Piece {
    /// Its words; those of a quote with their marks, without the attribution.
    pub(super) span: Span,
    /// Whether it is a quote that stands for itself.
    pub(super) quote: bool,
    /// Whose words it says they are.
    pub(super) attribution: Option<Attribution>,
}

/// Fewer words than these in quotation marks are part of the sentence they stand in.
const FEWEST_WORDS: usize = 8;

/// As [`FEWEST_WORDS`], where an attribution shows that they are somebody's.
const FEWEST_ATTRIBUTED: usize = 4;

/// A quote has no more lines than these.
const MOST_LINES: usize = 12;

/// Cuts a paragraph into prose and quotes. Quoted words within a sentence of prose stay in it.
pub(super) fn split(text: &str, span: Span) -> Vec<Piece> {
    if let Some(piece) = half_marked(text, span) {
        return vec![piece];
    }
    let mut pieces = Vec::new();
    let mut from = span.start;
    for run in runs(text, span) {
        if run.start < from {
            continue;
        }
        let Some((quote, end)) = block(text, Span::new(from, span.end), run) else { continue };
        // What stands before it may be its attribution.
        if quote.attribution.as_ref().is_none_or(|attribution| attribution.span.end > run.start) {
            push_prose(text, &mut pieces, Span::new(from, run.start));
        }
        pieces.push(quote);
        from = end;
    }
    push_prose(text, &mut pieces, Span::new(from, span.end));
    share_attributions(text, &mut pieces);
    pieces
}

/// “…” […] “…” (whose): an ellipsis between two quotes makes them one person's.
fn share_attributions(text: &str, pieces: &mut [Piece]) {
    for index in (1..pieces.len()).rev() {
        let Some([first, second]) = pieces.get_mut(index - 1..=index) else { continue };
        let between = text.get(first.span.end as usize..second.span.start as usize).unwrap_or_default();
        let is_cut = between.contains('…') || between.contains("...");
        if first.quote && second.quote && is_cut && first.attribution.is_none() {
            first.attribution.clone_from(&second.attribution);
        }
    }
}

/// A paragraph with only one of its two marks, which its attribution shows to be a quote all the same.
fn half_marked(text: &str, span: Span) -> Option<Piece> {
    let (attribution, end) = attribution::at_end(text, span)?;
    let words = Span::new(span.start, end).trimmed(text);
    let said = words.slice(text);
    let begun = opens(said) || said.starts_with(['…', '\'', '‘']) || said.starts_with("...");
    let is_one = runs(text, words).is_empty() && (begun || said.trim_end_matches(['.', ',']).ends_with(['”', '"']));
    is_one.then_some(Piece { span: words, quote: true, attribution: Some(attribution) })
}

/// The units with those joined that a line end within a quote, or within its attribution, has parted.
pub(super) fn joined(text: &str, units: &[Unit]) -> Vec<Unit> {
    let mut joined: Vec<Unit> = Vec::new();
    let mut rest = units;
    while let Some((unit, after)) = rest.split_first() {
        let more = if is_open(unit.slice(text)) { lines_until_closed(text, unit, after) } else { 0 };
        let mut whole = unit.clone();
        if let Some(last) = more.checked_sub(1).and_then(|last| after.get(last)) {
            whole.span = whole.span.hull(last.span);
            whole.gap_after = last.gap_after;
        }
        joined.push(whole);
        rest = after.get(more..).unwrap_or_default();
    }
    joined
}

/// How many lines right after `unit` belong to the quote it leaves open; 0 when it is not closed among them.
fn lines_until_closed(text: &str, unit: &Unit, after: &[Unit]) -> usize {
    let goes_on = |next: &&Unit| {
        let words = next.slice(text);
        !next.gap_before && next.hint == unit.hint && next.mark.is_empty() && !opens(words) && !words.starts_with(['•', '◦', '▪'])
    };
    let following = after.iter().take(MOST_LINES).take_while(goes_on).enumerate();
    let closed = following.map(|(index, next)| (index + 1, unit.span.hull(next.span))).find(|(_, span)| !is_open(span.slice(text)));
    closed.map_or(0, |(lines, _)| lines)
}

/// Whether words end within a quote, or within the brackets behind one.
fn is_open(words: &str) -> bool {
    let opened = words.rfind(['“', '„', '«']);
    let closed = words.rfind(['”', '»']);
    let in_quote = opened.is_some_and(|opened| closed.is_none_or(|closed| closed < opened)) && !words.ends_with('"');
    let in_brackets = closed.is_some_and(|closed| {
        let behind = words.get(closed..).unwrap_or_default();
        behind.rfind('(').is_some_and(|bracket| !behind.get(bracket..).unwrap_or_default().contains(')'))
    });
    in_quote || in_brackets
}

fn push_prose(text: &str, pieces: &mut Vec<Piece>, span: Span) {
    let words = span.slice(text);
    let lead = words.len() - words.trim_start_matches(|c: char| c.is_whitespace() || (!pieces.is_empty() && ".,;)]".contains(c))).len();
    let span = Span::new(span.start + u32::try_from(lead).unwrap_or(0), span.end).trimmed(text);
    if span.slice(text).chars().any(char::is_alphanumeric) {
        pieces.push(Piece { span, quote: false, attribution: None });
    }
}

/// The quote that `run` is within the paragraph `all`, and where what belongs to it ends; `None` when it stays prose.
fn block(text: &str, all: Span, run: Span) -> Option<(Piece, u32)> {
    let before = Span::new(all.start, run.start).slice(text).trim_end();
    let quoted = word_count(run.slice(text));
    if quoted == 0 || quoted < FEWEST_ATTRIBUTED && !before.is_empty() {
        return None;
    }
    let rest = Span::new(run.end, all.end);
    let begins = before.is_empty() || before.ends_with(['.', '?', '!', '…', '”', '"', ')', ']']);
    let (mut quote, mut found) = (run, attribution::after(text, rest, before.is_empty()));
    if found.is_none() {
        // The attribution may stand before the closing mark.
        let inner = Span::new(run.start, run.end.saturating_sub(closing_length(text, run)));
        if let Some((inside, end)) = attribution::at_end(text, inner) {
            quote = Span::new(run.start, end).trimmed(text);
            found = Some((inside, run.end));
        }
    }
    found = found.or_else(|| Some((attribution::before(text, Span::new(all.start, run.start))?, run.end)));
    let end = found.as_ref().map_or(run.end, |(_, end)| *end);
    let behind = Span::new(end, all.end).slice(text);
    let noted = attribution::note_length(behind);
    let tail = behind.get(noted..).unwrap_or_default().trim_start_matches(|c: char| c.is_whitespace() || ".,;)]".contains(c));
    let whole = before.is_empty() && tail.chars().all(|c| !c.is_alphanumeric());
    let found = found.filter(|(attribution, _)| whole || !matches!(attribution.says, Says::Role(_)));
    let words = word_count(quote.slice(text));
    let ends = ends_sentence(text, run) || Span::new(run.end, all.end).slice(text).starts_with('.');
    let new_sentence = tail.is_empty() || tail.starts_with(|c: char| !c.is_lowercase());
    let stands_alone = match found.as_ref().map(|(attribution, _)| &attribution.says) {
        _ if whole => true,
        Some(Says::Interview { .. }) => words >= FEWEST_WORDS || words >= FEWEST_ATTRIBUTED && (begins || before.ends_with(':')),
        _ => begins && ends && new_sentence && words >= FEWEST_WORDS,
    };
    let end = if found.is_some() { end } else { run.end } + u32::try_from(noted).unwrap_or(0);
    stands_alone.then(|| (Piece { span: quote, quote: true, attribution: found.map(|(attribution, _)| attribution) }, end))
}

fn closing_length(text: &str, run: Span) -> u32 {
    let words = run.slice(text);
    let mark = ["''", "”", "\"", "»", "’", "'"].iter().find(|mark| words.ends_with(**mark));
    mark.map_or(0, |mark| u32::try_from(mark.len()).unwrap_or(0))
}

/// Whether the words in quotation marks end as a sentence does.
fn ends_sentence(text: &str, run: Span) -> bool {
    let inner = Span::new(run.start, run.end.saturating_sub(closing_length(text, run))).slice(text);
    inner.trim_end().ends_with(['.', '?', '!', '…', ']', '’'])
}

/// Whether words begin with an opening quotation mark.
pub(super) fn opens(words: &str) -> bool {
    words.starts_with(['“', '"', '„', '«', '″'])
}

/// The stretches in quotation marks, with their marks; nested ones are part of the outer. Single marks count where the
/// paragraph has no double ones.
pub(super) fn runs(text: &str, span: Span) -> Vec<Span> {
    let words = span.slice(text);
    let found = if words.contains(['“', '”', '„', '«', '»', '"', '″']) { double_runs(words) } else { single_runs(words) };
    let moved = |range: Range<usize>| {
        let inner = Span::of(range);
        Span::new(span.start + inner.start, span.start + inner.end)
    };
    found.into_iter().map(moved).collect()
}

/// The outermost stretches in quotation marks of either kind: single marks around double ones are the quotation.
pub(in super::super) fn outermost(text: &str, span: Span) -> Vec<Span> {
    let words = span.slice(text);
    let mut all: Vec<Span> = double_runs(words).into_iter().chain(single_runs(words)).map(Span::of).collect();
    all.sort_by_key(|run| (run.start, std::cmp::Reverse(run.end)));
    let mut outer: Vec<Span> = Vec::new();
    for run in all {
        if outer.last().is_none_or(|last| last.end <= run.start) {
            outer.push(run);
        }
    }
    outer.into_iter().map(|run| Span::new(span.start + run.start, span.start + run.end)).collect()
}

/// Stretches in single marks. A closing mark may be an apostrophe as well, so that it must close a sentence, or have an
/// attribution or nothing behind it.
fn single_runs(words: &str) -> Vec<Range<usize>> {
    let mut runs = Vec::new();
    let mut open: Option<usize> = None;
    let mut before = None;
    for (at, c) in words.char_indices() {
        let rest = words.get(at + c.len_utf8()..).unwrap_or_default();
        let next = rest.chars().next();
        let after_gap = before.is_none_or(|c: char| c.is_whitespace() || "([–—-/".contains(c));
        let lead = words.get(..at).unwrap_or_default().trim_end();
        // A straight mark may be an apostrophe: "'cause".
        let is_straight = c == '\'' && (lead.is_empty() || lead.ends_with([':', '(']));
        let opens = after_gap && (c == '‘' || is_straight) && next.is_some_and(|c| !c.is_whitespace());
        if opens {
            open = Some(at);
        } else if matches!(c, '’' | '\'') && next.is_none_or(|c| !c.is_alphanumeric()) {
            let behind = rest.trim_start_matches(|c: char| c.is_whitespace() || ".,;".contains(c));
            let closes = before.is_some_and(|c| ".?!…,]".contains(c)) || behind.is_empty() || behind.starts_with(['(', '[']);
            runs.extend(open.take_if(|_| closes).map(|start| start..at + c.len_utf8()));
        }
        before = Some(c);
    }
    runs
}

/// Stretches in double marks, curly, straight or mixed.
fn double_runs(words: &str) -> Vec<Range<usize>> {
    let chars: Vec<(usize, char)> = words.char_indices().collect();
    let at = |index: usize| chars.get(index).map(|(_, c)| *c);
    let mut runs = Vec::new();
    let mut open: Option<usize> = None;
    let mut depth = 0_usize;
    let mut last_close = None;
    let mut index = 0;
    while let Some(&(byte, c)) = chars.get(index) {
        let before = index.checked_sub(1).and_then(at);
        let next = at(index + 1);
        let after_gap = before.is_none_or(|c| c.is_whitespace() || "([–—-‘/".contains(c));
        let twice = c == '\'' && next == Some('\'') && !after_gap && at(index + 2).is_none_or(|c| !c.is_alphanumeric());
        let opens = match c {
            '“' | '„' | '«' => after_gap || open.is_none(),
            '"' | '″' => after_gap && next.is_some_and(|c| !c.is_whitespace()),
            _ => false,
        };
        let closes = twice || !opens && matches!(c, '”' | '"' | '»' | '“' | '″');
        if opens {
            depth += 1;
            open = open.or(Some(byte));
        } else if closes && open.is_some() {
            depth = depth.saturating_sub(1);
            let end = byte + c.len_utf8() + usize::from(twice);
            last_close = Some(end);
            if depth == 0 {
                runs.extend(open.take().map(|start| start..end));
                last_close = None;
            }
        }
        index += if twice { 2 } else { 1 };
    }
    // Where an inner mark was never closed, the last closing mark ends the quote.
    runs.extend(open.zip(last_close).map(|(start, end)| start..end));
    runs
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Quotes are shown as `{…}`, attributions as `<…>`.
    fn check(text: &str, expected: &[&str]) {
        let found: Vec<String> = split(text, Span::of(0..text.len()))
            .iter()
            .map(|piece| {
                let words = piece.span.slice(text);
                let whose = piece.attribution.as_ref().map(|attribution| format!("<{}>", attribution.span.slice(text))).unwrap_or_default();
                if piece.quote { format!("{{{words}}}{whose}") } else { words.to_owned() }
            })
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn quotes_that_are_a_paragraph() {
        check("“I sit here.” (CJP interview 6)", &["{“I sit here.”}<CJP interview 6>"]);
        check("“I sit here” (CJP interview 6).", &["{“I sit here”}<CJP interview 6>"]);
        check("“I sit here (CJP interview 6).”", &["{“I sit here}<CJP interview 6>"]);
        check("“I ‘sit’ here, \"so\" I do.\" (CJP interview 6)", &["{“I ‘sit’ here, \"so\" I do.\"}<CJP interview 6>"]);
        check("\"I sit [here].” (Client group interview 6)", &["{\"I sit [here].”}<Client group interview 6>"]);
        check("\"I sit here\"", &["{\"I sit here\"}"]);
        check("\"I sit here'' (Smith et al, 2022)", &["{\"I sit here''}<Smith et al, 2022>"]);
        check("“I sit here.” (Team leader)", &["{“I sit here.”}<Team leader>"]);
        check("“I sit here.”[21] (CJP interview 6)", &["{“I sit here.”}<CJP interview 6>"]);
        check("“I sit here.” (CJP interview 6)[21]", &["{“I sit here.”}<CJP interview 6>"]);
        check("“I sit here.”[21]", &["{“I sit here.”}"]);
        check("…I sit here.” (CJP interview 6)", &["{…I sit here.”}<CJP interview 6>"]);
        check("“I sit here.’ (CJP interview 6)", &["{“I sit here.’}<CJP interview 6>"]);
        check("“I sit here.” – CJP interview 6", &["{“I sit here.”}<CJP interview 6>"]);
    }

    #[test]
    fn quotes_run_into_prose() {
        check(
            "People were tired. “I sat there for an hour and nobody so much as looked up.”",
            &["People were tired.", "{“I sat there for an hour and nobody so much as looked up.”}"],
        );
        check(
            "\"I sat there for an hour and nobody so much as looked up.\" Others did not mind.",
            &["{\"I sat there for an hour and nobody so much as looked up.\"}", "Others did not mind."],
        );
        check(
            "One put it so: “I sat there for an hour.” (Client interview 2). Others did not mind.",
            &["One put it so:", "{“I sat there for an hour.”}<Client interview 2>", "Others did not mind."],
        );
    }

    #[test]
    fn quoted_words_within_a_sentence_stay_prose() {
        for text in [
            "Having “active” heads of service was important.",
            "“Active” heads of service were important to everybody who works there.",
            "Smith notes that \"leaders of the very best kind work in ways that build trust.\" Others differ.",
            "As one explained, \"it is a thinking profession as much as it is one of doing\". The group added more.",
            "They spoke of “bang[ing] the drum” and of the “open door policy”.",
            "It was 5\" wide and 6\" long.",
        ] {
            check(text, &[text]);
        }
    }
}
