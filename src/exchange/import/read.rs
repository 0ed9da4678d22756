use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use super::draft::{Comment, Draft, ImportError, Problem};
use super::format::Format;
use super::frame::Frame;
use super::groups::{self, Parsed};
use super::survey::SurveyTable;
use super::units::{self, Hint, Unit};
use super::{captions, header, magic, report, transcript};
use crate::analysis::quotes::Aside;
use crate::study::SourceForm;
use crate::text::{Anchor, BlobId, ParagraphKind, Span, Styled, fold};

/// The largest file that is read: 64 MB.
pub const MAX_BYTES: u64 = 64 * 1024 * 1024;

/// A text with the units it consists of, as the reader of a format found them.
pub(super) struct Content {
    /// The text.
    pub(super) text: String,
    /// Its units.
    pub(super) units: Vec<Unit>,
    /// The times that the format tells, in order; a text that has them in words has none here.
    pub(super) anchors: Vec<Anchor>,
    /// Where it is bold or italic, in order.
    pub(super) styles: Vec<Styled>,
    /// What somebody noted beside it.
    pub(super) comments: Vec<Comment>,
    /// What the format had and the text has not.
    pub(super) problems: Vec<Problem>,
}

impl Content {
    /// A text with its units, of which nothing else is known.
    pub(super) const fn plain(text: String, units: Vec<Unit>) -> Self {
        Self { text, units, anchors: Vec::new(), styles: Vec::new(), comments: Vec::new(), problems: Vec::new() }
    }

    /// What stands in notes and text boxes, each as a text of its own, in the order of [`Aside`]; the text keeps the rest of its units.
    pub(super) fn take_asides(&mut self) -> Vec<(Aside, Self)> {
        let mut asides: BTreeMap<Aside, Vec<Unit>> = BTreeMap::new();
        self.units.retain(|unit| {
            asides.entry(unit.aside().unwrap_or(Aside::Footnote(0))).or_default().extend(unit.aside().map(|_| unit.clone()));
            unit.aside().is_none()
        });
        asides.retain(|_, units| !units.is_empty());
        asides.into_iter().map(|(aside, units)| (aside, self.alone(units))).collect()
    }

    /// The words of some units as a text of their own, one under the other.
    fn alone(&self, units: Vec<Unit>) -> Self {
        let mut text = String::new();
        let units = units.into_iter().map(|unit| {
            let whole = unit.whole();
            let start = u32::try_from(text.len()).unwrap_or(u32::MAX);
            let moved = |span: Span| Span::new(span.start - whole.start + start, span.end - whole.start + start);
            text.push_str(whole.slice(&self.text));
            text.push_str("\n\n");
            Unit { span: moved(unit.span), mark: moved(unit.mark), hint: Hint::None, ..unit }
        });
        let units = units.collect();
        Self::plain(text, units)
    }
}

/// Reads one file.
///
/// # Errors
/// [`ImportError`] when it is no text that can be read.
pub fn read_file(path: &Path, frame: &Frame) -> Result<Draft, ImportError> {
    let mut parsed = [parse_file(path, frame)?];
    groups::resolve(&mut parsed, frame);
    let [parsed] = parsed;
    Ok(parsed.draft)
}

/// Reads one file whose bytes are known already.
///
/// # Errors
/// [`ImportError`] when they are no text that can be read.
pub fn read_bytes(file_name: &str, bytes: &[u8], frame: &Frame) -> Result<Draft, ImportError> {
    let mut parsed = [parse_bytes(file_name, bytes, frame)?];
    groups::resolve(&mut parsed, frame);
    let [parsed] = parsed;
    Ok(parsed.draft)
}

/// What was read of a file.
#[derive(Debug)]
pub struct FileRead {
    /// What it holds: one text, or one for each respondent of a table.
    pub drafts: Vec<Draft>,
    /// The table of answers that it is.
    pub table: Option<SurveyTable>,
}

/// What was read of a file, as long as groups are not known.
enum Half {
    Text(Box<Parsed>),
    Table(SurveyTable),
}

