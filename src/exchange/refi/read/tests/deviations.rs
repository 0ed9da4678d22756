//! What programs were seen to do otherwise than the standard says, one after the other.

use super::*;
use crate::exchange::refi::Unit;

#[test]
fn positions_in_units_of_utf_16_with_wide_line_ends_are_found() {
    let words = "A: How 🙂 was it?\r\nB: With a kettle 😀, it stopped.\r\nA: And then?\r\nB: The hall was warm, always.\r\n";
    let wide: Vec<u16> = words.encode_utf16().collect();
    let place = |passage: &str| {
        let passage: Vec<u16> = passage.encode_utf16().collect();
        let start = wide.windows(passage.len()).position(|window| window == passage).unwrap();
        (start, start + passage.len())
    };
    let expected = ["With a kettle 😀, it stopped.", "The hall was warm, always.", "And then?"];
    let selection = |passage: &&str| {
        let (start, end) = place(passage);
        format!("<PlainTextSelection guid=\"{}\" startPosition=\"{start}\" endPosition=\"{end}\"/>", Uuid::from_u128(start as u128))
    };
    let selections: String = expected.iter().map(selection).collect();
    let source = format!("<Sources><TextSource guid=\"{A}\" plainTextPath=\"internal://{A}.txt\">{selections}</TextSource></Sources>");
    let file = format!("sources/{A}.txt");
    let incoming = read_with(&source, &[(file.as_str(), words.as_bytes())]);
    assert_eq!(passages(&incoming), expected.map(Some));
    let chosen = incoming.conventions.chosen;
    assert!(chosen.unit == Unit::Utf16 && chosen.wide_line_ends && !chosen.with_mark && !chosen.end_included);
}

#[test]
fn the_end_lies_behind_the_passage() {
    let name = "Oh, that was great. See you tomorrow? Eleven thirty. Mm.";
    let words = format!("{}{name} Bye.", "Talk of this. ".repeat(9) + "Then came, she ");
    let selection = format!("<PlainTextSelection guid=\"{B}\" name=\"{name}\" startPosition=\"139\" endPosition=\"195\"/>");
    let words = words.replacen("Then came, she ", "And she: \n", 1);
    let words = format!("{}{}", " ".repeat(139 - words.find(name).unwrap()), words);
    let incoming = read(&text(&words, &selection));
    assert_eq!(passages(&incoming), [Some(name)]);
    assert_eq!(incoming.conventions.chosen, Convention::STANDARD);
}

#[test]
fn a_text_with_carriage_returns_may_be_counted_without_them() {
    let words = "One line.\r\nAnother line.\r\nThe third line is here.\r\n";
    let plain = words.replace("\r\n", "\n");
    for (counted, is_wide) in [(plain.as_str(), false), (words, true)] {
        let selection = |passage: &str| {
            let start = counted.find(passage).unwrap();
            format!("<PlainTextSelection guid=\"{B}\" startPosition=\"{start}\" endPosition=\"{}\"/>", start + passage.len())
        };
        let selections = selection("Another line.") + &selection("The third line");
        let source = format!("<Sources><TextSource guid=\"{A}\" plainTextPath=\"internal://t.txt\">{selections}</TextSource></Sources>");
        let incoming = read_with(&source, &[("sources/t.txt", words.as_bytes())]);
        assert_eq!(passages(&incoming), [Some("Another line."), Some("The third line")]);
        assert_eq!(incoming.conventions.chosen.wide_line_ends, is_wide);
        assert_eq!(incoming.project.sources[0].text.as_deref(), Some(plain.as_str()));
    }
}

#[test]
fn byte_order_marks_are_in_neither_xml_nor_text() {
    let selection = format!("<PlainTextSelection guid=\"{B}\" startPosition=\"4\" endPosition=\"7\"/>");
    let source = format!("<Sources><TextSource guid=\"{A}\" plainTextPath=\"internal://t.txt\">{selection}</TextSource></Sources>");
    let xml = format!("\u{feff}{}", project_xml(&source));
    let bytes = archive(&[("project.qde", xml.as_bytes()), ("Sources/t.txt", "\u{feff}one two".as_bytes())]);
    let incoming = read_bytes("study.qdpx", bytes).unwrap();
    assert_eq!(incoming.project.sources[0].text.as_deref(), Some("one two"));
    assert_eq!(passages(&incoming), [Some("two")]);
}

