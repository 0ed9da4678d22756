use regex::Regex;

use super::super::pattern::Pattern;
use crate::text::Span;

/// What stands behind a quote to say whose words it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in super::super) struct Attribution {
    /// Its words in the text, without brackets.
    pub(in super::super) span: Span,
    /// What it says.
    pub(in super::super) says: Says,
}

/// Whose words an attribution says a quote is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in super::super) enum Says {
    /// "Senior managers / team leaders interview 5".
    Interview {
        /// The participant group as written, perhaps with an area beside it; empty when only the interview is named.
        group: String,
        /// "interview", "group interview", "focus group" …
        noun: String,
        /// Its number.
        number: String,
    },
    /// Only a role: "Team leader".
    Role(String),
    /// An author and a year: literature, no participant.
    Literature,
}

static INTERVIEW: Pattern = Pattern::new(|| {
    let noun = r"(?:(?:focus |discussion |paired |joint |group |individual |one[- ]to[- ]one |telephone )*(?:interview|interviewee|discussion|focus group|respondent|participant)|focus group|group)";
    Regex::new(&format!(
        r"(?i)^(.*?)[\s,;:–—-]*\b({noun})s?\s*(?:no\.?|number|#)?\s*(\d{{1,3}}[a-z]?)(?:\s*[,;]\s*(\p{{L}}[^\d,;]{{1,40}}))?$"
    ))
    .ok()
});
static INTERVIEW_FIRST: Pattern = Pattern::new(|| {
    Regex::new(
        r"(?i)^((?:(?:focus|group|paired|joint) )?(?:interview|focus group))\s*(?:no\.?|number|#)?\s*(\d{1,3}[a-z]?)[\s,;:–—-]+(.+)$",
    )
    .ok()
});
static YEAR: Pattern = Pattern::new(|| Regex::new(r"\b(?:19|20)\d{2}[a-z]?\b|\bn\.d\b|\bet al\b|\bibid\b").ok());
/// The mark of a footnote may stand on either side of an attribution.
const NOTE: &str = r"(?:\[(?:\d{1,3}|[ivxlc]{1,8})\]|[¹²³⁴⁵⁶⁷⁸⁹⁰]+)?";
/// What may lie between a quote and its attribution: the bare digits of a footnote at once, its mark, marks of Markdown.
const BETWEEN: &str = r"\d{0,3}(?:\[(?:\d{1,3}|[ivxlc]{1,8})\]|[¹²³⁴⁵⁶⁷⁸⁹⁰]+)?[\s.,;…*_]*";
const DASH: &str = "[–—―‒−-]";
static BRACKETS: Pattern =
    Pattern::new(|| Regex::new(&format!(r"^{BETWEEN}[(\[]([^()\[\]]{{2,90}})(?:[)\]][.,]?[*_]{{0,3}}(?:\d{{1,3}}\b|{NOTE})|$)")).ok());
static DASHED: Pattern =
    Pattern::new(|| Regex::new(&format!(r"^{BETWEEN}{DASH}+\s*[*_]{{0,3}}([^()\[\]]{{2,90}}?)[*_]{{0,3}}{NOTE}$")).ok());
static PLAIN: Pattern = Pattern::new(|| Regex::new(&format!(r"^{BETWEEN}([\p{{L}}][^()\[\]]{{2,90}}?)[*_]{{0,3}}{NOTE}$")).ok());
static NOTE_ALONE: Pattern = Pattern::new(|| Regex::new(&format!(r"^(?:\d{{1,3}}\b)?[\s.,;]*{NOTE}[\s.,;]*")).ok());
static BRACKETS_AT_END: Pattern = Pattern::new(|| Regex::new(r"[(\[]([^()\[\]]{2,90})[)\]]?[\s.,]*$").ok());

/// What the words of an attribution say; `None` when they are none.
pub(in super::super) fn parse(words: &str) -> Option<Says> {
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let words = words.trim_matches(|c: char| c == '.' || c == ',' || c == ';' || c.is_whitespace());
    let tidy = |group: &str| group.trim_matches(|c: char| !c.is_alphanumeric() && c != ')').to_owned();
    if let Some(found) = INTERVIEW.first(words) {
        let part = |index| found.get(index).map_or("", |part| part.as_str());
        let group = [tidy(part(1)), tidy(part(4))].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ");
        return Some(Says::Interview { group, noun: part(2).to_lowercase(), number: part(3).to_owned() });
    }
    if let Some(found) = INTERVIEW_FIRST.first(words) {
        let part = |index| found.get(index).map_or("", |part| part.as_str());
        return Some(Says::Interview { group: tidy(part(3)), noun: part(1).to_lowercase(), number: part(2).to_owned() });
    }
    if YEAR.is_in(&words.to_lowercase()) {
        return Some(Says::Literature);
    }
    let is_role = words.chars().next().is_some_and(char::is_uppercase)
        && words.split(' ').count() <= 7
        && words.chars().all(|c| c.is_alphabetic() || " /&'’-,()".contains(c));
    is_role.then(|| Says::Role(words.to_owned()))
}

