//! Transcripts as other programs export them: each fixture is read to the turns beside it.

use super::helpers::*;
use crate::exchange::import::{Draft, Frame, read_bytes};
use crate::text::{ParagraphKind, Span, Voice};

/// Lines such as `{0:05}Jane Doe: words`, with every time in braces where it is.
fn told(draft: &Draft) -> String {
    let clock = |time: u32| format!("{{{}:{:02}}}", time / 60_000, time / 1000 % 60);
    let mut lines = String::new();
    let mut times = draft.anchors.iter().peekable();
    for paragraph in draft.paragraphs.iter().filter(|paragraph| paragraph.kind != ParagraphKind::Furniture) {
        let mut at = paragraph.span.start;
        while let Some(time) = times.next_if(|time| time.span.end <= at) {
            lines.push_str(&clock(time.time));
        }
        let speaker = draft.speakers.get(usize::from(paragraph.speaker));
        lines.extend(speaker.map(|speaker| format!("{}: ", speaker.label)));
        while let Some(time) = times.next_if(|time| time.span.end < paragraph.span.end) {
            lines.push_str(Span::new(at, time.span.start).slice(&draft.text));
            lines.push_str(&clock(time.time));
            at = time.span.end;
        }
        lines.push_str(Span::new(at, paragraph.span.end).slice(&draft.text));
        lines.push('\n');
    }
    lines.extend(times.map(|time| format!("{}\n", clock(time.time))));
    for problem in &draft.problems {
        lines.push_str("! ");
        lines.push_str(&problem.to_string());
        lines.push('\n');
    }
    lines
}

/// Every fixture with its turns; `THEMATA_BLESS=1` writes them anew.
#[test]
fn fixtures_are_read_as_is_written_beside_them() {
    let folder = std::path::Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/transcripts"));
    let mut count = 0;
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    for path in files.iter().filter(|path| path.extension().is_some_and(|ending| ending != "turns")) {
        let name = path.file_name().unwrap().to_str().unwrap();
        let found = told(&draft(name, &std::fs::read(path).unwrap(), &Frame::default()));
        let beside = path.with_file_name(format!("{name}.turns"));
        if std::env::var_os("THEMATA_BLESS").is_some() {
            std::fs::write(&beside, &found).unwrap();
        }
        assert_eq!(found, std::fs::read_to_string(&beside).unwrap_or_default(), "{name}");
        count += 1;
    }
    assert!(count >= 20, "{count}");
}

#[test]
fn times_between_words_have_no_letters_and_no_words() {
    let text = "WEBVTT\n\n00:00:01.000 --> 00:00:02.500\n<v Jane>I went\n\n00:00:02.500 --> 00:00:04.000\n<v Jane>home then.\n\n";
    let draft = draft("x.vtt", text.as_bytes(), &Frame::default());
    assert_eq!(draft.text, "[00:00:01] Jane: I went home then.\n\n");
    let times: Vec<_> = draft.anchors.iter().map(|anchor| (anchor.span.start, anchor.span.end, anchor.time)).collect();
    assert_eq!(times, [(0, 10, 1_000), (24, 24, 2_500)]);
    assert_eq!(draft.speakers.iter().map(|speaker| (speaker.turns, speaker.voice)).collect::<Vec<_>>(), [(1, Voice::Participant)]);
    assert!(draft.original.is_some(), "the captions themselves are kept");
}

#[test]
fn json_that_is_no_transcript_says_so() {
    let says = |text: &str| read_bytes("x.json", text.as_bytes(), &Frame::default()).unwrap_err().to_string();
    assert!(says("{\"segments\": []}").contains("no list of segments"));
    assert!(
        says("{\"name\": \"study\", \"segments\": {\"a\": 1}}").contains("cannot be read as JSON"),
        "{}",
        says("{\"segments\": {\"a\": 1}}")
    );
    assert!(says("[1, 2]").contains("cannot be read as JSON"));
    assert!(says(&"[".repeat(100_000)).contains("cannot be read as JSON"));
    assert!(says("{\"segments\": [{\"text\": \"Aye\"").contains("EOF"));
}
