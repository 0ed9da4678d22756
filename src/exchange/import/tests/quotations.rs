use std::time::Instant;

use crate::analysis::quotes::Aside;
use crate::exchange::export::at_says;
use crate::exchange::import::docx::samples::{document, package, paragraph, row};
use crate::exchange::import::quotations::quotations_in;

/// Quotations are shown as `{…}`, attributions as `<…>`, what may be one as `?…?`.
fn check(name: &str, text: &str, expected: &[&str]) {
    let read = quotations_in(name, text.as_bytes()).unwrap();
    let shown: Vec<String> = read
        .quotations
        .iter()
        .map(|quotation| {
            let whose = quotation.attribution.as_ref().map(|whose| format!("<{whose}>")).unwrap_or_default();
            let beside: String = quotation.beside.iter().map(|beside| ["?", beside, "?"].concat()).collect();
            format!("{{{}}}{whose}{beside}", quotation.words)
        })
        .collect();
    assert_eq!(shown, expected, "{text}");
}

#[test]
fn marks_of_every_kind_make_quotations() {
    check("a.txt", "People said “it was cold in there” and \"so it was\".\n", &["{it was cold in there}?People?", "{so it was}"]);
    check(
        "a.txt",
        "One said: ‘It’s the drawer, and “policy” it isn’t.’ (Team leader)\n",
        &["{It’s the drawer, and “policy” it isn’t.}<Team leader>"],
    );
    check("a.txt", "“He said ‘go’ and I went.” (FIF-TL2)\n", &["{He said ‘go’ and I went.}<FIF-TL2>"]);
    check("a.txt", "She said, 'cause she was tired, that it's the boys' turn.\n", &[]);
    check(
        "a.txt",
        "It went on: 'we never had the time for it.' (P07, carer, Area B)\n",
        &["{we never had the time for it.}<P07, carer, Area B>"],
    );
    check("a.txt", "„Ja, so war das“, sagte sie.\n", &["{Ja, so war das}"]);
}

#[test]
fn attributions_stand_behind_inside_below_and_before() {
    check("a.txt", "“I sit here.” (FIF-TL2)\n", &["{I sit here.}<FIF-TL2>"]);
    check("a.txt", "“I sit here.”[21] (FIF-TL2).\n", &["{I sit here.}<FIF-TL2>"]);
    check("a.txt", "They say “I sit here all the day (FIF-TL2).” And so on.\n", &["{I sit here all the day}<FIF-TL2>"]);
    check(
        "a.txt",
        "“I sit here for an hour, and nobody looks up.”\n(Team leader 2, Fife)\n",
        &["{I sit here for an hour, and nobody looks up.}<Team leader 2, Fife>"],
    );
    check(
        "a.txt",
        "“I sit here for an hour, and nobody looks up.”\n— Team leader 2, Fife\n",
        &["{I sit here for an hour, and nobody looks up.}<Team leader 2, Fife>"],
    );
    check("a.txt", "Team leader, Fife: “I sit here.”\n", &["{I sit here.}?Team leader, Fife?"]);
    check("a.txt", "“I sit here,” said one of them (FIF-TL2), and went.\n", &["{I sit here,}?one of them??FIF-TL2?"]);
    // What is in brackets behind a quotation and says nothing of whose words it is.
    check(
        "a.txt",
        "The “open door policy” (which is no policy) went. “I sit here” (emphasis added).\n",
        &["{open door policy}", "{I sit here}"],
    );
    check("a.txt", "“I sit here” [12] and “you sit there” (3).\n", &["{I sit here}", "{you sit there}"]);
}

