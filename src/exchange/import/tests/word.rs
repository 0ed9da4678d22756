//! What Word documents hold besides plain paragraphs.

use std::time::Instant;

use proptest::prelude::*;

use super::super::docx::samples::{SPACE, document, item, package, paragraph, row, run, with_parts};
use super::helpers::*;
use crate::exchange::import::{Draft, Frame, ImportError, read_bytes};
use crate::text::{Style, Voice};

fn read(bytes: &[u8]) -> Draft {
    draft("x.docx", bytes, &frame())
}

fn read_body(body: &[String]) -> Draft {
    read(&document(&body.concat()))
}

/// The bold words and the italic ones.
fn set_off(draft: &Draft) -> (Vec<&str>, Vec<&str>) {
    let of = |style| draft.styles.iter().filter(|styled| styled.style == style).map(|styled| styled.span.slice(&draft.text)).collect();
    (of(Style::Bold), of(Style::Italic))
}

fn problems(draft: &Draft) -> Vec<&str> {
    draft.problems.iter().map(|problem| problem.sentence.as_str()).collect()
}

/// A file that another program made.
fn made_elsewhere(name: &str) -> Draft {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/documents").join(name);
    draft(name, &std::fs::read(path).unwrap(), &frame())
}

const LISTS: &str = r#"<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>
      <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%1.%2"/></w:lvl></w:abstractNum>
    <w:abstractNum w:abstractNumId="2"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="&#xF0B7;"/></w:lvl></w:abstractNum>
    <w:abstractNum w:abstractNumId="3"><w:lvl w:ilvl="0"><w:numFmt w:val="none"/><w:lvlText w:val="Interviewer:"/></w:lvl></w:abstractNum>
    <w:abstractNum w:abstractNumId="4"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="Moira"/></w:lvl></w:abstractNum>
    <w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="2"/></w:num>
    <w:num w:numId="3"><w:abstractNumId w:val="3"/></w:num><w:num w:numId="4"><w:abstractNumId w:val="4"/></w:num>"#;