#[test]
fn names_in_the_archive_are_found_in_any_case_and_strays_are_told() {
    let source = format!("<Sources><TextSource guid=\"{A}\" plainTextPath=\"internal://AbC.TXT\"/></Sources>");
    let xml = project_xml(&source);
    for (project, folder) in [("Trial.qde", "Sources"), ("deep/er/PROJECT.QDE", "deep/er/SOURCES"), ("project.qde", "sources")] {
        let file = format!("{folder}/aBc.txt");
        let stray = format!("{folder}/.root");
        let bytes = archive(&[(project, xml.as_bytes()), (file.as_str(), b"here"), (stray.as_str(), b"")]);
        let incoming = read_bytes("study.qdpx", bytes).unwrap();
        assert_eq!(incoming.project.sources[0].text.as_deref(), Some("here"), "{project}");
        let strays: Vec<_> = incoming.account.entries.iter().filter(|entry| entry.what == "files").map(|entry| &entry.name).collect();
        assert_eq!(strays, [&stray]);
    }
}

#[test]
fn identities_come_in_braces_in_any_case_and_as_no_guid_at_all() {
    let (lower, upper) = (B, C.to_uppercase());
    let codes = format!(
        "<CodeBook><Codes><Code guid=\"{{{}}}\" name=\"a\" isCodable=\"true\"/><Code guid=\"{upper}\" name=\"b\" isCodable=\"true\"/>\
         <Code guid=\"c001\" name=\"c\" isCodable=\"true\"/><Code name=\"d\" isCodable=\"true\"/></Codes></CodeBook>",
        lower.to_uppercase()
    );
    let sets = "<Sets><Set guid=\"s1\" name=\"s\"><MemberCode targetGUID=\"c001\"/></Set></Sets>";
    let incoming = read(&(codes + sets));
    let codes = &incoming.project.codes;
    assert_eq!((codes[0].guid, codes[1].guid), (id(B), id(C)));
    assert_eq!(incoming.project.sets[0].codes, [codes[2].guid]);
    assert_ne!(codes[2].guid, codes[3].guid);
    assert!(tells(&incoming, "identities", "no GUID; one was made") && tells(&incoming, "identities", "no identity"));
    let numbers: usize = told(&incoming, "identities").iter().map(|(_, number, _)| number).sum();
    assert_eq!(numbers, 3);
}

#[test]
fn a_project_without_users_or_with_two_for_one_coding_is_read_as_it_is() {
    let selection = format!(
        "<PlainTextSelection guid=\"{B}\" startPosition=\"0\" endPosition=\"3\" creatingUser=\"{D}\"><Coding guid=\"{C}\" creatingUser=\"{E}\">\
         <CodeRef targetGUID=\"{A}\"/></Coding></PlainTextSelection><PlainTextSelection guid=\"{D}\" startPosition=\"4\" endPosition=\"7\"/>"
    );
    let incoming = read(&text("one two", &selection));
    assert!(incoming.project.users.is_empty());
    let [first, second] = incoming.project.sources[0].selections.as_slice() else { panic!() };
    assert_eq!((first.made.by, first.codings[0].made.by, second.made.by), (Some(id(D)), Some(id(E)), None));
    assert!(tells(&incoming, "people", "somebody that it does not hold"));
}

