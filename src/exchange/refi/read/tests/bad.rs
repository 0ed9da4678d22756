//! What is damaged, hostile or something else.

use proptest::prelude::*;

use super::*;

fn refused(name: &str, bytes: Vec<u8>) -> ReadError {
    read_bytes(name, bytes).err().unwrap_or_else(|| panic!("{name} was read"))
}

#[test]
fn other_files_are_refused() {
    assert!(matches!(refused("a.qdpx", Vec::new()), ReadError::NoRefi { .. }));
    assert!(matches!(refused("a.qdpx", b"plain words".to_vec()), ReadError::NoRefi { .. }));
    assert!(matches!(refused("a.qdpx", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec()), ReadError::NoRefi { .. }));
    assert!(matches!(refused("a.qde", b"<html><body/></html>".to_vec()), ReadError::OtherXml { root, .. } if root == "html"));
    assert!(matches!(refused("a.qde", b"<?xml version=\"1.0\"?>".to_vec()), ReadError::NoRefi { .. }));
    assert!(matches!(refused("a.qde", b"<Project name=\"\xe4\"/>".to_vec()), ReadError::NotText { .. }));
    let missing = read_file(Path::new("/nowhere/at/all.qdpx")).err().unwrap();
    assert!(missing.to_string().starts_with("all.qdpx could not be read"), "{missing}");
}

#[test]
fn archives_without_a_project_or_with_several_are_refused() {
    assert!(matches!(refused("a.qdpx", archive(&[])), ReadError::NoProject { .. }));
    assert!(matches!(refused("a.qdpx", archive(&[("sources/a.txt", b"x")])), ReadError::NoProject { .. }));
    let xml = project_xml("");
    let two = refused("a.qdpx", archive(&[("one.qde", xml.as_bytes()), ("two.qde", xml.as_bytes())]));
    assert_eq!(two.to_string(), "a.qdpx holds more than one project (one.qde, two.qde). Pack each into an archive of its own.");
    let strays = [("project.qde", xml.as_bytes()), ("__MACOSX/._project.qde", b"junk".as_slice()), ("old/backup.qde", b"junk")];
    assert_eq!(read_bytes("a.qdpx", archive(&strays)).unwrap().project.name, "Study");
}

#[test]
fn damaged_archives_are_refused_wherever_they_are_damaged() {
    let text = "Nobody asked us why. ".repeat(400);
    let source = format!("<Sources><TextSource guid=\"{A}\" plainTextPath=\"internal://t.txt\"/></Sources>");
    let whole = archive(&[("project.qde", project_xml(&source).as_bytes()), ("sources/t.txt", text.as_bytes())]);
    for cut in [10, whole.len() / 2, whole.len() - 10] {
        let error = refused("a.qdpx", whole[..cut].to_vec());
        assert!(matches!(error, ReadError::Broken { .. }), "{error}");
    }
    // The words of the text: what is unpacked is not what was packed.
    let at = whole.windows(13).rposition(|window| window == b"sources/t.txt").unwrap();
    let packed = whole.windows(13).position(|window| window == b"sources/t.txt").unwrap() + 13;
    assert!(packed < at);
    let mut damaged = whole;
    damaged[packed + 12] ^= 0xff;
    let error = refused("a.qdpx", damaged);
    assert!(matches!(&error, ReadError::Broken { member, .. } if member == "sources/t.txt"), "{error}");
}

#[test]
fn locked_archives_are_refused() {
    let mut bytes = archive(&[("project.qde", project_xml("").as_bytes())]);
    for (mark, flags) in [(b"PK\x03\x04", 6), (b"PK\x01\x02", 8)] {
        let at = bytes.windows(4).position(|window| window == mark).unwrap();
        bytes[at + flags] |= 1;
    }
    let error = refused("a.qdpx", bytes);
    assert!(matches!(error, ReadError::Locked { .. }), "{error}");
}

#[test]
fn what_unpacks_to_too_much_is_refused() {
    let source = format!("<Sources><TextSource guid=\"{A}\" plainTextPath=\"internal://t.txt\"/></Sources>");
    let bomb = vec![b'a'; 64 * 1024 * 1024 + 1];
    let bytes = archive(&[("project.qde", project_xml(&source).as_bytes()), ("sources/t.txt", &bomb)]);
    assert!(bytes.len() < 1024 * 1024);
    let error = refused("a.qdpx", bytes);
    assert!(matches!(&error, ReadError::TooLarge { member, megabytes: 64, .. } if member == "sources/t.txt"), "{error}");
}

#[test]
fn names_that_are_paths_or_devices_name_no_files() {
    let body = format!(
        "<Sources><TextSource guid=\"{A}\" plainTextPath=\"internal://../../secret.txt\"/><TextSource guid=\"{B}\" plainTextPath=\"/etc/passwd\"/>\
         <PictureSource guid=\"{C}\" path=\"internal://../up.jpg\"/><PictureSource guid=\"{D}\" path=\"internal://NUL\"/></Sources>"
    );
    let files: [(&str, &[u8]); 3] = [("../../secret.txt", b"inside"), ("C:\\sources\\up.jpg", b"123"), ("/etc/passwd", b"also inside")];
    let project = read_with(&body, &files).project;
    let texts: Vec<_> = project.sources.iter().map(|source| source.text.as_deref()).collect();
    assert_eq!(texts, [Some("inside"), Some("also inside"), None, None]);
    let picture = &project.sources[2];
    assert_eq!(picture.file.as_ref().map(|file| file.name.as_str()), Some("up.jpg"));
    assert!(picture.kept.as_ref().unwrap().xml.contains("path=\"internal://up.jpg\""));
    assert!(!project.sources[3].kept.as_ref().unwrap().xml.contains("NUL"));
}