#[test]
fn the_sentence_around_a_quotation_may_say_whose_words_they_are() {
    for (text, expected) in [
        ("“It was cold in there,” said a client in Glasgow, who left.", "{It was cold in there,}?a client in Glasgow?"),
        ("“It was cold in there,” a client in Glasgow told us.", "{It was cold in there,}?a client in Glasgow?"),
        ("“Was it cold in there?” said a client in Glasgow.", "{Was it cold in there?}?a client in Glasgow?"),
        ("“It was cold in there,” according to WLO-CJP1.", "{It was cold in there,}?WLO-CJP1?"),
        ("It had rained. According to WLO-CJP1: “It was cold in there.”", "{It was cold in there.}?WLO-CJP1?"),
        ("It had rained. A client in Glasgow told us: “It was cold in there.”", "{It was cold in there.}?A client in Glasgow?"),
        ("As one client in Glasgow put it, “it was cold in there”.", "{it was cold in there}?one client in Glasgow?"),
        ("\"It was cold in there\" – Client, Glasgow", "{It was cold in there}?Client, Glasgow?"),
        ("It had rained. For one client in Glasgow, “it was cold in there”.", "{it was cold in there}?one client in Glasgow?"),
        ("For WLO-CJP1, “it was cold in there”.", "{it was cold in there}?WLO-CJP1?"),
        ("In the words of a client: “it was cold in there”.", "{it was cold in there}?a client?"),
        ("For Glasgow, “it was cold in there”.", "{it was cold in there}"),
        // Who is asked, of what somebody speaks, several people, and the next sentence are not who is quoted.
        ("“Was it cold in there?” asked a client in Glasgow.", "{Was it cold in there?}"),
        ("A client in Glasgow said that the manager found it “cold in there”.", "{cold in there}"),
        ("A client and a manager said: “It was cold in there.”", "{It was cold in there.}"),
        ("“It was cold in there.” A client in Glasgow said so.", "{It was cold in there.}"),
        ("“It was cold in there” – which a client denied.", "{It was cold in there}"),
    ] {
        let text = format!("{text}\n");
        let read = quotations_in("a.txt", text.as_bytes()).unwrap();
        let shown = read.quotations.iter().map(|quotation| {
            // A short beginning of a paragraph with a colon stands there too, as it is.
            let near = quotation.beside.iter().filter(|beside| ![" told us", " said", "It had"].iter().any(|other| beside.contains(other)));
            let near: String = near
                .filter(|beside| !beside.starts_with("According") && !beside.starts_with("In the words"))
                .map(|beside| ["?", beside, "?"].concat())
                .collect();
            format!("{{{}}}{near}", quotation.words)
        });
        assert_eq!(shown.collect::<String>(), expected, "{text}");
    }
}

#[test]
fn the_cell_beside_a_quotation_may_say_whose_words_they_are() {
    let table = "| who | says |\n|---|---|\n| FIF-FG1-A | “It was cold in there.” |\n| Client | Glasgow | “And wet in there.” |\n";
    check("a.md", table, &["{It was cold in there.}?FIF-FG1-A?", "{And wet in there.}?Client, Glasgow??Client??Glasgow?"]);
    check("a.md", "| “It was cold in there.” | Client | “And wet.” |\n", &["{It was cold in there.}?Client?", "{And wet.}?Client?"]);
    let rows = row(&["who", "says"]) + &row(&["FIF-FG1-A", "“It was cold in there.”"]);
    let read = quotations_in("a.docx", &document(&(paragraph("Prose.") + "<w:tbl>" + &rows + "</w:tbl>"))).unwrap();
    assert_eq!(read.quotations[0].beside, ["FIF-FG1-A"]);
}

