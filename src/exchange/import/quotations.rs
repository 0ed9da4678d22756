use std::path::Path;

use regex::Regex;

use super::draft::{Draft, ImportError, Problem};
use super::frame::Frame;
use super::pattern::Pattern;
use super::read::{Content, bytes_of, content, parsed};
use super::report::outermost;
use super::units::Unit;
use crate::analysis::quotes::Quotation;
use crate::text::{Paragraph, ParagraphKind, Span, word_count};

/// What may be around a quotation.
const MARKS: &[char] = &['“', '”', '„', '"', '«', '»', '‘', '’', '\'', '″', '`'];

/// An attribution has no more words than these.
const MOST_WORDS: usize = 10;

/// A quotation goes on over no more paragraphs than these.
const MOST_PARAGRAPHS: usize = 6;

/// So many words tell which quotation is meant.
const SHOWN: usize = 5;

/// Columns by which a paragraph without marks is set in when it is a quotation.
const SET_IN: usize = 2;

/// What may lie between a quotation and its attribution: the mark of a footnote, the end of the sentence, marks of Markdown.
const BETWEEN: &str = r"\d{0,3}(?:\[\d{1,3}\]|[¹²³⁴⁵⁶⁷⁸⁹⁰]+)?[\s.,;…*_>]*";
static BRACKETS: Pattern = Pattern::new(|| Regex::new(&format!(r"^{BETWEEN}[(\[]([^()\[\]]{{1,120}})[)\]]")).ok());
static DASHED: Pattern = Pattern::new(|| Regex::new(&format!(r"^{BETWEEN}[–—―‒−-]+[\s*_]*([^()\[\]\n]{{1,120}})")).ok());
static IN_BRACKETS: Pattern = Pattern::new(|| Regex::new(r"[(\[]([^()\[\]]{1,120})[)\]]").ok());
static BRACKETS_AT_END: Pattern = Pattern::new(|| Regex::new(r"[(\[]([^()\[\]]{1,120})[)\]][\s.,;*_]*$").ok());
static DASH_AT_END: Pattern = Pattern::new(|| Regex::new(r"\n[\s>]*[–—―‒−-]+[\s*_]*([^()\[\]\n]{1,120})$").ok());
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

/// Why the quotations of a report cannot be read. Every message names the file and says what can be done.
#[derive(Debug, thiserror::Error)]
pub enum ReportError {
    /// An ending that no reader knows.
    #[error("“{0}” is of a kind that cannot be read. Save the report as .docx, .md or .txt, and check that.")]
    UnknownEnding(String),
    /// A folder.
    #[error("“{0}” is a folder. Name the file of the report.")]
    Folder(String),
    /// A file of another format that has the ending of a text.
    #[error("“{name}” is {kind}, whatever its ending says. Save the report as .docx, .md or .txt, and check that.")]
    Disguised {
        /// Name of the file.
        name: String,
        /// What it is, with its article.
        kind: &'static str,
    },
    /// Bytes that are no text.
    #[error("“{0}” is not a text. Save the report as .docx, .md or .txt, and check that.")]
    NotText(String),
    /// A Word file that cannot be opened.
    #[error("“{name}” cannot be opened as a Word document ({reason}). Open it in Word, save it again as .docx, and check that.")]
    BrokenDocument {
        /// Name of the file.
        name: String,
        /// What is wrong with it.
        reason: String,
    },
    /// It cannot be read for another reason.
    #[error(transparent)]
    Unread(ImportError),
}

impl From<ImportError> for ReportError {
    fn from(error: ImportError) -> Self {
        match error {
            ImportError::UnknownEnding { name } => Self::UnknownEnding(name),
            ImportError::Folder { name } => Self::Folder(name),
            ImportError::Disguised { name, kind } => Self::Disguised { name, kind },
            ImportError::NotText { name } => Self::NotText(name),
            ImportError::BrokenDocument { name, reason } => Self::BrokenDocument { name, reason },
            other => Self::Unread(other),
        }
    }
}

