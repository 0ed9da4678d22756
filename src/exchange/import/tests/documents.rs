//! Written formats: every fixture is read as its `.read` says, and nothing breaks the readers.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use proptest::prelude::*;

use super::super::docx::samples::package;
use super::super::read::{Content, content};
use super::helpers::*;
use crate::exchange::import::{Frame, ImportError, read_bytes};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/documents")
}

fn fixtures() -> Vec<(String, Vec<u8>)> {
    let all = fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path());
    let mut paths: Vec<PathBuf> =
        all.filter(|path| path.extension().is_some_and(|ending| ending != "read" && ending != "md" && ending != "tex")).collect();
    paths.sort();
    paths.into_iter().map(|path| (path.file_name().unwrap().to_str().unwrap().to_owned(), fs::read(path).unwrap())).collect()
}

/// A content as lines, one for each unit, comment and problem.
fn told(content: &Content) -> String {
    let mut told = String::new();
    for unit in &content.units {
        let mark = if unit.mark.is_empty() { String::new() } else { format!(" <{}>", unit.mark.slice(&content.text)) };
        let bold = if unit.bold > 0 { format!(" bold{}", unit.bold) } else { String::new() };
        let styles = content.styles.iter().filter(|styled| unit.span.covers(styled.span));
        let styles: Vec<String> = styles.map(|styled| format!("{:?}:{}", styled.style, styled.span.slice(&content.text))).collect();
        let line = format!("{}| {:?}{mark}{bold} {:?} {}", unit.line, unit.hint, unit.slice(&content.text), styles.join(" / "));
        writeln!(told, "{}", line.trim_end()).unwrap();
    }
    for comment in &content.comments {
        writeln!(told, "COMMENT {:?} on {:?} by {}", comment.text, comment.span.slice(&content.text), comment.author).unwrap();
    }
    for problem in &content.problems {
        writeln!(told, "PROBLEM {problem}").unwrap();
    }
    told
}

/// What must hold of every content.
fn check_content(content: &Content) {
    let mut last = 0;
    for unit in &content.units {
        assert!(unit.whole().start >= last && !unit.span.is_empty());
        assert_eq!(unit.span.trimmed(&content.text), unit.span);
        let line = content.text.get(..unit.span.start as usize).unwrap().matches('\n').count() + 1;
        assert_eq!(unit.line, line);
        last = unit.span.end;
    }
    for pair in content.styles.windows(2) {
        assert!(pair[0] <= pair[1]);
    }
    for span in content.styles.iter().map(|styled| styled.span).chain(content.comments.iter().map(|comment| comment.span)) {
        assert!(!span.is_empty() && content.text.get(span.range()).is_some());
    }
}

#[test]
fn every_document_is_read_as_it_was_meant() {
    let mut read = 0;
    for (name, bytes) in fixtures() {
        let told = match content(&name, &bytes) {
            Ok(content) => {
                check_content(&content);
                told(&content)
            }
            Err(error) => format!("ERROR {error}\n"),
        };
        let path = folder().join(format!("{name}.read"));
        if std::env::var_os("THEMATA_BLESS").is_some() {
            fs::write(&path, &told).unwrap();
        }
        let expected = fs::read_to_string(&path).unwrap_or_default();
        assert!(told == expected, "{name} is read as\n{told}\nand not as\n{expected}");
        read += 1;
        if let Ok(draft) = read_bytes(&name, &bytes, &Frame::default()) {
            check_laws(&draft);
        }
    }
    assert!(read >= 18, "{read}");
}

#[test]
fn bold_names_are_speakers_in_every_format() {
    let interview = fs::read(folder().join("interview.html")).unwrap();
    let found = draft("interview.html", &interview, &frame());
    let turns: Vec<String> = outline(&found).into_iter().filter(|line| line.starts_with("turn")).collect();
    assert_eq!(turns.len(), 6, "{turns:?}");
    assert_eq!(turns[0], "turn [Ruth] How did the winter begin?");
    assert_eq!(found.anchors.len(), 4);
}

fn refused(name: &str, bytes: &[u8]) -> ImportError {
    read_bytes(name, bytes, &Frame::default()).unwrap_err()
}

const ODT: &str = r#"xmlns:office="o" xmlns:text="t" xmlns:table="b""#;

fn odt(body: &str) -> Vec<u8> {
    let content =
        format!("<office:document-content {ODT}><office:body><office:text>{body}</office:text></office:body></office:document-content>");
    package(&[("content.xml", content.as_bytes())])
}

fn nested(open: &str, inner: &str, close: &str) -> String {
    const DEPTH: usize = 100_000;
    open.repeat(DEPTH) + inner + &close.repeat(DEPTH)
}

