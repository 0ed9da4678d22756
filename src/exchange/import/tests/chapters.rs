//! What chapters of reports may bring that the published ones at hand do not: other attributions, marks and furnishings.

use super::helpers::*;
use crate::exchange::import::Draft;
use crate::text::{ParagraphKind, Voice};

fn chapter(body: &str) -> Draft {
    draft(
        "chapter.txt",
        format!("Partnership working\n\nKey points\n\n  • One.\n\n{body}\n\nOthers thought nothing of it.\n").as_bytes(),
        &frame(),
    )
}

/// Quotes as `words <case | group | area>`; a quote of nobody known has no case.
fn quotes(draft: &Draft) -> Vec<String> {
    let whose = |speaker: u16| {
        let case = draft.speakers.get(usize::from(speaker))?.case.as_ref()?;
        Some([Some(case.label.as_str()), case.group.as_deref(), case.area.as_deref()].into_iter().flatten().collect::<Vec<_>>().join(" | "))
    };
    let quote = |quote| {
        let paragraph: &crate::text::Paragraph = quote;
        let words = words(draft, paragraph).replace('\n', " ");
        whose(paragraph.speaker).map_or_else(|| words.clone(), |whose| format!("{words} <{whose}>"))
    };
    draft.quotes().map(quote).collect()
}

#[test]
fn attributions_in_every_shape() {
    let said = "“There was a kettle in the old place and nobody asked whose it was.”";
    for (tail, whose) in [
        (" (Clients interview 2)", "Clients interview 2 | Clients"),
        (" (Client – interview 2)", "Clients interview 2 | Clients"),
        (" (Client — Interview 2)", "Clients interview 2 | Clients"),
        (" (Client - interview 2)", "Clients interview 2 | Clients"),
        (" (Client: interview 2)", "Clients interview 2 | Clients"),
        (" (Client; interview 2)", "Clients interview 2 | Clients"),
        (" (CLIENTS INTERVIEW 2)", "Clients interview 2 | Clients"),
        (" (Client Interview Two)", ""),
        (" – Clients interview 2", "Clients interview 2 | Clients"),
        (" — Clients interview 2", "Clients interview 2 | Clients"),
        (" ― Clients interview 2", "Clients interview 2 | Clients"),
        (" − Clients interview 2", "Clients interview 2 | Clients"),
        (" -- Clients interview 2", "Clients interview 2 | Clients"),
        ("\n– Clients interview 2", "Clients interview 2 | Clients"),
        ("\n\n– Clients interview 2", "Clients interview 2 | Clients"),
        ("\n\n(Clients interview 2)", "Clients interview 2 | Clients"),
        ("\n\nClients interview 2", "Clients interview 2 | Clients"),
        ("\n\n[Clients interview 2].", "Clients interview 2 | Clients"),
        (" {Clients interview 2}", ""),
        (" (Senior managers/team leaders interview 5)", "Senior managers / team leaders interview 5 | Senior managers / team leaders"),
        (
            " (Senior managers / team  leaders\u{a0}interview 5)",
            "Senior managers / team leaders interview 5 | Senior managers / team leaders",
        ),
        (" (Senior managers and team leaders, interview 5)", "Senior managers / team leaders interview 5 | Senior managers / team leaders"),
        (" (Senior managers & team leaders, interview 5)", "Senior managers / team leaders interview 5 | Senior managers / team leaders"),
        (" (Wider professional partner interview 8)", "Wider professional partners interview 8 | Wider professional partners"),
        (" (CJP lead interview 8)", "CJP leads interview 8 | CJP leads"),
        (" (CJP interview 8).", "CJP leads interview 8 | CJP leads"),
        (". (CJP interview 8).", "CJP leads interview 8 | CJP leads"),
        (" (CJP interview 8)21", "CJP leads interview 8 | CJP leads"),
        ("21 (CJP interview 8)", "CJP leads interview 8 | CJP leads"),
        ("[21] (CJP interview 8)", "CJP leads interview 8 | CJP leads"),
        (" (CJP interview 8)²¹", "CJP leads interview 8 | CJP leads"),
        (" (CJP, Fife, interview 8)", "CJP leads interview 8 | CJP leads | Fife"),
        (" (CJP interview 8, Fife)", "CJP leads interview 8 | CJP leads | Fife"),
        (" (Client, Argyll & Bute, interview 3)", "Clients interview 3 | Clients | Argyll and Bute"),
        (" (Client, Glasgow)", "Clients, Glasgow, not numbered | Clients | Glasgow"),
        (" (Client, Atlantis)", ""),
        (" (Clients)", "Clients, not numbered | Clients"),
        (" (Sheriff interview 8)", "Sheriff interview 8"),
        (" (emphasis added)", ""),
        (" (Smith, 2019)", "literature"),
    ] {
        let found = chapter(&format!("People missed things.\n\n{said}{tail}"));
        let expected = match whose {
            "literature" => vec![],
            "" => vec![said.to_owned()],
            whose => vec![format!("{said} <{whose}>")],
        };
        assert_eq!(quotes(&found), expected, "{tail:?}");
    }
}