/// What a draft report quotes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReportQuotations {
    /// The quotations, in order.
    pub quotations: Vec<Quotation>,
    /// What of the file could not be read, or was read as it may not have been meant.
    pub problems: Vec<Problem>,
}

/// Reads the quotations of a draft report: those in quotation marks of any kind, and those set apart. Those in a list of
/// references are titles and left out. Nothing is written.
///
/// # Errors
/// [`ReportError`] when the file is no text that can be read.
pub fn read_quotations(path: &Path) -> Result<ReportQuotations, ReportError> {
    let (name, bytes) = bytes_of(path)?;
    Ok(quotations_in(&name, &bytes)?)
}

/// The quotations of a report whose bytes are known already.
pub(super) fn quotations_in(name: &str, bytes: &[u8]) -> Result<ReportQuotations, ImportError> {
    let Content { text, units, problems } = content(name, bytes)?;
    let has_lines = !name.to_lowercase().ends_with(".docx");
    let (places, mut problems_of_file) = (units.clone(), problems);
    let problems = Vec::new();
    let draft = parsed(name, bytes, &Frame::default(), Content { text, units, problems }, true)?.draft;
    let reader = Reader { draft: &draft, units: &places, has_lines };
    problems_of_file.extend(draft.problems.iter().filter(|problem| problem.line.is_some()).cloned());
    problems_of_file.extend(draft.paragraphs.iter().filter_map(|paragraph| reader.unclosed(paragraph)));
    let mut quotations = Vec::new();
    let mut rest = draft.paragraphs.as_slice();
    while let Some((paragraph, after)) = rest.split_first() {
        let further = reader.further(paragraph, after);
        quotations.extend(if further.is_empty() { reader.paragraph(paragraph) } else { reader.over(paragraph, further) });
        let line = reader.line(paragraph.span.start);
        problems_of_file.retain(|problem| further.is_empty() || problem.line != line);
        rest = after.get(further.len()..).unwrap_or_default();
    }
    Ok(ReportQuotations { quotations, problems: problems_of_file })
}

struct Reader<'a> {
    draft: &'a Draft,
    units: &'a [Unit],
    /// Whether the file has lines that an analyst could count.
    has_lines: bool,
}