/// Reads several files together, so that the groups their attributions name are the same in all of them. Whoever knows better what
/// the columns of a table are says so in `roles`, before its rows become drafts.
///
/// `go_on` is told how many files are done before each; it answers whether to go on. Files after the stop are left out.
pub fn read_all(
    paths: &[PathBuf],
    frame: &Frame,
    roles: impl Fn(&mut SurveyTable),
    mut go_on: impl FnMut(usize) -> bool,
) -> Vec<Result<FileRead, ImportError>> {
    let mut parsed = Vec::new();
    let mut tables = Vec::new();
    let mut outcomes: Vec<Result<bool, ImportError>> = Vec::new();
    for (done, path) in paths.iter().enumerate() {
        if !go_on(done) {
            break;
        }
        let half = bytes_of(path).and_then(|(name, bytes)| half(&name, &bytes, frame));
        outcomes.push(half.map(|half| match half {
            Half::Text(one) => {
                parsed.push(*one);
                false
            }
            Half::Table(table) => {
                tables.push(table);
                true
            }
        }));
    }
    groups::resolve(&mut parsed, frame);
    let mut texts = parsed.into_iter().map(|parsed| FileRead { drafts: vec![parsed.draft], table: None });
    let mut tables = tables.into_iter().map(|mut table| {
        roles(&mut table);
        table.drafts().map(|drafts| FileRead { drafts, table: Some(table) })
    });
    let mut read = |is_table| if is_table { tables.next() } else { texts.next().map(Ok) };
    outcomes.into_iter().filter_map(|outcome| outcome.map_or_else(|error| Some(Err(error)), &mut read)).collect()
}

/// The same of files that hold one text each; a table of answers is refused.
pub fn read_files(paths: &[PathBuf], frame: &Frame, go_on: impl FnMut(usize) -> bool) -> Vec<Result<Draft, ImportError>> {
    let only = |read: FileRead| match (read.table, read.drafts.into_iter().next()) {
        (None, Some(draft)) => Ok(draft),
        (table, _) => Err(ImportError::ManyTexts { name: table.map(|table| table.file_name).unwrap_or_default() }),
    };
    read_all(paths, frame, |_| {}, go_on).into_iter().map(|outcome| outcome.and_then(only)).collect()
}

/// Reads a file whose bytes are known already, whatever it holds.
///
/// # Errors
/// [`ImportError`] when it cannot be read.
pub fn read_whole(name: &str, bytes: &[u8], frame: &Frame) -> Result<FileRead, ImportError> {
    match half(name, bytes, frame)? {
        Half::Text(parsed) => {
            let mut parsed = [*parsed];
            groups::resolve(&mut parsed, frame);
            let [parsed] = parsed;
            Ok(FileRead { drafts: vec![parsed.draft], table: None })
        }
        Half::Table(table) => Ok(FileRead { drafts: table.drafts()?, table: Some(table) }),
    }
}

fn half(name: &str, bytes: &[u8], frame: &Frame) -> Result<Half, ImportError> {
    let format = checked(name, bytes)?;
    let Some(grid) = format.grid(name, bytes)? else { return parse_bytes(name, bytes, frame).map(|parsed| Half::Text(Box::new(parsed))) };
    // A table whose columns are times and words is a transcript.
    match captions::turns_of_rows(&grid.rows) {
        Some(content) => parsed(name, bytes, frame, content, false).map(|parsed| Half::Text(Box::new(parsed))),
        None => SurveyTable::of(name, bytes, grid, frame).map(Half::Table),
    }
}

fn parse_file(path: &Path, frame: &Frame) -> Result<Parsed, ImportError> {
    let (name, bytes) = bytes_of(path)?;
    parse_bytes(&name, &bytes, frame)
}

/// The name and the bytes of a file that may be read.
pub(super) fn bytes_of(path: &Path) -> Result<(String, Vec<u8>), ImportError> {
    let last = path.file_name().unwrap_or(path.as_os_str());
    let Some(name) = last.to_str().map(str::to_owned) else {
        return Err(ImportError::Name { name: last.to_string_lossy().into_owned() });
    };
    let unreadable = |reason| ImportError::Unreadable { name: name.clone(), reason };
    let about = fs::metadata(path).map_err(unreadable)?;
    if about.is_dir() {
        fs::read_dir(path).map_err(unreadable)?;
        return Err(ImportError::Folder { name });
    }
    if !about.is_file() {
        return Err(ImportError::NoFile { name });
    }
    Format::of(&name)?;
    check_size(&name, about.len())?;
    let bytes = fs::read(path).map_err(unreadable)?;
    Ok((name, bytes))
}

/// Whether the file at `path` is no longer what `draft` was read from. One that is gone has not changed: what was read
/// of it is still here.
#[must_use]
pub fn has_changed(path: &Path, draft: &Draft) -> bool {
    let read = draft.row_of.map_or(draft.fingerprint, |(file, _)| file);
    match fs::metadata(path) {
        Ok(about) if about.len() > MAX_BYTES => true,
        Ok(about) if about.is_file() => fs::read(path).is_ok_and(|bytes| BlobId::of(&bytes) != read),
        _ => false,
    }
}

fn check_size(name: &str, bytes: u64) -> Result<(), ImportError> {
    if bytes > MAX_BYTES {
        return Err(ImportError::TooLarge { name: name.to_owned(), megabytes: bytes.div_ceil(1024 * 1024) });
    }
    Ok(())
}