#[test]
fn memos_come_in_three_shapes_and_as_links() {
    let rest = format!(
        "<PlainTextSelection guid=\"{B}\" startPosition=\"0\" endPosition=\"3\"><Description>said of it</Description><NoteRef targetGUID=\"{C}\"/>\
         </PlainTextSelection><PlainTextSelection guid=\"{D}\" startPosition=\"4\" endPosition=\"7\"><NoteRef targetGUID=\"{C}\"/></PlainTextSelection>"
    );
    let notes = format!("<Notes><Note guid=\"{C}\" name=\"n\"><PlainTextContent>memo</PlainTextContent></Note></Notes>");
    let links = format!("<Links><Link guid=\"{E}\" name=\"l\" direction=\"OneWay\" originGUID=\"{B}\" targetGUID=\"{C}\"/></Links>");
    let incoming = read(&(text("one two", &rest) + &notes + &links));
    let [first, second] = incoming.project.sources[0].selections.as_slice() else { panic!() };
    assert_eq!((first.description.as_str(), &first.note_refs[..]), ("said of it", &[id(C)][..]));
    assert!(second.codings.is_empty() && second.note_refs == [id(C)]);
    assert_eq!(incoming.project.notes[0].text, "memo");
    assert_eq!((incoming.project.links[0].origin, incoming.project.links[0].target), (id(B), id(C)));
    assert_eq!(incoming.account, Account::default());
}

#[test]
fn one_passage_may_come_for_each_coding_or_once_for_all() {
    let coding = |guid: &str| format!("<Coding guid=\"{guid}\"><CodeRef targetGUID=\"{A}\"/></Coding>");
    let selection = |guid: &str, codings: &str| {
        format!("<PlainTextSelection guid=\"{guid}\" startPosition=\"0\" endPosition=\"3\">{codings}</PlainTextSelection>")
    };
    let apart = selection(B, &coding(D)) + &selection(C, &coding(E));
    let incoming = read(&text("one", &apart));
    let guids: Vec<_> = incoming.project.sources[0].selections.iter().map(|it| (it.guid, it.codings[0].guid)).collect();
    assert_eq!(guids, [(id(B), id(D)), (id(C), id(E))]);
    let incoming = read(&text("one", &selection(B, &(coding(D) + &coding(E)))));
    assert_eq!(incoming.project.sources[0].selections[0].codings.len(), 2);
}

#[test]
fn hierarchies_are_read_as_written() {
    let codes = format!(
        "<CodeBook><Codes><Code guid=\"{A}\" name=\"Coke::diet Coke\" isCodable=\"true\"/><Code guid=\"{B}\" name=\"folder\" isCodable=\"false\">\
         <Code guid=\"{C}\" name=\"below\" isCodable=\"1\"/></Code><Code guid=\"{D}\" name=\"last\" isCodable=\"0\"/></Codes></CodeBook>"
    );
    let read = read(&codes).project;
    let codes: Vec<_> = read.codes.iter().map(|code| (code.name.as_str(), code.is_codable, code.parent)).collect();
    assert_eq!(codes, [("Coke::diet Coke", true, None), ("folder", false, None), ("below", true, Some(1)), ("last", false, None)]);
}

#[test]
fn attributes_come_on_cases_on_sources_and_as_names_of_sets() {
    let value = |element: &str, value: &str| {
        format!("<VariableValue><VariableRef targetGUID=\"{B}\"/><{element}>{value}</{element}></VariableValue>")
    };
    let body = format!(
        "<Variables><Variable guid=\"{B}\" name=\"Age\" typeOfVariable=\"Integer\"/></Variables>\
         <Cases><Case guid=\"{C}\" name=\"c\">{}<VariableValue><VariableRef targetGUID=\"{B}\"/></VariableValue></Case></Cases>{}\
         <Sets><Set guid=\"{D}\" name=\"gender: male\"><MemberSource targetGUID=\"{A}\"/></Set></Sets>",
        value("IntegerValue", "34") + &value("BooleanValue", "true") + &value("DateValue", "2024-02-29"),
        text("one", &(value("TextValue", " by hand ") + &value("FloatValue", "2.5") + &value("DateTimeValue", "2024-02-29T10:00:00Z")))
    );
    let incoming = read(&body);
    let words = |values: &[crate::exchange::refi::VariableValue]| values.iter().map(|it| it.value.clone()).collect::<Vec<_>>();
    assert_eq!(words(&incoming.project.cases[0].values), ["34", "true", "2024-02-29", ""]);
    assert_eq!(words(&incoming.project.sources[0].values), [" by hand ", "2.5", "2024-02-29T10:00:00Z"]);
    assert_eq!((incoming.project.sets[0].name.as_str(), &incoming.project.sets[0].sources[..]), ("gender: male", &[id(A)][..]));
    assert_eq!(incoming.account, Account::default());
}

