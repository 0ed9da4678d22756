use super::helpers::*;
use crate::exchange::import::{Draft, Frame};
use crate::study::CaseKind;
use crate::text::{NO_SPEAKER, Paragraph, ParagraphKind, Voice};

const CHAPTER: &str = "justice-social-work-chapter-5.txt";

fn quotes(draft: &Draft) -> Vec<&Paragraph> {
    draft.quotes().collect()
}

#[test]
fn chapter_five_has_nine_quotes_of_seven_cases() {
    let Some((_, bytes)) = report(CHAPTER) else { return };
    let draft = draft(CHAPTER, &bytes, &frame());
    let quotes = quotes(&draft);
    assert_eq!(quotes.len(), 9);
    let managers = Some("Senior managers / team leaders");
    let label = CaseKind::InterviewLabel;
    assert_eq!(
        cases(&draft),
        [
            ("Senior managers / team leaders interview 5", label, managers, None),
            ("Senior managers / team leaders interview 14", label, managers, None),
            ("Senior managers / team leaders interview 6", label, managers, None),
            ("CJP leads interview 6", label, Some("CJP leads"), None),
            ("Wider professional partners interview 8", label, Some("Wider professional partners"), None),
            ("Senior managers / team leaders interview 12", label, managers, None),
            ("CJP leads interview 4", label, Some("CJP leads"), None),
        ]
    );
    let fives =
        draft.speakers.iter().filter(|speaker| speaker.case.as_ref().is_some_and(|case| case.label.ends_with("leaders interview 5")));
    assert_eq!(fives.map(|speaker| speaker.turns).sum::<usize>(), 3);
    for quote in quotes {
        let said = words(&draft, quote);
        assert!(said.starts_with(['“', '"']) && said.ends_with(['”', '"']) && !said.contains("interview"), "{said}");
        assert!(super::helpers::label(&draft, quote).contains(" interview "));
    }
    let misspelt = draft.problems.iter().find(|problem| problem.sentence.contains("“Senior manager / team leaders”")).unwrap();
    assert_eq!(misspelt.line, Some(74));
}

#[test]
fn a_new_project_takes_its_groups_from_the_attributions() {
    let Some((_, bytes)) = report(CHAPTER) else { return };
    let draft = draft(CHAPTER, &bytes, &Frame::default());
    let mut groups: Vec<_> = cases(&draft).iter().filter_map(|case| case.2.map(str::to_owned)).collect();
    assert_eq!(groups.len(), 7);
    groups.sort();
    groups.dedup();
    assert_eq!(groups, ["CJP", "Senior managers / team leaders", "Wider professional partner"]);
    assert_eq!(draft.title, "National Care Service: Justice Social Work research");
}

#[test]
fn chapter_five_has_its_furnishings() {
    let Some((_, bytes)) = report(CHAPTER) else { return };
    let draft = draft(CHAPTER, &bytes, &frame());
    assert_eq!(draft.form, crate::study::SourceForm::Report);
    let headings: Vec<_> =
        of_kind(&draft, ParagraphKind::Heading).into_iter().map(|heading| (heading.level, words(&draft, heading))).collect();
    assert_eq!(headings[1], (1, "Leadership and governance"));
    assert_eq!(headings[2], (2, "Key points"));
    assert_eq!(headings.len(), 8);
    assert_eq!(of_kind(&draft, ParagraphKind::KeyPoint).len(), 5);
    assert_eq!(of_kind(&draft, ParagraphKind::ListItem).len(), 2);
    let furniture: Vec<_> = of_kind(&draft, ParagraphKind::Furniture).into_iter().map(|line| words(&draft, line)).collect();
    assert_eq!(furniture.first().zip(furniture.last()), Some((&"Contact", &"Back to top")));
    assert_eq!(furniture.len(), 3);
    assert!(of_kind(&draft, ParagraphKind::Prose).iter().any(|prose| words(&draft, prose).contains("“bang[ing]")));
    assert!(draft.text.contains("[21]"));
    assert_eq!(draft.original, None);
}