#[test]
fn the_line_above_a_quotation_may_say_whose_words_they_are() {
    let before = "Prose of the report.\n\n";
    for (text, expected) in [
        ("Client, Glasgow\n\n“It was cold in there.”\n", &["{It was cold in there.}?Client, Glasgow?"][..]),
        ("**Worker A**\n\n> It was cold in there.\n", &["{It was cold in there.}?Worker A?"]),
        ("One client in Glasgow told us:\n\n“It was cold.”\n", &["{It was cold.}?One client in Glasgow told us??One client in Glasgow?"]),
        // A heading, a sentence, and a line that belongs to the quotation above it.
        ("## Clients, Glasgow\n\n“It was cold in there.”\n", &["{It was cold in there.}"]),
        ("Glasgow\n\n“It was cold in there.”\n", &["{It was cold in there.}"]),
        ("They came, and went.\n\n“It was cold in there.”\n", &["{It was cold in there.}"]),
        ("“It was cold.”\n\nClient, Glasgow\n\n“It was wet.”\n", &["{It was cold.}", "{It was wet.}"]),
        (
            "Client 1, Glasgow\n\n“It was cold.”\n\nClient 2, Glasgow\n\n“It was wet.”\n",
            &["{It was cold.}?Client 1, Glasgow?", "{It was wet.}?Client 2, Glasgow?"],
        ),
    ] {
        check("a.md", &[before, text].concat(), expected);
    }
}

/// How long it takes to read a report, in seconds: the shorter of two tries.
fn seconds(text: &str) -> f64 {
    let tries = [(); 2].map(|()| {
        let begun = Instant::now();
        quotations_in("a.txt", text.as_bytes()).unwrap();
        begun.elapsed().as_secs_f64()
    });
    tries.into_iter().fold(f64::INFINITY, f64::min)
}

#[test]
fn a_long_report_takes_as_much_longer_as_it_is_longer() {
    let many = |count: usize, end: &str| {
        let one = |at: usize| format!("They told us: “It was cold in there {at}.”{end}");
        (0..count).map(one).collect::<String>()
    };
    // Paragraphs of their own, and one long paragraph.
    for end in ["\n\n", " "] {
        let (once, twice) = (seconds(&many(1_500, end)), seconds(&many(3_000, end)));
        assert!(twice < 3.0 * once, "{end:?}: {once:.2} s, then {twice:.2} s");
    }
    // Quotations at the end of a long file take no longer than at its beginning.
    let (blank, quotations) = ("\n".repeat(1_000_000), many(500, "\n\n"));
    let apart = seconds(&[&blank, "Prose."].concat()) + seconds(&quotations);
    let together = seconds(&[blank, quotations].concat());
    assert!(together < 3.0 * apart, "apart {apart:.2} s, together {together:.2} s");
}

#[test]
fn paragraphs_set_apart_need_no_marks() {
    check(
        "a.md",
        "Prose.\n\n> I sit here, and\n> nobody looks up.\n>\n> — Client 1, Glasgow\n",
        &["{I sit here, and\n> nobody looks up.}<Client 1, Glasgow>"],
    );
    check(
        "a.md",
        "> I sit here, and\n> nobody looks up.\n> — Client 1, Glasgow\n\nMore.\n",
        &["{I sit here, and\n> nobody looks up.}<Client 1, Glasgow>"],
    );
    check("a.md", "Prose.\n\n> I sit here (FIF-TL2)\n\nMore.\n", &["{I sit here}<FIF-TL2>"]);
    check("a.md", "> “I sit here.” (FIF-TL2)\n\n> “And I.” (GLA-CL1)\n", &["{I sit here.}<FIF-TL2>", "{And I.}<GLA-CL1>"]);
    check(
        "a.txt",
        "Prose of the report.\n\n    I sit here, and nobody looks up. (FIF-TL2)\n\nMore prose.\n",
        &["{I sit here, and nobody looks up.}<FIF-TL2>"],
    );
}

#[test]
fn a_quotation_of_several_paragraphs_has_one_attribution() {
    let text = "“I sit here for an hour.\n\nNobody looks up.\n\nSo I go home again.” (FIF-TL2)\n\nProse.\n";
    check("a.md", text, &["{I sit here for an hour.}<FIF-TL2>", "{Nobody looks up.}<FIF-TL2>", "{So I go home again.}<FIF-TL2>"]);
    assert_eq!(quotations_in("a.md", text.as_bytes()).unwrap().problems, []);
}

