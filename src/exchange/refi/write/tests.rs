use std::io::Cursor;

use proptest::prelude::*;
use uuid::Uuid;

use super::samples::{archive, projects};
use super::*;
use crate::exchange::refi::{Code, Coding, Selection, Set, Source, origin, read_bytes};
use crate::text::Span;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn what_is_written_is_read_again(project in projects()) {
        let incoming = read_bytes("own.qdpx", archive(&project)).unwrap();
        prop_assert_eq!(&incoming.project, &project);
        prop_assert!(incoming.account.entries.is_empty(), "{:?}", incoming.account);
        prop_assert!(incoming.places.entries.is_empty(), "{:?}", incoming.places);
    }

    #[test]
    fn a_codebook_is_read_again(project in projects()) {
        let incoming = read_bytes("own.qdc", write_qdc(&project).into_bytes()).unwrap();
        let codes: Vec<Code> = project.codes.into_iter().map(|code| Code { note_refs: Vec::new(), ..code }).collect();
        prop_assert_eq!(incoming.project.codes, codes);
        let sets = project.sets.into_iter().filter(|set| !set.codes.is_empty());
        let sets: Vec<Set> = sets.map(|set| Set { sources: Vec::new(), notes: Vec::new(), ..set }).collect();
        prop_assert_eq!(incoming.project.sets, sets);
    }
}

#[test]
fn the_same_project_gives_the_same_bytes() {
    use proptest::strategy::ValueTree as _;
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let project = projects().new_tree(&mut runner).unwrap().current();
    assert_eq!(archive(&project), archive(&project));
}

#[test]
fn codes_may_lie_as_deep_as_they_like() {
    let code =
        |at: usize| Code { guid: Uuid::from_u128(at as u128 + 1), name: at.to_string(), parent: at.checked_sub(1), ..Code::default() };
    let project = Project { codes: (0..100_000).map(code).collect(), ..Project::default() };
    let xml = write_qde(&project);
    assert_eq!(xml.matches("<Code ").count(), 100_000);
    assert_eq!(xml.matches("</Code>").count(), 99_999);
}

#[test]
fn names_of_files_are_never_twice_in_the_archive() {
    let source = |text: &str| Source { guid: Uuid::from_u128(7), text: Some(text.to_owned()), ..Source::default() };
    let taken = format!("{}.TXT", Uuid::from_u128(7));
    let first = Source { file: Some(MediaFile { name: taken, len: 1 }), ..source("one") };
    let project = Project { sources: vec![first, source("two")], origin: origin(), ..Project::default() };
    let read = read_bytes("own.qdpx", archive(&project)).unwrap().project;
    let texts: Vec<_> = read.sources.iter().map(|source| source.text.as_deref().unwrap()).collect();
    assert_eq!(texts, ["one", "two"]);
}

#[test]
fn words_that_xml_cannot_say_are_kept_in_files() {
    let note = crate::exchange::refi::Note { guid: Uuid::from_u128(9), text: "a\u{c}b".to_owned(), ..Default::default() };
    let project = Project { notes: vec![note], name: "n\u{1}m".to_owned(), origin: origin(), ..Project::default() };
    let read = read_bytes("own.qdpx", archive(&project)).unwrap().project;
    assert_eq!(read.notes[0].text, "a\u{c}b");
    assert_eq!(read.name, "nm");
}

#[test]
fn a_failing_medium_is_told() {
    let source = Source { file: Some(MediaFile { name: "a.docx".to_owned(), len: 1 }), text: Some(String::new()), ..Source::default() };
    let project = Project { sources: vec![source], ..Project::default() };
    let written = write_qdpx(&project, Cursor::new(Vec::new()), |_, _| Err(io::Error::from(io::ErrorKind::NotFound)));
    assert!(matches!(written, Err(WriteError::Medium { name, .. }) if name == "a.docx"));
}

#[test]
fn passages_without_words_are_written_where_their_file_had_them_and_told() {
    let selection = Selection { guid: Uuid::from_u128(3), stated: (139, 195), ..Selection::default() };
    let project = Project { sources: vec![Source { selections: vec![selection], ..Source::default() }], ..Project::default() };
    let mut bytes = Cursor::new(Vec::new());
    let account = write_qdpx(&project, &mut bytes, |_, _| Ok(())).unwrap();
    assert_eq!(account.entries.len(), 1);
    assert!(write_qde(&project).contains("startPosition=\"139\" endPosition=\"195\""));
}

#[test]
fn a_large_project_is_written_fast() {
    let line = "Interviewer: How did it start 🙂? P1: With a kettle, and then the boiler; it was new. Nobody had asked.\n";
    let text = line.repeat(10 * 1024 * 1024 / line.len());
    let selection = |at: u32| Selection {
        guid: Uuid::from_u128(u128::from(at) + 1),
        span: Some(Span::new(at * 1000, at * 1000 + 10).on_boundaries(&text)),
        codings: vec![Coding { guid: Uuid::from_u128(u128::from(at) + 1), ..Coding::default() }],
        ..Selection::default()
    };
    let selections = (0..10_000).map(selection).collect();
    let project = Project { sources: vec![Source { selections, text: Some(text.clone()), ..Source::default() }], ..Project::default() };
    let began = std::time::Instant::now();
    let bytes = archive(&project);
    let took = began.elapsed();
    println!("10,000 codings in 10 MB: {took:?}, {} bytes", bytes.len());
    // The floor is 0.3 s; tests are built without optimisation and share their processors.
    let most = if cfg!(debug_assertions) { 30.0 } else { 1.0 };
    assert!(took.as_secs_f64() < most, "{took:?}");
}