#[test]
fn attributions_on_one_line_with_words_before() {
    for (line, prose) in [
        ("One of them said: “There was a kettle in the old place and nobody asked.” (Clients interview 2)", "One of them said:"),
        ("One of them said, “there was a kettle in the old place and nobody asked” (Clients interview 2).", "One of them said,"),
        ("Clients interview 2: “There was a kettle in the old place and nobody asked.”", ""),
    ] {
        let found = chapter(line);
        let quotes = quotes(&found);
        assert_eq!(quotes.len(), 1, "{line}: {quotes:?}");
        assert!(quotes[0].ends_with("<Clients interview 2 | Clients>"), "{line}: {quotes:?}");
        assert!(prose.is_empty() || of_kind(&found, ParagraphKind::Prose).iter().any(|it| words(&found, it) == prose), "{line}");
    }
}

#[test]
fn several_quotes_under_one_attribution() {
    let found = chapter("“There was a kettle in the old place.”\n\n“Nobody asked whose it was, ever.” (Clients interview 2)");
    // Each quote is closed: nobody can say that the first is the second's.
    assert_eq!(
        quotes(&found),
        ["“There was a kettle in the old place.”", "“Nobody asked whose it was, ever.” <Clients interview 2 | Clients>"]
    );
    let found = chapter("“There was a kettle in the old place.” […] “Nobody asked whose it was, ever.” (Clients interview 2)");
    assert!(quotes(&found).iter().all(|quote| quote.ends_with("<Clients interview 2 | Clients>")), "{:?}", quotes(&found));
    let found = chapter(
        "“There was a kettle in the old place.” (Clients interview 2) “Nobody asked whose it was, ever.” (Paraprofessionals interview 3)",
    );
    assert_eq!(
        quotes(&found),
        [
            "“There was a kettle in the old place.” <Clients interview 2 | Clients>",
            "“Nobody asked whose it was, ever.” <Paraprofessionals interview 3 | Paraprofessionals>"
        ]
    );
}

#[test]
fn quotes_in_bullets_and_nested_lists() {
    let found = chapter(
        "What was missed:\n\n  • the kettle\n      ◦ “There was a kettle in the old place.” (Clients interview 2)\n      ◦ its lid\n  • “Nobody asked whose it was.” (CJP interview 1)",
    );
    assert_eq!(
        quotes(&found),
        [
            "“There was a kettle in the old place.” <Clients interview 2 | Clients>",
            "“Nobody asked whose it was.” <CJP leads interview 1 | CJP leads>"
        ]
    );
}

#[test]
fn quotes_in_single_marks() {
    for (line, expected) in [
        (
            "‘There was a kettle in the old place.’ (Clients interview 2)",
            vec!["‘There was a kettle in the old place.’ <Clients interview 2 | Clients>"],
        ),
        (
            "‘I didn’t ask whose it was, or the others’ either.’ (Clients interview 2)",
            vec!["‘I didn’t ask whose it was, or the others’ either.’ <Clients interview 2 | Clients>"],
        ),
        (
            "'There was a kettle in the old place, wasn't there.' (Clients interview 2)",
            vec!["'There was a kettle in the old place, wasn't there.' <Clients interview 2 | Clients>"],
        ),
        ("‘There was a kettle in the old place.’", vec!["‘There was a kettle in the old place.’"]),
        (
            "They said so. ‘There was a kettle in the old place and nobody asked.’ (Clients interview 2) Others did not.",
            vec!["‘There was a kettle in the old place and nobody asked.’ <Clients interview 2 | Clients>"],
        ),
        ("The ‘open door’ was the managers’ way of saying ‘later’.", vec![]),
        ("‘Open doors’ were the managers’ way of saying later to everybody else there.", vec![]),
        ("The workers’ room and the clients’ room were one.", vec![]),
    ] {
        assert_eq!(quotes(&chapter(line)), expected, "{line}");
    }
}