#[test]
fn the_executive_summary_is_a_report_without_quotes() {
    let name = "justice-social-work-executive-summary.txt";
    let Some((_, bytes)) = report(name) else { return };
    let draft = draft(name, &bytes, &frame());
    assert_eq!(draft.form, crate::study::SourceForm::Report);
    assert_eq!((quotes(&draft).len(), draft.cases().len()), (0, 0));
    let items = of_kind(&draft, ParagraphKind::ListItem);
    assert_eq!((items.len(), items.iter().filter(|item| item.level == 2).count()), (21, 3));
    assert!(draft.paragraphs.iter().all(|paragraph| paragraph.voice != Voice::Participant));
}

#[test]
fn the_2003_report_keeps_its_numbers() {
    let name = "leadership-and-management-2003.txt";
    let Some((_, bytes)) = report(name) else { return };
    let draft = draft(name, &bytes, &Frame::default());
    let numbers: Vec<_> =
        of_kind(&draft, ParagraphKind::Prose).into_iter().map(|prose| label(&draft, prose)).filter(|label| !label.is_empty()).collect();
    for number in ["1.1", "2.5", "3.12", "3.13", "3.15", "4.10", "8.10", "9.1.", "9.3.1", "9.5.7", "10.3", "11.1"] {
        assert!(numbers.contains(&number), "{number}");
    }
    assert!(!numbers.contains(&"3.14"));
    let headings: Vec<_> =
        of_kind(&draft, ParagraphKind::Heading).into_iter().map(|heading| (label(&draft, heading), heading.level)).collect();
    for number in ["SECTION 1", "SECTION 10", "SECTION 11"] {
        assert_eq!(headings.iter().filter(|heading| **heading == (number, 1)).count(), 1, "{number}");
    }
    assert!(headings.contains(&("9.3", 2)) && headings.contains(&("11.2", 2)));
    assert_eq!(quotes(&draft).len(), 0);
    assert!(of_kind(&draft, ParagraphKind::TableRow).len() > 150);
    assert!(of_kind(&draft, ParagraphKind::Reference).iter().any(|entry| words(&draft, entry) == "Demos 2002"));
    assert!(of_kind(&draft, ParagraphKind::Furniture).iter().any(|line| words(&draft, line) == "SECTION 2: METHODOLOGY"));
}

#[test]
fn the_2024_report_yields_its_unattributed_quotes() {
    let name = "leadership-in-social-work-2024.txt";
    let Some((_, bytes)) = report(name) else { return };
    let draft = draft(name, &bytes, &Frame::default());
    let quotes = quotes(&draft);
    // 54 that are a paragraph and 8 that were run into one, counted by eye.
    assert_eq!(quotes.len(), 62);
    assert!(quotes.iter().all(|quote| quote.speaker == NO_SPEAKER));
    assert!(draft.case.is_none());
    assert!(draft.problems.iter().any(|problem| problem.sentence.starts_with("62 quotes have no attribution")));
    let of_authors: Vec<_> = of_kind(&draft, ParagraphKind::BlockQuote).into_iter().filter(|quote| quote.voice == Voice::Author).collect();
    assert_eq!(of_authors.iter().map(|quote| label(&draft, quote)).collect::<Vec<_>>(), ["Schaub et al, 2022"; 2]);
    let furniture: Vec<_> = of_kind(&draft, ParagraphKind::Furniture).into_iter().map(|line| words(&draft, line)).collect();
    assert!(furniture.contains(&"3.1 Defining leadership\t4") && furniture.contains(&"References\t41"));
    assert!(of_kind(&draft, ParagraphKind::Heading).iter().any(|heading| (label(&draft, heading), heading.level) == ("4.5.6", 3)));
    assert_eq!(of_kind(&draft, ParagraphKind::Reference).len(), 3 + 29);
    assert_eq!(of_kind(&draft, ParagraphKind::TableRow).len(), 16);
}

/// A report in one line a paragraph, read with the groups of the first study.
fn check(text: &str, expected: &[&str]) -> Draft {
    let text = format!("Key points\n\n  • One.\n\nPart one\n\n{text}\n");
    let draft = draft("report.txt", text.as_bytes(), &frame());
    assert_eq!(outline(&draft)[3..], *expected, "{text}");
    draft
}

