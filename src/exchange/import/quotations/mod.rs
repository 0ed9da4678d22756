mod attributed;

use std::collections::BTreeSet;
use std::path::Path;

use regex::Regex;

use self::attributed::{
    BRACKETS, DASHED, MOST_WORDS, NEAR, at_end, behind_it, head_of, is_alone, is_attribution, later, speakers, tail_of,
};
use crate::analysis::quotes::{Aside, Quotation};
use crate::exchange::import::draft::{Draft, ImportError, Problem};
use crate::exchange::import::format::Format;
use crate::exchange::import::frame::Frame;
use crate::exchange::import::pattern::Pattern;
use crate::exchange::import::read::{Content, bytes_of, content, parsed};
use crate::exchange::import::report::outermost;
use crate::exchange::import::units::{Hint, Unit};
use crate::text::{Paragraph, ParagraphKind, Span, word_count};

/// What may be around a quotation.
const MARKS: &[char] = &['“', '”', '„', '"', '«', '»', '‘', '’', '\'', '″', '`'];

/// A quotation goes on over no more paragraphs than these.
const MOST_PARAGRAPHS: usize = 6;

/// So many words tell which quotation is meant.
const SHOWN: usize = 5;

/// Columns by which a paragraph without marks is set in when it is a quotation.
const SET_IN: usize = 2;

/// A note that names a work.
static CITES: Pattern =
    Pattern::new(|| Regex::new(r"(?i)\b(?:19|20)\d{2}[a-z]?\b|https?:|\bwww\.|\bdoi\b|\bet al\b|\bibid\b|\bn\.d\.|\bpp?\.\s*\d").ok());

/// Why the quotations of a report cannot be read. Every message names the file and says what can be done.
#[derive(Debug, thiserror::Error)]
pub enum ReportError {
    /// An ending that no reader knows.
    #[error("“{0}” is of a kind that cannot be read. Save the report as .docx, .odt, .md or .txt, and check that.")]
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
    /// A file that is encrypted.
    #[error("“{0}” is protected by a password. Open it in Word, remove the password, save it, and check that.")]
    Protected(String),
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
            ImportError::Protected { name } => Self::Protected(name),
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
///
/// # Errors
/// [`ImportError`] when they are no text that can be read.
pub fn quotations_in(name: &str, bytes: &[u8]) -> Result<ReportQuotations, ImportError> {
    let mut content = content(name, bytes)?;
    let has_lines = Format::of(name)?.has_lines();
    let asides = content.take_asides();
    let (places, mut problems_of_file) = (content.units.clone(), std::mem::take(&mut content.problems));
    let draft = parsed(name, bytes, &Frame::default(), content, true)?.draft;
    let reader = Reader { draft: &draft, units: &places, lines: has_lines.then(|| line_starts(&draft.text)) };
    problems_of_file.extend(draft.problems.iter().filter(|problem| problem.line.is_some()).cloned());
    problems_of_file.extend(draft.paragraphs.iter().filter_map(|paragraph| reader.unclosed(paragraph)));
    let (mut quotations, closed_later) = reader.all();
    problems_of_file.retain(|problem| problem.line.is_none_or(|line| !closed_later.contains(&line)));
    for (aside, content) in asides {
        quotations.extend(in_aside(name, aside, content));
    }
    Ok(ReportQuotations { quotations, problems: problems_of_file })
}

/// The quotations of a note or text box. In a note that cites a work those are titles which nobody is said to have said.
fn in_aside(name: &str, aside: Aside, content: Content) -> Vec<Quotation> {
    let (words, units) = (content.text.clone(), content.units.clone());
    // One without words has none.
    let Ok(read) = parsed(name, words.as_bytes(), &Frame::default(), content, true) else { return Vec::new() };
    let reader = Reader { draft: &read.draft, units: &units, lines: None };
    let cites = !matches!(aside, Aside::TextBox(_)) && CITES.is_in(&words);
    let (quotations, _) = reader.all();
    let said = quotations.into_iter().filter(|quotation| !cites || quotation.attribution.is_some());
    said.map(|quotation| Quotation { aside: Some(aside), ..quotation }).collect()
}

struct Reader<'a> {
    draft: &'a Draft,
    units: &'a [Unit],
    /// Where the lines of the file begin, if it has any that an analyst could count.
    lines: Option<Vec<u32>>,
}

