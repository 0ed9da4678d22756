use super::*;
use crate::exchange::refi::{Direction, Made};

#[test]
fn the_project_says_what_it_is_and_who_made_it() {
    let xml = format!(
        "<Project xmlns=\"urn:QDA-XML:project:1.0\" name=\"A &amp; B\" origin=\"X 1\" creatingUserGUID=\"{A}\" \
         creationDateTime=\"1970-01-01T00:00:01Z\" modifyingUserGUID=\"{{{}}}\" modifiedDateTime=\"soon\">\
         <Users><User guid=\"{A}\" name=\"Ann\" id=\"AN\"/></Users><Description>What\nfor</Description><NoteRef targetGUID=\"{B}\"/></Project>",
        A.to_uppercase()
    );
    let incoming = read_bytes("study.qde", xml.into_bytes()).unwrap();
    let project = &incoming.project;
    assert_eq!((project.name.as_str(), project.origin.as_str(), project.description.as_str()), ("A & B", "X 1", "What\nfor"));
    assert_eq!(project.made, Made { by: Some(id(A)), at: Some(1000), changed_by: Some(id(A)), changed_at: None });
    assert_eq!((project.users[0].name.as_str(), project.users[0].id.as_str()), ("Ann", "AN"));
    assert_eq!(project.note_refs, [id(B)]);
    assert!(tells(&incoming, "dates", "could not be read"));
}

#[test]
fn prefixes_cdata_references_and_comments_are_read() {
    let xml = format!(
        "<q:Project xmlns:q=\"urn:QDA-XML:project:1.0\" name=\"n\"><q:CodeBook><q:Codes><q:Code guid=\"{A}\" name=\"a&#x20;&lt;b&#10;\" isCodable=\"true\">\
         <!-- aside --><q:Description>x<![CDATA[ & y]]>&amp;&#122;<!-- not said --></q:Description></q:Code></q:Codes></q:CodeBook>\
         <q:Graphs><q:Graph guid=\"{B}\" name=\"g\"><q:Vertex guid=\"{C}\" firstX=\"1\" firstY=\"2\"/></q:Graph></q:Graphs></q:Project>"
    );
    let project = read_bytes("study.qde", xml.into_bytes()).unwrap().project;
    assert_eq!((project.codes[0].name.as_str(), project.codes[0].description.as_str()), ("a <b\n", "x & y&z"));
    assert_eq!(
        project.kept[0].xml,
        format!("<Graph guid=\"{B}\" name=\"g\"><Vertex guid=\"{C}\" firstX=\"1\" firstY=\"2\"></Vertex></Graph>")
    );
}

#[test]
fn wide_xml_is_read() {
    let xml = project_xml("<Description>ä😀</Description>").replace("utf-8", "utf-16");
    let bytes: Vec<u8> = format!("\u{feff}{xml}").encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(read_bytes("study.qde", bytes).unwrap().project.description, "ä😀");
}

#[test]
fn unknown_elements_are_left_out_and_told_with_their_line() {
    let body = format!(
        "\n<Extra><Code guid=\"{A}\"/></Extra>\n<Extra/>\n<CodeBook><Codes><Code guid=\"{B}\" name=\"n\" isCodable=\"true\"><Own/></Code></Codes></CodeBook>"
    );
    let incoming = read(&body);
    assert_eq!(incoming.project.codes.len(), 1);
    let told = told(&incoming, "elements");
    assert_eq!(told.iter().map(|(_, number, _)| *number).collect::<Vec<_>>(), [2, 1]);
    assert!(told[0].2.contains("<Extra>") && told[0].2.contains("first in line 3"), "{}", told[0].2);
    assert!(told[1].2.contains("<Own>") && told[1].2.contains("Line 5"), "{}", told[1].2);
}

#[test]
fn markup_within_words_is_dropped_and_its_words_stay() {
    let incoming = read("<Description>I <b>love</b> it</Description>");
    assert_eq!(incoming.project.description, "I love it");
    assert!(tells(&incoming, "elements", "<b>"));
}

#[test]
fn elements_out_of_order_are_read() {
    let rest = format!(
        "<NoteRef targetGUID=\"{B}\"/><PlainTextSelection guid=\"{C}\" startPosition=\"0\" endPosition=\"3\"/>\
         <VariableValue><VariableRef targetGUID=\"{B}\"/><TextValue>v</TextValue></VariableValue><NoteRef targetGUID=\"{D}\"/>\
         <Description>late</Description>"
    );
    let source = &read(&text("one", &rest)).project.sources[0];
    assert_eq!((source.note_refs.len(), source.selections.len(), source.values.len(), source.description.as_str()), (2, 1, 1, "late"));
}

