//! The transcripts for word processors, with a comment in the margin for every coding.

use std::fmt::Write as _;

use super::super::about::time_text;
use super::super::document::docx::{escaped, main_part, paragraph, words};
use super::super::document::package::{NAMESPACE, Part, package};
use super::super::write::ExportError;
use super::{Coded, Manner, Transcript, Transcripts, Turn};
use crate::study::Meant;

/// The bytes of the file. They depend on the transcripts alone.
pub(super) fn file(transcripts: &Transcripts) -> Result<Vec<u8>, ExportError> {
    let (mut body, mut comments) = (String::new(), String::new());
    let plain = |words: &str| [(Meant::Plain, words.to_owned())];
    paragraph(&mut body, "Title", "", &plain(&transcripts.title));
    transcripts.about.iter().for_each(|line| paragraph(&mut body, "Small", "", &plain(line)));
    // Every coding has a number of its own in the file.
    let mut before = 0;
    for (at, source) in transcripts.sources.iter().enumerate() {
        let more = if at > 0 { "<w:pageBreakBefore/>" } else { "" };
        paragraph(&mut body, "Heading1", more, &plain(&source.name));
        source.facts.iter().for_each(|line| paragraph(&mut body, "Small", "", &plain(line)));
        for (place, turn) in source.turns.iter().enumerate() {
            write_turn(&mut body, source, (place, turn), before);
        }
        for (at, coded) in source.codings.iter().enumerate() {
            comment(&mut comments, transcripts, coded, before + at);
        }
        before += source.codings.len();
    }
    let comments =
        format!("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<w:comments {NAMESPACE}>{comments}</w:comments>");
    package(&transcripts.title, transcripts.time, &main_part(&body), &[Part { name: "comments", xml: comments }])
}

/// A turn behind its number and who says it. Where a coding begins or ends, its comment does.
fn write_turn(body: &mut String, source: &Transcript, (place, turn): (usize, &Turn), before: usize) {
    let style = match turn.manner {
        Manner::Said | Manner::Item => "Turn",
        Manner::Quiet => "TurnQuiet",
        Manner::Heading => "Heading3",
    };
    // Writing to a string cannot fail, here and below.
    let _ = write!(body, "<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr>");
    if turn.manner != Manner::Heading {
        let _ = write!(body, "<w:r><w:rPr><w:color w:val=\"57534B\"/><w:sz w:val=\"16\"/></w:rPr><w:t>{}</w:t><w:tab/></w:r>", turn.number);
    }
    if !turn.who.is_empty() {
        body.push_str("<w:r><w:rPr><w:b/></w:rPr>");
        words(body, &format!("{}: ", turn.who));
        body.push_str("</w:r>");
    }
    let mut open: Vec<usize> = turn.over.iter().map(|(coding, _)| *coding).filter(|coding| begun_before(source, *coding, place)).collect();
    for (range, over) in &turn.pieces {
        close(body, source, place, &mut open, over, before);
        for coding in over.iter().filter(|coding| !open.contains(coding)) {
            let _ = write!(body, "<w:commentRangeStart w:id=\"{}\"/>", before + coding);
        }
        open.clone_from(over);
        body.push_str("<w:r>");
        words(body, turn.words.get(range.clone()).unwrap_or_default());
        body.push_str("</w:r>");
    }
    close(body, source, place, &mut open, &[], before);
    body.push_str("</w:p>");
}

fn begun_before(source: &Transcript, coding: usize, place: usize) -> bool {
    source.codings.get(coding).is_some_and(|coded| coded.turns.0 < place)
}

/// Ends the comments of those codings that are open and lie over nothing that follows; those that go on in a later turn stay open.
fn close(body: &mut String, source: &Transcript, place: usize, open: &mut Vec<usize>, over: &[usize], before: usize) {
    open.retain(|coding| {
        let goes_on = over.contains(coding) || source.codings.get(*coding).is_some_and(|coded| coded.turns.1 > place);
        if !goes_on {
            let id = before + coding;
            let _ = write!(
                body,
                "<w:commentRangeEnd w:id=\"{id}\"/><w:r><w:rPr><w:rStyle w:val=\"CommentReference\"/></w:rPr><w:commentReference w:id=\"{id}\"/></w:r>"
            );
        }
        goes_on
    });
}

/// The comment of a coding: its theme, what is said of it, its memos.
fn comment(comments: &mut String, transcripts: &Transcripts, coded: &Coded, id: usize) {
    let theme = transcripts.theme(coded).map(|theme| format!("{} {}", theme.number, theme.path)).unwrap_or_default();
    let time = time_text(coded.time - coded.time.rem_euclid(1000));
    let _ = write!(
        comments,
        "<w:comment w:id=\"{id}\" w:author=\"{}\" w:initials=\"{}\" w:date=\"{time}\">",
        escaped(&coded.coder),
        escaped(&coded.initials)
    );
    paragraph(comments, "CommentText", "", &[(Meant::Bold, theme)]);
    let signs = coded.signs();
    if !signs.is_empty() {
        paragraph(comments, "CommentText", "", &[(Meant::Plain, signs.join(" · "))]);
    }
    for line in coded.memos.iter().flat_map(|memo| memo.lines()).filter(|line| !line.trim().is_empty()) {
        paragraph(comments, "CommentText", "", &[(Meant::Plain, line.to_owned())]);
    }
    comments.push_str("</w:comment>");
}
