//! The shapes in which transcripts come from other tools and typists, one row each.

use super::helpers::*;
use crate::exchange::import::{Draft, Frame};
use crate::text::{ParagraphKind, Voice};

/// Turns as `label: words`, the interviewer's label in brackets; words of nobody have none.
fn turns(draft: &Draft) -> Vec<String> {
    let spoken = draft.paragraphs.iter().filter(|paragraph| paragraph.kind != ParagraphKind::Furniture);
    let label = |speaker: u16, voice| match draft.speakers.get(usize::from(speaker)) {
        Some(speaker) if voice == Voice::Interviewer => format!("[{}]: ", speaker.label),
        Some(speaker) => format!("{}: ", speaker.label),
        None => String::new(),
    };
    spoken.map(|paragraph| label(paragraph.speaker, draft.voice(paragraph)) + words(draft, paragraph)).collect()
}

fn check(shape: &str, text: &str, expected: &[&str]) -> Draft {
    let draft = draft("X1.txt", text.as_bytes(), &Frame::default());
    assert_eq!(turns(&draft), expected, "{shape}:\n{text}");
    draft
}

/// Every turn with this pattern, `@` being the label, `#` the words.
fn check_labels(asks: &str, answers: &str, pattern: &str) {
    let line = |label: &str, words: &str| pattern.replace('#', words).replace('@', label);
    let text = [line(asks, "How was it?"), line(answers, "Fine."), line(asks, "And now?"), line(answers, "Better.")].concat();
    let found = draft("X1.txt", text.as_bytes(), &Frame::default());
    let labels: Vec<_> = found.speakers.iter().map(|speaker| speaker.label.as_str()).collect();
    assert_eq!(labels, [asks, answers], "{text}");
    let words: Vec<_> = turns(&found).iter().map(|turn| turn.rsplit_once(": ").unwrap().1.to_owned()).collect();
    assert_eq!(words, ["How was it?", "Fine.", "And now?", "Better."], "{text}");
}

#[test]
fn labels_of_every_family() {
    for (asks, answers) in [
        ("INT", "P1"),
        ("Int", "P01"),
        ("I", "R"),
        ("Interviewer", "Participant 3"),
        ("Q", "A"),
        ("MOD", "F1"),
        ("Moderator", "M2"),
        ("FAC", "Resp"),
        ("Int", "Jane (Area B)"),
        ("Int", "Unknown Speaker"),
        ("Int", "All"),
        ("Int", "Several"),
        ("M", "F1"),
    ] {
        check_labels(asks, answers, "@: #\n\n");
        check_labels(asks, answers, "@:\t#\n");
        let found =
            draft("X1.txt", format!("{asks}: Well?\n{answers}: Well.\n{asks}: Well?\n{answers}: Well.\n").as_bytes(), &Frame::default());
        assert_eq!(
            found.speakers.iter().map(|speaker| speaker.voice).collect::<Vec<_>>(),
            [Voice::Interviewer, Voice::Participant],
            "{asks}"
        );
    }
    check_labels("Speaker 1", "Speaker 2", "@: #\n");
    check_labels("SPEAKER_00", "SPEAKER_01", "@: #\n");
}

#[test]
fn labels_and_stamps_in_every_order() {
    for pattern in [
        "@: #\n",
        "@> #\n",
        "@\t#\n",
        "@\n#\n\n",
        "@:\n#\n\n",
        "[00:12:34] @: #\n",
        "(00:12:34) @: #\n",
        "{00:12:34} @: #\n",
        "[12:34] @: #\n",
        "[00:12:34.5] @: #\n",
        "[00:00:10.23] @: #\n",
        "[00:12:34 - 00:12:40] @: #\n",
        "00:12:34 @: #\n",
        "00:03:40.5@: #\n",
        "@: # #00:01:02-3#\n",
        "@: # #00:01:02#\n",
        "#00:01:02-3# @: #\n",
        "@ (00:03): #\n",
        "@ [00:00:03]: #\n",
        "@ (00:03):\n#\n\n",
        "@  0:03\n#\n\n",
        "@  1:02:03\n#\n\n",
        "@\t0:03\n#\n\n",
        "@\n0:03\n#\n\n",
        "@\n\n0:03\n\n#\n\n",
        "@\n00:00:03\n#\n\n",
        "00:00:12 @\n#\n\n",
        "[@] 10:05:12\n#\n\n",
        "10:05:12 From @ : #\n",
        "10:05:12\t From  @ : #\n",
        "10:05:12 From @ to Everyone: #\n",
        "10:05:12 From @ To Everyone:\n#\n\n",
        "00:00:05\t@\t#\n",
        "*@:\t#\n",
        "00:00:05,000 --> 00:00:10,000\n@: #\n\n",
    ] {
        // "#" also marks stamps; the words' own mark is the last one that stands alone.
        let pattern = pattern.replace("#00:01:02-3#", "\u{1}00:01:02-3\u{1}").replace("#00:01:02#", "\u{1}00:01:02\u{1}");
        let line = |label: &str, words: &str| pattern.replace('#', words).replace('@', label).replace('\u{1}', "#");
        let (asks, answers) = ("Ruth Aird", "Moira");
        let text = [line(asks, "How was it?"), line(answers, "Fine."), line(asks, "And now?"), line(answers, "Better.")].concat();
        check(&pattern, &text, &["Ruth Aird: How was it?", "Moira: Fine.", "Ruth Aird: And now?", "Moira: Better."]);
    }
}

