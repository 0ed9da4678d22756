//! The transcripts as a reader of the files would see them.

use std::collections::BTreeMap;
use std::io::{Cursor, Read as _};

use quick_xml::Reader;
use quick_xml::events::Event;

use crate::analysis::testing::Builder;
use crate::exchange::export::project::tests::rich;
use crate::exchange::export::{Content, Form, Labels, Leaving, Wish, leaving, to_the_end};
use crate::study::{Study, Values};
use crate::text::{Span, Voice};

fn bytes(b: &Builder, study: &Study, form: Form, labels: Labels) -> Vec<u8> {
    let wish = Wish { labels, ..Wish::whole(study, Content::Transcripts, form, 1_000) };
    let Leaving::Transcripts(made) = leaving(study, &b.blobs, &wish, &mut to_the_end).unwrap() else { panic!("no transcripts") };
    made.bytes(form).unwrap()
}

fn text(b: &Builder, study: &Study, form: Form, labels: Labels) -> String {
    String::from_utf8(bytes(b, study, form, labels)).unwrap()
}

/// The words that each coding lights on the page: those of all marks that have its number.
fn lit(page: &str) -> BTreeMap<usize, String> {
    let mut lit: BTreeMap<usize, String> = BTreeMap::new();
    for mark in page.split("<mark ").skip(1) {
        let numbers = mark.split("data-c=\"").nth(1).unwrap().split('"').next().unwrap();
        let words = mark.split_once('>').unwrap().1.split("</mark>").next().unwrap();
        numbers.split(' ').for_each(|number| lit.entry(number.parse().unwrap()).or_default().push_str(words));
    }
    lit
}

#[test]
fn the_page_has_every_passage_with_its_words_stripe_and_name_and_needs_no_other_file() {
    let (b, study) = rich();
    let page = text(&b, &study, Form::Html, Labels::IDS);
    let expected = [
        "Is it warm?",
        "👩🏽‍🦱 as e\u{301}ver, =never &lt;warm&gt; &amp; &quot;dry&quot;.And the forms.",
        "as e\u{301}ver",
        "e\u{301}ver, =never",
        "Too many.",
        "Warm as toast",
    ];
    assert_eq!(lit(&page).into_values().collect::<Vec<_>>(), expected);
    for (part, count) in [("<i aria-hidden", 7), ("class=\"sign\"", 6 + 3), (" href=\"#c", 6), ("class=\"at\"", 6)] {
        assert_eq!(page.matches(part).count(), count, "{part} in {page}");
    }
    // What goes on below has no end here, and no beginning there.
    assert!(page.contains("class=\"down\"") && page.contains("class=\"up\""), "{page}");
    assert!(page.contains("<span class=\"memo\">Look again.\nTwice.</span>") && page.contains("contrary to: everybody is cold"), "{page}");
    assert!(page.contains(">Interviewer</span>") && page.contains(">P1</span>") && !page.contains("Mary"), "{page}");
    assert!(page.contains("a correction took the words away: 1 coding."), "{page}");
    assert!(!page.contains("http") && !page.contains("src=") && !page.contains("url("), "no other file");
    assert!(text(&b, &study, Form::Html, Labels::FULL).contains(">Mary Smith</span>"));
}

#[test]
fn stripes_over_the_same_words_have_lanes_of_their_own() {
    let mut b = Builder::new();
    let ada = b.coder("Ada");
    let long = "word ".repeat(200);
    let put = b.source("S1", None, Values::default(), &[(None, Voice::Participant, long.trim()), (None, Voice::Participant, "The end.")]);
    for at in 0..60 {
        let theme = b.theme(None, &format!("Theme {at}"));
        b.code(&put, Span::new(at * 5, 900 - at * 5), theme, ada);
    }
    let theme = b.theme(None, "Last");
    b.code(&put, put.span("The end."), theme, ada);
    let study = b.study();
    let page = text(&b, &study, Form::Html, Labels::IDS);
    let lefts: Vec<&str> = page.split("left:calc(100% + ").skip(1).map(|rest| rest.split("px").next().unwrap()).collect();
    let lanes: std::collections::BTreeSet<&str> = lefts[..60].iter().copied().collect();
    assert_eq!(lanes.len(), 60, "each its own");
    assert_eq!(lefts[60], "10.0", "another place is not crowded");
    assert!(page.contains("--w:190px"), "the names stand beside all of them");
}