#[test]
fn boxes_and_questions_are_lists_of_their_own() {
    check(
        "Issues for reflection: Who writes it down?\n\n  • And when?\n\nAnd how much of it?\n\nProse goes on here.",
        &[
            "boxed Issues for reflection: Who writes it down?",
            "boxed1 [•] And when?",
            "boxed And how much of it?",
            "prose Prose goes on here.",
        ],
    );
    check(
        "Issues for reflection:\n\nIt would need a rule.\n\nProse goes on here.",
        &["boxed Issues for reflection:", "boxed It would need a rule.", "prose Prose goes on here."],
    );
    check(
        "Participants’ questions\n\n  • Who decides?\n  • Since when?\n\nWhat of it?",
        &["heading2 Participants’ questions", "listitem1 [•] Who decides?", "listitem1 [•] Since when?", "listitem What of it?"],
    );
}

#[test]
fn attributions_find_their_groups_or_none() {
    let draft = check(
        "“I was told so.” (Justice social worker interview 3).\n\n“I was told so too”. (Client group interview 2)\n\n“And so was I.”\n\n(Paraprofessionals interview 1)\n\n\
         “And I.” (Sheriffs interview 9)\n\n“And I, I think.” (Team leader)",
        &[
            "blockquote [Justice social worker interview 3] “I was told so.”",
            "blockquote [Client group interview 2] “I was told so too”",
            "blockquote [Paraprofessionals interview 1] “And so was I.”",
            "blockquote [Sheriffs interview 9] “And I.”",
            "blockquote [Team leader] “And I, I think.”",
        ],
    );
    let label = CaseKind::InterviewLabel;
    assert_eq!(
        cases(&draft),
        [
            ("Justice social workers interview 3", label, Some("Justice social workers"), None),
            ("Clients group interview 2", label, Some("Clients"), None),
            ("Paraprofessionals interview 1", label, Some("Paraprofessionals"), None),
            ("Sheriffs interview 9", label, None, None),
        ]
    );
    assert_eq!(draft.speakers[4].case, None);
    let notes: Vec<_> = draft.problems.iter().map(ToString::to_string).collect();
    assert!(notes.iter().any(|note| note.starts_with("Line 15: ") && note.contains("no participant group “Sheriffs”")), "{notes:?}");
    assert!(notes.iter().any(|note| note.contains("no participant group “Team leader”")), "{notes:?}");
}

#[test]
fn quotes_of_several_paragraphs_have_one_attribution() {
    let draft = check(
        "“It began with the bus.\n\n“And then the bus went.” (Client interview 4)\n\nProse goes on here.",
        &[
            "blockquote [Client interview 4] “It began with the bus.",
            "blockquote [Client interview 4] “And then the bus went.”",
            "prose Prose goes on here.",
        ],
    );
    assert_eq!(draft.cases().len(), 1);
    check(
        "“It began with the bus and nobody ever closed it.\n\nProse goes on here.",
        &["blockquote “It began with the bus and nobody ever closed it.", "prose Prose goes on here."],
    );
}

#[test]
fn attributions_vary_as_other_chapters_vary() {
    let said = "“There was a kettle in the old place and nobody asked whose it was.”";
    for (tail, case) in [
        (" (Paraprofessional interview 5.)", "Paraprofessionals interview 5"),
        (" [Justice Social Workers Interview 3]", "Justice social workers interview 3"),
        ("(Senior mangers / team leader interview 7", "Senior managers / team leaders interview 7"),
        (" (Client, interview 2).[31]", "Clients interview 2"),
        ("\n(Clients paired interview 2)", "Clients paired interview 2"),
        (" (Interview 4, CJP)", "CJP leads interview 4"),
        (" – CJP\u{a0}interview 4", "CJP leads interview 4"),
    ] {
        let text = format!("Key points\n\nPeople missed things.\n\n{said}{tail}\n\nOthers did not.\n");
        let draft = draft("chapter.txt", text.as_bytes(), &frame());
        assert_eq!(draft.quotes().map(|quote| words(&draft, quote)).collect::<Vec<_>>(), [said], "{tail}");
        assert_eq!(cases(&draft).iter().map(|case| case.0).collect::<Vec<_>>(), [case], "{tail}");
        assert_eq!(draft.paragraphs.len(), 4, "{tail}");
    }
}