#[test]
fn bold_and_italic_attributions_of_markdown() {
    for tail in [
        "**(Clients interview 2)**",
        "*(Clients interview 2)*",
        "_Clients interview 2_",
        "— *Clients interview 2*",
        "\n> **Clients interview 2**",
        "\n>\n> — Clients interview 2",
    ] {
        let text = format!("# A report\n\n## Key points\n\n- One.\n\n> “There was a kettle.” {tail}\n\nProse goes on.\n");
        let found = draft("x.md", text.as_bytes(), &frame());
        assert_eq!(quotes(&found), ["“There was a kettle.” <Clients interview 2 | Clients>"], "{tail}");
    }
}

#[test]
fn headings_in_capitals_and_with_numbers() {
    let found = chapter(
        "4. LEADERSHIP\n\nWords of the authors go here.\n\n4.1 Local leaders\n\nMore words of theirs.\n\nWHAT IS NEEDED NOW\n\nAnd more.",
    );
    let headings: Vec<_> = of_kind(&found, ParagraphKind::Heading).into_iter().map(|it| words(&found, it)).collect();
    for heading in ["LEADERSHIP", "Local leaders", "WHAT IS NEEDED NOW"] {
        assert!(headings.contains(&heading), "{headings:?}");
    }
}

#[test]
fn furniture_is_neither_searched_nor_counted() {
    for line in [
        "Page 12",
        "12",
        "- 12 -",
        "12 | Page",
        "Page 3 of 40",
        "Back to top",
        "Return to top",
        "Skip to main content",
        "Share this page",
        "Print this page",
        "Previous page",
        "Next page",
        "Cookies on this site",
        "Was this helpful?",
        "Previous: Funding and resources",
        "Next: Delivering for clients",
        "www.example.org",
        "Email: someone@example.org",
        "Tel: 0131 000 0000",
        "© Crown copyright 2023",
    ] {
        let found = chapter(&format!("Prose of the authors stands here.\n\n{line}\n\nAnd more prose of theirs."));
        let kinds: Vec<_> = found.paragraphs.iter().filter(|it| words(&found, it) == line).map(|it| it.kind).collect();
        assert_eq!(kinds, [ParagraphKind::Furniture], "{line}");
    }
}

#[test]
fn page_headers_that_come_again_are_furniture() {
    let page = |number: usize| {
        format!(
            "Justice Social Work research\n\nProse of page {number} is longer than a heading and ends as sentences do.\n\n{number}\n\n\u{c}"
        )
    };
    let pages: String = (1..6).map(page).collect();
    let found = draft("chapter.txt", format!("Key points\n\n  • One.\n\n{pages}").as_bytes(), &frame());
    let headers: Vec<_> =
        found.paragraphs.iter().filter(|it| words(&found, it) == "Justice Social Work research").map(|it| it.kind).collect();
    assert_eq!(headers.len(), 5);
    assert!(headers.iter().skip(1).all(|kind| *kind == ParagraphKind::Furniture), "{headers:?}");
}

#[test]
fn boxes_and_flattened_tables_are_the_authors() {
    let found = chapter(
        "Box 1: What a lead does\n\nA lead leads.\n\nTable 2: Interviews by group\n\nGroup\n\nInterviews\n\nClients\n\n20\n\nPartners\n\n19",
    );
    assert!(found.paragraphs.iter().all(|it| found.voice(it) != Voice::Participant));
    assert_eq!(of_kind(&found, ParagraphKind::TableRow).len(), 7, "{:?}", outline(&found));
    assert_eq!(of_kind(&found, ParagraphKind::Boxed).len(), 2, "{:?}", outline(&found));
}

#[test]
fn a_quote_over_line_ends_and_pages() {
    let found = chapter("“There was a kettle in the old place and no-\nbody asked whose it was.” (Clients interview 2)");
    assert_eq!(found.quotes().count(), 1, "{:?}", outline(&found));
    assert_eq!(found.cases().len(), 1);
    let found = chapter("“There was a kettle in the old\nplace and nobody asked.” (Clients\ninterview 2)");
    assert_eq!((found.quotes().count(), found.cases().len()), (1, 1), "{:?}", outline(&found));
}