#[test]
fn formatted_twins_stay_in_the_archive_and_texts_of_pdfs_are_texts() {
    let body = format!(
        "<Sources><TextSource guid=\"{A}\" plainTextPath=\"internal://a.txt\" richTextPath=\"internal://A.docx\"/>\
         <PDFSource guid=\"{B}\" name=\"p.pdf\" path=\"internal://p.pdf\" currentPath=\"/home/somebody/p.pdf\">\
         <PDFSelection guid=\"{E}\" page=\"0\" firstX=\"1\" firstY=\"2\" secondX=\"3\" secondY=\"4\"/>\
         <Representation guid=\"{C}\" plainTextPath=\"internal://p.txt\">\
         <PlainTextSelection guid=\"{D}\" startPosition=\"4\" endPosition=\"7\"/></Representation>\
         <NoteRef targetGUID=\"{A}\"/></PDFSource></Sources>"
    );
    let files: [(&str, &[u8]); 4] =
        [("sources/a.txt", b"plain"), ("sources/a.docx", b"PK formatted"), ("sources/p.txt", b"one two"), ("sources/p.pdf", b"%PDF-")];
    let mut incoming = read_with(&body, &files);
    let [plain, pdf] = incoming.project.sources.as_slice() else { panic!() };
    assert_eq!(plain.file.as_ref().map(|file| (file.name.as_str(), file.len)), Some(("A.docx", 12)));
    assert_eq!(pdf.text.as_deref(), Some("one two"));
    assert_eq!(pdf.selections[0].span.map(|span| span.slice("one two")), Some("two"));
    let kept = pdf.kept.as_ref().unwrap();
    assert!(kept.xml.contains("<PDFSelection") && kept.xml.contains("<NoteRef") && kept.xml.contains(C));
    assert!(!kept.xml.contains("PlainTextSelection") && !kept.xml.contains("p.txt") && !kept.xml.contains("somebody"), "{}", kept.xml);
    assert_eq!(pdf.note_refs, [id(A)]);
    assert!(tells(&incoming, "media", "only its name"));
    let mut bytes = Vec::new();
    assert_eq!(incoming.archive.as_mut().unwrap().copy("a.DOCX", &mut bytes).unwrap(), 12);
    assert_eq!(bytes, b"PK formatted");
    let missing = incoming.archive.as_mut().unwrap().copy("b.docx", &mut bytes);
    assert!(matches!(missing, Err(ReadError::NoMember { .. })));
}

#[test]
fn folders_of_somebody_elses_computer_are_not_taken_over() {
    let xml = "<Project xmlns=\"urn:QDA-XML:project:1.0\" name=\"s\" basePath=\"/Users/example/Media\"><Sources>\
               <VideoSource guid=\"v\" path=\"absolute:///Users/example/clip.mp4\"/>\
               <AudioSource guid=\"a\" path=\"relative:///Audio/talk.m4a\"/>\
               <AudioSource guid=\"b\" path=\"relative:///../../talk.m4a\"/></Sources></Project>";
    let incoming = read_bytes("study.qde", xml.as_bytes().to_vec()).unwrap();
    assert!(tells(&incoming, "paths", "not taken over"));
    let kept: Vec<&str> = incoming.project.sources.iter().map(|source| source.kept.as_ref().unwrap().xml.as_str()).collect();
    assert_eq!(
        kept,
        [
            "<VideoSource guid=\"v\" path=\"relative:///clip.mp4\"></VideoSource>",
            "<AudioSource guid=\"a\" path=\"relative:///Audio/talk.m4a\"></AudioSource>",
            "<AudioSource guid=\"b\" path=\"relative:///talk.m4a\"></AudioSource>"
        ]
    );
    assert_eq!(told(&incoming, "media").len(), 1);
}