impl Reader<'_> {
    /// The quotations in order, and the lines of those that are closed only some paragraphs later.
    fn all(&self) -> (Vec<Quotation>, BTreeSet<usize>) {
        let paragraphs = self.draft.paragraphs.as_slice();
        let (mut quotations, mut closed_later) = (Vec::new(), BTreeSet::new());
        // The last quotation set apart of which nothing says whose it is: the line below it may.
        let mut unnamed = None;
        let mut index = 0;
        while let Some((paragraph, after)) = paragraphs.get(index..).and_then(<[Paragraph]>::split_first) {
            let further = self.further(paragraph, after);
            if further.is_empty() {
                let mut found = self.paragraph(paragraph);
                if let [one] = found.as_mut_slice()
                    && one.attribution.is_none()
                    && one.beside.is_empty()
                    && self.is_all(paragraph, one)
                {
                    let above = index.checked_sub(1).filter(|above| unnamed.is_none_or(|unnamed| unnamed + 1 != *above));
                    one.beside = above.and_then(|above| paragraphs.get(above)).map(|above| self.above(above)).unwrap_or_default();
                    unnamed = one.beside.is_empty().then_some(index);
                }
                quotations.extend(found);
            } else {
                quotations.extend(self.over(paragraph, further));
                closed_later.extend(self.line(paragraph.span.start));
            }
            index += 1 + further.len();
        }
        (quotations, closed_later)
    }

    /// Whether a quotation is all that its paragraph says.
    fn is_all(&self, paragraph: &Paragraph, quotation: &Quotation) -> bool {
        let words =
            paragraph.span.slice(&self.draft.text).trim_matches(|c: char| c.is_whitespace() || "*_.>".contains(c) || MARKS.contains(&c));
        words == quotation.words.trim_matches(['.', '*', '_'])
    }

    /// Whose words a line says that follow below it: "Client, Glasgow", "One client in Glasgow told us:".
    fn above(&self, paragraph: &Paragraph) -> Vec<String> {
        use ParagraphKind::{BlockQuote, Furniture, Reference, TableRow};
        let words = paragraph.span.slice(&self.draft.text).trim_matches(|c: char| c.is_whitespace() || "*_".contains(c));
        let is_heading = !paragraph.label.is_empty() || self.unit(paragraph.span).is_some_and(|unit| matches!(unit.hint, Hint::Heading(_)));
        let is_other = matches!(paragraph.kind, BlockQuote | Furniture | Reference | TableRow);
        let (words, goes_on) = words.strip_suffix(':').map_or((words, false), |words| (words.trim_end(), true));
        if is_other || is_heading || words.contains(MARKS.get(..6).unwrap_or_default()) {
            return Vec::new();
        }
        if goes_on {
            let line = Some(words).filter(|words| word_count(tail_of(words)) <= MOST_WORDS && words.len() <= NEAR);
            return line.map(str::to_owned).into_iter().chain(speakers(tail_of(words), "", "")).collect();
        }
        // A name alone ("Fife") may be a heading.
        let names_somebody = words.contains(|c: char| c == ',' || c.is_ascii_digit())
            || words.split_whitespace().next_back().is_some_and(|word| word.chars().count() == 1);
        let is_line = words.len() <= NEAR && !words.ends_with(['.', '?', '!']) && names_somebody && is_attribution(words);
        if is_line { vec![words.to_owned()] } else { Vec::new() }
    }

    /// What the other cells of a row say, where a quotation is in one: all before it together, then each; else those behind it.
    fn cells(&self, span: Span) -> Vec<String> {
        let text = self.draft.text.as_str();
        let (before, behind) = (text.get(..span.start as usize).map(tail_of), text.get(span.end as usize..).map(head_of));
        let (Some(before), Some(behind)) = (before, behind) else { return Vec::new() };
        // A cell of a document has lines, its rows are parted by blank ones.
        let end = if self.lines.is_some() { "\n" } else { "\n\n" };
        let before = before.rsplit(end).next().unwrap_or_default();
        let behind = behind.split(end).next().unwrap_or_default();
        let by = if before.contains('\t') || behind.contains('\t') { '\t' } else { '|' };
        if by == '|' && !before.trim_start().starts_with('|') {
            return Vec::new();
        }
        let is_cell = |cell: &&str| !cell.contains(['“', '”', '"', '«', '»']);
        let tidy = |cell: &str| cell.trim_matches(|c: char| c.is_whitespace() || "*_".contains(c)).to_owned();
        let names = |cell: &String| is_attribution(cell);
        let mut cells: Vec<String> = before.rsplit(by).skip(1).take_while(is_cell).map(tidy).filter(names).collect();
        if cells.is_empty() {
            cells = behind.split(by).skip(1).take_while(is_cell).map(tidy).filter(names).collect();
        } else {
            cells.reverse();
        }
        let together = (cells.len() > 1).then(|| cells.join(", "));
        together.into_iter().chain(cells).collect()
    }

    /// The unit in which a place is.
    fn unit(&self, span: Span) -> Option<&Unit> {
        self.units.get(self.units.partition_point(|unit| unit.span.start <= span.start).checked_sub(1)?)
    }

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
        let is_in_run = |open: u32| runs.get(runs.partition_point(|run| run.end <= open)).is_some_and(|run| run.contains(open));
        let open = open.find(|open| !is_in_run(*open))?;
        let line = self.line(open);
        let words = Span::new(open, paragraph.span.end).slice(text).split_whitespace().take(SHOWN).collect::<Vec<_>>().join(" ");
        let sentence =
            format!("A quotation mark is opened at “{}” and never closed; the quotation was not looked for.", words.trim_matches(MARKS));
        Some(line.map_or_else(|| Problem::whole(sentence.clone()), |line| Problem::at(line, sentence.clone())))
    }

    /// The line of the file, from 1, where it has lines.
    fn line(&self, at: u32) -> Option<usize> {
        self.lines.as_ref().map(|starts| starts.partition_point(|start| *start <= at))
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
        let before = Span::new(paragraph.start, run.start).slice(text);
        let is_lead = |lead: &&str| before.len() <= NEAR && word_count(lead) <= MOST_WORDS;
        let lead = before.trim().strip_suffix(':').filter(is_lead);
        let said = speakers(before, inner, head_of(behind));
        let made = self.made(run, None)?;
        let beside = lead.map(str::to_owned).into_iter().chain(said).chain(later(head_of(behind))).chain(made.beside).collect();
        Some(Quotation { beside, ..made })
    }

    fn made(&self, span: Span, attribution: Option<String>) -> Option<Quotation> {
        let text = self.draft.text.as_str();
        let words = span.slice(text).trim_matches(|c: char| c.is_whitespace() || c == '>' || MARKS.contains(&c));
        let tidy = |words: String| words.split_whitespace().collect::<Vec<_>>().join(" ");
        words.contains(char::is_alphanumeric).then(|| Quotation {
            words: words.to_owned(),
            aside: None,
            beside: if attribution.is_none() { self.cells(span) } else { Vec::new() },
            attribution: attribution.map(tidy),
            paragraph: self.units.partition_point(|unit| unit.span.start <= span.start).max(1),
            line: self.line(span.start),
        })
    }

    /// Whether a paragraph is set in.
    fn is_set_in(&self, span: Span) -> bool {
        self.unit(span).is_some_and(|unit| unit.indent >= SET_IN && unit.span.start == span.start)
    }
}

/// Where the lines of a text begin.
fn line_starts(text: &str) -> Vec<u32> {
    let behind = |(at, _)| Span::of(at + 1..at + 1).start;
    std::iter::once(0).chain(text.match_indices('\n').map(behind)).collect()
}
