use super::helpers::*;
use crate::exchange::import::{Draft, Frame};
use crate::study::CaseKind;
use crate::text::{ParagraphKind, Voice};

/// Turns as `label/voice: words`, problems and cases left aside.
fn turns(draft: &Draft) -> Vec<String> {
    let spoken = draft.paragraphs.iter().filter(|paragraph| paragraph.kind != ParagraphKind::Furniture);
    spoken
        .map(|paragraph| {
            let speaker = draft.speakers.get(usize::from(paragraph.speaker)).map_or("–", |speaker| speaker.label.as_str());
            let voice = match draft.voice(paragraph) {
                Voice::Participant => "p",
                Voice::Interviewer => "i",
                Voice::Author => "a",
                Voice::Furniture => "f",
            };
            format!("{speaker}/{voice}: {}", words(draft, paragraph))
        })
        .collect()
}

fn check(text: &str, expected: &[&str]) -> Draft {
    let draft = draft("X1.txt", text.as_bytes(), &Frame::default());
    assert_eq!(turns(&draft), expected, "{text}");
    draft
}

fn times(draft: &Draft) -> Vec<u32> {
    draft.anchors.iter().map(|anchor| anchor.time / 1000).collect()
}

#[test]
fn turns_continue_until_another_speaks() {
    let draft = check(
        "I: How was it?\n\nR: Fine.\nReally fine.\n\nIt was.\n\nI: Good.\nR: Aye.",
        &["I/i: How was it?", "R/p: Fine.", "R/p: Really fine.", "R/p: It was.", "I/i: Good.", "R/p: Aye."],
    );
    assert_eq!(cases(&draft), [("X1", CaseKind::Person, None, None)]);
    assert_eq!(draft.speakers.iter().map(|speaker| speaker.turns).collect::<Vec<_>>(), [2, 2]);
    assert_eq!(label(&draft, &draft.paragraphs[1]), "R");
    assert!(draft.paragraphs[2].label.is_empty());
}

#[test]
fn stamps_are_anchors_outside_of_the_words() {
    let draft = check(
        "[00:00:10] INT: How was it?\n[00:00:12] P1: Fine, [00:00:14] really.\nINT: Good. #00:00:20-5#\nP1: Aye. #00:00:22-0#",
        &["INT/i: How was it?", "P1/p: Fine, [00:00:14] really.", "INT/i: Good.", "P1/p: Aye."],
    );
    assert_eq!(times(&draft), [10, 12, 14, 20, 22]);
}

#[test]
fn labels_on_lines_of_their_own() {
    let draft = check(
        "Jane Doe  0:03\nHello there.\n\nUnknown Speaker  0:07\nHi.\n\nJane Doe  0:09\nBye.",
        &["Jane Doe/p: Hello there.", "Unknown Speaker/p: Hi.", "Jane Doe/p: Bye."],
    );
    assert_eq!(cases(&draft), [("X1", CaseKind::Person, None, None), ("X1-Unknown Speaker", CaseKind::Unidentified, None, None)]);
    assert_eq!(times(&draft), [3, 7, 9]);
    check(
        "00:00:01 Ann\nHello there.\n00:00:03 Ben\nHi.\n00:00:04 Ann\nBye.\n00:00:05 Ben\nBye.",
        &["Ann/p: Hello there.", "Ben/p: Hi.", "Ann/p: Bye.", "Ben/p: Bye."],
    );
    check(
        "INTERVIEWER\nHello there.\n\nJANE\nHi.\n\nINTERVIEWER\nWell?\n\nJANE\nWell.",
        &["INTERVIEWER/i: Hello there.", "JANE/p: Hi.", "INTERVIEWER/i: Well?", "JANE/p: Well."],
    );
    check(
        "Speaker 1 (00:03):\nHello there.\n\nSpeaker 2 (00:05):\nHi.\n\nSpeaker 1 (00:06):\nBye.",
        &["Speaker 1/p: Hello there.", "Speaker 2/p: Hi.", "Speaker 1/p: Bye."],
    );
}