#[test]
fn memos_are_texts_with_all_that_texts_have() {
    let body = format!(
        "<Notes><Note guid=\"{A}\" name=\"n\" creatingUser=\"{B}\" plainTextPath=\"internal://n.txt\" richTextPath=\"internal://n.docx\">\
         <PlainTextSelection guid=\"{C}\" startPosition=\"4\" endPosition=\"8\"><Coding guid=\"{D}\"><CodeRef targetGUID=\"{E}\"/></Coding>\
         </PlainTextSelection><Coding guid=\"{E}\"><CodeRef targetGUID=\"{E}\"/></Coding></Note></Notes>"
    );
    let incoming = read_with(&body, &[("sources/n.txt", b"the memo"), ("sources/n.docx", b"x")]);
    let note = &incoming.project.notes[0];
    assert_eq!((note.text.as_str(), note.file.is_some(), note.codings.len()), ("the memo", true, 1));
    assert_eq!(note.selections[0].span.map(|span| span.slice(&note.text)), Some("memo"));
    assert_eq!(note.selections[0].codings[0].code, id(E));
}

#[test]
fn links_say_which_way_they_are_read() {
    let link = |guid: &str, direction: &str| format!("<Link guid=\"{guid}\" {direction} originGUID=\"{A}\" targetGUID=\"{A}\"/>");
    let links = link(B, "direction=\"OneWay\"") + &link(C, "direction=\"Bidirectional\"") + &link(D, "color=\"#abc\"");
    let project = read(&format!("<Links>{links}</Links>")).project;
    let read: Vec<_> = project.links.iter().map(|link| link.direction).collect();
    assert_eq!(read, [Direction::OneWay, Direction::Bidirectional, Direction::Associative]);
    assert_eq!(project.links[2].colour.as_deref(), Some("#aabbcc"));
}

#[test]
fn media_are_kept_whole_with_their_files() {
    let body = format!(
        "<Sources><AudioSource guid=\"{A}\" name=\"talk\" path=\"internal://talk.m4a\" creationDateTime=\"1970-01-01T00:00:01Z\">\
         <Description>d &amp; d</Description>\
         <Transcript guid=\"{B}\" plainTextPath=\"internal://t.txt\"><SyncPoint guid=\"{C}\" position=\"0\" timeStamp=\"0\"/></Transcript>\
         <Coding guid=\"{D}\"><CodeRef targetGUID=\"{E}\"/></Coding></AudioSource></Sources>"
    );
    let incoming = read_with(&body, &[("sources/talk.m4a", b"12345"), ("sources/t.txt", b"123")]);
    let source = &incoming.project.sources[0];
    assert_eq!((source.name.as_str(), source.description.as_str(), source.made.at), ("talk", "d & d", Some(1000)));
    assert_eq!(source.file.as_ref().map(|file| file.len), Some(5));
    assert_eq!(source.more_files.iter().map(|file| file.name.as_str()).collect::<Vec<_>>(), ["t.txt"]);
    assert_eq!((source.codings[0].code, &source.text), (id(E), &None));
    assert!(source.kept.as_ref().unwrap().xml.contains("<SyncPoint") && source.kept.as_ref().unwrap().xml.contains("d &amp; d"));
}

#[test]
fn codebooks_alone_are_projects_with_codes_and_sets() {
    let xml = format!(
        "<CodeBook xmlns=\"urn:QDA-XML:codebook:1.0\" origin=\"T 1\"><Codes><Code guid=\"{A}\" name=\"a.b\" isCodable=\"true\">\
         <Code guid=\"{B}\" name=\"c\" isCodable=\"true\"/></Code></Codes><Sets><Set guid=\"{C}\" name=\"s\"><MemberCode guid=\"{B}\"/></Set></Sets></CodeBook>"
    );
    let incoming = read_bytes("book.qdc", xml.into_bytes()).unwrap();
    let project = &incoming.project;
    assert_eq!((project.origin.as_str(), project.codes.len(), project.codes[1].parent), ("T 1", 2, Some(0)));
    assert_eq!(project.sets[0].codes, [id(B)]);
    assert_eq!(incoming.account, Account::default());
}

#[test]
fn annotations_of_qualcoder_go_to_the_text_they_are_on() {
    let xml = |origin: &str| {
        format!(
            "<Project name=\"n\" origin=\"{origin}\"><Sources><TextSource guid=\"{A}\"><PlainTextContent>one two</PlainTextContent>\
             <NoteRef targetGUID=\"{B}\"/></TextSource></Sources><Notes><Note guid=\"{B}\"><PlainTextContent>of two, and more</PlainTextContent>\
             <PlainTextSelection guid=\"{C}\" startPosition=\"4\" endPosition=\"7\"/></Note><Note guid=\"{D}\"><PlainTextContent>lost</PlainTextContent>\
             <PlainTextSelection guid=\"{E}\" startPosition=\"0\" endPosition=\"3\"/></Note></Notes></Project>"
        )
    };
    let incoming = read_bytes("study.qde", xml("QualCoder 4.0 Beta").into_bytes()).unwrap();
    assert_eq!(passages(&incoming), [Some("two")]);
    let source = &incoming.project.sources[0];
    assert_eq!((source.selections[0].note_refs.as_slice(), source.note_refs.is_empty()), (&[id(B)][..], true));
    assert!(incoming.project.notes.iter().all(|note| note.selections.is_empty()));
    assert_eq!(told(&incoming, "memos").iter().map(|(_, number, _)| *number).collect::<Vec<_>>(), [1, 1]);
    let other = read_bytes("study.qde", xml("Other").into_bytes()).unwrap().project;
    assert_eq!(other.notes[0].selections.len(), 1);
}
