use std::io::Write as _;

use uuid::Uuid;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::*;
use crate::exchange::refi::Fate;

mod bad;
mod deviations;
mod elements;

const A: &str = "aaaaaaaa-0000-0000-0000-000000000001";
const B: &str = "aaaaaaaa-0000-0000-0000-000000000002";
const C: &str = "aaaaaaaa-0000-0000-0000-000000000003";
const D: &str = "aaaaaaaa-0000-0000-0000-000000000004";
const E: &str = "aaaaaaaa-0000-0000-0000-000000000005";

fn id(written: &str) -> Uuid {
    Uuid::parse_str(written).unwrap()
}

/// An archive with these members.
fn archive(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in members {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// The XML of a project around `body`.
fn project_xml(body: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<Project xmlns=\"urn:QDA-XML:project:1.0\" name=\"Study\" origin=\"Other 1\">{body}</Project>"
    )
}

/// Reads bare XML around `body`.
fn read(body: &str) -> Incoming {
    read_bytes("study.qde", project_xml(body).into_bytes()).unwrap()
}

/// Reads an archive with the XML around `body` and these files of sources.
fn read_with(body: &str, files: &[(&str, &[u8])]) -> Incoming {
    let xml = project_xml(body);
    let mut members = vec![("project.qde", xml.as_bytes())];
    members.extend_from_slice(files);
    read_bytes("study.qdpx", archive(&members)).unwrap()
}

/// A text source with the identity `A`, its words and what stands behind them.
fn text(words: &str, rest: &str) -> String {
    format!("<Sources><TextSource guid=\"{A}\" name=\"one\"><PlainTextContent>{words}</PlainTextContent>{rest}</TextSource></Sources>")
}

/// The words of the passages of the first source.
fn passages(incoming: &Incoming) -> Vec<Option<&str>> {
    let source = &incoming.project.sources[0];
    let words = |span: crate::text::Span| span.slice(source.text.as_deref().unwrap());
    source.selections.iter().map(|selection| selection.span.map(words)).collect()
}

/// What was told of a kind of thing: its fate, how many, and the sentence.
fn told<'a>(incoming: &'a Incoming, what: &str) -> Vec<(Fate, usize, &'a str)> {
    let entries = incoming.account.entries.iter().chain(&incoming.places.entries);
    entries.filter(|entry| entry.what == what).map(|entry| (entry.fate, entry.number, entry.sentence.as_str())).collect()
}

/// Whether something was told of a kind of thing.
fn tells(incoming: &Incoming, what: &str, words: &str) -> bool {
    told(incoming, what).iter().any(|(_, _, sentence)| sentence.contains(words))
}