#[test]
fn notes_of_the_typist_are_no_speakers() {
    check(
        "brackets",
        "[00:00:01] INT: Well?\n[00:00:02] [Laughter]\n[00:00:03] P1: Well.\n[00:00:04] [Laughter]\n[00:00:05] INT: Aye?\n[00:00:06] P1: Aye.\n",
        &["[INT]: Well?", "[INT]: [Laughter]", "P1: Well.", "P1: [Laughter]", "[INT]: Aye?", "P1: Aye."],
    );
}

#[test]
fn captions_saved_as_text() {
    let found = check(
        "SubRip with names",
        "1\n00:00:05,000 --> 00:00:10,000\nRuth: How was it?\n\n2\n00:00:11,000 --> 00:00:12,000\nMoira: Fine.\n\n3\n00:00:13,000 --> 00:00:14,000\nreally.\n\n4\n00:00:15,000 --> 00:00:16,000\nRuth: Good.\n\n5\n00:00:17,000 --> 00:00:18,000\nMoira: Aye.\n",
        &["Ruth: How was it?", "Moira: Fine.", "Moira: really.", "Ruth: Good.", "Moira: Aye."],
    );
    assert_eq!(found.anchors.iter().map(|anchor| anchor.time / 1000).collect::<Vec<_>>(), [5, 11, 13, 15, 17]);
    check(
        "Zoom's captions",
        "WEBVTT\n\n1\n00:00:05.000 --> 00:00:10.000\nRuth: How was it?\n\n2\n00:00:11.000 --> 00:00:12.000\nMoira: Fine.\n\n3\n00:00:13.000 --> 00:00:14.000\nRuth: Good.\n\n4\n00:00:15.000 --> 00:00:16.000\nMoira: Aye.\n",
        &["Ruth: How was it?", "Moira: Fine.", "Ruth: Good.", "Moira: Aye."],
    );
}

#[test]
fn stamps_without_labels() {
    check("oTranscribe", "02:03 How was it?\n\n02:09 Fine.\n\n02:10 Good.\n", &["How was it?", "Fine.", "Good."]);
    check("Trint", "[00:00:03]\nHow was it?\n\n[00:00:05]\nFine.\n", &["How was it?", "Fine."]);
    check("f4", "How was it? #00:00:03-1#\nFine. #00:00:05-2#\n", &["How was it?", "Fine."]);
}

#[test]
fn a_surname_first_before_a_stamp_is_a_label() {
    check(
        "Teams",
        "Aird, Ruth   0:03\nHow was it?\n\nRoss, Moira   0:05\nFine.\n\nAird, Ruth   0:06\nGood.\n\nRoss, Moira   0:09\nAye.\n",
        &["Aird, Ruth: How was it?", "Ross, Moira: Fine.", "Aird, Ruth: Good.", "Ross, Moira: Aye."],
    );
}

#[test]
fn signs_of_conversation_analysis_are_words() {
    check(
        "Jefferson",
        "INT: So: (0.5) how- (.) how was it?=\nP1: =°Fi:ne°. ((coughs)) >really< fine [yes]\nINT: Right. [unclear 00:12:34]\nP1: (inaudible) ...\n",
        &[
            "[INT]: So: (0.5) how- (.) how was it?=",
            "P1: =°Fi:ne°. ((coughs)) >really< fine [yes]",
            "[INT]: Right. [unclear 00:12:34]",
            "P1: (inaudible) ...",
        ],
    );
}

#[test]
fn prose_lines_with_colons_are_no_speakers() {
    let lines: Vec<String> = (0..50_000).map(|number| format!("Note: this is line {number} of the notes.")).collect();
    let found = draft("X1.txt", lines.join("\n").as_bytes(), &Frame::default());
    assert!(found.speakers.is_empty());
    let lines: Vec<String> = (0..2_000).map(|number| format!("Heading {number}: some words of prose.")).collect();
    let started = std::time::Instant::now();
    draft("X1.txt", lines.join("\n").as_bytes(), &Frame::default());
    assert!(started.elapsed().as_secs() < 10);
}

#[test]
fn a_header_of_one_line_that_stands_apart() {
    for line in ["Interview: X7", "Interview ID: X7", "Transcript: X7", "ID: X7"] {
        let found = check(
            "one line",
            &format!("{line}\n\nI: Well?\nR: Well.\nI: Well?\nR: Aye.\n"),
            &["[I]: Well?", "R: Well.", "[I]: Well?", "R: Aye."],
        );
        assert_eq!(found.label, "X7", "{line}");
    }
    let found = check("no header", "Note: it rained.\n\nWe went home.\n", &["Note: it rained.", "We went home."]);
    assert_eq!(found.label, "X1");
}

#[test]
fn letters_of_every_kind_are_words() {
    check("right to left", "א: שלום עליכם\nב: שלום\nא: כן\nב: לא\n", &["א: שלום עליכם", "ב: שלום", "א: כן", "ב: לא"]);
    let long = "word ".repeat(40_000);
    let found = draft("X1.txt", long.as_bytes(), &Frame::default());
    assert_eq!(found.paragraphs.len(), 1);
    let solid = "x".repeat(200_000);
    assert_eq!(draft("X1.txt", solid.as_bytes(), &Frame::default()).paragraphs.len(), 1);
}
