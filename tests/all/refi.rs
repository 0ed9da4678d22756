//! The samples of other programs, which lie beside the project where it is worked on, and the schema of the standard.

use std::collections::HashMap;
use std::io::Cursor;
use std::process::Command;

use serde_json::Value;
use themata::exchange::refi::{
    Case, Code, Coding, Incoming, Kept, Link, MediaFile, Note, Project, Selection, Set, Source, Unit, User, Variable, VariableType,
    VariableValue, read_bytes, read_file, write_qdc, write_qde, write_qdpx,
};
use themata::text::Span;
use uuid::Uuid;

use crate::support::{Scratch, reference};

fn words<'a>(source: &'a Source, selection: &Selection) -> Option<&'a str> {
    selection.span.map(|span| span.slice(source.text.as_deref().unwrap()))
}

/// The path of a code: its name behind those it stands below.
fn path(project: &Project, code: Uuid) -> Vec<&str> {
    let mut at = project.codes.iter().position(|it| it.guid == code);
    let mut path = Vec::new();
    while let Some(code) = at.map(|at| &project.codes[at]) {
        path.insert(0, code.name.as_str());
        at = code.parent;
    }
    path
}

/// The project as an archive, its media taken from where it was read.
fn packed(incoming: &mut Incoming) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    let archive = &mut incoming.archive;
    write_qdpx(&incoming.project, &mut bytes, |file, to| {
        let archive = archive.as_mut().ok_or(std::io::ErrorKind::NotFound)?;
        archive.copy(&file.name, to).map(|_| ()).map_err(std::io::Error::other)
    })
    .unwrap();
    bytes.into_inner()
}

/// What the schema says against the XML; `None` where it cannot be asked.
#[expect(clippy::print_stdout, reason = "a test says that it is skipped")]
fn invalid(xml: &str, schema: &str) -> Option<String> {
    let schema = reference(&format!("refi/{schema}"))?;
    let scratch = Scratch::new();
    let file = scratch.path("written.xml");
    std::fs::write(&file, xml).unwrap();
    let Ok(output) = Command::new("xmllint").arg("--noout").arg("--schema").arg(schema).arg(&file).output() else {
        println!("skipped: xmllint is not installed");
        return None;
    };
    let complaints = String::from_utf8_lossy(&output.stderr).into_owned();
    Some(if output.status.success() { String::new() } else { complaints })
}

fn assert_valid(xml: &str, schema: &str) {
    if let Some(complaints) = invalid(xml, schema) {
        assert_eq!(complaints, "");
    }
}

/// Source, path of the code, coder, first character and the one behind, words, memo.
type Coded = (String, Vec<String>, String, u64, u64, String, String);

#[test]
fn codings_of_qualcoder_are_at_the_words_that_were_coded() {
    for version in ["3.8.2", "4.0b"] {
        let name = format!("peers/repair-evenings-qualcoder-{version}");
        let (Some(file), Some(expected)) = (reference(&format!("{name}.qdpx")), reference(&format!("{name}.expected.json"))) else {
            return;
        };
        let expected: Value = serde_json::from_slice(&std::fs::read(expected).unwrap()).unwrap();
        let incoming = read_file(&file).unwrap();
        let project = &incoming.project;
        let users: HashMap<Uuid, &str> = project.users.iter().map(|user| (user.guid, user.name.as_str())).collect();
        let mut found: Vec<Coded> = Vec::new();
        for source in &project.sources {
            let text = source.text.as_deref().unwrap();
            for selection in &source.selections {
                let span = selection.span.unwrap();
                let start = text[..span.start as usize].chars().count() as u64;
                let end = start + span.slice(text).chars().count() as u64;
                for coding in &selection.codings {
                    let code = path(project, coding.code).into_iter().map(str::to_owned).collect();
                    let coder = users[&coding.made.by.unwrap()].to_owned();
                    let (quote, memo) = (span.slice(text).to_owned(), selection.description.clone());
                    found.push((source.name.clone(), code, coder, start, end, quote, memo));
                }
            }
        }
        let string = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let mut wanted: Vec<Coded> = expected["codings"]
            .as_array()
            .unwrap()
            .iter()
            .map(|coding| {
                let code = coding["code"].as_array().unwrap().iter().map(string).collect();
                let (start, end) = (coding["start"].as_u64().unwrap(), coding["end"].as_u64().unwrap());
                let (source, coder) = (string(&coding["source"]), string(&coding["coder"]));
                (source, code, coder, start, end, string(&coding["quote"]), string(&coding["memo"]))
            })
            .collect();
        found.sort();
        wanted.sort();
        assert_eq!(found.len(), wanted.len(), "{version}");
        for (found, wanted) in found.iter().zip(&wanted) {
            assert_eq!(found, wanted, "{version}");
        }
        assert_eq!(incoming.conventions.chosen.unit, Unit::Utf16);
        assert!(!incoming.conventions.chosen.wide_line_ends);
    }
}