impl Reader<'_> {
    fn paragraph(&self, paragraph: &Paragraph) -> Vec<Quotation> {
        let text = self.draft.text.as_str();
        let span = paragraph.span;
        match paragraph.kind {
            ParagraphKind::Furniture | ParagraphKind::Reference => Vec::new(),
            ParagraphKind::BlockQuote => self.set_apart(span, paragraph.label).into_iter().collect(),
            _ => {
                let runs = outermost(text, span);
                if runs.is_empty() && self.is_set_in(span) && at_end(span.slice(text)).is_some() {
                    return self.set_apart(span, Span::new(span.start, span.start)).into_iter().collect();
                }
                runs.iter().filter_map(|run| self.within(span, *run)).collect()
            }
        }
    }

    /// The paragraphs behind one that opens a quotation and does not close it, up to the one in which it is closed; none where that
    /// does not come soon.
    fn further<'a>(&self, paragraph: &Paragraph, after: &'a [Paragraph]) -> &'a [Paragraph] {
        let text = self.draft.text.as_str();
        let words = paragraph.span.slice(text);
        let opens = paragraph.kind == ParagraphKind::BlockQuote && paragraph.label.is_empty() && words.starts_with('“');
        if !opens || words.contains('”') {
            return &[];
        }
        let marked = after.iter().take(MOST_PARAGRAPHS).position(|next| next.span.slice(text).contains(['“', '”']));
        let closes = |next: &Paragraph| {
            next.span
                .slice(text)
                .find(['“', '”'])
                .is_some_and(|at| next.span.slice(text).get(at..).is_some_and(|rest| rest.starts_with('”')))
        };
        let last = marked.filter(|last| after.get(*last).is_some_and(closes));
        last.and_then(|last| after.get(..=last)).unwrap_or_default()
    }

    /// A quotation of several paragraphs, each as one of its own under the attribution of the last.
    fn over(&self, paragraph: &Paragraph, further: &[Paragraph]) -> Vec<Quotation> {
        let text = self.draft.text.as_str();
        let Some(last) = further.last() else { return Vec::new() };
        let closed = last.span.slice(text).find('”').map_or(last.span.end, |at| last.span.start + u32::try_from(at).unwrap_or(0));
        let behind = text.get(closed as usize..).and_then(|behind| behind.strip_prefix('”')).unwrap_or_default();
        let attribution = behind_it(behind, &BRACKETS);
        let ends = further.iter().map(|next| Span::new(next.span.start, next.span.end.min(closed)));
        std::iter::once(paragraph.span).chain(ends).filter_map(|span| self.made(span, attribution.clone())).collect()
    }

    /// A mark that is opened within a paragraph and not closed in it: nobody can say where the quotation ends.
    fn unclosed(&self, paragraph: &Paragraph) -> Option<Problem> {
        let text = self.draft.text.as_str();
        if matches!(paragraph.kind, ParagraphKind::Furniture | ParagraphKind::Reference | ParagraphKind::BlockQuote) {
            return None;
        }
        let runs = outermost(text, paragraph.span);
        let words = paragraph.span.slice(text);
        let at = |at: usize| paragraph.span.start + u32::try_from(at).unwrap_or(0);
        let mut open = words.match_indices(['“', '„', '«']).map(|(from, _)| at(from));
        let open = open.find(|open| !runs.iter().any(|run| run.contains(*open)))?;
        let line = self.line(open);
        let words = Span::new(open, paragraph.span.end).slice(text).split_whitespace().take(SHOWN).collect::<Vec<_>>().join(" ");
        let sentence =
            format!("A quotation mark is opened at “{}” and never closed; the quotation was not looked for.", words.trim_matches(MARKS));
        Some(line.map_or_else(|| Problem::whole(sentence.clone()), |line| Problem::at(line, sentence.clone())))
    }

    /// The line of the file, from 1, where it has lines.
    fn line(&self, at: u32) -> Option<usize> {
        let before = self.draft.text.get(..at as usize).unwrap_or_default();
        self.has_lines.then(|| before.matches('\n').count() + 1)
    }

    /// A quotation that is a paragraph of its own; `label` is the attribution that the reader of reports found.
    fn set_apart(&self, span: Span, label: Span) -> Option<Quotation> {
        let text = self.draft.text.as_str();
        // What the reader takes for the bullet of an item is the dash before a name.
        let line = text.get(..span.start as usize)?.rfind('\n').map_or(0, |at| at + 1);
        if is_alone(text.get(line..span.end as usize)?) {
            return None;
        }
        if !label.is_empty() {
            return self.made(span, Some(label.slice(text).to_owned()));
        }
        if let Some((attribution, length)) = at_end(span.slice(text)) {
            return self.made(Span::new(span.start, span.end - u32::try_from(length).ok()?), Some(attribution));
        }
        let behind = text.get(span.end as usize..)?;
        let found = behind_it(behind, &BRACKETS)
            .or_else(|| behind_it(behind, &DASHED).filter(|words| words.starts_with(|c: char| c.is_uppercase() || c.is_numeric())));
        self.made(span, found)
    }

    /// A quotation within a paragraph.
    fn within(&self, paragraph: Span, run: Span) -> Option<Quotation> {
        let text = self.draft.text.as_str();
        let behind = Span::new(run.end, paragraph.end).slice(text);
        if let Some(found) = behind_it(behind, &BRACKETS) {
            return self.made(run, Some(found));
        }
        let inner = run.slice(text).trim_end_matches(MARKS);
        if let Some((attribution, length)) = at_end(inner) {
            let end = run.start + u32::try_from(inner.len() - length).ok()?;
            return self.made(Span::new(run.start, end), Some(attribution));
        }
        let lead = Span::new(paragraph.start, run.start).slice(text).trim().strip_suffix(':').filter(|lead| word_count(lead) <= MOST_WORDS);
        let before = Span::new(paragraph.start, run.start).slice(text);
        let beside = lead.map(str::to_owned).into_iter().chain(speakers(before, inner, behind)).chain(later(behind)).collect();
        Some(Quotation { beside, ..self.made(run, None)? })
    }

    fn made(&self, span: Span, attribution: Option<String>) -> Option<Quotation> {
        let text = self.draft.text.as_str();
        let words = span.slice(text).trim_matches(|c: char| c.is_whitespace() || c == '>' || MARKS.contains(&c));
        let tidy = |words: String| words.split_whitespace().collect::<Vec<_>>().join(" ");
        words.contains(char::is_alphanumeric).then(|| Quotation {
            words: words.to_owned(),
            attribution: attribution.map(tidy),
            beside: Vec::new(),
            paragraph: self.units.partition_point(|unit| unit.span.start <= span.start).max(1),
            line: self.line(span.start),
        })
    }

    /// Whether a paragraph is set in.
    fn is_set_in(&self, span: Span) -> bool {
        let unit = self.units.iter().find(|unit| unit.span.overlaps(span));
        unit.is_some_and(|unit| unit.indent >= SET_IN && unit.span.start == span.start)
    }
}

