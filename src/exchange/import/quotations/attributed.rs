//! Whose words the text around a quotation says they are.

use regex::Regex;

use crate::exchange::import::pattern::Pattern;
use crate::text::word_count;

/// An attribution has no more words than these.
pub(super) const MOST_WORDS: usize = 10;

/// So many bytes around a quotation are looked at: a report may be long and have thousands of them.
pub(super) const NEAR: usize = 400;

/// What may lie between a quotation and its attribution: the mark of a footnote, the end of the sentence, marks of Markdown.
const BETWEEN: &str = r"\d{0,3}(?:\[(?:\d{1,3}|[ivxlc]{1,8})\]|[¹²³⁴⁵⁶⁷⁸⁹⁰]+)?[\s.,;…*_>]*";
pub(super) static BRACKETS: Pattern = Pattern::new(|| Regex::new(&format!(r"^{BETWEEN}[(\[]([^()\[\]]{{1,120}})[)\]]")).ok());
pub(super) static DASHED: Pattern = Pattern::new(|| Regex::new(&format!(r"^{BETWEEN}[–—―‒−-]+[\s*_]*([^()\[\]\n]{{1,120}})")).ok());
pub(super) static IN_BRACKETS: Pattern = Pattern::new(|| Regex::new(r"[(\[]([^()\[\]]{1,120})[)\]]").ok());
pub(super) static BRACKETS_AT_END: Pattern = Pattern::new(|| Regex::new(r"[(\[]([^()\[\]]{1,120})[)\]][\s.,;*_]*$").ok());
pub(super) static DASH_AT_END: Pattern = Pattern::new(|| Regex::new(r"\n[\s>]*[–—―‒−-]+[\s*_]*([^()\[\]\n]{1,120})$").ok());
/// How a report says that somebody speaks: not "asked", after which stands whom somebody asks.
const SAYS: &str = "said|says|told|tells|explained|explains|added|adds|recalled|recalls|reported|reports|noted|notes|commented|comments|\
    remarked|remarks|described|describes|observed|observes|argued|argues|felt|feels|thought|thinks|replied|replies|answered|answers|\
    wrote|writes|stated|states|suggested|suggests|remembered|remembers|complained|complains|stressed|stresses|mentioned|mentions|\
    insisted|insists|continued|continues|concluded|concludes|put it|puts it";
/// "A client in Fife told us:", from the beginning of a sentence to the quotation.
static SPEAKER_BEFORE: Pattern = Pattern::new(|| {
    let first = "(?:(?:and|but|as|so|then|for example|for instance|in contrast)[,\\s]+)?";
    let further = "(?:\\s+(?:us|me|it|that|how|this|later|simply|again|as follows|like this))*";
    Regex::new(&format!(r"(?i)^\s*{first}([^:;()\[\]]{{1,100}}?)\s+(?:{SAYS}){further}[\s,:–—-]*$")).ok()
});
/// "According to a client in Fife:", before the quotation.
static ACCORDING_BEFORE: Pattern = Pattern::new(|| Regex::new(r"(?i)\baccording to\s+([^:;()\[\]]{1,100}?)[\s,:–—-]*$").ok());
/// "For one client in Fife," before the quotation: of one person, or of a code with a number in it, as "for Fife" says of what somebody
/// speaks.
static FOR_BEFORE: Pattern = Pattern::new(|| {
    let whose = r"(?:(?:an?|one|another|this)\s+[^,:;()\[\]]{1,100}?|[^\s,:;()\[\]]*\d[^\s,:;()\[\]]*)";
    Regex::new(&format!(r"(?i)^\s*(?:(?:and|but|so|then)[,\s]+)?(?:for|in the words of|to quote)\s+({whose})[\s,:–—-]*$")).ok()
});
/// "said a client in Fife", behind the quotation.
static SPEAKER_BEHIND: Pattern = Pattern::new(|| {
    Regex::new(&format!(
        r"^[\s,.;…*_]*(?:{SAYS}|according to)\s+([^,.;:()\[\]–—]{{1,100}}?)(?:[,.;:()\[\]–—]|\s(?:who|when|while|about)\b|$)"
    ))
    .ok()
});
/// "a client in Fife said", behind the quotation.
static SPEAKER_SAYS_BEHIND: Pattern = Pattern::new(|| Regex::new(&format!(r"^[\s,;…*_]*([^,.;:()\[\]–—]{{1,100}}?)\s+(?:{SAYS})\b")).ok());
/// "– Client, Fife", behind the quotation on its line.
static DASHED_BEHIND: Pattern =
    Pattern::new(|| Regex::new(r"^[\s.,;…*_]*[–—―-]+\s*([\p{Lu}\p{N}][^()\[\]\n–—]{0,100}?)[\s.*_]*(?:\n|$)").ok());
/// What stands in brackets behind a quotation and is no attribution.
static NO_ATTRIBUTION: Pattern = Pattern::new(|| {
    let first = "which|who|whom|whose|that|as|and|or|but|see|cf|i\\.e|e\\.g|if|when|where|although|though|because|emphasis|my emphasis|our emphasis|italics|laughs?|laughter|pause|sic|translat\\w*|figure|table|appendix|chapter|section|page|pp?\\.";
    Regex::new(&format!(r"(?i)^(?:{first})\b")).ok()
});