#[test]
fn texts_codes_and_cases_of_qualcoder_are_all_there() {
    for version in ["3.8.2", "4.0b"] {
        let name = format!("peers/repair-evenings-qualcoder-{version}");
        let (Some(file), Some(expected)) = (reference(&format!("{name}.qdpx")), reference(&format!("{name}.expected.json"))) else {
            return;
        };
        let expected: Value = serde_json::from_slice(&std::fs::read(expected).unwrap()).unwrap();
        let project = read_file(&file).unwrap().project;
        for source in expected["sources"].as_array().unwrap() {
            let found = project.sources.iter().find(|it| it.name == source["title"].as_str().unwrap()).unwrap();
            let text = found.text.as_deref().unwrap();
            assert_eq!(themata::text::BlobId::of(text.as_bytes()).to_string(), source["text_sha256"].as_str().unwrap());
            assert_eq!(found.description, source["memo"].as_str().unwrap());
            let values: HashMap<&str, &str> = found
                .values
                .iter()
                .map(|value| {
                    let variable = project.variables.iter().find(|it| it.guid == value.variable).unwrap();
                    (variable.name.as_str(), value.value.as_str())
                })
                .collect();
            for (name, value) in source["attributes"].as_object().unwrap() {
                assert_eq!(values.get(name.as_str()).copied(), value.as_str(), "{name}");
            }
        }
        let codes = expected["codes"].as_array().unwrap();
        assert_eq!(project.codes.len(), codes.len());
        for code in codes {
            let wanted: Vec<&str> = code["path"].as_array().unwrap().iter().map(|part| part.as_str().unwrap()).collect();
            let is_codable = code["kind"] == "code";
            let found = project.codes.iter().find(|it| it.is_codable == is_codable && path(&project, it.guid) == wanted).unwrap();
            assert_eq!(found.description, code["memo"].as_str().unwrap());
            assert_eq!(found.colour, code["color"].as_str().map(str::to_lowercase));
        }
        let cases: Vec<&str> = project.cases.iter().map(|case| case.name.as_str()).collect();
        let wanted: Vec<&str> = expected["cases"].as_array().unwrap().iter().map(|case| case["name"].as_str().unwrap()).collect();
        assert_eq!(cases, wanted);
        // Three of the four annotations can be placed; the standard's file does not say where the fourth is.
        let memos: Vec<_> = project
            .sources
            .iter()
            .flat_map(|source| source.selections.iter().filter(|it| it.codings.is_empty()).map(|it| words(source, it).unwrap()))
            .collect();
        assert_eq!(memos, ["stopped clicking off", "It is a small unit", "A woman in a green coat"]);
        let annotation = &expected["annotations"][1];
        assert!(project.notes.iter().any(|note| note.text == annotation["memo"].as_str().unwrap() && note.selections.is_empty()));
    }
}

#[test]
fn what_qualcoder_did_not_escape_is_repaired_and_told() {
    let Some(file) = reference("peers/repair-evenings-qualcoder-4.0b-annotation-not-escaped.qdpx") else { return };
    let incoming = read_file(&file).unwrap();
    assert!(incoming.project.notes.iter().any(|note| note.text == "Salt & vinegar: is x < y here?"));
    let told = incoming.account.entries.iter().find(|entry| entry.what == "signs").unwrap();
    assert_eq!(told.number, 2);
}

#[test]
fn the_codebook_of_taguette_is_read() {
    let Some(file) = reference("peers/repair-evenings-taguette-1.5.2.qdc") else { return };
    let incoming = read_file(&file).unwrap();
    let names: Vec<&str> = incoming.project.codes.iter().map(|code| code.name.as_str()).collect();
    assert_eq!(names.len(), 13);
    assert!(names.contains(&"coming.reason.thing.broken") && names.contains(&"money & thrift"));
    assert!(incoming.account.entries.is_empty(), "{:?}", incoming.account);
}