fn parse_bytes(name: &str, bytes: &[u8], frame: &Frame) -> Result<Parsed, ImportError> {
    parsed(name, bytes, frame, content(name, bytes)?, false)
}

/// Reads a text that arrived decoded, as part of something else: it stays as it is, letter by letter, so that places in it hold.
///
/// # Errors
/// [`ImportError`] when there are no words in it.
pub(in crate::exchange) fn read_text(name: &str, text: &str, frame: &Frame) -> Result<Draft, ImportError> {
    let content = Content::plain(text.to_owned(), units::units(text));
    let mut parsed = [parsed(name, text.as_bytes(), frame, content, false)?];
    groups::resolve(&mut parsed, frame);
    let [parsed] = parsed;
    Ok(parsed.draft)
}

/// The format of a file, where its size and its first bytes are those of one.
fn checked(name: &str, bytes: &[u8]) -> Result<Format, ImportError> {
    let format = Format::of(name)?;
    check_size(name, bytes.len() as u64)?;
    if bytes.is_empty() {
        return Err(ImportError::Empty { name: name.to_owned() });
    }
    magic::check(name, bytes, format)?;
    Ok(format)
}

/// The text of a file with its units.
pub(super) fn content(name: &str, bytes: &[u8]) -> Result<Content, ImportError> {
    let format = checked(name, bytes)?;
    let content = format.read(name, bytes)?;
    match (content.units.is_empty(), format) {
        (false, _) => Ok(content),
        (true, Format::Word) => Err(ImportError::NoWordText { name: name.to_owned() }),
        (true, Format::Plain | Format::Markdown) => Err(ImportError::Empty { name: name.to_owned() }),
        (true, _) => Err(ImportError::NoText { name: name.to_owned() }),
    }
}

/// Reads a content; as a report, if that is known, whatever it looks like.
pub(super) fn parsed(name: &str, bytes: &[u8], frame: &Frame, content: Content, is_report: bool) -> Result<Parsed, ImportError> {
    let parsed = interpret(name, bytes, content, frame, is_report);
    // Time stamps alone are no text.
    if parsed.draft.paragraphs.is_empty() {
        return Err(ImportError::Empty { name: name.to_owned() });
    }
    if parsed.draft.paragraphs.iter().all(|paragraph| paragraph.kind == ParagraphKind::Furniture) {
        return Err(ImportError::NoWords { name: name.to_owned() });
    }
    Ok(parsed)
}

/// Decides what the content is, if that is not known, and reads it so.
fn interpret(name: &str, bytes: &[u8], content: Content, frame: &Frame, is_report: bool) -> Parsed {
    let Content { text, units, anchors, styles, comments, problems } = content;
    let header = header::read(&text, &units, frame);
    let lines = transcript::Lines::of(&text, &units, &header);
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem).trim();
    let says_report = header.kind.as_deref().is_some_and(|kind| fold(kind).contains("report"));
    let is_told = units.iter().any(|unit| matches!(unit.hint, Hint::Turn { .. }));
    let looks_so = || header.units == 0 && !lines.are_labelled(&text) && report::looks_like_report(&text, &units);
    let is_report = is_report || says_report || !is_told && looks_so();
    let original = (text.as_bytes() != bytes).then(|| bytes.to_vec());
    let mut draft = Draft {
        file_name: name.to_owned(),
        label: header.label().unwrap_or(stem).to_owned(),
        title: header.title.clone().unwrap_or_default(),
        form: SourceForm::Transcript,
        kind: header.kind.clone().unwrap_or_else(|| if is_report { "Report".to_owned() } else { String::new() }),
        date: header.date.clone().unwrap_or_default(),
        interviewer: header.interviewer.clone().unwrap_or_default(),
        wave: header.wave.clone().unwrap_or_default(),
        attributes: Vec::new(),
        text,
        paragraphs: Vec::new(),
        anchors,
        styles,
        comments,
        speakers: Vec::new(),
        case: None,
        problems,
        fingerprint: BlobId::of(bytes),
        row_of: None,
        original,
    };
    let mut mentions = Vec::new();
    if is_report {
        mentions = report::read(&mut draft, &units, header.units);
    } else {
        transcript::read(&mut draft, &units, &lines, &header, frame);
    }
    if draft.title.is_empty() {
        draft.title = title(&draft).unwrap_or_else(|| stem.to_owned());
    }
    Parsed { draft, mentions }
}

/// A report is called what its first heading says.
fn title(draft: &Draft) -> Option<String> {
    let first =
        draft.paragraphs.iter().find(|paragraph| paragraph.kind == ParagraphKind::Heading).filter(|_| draft.form == SourceForm::Report)?;
    Some(first.span.slice(&draft.text).to_owned())
}
