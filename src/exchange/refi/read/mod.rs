//! Projects of the standard in: archive, XML and texts become a [`Project`], and what could not be kept is told.

mod document;
mod draft;
mod echo;
mod repair;
mod told;
mod values;
mod walk;

#[cfg(test)]
mod tests;

use std::fs::File;
use std::io::{BufReader, Cursor, Read as _, Seek as _};
use std::path::Path;

use quick_xml::Reader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::Event;

use super::archive::{Archive, Bytes, MOST_XML};
use super::offsets::{self, Convention, Conventions};
use super::{Account, Project, ReadError};
use document::line_of;
use walk::Walk;

/// How deep elements may lie in one another.
const DEEPEST: usize = 1000;
/// The longest XML that is repaired, in bytes.
const MOST_REPAIRED: usize = 64 * 1024 * 1024;

/// A project that was read from a file.
pub struct Incoming {
    /// The project, every passage placed by the chosen convention.
    pub project: Project,
    /// How the file seems to count places in texts.
    pub conventions: Conventions,
    /// What was changed or left out in reading.
    pub account: Account,
    /// What was changed or left out in placing the passages.
    pub places: Account,
    /// The archive, from which media are copied; none for bare XML.
    pub archive: Option<Archive>,
}

impl Incoming {
    /// Places every passage anew, by the convention that an analyst chose.
    pub fn choose(&mut self, convention: Convention) {
        self.conventions.choose(convention);
        self.places = offsets::resolve(&mut self.project, &self.conventions);
    }
}

/// Reads a project archive (`.qdpx`), a bare project (`.qde`) or a codebook (`.qdc`); the bytes decide which it is.
///
/// # Errors
/// [`ReadError`] when it is none of them, damaged, or more than can be read.
pub fn read_file(path: &Path) -> Result<Incoming, ReadError> {
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
    let file = File::open(path).map_err(|reason| ReadError::Unreadable { name: name.clone(), reason })?;
    read(&name, Box::new(BufReader::new(file)))
}

/// Reads a project whose bytes are known already; `name` is what messages call it.
///
/// # Errors
/// As [`read_file`].
pub fn read_bytes(name: &str, bytes: Vec<u8>) -> Result<Incoming, ReadError> {
    read(name, Box::new(Cursor::new(bytes)))
}

fn read(name: &str, mut bytes: Box<dyn Bytes>) -> Result<Incoming, ReadError> {
    let unreadable = |reason| ReadError::Unreadable { name: name.to_owned(), reason };
    let mut head = Vec::new();
    bytes.by_ref().take(4).read_to_end(&mut head).map_err(unreadable)?;
    bytes.rewind().map_err(unreadable)?;
    // An archive without a member begins with its end.
    let (mut archive, xml) = if head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") {
        let mut archive = Archive::open(name, bytes)?;
        let xml = archive.project()?;
        (Some(archive), xml)
    } else {
        let mut xml = Vec::new();
        bytes.take(MOST_XML + 1).read_to_end(&mut xml).map_err(unreadable)?;
        if xml.len() as u64 > MOST_XML {
            return Err(ReadError::TooLarge { name: name.to_owned(), member: "the XML".to_owned(), megabytes: MOST_XML / 1024 / 1024 });
        }
        (None, xml)
    };
    let (project, mut account) = project(name, xml, archive.as_mut())?;
    if let Some(archive) = &archive {
        for stray in archive.strays().into_iter().take(20) {
            account.left_out("files", stray, "Nothing in the project refers to this file of the archive.");
        }
    }
    let mut incoming = Incoming { conventions: offsets::weigh(&project), project, account, places: Account::default(), archive };
    incoming.places = offsets::resolve(&mut incoming.project, &incoming.conventions);
    Ok(incoming)
}