#[test]
fn letters_are_bold_and_italic_by_themselves_and_by_their_styles() {
    let loud = |inner: &str| format!(r#"<w:p><w:pPr><w:pStyle w:val="Loud"/><w:rPr><w:i/></w:rPr></w:pPr>{inner}</w:p>"#);
    let body = [
        format!("<w:p>{}{}{}</w:p>", run("", "One "), run("<w:b/>", "two"), run("<w:b/><w:i/>", " three")),
        format!(
            "<w:p>{}{}</w:p>",
            run(r#"<w:rStyle w:val="Emphasis"/>"#, "Four"),
            run(r#"<w:rStyle w:val="Strong"/><w:b w:val="0"/>"#, " five")
        ),
        // Bold within bold is set off from it; the mark of a paragraph is no letter.
        loud(&(run("", "Six ") + &run(r#"<w:rStyle w:val="Strong"/>"#, "seven") + &run(r#"<w:b w:val="false"/>"#, " eight"))),
        format!("<w:p>{}</w:p>", run("<w:rPrChange><w:rPr><w:b/></w:rPr></w:rPrChange>", "Nine")),
        format!(r#"<w:p><w:pPr><w:pStyle w:val="Mine"/></w:pPr>{}</w:p>"#, run("", "A heading of its own")),
    ];
    let found = read_body(&body);
    assert_eq!(set_off(&found), (vec!["two three", "Six "], vec![" three", "Four"]));
}

#[test]
fn lists_bring_the_numbers_that_are_not_in_the_words() {
    let body = [
        paragraph("Introduction"),
        item(1, 0, "One came first"),
        item(1, 1, "Inner came then"),
        item(1, 1, "Inner came again"),
        item(1, 0, "Two came last"),
        item(2, 0, "Dot"),
        item(0, 0, "Not in a list, and it goes on."),
        item(9, 2, "Of a list that is not there"),
    ];
    let found = read(&with_parts(&body.concat(), &[("numbering", LISTS)]));
    assert!(
        found.text.contains("1.\tOne came first\n\n1.a\tInner came then\n\n1.b\tInner came again\n\n2.\tTwo came last\n\n•\tDot\n\nNot")
    );
    assert_eq!(
        outline(&found)[1..],
        [
            "listitem1 [1.] One came first",
            "listitem2 [1.a] Inner came then",
            "listitem2 [1.b] Inner came again",
            "listitem1 [2.] Two came last",
            "listitem1 [•] Dot",
            "prose Not in a list, and it goes on.",
            "listitem3 Of a list that is not there",
        ]
    );
}

#[test]
fn speakers_may_be_the_numbers_of_a_list() {
    let body = [
        item(3, 0, "How was it?"),
        item(4, 0, "Fine."),
        item(3, 0, "And then?"),
        item(4, 0, "Two things:"),
        item(1, 0, "the bus"),
        item(1, 0, "the rain"),
    ];
    let found = read(&with_parts(&body.concat(), &[("numbering", LISTS)]));
    assert_eq!(
        outline(&found),
        [
            "turn [Interviewer:] How was it?",
            "turn [Moira] Fine.",
            "turn [Interviewer:] And then?",
            "turn [Moira] Two things:",
            "turn [1.] the bus",
            "turn [2.] the rain"
        ]
    );
    assert_eq!(
        found.speakers.iter().map(|speaker| (speaker.label.as_str(), speaker.voice)).collect::<Vec<_>>(),
        [("Interviewer", Voice::Interviewer), ("Moira", Voice::Participant)]
    );
    // Numbered speakers, and one alone above what is said.
    let lists = r#"<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:lvlText w:val="P%1:"/></w:lvl></w:abstractNum>
        <w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>"#;
    let body = [paragraph("INT: Well?"), item(1, 0, "Aye."), item(1, 0, "No."), paragraph("INT: And?"), item(1, 0, ""), paragraph("Well.")];
    let found = read(&with_parts(&body.concat(), &[("numbering", lists)]));
    assert_eq!(outline(&found), ["turn [INT] Well?", "turn [P1:] Aye.", "turn [P2:] No.", "turn [INT] And?", "turn [P3] Well."]);
}

#[test]
fn a_name_that_is_no_speaker_stays_a_number() {
    // It stands there once and nobody speaks: not in the words, and yet not lost.
    let body = [paragraph("I came in the morning."), item(4, 0, "was there already."), paragraph("Nobody else was.")];
    let found = read(&with_parts(&body.concat(), &[("numbering", LISTS)]));
    assert_eq!(outline(&found)[1], "listitem1 [Moira] was there already.");
}

#[test]
fn tables_within_tables_and_numbered_rows_keep_all_words() {
    let inner = format!("<w:tbl>{}{}</w:tbl>", row(&["a", "b"]), row(&["c", "d"]));
    let cell = |content: &str| format!("<w:tc>{content}</w:tc>");
    let rows = [
        format!("<w:tr>{}{}</w:tr>", cell(&(paragraph("Left") + &inner)), cell(&(paragraph("Right") + &paragraph("Below")))),
        format!("<w:tr>{}{}{}</w:tr>", cell(&item(1, 0, "")), cell(&paragraph("INT")), cell(&paragraph("Hello"))),
        format!("<w:tr>{}</w:tr>", cell(&(item(2, 0, "Alone") + &paragraph("in the row")))),
        format!("<w:tr><w:trPr><w:del/></w:trPr>{}</w:tr>", cell(&paragraph("Never"))),
    ];
    let found = read(&with_parts(&format!("<w:tbl>{}</w:tbl>", rows.concat()), &[("numbering", LISTS)]));
    assert_eq!(found.text, "Left\na\tb\nc\td\tRight\nBelow\n\n1.\tINT\tHello\n\n•\tAlone\n\nin the row\n");
}

#[test]
fn notes_stand_at_the_end_with_the_numbers_that_the_text_has() {
    let refer = |what: &str, id: u32, more: &str| format!(r#"<w:r><w:{what} w:id="{id}" {more}/></w:r>"#);
    let body = format!(
        "<w:p>{}{}{}</w:p><w:p>{}{}{}</w:p><w:p>{}<w:del>{}</w:del></w:p>",
        run("", "It was cold"),
        refer("footnoteReference", 3, ""),
        run("", " in there."),
        run("", "And dark."),
        refer("endnoteReference", 5, ""),
        refer("footnoteReference", 2, ""),
        run("", "And wet."),
        refer("footnoteReference", 4, "")
    );
    let note = |what: &str, id: u32, words: &str| format!(r#"<w:{what} w:id="{id}">{}</w:{what}>"#, paragraph(words));
    let footnotes = r#"<w:footnote w:id="0" w:type="separator"><w:p><w:r><w:t>----</w:t></w:r></w:p></w:footnote>"#.to_owned()
        + &note("footnote", 2, "So they say.")
        + &format!(
            r#"<w:footnote w:id="3"><w:p><w:r><w:footnoteRef/></w:r>{}</w:p>{}</w:footnote>"#,
            run("<w:i/>", "In winter"),
            paragraph("only.")
        )
        + &note("footnote", 4, "Deleted.");
    let found = read(&with_parts(&body, &[("footnotes", &footnotes), ("endnotes", &note("endnote", 5, "The bulb."))]));
    assert_eq!(
        outline(&found),
        [
            "prose It was cold[1] in there.",
            "prose And dark.[i][2]",
            "prose And wet.",
            "footnote [[1]] In winter",
            "footnote only.",
            "footnote [[2]] So they say.",
            "footnote [[i]] The bulb."
        ]
    );
    assert_eq!(set_off(&found).1, ["In winter"]);
    let said = |draft: &Draft| draft.paragraphs.iter().filter(|paragraph| draft.voice(paragraph) == Voice::Participant).count();
    assert_eq!(said(&found), 3, "nobody said the notes");
    // In an interview with speakers too, and a mark of the author's own is in the words already.
    let own = format!("<w:p>{}{}{}</w:p>", run("", "P1: Cold"), refer("footnoteReference", 2, r#"w:customMarkFollows="1""#), run("", "*"));
    let talk = [paragraph("INT: How was it?"), own, paragraph("INT: I see.")];
    let found = read(&with_parts(&talk.concat(), &[("footnotes", &note("footnote", 2, "* So they say."))]));
    assert_eq!(outline(&found), ["turn [INT] How was it?", "turn [P1] Cold*", "turn [INT] I see.", "footnote * So they say."]);
}

#[test]
fn text_boxes_are_read_once_and_stand_behind_their_paragraph() {
    let boxed = |words: &str| format!("<w:txbxContent>{}</w:txbxContent>", paragraph(words));
    let twice = format!(
        "<w:r><mc:AlternateContent><mc:Choice><w:drawing>{}</w:drawing></mc:Choice><mc:Fallback><w:pict>{}</w:pict></mc:Fallback></mc:AlternateContent></w:r>",
        boxed("In the box"),
        boxed("In the box")
    );
    let body = [
        format!("<w:p>{}{twice}{}</w:p>", run("", "INT: How "), run("", "was it?")),
        format!("<w:p>{}<w:r><w:pict>{}</w:pict></w:r></w:p>", run("", "P1: Fine."), boxed("An older box")),
        paragraph("INT: Good."),
    ];
    let found = read_body(&body);
    assert_eq!(
        outline(&found),
        ["turn [INT] How was it?", "boxed In the box", "turn [P1] Fine.", "boxed An older box", "turn [INT] Good."]
    );
    assert_eq!(found.paragraphs[1].voice, Voice::Author);
}

#[test]
fn comments_stand_on_their_words() {
    let mark = |what: &str, id: u32| format!(r#"<w:comment{what} w:id="{id}"/>"#);
    let sign = |id: u32| format!("<w:r>{}</w:r>", mark("Reference", id));
    let body = [
        format!("<w:p>{}{}{}{}{}</w:p>", run("", "It was "), mark("RangeStart", 1), run("", "cold in"), mark("RangeEnd", 1), sign(1)),
        // Without a range on its paragraph; over two paragraphs; on deleted words; named nowhere.
        format!("<w:p>{}{}</w:p>", run("", "And dark."), sign(2)),
        mark("RangeStart", 3),
        format!("<w:p>{}</w:p><w:p>{}{}</w:p>", run("", "And wet."), run("", "And loud."), mark("RangeEnd", 3)),
        format!("<w:p>{}<w:del>{}{}{}</w:del></w:p>", run("", "End."), mark("RangeStart", 4), run("", "gone"), mark("RangeEnd", 4)),
        format!("<w:p>{}</w:p>", sign(6)),
    ];
    let comment = |id: u32, author: &str, words: &[&str]| {
        let paragraphs: String = words.iter().map(|words| paragraph(words)).collect();
        format!(r#"<w:comment w:id="{id}" w:author="{author}">{paragraphs}</w:comment>"#)
    };
    let comments = [
        comment(1, "Ann &amp; Ben", &["Was it?", "Ask."]),
        comment(2, "", &["Dark"]),
        comment(3, "Ann", &["Both"]),
        comment(4, "Ann", &["Why?"]),
        comment(5, "Ann", &["Nowhere"]),
        comment(6, "Ann", &["Behind"]),
        comment(7, "Ann", &[""]),
    ];
    let found = read(&with_parts(&body.concat(), &[("comments", &comments.concat())]));
    let told: Vec<_> =
        found.comments.iter().map(|comment| (comment.author.as_str(), comment.text.as_str(), comment.span.slice(&found.text))).collect();
    let expected = [
        ("Ann & Ben", "Was it?\nAsk.", "cold in"),
        ("", "Dark", "And dark."),
        ("Ann", "Both", "And wet.\n\nAnd loud."),
        ("Ann", "Why?", "End."),
        ("Ann", "Nowhere", ""),
        ("Ann", "Behind", "End."),
    ];
    assert_eq!(told, expected);
}

#[test]
fn tracked_changes_are_taken_as_accepted_and_told() {
    let marked = |inner: &str| format!("<w:p><w:pPr><w:rPr>{inner}</w:rPr></w:pPr>");
    let body = [
        format!("<w:p>{}<w:ins>{}</w:ins><w:del>{}</w:del></w:p>", run("", "One"), run("", " two"), run("", " three")),
        // The mark between these two is deleted: they are one.
        format!("{}{}</w:p>", marked("<w:del/>"), run("", "Four ")),
        format!("<w:p>{}<w:moveTo>{}</w:moveTo><w:moveFrom>{}</w:moveFrom></w:p>", run("", "five"), run("", " six"), run("", " seven")),
        format!("{}{}</w:p>", marked("<w:ins/>"), run("", "Eight")),
    ];
    let found = read_body(&body);
    assert_eq!(found.text, "One two\n\nFour five six\n\nEight\n");
    assert_eq!(
        problems(&found),
        ["The tracked changes of the Word document were read as if they were accepted: 1 insertion is in the text, 1 deletion is not, \
         1 stretch stands where it was moved to."]
    );
}

#[test]
fn signs_breaks_and_fields_become_what_one_sees() {
    let sign = |font: &str, code: &str| format!(r#"<w:r><w:sym w:font="{font}" w:char="{code}"/></w:r>"#);
    let field = |what: &str| format!(r#"<w:r><w:fldChar w:fldCharType="{what}"/></w:r>"#);
    let instruction = |words: &str| format!("<w:r><w:instrText>{words}</w:instrText></w:r>");
    let body = [
        format!("<w:p>{}<w:r><w:br/></w:r>{}<w:r><w:cr/><w:t>c</w:t><w:tab/><w:t>d</w:t></w:r></w:p>", run("", "a"), run("", "b")),
        format!("<w:p>{}<w:r><w:noBreakHyphen/><w:t>er</w:t><w:softHyphen/><w:t>ate</w:t></w:r></w:p>", run("", "co")),
        format!("<w:p>{}{}{}</w:p>", sign("Symbol", "F061"), sign("Wingdings", "F0FC"), sign("Webdings", "F041")),
        format!(
            "<w:p>{}{}{}{}{}{}{}{}{}{}</w:p>",
            field("begin"),
            instruction("IF "),
            field("begin"),
            instruction("X"),
            field("separate"),
            run("", "never"),
            field("end"),
            field("separate"),
            run("", "seen"),
            field("end")
        ),
        format!(r#"<w:p><w:fldSimple w:instr="PAGE">{}</w:fldSimple><w:hyperlink>{}</w:hyperlink></w:p>"#, run("", "7 "), run("", "link")),
        format!("<w:p><w:smartTag><w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt></w:smartTag></w:p>", run("", "kept")),
        format!(
            "<w:p>{}<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt></w:p>",
            run("", "Name: "),
            run("", "Click here")
        ),
        format!("<w:p>{}{}</w:p>", run("<w:vanish/>", "hidden"), run("<w:rtl/>", "שלום 12 عالم")),
        // A field that is never ended takes nothing of the next paragraph.
        format!("<w:p>{}{}</w:p>", field("begin"), instruction("X")),
        paragraph("Last &lt;words&gt; &#8212; here"),
    ];
    let found = read_body(&body);
    let expected =
        "a\nb\nc\td\n\nco\u{2011}erate\n\nα✓\u{fffd}\n\nseen\n\n7 link\n\nkept\n\nName:\n\nשלום 12 عالم\n\nLast <words> — here\n";
    assert_eq!(found.text, expected);
    assert_eq!(
        problems(&found),
        [
            "Words that are hidden in the Word document were left out.",
            "1 sign of a font of signs is not known; “\u{fffd}” stands in the text instead."
        ]
    );
}

#[test]
fn headers_pictures_and_files_within_are_told_as_left_out() {
    let relation =
        |id: &str, kind: &str, target: &str| format!(r#"<Relationship Id="{id}" Type="http://x/relationships/{kind}" Target="{target}"/>"#);
    let roots = format!("<Relationships>{}</Relationships>", relation("r1", "officeDocument", "/text/main.xml"));
    let relations = format!(
        "<Relationships>{}{}{}</Relationships>",
        relation("h1", "header", "top.xml"),
        relation("h2", "header", "numbers.xml"),
        relation("n1", "numbering", "/lists.xml")
    );
    let section = |id: &str| format!(r#"<w:sectPr><w:headerReference r:id="{id}"/></w:sectPr>"#);
    let read_with = |id: &str| {
        let body = item(1, 0, "Words") + "<w:p><w:r><w:drawing><a:blip/></w:drawing></w:r></w:p><w:altChunk/>" + &section(id);
        let main = format!("<w:document {SPACE}><w:body>{body}</w:body></w:document>");
        let [top, numbers] = ["Interview 7", "12"].map(|words| format!("<w:hdr {SPACE}>{}</w:hdr>", paragraph(words)));
        let lists = format!("<w:numbering {SPACE}>{LISTS}</w:numbering>");
        read(&package(&[
            ("_rels/.rels", roots.as_bytes()),
            ("text/main.xml", main.as_bytes()),
            ("text/_rels/main.xml.rels", relations.as_bytes()),
            ("text/top.xml", top.as_bytes()),
            ("text/numbers.xml", numbers.as_bytes()),
            ("lists.xml", lists.as_bytes()),
        ]))
    };
    let left = "Of the Word document this was left out: 1 picture, 1 file within it.";
    let found = read_with("h1");
    assert_eq!(found.text, "1.\tWords\n", "parts are found by what names them");
    assert_eq!(problems(&found), ["Headers and footers of the Word document were left out.", left]);
    assert_eq!(problems(&read_with("h2")), [left], "numbers of pages are no words");
}

#[test]
fn what_other_programs_make_is_read_whole() {
    let found = made_elsewhere("pandoc.docx");
    assert_eq!(
        outline(&found),
        [
            "heading1 Interview 7",
            "heading1 Background",
            "turn [Interviewer] How did the week begin?",
            "turn [Moira] With the kettle.[1] It was broken again.",
            "turn [1.] First the bus.",
            "turn [2.] Then the rain.",
            "turn [a.] On the way there.",
            "turn [b.] On the way back.",
            "turn [•] Tea",
            "turn [•] Toast",
            "turn Nobody said a word about it.",
            "turn Day\tWhat",
            "turn Monday\tRain",
            "turn Tuesday\tMore rain",
            "turn [Interviewer] And Wednesday?",
            "turn [Moira] Sun.",
            "footnote [[1]] It stands in the back room."
        ]
    );
    let (bold, italic) = set_off(&found);
    assert!(bold.contains(&"broken") && italic.contains(&"begin") && italic.contains(&"back"), "{bold:?} {italic:?}");
    let found = made_elsewhere("libreoffice.docx");
    assert_eq!(
        outline(&found)[1..],
        [
            "turn [Interviewer] How was it?",
            "turn [Moira] Fine, and loud.",
            "turn [1.] One",
            "turn [2.] Two",
            "turn [a.] Inner",
            "turn [•] Dot",
            "turn Left\tRight",
            "turn [Interviewer] And then?",
            "turn [Moira] Home."
        ]
    );
    assert_eq!(set_off(&found).1, ["Fine", "loud"]);
}

#[test]
fn files_that_cannot_be_read_say_why() {
    let refused = |bytes: &[u8]| read_bytes("x.docx", bytes, &Frame::default()).unwrap_err();
    let mut locked = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
    locked.extend([0; 600]);
    assert!(matches!(refused(&locked), ImportError::Disguised { .. }));
    locked.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
    assert_eq!(
        refused(&locked).to_string(),
        "“x.docx” is protected by a password. Open it in the program it came from, save a copy without password, and import that."
    );
    let whole = document(&paragraph("Words"));
    for end in [whole.len() / 3, whole.len() - 30] {
        assert!(matches!(refused(whole.get(..end).unwrap()), ImportError::BrokenDocument { .. }));
    }
}

#[test]
fn entities_are_not_unfolded() {
    let entities = (1..30).map(|at| format!(r#"<!ENTITY e{at} "&e{};&e{};">"#, at - 1, at - 1)).collect::<Vec<_>>().concat();
    let xml = format!(
        r#"<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e0 "ha"><!ENTITY file SYSTEM "file:///etc/passwd">{entities}]><w:document {SPACE}><w:body>{}</w:body></w:document>"#,
        paragraph("Words&e29;&file; here")
    );
    assert_eq!(read(&package(&[("word/document.xml", xml.as_bytes())])).text, "Words here\n");
}

#[test]
fn nothing_that_is_nested_without_end_breaks_the_reader() {
    const MANY: usize = 100_000;
    let nested = |open: &str, close: &str, inner: &str| document(&(open.repeat(MANY) + inner + &close.repeat(MANY)));
    let begun = Instant::now();
    for (open, close) in [
        ("<w:sdt>", "</w:sdt>"),
        ("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"),
        ("<w:tbl><w:tr><w:tc><w:p><w:r><w:t>x</w:t></w:r></w:p></w:tc><w:tc>", "</w:tc></w:tr></w:tbl>"),
        ("<w:p><w:r><w:txbxContent>", "</w:txbxContent></w:r></w:p>"),
        ("<w:p><w:r>", "</w:r></w:p>"),
        ("<w:del>", "</w:del>"),
        (r#"<w:p><w:r><w:fldChar w:fldCharType="begin"/>"#, "</w:r></w:p>"),
    ] {
        if let Ok(found) = read_bytes("x.docx", &nested(open, close, &paragraph("Words")), &Frame::default()) {
            check_laws(&found);
            assert!(found.text.contains("Words"), "{open}");
        }
    }
    assert!(begun.elapsed().as_secs() < 120, "{:?}", begun.elapsed());
}

proptest! {
    /// Elements of every kind within one another, in no order that Word knows.
    #[test]
    fn no_order_of_elements_breaks_the_reader(
        parts in proptest::collection::vec((0usize..26, prop_oneof!["", "INT: Well\\?", "P1: [a-z ]{1,12}é", "“[a-z ]{3,30}”", "[A-Z][a-z]{1,8} "]), 1..60)
    ) {
        const OPEN: [&str; 19] = [
            "p", "p", "p", "r", "t", "tbl", "tr", "tc", "txbxContent", "del", "ins", "pPr", "rPr", "sdt", "sdtContent", "trPr", "footnote w:id=\"2\"",
            "r", "t",
        ];
        const EMPTY: [&str; 13] = [
            "b", "i", "tab", "br", "del", "numPr", "numId w:val=\"1\"", "ilvl w:val=\"1\"", "footnoteReference w:id=\"2\"", "commentRangeStart w:id=\"1\"",
            "commentRangeEnd w:id=\"1\"", "showingPlcHdr", "fldChar w:fldCharType=\"begin\"",
        ];
        let (mut body, mut open) = (String::new(), Vec::new());
        for (at, (what, words)) in parts.into_iter().enumerate() {
            if let Some(element) = OPEN.get(what) {
                body.extend(["<w:", element, ">"]);
                open.push(element.split(' ').next().unwrap());
            } else if let Some(element) = open.pop().filter(|_| what % 2 == 0) {
                body.extend(["</w:", element, ">"]);
            } else if !open.is_empty() {
                body.extend(["<w:", EMPTY[(at + what) % EMPTY.len()], "/>"]);
            }
            body.extend([&words, "<w:r><w:t>", &words, "</w:t></w:r>"]);
        }
        open.into_iter().rev().for_each(|element| body.extend(["</w:", element, ">"]));
        let further = [("numbering", LISTS), ("comments", r#"<w:comment w:id="1"><w:p><w:r><w:t>So</w:t></w:r></w:p></w:comment>"#)];
        if let Ok(found) = read_bytes("x.docx", &with_parts(&body, &further), &frame()) {
            check_laws(&found);
        }
    }
}

#[test]
fn a_pattern_without_end_is_not_repeated_for_each_item() {
    let lists = format!(
        r#"<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="upperRoman"/><w:start w:val="4000000000"/><w:lvlText w:val="%1{}"/></w:lvl></w:abstractNum>
           <w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>"#,
        "-%1".repeat(100_000)
    );
    let found = read(&with_parts(&item(1, 0, "Words").repeat(1_000), &[("numbering", &lists)]));
    assert!(found.text.len() < 1_000 * 600, "{}", found.text.len());
}
