use std::fs;
use std::path::{Path, PathBuf};

use super::draft::{Comment, Draft, ImportError, Problem};
use super::format::Format;
use super::frame::Frame;
use super::groups::{self, Parsed};
use super::units::Unit;
use super::{header, magic, report, transcript};
use crate::study::SourceForm;
use crate::text::{BlobId, ParagraphKind, Styled, fold};

/// The largest file that is read: 64 MB.
pub const MAX_BYTES: u64 = 64 * 1024 * 1024;

/// A text with the units it consists of, as the reader of a format found them.
pub(super) struct Content {
    /// The text.
    pub(super) text: String,
    /// Its units.
    pub(super) units: Vec<Unit>,
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
        Self { text, units, styles: Vec::new(), comments: Vec::new(), problems: Vec::new() }
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

/// Reads several files together, so that the groups their attributions name are the same in all of them.
///
/// `go_on` is told how many files are done before each; it answers whether to go on. Files after the stop are left out.
pub fn read_files(paths: &[PathBuf], frame: &Frame, mut go_on: impl FnMut(usize) -> bool) -> Vec<Result<Draft, ImportError>> {
    let mut parsed = Vec::new();
    let mut outcomes: Vec<Option<ImportError>> = Vec::new();
    for (done, path) in paths.iter().enumerate() {
        if !go_on(done) {
            break;
        }
        match parse_file(path, frame) {
            Ok(one) => {
                parsed.push(one);
                outcomes.push(None);
            }
            Err(error) => outcomes.push(Some(error)),
        }
    }
    groups::resolve(&mut parsed, frame);
    let mut drafts = parsed.into_iter().map(|parsed| parsed.draft);
    outcomes.into_iter().filter_map(|failed| failed.map_or_else(|| drafts.next().map(Ok), |error| Some(Err(error)))).collect()
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
    match fs::metadata(path) {
        Ok(about) if about.len() > MAX_BYTES => true,
        Ok(about) if about.is_file() => fs::read(path).is_ok_and(|bytes| BlobId::of(&bytes) != draft.fingerprint),
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

/// The text of a file with its units.
pub(super) fn content(name: &str, bytes: &[u8]) -> Result<Content, ImportError> {
    let format = Format::of(name)?;
    check_size(name, bytes.len() as u64)?;
    if bytes.is_empty() {
        return Err(ImportError::Empty { name: name.to_owned() });
    }
    magic::check(name, bytes, format)?;
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
    let Content { text, units, styles, comments, problems } = content;
    let header = header::read(&text, &units, frame);
    let lines = transcript::Lines::of(&text, &units, &header);
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem).trim();
    let says_report = header.kind.as_deref().is_some_and(|kind| fold(kind).contains("report"));
    let is_report = is_report || says_report || header.units == 0 && !lines.are_labelled(&text) && report::looks_like_report(&text, &units);
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
        anchors: Vec::new(),
        styles,
        comments,
        speakers: Vec::new(),
        case: None,
        problems,
        fingerprint: BlobId::of(bytes),
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