/// A comment: its author and words, and the text between its ends in the body.
fn comments(bytes: Vec<u8>) -> Vec<(String, String, String)> {
    let mut package = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut part = |name: &str| {
        let mut part = String::new();
        package.by_name(name).unwrap().read_to_string(&mut part).unwrap();
        part
    };
    let (body, comments) = (part("word/document.xml"), part("word/comments.xml"));
    assert!(part("[Content_Types].xml").contains("/word/comments.xml") && part("word/_rels/document.xml.rels").contains("comments.xml"));
    let mut found: BTreeMap<String, (String, String, String)> = BTreeMap::new();
    let id = |tag: &quick_xml::events::BytesStart<'_>| {
        tag.attributes().map(Result::unwrap).find(|it| it.key.as_ref() == "w:id").map(|it| it.value.into_owned()).unwrap()
    };
    let mut walk = |xml: &str| {
        let (mut reader, mut open, mut in_words) = (Reader::from_str(xml), Vec::<String>::new(), false);
        let mut referred = 0;
        loop {
            match reader.read_event().unwrap() {
                Event::Start(tag) if tag.name().as_ref() == "w:comment" => {
                    let author = tag.attributes().map(Result::unwrap).find(|it| it.key.as_ref() == "w:author");
                    found.entry(id(&tag)).or_default().0 = author.unwrap().value.into_owned();
                    open = vec![format!("comment {}", id(&tag))];
                }
                Event::Empty(tag) if tag.name().as_ref() == "w:commentRangeStart" => open.push(id(&tag)),
                Event::Empty(tag) if tag.name().as_ref() == "w:commentRangeEnd" => open.retain(|other| *other != id(&tag)),
                Event::Empty(tag) if tag.name().as_ref() == "w:commentReference" => referred += 1,
                Event::Start(tag) if tag.name().as_ref() == "w:t" => in_words = true,
                Event::End(tag) if tag.name().as_ref() == "w:t" => in_words = false,
                Event::Empty(tag) if tag.name().as_ref() == "w:br" => put(&mut found, &open, "\n"),
                Event::Text(text) if in_words => put(&mut found, &open, &text),
                Event::GeneralRef(name) => put(&mut found, &open, quick_xml::escape::resolve_predefined_entity(&name).unwrap()),
                Event::Eof => break,
                _ => {}
            }
        }
        referred
    };
    fn put(found: &mut BTreeMap<String, (String, String, String)>, open: &[String], words: &str) {
        for id in open {
            match id.strip_prefix("comment ") {
                Some(id) => found.entry(id.to_owned()).or_default().1.push_str(words),
                None => found.entry(id.clone()).or_default().2.push_str(words),
            }
        }
    }
    walk(&comments);
    let referred = walk(&body);
    assert_eq!(referred, found.len(), "every comment hangs on something");
    found.into_values().collect()
}

#[test]
fn every_coding_is_a_comment_over_exactly_its_words() {
    let (b, study) = rich();
    let found = comments(bytes(&b, &study, Form::Docx, Labels::IDS));
    let found: Vec<(&str, &str, &str)> = found.iter().map(|(who, says, over)| (who.as_str(), says.as_str(), over.as_str())).collect();
    assert_eq!(
        found,
        [
            ("Bea", "1.1 Rooms › Heat \\› light", "Is it warm?"),
            // The number and the speaker of the next turn stand between.
            ("Ada", "1 RoomsLook again.Twice.", "👩🏽‍🦱 as e\u{301}ver, =never <warm> & \"dry\".3P1: And the forms."),
            ("Ada", "1.1 Rooms › Heat \\› light", "as e\u{301}ver"),
            ("Bea", "1.1 Rooms › Heat \\› light", "e\u{301}ver, =never"),
            ("Bea", "2 Forms", "Too many."),
            ("Ada", "1.1 Rooms › Heat \\› lightquote · contrary to: everybody is cold", "Warm as toast"),
        ]
    );
    assert_eq!(bytes(&b, &study, Form::Docx, Labels::IDS), bytes(&b, &study, Form::Docx, Labels::IDS), "the same bytes every time");
}

#[test]
fn in_markdown_passages_begin_with_their_number_and_end_with_their_footnote() {
    let (b, study) = rich();
    let page = text(&b, &study, Form::Md, Labels::IDS);
    let expected = "2\\. **P1:** Cold ⟦2 👩🏽‍🦱 ⟦3 as ⟦4 e\u{301}ver⟧[^3], =never⟧[^4] \\<warm\\> &amp; \"dry\".\n";
    assert!(page.contains(expected), "{page}");
    assert!(page.contains("3\\. **P1:** And the forms.⟧[^2]  \n⟦5 Too many.⟧[^5]\n"), "{page}");
    assert!(page.contains("[^2]: 1 Rooms · Ada · 2023-11-14 · Memo: Look again. Twice.\n"), "{page}");
    assert!(page.contains("- 1 **Rooms** (1)\n  - 1.1 **Heat › light** (4)\n"), "{page}");
}

#[test]
fn one_source_leaves_alone() {
    let (b, study) = rich();
    let source = study.source_labelled("S2").map(|material| material.source.id);
    let wish = Wish { source, ..Wish::whole(&study, Content::Transcripts, Form::Html, 0) };
    let made = leaving(&study, &b.blobs, &wish, &mut to_the_end).unwrap();
    assert_eq!(made.says(), "1 source, 1 coding");
}