/// The project in the bytes of its XML, with its texts.
fn project(name: &str, xml: Vec<u8>, mut archive: Option<&mut Archive>) -> Result<(Project, Account), ReadError> {
    let looks_like_xml = xml.iter().take(8).any(|byte| *byte == b'<') || xml.trim_ascii_start().starts_with(b"<");
    if !looks_like_xml {
        return Err(ReadError::NoRefi { name: name.to_owned() });
    }
    let mut text = document::text(&xml).ok_or_else(|| ReadError::NotText { name: name.to_owned() })?;
    drop(xml);
    let mut repairs = Vec::new();
    let walk = match walked(name, &text) {
        Err(error @ ReadError::NotWellFormed { .. }) if text.len() <= MOST_REPAIRED => {
            let Some((repaired, places)) = repair::repaired(&text) else { return Err(error) };
            repairs = places.iter().map(|place| line_of(&text, *place).0).collect();
            text = repaired;
            walked(name, &text).map_err(|_| error)?
        }
        walk => walk?,
    };
    let Walk { mut project, sources, notes, mut told, known, .. } = walk;
    for draft in sources {
        project.sources.push(draft.with_files(archive.as_deref_mut(), &mut told)?);
    }
    for draft in notes {
        let source = draft.with_files(archive.as_deref_mut(), &mut told)?;
        project.notes.push(draft::note(source));
    }
    let mut account = told.account(&text);
    tell_repairs(&mut repairs, &mut account);
    draft::count_dangling(&project, &known, &mut account);
    draft::place_annotations(&mut project, &mut account);
    draft::part_twins(&mut project, &mut account);
    Ok((project, account))
}

fn tell_repairs(lines: &mut Vec<usize>, account: &mut Account) {
    let number = lines.len();
    lines.dedup();
    let told: Vec<String> = lines.iter().take(5).map(usize::to_string).collect();
    let lines = format!("{}{}", told.join(", "), if lines.len() > 5 { " …" } else { "" });
    account.changed_many("signs", number, format!("The program did not escape & or <; they were read as words (line {lines})."));
}

/// Goes through the XML once.
fn walked(name: &str, xml: &str) -> Result<Walk, ReadError> {
    let name = || name.to_owned();
    let damaged = |at: usize, reason: String| {
        let (line, column) = line_of(xml, at);
        ReadError::NotWellFormed { name: name(), line, column, reason }
    };
    let mut reader = Reader::from_str(xml);
    let mut walk = Walk::default();
    loop {
        let at = usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX);
        let event = reader.read_event();
        let event = event.map_err(|error| damaged(usize::try_from(reader.error_position()).unwrap_or(at), error.to_string()))?;
        match event {
            Event::Start(element) => {
                if walk.depth() >= DEEPEST {
                    return Err(ReadError::TooDeep { name: name(), line: line_of(xml, at).0, deepest: DEEPEST });
                }
                check_root(&walk, element.local_name().as_ref(), &name)?;
                walk.open(&element, at).map_err(|reason| damaged(at, reason))?;
            }
            Event::Empty(element) => {
                check_root(&walk, element.local_name().as_ref(), &name)?;
                walk.open(&element, at).map_err(|reason| damaged(at, reason))?;
                walk.close(element.name().as_ref());
            }
            Event::End(element) => walk.close(element.name().as_ref()),
            Event::Text(text) => walk.words(&text.xml10_content()),
            Event::CData(text) => walk.words(&text.xml10_content()),
            Event::GeneralRef(reference) => match reference.resolve_char_ref().map_err(|error| damaged(at, error.to_string()))? {
                Some(c) => walk.words(c.encode_utf8(&mut [0; 4])),
                None => match resolve_predefined_entity(&reference) {
                    Some(words) => walk.words(words),
                    None => return Err(damaged(at, format!("&{}; stands for nothing", &*reference))),
                },
            },
            Event::DocType(declaration) if declaration.contains("<!ENTITY") => {
                return Err(ReadError::Entities { name: name(), line: line_of(xml, at).0 });
            }
            Event::Eof if walk.depth() > 0 => return Err(damaged(xml.len(), "it ends in the middle of an element".to_owned())),
            Event::Eof if !walk.is_begun => return Err(ReadError::NoRefi { name: name() }),
            Event::Eof => return Ok(walk),
            _ => {}
        }
    }
}

/// Refuses what is XML of something else.
fn check_root(walk: &Walk, root: &str, name: &impl Fn() -> String) -> Result<(), ReadError> {
    if walk.depth() == 0 && !walk.is_begun && !matches!(root, "Project" | "CodeBook") {
        return Err(ReadError::OtherXml { name: name(), root: root.chars().take(40).collect() });
    }
    Ok(())
}