#[test]
fn what_is_not_said_in_the_report_is_left_out() {
    check(
        "a.md",
        "# “I sit here”\n\nProse.\n\n## References\n\nSmith, A. (2019) “A long title of a paper”. Town: Press.\nDoe, B. (2020) “Another title of a book”. Town: Press.\n",
        &["{I sit here}"],
    );
}

#[test]
fn a_mark_that_is_never_closed_is_told() {
    let read = quotations_in("a.txt", "One.\n\nThey said “it was cold in there and so on.\n".as_bytes()).unwrap();
    assert_eq!(read.quotations, []);
    assert_eq!(
        read.problems.iter().map(ToString::to_string).collect::<Vec<_>>(),
        ["Line 3: A quotation mark is opened at “it was cold in there” and never closed; the quotation was not looked for."]
    );
}

#[test]
fn a_word_document_has_paragraphs_and_no_lines() {
    let bytes = document(&(paragraph("Prose.") + &paragraph("He said “it was cold in there” (FIF-TL2).")));
    let read = quotations_in("a.docx", &bytes).unwrap();
    let quotation = &read.quotations[0];
    assert_eq!((quotation.words.as_str(), quotation.paragraph, quotation.line), ("it was cold in there", 2, None));
    assert_eq!(quotation.attribution.as_deref(), Some("FIF-TL2"));
}

#[test]
fn notes_and_text_boxes_of_a_word_document_are_read_too() {
    let space = r#"xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main""#;
    let reference = |what: &str, id: usize| format!(r#"<w:p><w:r><w:t>Prose.</w:t></w:r><w:r><w:{what} w:id="{id}"/></w:r></w:p>"#);
    let boxed = format!(
        "<w:p><w:r><w:t>More.</w:t></w:r><w:r><w:pict><w:txbxContent>{}</w:txbxContent></w:pict></w:r></w:p>",
        paragraph("“It was wet in there.” (FIF-TL3)")
    );
    let again = format!("<w:Fallback><w:txbxContent>{}</w:txbxContent></w:Fallback>", paragraph("“It was wet in there.” (FIF-TL3)"));
    let body = reference("footnoteReference", 3) + &reference("footnoteReference", 2) + &reference("endnoteReference", 2) + &boxed + &again;
    let note = |what: &str, id: usize, words: &str| format!(r#"<w:{what} w:id="{id}">{}</w:{what}>"#, paragraph(words));
    let footnotes = format!(
        r#"<w:footnotes {space}><w:footnote w:id="0" w:type="separator"><w:p/></w:footnote>{}{}</w:footnotes>"#,
        note("footnote", 2, "See Doe, “A long title of a paper”, 2019."),
        note("footnote", 3, "Another said “it was cold in there” (FIF-TL2).")
    );
    let endnotes = format!("<w:endnotes {space}>{}</w:endnotes>", note("endnote", 2, "“It was dark in there,” said a client."));
    let document = format!("<w:document {space}><w:body>{body}</w:body></w:document>");
    let parts = [("word/document.xml", &document), ("word/footnotes.xml", &footnotes), ("word/endnotes.xml", &endnotes)];
    let bytes = package(&parts.map(|(name, part)| (name, part.as_bytes())));
    let read = quotations_in("a.docx", &bytes).unwrap();
    let told: Vec<_> = read.quotations.iter().map(|quotation| (quotation.aside, quotation.words.as_str())).collect();
    let expected = [
        (Some(Aside::Footnote(1)), "it was cold in there"),
        (Some(Aside::Endnote(1)), "It was dark in there,"),
        (Some(Aside::TextBox(1)), "It was wet in there."),
    ];
    assert_eq!(told, expected);
    assert_eq!(read.problems, [], "nothing is left out");
    assert_eq!(read.quotations.iter().map(at_says).collect::<Vec<_>>(), ["note 1", "endnote 1", "text box 1"]);
}