#[test]
fn the_standard_project_is_read_with_or_without_its_texts() {
    let (Some(archive), Some(bare)) = (reference("refi/atlasti-standard-project.qdpx"), reference("refi/atlasti-standard-project.qde"))
    else {
        return;
    };
    let incoming = read_file(&archive).unwrap();
    assert_eq!(incoming.project, read_file(&bare).unwrap().project);
    assert_eq!((incoming.project.codes.len(), incoming.project.sources.len(), incoming.project.sets.len()), (14, 12, 16));
    assert!(incoming.project.codes.iter().any(|code| code.name == "Coke::diet Coke" && code.colour.as_deref() == Some("#966450")));
    let told: Vec<&str> = incoming.account.entries.iter().map(|entry| entry.what).collect();
    assert_eq!(told, ["paths", "texts", "media"]);
    // The archive came without its files; a text in which the passage stands where the program says it does.
    let name = "Oh, that was great. See you tomorrow? Eleven thirty. Mm.";
    let xml = std::fs::read_to_string(&bare).unwrap();
    let text = format!("{}\r\n{name}\r\n", "Words, words. ".repeat(9) + "And then: 12");
    let text = format!("{}{text}", "x".repeat(139 - text.replace("\r\n", "\n").find(name).unwrap()));
    let with_text = zipped(&[("Project.qde", &xml), ("Sources/230b768e-5a3d-42b7-be92-2a3721177944.TXT", &text)]);
    let incoming = read_bytes("standard.qdpx", with_text).unwrap();
    let source = incoming.project.sources.iter().find(|source| source.name.starts_with("1994")).unwrap();
    assert_eq!(source.selections[0].stated, (139, 195));
    assert_eq!(words(source, &source.selections[0]), Some(name));
}