/// The attribution at the beginning of what follows a quotation.
fn behind_it(behind: &str, pattern: &Pattern) -> Option<String> {
    // It is short; a report may be long and have thousands of quotations.
    let head = behind.get(..behind.floor_char_boundary(400))?;
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
fn speakers(before: &str, words: &str, behind: &str) -> Vec<String> {
    // Behind another quotation stands who says that one.
    let lead = if before.contains(['“', '”', '"', '«', '»']) { "" } else { last_sentence(before) };
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
fn last_sentence(words: &str) -> &str {
    let mut ends = words.match_indices(['.', '?', '!']).filter(|(at, mark)| {
        let rest = words.get(at + mark.len()..).unwrap_or_default();
        rest.starts_with(char::is_whitespace) && rest.contains(char::is_alphabetic)
    });
    let from = ends.next_back().map_or(0, |(at, mark)| at + mark.len());
    let sentence = words.get(from..).unwrap_or_default();
    sentence.get(sentence.ceil_char_boundary(sentence.len().saturating_sub(240))..).unwrap_or_default()
}

/// The next brackets of the sentence in which a quotation stands, where no other quotation is in between.
fn later(behind: &str) -> Option<String> {
    let sentence = behind.split(['.', '?', '!', '“', '"', '‘']).next()?;
    let found = IN_BRACKETS.first(sentence)?.get(1)?.as_str();
    is_attribution(found).then(|| found.trim().to_owned())
}

/// The attribution with which some words end, and how many bytes it takes with what is around it.
fn at_end(words: &str) -> Option<(String, usize)> {
    let found = BRACKETS_AT_END.first(words).or_else(|| DASH_AT_END.first(words))?;
    let inner = found.get(1)?.as_str();
    // A note of the transcriber has small letters only.
    let names = inner.contains(|c: char| c.is_uppercase() || c.is_numeric());
    (names && is_attribution(inner)).then(|| (inner.trim().to_owned(), words.len() - found.get(0).map_or(0, |found| found.start())))
}

/// Whether some words set apart are but the attribution of what stands before them.
fn is_alone(words: &str) -> bool {
    let words = words.trim_matches(['*', '_', ' ', '>']);
    let inner = words.strip_prefix(['–', '—', '―', '-']).or_else(|| words.strip_prefix(['(', '['])?.strip_suffix([')', ']']));
    let inner = inner.map(|inner| inner.trim_start_matches(['*', '_', ' ']));
    inner.is_some_and(|inner| inner.starts_with(|c: char| c.is_uppercase() || c.is_numeric()) && is_attribution(inner))
}

fn is_attribution(words: &str) -> bool {
    words.contains(char::is_alphabetic) && word_count(words) <= MOST_WORDS && !NO_ATTRIBUTION.is_in(words.trim())
}