/// The end of what stands before a quotation.
pub(super) fn tail_of(before: &str) -> &str {
    before.get(before.ceil_char_boundary(before.len().saturating_sub(NEAR))..).unwrap_or_default()
}

/// The beginning of what stands behind one.
pub(super) fn head_of(behind: &str) -> &str {
    behind.get(..behind.floor_char_boundary(NEAR)).unwrap_or_default()
}

/// The attribution at the beginning of what follows a quotation.
pub(super) fn behind_it(behind: &str, pattern: &Pattern) -> Option<String> {
    let head = head_of(behind);
    let found = pattern.first(head)?;
    let words = found.get(1)?;
    // Over a blank line it must be all there is in its paragraph.
    let over = head.get(..words.start())?.contains("\n\n");
    let rest = head.get(found.get(0)?.end()..)?.trim_start_matches([' ', '.', ',', ';', '*', '_']);
    let alone = rest.is_empty() || rest.starts_with('\n');
    (is_attribution(words.as_str()) && (alone || !over)).then(|| words.as_str().trim().to_owned())
}

/// Whose words the sentence around a quotation says they are, before it or behind it. Only the forms in which a speaker is named are
/// read, and several who speak are nobody: what else a sentence tells, of a place or of somebody, is not who is quoted.
pub(super) fn speakers(before: &str, words: &str, behind: &str) -> Vec<String> {
    // Behind another quotation stands who says that one.
    let lead = if before.contains(['“', '”', '"', '«', '»']) { "" } else { last_sentence(tail_of(before)) };
    let begins_anew = words.ends_with(['.', '?', '!']) && behind.trim_start().starts_with(char::is_uppercase);
    let tail = if begins_anew { "" } else { behind };
    let tail = tail.split(['“', '”', '"', '«', '»', '\n']).next().unwrap_or_default();
    let tail = tail.get(..tail.floor_char_boundary(200)).unwrap_or_default();
    let found = [
        (&SPEAKER_BEHIND, tail),
        (&SPEAKER_SAYS_BEHIND, tail),
        (&DASHED_BEHIND, behind),
        (&SPEAKER_BEFORE, lead),
        (&ACCORDING_BEFORE, lead),
        (&FOR_BEFORE, lead),
    ];
    let found = found.into_iter().filter_map(|(pattern, words)| pattern.first(words)?.get(1).map(|it| it.as_str().trim()));
    // “No client in Fife said” names nobody.
    let names_nobody = |word: &str| {
        let apart = ["and", "or", "not", "nor", "no", "nobody", "none", "neither", "few", "hardly", "unlike"];
        apart.contains(&word.to_lowercase().as_str())
    };
    let is_one = |words: &&str| is_attribution(words) && !words.split_whitespace().any(names_nobody);
    found.filter(is_one).map(str::to_owned).collect()
}

/// The sentence with which some words end.
pub(super) fn last_sentence(words: &str) -> &str {
    let mut ends = words.match_indices(['.', '?', '!']).filter(|(at, mark)| {
        let rest = words.get(at + mark.len()..).unwrap_or_default();
        rest.starts_with(char::is_whitespace) && rest.contains(char::is_alphabetic)
    });
    let from = ends.next_back().map_or(0, |(at, mark)| at + mark.len());
    let sentence = words.get(from..).unwrap_or_default();
    sentence.get(sentence.ceil_char_boundary(sentence.len().saturating_sub(240))..).unwrap_or_default()
}

/// The next brackets of the sentence in which a quotation stands, where no other quotation is in between.
pub(super) fn later(behind: &str) -> Option<String> {
    let sentence = behind.split(['.', '?', '!', '“', '"', '‘']).next()?;
    let found = IN_BRACKETS.first(sentence)?.get(1)?.as_str();
    is_attribution(found).then(|| found.trim().to_owned())
}

/// The attribution with which some words end, and how many bytes it takes with what is around it.
pub(super) fn at_end(words: &str) -> Option<(String, usize)> {
    let found = BRACKETS_AT_END.first(words).or_else(|| DASH_AT_END.first(words))?;
    let inner = found.get(1)?.as_str();
    // A note of the transcriber has small letters only.
    let names = inner.contains(|c: char| c.is_uppercase() || c.is_numeric());
    (names && is_attribution(inner)).then(|| (inner.trim().to_owned(), words.len() - found.get(0).map_or(0, |found| found.start())))
}

/// Whether some words set apart are but the attribution of what stands before them.
pub(super) fn is_alone(words: &str) -> bool {
    let words = words.trim_matches(['*', '_', ' ', '>']);
    let inner = words.strip_prefix(['–', '—', '―', '-']).or_else(|| words.strip_prefix(['(', '['])?.strip_suffix([')', ']']));
    let inner = inner.map(|inner| inner.trim_start_matches(['*', '_', ' ']));
    inner.is_some_and(|inner| inner.starts_with(|c: char| c.is_uppercase() || c.is_numeric()) && is_attribution(inner))
}

pub(super) fn is_attribution(words: &str) -> bool {
    words.contains(char::is_alphabetic) && word_count(words) <= MOST_WORDS && !NO_ATTRIBUTION.is_in(words.trim())
}