fn zipped(members: &[(&str, &String)]) -> Vec<u8> {
    use std::io::Write as _;
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, words) in members {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(words.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

#[test]
fn every_sample_is_valid_and_stable_once_written() {
    let samples = [
        "refi/every-element.qde",
        "refi/atlasti-standard-project.qdpx",
        "peers/repair-evenings-qualcoder-3.8.2.qdpx",
        "peers/repair-evenings-qualcoder-4.0b.qdpx",
        "peers/repair-evenings-qualcoder-4.0b-annotation-not-escaped.qdpx",
    ];
    for sample in samples {
        let Some(file) = reference(sample) else { return };
        let mut first = read_file(&file).unwrap();
        // What the second reading sees is ours, whose places are not guessed at.
        first.project.origin = themata::exchange::refi::origin();
        let written = packed(&mut first);
        assert_valid(&write_qde(&first.project), "Project.xsd");
        let mut second = read_bytes("again.qdpx", written.clone()).unwrap();
        let mut expected = first.project.clone();
        // Places are stated anew, as the standard means them.
        let restated = |selections: &mut Vec<Selection>| selections.iter_mut().for_each(|it| it.stated = (0, 0));
        for project in [&mut expected, &mut second.project] {
            project.sources.iter_mut().for_each(|source| restated(&mut source.selections));
            project.notes.iter_mut().for_each(|note| restated(&mut note.selections));
        }
        assert_eq!(second.project, expected, "{sample}");
        let mut again = read_bytes("again.qdpx", written.clone()).unwrap();
        assert!(packed(&mut again) == written, "{sample} is not stable");
    }
}

/// A project in which everything is.
fn everything() -> Project {
    let guid = |number: u128| Uuid::from_u128(0x7000_8000 << 64 | number);
    let text = "Interviewer: How was it? 🙂\nP1: Fine, mostly.\n";
    let made =
        themata::exchange::refi::Made { by: Some(guid(1)), at: Some(1_700_000_000_123), changed_by: Some(guid(1)), changed_at: Some(0) };
    let coding = |number| Coding { guid: guid(number), code: guid(3), made: made.clone(), note_refs: vec![guid(30)], ..Coding::default() };
    let value = |number, value: &str| VariableValue { variable: guid(number), value: value.to_owned() };
    let kinds =
        [VariableType::Text, VariableType::Boolean, VariableType::Integer, VariableType::Float, VariableType::Date, VariableType::DateTime];
    let values: Vec<VariableValue> =
        ["words", "true", "34", "2.5", "2024-02-29", "2024-02-29T10:00:00Z"].iter().zip(10..).map(|(it, at)| value(at, it)).collect();
    let unfit: Vec<VariableValue> = (10..16).map(|at| value(at, "many & more")).chain((10..16).map(|at| value(at, ""))).collect();
    let selection = Selection {
        guid: guid(21),
        name: "a \"name\"\nof <two> lines".to_owned(),
        description: "said\u{1} & done".to_owned(),
        made: made.clone(),
        stated: (0, 0),
        span: Some(Span::new(13, 24)),
        codings: vec![coding(22), coding(23)],
        note_refs: vec![guid(30)],
    };
    let picture = "<PictureSource guid=\"70008000-0000-0000-0000-000000000040\" path=\"internal://p.jpg\"></PictureSource>";
    let pdf = "<PDFSource guid=\"70008000-0000-0000-0000-000000000041\" path=\"internal://p.pdf\"><Description>d</Description>\
               <Coding guid=\"70008000-0000-0000-0000-000000000042\"><CodeRef targetGUID=\"70008000-0000-0000-0000-000000000003\"></CodeRef></Coding></PDFSource>";
    let kept = |element: &str, xml: &str| Some(Kept { element: element.to_owned(), xml: xml.to_owned() });
    Project {
        guid: None,
        name: "All & <everything>".to_owned(),
        origin: themata::exchange::refi::origin(),
        description: "What for".to_owned(),
        made: made.clone(),
        users: vec![User { guid: guid(1), name: "Ann".to_owned(), id: "AN".to_owned() }],
        codes: vec![
            Code { guid: guid(2), name: String::new(), description: "d".to_owned(), note_refs: vec![guid(30)], ..Code::default() },
            Code {
                guid: guid(3),
                name: "below".to_owned(),
                is_codable: true,
                colour: Some("#0a1b2c".to_owned()),
                parent: Some(0),
                ..Code::default()
            },
        ],
        variables: kinds
            .into_iter()
            .zip(10..)
            .map(|(kind, at)| Variable { guid: guid(at), name: at.to_string(), kind, description: "d".to_owned() })
            .collect(),
        cases: vec![Case {
            guid: guid(16),
            name: "c".to_owned(),
            description: "d".to_owned(),
            codes: vec![guid(3)],
            values: unfit,
            sources: vec![guid(20)],
            selections: vec![guid(21)],
        }],
        sources: vec![
            Source {
                guid: guid(20),
                name: "s".to_owned(),
                description: "d".to_owned(),
                made: made.clone(),
                text: Some(text.to_owned()),
                file: Some(MediaFile { name: "twin.docx".to_owned(), len: 1 }),
                values,
                codings: vec![coding(24)],
                selections: vec![selection.clone()],
                note_refs: vec![guid(30)],
                ..Source::default()
            },
            Source { guid: guid(40), kept: kept("PictureSource", picture), ..Source::default() },
            Source {
                guid: guid(41),
                kept: kept("PDFSource", pdf),
                text: Some(text.to_owned()),
                selections: vec![selection.clone()],
                ..Source::default()
            },
        ],
        notes: vec![
            Note {
                guid: guid(30),
                name: "n".to_owned(),
                description: "d".to_owned(),
                text: text.to_owned(),
                made: made.clone(),
                codings: vec![coding(31)],
                selections: vec![selection],
                ..Note::default()
            },
            Note {
                guid: guid(32),
                text: "form\u{c}feed".to_owned(),
                file: Some(MediaFile { name: "n.docx".to_owned(), len: 1 }),
                values: vec![value(10, "v")],
                note_refs: vec![guid(30)],
                ..Note::default()
            },
        ],
        links: vec![Link {
            guid: guid(33),
            name: "l".to_owned(),
            colour: Some("#0a1b2c".to_owned()),
            origin: guid(30),
            target: guid(21),
            note_refs: vec![guid(30)],
            ..Link::default()
        }],
        sets: vec![Set {
            guid: guid(34),
            name: "s".to_owned(),
            description: "d".to_owned(),
            codes: vec![guid(3)],
            sources: vec![guid(20)],
            notes: vec![guid(30)],
        }],
        note_refs: vec![guid(30)],
        kept: vec![Kept { element: "Graph".to_owned(), xml: "<Graph guid=\"70008000-0000-0000-0000-000000000050\"></Graph>".to_owned() }],
    }
}

#[test]
fn everything_that_is_written_is_valid() {
    let project = everything();
    assert_valid(&write_qde(&project), "Project.xsd");
    assert_valid(&write_qdc(&project), "Codebook.xsd");
    assert_valid(&write_qde(&Project::default()), "Project.xsd");
}

#[test]
fn nothing_of_the_machine_is_in_an_archive() {
    let project = everything();
    let bytes = || {
        let mut bytes = Cursor::new(Vec::new());
        write_qdpx(&project, &mut bytes, |file, to| to.write_all(file.name.as_bytes())).unwrap();
        bytes.into_inner()
    };
    let first = bytes();
    assert!(first == bytes());
    let words = String::from_utf8_lossy(&first);
    for place in [env!("CARGO_MANIFEST_DIR"), "basePath", "/home/", "/Users/"] {
        assert!(!words.contains(place) && !write_qde(&project).contains(place), "{place}");
    }
    let names: Vec<String> =
        zip::ZipArchive::new(Cursor::new(first.as_slice())).unwrap().file_names().map(|name| name.unwrap().into_owned()).collect();
    assert_eq!(names.first().map(String::as_str), Some("project.qde"));
    assert!(names.iter().skip(1).all(|name| name.starts_with("sources/") && !name.contains(char::is_uppercase)), "{names:?}");
}