/// The attribution at the beginning of what follows a quote, and where it ends. `alone` tells that the quote begins
/// its paragraph; then an attribution without brackets may fill the rest of it.
pub(super) fn after(text: &str, span: Span, alone: bool) -> Option<(Attribution, u32)> {
    let rest = span.slice(text);
    let at = |found: &regex::Match<'_>| Span::new(span.start + clamp(found.start()), span.start + clamp(found.end()));
    // An attribution is short; a paragraph may be long and have thousands of quotation marks.
    let head = rest.get(..rest.floor_char_boundary(400)).unwrap_or_default();
    if let Some(found) = BRACKETS.first(head) {
        let says = parse(found.get(1)?.as_str())?;
        let end = span.start + clamp(found.get(0)?.end());
        return Some((Attribution { span: at(&found.get(1)?).trimmed(text), says }, end));
    }
    let found = if alone && head.len() == rest.len() { DASHED.first(rest).or_else(|| PLAIN.first(rest)) } else { None }?;
    let says = parse(found.get(1)?.as_str()).filter(|says| matches!(says, Says::Interview { .. }))?;
    Some((Attribution { span: at(&found.get(1)?).trimmed(text), says }, span.end))
}

/// The bytes of a footnote's mark and of closing signs at the beginning of what follows a quote.
pub(super) fn note_length(rest: &str) -> usize {
    NOTE_ALONE.first(rest).and_then(|found| found.get(0)).map_or(0, |found| found.len())
}

/// The numbered attribution with which `span` ends, in brackets, and where the words before it end.
pub(super) fn at_end(text: &str, span: Span) -> Option<(Attribution, u32)> {
    let words = span.slice(text);
    let found = BRACKETS_AT_END.first(words)?;
    let says = parse(found.get(1)?.as_str()).filter(|says| matches!(says, Says::Interview { .. }))?;
    let inner = found.get(1)?;
    let at = Span::new(span.start + clamp(inner.start()), span.start + clamp(inner.end()));
    Some((Attribution { span: at.trimmed(text), says }, span.start + clamp(found.get(0)?.start())))
}

/// The numbered attribution before a quote: "Clients interview 2:".
pub(super) fn before(text: &str, span: Span) -> Option<Attribution> {
    let words = span.slice(text).trim_end().strip_suffix(':')?.trim_end();
    // Before a quote in a long paragraph stands much.
    if words.len() > 400 {
        return None;
    }
    let span = Span::new(span.start, span.start + clamp(words.len())).trimmed(text);
    let is_short = words.chars().count() <= 90 && !words.contains(['.', '(']);
    let says = parse(words).filter(|says| is_short && matches!(says, Says::Interview { group, .. } if !group.is_empty()))?;
    Some(Attribution { span, says })
}

/// The attribution that a paragraph of its own consists of.
pub(super) fn alone(text: &str, span: Span) -> Option<Attribution> {
    let words = span.slice(text).trim_matches(|c: char| "()[]–—―‒−-.*_ ".contains(c));
    if words.chars().count() > 90 || words.contains(['“', '”', '"', '‘', '(']) {
        return None;
    }
    let says = parse(words).filter(|says| matches!(says, Says::Interview { group, .. } if !group.is_empty()))?;
    let start = span.slice(text).find(words)?;
    Some(Attribution { span: Span::new(span.start + clamp(start), span.start + clamp(start + words.len())), says })
}

fn clamp(offset: usize) -> u32 {
    u32::try_from(offset).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn interview(group: &str, noun: &str, number: &str) -> Says {
        Says::Interview { group: group.into(), noun: noun.into(), number: number.into() }
    }

    #[test]
    fn attributions_are_understood() {
        for (words, expected) in [
            ("Senior managers / team leaders interview 5", Some(interview("Senior managers / team leaders", "interview", "5"))),
            ("CJP interview 6", Some(interview("CJP", "interview", "6"))),
            ("Client,  interview 12b", Some(interview("Client", "interview", "12b"))),
            ("Justice social workers group interview 3", Some(interview("Justice social workers", "group interview", "3"))),
            ("Paraprofessionals Interview No. 4", Some(interview("Paraprofessionals", "interview", "4"))),
            ("Interview 7, Clients", Some(interview("Clients", "interview", "7"))),
            ("Practitioners focus group 2", Some(interview("Practitioners", "focus group", "2"))),
            ("Interview 7", Some(interview("", "interview", "7"))),
            ("CJP interview 8, Fife", Some(interview("CJP, Fife", "interview", "8"))),
            ("CJP interview 8 and 9", None),
            ("Schaub et al, 2022", Some(Says::Literature)),
            ("SSSC 2016", Some(Says::Literature)),
            ("Team leader", Some(Says::Role("Team leader".into()))),
            ("emphasis added", None),
            ("21", None),
        ] {
            assert_eq!(parse(words), expected, "{words}");
        }
    }

    #[test]
    fn attributions_stand_after_quotes_in_several_ways() {
        for (rest, alone, expected) in [
            (" (CJP interview 6)", false, Some("CJP interview 6")),
            (". (CJP interview 6).", false, Some("CJP interview 6")),
            (" [CJP interview 6] And more.", false, Some("CJP interview 6")),
            (" (CJP interview 6", false, Some("CJP interview 6")),
            (" – CJP interview 6", true, Some("CJP interview 6")),
            (" CJP interview 6", true, Some("CJP interview 6")),
            (" CJP interview 6", false, None),
            (" and so on", true, None),
            (" [21]", false, None),
            ("[21] (CJP interview 6)", false, Some("CJP interview 6")),
            (" (CJP interview 6).[21]", false, Some("CJP interview 6")),
        ] {
            let span = Span::of(0..rest.len());
            let found = after(rest, span, alone).map(|(attribution, _)| attribution.span.slice(rest).to_owned());
            assert_eq!(found.as_deref(), expected, "{rest}");
        }
    }
}