#[test]
fn what_lies_deep_within_is_read_without_end_of_the_stack() {
    let mut files = Vec::new();
    for open in ["<div>", "<b>", "<div><p>", "<ul><li>", "<blockquote>", "<table><tr><td>x<td>", "<p><span>"] {
        files.push(("a.html", nested(open, "words", "").into_bytes()));
    }
    files.push(("a.html", nested("<div>", "words", "</div>").into_bytes()));
    files.push(("a.rtf", format!("{{\\rtf1 {}", nested("{", "words", "}")).into_bytes()));
    files.push(("a.rtf", format!("{{\\rtf1 {}", nested("{\\footnote x", "words", "")).into_bytes()));
    files.push(("a.odt", odt(&format!("<text:p>{}</text:p>", nested("<text:span>", "words", "</text:span>")))));
    files.push(("a.odt", odt(&nested("<text:list><text:list-item>", "<text:p>words</text:p>", "</text:list-item></text:list>"))));
    let table = ("<table:table><table:table-row><table:table-cell>", "</table:table-cell></table:table-row></table:table>");
    files.push(("a.odt", odt(&nested(table.0, "<text:p>words</text:p>", table.1))));
    for (name, bytes) in files {
        let content = content(name, &bytes).unwrap();
        assert!(content.text.contains("words"), "{name}");
    }
}

#[test]
fn archives_that_unpack_without_end_are_refused() {
    let much = vec![b' '; 130 * 1024 * 1024];
    let container = br#"<container><rootfiles><rootfile full-path="a.opf"/></rootfiles></container>"#;
    for (name, bytes) in [
        ("a.odt", package(&[("content.xml", &much)])),
        ("a.odt", package(&[("META-INF/manifest.xml", b"<m/>"), ("styles.xml", &much), ("content.xml", b"<x/>")])),
        ("a.epub", package(&[("META-INF/container.xml", container), ("a.opf", &much)])),
    ] {
        assert!(bytes.len() < 1024 * 1024);
        let error = refused(name, &bytes).to_string();
        assert!(error.contains("far more than a text"), "{error}");
    }
}

#[test]
fn entities_are_neither_followed_nor_multiplied() {
    let entities = r#"<!DOCTYPE x [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;"><!ENTITY f SYSTEM "file:///etc/hostname">]>"#;
    let body = format!(
        "{entities}<office:document-content {ODT}><office:text><text:p>&b;&f;words</text:p></office:text></office:document-content>"
    );
    let found = content("a.odt", &package(&[("content.xml", body.as_bytes())])).unwrap();
    assert_eq!(found.text, "words\n");
}

#[test]
fn what_is_locked_says_what_to_do() {
    let encrypted = br#"<manifest:manifest xmlns:manifest="m"><manifest:encryption-data/></manifest:manifest>"#;
    let locked = package(&[("META-INF/manifest.xml", encrypted), ("content.xml", b"\x00\x01")]);
    assert!(matches!(refused("a.odt", &locked), ImportError::Protected { .. }));
    let key = br#"<encryption><EncryptedData><EncryptionMethod Algorithm="http://www.w3.org/2001/04/xmlenc#aes128-cbc"/></EncryptedData></encryption>"#;
    assert!(matches!(refused("a.epub", &package(&[("META-INF/encryption.xml", key)])), ImportError::Locked { .. }));
    let book = fs::read(folder().join("book.epub")).unwrap();
    let odt = fs::read(folder().join("written.odt")).unwrap();
    assert!(matches!(refused("a.odt", &book), ImportError::Misnamed { ending: "epub", .. }));
    assert!(matches!(refused("a.docx", &odt), ImportError::Misnamed { ending: "odt", .. }));
    assert!(matches!(refused("a.txt", &odt), ImportError::Misnamed { ending: "odt", .. }));
}

#[test]
fn documents_that_were_cut_are_refused_or_say_so() {
    for name in ["written.odt", "book.epub", "columns.pdf"] {
        let bytes = fs::read(folder().join(name)).unwrap();
        let half = bytes.get(..bytes.len() / 2).unwrap();
        assert!(matches!(refused(name, half), ImportError::BrokenFile { .. }), "{name}");
    }
    let bytes = fs::read(folder().join("letters.rtf")).unwrap();
    let cut = content("a.rtf", bytes.get(..bytes.len() - 200).unwrap()).unwrap();
    assert!(cut.problems.iter().any(|problem| problem.sentence.contains("The file ends before its text does")));
}

fn changed() -> impl Strategy<Value = (String, Vec<u8>)> {
    let small: Vec<(String, Vec<u8>)> = fixtures().into_iter().filter(|(_, bytes)| bytes.len() < 60_000).collect();
    let edits = proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0..4_u8, 0..80_usize), 1..6);
    (prop::sample::select(small), edits).prop_map(|((name, mut bytes), edits)| {
        for (at, byte, how, length) in edits {
            let at = at.index(bytes.len().max(1)).min(bytes.len());
            let to = (at + length).min(bytes.len());
            match how {
                0 => bytes.truncate(at),
                1 => drop(bytes.drain(at..to)),
                2 => bytes.extend_from_within(at..to),
                _ => bytes.iter_mut().skip(at).take(1).for_each(|old| *old = byte),
            }
        }
        (name, bytes)
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]
    #[test]
    fn no_change_to_a_document_breaks_its_reader((name, bytes) in changed()) {
        if let Ok(content) = content(&name, &bytes) {
            check_content(&content);
        }
    }
}