#[test]
fn entities_are_not_expanded() {
    let xml = "<?xml version=\"1.0\"?>\n<!DOCTYPE Project [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]>\n<Project name=\"&b;\"/>";
    let error = refused("a.qde", xml.as_bytes().to_vec());
    assert!(matches!(error, ReadError::Entities { line: 2, .. }), "{error}");
    let plain = "<!DOCTYPE Project><Project name=\"n\"/>";
    assert_eq!(read_bytes("a.qde", plain.as_bytes().to_vec()).unwrap().project.name, "n");
}

#[test]
fn elements_may_not_lie_too_deep() {
    let nested = |number: usize| {
        let codes = format!("<Code guid=\"{A}\" name=\"n\" isCodable=\"true\">").repeat(number) + &"</Code>".repeat(number);
        read_bytes("a.qde", project_xml(&format!("<CodeBook><Codes>{codes}</Codes></CodeBook>")).into_bytes())
    };
    assert_eq!(nested(900).unwrap().project.codes.len(), 900);
    assert!(matches!(nested(100_000), Err(ReadError::TooDeep { line: 2, .. })));
    let open = "<Code>".repeat(100_000);
    assert!(matches!(read_bytes("a.qde", project_xml(&open).into_bytes()), Err(ReadError::TooDeep { .. })));
}

#[test]
fn signs_that_were_not_escaped_are_repaired_and_told() {
    let body =
        "\n<Notes>\n<Note guid=\"n\" name=\"A & B\"><PlainTextContent>Salt & vinegar: is x < y here?</PlainTextContent></Note></Notes>";
    let incoming = read(body);
    assert_eq!(incoming.project.notes[0].text, "Salt & vinegar: is x < y here?");
    assert_eq!(incoming.project.notes[0].name, "A & B");
    let told = told(&incoming, "signs");
    assert!(told.len() == 1 && told[0].1 == 3 && told[0].2.contains("line 4"), "{told:?}");
}

#[test]
fn damage_beyond_repair_is_told_with_line_and_column() {
    for (body, line, column) in [
        ("\n  <Users><User guid=\"a\"></Users>", 3, 25),
        ("\n<Users", 3, 1),
        ("\n<Description>x</Descriptio>", 3, 15),
        ("\n<Users a=\"1\" a=\"2\"/>", 3, 1),
    ] {
        let error = refused("a.qde", project_xml(body).into_bytes());
        let ReadError::NotWellFormed { line: found, column: at, .. } = &error else { panic!("{body}: {error}") };
        assert_eq!((*found, *at), (line, column), "{body}: {error}");
    }
    let cut = project_xml("<Description>words</Description>").replace("</Project>", "");
    let error = refused("a.qde", cut.into_bytes());
    assert!(error.to_string().contains("ends in the middle"), "{error}");
}

#[test]
fn texts_that_are_missing_or_none_are_told() {
    let body = format!(
        "<Sources><TextSource guid=\"{A}\" plainTextPath=\"internal://gone.txt\"/><TextSource guid=\"{B}\" plainTextPath=\"internal://b.txt\"/>\
         <TextSource guid=\"{C}\" plainTextPath=\"internal://gone.txt\"><PlainTextContent>both</PlainTextContent></TextSource></Sources>"
    );
    let incoming = read_with(&body, &[("sources/b.txt", b"\x00\x01\x02\xff")]);
    let texts: Vec<_> = incoming.project.sources.iter().map(|source| source.text.as_deref()).collect();
    assert_eq!(texts, [None, None, Some("both")]);
    assert_eq!(told(&incoming, "texts").iter().map(|(_, number, _)| *number).collect::<Vec<_>>(), [2, 1]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    /// Whatever is done to a file, it is read or refused.
    #[test]
    fn nothing_panics(places in proptest::collection::vec((0usize..1_000_000, any::<u8>()), 1..12), cut in 0usize..4_000, packed in any::<bool>()) {
        let rest = format!("<PlainTextSelection guid=\"{B}\" name=\"one\" startPosition=\"0\" endPosition=\"3\"><Coding guid=\"{C}\"/></PlainTextSelection>");
        let body = text("one two", &rest) + "<Notes><Note><PlainTextContent>x &amp; y</PlainTextContent></Note></Notes><Graphs><Graph guid=\"g\"/></Graphs>";
        let xml = project_xml(&body);
        let mut bytes = if packed { archive(&[("project.qde", xml.as_bytes()), ("sources/a.txt", b"words")]) } else { xml.into_bytes() };
        for (place, byte) in places {
            let length = bytes.len();
            bytes[place % length] = byte;
        }
        bytes.truncate(bytes.len().saturating_sub(cut / 4).max(1));
        let _ = read_bytes("a", bytes);
    }
}