#[test]
fn focus_groups_have_a_case_for_each_label() {
    let text = "Interview ID: FG1\nKind: Focus group\nInterviewer: Ruth Aird\nArea: Fife\nParticipant group: Justice social worker\n\n\
                RA: Who starts?\n\nWorker A: Me.\n\nWorker B: No, me.\n\nWorker A: Fine.\n\nWorker C: Och.\n\nAll: Och!\n\nRuth: Right.";
    let draft = draft("x.txt", text.as_bytes(), &frame());
    assert_eq!(
        turns(&draft),
        [
            "RA/i: Who starts?",
            "Worker A/p: Me.",
            "Worker B/p: No, me.",
            "Worker A/p: Fine.",
            "Worker C/p: Och.",
            "All/p: Och!",
            "Ruth/i: Right."
        ]
    );
    let (person, group, area) = (CaseKind::Person, Some("Justice social workers"), Some("Fife"));
    assert_eq!(
        cases(&draft),
        [
            ("FG1-Worker A", person, group, area),
            ("FG1-Worker B", person, group, area),
            ("FG1-Worker C", person, group, area),
            ("FG1-All", CaseKind::Unidentified, group, area)
        ]
    );
    assert!(draft.problems[0].to_string().starts_with("Line 5: “Justice social worker” was taken"), "{:?}", draft.problems);
}

#[test]
fn the_header_becomes_attributes() {
    let text = "Interview ID: X7\nTitle: A title\nKind: Paired interview\nDate: 14 May 2024\nInterviewer: Ruth Aird\nGroup: Sheriffs\nYears in post: under 2\nVenue: the café\nNote: made up\n\n\
                Interviewer: Well?\nMoira: Well.\nInterviewer: Well.";
    let draft = draft("x.txt", text.as_bytes(), &frame());
    assert_eq!(
        (draft.label.as_str(), draft.title.as_str(), draft.kind.as_str(), draft.date.as_str()),
        ("X7", "A title", "Paired interview", "2024-05-14")
    );
    assert_eq!(draft.interviewer, "Ruth Aird");
    let attributes: Vec<_> =
        draft.attributes.iter().map(|attribute| (attribute.name.as_str(), attribute.value.as_str(), attribute.of)).collect();
    use crate::study::AttributeOf::{Cases, Sources};
    assert_eq!(attributes, [("Years in post", "under 2", Cases), ("Venue", "the café", Sources)]);
    assert_eq!(of_kind(&draft, ParagraphKind::Furniture).len(), 9);
    assert_eq!(cases(&draft), [("X7", CaseKind::Pair, Some("Sheriffs"), None)]);
    assert!(draft.problems[0].sentence.starts_with("“Sheriffs” is a new participant group"));
    assert_eq!(turns(&draft)[1], "Moira/p: Well.");
}

#[test]
fn an_unlabelled_text_is_the_participants() {
    let draft = check(
        "I came in on the bus.\n\nNote: it was late. There is: no label here.\n\nThen I went home.",
        &["–/p: I came in on the bus.", "–/p: Note: it was late. There is: no label here.", "–/p: Then I went home."],
    );
    assert_eq!(draft.case.as_ref().map(|case| case.label.as_str()), Some("X1"));
    assert!(draft.speakers.is_empty());
}

#[test]
fn words_before_the_first_speaker_are_nobodys() {
    let draft = check(
        "Tape one\n\nI: Well?\nR: Well.\nI: Right.\nR: Right.",
        &["–/a: Tape one", "I/i: Well?", "R/p: Well.", "I/i: Right.", "R/p: Right."],
    );
    assert_eq!(draft.problems[0].line, Some(1));
}

#[test]
fn stamps_that_run_backwards_are_told() {
    let draft = check(
        "[00:00:10] I: Well?\n[00:00:05] R: Well.\nI: Right.\nR: Right.",
        &["I/i: Well?", "R/p: Well.", "I/i: Right.", "R/p: Right."],
    );
    assert!(draft.problems.iter().any(|problem| problem.line == Some(2) && problem.sentence.contains("backwards")));
}

#[test]
fn markdown_transcripts_and_reports() {
    let text = "# Interview\n\n**Ruth:** How was it?\n\n**Moira:** Fine.\n\n**Ruth:** Good.\n\n**Moira:** Aye.\n";
    let spoken = draft("x.md", text.as_bytes(), &Frame::default());
    assert_eq!(turns(&spoken)[1..], ["Ruth/p: How was it?", "Moira/p: Fine.", "Ruth/p: Good.", "Moira/p: Aye."]);
    let text = "# A report\n\n## Key points\n\n- One.\n- Two.\n\n> “I sat there.” (CJP interview 2)\n\nProse.\n";
    let written = draft("x.md", text.as_bytes(), &frame());
    assert_eq!(
        outline(&written),
        [
            "heading1 [#] A report",
            "heading2 [##] Key points",
            "keypoint1 [-] One.",
            "keypoint1 [-] Two.",
            "blockquote [CJP interview 2] “I sat there.”",
            "prose Prose."
        ]
    );
}