#[test]
fn passages_without_length_the_wrong_way_round_or_beyond_the_text_are_told() {
    let selection = |start: &str, end: &str| {
        format!(
            "<PlainTextSelection guid=\"{}\" startPosition=\"{start}\" endPosition=\"{end}\"/>",
            Uuid::from_u128(start.len() as u128 * 9 + end.len() as u128)
        )
    };
    let rest = selection("4", "7") + &selection("13", "8") + &selection("2", "2") + &selection("100", "200") + &selection("x", "3.0");
    let incoming = read(&text("one two three", &rest));
    assert_eq!(passages(&incoming), [Some("two"), Some("three"), None, None, Some("one")]);
    for words in ["before its start", "without a single letter", "wholly beyond", "is no number"] {
        assert!(tells(&incoming, "passages", words), "{words}");
    }
}

#[test]
fn colours_may_be_missing_short_or_wrong() {
    let code = |guid: &str, colour: &str| format!("<Code guid=\"{guid}\" name=\"n\" isCodable=\"true\"{colour}/>");
    let codes = code(A, "") + &code(B, " color=\"#F0a\"") + &code(C, " color=\"#FF00AA\"") + &code(D, " color=\"red\"");
    let incoming = read(&format!("<CodeBook><Codes>{codes}</Codes></CodeBook>"));
    let colours: Vec<_> = incoming.project.codes.iter().map(|code| code.colour.as_deref()).collect();
    assert_eq!(colours, [None, Some("#ff00aa"), Some("#ff00aa"), None]);
    assert_eq!(told(&incoming, "colours").len(), 1);
}

#[test]
fn references_that_lead_nowhere_stay_and_are_counted() {
    let rest = format!(
        "<PlainTextSelection guid=\"{B}\" startPosition=\"0\" endPosition=\"3\"><Coding guid=\"{C}\"><CodeRef targetGUID=\"{D}\"/></Coding>\
         <NoteRef targetGUID=\"{E}\"/></PlainTextSelection>"
    );
    let body = format!("<Cases><Case guid=\"{D}\"><SourceRef targetGUID=\"{A}\"/><SelectionRef targetGUID=\"{E}\"/></Case></Cases>");
    let incoming = read(&(body + &text("one", &rest.replace(&format!("CodeRef targetGUID=\"{D}\""), "CodeRef targetGUID=\"c9\""))));
    assert_eq!(incoming.project.sources[0].selections[0].note_refs, [id(E)]);
    for (what, which) in [("codings", "a code"), ("memos", "a memo"), ("passages", "a passage")] {
        assert!(tells(&incoming, what, &format!("refers to {which} ")), "{what}");
    }
    assert!(told(&incoming, "sources").is_empty());
}

#[test]
fn identities_that_come_twice_are_parted() {
    let code = |guid: &str, name: &str| format!("<Code guid=\"{guid}\" name=\"{name}\" isCodable=\"true\"/>");
    let codes = format!("<CodeBook><Codes>{}</Codes></CodeBook>", code(A, "a") + &code(A, "b") + &code(A, "c"));
    let incoming = read(&(codes + &text("one", "")));
    let guids: std::collections::HashSet<_> = incoming.project.codes.iter().map(|code| code.guid).collect();
    assert_eq!((guids.len(), incoming.project.codes[0].guid), (3, id(A)));
    assert_eq!(incoming.project.sources[0].guid, id(A), "a code and a source may share one");
    assert_eq!(told(&incoming, "codes").iter().map(|(_, number, _)| *number).collect::<Vec<_>>(), [2]);
}

#[test]
fn a_cell_of_a_matrix_travels_as_a_memo_with_links_in_a_set() {
    let notes = format!("<Notes><Note guid=\"{A}\" name=\"theme | case\"><PlainTextContent>cell</PlainTextContent></Note></Notes>");
    let links = format!(
        "<Links><Link guid=\"{B}\" direction=\"Associative\" originGUID=\"{A}\" targetGUID=\"{C}\"/></Links>\
         <Sets><Set guid=\"{D}\" name=\"Framework matrix: one\"><MemberNote targetGUID=\"{A}\"/></Set></Sets>"
    );
    let incoming = read(&(format!("<Cases><Case guid=\"{C}\" name=\"case\"/></Cases>") + &notes + &links));
    assert_eq!(incoming.project.sets[0].notes, [id(A)]);
    assert_eq!(incoming.project.links[0].target, incoming.project.cases[0].guid);
    assert_eq!(incoming.account, Account::default());
}
